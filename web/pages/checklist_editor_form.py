"""checklist_editor/part.html and remove.html: the form of one part, its conflict, and a last look before it goes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from checklists import editing
from checklists.changes import Piece, word_changes
from checklists.editing import part_fingerprint
from checklists.model import Checklist, Item
from lirk.domain.checklist_drafts import PartChangedElsewhere
from lirk.errors import Problem
from lirk.services.checklist_drafts import OpenDraft
from lirk.wording import Wording
from lirk.wording.checklist_versions import FIELDS
from web.forms import FieldError
from web.pages.checklist_changes import checked_text
from web.pages.checklist_editor import EditorHead, Row, placed, shortened, told
from web.pages.checklist_editor_fields import Ask, Field, Section, Values, first, rows_in, shown_rows
from web.pages.checklist_editor_items import ITEMS
from web.pages.checklist_editor_kinds import KIND_OF_DEPENDENT
from web.pages.checklist_editor_parts import PartKind, owned
from web.pages.checklist_editor_references import REFERENCES
from web.pages.checklist_editor_results import VERDICTS
from web.pages.checklist_editor_rules import said, tree_of
from web.pages.checklists import Badge

#: The fields that a problem of the language is about, where its key does not name one.
FIELD_OF_CODE = {
    "checklist-item-without-points": "offered",
    "checklist-duplicate-id": "id",
    "checklist-bad-id": "id",
    "checklist-bad-name": "id",
    "checklist-reserved-id": "id",
    "checklist-shipped-scale": "id",
    "edit-id-taken": "id",
    "checklist-core-depends": "core",
    "checklist-core-follows": "core",
    "checklist-follow-up-itself": "follow-0-item",
    "checklist-condition-loop": "follow-0-item",
    "checklist-scale-without-points": "answers-0-points",
    "checklist-verdict-no-rest": "rule",
    "checklist-verdict-unreachable": "rule",
    "checklist-averaged-away": "positive",
}


@dataclass(frozen=True, slots=True)
class ConflictField:
    """A field that two people filled in differently: theirs and mine as one text."""

    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else changed the part; ``gone`` where it is not there any more."""

    sentence: str
    fields: tuple[ConflictField, ...]
    gone: bool


