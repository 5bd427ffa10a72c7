"""What holds for every answer to a checklist that uses the whole language, and for every condition."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.conditions import (
    Answered,
    AtLeast,
    Is,
    IsNot,
    applies,
    certain,
    checker,
    negated_reads,
    reads,
)
from checklists.load import load
from checklists.logic import AllOf, AnyOf, Negated, Single, holds
from checklists.model import Checklist
from checklists.problems import ChecklistProblems
from checklists.score import CONTRADICTORY, INCOMPLETE, applying, score
from lirk.services.checklists import as_problem
from lirk.wording import Wording

#: A busy machine is no fault of the score.
unhurried = settings(deadline=None)

THEMES = {
    "gate": {
        "found": 'severity = "critical"',
        "level": 'points = { yes = 3, partly = 1.25, no = 0 }\nfollow_ups = { no = ["why"], partly = ["why"] }',
        "why": 'core = false\nfollow_ups = { yes = ["deeper"] }',
        "deeper": 'core = false\nweight = 0.3\ncannot_assess = "negative"',
    },
    "rating": {
        "must": 'severity = "critical"\ncannot_assess = "negative"',
        "one-of": 'applies_when = { id = "kind", is = "a" }',
        "two-of": 'weight = 2.5\napplies_when = { id = "level", at_least = "partly" }',
        "ten": 'scale = "one-to-ten"\nfollow_ups = { 1 = ["free"], 2 = ["free"] }',
        "free": "weight = 0",
    },
    "rest": {"last": 'core = false\napplies_when = { not = { id = "one-of", is = "no" } }'},
}
THEME_LINES = {
    "gate": 'pass_mark = 66.6\napplies_when = { id = "kind", answered = true }',
    "rating": """
[[themes.verdicts]]
id = "weak"
title = { da = "x" }
when = { any = [{ count = { meaning = "negative" }, at_least = 1 }, { not = { points_at_least = 40 } }] }

[[themes.verdicts]]
id = "strong"
title = { da = "x" }
positive = true
""",
}
VERDICTS = """
[[verdicts]]
id = "breach"
title = { da = "x" }
when = { count = { meaning = "negative", severity = "critical" }, at_least = 1 }

[[verdicts]]
id = "weak"
title = { da = "x" }
when = { any = [{ theme = "rating", verdict = "weak" }, { theme = "gate", verdict = ["not_passed"] }] }

[[verdicts]]
id = "good"
title = { da = "x" }
positive = true
when = { all = [
    { count = { items = ["one-of", "two-of", "last"], meaning = "positive" }, at_least = 2, or_all = true },
    { count = { theme = "gate", meaning = ["positive", "partial"] }, at_least = "all" },
] }

[[verdicts]]
id = "fair"
title = { da = "x" }
"""
TAIL = """
[[contradictions]]
id = "clash"
message = { da = "x" }
refuse_when = { all = [{ id = "kind", is = "b" }, { id = "two-of", is = "no" }] }

