"""The answers of one case to points, themes and a verdict: pure, exact, and without an exception."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from checklists.model import Checklist
from checklists.plan import RESULTS, Plan, Row, StopPlan, ThemePlan, plan_of
from checklists.problems import ChecklistProblem
from checklists.verdicts import ABSENT, NOT_APPLICABLE, NOT_PASSED, PASSED, Standing

__all__ = [
    "CONTRADICTORY",
    "INCOMPLETE",
    "NOT_APPLICABLE",
    "RESULTS",
    "CaseScore",
    "Outline",
    "ThemeScore",
    "applying",
    "decisive",
    "outline",
    "refusals",
    "score",
]

INCOMPLETE, CONTRADICTORY = "incomplete", "contradictory"

#: What a theme is called by the worst answer in it.
_WORST_FIRST = ("negative", "partial", "cannot_assess", "positive", "none")


@dataclass(frozen=True, slots=True)
class ThemeScore:
    """One theme in one case.

    Attributes
    ----------
    points, possible
        Of the scored items that apply and are answered.
    percent
        ``100 * points / possible``, exact; None where nothing is possible.
    result
        ``incomplete``: an item that applies is unanswered. Of the scored items: ``no`` where one is
        negative, else ``partly`` where one is partial, else ``cannot_assess`` where one cannot be assessed,
        else ``yes`` where one is positive, else ``none`` where an answer without meaning was given (a scale
        from 1 to 10), else ``not_applicable``.
    verdict
        Id of the first of the theme's own verdicts that matches; ``incomplete`` while an item that applies, or
        something that decides which of its items do, is unanswered; ``not_applicable`` as in ``result``. None
        where the theme has no verdicts of its own.
    passed
        Whether the exact percentage is at least the theme's pass mark; None where there is no mark or no
        percentage, and while the theme is incomplete.
    """

    points: Fraction
    possible: Fraction
    percent: Fraction | None
    result: str
    verdict: str | None = None
    passed: bool | None = None


@dataclass(frozen=True, slots=True)
class CaseScore:
    """One case, scored.

    Attributes
    ----------
    applies
        Item ids that apply, in the checklist's order.
    unanswered
        Ids of facts and items that apply and have no answer, facts first, in the checklist's order.
    refusals
        Unknown ids and answers; a refused answer counts as none.
    points, possible, percent
        As in `ThemeScore`, over all themes.
    themes
        By theme id, in order.
    critical_breaches
        Ids of scored items of severity critical that count as negative.
    verdict
        Id of the stop that holds. Else ``contradictory`` while answers contradict each other, else
        ``incomplete`` while anything that applies is unanswered, else ``not_applicable`` where no scored item
        applies or every one was answered not applicable, else the id of the first verdict that matches (""
        in a draft without verdicts).
    results
        By item id, for items that apply and are answered (also unscored ones): ``yes``, ``partly``, ``no``,
        ``not_applicable``, ``cannot_assess``; ``none`` for an answer without meaning.
    stopped
        Id of the first stop that holds: the review ends there. Only the answered items that the stop looks at
        apply, nothing is scored, and no theme is applicable.
    contradictions
        Ids of the contradictions that hold among the answers that apply.
    """

    applies: tuple[str, ...]
    unanswered: tuple[str, ...]
    refusals: tuple[ChecklistProblem, ...]
    points: Fraction
    possible: Fraction
    percent: Fraction | None
    themes: Mapping[str, ThemeScore]
    critical_breaches: tuple[str, ...]
    verdict: str
    results: Mapping[str, str]
    stopped: str | None = None
    contradictions: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether everything that applies is answered, without a contradiction."""
        return not self.unanswered and not self.contradictions


def score(checklist: Checklist, answers: Mapping[str, str]) -> CaseScore:
    """Score the answers of one case.

    Parameters
    ----------
    checklist
        As `checklists.load.load` returns it.
    answers
        Answer codes by fact or item id; an empty code is no answer. Answers to what is hidden by the
        checklist's conditions are allowed and count nowhere.

    Notes
    -----
    An item earns its answer's points times its weight, out of the most points that its offered answers earn
    times its weight. *Not applicable* leaves both (policy ``drop``), earns all (``full``) or the checklist's
    target share (``target``). *Cannot be assessed* leaves both (``out``), or under ``negative`` earns nothing
    of what is possible and counts as negative in themes, verdicts and critical breaches, while ``results``
    still shows it apart; an item's own policy goes before the checklist's.
    """
    plan = plan_of(checklist)
    given, found = _sorted_out(plan, answers)
    shown, known = plan.visible(given)
    if (stop := plan.stopped(known)) is not None:
        return _stopped(plan, stop, known, found)
    unanswered = tuple(name for name in plan.questions if name in shown and name not in known)
    open_ = frozenset(unanswered)
    themes: dict[str, ThemeScore] = {}
    results: dict[str, str] = {}
    scored: list[Row] = []
    for theme in plan.themes:
        rows = [by_code[known[item_id]] for item_id, by_code in theme.rows.items() if item_id in known]
        for row in rows:
            results[row.item_id] = row.result
        own = [row for row in rows if row.scored]
        themes[theme.id] = _theme_score(plan, theme, own, open_)
        scored += own
    points, possible, percent = _points(plan, scored)
    contradictions = plan.contradicted(known)
    early = CONTRADICTORY if contradictions else INCOMPLETE if unanswered else None
    return CaseScore(
        applies=tuple(name for name in plan.items if name in shown),
        unanswered=unanswered,
        refusals=found,
        points=points,
        possible=possible,
        percent=percent,
        themes=themes,
        critical_breaches=tuple(row.item_id for row in scored if row.breach),
        verdict=early or _verdict(plan, scored, percent, themes),
        results=results,
        contradictions=contradictions,
    )


