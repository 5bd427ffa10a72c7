"""Forms of the editor: the head of a checklist, its themes, facts and scales, and the centre's mark."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, ClassVar

from checklists import editing
from checklists.model import CentrePass, Checklist, Fact, FactValue, Scale, ScaleAnswer, Text, Theme
from checklists.scales import SHIPPED
from lirk.wording import Wording
from lirk.wording.checklist_versions import MEANINGS, SUBJECTS
from lirk.wording.reports import CANNOT_ASSESS_POLICIES, NOT_APPLICABLE_POLICIES
from web.forms import FieldError
from web.pages.checklist_editor_fields import LONG, Ask, Field, Given, Section, Values, filled
from web.pages.checklist_editor_items import HEAVIEST, QUESTION, scale_name
from web.pages.checklist_editor_parts import Names, PartKind, fresh_id, words_of

#: Answers with these meanings never earn points: the checklist's policies say what they count as.
OUTSIDE = ("not_applicable", "cannot_assess")


class _HeadKind(PartKind):
    """What is said of the checklist as a whole."""

    name: ClassVar[str] = "about"
    many: ClassVar[bool] = False

    def names(self, words: Wording) -> Names:
        return Names(
            new="",
            change=words.text("Om tjeklisten"),
            remove="",
            added="",
            changed=words.text("Det er gemt."),
            removed="",
        )

    def find(self, checklist: Checklist, part_id: str) -> Checklist:
        return checklist

    def ref(self, part_id: str) -> str:
        return "head"

    def label(self, part: Checklist, words: Wording) -> str:
        return part.title.in_(words.language)

    def anchor(self, part_id: str) -> str:
        return self.name

    def sections(self, checklist: Checklist, part: Any | None, words: Wording) -> tuple[Section, ...]:
        return (
            Section(words.text("Om tjeklisten"), tuple(_head(words))),
            Section(words.text("Sådan tælles punkterne"), tuple(_policies(words))),
        )

    def values(self, part: Checklist, checklist: Checklist) -> Values:
        return filled(
            title=part.title,
            purpose=part.purpose,
            responsible=part.responsible,
            subject=part.subject,
            status_date=part.status_date,
            not_applicable=part.not_applicable,
            target=part.target,
            cannot_assess=part.cannot_assess,
        )

    def check(self, given: Given, checklist: Checklist, part: Any | None, words: Wording) -> None:
        targeted = given.line("not_applicable") == "target"
        if targeted and not given.line("target"):
            given.errors.append(FieldError("target", words.text("Skriv målet, eller vælg en anden måde.")))
        if given.line("target") and not targeted:
            said = words.text("Målet bruges kun, når det er valgt ovenfor. Slet det, eller vælg det.")
            given.errors.append(FieldError("target", said))

    def change(self, checklist: Checklist, part_id: str, given: Given) -> Checklist:
        return editing.change_head(
            checklist,
            title=given.both("title"),
            purpose=given.both("purpose"),
            responsible=given.both("responsible"),
            subject=given.line("subject"),
            status_date=given.day("status_date") or checklist.status_date,
            not_applicable=given.line("not_applicable"),
            target=given.number("target"),
            cannot_assess=given.line("cannot_assess"),
        )


class _CentreKind(PartKind):
    """The mark that a centre must reach, where the municipality has decided one."""

    name: ClassVar[str] = "centre"
    many: ClassVar[bool] = False

    def names(self, words: Wording) -> Names:
        return Names(
            new=words.text("Centrets mål"),
            change=words.text("Centrets mål"),
            remove=words.text("Fjern centrets mål"),
            added=words.text("Centrets mål er gemt."),
            changed=words.text("Centrets mål er gemt."),
            removed=words.text("Centrets mål er fjernet."),
        )

    def find(self, checklist: Checklist, part_id: str) -> CentrePass | None:
        return checklist.centre

    def ref(self, part_id: str) -> str:
        return "centre"

    def label(self, part: CentrePass, words: Wording) -> str:
        return words.text("Centrets mål")

    def sections(self, checklist: Checklist, part: Any | None, words: Wording) -> tuple[Section, ...]:
        mark = Field(
            name="mark",
            label=words.text("Så mange procent af sagerne skal være i orden"),
            ask=Ask.NUMBER,
            limit=100,
        )
        decided = Field(
            name="decided",
            label=words.text("Hvor det er besluttet"),
            translated=True,
            hint=words.text("Fx »Byrådet, 3. marts 2026, punkt 7«."),
            limit=QUESTION,
        )
        hint = words.text("Et mål kan kun bruges, når kommunen har besluttet det på skrift.")
        return (Section(words.text("Centrets mål"), (mark, decided), hint=hint),)

    def values(self, part: CentrePass, checklist: Checklist) -> Values:
        return filled(mark=part.mark, decided=part.decided)

    def change(self, checklist: Checklist, part_id: str, given: Given) -> Checklist:
        mark = given.number("mark") or Fraction(0)
        return editing.change_centre(checklist, CentrePass(mark=mark, decided=given.both("decided")))

    def remove(self, checklist: Checklist, part_id: str) -> Checklist:
        return editing.change_centre(checklist, None)


class _ThemeKind(PartKind):
    """Themes: what their items stand under."""

    name: ClassVar[str] = "themes"
    ruled: ClassVar[bool] = True

    def names(self, words: Wording) -> Names:
        return Names(
            new=words.text("Tilføj tema"),
            change=words.text("Ret tema"),
            remove=words.text("Lad temaet udgå"),
            added=words.text("Temaet er tilføjet."),
            changed=words.text("Temaet er gemt."),
            removed=words.text("Temaet og dets punkter er udgået."),
        )

    def find(self, checklist: Checklist, part_id: str) -> Theme | None:
        return checklist.theme(part_id)

    def ref(self, part_id: str) -> str:
        return f"theme:{part_id}"

    def whole_ref(self, part_id: str) -> str:
        return f"theme-items:{part_id}"

    def label(self, part: Theme, words: Wording) -> str:
        return part.title.in_(words.language)

    def sections(self, checklist: Checklist, part: Theme | None, words: Wording) -> tuple[Section, ...]:
        fields = (
            Field(name="title", label=words.text("Titel"), translated=True),
            Field(
                name="pass_mark",
                label=words.text("Bestået fra (procent af temaets point)"),
                ask=Ask.NUMBER,
                optional=True,
                limit=100,
                hint=words.text("Lad stå tomt, hvis temaet ikke har en grænse."),
            ),
        )
        return (Section(words.text("Tema"), fields),)

    def values(self, part: Theme, checklist: Checklist) -> Values:
        return filled(title=part.title, pass_mark=part.pass_mark)

    def add(self, checklist: Checklist, given: Given, within: str) -> tuple[Checklist, str]:
        theme_id = fresh_id(given.line("title_da"), "", {theme.id for theme in checklist.themes})
        theme = Theme(id=theme_id, title=given.both("title"), items=(), pass_mark=given.number("pass_mark"))
        return editing.add_theme(checklist, theme), theme_id

    def change(self, checklist: Checklist, part_id: str, given: Given) -> Checklist:
        theme = checklist.theme(part_id)
        if theme is None:
            raise editing.PartUnknown(part_id)
        changed = replace(theme, title=given.both("title"), pass_mark=given.number("pass_mark"))
        return editing.change_theme(checklist, changed)

    def move(self, checklist: Checklist, part_id: str, step: int) -> Checklist:
        return editing.move_theme(checklist, part_id, step)

    def remove(self, checklist: Checklist, part_id: str) -> Checklist:
        return editing.remove_theme(checklist, part_id)


class _FactKind(PartKind):
    """Facts: what is asked before the items."""

    name: ClassVar[str] = "facts"
    ruled: ClassVar[bool] = True

    def names(self, words: Wording) -> Names:
        return Names(
            new=words.text("Tilføj faktum"),
            change=words.text("Ret faktum"),
            remove=words.text("Lad faktummet udgå"),
            added=words.text("Faktummet er tilføjet."),
            changed=words.text("Faktummet er gemt."),
            removed=words.text("Faktummet er udgået."),
        )

    def find(self, checklist: Checklist, part_id: str) -> Fact | None:
        return checklist.fact(part_id)

    def ref(self, part_id: str) -> str:
        return f"fact:{part_id}"

    def label(self, part: Fact, words: Wording) -> str:
        return part.question.in_(words.language)

    def sections(self, checklist: Checklist, part: Fact | None, words: Wording) -> tuple[Section, ...]:
        values = Field(
            name="values",
            label=words.text("Værdi"),
            ask=Ask.ROWS,
            columns=(_answer_text(words), _code(words)),
        )
        return (
            Section(words.text("Spørgsmål"), tuple(_fact(part, words))),
            Section(words.text("Værdier"), (values,), hint=words.text("Tøm en række for at fjerne værdien.")),
        )

    def values(self, part: Fact, checklist: Checklist) -> Values:
        return {
            **filled(question=part.question, guidance=part.guidance, from_register=part.from_register),
            **_row_values("values", [{"code": one.code, "text": one.text} for one in part.values]),
        }

    def check(self, given: Given, checklist: Checklist, part: Any | None, words: Wording) -> None:
        if not [*given.rows("values")]:
            given.errors.append(FieldError("values-0-text_da", words.text("Skriv mindst én værdi.")))

    def add(self, checklist: Checklist, given: Given, within: str) -> tuple[Checklist, str]:
        taken = {*(item.id for item in checklist.items), *(fact.id for fact in checklist.facts)}
        fact_id = fresh_id(given.line("question_da"), given.line("id"), taken)
        fact = Fact(id=fact_id, question=given.both("question"), values=())
        return editing.add_fact(checklist, _fact_as_typed(fact, given)), fact_id

    def change(self, checklist: Checklist, part_id: str, given: Given) -> Checklist:
        fact = checklist.fact(part_id)
        if fact is None:
            raise editing.PartUnknown(part_id)
        return editing.change_fact(checklist, _fact_as_typed(fact, given))

    def move(self, checklist: Checklist, part_id: str, step: int) -> Checklist:
        return editing.move_fact(checklist, part_id, step)

    def remove(self, checklist: Checklist, part_id: str) -> Checklist:
        return editing.remove_fact(checklist, part_id)


class _ScaleKind(PartKind):
    """The checklist's own scales."""

    name: ClassVar[str] = "scales"

    def names(self, words: Wording) -> Names:
        return Names(
            new=words.text("Tilføj skala"),
            change=words.text("Ret skala"),
            remove=words.text("Lad skalaen udgå"),
            added=words.text("Skalaen er tilføjet."),
            changed=words.text("Skalaen er gemt."),
            removed=words.text("Skalaen er udgået."),
        )

    def find(self, checklist: Checklist, part_id: str) -> Scale | None:
        return next((scale for scale in checklist.scales if scale.id == part_id), None)

    def ref(self, part_id: str) -> str:
        return f"scale:{part_id}"

    def label(self, part: Scale, words: Wording) -> str:
        return f"{part.id}: {scale_name(part, words)}"

    def sections(self, checklist: Checklist, part: Scale | None, words: Wording) -> tuple[Section, ...]:
        meaning = Field(
            name="meaning",
            label=words.text("Betydning"),
            ask=Ask.CHOICE,
            choices=(("", words.text("Vælg")), *words_of(MEANINGS, words)),
        )
        points = Field(
            name="points", label=words.text("Point"), ask=Ask.NUMBER, limit=HEAVIEST, optional=True
        )
        columns = (_answer_text(words), _code(words), meaning, points)
        answers = Field(name="answers", label=words.text("Svar"), ask=Ask.ROWS, columns=columns)
        hint = words.text(
            "Svarene tilbydes i denne orden. »Ikke relevant« og »kan ikke vurderes« giver aldrig point. "
            "Tøm en række for at fjerne svaret."
        )
        section = Section(words.text("Svar"), (answers,), hint=hint)
        if part is not None:
            return (section,)
        name = Field(
            name="id",
            label=words.text("Skalaens navn"),
            hint=words.text("Små bogstaver uden mellemrum, fx »tre-trin«. Det vises kun her."),
            limit=80,
        )
        return (Section(words.text("Skala"), (name,)), section)

    def values(self, part: Scale, checklist: Checklist) -> Values:
        rows: list[dict[str, Any]] = [
            {"code": one.code, "text": one.text, "meaning": one.meaning, "points": one.points}
            for one in part.answers
        ]
        return _row_values("answers", rows)

    def defaults(self, checklist: Checklist, within: str) -> Values:
        usual = SHIPPED["yes-partly-no"]
        return {f"{name}": value for name, value in self.values(usual, checklist).items()}

    def check(self, given: Given, checklist: Checklist, part: Any | None, words: Wording) -> None:
        for begun in given.rows("answers"):
            points, meaning = given.line(f"{begun}points"), given.line(f"{begun}meaning")
            if meaning in OUTSIDE and points:
                said = words.text("Et svar med den betydning kan ikke give point. Slet tallet.")
                given.errors.append(FieldError(f"{begun}points", said))
            if meaning not in OUTSIDE and not points:
                given.errors.append(FieldError(f"{begun}points", words.text("Skriv svarets point.")))
        if not [*given.rows("answers")]:
            given.errors.append(FieldError("answers-0-text_da", words.text("Skriv mindst ét svar.")))

    def add(self, checklist: Checklist, given: Given, within: str) -> tuple[Checklist, str]:
        scale = _scale_as_typed(given.line("id"), given)
        return editing.add_scale(checklist, scale), scale.id

    def change(self, checklist: Checklist, part_id: str, given: Given) -> Checklist:
        return editing.change_scale(checklist, _scale_as_typed(part_id, given))

    def move(self, checklist: Checklist, part_id: str, step: int) -> Checklist:
        # A checklist's scales have no order that anybody sees.
        return checklist

    def remove(self, checklist: Checklist, part_id: str) -> Checklist:
        return editing.remove_scale(checklist, part_id)


