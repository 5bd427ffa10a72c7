"""The sentences about answers that were changed after the centre's objection, the same on paper and page."""

from lirk.domain.corrections import Correction, CountsAgain
from lirk.domain.reports import CentreReport
from lirk.reports.markup import Markup
from lirk.reports.voice import Voice


def opening(report: CentreReport, voice: Voice) -> list[Markup]:
    """Return how many answers were changed; nothing where none was."""
    if not report.corrections:
        return []
    return [
        voice.say.plural(
            "{count} svar er ændret, efter at centret har gjort indsigelse. Tallene i rapporten er regnet med det nye "
            "svar. Det svar, der blev givet i gennemgangen, er bevaret.",
            "{count} svar er ændret, efter at centret har gjort indsigelse. Tallene i rapporten er regnet med de nye "
            "svar. De svar, der blev givet i gennemgangen, er bevaret.",
            len(report.corrections),
        )
    ]


def line(one: Correction, voice: Voice) -> Markup:
    """Return what was changed in one case, when and why, and what counts again because of it."""
    return Markup.joined(" ", [_changed(one, voice), *(again(each, voice) for each in one.again)])


def again(one: CountsAgain, voice: Voice) -> Markup:
    """Return which answer of the review counts because another was changed."""
    return voice.say.text(
        "Dermed gælder også »{item}« i sagen, og gennemgangens svar »{answer}« tæller med.",
        item=f"{one.item_number} {one.question}".strip(),
        answer=one.answer_text,
    )


def _changed(one: Correction, voice: Voice) -> Markup:
    values = {
        "number": one.number,
        "item": f"{one.item_number} {one.question}".strip(),
        "before": one.before_text,
        "after": one.after_text,
        "day": one.day,
        "reason": one.reason,
    }
    if not one.before:
        return voice.say.text(
            "Sag {number}, »{item}«: Punktet gælder nu i sagen, og svaret er »{after}« ({day}). Begrundelse: {reason}",
            **values,
        )
    return voice.say.text(
        "Sag {number}, »{item}«: »{before}« er ændret til »{after}« ({day}). Begrundelse: {reason}", **values
    )
