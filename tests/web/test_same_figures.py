"""One report in five forms: page, PDF, XLSX, CSV and JSON carry the same figures, and no form says less of them."""

import json
import re
from dataclasses import replace
from html import unescape

import pytest
import report_values as values
from odd_reports import assessed, csv_records, pdf_text, plain, records, sheets

from lirk.domain.reports import CaseResult, ThemeResult
from lirk.reports.charts import by_result, share_text
from lirk.wording import Wording
from lirk.wording.reports import RESULTS

DANISH = Wording("da")
NORTH = "/rounds/2026-1/reports/center-nord"
#: A row of a table on paper: its number, its five counts, and its share with the limits.
PRINTED = re.compile(
    r"^\s*(\d+(?:\.\d+)?)\*?\s\D.*?"
    + r"\s+(\d+)" * len(CaseResult)
    + r"\s+(\d+ % \([\d,]+–[\d,]+\)|\d+ %|for få sager|–)\s*$"
)


@pytest.fixture(params=["sample", "census", "finding texts", "findings in brief"])
def report(request, monkeypatch):
    """The report that every address of Center Nord hands out."""
    made = {
        "sample": lambda: assessed(values.centre_report()),
        "census": values.small_report,
        "finding texts": lambda: with_texts(values.centre_report(drawn=15, population=84)),
        "findings in brief": lambda: in_brief(values.centre_report(drawn=15, population=84)),
    }[request.param]()
    monkeypatch.setattr("lirk.services.reports.report_of", lambda *_: made)
    return made


def with_texts(report):
    first, *rest = report.findings
    first = replace(
        first, seen="Det så vi i flere sager.", advice="Brug skabelonen.", examples="Et brev manglede."
    )
    return replace(report, findings=(first, *rest))


def in_brief(report):
    """Only what stands on page one is told in full."""
    return replace(
        report, findings=tuple(replace(one, written_up=one.on_page_one) for one in report.findings)
    )


class Forms(dict):
    """By form, what a coordinator is handed, asked for when it is looked at."""

    def __init__(self, client):
        super().__init__()
        self.client = client

    def __missing__(self, form):
        answer = self.client.get(NORTH + form)
        assert answer.status_code == 200
        return self.setdefault(form, answer.content)


@pytest.fixture
def handed_out(report, sign_in):
    return Forms(sign_in("koordinator"))


def themes(report):
    return [theme for one in report.checklists for theme in one.themes if theme.scored]


def items(report):
    return [item for one in report.checklists for theme in one.themes for item in theme.items]


def counts(result):
    return list(by_result(result.counts).values())


def shown(result):
    """The share as page and paper write it."""
    if result.share is not None:
        return plain(share_text(result.share, DANISH))
    return "for få sager" if result.counts.assessed else "–"


def figures(result):
    return (result.number, *(str(count) for count in counts(result)), shown(result))


def cells(row):
    return [
        plain(unescape(re.sub(r"<[^>]+>", "", cell)))
        for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
    ]