def _head(words: Wording) -> Iterator[Field]:
    yield Field(name="title", label=words.text("Titel"), translated=True)
    yield Field(
        name="purpose",
        label=words.text("Formål"),
        ask=Ask.AREA,
        translated=True,
        optional=True,
        limit=LONG,
    )
    yield Field(name="responsible", label=words.text("Ansvarlig"), translated=True, optional=True)
    yield Field(
        name="subject",
        label=words.text("Det, der gennemgås"),
        ask=Ask.RADIOS,
        choices=words_of(SUBJECTS, words),
    )
    yield Field(
        name="status_date",
        label=words.text("Lovstatus"),
        ask=Ask.DAY,
        hint=words.text("Den dag, hvis lov tjeklisten bygger på, fx 1.7.2026."),
    )


def _policies(words: Wording) -> Iterator[Field]:
    yield Field(
        name="not_applicable",
        label=words.text("Når et punkt ikke er relevant"),
        ask=Ask.RADIOS,
        choices=words_of(NOT_APPLICABLE_POLICIES, words),
    )
    yield Field(
        name="target",
        label=words.text("Mål (procent)"),
        ask=Ask.NUMBER,
        optional=True,
        limit=100,
        hint=words.text("Kun når et punkt, der ikke er relevant, giver målets andel."),
    )
    yield Field(
        name="cannot_assess",
        label=words.text("Når et punkt ikke kan vurderes"),
        ask=Ask.RADIOS,
        choices=words_of(CANNOT_ASSESS_POLICIES, words),
    )


