"""Whatever stands in a file, reading it ends with a checklist or with problems."""

from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.load import load
from checklists.model import Checklist
from checklists.problems import ChecklistProblems
from lirk.services.checklists import as_problem
from lirk.wording import Wording

VALUES = [
    "1", "-1", "0.5", "nan", "inf", "1e400", "true", '""', '" "', '"x"', '"yes"', "[]", "{}", "[[]]", "[{}]",
    "[1]", '["yes"]', '{ da = "x" }', "{ da = 1 }", '{ id = "x" }', "2026-03-08", "10:00:00", "[[[{}]]]",
    '{ any = [{ not = { id = "outcome", is = {} } }] }', '{ count = {}, at_least = "x" }', "{ all = 5 }",
    '[{ code = ["x"], text = 1 }]', '[{ id = ["x"] }]', '[{ id = "a", items = 5 }]', '{ own = 5, "Æ" = {} }',
]  # fmt: skip


def outcome(text):
    """Return the checklist, or the sentences of all its problems."""
    try:
        return load(text, "file.toml")
    except ChecklistProblems as error:
        return [Wording().sentence(as_problem(problem)) for problem in error.problems]


class TestLoad:
    @settings(deadline=None, max_examples=300)
    @given(data=st.data())
    def test_other_values_are_told(self, small_text, data):
        rows = small_text.split("\n")
        keyed = [number for number, row in enumerate(rows) if " = " in row]
        for number in data.draw(st.lists(st.sampled_from(keyed), min_size=1, max_size=4, unique=True)):
            key = rows[number].split(" = ")[0]
            rows[number] = f"{key} = {data.draw(st.sampled_from(VALUES))}"
        found = outcome("\n".join(rows))
        assert isinstance(found, Checklist) or found

    @settings(deadline=None, max_examples=200)
    @given(data=st.data())
    def test_missing_lines_are_told(self, small_text, data):
        rows = small_text.split("\n")
        gone = data.draw(st.sets(st.integers(0, len(rows) - 1), min_size=1, max_size=5))
        found = outcome("\n".join(row for number, row in enumerate(rows) if number not in gone))
        assert isinstance(found, Checklist) or found

    @settings(deadline=None)
    @given(text=st.text())
    def test_any_text_is_told(self, text):
        assert outcome(text)
