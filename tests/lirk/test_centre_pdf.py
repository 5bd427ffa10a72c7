import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
import report_values as values
from pypdf import PdfReader

from lirk.domain.corrections import Correction
from lirk.domain.reports import Counts, DrawLine
from lirk.reports.centre_pdf import centre_pdf
from lirk.reports.desk import Desk
from lirk.reports.method_chapter import correction_parts
from lirk.reports.styles import FULL
from lirk.wording import Wording

DANISH, ENGLISH = Wording("da"), Wording("en")
FORBIDDEN = re.compile(
    r"score|karakter|\bKPI|\brød|\bgul\b|grøn|benchmark|rangliste|placering|bedst|dårligst|signifikant",
    re.IGNORECASE,
)


def read(report, words=DANISH) -> PdfReader:
    return PdfReader(BytesIO(centre_pdf(report, words)))


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def pages(report, words=DANISH) -> list[str]:
    return [plain(page.extract_text()) for page in read(report, words).pages]


def whole(report, words=DANISH) -> str:
    return " ".join(pages(report, words))


@pytest.fixture(scope="module")
def full() -> list[str]:
    return pages(values.centre_report())


class TestPageOne:
    def test_the_parts_stand_in_their_order(self, full):
        parts = [
            "Center for Børn & Familie",
            "Kort fortalt",
            "48 af 312 sager",
            "Det går godt",
            "Det skal I gøre noget ved",
            "kritisk brud i 4 af 48 sager",
            "Siden sidst",
            "Næste skridt",
            "Tallene er en stikprøve. De kan ikke bruges til at sammenligne centre eller medarbejdere.",
        ]
        places = [full[0].index(part) for part in parts]
        assert places == sorted(places)

    def test_the_cover_says_whose_report_it_is(self, full):
        for fact in (
            "2. runde 2026",
            "1. januar 2026 – 30. juni 2026",
            "Eksempel Kommune",
            "22. november 2026",
        ):
            assert fact in full[0]
        assert "God data- og informationsforvaltning, version 1" in full[0]

    def test_no_critical_breach_is_said_too(self):
        assert "Ingen kritiske brud i de 7 sager." in pages(values.small_report())[0]

    def test_there_is_no_percentage(self, full):
        assert "%" not in full[0]

    def test_a_finding_is_told_with_cases_rule_and_page(self):
        report = values.centre_report()
        printed = pages(report)
        for finding in report.to_do:
            counts = finding.item.counts
            assert finding.item.question in printed[0]
            assert f"{counts.breached} af {counts.assessed} relevante sager" in printed[0]
            named = re.search(re.escape(finding.item.references[0]) + r"[^.]*?, side (\d+)\.", printed[0])
            assert f"Fund {finding.number} ·" in printed[int(named[1]) - 1]

    def test_a_law_that_nobody_checked_is_marked(self):
        report = values.centre_report()
        assert not all(finding.item.verified for finding in report.to_do)
        assert "(ikke kontrolleret)" in pages(report)[0]

    def test_a_full_summary_still_fits_on_the_page(self, full):
        assert "Tallene er en stikprøve" in full[0]
        assert "Indhold" in full[1]


class TestCensus:
    def test_it_is_called_a_count(self):
        printed = whole(values.small_report())
        assert "tallene er en optælling, ikke et skøn" in printed
        assert "Tallene er en stikprøve" not in printed

    def test_it_has_no_limits(self):
        assert not re.search(r"\d+ % \(\d+–\d+\)", whole(values.small_report()))


class TestMadeUp:
    @pytest.mark.parametrize(
        ("made_up", "said"),
        [
            pytest.param("answers", "Registret er ægte, svarene er opfundne.", id="answers"),
            pytest.param("all", "Registret og svarene er opfundne.", id="all"),
        ],
    )
    def test_it_is_said_on_every_page(self, made_up, said):
        assert all(said in page for page in pages(values.centre_report(made_up=made_up)))

    def test_a_real_round_is_not_called_made_up(self, full):
        assert not [page for page in full if "opfund" in page]


