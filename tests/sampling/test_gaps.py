"""Gaps in serial numbers: what is read from case numbers, counted by hand and against counting one by one."""

import re
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import median

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sampling.errors import ColumnMissing, ColumnNotText, FigureInvalid
from sampling.gaps import JUMP, JUMP_DISTANCES, YearGaps, gap_change, serial_gaps

# Every machine is slow sometimes; a time limit would fail at random.
PATIENT = settings(deadline=None)
DATA = Path(__file__).parents[1] / "data"
FIGURES = ("year", "series", "first", "last", "cases", "missing", "skipped", "between")


def gaps_of(*ids):
    return serial_gaps(pl.DataFrame({"case_id": ids}, schema={"case_id": pl.String}))


def figures(gaps):
    return [tuple(getattr(year, name) for name in FIGURES) for year in gaps.years]


def year_of(**changes):
    whole = {"pattern": "year-serial", "year": 2023, "series": 1, "first": 1, "last": 1000}
    return YearGaps(**{**whole, "cases": 500, "missing": 500, "skipped": 0, "between": 998, **changes})


def one_by_one(numbers):
    """The figures of (year, series, serial), with plain sets and loops."""
    series, cases = defaultdict(set), defaultdict(int)
    for year, name, serial in numbers:
        series[year, name].add(serial)
        cases[year] += 1
    years = defaultdict(lambda: {"series": 0, "ends": [], "missing": 0, "skipped": 0, "between": 0})
    for (year, _), present in series.items():
        totals, ordered = years[year], sorted(present)
        steps = [after - before for before, after in pairwise(ordered)]
        jumps = {at for at, step in enumerate(steps) if step > JUMP and step > JUMP_DISTANCES * median(steps)}
        totals["series"] += 1
        totals["ends"] += [ordered[0], ordered[-1]]
        circle = [ordered[0]]
        for at, number in enumerate([*ordered[1:], None]):
            if number is None or at in jumps:
                inside = set(range(circle[0] + 1, circle[-1]))
                totals["between"] += len(inside)
                totals["missing"] += len(inside - present)
                if number is not None:
                    totals["skipped"] += number - circle[-1] - 1
                circle = []
            circle.append(number)
    return [
        (
            year,
            totals["series"],
            min(totals["ends"]),
            max(totals["ends"]),
            cases[year],
            totals["missing"],
            totals["skipped"],
            totals["between"],
        )
        for year, totals in sorted(years.items())
    ]


