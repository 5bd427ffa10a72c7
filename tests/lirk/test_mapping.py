"""A mapping is read whole or refused whole, and what is written is read again as it was."""

import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lirk.errors import ProblemsFound
from lirk.intake.mapping import OUTCOMES, mapping_text, plain, read_mapping, understand
from lirk.intake.opening import FileUnreadable

WHOLE = """\
[read]
encoding = "mac_roman"
header_row = 2
separator = ","
date_format = "%d-%b-%y"

[columns]
case_number = "PA Ref"
centre = "Determining Body"
decision_date = "Decision issued"
outcome = "Decision"
law_area = "Lovområde"

[outcome]
"Permitted" = "full-grant"
"" = "not-a-decision"

[centre]
"Principal Planner- North (CB)" = "Principal Planner North"

[keep]
from = 2023-01-01
to = 2023-12-31
outcomes = ["full-grant", "refusal"]
local_case_numbers = false
"""


def codes(mapping):
    return [(problem.code, problem.item) for problem in understand(mapping)[1]]


class TestReadMapping:
    def test_dates_are_iso_text(self, tmp_path):
        path = tmp_path / "mapping.toml"
        path.write_text(WHOLE)
        mapping = read_mapping(path)
        assert mapping["keep"]["from"] == "2023-01-01"
        assert mapping["columns"]["law_area"] == "Lovområde"

    def test_a_byte_order_mark_does_not_matter(self, tmp_path):
        path = tmp_path / "mapping.toml"
        path.write_text(WHOLE, encoding="utf-8-sig")
        assert read_mapping(path)["read"]["header_row"] == 2

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            pytest.param(b"[columns\n", "mapping-not-toml", id="no TOML"),
            pytest.param(b'[columns]\na = "1"\na = "2"\n', "mapping-not-toml", id="a key twice"),
            pytest.param(
                '[columns]\ncentre = "Område"\n'.encode("cp1252"), "mapping-not-utf8", id="not UTF-8"
            ),
            pytest.param(b"[colums]\n", "mapping-table-unknown", id="unknown section"),
        ],
    )
    def test_refused_with_the_name_of_the_file(self, tmp_path, content, code):
        path = tmp_path / "mapping.toml"
        path.write_bytes(content)
        with pytest.raises(ProblemsFound) as refused:
            read_mapping(path)
        assert [(problem.code, problem.file) for problem in refused.value.problems] == [
            (code, "mapping.toml")
        ]

    def test_a_file_that_is_not_there(self, tmp_path):
        with pytest.raises(FileUnreadable):
            read_mapping(tmp_path / "nothing.toml")


class TestUnderstand:
    def test_nothing_is_a_mapping_that_guesses_all(self):
        mapping, problems = understand(None)
        assert not problems
        assert mapping.columns is None
        assert mapping.outcome is None

    def test_dates_come_as_days_or_as_text(self):
        for first in (date(2023, 1, 1), "2023-01-01"):
            mapping, _ = understand({"keep": {"from": first}})
            assert mapping.keep.first == date(2023, 1, 1)

    def test_an_empty_column_has_not_been_decided(self):
        mapping, problems = understand({"columns": {"centre": "", "case_number": "Nr"}})
        assert not problems
        assert mapping.columns == {"case_number": "Nr"}

    @pytest.mark.parametrize(
        ("mapping", "problem"),
        [
            pytest.param({"kep": {}}, ("mapping-table-unknown", "[kep]"), id="section"),
            pytest.param({"keep": []}, ("mapping-needs-table", "keep"), id="no section"),
            pytest.param({"read": {"encodng": "x"}}, ("mapping-key-unknown", "[read] encodng"), id="key"),
            pytest.param({"read": {"encoding": 1}}, ("mapping-needs-text", "[read] encoding"), id="no text"),
            pytest.param(
                {"read": {"header_row": 0}}, ("mapping-needs-number", "[read] header_row"), id="row 0"
            ),
            pytest.param(
                {"read": {"header_row": True}},
                ("mapping-needs-number", "[read] header_row"),
                id="true is no row",
            ),
            pytest.param(
                {"read": {"separator": ";;"}}, ("mapping-needs-separator", "[read] separator"), id="two signs"
            ),
            pytest.param(
                {"keep": {"from": "01-02-2023"}}, ("mapping-needs-date", "[keep] from"), id="no date"
            ),
            pytest.param(
                {"keep": {"to": "2023-02-30"}}, ("mapping-needs-date", "[keep] to"), id="30 February"
            ),
            pytest.param(
                {"keep": {"outcomes": "refusal"}}, ("mapping-needs-list", "[keep] outcomes"), id="no list"
            ),
            pytest.param(
                {"keep": {"centres": [1]}}, ("mapping-needs-list", "[keep] centres"), id="list of numbers"
            ),
            pytest.param(
                {"keep": {"outcomes": ["grant"]}},
                ("mapping-outcome-unknown", "[keep] outcomes"),
                id="outcome kept",
            ),
            pytest.param(
                {"keep": {"local_case_numbers": "no"}},
                ("mapping-needs-yes-no", "[keep] local_case_numbers"),
                id="no is no truth value",
            ),
            pytest.param({"outcome": {"X": "grant"}}, ("mapping-outcome-unknown", "[outcome]"), id="outcome"),
            pytest.param({"columns": {"centre": 2}}, ("mapping-needs-text", "[columns] centre"), id="column"),
            pytest.param(
                {"columns": {"Law Area": "x"}}, ("mapping-column-name", "[columns] Law Area"), id="no fact id"
            ),
            pytest.param(
                {"columns": {"case_id": "x"}},
                ("mapping-column-name", "[columns] case_id"),
                id="a name of ours",
            ),
            pytest.param({"centre": {"A": 1}}, ("mapping-needs-text", "[centre]"), id="centre"),
            pytest.param(
                {"keep": {"from": "2024-01-01", "to": "2023-01-01"}},
                ("period-reversed", "[keep] from, to"),
                id="period",
            ),
        ],
    )
    def test_told_with_its_place(self, mapping, problem):
        assert codes(mapping) == [problem]

    def test_all_problems_are_told_at_once(self):
        assert len(codes({"a": {}, "read": {"header_row": "2", "x": 1}, "keep": {"from": 1}})) == 4


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
FILLED = TEXTS.filter(lambda text: bool(text.strip()))
MAPPINGS = st.fixed_dictionaries(
    {},
    optional={
        "read": st.fixed_dictionaries({}, optional={"header_row": st.integers(1, 99), "encoding": FILLED}),
        "columns": st.dictionaries(
            st.from_regex(r"\A[a-z_-]{1,9}\Z").filter(lambda name: name != "row"), TEXTS
        ),
        "outcome": st.dictionaries(TEXTS, st.sampled_from(["", *OUTCOMES])),
        "centre": st.dictionaries(TEXTS, FILLED),
        "keep": st.fixed_dictionaries(
            {"local_case_numbers": st.booleans()},
            optional={
                "from": st.dates(max_value=date(2020, 1, 1)).map(date.isoformat),
                "to": st.dates(min_value=date(2020, 1, 1)).map(date.isoformat),
                "centres": st.lists(FILLED, min_size=1),
            },
        ),
    },
)


class TestMappingText:
    @given(MAPPINGS)
    def test_written_and_read_again_it_is_the_same(self, mapping):
        assert plain(tomllib.loads(mapping_text(mapping))) == mapping
        assert codes(mapping) == codes(plain(tomllib.loads(mapping_text(mapping))))

    def test_days_stand_as_days(self):
        assert "from = 2023-01-01\n" in mapping_text({"keep": {"from": "2023-01-01"}})
