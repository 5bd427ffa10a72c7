"""The right of reply on both databases: who writes until when, who answers, and where it is told."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from small_round import KEY, under_way

from lirk.domain.corrections import TypedCorrection
from lirk.domain.finding_replies import AnswersOwnReplies, FindingReply, ReplyChanged, ReplyUnknown
from lirk.domain.finding_texts import FindingText, FindingUnknown
from lirk.domain.people import Role
from lirk.domain.report_stages import (
    DraftChanged,
    ReplyOutcome,
    ReplyTooLate,
    ReportNotSent,
    published,
    reopened,
)
from lirk.errors import NotAllowed, NotFound, ProblemsFound
from lirk.reports.reply_sentences import has_chapter, opening, stance
from lirk.reports.sheet_texts import SheetVoice
from lirk.services import corrections, finding_replies, finding_texts, report_stages, reports
from lirk.services.remarks import mark_of
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
        return finding_replies.write_answer(store, actor, KEY, NORTH, typed, reader=READER, now=town.now)


def write_text(town, *, version=0):
    typed = FindingText(checklist_id=PLACE[0], item_id=PLACE[1], seen="Brevet er uklart.", version=version)
    with town.acting() as (store, actor):
        return finding_texts.write_finding_text(store, actor, KEY, NORTH, typed, reader=READER, now=town.now)


def note(town):
    return answer(town, ReplyOutcome.NOTED)


def correct(town, value="yes", *, seen=0):
    numbers = sorted(number for number, case in town.cases().items() if case.centre == NORTH)
    typed = TypedCorrection(
        checklist_id=PLACE[0], item_id=PLACE[1], number=numbers[0], value=value, reason="Bilag.", seen=seen
    )
    with town.acting() as (store, actor):
        return corrections.correct_answer(store, actor, KEY, NORTH, typed, reader=READER, now=town.now)


def reopen(town):
    """Publish the report of Center Nord, and open it again."""
    with town.acting() as (store, actor):
        round_ = store.rounds.by_key(KEY)
        stage = store.report_stages.of(round_.id, NORTH)
        again = reopened(published(stage, centre=NORTH, now=town.now), "Et tal.", centre=NORTH)
        store.report_stages.keep(round_.id, NORTH, again)
        store.trail.add("test", actor_id=actor.id, at=town.now)


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

    def test_not_by_the_leader_in_another_role(self, sent):
        reply(sent, "Et.", objects=True)
        sent.add("lone", Role.COORDINATOR, Role.CENTRE_LEADER, centres=[NORTH])
        with pytest.raises(AnswersOwnReplies) as refused:
            answer(sent, ReplyOutcome.ACCEPTED, "Ja.", who="lone")
        assert refused.value.values == {"centre": NORTH}
        sent.add("lise", Role.COORDINATOR, Role.CENTRE_LEADER, centres=[SOUTH])
        answer(sent, ReplyOutcome.ACCEPTED, "Ja.", who="lise")


class TestWhileAnAnswerIsCorrected:
    """What the coordinator and the leader have said stands as long as a correction rests on it."""

    @pytest.fixture
    def corrected(self, sent):
        reply(sent, "Et.", objects=True)
        answer(sent, ReplyOutcome.ACCEPTED, "Ja.")
        correct(sent)
        return sent

    def refused(self, change):
        with pytest.raises(ProblemsFound) as refused:
            change()
        [problem] = refused.value.problems
        return problem.code, problem.column

    def test_the_coordinator_takes_the_correction_back_first(self, corrected):
        def change():
            answer(corrected, ReplyOutcome.NOT_ACCEPTED, "Nej.", version=2)

        assert self.refused(change) == ("outcome-granted-correction", "outcome")
        assert report(corrected).replies[0].outcome is ReplyOutcome.ACCEPTED
        correct(corrected, "no", seen=1)
        change()
        assert report(corrected).replies[0].outcome is ReplyOutcome.NOT_ACCEPTED

    def test_it_may_still_be_granted_in_part(self, corrected):
        answer(corrected, ReplyOutcome.PARTLY_ACCEPTED, "I sag 1.", version=2)
        assert report(corrected).replies[0].answer == "I sag 1."

    @pytest.mark.parametrize("comment", ["", "Et."])
    def test_the_leader_neither_withdraws_it_nor_makes_it_a_remark(self, corrected, comment):
        def change():
            reply(corrected, comment, version=2)

        assert self.refused(change) == ("objection-granted-correction", "comment")
        assert report(corrected).replies[0].objects
        correct(corrected, "no", seen=1)
        change()

    def test_the_leader_may_put_it_otherwise(self, corrected):
        reply(corrected, "To.", version=2, objects=True)
        assert report(corrected).replies[0].comment == "To."


class TestVersions:
    def test_what_was_said_of_an_earlier_version_says_so(self, sent):
        reply(sent, "Et.", objects=True)
        assert report(sent).replies[0].to_version is None
        reopen(sent)
        told = report(sent)
        voice = SheetVoice(READER.words)
        assert told.replies[0].to_version == 1
        assert "til version 1" in stance(told.replies[0], voice)
        assert "ikke fået version 2 som udkast" in opening(told, voice)[0]
        later = timedelta(hours=1)
        with sent.acting() as (store, actor):
            day = (sent.now + DAYS).date()
            report_stages.send_report(store, actor, KEY, NORTH, day, now=sent.now + later)
        assert report(sent).replies[0].to_version == 1
        assert "om en tidligere version" in opening(report(sent), voice)[0]
        reply(sent, "To.", version=1, objects=True, after=2 * later)
        assert report(sent).replies[0].to_version is None
        assert "har læst rapporten" in opening(report(sent), voice)[0]


class TestNothingToAdd:
    def say(self, town, *, who="leder", centre=NORTH, after=timedelta(), take_back=False, seen=None):
        now = town.now + after
        mark = mark_of(report(town, centre)) if seen is None else seen
        with town.acting(who) as (store, actor):
            if take_back:
                return finding_replies.have_remarks(store, actor, KEY, centre, now=now)
            return finding_replies.say_no_remarks(
                store, actor, KEY, centre, seen=mark, reader=READER, now=now
            )

    def stage(self, town):
        with town.acting() as (store, actor):
            found = report_stages.stages_of(store, actor, KEY, now=town.now).centres
        return next(one for one in found if one.centre == NORTH)

    def test_the_leader_is_heard_and_the_report_says_so(self, sent):
        assert self.stage(sent).unheard
        said = self.say(sent)
        assert (said.no_remarks_at, self.stage(sent).unheard) == (sent.now, False)
        assert report(sent).stage == said
        assert has_chapter(report(sent))
        [line] = opening(report(sent), SheetVoice(READER.words))
        assert "ikke at have bemærkninger til den." in line
        with sent.acting("leder") as (store, actor):
            assert report_stages.awaited_replies(store, actor, today=sent.now.date()) == ()

    def test_it_is_printed(self, sent):
        self.say(sent)
        pages = PdfReader(BytesIO(reports.centre_file(report(sent), READER))).pages
        printed = " ".join(" ".join(page.extract_text() for page in pages).split())
        assert "har læst rapporten som udkast og meddelte" in printed.replace("\u00ad", "")

    def test_it_is_taken_back_by_the_leader_or_by_a_comment(self, sent):
        self.say(sent)
        self.say(sent, take_back=True)
        assert self.stage(sent).unheard
        assert not has_chapter(report(sent))
        self.say(sent)
        reply(sent, "Brevet er klart.")
        assert self.stage(sent).stage.no_remarks_at is None
        assert [entry.action for entry in sent.trail()[-5:]] == [
            "report-without-remarks",
            "report-has-remarks",
            "report-without-remarks",
            "finding-reply-written",
            "report-has-remarks",
        ]

    def test_saying_it_again_changes_nothing(self, sent):
        first, trail = self.say(sent), len(sent.trail())
        assert self.say(sent, after=timedelta(days=1)) == first
        self.say(sent, take_back=True)
        self.say(sent, take_back=True)
        assert len(sent.trail()) == trail + 1

    def test_after_a_comment_there_is_no_more_to_say(self, sent):
        reply(sent, "Brevet er klart.")
        self.say(sent)
        *_, line = opening(report(sent), SheetVoice(READER.words))
        assert "ikke at have flere bemærkninger." in line
        assert len(report(sent).replies) == 1

    def test_emptying_a_comment_does_not_take_it_back(self, sent):
        reply(sent, "Brevet er klart.")
        self.say(sent)
        reply(sent, "", version=1)
        assert not self.stage(sent).unheard

    @pytest.mark.parametrize("act", ["text", "answer", "correction"])
    def test_a_change_of_the_draft_takes_it_back_and_the_leader_is_asked_again(self, sent, act):
        if act != "text":
            reply(sent, "Et.", objects=act == "correction")
        if act == "correction":
            answer(sent, ReplyOutcome.ACCEPTED, "Ja.")
        self.say(sent)
        assert {"text": write_text, "answer": note, "correction": correct}[act](sent).asked_again
        assert self.stage(sent).stage.no_remarks_at is None
        entry = sent.trail()[-1]
        assert (entry.action, dict(entry.about)) == (
            "report-remarks-outdated",
            {"round": KEY, "centre": NORTH, "version": 1},
        )
        # Also where something is written: it was not all.
        assert self.stage(sent).unheard
        with sent.acting("leder") as (store, actor):
            [one] = report_stages.awaited_replies(store, actor, today=sent.now.date())
        assert one.centre == NORTH

    def test_the_same_text_again_changes_nothing(self, sent):
        write_text(sent)
        self.say(sent)
        assert not write_text(sent, version=1).asked_again
        assert self.stage(sent).stage.no_remarks_at == sent.now

    def test_not_of_a_draft_that_was_changed_since_it_was_seen(self, sent):
        seen = mark_of(report(sent))
        write_text(sent)
        for old in (seen, ""):
            with pytest.raises(DraftChanged):
                self.say(sent, seen=old)
        assert self.stage(sent).unheard
        self.say(sent)

    def test_it_says_nothing_of_the_next_version(self, sent):
        self.say(sent)
        reopen(sent)
        assert self.stage(sent).unheard

    @pytest.mark.parametrize("take_back", [False, True])
    def test_only_the_leader_and_only_while_replies_are_taken(self, sent, take_back):
        with pytest.raises(NotFound):
            self.say(sent, who="syd", take_back=take_back)
        for who in (None, "anne"):
            with pytest.raises(NotAllowed):
                self.say(sent, who=who, take_back=take_back)
        with pytest.raises(ReplyTooLate):
            self.say(sent, after=DAYS + timedelta(days=1), take_back=take_back)

    def test_not_before_the_draft_is_sent(self, town):
        with pytest.raises(ReportNotSent):
            self.say(town)


class TestAwaited:
    def awaited(self, town, who="leder", after=timedelta()):
        with town.acting(who) as (store, actor):
            return report_stages.awaited_replies(store, actor, today=(town.now + after).date())

    def test_a_leader_is_asked_for_the_own_centre_until_that_was_all_or_the_day_is_gone(self, sent):
        [one] = self.awaited(sent)
        assert (one.centre, one.address) == (NORTH, "center-nord")
        assert self.awaited(sent, after=DAYS + timedelta(days=1)) == ()
        assert self.awaited(sent, who="anne") == ()
        reply(sent, "Et.")
        [again] = self.awaited(sent)
        assert (one.replied, again.replied) == (False, True)
        assert self.awaited(sent, after=DAYS) == (again,)
        seen = mark_of(report(sent))
        with sent.acting("leder") as (store, actor):
            finding_replies.say_no_remarks(store, actor, KEY, NORTH, seen=seen, reader=READER, now=sent.now)
        assert self.awaited(sent) == ()
