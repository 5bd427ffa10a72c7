"""What rounds/assign.html and assign_preview.html show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from lirk.domain.planning import Step
from lirk.domain.rounds import RoundState
from lirk.domain.settling import runs
from lirk.services.assigning import Assignment
from lirk.services.assignment_page import AssignmentPage, Candidate
from lirk.services.shares import Barred, Share
from lirk.wording import Wording
from lirk.wording.assigning import BARS
from lirk.wording.assigning_lines import hours_text
from web.forms import FieldError, Form
from web.pages.round_steps import StepLink, steps_for
from web.pages.rounds import address

#: Most cases that can be asked for; more is a slip of the finger.
HIGHEST = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the coordinator chose: who reviews, at most how many, and who keeps away from which centres."""

    reviewers: tuple[str, ...] = ()
    most: Mapping[str, str] = field(default_factory=dict)
    conflicts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    again: bool = False

    @classmethod
    def typed(cls, form: Form) -> "Wish":
        """Return what a form says."""
        named = [name.removeprefix("most-") for name in sorted(form.names) if name.startswith("most-")]
        barred = [
            name.removeprefix("conflict-") for name in sorted(form.names) if name.startswith("conflict-")
        ]
        return cls(
            reviewers=form.texts("reviewer"),
            most={one: text for one in named if (text := form.value(f"most-{one}"))},
            conflicts={one: form.texts(f"conflict-{one}") for one in barred},
            again=form.flag("again"),
        )

    @classmethod
    def usual(cls, page: AssignmentPage) -> "Wish":
        """Return what is chosen before anybody has: those with cases, and the conflicts declared before."""
        return cls(
            reviewers=tuple(one.username for one in page.candidates if one.cases),
            conflicts={
                one.username: tuple(sorted(one.conflicts)) for one in page.candidates if one.conflicts
            },
        )

    @property
    def limits(self) -> dict[str, int]:
        """Return the most cases by username; only after ``problems`` found none."""
        return {one: int(text) for one, text in self.most.items()}

    def problems(self, words: Wording) -> tuple[FieldError, ...]:
        """Return what is wrong with the numbers."""
        return tuple(
            FieldError(f"most-{one}", words.text("Skriv et helt tal, eller lad feltet stå tomt."))
            for one, text in self.most.items()
            if not (text.isascii() and text.isdigit() and int(text) <= HIGHEST)
        )

    def fields(self) -> tuple[tuple[str, str], ...]:
        """Return the choices as the hidden fields of the page that asks for the last word."""
        return (
            *(("reviewer", one) for one in self.reviewers),
            *((f"most-{one}", text) for one, text in self.most.items()),
            *((f"conflict-{one}", centre) for one, centres in self.conflicts.items() for centre in centres),
            *((("again", "yes"),) if self.again else ()),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRow:
    """One who may review, with what is chosen for them."""

    username: str
    name: str
    cases: int
    most: str
    conflicts: tuple[str, ...]
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignPage:
    """rounds/assign.html."""

    title: str
    at: str
    steps: list[StepLink]
    may_assign: bool
    unassigned: int
    not_begun: int
    seconds: int
    left_behind: tuple[tuple[str, str], ...]
    hand_over: bool
    candidates: tuple[CandidateRow, ...]
    choices: tuple[tuple[str, str, str], ...]
    centres: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]
    again: bool

    @classmethod
    def of(
        cls,
        value: AssignmentPage,
        words: Wording,
        wish: Wish | None = None,
        errors: tuple[FieldError, ...] = (),
    ) -> "AssignPage":
        """Return the page; with what was typed, where something was."""
        said = wish or Wish.usual(value)
        wrong = {error.field for error in errors}
        return cls(
            title=value.round.title,
            at=address(value.round),
            steps=steps_for(value.round, words, Step.ASSIGN),
            may_assign=value.may_assign,
            unassigned=value.unassigned,
            not_begun=value.not_begun,
            seconds=value.seconds,
            left_behind=tuple(
                (
                    words.plural(
                        "{name} gennemgår ikke sager mere, men har {count} sag, som ikke er afsluttet.",
                        "{name} gennemgår ikke sager mere, men har {count} sager, som ikke er afsluttet.",
                        one.cases,
                        name=one.name,
                    ),
                    f"{address(value.round)}/assign/hand-over?giver={quote(one.username)}",
                )
                for one in value.left_behind
            ),
            hand_over=value.round.state is RoundState.REVIEWING,
            candidates=tuple(_row(one, said, wrong) for one in value.candidates),
            choices=tuple((one.username, one.name, _has(one, words)) for one in value.candidates),
            centres=tuple((centre, centre) for centre in value.centres),
            chosen=said.reviewers,
            again=said.again,
        )


