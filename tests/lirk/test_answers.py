"""A file of answers is read by row, with all its problems at once."""

import pytest

from checklists.load import load
from lirk.errors import ProblemsFound
from lirk.intake.answers import AnswersUnreadable, read_answers

CHECKLIST = load("""\
format = "lirk-checklist/1"
id = "small"
version = 1
subject = "case"
status_date = 2026-03-08
title = { da = "Lille" }
not_applicable = "drop"
cannot_assess = "out"

[[facts]]
id = "outcome"
question = { da = "Udfald?" }
values = [{ code = "full-grant", text = { da = "Medhold" } }, { code = "refusal", text = { da = "Afslag" } }]

[[themes]]
id = "letter"
title = { da = "Brevet" }

[[themes.items]]
id = "clear"
question = { da = "Er brevet klart?" }
severity = "minor"
rule = "order"
answers = ["yes", "no"]

[[verdicts]]
id = "all"
title = { da = "Alle" }
""")


@pytest.fixture
def answers(tmp_path):
    def write(content):
        path = tmp_path / "answers.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def problems(path):
    with pytest.raises(ProblemsFound) as caught:
        read_answers(path, CHECKLIST)
    return [(problem.code, problem.row, problem.column) for problem in caught.value.problems]


class TestReadAnswers:
    @pytest.mark.parametrize(
        "content",
        [
            pytest.param("case,outcome,clear\nå/1,refusal,yes\n", id="comma"),
            pytest.param("case;outcome;clear\nå/1;refusal;yes\n", id="semicolon"),
            pytest.param("case\toutcome\tclear\nå/1\trefusal\tyes\n", id="tab"),
            pytest.param("\ufeffcase,outcome,clear\nå/1,refusal,yes\n", id="byte order mark"),
            pytest.param("case,outcome,clear\nå/1,refusal,yes\n".encode("cp1252"), id="cp1252"),
            pytest.param("case,outcome,clear\r\nå/1,refusal,yes\r\n", id="windows"),
            pytest.param("case,outcome,clear\rå/1,refusal,yes\r", id="old mac"),
            pytest.param('"case","outcome","clear"\n"å/1","refusal","yes"', id="quoted, no last line end"),
            pytest.param(" case , outcome,clear \n å/1 , refusal ,yes\n", id="spaces"),
            pytest.param("clear,case,outcome\nyes,å/1,refusal\n", id="columns in another order"),
            pytest.param("case,outcome,clear,,\nå/1,refusal,yes,,\n", id="empty columns"),
            pytest.param("case,outcome,clear\na\u030a/1,refusal,yes\n", id="decomposed letters"),
        ],
    )
    def test_one_file_in_many_forms(self, answers, content):
        (row,) = read_answers(answers(content), CHECKLIST)
        assert (row.row, row.case, row.problems) == (2, "å/1", ())
        assert row.answers == {"outcome": "refusal", "clear": "yes"}

    def test_rows_are_numbered_as_in_a_spreadsheet(self, answers):
        rows = read_answers(answers('\ncase,clear\n1,yes\n\n,,\n"2",no\n'), CHECKLIST)
        assert [(row.row, row.case) for row in rows] == [(3, "1"), (6, "2")]

    def test_empty_cells_are_no_answers(self, answers):
        (row,) = read_answers(answers("case,outcome,clear\n1,,yes\n"), CHECKLIST)
        assert row.answers == {"clear": "yes"}

    def test_short_rows_end_early(self, answers):
        (row,) = read_answers(answers("case,outcome,clear\n1\n"), CHECKLIST)
        assert (row.answers, row.problems) == ({}, ())

    @pytest.mark.parametrize(
        ("rows", "refused"),
        [
            pytest.param("1,yes\n1,no\n", [(3, "answers-duplicate-case", "case")], id="case twice"),
            pytest.param(",yes\n", [(2, "answers-no-case", "case")], id="no case"),
            pytest.param("1,maybe\n", [(2, "answer-unknown", "clear")], id="unknown answer"),
            pytest.param("1,partly\n", [(2, "answer-not-offered", "clear")], id="not offered"),
            pytest.param(
                "1,maybe\n1,Yes\n",
                [
                    (2, "answer-unknown", "clear"),
                    (3, "answers-duplicate-case", "case"),
                    (3, "answer-unknown", "clear"),
                ],
                id="all at once",
            ),
        ],
    )
    def test_a_row_is_refused_where_it_stands(self, answers, rows, refused):
        read = read_answers(answers("case,clear\n" + rows), CHECKLIST)
        assert [(one.row, one.code, one.column) for row in read for one in row.problems] == refused

    def test_the_offered_codes_are_told(self, answers):
        (row,) = read_answers(answers("case,clear\n1,maybe\n"), CHECKLIST)
        assert row.problems[0].values == {"value": "maybe", "known": ("yes", "no")}

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            pytest.param("", [("answers-empty", None, None)], id="empty"),
            pytest.param("case,clear\n", [("answers-empty", None, None)], id="headings only"),
            pytest.param("clear\nyes\n", [("answers-no-case-column", 1, None)], id="no case column"),
            pytest.param(
                "Case,clear\n1,yes\n",
                [("answers-no-case-column", 1, None), ("answers-misspelt-column", 1, "Case")],
                id="capital letter",
            ),
            pytest.param("case,note\n1,x\n", [("answers-unknown-column", 1, "note")], id="unknown column"),
            pytest.param(
                "case,claer\n1,yes\n", [("answers-misspelt-column", 1, "claer")], id="misspelt column"
            ),
            pytest.param(
                "case,clear,clear\n1,yes,no\n", [("answers-duplicate-column", 1, "clear")], id="column twice"
            ),
            pytest.param(
                "case,clear\n1,yes,no\n", [("answers-unnamed-column", 1, None)], id="column without a name"
            ),
            pytest.param("PK\x03\x04 x", [("answers-not-text", None, None)], id="a spreadsheet"),
            pytest.param(
                "case,clear\n1,yes\n".encode("utf-16"), [("answers-not-text", None, None)], id="utf-16"
            ),
            pytest.param(
                b"case,clear\n1\x81,yes\n", [("answers-not-text", None, None)], id="no known encoding"
            ),
            pytest.param(
                'case,clear\n"1,yes\n', [("answers-malformed", None, None)], id="open quotation mark"
            ),
        ],
    )
    def test_a_file_is_refused_as_a_whole(self, answers, content, told):
        assert problems(answers(content)) == told

    def test_problems_of_rows_are_told_with_those_of_the_file(self, answers):
        told = problems(answers("case,clear,x\n1,maybe,\n1,yes,\n"))
        assert [code for code, _, _ in told] == [
            "answers-unknown-column",
            "answer-unknown",
            "answers-duplicate-case",
        ]

    def test_a_file_that_cannot_be_opened(self, tmp_path):
        for path in (tmp_path, tmp_path / "nothing.csv"):
            with pytest.raises(AnswersUnreadable):
                read_answers(path, CHECKLIST)
