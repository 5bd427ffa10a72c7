"""What changed between two versions of a checklist, as the version's page shows it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from checklists.changes import Change, Piece, word_changes
from checklists.model import Checklist, Item, Reference, Text
from lirk.services.checklist_versions import VersionPage
from lirk.wording import N_, Wording
from lirk.wording.checklist_rules import condition_sentence, rule_sentence
from lirk.wording.checklist_versions import FIELDS, KINDS, PARTS, SUBJECTS
from lirk.wording.reports import CANNOT_ASSESS_POLICIES, NOT_APPLICABLE_POLICIES, RULES, SEVERITIES

LANGUAGES = {"da": N_("på dansk"), "en": N_("på engelsk")}

#: Fields whose values are codes, with their words.
CODED: Mapping[str, Mapping[str, str]] = {
    "severity": SEVERITIES,
    "rule": RULES,
    "subject": SUBJECTS,
    "not_applicable": NOT_APPLICABLE_POLICIES,
    "cannot_assess": CANNOT_ASSESS_POLICIES,
}


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field that differs: its name, and both texts as one."""

    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """One part that is not as it was."""

    kind: str
    part: str
    label: str
    moved: str
    fields: tuple[FieldView, ...]


def change_views(value: VersionPage, words: Wording) -> tuple[ChangeView, ...]:
    """Return the changes of a version in words."""
    if value.compared_with is None:
        return ()
    old, new = value.compared_with.checklist, value.version.checklist
    return tuple(_view(change, old, new, words) for change in value.changes)


def _view(change: Change, old: Checklist, new: Checklist, words: Wording) -> ChangeView:
    return ChangeView(
        kind=words.text(KINDS[change.kind]),
        part=words.text(PARTS[change.part]),
        label=_label(change, words),
        moved=_moved(change, old, new, words) if change.moved else "",
        fields=tuple(_fields(change, old, new, words)),
    )


def _label(change: Change, words: Wording) -> str:
    if change.part == "head":
        return ""
    part: Any = change.after or change.before
    text: Text = part.question if change.part in {"item", "fact"} else part.title
    return text.in_(words.language)


def _moved(change: Change, old: Checklist, new: Checklist, words: Wording) -> str:
    before, after = _theme_of(change.id, old), _theme_of(change.id, new)
    if change.part != "item" or before is None or after is None or before.id == after.id:
        return words.text("Står et andet sted i rækkefølgen.")
    return words.text(
        "Flyttet fra »{before}« til »{after}«.",
        before=before.title.in_(words.language),
        after=after.title.in_(words.language),
    )


def _theme_of(item_id: str, checklist: Checklist) -> Any:
    return next((theme for theme in checklist.themes if any(i.id == item_id for i in theme.items)), None)


def _fields(change: Change, old: Checklist, new: Checklist, words: Wording) -> Iterator[FieldView]:
    for field in change.fields:
        before, after = getattr(change.before, field), getattr(change.after, field)
        name = words.text(FIELDS[field])
        if isinstance(after, Text):
            for language, said in LANGUAGES.items():
                texts = getattr(before, language), getattr(after, language)
                if texts[0] != texts[1]:
                    yield FieldView(f"{name} ({words.text(said)})", word_changes(*texts))
            continue
        pieces = word_changes(
            _said(field, before, change.before, old, words), _said(field, after, change.after, new, words)
        )
        yield FieldView(name, pieces)


def _said(field: str, value: Any, part: Any, checklist: Checklist, words: Wording) -> str:
    """Return the value of a field that is no plain text."""
    if field in CODED:
        return words.text(CODED[field][value])
    if value is None and field != "when":
        return words.text("altid") if field == "applies_when" else words.text("intet")
    match value:
        case bool():
            return words.text("ja") if value else words.text("nej")
        case Fraction():
            return exact(value, words)
        case date():
            return words.date(value)
    return LONGER[field](value, part, checklist, words)


def exact(value: Fraction, words: Wording) -> str:
    """Return a number that a checklist holds, with the decimals that it has, at most six."""
    decimals = next((places for places in range(6) if (value * 10**places).denominator == 1), 6)
    return words.number(float(value), decimals)


def reference_text(reference: Reference, words: Wording) -> str:
    """Return a reference in one line: law, status date, source, and who checked it."""
    return ", ".join(
        (
            reference.text.in_(words.language),
            words.text("lovstatus {day}", day=reference.status_date),
            words.text("kilde: {source}", source=reference.source),
            checked_text(reference, words),
        )
    )


def checked_text(reference: Reference, words: Wording) -> str:
    """Return whether a reference was held against its source, and by whom."""
    if not reference.verified:
        return words.text("ikke kontrolleret")
    if not reference.checked_by:
        return words.text("kontrolleret")
    return words.text("kontrolleret af {name}", name=reference.checked_by)


def _coded_answers(codes: tuple[str, ...], part: Item, _: Checklist, words: Wording) -> str:
    texts = {answer.code: answer.text.in_(words.language) for answer in part.scale.answers}
    return ", ".join(texts.get(code, code) for code in codes) or words.text("intet")


def _answers(answers: Any, _: Any, __: Checklist, words: Wording) -> str:
    said = []
    for answer in answers:
        points = f" ({exact(answer.points, words)})" if answer.points is not None else ""
        said.append(f"{answer.text.in_(words.language)}{points}")
    return ", ".join(said)


#: Fields whose words need more than their value: the part, and the checklist that it stands in.
LONGER: Mapping[str, Callable[[Any, Any, Checklist, Wording], str]] = {
    "answers": _answers,
    "values": lambda values, _, __, words: ", ".join(value.text.in_(words.language) for value in values),
    "note_required_at": _coded_answers,
    "journal_reference_required_at": _coded_answers,
    "applies_when": lambda condition, _, checklist, words: condition_sentence(condition, checklist, words),
    "when": lambda rule, _, checklist, words: rule_sentence(rule, checklist, words),
    "references": lambda references, _, __, words: (
        "; ".join(reference_text(reference, words) for reference in references) or words.text("intet")
    ),
}
