"""A report is kept when it is published and read again without loss, or not at all."""

import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import report_values as values
from odd_reports import ODD, assessed
from printed_reports import report as printed

from lirk.domain.corrections import Correction
from lirk.domain.meetings import Meeting
from lirk.domain.report_stages import ReplyOutcome, ReportStage, ReportState
from lirk.domain.reports import AgreementLine, Exclusion, Reply, StoppedCases
from lirk.reports.kept_values import kept_value, report_in

AT = datetime(2026, 11, 22, 14, 5, 30, 123456, tzinfo=timezone(timedelta(hours=1)))


def full():
    """A report in which every part that may be missing is there."""
    whole = assessed(printed())
    first = replace(
        whole.checklists[0],
        stopped=(StoppedCases(verdict_id="x", title="Kan ikke stå", numbers=(3, 14)),),
        disagreements=(7,),
    )
    method = replace(
        whole.method,
        exclusions=(Exclusion(reason="period", value="æøå 🦄", count=3),),
        agreement=(
            AgreementLine(
                checklist_id="breve", title="Breve", cases=4, pairs=8, alike=7, ac1=0.1 + 0.2, alpha=1 / 3
            ),
        ),
        hours=41,
    )
    return replace(
        whole,
        checklists=(first, *whole.checklists[1:]),
        method=method,
        corrections=(
            Correction(
                number=4,
                checklist_id="breve",
                item_id="clear",
                item_number="1.1",
                question="Er »brevet« klart?",
                before="no",
                before_text="Nej",
                after="yes",
                after_text="Ja",
                reason="Bilag 2",
                day=date(2026, 11, 1),
            ),
        ),
        meeting=Meeting(held_on=date(2026, 12, 1), leader=True, staff=12, agreed="Et\ntiltag.", version=2),
        stage=ReportStage(
            state=ReportState.PUBLISHED, version=2, reply_by=date(2026, 12, 1), sent_at=AT, published_at=AT
        ),
        replies=(
            Reply(
                number=None,
                checklist_id="breve",
                item_id="clear",
                item="1.1",
                question="Er brevet klart?",
                comment="Nej.",
                objects=True,
                outcome=ReplyOutcome.PARTLY_ACCEPTED,
                answer="Jo.",
            ),
        ),
    )


REPORTS = {
    **ODD,
    "full": full,
    "sample": values.centre_report,
    "census": values.small_report,
    "moved clock": lambda: replace(
        values.centre_report(), method=replace(values.method(), committed_at=datetime(2026, 3, 1, tzinfo=UTC))
    ),
}


def changed(change):
    """What is kept of a report, after a change of its JSON."""
    kept = json.loads(kept_value(full()))
    change(kept)
    return json.dumps(kept).encode()


class TestRoundTrip:
    @pytest.mark.parametrize("name", REPORTS)
    def test_nothing_is_lost_not_even_the_kind_of_a_value(self, name):
        report = REPORTS[name]()
        again = report_in(kept_value(report))
        assert again == report
        assert repr(again) == repr(report)

    def test_the_same_report_gives_the_same_bytes(self):
        assert kept_value(full()) == kept_value(full())

    def test_every_part_of_a_report_is_in_the_one_that_is_tried(self):
        report = full()
        empty = {field.name for field in fields(report) if getattr(report, field.name) in (None, (), "")}
        assert empty == set()


class TestOtherPrograms:
    @pytest.mark.parametrize(
        "change",
        [
            pytest.param(lambda kept: kept.update(format="lirk-kept-report/2"), id="another format"),
            pytest.param(lambda kept: kept["report"].update(mood="bad"), id="a part that is unknown now"),
            pytest.param(
                lambda kept: kept["report"]["checklists"][0]["themes"][0].update(colour="red"),
                id="a part deep inside that is unknown now",
            ),
            pytest.param(lambda kept: kept["report"].pop("drawn"), id="a part that is missing"),
            pytest.param(lambda kept: kept["report"].update(drawn="many"), id="a part of another kind"),
            pytest.param(
                lambda kept: kept["report"]["stage"].update(state="burnt"), id="a word that is unknown now"
            ),
        ],
    )
    def test_what_cannot_be_said_whole_is_not_read(self, change):
        assert report_in(changed(change)) is None

    @pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"null", b"[]"])
    def test_nor_what_is_no_report(self, content):
        assert report_in(content) is None

    def test_what_was_added_since_has_its_default(self):
        found = report_in(changed(lambda kept: kept["report"].pop("replies")))
        assert found == replace(full(), replies=())
