"""reviews/case_line.html."""

from dataclasses import dataclass

from lirk.domain.reviewing import ReviewInHand
from lirk.wording import N_, Wording
from lirk.wording.reports import OUTCOMES


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """The facts of a case under the header; ``link`` leads into the case system, or is empty.

    ``name`` is what the case is called: "Sag 7", or "Kalibreringssag 1" in a calibration; ``label`` is that
    without the number.
    """

    number: int
    name: str
    label: str
    calibrates: bool
    case_id: str
    link: str
    facts: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, review: ReviewInHand, words: Wording) -> "CaseLine":
        """Return the line of a review's case."""
        case = review.case
        outcome = OUTCOMES.get(case.outcome or "")
        rows = (
            (words.text("Center"), case.centre),
            (words.text("Afgørelsesdato"), words.date(case.decision_date) if case.decision_date else ""),
            (words.text("Sagstype"), case.case_type or ""),
            (words.text("Udfald"), words.text(outcome) if outcome else case.outcome or ""),
        )
        return cls(
            number=review.number,
            name=case_name(review, words),
            label=words.text("Kalibreringssag") if review.calibrates else words.text("Sag"),
            calibrates=review.calibrates,
            case_id=case.case_id,
            link=web_link(case.link),
            facts=tuple((term, value) for term, value in rows if value),
        )


def case_name(review: ReviewInHand, words: Wording) -> str:
    """Return what the case of a review is called."""
    text = N_("Kalibreringssag {number}") if review.calibrates else N_("Sag {number}")
    return words.text(text, number=review.number)


def web_link(link: str | None) -> str:
    """Return a link that may stand on a page, or nothing: what a register holds can be a script, too."""
    return link if link and link.startswith(("https://", "http://")) else ""
