"""A copy for others: by enumeration, nothing that is hidden in it can be told from it."""

import csv
import json
from collections import defaultdict
from dataclasses import fields, replace
from datetime import date
from functools import cache
from io import BytesIO, StringIO

import pytest
import report_values as values
from held_types import held_by
from pypdf import PdfReader
from small_round import CHECKLIST

from lirk.domain.copies import CentreCopy, copy_for_others, gates_of
from lirk.domain.report_stages import ReportStage, ReportState
from lirk.domain.reports import CaseResult, Counts
from lirk.domain.small_numbers import Hidden
from lirk.reports.copy_files import copy_csv, copy_json
from lirk.reports.copy_pdf import copy_pdf
from lirk.reports.copy_sentences import read_line
from lirk.reports.sheet_texts import SheetVoice
from lirk.reports.sheet_texts import plain as unmarked
from lirk.services.checklists import parse
from lirk.wording import Wording

DANISH = Wording("da")
UNDER, AWAY = Hidden.UNDER_FIVE, Hidden.WITHHELD


def counts_of(row):
    return Counts(**dict(zip((result.value for result in CaseResult), row, strict=True)))


def report_of(*rows, missing=0, severity="serious"):
    """A report with one theme, whose items are of one severity and have these counts."""
    whole = values.centre_report(drawn=20)
    result = whole.checklists[0]
    theme = result.themes[1]
    items = tuple(
        replace(
            item,
            item_id=f"item-{at}",
            number=f"1.{at}",
            counts=counts_of(row),
            scored=True,
            severity=severity,
        )
        for at, (item, row) in enumerate(zip(theme.items, rows, strict=False), 1)
    )
    read = sum(rows[0]) - missing
    result = replace(
        result,
        reviewed=read,
        missing=missing,
        themes=(replace(theme, items=items),),
    )
    return replace(whole, checklists=(result,), reviewed=read)


def copied(*rows, gates=(), **changes):
    """A copy; ``gates`` are items that end a review, or by item those that it asks."""
    asked = gates if isinstance(gates, dict) else dict.fromkeys(gates, ())
    return copy_for_others(report_of(*rows, **changes), {values.LAWFUL: asked})


def cells(copy):
    return [item.cells for one in copy.checklists for theme in one.themes for item in theme.items]


class TestCounts:
    def test_small_ones_are_hidden_row_by_row(self):
        assert cells(copied((20, 0, 0, 0, 0), (12, 0, 3, 5, 0))) == [
            (20, 0, 0, 0, 0),
            (AWAY, AWAY, UNDER, 5, AWAY),
        ]

    def test_cases_that_could_not_be_found_are_no_part_of_a_row(self):
        """They are in every row's last count, and their number stands in the overview."""
        assert cells(copied((15, 0, 0, 0, 5), missing=5)) == [(15, 0, 0, 0, 0)]

    def test_an_item_that_decides_what_is_asked_shows_nothing_beside_a_small_count(self):
        rows = ((12, 0, 3, 5, 0), (20, 0, 0, 0, 0))
        assert cells(copied(*rows, gates={"item-1", "item-2"})) == [(AWAY,) * 5, (20, 0, 0, 0, 0)]

    @pytest.mark.parametrize(
        ("row", "shown"),
        [
            pytest.param((13, 0, 7, 0, 0), False, id="answered no"),
            pytest.param((13, 7, 0, 0, 0), True, id="partly"),
            pytest.param((18, 2, 0, 0, 0), False, id="a small count"),
            pytest.param((20, 0, 0, 0, 0), True, id="in order"),
        ],
    )
    def test_of_a_critical_item_it_is_not_said_how_many_decisions_cannot_stand(self, row, shown):
        assert cells(copied(row, severity="critical")) == [row if shown else (AWAY,) * 5]

    def test_nor_can_it_be_told_from_the_items_that_were_asked_by_it(self):
        """8 of 40 decisions fail on the first item; the second was asked in the 22 others, and the third by that."""
        rows = ((22, 0, 8, 10, 0), (22, 0, 0, 18, 0), (22, 0, 0, 18, 0), (30, 0, 0, 10, 0))
        asked = {"item-1": {"item-2"}, "item-2": {"item-3"}}
        assert cells(copied(*rows, gates=asked, severity="critical")) == [*[(AWAY,) * 5] * 3, rows[3]]
        assert cells(copied(*rows, gates=asked)) == list(rows)

    def test_an_item_that_only_asks_is_left_out(self):
        report = report_of((20, 0, 0, 0, 0), (20, 0, 0, 0, 0))
        result = report.checklists[0]
        theme = result.themes[0]
        asks = replace(theme.items[0], scored=False)
        theme = replace(theme, items=(asks, theme.items[1]))
        report = replace(report, checklists=(replace(result, themes=(theme,)),))
        assert len(cells(copy_for_others(report, {}))) == 1


