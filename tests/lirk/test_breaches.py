"""Which cases an item was not met in: by the reports' own counting, with what is partly and what is critical."""

import pytest
from small_round import CHECKLIST

from lirk.domain.breaches import Breach, breaches_of
from lirk.domain.figures import ReviewedCase
from lirk.services.checklists import parse

BREVE = parse(CHECKLIST)


def case(number, status="reviewed", **answers):
    return ReviewedCase(number=number, status=status, answers={BREVE.id: answers})


def at(item, **more):
    return Breach(checklist_id="breve", item_id=item, **more)


@pytest.mark.parametrize(
    ("answers", "breaches"),
    [
        pytest.param({"clear": "no"}, (at("clear", critical=True),), id="critical"),
        pytest.param({"clear": "partly"}, (at("clear", partly=True),), id="partly is no critical breach"),
        pytest.param(
            {"clear": "no", "outcome": "refusal", "reasons": "no"},
            (at("clear", critical=True), at("reasons")),
            id="in the checklist's order",
        ),
        pytest.param({"clear": "cannot_assess"}, (), id="what cannot be assessed is none"),
        pytest.param({"clear": "yes"}, (), id="in order"),
        pytest.param({"clear": "yes", "reasons": "no"}, (), id="an item that does not apply"),
    ],
)
def test_of_one_case(answers, breaches):
    given = {"outcome": "full-grant", **answers}
    assert breaches_of([BREVE], [case(7, **given)]).get(7, ()) == breaches


def test_each_case_stands_by_its_number_and_those_without_any_are_left_out():
    cases = [
        case(number, outcome="full-grant", clear=clear)
        for number, clear in ((3, "no"), (1, "no"), (2, "yes"))
    ]
    assert list(breaches_of([BREVE], cases)) == [1, 3]


def test_a_reading_that_is_not_finished_counts_as_little_as_in_the_report():
    assert breaches_of([BREVE], [case(1, outcome="refusal", clear="no")]) == {}


def test_a_case_that_could_not_be_found_has_none():
    assert breaches_of([BREVE], [case(1, status="not-found", outcome="full-grant", clear="no")]) == {}
