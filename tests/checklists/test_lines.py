"""On which line something stands in a TOML text."""

import pytest

from checklists.reading.lines import Lines

TEXT = '''\
format = "x"
[[themes]]
id = "a" # [[themes]] in a remark
title = """
[[themes]]
id = "inside"
""" # ends here
[[ themes.items ]]
  "id" = 'b'
note = "three \\""" # no text of several lines
question.da = "x"
[scales.own]
id = "c"
lone = \'\'\'one line\'\'\'
[[themes]]
x = 1
'''


class TestLines:
    def test_headings_are_found_in_order(self):
        assert list(Lines(TEXT).starts("themes", 2)) == [2, 15]
        assert list(Lines(TEXT).starts("themes.items", 1)) == [8]
        assert Lines(TEXT).heading("scales.own") == 12

    def test_no_line_is_better_than_a_wrong_one(self):
        lines = Lines(TEXT).starts("themes", 3)
        assert [next(lines) for _ in range(3)] == [None, None, None]

    @pytest.mark.parametrize(
        ("identifier", "line"),
        [
            pytest.param("a", 3, id="plain"),
            pytest.param("inside", None, id="inside a text"),
            pytest.param("z", None, id="nowhere"),
        ],
    )
    def test_ids(self, identifier, line):
        assert Lines(TEXT).of_id(identifier) == line

    @pytest.mark.parametrize(
        ("key", "start", "line"),
        [
            pytest.param("format", 0, 1, id="before all headings"),
            pytest.param("id", 0, None, id="not before all headings"),
            pytest.param("title", 2, 4, id="in its section"),
            pytest.param("id", 8, 9, id="in quotation marks"),
            pytest.param("question", 8, 11, id="dotted"),
            pytest.param("lone", 12, 14, id="a text that ends on its line"),
            pytest.param("x", 12, 12, id="in another section"),
            pytest.param("x", None, None, id="of an unknown section"),
        ],
    )
    def test_keys(self, key, start, line):
        assert Lines(TEXT).of_key(key, start) == line
