"""Forms of the editor: verdicts, answers that cannot stand together, and answers that end a review."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import ClassVar

from checklists import editing
from checklists.conditions import Condition, Is
from checklists.logic import AllOf, Single
from checklists.model import Checklist, Contradiction, Stop, Verdict
from checklists.verdicts import Count, PointsAtLeast, Rule
from lirk.wording import N_, Wording
from web.forms import FieldError
from web.pages.checklist_editor_fields import Ask, Field, Given, Section, Values, filled
from web.pages.checklist_editor_items import QUESTION, numbered
from web.pages.checklist_editor_parts import Names, PartKind, fresh_id, owned, words_of

#: Rules that a verdict can begin with; each is changed on a page of its own.
BEGINNINGS: Mapping[str, Rule | None] = {
    "critical": Single(Count(meanings=("negative",), severities=("critical",), at_least=1)),
    "negative": Single(Count(meanings=("negative",), at_least=1)),
    "partial": Single(Count(meanings=("partial",), at_least=1)),
    "all": Single(Count(meanings=("positive",), all_that_apply=True)),
    "points": Single(PointsAtLeast(Fraction(90))),
    "rest": None,
}
BEGINNING_WORDS = {
    "critical": N_("Mindst ét kritisk punkt er ikke opfyldt"),
    "negative": N_("Mindst ét punkt er ikke opfyldt"),
    "partial": N_("Mindst ét punkt er delvist opfyldt"),
    "all": N_("Alle punkter, der gælder, er opfyldt"),
    "points": N_("Sagen har mindst 90 % af de mulige point"),
    "rest": N_("Alle andre sager"),
}


class _VerdictKind(PartKind):
    """Verdicts of the case, and those of a theme (``theme.verdict``)."""

    name: ClassVar[str] = "verdicts"
    ruled: ClassVar[bool] = True

    def names(self, words: Wording) -> Names:
        return Names(
            new=words.text("Tilføj konklusion"),
            change=words.text("Ret konklusion"),
            remove=words.text("Lad konklusionen udgå"),
            added=words.text("Konklusionen er tilføjet."),
            changed=words.text("Konklusionen er gemt."),
            removed=words.text("Konklusionen er udgået."),
        )

    def find(self, checklist: Checklist, part_id: str) -> Verdict | None:
        theme_id, own = owned(part_id)
        return next((one for one in verdicts_of(checklist, theme_id) if one.id == own), None)

    def ref(self, part_id: str) -> str:
        theme_id = owned(part_id)[0]
        return f"verdicts:{theme_id}" if theme_id else "verdicts"

    def label(self, part: Verdict, words: Wording) -> str:
        return part.title.in_(words.language)

    def sections(self, checklist: Checklist, part: Verdict | None, words: Wording) -> tuple[Section, ...]:
        title = Field(name="title", label=words.text("Titel"), translated=True)
        positive = Field(name="positive", label=words.text("Sagen er i orden"), ask=Ask.FLAG, optional=True)
        fields = [title, positive]
        if part is None:
            hint = words.text("Reglen kan ændres bagefter.")
            choices = words_of(BEGINNING_WORDS, words)
            fields.append(
                Field(name="rule", label=words.text("Regel"), ask=Ask.RADIOS, choices=choices, hint=hint)
            )
        return (Section(words.text("Konklusion"), tuple(fields)),)

    def values(self, part: Verdict, checklist: Checklist) -> Values:
        return filled(title=part.title, positive=part.positive)

    def defaults(self, checklist: Checklist, within: str) -> Values:
        # The first is the one that takes the rest, for no row of verdicts is without it.
        return {} if verdicts_of(checklist, within) else filled(rule="rest")

    def add(self, checklist: Checklist, given: Given, within: str) -> tuple[Checklist, str]:
        taken = {*_ids(verdicts_of(checklist, within)), *_ids(checklist.stops)}
        verdict = Verdict(
            id=fresh_id(given.line("title_da"), "", taken),
            title=given.both("title"),
            positive=given.flag("positive"),
            when=BEGINNINGS[given.line("rule")],
        )
        changed = editing.add_verdict(checklist, verdict, within or None)
        return changed, f"{within}.{verdict.id}" if within else verdict.id

    def change(self, checklist: Checklist, part_id: str, given: Given) -> Checklist:
        verdict = self.find(checklist, part_id)
        if verdict is None:
            raise editing.PartUnknown(part_id)
        changed = replace(verdict, title=given.both("title"), positive=given.flag("positive"))
        return editing.change_verdict(checklist, changed, owned(part_id)[0] or None)

    def move(self, checklist: Checklist, part_id: str, step: int) -> Checklist:
        theme_id, own = owned(part_id)
        return editing.move_verdict(checklist, own, step, theme_id or None)

    def remove(self, checklist: Checklist, part_id: str) -> Checklist:
        theme_id, own = owned(part_id)
        return editing.remove_verdict(checklist, own, theme_id or None)

    def within(self, part_id: str) -> str:
        return owned(part_id)[0]

    def anchor(self, part_id: str) -> str:
        return f"verdict-{part_id}".replace(".", "--")

    def after_adding(self, part_id: str) -> str:
        return f"/verdicts/{part_id}"


class _ContradictionKind(PartKind):
    """Answers that cannot stand together."""

    name: ClassVar[str] = "contradictions"
    ruled: ClassVar[bool] = True

    def names(self, words: Wording) -> Names:
        return Names(
            new=words.text("Tilføj svar, der ikke kan stå sammen"),
            change=words.text("Ret svar, der ikke kan stå sammen"),
            remove=words.text("Lad reglen udgå"),
            added=words.text("Reglen er tilføjet."),
            changed=words.text("Reglen er gemt."),
            removed=words.text("Reglen er udgået."),
        )

    def find(self, checklist: Checklist, part_id: str) -> Contradiction | None:
        return next((one for one in checklist.contradictions if one.id == part_id), None)

    def ref(self, part_id: str) -> str:
        return f"contradiction:{part_id}"

    def label(self, part: Contradiction, words: Wording) -> str:
        return part.message.in_(words.language)

    def sections(
        self, checklist: Checklist, part: Contradiction | None, words: Wording
    ) -> tuple[Section, ...]:
        message = Field(
            name="message",
            label=words.text("Det, der siges ved begge svar"),
            ask=Ask.AREA,
            translated=True,
            limit=QUESTION,
            hint=words.text("Fx »Sagen kan ikke både være et afslag og fuldt medhold.«"),
        )
        section = Section(words.text("Besked"), (message,))
        if part is not None:
            return (section,)
        labels = {"first": words.text("Det ene svar"), "second": words.text("Det andet svar")}
        return (section, Section(words.text("Svarene"), tuple(_answer_fields(checklist, labels, words))))

    def values(self, part: Contradiction, checklist: Checklist) -> Values:
        return filled(message=part.message)

    def check(self, given: Given, checklist: Checklist, part: Contradiction | None, words: Wording) -> None:
        asked = [given.line(name).partition("=")[0] for name in ("first", "second")]
        if part is None and asked[0] and asked[0] == asked[1]:
            said = words.text("Vælg svar på to forskellige spørgsmål.")
            given.errors.append(FieldError("second", said))

    def add(self, checklist: Checklist, given: Given, within: str) -> tuple[Checklist, str]:
        both = AllOf((_chosen(given.line("first")), _chosen(given.line("second"))))
        made = Contradiction(
            id=fresh_id(given.line("message_da"), "", {one.id for one in checklist.contradictions}),
            message=given.both("message"),
            refuse_when=both,
        )
        return editing.add_contradiction(checklist, made), made.id

    def change(self, checklist: Checklist, part_id: str, given: Given) -> Checklist:
        found = self.find(checklist, part_id)
        if found is None:
            raise editing.PartUnknown(part_id)
        return editing.change_contradiction(checklist, replace(found, message=given.both("message")))

    def move(self, checklist: Checklist, part_id: str, step: int) -> Checklist:
        return editing.move_contradiction(checklist, part_id, step)

    def remove(self, checklist: Checklist, part_id: str) -> Checklist:
        return editing.remove_contradiction(checklist, part_id)


class _StopKind(PartKind):
    """Answers that end a review."""

    name: ClassVar[str] = "stops"
    ruled: ClassVar[bool] = True

    def names(self, words: Wording) -> Names:
        return Names(
            new=words.text("Tilføj stopsvar"),
            change=words.text("Ret stopsvar"),
            remove=words.text("Lad stopsvaret udgå"),
            added=words.text("Stopsvaret er tilføjet."),
            changed=words.text("Stopsvaret er gemt."),
            removed=words.text("Stopsvaret er udgået."),
        )

    def find(self, checklist: Checklist, part_id: str) -> Stop | None:
        return next((one for one in checklist.stops if one.id == part_id), None)

    def ref(self, part_id: str) -> str:
        return f"stop:{part_id}"

    def label(self, part: Stop, words: Wording) -> str:
        return part.title.in_(words.language)

    def sections(self, checklist: Checklist, part: Stop | None, words: Wording) -> tuple[Section, ...]:
        title = Field(
            name="title",
            label=words.text("Resultatets navn"),
            translated=True,
            hint=words.text("Fx »Sagen kan ikke findes«. Det bliver sagens resultat, aldrig et nul."),
        )
        if part is not None:
            return (Section(words.text("Stopsvar"), (title,)),)
        labels = {"answer": words.text("Svaret, der slutter gennemgangen")}
        return (Section(words.text("Stopsvar"), (title, *_answer_fields(checklist, labels, words))),)

    def values(self, part: Stop, checklist: Checklist) -> Values:
        return filled(title=part.title)

    def add(self, checklist: Checklist, given: Given, within: str) -> tuple[Checklist, str]:
        made = Stop(
            id=fresh_id(given.line("title_da"), "", {*_ids(checklist.stops), *_ids(checklist.verdicts)}),
            title=given.both("title"),
            stop_when=_chosen(given.line("answer")),
        )
        return editing.add_stop(checklist, made), made.id

    def change(self, checklist: Checklist, part_id: str, given: Given) -> Checklist:
        found = self.find(checklist, part_id)
        if found is None:
            raise editing.PartUnknown(part_id)
        return editing.change_stop(checklist, replace(found, title=given.both("title")))

    def move(self, checklist: Checklist, part_id: str, step: int) -> Checklist:
        return editing.move_stop(checklist, part_id, step)

    def remove(self, checklist: Checklist, part_id: str) -> Checklist:
        return editing.remove_stop(checklist, part_id)


VERDICTS, CONTRADICTIONS, STOPS = _VerdictKind(), _ContradictionKind(), _StopKind()


def verdicts_of(checklist: Checklist, theme_id: str) -> tuple[Verdict, ...]:
    """Return the verdicts of a theme, or of the case (no theme)."""
    if not theme_id:
        return checklist.verdicts
    theme = checklist.theme(theme_id)
    return () if theme is None else theme.verdicts


def questions(checklist: Checklist, words: Wording) -> tuple[tuple[str, str], ...]:
    """Return every fact and item as choices: what a condition can ask of."""
    facts = tuple((fact.id, fact.question.in_(words.language)) for fact in checklist.facts)
    return (*facts, *numbered(checklist, words))


def answers(checklist: Checklist, question_id: str, words: Wording) -> tuple[tuple[str, str], ...]:
    """Return the answers of a fact or an item as choices."""
    item, fact = checklist.item(question_id), checklist.fact(question_id)
    if item is not None:
        return tuple((one.code, one.text.in_(words.language)) for one in item.answers)
    values = () if fact is None else fact.values
    return tuple((one.code, one.text.in_(words.language)) for one in values)


def _answer_fields(checklist: Checklist, labels: Mapping[str, str], words: Wording) -> Iterator[Field]:
    choices = tuple(
        (f"{question_id}={code}", f"{_short(question)}: {answer}")
        for question_id, question in questions(checklist, words)
        for code, answer in answers(checklist, question_id, words)
    )
    for name, label in labels.items():
        yield Field(name=name, label=label, ask=Ask.CHOICE, choices=(("", words.text("Vælg")), *choices))


def _ids(parts: Iterable[Verdict | Stop]) -> Iterator[str]:
    return (part.id for part in parts)


def _short(question: str, most: int = 70) -> str:
    return question if len(question) <= most else f"{question[: most - 1].rstrip()}…"


def _chosen(answer: str) -> Condition:
    question_id, _, code = answer.partition("=")
    return Single(Is(question_id, (code,)))
