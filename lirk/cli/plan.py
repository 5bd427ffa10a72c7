"""``lirk plan``: from hours, cases or precision to the others, decision rules, and detection; without any database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

import rich_click as click

from lirk.cli.door import Door, pass_door
from lirk.cli.options import as_json
from lirk.domain.plan_sizes import (
    Costs,
    DecisionRule,
    Detection,
    SizeLine,
    SizePlan,
    decision_rule,
    detection,
)
from lirk.domain.planning import HOURS_A_CASE, HOURS_FIXED, Sizes
from lirk.errors import UnusableRequest
from lirk.services.plan_sizes import plan_by_cases, plan_by_hours, plan_by_precision
from lirk.wording import plan_size_lines as lines

METHODS = ("equal", "fixed", "proportional")
#: No register of decisions has more cases.
MOST = 10_000_000


class PopulationUnusable(UnusableRequest):
    """A population that is no number of cases."""

    code = "plan-population-unusable"


class PopulationUnnamed(UnusableRequest):
    """Several populations, and one has no name."""

    code = "plan-population-unnamed"


class PopulationTwice(UnusableRequest):
    """Two populations with the same name."""

    code = "plan-population-twice"


class QuestionMissing(UnusableRequest):
    """Nothing is given to plan from."""

    code = "plan-question-missing"


class QuestionTwice(UnusableRequest):
    """Hours, cases and precision determine each other, so that one alone can be given."""

    code = "plan-question-twice"


class MethodUnused(UnusableRequest):
    """By precision each centre's size is given already."""

    code = "plan-method-unused"


class RuleHalved(UnusableRequest):
    """One of the two shares of a decision rule without the other."""

    code = "plan-rule-halved"


