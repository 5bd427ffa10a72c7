"""Cases with a critical breach in a centre's own rounds: held against each other where that can be done."""

import pytest
from small_round import CHECKLIST

from lirk.domain.figures import ReviewedCase, readings
from lirk.domain.reports import Counts, SeriesBreak, SeriesPoint
from lirk.domain.series import OwnRound, checklist_series, own_round
from lirk.reports.series_sentences import series_rows
from lirk.services.checklists import parse
from lirk.wording import Wording

MINOR = CHECKLIST.replace('severity = "critical"\n', 'severity = "minor"\n')
MORE = CHECKLIST.replace('severity = "serious"\n', 'severity = "critical"\n')
#: The second version, in which the critical item got a new meaning.
CHANGED = CHECKLIST.replace("version = 1", "version = 2", 1).replace(
    'rule = "order"\n', 'rule = "order"\nchanges = [{ version = 2, kind = "meaning" }]\n', 1
)


def breaching(title, hits, checklist=CHECKLIST, cases=15):
    """A round that has a critical breach in so many of its cases."""
    return OwnRound(
        title=title,
        checklist=parse(checklist),
        counts={"clear": Counts(yes=5, no=5)},
        population=200,
        critical=Counts(yes=hits, no=cases - hits),
    )


def series(*taken):
    return checklist_series(taken, language="da")


class TestCriticalBreaches:
    def test_a_round_counts_its_cases_with_one_among_all_that_were_read(self):
        answers = [{"outcome": "refusal", "clear": clear, "reasons": "yes"} for clear in ("yes", "no", "no")]
        cases = [
            ReviewedCase(number=at, answers={"breve": given}) for at, given in enumerate(answers, start=1)
        ]
        cases.append(ReviewedCase(number=4, status="not-found"))
        made = own_round("1.", readings(parse(CHECKLIST), cases, population=90))
        assert made.critical == Counts(yes=2, no=1)

    @pytest.mark.parametrize(
        ("now", "by_chance"), [(0, True), (3, False), (15, False)], ids=["fewer", "the same", "all"]
    )
    def test_they_stand_beside_those_of_the_round_before(self, now, by_chance):
        found = series(breaching("1.", 3), breaching("2.", now)).critical
        assert found.points == (
            SeriesPoint(hits=3, assessed=15),
            SeriesPoint(hits=now, assessed=15, by_chance=by_chance),
        )

    def test_without_a_critical_item_there_are_none(self):
        assert series(breaching("1.", 0, MINOR), breaching("2.", 0, MINOR)).critical is None

    def test_it_takes_two_rounds(self):
        assert series(breaching("1.", 0, cases=0), breaching("2.", 1)).critical is None

    @pytest.mark.parametrize(
        ("before", "begins", "remark"),
        [
            (
                MORE,
                SeriesBreak(version=2, other_items=True),
                "De kritiske punkter er andre end før; tallene før kan ikke sammenlignes.",
            ),
            (
                CHECKLIST,
                SeriesBreak(version=2),
                "Et kritisk punkt fik ny mening i version 2; tallene før kan ikke sammenlignes.",
            ),
        ],
        ids=["other items", "new meaning"],
    )
    def test_they_break_where_other_answers_make_them(self, before, begins, remark):
        found = series(breaching("1.", 3, before), breaching("2.", 1, CHANGED))
        assert found.critical.points[1].begins == begins
        first = series_rows(found, Wording("da"))[0]
        assert first == ["Sager med kritisk brud, af alle gennemgåede", "3 af 15", "1 af 15", remark]
