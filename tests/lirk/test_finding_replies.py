"""The right of reply on both databases: who writes until when, who answers, and where it is told."""

from datetime import timedelta

import pytest
from small_round import KEY, under_way

from lirk.domain.finding_replies import FindingReply, ReplyChanged, ReplyUnknown
from lirk.domain.finding_texts import FindingUnknown
from lirk.domain.people import Role
from lirk.domain.report_stages import ReplyOutcome, ReplyTooLate, ReportNotSent
from lirk.errors import NotAllowed, NotFound, ProblemsFound
from lirk.services import finding_replies, report_stages, reports
from lirk.services.reports import Reader
from lirk.wording import Wording

READER = Reader(municipality="Sydfjord Kommune", words=Wording("da"))
NORTH, SOUTH, PLACE = "Center Nord", "Center Syd", ("breve", "clear")
DAYS = timedelta(days=14)


@pytest.fixture
def town(database, tmp_path, now):
    """A closed round in which the first item is a finding in every centre, with the drafts at the leaders."""
    made = under_way(database, tmp_path, now, "anne")
    made.answer("anne", value="no")
    made.add("leder", Role.CENTRE_LEADER, centres=[NORTH])
    made.add("syd", Role.CENTRE_LEADER, centres=[SOUTH])
    made.close()
    return made


@pytest.fixture
def sent(town):
    with town.acting() as (store, actor):
        report_stages.send_drafts(store, actor, KEY, (town.now + DAYS).date(), now=town.now)
    return town


def reply(town, comment, *, who="leder", centre=NORTH, place=PLACE, version=0, objects=False, after=None):
    typed = FindingReply(
        checklist_id=place[0], item_id=place[1], comment=comment, objects=objects, version=version
    )
    with town.acting(who) as (store, actor):
        at = town.now + (after or timedelta())
        finding_replies.write_reply(store, actor, KEY, centre, typed, reader=READER, now=at)


def answer(town, outcome=None, said="", *, who=None, version=1):
    typed = FindingReply(
        checklist_id=PLACE[0], item_id=PLACE[1], outcome=outcome, answer=said, version=version
    )
    with town.acting(who) as (store, actor):
        finding_replies.write_answer(store, actor, KEY, NORTH, typed, reader=READER, now=town.now)


def report(town, centre=NORTH):
    with town.acting() as (store, actor):
        return reports.centre_report(store, actor, KEY, centre, reader=READER)


class TestReply:
    def test_it_is_told_in_that_centres_report_only_apart_from_the_findings(self, sent):
        bare = report(sent)
        reply(sent, "Brevet er klart.\n\nSe sag 1.", objects=True)
        told = report(sent)
        [one] = told.replies
        assert (one.number, one.item, one.comment, one.objects) == (
            1,
            "1.1",
            "Brevet er klart.\n\nSe sag 1.",
            True,
        )
        assert told.findings == bare.findings
        assert report(sent, SOUTH).replies == ()

    def test_an_empty_comment_takes_it_back(self, sent):
        reply(sent, "Brevet er klart.")
        reply(sent, "", version=1)
        assert report(sent).replies == ()

    def test_until_the_day_and_no_longer(self, sent):
        reply(sent, "Et.", after=DAYS)
        with pytest.raises(ReplyTooLate) as refused:
            reply(sent, "To.", version=1, after=DAYS + timedelta(days=1))
        assert refused.value.values == {"day": (sent.now + DAYS).date()}

    def test_not_before_the_draft_is_sent(self, town):
        with pytest.raises(ReportNotSent):
            reply(town, "Et.")

    def test_what_another_has_written_since_is_not_overwritten(self, sent):
        reply(sent, "Et.")
        with pytest.raises(ReplyChanged):
            reply(sent, "To.")
        assert report(sent).replies[0].comment == "Et."

    def test_everything_wrong_is_told_at_once(self, sent):
        with pytest.raises(ProblemsFound) as refused:
            reply(sent, "", objects=True)
        assert [(one.code, one.column) for one in refused.value.problems] == [
            ("reply-comment-missing", "comment")
        ]

    def test_only_of_a_finding(self, sent):
        with pytest.raises(FindingUnknown):
            reply(sent, "Et.", place=("breve", "nothing"))

    def test_another_centres_is_not_found_and_only_leaders_write(self, sent):
        with pytest.raises(NotFound):
            reply(sent, "Et.", who="syd")
        for role in (Role.COORDINATOR, Role.CONTACT_PERSON, Role.CHIEF_GROUP, Role.ARCHIVIST):
            sent.add(role, role, centres=[NORTH])
            with pytest.raises(NotAllowed):
                reply(sent, "Et.", who=role)

    def test_the_trail_says_which_and_never_what(self, sent):
        reply(sent, "Brevet er klart.")
        entry = sent.trail()[-1]
        assert (entry.action, dict(entry.about)) == (
            "finding-reply-written",
            {"round": KEY, "centre": NORTH, "checklist": "breve", "item": "clear", "version": 1},
        )

    def test_the_overview_knows_nothing_of_it(self, sent):
        def overview():
            with sent.acting() as (store, actor):
                return reports.overview(store, actor, KEY, reader=READER)

        before = overview()
        reply(sent, "Et.", objects=True)
        assert overview() == before


class TestAnswer:
    def test_it_is_told_with_what_it_answers(self, sent):
        reply(sent, "Et.", objects=True)
        answer(sent, ReplyOutcome.PARTLY_ACCEPTED, "I sag 1 har I ret.")
        [one] = report(sent).replies
        assert (one.outcome, one.answer) == (ReplyOutcome.PARTLY_ACCEPTED, "I sag 1 har I ret.")

    def test_a_comment_that_is_changed_afterwards_waits_again(self, sent):
        reply(sent, "Et.", objects=True)
        answer(sent, ReplyOutcome.NOT_ACCEPTED, "Nej.")
        reply(sent, "To.", version=2, objects=True)
        [one] = report(sent).replies
        assert (one.comment, one.outcome, one.answer) == ("To.", None, "")

    def test_not_over_a_comment_that_was_changed_meanwhile(self, sent):
        reply(sent, "Et.")
        reply(sent, "To.", version=1)
        with pytest.raises(ReplyChanged):
            answer(sent, ReplyOutcome.NOTED)

    def test_there_must_be_something_to_answer(self, sent):
        with pytest.raises(ReplyUnknown):
            answer(sent, ReplyOutcome.NOTED, version=0)

    def test_only_by_whoever_publishes(self, sent):
        reply(sent, "Et.")
        for who in ("leder", "syd", "anne"):
            with pytest.raises(NotAllowed):
                answer(sent, ReplyOutcome.NOTED, who=who)


class TestAwaited:
    def awaited(self, town, who="leder", after=timedelta()):
        with town.acting(who) as (store, actor):
            return report_stages.awaited_replies(store, actor, today=(town.now + after).date())

    def test_a_leader_is_asked_for_the_own_centre_until_something_is_said_or_the_day_is_gone(self, sent):
        [one] = self.awaited(sent)
        assert (one.centre, one.address) == (NORTH, "center-nord")
        assert self.awaited(sent, after=DAYS + timedelta(days=1)) == ()
        assert self.awaited(sent, who="anne") == ()
        reply(sent, "Et.")
        assert self.awaited(sent) == ()