class TestNothingCanBeToldFromIt:
    def test_each_item_is_said_by_itself(self):
        """So that the tables below may be made row by row."""
        rows = ((12, 0, 3, 5, 0), (8, 1, 1, 10, 0))
        assert cells(copied(*rows)) == [_said(row) for row in rows]

    @pytest.mark.parametrize("cases", [1, 2, 5, 9, 10, 12, 14])
    def test_two_values_remain_for_each_hidden_count_over_all_that_is_printed(self, cases):
        """Every report of two items that are not relevant in the same cases, and that could always be assessed."""
        alike = defaultdict(list)
        for one, other in _pairs(cases):
            alike[_said(one), _said(other)].append((one, other))
        for (row, other_row), found in alike.items():
            # How many cases neither applied to is not withheld where it is not small, in one row or the other.
            told = any(isinstance(one[3], int) for one in (row, other_row))
            for at, said in enumerate((row, other_row)):
                for place in range(4):
                    left = {rows[at][place] for rows in found}
                    shown = not isinstance(said[place], Hidden) or (place == 3 and told)
                    assert shown or len(left) >= 2, (said, place)

    def test_an_item_s_follow_up_does_not_tell_it(self):
        """The second is asked in the cases in which the first is »no«; both are in hand."""
        for cases in (9, 12, 14):
            alike = defaultdict(set)
            for first, second in _followed(cases):
                said = (_said(first, gates=frozenset({"item-1"})), _said(second))
                alike[said].add((first, second))
            for said, found in alike.items():
                for at, place in ((at, place) for at in range(2) for place in range(5)):
                    small = {rows[at][place] for rows in found}
                    if said[at][place] is UNDER or (said[at][place] is AWAY and small & {1, 2, 3, 4}):
                        assert len(small) >= 2, (said, at, place)


def _rows(cases, parts):
    if parts == 1:
        return [(cases,)]
    return [(one, *rest) for one in range(cases + 1) for rest in _rows(cases - one, parts - 1)]


def _pairs(cases):
    """Yield yes, partly, no of two items; the rest of the cases are relevant to neither."""
    for none in range(cases + 1):
        divided = _rows(cases - none, 3)
        for one in divided:
            yield from (((*one, none, 0), (*other, none, 0)) for other in divided)


def _followed(cases):
    for yes, no, none in _rows(cases, 3):
        for second in _rows(no, 2):
            yield (yes, 0, no, none, 0), (second[0], 0, second[1], cases - no, 0)


@cache
def _said(row, gates=frozenset()):
    """What a copy says of an item: page, PDF and CSV are made from nothing else."""
    (said,) = cells(copied(row, gates=gates))
    return said


class TestWhatLeaves:
    def test_it_has_no_place_for_what_stays(self):
        held, _ = held_by(CentreCopy)
        names = {one.name for kind in held for one in fields(kind)}
        assert not names & {
            *("counts", "share", "verdicts", "mean_percent", "disagreements", "stopped", "missing"),
            *("findings", "seen", "advice", "examples", "recommendation", "replies", "meeting", "assessment"),
            *("outcome", "status", "case_type", "decision_date", "critical_breaches", "reviewed", "drawn"),
        }

    def test_a_case_stands_with_its_month(self):
        copy = copy_for_others(values.centre_report(), {})
        assert {case.month.day for case in copy.cases} == {1}
        assert copy.cases[0].month == date(2026, 2, 1)

    def test_a_draft_is_marked_as_one(self):
        draft = replace(values.centre_report(), stage=ReportStage(state=ReportState.WITH_LEADER))
        issued = replace(values.centre_report(), stage=ReportStage(state=ReportState.PUBLISHED))
        assert [copy_for_others(one, {}).draft for one in (draft, issued)] == [True, False]


