"""A register is read alike from every kind of file, and its rows keep the spreadsheet's numbers."""

import csv
from datetime import UTC, date, datetime, time
from io import StringIO

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from lirk.errors import ProblemsFound
from lirk.intake.mapping import mapping_text, read_mapping
from lirk.intake.register import examine, read_register

HEADINGS = ["Sagsnr.", "Forvaltning", "Afgørelsesdato", "Resultat"]
ROWS = [
    ["0001", "Ærø Øst", "13-02-2025", "Bevilling"],
    ["21/12345", "Åby, Syd", "01-03-2025", "Afslag"],
    ["27.60.08-G01-214-23", "Blåbær; Nord", "31-12-2025", "Påbud"],
]
CASES = [
    ("0001", "Ærø Øst", date(2025, 2, 13), "full-grant", "full-grant"),
    ("21/12345", "Åby, Syd", date(2025, 3, 1), "refusal", "not-full-grant"),
    ("27.60.08-G01-214-23", "Blåbær; Nord", date(2025, 12, 31), "burdening", "not-full-grant"),
]


def text_of(rows, separator=";", line_end="\n"):
    out = StringIO()
    csv.writer(out, delimiter=separator, lineterminator=line_end).writerows(rows)
    return out.getvalue()


@pytest.fixture
def written(tmp_path):
    """Write a register and return its path."""

    def write(content, encoding="utf-8", name="register.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


@pytest.fixture
def workbook(tmp_path):
    """Write a workbook of sheets, each a list of rows, and return its path."""

    def write(**sheets):
        path = tmp_path / "register.xlsx"
        with xlsxwriter.Workbook(path, {"default_date_format": "dd-mm-yyyy"}) as book:
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name)
                for number, row in enumerate(rows):
                    for place, cell in enumerate(row):
                        if cell is not None:
                            sheet.write(number, place, cell)
        return path

    return write


def codes(path, mapping=None):
    with pytest.raises(ProblemsFound) as refused:
        read_register(path, mapping)
    return [problem.code for problem in refused.value.problems]


class TestTextFiles:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman"])
    @pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
    @pytest.mark.parametrize("separator", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])
    def test_every_way_to_write_it_is_read_alike(self, written, encoding, line_end, separator):
        path = written(text_of([HEADINGS, *ROWS], separator, line_end), encoding)
        register = read_register(path)
        assert register.frame.rows() == CASES
        assert register.mapping["read"]["encoding"] == encoding
        assert register.mapping["read"]["separator"] == separator

    @pytest.mark.parametrize("above", [0, 1, 2, 5], ids="{} rows".format)
    @pytest.mark.parametrize("encoding", ["utf-8", "mac_roman"])
    def test_rows_above_the_headings_are_passed_over(self, written, above, encoding):
        top = [["Afgørelser 2025"], [], ["Udtrukket", "i dag"], [], ["Kun “lukkede” sager"]][:above]
        register = read_register(written(text_of([*top, HEADINGS, *ROWS]), encoding))
        assert register.frame.rows() == CASES
        assert register.mapping["read"]["header_row"] == above + 1

    def test_every_column_is_text(self, written):
        content = text_of([[*HEADINGS, "KLE"], ["0012", "007", "13-02-2025", "Afslag", "27.60"]])
        frame = read_register(written(content)).frame
        assert frame.row(0) == ("0012", "007", date(2025, 2, 13), "refusal", "not-full-grant", "27.60")

    def test_fields_may_hold_line_breaks(self, written):
        rows = [[*HEADINGS, "Titel"], [*ROWS[0], "to\nlinjer"], [*ROWS[1], 'en "to" tre']]
        content = text_of([*rows, ["", "", "", "Ukendt", ""]])
        problems = examine(written(content)).problems
        assert {problem.row for problem in problems} == {4}

    @pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
    def test_quotes_inside_fields_are_letters(self, written, line_end):
        rows = [
            '1;Syd;01-02-2025;Afslag;rør 5" bredt',
            "2;Syd;13-02-2025;Afslag;x",
            '3;Syd;14-02-2025;Afslag;6" y',
        ]
        content = line_end.join([";".join([*HEADINGS, "Titel"]), *rows, ""])
        assert read_register(written(content)).frame["case_id"].to_list() == ["1", "2", "3"]

    def test_empty_fields_after_the_last_heading_do_not_matter(self, written):
        content = text_of([HEADINGS, *([*row, "", ""] for row in ROWS)])
        assert read_register(written(content)).frame.rows() == CASES

    def test_short_rows_are_filled_up(self, written):
        content = text_of([[*HEADINGS, "Afdeling"], *ROWS])
        assert read_register(written(content)).frame["unit"].to_list() == [None] * 3

    def test_what_the_mapping_says_is_not_guessed(self, written):
        content = text_of([["a", "b", "c"], ["Sagsnr", "Center", "Afgjort"], ["1", "ø", "02/01/2025"]], "|")
        read = {"encoding": "cp1252", "header_row": 1, "separator": "|", "date_format": "%m/%d/%Y"}
        columns = {"case_number": "a", "centre": "b", "decision_date": "c"}
        path = written(content, "cp1252")
        rows = [problem.row for problem in examine(path, {"read": read, "columns": columns}).problems]
        assert rows == [2]
        read["header_row"] = 2
        frame = read_register(path, {"read": read}).frame
        assert frame.rows() == [("1", "ø", date(2025, 2, 1))]

    def test_headings_that_the_mapping_names_find_their_row(self, written):
        content = text_of([["Udtræk", "2025"], ["a", "b", "c"], ["1", "Syd", "13-02-2025"]])
        columns = {"case_number": "a", "centre": "b", "decision_date": "c"}
        register = read_register(written(content), {"columns": columns})
        assert register.mapping["read"]["header_row"] == 2

    @given(
        st.lists(
            st.tuples(
                st.text('abcæøå0123456789/.- ;,"\n', min_size=1, max_size=8).filter(str.strip),
                st.text('xyzÆØÅ "\n;,', max_size=8),
            ),
            min_size=1,
            max_size=8,
        )
    )
    def test_fields_are_read_as_the_csv_module_wrote_them(self, tmp_path_factory, pairs):
        path = tmp_path_factory.mktemp("any") / "register.csv"
        rows = [
            [f"{place}x", "Syd", "13-02-2025", number, note] for place, (number, note) in enumerate(pairs)
        ]
        path.write_text(text_of([["Sagsnr", "Center", "Afgjort", "Facet", "Sagstype"], *rows]), newline="")
        columns = {"case_number": "Sagsnr", "centre": "Center", "decision_date": "Afgjort"}
        columns |= {"facet": "Facet", "case_type": "Sagstype"}
        frame = read_register(path, {"columns": columns}).frame
        assert frame["case_id"].to_list() == [row[0] for row in rows]
        assert frame["facet"].to_list() == [row[3].strip() for row in rows]
        assert frame["case_type"].to_list() == [row[4].strip() or None for row in rows]


