"""Everything that is wrong in a register is told at once, with its place; nothing of it is kept."""

import polars as pl
import pytest

from lirk.domain.cpr import MASK, looks_like_cpr
from lirk.errors import ProblemsFound
from lirk.intake.opening import FileMissing, FileUnreadable
from lirk.intake.register import examine, read_register
from lirk.wording import Wording

HEAD = "Sagsnr;Center;Afgørelsesdato;Udfald\n"
GOOD = "1;Syd;13-02-2025;Afslag\n"


@pytest.fixture
def told(tmp_path):
    """Return the problems of a register as (code, row, column), and check that each can be said."""

    def tell(content, mapping=None, name="register.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        examination = examine(path, mapping)
        assert examination.register is None
        for language in ("da", "en"):
            words = Wording(language)
            for problem in examination.problems:
                assert "{" not in words.sentence(problem)
                assert not looks_like_cpr(words.sentence(problem) + words.place(problem))
        return [(problem.code, problem.row, problem.column) for problem in examination.problems]

    return tell


class TestFiles:
    def test_a_file_that_is_not_there(self, tmp_path):
        with pytest.raises(FileMissing):
            read_register(tmp_path / "nothing.csv")

    def test_a_folder(self, tmp_path):
        with pytest.raises(FileUnreadable):
            read_register(tmp_path)

    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            pytest.param(b"", "no-rows", id="empty"),
            pytest.param(b" \r\n\r\n", "no-rows", id="blank"),
            pytest.param(HEAD.encode(), "no-rows", id="headings only"),
            pytest.param((HEAD + ";;;\n\n").encode(), "no-rows", id="blank rows only"),
            pytest.param(b"%PDF-1.7 ...", "not-a-text-file", id="PDF"),
            pytest.param(b"a;b\0c", "not-a-text-file", id="NUL"),
            pytest.param(b"PK\x03\x04 broken", "workbook-unreadable", id="broken workbook"),
            pytest.param(b"PAR1 broken", "parquet-unreadable", id="broken Parquet"),
            pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-or-locked-workbook", id="XLS"),
        ],
    )
    def test_no_table(self, told, content, problem):
        assert told(content) == [(problem, None, None)]

    def test_two_encodings_in_one_file(self, told):
        content = HEAD.encode() + "1;Åby;13-02-2025;Afslag\n".encode() * 3 + b"4;\xc5by;13-02-2025;Afslag\n"
        assert told(content) == [("encoding-not-found", 5, None)]

    @pytest.mark.parametrize(
        ("encoding", "problem"),
        [("utf-8", ("encoding-does-not-fit", 2, None)), ("klingon", ("encoding-unknown", None, None))],
    )
    def test_the_encoding_that_the_mapping_names(self, told, encoding, problem):
        content = (HEAD + "1;Åby;13-02-2025;Afslag\n").encode("cp1252")
        content = content.replace("Afg\xf8r".encode("cp1252"), b"Afg")
        assert told(content, {"read": {"encoding": encoding}}) == [problem]

    def test_a_mark_that_lies(self, told):
        assert told(b"\xef\xbb\xbf" + (HEAD + GOOD).encode("cp1252")) == [("encoding-does-not-fit", 1, None)]

    def test_a_header_row_below_the_end(self, told):
        assert told(HEAD + GOOD, {"read": {"header_row": 9}}) == [("header-row-missing", None, None)]

    def test_a_quote_that_is_never_closed(self, told):
        content = HEAD + GOOD + '2;"Syd;13-02-2025;Afslag\n3;Syd;13-02-2025;Afslag\n'
        assert ("quote-not-closed", 3, None) in told(content)


