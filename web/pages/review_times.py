"""reviews/time_part.html and reviews/time.html: what a reviewer sees of their own time on a case, and nobody else."""

from dataclasses import dataclass

from lirk.domain.review_times import MINUTE, STEP, Hours, ReviewTime, minutes
from lirk.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePart:
    """The time in words, and the field to correct it; ``given`` is what stands in the field."""

    review_id: int
    said: str
    given: str

    @classmethod
    def of(
        cls, review_id: int, time: ReviewTime | None, words: Wording, *, given: str | None = None
    ) -> "TimePart | None":
        """Return the part, None where the time is not the reader's own."""
        if time is None:
            return None
        corrected = "" if time.corrected is None else str(time.corrected // MINUTE)
        return cls(
            review_id=review_id,
            said=_said(time, words),
            given=corrected if given is None else given,
        )


def hours_text(hours: Hours, words: Wording) -> str:
    """Return the hours of a round against its plan; without a sum that could be read as one person's."""
    if hours.used is None:
        return words.text(
            "Tidsforbruget vises, når mindst tre har brugt tid på sager, og ingen har brugt over halvdelen."
        )
    planned = words.plural("{count} time", "{count} timer", hours.planned)
    used = words.plural("{count} time", "{count} timer", hours.used)
    if hours.exact:
        return words.text("Brugt: {used} af planlagte {planned}.", used=used, planned=planned)
    if not hours.used:
        few = words.plural("{count} time", "{count} timer", STEP)
        return words.text("Brugt: under {used} af planlagte {planned}.", used=few, planned=planned)
    return words.text("Brugt: ca. {used} af planlagte {planned}.", used=used, planned=planned)


def _said(time: ReviewTime, words: Wording) -> str:
    measured = minutes(time.seconds)
    if time.corrected is not None:
        return words.text(
            "Tid på sagen: {minutes} min., som du selv har skrevet. Målt: ca. {measured} min.",
            minutes=time.corrected // MINUTE,
            measured=measured,
        )
    if not measured:
        return words.text("Der er ikke målt nogen tid på sagen.")
    return words.text("Tid på sagen: ca. {minutes} min.", minutes=measured)
