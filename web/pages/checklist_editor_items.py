"""Forms of the editor: items."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import ClassVar

from checklists import editing
from checklists.model import Checklist, FollowUp, Item, Scale, ScaleAnswer
from checklists.scales import SHIPPED, USUAL, usual_notes
from checklists.write import own_points
from lirk.wording import N_, Wording
from lirk.wording.reports import CANNOT_ASSESS_POLICIES, RULES, SEVERITIES
from web.forms import FieldError
from web.pages.checklist_editor_fields import LONG, Ask, Field, Given, Section, Values, filled
from web.pages.checklist_editor_parts import Names, PartKind, fresh_id, words_of

#: Signs of a question, at most.
QUESTION = 500
#: What a point is worth for a case, at most, as the language has it.
HEAVIEST = 1000

SEVERITY_HINTS = {
    "critical": N_("Ét brud er nok til, at sagen ikke er i orden."),
    "serious": N_("Bruddet er alvorligt, men sagen kan være i orden uden det."),
    "minor": N_("Bruddet er en skønhedsfejl."),
}


class _ItemKind(PartKind):
    """Items, under the themes."""

    name: ClassVar[str] = "items"
    ruled: ClassVar[bool] = True

    def names(self, words: Wording) -> Names:
        return Names(
            new=words.text("Tilføj punkt"),
            change=words.text("Ret punkt"),
            remove=words.text("Lad punktet udgå"),
            added=words.text("Punktet er tilføjet."),
            changed=words.text("Punktet er gemt."),
            removed=words.text("Punktet er udgået."),
        )

    def find(self, checklist: Checklist, part_id: str) -> Item | None:
        return checklist.item(part_id)

    def ref(self, part_id: str) -> str:
        return f"item:{part_id}"

    def label(self, part: Item, words: Wording) -> str:
        return part.question.in_(words.language)

    def sections(self, checklist: Checklist, part: Item | None, words: Wording) -> tuple[Section, ...]:
        question = Field(
            name="question",
            label=words.text("Spørgsmål"),
            ask=Ask.AREA,
            translated=True,
            limit=QUESTION,
            hint=words.text("Skriv det, så »ja« er godt."),
        )
        marks = Section(words.text("Alvor og vægt"), tuple(_marks(checklist, words)))
        scale = Field(
            name="scale",
            label=words.text("Skala"),
            ask=Ask.CHOICE,
            choices=scale_choices(checklist, words),
            hint=words.text("Skifter du skala, gemmes punktet, og du kan se de nye svar igennem."),
        )
        if part is None:
            return (
                Section(words.text("Spørgsmål"), (question, *_id_field(words))),
                marks,
                Section(words.text("Svar"), (replace(scale, hint=""),)),
            )
        return (
            Section(words.text("Spørgsmål og vejledning"), (question, *_texts(words))),
            marks,
            Section(words.text("Svar"), (scale, *_answers(part, words))),
            _own_points(part, words),
            _follow_ups(checklist, part, words),
            Section(
                words.text("Uden retsgrundlag"),
                (
                    _area(
                        "without_law", words.text("Hvorfor punktet ikke har et retsgrundlag"), limit=QUESTION
                    ),
                ),
                folded=not part.without_law,
            ),
        )

    def values(self, part: Item, checklist: Checklist) -> Values:
        points = own_points(part)
        return {
            **filled(
                question=part.question,
                guidance=part.guidance,
                good_example=part.good_example,
                bad_example=part.bad_example,
                recommendation=part.recommendation,
                without_law=part.without_law,
                severity=part.severity,
                rule=part.rule,
                weight=part.weight,
                core=part.core,
                theme=theme_of(checklist, part.id),
                scale=part.scale.id,
                offered=part.offered,
                note=part.note_required_at,
                journal=part.journal_reference_required_at,
                cannot_assess=part.cannot_assess or "",
            ),
            **filled(**{f"points-{answer.code}": points.get(answer.code) for answer in part.scale.answers}),
            **dict(_follow_up_values(part)),
        }

    def defaults(self, checklist: Checklist, within: str) -> Values:
        return filled(theme=within, scale=USUAL, weight=Fraction(1), core=True, rule="good-practice")

    def check(self, given: Given, checklist: Checklist, part: Item | None, words: Wording) -> None:
        if part is not None and given.line("scale") == part.scale.id and not given.many("offered"):
            given.errors.append(FieldError("offered", words.text("Vælg mindst ét svar.")))
        for begun in given.rows("follow"):
            for name in ("code", "item"):
                if not given.line(begun + name):
                    said = words.text("Vælg både svar og punkt, eller lad begge stå tomme.")
                    given.errors.append(FieldError(begun + name, said))

    def add(self, checklist: Checklist, given: Given, within: str) -> tuple[Checklist, str]:
        taken = {*(item.id for item in checklist.items), *(fact.id for fact in checklist.facts)}
        item_id = fresh_id(given.line("question_da"), given.line("id"), taken)
        scale = scales_of(checklist)[given.line("scale")]
        item = Item(
            id=item_id,
            question=given.both("question"),
            severity=given.line("severity"),
            rule=given.line("rule"),
            weight=given.number("weight") or Fraction(0),
            core=given.flag("core"),
            scale=scale,
            answers=scale.answers,
            note_required_at=usual_notes(scale.answers, given.line("severity")),
        )
        return editing.add_item(checklist, given.line("theme"), item), item_id

    def change(self, checklist: Checklist, part_id: str, given: Given) -> Checklist:
        item = checklist.item(part_id)
        if item is None:
            raise editing.PartUnknown(part_id)
        changed = editing.change_item(checklist, _as_typed(item, given, scales_of(checklist)))
        theme = given.line("theme")
        return (
            changed
            if theme_of(checklist, part_id) == theme
            else editing.move_item_to(changed, part_id, theme)
        )

    def move(self, checklist: Checklist, part_id: str, step: int) -> Checklist:
        return editing.move_item(checklist, part_id, step)

    def remove(self, checklist: Checklist, part_id: str) -> Checklist:
        return editing.remove_item(checklist, part_id)

    def after_adding(self, part_id: str) -> str:
        return f"/items/{part_id}"


def scales_of(checklist: Checklist) -> dict[str, Scale]:
    """Return the scales that a checklist can use, by id: those that ship and its own."""
    return {**SHIPPED, **{scale.id: scale for scale in checklist.scales}}


def scale_choices(checklist: Checklist, words: Wording) -> tuple[tuple[str, str], ...]:
    """Return the scales as choices, named by their answers."""
    return tuple((scale.id, scale_name(scale, words)) for scale in scales_of(checklist).values())


def scale_name(scale: Scale, words: Wording) -> str:
    """Return a scale by its own answers, a long one shortened."""
    own = [
        answer.text.in_(words.language)
        for answer in scale.answers
        if answer.meaning not in {"not_applicable", "cannot_assess"}
    ]
    return " · ".join(own if len(own) <= 5 else [*own[:2], "…", own[-1]])


def theme_of(checklist: Checklist, item_id: str) -> str:
    """Return the id of the theme of an item."""
    return next((theme.id for theme in checklist.themes if any(i.id == item_id for i in theme.items)), "")


def numbered(checklist: Checklist, words: Wording) -> tuple[tuple[str, str], ...]:
    """Return every item with its number and question, as choices."""
    return tuple(
        (item.id, f"{place}.{number} {item.question.in_(words.language)}")
        for place, theme in enumerate(checklist.themes, start=1)
        for number, item in enumerate(theme.items, start=1)
    )


def _area(name: str, label: str, *, limit: int = LONG, hint: str = "") -> Field:
    return Field(name=name, label=label, ask=Ask.AREA, translated=True, optional=True, limit=limit, hint=hint)


def _texts(words: Wording) -> Iterator[Field]:
    hint = words.text("Lister og **fed skrift** kan bruges; HTML bliver fjernet.")
    yield _area("guidance", words.text("Vejledning"), hint=hint)
    yield _area("good_example", words.text("Godt eksempel"))
    yield _area("bad_example", words.text("Dårligt eksempel"))
    yield _area("recommendation", words.text("Anbefaling, som et fund begynder med"))


def _id_field(words: Wording) -> Iterator[Field]:
    hint = words.text("Lad stå tomt, så laves det af teksten. Det kan ikke ændres, når versionen er udgivet.")
    yield Field(name="id", label=words.text("Id"), optional=True, hint=hint, limit=80)


def _marks(checklist: Checklist, words: Wording) -> Iterator[Field]:
    severities = tuple(
        (code, words.text(said), words.text(SEVERITY_HINTS[code])) for code, said in SEVERITIES.items()
    )
    yield Field(name="severity", label=words.text("Alvor"), ask=Ask.RADIOS, choices=severities)
    yield Field(name="rule", label=words.text("Regeltype"), ask=Ask.CHOICE, choices=words_of(RULES, words))
    yield Field(
        name="weight",
        label=words.text("Vægt"),
        ask=Ask.NUMBER,
        limit=HEAVIEST,
        hint=words.text("1 er det sædvanlige. Ved 0 spørges der, men svaret tæller ikke."),
    )
    yield Field(
        name="core",
        label=words.text("Hører til kernen"),
        ask=Ask.FLAG,
        optional=True,
        hint=words.text("Kernen er de punkter, der også er med i en kort gennemgang."),
    )
    themes = tuple((theme.id, theme.title.in_(words.language)) for theme in checklist.themes)
    yield Field(name="theme", label=words.text("Tema"), ask=Ask.CHOICE, choices=themes)


def _answers(item: Item, words: Wording) -> Iterator[Field]:
    codes = tuple((answer.code, answer.text.in_(words.language)) for answer in item.scale.answers)
    hint = words.text("Fravælg fx »ikke relevant« ved et punkt, der altid er relevant.")
    for name, label, help_ in (
        ("offered", words.text("Svar, der kan vælges"), hint),
        ("note", words.text("Note kræves ved"), ""),
        ("journal", words.text("Henvisning til journalen kræves ved"), ""),
    ):
        yield Field(name=name, label=label, ask=Ask.MANY, choices=codes, optional=True, hint=help_)
    yield Field(
        name="cannot_assess",
        label=words.text("Når punktet ikke kan vurderes"),
        ask=Ask.CHOICE,
        choices=(("", words.text("Som i resten af tjeklisten")), *words_of(CANNOT_ASSESS_POLICIES, words)),
        optional=True,
    )


def _own_points(item: Item, words: Wording) -> Section:
    fields = tuple(
        Field(
            name=f"points-{answer.code}",
            label=words.text("Point for »{answer}«", answer=answer.text.in_(words.language)),
            ask=Ask.NUMBER,
            optional=True,
            limit=HEAVIEST,
            hint=words.text("Skalaen giver {points}.", points=number(answer.points, words)),
        )
        for answer in item.scale.answers
        if answer.points is not None
    )
    hint = words.text("Lad et felt stå tomt, så gælder skalaens point.")
    return Section(words.text("Punktets egne point"), fields, hint=hint, folded=not own_points(item))


def number(value: Fraction, words: Wording) -> str:
    """Return a number as a sentence says it."""
    places = next((places for places in range(6) if (value * 10**places).denominator == 1), 6)
    return words.number(float(value), places)


def _follow_ups(checklist: Checklist, item: Item, words: Wording) -> Section:
    codes = tuple((answer.code, answer.text.in_(words.language)) for answer in item.scale.answers)
    others = tuple(choice for choice in numbered(checklist, words) if choice[0] != item.id)
    nothing = ("", words.text("Vælg"))
    columns = (
        Field(
            name="code",
            label=words.text("Når svaret er"),
            ask=Ask.CHOICE,
            choices=(nothing, *codes),
            optional=True,
        ),
        Field(
            name="item",
            label=words.text("spørges der også om"),
            ask=Ask.CHOICE,
            choices=(nothing, *others),
            optional=True,
        ),
    )
    rows = Field(name="follow", label=words.text("Opfølgning"), ask=Ask.ROWS, columns=columns)
    hint = words.text("Et punkt, der står her, stilles kun efter svaret.")
    return Section(words.text("Opfølgning"), (rows,), hint=hint, folded=not item.follow_ups)


def _follow_up_values(item: Item) -> Iterator[tuple[str, tuple[str, ...]]]:
    pairs = [(one.code, item_id) for one in item.follow_ups for item_id in one.items]
    for place, (code, item_id) in enumerate(pairs):
        yield f"follow-{place}-code", (code,)
        yield f"follow-{place}-item", (item_id,)


def _as_typed(item: Item, given: Given, scales: dict[str, Scale]) -> Item:
    scale = scales[given.line("scale")]
    answers = _offered(scale, given) if scale.id == item.scale.id else scale.answers
    codes = [answer.code for answer in answers]
    notes = tuple(code for code in codes if code in given.many("note"))
    return replace(
        item,
        question=given.both("question"),
        guidance=given.both("guidance"),
        good_example=given.both("good_example"),
        bad_example=given.both("bad_example"),
        recommendation=given.both("recommendation"),
        without_law=given.both("without_law"),
        severity=given.line("severity"),
        rule=given.line("rule"),
        weight=given.number("weight") or Fraction(0),
        core=given.flag("core"),
        scale=scale,
        answers=answers,
        note_required_at=notes if scale.id == item.scale.id else usual_notes(answers, given.line("severity")),
        journal_reference_required_at=tuple(code for code in codes if code in given.many("journal")),
        cannot_assess=given.line("cannot_assess") or None,
        follow_ups=tuple(_follow_up(given, codes)),
    )


def _offered(scale: Scale, given: Given) -> tuple[ScaleAnswer, ...]:
    offered = [answer for answer in scale.answers if answer.code in given.many("offered")]
    own = {answer.code: given.number(f"points-{answer.code}") for answer in offered}
    return tuple(
        answer if own[answer.code] is None else replace(answer, points=own[answer.code]) for answer in offered
    )


def _follow_up(given: Given, codes: list[str]) -> Iterator[FollowUp]:
    rows = [(given.line(f"{begun}code"), given.line(f"{begun}item")) for begun in given.rows("follow")]
    for code in codes:
        items = tuple(dict.fromkeys(item_id for one, item_id in rows if one == code))
        if items:
            yield FollowUp(code, items)


ITEMS = _ItemKind()