class TestColumns:
    def test_each_missing_column_is_told_with_the_headings(self, tmp_path):
        (tmp_path / "r.csv").write_text("Alfa;Beta;CPR 010190-0000\n1;2;3\n")
        problems = examine(tmp_path / "r.csv").problems
        assert [problem.code for problem in problems] == [
            "no-case-number-column",
            "no-centre-column",
            "no-decision-date-column",
        ]
        assert problems[0].values["headings"] == ("»Alfa«", "»Beta«", f"»CPR {MASK}«")

    def test_the_other_columns_are_checked_all_the_same(self, told):
        codes = [code for code, _, _ in told("Sagsnr;Kontor;Afgjort\n1;Syd;31-02-2025\n1;Nord;13-02-2025\n")]
        assert codes == ["no-centre-column", "date-impossible", "case-number-doubled"]

    def test_a_mapped_column_that_is_not_there(self, told):
        columns = {"case_number": "Sagsnr", "centre": "Enhed", "decision_date": "Afgørelsesdato"}
        assert told(HEAD + GOOD, {"columns": columns}) == [("column-not-in-file", None, None)]

    @pytest.mark.parametrize("mapping", [None, {"columns": {"centre": "Center"}}], ids=["guessed", "mapped"])
    def test_a_used_heading_that_stands_twice(self, told, mapping):
        content = "Sagsnr;Center;Afgjort;Center\n1;Syd;13-02-2025;Nord\n"
        assert told(content, mapping) == [("heading-doubled", None, "Center")]

    def test_an_unused_heading_that_stands_twice_is_a_remark(self, tmp_path):
        (tmp_path / "r.csv").write_text("Sagsnr;Center;Afgjort;Note;Note\n1;Syd;13-02-2025;a;b\n")
        codes = [remark.code for remark in read_register(tmp_path / "r.csv").remarks]
        assert codes == ["unused-heading-doubled", "columns-dropped"]

    @pytest.mark.parametrize("value", ["010190-0000", "0101900000", "Hr. X 010190 0000"])
    @pytest.mark.parametrize(
        ("heading", "rows"),
        [
            pytest.param("Sagsnr", "{};Syd;13-02-2025;Afslag;\n", id="case number"),
            pytest.param("Center", "1;{};13-02-2025;Afslag;\n", id="centre"),
            pytest.param("Afgørelsesdato", "1;Syd;{};Afslag;\n", id="date"),
            pytest.param("Sagstype", "1;Syd;13-02-2025;Afslag;{}\n", id="column with few values"),
        ],
    )
    def test_cpr_numbers_are_refused_by_column_and_never_shown(self, told, heading, rows, value):
        content = HEAD.strip() + ";Sagstype\n" + "9;Syd;13-02-2025;Afslag;\n" + rows.format(value)
        assert ("cpr-in-column", 3, heading) in told(content)

    def test_cpr_numbers_in_a_column_with_many_values_are_found(self, tmp_path):
        rows = [f"{place};Syd;13-02-2025;type {place}\n" for place in range(3000)]
        rows[2500] = "2500;Syd;13-02-2025;om 010190-0000\n"
        (tmp_path / "r.csv").write_text("Sagsnr;Center;Afgjort;Sagstype\n" + "".join(rows))
        problems = examine(tmp_path / "r.csv").problems
        assert [(problem.code, problem.row, problem.column) for problem in problems] == [
            ("cpr-in-column", 2502, "Sagstype")
        ]

    def test_cpr_numbers_are_not_written_into_a_mapping(self, tmp_path):
        (tmp_path / "r.csv").write_text(HEAD + "1;Syd;13-02-2025;010190-0000\n2;Syd;13-02-2025;Måske\n")
        assert examine(tmp_path / "r.csv").mapping["outcome"] == {"Måske": ""}

    def test_a_column_that_is_not_used_may_hold_what_it_likes(self, tmp_path):
        (tmp_path / "r.csv").write_text("Sagsnr;Center;Afgjort;CPR\n1;Syd;13-02-2025;010190-0000\n")
        register = read_register(tmp_path / "r.csv")
        assert register.frame.columns == ["case_id", "centre", "decision_date"]
        assert register.dropped == ("CPR",)