class TestSameFigures:
    def test_json_has_the_whole_value(self, report, handed_out):
        read = json.loads(handed_out["/json"])
        found = [theme for one in read["checklists"] for theme in one["themes"]]
        expected = [theme for one in report.checklists for theme in one.themes]
        for theme, told in zip(expected, found, strict=True):
            for result, said in zip((theme, *theme.items), (told, *told["items"]), strict=True):
                assert [said["counts"][one.value] for one in CaseResult] == counts(result)
                assert (said["share"] is None) == (result.share is None)
                if result.share:
                    known = (said["share"]["share"], said["share"]["lower"], said["share"]["upper"])
                    assert known == (result.share.share, result.share.lower, result.share.upper)
            if not theme.scored:
                assert not any(told["counts"].values())

    def test_csv(self, report, handed_out):
        rows = csv_records(handed_out["/csv"])
        expected = [
            one
            for list_ in report.checklists
            for theme in list_.themes
            for one in ((theme, *theme.items) if theme.scored else theme.items)
        ]
        for result, row in zip(expected, rows, strict=True):
            assert [row[text] for text in RESULTS.values()] == [str(count) for count in counts(result)]
            assert row["Relevante sager"] == str(result.counts.assessed)
            limits = [row[f"{name} i procent"] for name in ("Andel opfyldt", "Nedre grænse", "Øvre grænse")]
            share = result.share
            known = (
                [DANISH.number(100 * one, 1) for one in (share.share, share.lower, share.upper)]
                if share
                else [""] * 3
            )
            assert limits == known
            assert (row["Tema"], row["Punkt"]) == (
                (result.number, "")
                if isinstance(result, ThemeResult)
                else (result.number.partition(".")[0], result.number)
            )

    def test_a_theme_that_only_asks_has_no_counts_of_its_own_in_any_of_them(self, report, handed_out):
        page = handed_out[""].decode()
        rows = [found for row in re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL) if (found := cells(row))]
        in_files = [row["Tekst"] for row in csv_records(handed_out["/csv"])]
        in_sheets = [row["Tema"] for row in records(sheets(handed_out["/xlsx"])["Temaer"])]
        for theme in (theme for one in report.checklists for theme in one.themes):
            on_page = [row for row in rows if row[0] == f"{theme.number} {theme.title}" and len(row) > 1]
            told = [theme.title in in_files, theme.title in in_sheets, bool(on_page)]
            assert told == [theme.scored] * 3

    @pytest.mark.parametrize(("sheet", "of"), [("Temaer", themes), ("Punkter", items)])
    def test_xlsx(self, report, handed_out, sheet, of):
        rows = records(sheets(handed_out["/xlsx"])[sheet])
        for result, row in zip(of(report), rows, strict=True):
            assert row["Nr."] == result.number
            assert [row[text] for text in RESULTS.values()] == counts(result)
            assert row["Relevante sager"] == result.counts.assessed
            limits = [row[name] for name in ("Andel opfyldt", "Nedre grænse", "Øvre grænse")]
            share = result.share
            assert limits == (pytest.approx([share.share, share.lower, share.upper]) if share else [None] * 3)

    def test_pdf(self, report, handed_out):
        lines = pdf_text(handed_out["/pdf"], "-layout").replace("\u00a0", " ").splitlines()
        printed = [match.groups() for line in lines if (match := PRINTED.match(line))]
        assert [one for one in printed if "." in one[0]] == [figures(item) for item in items(report)]
        assert [one for one in printed if "." not in one[0]] == [figures(theme) for theme in themes(report)]

    def test_page(self, report, handed_out):
        page = handed_out[""].decode()
        rows = [found for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL) if (found := cells(row))]
        told = {tuple(row[1:]) for row in rows}
        for item in items(report):
            named = next(
                row
                for row in rows
                if row[0] == plain(f"{item.number}{'' if item.scored else '*'} {item.question}")
            )
            assert named[0]
            assert figures(item)[1:] in told
        for theme in themes(report):
            drawn = [row for row in rows if row[0] == f"{theme.number} {theme.title}"]
            assert [*map(str, counts(theme)), str(theme.counts.total)] in [row[1:] for row in drawn]

    def test_every_finding_is_told_in_the_same_sentence(self, report, handed_out):
        page = plain(unescape(re.sub(r"<[^>]+>", " ", handed_out[""].decode())))
        paper = re.sub(r"\W", "", pdf_text(handed_out["/pdf"], "-raw"))
        rows = records(sheets(handed_out["/xlsx"])["Fund"])
        for finding, row in zip(report.findings, rows, strict=True):
            said, of = plain(row["Hvor sikkert er tallet?"]), finding.item.counts
            assert row["Sager, hvor det ikke eller kun delvist er opfyldt"] == of.breached
            assert row["Relevante sager"] == of.assessed
            assert said.startswith(
                f"I {finding.item.counts.breached} af {finding.item.counts.assessed} relevante"
            )
            assert said in page
            if finding.written_up:
                assert re.sub(r"\W", "", said.partition(" relevante")[0]) in paper

    def test_findings_that_are_not_told_in_full_have_rule_count_and_recommendation_too(
        self, report, handed_out
    ):
        page = plain(unescape(re.sub(r"<[^>]+>", " ", handed_out[""].decode())))
        paper = re.sub(r"\W", "", pdf_text(handed_out["/pdf"], "-raw"))
        heading = "De øvrige fund"
        assert [heading in page, re.sub(r"\W", "", heading) in paper] == [bool(report.in_brief)] * 2
        for finding in report.in_brief:
            item = finding.item
            of = f"{item.counts.breached} af {item.counts.assessed} relevante sager"
            for text in (item.question, *item.references, finding.recommendation, of):
                assert plain(text) in page
                assert re.sub(r"\W", "", text) in paper

    def test_the_leader_s_view_stands_beside_the_result_in_all_of_them(self, report, handed_out):
        if report.assessment is None:
            assert b"assessment" not in handed_out[""]
            return
        assert b'href="#assessment"' in handed_out[""]
        theme = report.checklists[0].themes[0]
        said = f"alle punkter opfyldt i {theme.counts.yes} af {theme.counts.assessed} relevante sager"
        assert said in plain(handed_out[""].decode())
        assert said in plain(pdf_text(handed_out["/pdf"], "-raw"))
        told = sheets(handed_out["/xlsx"])["Lederens egen vurdering"]
        assert said in told[1][2]
        assert told[2][2] == "Ikke målt i denne runde."
        assert json.loads(handed_out["/json"])["assessment"]["items"][0]["answer"] == "8"


class TestCharts:
    def test_each_has_its_table_its_sentence_and_a_title_that_says_what_it_shows(self, report, handed_out):
        page = handed_out[""].decode()
        figures = re.findall(r'<figure class="chart" id="(figure-\d+)">(.*?)</figure>', page, re.DOTALL)
        assert figures
        for key, figure in figures:
            assert f'id="{key}-numbers"' in figure
            assert "<table" in figure
            assert re.search(r"<desc[^>]*>[^<]+\.</desc>", figure)
            assert re.search(r'class="chart-title"[^>]*>Figur \d+\. \w', figure)
            assert 'class="chart-caption"' in figure
