"""The checklists that ship with the product: what holds for every one of them, and what each is."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from importlib.resources import files
from itertools import chain
from pathlib import Path

import pytest

from checklists.acts import acts
from checklists.conditions import applies, reads
from checklists.load import load, shipped, shipped_ids, shipped_text
from checklists.logic import AllOf, leaves
from checklists.model import Text
from checklists.problems import UnknownChecklist
from checklists.publishing import publishing_faults
from checklists.score import applying, score

LEGAL, DATA = "lovmedholdelig-sagsbehandling", "data-og-informationsforvaltning"
STAFF, LEADER = "sagsbehandlernes-vilkaar", "lederens-selvvurdering"

#: All ids that were ever shipped. A line may be added here, and none taken away.
LASTING = tomllib.loads(
    (Path(__file__).parents[1] / "data" / "checklist-ids.toml").read_text(encoding="utf-8")
)

EXAMPLES = files("checklists") / "library" / "examples"
EXAMPLE_IDS = sorted(
    entry.name.removesuffix(".toml") for entry in EXAMPLES.iterdir() if entry.name.endswith(".toml")
)


def text_of(checklist_id):
    """The text of a shipped checklist or of an example."""
    if checklist_id in EXAMPLE_IDS:
        return (EXAMPLES / f"{checklist_id}.toml").read_text(encoding="utf-8")
    return shipped_text(checklist_id)


@pytest.fixture(params=shipped_ids())
def checklist(request):
    return shipped(request.param)


@pytest.fixture(params=[*shipped_ids(), *EXAMPLE_IDS])
def readable(request):
    """A shipped checklist or an example."""
    return load(text_of(request.param), request.param)


@pytest.fixture(params=[name for name in shipped_ids() if shipped(name).verdicts[1:]])
def judging(request):
    """A shipped checklist with more than one verdict: a questionnaire has only one."""
    return shipped(request.param)


def best(item):
    """The code of the answer that earns most; the first, where none earns anything."""
    return max(item.answers, key=lambda answer: answer.points or 0).code


def answers_with(checklist, code=None):
    """Every fact with its first value, every item with ``code`` where it is offered, else with its best."""
    facts = {fact.id: fact.offered[0] for fact in checklist.facts}
    items = {item.id: code if code in item.offered else best(item) for item in checklist.items}
    return {**facts, **items}


def in_order(checklist, case):
    return case.complete and checklist.verdict(case.verdict).positive


def texts(part, place="checklist") -> Iterator[tuple[str, Text]]:
    """All texts in a part of a checklist, with where they stand."""
    if isinstance(part, Text):
        yield place, part
    elif isinstance(part, tuple):
        for number, one in enumerate(part):
            yield from texts(one, f"{place}[{getattr(one, 'id', number)}]")
    elif is_dataclass(part):
        for field in fields(part):
            yield from texts(getattr(part, field.name), f"{place}.{field.name}")


def satisfying(checklist, *conditions):
    """Answers for which all the conditions hold; None where there are none.

    Goes through all cases: all combinations of answers to what the conditions rest on, however far back,
    with an answer to everything that is asked. Of answers that no condition tells apart, only one is tried.
    """
    wanted = AllOf(conditions)
    rests_on, waiting = set(), list(reads(wanted))
    while waiting:
        name = waiting.pop()
        if name not in rests_on:
            rests_on.add(name)
            waiting += [read for condition in checklist.conditions[name] for read in reads(condition)]
    order = [name for name in checklist.evaluation_order if name in rests_on]
    everywhere = [wanted, *chain.from_iterable(checklist.conditions[name] for name in order)]
    tests = [test for condition in everywhere for test in leaves(condition)]

    def told_apart(name):
        """The codes to try, one for each set of tests that are met."""
        kinds = {
            tuple(code in getattr(test, "codes", ()) for test in tests if test.id == name): code
            for code in checklist.offered(name)
        }
        return kinds.values()

    def search(left, known):
        if not left:
            return known if applies(wanted, known) else None
        name, *rest = left
        if not all(applies(condition, known) for condition in checklist.conditions[name]):
            return search(rest, known)
        found = (search(rest, {**known, name: code}) for code in told_apart(name))
        return next((answers for answers in found if answers is not None), None)

    return search(order, {})


class TestLibrary:
    def test_the_five_of_the_specification_ship(self):
        assert set(shipped_ids()) == {LEGAL, DATA, "data-tilsyn-paa-stedet", STAFF, LEADER}

    def test_another_does_not(self):
        for read in (shipped, shipped_text):
            with pytest.raises(UnknownChecklist):
                read("../model")

    def test_it_is_found_by_the_id_that_it_has(self, checklist):
        assert checklist.id in shipped_ids()
        assert load(shipped_text(checklist.id)) == checklist

    def test_each_is_for_what_it_is_about(self):
        subjects = {checklist_id: shipped(checklist_id).subject for checklist_id in shipped_ids()}
        assert subjects == {
            LEGAL: "case",
            DATA: "case",
            "data-tilsyn-paa-stedet": "place",
            STAFF: "staff",
            LEADER: "place",
        }

    def test_the_legal_checklist_has_the_items_of_the_specification(self):
        legal = shipped(LEGAL)
        assert (len(legal.items), len(legal.core_set.items)) == (49, 23)


class TestIds:
    """Answers and charts hang on the ids: those that were shipped once are there in every later version."""

    @staticmethod
    def ids_of(checklist) -> Mapping[str, set[str]]:
        return {
            "questions": {one.id for one in (*checklist.facts, *checklist.items)},
            "themes": {theme.id for theme in checklist.themes},
            "verdicts": {one.id for one in (*checklist.verdicts, *checklist.stops)},
        }

    @pytest.mark.parametrize("checklist_id", LASTING)
    def test_no_checklist_vanishes(self, checklist_id):
        assert checklist_id in shipped_ids()

    def test_none_vanishes(self, checklist):
        listed = LASTING.get(checklist.id, {})
        gone = {kind: set(listed.get(kind, ())) - ids for kind, ids in self.ids_of(checklist).items()}
        assert gone == {"questions": set(), "themes": set(), "verdicts": set()}

    def test_each_is_on_the_list_of_those_that_last(self, checklist):
        listed = LASTING.get(checklist.id, {})
        new = {kind: ids - set(listed.get(kind, ())) for kind, ids in self.ids_of(checklist).items()}
        assert new == {"questions": set(), "themes": set(), "verdicts": set()}

    def test_each_stands_once(self, readable):
        for ids in (
            [one.id for one in (*readable.facts, *readable.items)],
            [theme.id for theme in readable.themes],
            [one.id for one in (*readable.verdicts, *readable.stops)],
        ):
            assert len(ids) == len(set(ids))


class TestTexts:
    def test_every_text_is_in_both_languages(self, readable):
        found = list(texts(readable))
        assert len(found) > 3 * len(readable.items)
        assert [place for place, text in found if bool(text.da.strip()) != bool(text.en.strip())] == []

    def test_a_text_in_one_language_would_be_found(self, small):
        places = [place for place, text in texts(small) if text.da and not text.en]
        assert "checklist.themes[hearing].items[heard].recommendation" in places
        assert "checklist.facts[adverse].values[0].text" in places
        assert "checklist.verdicts[in-order].title" in places

    def test_every_item_has_guidance_and_examples(self, checklist):
        assert checklist.purpose
        assert checklist.responsible
        for part in ("guidance", "good_example", "bad_example", "recommendation"):
            assert [item.id for item in checklist.items if item.scored and not getattr(item, part)] == []
        assert [item.id for item in checklist.items if not item.guidance] == []

    def test_examples_show_what_is_good_and_what_is_not(self, checklist):
        examples = [
            text for item in checklist.items for text in (item.good_example, item.bad_example) if text
        ]
        assert len({text.da for text in examples}) == len({text.en for text in examples}) == len(examples)

    def test_english_is_not_danish(self, checklist):
        asked = [item.question for item in checklist.items]
        assert [text.da for text in asked if text.da == text.en] == []


class TestLaw:
    def test_every_reference_is_on_the_list_of_acts(self, readable):
        references = [(item.id, one) for item in readable.items for one in item.references]
        assert [(item, one.text.da) for item, one in references if one.act not in acts()] == []

    def test_every_item_has_a_reference_or_says_why_not(self, checklist):
        assert [item.id for item in checklist.items if bool(item.references) == bool(item.without_law)] == []

    def test_the_status_date_covers_every_reference(self, readable):
        assert readable.status_date == date(2026, 3, 8)
        late = [
            (item.id, one.text.da)
            for item in readable.items
            for one in item.references
            if one.status_date > readable.status_date
        ]
        assert late == []

    def test_the_parts_of_a_reference_are_those_of_its_text(self, checklist):
        wrong = [
            (item.id, one.text.da, sign, part)
            for item in checklist.items
            for one in item.references
            for sign, part in (
                ("§§?|art\\.", one.paragraph),
                ("stk\\.", one.subsection),
                ("nr\\.", one.number),
            )
            if part and not re.search(rf"({sign}) {re.escape(part)}(?![\w-])", one.text.da)
        ]
        assert wrong == []

    def test_every_reference_tells_its_source(self, checklist):
        assert all(one.source for item in checklist.items for one in item.references)

    def test_nothing_keeps_it_from_being_published(self, checklist):
        text = shipped_text(checklist.id)
        assert publishing_faults(checklist, text, today=checklist.status_date) == ()


class TestConditions:
    def test_every_question_applies_to_some_case(self, readable):
        for name, conditions in readable.conditions.items():
            answers = satisfying(readable, *conditions)
            assert answers is not None, name
            assert name in applying(readable, answers), (name, answers)

    def test_every_contradiction_and_every_stop_can_happen(self, readable):
        for one in readable.contradictions:
            answers = satisfying(readable, one.refuse_when)
            assert answers is not None, one.id
            assert one.id in score(readable, answers).contradictions, (one.id, answers)
        for stop in readable.stops:
            answers = satisfying(readable, stop.stop_when)
            assert answers is not None, stop.id
            assert score(readable, answers).stopped == stop.id, (stop.id, answers)

    @pytest.mark.parametrize(
        ("pairs", "hidden"),
        [
            # The fact is hidden by the very outcome that the item asks for: no single test is at fault.
            pytest.param(
                [
                    (
                        'applies_when = { id = "adverse", is = "yes" }',
                        'applies_when = { all = [{ id = "adverse", is = "yes" },'
                        ' { id = "outcome", is = "full-grant" }] }',
                    )
                ],
                {"heard", "deadline"},
                id="by what lies further back",
            ),
            pytest.param(
                [
                    (
                        'applies_when = { id = "heard", at_least = "partly" }',
                        'applies_when = { all = [{ id = "heard", is = "yes" }, { not = { id = "heard",'
                        " answered = true } }] }",
                    )
                ],
                {"deadline"},
                id="by itself",
            ),
            pytest.param([], set(), id="by nothing"),
        ],
    )
    def test_an_item_that_never_applies_would_be_found(self, changed, pairs, hidden):
        broken = load(changed(*pairs))
        never = {
            name for name, conditions in broken.conditions.items() if satisfying(broken, *conditions) is None
        }
        assert never == hidden

    def test_the_core_set_rests_on_itself(self, checklist):
        core = checklist.core_set
        assert core.items
        assert {item.id for item in core.items} == {item.id for item in checklist.items if item.core}
        for name, conditions in core.conditions.items():
            answers = satisfying(core, *conditions)
            assert answers is not None, name
            assert name in applying(core, answers), (name, answers)


class TestAnswers:
    def test_yes_is_good_wherever_it_counts(self, readable):
        answers = [(item.id, item.answer("yes")) for item in readable.items if item.scored]
        assert [item for item, yes in answers if yes is not None and yes.meaning != "positive"] == []

    def test_no_answer_earns_more_than_a_positive_one(self, readable):
        for item in readable.items:
            positive = [one.points for one in item.answers if one.meaning == "positive"]
            assert not positive or item.answer(best(item)).meaning == "positive"

    def test_all_good_is_a_positive_verdict_with_all_points(self, checklist):
        case = score(checklist, answers_with(checklist))
        assert (case.percent, case.contradictions, case.stopped) == (100, (), None)
        assert in_order(checklist, case)

    def test_a_no_to_any_scored_item_that_applies_is_not(self, judging):
        good = answers_with(judging)
        asked = [judging.item(name) for name in score(judging, good).applies]
        told = [item.id for item in asked if item.scored and "no" in item.offered]
        assert told
        for item_id in told:
            assert not in_order(judging, score(judging, {**good, item_id: "no"}))

    def test_a_case_of_which_nothing_could_be_assessed_is_not_in_order(self, judging):
        case = score(judging, answers_with(judging, "cannot_assess"))
        assert not any(result == "yes" for name, result in case.results.items() if judging.item(name).scored)
        assert not in_order(judging, case)

    def test_a_critical_item_that_cannot_be_assessed_keeps_a_case_from_being_in_order(self, judging):
        good = answers_with(judging)
        asked = [judging.item(name) for name in score(judging, good).applies]
        for item in asked:
            if item.scored and item.severity == "critical" and "cannot_assess" in item.offered:
                assert not in_order(judging, score(judging, {**good, item.id: "cannot_assess"}))


class TestQuestionnaire:
    """What makes the staff questionnaire anonymous and short."""

    @pytest.fixture
    def staff(self):
        return shipped(STAFF)

    def test_it_has_at_most_fifteen_questions_and_asks_for_no_words(self, staff):
        assert 0 < len(staff.items) <= 15
        assert staff.facts == ()
        for item in staff.items:
            assert item.note_required_at == item.journal_reference_required_at == ()

    def test_agreeing_is_good_in_every_item(self, staff):
        for item in staff.items:
            assert item.scale.id == "agree-disagree"
            assert item.severity in {"serious", "minor"}
            assert "?" not in item.question.da + item.question.en

    def test_its_themes_have_verdicts_and_the_one_who_answers_has_none(self, staff):
        assert [verdict.id for verdict in staff.verdicts] == ["answered"]
        assert all(theme.verdicts for theme in staff.themes)

    @pytest.mark.parametrize(
        ("answer", "verdict"),
        [
            ("strongly_agree", "in-place"),
            # 3 of 4 points is exactly 75 %
            ("agree", "in-place"),
            # 2 of 4 points is exactly 50 %
            ("neither", "partly-in-place"),
            ("disagree", "not-in-place"),
            ("not_applicable", "not_applicable"),
        ],
    )
    def test_a_theme_answered_alike(self, staff, answer, verdict):
        case = score(staff, {item.id: answer for item in staff.items})
        assert {theme.verdict for theme in case.themes.values()} == {verdict}


class TestSelfAssessment:
    """What lets the leader's numbers stand beside the result of the two checklists."""

    @pytest.fixture
    def leader(self):
        return shipped(LEADER)

    @pytest.mark.parametrize("checklist_id", [LEGAL, DATA])
    def test_it_has_every_theme_that_counts_by_the_same_id_and_title(self, leader, checklist_id):
        themes = [theme for theme in shipped(checklist_id).themes if any(item.scored for item in theme.items)]
        own = {theme.id: theme.title for theme in leader.themes}
        assert {theme.id: own.get(theme.id) for theme in themes} == {
            theme.id: theme.title for theme in themes
        }

    def test_it_has_no_other_theme_and_one_number_for_each(self, leader):
        known = {theme.id for name in (LEGAL, DATA) for theme in shipped(name).themes}
        assert {theme.id for theme in leader.themes} <= known
        assert [len(theme.items) for theme in leader.themes] == [1] * len(leader.themes)

    def test_a_low_number_asks_for_the_improvement_wanted(self, leader):
        for item in leader.items:
            assert item.scale.id == "one-to-ten"
            assert set(item.note_required_at) == {*"1234567", "not_applicable", "cannot_assess"}

    def test_it_judges_nothing(self, leader):
        for answer in ("1", "10"):
            case = score(leader, {item.id: answer for item in leader.items})
            assert (case.verdict, case.critical_breaches) == ("answered", ())
            assert case.percent == 10 * int(answer)