class TestBody:
    def test_every_item_and_its_counts_are_in_the_table(self):
        report = values.centre_report()
        printed = whole(report)
        for checklist in report.checklists:
            for theme in checklist.themes:
                assert theme.title in printed
        assert "92 % (80–97)" in printed

    def test_few_cases_have_counts_and_no_share(self):
        assert "for få sager" in whole(values.centre_report())

    def test_points_never_stand_without_the_critical_breaches(self, full):
        told = re.findall(r"\d+ % af de mulige point\.[^.]*\.", " ".join(full))
        assert len(told) == 2
        assert all("har kritisk brud" in sentence for sentence in told)

    def test_the_method_can_be_repeated_from_the_page(self, full):
        report, printed = values.centre_report(), " ".join(full)
        draw = report.method.draws[0]
        for fact in (report.method.fingerprint, draw.seed, draw.digest, "Udtræk 1 af 1", "16.204 rækker"):
            assert fact in printed
        assert "printf '%s' 'FRØ:SAGSNUMMER' | sha256sum" in printed

    def test_exclusions_are_told_in_words(self, full):
        printed = " ".join(full)
        assert "412 rækker: ikke en afgørelse" in printed
        assert "135 rækker: gennemgået i forrige runde" in printed

    def test_a_second_draw_is_told_with_its_reason(self):
        first = values.method().draws[0]
        second = replace(first, number=2, of=2, reason="forkert periode i det første udtræk")
        assert isinstance(second, DrawLine)
        report = values.centre_report(method=values.method(draws=(replace(first, of=2), second)))
        assert "Udtræk 2 af 2" in whole(report)
        assert "forkert periode i det første udtræk" in whole(report)

    def test_drawn_cases_are_named_by_number(self, full):
        assert "Sagen kunne ikke findes" in " ".join(full)
        assert "4. april 2026" in " ".join(full)

    def test_the_words_are_not_those_of_a_league_table(self, full):
        assert not FORBIDDEN.findall(" ".join(full))


class TestFindings:
    def test_a_finding_stays_on_one_page(self):
        report = values.centre_report()
        printed = pages(report)
        for finding in report.findings:
            page = next(page for page in printed if f"Fund {finding.number} · punkt" in page)
            after = page[page.index(f"Fund {finding.number} · punkt") :]
            assert finding.item.question in after
            assert values.RECOMMENDATION in after[after.index(finding.item.question) :]

    def test_a_finding_longer_than_a_page_is_printed_whole(self):
        report = values.centre_report()
        first = report.findings[0]
        long = replace(first, item=replace(first.item, recommendation="Læs og ret. " * 900 + "Slut her."))
        assert "Slut her." in whole(replace(report, findings=(long, *report.findings[1:])))

    def test_none_is_said_with_what_it_does_not_mean(self):
        printed = whole(values.centre_report(findings=()))
        assert "I en stikprøve udelukker det ikke fejl i de andre sager." in printed


class TestCorrections:
    def test_a_long_reason_begins_where_there_is_room_for_its_first_lines(self):
        reason = "Notatet viser, at høringen blev holdt, og at den er gengivet. " * 26
        one = Correction(
            number=4,
            checklist_id=values.LAWFUL,
            item_id="item-1.1",
            item_number="1.1",
            question="Er parten hørt?",
            before="no",
            before_text="Nej",
            after="yes",
            after_text="Ja",
            reason=reason,
            day=date(2026, 11, 1),
        )
        report = values.centre_report(corrections=(one,))
        (block,) = correction_parts(report, Desk(DANISH))
        _, height = block.wrap(FULL, 700.0)
        assert height > 300
        (first, second) = block.split(FULL, 120.0)
        assert first.wrap(FULL, 120.0)[1] > 80
        assert first.wrap(FULL, 120.0)[1] + second.wrap(FULL, 700.0)[1] < height + 40


