"""What looks like a CPR number. The numbers here end in 0000, which no person has."""

import csv
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lirk.domain.cpr import MASK, PATTERN, looks_like_cpr, masked, mentions_cpr, spans_of_cpr

ALIKE = [
    pytest.param("010190-0000", id="dash"),
    pytest.param("0101900000", id="nothing between"),
    pytest.param("010190 0000", id="space"),
    pytest.param("010190 - 0000", id="dash with spaces"),
    pytest.param("010190–0000", id="long dash"),
    pytest.param("010190\u20110000", id="dash that does not break"),
    pytest.param("010190\u00a00000", id="blank that does not break"),
    pytest.param("010190\u22120000", id="minus sign"),
    pytest.param("010190\u20140000", id="longest dash"),
    pytest.param("cpr: 311299-0000.", id="inside a sentence"),
    pytest.param("(290200-0000)", id="29 February of 2000"),
    pytest.param("sag/310190-0000", id="after a slash"),
]
OTHERS = [
    pytest.param("", id="nothing"),
    pytest.param("320190-0000", id="day 32"),
    pytest.param("000190-0000", id="day 0"),
    pytest.param("011390-0000", id="month 13"),
    pytest.param("310490-0000", id="31 April"),
    pytest.param("300290-0000", id="30 February"),
    pytest.param("290201-0000", id="29 February of no leap year"),
    pytest.param("610190-0000", id="replacement number"),
    pytest.param("010190-000", id="three digits"),
    pytest.param("010190-00000", id="five digits"),
    pytest.param("1010190-0000", id="seven digits before"),
    pytest.param("A010190-0000", id="a letter right before"),
    pytest.param("27.60.08-G01-214-23", id="SBSYS number"),
    pytest.param("21/12345", id="Acadre number"),
    pytest.param("2020-123456789", id="shared index number"),
    pytest.param("2016-012345", id="year and number"),
    pytest.param("01-01-2023", id="date"),
    pytest.param("2023-07-27 14:05:00", id="date and time"),
]


WRITTEN = [
    pytest.param("\uff10\uff11\uff10\uff11\uff19\uff10-\uff10\uff10\uff10\uff10", id="full width"),
    pytest.param("\u0660\u0661\u0660\u0661\u0669\u0660-\u0660\u0660\u0660\u0660", id="other script"),
    pytest.param("01\u200b0190-\u00ad0000", id="signs that are not seen"),
    pytest.param("cpr010190-0000", id="letters right before"),
    pytest.param("CPR0101900000", id="letters right before ten digits"),
    pytest.param("A010190-0000", id="a letter right before"),
    pytest.param("født 01.01.90-0000", id="full stops"),
    pytest.param("01. 01. 90 - 0000", id="full stops and blanks"),
    pytest.param("01-01-90-0000", id="dashes"),
    pytest.param("01/01/90-0000", id="slashes"),
    pytest.param("010190/0000", id="slash"),
    pytest.param("010190. 0000", id="full stop and blank"),
    pytest.param("01 01 90 0000", id="blanks"),
    pytest.param("010190\n0000", id="line break"),
    pytest.param("010190-\r\n0000", id="dash and line break"),
    pytest.param("290200/0000", id="29 February of 2000"),
]
NOT_WRITTEN = [
    pytest.param("15.03.00-2145/20", id="number after KLE with a year"),
    pytest.param("010190/0000/20", id="case number of three parts"),
    pytest.param("J010223/2023", id="case number with a letter and a year"),
    pytest.param("D2012345678", id="number of a document"),
    pytest.param("01.02.23 14:05", id="date and time"),
    pytest.param("01.02.23 1405", id="date and time without a colon"),
    pytest.param("01.02.23-15.03.23", id="period"),
    pytest.param("+45 20 12 34 56", id="telephone number"),
    pytest.param("45 20 12 34 5678", id="two digits more before it"),
    pytest.param("LBK nr. 1234 af 01/02/2023, § 12, stk. 2", id="law"),
    pytest.param("31.02.90-0000", id="31 February"),
    pytest.param("290201/0000", id="29 February of no leap year"),
    pytest.param("01.13.90-0000", id="month 13"),
]
ROOT = Path(__file__).parents[2]


class TestMentionsCpr:
    @pytest.mark.parametrize("text", [*ALIKE, *WRITTEN])
    def test_however_it_is_written(self, text):
        assert mentions_cpr(text)
        assert mentions_cpr(f"Se {text} i sagen")

    @pytest.mark.parametrize(
        "text", [*(one for one in OTHERS if one.id != "a letter right before"), *NOT_WRITTEN]
    )
    def test_other_numbers_can_be_written(self, text):
        assert not mentions_cpr(text)
        assert not mentions_cpr(f"Se {text} i sagen")

    @given(st.text("0123456789- ./ax\n\u00b2", max_size=24))
    def test_stops_all_that_a_register_is_stopped_for(self, text):
        assert mentions_cpr(text) or not looks_like_cpr(text)

    @pytest.mark.parametrize("year", [2022, 2023])
    def test_no_case_number_of_a_real_register_is_stopped(self, year):
        with (ROOT / f"tests/data/planning-decisions-{year}.csv").open(encoding="utf-8") as file:
            stopped = [row for row in csv.reader(file) if mentions_cpr(" ".join(row))]
        assert stopped == []

    def test_nor_any_text_of_the_checklists(self):
        library = sorted((ROOT / "checklists/library").glob("*.toml"))
        assert library
        assert [one.name for one in library if mentions_cpr(one.read_text("utf-8"))] == []


class TestLooksLikeCpr:
    @pytest.mark.parametrize("text", ALIKE)
    def test_looks_like_one(self, text):
        assert looks_like_cpr(text)

    @pytest.mark.parametrize("text", OTHERS)
    def test_does_not(self, text):
        assert not looks_like_cpr(text)

    @given(st.dates(), st.sampled_from(["", "-", " "]))
    def test_every_date_of_birth_is_known(self, born, between):
        assert looks_like_cpr(f"{born:%d%m%y}{between}0000")


class TestPattern:
    @pytest.mark.parametrize("text", [*ALIKE, *OTHERS])
    def test_polars_reads_it_as_python_does(self, text):
        assert pl.Series([text]).str.contains(PATTERN)[0] == looks_like_cpr(text)

    @given(st.text("0123456789- ax.", max_size=24))
    def test_polars_agrees_on_any_text(self, text):
        assert pl.Series([text]).str.contains(PATTERN)[0] == looks_like_cpr(text)


class TestMasked:
    def test_only_the_number_is_hidden(self):
        assert masked("født 010190-0000, sag 21/12345") == f"født {MASK}, sag 21/12345"

    @given(st.text("0123456789- ", max_size=40))
    def test_nothing_that_is_shown_looks_like_one(self, text):
        assert not looks_like_cpr(masked(text))


class TestSpansOfCpr:
    def test_each_number_has_its_place(self):
        text = "010190-0000 og 0202900000"
        assert [text[start:end] for start, end in spans_of_cpr(text)] == ["010190-0000", "0202900000"]
