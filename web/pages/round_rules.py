"""What rounds/rules.html shows: each choice with its reason, and what it comes to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lirk.domain.planning import HOURS_A_CASE
from lirk.domain.round_rules import RoundRules, second_count
from lirk.services import round_rules
from lirk.wording import Wording
from lirk.wording.round_rule_lines import rules_rows
from web.forms import Form, parse_day
from web.pages.round_steps import StepLink, steps_for
from web.pages.rounds import address

FIELDS = ("shows_result", "bars_own_centre", "double_percent", "deadline")
#: Shares that the page works out, beside the one that is chosen.
EXAMPLES = (10, 20)


def rules_of(form: Form) -> tuple[RoundRules, frozenset[str]]:
    """Return the rules that a form holds, and the names of the fields that could not be read."""
    percent, deadline = form.number("double_percent", default=-1), parse_day(form.value("deadline"))
    unread = {"double_percent"} if percent < 0 else set()
    if form.value("deadline") and deadline is None:
        unread.add("deadline")
    rules = RoundRules(
        shows_result=form.flag("shows_result"),
        bars_own_centre=form.flag("bars_own_centre"),
        double_percent=percent,
        deadline=deadline,
    )
    return rules, frozenset(unread)


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesPage:
    """rounds/rules.html; what stands fast is said and not asked."""

    title: str
    at: str
    steps: list[StepLink]
    may_change: bool
    shows_result: bool
    bars_own_centre: bool
    double_percent: str
    deadline: str
    result_fixed: bool
    share_fixed: bool
    chosen: str
    share: tuple[str, ...]
    decided: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, value: round_rules.RulesPage, words: Wording, form: Form | None = None) -> "RulesPage":
        """Return the page; with what was typed, where a form was refused."""
        rules = value.rules
        typed = form or Form()
        return cls(
            title=value.round.title,
            at=address(value.round),
            steps=steps_for(value.round, words),
            may_change=value.may_change,
            shows_result=typed.flag("shows_result") if form else rules.shows_result,
            bars_own_centre=typed.flag("bars_own_centre") if form else rules.bars_own_centre,
            double_percent=typed.value("double_percent") if form else str(rules.double_percent),
            deadline=typed.value("deadline") if form else _iso(rules.deadline),
            result_fixed=value.begun.finished,
            share_fixed=value.begun.second,
            chosen=_chosen(value, words),
            share=tuple(_share(value, words)),
            decided=tuple(rules_rows(rules, words)),
        )


def _share(value: round_rules.RulesPage, words: Wording) -> Iterator[str]:
    """Yield what the share of second readings comes to."""
    if value.cases is None:
        yield words.text("Hvor mange sager det bliver, kan du se her, når stikprøven er trukket.")
    else:
        shares = sorted({*EXAMPLES, value.rules.double_percent} - {0})
        for percent in shares:
            yield _comes_to(percent, value.cases, words)


def _comes_to(percent: int, cases: int, words: Wording) -> str:
    twice = second_count(cases, percent)
    return words.plural(
        "{percent} % er {count} af {cases} sager og cirka {hours} timer mere.",
        "{percent} % er {count} af {cases} sager og cirka {hours} timer mere.",
        twice,
        percent=percent,
        cases=cases,
        hours=words.number(twice * HOURS_A_CASE, 1),
    )


def _chosen(value: round_rules.RulesPage, words: Wording) -> str:
    chosen_at, known_at = value.rules.double_chosen_at, value.seed_known_at
    if chosen_at is None:
        return words.text("Andelen er ikke valgt endnu; ingen sager gennemgås af to.")
    if known_at is None:
        return words.text("Andelen er valgt {moment}, før stikprøven er trukket.", moment=chosen_at)
    if chosen_at < known_at:
        return words.text("Andelen er valgt {moment}, før frøet var kendt.", moment=chosen_at)
    return words.text("Andelen er valgt {moment}, efter at frøet var kendt.", moment=chosen_at)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