[[stops]]
id = "no-file"
title = { da = "x" }
stop_when = { all = [{ id = "found", is = "no" }, { not = { id = "level", is = "yes" } }] }
"""
POLICIES = (
    'not_applicable = "drop"\ncannot_assess = "out"',
    'not_applicable = "full"\ncannot_assess = "negative"',
    'not_applicable = "target"\ntarget = 77.7\ncannot_assess = "out"',
)


@pytest.fixture(scope="module", params=POLICIES, ids=["drop", "full", "target"])
def whole(request, made):
    return made(THEMES, theme_lines=THEME_LINES, verdicts=VERDICTS, tail=TAIL, policies=request.param)


def answers_to(checklist, *, every=False):
    """Answers to all questions, or to some of them."""
    questions = [*(fact.id for fact in checklist.facts), *(item.id for item in checklist.items)]
    codes = {name: st.sampled_from(checklist.offered(name)) for name in questions}
    return st.fixed_dictionaries(codes) if every else st.fixed_dictionaries({}, optional=codes)


class TestScore:
    @unhurried
    @given(data=st.data())
    def test_hidden_answers_change_nothing(self, whole, data):
        answers = data.draw(answers_to(whole))
        case = score(whole, answers)
        shown = {name: code for name, code in answers.items() if name in applying(whole, answers)}
        assert score(whole, shown) == case

    @unhurried
    @given(data=st.data())
    def test_the_order_of_answers_does_not_matter(self, whole, data):
        answers = data.draw(answers_to(whole))
        mixed = dict(data.draw(st.permutations(list(answers.items()))))
        assert score(whole, mixed) == score(whole, answers)

    @unhurried
    @given(data=st.data())
    def test_points_lie_between_nothing_and_what_is_possible(self, whole, data):
        case = score(whole, data.draw(answers_to(whole)))
        for part in (case, *case.themes.values()):
            assert 0 <= part.points <= part.possible
            assert part.percent == (100 * part.points / part.possible if part.possible else None)
        assert sum(theme.points for theme in case.themes.values()) == case.points
        assert sum(theme.possible for theme in case.themes.values()) == case.possible

    @unhurried
    @given(data=st.data())
    def test_there_is_no_verdict_while_something_that_applies_is_unanswered(self, whole, data):
        case = score(whole, data.draw(answers_to(whole)))
        if case.unanswered:
            assert case.verdict == (CONTRADICTORY if case.contradictions else INCOMPLETE)
        for theme in whole.themes:
            if {item.id for item in theme.items} & set(case.unanswered):
                found = case.themes[theme.id]
                assert (found.result, found.passed) == (INCOMPLETE, None)
                assert found.verdict == (INCOMPLETE if theme.verdicts else None)

    @unhurried
    @given(data=st.data())
    def test_a_verdict_is_one_of_the_checklists_or_its_stops_or_built_in(self, whole, data):
        case = score(whole, data.draw(answers_to(whole, every=True)))
        assert case.unanswered == ()
        assert whole.verdict(case.verdict) or case.verdict in {CONTRADICTORY, "not_applicable"}
        assert (case.stopped is not None) == (case.verdict == "no-file")

    @unhurried
    @given(data=st.data())
    def test_a_critical_breach_is_never_a_positive_verdict(self, whole, data):
        case = score(whole, data.draw(answers_to(whole, every=True)))
        if case.critical_breaches and not case.contradictions:
            assert case.verdict == "breach"

    @unhurried
    @given(data=st.data())
    def test_a_stop_is_never_a_zero(self, whole, data):
        answers = {**data.draw(answers_to(whole)), "kind": "a", "found": "no", "level": "no"}
        case = score(whole, answers)
        assert (case.verdict, case.percent, case.possible) == ("no-file", None, 0)
        assert set(case.results) == set(case.applies) == {"found", "level"}

    @unhurried
    @given(data=st.data())
    def test_a_follow_up_applies_after_its_answers_only(self, whole, data):
        answers = data.draw(answers_to(whole))
        asked = score(whole, answers).applies
        for item in whole.items:
            for follow_up in item.follow_ups:
                codes = {one.code for one in item.follow_ups if set(one.items) & set(follow_up.items)}
                if set(follow_up.items) & set(asked):
                    assert answers[item.id] in codes

    @unhurried
    @given(answers=st.dictionaries(st.text(max_size=9), st.text(max_size=9)), data=st.data())
    def test_nothing_that_is_text_makes_it_fail(self, whole, answers, data):
        mixed = {**data.draw(answers_to(whole)), **answers}
        assert {one.item for one in score(whole, mixed).refusals} <= set(mixed)

    @unhurried
    @given(data=st.data())
    def test_the_core_set_is_scored_as_any_other(self, whole, data):
        core = whole.core_set
        assert [item.id for item in core.items] == [item.id for item in whole.items if item.core]
        case = score(core, data.draw(answers_to(core)))
        assert set(case.applies) <= {item.id for item in core.items}
        assert case.refusals == ()


VALUES = [
    "1", "-1", "0.5", "nan", "1e400", "true", '""', '"x"', '"yes"', '"all"', "[]", "{}", "[[]]", "[{}]", "[1]",
    '["yes"]', '{ da = "x" }', '{ id = "found" }', "2026-03-08", "{ no = 1 }", '{ no = ["found"] }',
    '{ no = ["found"], yess = "level" }', "{ yes = -1 }", "{ yes = 1e-9, no = true }", '{ theme = "gate" }',
    '{ theme = 5, verdict = { a = 1 } }', '{ theme = "rating", verdict = ["weak", 5] }',
    '{ count = {}, at_least = "all", or_all = 5 }', '{ count = {}, at_least = [], or_all = true }',
    '{ not = { id = "kind", is = "a" } }', '[{ version = "2", kind = 5 }]', '[{ id = ["x"], when = 5 }]',
]  # fmt: skip
EXTRAS = """
[centre]
pass_mark = 75
decided = { da = "Byrådet" }