class TestBlankAndTotalRows:
    def test_blank_rows_are_left_out_and_counted(self, written):
        content = text_of(
            [HEADINGS, [], ROWS[0], ["", "", "", ""], ROWS[1], [" ", "\u00a0"], ROWS[2], [], []]
        )
        register = read_register(written(content))
        assert register.frame.rows() == CASES
        assert [(gone.reason, gone.count) for gone in register.excluded] == [("blank-row", 5)]
        assert register.rows == 8

    @pytest.mark.parametrize(
        "total", [["I alt", "", "3"], ["Total"], ["I alt: 3 sager"], ["", "Sum", "3"]], ids=str
    )
    def test_totals_at_the_bottom_are_left_out_and_counted(self, written, total):
        register = read_register(written(text_of([HEADINGS, *ROWS, [], total, []])))
        assert register.frame.rows() == CASES
        assert [(gone.reason, gone.count) for gone in register.excluded] == [
            ("blank-row", 2),
            ("total-row", 1),
        ]

    def test_a_total_in_the_middle_is_a_row_like_any_other(self, written):
        assert "centre-missing" in codes(written(text_of([HEADINGS, ROWS[0], ["I alt"], ROWS[1]])))

    def test_a_case_of_a_centre_called_total_is_a_case(self, written):
        register = read_register(written(text_of([HEADINGS, ["Total 5", *ROWS[0][1:]]])))
        assert register.frame.height == 1


