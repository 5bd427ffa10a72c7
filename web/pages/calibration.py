"""What the templates of calibration show: choosing, confirming, following, and how each item was read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checklists.model import Checklist
from lirk.domain.alphabet import danish_key
from lirk.domain.calibration import FEWEST_CASES, MOST_CASES, AgreedReading, CaseReading, ItemReading
from lirk.domain.reviewing import NOTE_LIMIT
from lirk.domain.reviews import Answer
from lirk.domain.rounds import RoundState
from lirk.services import calibrating
from lirk.services.calibration_results import ChecklistReadings, Results
from lirk.wording import N_, Wording
from web.forms import Form
from web.pages.answering import answer_label
from web.pages.round_steps import StepLink, steps_for
from web.pages.rounds import address

#: What the filter shows.
SHOWN = {"all": N_("Alle punkter"), "differing": N_("Kun punkter, hvor I er uenige")}


def calibration_address(key: str) -> str:
    """Return the address of a round's calibration."""
    return f"/rounds/{key}/calibration"


def results_address(key: str) -> str:
    """Return where those who took part see what came of it."""
    return f"/reviews/calibration/{key}"


def field_of(checklist_id: str, item_id: str) -> str:
    """Return the id of the field in which an item's agreed reading is written."""
    return f"text-{checklist_id}-{item_id}"


