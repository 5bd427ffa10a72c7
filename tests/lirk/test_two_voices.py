"""What a report says to whom: the plain sentences of its figures, the caseworkers' part, the leader's own view."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
import report_values as values
from odd_reports import assessed, computed, pdf_text, plain, read
from pypdf import PdfReader

from lirk.domain.reports import AgreementLine, Counts
from lirk.reports import assessment_sentences, caseworker_sentences, finding_sentences, method_sentences
from lirk.reports.centre_pdf import centre_pdf
from lirk.reports.sheet_texts import SheetVoice
from lirk.reports.sheet_texts import plain as unmarked
from lirk.wording import Wording

DANISH, ENGLISH = SheetVoice(Wording("da")), SheetVoice(Wording("en"))


def item(counts: Counts, population=None, *, census=False):
    """An item with these counts; without a population it has too few cases for a share."""
    first = values.centre_report().checklists[0].themes[0].items[0]
    share = None
    if population:
        made = values.share(
            counts.yes, counts.assessed, population, census=census, unknown=counts.cannot_assess
        )
        share = replace(made, lower=0.65, upper=0.88, count_lower=203, count_upper=275)
    return replace(first, counts=counts, share=share)


def said(item, voice=DANISH):
    return plain(unmarked(finding_sentences.sureness(item, voice)))


class TestSentences:
    @pytest.mark.parametrize(
        ("counts", "begins"),
        [
            pytest.param(Counts(yes=32, no=9), "I 9 af 41 relevante sager er punktet ikke opfyldt;", id="no"),
            pytest.param(
                Counts(yes=32, partly=9),
                "I 9 af 41 relevante sager er punktet kun delvist opfyldt;",
                id="partly",
            ),
            pytest.param(
                Counts(yes=32, partly=4, no=5),
                "I 9 af 41 relevante sager er punktet ikke eller kun delvist opfyldt;",
                id="both",
            ),
        ],
    )
    def test_of_a_sample_it_says_what_probably_is_so_in_the_whole_centre(self, counts, begins):
        likely = "i hele centret sandsynligvis i mellem 12 og 35 % (37 til 109 af højst 312 sager)."
        assert said(item(counts, 312)) == f"{begins} {likely}"

    def test_in_english_too(self):
        assert said(item(Counts(yes=32, no=9), 312), ENGLISH) == (
            "In 9 of 41 relevant cases the item is not met; in the whole centre probably in between 12 and 35% "
            "(37 to 109 of at most 312 cases)."
        )

    def test_of_a_census_it_counts_without_limits(self):
        assert said(item(Counts(yes=32, no=9), 41, census=True)) == (
            "I 9 af 41 relevante sager er punktet ikke opfyldt. Alle sager er gennemgået; tallet er en optælling, ikke "
            "et skøn."
        )

    def test_of_few_cases_it_has_counts_alone(self):
        assert said(item(Counts(yes=4, no=2))) == (
            "I 2 af 6 relevante sager er punktet ikke opfyldt. Der er for få relevante sager til at vise en andel."
        )

    def test_what_could_not_be_assessed_is_told_as_the_same_share(self):
        told = said(item(Counts(yes=32, no=9, cannot_assess=3), 312))
        assert told.endswith(
            "Afhængigt af de 3 sager, der ikke kunne vurderes, er det 20–27 % af stikprøven."
        )

    def test_the_limits_are_those_of_the_computed_share(self):
        report = computed([read(at, "no" if at <= 3 else "yes") for at in range(1, 13)], population=60)
        finding = report.findings[0]
        share = finding.item.share
        assert f"({60 - share.count_upper} til {60 - share.count_lower} af højst 60 sager)" in said(
            finding.item
        )


class TestCaseworkers:
    @pytest.fixture
    def report(self):
        report = values.centre_report()
        told = [
            replace(
                one,
                on_page_one=False,
                written_up=one.number in {1, 4, 30},
                examples="Et brev manglede." if one.number == 4 else "",
            )
            for one in report.findings
        ]
        return replace(report, findings=tuple(told))

    def text(self, report):
        problems = caseworker_sentences.problems(report, DANISH)
        return " ".join(
            plain(unmarked(part))
            for problem in problems
            for lesson in problem.lessons
            for label, lines in lesson.told
            for part in (problem.theme, lesson.question, label, *lines)
        )

    def test_findings_stand_under_their_problem_with_rule_and_advice(self, report):
        problems = list(caseworker_sentences.problems(report, DANISH))
        assert [problem.theme for problem in problems] == [one.theme for one in report.written_up]
        assert [bool(problem.checklist) for problem in problems] == [True, False, True]
        text = self.text(report)
        assert text.count("Reglen bag:") == text.count("Gør sådan:") == 3
        assert text.count("Eksempler uden personer: Et brev manglede.") == 1
        assert "Reglen beskytter borgeren (garantiforskrift)." in text

    def test_the_checklist_s_good_example_is_shown(self, report):
        first = replace(report.findings[0], item=replace(report.findings[0].item, good_example="»Fordi …«"))
        changed = replace(report, findings=(first, *report.findings[1:]))
        assert "Sådan kan det se ud, når det er i orden: »Fordi …«" in self.text(changed)

    def test_there_are_no_counts_and_no_cases(self, report):
        pages = PdfReader(BytesIO(centre_pdf(report, Wording("da")))).pages
        whole = plain(" ".join(page.extract_text() for page in pages))
        *_, part = whole.split("Til jer, der sagsbehandler")
        part = re.sub(r"Side \d+ af \d+", "", part.split("Metode Registret")[0])
        assert "Gør sådan:" in part
        assert not re.search(r"\d+ af \d+|\d+ %|[Ss]ag(?:er)? nr\.|[Ff]und \d", part)

    def test_without_findings_it_says_so(self):
        text = pdf_text(centre_pdf(values.small_report(), Wording("da")))
        assert "Der er ingen fund i denne runde." in text


class TestLeaderAssessment:
    def test_the_result_stands_beside_the_answer_in_words(self):
        report = assessed(values.centre_report())
        first, other = assessment_sentences.rows(report, report.assessment, DANISH)
        counts = report.checklists[0].themes[0].counts
        assert first[1] == "8"
        assert f"alle punkter opfyldt i {counts.yes} af {counts.assessed} relevante sager." in first[2]
        assert other[2] == "Ikke målt i denne runde."

    def test_an_item_of_the_same_id_comes_before_the_theme(self):
        report = assessed(values.centre_report())
        measured = report.checklists[0].themes[1].items[0]
        [first, _] = report.assessment.items
        same = replace(report.assessment, items=(replace(first, item_id=measured.item_id),))
        [row] = assessment_sentences.rows(replace(report, assessment=same), same, DANISH)
        assert row[2].startswith(measured.question)

    def test_a_report_without_one_has_no_such_part(self):
        assert "Lederens egen vurdering" not in pdf_text(centre_pdf(values.small_report(), Wording("da")))


class TestMethod:
    def line(self, **changes):
        known = {"checklist_id": "a", "title": "Breve", "cases": 5, "pairs": 100, "alike": 91}
        return AgreementLine(**{**known, "ac1": 0.871, "alpha": 0.79, **changes})

    def test_where_nothing_was_read_twice_it_is_said_that_agreement_was_not_measured(self):
        [told] = method_sentences.agreement(values.method(agreement=(), read_twice=0), DANISH)
        assert told.startswith("Ingen sager er læst af to")
        assert method_sentences.agreement(values.method(agreement=(), read_twice=2), DANISH) == []

    def test_agreement_is_told_in_counts_per_cent_and_both_coefficients(self):
        told = method_sentences.agreement(values.method(agreement=(self.line(),)), DANISH)
        assert plain(told[0]) == (
            "Breve: 91 af 100 svar er ens i 5 sager, som to har læst (91 %). AC1: 0,87. Alfa: 0,79."
        )
        assert "De siger ikke noget om en person." in told[1]

    def test_what_is_not_defined_is_said_to_be_so(self):
        told = method_sentences.agreement(
            values.method(agreement=(self.line(ac1=None, alpha=-0.001),)), DANISH
        )
        assert plain(told[0]).endswith("AC1: kan ikke beregnes. Alfa: 0,00.")

    def test_hours_are_of_the_whole_round_against_its_plan(self):
        [told] = method_sentences.hours(values.method(hours=41, hours_planned=48), DANISH)
        assert plain(told).startswith("Hele runden var planlagt til 48 timer. Den tog 41 timer.")

    def test_hours_that_could_tell_of_a_person_are_withheld_with_the_reason(self):
        [told] = method_sentences.hours(values.method(hours=None, hours_planned=48), DANISH)
        assert "kun, når mindst tre har målt tid" in told
        assert method_sentences.hours(values.method(), DANISH) == []