class TestRows:
    @pytest.mark.parametrize(
        ("row", "problem"),
        [
            pytest.param(";Syd;13-02-2025;Afslag", ("case-number-missing", "Sagsnr"), id="no number"),
            pytest.param(" ;Syd;13-02-2025;Afslag", ("case-number-missing", "Sagsnr"), id="blank number"),
            pytest.param('"a\nb";Syd;13-02-2025;Afslag', ("case-number-broken", "Sagsnr"), id="line break"),
            pytest.param("a\tb;Syd;13-02-2025;Afslag", ("case-number-broken", "Sagsnr"), id="tab"),
            pytest.param("2;;13-02-2025;Afslag", ("centre-missing", "Center"), id="no centre"),
            pytest.param("2;Syd;;Afslag", ("date-missing", "Afgørelsesdato"), id="no date"),
            pytest.param("2;Syd;31-02-2025;Afslag", ("date-impossible", "Afgørelsesdato"), id="31 February"),
            pytest.param("2;Syd;01-01-0205;Afslag", ("date-impossible", "Afgørelsesdato"), id="year 205"),
            pytest.param("2;Syd;snart;Afslag", ("date-impossible", "Afgørelsesdato"), id="no date at all"),
            pytest.param("2;Syd;13-02-2025;", ("outcome-missing", "Udfald"), id="no outcome"),
            pytest.param("2;Syd;13-02-2025;Måske", ("outcome-unmapped", "Udfald"), id="unknown outcome"),
            pytest.param("2;Syd;13-02-2025;Afslag;x", ("too-many-fields", None), id="too many fields"),
            pytest.param("1;Nord;13-02-2025;Afslag", ("case-number-doubled", "Sagsnr"), id="number twice"),
            pytest.param(" 1 ;Nord;13-02-2025;Afslag", ("case-number-doubled", "Sagsnr"), id="with blanks"),
            pytest.param(GOOD.strip(), ("rows-identical", "Sagsnr"), id="row twice"),
        ],
    )
    def test_told_with_row_and_column(self, told, row, problem):
        assert told(f"Liste\n\n{HEAD}{GOOD}\n{row}\n") == [(problem[0], 6, problem[1])]

    @pytest.mark.parametrize(
        ("first", "second", "problem"),
        [
            pytest.param("Sag-1", "SAG-1", "case-numbers-alike", id="case"),
            pytest.param("Å-1", "å-1", "case-numbers-alike", id="case of a Danish letter"),
            pytest.param("\u00c5-1", "\u212b-1", "case-number-doubled", id="two signs of one letter"),
            pytest.param("\u00c5-1", "A\u030a-1", "case-number-doubled", id="composed and not"),
            pytest.param("S\u00b2", "S2", "case-numbers-alike", id="raised digit"),
        ],
    )
    def test_numbers_that_look_alike(self, told, first, second, problem):
        rows = f"{first};Syd;13-02-2025;Afslag\n{second};Nord;13-02-2025;Afslag\n"
        assert told(HEAD + rows) == [(problem, 3, "Sagsnr")]

    def test_both_rows_of_a_doubled_number_are_named(self, tmp_path):
        (tmp_path / "r.csv").write_text(f"{HEAD}{GOOD}2;Syd;13-02-2025;Afslag\n1;Nord;13-02-2025;Afslag\n")
        problem = examine(tmp_path / "r.csv").problems[0]
        assert (problem.row, problem.values) == (4, {"value": "1", "other": "2"})

    def test_identical_rows_are_counted_together(self, tmp_path):
        (tmp_path / "r.csv").write_text(HEAD + GOOD * 4 + "2;Syd;13-02-2025;Afslag\n" * 2)
        examination = examine(tmp_path / "r.csv")
        assert [problem.values for problem in examination.problems] == [{"count": 4, "rows": "3, 4, 5, 7"}]
        assert examination.total == 4

    def test_an_unknown_outcome_is_told_once_with_its_count(self, tmp_path):
        (tmp_path / "r.csv").write_text(HEAD + "".join(f"{n};Syd;13-02-2025;Måske\n" for n in range(7)))
        problem = examine(tmp_path / "r.csv").problems[0]
        assert (problem.row, problem.values) == (2, {"value": "Måske", "count": 7})

    def test_an_outcome_that_the_mapping_leaves_out_is_not_guessed(self, told):
        mapping = {"outcome": {"Bevilling": "full-grant"}}
        assert told(HEAD + GOOD, mapping) == [("outcome-unmapped", 2, "Udfald")]

    def test_few_are_told_of_each_kind_and_all_are_counted(self, tmp_path):
        path = tmp_path / "r.csv"
        path.write_text(HEAD + "".join(f"{n};;13-02-2025;Afslag\n" for n in range(1254)))
        with pytest.raises(ProblemsFound) as refused:
            read_register(path)
        assert len(refused.value.problems) == 21
        last = Wording("da").sentence(refused.value.problems[-1])
        assert last == "… og 1.234 til med samme problem."
        assert Wording("da").sentence(refused.value).startswith("Problemer fundet: 1.254.")

    def test_too_long_rows_are_counted_too(self, tmp_path):
        (tmp_path / "r.csv").write_text(HEAD + "".join(f"{n};S;13-02-2025;Afslag;x\n" for n in range(50)))
        examination = examine(tmp_path / "r.csv")
        assert examination.total == 50
        assert len(examination.problems) == 21

    def test_all_is_told_at_once(self, told):
        rows = ["1;Syd;13-02-2025;Afslag", "1;;31-02-2025;Måske", ";Syd;;", "4;Syd;13-02-2025;Afslag;x"]
        codes = {code for code, _, _ in told(HEAD + "\n".join(rows), {"keep": {"form": 1}, "rea": {}})}
        assert codes == {
            "mapping-key-unknown",
            "mapping-table-unknown",
            "too-many-fields",
            "case-number-missing",
            "case-number-doubled",
            "centre-missing",
            "date-missing",
            "date-impossible",
            "outcome-missing",
            "outcome-unmapped",
        }