def _fact(part: Fact | None, words: Wording) -> Iterator[Field]:
    yield Field(name="question", label=words.text("Spørgsmål"), ask=Ask.AREA, translated=True, limit=QUESTION)
    yield Field(
        name="guidance",
        label=words.text("Vejledning"),
        ask=Ask.AREA,
        translated=True,
        optional=True,
        limit=LONG,
    )
    yield Field(
        name="from_register",
        label=words.text("Kommer fra registret"),
        ask=Ask.FLAG,
        optional=True,
        hint=words.text("Der spørges kun, hvis registret ikke har svaret."),
    )
    if part is None:
        hint = words.text(
            "Lad stå tomt, så laves det af teksten. Det kan ikke ændres, når versionen er udgivet."
        )
        yield Field(name="id", label=words.text("Id"), optional=True, hint=hint, limit=80)


def _answer_text(words: Wording) -> Field:
    return Field(name="text", label=words.text("Tekst"), translated=True)


def _code(words: Wording) -> Field:
    return Field(
        name="code",
        label=words.text("Kode"),
        optional=True,
        hint=words.text("Lad stå tomt, så laves den af teksten."),
        limit=80,
    )


def _fact_as_typed(fact: Fact, given: Given) -> Fact:
    return replace(
        fact,
        question=given.both("question"),
        guidance=given.both("guidance"),
        from_register=given.flag("from_register"),
        values=tuple(FactValue(code, text) for code, text, _ in _coded(given, "values")),
    )


def _scale_as_typed(scale_id: str, given: Given) -> Scale:
    return Scale(
        scale_id,
        tuple(
            ScaleAnswer(code, given.line(f"{begun}meaning"), given.number(f"{begun}points"), text)
            for code, text, begun in _coded(given, "answers")
        ),
    )


def _coded(given: Given, rows: str) -> Iterator[tuple[str, Text, str]]:
    """Yield code, text and beginning of the names of each row; a code that was left out is made of the text."""
    taken = {given.line(f"{begun}code") for begun in given.rows(rows)} - {""}
    for begun in given.rows(rows):
        code = fresh_id(given.line(f"{begun}text_da"), given.line(f"{begun}code"), taken)
        taken.add(code)
        yield code, given.both(f"{begun}text"), begun


def _row_values(name: str, rows: list[Mapping[str, Any]] | list[dict[str, Any]]) -> Values:
    return {
        f"{name}-{place}-{key}": value
        for place, row in enumerate(rows)
        for key, value in filled(**row).items()
    }


HEAD, CENTRE, THEMES, FACTS, SCALES = _HeadKind(), _CentreKind(), _ThemeKind(), _FactKind(), _ScaleKind()
