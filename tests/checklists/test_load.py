"""A checklist file becomes a checklist, whole."""

from dataclasses import FrozenInstanceError
from datetime import date
from fractions import Fraction

import pytest

from checklists.conditions import AtLeast, Is
from checklists.load import load
from checklists.logic import Single
from checklists.model import Reference, Text


class TestLoad:
    def test_the_head_is_read(self, small):
        assert (small.id, small.version, small.subject) == ("small", 3, "case")
        assert small.status_date == date(2026, 3, 8)
        assert small.title == Text("Lille", "Small")
        assert (small.not_applicable, small.cannot_assess, small.target) == ("drop", "out", None)

    def test_items_stand_in_the_order_of_the_themes(self, small):
        assert [item.id for item in small.items] == ["heard", "deadline", "clear", "tone", "overall"]

    def test_an_item_is_found_by_its_id(self, small):
        assert small.item("clear").weight == Fraction(1, 2)
        assert small.item("outcome") is None
        assert small.fact("outcome").offered == ("full-grant", "refusal")
        assert small.theme("letter").title.da == "Brevet"
        assert small.verdict("in-order").positive is True

    def test_what_is_left_out_has_its_usual_value(self, small):
        item = small.item("clear")
        assert (item.core, item.scale.id, item.recommendation) == (True, "yes-partly-no", Text())
        assert small.item("deadline").weight == 1

    def test_offered_answers_stand_in_the_order_of_the_scale(self, small):
        assert small.item("deadline").offered == ("yes", "partly", "no")
        assert small.item("clear").offered == ("yes", "partly", "no", "not_applicable", "cannot_assess")

    @pytest.mark.parametrize(
        ("item", "codes"),
        [
            pytest.param("clear", ("partly", "no", "cannot_assess"), id="usual"),
            pytest.param("heard", ("partly", "no", "not_applicable", "cannot_assess"), id="critical"),
            pytest.param("deadline", ("partly", "no"), id="only what is offered"),
            pytest.param("tone", (), id="as the file says"),
        ],
    )
    def test_notes_are_required(self, small, item, codes):
        assert small.item(item).note_required_at == codes

    def test_conditions_are_read(self, small):
        assert small.item("heard").applies_when == Single(Is("adverse", ("yes",)))
        assert small.item("deadline").applies_when == Single(AtLeast("heard", "partly", ("yes", "partly")))

    def test_references_keep_their_mark(self, small):
        assert small.item("heard").references == (
            Reference(
                text=Text("Forvaltningsloven § 19, stk. 1"),
                act="fvl",
                status_date=date(2026, 3, 8),
                source="Retsinformation",
                verified=True,
                checked_by="A. Jurist",
            ),
        )

    def test_english_falls_back_to_danish(self, small):
        assert small.theme("hearing").title.in_("en") == "Hearing"
        assert small.theme("letter").title.in_("en") == "Brevet"
        assert small.theme("hearing").title.in_("da") == "Høring"

    def test_a_byte_order_mark_and_windows_line_ends_do_not_matter(self, small, small_text):
        assert load("\ufeff" + small_text.replace("\n", "\r\n")).items[1:] == small.items[1:]

    def test_the_target_is_exact(self, changed):
        text = changed(('not_applicable = "drop"', 'not_applicable = "target"\ntarget = 89.9'))
        assert load(text).target == Fraction(899, 10)

    def test_a_checklist_is_frozen(self, small):
        with pytest.raises(FrozenInstanceError):
            small.version = 4

    def test_two_readings_are_equal(self, small, small_text):
        assert load(small_text) == small
        assert hash(load(small_text)) == hash(small)
