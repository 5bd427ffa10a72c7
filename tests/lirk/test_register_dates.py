"""Days are read in the forms that registers use; one form must fit the whole column."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lirk.intake.dates import example_of, read_days

JULY = date(2023, 7, 27)


def read(texts, form=None, **options):
    return read_days(pl.Series(texts, dtype=pl.String), form, **options)


class TestReadDays:
    @pytest.mark.parametrize(
        "text",
        [
            "27-07-2023", "27.07.2023", "27/07/2023", "2023-07-27", "2023/07/27", "2023.07.27", "27-Jul-23",
            "27-jul-2023", "27. juli 2023", "27 July 2023", "27. jul. 2023", "27-07-23", "27.07.23", "07/27/2023",
            "7/27/2023", "20230727", "27072023", "Jul 27, 2023", "27.7.2023", "2023-07-27 14:05:00",
            "2023-07-27T14:05:00.123Z", "27-07-2023 14.05", "27.07.2023 kl. 14:05", "27/07/2023 2:05 PM",
            "2023-07-27T00:00:00+02:00",
        ],
    )  # fmt: skip
    def test_every_known_form(self, text):
        assert read([text]).days.to_list() == [JULY]

    @pytest.mark.parametrize(
        ("danish", "day"),
        [
            ("3. maj 2023", date(2023, 5, 3)),
            ("3. oktober 2023", date(2023, 10, 3)),
            ("03-okt-23", date(2023, 10, 3)),
        ],
    )
    def test_danish_months(self, danish, day):
        assert read([danish]).days.to_list() == [day]

    @pytest.mark.parametrize(
        "text",
        ["31-02-2023", "29-02-2023", "00-01-2023", "13-13-2023", "01-01-0023", "01-01-2923", "45000", "x"],
    )
    def test_no_day(self, text):
        assert read([text, "27-07-2023"]).days.to_list() == [None, JULY]

    def test_one_form_for_the_whole_column(self):
        assert read(["2023-07-27", "27-07-2023", "28-07-2023"]).days.null_count() == 1

    def test_danish_order_where_both_fit(self):
        found = read(["01-02-2023", "03-04-2023"])
        assert (found.form, found.instead) == ("%d-%m-%Y", "%m-%d-%Y")
        assert found.days.to_list() == [date(2023, 2, 1), date(2023, 4, 3)]

    def test_month_first_only_where_danish_order_does_not_fit(self):
        assert read(["01/02/2023", "02/28/2023"]).form == "%m/%d/%Y"

    def test_one_wrong_day_does_not_turn_the_order(self):
        found = read(["31/02/2023", "01/02/2023", "28/02/2023"])
        assert (found.form, found.days.null_count()) == ("%d/%m/%Y", 1)

    def test_the_deciding_day_may_stand_late(self):
        found = read([*(["01/02/2023", "02/03/2023"] * 2000), "02/28/2023"])
        assert found.form == "%m/%d/%Y"

    def test_times_and_months_may_begin_late(self):
        assert read([*(["27-07-2023"] * 3000), "27-07-2023 14:05"]).days.null_count() == 0

    def test_the_form_that_is_named_is_used(self):
        assert read(["01-02-2023"], "%m-%d-%Y").days.to_list() == [date(2023, 1, 2)]
        assert read(["27/07/2023 23h10"], "%d/%m/%Y %Hh%M").days.to_list() == [JULY]
        assert read(["27-07-2023"], "%Y-%m-%d").days.to_list() == [None]

    def test_real_dates_stand_beside_texts(self):
        found = read(["2023-07-27 00:00:00", "27-07-2023", None], real_dates=True)
        assert found.days.to_list() == [JULY, JULY, None]
        assert found.form == "%d-%m-%Y"

    @pytest.mark.parametrize("texts", [[], [None, None]])
    def test_nothing_has_no_form(self, texts):
        assert read(texts).form is None

    @given(
        st.lists(st.dates(date(1970, 1, 1), date(2069, 12, 31)), min_size=1, max_size=30),
        st.sampled_from(["%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d-%b-%y", "%Y%m%d", "%d/%m/%Y"]),
    )
    def test_days_come_back_as_they_were_written(self, days, form):
        assert read([f"{day:{form}}" for day in days]).days.to_list() == days


class TestExampleOf:
    def test_the_parts_cannot_be_taken_for_one_another(self):
        assert example_of("%d-%m-%Y") == "31-12-2023"