[scales.own]
answers = [{ code = "y", meaning = "positive", points = 1, text = { da = "x" } }]
"""


def outcome(text, *, draft):
    """The checklist, or the sentences of all its problems in both languages."""
    try:
        return load(text, draft=draft)
    except ChecklistProblems as error:
        words = [Wording("da"), Wording("en")]
        return [one.sentence(as_problem(problem)) for problem in error.problems for one in words]


class TestLoad:
    @settings(deadline=None, max_examples=150)
    @given(data=st.data())
    def test_other_values_are_told(self, made_text, data):
        themes = {
            **THEMES,
            "own": {"last-of-all": 'scale = "own"\nchanges = [{ version = 2, kind = "meaning" }]'},
        }
        text = made_text(themes, theme_lines=THEME_LINES, verdicts=VERDICTS, tail=TAIL + EXTRAS)
        rows = text.split("\n")
        keyed = [number for number, row in enumerate(rows) if re.match(r"\w+ = ", row)]
        for number in data.draw(st.lists(st.sampled_from(keyed), min_size=1, max_size=4, unique=True)):
            key = rows[number].split(" = ")[0]
            rows[number] = f"{key} = {data.draw(st.sampled_from(VALUES))}"
        for draft in (False, True):
            found = outcome("\n".join(rows), draft=draft)
            if not isinstance(found, Checklist):
                assert found
                continue
            assert score(found, {}).verdict in {"incomplete", "not_applicable", "rest"}
            assert score(found.core_set, {})

    def test_and_unchanged_it_is_read(self, made):
        assert len(made(THEMES, theme_lines=THEME_LINES, verdicts=VERDICTS, tail=TAIL + EXTRAS).items) == 10


CODES = ("x", "y", "z")
IDS = st.sampled_from(["p", "q", "r"])
SOME = st.lists(st.sampled_from(CODES), min_size=1, max_size=2, unique=True).map(tuple)
LEAVES = st.one_of(
    st.builds(Is, IDS, SOME),
    st.builds(IsNot, IDS, SOME),
    st.builds(Answered, IDS),
    st.builds(AtLeast, IDS, st.just("x"), SOME),
).map(Single)
CONDITIONS = st.recursive(
    LEAVES,
    lambda part: st.one_of(
        st.lists(part, max_size=3).map(lambda parts: AllOf(tuple(parts))),
        st.lists(part, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        part.map(Negated),
    ),
    max_leaves=6,
)
KNOWN = st.dictionaries(IDS, st.sampled_from(CODES))


def plainly(test, known):
    """Whether a test holds, as the language says it."""
    match test:
        case Is(name, codes) | AtLeast(name, _, codes):
            return name in known and known[name] in codes
        case IsNot(name, codes):
            return name in known and known[name] not in codes
        case Answered(name):
            return name in known


class TestConditions:
    @given(condition=CONDITIONS, known=KNOWN)
    def test_a_compiled_condition_holds_as_the_plain_one(self, condition, known):
        expected = holds(condition, lambda test: plainly(test, known))
        assert checker(condition)(known) is applies(condition, known) is expected

    @given(condition=CONDITIONS, known=KNOWN, others=KNOWN)
    def test_what_is_certain_holds_whatever_else_is_answered(self, condition, known, others):
        if certain(condition, known):
            assert applies(condition, {**others, **known})

    @given(condition=CONDITIONS, known=KNOWN)
    def test_with_everything_known_what_holds_is_certain(self, condition, known):
        whole = {**dict.fromkeys("pqr", "x"), **known}
        assert certain(condition, whole) == applies(condition, whole)

    @given(condition=CONDITIONS, known=KNOWN, gone=IDS)
    def test_what_stands_in_no_not_makes_nothing_hold_by_falling_away(self, condition, known, gone):
        assert negated_reads(condition) <= set(reads(condition))
        if gone not in negated_reads(condition):
            fewer = {name: code for name, code in known.items() if name != gone}
            assert applies(condition, known) or not applies(condition, fewer)
