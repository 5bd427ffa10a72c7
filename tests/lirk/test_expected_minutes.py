"""How long a case can be expected to take, from the method's own estimate."""

import pytest

from lirk.domain.expected_minutes import (
    FILES,
    MINUTES_A_FILE,
    MINUTES_A_QUESTION,
    QUESTIONS,
    case_minutes,
    review_minutes,
)
from lirk.domain.item_sets import ItemSet, asked
from lirk.domain.planning import HOURS_A_CASE
from lirk.services.checklists import DEFAULT, parse, text_of


@pytest.fixture(scope="module")
def core():
    return [asked(parse(text_of(name)), ItemSet.CORE).checklist for name in DEFAULT]


@pytest.fixture(scope="module")
def full():
    return [asked(parse(text_of(name)), ItemSet.FULL).checklist for name in DEFAULT]


def test_the_arithmetic_of_the_estimate(core):
    """0.9 hours are 54 minutes; 2 · 5 + 43 = 53 parts of 54/53 minutes each."""
    assert (len(core), sum(len(checklist.items) for checklist in core)) == (FILES, QUESTIONS)
    assert pytest.approx(54 / 53) == MINUTES_A_QUESTION
    assert pytest.approx(HOURS_A_CASE * 60) == FILES * MINUTES_A_FILE + QUESTIONS * MINUTES_A_QUESTION


def test_a_refusal_read_with_both_core_sets_takes_about_as_long_as_the_method_says(core):
    assert case_minutes(core, {"outcome": "refusal"}) == pytest.approx(HOURS_A_CASE * 60, rel=0.1)


def test_what_the_register_rules_out_takes_no_time(core):
    assert case_minutes(core, {"outcome": "full-grant"}) < case_minutes(core, {"outcome": "refusal"})


def test_the_whole_checklists_take_longer_than_their_core_sets(core, full):
    facts = {"outcome": "refusal"}
    assert case_minutes(full, facts) > case_minutes(core, facts)


def test_a_case_is_the_sum_of_its_checklists(core):
    facts = {"outcome": "refusal"}
    assert case_minutes(core, facts) == round(sum(review_minutes(one, facts) for one in core))


def test_no_case_takes_no_time():
    assert case_minutes([], {}) == 1
