"""checklists/changes.html: what changed between two versions, and what is said of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from checklists.changes import CONDITIONS, Change, Piece, field_value, word_changes
from checklists.model import Checklist, Fact, FollowUp, Item, PartChange, Reference, Text, Verdict
from lirk.services.checklist_changes import REASON, Compared
from lirk.services.checklist_versions import ReadVersion
from lirk.wording import N_, Wording
from lirk.wording.checklist_rules import condition_sentence, rule_sentence
from lirk.wording.checklist_versions import FIELDS, KINDS, PARTS, SUBJECTS
from lirk.wording.checklist_workflow import KIND_HINTS, MARKS
from lirk.wording.reports import CANNOT_ASSESS_POLICIES, NOT_APPLICABLE_POLICIES, RULES, SEVERITIES
from web.pages.checklist_workflow import VersionHead
from web.pages.checklists import address

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

    id: str
    kind: str
    part: str
    label: str
    moved: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkView:
    """What is said of a change, or is to be said: ``legend`` names the part, ``seen`` is its fingerprint."""

    id: str
    legend: str
    kind: str
    reason: str
    seen: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A change, what was said of it, and the fields in which it is said; None where nobody is asked."""

    change: ChangeView
    said: str
    mark: MarkView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage:
    """A version held against another; ``before`` is None where there is none."""

    head: VersionHead
    before: tuple[str, str] | None
    usual: bool
    against: str
    choices: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str, str], ...]
    entries: tuple[Entry, ...]
    marking: bool
    left: int
    limit: int

    @classmethod
    def of(
        cls,
        value: Compared,
        head: VersionHead,
        words: Wording,
        typed: Mapping[str, tuple[str, str]] | None = None,
    ) -> "ChangesPage":
        """Return the page; ``typed`` is what was chosen and written, by part, where that was refused."""
        before = value.before
        return cls(
            head=head,
            before=None if before is None else (_named(before, words), address(before)),
            usual=value.usual,
            against="" if before is None else str(before.version),
            choices=tuple((str(one.version), _named(one, words)) for one in value.others),
            kinds=tuple(
                (kind, words.text(said), words.text(KIND_HINTS[kind])) for kind, said in MARKS.items()
            ),
            entries=tuple(_entries(value, words, typed or {})),
            marking=value.may_mark and bool(value.needed),
            left=len(value.unmarked),
            limit=REASON,
        )


def change_views(
    before: ReadVersion | None, version: ReadVersion, changes: Iterable[Change], words: Wording
) -> tuple[ChangeView, ...]:
    """Return the changes of a version in words."""
    if before is None:
        return ()
    old, new = before.checklist, version.checklist
    return tuple(_view(change, old, new, words) for change in changes)


def said_of(mark: PartChange, words: Wording) -> str:
    """Return what the archivist said of a change."""
    said = words.text(MARKS[mark.kind])
    return words.text("{said}. Grund: {reason}", said=said, reason=mark.reason) if mark.reason else said


def said_in(version: ReadVersion, words: Wording) -> Mapping[str, str]:
    """Return what the archivist said of the changes in a version, by item or fact."""
    checklist = version.checklist
    parts: tuple[Item | Fact, ...] = (*checklist.items, *checklist.facts)
    return {
        part.id: said_of(mark, words)
        for part in parts
        for mark in part.changes
        if mark.version == version.version
    }


def _entries(value: Compared, words: Wording, typed: Mapping[str, tuple[str, str]]) -> Iterator[Entry]:
    for view in change_views(value.before, value.version, value.changes, words):
        mark = value.marks.get(view.id)
        said = "" if mark is None else said_of(mark, words)
        if not value.usual and view.id in value.broken:
            said = words.text("Kan ikke sammenlignes: punktet har fået en ny mening.")
        asked = value.may_mark and view.id in value.needed
        kind, reason = typed.get(view.id, ("", "") if mark is None else (mark.kind, mark.reason))
        yield Entry(
            view,
            said,
            MarkView(id=view.id, legend=view.label, kind=kind, reason=reason, seen=value.seen[view.id])
            if asked
            else None,
        )


def _named(version: ReadVersion, words: Wording) -> str:
    return words.text("version {version}", version=str(version.version))


def _view(change: Change, old: Checklist, new: Checklist, words: Wording) -> ChangeView:
    return ChangeView(
        id=change.id if change.part in {"item", "fact"} else "",
        kind=words.text(KINDS[change.kind]),
        part=words.text(PARTS[change.part]),
        label=_label(change, words),
        moved=_moved(change, old, new, words) if change.moved else "",
        fields=tuple(_fields(change, old, new, words)),
    )


def _label(change: Change, words: Wording) -> str:
    part: Any = change.after or change.before
    match change.part:
        case "head" | "centre":
            return ""
        case "scale":
            return change.id
        case "item" | "fact":
            text: Text = part.question
        case "contradiction":
            text = part.message
        case _:
            text = part.title
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
        if change.before is None or change.after is None:
            continue
        before, after = field_value(old, change.before, field), field_value(new, change.after, field)
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
    if value is None and field != "when":
        return words.text("altid") if field in {"applies_when", CONDITIONS} else words.text("intet")
    if field in CODED:
        return words.text(CODED[field][value])
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


def _follow_ups(followed: tuple[FollowUp, ...], part: Item, checklist: Checklist, words: Wording) -> str:
    return follow_up_text(followed, part, checklist, words) or words.text("intet")


def follow_up_text(followed: Iterable[FollowUp], part: Item, checklist: Checklist, words: Wording) -> str:
    """Return which items follow which answers."""
    said = []
    for one in followed:
        answer = part.answer(one.code)
        asked = [checklist.item(item_id) for item_id in one.items]
        questions = words.listing(f"»{item.question.in_(words.language)}«" for item in asked if item)
        called = one.code if answer is None else answer.text.in_(words.language)
        said.append(words.text("{answer}: {questions}", answer=called, questions=questions))
    return "; ".join(said)


def verdict_text(verdict: Verdict, checklist: Checklist, words: Wording) -> str:
    """Return a verdict with its rule."""
    rule = rule_sentence(verdict.when, checklist, words)
    return words.text("{title}: {rule}", title=verdict.title.in_(words.language), rule=rule)


#: Fields whose words need more than their value: the part, and the checklist that it stands in.
LONGER: Mapping[str, Callable[[Any, Any, Checklist, Wording], str]] = {
    "answers": _answers,
    "values": lambda values, _, __, words: ", ".join(value.text.in_(words.language) for value in values),
    "note_required_at": _coded_answers,
    "journal_reference_required_at": _coded_answers,
    "applies_when": lambda condition, _, checklist, words: condition_sentence(condition, checklist, words),
    CONDITIONS: lambda condition, _, checklist, words: condition_sentence(condition, checklist, words),
    "refuse_when": lambda condition, _, checklist, words: condition_sentence(condition, checklist, words),
    "stop_when": lambda condition, _, checklist, words: condition_sentence(condition, checklist, words),
    "follow_ups": _follow_ups,
    "verdicts": lambda verdicts, _, checklist, words: (
        "; ".join(verdict_text(verdict, checklist, words) for verdict in verdicts) or words.text("intet")
    ),
    "when": lambda rule, _, checklist, words: rule_sentence(rule, checklist, words),
    "references": lambda references, _, __, words: (
        "; ".join(reference_text(reference, words) for reference in references) or words.text("intet")
    ),
}
