"""The checklists that ship with the product."""

from itertools import product

import pytest

from checklists.load import load, shipped, shipped_ids, shipped_text
from checklists.problems import UnknownChecklist
from checklists.score import score


@pytest.fixture(params=shipped_ids())
def checklist(request):
    return shipped(request.param)


def answers_with(checklist, code):
    """Every fact with its first value, every item with ``code`` where it is offered, else with its first."""
    facts = {fact.id: fact.offered[0] for fact in checklist.facts}
    items = {item.id: code if code in item.offered else item.offered[0] for item in checklist.items}
    return {**facts, **items}


class TestShipped:
    def test_the_legal_and_the_data_checklist_ship(self):
        assert {"lovmedholdelig-sagsbehandling", "data-og-informationsforvaltning"} <= set(shipped_ids())

    def test_another_does_not(self):
        for read in (shipped, shipped_text):
            with pytest.raises(UnknownChecklist):
                read("../model")

    def test_it_is_found_by_the_id_that_it_has(self, checklist):
        assert checklist.id in shipped_ids()
        assert load(shipped_text(checklist.id)) == checklist

    def test_every_text_is_in_both_languages(self, checklist):
        texts = [checklist.title, checklist.purpose, checklist.responsible]
        texts += [part.title for part in (*checklist.themes, *checklist.verdicts)]
        for question in (*checklist.facts, *checklist.items):
            texts += [question.question, question.guidance]
        for item in checklist.items:
            texts += [item.recommendation, item.good_example, item.bad_example]
            texts += [reference.text for reference in item.references]
        for fact in checklist.facts:
            texts += [value.text for value in fact.values]
        assert [text.da for text in texts if bool(text.da) != bool(text.en)] == []

    def test_every_scored_item_says_how_to_judge_and_what_to_recommend(self, checklist):
        scored = [item for item in checklist.items if item.scored]
        assert [item.id for item in scored if not (item.guidance and item.recommendation)] == []

    def test_every_item_applies_to_some_case(self, checklist):
        good = answers_with(checklist, "yes")
        names = [fact.id for fact in checklist.facts]
        cases = product(*(fact.offered for fact in checklist.facts))
        found = {
            name
            for facts in cases
            for name in score(checklist, {**good, **dict(zip(names, facts, strict=True))}).applies
        }
        assert found == {item.id for item in checklist.items}

    def test_all_good_is_a_positive_verdict(self, checklist):
        case = score(checklist, answers_with(checklist, "yes"))
        assert checklist.verdict(case.verdict).positive
        assert case.percent == 100

    def test_a_no_to_any_scored_item_that_applies_is_not(self, checklist):
        good = answers_with(checklist, "yes")
        for item_id in score(checklist, good).applies:
            item = checklist.item(item_id)
            if item.scored and "no" in item.offered:
                case = score(checklist, {**good, item_id: "no"})
                assert not case.complete or not checklist.verdict(case.verdict).positive

    def test_a_case_of_which_nothing_could_be_assessed_is_not_in_order(self, checklist):
        case = score(checklist, answers_with(checklist, "cannot_assess"))
        assert not any(
            result == "yes" for name, result in case.results.items() if checklist.item(name).scored
        )
        assert not checklist.verdict(case.verdict).positive

    def test_a_critical_item_that_cannot_be_assessed_keeps_a_case_from_being_in_order(self, checklist):
        good = answers_with(checklist, "yes")
        applying = [checklist.item(name) for name in score(checklist, good).applies]
        critical = [item for item in applying if item.scored and item.severity == "critical"]
        verdicts = {score(checklist, {**good, item.id: "cannot_assess"}).verdict for item in critical}
        assert verdicts <= {"not-assessable", "incomplete"}
