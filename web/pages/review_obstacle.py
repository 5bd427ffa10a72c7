"""reviews/obstacle.html."""

from collections.abc import Iterator
from dataclasses import dataclass

from lirk.domain.obstacles import ObstacleReason
from lirk.domain.reviewing import NOTE_LIMIT, ReviewInHand
from lirk.domain.reviews import CaseStatus
from lirk.services.reviewing import Opened
from lirk.wording import Wording
from lirk.wording.review_sheets import STATUSES
from lirk.wording.reviewing import OBSTACLE_HINTS, OBSTACLE_REASONS
from web.pages.case_line import CaseLine


@dataclass(frozen=True, slots=True, kw_only=True)
class ObstaclePage:
    """Reporting that a case cannot be reviewed, or what was reported of it."""

    review_id: int
    case: CaseLine
    href: str
    choices: tuple[tuple[str, str, str], ...]
    reason: str | None
    note: str
    limit: int
    reported: tuple[tuple[str, str], ...]
    said: str
    may_take_back: bool

    @classmethod
    def of(
        cls, opened: Opened, words: Wording, *, reason: str | None = None, note: str = ""
    ) -> "ObstaclePage":
        """Return the page of a review, with what was typed if it was refused."""
        review = opened.review
        return cls(
            review_id=review.id,
            case=CaseLine.of(review, words),
            href=f"/reviews/{review.id}",
            choices=tuple(_obstacle_choice(one, words) for one in OBSTACLE_REASONS),
            reason=reason,
            note=note,
            limit=NOTE_LIMIT,
            reported=tuple(_reported(review, words)) if review.set_aside else (),
            said=_set_aside(review, words) if review.set_aside else "",
            may_take_back=review.reported and review.case.status is CaseStatus.TO_REVIEW,
        )


def _obstacle_choice(reason: ObstacleReason, words: Wording) -> tuple[str, str, str]:
    hint = OBSTACLE_HINTS.get(reason, "")
    return reason.value, words.text(OBSTACLE_REASONS[reason]), words.text(hint) if hint else ""


def _reported(review: ReviewInHand, words: Wording) -> Iterator[tuple[str, str]]:
    if review.obstacle is None:
        yield words.text("Status"), words.text(STATUSES[review.case.status])
        return
    yield words.text("Grund"), words.text(OBSTACLE_REASONS[ObstacleReason(review.obstacle.reason)])
    if review.obstacle.note:
        yield words.text("Note"), review.obstacle.note
    yield words.text("Meldt"), words.moment(review.obstacle.reported_at)


def _set_aside(review: ReviewInHand, words: Wording) -> str:
    if review.reported and review.case.status is CaseStatus.TO_REVIEW:
        return words.text("Sagen er meldt. Koordinatoren tager stilling til, hvad der skal ske med den.")
    return words.text("Koordinatoren har taget stilling. Du skal ikke gøre mere ved sagen.")
