"""The answers of one case to points, themes and a verdict: pure, exact, and without an exception."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from checklists.conditions import applies
from checklists.model import Checklist, Item, ScaleAnswer
from checklists.problems import ChecklistProblem
from checklists.verdicts import Counted, rule_holds

#: The word for an answer by what it means.
RESULTS = {
    "positive": "yes",
    "partial": "partly",
    "negative": "no",
    "not_applicable": "not_applicable",
    "cannot_assess": "cannot_assess",
    "none": "none",
}
INCOMPLETE, NOT_APPLICABLE = "incomplete", "not_applicable"


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
    """

    points: Fraction
    possible: Fraction
    percent: Fraction | None
    result: str


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
        Id of the first verdict that matches; ``incomplete`` while anything that applies is unanswered, else
        ``not_applicable`` where no scored item applies or every one was answered not applicable.
    results
        By item id, for items that apply and are answered (also unscored ones): ``yes``, ``partly``, ``no``,
        ``not_applicable``, ``cannot_assess``; ``none`` for an answer without meaning.
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

    @property
    def complete(self) -> bool:
        """Whether everything that applies is answered."""
        return not self.unanswered


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
    still shows it apart.
    """
    found = refusals(checklist, answers)
    refused = {refusal.item for refusal in found}
    given = {name: code for name, code in answers.items() if code and name not in refused}
    visible = _visible(checklist, given)
    themes, rows = {}, []
    for theme in checklist.themes:
        shown = [item for item in theme.items if item.id in visible]
        own = [_row(checklist, theme.id, item, answer) for item in shown if (answer := _answer(item, given))]
        themes[theme.id] = _theme_score(own, complete=len(own) == len(shown))
        rows.extend(own)
    unanswered = tuple(name for name in _in_order(checklist, visible) if name not in given)
    scored = [row for row in rows if row.scored]
    points, possible, percent = _points(scored)
    return CaseScore(
        applies=tuple(item.id for item in checklist.items if item.id in visible),
        unanswered=unanswered,
        refusals=found,
        points=points,
        possible=possible,
        percent=percent,
        themes=themes,
        critical_breaches=tuple(
            row.counted.item_id
            for row in scored
            if row.counted.severity == "critical" and "negative" in row.counted.meanings
        ),
        verdict=INCOMPLETE if unanswered else _verdict(checklist, scored, percent),
        results={row.counted.item_id: RESULTS[row.meaning] for row in rows},
    )


def applying(checklist: Checklist, answers: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of the facts and items that apply, facts first, in the checklist's order.

    What `score` would refuse counts as no answer.
    """
    given = {name: code for name, code in answers.items() if code and not _refusal(checklist, name, code)}
    return _in_order(checklist, _visible(checklist, given))


def refusals(checklist: Checklist, answers: Mapping[str, str]) -> tuple[ChecklistProblem, ...]:
    """Return why answers are refused, in their order: ids and codes that the checklist does not know.

    ``item`` of a problem is the id that was answered.
    """
    return tuple(
        problem for name, code in answers.items() if (problem := _refusal(checklist, name, code)) is not None
    )


def _refusal(checklist: Checklist, name: str, code: str) -> ChecklistProblem | None:
    offered = checklist.offered(name)
    if offered is None:
        return ChecklistProblem("answer-unknown-question", {"value": name}, item=name)
    if not code or code in offered:
        return None
    item = checklist.item(name)
    on_scale = item is not None and code in item.scale.codes
    refusal = "answer-not-offered" if on_scale else "answer-unknown"
    return ChecklistProblem(refusal, {"value": code, "known": offered}, item=name)


@dataclass(frozen=True, slots=True)
class _Row:
    """An item that applies and is answered."""

    counted: Counted
    meaning: str
    scored: bool
    points: Fraction
    possible: Fraction


def _visible(checklist: Checklist, given: Mapping[str, str]) -> set[str]:
    """Return the facts and items that apply; what is hidden is missing to all that looks at it."""
    visible: set[str] = set()
    known: dict[str, str] = {}
    for name in checklist.evaluation_order:
        if all(applies(condition, known) for condition in checklist.conditions[name]):
            visible.add(name)
            if name in given:
                known[name] = given[name]
    return visible


def _in_order(checklist: Checklist, visible: Container[str]) -> tuple[str, ...]:
    names = (*(fact.id for fact in checklist.facts), *(item.id for item in checklist.items))
    return tuple(name for name in names if name in visible)


def _answer(item: Item, given: Mapping[str, str]) -> ScaleAnswer | None:
    return item.answer(given[item.id]) if item.id in given else None


def _row(checklist: Checklist, theme_id: str, item: Item, answer: ScaleAnswer) -> _Row:
    meanings = {answer.meaning}
    if answer.meaning == "cannot_assess" and checklist.cannot_assess == "negative":
        meanings.add("negative")
    share = _earned(checklist, item, answer)
    return _Row(
        counted=Counted(item.id, theme_id, item.severity, frozenset(meanings)),
        meaning=answer.meaning,
        scored=item.scored,
        points=share or Fraction(0),
        possible=Fraction(0) if share is None else item.possible,
    )


def _earned(checklist: Checklist, item: Item, answer: ScaleAnswer) -> Fraction | None:
    """Return the points that an answer earns, None where the item leaves the score."""
    if answer.meaning == "not_applicable":
        shares = {"full": Fraction(1), "target": (checklist.target or Fraction(0)) / 100}
        share = shares.get(checklist.not_applicable)
        return None if share is None else share * item.possible
    if answer.meaning == "cannot_assess":
        return Fraction(0) if checklist.cannot_assess == "negative" else None
    return None if answer.points is None else answer.points * item.weight


def _points(rows: Iterable[_Row]) -> tuple[Fraction, Fraction, Fraction | None]:
    points, possible = Fraction(0), Fraction(0)
    for row in rows:
        points += row.points
        possible += row.possible
    return points, possible, 100 * points / possible if possible else None


def _theme_score(rows: Iterable[_Row], *, complete: bool) -> ThemeScore:
    scored = [row for row in rows if row.scored]
    return ThemeScore(*_points(scored), result=_theme_result(scored) if complete else INCOMPLETE)


def _theme_result(scored: Iterable[_Row]) -> str:
    found = {meaning for row in scored for meaning in row.counted.meanings}
    for meaning in ("negative", "partial", "cannot_assess", "positive", "none"):
        if meaning in found:
            return RESULTS[meaning]
    return NOT_APPLICABLE


def _verdict(checklist: Checklist, scored: list[_Row], percent: Fraction | None) -> str:
    if all(row.meaning == "not_applicable" for row in scored):
        return NOT_APPLICABLE
    counted = [row.counted for row in scored]
    return next(verdict.id for verdict in checklist.verdicts if rule_holds(verdict.when, counted, percent))