class TestOddReports:
    @pytest.mark.parametrize("lines", [32, 36, 48])
    def test_texts_of_any_length_are_printed_whole(self, lines):
        report = values.centre_report()
        first = report.findings[0]
        typed = replace(first, seen="Set her.\n" * lines, advice="Ret det.\n" * 8 + "Slut her.")
        assert "Slut her." in whole(replace(report, findings=(typed, *report.findings[1:])))

    def test_a_long_name_and_signs_of_markup_are_printed_as_they_are(self):
        name = "Center for Specialundervisning <PPR> & Tværfaglig Forebyggelse " * 2
        printed = pages(values.centre_report(centre=name.strip()))
        assert "<PPR> & Tværfaglig" in printed[0]

    def test_a_theme_that_never_applied(self):
        report = values.centre_report()
        checklist = report.checklists[0]
        never = replace(checklist.themes[0], counts=Counts(not_applicable=48), share=None)
        themes = (never, *checklist.themes[1:])
        changed = replace(report, going_well=(), checklists=(replace(checklist, themes=themes),))
        assert "ingen relevante sager" in whole(changed)

    def test_a_figure_without_a_single_share_is_left_out(self):
        report = values.small_report()
        checklist = report.checklists[0]
        themes = tuple(replace(theme, share=None) for theme in checklist.themes)
        changed = replace(report, going_well=(), checklists=(replace(checklist, themes=themes),))
        assert "Hvor sikker er andelen" not in whole(changed)

    @pytest.mark.parametrize(
        "changes",
        [
            pytest.param({"checklists": (), "findings": (), "going_well": (), "cases": ()}, id="nothing"),
            pytest.param({"drawn": 0, "population": 0, "reviewed": 0, "cases": ()}, id="no cases"),
            pytest.param({"first_day": None, "last_day": None}, id="no period"),
            pytest.param({"last_day": None}, id="no last day"),
            pytest.param({"reviewed": 45}, id="not all reviewed"),
        ],
    )
    def test_it_can_be_printed(self, changes):
        assert len(pages(replace(values.centre_report(), **changes))) > 1

    def test_pages_but_the_last_are_at_least_half_full(self):
        for report in (
            values.centre_report(),
            values.centre_report(drawn=15, population=84),
            values.small_report(),
        ):
            assert not [at for at, lowest in enumerate(_lowest(report)[:-1], 1) if lowest > 421]


def _lowest(report) -> list[float]:
    """How far above the foot the text of each page ends; the footer itself stands below 60."""
    lowest = []
    for page in read(report).pages:
        heights: list[float] = []

        def note(text, cm, tm, *_, heights=heights):
            height = cm[5] + cm[3] * tm[5]
            if text.strip() and height > 60:
                heights.append(height)

        page.extract_text(visitor_text=note)
        lowest.append(min(heights))
    return lowest


class TestLength:
    """A report of two checklists and many findings: some pages to read, and none too crowded to be read."""

    @pytest.fixture
    def told(self):
        report = values.centre_report(drawn=15, population=84)
        rest = [one.number for one in report.findings if not one.on_page_one][:8]
        findings = (replace(one, written_up=one.on_page_one or one.number in rest) for one in report.findings)
        return replace(report, findings=tuple(findings))

    def test_it_has_thirteen_pages_at_most(self, told):
        assert len(told.written_up) == 12
        assert told.in_brief
        assert 6 < len(pages(told)) <= 13

    def test_no_text_is_smaller_than_eight_and_a_half_points(self, told):
        sizes = set()

        def note(text, cm, tm, _font, size, sizes=sizes):
            if text.strip():
                sizes.add(round(size * abs(tm[3]) * abs(cm[3]), 2))

        for page in read(told).pages:
            page.extract_text(visitor_text=note)
        assert sizes
        assert min(sizes) >= 8.5

    def test_both_figures_of_a_checklist_stand_beside_each_other(self, told):
        printed = [page for page in pages(told) if "Figur 1." in page]
        assert len(printed) == 1
        assert "Figur 2." in printed[0]
        assert "Tallene bag figurerne" in printed[0]