def _has(one: Candidate, words: Wording) -> str:
    return words.plural("Har {count} sag i runden", "Har {count} sager i runden", one.cases)


def _row(one: Candidate, said: Wish, wrong: set[str]) -> CandidateRow:
    most, conflicts = said.most.get(one.username, ""), said.conflicts.get(one.username, ())
    return CandidateRow(
        username=one.username,
        name=one.name,
        cases=one.cases,
        most=most,
        conflicts=conflicts,
        open=bool(most or conflicts) or f"most-{one.username}" in wrong,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRow:
    """How many cases one reviewer keeps, gets, and has then, and how long that can be expected to take."""

    name: str
    cells: tuple[str, ...]
    minutes: int
    hours: str
    conflicts: str

    @classmethod
    def of(cls, share: Share, words: Wording, conflicts: Sequence[str] = ()) -> "ShareRow":
        """Return the row of one reviewer."""
        counts = (share.had, share.new, share.seconds, share.total)
        return cls(
            name=share.name,
            cells=(
                *(words.number(count) for count in counts),
                "–" if share.most is None else words.number(share.most),
            ),
            minutes=share.minutes,
            hours=hours_text(share.minutes, words),
            conflicts=words.listing(conflicts) or "–",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewPage:
    """rounds/assign_preview.html: how the cases would be shared out, and the last question.

    ``longest`` is the length of the longest bar, in minutes; ``nobody`` are cases that nobody chosen may read:
    number, centre and address.
    """

    title: str
    at: str
    steps: list[StepLink]
    rows: tuple[ShareRow, ...]
    longest: int
    new: int
    seconds: int
    closed: tuple[str, ...]
    barred: tuple[str, ...]
    nobody: tuple[tuple[str, str, str], ...]
    left: tuple[str, ...]
    left_seconds: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    shown: str

    @property
    def can_assign(self) -> bool:
        """Return whether there is anything to do, and nothing in the way."""
        return not self.nobody and bool(self.new or self.seconds or self.closed or self.left_seconds)

    @classmethod
    def of(cls, value: Assignment, wish: Wish, words: Wording) -> "PreviewPage":
        """Return the page."""
        at = address(value.round)
        return cls(
            title=value.round.title,
            at=at,
            steps=steps_for(value.round, words, Step.ASSIGN),
            rows=tuple(ShareRow.of(one, words, wish.conflicts.get(one.username, ())) for one in value.shares),
            longest=max(one.minutes for one in value.shares),
            new=len(value.given),
            seconds=len(value.seconds),
            closed=numbers_text(value.closed),
            barred=barred_texts(value.barred, words),
            nobody=tuple((str(one.number), one.centre, f"{at}/cases/{one.number}") for one in value.nobody),
            left=numbers_text(value.left),
            left_seconds=numbers_text(value.left_seconds),
            fields=wish.fields(),
            shown=value.digest,
        )


def barred_texts(barred: Sequence[Barred], words: Wording) -> tuple[str, ...]:
    """Return for each reviewer whom something bars how many cases cannot go to them, and why."""
    return tuple(
        words.plural(
            "{name} får ikke {count} sag: {reasons}.",
            "{name} får ikke {count} sager: {reasons}.",
            one.cases,
            name=one.name,
            reasons=", ".join(words.text(BARS[bar], count=count) for bar, count in one.reasons.items()),
        )
        for one in barred
    )


def numbers_text(numbers: Sequence[int]) -> tuple[str, ...]:
    """Return running numbers as they are listed, those that follow each other drawn together."""
    return tuple(runs(numbers))
