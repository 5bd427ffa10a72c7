"""By enumeration: what is printed of a row leaves at least two values for every count that is not shown."""

from collections import defaultdict
from functools import cache
from itertools import combinations_with_replacement

import pytest

from lirk.domain.hidden_rows import said_row
from lirk.domain.small_numbers import Hidden

UNDER, AWAY = Hidden.UNDER_FIVE, Hidden.WITHHELD
#: The place of »not applicable«.
APART = 3


@cache
def rows(cases, cells=5):
    """Every way to divide so many cases."""
    if cells == 1:
        return [(cases,)]
    return [(first, *rest) for first in range(cases + 1) for rest in rows(cases - first, cells - 1)]


def printed_alike(cases, known=None):
    """The rows by what is printed of them, and by what a reader knows besides."""
    alike = defaultdict(list)
    for row in rows(cases):
        alike[said_row(row, apart=APART), known(row) if known else None].append(row)
    return alike


def open_cells(said):
    return [place for place, cell in enumerate(said) if isinstance(cell, Hidden)]


def values(found, place):
    return {row[place] for row in found}


class TestSaidRow:
    @pytest.mark.parametrize(
        ("row", "said"),
        [
            pytest.param((20, 0, 0, 0, 0), (20, 0, 0, 0, 0), id="nothing small"),
            pytest.param((15, 0, 5, 0, 0), (15, 0, 5, 0, 0), id="five is not small"),
            pytest.param((16, 0, 4, 0, 0), (AWAY, AWAY, UNDER, 0, AWAY), id="one small"),
            pytest.param((12, 2, 1, 5, 0), (AWAY, UNDER, UNDER, 5, AWAY), id="two small"),
            pytest.param((1, 0, 0, 19, 0), (AWAY,) * 5, id="one case to which it applied"),
            pytest.param((17, 0, 0, 3, 0), (AWAY, AWAY, AWAY, UNDER, AWAY), id="few it did not apply to"),
            pytest.param((7, 0, 1, 0, 0), (AWAY,) * 5, id="eight cases"),
            pytest.param((8, 0, 1, 0, 0), (AWAY, AWAY, UNDER, 0, AWAY), id="nine cases"),
            pytest.param((21, 1, 1, 1, 1), (AWAY,) * 5, id="nearly all small"),
            pytest.param((0, 0, 0, 0, 0), (0,) * 5, id="no cases"),
        ],
    )
    def test_small_counts_are_hidden_with_all_that_would_tell_them(self, row, said):
        assert said_row(row, apart=APART) == said

    @pytest.mark.parametrize("cases", range(25))
    def test_no_count_from_one_to_four_is_ever_printed(self, cases):
        for said, _ in printed_alike(cases):
            assert not {1, 2, 3, 4} & {
                cell for cell in said if isinstance(cell, int) and not isinstance(cell, Hidden)
            }

    @pytest.mark.parametrize("cases", range(25))
    def test_two_values_remain_for_every_count_that_is_not_shown(self, cases):
        for (said, _), found in printed_alike(cases).items():
            assert all(len(values(found, place)) >= 2 for place in open_cells(said)), said

    @pytest.mark.parametrize("cases", range(25))
    def test_also_for_one_who_knows_in_how_many_cases_the_item_applied(self, cases):
        """From another row of the same cases, in which that count was shown: zero, or five and more."""
        for (said, apart), found in printed_alike(cases, lambda row: row[APART]).items():
            hidden = [place for place in open_cells(said) if place != APART]
            if apart not in range(1, 5):
                assert all(len(values(found, place)) >= 2 for place in hidden), (said, apart)

    @pytest.mark.parametrize("cases", range(17))
    def test_also_from_three_rows_asked_of_the_same_cases(self, cases):
        """The rows share the cases that they did not apply to; together they say no more of one of them."""
        by_print = defaultdict(lambda: defaultdict(set))
        for row in rows(cases):
            by_print[said_row(row, apart=APART)][row[APART]].add(row)
        distinct = {frozenset(found): said for said, found in by_print.items()}
        for said, found in by_print.items():
            for others in combinations_with_replacement(distinct, 2):
                shared = found.keys() & others[0] & others[1]
                left = [row for apart in shared for row in found[apart]]
                hidden = [place for place in open_cells(said) if place != APART]
                assert not left or all(len(values(left, place)) >= 2 for place in hidden)

    @pytest.mark.parametrize("cases", range(17))
    def test_withheld_is_never_told_from_small_where_nothing_of_a_row_is_shown(self, cases):
        found = [row for row in rows(cases) if said_row(row, apart=APART) == (AWAY,) * 5]
        for place in range(5):
            left = values(found, place)
            assert not left or (left & {1, 2, 3, 4} and left - {1, 2, 3, 4})