class TestSerialGaps:
    def test_numbers_between_first_and_last_that_are_not_there(self):
        gaps = gaps_of("23/00003", "23/00005", "23/00009")
        assert (gaps.pattern, gaps.cases, gaps.without, gaps.reason) == ("year-serial", 3, 0, None)
        assert figures(gaps) == [(2023, 1, 3, 9, 3, 4, 0, 5)]
        assert gaps.years[0].share_present == pytest.approx(0.2)

    @pytest.mark.parametrize(
        ("ids", "pattern", "years"),
        [
            pytest.param(["23/00123", "22/00001"], "year-serial", [2022, 2023], id="year of two digits"),
            pytest.param(["2016-012345", "2017-000001"], "year-serial", [2016, 2017], id="four digits"),
            pytest.param(["98/1", "12/1", "40/1", "69/1"], None, None, id="years far apart are none"),
            pytest.param(
                ["98/1", "99/2", "00/3"], "year-serial", [1998, 1999, 2000], id="turn of the century"
            ),
            pytest.param(["123-22", "4567-23"], "serial-year", [2022, 2023], id="serial first"),
            pytest.param(["12-23", "45-23", "46-23"], "serial-year", [2023], id="fewer years decide"),
            pytest.param(["23-12", "23-45", "23-46"], "year-serial", [2023], id="fewer years, year first"),
            pytest.param(["S2016-012345/B"], "year-serial", [2016], id="letters around"),
            pytest.param(["2023.17", "2023_18", "2023 19"], "year-serial", [2023], id="other signs between"),
            pytest.param(
                ["27.60.08-G01-214-23", "27.60.08-G01-216-2023"], "kle-serial-year", [2023], id="KLE"
            ),
            pytest.param(["Nord/27.60.08-G01-214-23"], "kle-serial-year", [2023], id="local KLE"),
            pytest.param(["Center 12/23/00123", "Nord/23/7"], "year-serial", [2023], id="local numbers"),
            pytest.param(["123456", "123457"], None, None, id="digits alone"),
            pytest.param(["A", "B"], None, None, id="no digits"),
            pytest.param(["23/1234567890"], None, None, id="more than nine digits are no serial number"),
            pytest.param(["1850-1", "1850-2"], None, None, id="no year"),
            pytest.param(["２３/１２"], None, None, id="digits of other scripts"),
        ],
    )
    def test_reads(self, ids, pattern, years):
        gaps = gaps_of(*ids)
        assert gaps.pattern == pattern
        assert [year.year for year in gaps.years] == (years or [])
        assert gaps.reason == (None if pattern else "no-serials")

    def test_a_kle_number_with_its_facet_is_a_series(self):
        gaps = gaps_of(
            "27.60.08-G01-1-23",
            "27.60.08-G01-4-23",
            "27.60.08-P19-9-23",
            "32.24.04-G01-7-23",
            "32.24.04-G01-9-23",
            "32.24.04-G01-2-22",
        )
        assert figures(gaps) == [(2022, 1, 2, 2, 1, 0, 0, 0), (2023, 3, 1, 9, 5, 3, 0, 3)]

    def test_a_series_of_one_or_two_neighbours_says_nothing(self):
        gaps = gaps_of("27.60.08-G01-1-23", "27.60.08-G02-7-23", "27.60.08-G02-8-23")
        assert gaps.years[0].between == 0
        assert gaps.years[0].share_present is None

    def test_each_centre_with_local_numbers_has_its_own_series(self):
        gaps = gaps_of("Nord/23/1", "Nord/23/3", "Syd/23/101", "Syd/23/103", "Syd/23/102")
        assert figures(gaps) == [(2023, 2, 1, 103, 5, 1, 0, 2)]

    def test_what_stands_behind_is_no_series_and_counts_once(self):
        gaps = gaps_of("22/00001/A", "22/00003/B", "22/00003/CON", "22/00005")
        assert figures(gaps) == [(2022, 1, 1, 5, 4, 2, 0, 3)]

    def test_zeros_in_front_make_no_other_number(self):
        assert figures(gaps_of("22/1", "22/0003", "22/03")) == [(2022, 1, 1, 3, 3, 1, 0, 1)]

    def test_a_jump_is_told_by_itself(self):
        ids = [f"23/{number:05}" for number in [*range(1, 101, 2), *range(10_001, 10_050)]]
        assert figures(gaps_of(*ids)) == [(2023, 1, 1, 10_049, 99, 49, 9901, 97 + 47)]

    def test_a_hole_that_chance_can_give_is_no_jump(self):
        sparse = [f"23/{number}" for number in [1, 1500, 2500, 7000, 9000]]
        assert figures(gaps_of(*sparse)) == [(2023, 1, 1, 9000, 5, 8995, 0, 8998)]
        dense = [f"23/{number}" for number in [*range(1, 20), *range(1000, 1020)]]
        assert figures(gaps_of(*dense)) == [(2023, 1, 1, 1019, 39, 980, 0, 1017)]

    def test_a_circle_of_one_number(self):
        ids = [f"22/{number}" for number in [*range(1, 30), 10_001]]
        assert figures(gaps_of(*ids)) == [(2022, 1, 1, 10_001, 30, 0, 9971, 27)]

    def test_the_largest_numbers(self):
        gaps = gaps_of("23/0", "23/999999999")
        assert figures(gaps) == [(2023, 1, 0, 999_999_999, 2, 999_999_998, 0, 999_999_998)]
        assert gaps.years[0].share_present == 0

    def test_other_numbers_are_left_out_and_counted(self):
        gaps = gaps_of("23/1", "23/4", "23/5", "X", None)
        assert (gaps.cases, gaps.without) == (5, 2)
        assert figures(gaps) == [(2023, 1, 1, 5, 3, 2, 0, 3)]

    def test_half_is_enough_and_less_is_not(self):
        assert gaps_of("23/1", "X").pattern == "year-serial"
        assert gaps_of("23/1", "X", "Y").reason == "no-serials"

    def test_a_register_without_cases(self):
        gaps = gaps_of()
        assert (gaps.pattern, gaps.years, gaps.cases, gaps.reason) == (None, (), 0, "no-cases")

    @pytest.mark.parametrize(
        ("frame", "error"),
        [
            pytest.param(pl.DataFrame({"x": ["a"]}), ColumnMissing, id="no case numbers"),
            pytest.param(pl.DataFrame({"case_id": [2301]}), ColumnNotText, id="numbers"),
        ],
    )
    def test_refused(self, frame, error):
        with pytest.raises(error):
            serial_gaps(frame)

    @pytest.mark.parametrize("odd", ["23/1\n23/2", "\0", "23/", "/23", "\U0001f600-23/7", "23//7", "'; --"])
    def test_odd_numbers_are_no_error(self, odd):
        assert gaps_of("23/1", "23/2", odd).cases == 3

    @given(
        numbers=st.lists(
            st.tuples(
                st.integers(2021, 2024),
                st.sampled_from(["", "S", "Nord/", "Center 3/"]),
                st.integers(0, 40) | st.integers(2000, 2020) | st.integers(0, 30_000),
            ),
            min_size=1,
            max_size=60,
        ),
        order=st.randoms(use_true_random=False),
    )
    @PATIENT
    def test_as_counted_one_by_one(self, numbers, order):
        ids = [f"{before}{year}/{serial:05}" for year, before, serial in numbers]
        order.shuffle(ids)
        gaps = gaps_of(*ids)
        assert gaps.pattern == "year-serial"
        assert figures(gaps) == one_by_one(numbers)

    @given(
        numbers=st.lists(
            st.tuples(
                st.integers(2021, 2024),
                st.sampled_from(["27.60.08-G01", "27.60.08-Ø30", "Nord/32.24.04-G01"]),
                st.integers(1, 50),
            ),
            min_size=1,
            max_size=60,
        )
    )
    @PATIENT
    def test_kle_numbers_as_counted_one_by_one(self, numbers):
        gaps = gaps_of(*(f"{before}-{serial}-{year % 100:02}" for year, before, serial in numbers))
        assert gaps.pattern == "kle-serial-year"
        assert figures(gaps) == one_by_one(numbers)

    @given(ids=st.lists(st.text("0123/-. SØ", max_size=12) | st.none(), max_size=30))
    @PATIENT
    def test_the_counts_always_agree(self, ids):
        gaps = gaps_of(*ids)
        assert gaps.cases == len(ids)
        assert sum(year.cases for year in gaps.years) + gaps.without == len(ids)
        assert (gaps.reason is None) == bool(gaps.years)
        for year in gaps.years:
            assert 0 <= year.missing <= year.between
            assert 0 <= year.first <= year.last
            assert year.series >= 1
            if year.series == 1:
                distinct = year.last - year.first + 1 - year.missing - year.skipped
                assert 1 <= distinct <= year.cases

    @pytest.mark.parametrize(
        ("year", "expected"),
        [
            (
                2022,
                [
                    (2017, 1, 1307, 1307, 1, 0, 0, 0),
                    (2020, 1, 837, 1525, 8, 681, 0, 687),
                    (2021, 1, 36, 1582, 398, 1149, 0, 1545),
                    (2022, 1, 1, 1426, 1037, 389, 0, 1424),
                ],
            ),
            (
                2023,
                [
                    (2021, 1, 365, 1487, 13, 1110, 0, 1121),
                    # Numbers that end in AIR have a circle of their own, from 10001 on.
                    (2022, 1, 169, 10_001, 335, 1067, 8431, 1399),
                    (2023, 1, 1, 10_133, 1039, 473, 8621, 1508),
                ],
            ),
        ],
    )
    def test_real_registers(self, year, expected):
        path = DATA / f"planning-decisions-{year}.csv"
        case_ids = pl.read_csv(path, encoding="latin1")["PA Ref"]
        gaps = serial_gaps(case_ids.to_frame("case_id"))
        assert gaps.pattern == "year-serial"
        assert gaps.without == case_ids.null_count()
        assert figures(gaps) == expected
        read = [re.match("([0-9]{2})/([0-9]{5})/", case_id) for case_id in case_ids.drop_nulls()]
        assert figures(gaps) == one_by_one([(2000 + int(part[1]), "", int(part[2])) for part in read])


