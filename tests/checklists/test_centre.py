"""The cases of a centre against the pass mark, exactly."""

from fractions import Fraction

import pytest

from checklists.centre import centre_share
from checklists.score import score

VERDICTS = """
[[verdicts]]
id = "poor"
title = { da = "Ringe" }
when = { count = { meaning = "negative" }, at_least = 1 }

[[verdicts]]
id = "good"
title = { da = "God" }
positive = true
"""
TAIL = """
[[stops]]
id = "no-file"
title = { da = "Sagen kan ikke findes" }
stop_when = { id = "a", is = "cannot_assess" }

[[contradictions]]
id = "clash"
message = { da = "Det passer ikke sammen." }
refuse_when = { all = [{ id = "kind", is = "b" }, { id = "a", is = "partly" }] }

"""
MARK = '[centre]\npass_mark = %s\ndecided = { da = "Byrådet, 3. marts 2026, punkt 7" }\n'
ANSWERS = {
    "good": {"kind": "a", "a": "yes"},
    "poor": {"kind": "a", "a": "no"},
    "not_applicable": {"kind": "a", "a": "not_applicable"},
    "incomplete": {"kind": "a"},
    "contradictory": {"kind": "b", "a": "partly"},
    "no-file": {"a": "cannot_assess"},
}


@pytest.fixture(scope="module")
def share_of(made):
    """Give the share of a centre with so many cases of each verdict, at a pass mark."""

    def share(mark, **cases):
        checklist = made({"one": {"a": ""}}, verdicts=VERDICTS, tail=TAIL + (MARK % mark if mark else ""))
        verdicts = [name.replace("_file", "-file") for name, count in cases.items() for _ in range(count)]
        scores = [score(checklist, ANSWERS[verdict]) for verdict in verdicts]
        assert [case.verdict for case in scores] == verdicts
        return centre_share(checklist, scores)

    return share


class TestCentreShare:
    @pytest.mark.parametrize(
        ("mark", "good", "poor", "percent", "passed"),
        [
            pytest.param("75", 24, 8, "75", True, id="24 of 32 is 75 %"),
            pytest.param("75", 23, 9, "71.875", False, id="23 of 32"),
            pytest.param("75", 32, 0, "100", True, id="all"),
            pytest.param("75", 0, 32, "0", False, id="none"),
            pytest.param("0", 0, 1, "0", True, id="a mark of nothing"),
            pytest.param("66.666666", 2, 1, "200/3", True, id="two thirds, just above"),
            pytest.param("66.666667", 2, 1, "200/3", False, id="two thirds, just below"),
            pytest.param("66.7", 2, 1, "200/3", False, id="what rounding would let pass"),
        ],
    )
    def test_the_comparison_is_exact(self, share_of, mark, good, poor, percent, passed):
        share = share_of(mark, good=good, poor=poor)
        assert (share.counted, share.positive) == (good + poor, good)
        assert (share.percent, share.passed, share.mark) == (Fraction(percent), passed, Fraction(mark))

    def test_cases_without_a_verdict_are_left_out_and_counted(self, share_of):
        share = share_of("75", good=3, poor=1, not_applicable=2, incomplete=4, contradictory=1, no_file=5)
        assert (share.counted, share.positive, share.percent, share.passed) == (4, 3, 75, True)
        assert share.left_out == {"contradictory": 1, "incomplete": 4, "no-file": 5, "not_applicable": 2}

    def test_without_a_decision_nobody_passes_or_fails(self, share_of):
        share = share_of(None, good=1)
        assert (share.percent, share.mark, share.passed) == (100, None, None)

    @pytest.mark.parametrize("cases", [{}, {"incomplete": 2}])
    def test_no_case_is_no_percentage(self, share_of, cases):
        share = share_of("75", **cases)
        assert (share.counted, share.percent, share.passed) == (0, None, None)
        assert share.left_out == cases
