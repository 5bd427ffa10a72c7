"""``lirk report send`` and ``publish``: a centre's report from draft to published."""

import sys
from collections.abc import Callable
from datetime import date
from functools import partial

import rich_click as click

from lirk.cli.door import NOT_DONE, Door, pass_door
from lirk.cli.options import as_person
from lirk.cli.unit import acting
from lirk.domain.report_stages import CentreWithoutLeader
from lirk.services import publishing, report_stages
from lirk.services.publishing import Attempt, Opening
from lirk.services.reports import Reader


@click.command()
@click.argument("key")
@click.option("--reply-by", required=True, help="The last day on which the leader may reply (2026-12-15).")
@click.option("--centre", help="One centre's report; all drafts of the round if left out.")
@as_person
@pass_door
def send(door: Door, key: str, reply_by: str, centre: str | None, username: str | None) -> None:
    """Send the draft reports of round KEY to their leaders, who may reply until a day.

    For one centre the day is moved where the draft is sent already.
    """
    day, now = _day(reply_by), door.now()
    with acting(door, username) as (store, actor):
        if centre is None:
            sent = report_stages.send_drafts(store, actor, key, day, now=now)
        else:
            report_stages.send_report(store, actor, key, centre, day, now=now)
            sent = (centre,)
        leaderless = report_stages.without_leader(store, sent)
    for one in leaderless:
        door.tell(CentreWithoutLeader(centre=one))
    for one in (one for one in sent if one not in leaderless):
        door.say(
            door.words.text(
                "Lederen af {centre} kan nu se udkastet og svare til og med {day}.", centre=one, day=day
            )
        )


@click.command()
@click.argument("key")
@click.option("--centre", help="One centre's report; all that can be published if left out.")
@click.option(
    "--without-reply",
    is_flag=True,
    help="Publish although a leader may still reply and has not said to be done.",
)
@click.option(
    "--without-correction",
    is_flag=True,
    help="With --centre: publish although an objection was accepted and no answer was corrected.",
)
@as_person
@pass_door
def publish(
    door: Door,
    key: str,
    centre: str | None,
    username: str | None,
    *,
    without_reply: bool,
    without_correction: bool,
) -> None:
    """Publish the reports of round KEY: their files are kept as they are, and nothing in them changes.

    Reports with an objection that nobody has answered stay drafts, and so do those that no leader was sent, that
    replace a published one, or whose deadline is to come and whose leader has not said to be done. --centre
    publishes one of these.

    Each report is published by itself. One that is changed meanwhile stays a draft, and the others go on; the exit
    status is 2 then.
    """
    reader, now = Reader(municipality=door.settings.municipality, words=door.words), door.now()
    begin = partial(acting, door, username)
    chosen = [centre] if centre is not None else _ready(door, begin, key, without_reply=without_reply)
    attempts = publishing.publish_each(
        begin,
        key,
        chosen,
        reader=reader,
        without_reply=without_reply,
        unchanged=without_correction and centre is not None,
        now=now,
    )
    with door.progress(door.words.text("Rapporter"), total=len(chosen)) as step:
        done = [_told(door, one, step) for one in attempts]
    if not all(done):
        sys.exit(NOT_DONE)


def _told(door: Door, attempt: Attempt, step: Callable[[], None]) -> bool:
    """Tell what came of one report, and return whether it is published."""
    step()
    for refusal in publishing.parts_of(attempt.refused) if attempt.refused else ():
        door.tell(refusal)
    if attempt.stage is not None:
        door.say(
            door.words.text(
                "Rapporten for {centre} er udgivet, version {version}.",
                centre=attempt.centre,
                version=str(attempt.stage.version),
            )
        )
    return attempt.stage is not None


def _ready(door: Door, begin: Opening, key: str, *, without_reply: bool) -> list[str]:
    """Return the centres whose reports are published at once, and tell which leaders are waited for."""
    now = door.now()
    today = now.date()
    with begin() as (store, actor):
        found = report_stages.stages_of(store, actor, key, now=now)
    ready = [one for one in found.centres if one.may_be_published_with_others]
    for one in ready:
        waited_for = publishing.not_heard(one.stage, led=one.led, centre=one.centre, today=today)
        for refusal in () if without_reply else waited_for:
            door.tell(refusal)
    return [one.centre for one in ready if without_reply or not one.unheard]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
