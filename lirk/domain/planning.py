"""A round that is being planned: which steps it has, which are done, and what comes next."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from lirk.domain.draws import CaseExclusion, DrawPlan
from lirk.domain.problems import problem_document, problem_of
from lirk.domain.reports import Exclusion
from lirk.domain.rounds import RoundState
from lirk.domain.serials import years_of
from lirk.errors import NotFound, Problem, RuleBroken
from sampling.gaps import YearGaps

Value = TypeVar("Value")

#: Estimates of the method: reading and answering one case; preparing, calibrating and reporting a round.
HOURS_A_CASE, HOURS_FIXED = 0.9, 16.0


class Step(StrEnum):
    """The steps of a round, in their order."""

    REGISTER = "register"
    FRAME = "frame"
    SIZES = "sizes"
    SEED = "seed"
    DRAW = "draw"
    ASSIGN = "assign"
    FOLLOW = "follow"
    CLOSE = "close"


class PlanUnknown(NotFound):
    """There is no such plan."""

    code = "plan-unknown"


class PlanChanged(RuleBroken):
    """Somebody changed the plan after this page was shown; what was typed would undo it."""

    code = "plan-changed"


class PlanFrozen(RuleBroken):
    """The frame is frozen, so nothing of the plan can be changed."""

    code = "plan-frozen"


class PlanTitleMissing(RuleBroken):
    """A round has a title."""

    code = "plan-title-missing"


class PlanChecklistsMissing(RuleBroken):
    """A round reviews with one checklist at least."""

    code = "plan-checklists-missing"


class StepNotReady(RuleBroken):
    """A step before this one is not done; ``needs`` is that step's code."""

    code = "plan-step-not-ready"


class RegisterMissing(RuleBroken):
    """The round has no register to read: it was never uploaded, or is deleted since the draw."""

    code = "plan-register-missing"


class UnlockNeedsReason(RuleBroken):
    """A frame that was frozen is opened again with a reason only."""

    code = "unlock-needs-reason"


class UnlockTooLate(RuleBroken):
    """The seed is known, or the cases are drawn: the frame stays as it is."""

    code = "unlock-too-late"


class SeedPlanMissing(RuleBroken):
    """The frame is frozen only when it is written down how the seed will be found."""

    code = "seed-plan-missing"


class SeedNotEntered(RuleBroken):
    """There is no seed to draw with."""

    code = "seed-not-entered"


class SeedInFuture(RuleBroken):
    """A seed cannot have been found later than now."""

    code = "seed-in-future"


class MappingNameMissing(RuleBroken):
    """A saved mapping has a name."""

    code = "mapping-name-missing"