class TestGates:
    FOLLOWED = CHECKLIST.replace(
        'applies_when = { id = "outcome", is = "refusal" }', 'applies_when = { id = "clear", is = "no" }'
    )

    def test_facts_are_none(self):
        assert gates_of(parse(CHECKLIST)) == {}

    def test_an_item_that_another_waits_for_is_one(self):
        assert gates_of(parse(self.FOLLOWED)) == {"clear": {"reasons"}}


class TestFiles:
    COPY = copied((20, 0, 0, 0, 0), (12, 0, 3, 5, 0), (1, 0, 0, 19, 0))

    def test_csv(self):
        text = copy_csv(self.COPY, DANISH).decode("utf-8-sig")
        rows = list(csv.DictReader(StringIO(text), delimiter=";"))
        heads = ["Ja", "Delvist", "Nej", "Ikke relevant", "Kan ikke vurderes"]
        assert [[row[head] for head in heads] for row in rows] == [
            ["20", "0", "0", "0", "0"],
            ["skjult", "skjult", "under 5", "5", "skjult"],
            ["skjult"] * 5,
        ]
        assert {row["Gennemgået"] for row in rows} == {"20"}

    def test_json_has_the_same_counts_and_hides_the_same(self):
        [checklist] = json.loads(copy_json(self.COPY))["checklists"]
        rows = [item["cells"] for theme in checklist["themes"] for item in theme["items"]]
        assert {tuple(row) for row in rows} == {tuple(one.value for one in CaseResult)}
        assert [[*row.values()] for row in rows] == [
            [20, 0, 0, 0, 0],
            ["withheld", "withheld", "under-five", 5, "withheld"],
            ["withheld"] * 5,
        ]

    def test_pdf(self):
        content = copy_pdf(self.COPY, DANISH)
        assert content == copy_pdf(self.COPY, DANISH)
        text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())
        assert "skjult skjult under 5 5 skjult" in text.replace("\u00a0", " ")
        assert "februar 2026" in text
        assert "Kopi til andre" in text
        assert values.RECOMMENDATION[:40] not in text

    def test_the_version_of_a_published_report_stands_everywhere(self):
        stages = (ReportStage(state=ReportState.PUBLISHED, version=2), ReportStage(version=2))
        out, draft = (
            copy_for_others(replace(report_of((20, 0, 0, 0, 0)), stage=stage), {}) for stage in stages
        )
        assert [json.loads(copy_json(one))["version"] for one in (out, draft)] == [2, 0]
        said = "Kopi til andre · Rapportens version 2"
        for copy, marked in ((out, said), (draft, "Kopi til andre · Udkast")):
            [row] = csv.DictReader(StringIO(copy_csv(copy, DANISH).decode("utf-8-sig")), delimiter=";")
            assert row["Bemærkning"] == marked
            pages = [page.extract_text() for page in PdfReader(BytesIO(copy_pdf(copy, DANISH))).pages]
            assert all(marked in " ".join(page.split()) for page in pages)

    def test_english(self):
        text = copy_csv(self.COPY, Wording("en")).decode("utf-8-sig")
        assert "hidden;hidden;under 5;5;hidden" in text


@pytest.mark.parametrize(
    ("read", "told"),
    [
        (1, "1 gennemgået sag af 312 i registret. Den er talt med på hvert punkt."),
        (20, "20 gennemgåede sager af 312 i registret. De er alle talt med på hvert punkt."),
    ],
)
def test_every_item_counts_all_the_cases_that_were_read(read, told):
    copy = copied((20, 0, 0, 0, 0))
    checklist = replace(copy.checklists[0], read=read)
    assert unmarked(read_line(copy, checklist, SheetVoice(DANISH))) == told