class RuleWithoutCases(UnusableRequest):
    """A decision rule for no size."""

    code = "plan-rule-without-cases"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of one centre; what was not asked is None."""

    centre: str
    population: int
    line: SizeLine | None
    rule: DecisionRule | None
    found: Detection | None


def number(text: str) -> float:
    """Return a number, with a decimal point or comma.

    Raises
    ------
    ValueError
        If it is none.
    """
    return float(text.replace(",", "."))


def count(text: str) -> int:
    """Return a whole number from 1 up; more digits than any register needs are none.

    Raises
    ------
    ValueError
        If it is none.
    """
    if not (text.isascii() and text.isdigit() and len(text) < 16 and int(text)):
        raise ValueError(text)
    return int(text)


@click.command()
@click.option(
    "--population",
    "populations",
    metavar="[NAME=]NUMBER",
    multiple=True,
    required=True,
    help="The cases of a centre, with its name where there are several; may be repeated.",
)
@click.option("--hours", metavar="NUMBER", type=number, help="Plan from the hours there are.")
@click.option("--cases", metavar="NUMBER", type=count, help="Plan from a number of cases.")
@click.option(
    "--half-width",
    metavar="NUMBER",
    type=number,
    help="Plan from a precision: 0.1 is ten points to either side.",
)
@click.option(
    "--method",
    type=click.Choice(METHODS),
    help="How cases are shared: so many from each, or in all, alike or by size.  [default: fixed]",
)
@click.option("--hours-fixed", metavar="NUMBER", type=number, help="Hours in any case.  [default: 16]")
@click.option("--hours-a-case", metavar="NUMBER", type=number, help="Hours a case.  [default: 0.9]")
@click.option(
    "--double", metavar="NUMBER", type=number, help="Share of the cases that is read twice.  [default: 0]"
)
@click.option(
    "--good", metavar="NUMBER", type=number, help="A decision rule: share of failures that is good enough."
)
@click.option("--poor", metavar="NUMBER", type=number, help="A decision rule: share of failures that is not.")
@click.option("--detect", metavar="NUMBER", type=count, help="How many cases find at least one of so many.")
@as_json
@pass_door
def plan(
    door: Door,
    populations: tuple[str, ...],
    hours: float | None,
    cases: int | None,
    half_width: float | None,
    method: str | None,
    hours_fixed: float | None,
    hours_a_case: float | None,
    double: float | None,
    good: float | None,
    poor: float | None,
    detect: int | None,
    *,
    as_json: bool,
) -> None:
    """Work out how many cases to review, how long that takes, and what the sample will say.

    Give one of hours, cases and half width; the others follow from it. A decision rule says with how many
    failures a centre is still good enough, and how often the rule is wrong.
    """
    _check_question(
        {"--hours": hours, "--cases": cases, "--half-width": half_width}, method, (good, poor), detect
    )
    centres = _centres(populations)
    costs = Costs(
        hours_fixed=HOURS_FIXED if hours_fixed is None else hours_fixed,
        hours_a_case=HOURS_A_CASE if hours_a_case is None else hours_a_case,
        double=double or 0.0,
    )
    planned = _planned(centres, hours, cases, half_width, method or "fixed", costs)
    answers = [_answer(centre, centres[centre], planned, good, poor, detect) for centre in centres]
    if as_json:
        door.json(_value(planned, costs, answers))
        return
    if planned and hours is not None:
        door.say(lines.reach_text(door.words, hours, planned))
    for answer in answers:
        _say_centre(door, answer)
    if planned:
        door.say(lines.hours_text(door.words, planned, costs))


def _check_question(
    given: Mapping[str, object], method: str | None, rule: tuple[float | None, ...], detect: int | None
) -> None:
    named = [option for option, value in given.items() if value is not None]
    if len(named) > 1:
        raise QuestionTwice(options=named)
    if rule.count(None) == 1:
        raise RuleHalved
    if not named and None not in rule:
        raise RuleWithoutCases
    if not named and detect is None:
        raise QuestionMissing
    if method is not None and named == ["--half-width"]:
        raise MethodUnused


def _centres(populations: Iterable[str]) -> dict[str, int]:
    """Return the cases of each centre; the name is empty where there is one without."""
    named = [(name.strip(), text) for name, _, text in (one.rpartition("=") for one in populations)]
    centres: dict[str, int] = {}
    for name, text in named:
        population = _population(text.strip(), name)
        if len(named) > 1 and not name:
            raise PopulationUnnamed
        if name in centres:
            raise PopulationTwice(centre=name)
        centres[name] = population
    return centres


def _population(text: str, name: str) -> int:
    try:
        population = count(text)
    except ValueError:
        population = MOST + 1
    if population > MOST:
        raise PopulationUnusable(value=f"{name}={text}" if name else text)
    return population


def _planned(
    centres: Mapping[str, int],
    hours: float | None,
    cases: int | None,
    half_width: float | None,
    method: str,
    costs: Costs,
) -> SizePlan | None:
    if hours is not None:
        return plan_by_hours(hours, method, centres, costs=costs)
    if half_width is not None:
        return plan_by_precision(half_width, centres, costs=costs)
    return None if cases is None else plan_by_cases(Sizes(method=method, n=cases), centres, costs=costs)


def _answer(
    centre: str,
    population: int,
    planned: SizePlan | None,
    good: float | None,
    poor: float | None,
    detect: int | None,
) -> Answer:
    line = next((line for line in planned.lines if line.centre == centre), None) if planned else None
    n = line.n if line else None
    rule = None if good is None or poor is None or not n else decision_rule(n, population, good, poor)
    found = detection(detect, population, n) if detect else None
    return Answer(centre, population, line, rule, found)


def _say_centre(door: Door, answer: Answer) -> None:
    words, rule = door.words, answer.rule
    texts = [lines.line_text(words, answer.line)] if answer.line else []
    if rule:
        texts += [
            lines.rule_text(words, rule),
            lines.risks_text(words, rule),
            lines.curtailed_text(words, rule),
            lines.stopping_text(words),
        ]
    if answer.found:
        texts.append(lines.detection_text(words, answer.found))
    if answer.centre:
        door.say(f"{answer.centre}:")
    for text in texts:
        door.say(f"  {text}" if answer.centre else text)


def _value(planned: SizePlan | None, costs: Costs, answers: Sequence[Answer]) -> dict[str, object]:
    return {
        "cases": planned.cases if planned else None,
        "hours": planned.hours if planned else None,
        "hours_fixed": costs.hours_fixed,
        "hours_a_case": costs.hours_a_case,
        "double": costs.double,
        "method": planned.sizes.method if planned else None,
        "centres": [
            {
                "centre": answer.centre or None,
                "population": answer.population,
                **_line_value(answer.line),
                "rule": asdict(answer.rule) if answer.rule else None,
                "detection": asdict(answer.found) if answer.found else None,
            }
            for answer in answers
        ],
    }


def _line_value(line: SizeLine | None) -> dict[str, object]:
    if line is None:
        return {}
    lower, upper = line.limits or (None, None)
    return {
        "cases": line.n,
        "census": line.census,
        "half_width": line.half_width,
        "lower": lower,
        "upper": upper,
    }
