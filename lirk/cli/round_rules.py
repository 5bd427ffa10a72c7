"""``lirk round rules``: how a round is reviewed."""

from dataclasses import replace
from datetime import date

import rich_click as click

from lirk.cli.door import Door, pass_door
from lirk.cli.options import as_person
from lirk.cli.unit import acting
from lirk.domain.round_rules import RoundRules
from lirk.services import round_rules
from lirk.wording.round_rule_lines import rules_rows


@click.command()
@click.argument("key")
@click.option("--double", type=int, help="How many in a hundred of the cases are reviewed by two people.")
@click.option(
    "--deadline", help="The day by which the cases are to be reviewed (2026-12-15); none takes it away."
)
@click.option(
    "--shows-result/--no-shows-result",
    default=None,
    help="Whether a reviewer sees the calculated result before the case is finished.",
)
@click.option(
    "--bars-own-centre/--no-bars-own-centre",
    default=None,
    help="Whether nobody reviews cases of their own centre.",
)
@as_person
@pass_door
def rules(
    door: Door,
    key: str,
    double: int | None,
    deadline: str | None,
    username: str | None,
    *,
    shows_result: bool | None,
    bars_own_centre: bool | None,
) -> None:
    """Show how round KEY is reviewed, and change what is named.

    Exit status 1 if something of it cannot be changed; all of that is told, and nothing is changed.
    """
    with acting(door, username) as (store, actor):
        old = round_rules.rules_page(store, actor, key).rules
        named = replace(
            old,
            double_percent=old.double_percent if double is None else double,
            shows_result=old.shows_result if shows_result is None else shows_result,
            bars_own_centre=old.bars_own_centre if bars_own_centre is None else bars_own_centre,
        )
        wanted, unread = _with_deadline(named, deadline)
        if unread or wanted != old:
            wanted = round_rules.change_rules(store, actor, key, wanted, unread=unread, now=door.now())
    for term, text in rules_rows(wanted, door.words):
        door.say(f"{term}: {text}")


def _with_deadline(rules: RoundRules, text: str | None) -> tuple[RoundRules, frozenset[str]]:
    """Return the rules with a deadline that was written, and the fields that could not be read."""
    if text is None:
        return rules, frozenset()
    try:
        return replace(rules, deadline=None if text == "none" else date.fromisoformat(text)), frozenset()
    except ValueError:
        return rules, frozenset({"deadline"})