class TestGapChange:
    def test_a_difference_of_more_than_ten_points_and_more_than_chance_is_sudden(self):
        change = gap_change(year_of(missing=700), year_of(missing=500))
        assert change.change == pytest.approx(-200 / 998)
        assert change.p < 0.01
        assert change.sudden
        assert change.reason is None

    @pytest.mark.parametrize(
        ("now", "earlier"),
        [
            pytest.param({"missing": 590}, {"missing": 500}, id="under ten points"),
            pytest.param(
                {"missing": 12, "between": 30}, {"missing": 19, "between": 30}, id="no more than chance"
            ),
            pytest.param({}, {}, id="the same"),
        ],
    )
    def test_others_are_not(self, now, earlier):
        assert not gap_change(year_of(**now), year_of(**earlier)).sudden
        assert not gap_change(year_of(**earlier), year_of(**now)).sudden

    def test_nothing_is_said_of_a_few_numbers(self):
        change = gap_change(year_of(missing=0, between=6), year_of(missing=6, between=6))
        assert (change.change, change.p, change.sudden, change.reason) == (1.0, None, False, "few-numbers")

    def test_no_numbers_between(self):
        change = gap_change(year_of(missing=0, between=0), year_of())
        assert (change.change, change.p, change.sudden, change.reason) == (
            None,
            None,
            False,
            "no-numbers-between",
        )

    def test_all_there_in_both(self):
        change = gap_change(year_of(missing=0), year_of(missing=0))
        assert (change.change, change.sudden, change.reason) == (0.0, False, "few-numbers")

    @given(counts=st.lists(st.integers(0, 10**15), min_size=4, max_size=4))
    @PATIENT
    def test_the_other_way_round_is_the_same_with_another_sign(self, counts):
        small, first, large, second = counts
        now = year_of(missing=min(small, first), between=max(small, first))
        earlier = year_of(missing=min(large, second), between=max(large, second))
        there, back = gap_change(now, earlier), gap_change(earlier, now)
        assert replace(there, change=None) == replace(back, change=None)
        if there.change is not None:
            assert there.change == -back.change
            assert -1 <= there.change <= 1
        if there.p is not None:
            assert 0 <= there.p <= 1

    @pytest.mark.parametrize(
        ("changes", "name", "value"),
        [
            pytest.param({"missing": -1}, "now.missing", -1, id="negative"),
            pytest.param({"missing": True}, "now.missing", True, id="truth value"),
            pytest.param({"between": 998.0}, "now.between", 998.0, id="not whole"),
            pytest.param({"missing": float("nan")}, "now.missing", None, id="NaN"),
            pytest.param({"missing": 999}, "now.missing", 999, id="more than there are"),
            pytest.param({"between": "998"}, "now.between", "998", id="text"),
        ],
    )
    def test_refused(self, changes, name, value):
        with pytest.raises(FigureInvalid) as refused:
            gap_change(year_of(**changes), year_of())
        assert refused.value.values["name"] == name
        if value is not None:
            assert refused.value.values["value"] == value
