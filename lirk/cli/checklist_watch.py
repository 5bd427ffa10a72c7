"""``lirk checklist law`` and ``lirk checklist health``: what those who keep checklists look after."""

from collections.abc import Iterator

import rich_click as click

from lirk.cli.door import Door, pass_door
from lirk.cli.options import as_json, as_person
from lirk.cli.unit import acting
from lirk.domain.item_health import ItemHealth, Measure, Suggestion
from lirk.domain.law_watch import FEWEST_MONTHS, MOST_MONTHS, USUAL_MONTHS, Watched
from lirk.services.item_health import ChecklistHealth, item_health
from lirk.services.law_watch import LawWatch, WatchedAct, law_watch
from lirk.wording import Wording
from lirk.wording.item_health import HOW_OFTEN, MEASURES, REASONS, SUGGESTIONS, WHY
from lirk.wording.law_watch import DUE


@click.command()
@click.option(
    "--months",
    type=click.IntRange(FEWEST_MONTHS, MOST_MONTHS),
    metavar="NUMBER",
    default=USUAL_MONTHS,
    show_default=True,
    help="A law-status date further back is old.",
)
@click.option("--all", "every", is_flag=True, help="Also print the references that need nothing.")
@as_person
@as_json
@pass_door
def law(door: Door, months: int, every: bool, username: str | None, as_json: bool) -> None:
    """List the references to the law that are to be held against their source, by act.

    They are those of the versions in force and of the drafts. In the browser they are ticked off.

    Exit status: 0 none is due, 1 some are.
    """
    with acting(door, username) as (store, actor):
        watch = law_watch(store, actor, months=months, now=door.now())
    if as_json:
        door.json(
            {"months": months, "due": watch.due, "acts": [_act_value(one, every) for one in watch.acts]}
        )
    else:
        for line in _law_lines(watch, door.words, every):
            door.say(line)
    if watch.due:
        door.fail_check()


@click.command()
@click.argument("checklist_id", metavar="ID")
@as_person
@as_json
@pass_door
def health(door: Door, checklist_id: str, username: str | None, as_json: bool) -> None:
    """Print in words how the items of the checklist ID worked in the closed rounds, and what that suggests.

    Nothing is said that could tell of one centre or one person.
    """
    with acting(door, username) as (store, actor):
        value = item_health(store, actor, checklist_id, now=door.now())
    if as_json:
        door.json(_health_value(value))
        return
    for line in _health_lines(value, door.words):
        door.say(line)


def _law_lines(watch: LawWatch, words: Wording, every: bool) -> Iterator[str]:
    for act in watch.acts:
        listed = act.references if every else act.due
        if listed:
            yield _act_name(act, words)
        for one in listed:
            why = words.text("i orden") if one.due is None else words.text(DUE[one.due])
            items = words.plural("{count} punkt", "{count} punkter", len(_items(one)))
            status = words.text("lovstatus {day}", day=one.status_date)
            yield f"  {one.text.in_(words.language)}: {status}, {why}, {items}"
    yield words.plural(
        "{count} henvisning skal kontrolleres", "{count} henvisninger skal kontrolleres", watch.due
    )


def _act_name(act: WatchedAct, words: Wording) -> str:
    if act.act is not None:
        return act.act.name.in_(words.language)
    return words.text("Henvisninger, der ikke nævner en lov fra listen")


def _items(one: Watched) -> list[str]:
    return list(dict.fromkeys(f"{use.checklist_id}/{use.item_id}" for use in one.uses))


def _act_value(act: WatchedAct, every: bool) -> dict[str, object]:
    return {
        "act": act.id,
        "changed_on": None if act.changed is None else act.changed.status_date.isoformat(),
        "references": [_reference_value(one) for one in (act.references if every else act.due)],
    }


def _reference_value(one: Watched) -> dict[str, object]:
    return {
        "reference": one.text.da,
        "status_date": one.status_date.isoformat(),
        "verified": one.verified,
        "checked_on": None if one.checked_on is None else one.checked_on.isoformat(),
        "due": None if one.due is None else one.due.value,
        "items": _items(one),
    }


def _health_lines(value: ChecklistHealth, words: Wording) -> Iterator[str]:
    title, version = value.version.title.in_(words.language), str(value.version.version)
    yield words.text("{title}, version {version}", title=title, version=version)
    for one in value.items:
        yield f"{one.number} {one.item.question.in_(words.language)}"
        yield f"  {_said(one, words)}"
        if one.suggestion is not Suggestion.NONE:
            reasons = " ".join(words.text(REASONS[measure]) for measure in one.reasons)
            yield f"  {words.text(SUGGESTIONS[one.suggestion])}. {reasons}"


def _said(one: ItemHealth, words: Wording) -> str:
    if one.said.why is not None:
        return words.text(WHY[one.said.why])
    shown = [measure for measure in Measure if measure is not Measure.DISPUTED]
    return "; ".join(
        f"{words.text(MEASURES[measure])}: {words.text(HOW_OFTEN[one.said.words[measure]])}"
        for measure in shown
    )


def _health_value(value: ChecklistHealth) -> dict[str, object]:
    return {
        "checklist": value.version.id,
        "version": value.version.version,
        "rounds": list(value.rounds),
        "items": [
            {
                "item": one.item.id,
                "reviews": one.said.bounds.reviews,
                "why_not": None if one.said.why is None else one.said.why.value,
                "words": {measure.value: often.value for measure, often in one.said.words.items()},
                "suggestion": one.suggestion.value,
                "reasons": [measure.value for measure in one.reasons],
            }
            for one in value.items
        ],
    }
