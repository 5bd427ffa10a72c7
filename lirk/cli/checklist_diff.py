"""How ``lirk checklist diff`` prints what differs between two checklists."""

from collections.abc import Iterator, Sequence
from typing import Any

from checklists.changes import field_value, word_changes
from checklists.model import Checklist, Contradiction, Fact, Item, Text
from checklists.write import value_text
from lirk.services.checklist_comparison import ComparedChange
from lirk.wording import N_, Wording
from lirk.wording.checklist_versions import FIELDS, KINDS, PARTS

LANGUAGES = {"da": N_("på dansk"), "en": N_("på engelsk")}
MARKS = {
    "wording": N_("Ny ordlyd i version {version}"),
    "meaning": N_("Ny mening i version {version}"),
}
#: Around words that are in one of the texts only.
PIECES = {
    "removed": N_("[fjernet: {text}]"),
    "added": N_("[tilføjet: {text}]"),
}


def diff_lines(
    old: Checklist, new: Checklist, found: Sequence[ComparedChange], words: Wording
) -> Iterator[str]:
    """Yield both names, then each change with its fields."""
    for name, checklist in ((words.text("Før"), old), (words.text("Nu"), new)):
        version = words.text("version {version}", version=checklist.version)
        yield f"{name}: {checklist.title.in_(words.language)} ({checklist.id}), {version}"
    if not found:
        yield words.text("De to siger det samme.")
    for one in found:
        yield ""
        yield _heading(one, words)
        yield from (f"  {line}" for line in _change_lines(one, old, new, words))


def _heading(one: ComparedChange, words: Wording) -> str:
    change = one.change
    kind, part = words.text(KINDS[change.kind]), words.text(PARTS[change.part])
    named = f" {change.id}" if change.id else ""
    label = _label(change.after or change.before, words)
    return f"{kind}: {part}{named}" + (f" – {label}" if label else "")


def _label(part: Any, words: Wording) -> str:
    if isinstance(part, Item | Fact):
        return part.question.in_(words.language)
    if isinstance(part, Contradiction):
        return part.message.in_(words.language)
    title = getattr(part, "title", None)
    return title.in_(words.language) if isinstance(title, Text) and not isinstance(part, Checklist) else ""


def _change_lines(one: ComparedChange, old: Checklist, new: Checklist, words: Wording) -> Iterator[str]:
    change = one.change
    if change.moved:
        yield words.text("Står et andet sted i rækkefølgen.")
    for field in change.fields:
        for name, before, after in _texts(one, old, new, field):
            said = words.text(FIELDS[field]) + (f" ({words.text(LANGUAGES[name])})" if name else "")
            yield f"{said}: {_marked(before, after, words)}"
    if change.kind == "changed" and change.part in {"item", "fact"}:
        yield from _over_time(one, words)


def _texts(one: ComparedChange, old: Checklist, new: Checklist, field: str) -> Iterator[tuple[str, str, str]]:
    """Yield what a field said and says: each language that differs, or "" and the value as the file has it."""
    if one.change.before is None or one.change.after is None:
        return
    before = field_value(old, one.change.before, field)
    after = field_value(new, one.change.after, field)
    if not isinstance(after, Text):
        yield "", value_text(before), value_text(after)
        return
    for language in LANGUAGES:
        said, says = getattr(before, language), getattr(after, language)
        if said != says:
            yield language, said, says


def _marked(before: str, after: str, words: Wording) -> str:
    """Return two texts as one line, with what is in one of them only in square brackets."""
    pieces = []
    for piece in word_changes(before, after):
        text = " ".join(piece.text.split())
        if text:
            pieces.append(text if piece.kind == "same" else words.text(PIECES[piece.kind], text=text))
    return " ".join(pieces)


def _over_time(one: ComparedChange, words: Wording) -> Iterator[str]:
    for mark in one.marks:
        said = words.text(MARKS[mark.kind], version=str(mark.version))
        yield f"{said}: {mark.reason}" if mark.reason else said
    if one.unmarked:
        yield words.text("Det er ikke sagt, om det er ny ordlyd eller ny mening.")
    elif one.comparable:
        yield words.text("Tal fra før og efter kan sammenlignes.")
    else:
        yield words.text("Tal fra før og efter kan ikke sammenlignes.")


def diff_value(old: Checklist, new: Checklist, found: Sequence[ComparedChange]) -> dict[str, object]:
    """Return what ``--json`` prints of two checklists."""
    return {
        "old": {"id": old.id, "version": old.version},
        "new": {"id": new.id, "version": new.version},
        "same": not found,
        "changes": [_change_value(one, old, new) for one in found],
    }


def _change_value(one: ComparedChange, old: Checklist, new: Checklist) -> dict[str, object]:
    change = one.change
    value: dict[str, object] = {
        "part": change.part,
        "id": change.id,
        "kind": change.kind,
        "moved": change.moved,
        "fields": {field: _field_value(one, old, new, field) for field in change.fields},
    }
    if change.part in {"item", "fact"}:
        value["marks"] = [
            {"version": mark.version, "kind": mark.kind, "reason": mark.reason} for mark in one.marks
        ]
        value["unmarked"] = one.unmarked
        value["comparable"] = one.comparable
    return value


def _field_value(one: ComparedChange, old: Checklist, new: Checklist, field: str) -> dict[str, object]:
    found = _texts(one, old, new, field)
    texts = {name: {"before": before, "after": after} for name, before, after in found}
    return dict(texts.get("", texts))
