"""What a checklist must have before it may be published, beyond what a draft must have."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeAlias

from checklists.acts import acts
from checklists.editing import lost_marks, unmarked
from checklists.model import Checklist, Fact, Item, Reference, Text
from checklists.problems import ChecklistProblem
from checklists.reachable import unreachable
from checklists.reading.lines import Lines

#: Kinds of rule that need no law behind them.
WITHOUT_LAW = ("good-practice", "local")

#: The id of the part, the code of what it lacks, and the values of the sentence.
_Fault: TypeAlias = tuple[str | None, str, Mapping[str, object]]


def publishing_faults(
    checklist: Checklist,
    text: str,
    *,
    today: date,
    file: str | None = None,
    before: Checklist | None = None,
) -> tuple[ChecklistProblem, ...]:
    """Return everything that keeps a checklist from being published: of the whole, then part by part.

    Parameters
    ----------
    checklist
        As `checklists.load.load` reads it, also as a draft.
    text
        The file that holds the checklist, for the lines of its parts.
    today
        No reference can state the law of a later day.
    before
        The version that it follows, where each changed item and fact is to say how it was changed.
    """
    lines = Lines(text)
    faults = [*_of_the_whole(checklist), *_of_facts(checklist), *_of_items(checklist, today)]
    faults += [
        *_of_scales(checklist),
        *((name, "publish-unreachable", {}) for name in unreachable(checklist)),
    ]
    if before is not None:
        faults += [(name, "publish-unmarked", {}) for name in unmarked(before, checklist)]
        lost = {"version": before.version}
        faults += [(name, "publish-lost-mark", lost) for name in lost_marks(before, checklist)]
    return tuple(
        ChecklistProblem(code, values, file, lines.of_id(name) if name else None, name)
        for name, code, values in faults
    )


def _of_the_whole(checklist: Checklist) -> Iterator[_Fault]:
    if not checklist.themes:
        yield None, "publish-no-themes", {}
    for theme in checklist.themes:
        if not theme.items:
            yield theme.id, "publish-empty-theme", {}
    if not checklist.verdicts:
        yield None, "publish-no-verdicts", {}


def _of_facts(checklist: Checklist) -> Iterator[_Fault]:
    for fact in checklist.facts:
        yield from _untranslated(fact)
        for value in fact.values:
            if _lacks_english(value.text):
                yield fact.id, "publish-no-english-answer", {"answer": value.text.da}


def _of_scales(checklist: Checklist) -> Iterator[_Fault]:
    for scale in checklist.scales:
        for answer in scale.answers:
            if _lacks_english(answer.text):
                yield scale.id, "publish-no-english-answer", {"answer": answer.text.da}


def _of_items(checklist: Checklist, today: date) -> Iterator[_Fault]:
    asked: dict[str, str] = {}
    for item in checklist.items:
        if not item.guidance:
            yield item.id, "publish-no-guidance", {}
        yield from _law_of(item, today)
        if (other := asked.setdefault(_plain(item), item.id)) != item.id:
            yield item.id, "publish-same-question", {"other": other}
        yield from _answers_of(item)
        yield from _untranslated(item)


def _law_of(item: Item, today: date) -> Iterator[_Fault]:
    grounded = bool(item.references) or bool(item.without_law)
    if item.scored and item.rule not in WITHOUT_LAW and not grounded:
        yield item.id, "publish-no-reference", {"without": WITHOUT_LAW}
    for reference in item.references:
        for code, values in _faults_of_reference(reference, today):
            yield item.id, code, {"reference": reference.text.da, **values}


def _faults_of_reference(reference: Reference, today: date) -> Iterator[tuple[str, Mapping[str, object]]]:
    if reference.status_date > today:
        yield "publish-future-law", {"day": reference.status_date}
    if reference.checked_on is not None and reference.checked_on > today:
        yield "publish-future-check", {"day": reference.checked_on}
    if reference.verified and not (reference.checked_by or reference.source):
        yield "publish-unchecked-law", {}
    if reference.act and reference.act not in acts():
        yield "publish-unknown-act", {"act": reference.act}


def _answers_of(item: Item) -> Iterator[_Fault]:
    """Yield what is wrong with the answers of a scored item, where they say yes and no at all."""
    meanings = {answer.meaning for answer in item.answers}
    if not item.scored or meanings.isdisjoint({"positive", "partial", "negative"}):
        return
    for meaning in ("positive", "negative"):
        if meaning not in meanings:
            yield item.id, f"publish-no-{meaning}-answer", {}
    yes = item.answer("yes")
    if yes is not None and yes.meaning != "positive":
        yield item.id, "publish-yes-not-positive", {}


def _untranslated(part: Item | Fact) -> Iterator[_Fault]:
    if _lacks_english(part.question):
        yield part.id, "publish-no-english-question", {}
    if _lacks_english(part.guidance):
        yield part.id, "publish-no-english-guidance", {}


def _lacks_english(text: Text) -> bool:
    return bool(text.da) and not text.en


def _plain(item: Item) -> str:
    return " ".join(item.question.da.casefold().split())
