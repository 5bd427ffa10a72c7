"""What holds for every answer to every checklist."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.load import load, shipped, shipped_ids
from checklists.score import CONTRADICTORY, INCOMPLETE, score

#: A busy machine is no fault of the score.
unhurried = settings(deadline=None)


@pytest.fixture(scope="module", params=["small", *shipped_ids()])
def checklist(request, small):
    return small if request.param == "small" else shipped(request.param)


@pytest.fixture(scope="module")
def flat(small_text):
    """The small checklist without conditions: nothing appears or disappears."""
    rows = [row for row in small_text.split("\n") if not row.startswith("applies_when")]
    return load("\n".join(rows))


def answers_to(data, checklist):
    """Draw answers to some or all questions, in any order."""
    questions = [*(fact.id for fact in checklist.facts), *(item.id for item in checklist.items)]
    everything = data.draw(st.booleans(), label="everything answered")
    asked = questions if everything else data.draw(st.lists(st.sampled_from(questions), unique=True))
    chance = data.draw(st.randoms(use_true_random=False), label="which answers")
    chosen = {name: chance.choice(checklist.offered(name)) for name in asked}
    return dict(chance.sample(list(chosen.items()), len(chosen)))


class TestScore:
    @unhurried
    @given(data=st.data())
    def test_the_order_of_answers_does_not_matter(self, checklist, data):
        answers = answers_to(data, checklist)
        assert score(checklist, dict(reversed(answers.items()))) == score(checklist, answers)

    @unhurried
    @given(data=st.data())
    def test_a_hidden_answer_changes_nothing(self, checklist, data):
        answers = answers_to(data, checklist)
        case = score(checklist, answers)
        visible = {*case.applies, *(fact.id for fact in checklist.facts)}
        shown = {name: code for name, code in answers.items() if name in visible}
        assert score(checklist, shown) == case

    @unhurried
    @given(data=st.data())
    def test_points_lie_between_nothing_and_what_is_possible(self, checklist, data):
        case = score(checklist, answers_to(data, checklist))
        for part in (case, *case.themes.values()):
            assert 0 <= part.points <= part.possible
            assert (part.percent is None) == (part.possible == 0)
            assert part.percent is None or 0 <= part.percent <= 100

    @unhurried
    @given(data=st.data())
    def test_incomplete_is_what_has_something_unanswered(self, checklist, data):
        case = score(checklist, answers_to(data, checklist))
        if case.contradictions:
            assert (case.verdict, case.complete) == (CONTRADICTORY, False)
        else:
            assert (case.verdict == INCOMPLETE) == bool(case.unanswered) == (not case.complete)

    @unhurried
    @given(data=st.data())
    def test_every_item_that_applies_has_a_result_or_is_unanswered(self, checklist, data):
        case = score(checklist, answers_to(data, checklist))
        unanswered = {name for name in case.unanswered if checklist.item(name)}
        assert set(case.results) | unanswered == set(case.applies)
        assert not set(case.results) & unanswered

    @unhurried
    @given(data=st.data())
    def test_a_critical_breach_is_never_a_positive_verdict(self, checklist, data):
        case = score(checklist, answers_to(data, checklist))
        if case.critical_breaches and case.complete:
            assert not checklist.verdict(case.verdict).positive

    @unhurried
    @given(data=st.data())
    def test_a_yes_never_lowers(self, flat, data):
        answers = answers_to(data, flat)
        item = data.draw(st.sampled_from(flat.items))
        best = max(item.answers, key=lambda answer: answer.points or 0)
        before, after = score(flat, answers), score(flat, {**answers, item.id: best.code})
        assert (after.percent or 0) >= (before.percent or 0)
        assert after.points >= before.points

    @unhurried
    @given(answers=st.dictionaries(st.text(max_size=12), st.text(max_size=12)), data=st.data())
    def test_nothing_that_is_text_makes_it_fail(self, checklist, answers, data):
        mixed = {**answers_to(data, checklist), **answers}
        case = score(checklist, mixed)
        assert {refusal.item for refusal in case.refusals} <= set(mixed)