def anchor_of(checklist_id: str, item_id: str) -> str:
    """Return the id of an item on the page."""
    return f"item-{checklist_id}-{item_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the coordinator chose: how many cases, and who takes part."""

    cases: str = ""
    reviewers: tuple[str, ...] = ()

    @classmethod
    def typed(cls, form: Form) -> "Choice":
        """Return what a form says."""
        return cls(cases=form.value("cases"), reviewers=form.texts("reviewer"))

    @property
    def count(self) -> int:
        """How many cases; 0 where none of the numbers was chosen."""
        return int(self.cases) if self.cases in {str(one) for one in range(10)} else 0

    def fields(self) -> tuple[tuple[str, str], ...]:
        """Return the choice as the hidden fields of the page of confirmation."""
        return (("cases", self.cases), *(("reviewer", one) for one in self.reviewers))


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWord:
    """A case as the readers know it."""

    name: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderLine:
    """How far somebody is, and which cases they were not given."""

    name: str
    said: str
    left_out: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPage:
    """calibration/confirm.html: the cases and who reads them, before the calibration is opened."""

    title: str
    at: str
    cases: tuple[CaseWord, ...]
    readers: tuple[ReaderLine, ...]
    fields: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, value: calibrating.Planned, choice: Choice, words: Wording) -> "ConfirmPage":
        """Return the page."""
        return cls(
            title=value.round.title,
            at=calibration_address(value.round.key),
            cases=tuple(
                CaseWord(name=_case_name(number, words), about=case.centre)
                for number, case in enumerate(value.cases, start=1)
            ),
            readers=tuple(
                ReaderLine(
                    name=one.person.name,
                    said=words.plural("{count} sag", "{count} sager", one.cases),
                    left_out=_left_out(one, words),
                )
                for one in value.readers
            ),
            fields=choice.fields(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """What one reader answered in one case."""

    who: str
    answer: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLines:
    """The answers to one item in one case; ``said`` puts them in a line."""

    name: str
    said: str
    notes: tuple[AnswerLine, ...]
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemBlock:
    """One item: how it was read, how far the readers agree, and how it is read from now on."""

    anchor: str
    question: str
    agreement: str
    differing: str
    cases: tuple[CaseLines, ...]
    agreed: str
    action: str
    field: str
    given: str
    version: int
    stored: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistBlock:
    """The items of one checklist that are shown."""

    id: str
    title: str
    items: tuple[ItemBlock, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A text that was refused, with the version that the page shows with it."""

    checklist_id: str
    item_id: str
    text: str
    version: int
    stored: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsPart:
    """calibration/results.html: what came of a calibration; ``called`` says how people are called."""

    cases: tuple[CaseWord, ...]
    called: str
    blocks: tuple[ChecklistBlock, ...]
    show: str
    choices: tuple[tuple[str, str], ...]
    limit: int = NOTE_LIMIT

    @classmethod
    def of(cls, value: Results, words: Wording, *, show: str, typed: Typed | None = None) -> "ResultsPart":
        """Return the results; with a text that was refused, if one was."""
        shown = show if show in SHOWN else "all"
        named = N_("Alle deltagere har sagt ja til at stå med navn.")
        unnamed = N_(
            "Deltagerne er A, B, C …, fordi ikke alle har sagt ja til at stå med navn. "
            "Bogstaverne er blandet på ny for hver sag, så A er ikke den samme i to sager."
        )
        return cls(
            cases=tuple(
                CaseWord(name=_case_name(number, words), about=_about(value, number, words))
                for number in range(1, len(value.cases) + 1)
            ),
            called=words.text(named if value.named else unnamed),
            blocks=tuple(_blocks(value, words, shown, typed)),
            show=shown,
            choices=tuple((code, words.text(text)) for code, text in SHOWN.items()),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationPage:
    """calibration/page.html for the coordinator: not begun, open or closed.

    ``blocked`` says why none can be opened; ``unfinished`` asks whether to close all the same.
    """

    title: str
    home: str
    at: str
    steps: list[StepLink]
    state: str
    blocked: str
    counts: tuple[tuple[str, str], ...]
    candidates: tuple[tuple[str, str], ...]
    choice: Choice
    cases: tuple[CaseWord, ...]
    readers: tuple[ReaderLine, ...]
    unfinished: bool
    results: ResultsPart | None
    may_write: bool

    @classmethod
    def of(
        cls,
        value: calibrating.CalibrationPage,
        words: Wording,
        *,
        choice: Choice | None = None,
        show: str = "all",
        typed: Typed | None = None,
    ) -> "CalibrationPage":
        """Return the page."""
        counts = [str(one) for one in range(FEWEST_CASES, min(MOST_CASES, value.available) + 1)]
        usual = Choice(cases=counts[-1] if counts else "")
        return cls(
            title=value.round.title,
            home=address(value.round),
            at=calibration_address(value.round.key),
            steps=steps_for(value.round, words),
            state=_state(value),
            blocked=_blocked(value, words),
            counts=tuple((one, words.plural("{count} sag", "{count} sager", int(one))) for one in counts),
            candidates=tuple((one.username, one.name) for one in value.candidates),
            choice=choice or usual,
            cases=tuple(
                CaseWord(name=_case_name(number, words), about=f"{case.case_id}, {case.centre}")
                for number, case in enumerate(value.cases, start=1)
            ),
            readers=tuple(_reader_line(one, words) for one in value.readers),
            unfinished=any(one.finished < one.cases for one in value.readers),
            results=ResultsPart.of(value.results, words, show=show, typed=typed) if value.results else None,
            may_write=value.round.state in {RoundState.DRAWN, RoundState.REVIEWING},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderResultsPage:
    """calibration/reader.html: the results for somebody who took part."""

    title: str
    at: str
    own: str
    agrees: bool
    results: ResultsPart

    @classmethod
    def of(cls, value: Results, words: Wording, *, show: str) -> "ReaderResultsPage":
        """Return the page."""
        return cls(
            title=value.round.title,
            at=results_address(value.round.key),
            own="" if value.named else _own(value, words),
            agrees=value.agrees,
            results=ResultsPart.of(value, words, show=show),
        )


def _own(value: Results, words: Wording) -> str:
    said = (
        words.text("{letter} i kalibreringssag {number}", letter=letter, number=str(number))
        for number, letter in enumerate(value.own, start=1)
        if letter
    )
    return words.text("Du er {letters}.", letters=words.listing(said))


def _state(value: calibrating.CalibrationPage) -> str:
    if value.calibration is None:
        return "none"
    return "open" if value.calibration.is_open else "closed"


def _blocked(value: calibrating.CalibrationPage, words: Wording) -> str:
    if value.calibration is not None:
        return ""
    if value.round.state is RoundState.COMMITTED:
        return words.text("Stikprøven er ikke trukket endnu. I kan kalibrere, når den er.")
    if not value.may_open:
        return words.text("Sagerne er fordelt, så det er for sent at kalibrere i denne runde.")
    if value.available < FEWEST_CASES:
        return words.text(
            "Kalibreringssager tages fra reserven, og den har for få sager. Træk med en større reserve næste "
            "gang. Runden kan godt gå videre uden kalibrering."
        )
    if not value.candidates:
        return words.text("Der er ingen, som kan gennemgå sager. Opret dem, der skal være med, først.")
    return ""


def _case_name(number: int, words: Wording) -> str:
    return words.text("Kalibreringssag {number}", number=number)


def _about(value: Results, number: int, words: Wording) -> str:
    case = value.cases[number - 1]
    if case is None:
        return words.text("ikke vist, fordi du ikke skulle læse den")
    return f"{case.case_id}, {case.centre}"


def _left_out(reader: calibrating.Reader, words: Wording) -> str:
    if not reader.left_out:
        return ""
    numbers = words.listing(str(one) for one in reader.left_out)
    return words.text(
        "Læser ikke kalibreringssag {numbers}: har selv behandlet sagen, hører til centret eller er inhabil.",
        numbers=numbers,
    )


def _reader_line(reader: calibrating.Reader, words: Wording) -> ReaderLine:
    said = words.plural(
        "har afsluttet {done} af {count} sag", "har afsluttet {done} af {count} sager", reader.cases,
        done=reader.finished,
    )  # fmt: skip
    return ReaderLine(name=reader.person.name, said=said, left_out=_left_out(reader, words))


def _blocks(value: Results, words: Wording, show: str, typed: Typed | None) -> Iterator[ChecklistBlock]:
    for part in value.checklists:
        items = tuple(
            _item(value, part, item, words, typed)
            for item in part.items
            if show == "all" or item.differing or _is_typed(typed, part.checklist, item)
        )
        yield ChecklistBlock(
            id=part.checklist.id, title=part.checklist.title.in_(words.language), items=items
        )


def _is_typed(typed: Typed | None, checklist: Checklist, item: ItemReading) -> bool:
    return typed is not None and (typed.checklist_id, typed.item_id) == (checklist.id, item.asked.id)


def _item(
    value: Results, part: ChecklistReadings, item: ItemReading, words: Wording, typed: Typed | None
) -> ItemBlock:
    checklist, asked = part.checklist, item.asked
    kept = part.agreed.get(asked.id, AgreedReading())
    mine = typed if typed and _is_typed(typed, checklist, item) else None
    return ItemBlock(
        anchor=anchor_of(checklist.id, asked.id),
        question=asked.question.in_(words.language),
        agreement=_agreement(item, words),
        differing=words.text(
            "Uenige i kalibreringssag {numbers}", numbers=words.listing(str(one) for one in item.differing)
        )
        if item.differing
        else "",
        cases=tuple(
            _case_lines(case, item, value.called[case.number - 1], words)
            for case in item.cases
            if case.answers
        ),
        agreed=kept.text,
        action=f"{calibration_address(value.round.key)}/agreed/{checklist.id}/{asked.id}",
        field=field_of(checklist.id, asked.id),
        given=mine.text if mine else kept.text,
        version=mine.version if mine else kept.version,
        stored=mine.stored if mine else "",
    )


def _agreement(item: ItemReading, words: Wording) -> str:
    if item.agreement is None:
        return words.text("Kun én har svaret, så der er intet at sammenligne.")
    said = words.plural(
        "Enige i {agreed} af {count} sag", "Enige i {agreed} af {count} sager", item.compared,
        agreed=item.agreed,
    )  # fmt: skip
    return words.text(
        "{cases}. Når man sammenligner svarene to og to, er {percent} ens.",
        cases=said,
        percent=words.percent(item.agreement),
    )


def _case_lines(case: CaseReading, item: ItemReading, called: Mapping[int, str], words: Wording) -> CaseLines:
    people = sorted(case.answers, key=lambda one: (danish_key(called[one]), one))
    lines = tuple(
        AnswerLine(
            who=called[one], answer=_answer(item, case.answers[one], words), note=case.answers[one].note
        )
        for one in people
    )
    return CaseLines(
        name=_case_name(case.number, words),
        said=" · ".join(f"{line.who}: {line.answer}" for line in lines),
        notes=tuple(line for line in lines if line.note),
        differs=case.differs,
    )


def _answer(item: ItemReading, answer: Answer, words: Wording) -> str:
    label = answer_label(item.asked, answer.value, words)
    return words.text("{answer} (i tvivl)", answer=label) if answer.in_doubt else label
