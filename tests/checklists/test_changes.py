"""What differs between two versions of a checklist, and between two texts."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.changes import _moved, changes, word_changes
from checklists.conditions import Answered
from checklists.editing import (
    add_contradiction,
    add_stop,
    add_verdict,
    change_centre,
    change_contradiction,
    change_item,
    change_scale,
    change_stop,
    change_theme,
    mark,
)
from checklists.load import load, shipped
from checklists.logic import Single
from checklists.model import CentrePass, Contradiction, FollowUp, Stop, Text, Verdict

STOP = Stop(id="lost", title=Text("Sagen mangler"), stop_when=Single(Answered("tone")))
ODD = Contradiction(id="odd", message=Text("Det passer ikke."), refuse_when=Single(Answered("tone")))
CENTRE = CentrePass(mark=Fraction(75), decided=Text("Byrådet"))
TONE = """\
[[themes.items]]
id = "tone"
question = { da = "Hvordan er tonen?" }
severity = "minor"
rule = "local"
scale = "own"
note_required_at = []

"""
CLEAR = """\
[[themes.items]]
id = "clear"
question = { da = "Er brevet klart?" }
severity = "minor"
rule = "good-practice"
weight = 0.5

"""


@pytest.fixture
def differences(small, changed):
    """What the small checklist's text with pieces replaced says of each part, as (part, id, kind, fields)."""

    def compare(*pairs):
        found = changes(small, load(changed(*pairs)))
        return [(one.part, one.id, one.kind, one.fields) for one in found]

    return compare


class TestChanges:
    def test_the_same_version_has_none(self, small):
        assert changes(small, small) == ()

    def test_items_are_asked_of_other_cases_where_their_themes_condition_changes(self, small, differences):
        theme = 'id = "hearing"\n'
        found = differences((theme, theme + 'applies_when = { id = "outcome", is = "refusal" }\n'))
        items = [item.id for item in next(one for one in small.themes if one.id == "hearing").items]
        assert found == [
            ("theme", "hearing", "changed", ("applies_when",)),
            *(("item", one, "changed", ("conditions",)) for one in items),
        ]

    def test_what_an_item_says_itself_is_told_once(self, small, differences):
        own = 'applies_when = { id = "adverse", is = "yes" }'
        assert differences((own, own.replace('"yes"', '"no"')))[0] == (
            "item",
            "heard",
            "changed",
            ("applies_when",),
        )

    def test_the_number_alone_is_no_change(self, differences):
        assert differences(("version = 3", "version = 4")) == []

    def test_a_changed_field_is_named(self, differences):
        assert differences(("Er brevet klart?", "Er brevet til at forstå?")) == [
            ("item", "clear", "changed", ("question",))
        ]

    def test_several_fields_stand_in_one_change(self, differences):
        assert differences(("weight = 0.5", "weight = 0.25\nguidance = { da = 'Læs det højt.' }")) == [
            ("item", "clear", "changed", ("guidance", "weight"))
        ]

    def test_an_added_item(self, differences):
        new = CLEAR.replace('"clear"', '"new"').replace("klart", "kort")
        assert differences((CLEAR, CLEAR + new)) == [("item", "new", "added", ())]

    def test_a_removed_item(self, differences):
        assert differences((TONE, "")) == [("item", "tone", "removed", ())]

    def test_one_of_two_that_change_places_is_moved(self, differences):
        assert differences((CLEAR + TONE, TONE + CLEAR)) == [("item", "tone", "moved", ())]

    def test_an_item_that_goes_to_another_theme_is_moved(self, differences):
        letter = '[[themes]]\nid = "letter"\ntitle = { da = "Brevet" }\n\n'
        assert differences((letter + CLEAR, CLEAR + letter)) == [("item", "clear", "moved", ())]

    def test_an_item_can_be_moved_and_changed(self, small, changed):
        shorter = CLEAR.replace("Er brevet klart?", "Er det klart?")
        found = changes(small, load(changed((CLEAR + TONE, TONE + shorter))))
        assert {one.id: (one.kind, one.moved) for one in found} == {
            "tone": ("moved", True),
            "clear": ("changed", False),
        }

    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            (
                'title = { da = "Lille", en',
                'title = { da = "Mindre", en',
                ("head", "", "changed", ("title",)),
            ),
            (
                'cannot_assess = "out"',
                'cannot_assess = "negative"',
                ("head", "", "changed", ("cannot_assess",)),
            ),
            ('{ da = "Brevet" }', '{ da = "Brev" }', ("theme", "letter", "changed", ("title",))),
            ('da = "Afslag"', 'da = "Nej"', ("fact", "outcome", "changed", ("values",))),
            ("points_at_least = 50", "points_at_least = 60", ("verdict", "errors", "changed", ("when",))),
        ],
    )
    def test_other_parts(self, differences, old, new, expected):
        assert differences((old, new)) == [expected]

    @pytest.mark.parametrize(
        ("act", "expected"),
        [
            (
                lambda c: change_theme(c, replace(c.theme("letter"), pass_mark=Fraction(75))),
                ("theme", "letter", "changed", ("pass_mark",)),
            ),
            (
                lambda c: add_verdict(c, Verdict(id="fine", title=Text("Fint")), "letter"),
                ("theme", "letter", "changed", ("verdicts",)),
            ),
            (
                lambda c: change_item(
                    c,
                    replace(
                        c.item("clear"),
                        cannot_assess="negative",
                        follow_ups=(FollowUp("no", ("tone",)),),
                        without_law=Text("Skik"),
                    ),
                ),
                ("item", "clear", "changed", ("cannot_assess", "follow_ups", "without_law")),
            ),
            (lambda c: mark(c, "clear", "wording"), None),
            (
                lambda c: change_scale(c, replace(c.scales[0], answers=c.scales[0].answers[:1])),
                ("scale", "own", "changed", ("answers",)),
            ),
            (lambda c: add_stop(c, STOP), ("stop", "lost", "added", ())),
            (lambda c: add_contradiction(c, ODD), ("contradiction", "odd", "added", ())),
            (lambda c: change_centre(c, CENTRE), ("centre", "", "added", ())),
        ],
    )
    def test_parts_of_the_whole_language(self, small, act, expected):
        found = [(one.part, one.id, one.kind, one.fields) for one in changes(small, act(small))]
        assert expected is None if not found else expected in found

    @pytest.mark.parametrize(
        ("act", "expected"),
        [
            (
                lambda c: change_centre(c, replace(CENTRE, mark=Fraction(80))),
                ("centre", "", "changed", ("mark",)),
            ),
            (lambda c: change_centre(c, None), ("centre", "", "removed", ())),
            (
                lambda c: change_stop(c, replace(STOP, title=Text("Væk"))),
                ("stop", "lost", "changed", ("title",)),
            ),
            (
                lambda c: change_contradiction(c, replace(ODD, refuse_when=Single(Answered("clear")))),
                ("contradiction", "odd", "changed", ("refuse_when",)),
            ),
        ],
    )
    def test_and_what_is_done_to_them(self, small, act, expected):
        old = change_centre(add_contradiction(add_stop(small, STOP), ODD), CENTRE)
        assert [(one.part, one.id, one.kind, one.fields) for one in changes(old, act(old))] == [expected]

    def test_what_was_removed_stands_after_the_rest(self, differences):
        renamed = TONE.replace('"tone"', '"voice"')
        assert differences((TONE, renamed)) == [
            ("item", "voice", "added", ()),
            ("item", "tone", "removed", ()),
        ]

    def test_two_quite_different_checklists_can_be_compared(self):
        old, new = (
            shipped(name) for name in ("lovmedholdelig-sagsbehandling", "data-og-informationsforvaltning")
        )
        kinds = {(one.part, one.kind) for one in changes(old, new)}
        assert {("item", "added"), ("item", "removed"), ("head", "changed")} <= kinds