@dataclass(frozen=True, slots=True)
class TooLatePage:
    """checklist_editor/late.html: what was typed into a form that nothing can be done with any more."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """A place that something is about."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPage:
    """The form of one part.

    Attributes
    ----------
    rows
        By table, how many rows are shown.
    rule
        The part's condition or rule as a sentence, with the address of its page; None where it has none.
    references
        Those of an item; None of any other part.
    rename
        The id that may still be changed, empty where it may not.
    """

    head: EditorHead
    heading: str
    label: str
    action: str
    back: str
    seen: str
    sections: tuple[Section, ...]
    values: Values
    rows: Mapping[str, int]
    new: bool = False
    rule: tuple[str, str, str] | None = None
    references: tuple[Row, ...] | None = None
    add_reference: str = ""
    rename: str = ""
    remove: str = ""
    conflict: Conflict | None = None
    carried: tuple[tuple[str, str], ...] = field(default=())

    @classmethod
    def of(
        cls,
        draft: OpenDraft,
        kind: PartKind,
        part_id: str,
        words: Wording,
        *,
        typed: Values | None = None,
        more: str = "",
        conflict: Conflict | None = None,
        seen: str | None = None,
    ) -> "PartPage":
        """Return the form of a part; ``typed`` is what somebody wrote into it, ``seen`` what they had before them."""
        head, checklist = EditorHead.of(draft, words), draft.version.checklist
        part = kind.find(checklist, part_id)
        sections = kind.sections(checklist, part, words)
        values = typed if typed is not None else {} if part is None else kind.values(part, checklist)
        present = part_fingerprint(checklist, kind.ref(part_id))
        path = f"{head.edit}/{kind.name}/{part_id}".rstrip("/")
        return cls(
            head=head,
            heading=kind.names(words).change,
            label="" if part is None or not kind.many else kind.label(part, words),
            action=path,
            back=head.edit + kind.after_change(part_id),
            seen=present if seen is None else seen,
            sections=sections,
            values=values,
            rows=shown_rows(sections, values, more),
            rule=_rule(kind, part, path, checklist, words),
            references=tuple(_references(part, head, words)) if kind is ITEMS and part is not None else None,
            add_reference=f"{head.edit}/new/references?in={part_id}",
            rename=part_id
            if kind is ITEMS and part is not None and part_id not in draft.published_ids
            else "",
            remove=f"{path}/remove" if part is not None and kind.names(words).remove else "",
            conflict=conflict,
        )

    @classmethod
    def of_new(
        cls,
        draft: OpenDraft,
        kind: PartKind,
        within: str,
        words: Wording,
        *,
        typed: Values | None = None,
        more: str = "",
    ) -> "PartPage":
        """Return the form of a new part."""
        head, checklist = EditorHead.of(draft, words), draft.version.checklist
        sections = kind.sections(checklist, None, words)
        values = kind.defaults(checklist, within) if typed is None else typed
        return cls(
            head=head,
            heading=kind.names(words).new,
            label=_owner(kind, within, checklist, words),
            action=f"{head.edit}/new/{kind.name}",
            back=f"{head.edit}/items/{within}#references"
            if kind is REFERENCES
            else f"{head.edit}#{kind.name}",
            seen="",
            sections=sections,
            values=values,
            rows=shown_rows(sections, values, more),
            new=True,
            carried=(("in", within),),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovePage:
    """A part that is about to go, and what depends on it: with that, it cannot."""

    head: EditorHead
    heading: str
    label: str
    action: str
    back: str
    seen: str
    items: tuple[str, ...]
    dependents: tuple[Linked, ...]

    @classmethod
    def of(cls, draft: OpenDraft, kind: PartKind, part_id: str, words: Wording) -> "RemovePage":
        """Return the page for a part that there is."""
        head, checklist = EditorHead.of(draft, words), draft.version.checklist
        part: Any = kind.find(checklist, part_id)
        path = f"{head.edit}/{kind.name}/{part_id}".rstrip("/")
        return cls(
            head=head,
            heading=kind.names(words).remove,
            label=kind.label(part, words),
            action=f"{path}/remove",
            back=head.edit + kind.after_change(part_id),
            seen=part_fingerprint(checklist, kind.whole_ref(part_id)),
            items=_items(part, words),
            dependents=tuple(_dependents(kind, part_id, checklist, head, words)),
        )


def conflict_of(
    error: PartChangedElsewhere, draft: OpenDraft, kind: PartKind, part_id: str, typed: Values, words: Wording
) -> Conflict:
    """Return what somebody else wrote and what was typed here, field by field."""
    checklist = draft.version.checklist
    part = kind.find(checklist, part_id)
    if part is None and kind.many:
        return Conflict(words.sentence(error), tuple(_left(typed, words)), gone=True)
    theirs: Values = {} if part is None else kind.values(part, checklist)
    sections = kind.sections(checklist, part, words)
    return Conflict(words.sentence(error), tuple(_differing(sections, theirs, typed, words)), gone=False)


def errors_of(
    problems: Iterable[Problem], own: str, sections: tuple[Section, ...], draft: OpenDraft, words: Wording
) -> tuple[FieldError, ...]:
    """Return problems of the language as errors: at the field they are about, or with the page of another part."""
    head, checklist = EditorHead.of(draft, words), draft.version.checklist
    errors = {}
    for problem in problems:
        said_ = told(problem, words)
        if problem.item in {None, own, ""}:
            error = FieldError(_field_of(problem, sections), said_)
        else:
            place, href = placed(problem, checklist, head, words)
            error = FieldError(_field_of(problem, sections) or href, f"{place}: {said_}")
        errors[error] = error
    return tuple(errors)


def _field_of(problem: Problem, sections: tuple[Section, ...]) -> str:
    names = [name for section in sections for one in section.fields for name in one.names]
    key = str(problem.values.get("key", "")).rpartition(".")[2]
    wanted = (problem.column or "", FIELD_OF_CODE.get(problem.code, ""), key, f"{key}_da")
    for name in wanted:
        table = name.partition("-")[0]
        if name and (name in names or ("-" in name and f"{table}-*" in names)):
            return name
    return ""


def _rule(
    kind: PartKind, part: Any, path: str, checklist: Checklist, words: Wording
) -> tuple[str, str, str] | None:
    if not kind.ruled or part is None:
        return None
    tree = tree_of(kind, part)
    always = words.text("Alle andre sager") if kind is VERDICTS else words.text("Altid")
    sentence = always if tree is None else said(tree, kind, checklist, words)
    label = words.text("Regel") if kind is VERDICTS else words.text("Gælder, når")
    return label, sentence, f"{path}/rule"


def _references(item: Item, head: EditorHead, words: Wording) -> Iterator[Row]:
    for place, reference in enumerate(item.references, start=1):
        status = words.text("lovstatus {day}", day=reference.status_date)
        notes = [status, words.text("kilde: {source}", source=reference.source)]
        kind = "plain" if reference.verified else "warning"
        yield Row(
            id=f"{item.id}.{place}",
            anchor=f"reference-{place}",
            number="",
            text=reference.text.in_(words.language),
            href=f"{head.edit}/references/{item.id}.{place}",
            notes=(", ".join(notes),),
            badges=(Badge(checked_text(reference, words), kind),),
            movable=len(item.references) > 1,
        )


def _owner(kind: PartKind, within: str, checklist: Checklist, words: Wording) -> str:
    item, theme = checklist.item(within), checklist.theme(within)
    if kind is REFERENCES and item is not None:
        return item.question.in_(words.language)
    return "" if theme is None else theme.title.in_(words.language)


def _items(part: Any, words: Wording) -> tuple[str, ...]:
    items = getattr(part, "items", ())
    return tuple(item.question.in_(words.language) for item in items)


def _dependents(
    kind: PartKind, part_id: str, checklist: Checklist, head: EditorHead, words: Wording
) -> Iterator[Linked]:
    if kind.name not in {"items", "themes", "facts", "scales"}:
        return
    for one in editing.dependents(checklist, kind.ref(part_id)):
        other = KIND_OF_DEPENDENT[one.kind]
        part = other.find(checklist, one.id)
        label = one.id if part is None else shortened(other.label(part, words))
        yield Linked(label, f"{head.edit}/{other.name}/{one.id}")


def _differing(
    sections: tuple[Section, ...], theirs: Values, typed: Values, words: Wording
) -> Iterator[ConflictField]:
    for one in (one for section in sections for one in section.fields):
        for asked in _single(one, theirs, typed):
            for place, name in enumerate(asked.names):
                other, mine = theirs.get(name, ()), typed.get(name, ())
                if [value for value in other if value] != [value for value in mine if value]:
                    label = words.text("{label} på engelsk", label=asked.label) if place else asked.label
                    yield ConflictField(label, word_changes(_shown(asked, other), _shown(asked, mine)))


def _left(typed: Values, words: Wording) -> Iterator[ConflictField]:
    """Yield the texts that were typed for a part that is gone."""
    for name, texts in typed.items():
        own, line, language = name.rpartition("_")
        if line and language in {"da", "en"} and any(texts):
            label = words.text(FIELDS[own]) if own in FIELDS else words.text("Tekst")
            named = words.text("{label} på engelsk", label=label) if language == "en" else label
            yield ConflictField(named, (Piece("same", texts[0]),))


def _single(one: Field, theirs: Values, typed: Values) -> Iterator[Field]:
    if one.ask is not Ask.ROWS:
        yield one
        return
    for number in range(max(rows_in(theirs, one.name), rows_in(typed, one.name))):
        yield from (column.in_row(one.name, number) for column in one.columns)


def _shown(one: Field, values: tuple[str, ...]) -> str:
    said_ = {choice[0]: choice[1] for choice in one.choices}
    if one.ask is Ask.FLAG:
        return one.label if any(values) else ""
    if one.ask is Ask.DAY:
        pieces = first({"": values}, "").split("-")
        return ".".join(reversed(pieces))
    return ", ".join(said_.get(value, value) for value in values)


def own_of(kind: PartKind, part_id: str) -> str:
    """Return the id that problems of the language give the part."""
    return owned(part_id)[0] if kind is REFERENCES else owned(part_id)[1]
