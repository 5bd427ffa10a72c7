"""A checklist is written as a file that is read as the same checklist, and that a lawyer can read."""

import tomllib
from dataclasses import replace
from fractions import Fraction

import pytest
from generated_checklists import checklists, texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklists.conditions import Answered, AtLeast, Is, IsNot
from checklists.load import load, shipped, shipped_ids
from checklists.logic import AllOf, AnyOf, Negated, Single
from checklists.model import FollowUp, Text
from checklists.problems import ChecklistProblems
from checklists.verdicts import Count, PointsAtLeast, ThemeIs
from checklists.write import item_rows, number, to_toml, verdict_rows

YES = Single(Is("outcome", ("refusal",)))


def written(rows, key):
    """The value of a key, as it stands in the rows."""
    (found,) = [row for row in rows if row.startswith((f"{key} = ", f"{key}."))]
    return found.removeprefix(f"{key} = ")


class TestToToml:
    @pytest.mark.parametrize("checklist_id", shipped_ids())
    def test_what_ships_is_the_same_when_written_and_read(self, checklist_id):
        checklist = shipped(checklist_id)
        assert load(to_toml(checklist)) == checklist

    def test_so_is_the_small_one(self, small):
        assert load(to_toml(small)) == small

    @settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
    @given(checklist=checklists())
    def test_so_is_every_other(self, checklist):
        assert load(to_toml(checklist)) == checklist

    @settings(deadline=None, max_examples=100)
    @given(text=texts)
    def test_every_text_is_kept(self, small, text):
        assert load(to_toml(replace(small, title=text, purpose=text))).purpose == text

    @settings(deadline=None, max_examples=50)
    @given(text=texts)
    def test_no_text_hides_where_the_parts_stand(self, small, text):
        items = [replace(item, guidance=text, weight=Fraction(1001)) for item in small.items]
        themes = tuple(
            replace(theme, items=tuple(item for item in items if item.id in {i.id for i in theme.items}))
            for theme in small.themes
        )
        file = to_toml(replace(small, themes=themes))
        with pytest.raises(ChecklistProblems) as refused:
            load(file)
        rows = file.split("\n")
        weights = [one for one in refused.value.problems if one.code == "checklist-not-number"]
        assert [one.item for one in weights] == [item.id for item in items]
        assert all(rows[one.line - 1] == "weight = 1001" for one in weights)

    def test_writing_twice_changes_nothing(self, small):
        file = to_toml(small)
        assert to_toml(load(file)) == file

    def test_an_unfinished_draft_is_kept_too(self, small):
        bare = replace(small, themes=(replace(small.themes[1], items=()),), verdicts=(), facts=())
        assert load(to_toml(bare), draft=True) == bare
        assert load(to_toml(replace(bare, themes=())), draft=True).themes == ()

        assert to_toml(small).startswith('format = "lirk-checklist/1"\nid = "small"\nversion = 3\n')

    def test_what_reading_gives_back_is_left_out(self, small):
        rows = item_rows(small.item("clear"))
        assert rows == [
            "[[themes.items]]",
            'id = "clear"',
            'question = { da = "Er brevet klart?" }',
            'severity = "minor"',
            'rule = "good-practice"',
            "weight = 0.5",
        ]

    def test_a_list_that_is_empty_on_purpose_stays(self, small):
        assert written(item_rows(small.item("tone")), "note_required_at") == "[]"

    def test_own_points_stand_by_themselves(self, small):
        item = small.item("clear")
        answers = tuple(
            replace(one, points=Fraction(3)) if one.code == "yes" else one for one in item.answers
        )
        assert written(item_rows(replace(item, answers=answers)), "points") == "{ yes = 3 }"

    def test_follow_ups(self, small):
        item = replace(small.item("clear"), follow_ups=(FollowUp("no", ("tone",)),))
        assert written(item_rows(item), "follow_ups") == '{ no = ["tone"] }'