class TestMoved:
    @given(st.permutations([str(number) for number in range(8)]))
    def test_those_that_stay_are_in_order_and_none_moves_without_need(self, new):
        old = sorted(new)
        stay = [one for one in new if one not in _moved(old, new)]
        assert stay == sorted(stay)
        assert stay or not new


class TestWordChanges:
    def test_equal_texts_are_one_piece(self):
        assert [(piece.kind, piece.text) for piece in word_changes("a b", "a b")] == [("same", "a b")]

    def test_a_replaced_word(self):
        assert [
            (piece.kind, piece.text)
            for piece in word_changes("Er borgeren hørt i tide?", "Er borgeren partshørt i tide?")
        ] == [
            ("same", "Er borgeren "),
            ("removed", "hørt "),
            ("added", "partshørt "),
            ("same", "i tide?"),
        ]

    @pytest.mark.parametrize(("before", "after", "kind"), [("", "ny tekst", "added"), ("væk", "", "removed")])
    def test_one_side_empty(self, before, after, kind):
        assert [piece.kind for piece in word_changes(before, after)] == [kind]

    def test_both_empty(self):
        assert word_changes("", "") == ()

    @given(st.text(" abæ\n", max_size=30), st.text(" abæ\n", max_size=30))
    def test_no_word_is_lost(self, before, after):
        pieces = word_changes(before, after)
        for text, left_out in ((before, "added"), (after, "removed")):
            kept = "".join(piece.text for piece in pieces if piece.kind != left_out)
            assert kept.split() == text.split()
