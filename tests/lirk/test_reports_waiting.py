"""How far a round's reports are, and what in them waits for the coordinator: on the round's page and in the list."""

from datetime import timedelta

import pytest
from small_round import KEY, under_way

from lirk.domain.finding_replies import FindingReply
from lirk.domain.people import Role
from lirk.domain.report_stages import ReplyOutcome, published
from lirk.services import finding_replies, following, report_stages
from lirk.services.reports import Reader
from lirk.wording import Wording

READER = Reader(municipality="Sydfjord Kommune", words=Wording("da"))
NORTH, SOUTH = "Center Nord", "Center Syd"
DAYS = timedelta(days=14)


@pytest.fixture
def town(database, tmp_path, now):
    """A closed round of three centres, one of which has a leader; the first item is a finding in each."""
    made = under_way(database, tmp_path, now, "anne")
    made.answer("anne", value="no")
    made.add("leder", Role.CENTRE_LEADER, centres=[NORTH])
    made.close()
    return made


def send(town, centre=NORTH):
    with town.acting() as (store, actor):
        report_stages.send_report(store, actor, KEY, centre, (town.now + DAYS).date(), now=town.now)


def object_to(town):
    typed = FindingReply(checklist_id="breve", item_id="clear", comment="Nej.", objects=True)
    with town.acting("leder") as (store, actor):
        finding_replies.write_reply(store, actor, KEY, NORTH, typed, reader=READER, now=town.now)


def answer(town):
    outcome, said = ReplyOutcome.NOT_ACCEPTED, "Brevet nævner ingen frist."
    typed = FindingReply(checklist_id="breve", item_id="clear", outcome=outcome, answer=said, version=1)
    with town.acting() as (store, actor):
        finding_replies.write_answer(store, actor, KEY, NORTH, typed, reader=READER, now=town.now)


def publish(town):
    """Let the report be published; its files are of no matter here."""
    with town.acting() as (store, _):
        round_ = store.rounds.by_key(KEY)
        stage = published(store.report_stages.of(round_.id, NORTH), centre=NORTH, now=town.now)
        store.report_stages.keep(round_.id, NORTH, stage)
        store.trail.add("test", actor_id=None, at=town.now)


class TestStages:
    def test_by_the_alphabet_with_who_waits(self, town):
        send(town)
        object_to(town)
        with town.acting() as (store, actor):
            found = report_stages.stages_of(store, actor, KEY, now=town.now).centres
        assert [(one.centre, one.stage.state.value, one.waits, one.objects) for one in found] == [
            (NORTH, "with-leader", True, True),
            (SOUTH, "draft", False, False),
            ("Center Øst", "draft", False, False),
        ]

    def test_the_coordinator_is_told_what_waits(self, town):
        assert self.waiting(town) == [("drafts", 3)]
        send(town)
        send(town, SOUTH)
        object_to(town)
        assert self.waiting(town) == [("replies", 1), ("drafts", 1)]
        town.now += DAYS + timedelta(days=1)
        # An objection is answered first.
        assert self.waiting(town) == [("replies", 1), ("publishable", 1), ("drafts", 1)]
        answer(town)
        assert self.waiting(town) == [("publishable", 2), ("drafts", 1)]
        publish(town)
        assert self.waiting(town) == [("publishable", 1), ("drafts", 1)]

    def waiting(self, town):
        """What is told on the round's own page and in the list of all."""
        today = town.now.date()
        with town.acting() as (store, actor):
            [row] = following.rounds_page(store, actor, today=today).rounds
            page = following.round_page(store, actor, KEY, today=today)
        assert row.todo == page.todo
        return [(one.code, one.count) for one in row.todo]
