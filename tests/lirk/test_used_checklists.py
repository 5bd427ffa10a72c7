"""Which checklists a report rests on, as cover, method, checksums, overview and data files say it."""

import json
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
import report_values as values
from pypdf import PdfReader

from lirk.domain.item_sets import ItemSet, ItemsUsed
from lirk.domain.reports import UsedChecklist
from lirk.reports.centre_pdf import centre_pdf
from lirk.reports.data_files import centre_csv, centre_json, overview_json
from lirk.reports.overview_pdf import overview_pdf
from lirk.reports.used_checklists import cover_line, identified, sets_of_items
from lirk.wording import Wording
from web.pages.voice import PageVoice, html

DANISH, ENGLISH = Wording("da"), Wording("en")
CORE = ItemsUsed(items=ItemSet.CORE, used=23, of=49, choice=True)
ALL = ItemsUsed(items=ItemSet.FULL, used=49, of=49, choice=True)
ONLY = ItemsUsed(items=ItemSet.FULL, used=20, of=20)


def used(items=ONLY):
    return UsedChecklist(
        checklist_id="lov", title="Lov", version=2, status_date=date(2026, 3, 8), items=items
    )


def with_items(items):
    report = values.centre_report()
    return replace(report, checklists=tuple(replace(one, items=items) for one in report.checklists))


def text_of(content):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


class TestSentences:
    @pytest.mark.parametrize(
        ("items", "end"),
        [(CORE, ", kernesæt, 23 af 49 punkter"), (ALL, ", alle 49 punkter"), (ONLY, "")],
        ids=["core", "all", "no choice"],
    )
    def test_id_version_law_and_items(self, items, end):
        law = "version 2, retsgrundlag pr. 8. marts 2026"
        assert html(cover_line(used(items), PageVoice(DANISH))) == f"Tjekliste: Lov, {law}{end}"
        assert identified(used(items), DANISH) == f"Lov (lov), {law}{end}"

    def test_in_english(self):
        assert identified(used(CORE), ENGLISH) == (
            "Lov (lov), version 2, law as of 8 March 2026, core set, 23 of 49 items"
        )

    def test_the_method_names_the_set_where_there_was_a_choice(self):
        told = sets_of_items([used(CORE), used(ONLY), used(ALL)], PageVoice(DANISH))
        assert [html(one) for one in told] == [
            "Af tjeklisten Lov er kernesættet brugt: 23 af 49 punkter.",
            "Af tjeklisten Lov er alle 49 punkter brugt.",
        ]


class TestFiles:
    def test_the_pdf_says_it_on_the_cover_in_the_method_and_among_the_checksums(self):
        text = text_of(centre_pdf(with_items(CORE), DANISH))
        assert text.count("kernesæt, 23 af 49") == 4
        assert "er kernesættet brugt: 23 af 49 punkter." in text
        assert f"({values.LAWFUL})" in text.replace(" ", "")

    def test_csv_has_id_law_and_items_in_each_row(self):
        head, first, *_ = centre_csv(with_items(CORE), DANISH).decode("utf-8-sig").splitlines()
        assert head.split(";")[2:7] == [
            "Tjekliste",
            "Tjeklistens id",
            "Version",
            "Retsgrundlag pr.",
            "Tjeklistens punkter",
        ]
        assert first.split(";")[3:7] == [values.LAWFUL, "1", "2026-03-08", "kernesæt, 23 af 49 punkter"]

    def test_csv_says_all_where_there_was_no_choice(self):
        assert ";2026-03-08;alle;" in centre_csv(with_items(ONLY), DANISH).decode("utf-8-sig")

    def test_json_of_centre_and_overview(self):
        items = {"items": "core", "used": 23, "of": 49, "choice": True}
        report = json.loads(centre_json(with_items(CORE)))
        assert [one["items"] for one in report["checklists"]] == [items, items]
        overview = json.loads(overview_json(values.overview(checklists=(used(CORE),))))
        assert overview["checklists"] == [
            {
                "checklist_id": "lov",
                "title": "Lov",
                "version": 2,
                "status_date": "2026-03-08",
                "items": items,
            }
        ]

    def test_the_overview_prints_it_on_cover_and_among_the_checksums(self):
        text = text_of(overview_pdf(values.overview(checklists=(used(CORE),)), DANISH))
        assert text.count("kernesæt, 23 af 49") == 2
        assert "Lov (lov)" in text
