"""The scales that every checklist can use by name."""

from collections.abc import Sequence
from fractions import Fraction

from checklists.model import Scale, ScaleAnswer, Text

#: The scale of an item that names none.
USUAL = "yes-partly-no"

_NOT_APPLICABLE = ScaleAnswer(
    "not_applicable", "not_applicable", None, Text("Ikke relevant", "Not applicable")
)
_CANNOT_ASSESS = ScaleAnswer(
    "cannot_assess", "cannot_assess", None, Text("Kan ikke vurderes", "Cannot be assessed")
)


def _scale(scale_id: str, *answers: tuple[str, str, str, str, str]) -> Scale:
    own = (
        ScaleAnswer(code, meaning, Fraction(points), Text(danish, english))
        for code, meaning, points, danish, english in answers
    )
    return Scale(scale_id, (*own, _NOT_APPLICABLE, _CANNOT_ASSESS))


SHIPPED: dict[str, Scale] = {
    scale.id: scale
    for scale in (
        _scale(
            "yes-partly-no",
            ("yes", "positive", "1", "Ja", "Yes"),
            ("partly", "partial", "1/2", "Delvist", "Partly"),
            ("no", "negative", "0", "Nej", "No"),
        ),
        _scale(
            "met-not-met",
            ("met", "positive", "1", "Opfyldt", "Met"),
            ("not_met", "negative", "0", "Ikke opfyldt", "Not met"),
        ),
        _scale(
            "zero-one-two",
            ("0", "negative", "0", "0 – ikke opfyldt", "0 – not met"),
            ("1", "partial", "1", "1 – delvist opfyldt", "1 – partly met"),
            ("2", "positive", "2", "2 – opfyldt", "2 – met"),
        ),
        _scale(
            "one-to-ten",
            *((str(step), "none", str(step), str(step), str(step)) for step in range(1, 11)),
        ),
        _scale(
            "agree-disagree",
            ("strongly_agree", "positive", "4", "Helt enig", "Strongly agree"),
            ("agree", "positive", "3", "Enig", "Agree"),
            ("neither", "partial", "2", "Hverken enig eller uenig", "Neither agree nor disagree"),
            ("disagree", "negative", "1", "Uenig", "Disagree"),
            ("strongly_disagree", "negative", "0", "Helt uenig", "Strongly disagree"),
        ),
    )
}


def usual_notes(answers: Sequence[ScaleAnswer], severity: str) -> tuple[str, ...]:
    """Return the answers that need a note where an item does not say which."""
    meanings = {"partial", "negative", "cannot_assess"}
    if severity == "critical":
        meanings.add("not_applicable")
    return tuple(answer.code for answer in answers if answer.meaning in meanings)
