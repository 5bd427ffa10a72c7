"""Headings and outcomes are known by their whole spelling, Danish or English."""

import pytest

from lirk.intake.guessing import guess_columns, guess_outcome, heading_score, spelling_key


class TestGuessColumns:
    @pytest.mark.parametrize(
        ("heading", "column"),
        [
            ("Sagsnummer", "case_number"), ("Sagsnr.", "case_number"), ("SAG NR.", "case_number"),
            ("J.nr.", "case_number"), ("caseNumber", "case_number"), ("PA Ref", "case_number"),
            ("Journalnummer", "case_number"), ("case_number", "case_number"), ("Center", "centre"),
            ("Forvaltning", "centre"), ("Fagomraade", "centre"), ("Fagområde", "centre"),
            ("responsible_department", "centre"), ("Determining Body", "centre"), ("Afgørelsesdato", "decision_date"),
            ("Afgoerelsesdato", "decision_date"), ("AFGJORT", "decision_date"), ("Decision issued", "decision_date"),
            ("Besluttet", "decision_date"), ("Afgørelsestype", "outcome"), ("BeslutningsType", "outcome"),
            ("Udfald", "outcome"), ("Decision", "outcome"), ("KLE-nummer", "kle_number"), ("KLE nr.", "kle_number"),
            ("kleKlasse", "kle_number"), ("Handlingsfacet", "facet"), ("Afdeling", "unit"),
            ("Ansættelsessted", "unit"), ("Sagsbehandler", "caseworker"), ("primaerBehandlerNavn", "caseworker"),
            ("Sagstype", "case_type"), ("ErBesluttet", "decision_flag"), ("Afgørelse (J/N)", "decision_flag"),
            ("Oprettet", "created"), ("Modtaget", "received"), ("Afsluttet dato", "closed"),
        ],
    )  # fmt: skip
    def test_known_headings(self, heading, column):
        assert guess_columns([heading]).columns == {column: 0}

    @pytest.mark.parametrize("heading", ["", "Titel", "CPR-nr.", "Status", "Frist", "Sagsnummer på klagen"])
    def test_other_headings_are_none_of_ours(self, heading):
        assert not guess_columns([heading]).columns

    def test_the_surer_heading_wins_and_the_other_is_told(self):
        guess = guess_columns(["Forvaltning", "Center"])
        assert guess.columns == {"centre": 1}
        assert guess.others == ((0, "centre"),)


class TestHeadingScore:
    def test_also_headings_that_we_do_not_read_are_known(self):
        assert heading_score(["Titel", "Sagsnr.", "Beløb", "Titel"]) == 2


class TestGuessOutcome:
    @pytest.mark.parametrize(
        ("value", "outcome"),
        [
            ("Bevilling", "full-grant"), ("Fuldt medhold", "full-grant"), ("Permitted", "full-grant"),
            ("granted", "full-grant"), ("Delvist medhold", "partial-grant"), ("AFSLAG", "refusal"),
            ("Refused", "refusal"), ("Påbud", "burdening"), ("Paabud", "burdening"), ("Ophør", "reduction"),
            ("Bortfald", "reduction"), ("Tilbagebetaling", "repayment"), ("Afvisning", "dismissal"),
            ("Withdrawn", "not-a-decision"), ("Henlagt", "not-a-decision"), ("full-grant", "full-grant"),
        ],
    )  # fmt: skip
    def test_known_values(self, value, outcome):
        assert guess_outcome(value) == outcome

    @pytest.mark.parametrize("value", ["", "Vejledning", "Afslag på aktindsigt", "Ja"])
    def test_unknown_values_never_become_other(self, value):
        assert guess_outcome(value) is None


class TestSpellingKey:
    def test_case_blanks_and_signs_do_not_matter(self):
        assert spelling_key(" KLE - Nr. ") == spelling_key("kle_nr") == "klenr"
