"""What keeps a checklist from being published."""

from datetime import date

import pytest

from checklists.load import load, shipped, shipped_ids, shipped_text
from checklists.publishing import publishing_faults

TODAY = date(2026, 11, 22)
GUIDED = (
    (
        'severity = "serious"\nrule = "order"',
        'severity = "serious"\nrule = "good-practice"\nguidance.da = "x"',
    ),
    (
        'severity = "minor"\nrule = "good-practice"',
        'severity = "minor"\nrule = "good-practice"\nguidance.da = "x"',
    ),
    ('severity = "minor"\nrule = "local"', 'severity = "minor"\nrule = "local"\nguidance.da = "x"'),
    (
        'severity = "critical"\nrule = "substantive"',
        'severity = "critical"\nrule = "substantive"\nguidance.da = "x"',
    ),
)


@pytest.fixture
def faults(changed):
    """The faults of the small checklist, in order but for the pieces replaced, as (code, item)."""

    def find(*pairs):
        text = changed(*GUIDED, *pairs)
        return [(one.code, one.item) for one in publishing_faults(load(text), text, today=TODAY)]

    return find


@pytest.mark.parametrize("checklist_id", shipped_ids())
def test_what_ships_could_be_published(checklist_id):
    text = shipped_text(checklist_id)
    assert publishing_faults(shipped(checklist_id), text, today=TODAY) == ()


def test_a_checklist_in_order_has_none(faults):
    assert faults() == []


def test_every_item_needs_guidance(faults):
    assert faults(('rule = "local"\nguidance.da = "x"', 'rule = "local"')) == [
        ("publish-no-guidance", "tone")
    ]


@pytest.mark.parametrize("rule", ["guarantee", "order", "substantive", "data-protection", "records"])
def test_a_scored_item_needs_a_reference(faults, rule):
    assert faults(('rule = "local"', f'rule = "{rule}"')) == [("publish-no-reference", "tone")]


def test_an_item_that_is_not_scored_needs_none(faults):
    assert faults(('rule = "substantive"', 'rule = "guarantee"')) == []


def test_the_law_of_a_later_day_is_not_known_yet(faults):
    dated = ('act = "fvl"\nstatus_date = 2026-03-08', 'act = "fvl"\nstatus_date = 2026-11-23')
    assert faults(dated) == [("publish-future-law", "heard")]


def test_two_items_may_not_ask_the_same(faults):
    assert faults(("Er brevet klart?", "hvordan er  TONEN?")) == [("publish-same-question", "tone")]


def test_all_faults_are_told_at_once_with_their_lines(changed):
    text = changed(('rule = "local"', 'rule = "order"'), ("Er brevet klart?", "Hvordan er tonen?"))
    found = publishing_faults(load(text), text, today=TODAY, file="small.toml")
    assert [(one.code, one.item) for one in found] == [
        ("publish-no-guidance", "deadline"),
        ("publish-no-reference", "deadline"),
        ("publish-no-guidance", "clear"),
        ("publish-no-guidance", "tone"),
        ("publish-no-reference", "tone"),
        ("publish-same-question", "tone"),
        ("publish-no-guidance", "overall"),
    ]
    rows = text.split("\n")
    assert all(rows[one.line - 1] == f'id = "{one.item}"' and one.file == "small.toml" for one in found)
