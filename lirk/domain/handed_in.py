"""What a filled-in sheet changes in a case: rules of its own for who reads it first and who reads it second."""

from dataclasses import dataclass

from lirk.domain.obstacles import Obstacle, ObstacleReason, Settlement
from lirk.domain.review_sheets import CaseAnswers
from lirk.domain.reviews import Answer, CaseStatus, DrawnCase, Reading, Review


@dataclass(frozen=True, slots=True)
class ReviewHandedIn:
    """What a sheet says in one review; ``complete`` is the review with it."""

    review: Review
    given: tuple[Answer, ...]
    complete: bool

    @property
    def changed(self) -> tuple[Answer, ...]:
        """The answers that are not stored as they are."""
        return tuple(answer for answer in self.given if self.review.answers.get(answer.item_id) != answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHandedIn:
    """What a sheet says about one case, and what follows from it.

    Attributes
    ----------
    reading
        Which reading of the case is the reviewer's. Only the first says what becomes of the case; the second
        reports it to the coordinator.
    obstacle
        What was last reported of that reading, settled or not.
    finished
        Whether any reading of the case is finished.
    """

    case: DrawnCase
    said: CaseAnswers
    reviews: tuple[ReviewHandedIn, ...]
    reading: Reading = Reading.FIRST
    obstacle: Obstacle | None = None
    finished: bool = False

    @property
    def number(self) -> int:
        """The case's running number."""
        return self.said.number

    @property
    def moves(self) -> bool:
        """Whether the case becomes something else by this."""
        return self.reading is Reading.FIRST and self.said.status is not self.case.status

    @property
    def sets_aside(self) -> bool:
        """Whether the case is not to be reviewed, as its first reader says."""
        return self.reading is Reading.FIRST and self.said.status is not CaseStatus.TO_REVIEW

    @property
    def reason(self) -> ObstacleReason | None:
        """What the second reader has to report, that was not reported by the same words before."""
        to_review = self.case.status is CaseStatus.TO_REVIEW
        if self.reading is Reading.FIRST or not to_review or self.said.status is CaseStatus.TO_REVIEW:
            return None
        reason, before = ObstacleReason(self.said.status.value), self.obstacle
        told = before is not None and before.settlement is not Settlement.REASSIGNED
        same = before is not None and (before.reason, before.note) == (reason, self.said.status_note.strip())
        return None if told and same else reason

    @property
    def waits(self) -> bool:
        """Whether what was reported of this reading waits for the coordinator."""
        return self.obstacle is not None and self.obstacle.settlement is None

    @property
    def ended(self) -> bool:
        """Whether there is nothing more to do for a second reader."""
        found = self.obstacle is not None and self.obstacle.settlement is Settlement.FINDING
        return self.reading is Reading.SECOND and (found or self.case.status is not CaseStatus.TO_REVIEW)

    @property
    def is_refused(self) -> bool:
        """Whether it would change a reading that takes no answers now."""
        if self.waits or self.ended:
            contradicts = self.said.status not in (CaseStatus.TO_REVIEW, self.case.status)
            reports = self.ended and (self.reason is not None or (contradicts and not self._is_open))
            return self.moves or reports or any(one.changed for one in self.reviews)
        return False

    @property
    def answered(self) -> bool:
        """Whether there is any answer."""
        return any(one.given for one in self.reviews)

    @property
    def reopens(self) -> bool:
        """Whether this undoes what was settled: a finished reading, or a case that could not be reviewed."""
        unsettles = self.moves and (self.finished or not self._is_open)
        return unsettles or bool(self.reopened)

    @property
    def reopened(self) -> tuple[Review, ...]:
        """The reviewer's own finished reviews that this opens again."""
        changes_all = self.moves or self.reason is not None
        return tuple(
            one.review for one in self.reviews if one.review.finished_at and (one.changed or changes_all)
        )

    @property
    def finishing(self) -> tuple[ReviewHandedIn, ...]:
        """The reviews that are finished by this, for the first time or again."""
        return tuple(
            one
            for one in self.reviews
            if self._is_reviewed
            and one.complete
            and (one.changed or self.moves or one.review.finished_at is None)
        )

    @property
    def unfinished(self) -> int:
        """How many reviews lack answers; a case that cannot be reviewed needs none."""
        return sum(self._is_reviewed and not one.complete for one in self.reviews)

    @property
    def status_entry(self) -> dict[str, object]:
        """What the trail keeps of what becomes of the case."""
        return {"number": self.number, "status": self.said.status.value, "note": self.said.status_note}

    @property
    def _is_open(self) -> bool:
        return self.case.status is CaseStatus.TO_REVIEW

    @property
    def _is_reviewed(self) -> bool:
        return self.said.status is CaseStatus.TO_REVIEW and not (self.waits or self.ended)
