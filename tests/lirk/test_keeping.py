"""What is kept of a register: nothing about persons, later no column too many, and the same frame."""

import polars as pl
import pytest

from lirk.intake import keeping
from lirk.intake.mapping import ReadSettings
from lirk.intake.register import examine_table
from lirk.intake.register_files import table_in


def table(text):
    return table_in(text.encode(), ReadSettings())


def reasons(found):
    return {found.headings[place]: reason for place, reason in found.withheld.items()}


class TestHeadings:
    @pytest.mark.parametrize(
        "heading",
        ["Navn", "Borgers navn", "PartNavn", "CPR", "CprNr", "cpr_nummer", "Adresse", "Tlf.", "E-mail", "email",
         "Telefonnummer", "Ansøger", "Sagstitel", "Bemærkninger", "Født", "Applicant", "Home address",
         "Værgens adresse", "borgernavn", "Kontaktmail"],
    )  # fmt: skip
    def test_that_are_about_persons(self, heading):
        assert keeping.about_a_person(heading)

    @pytest.mark.parametrize(
        "heading",
        ["Sagsnummer", "Center", "Centernavn", "Enhedsnavn", "Afdelingens navn", "Organisation enhed navn",
         "Afgørelsesdato", "Afgørelse", "Udfald", "KLE-nummer", "KLE-navn", "Partshøring", "Sagstype", "Facet",
         "Dato", "", "123", "Department"],
    )  # fmt: skip
    def test_that_are_not(self, heading):
        assert not keeping.about_a_person(heading)


class TestWithoutPersons:
    def test_cpr_numbers_in_any_form_close_their_column(self):
        found = table("A;B;C;D\n010190-1234;0101901234;note 010190 1234;1\n")
        assert reasons(keeping.without_persons(found)) == {"A": "cpr", "B": "cpr", "C": "cpr"}

    def test_a_heading_that_is_a_cpr_number_is_masked(self):
        found = keeping.without_persons(table("Sagsnummer;010190-1234\n1;2\n"))
        assert "010190" not in repr(found.headings)
        assert list(found.withheld) == [1]

    def test_days_with_times_are_no_cpr_numbers(self):
        found = table("Sagsnummer;Afgørelsesdato\n1;01-01-2026 12:30\n2;02-01-2026 10:15\n")
        assert reasons(keeping.without_persons(found)) == {}

    def test_filled_cells_stay_filled_and_sums_stay_sums(self):
        cells = keeping.without_persons(table("Navn;Sag\nAnne;1\n;2\nI alt 2;\n  ;3\n")).cells
        assert cells["0"].to_list() == ["•", None, "sum", None]

    def test_hashes_of_two_spellings_of_a_code_stay_apart_and_begin_alike(self):
        found = table("Sagsbehandler;Sag\nOLE;1\n ole ;2\nOLE;3\n;4\n")
        codes = keeping.without_persons(found, lambda code: code.casefold()).cells["0"].to_list()
        assert codes == ["ole#1", "ole#2", "ole#1", None]

    def test_a_caseworkers_cpr_number_is_not_even_hashed(self):
        found = keeping.without_persons(table("Sagsbehandler;Sag\n010190-1234;1\n"), str)
        assert reasons(found) == {"Sagsbehandler": "cpr"}


class TestKeptTable:
    def test_comes_back_as_it_was(self):
        found = keeping.without_persons(table("Navn;Sag;Tal\nAnne;0001;\n"))
        again = keeping.kept_table(keeping.about(found), keeping.content(found))
        assert again.cells.equals(found.cells)
        assert (again.headings, again.first_row, again.withheld) == (found.headings, 2, {0: "heading"})
        assert again.cells.schema == dict.fromkeys(["0", "1", "2"], pl.String)

    def test_narrowed_to_the_mapped_columns(self):
        found = table("Sag;Andet;Tom\n1;x;\n")
        narrow = keeping.narrowed(found, {"case_number": " Sag "}, str)
        assert narrow.cells.rows() == [("1", "•", None)]
        assert reasons(narrow) == {"Andet": "not-mapped", "Tom": "not-mapped"}

    def test_a_caseworker_of_another_heading_is_hashed_when_it_is_narrowed(self):
        narrow = keeping.narrowed(
            table("Sag;Hvem\n1;OLE\n"), {"caseworker": "Hvem"}, lambda code: f"<{code}>"
        )
        assert narrow.cells["1"].to_list() == ["<OLE>#1"]

    def test_values_are_counted_in_one_spelling(self):
        found = table("Center\nNord\n Nord\nSyd\n\nMidt  By\n")
        assert keeping.value_counts(found, "Center", 9) == {"Nord": 2, "Midt By": 1, "Syd": 1}
        assert keeping.value_counts(found, "Center", 1) == {"Nord": 2}
        assert keeping.value_counts(found, "Hus", 9) == {}


class TestWithheldColumns:
    def test_are_not_guessed(self):
        kept = keeping.without_persons(
            table("Sagsnummer;Journalnr;Center;Afgørelsesdato\n010190-1234;7;N;2026-01-01\n")
        )
        found = examine_table("register.csv", kept)
        assert found.register is not None
        assert found.mapping["columns"]["case_number"] == "Journalnr"

    def test_say_so_where_nothing_else_would_do(self):
        kept = keeping.without_persons(table("Sagsnummer;Center;Afgørelsesdato\n010190-1234;N;2026-01-01\n"))
        codes = [problem.code for problem in examine_table("register.csv", kept).problems]
        assert codes == ["column-withheld"]


class TestEmptyCells:
    def test_are_counted_where_the_row_has_a_case(self):
        found = table("Sagsnummer;Udfald\n1;Afslag\n2;\n3; \n;\n")
        assert keeping.empty_count(found, "Udfald", beside="Sagsnummer") == 2

    def test_of_a_column_that_is_not_there(self):
        assert keeping.empty_count(table("Sagsnummer;Udfald\n1;\n"), "Andet", beside="Sagsnummer") == 0
