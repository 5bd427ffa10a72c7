"""What looks like a CPR number. The numbers here end in 0000, which no person has."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lirk.domain.cpr import MASK, PATTERN, looks_like_cpr, masked, spans_of_cpr

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