class TestTexts:
    @pytest.mark.parametrize(
        ("text", "rows"),
        [
            (Text("Er brevet klart?"), ['question = { da = "Er brevet klart?" }']),
            (Text("Klart?", "Clear?"), ['question = { da = "Klart?", en = "Clear?" }']),
            (Text('Et "ord" og \\'), [r'question = { da = "Et \"ord\" og \\" }']),
            (Text("Et\nTo", "One"), ['question.da = """', "Et", 'To"""', 'question.en = "One"']),
            (Text('a\n"""\\'), ['question.da = """', "a", r'"\"\"\\"""']),
            (Text('a\nb"'), ['question.da = """', "a", r'b\""""']),
            (Text("a\rb\x00c\u2028d"), [r'question = { da = "a\rb\u0000c\u2028d" }']),
        ],
    )  # fmt: skip
    def test_written(self, small, text, rows):
        file = "\n".join(item_rows(replace(small.item("clear"), question=text)))
        assert "\n".join(rows) in file
        assert tomllib.loads(file)["themes"]["items"][0]["question"]["da"] == text.da


class TestNumber:
    @pytest.mark.parametrize(
        ("value", "said"),
        [
            (Fraction(0), "0"),
            (Fraction(100), "100"),
            (Fraction(1, 2), "0.5"),
            (Fraction(899, 10), "89.9"),
            (Fraction(1, 10**6), "0.000001"),
            (Fraction(12_000_001, 10**6), "12.000001"),
            (Fraction(1, 3), "0.333333333333"),
        ],
    )
    def test_decimals(self, value, said):
        assert number(value) == said

    @given(st.integers(0, 10**9))
    def test_exact(self, number_of_millionths):
        value = Fraction(number_of_millionths, 10**6)
        assert Fraction(number(value)) == value

    def test_what_no_decimals_can_say_is_refused_by_reading(self, small):
        with pytest.raises(ChecklistProblems) as refused:
            load(to_toml(replace(small, not_applicable="target", target=Fraction(1, 3))))
        assert [one.code for one in refused.value.problems] == ["checklist-not-number"]


class TestTrees:
    @pytest.mark.parametrize(
        ("condition", "said"),
        [
            (YES, '{ id = "outcome", is = "refusal" }'),
            (Single(Is("outcome", ("a", "b"))), '{ id = "outcome", is = ["a", "b"] }'),
            (Single(IsNot("outcome", ("a",))), '{ id = "outcome", is_not = "a" }'),
            (Single(Answered("outcome")), '{ id = "outcome", answered = true }'),
            (Single(AtLeast("heard", "partly", ("yes", "partly"))), '{ id = "heard", at_least = "partly" }'),
            (Negated(YES), '{ not = { id = "outcome", is = "refusal" } }'),
            (AllOf((YES,)), '{ all = [{ id = "outcome", is = "refusal" }] }'),
        ],
    )
    def test_conditions(self, small, condition, said):
        item = replace(small.item("clear"), applies_when=condition)
        assert written(item_rows(item), "applies_when") == said

    @pytest.mark.parametrize(
        ("leaf", "said"),
        [
            (PointsAtLeast(Fraction(95)), "{ points_at_least = 95 }"),
            (ThemeIs("letter", ("ok",)), '{ theme = "letter", verdict = "ok" }'),
            (
                Count(meanings=("negative",), severities=("critical", "serious"), at_least=1),
                '{ count = { meaning = "negative", severity = ["critical", "serious"] }, at_least = 1 }',
            ),
            (Count(themes=("letter",), at_most=0), '{ count = { theme = "letter" }, at_most = 0 }'),
            (Count(), "{ count = {}, at_least = 0 }"),
            (
                Count(items=("clear",), all_that_apply=True),
                '{ count = { items = "clear" }, at_least = "all" }',
            ),
            (Count(at_least=2, or_all=True), "{ count = {}, at_least = 2, or_all = true }"),
        ],
    )
    def test_rules(self, small, leaf, said):
        verdict = replace(small.verdict("errors"), when=Single(leaf))
        assert written(verdict_rows(verdict), "when") == said

    def test_a_long_one_has_a_part_on_each_line(self, small):
        item = replace(small.item("clear"), applies_when=AnyOf((YES,) * 5))
        rows = "\n".join(item_rows(item)).split("\n")
        assert rows.count('  { id = "outcome", is = "refusal" },') == 5
        assert rows[-1] == "] }"