class TestWorkbooks:
    def test_text_and_real_dates_are_read_alike(self, workbook):
        rows = [
            [ROWS[0][0], ROWS[0][1], datetime.combine(date(2025, 2, 13), time(14, 30)), "Bevilling"],
            *ROWS[1:],
        ]
        register = read_register(workbook(Ark1=[HEADINGS, *rows]))
        assert register.frame.rows() == CASES
        assert register.mapping["read"] == {"header_row": 1, "sheet": "Ark1", "date_format": "%d-%m-%Y"}

    def test_numbers_are_text(self, workbook):
        path = workbook(Ark1=[HEADINGS, [12345678901, "Syd", date(2025, 2, 13), "Afslag"]])
        assert read_register(path).frame["case_id"].to_list() == ["12345678901"]

    def test_rows_keep_the_sheet_s_numbers(self, workbook):
        path = workbook(Ark1=[[], ["Liste"], [], HEADINGS, ROWS[0], [], ["", "Syd", "13-02-2025", "Afslag"]])
        assert [(problem.code, problem.row) for problem in examine(path).problems] == [
            ("case-number-missing", 7)
        ]

    def test_the_sheet_with_the_headings_is_read(self, workbook):
        path = workbook(Om=[["Om dette udtræk"]], Sager=[HEADINGS, *ROWS])
        assert read_register(path).mapping["read"]["sheet"] == "Sager"

    def test_the_mapping_names_the_sheet(self, workbook):
        path = workbook(A=[HEADINGS, *ROWS], B=[HEADINGS, ROWS[0]])
        assert read_register(path, {"read": {"sheet": "B"}}).frame.height == 1
        assert codes(path, {"read": {"sheet": "C"}}) == ["sheet-not-found"]

    def test_what_a_file_is_its_content_says(self, workbook):
        path = workbook(Ark1=[HEADINGS, *ROWS])
        assert read_register(path.rename(path.with_suffix(".csv"))).frame.rows() == CASES


class TestParquet:
    @pytest.mark.parametrize("dtype", [pl.Date, pl.Datetime, pl.String], ids=str)
    def test_days_may_have_any_type(self, tmp_path, dtype):
        days = pl.Series([date(2025, 2, 13), date(2025, 3, 1), date(2025, 12, 31)])
        columns = {name: [row[place] for row in ROWS] for place, name in enumerate(HEADINGS)}
        frame = pl.DataFrame(columns).with_columns(days.cast(dtype).alias("Afgørelsesdato"))
        path = tmp_path / "register.parquet"
        frame.write_parquet(path)
        assert read_register(path).frame.rows() == CASES

    def test_a_moment_falls_on_its_danish_day(self, tmp_path):
        moment = pl.Series([datetime(2025, 2, 12, 23, 30, tzinfo=UTC)])
        frame = pl.DataFrame({"Sagsnr": ["1"], "Center": ["Syd"], "Afgjort": moment})
        frame.write_parquet(tmp_path / "register.parquet")
        assert read_register(tmp_path / "register.parquet").frame["decision_date"].to_list() == [
            date(2025, 2, 13)
        ]

    def test_rows_are_counted_from_one_and_lists_are_not_read(self, tmp_path):
        frame = pl.DataFrame(
            {"Sagsnr": ["1", None], "Center": ["S", "S"], "Afgjort": ["2025-02-13"] * 2, "Parter": [[1], [2]]}
        )
        frame.write_parquet(tmp_path / "register.parquet")
        problems = examine(tmp_path / "register.parquet").problems
        assert [(problem.code, problem.row) for problem in problems] == [("case-number-missing", 2)]


class TestEffectiveMapping:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman"])
    def test_written_and_used_again_it_gives_the_same(self, written, tmp_path, encoding):
        content = text_of(
            [["Titel"], HEADINGS, *ROWS, [], ["4", "Åby, Syd", "", "Henlagt"], ["I alt", "", "4"]]
        )
        path = written(content, encoding)
        first = read_register(path)
        (tmp_path / "mapping.toml").write_text(mapping_text(first.mapping), encoding="utf-8")
        again = read_register(path, read_mapping(tmp_path / "mapping.toml"))
        assert again.frame.equals(first.frame)
        assert again.excluded == first.excluded
        assert again.mapping == first.mapping

    def test_what_was_not_found_or_decided_is_left_to_be_filled_in(self, written, tmp_path):
        path = written(
            text_of([["Sagsnr", "Kontor", "Afgjort", "Udfald"], ["1", "Syd", "13-02-2025", "Grønt lys"]])
        )
        mapping = examine(path).mapping
        assert mapping["columns"] == {
            "centre": "",
            "case_number": "Sagsnr",
            "decision_date": "Afgjort",
            "outcome": "Udfald",
        }
        assert mapping["outcome"] == {"Grønt lys": ""}
        mapping["columns"]["centre"] = "Kontor"
        mapping["outcome"]["Grønt lys"] = "full-grant"
        (tmp_path / "mapping.toml").write_text(mapping_text(mapping), encoding="utf-8")
        frame = read_register(path, read_mapping(tmp_path / "mapping.toml")).frame
        assert frame.rows() == [("1", "Syd", date(2025, 2, 13), "full-grant", "full-grant")]
