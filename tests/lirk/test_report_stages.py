"""Which steps are open in which stage of a centre's report, as one table; dates, versions and reasons."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from lirk.domain.finding_replies import FindingReply, commented
from lirk.domain.report_stages import (
    LONGEST_REASON,
    ReplyOutcome,
    ReplyTooLate,
    ReportNotPublished,
    ReportNotSent,
    ReportPublished,
    ReportStage,
    ReportState,
    ReportStep,
    check_reply,
    check_report_step,
    date_problems,
    published,
    reopened,
    sent,
    with_remarks,
    without_remarks,
)
from lirk.errors import ProblemsFound
from lirk.wording import Wording
from lirk.wording.report_stage_lines import ReadBy, stage_line

NOW = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
TODAY, LATER = NOW.date(), NOW.date() + timedelta(days=14)
DRAFT = ReportStage()
WITH_LEADER = ReportStage(state=ReportState.WITH_LEADER, reply_by=LATER, sent_at=NOW)
READ = replace(WITH_LEADER, no_remarks_at=NOW)
OUT = ReportStage(state=ReportState.PUBLISHED, reply_by=LATER, sent_at=NOW, published_at=NOW)
SECOND = ReportStage(version=2, correction="Et tal var forkert.")

#: For each stage, what each step meets: nothing, or this refusal.
TABLE = [
    (DRAFT, ReportStep.SEND, None),
    (DRAFT, ReportStep.REPLY, ReportNotSent),
    (DRAFT, ReportStep.ANSWER, None),
    (DRAFT, ReportStep.WRITE, None),
    (DRAFT, ReportStep.PUBLISH, ReportNotSent),
    (DRAFT, ReportStep.REOPEN, ReportNotPublished),
    (WITH_LEADER, ReportStep.SEND, None),
    (WITH_LEADER, ReportStep.REPLY, None),
    (WITH_LEADER, ReportStep.ANSWER, None),
    (WITH_LEADER, ReportStep.WRITE, None),
    (WITH_LEADER, ReportStep.PUBLISH, None),
    (WITH_LEADER, ReportStep.REOPEN, ReportNotPublished),
    (OUT, ReportStep.SEND, ReportPublished),
    (OUT, ReportStep.REPLY, ReportPublished),
    (OUT, ReportStep.ANSWER, ReportPublished),
    (OUT, ReportStep.WRITE, ReportPublished),
    (OUT, ReportStep.PUBLISH, ReportPublished),
    (OUT, ReportStep.REOPEN, None),
    (SECOND, ReportStep.REPLY, ReportNotSent),
    (SECOND, ReportStep.PUBLISH, None),
    (SECOND, ReportStep.REOPEN, ReportNotPublished),
]


def reply(**said):
    return FindingReply(checklist_id="breve", item_id="clear", **said)


class TestSteps:
    @pytest.mark.parametrize(("stage", "step", "refusal"), TABLE)
    def test_each_is_open_or_refused_as_the_table_says(self, stage, step, refusal):
        if refusal is None:
            check_report_step(stage, step, centre="Center Nord")
            return
        with pytest.raises(refusal) as refused:
            check_report_step(stage, step, centre="Center Nord")
        assert refused.value.values == {"centre": "Center Nord"}

    def test_the_table_has_every_step_of_every_state(self):
        assert {(stage.state, step) for stage, step, _ in TABLE} == {
            (state, step) for state in ReportState for step in ReportStep
        }


class TestReplying:
    def test_up_to_and_with_the_day(self):
        check_reply(WITH_LEADER, centre="Center Nord", today=LATER)
        with pytest.raises(ReplyTooLate) as refused:
            check_reply(WITH_LEADER, centre="Center Nord", today=LATER + timedelta(days=1))
        assert refused.value.values == {"day": LATER}


class TestNothingToAdd:
    def test_the_first_time_stays_and_is_kept_when_it_is_published_or_the_day_moved(self):
        later = NOW + timedelta(hours=1)
        assert without_remarks(WITH_LEADER, centre="Center Nord", now=NOW) == READ
        assert without_remarks(READ, centre="Center Nord", now=later) == READ
        assert sent(READ, TODAY, centre="Center Nord", now=later).no_remarks_at == NOW
        out = published(READ, centre="Center Nord", now=later)
        assert out.no_remarks_at == NOW
        assert reopened(out, "Et tal var forkert.", centre="Center Nord").no_remarks_at is None

    def test_it_can_be_taken_back(self):
        assert with_remarks(READ, centre="Center Nord", today=LATER) == WITH_LEADER

    @pytest.mark.parametrize(
        ("stage", "at", "refusal"),
        [
            pytest.param(DRAFT, NOW, ReportNotSent, id="not sent"),
            pytest.param(READ, NOW + timedelta(days=15), ReplyTooLate, id="the day has gone by"),
            pytest.param(OUT, NOW, ReportPublished, id="published"),
        ],
    )
    def test_only_while_replies_are_taken(self, stage, at, refusal):
        with pytest.raises(refusal):
            without_remarks(stage, centre="Center Nord", now=at)
        with pytest.raises(refusal):
            with_remarks(stage, centre="Center Nord", today=at.date())

    @pytest.mark.parametrize("today", [TODAY, LATER + timedelta(days=1)])
    def test_the_line_says_so_before_and_after_the_day(self, today):
        assert stage_line(READ, Wording("da"), today=today) == (
            "Udkast. Lederen har læst det og har ikke noget at tilføje (22. november 2026). Koordinatoren udgiver."
        )

    def test_the_line_says_no_more_where_the_leader_has_replied(self):
        line = stage_line(READ, Wording("da"), today=TODAY, replied=True)
        assert "har ikke flere bemærkninger (22. november 2026)" in line


class TestSent:
    def test_a_draft_goes_to_the_leader(self):
        assert sent(DRAFT, LATER, centre="Center Nord", now=NOW) == WITH_LEADER

    def test_the_day_can_be_moved_and_the_sending_stays(self):
        moved = sent(WITH_LEADER, TODAY, centre="Center Nord", now=NOW + timedelta(hours=1))
        assert (moved.reply_by, moved.sent_at) == (TODAY, NOW)

    def test_not_to_a_day_that_has_gone_by(self):
        with pytest.raises(ProblemsFound) as refused:
            sent(DRAFT, TODAY - timedelta(days=1), centre="Center Nord", now=NOW)
        [problem] = refused.value.problems
        assert (problem.code, problem.column) == ("reply-date-gone", "reply_by")
        assert problem.values == {"day": date(2026, 11, 21)}

    def test_where_there_is_none_the_example_is_a_day_to_come(self):
        [problem] = date_problems(None, today=TODAY)
        assert (problem.code, problem.values) == ("reply-date-missing", {"example": "06.12.2026"})

    def test_nor_to_one_more_than_a_year_ahead(self):
        last = TODAY + timedelta(days=365)
        assert sent(DRAFT, last, centre="Center Nord", now=NOW).reply_by == last
        with pytest.raises(ProblemsFound) as refused:
            sent(DRAFT, last + timedelta(days=1), centre="Center Nord", now=NOW)
        [problem] = refused.value.problems
        assert (problem.code, problem.values["last"]) == ("reply-date-far", last)


class TestVersions:
    def test_published_and_opened_again_it_is_the_next_version(self):
        assert published(WITH_LEADER, centre="Center Nord", now=NOW) == OUT
        assert reopened(OUT, "Et tal var forkert.", centre="Center Nord") == SECOND
        assert (OUT.latest, SECOND.latest, SECOND.replaces) == (1, 1, 1)

    @pytest.mark.parametrize(
        ("reason", "code"),
        [
            pytest.param(" ", "report-reason-missing", id="none"),
            pytest.param("x" * (LONGEST_REASON + 1), "text-too-long", id="too long"),
            pytest.param("Borger 010190-1234", "text-looks-like-cpr", id="a number"),
        ],
    )
    def test_a_reason_must_be_fit_for_the_cover(self, reason, code):
        with pytest.raises(ProblemsFound) as refused:
            reopened(OUT, reason, centre="Center Nord")
        assert [(one.code, one.column) for one in refused.value.problems] == [(code, "reason")]


class TestReply:
    def test_a_comment_that_is_changed_waits_for_an_answer_again(self):
        answered = reply(comment="Et.", version=2, answer="Nej.", outcome=ReplyOutcome.NOTED)
        assert commented(answered, "Et.", objects=False) == answered
        changed = commented(answered, "To.", objects=True)
        assert (changed.outcome, changed.answer, changed.open_objection) == (None, "Nej.", True)

    @pytest.mark.parametrize(
        ("said", "codes"),
        [
            pytest.param({"comment": "Et."}, ["reply-outcome-missing"], id="no outcome"),
            pytest.param({"comment": "Et.", "outcome": ReplyOutcome.NOTED}, [], id="noted without words"),
            pytest.param(
                {"comment": "Et.", "objects": True, "outcome": ReplyOutcome.NOTED, "answer": "Ja."},
                ["reply-outcome-missing"],
                id="an objection is not only noted",
            ),
            pytest.param(
                {"comment": "Et.", "objects": True, "outcome": ReplyOutcome.ACCEPTED},
                ["reply-answer-missing"],
                id="an objection is answered in words",
            ),
            pytest.param(
                {"comment": "Et.", "outcome": ReplyOutcome.NOTED, "answer": "Se 010190-1234"},
                ["text-looks-like-cpr"],
                id="a number",
            ),
        ],
    )
    def test_an_answer_is_whole(self, said, codes):
        assert [problem.code for problem in reply(**said).answer_problems()] == codes


class TestHeard:
    @pytest.mark.parametrize(
        ("stage", "today", "expected"),
        [
            pytest.param(WITH_LEADER, TODAY, True, id="there is still time, whatever is written so far"),
            pytest.param(WITH_LEADER, LATER, True, id="the last day"),
            pytest.param(WITH_LEADER, LATER + timedelta(days=1), False, id="the day has gone by"),
            pytest.param(READ, TODAY, False, id="the leader has nothing to add, or nothing more"),
            pytest.param(DRAFT, TODAY, True, id="it was not sent"),
            pytest.param(SECOND, TODAY, True, id="this version was not sent"),
        ],
    )
    def test_when_the_day_has_gone_by_or_the_leader_has_said_that_it_is_all(self, stage, today, expected):
        assert stage.unheard(today) is expected
        assert stage.awaits_leader(today) is (expected and stage.state is ReportState.WITH_LEADER)


LEADER, COORDINATOR = ReadBy(leads=True), ReadBy(publishes=True)
GONE = LATER + timedelta(days=1)


class TestLine:
    """Who acts next, told to whoever reads it."""

    @pytest.mark.parametrize(
        ("stage", "more", "said"),
        [
            pytest.param(DRAFT, {}, "Udkast. Koordinatoren sender det til lederen.", id="to be sent"),
            pytest.param(
                DRAFT, {"reader": COORDINATOR}, "Udkast. Du sender det til lederen.", id="to be sent by you"
            ),
            pytest.param(
                DRAFT,
                {"led": False},
                "Udkast. Centret har ingen leder i LIRK, der kan svare. Koordinatoren sender det med en frist og "
                "udgiver det.",
                id="nobody to send it to",
            ),
            pytest.param(
                WITH_LEADER,
                {"reader": LEADER},
                "Udkast. Du kan svare til og med 6. december 2026.",
                id="you reply",
            ),
            pytest.param(
                WITH_LEADER,
                {"reader": LEADER, "today": GONE},
                "Udkast. Din frist for at svare var 6. december 2026. Koordinatoren udgiver.",
                id="your day is gone",
            ),
            pytest.param(
                WITH_LEADER,
                {"reader": COORDINATOR, "today": GONE, "objects": True},
                "Udkast. Lederens frist var 6. december 2026. Du svarer på indsigelsen, før rapporten kan udgives.",
                id="you answer first",
            ),
            pytest.param(
                WITH_LEADER,
                {"led": False, "reader": COORDINATOR},
                "Udkast. Centret har ingen leder i LIRK, der kan svare. Du udgiver.",
                id="nobody replies",
            ),
            pytest.param(
                READ,
                {"replied": True, "objects": True},
                "Udkast. Lederen har svaret og har ikke flere bemærkninger (22. november 2026). Koordinatoren svarer "
                "på indsigelsen, før rapporten kan udgives.",
                id="an objection is answered first",
            ),
            pytest.param(
                READ,
                {"replied": True, "objects": True, "reader": LEADER},
                "Udkast. Du har svaret og har ikke flere bemærkninger (22. november 2026). Koordinatoren svarer på "
                "indsigelsen, før rapporten kan udgives.",
                id="yours is",
            ),
            pytest.param(
                READ,
                {"reader": LEADER},
                "Udkast. Du har læst det og har ikke noget at tilføje (22. november 2026). Koordinatoren udgiver.",
                id="you have nothing to add",
            ),
            pytest.param(
                READ,
                {"replied": True, "objects": True, "reader": ReadBy(leads=True, publishes=True)},
                "Udkast. Du har svaret og har ikke flere bemærkninger (22. november 2026). Koordinatoren svarer på "
                "indsigelsen, før rapporten kan udgives.",
                id="nobody answers the own objection",
            ),
            pytest.param(
                SECOND,
                {"reader": COORDINATOR},
                "Udkast til version 2. Du retter, sender eller udgiver.",
                id="you correct",
            ),
        ],
    )
    def test_as_the_reader_is_told(self, stage, more, said):
        assert stage_line(stage, Wording("da"), **{"today": TODAY, **more}) == said
