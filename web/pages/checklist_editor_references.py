"""Forms of the editor: the references of an item to the law."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import ClassVar

from checklists import editing
from checklists.acts import Act, acts
from checklists.model import Checklist, Item, Reference, Text
from lirk.wording import Wording
from web.forms import FieldError
from web.pages.checklist_editor_fields import Ask, Field, Given, Section, Values, filled
from web.pages.checklist_editor_items import QUESTION
from web.pages.checklist_editor_parts import Names, PartKind, owned


class _ReferenceKind(PartKind):
    """References, each by its item and its number in it, from 1."""

    name: ClassVar[str] = "references"

    def names(self, words: Wording) -> Names:
        return Names(
            new=words.text("Tilføj henvisning"),
            change=words.text("Ret henvisning"),
            remove=words.text("Fjern henvisning"),
            added=words.text("Henvisningen er tilføjet."),
            changed=words.text("Henvisningen er gemt."),
            removed=words.text("Henvisningen er fjernet."),
        )

    def find(self, checklist: Checklist, part_id: str) -> Reference | None:
        item_id, number = owned(part_id)
        item = checklist.item(item_id)
        place = int(number) - 1 if number.isascii() and number.isdigit() and len(number) < 4 else -1
        return item.references[place] if item is not None and 0 <= place < len(item.references) else None

    def ref(self, part_id: str) -> str:
        return f"item:{owned(part_id)[0] or part_id}"

    def label(self, part: Reference, words: Wording) -> str:
        return part.text.in_(words.language)

    def sections(self, checklist: Checklist, part: Reference | None, words: Wording) -> tuple[Section, ...]:
        return (
            Section(words.text("Retsgrundlag"), tuple(_law(words))),
            Section(words.text("Kontrol"), tuple(_control(words))),
        )

    def values(self, part: Reference, checklist: Checklist) -> Values:
        return filled(
            act=part.act,
            paragraph=part.paragraph,
            subsection=part.subsection,
            number=part.number,
            text=part.text,
            status_date=part.status_date,
            source=part.source,
            verified=part.verified,
            checked_by=part.checked_by,
            checked_on=part.checked_on,
        )

    def defaults(self, checklist: Checklist, within: str) -> Values:
        return filled(status_date=checklist.status_date)

    def check(self, given: Given, checklist: Checklist, part: Reference | None, words: Wording) -> None:
        act = acts().get(given.line("act"))
        if not given.line("text_da") and (act is None or not given.line("paragraph")):
            said = words.text("Skriv henvisningen, eller vælg lov og §.")
            given.errors.append(FieldError("text_da", said))
        if not given.line("source") and act is None:
            given.errors.append(FieldError("source", words.text("Skriv, hvor loven er læst.")))
        if given.flag("verified") and not given.line("checked_by"):
            said = words.text("Skriv, hvem der har kontrolleret henvisningen.")
            given.errors.append(FieldError("checked_by", said))

    def add(self, checklist: Checklist, given: Given, within: str) -> tuple[Checklist, str]:
        item = self._item(checklist, within)
        references = (*item.references, _reference(given))
        changed = editing.change_item(checklist, replace(item, references=references))
        return changed, f"{within}.{len(references)}"

    def change(self, checklist: Checklist, part_id: str, given: Given) -> Checklist:
        return self._with(checklist, part_id, (_reference(given),))

    def remove(self, checklist: Checklist, part_id: str) -> Checklist:
        return self._with(checklist, part_id, ())

    def move(self, checklist: Checklist, part_id: str, step: int) -> Checklist:
        if self.find(checklist, part_id) is None:
            raise editing.PartUnknown(part_id)
        item, place = self._item(checklist, owned(part_id)[0]), int(owned(part_id)[1]) - 1
        if not 0 <= place + step < len(item.references):
            return checklist
        references = [*item.references]
        references.insert(place + step, references.pop(place))
        return editing.change_item(checklist, replace(item, references=tuple(references)))

    def within(self, part_id: str) -> str:
        return owned(part_id)[0]

    def after_adding(self, part_id: str) -> str:
        return f"/items/{owned(part_id)[0]}#references"

    def after_change(self, part_id: str) -> str:
        return self.after_adding(part_id)

    def _with(self, checklist: Checklist, part_id: str, instead: tuple[Reference, ...]) -> Checklist:
        if self.find(checklist, part_id) is None:
            raise editing.PartUnknown(part_id)
        item, place = self._item(checklist, owned(part_id)[0]), int(owned(part_id)[1]) - 1
        references = (*item.references[:place], *instead, *item.references[place + 1 :])
        return editing.change_item(checklist, replace(item, references=references))

    def _item(self, checklist: Checklist, item_id: str) -> Item:
        item = checklist.item(item_id)
        if item is None:
            raise editing.PartUnknown(item_id)
        return item


def _law(words: Wording) -> Iterator[Field]:
    listed = tuple((act.id, act.name.in_(words.language)) for act in acts().values())
    yield Field(
        name="act",
        label=words.text("Lov"),
        ask=Ask.CHOICE,
        choices=(("", words.text("Står ikke på listen")), *listed),
        optional=True,
    )
    for name, label in (
        ("paragraph", "§"),
        ("subsection", words.text("Stk.")),
        ("number", words.text("Nr.")),
    ):
        yield Field(name=name, label=label, optional=True, limit=20)
    yield Field(
        name="text",
        label=words.text("Henvisning, som den skrives"),
        translated=True,
        optional=True,
        hint=words.text("Lad stå tomt, så skrives den af lov, § og stk."),
        limit=QUESTION,
    )
    yield Field(name="status_date", label=words.text("Lovstatus"), ask=Ask.DAY)
    yield Field(
        name="source",
        label=words.text("Kilde"),
        optional=True,
        hint=words.text("Lad stå tomt, så bruges kilden for loven på listen."),
        limit=QUESTION,
    )


def _control(words: Wording) -> Iterator[Field]:
    label = words.text("Henvisningen er holdt op mod kilden")
    yield Field(name="verified", label=label, ask=Ask.FLAG, optional=True)
    yield Field(name="checked_by", label=words.text("Kontrolleret af"), optional=True)
    yield Field(name="checked_on", label=words.text("Kontrolleret den"), ask=Ask.DAY, optional=True)


def _reference(given: Given) -> Reference:
    act, text = acts().get(given.line("act")), given.both("text")
    return Reference(
        text=text if text or act is None else Text(_danish(act, given), text.en or _english(act, given)),
        status_date=given.day("status_date") or date.min,
        source=given.line("source") or (act.source if act is not None else ""),
        verified=given.flag("verified"),
        act=given.line("act"),
        paragraph=given.line("paragraph"),
        subsection=given.line("subsection"),
        number=given.line("number"),
        checked_by=given.line("checked_by"),
        checked_on=given.day("checked_on"),
    )


def _danish(act: Act, given: Given) -> str:
    said = f"{act.name.da} § {given.line('paragraph')}"
    if given.line("subsection"):
        said += f", stk. {given.line('subsection')}"
    return f"{said}, nr. {given.line('number')}" if given.line("number") else said


def _english(act: Act, given: Given) -> str:
    said = f"{act.name.en}, s. {given.line('paragraph')}"
    if given.line("subsection"):
        said += f"({given.line('subsection')})"
    return f"{said}, no. {given.line('number')}" if given.line("number") else said


REFERENCES = _ReferenceKind()