class TestRemarks:
    def remarks(self, tmp_path, content, encoding="utf-8", mapping=None):
        (tmp_path / "r.csv").write_text(content, encoding=encoding)
        found = read_register(tmp_path / "r.csv", mapping).remarks
        for language in ("da", "en"):
            assert not [remark for remark in found if "{" in Wording(language).sentence(remark)]
        return {remark.code: remark for remark in found}

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            pytest.param("1.0E+05;Syd;13-02-2025;Afslag", "number-as-power", id="power of ten"),
            pytest.param("dec-21;Syd;13-02-2025;Afslag", "number-as-date", id="date"),
            pytest.param("12;Syd;13-02-2025;Afslag", "numbers-of-mixed-length", id="lost zeros"),
            pytest.param("x;SYD;13-02-2025;Afslag", "centres-alike", id="two spellings of a centre"),
            pytest.param("x;KÃ¸ge;13-02-2025;Afslag", "letters-lost", id="UTF-8 read twice"),
            pytest.param("x;K\ufffdge;13-02-2025;Afslag", "letters-lost", id="a letter replaced"),
        ],
    )
    def test_what_looks_wrong(self, tmp_path, content, code):
        assert code in self.remarks(tmp_path, HEAD + GOOD + content)

    def test_a_weighed_encoding_is_shown_with_its_letters(self, tmp_path):
        remark = self.remarks(tmp_path, HEAD + "1;Ærø;13-02-2025;Afslag\n", "mac_roman")["encoding-weighed"]
        assert remark.values == {"encoding": "mac_roman", "examples": ("»Afgørelsesdato«", "»Ærø« (2)")}

    def test_nothing_is_remarked_of_a_clean_register(self, tmp_path):
        assert not self.remarks(tmp_path, HEAD + GOOD)

    def test_an_assumed_order_of_day_and_month_is_told(self, tmp_path):
        remark = self.remarks(tmp_path, HEAD + "1;Syd;01-02-2025;Afslag\n")["date-order-assumed"]
        assert "1. februar 2025" in Wording("da").sentence(remark)

    def test_month_first_is_told(self, tmp_path):
        rows = "1;Syd;02/13/2025;Afslag\n2;Syd;01/02/2025;Afslag\n"
        assert "date-order-american" in self.remarks(tmp_path, HEAD + rows)

    def test_another_column_that_could_be_meant_is_told(self, tmp_path):
        remark = self.remarks(tmp_path, "Sagsnr;Center;Forvaltning;Afgjort\n1;Syd;S;13-02-2025\n")
        assert remark["column-could-also-be"].column == "Forvaltning"


class TestNothingIsKept:
    def test_a_refused_file_leaves_nothing_behind(self, tmp_path):
        (tmp_path / "r.csv").write_text(HEAD + GOOD * 2)
        assert examine(tmp_path / "r.csv").register is None
        assert [path.name for path in tmp_path.iterdir()] == ["r.csv"]

    def test_columns_without_a_use_are_not_in_the_frame(self, tmp_path):
        (tmp_path / "r.csv").write_text("Sagsnr;Center;Afgjort;Titel;Navn\n1;Syd;13-02-2025;Sag;Hansen\n")
        frame = read_register(tmp_path / "r.csv").frame
        assert "Hansen" not in str(frame.rows())
        assert frame.schema == {"case_id": pl.String, "centre": pl.String, "decision_date": pl.Date}