class MappingUnknown(NotFound):
    """No mapping is saved by that name."""

    code = "saved-mapping-unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameSummary:
    """What reading the register came to, in counts; kept so that showing it again reads nothing.

    Attributes
    ----------
    rows, cases
        Rows of the file, and cases of the frame after all rules and exclusions.
    excluded
        What each rule left out, in the order of the rules.
    centres
        Cases of each centre that the register names, also those without any.
    outcomes
        Cases by outcome code.
    values
        For columns that filters and spellings are about: how often each of the file's values stands there.
    dropped
        Headings that are not used.
    problems, total, remarks
        As an examination tells them; ``total`` counts also those that are not told one by one.
    first_day, last_day
        Of the frame's decisions.
    serials
        What the serial numbers in the register's case numbers show, by year.
    """

    rows: int
    cases: int
    excluded: tuple[Exclusion, ...] = ()
    centres: Mapping[str, int] = field(default_factory=dict)
    outcomes: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    total: int = 0
    remarks: tuple[Problem, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    serials: tuple[YearGaps, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether cases can be drawn from the frame."""
        return not self.problems and self.cases > 0

    def as_dict(self) -> dict[str, object]:
        """Return the summary as JSON values."""
        return {
            **{name: getattr(self, name) for name in ("rows", "cases", "total")},
            **{name: dict(getattr(self, name)) for name in ("centres", "outcomes")},
            "values": {name: dict(counts) for name, counts in self.values.items()},
            "excluded": [asdict(rule) for rule in self.excluded],
            "dropped": list(self.dropped),
            "problems": [problem_document(problem) for problem in self.problems],
            "remarks": [problem_document(remark) for remark in self.remarks],
            "first_day": self.first_day.isoformat() if self.first_day else None,
            "last_day": self.last_day.isoformat() if self.last_day else None,
            "serials": [asdict(year) for year in self.serials],
        }

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> "FrameSummary":
        """Return the summary in a document."""
        return cls(
            **{name: document[name] for name in ("rows", "cases", "total", "centres", "outcomes", "values")},
            excluded=tuple(Exclusion(**rule) for rule in document["excluded"]),
            dropped=tuple(document["dropped"]),
            problems=tuple(problem_of(problem) for problem in document["problems"]),
            remarks=tuple(problem_of(remark) for remark in document["remarks"]),
            first_day=_read(date.fromisoformat, document["first_day"]),
            last_day=_read(date.fromisoformat, document["last_day"]),
            # Summaries from before they were counted have none.
            serials=years_of(document.get("serials", ())),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedPlan:
    """How the seed will be found, written down before anybody can know it.

    ``how`` is a ``SeedHow``; ``deadline`` is the day by which it is found.
    """

    how: str
    place: str
    deadline: date
    witnesses: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        return {**asdict(self), "deadline": self.deadline.isoformat(), "witnesses": list(self.witnesses)}

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> "SeedPlan":
        """Return what a document says."""
        return cls(
            how=document["how"],
            place=document["place"],
            deadline=date.fromisoformat(document["deadline"]),
            witnesses=tuple(document["witnesses"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredSeed:
    """A seed that was found, with the reason for a further draw; it waits for the draw to be confirmed."""

    value: str
    how: str
    witnesses: tuple[str, ...]
    at: datetime
    reason: str | None = None

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        return {**asdict(self), "at": self.at.isoformat(), "witnesses": list(self.witnesses)}

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> "EnteredSeed":
        """Return what a document says."""
        at, witnesses = datetime.fromisoformat(document["at"]), tuple(document["witnesses"])
        return cls(**{**document, "at": at, "witnesses": witnesses})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How many cases to draw: a method of ``sampling`` with its n, and the centres that get their own n.

    ``reserve`` is per centre; None means as many as are drawn.
    """

    method: str = "fixed"
    n: int = 15
    minimum: int = 0
    exceptions: Mapping[str, int] = field(default_factory=dict)
    reserve: int | None = None

    def as_dict(self) -> dict[str, object]:
        """Return them as JSON values."""
        return {**asdict(self), "exceptions": dict(self.exceptions)}

    def as_plan(self) -> dict[str, object]:
        """Return them as a plan has them under ``[sizes]``."""
        plan: dict[str, object] = {"method": self.method, "n": self.n}
        if self.minimum:
            plan["minimum"] = self.minimum
        if self.exceptions:
            plan["exceptions"] = dict(self.exceptions)
        return plan


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSettings:
    """All that has been decided of a round; what is None or empty has not been.

    ``checklists`` are named ``id/version``; ``full`` are those of them of which all items are asked, not only
    the core set; ``mapping`` is in the shape of a mapping file; ``uploaded`` says whether there is a kept
    register; ``reopened`` whether a frame that was frozen is being changed.
    """

    checklists: tuple[str, ...] = ()
    full: tuple[str, ...] = ()
    uploaded: bool = False
    reopened: bool = False
    mapping: Mapping[str, Any] = field(default_factory=dict)
    summary: FrameSummary | None = None
    exclude: tuple[CaseExclusion, ...] = ()
    approved: bool = False
    sizes: Sizes | None = None
    seed_plan: SeedPlan | None = None
    seed: EnteredSeed | None = None

    def as_dict(self) -> dict[str, object]:
        """Return them as a document."""
        return {
            "checklists": list(self.checklists),
            "full": list(self.full),
            "uploaded": self.uploaded,
            "reopened": self.reopened,
            "mapping": self.mapping,
            "approved": self.approved,
            "exclude": [
                {"reason": rule.reason, "case_numbers": list(rule.case_numbers)} for rule in self.exclude
            ],
            **{
                name: None if (value := getattr(self, name)) is None else value.as_dict()
                for name in ("summary", "sizes", "seed_plan", "seed")
            },
        }

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> "PlanSettings":
        """Return what a document says."""
        return cls(
            checklists=tuple(document["checklists"]),
            # Plans from before there was a choice ask everything.
            full=tuple(document.get("full", document["checklists"])),
            uploaded=document["uploaded"],
            reopened=document["reopened"],
            mapping=document["mapping"],
            approved=document["approved"],
            exclude=tuple(
                CaseExclusion(reason=rule["reason"], case_numbers=tuple(rule["case_numbers"]))
                for rule in document["exclude"]
            ),
            summary=_read(FrameSummary.from_dict, document["summary"]),
            sizes=_read(lambda sizes: Sizes(**sizes), document["sizes"]),
            seed_plan=_read(SeedPlan.from_dict, document["seed_plan"]),
            seed=_read(EnteredSeed.from_dict, document["seed"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRound:
    """A round that is planned in the browser; ``round_id`` is set when its frame is frozen.

    ``version`` counts the changes, so that two windows do not undo each other's.
    """

    id: int
    key: str
    title: str
    settings: PlanSettings
    version: int
    made_at: datetime
    made_by: int | None = None
    round_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRegister:
    """The columns of a register that a plan may use, from upload to draw.

    ``about`` says where they came from and how they were read; ``content`` is a Parquet file of text columns.
    """

    about: Mapping[str, Any]
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedMapping:
    """A mapping that was saved by name, for the next register from the same system."""

    name: str
    mapping: Mapping[str, Any]
    saved_at: datetime
    saved_by: int | None = None


def _read(made: Callable[[Any], Value], stored: Any) -> Value | None:
    return None if stored is None else made(stored)


def steps_done(settings: PlanSettings) -> frozenset[Step]:
    """Return the steps that are done of a plan whose frame is not frozen."""
    done = set[Step]()
    summary = settings.summary
    if not settings.uploaded or summary is None or not summary.holds:
        return frozenset()
    done.add(Step.REGISTER)
    if settings.approved:
        done.add(Step.FRAME)
        if settings.sizes is not None:
            done.add(Step.SIZES)
    return frozenset(done)


def step_of_plan(settings: PlanSettings) -> Step:
    """Return the first step that is not done of a plan whose frame is not frozen."""
    done = steps_done(settings)
    return next(step for step in Step if step not in done)


#: What a round waits for in each state; a closed round waits for nothing.
_NEXT = {
    RoundState.COMMITTED: Step.SEED,
    RoundState.DRAWN: Step.ASSIGN,
    RoundState.REVIEWING: Step.FOLLOW,
    RoundState.CLOSED: None,
}


def step_of_round(state: RoundState) -> Step | None:
    """Return the step that a round waits for; None when it is closed."""
    return _NEXT[state]


def require_step(settings: PlanSettings, step: Step) -> None:
    """Refuse a step whose earlier steps are not all done.

    Raises
    ------
    StepNotReady
        With the first step that is missing.
    """
    done = steps_done(settings)
    for earlier in list(Step)[: list(Step).index(step)]:
        if earlier not in done:
            raise StepNotReady(step=step, needs=earlier)


def draw_plan(title: str, settings: PlanSettings, sizes: Sizes | None = None) -> DrawPlan:
    """Return the plan of the draw; every fingerprint that is handed out is salted."""
    chosen = sizes or settings.sizes or Sizes()
    return DrawPlan(
        title=title,
        sizes=chosen.as_plan(),
        reserve=chosen.reserve,
        salt=True,
        exclude=settings.exclude,
    )


def without_register(settings: PlanSettings) -> PlanSettings:
    """Return what may stay when the register is deleted: decisions and counts, no case numbers."""
    summary = settings.summary
    kept = None if summary is None else replace(summary, problems=(), remarks=(), values={}, serials=())
    return replace(settings, uploaded=False, summary=kept, exclude=(), seed=None)


def case_numbers(text: str) -> tuple[str, ...]:
    """Return the case numbers of a pasted text or file: one a line, trimmed and in NFC, each once."""
    lines = (unicodedata.normalize("NFC", line.strip()) for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))
