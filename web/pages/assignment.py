"""What rounds/assign.html and assign_preview.html show."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lirk.domain.planning import Step
from lirk.services.assigning import Assignment, AssignmentPage, Candidate
from lirk.wording import Wording
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
    """How many cases one reviewer keeps, gets, and has then."""

    name: str
    cells: tuple[str, ...]
    conflicts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewPage:
    """rounds/assign_preview.html: how the cases would be shared out, and the last question."""

    title: str
    at: str
    steps: list[StepLink]
    rows: tuple[ShareRow, ...]
    new: int
    left: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    shown: str

    @classmethod
    def of(cls, value: Assignment, wish: Wish, words: Wording) -> "PreviewPage":
        """Return the page."""
        return cls(
            title=value.round.title,
            at=address(value.round),
            steps=steps_for(value.round, words, Step.ASSIGN),
            rows=tuple(
                ShareRow(
                    name=one.name,
                    cells=(
                        words.number(one.had),
                        words.number(one.new),
                        words.number(one.total),
                        "–" if one.most is None else words.number(one.most),
                    ),
                    conflicts=words.listing(wish.conflicts.get(one.username, ())) or "–",
                )
                for one in value.shares
            ),
            new=len(value.given),
            left=tuple(str(number) for number in value.left),
            fields=wish.fields(),
            shown=value.digest,
        )
