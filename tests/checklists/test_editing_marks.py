"""How changes are marked, and how a new part gets its id."""

from dataclasses import replace
from fractions import Fraction

import pytest
from generated_checklists import texts
from hypothesis import given
from hypothesis import strategies as st

from checklists import editing
from checklists.conditions import Answered
from checklists.editing import KindUnknown, mark, needs_mark, new_id, unmark, unmarked
from checklists.logic import Single
from checklists.model import PartChange, Text
from checklists.reading.table import ID_PATTERN

ASKED = Single(Answered("outcome"))


class TestMarks:
    def test_a_change_is_marked_in_this_version(self, small):
        item = mark(small, "clear", "wording", "Klarere").item("clear")
        assert item.changes == (PartChange(version=3, kind="wording", reason="Klarere"),)

    def test_a_later_word_on_the_same_version_replaces_it(self, small):
        twice = mark(mark(small, "outcome", "wording"), "outcome", "meaning", "Nyt")
        assert twice.fact("outcome").changes == (PartChange(version=3, kind="meaning", reason="Nyt"),)

    def test_marks_of_other_versions_stay_in_their_order(self, small):
        before = mark(replace(small, version=2), "clear", "meaning")
        after = mark(replace(before, version=3), "clear", "wording")
        assert [one.version for one in after.item("clear").changes] == [2, 3]
        assert [one.version for one in unmark(after, "clear").item("clear").changes] == [2]

    def test_no_other_kind(self, small):
        with pytest.raises(KindUnknown):
            mark(small, "clear", "better")

    @pytest.mark.parametrize(
        ("act", "needed"),
        [
            (lambda c: editing.change_item(c, replace(c.item("clear"), weight=Fraction(9))), ("clear",)),
            (lambda c: editing.change_item(c, replace(c.item("clear"), guidance=Text("Ny"))), ("clear",)),
            (lambda c: editing.change_item(c, replace(c.item("heard"), references=())), ()),
            (lambda c: mark(c, "clear", "wording"), ()),
            (lambda c: editing.move_item(c, "clear", 1), ()),
            (lambda c: editing.remove_item(c, "tone"), ()),
            (lambda c: editing.add_item(c, "letter", replace(c.item("clear"), id="new")), ()),
            (lambda c: editing.change_fact(c, replace(c.fact("adverse"), question=Text("Ny"))), ("adverse",)),
            (lambda c: editing.change_head(c, title=Text("Ny")), ()),
            (
                lambda c: editing.change_theme(c, replace(c.theme("letter"), applies_when=ASKED)),
                ("clear", "tone", "overall"),
            ),
        ],
    )
    def test_which_changes_need_one(self, small, act, needed):
        new = act(replace(small, version=4))
        assert needs_mark(small, new) == needed
        assert unmarked(small, new) == needed
        for part in needed:
            new = mark(new, part, "meaning")
        assert unmarked(small, new) == ()

    def test_a_mark_of_an_earlier_version_is_not_enough(self, small):
        old = mark(small, "clear", "wording")
        new = editing.change_item(replace(old, version=4), replace(old.item("clear"), question=Text("Ny")))
        assert unmarked(old, new) == ("clear",)


class TestNewId:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Er brevet klart?", "er-brevet-klart"),
            ("Ærø & Åløkke", "aeroe-aaloekke"),
            ("Café à la carte", "cafe-a-la-carte"),
            ("§ 19, stk. 1", "part-19-stk-1"),
            ("?!", "part"),
            ("", "part"),
            (
                "Er parten hørt, før afgørelsen blev truffet af kommunen?",
                "er-parten-hoert-foer-afgoerelsen-blev",
            ),
            ("x" * 60, "x" * 40),
            ("Case", "case-2"),
            ("A\u030al", "aal"),
        ],
    )
    def test_says_what_the_words_say(self, text, found):
        assert new_id(text, set()) == found

    def test_what_is_taken_gets_a_number(self):
        assert new_id("Brev", {"brev"}) == "brev-2"
        assert new_id("Brev", {"brev", "brev-2", "brev-3"}) == "brev-4"

    def test_also_where_there_is_no_room_for_one(self):
        assert new_id("x" * 50, {"x" * 40}) == "x" * 38 + "-2"

    @given(text=st.text() | texts.map(lambda text: text.da), taken=st.sets(st.text("abp-", max_size=4)))
    def test_is_always_an_id_that_is_free(self, text, taken):
        found = new_id(text, taken)
        assert ID_PATTERN.fullmatch(found)
        assert len(found) <= 40
        assert found not in taken