@dataclass(frozen=True, slots=True)
class Outline:
    """What is asked in one case, without any points.

    Attributes
    ----------
    applies
        As `applying` returns it.
    visible
        Ids of the facts and items that apply by their conditions, whatever stop has ended the review.
    stopped, contradictions
        As in `CaseScore`.
    """

    applies: tuple[str, ...]
    visible: frozenset[str]
    stopped: str | None
    contradictions: tuple[str, ...]


def outline(checklist: Checklist, answers: Mapping[str, str]) -> Outline:
    """Return what is asked in one case; what `score` would refuse counts as no answer."""
    plan = plan_of(checklist)
    shown, known = plan.visible(_sorted_out(plan, answers)[0])
    stop = plan.stopped(known)
    if stop is not None:
        applies = tuple(name for name in plan.questions if name in stop.rests_on and name in known)
        return Outline(applies, frozenset(shown), stop.id, ())
    applies = tuple(name for name in plan.questions if name in shown)
    return Outline(applies, frozenset(shown), None, plan.contradicted(known))


def applying(checklist: Checklist, answers: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of the facts and items that apply, facts first, in the checklist's order.

    What `score` would refuse counts as no answer. Where a stop holds, only those apply that it looks at, and
    what decides whether they do, as far as they are answered.
    """
    return outline(checklist, answers).applies


def decisive(checklist: Checklist) -> frozenset[str]:
    """Return the ids that conditions, stops and contradictions read: other answers change what is scored only."""
    return plan_of(checklist).decisive


def refusals(checklist: Checklist, answers: Mapping[str, str]) -> tuple[ChecklistProblem, ...]:
    """Return why answers are refused, in their order: ids and codes that the checklist does not know.

    ``item`` of a problem is the id that was answered.
    """
    return _sorted_out(plan_of(checklist), answers)[1]


def _sorted_out(
    plan: Plan, answers: Mapping[str, str]
) -> tuple[Mapping[str, str], tuple[ChecklistProblem, ...]]:
    """Return the answers that count, and why the others are refused."""
    given, refused = {}, []
    for name, code in answers.items():
        offered = plan.offered.get(name)
        if offered is None or (code and code not in offered):
            refused.append(_refusal(plan.checklist, name, code))
        elif code:
            given[name] = code
    return given, tuple(refused)


def _refusal(checklist: Checklist, name: str, code: str) -> ChecklistProblem:
    offered = checklist.offered(name)
    if offered is None:
        return ChecklistProblem("answer-unknown-question", {"value": name}, item=name)
    item = checklist.item(name)
    on_scale = item is not None and code in item.scale.codes
    refusal = "answer-not-offered" if on_scale else "answer-unknown"
    return ChecklistProblem(refusal, {"value": code, "known": offered}, item=name)


def _stopped(
    plan: Plan, stop: StopPlan, known: Mapping[str, str], found: tuple[ChecklistProblem, ...]
) -> CaseScore:
    """Return a review that ended: a result of its own, which is never a zero."""
    items = tuple(name for name in plan.items if name in stop.asked and name in known)
    nothing = Fraction(0)
    return CaseScore(
        applies=items,
        unanswered=(),
        refusals=found,
        points=nothing,
        possible=nothing,
        percent=None,
        themes={
            theme.id: ThemeScore(
                nothing, nothing, None, NOT_APPLICABLE, NOT_APPLICABLE if theme.judge else None
            )
            for theme in plan.themes
        },
        critical_breaches=(),
        verdict=stop.id,
        results={name: plan.rows(name)[known[name]].result for name in items},
        stopped=stop.id,
    )


def _points(plan: Plan, rows: Iterable[Row]) -> tuple[Fraction, Fraction, Fraction | None]:
    points = possible = 0
    for row in rows:
        points += row.points
        possible += row.possible
    return plan.amount(points), plan.amount(possible), plan.percent(points, possible)


def _theme_score(plan: Plan, theme: ThemePlan, scored: list[Row], unanswered: frozenset[str]) -> ThemeScore:
    points, possible, percent = _points(plan, scored)
    result = _theme_result(scored) if unanswered.isdisjoint(theme.rows) else INCOMPLETE
    settled = result != INCOMPLETE and unanswered.isdisjoint(theme.waits_for)
    verdict = passed = None
    if theme.judge is not None:
        verdict = INCOMPLETE
        if settled:
            standing = Standing([row.number for row in scored], percent)
            verdict = result if result == NOT_APPLICABLE else theme.judge.verdict(standing)
    if theme.pass_mark is not None and percent is not None and settled:
        passed = percent >= theme.pass_mark
    return ThemeScore(points, possible, percent, result, verdict, passed)


def _theme_result(scored: Iterable[Row]) -> str:
    found: set[str] = set()
    for row in scored:
        found |= row.meanings
    for meaning in _WORST_FIRST:
        if meaning in found:
            return RESULTS[meaning]
    return NOT_APPLICABLE


def _verdict(
    plan: Plan, scored: list[Row], percent: Fraction | None, themes: Mapping[str, ThemeScore]
) -> str:
    if all(row.meanings == ABSENT for row in scored):
        return NOT_APPLICABLE
    called = {theme_id: _called(theme) for theme_id, theme in themes.items()}
    return plan.judge.verdict(Standing([row.number for row in scored], percent, called))


def _called(theme: ThemeScore) -> set[str]:
    """Return all that a rule of the case can say about a theme."""
    called = set() if theme.verdict is None else {theme.verdict}
    if theme.result == NOT_APPLICABLE:
        called.add(NOT_APPLICABLE)
    if theme.passed is not None:
        called.add(PASSED if theme.passed else NOT_PASSED)
    return called
