"""What may be compared over time: the same item, with no new meaning in between."""

from dataclasses import replace

import pytest

from checklists import editing
from checklists.comparing import comparable
from checklists.editing import mark
from checklists.model import Text


@pytest.fixture
def versions(small):
    """Versions 3 to 6: a new wording in 4, a new meaning in 5, a new item in 6."""
    third = small
    fourth = mark(replace(third, version=4), "clear", "wording")
    fifth = mark(replace(fourth, version=5), "clear", "meaning")
    fifth = mark(fifth, "outcome", "meaning")
    sixth = editing.add_item(replace(fifth, version=6), "letter", replace(small.item("tone"), id="new"))
    return {one.version: one for one in (third, fourth, fifth, sixth)}


class TestComparable:
    @pytest.mark.parametrize(
        ("old", "new", "part", "may"),
        [
            pytest.param(3, 3, "clear", True, id="with itself"),
            pytest.param(3, 4, "clear", True, id="only new words"),
            pytest.param(4, 5, "clear", False, id="a new meaning"),
            pytest.param(3, 6, "clear", False, id="a new meaning on the way"),
            pytest.param(5, 6, "clear", True, id="from the new meaning on"),
            pytest.param(3, 6, "tone", True, id="never changed"),
            pytest.param(3, 5, "outcome", False, id="a fact"),
            pytest.param(5, 6, "outcome", True, id="a fact from then on"),
            pytest.param(5, 6, "new", False, id="only in one"),
            pytest.param(3, 4, "nothing", False, id="in none"),
        ],
    )
    def test_in_either_order(self, versions, old, new, part, may):
        assert comparable(versions[old], versions[new], part) is may
        assert comparable(versions[new], versions[old], part) is may

    def test_two_texts_with_one_number_must_ask_alike(self, small):
        item, fact = small.item("clear"), small.fact("outcome")
        advised = editing.change_item(small, replace(item, guidance=Text("Læs det højt.")))
        asked = editing.change_item(small, replace(item, question=Text("Er brevet kort?")))
        fewer = editing.change_fact(small, replace(fact, values=fact.values[1:]))
        assert comparable(small, advised, "clear")
        for other, part in ((asked, "clear"), (fewer, "outcome")):
            assert not comparable(small, other, part)
            assert not comparable(other, small, part)
            assert comparable(small, other, "tone")