class TestFile:
    def test_only_plex_is_embedded(self):
        fonts = {
            str(font.get_object()["/BaseFont"])
            for page in read(values.centre_report()).pages
            for font in page["/Resources"]["/Font"].values()
        }
        assert fonts
        assert all(re.fullmatch(r"/[A-Z]{6}\+IBMPlexSans(-SemiBold|-Italic)?", font) for font in fonts)

    def test_the_properties_come_from_the_report(self):
        reader = read(values.centre_report())
        assert (
            reader.metadata.title
            == "Kvalitetsgennemgang af sagsbehandlingen – Center for Børn & Familie, 2. runde 2026"
        )
        assert reader.metadata.author == "Eksempel Kommune"
        assert reader.metadata.creation_date.date() == date(2026, 11, 22)
        assert reader.trailer["/Root"]["/Lang"] == "da-DK"

    def test_bookmarks_lead_to_the_chapters(self):
        titles = [
            entry["/Title"] for entry in read(values.centre_report()).outline if not isinstance(entry, list)
        ]
        assert titles[0] == "Kort fortalt"
        assert {"Fund", "Alle punkter", "Metode", "Bilag A. Udtrukne sager"} <= set(titles)

    def test_every_page_has_its_number(self, full):
        assert all(f"Side {at} af {len(full)}" in page for at, page in enumerate(full, 1))

    def test_contents_name_the_pages_on_which_chapters_begin(self, full):
        listed = re.search(r"Metode (\d+) Gennemgang i afsnittet", full[1])
        assert "Stikprøven" in full[int(listed[1]) - 1]

    def test_a_short_report_needs_no_contents(self):
        assert "Indhold" not in whole(values.small_report())

    def test_the_same_report_gives_the_same_bytes(self):
        assert centre_pdf(values.centre_report(), DANISH) == centre_pdf(values.centre_report(), DANISH)

    def test_other_processes_give_the_same_bytes(self):
        program = (
            "import hashlib, report_values as v; "
            "from lirk.reports.centre_pdf import centre_pdf; from lirk.wording import Wording; "
            "print(hashlib.sha256(centre_pdf(v.centre_report(), Wording('da'))).hexdigest())"
        )
        digests = {
            subprocess.run(
                [sys.executable, "-c", program],
                env={
                    **os.environ,
                    "PYTHONHASHSEED": seed,
                    "SOURCE_DATE_EPOCH": f"123456789{seed}",
                    "PYTHONPATH": os.pathsep.join(sys.path),
                    "TZ": zone,
                },
                capture_output=True,
                check=True,
                text=True,
            ).stdout
            for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
        }
        assert len(digests) == 1


class TestEnglish:
    def test_all_but_the_checklist_is_english(self):
        printed = whole(values.centre_report(made_up="answers"), ENGLISH)
        for text in (
            "In brief",
            "Going well",
            "What you must act on",
            "The numbers are a sample",
            "Page 1 of",
        ):
            assert text in printed
        assert "'SEED:CASE' | sha256sum" in printed
        assert not re.search(r"Anbefaling|Kort fortalt|relevante sager|\bSide \d", printed)

    def test_the_language_is_in_the_file(self):
        assert read(values.small_report(), ENGLISH).trailer["/Root"]["/Lang"] == "en-GB"


class TestWrittenFindings:
    """What the coordinator wrote stands in its finding, and a report without it is the same as ever."""

    def test_what_was_seen_the_recommendation_and_examples_are_told(self):
        report = values.centre_report()
        first, *rest = report.findings
        told = replace(
            first, seen="Brevene er lange.\nOg tunge.", advice="Kort dem.", examples="Et <b>afslag</b>."
        )
        printed = whole(replace(report, findings=(told, *rest)))
        assert (
            "Det så vi: Brevene er lange. Og tunge. Anbefaling: Kort dem. Eksempler uden personer: Et"
            in printed
        )
        assert "Et <b>afslag</b>." in printed

    def test_without_texts_nothing_is_said_of_them(self, full):
        assert not [page for page in full if "Det så vi" in page or "Eksempler uden personer" in page]
