from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.load import load
from lirk.domain.figures import ReviewedCase, counts_of, mean_percent, readings, share_of
from lirk.domain.reports import Counts

CHECKLIST = load("""
format = "lirk-checklist/1"
id = "hearing"
version = 1
subject = "case"
status_date = 2026-03-08
title = { da = "Partshøring" }
purpose = { da = "Prøve" }
responsible = { da = "Jura" }
not_applicable = "drop"
cannot_assess = "out"
[[facts]]
id = "new_facts"
question = { da = "Er der nye oplysninger?" }
values = [ { code = "yes", text = { da = "Ja" } }, { code = "no", text = { da = "Nej" } } ]
[[themes]]
id = "hearing"
title = { da = "Partshøring" }
[[themes.items]]
id = "heard"
question = { da = "Er borgeren hørt?" }
severity = "serious"
rule = "guarantee"
weight = 1
core = true
recommendation = { da = "Hør." }
applies_when = { id = "new_facts", is = "yes" }
[[themes.items]]
id = "noted"
question = { da = "Er høringen noteret?" }
severity = "minor"
rule = "order"
weight = 1
core = true
recommendation = { da = "Notér." }
[[verdicts]]
id = "in-order"
title = { da = "I orden" }
positive = true
""")


def case(number, status="reviewed", **answers):
    return ReviewedCase(number=number, status=status, answers={"hearing": answers})


class TestCountsOf:
    def test_one_cell_for_each_result(self):
        results = ["yes", "yes", "partly", "no", "no", "no", "not_applicable", "cannot_assess"]
        assert counts_of(results) == Counts(yes=2, partly=1, no=3, not_applicable=1, cannot_assess=1)

    def test_an_answer_without_meaning_counts_nowhere(self):
        assert counts_of(["none", "yes"]) == Counts(yes=1)


class TestReadings:
    def test_an_item_that_facts_hide_is_not_applicable(self):
        read = readings(
            CHECKLIST,
            [
                case(1, new_facts="yes", heard="no", noted="yes"),
                case(2, new_facts="no", noted="yes"),
                case(3, new_facts="no", heard="no", noted="partly"),
            ],
            population=9,
        )
        assert read.item_counts("heard") == Counts(no=1, not_applicable=2)
        assert read.item_counts("noted") == Counts(yes=2, partly=1)
        assert read.theme_counts("hearing") == Counts(no=1, yes=1, partly=1)

    @pytest.mark.parametrize("status", ["not-found", "no-access"])
    def test_a_missing_case_cannot_be_assessed_anywhere(self, status):
        read = readings(CHECKLIST, [case(1, new_facts="no", noted="yes"), case(2, status)], population=9)
        assert read.item_counts("heard") == Counts(not_applicable=1, cannot_assess=1)
        assert read.item_counts("noted") == Counts(yes=1, cannot_assess=1)
        assert read.theme_counts("hearing") == Counts(yes=1, cannot_assess=1)

    def test_a_case_out_of_scope_counts_nowhere_and_leaves_the_population(self):
        read = readings(
            CHECKLIST, [case(1, "out-of-scope"), case(2, new_facts="no", noted="yes")], population=9
        )
        assert read.item_counts("noted") == Counts(yes=1)
        assert read.population == 8

    @pytest.mark.parametrize(
        "unfinished",
        [
            pytest.param(case(1), id="nothing answered"),
            pytest.param(case(1, noted="yes"), id="a fact is missing"),
            pytest.param(case(1, new_facts="yes", noted="yes"), id="an item is missing"),
            pytest.param(case(1, new_facts="no", noted="maybe"), id="an answer that does not exist"),
            pytest.param(case(1, "to-review", new_facts="no", noted="yes"), id="still to be reviewed"),
        ],
    )
    def test_what_is_not_finished_counts_nowhere(self, unfinished):
        read = readings(CHECKLIST, [unfinished, case(2, new_facts="no", noted="no")], population=9)
        assert read.item_counts("noted") == Counts(no=1)
        assert [number for number, _ in read.scores] == [2]


class TestShareOf:
    def test_nine_of_41_relevant_cases_of_48_in_a_register_of_312(self):
        """32 yes, 4 partly, 5 no; 5 not applicable: at most 307 apply; 2 could not be assessed."""
        counts = Counts(yes=32, partly=4, no=5, not_applicable=5, cannot_assess=2)
        share = share_of(counts, population=312, limit=10)
        assert (counts.total, share.hits, share.assessed, share.population) == (48, 32, 41, 307)
        assert share.share == 32 / 41
        assert (share.worst, share.best) == (32 / 43, 34 / 43)
        assert (share.count_lower, share.count_upper) == counted_limits(32, 41, 307)
        assert (share.lower, share.upper) == (share.count_lower / 307, share.count_upper / 307)
        assert not share.census

    @pytest.mark.parametrize(
        ("yes", "no", "shown"),
        [
            pytest.param(9, 0, False, id="nine"),
            pytest.param(4, 6, True, id="ten"),
            pytest.param(0, 10, True, id="ten, all no"),
        ],
    )
    def test_no_share_below_the_small_number_limit(self, yes, no, shown):
        counts = Counts(yes=yes, no=no, not_applicable=20, cannot_assess=20)
        assert (share_of(counts, population=100, limit=10) is not None) is shown

    def test_no_share_of_nothing_whatever_the_limit(self):
        assert share_of(Counts(not_applicable=3), population=9, limit=0) is None

    def test_when_every_case_was_read_the_limits_have_no_width(self):
        share = share_of(Counts(yes=9, no=3, not_applicable=4), population=16, limit=10)
        assert share.census
        assert share.lower == share.share == share.upper == 0.75
        assert share.count_lower == share.count_upper == 9

    def test_a_census_with_a_missing_case_keeps_its_width(self):
        share = share_of(Counts(yes=9, no=3, cannot_assess=1), population=13, limit=10)
        assert not share.census
        assert (share.count_lower, share.count_upper) == (9, 10)

    @given(st.data())
    def test_the_share_lies_within_its_limits_and_between_worst_and_best(self, data):
        cells = [data.draw(st.integers(0, 20)) for _ in range(5)]
        counts = Counts(
            **dict(zip(("yes", "partly", "no", "not_applicable", "cannot_assess"), cells, strict=True))
        )
        share = share_of(counts, population=counts.total + data.draw(st.integers(0, 500)), limit=1)
        if counts.assessed == 0:
            assert share is None
        else:
            assert share.lower <= share.share <= share.upper
            assert share.worst <= share.share <= share.best


class TestMeanPercent:
    @pytest.mark.parametrize(
        ("percents", "mean"),
        [
            pytest.param([], None, id="no case"),
            pytest.param([None], None, id="no case with points"),
            pytest.param([Fraction(100), None, Fraction(50)], 75.0, id="cases without points left out"),
            pytest.param([Fraction(100, 3), Fraction(200, 3), Fraction(100, 3)], 400 / 9, id="unrounded"),
        ],
    )
    def test_mean(self, percents, mean):
        assert mean_percent(percents) == mean


def counted_limits(x, n, population):
    """The exact limits by trying every M (Konijn 1973), in whole numbers."""
    ways = comb(population, n)

    def kept(hits):
        found = [comb(hits, k) * comb(population - hits, n - k) for k in range(n + 1)]
        return sum(found[x:]) * 40 > ways and sum(found[: x + 1]) * 40 > ways

    possible = [hits for hits in range(population + 1) if kept(hits)]
    return possible[0], possible[-1]
