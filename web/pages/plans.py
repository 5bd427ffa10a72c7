"""What the pages of a plan have in common, and its basics; plans/new.html, basics.html, delete.html."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from lirk.domain.alphabet import danish_key
from lirk.domain.item_sets import has_core_set
from lirk.domain.planning import FrameSummary, PlannedRound, SeedPlan, Sizes, Step, steps_done
from lirk.errors import Problem
from lirk.services.checklist_versions import ReadVersion
from lirk.services.planning import PlanPage
from lirk.wording import Wording
from lirk.wording.item_sets import asked_text
from lirk.wording.planning import SEED_WAYS, SIZES_SAID
from lirk.wording.planning_lines import planning_line
from web.forms import Form
from web.pages.round_steps import StepLink, steps_for

#: So many problems that differ only in their row are told.
MOST_ALIKE = 3
MORE = "more-of-the-same"

Row = tuple[str, str] | tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHead:
    """What every page of a plan begins with.

    ``at`` is the plan's address; ``version`` stands in each of its forms; ``decisions`` are what the steps
    before this one decided, each with a way to change it.
    """

    at: str
    title: str
    key: str
    version: int
    reopened: bool
    steps: list[StepLink]
    decisions: tuple[Row, ...]

    @classmethod
    def of(cls, page: PlanPage, words: Wording, here: Step) -> "PlanHead":
        """Return the head of a plan's page."""
        plan = page.plan
        return cls(
            at=address(plan),
            title=plan.title,
            key=plan.key,
            version=plan.version,
            reopened=plan.settings.reopened,
            steps=steps_for(plan, words, here),
            decisions=tuple(_decisions(page, words, here)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BasicsPage:
    """Key, title and checklists; ``head`` is None where the plan is new.

    ``sets`` are the checklists with a core set, of which all items can be asked too; ``full`` those chosen.
    """

    head: PlanHead | None
    key: str
    title: str
    choices: tuple[tuple[str, str, str], ...]
    chosen: tuple[str, ...]
    sets: tuple[tuple[str, str, str], ...] = ()
    full: tuple[str, ...] = ()
    key_fixed: bool = False

    @classmethod
    def new(
        cls, offered: Iterable[ReadVersion], words: Wording, form: Form | None = None, key: str = ""
    ) -> "BasicsPage":
        """Return the page that begins a plan; the newest versions are chosen, unless something was typed."""
        offered = tuple(offered)
        newest = tuple(_name(one) for one in offered if one.newest)
        return cls(
            head=None,
            key=form.value("key") if form else key,
            title=form.value("title") if form else "",
            choices=_choices(offered, words),
            chosen=form.texts("checklists") if form else newest,
            sets=_sets(offered, words),
            full=form.texts("full") if form else (),
        )

    @classmethod
    def of(
        cls, page: PlanPage, offered: Iterable[ReadVersion], words: Wording, form: Form | None = None
    ) -> "BasicsPage":
        """Return the page that changes a plan's basics."""
        plan, offered = page.plan, tuple(offered)
        return cls(
            head=PlanHead.of(page, words, Step.REGISTER),
            key=form.value("key") if form and not plan.settings.reopened else plan.key,
            title=form.value("title") if form else plan.title,
            choices=_choices(offered, words),
            chosen=form.texts("checklists") if form else plan.settings.checklists,
            sets=_sets(offered, words),
            full=form.texts("full") if form else plan.settings.full,
            key_fixed=plan.settings.reopened,
        )


def address(plan: PlannedRound) -> str:
    """Return where a plan's pages begin."""
    return f"/rounds/plans/{plan.id}"


def lines_of(words: Wording, problems: Sequence[Problem]) -> tuple[str, ...]:
    """Return problems as the browser tells them, each on a line; of those that say the same, the first few."""
    return tuple(planning_line(words, problem) for problem in _first_few(problems))


def short(fingerprint: str) -> str:
    """Return as much of a fingerprint as one compares at a glance."""
    return f"{fingerprint[:4]}…"


def cases_text(summary: FrameSummary, words: Wording) -> str:
    """Return how many cases of how many centres a frame has."""
    centres = sum(1 for count in summary.centres.values() if count)
    cases = words.plural("{count} sag", "{count} sager", summary.cases)
    return words.text(
        "{cases} i {centres}", cases=cases, centres=words.plural("{count} center", "{count} centre", centres)
    )


def sizes_text(sizes: Sizes, words: Wording) -> str:
    """Return how many cases are drawn, in words."""
    text = words.text(SIZES_SAID[sizes.method], n=sizes.n)
    if not sizes.exceptions:
        return text
    own = [f"{centre} {words.number(n)}" for centre, n in by_name(sizes.exceptions)]
    return words.text("{text}; dog {own}", text=text, own=words.listing(own))


def seed_plan_text(plan: SeedPlan, words: Wording) -> str:
    """Return how the seed will be found, in words."""
    text = words.text(
        "{way}. Sted: {place}. Senest {deadline}.",
        way=words.text(SEED_WAYS[plan.how]),
        place=plan.place,
        deadline=plan.deadline,
    )
    if not plan.witnesses:
        return text
    return f"{text} {words.text('Vidner: {names}.', names=words.listing(plan.witnesses))}"


def by_name(counts: object) -> list[tuple[str, int]]:
    """Return counts by name in Danish order."""
    pairs = dict(counts).items()  # type: ignore[call-overload]
    return sorted(pairs, key=lambda pair: danish_key(pair[0]))


def _first_few(problems: Iterable[Problem]) -> Iterable[Problem]:
    """Give the first few of problems in a row that differ in nothing but their row, and how many more there are."""
    before: str | None = None
    untold = 0
    for (code, column, _), alike in groupby(problems, key=_alike):
        run = list(alike)
        if code == MORE:
            run = [replace(run[0], values={"count": int(str(run[0].values["count"])) + untold})]
        elif untold:
            yield Problem(MORE, {"count": untold}, column=before)
        before, untold = column, max(len(run) - MOST_ALIKE, 0)
        yield from run[:MOST_ALIKE]
    if untold:
        yield Problem(MORE, {"count": untold}, column=before)


def _alike(problem: Problem) -> tuple[str, str | None, str]:
    return problem.code, problem.column, repr(sorted(problem.values.items()))


def _decisions(page: PlanPage, words: Wording, here: Step) -> Iterable[Row]:
    plan = page.plan
    settings, at, done = plan.settings, address(plan), steps_done(plan.settings)
    names = words.listing(asked_text(one, words) for one in page.checklists)
    yield words.text("Runde"), f"{plan.title} ({plan.key})", f"{at}/basics"
    yield words.text("Tjeklister"), names, f"{at}/basics"
    summary = settings.summary
    before = list(Step)[: list(Step).index(here)]
    if Step.REGISTER in before and summary is not None:
        rows = words.plural("{count} række", "{count} rækker", summary.rows)
        yield words.text("Register"), rows, f"{at}/register"
    if Step.FRAME in before and Step.FRAME in done and summary is not None:
        yield words.text("Ramme"), cases_text(summary, words), f"{at}/frame"
    if Step.SIZES in before and settings.sizes is not None:
        yield words.text("Stikprøve"), sizes_text(settings.sizes, words), f"{at}/sizes"


def _choices(offered: Iterable[ReadVersion], words: Wording) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (
            _name(one),
            _title(one, words),
            words.plural("{count} punkt", "{count} punkter", one.counted.items),
        )
        for one in offered
    )


def _sets(offered: Iterable[ReadVersion], words: Wording) -> tuple[tuple[str, str, str], ...]:
    """Return the checklists of which a round can ask the core set or all items."""
    return tuple(
        (
            _name(one),
            _title(one, words),
            words.text(
                "{count} punkter i stedet for kernesættets {core}",
                count=one.counted.items,
                core=one.counted.core,
            ),
        )
        for one in offered
        if has_core_set(one.checklist)
    )


def _title(one: ReadVersion, words: Wording) -> str:
    title = one.title.in_(words.language)
    return words.text("{title}, version {version}", title=title, version=str(one.version))


def _name(one: ReadVersion) -> str:
    return f"{one.id}/{one.version}"
