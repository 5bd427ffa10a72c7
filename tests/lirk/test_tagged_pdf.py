"""The printed documents can be heard and archived: by two validators, and by an account of every mark."""

import os
import re
import subprocess
import sys
import zlib
from datetime import date
from hashlib import sha256
from importlib.resources import files
from io import BytesIO

import outloud
import page
import pdf_structure
import pikepdf
import printed_reports as printed
import pytest
import report_values as values
from pikepdf import Dictionary, Name
from reportlab.pdfgen.canvas import Canvas

from lirk.reports import data_files, sealing
from lirk.reports.archival import Attachment, archived
from lirk.reports.centre_pdf import centre_pdf
from lirk.reports.certificate_pdf import certificate_pdf
from lirk.reports.paper import LAYOUT
from lirk.reports.properties import Properties
from lirk.reports.sealing import AMBIGUOUS, sealed
from lirk.reports.structure import Structure
from lirk.wording import Wording

DANISH, ENGLISH = Wording("da"), Wording("en")
KINDS = list(printed.DOCUMENTS)
EMBEDDED = {
    "centre": {
        "centre-report.csv": lambda: data_files.centre_csv(printed.report(), DANISH),
        "centre-report.json": lambda: data_files.centre_json(printed.report()),
    },
    "overview": {
        "overview.csv": lambda: data_files.overview_csv(values.overview(), DANISH),
        "overview.json": lambda: data_files.overview_json(values.overview()),
    },
}


@pytest.fixture(params=KINDS)
def kind(request) -> str:
    return request.param


@pytest.fixture
def content(kind) -> bytes:
    return printed.DOCUMENTS[kind]()


def failures(content: bytes, profile: str) -> list[str]:
    report = page.validate_pdf_bytes(content, profile=profile)
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def errors(content: bytes, folder) -> list[str]:
    file = folder / "file.pdf"
    file.write_bytes(content)
    result = outloud.check(str(file))
    assert result.error is None
    return [f"{found.rule}: {found.message}" for found in result.findings if found.severity == "error"]


class TestValidators:
    @pytest.mark.parametrize("profile", ["ua1", "3a"])
    def test_it_conforms(self, content, profile):
        assert failures(content, profile) == []

    def test_nothing_is_lost_to_those_who_hear_it(self, content, tmp_path):
        assert errors(content, tmp_path) == []

    @pytest.mark.parametrize("make", [printed.centre, printed.overview, printed.drawn])
    def test_the_english_ones_conform_too(self, make):
        assert failures(make("en"), "ua1") + failures(make("en"), "3a") == []

    @pytest.mark.parametrize("size", [1, 2, 12, 40, 90])
    def test_a_certificate_of_any_size_conforms(self, size, tmp_path):
        document = printed.certificate()
        strata = [{**document["strata"][0], "stratum": f"Stratum {at}"} for at in range(size)]
        content = certificate_pdf({**document, "strata": strata}, DANISH)
        assert failures(content, "ua1") + failures(content, "3a") + errors(content, tmp_path) == []

    def test_a_report_of_a_single_theme_conforms(self, tmp_path):
        content = centre_pdf(values.small_report(), DANISH)
        assert failures(content, "ua1") + failures(content, "3a") + errors(content, tmp_path) == []
        assert pdf_structure.problems(content) == []


def _with_a_row_taller_than_a_page() -> bytes:
    report = values.small_report()
    checklist = report.checklists[0]
    theme = checklist.themes[0]
    item = values.replace(theme.items[0], question="Er forvaltningsmyndighedens pligt opfyldt? " * 80)
    themes = (values.replace(theme, items=(item, *theme.items[1:])),)
    changed = values.replace(report, checklists=(values.replace(checklist, themes=themes),))
    return centre_pdf(changed, DANISH)


class TestStructure:
    def test_a_row_that_is_divided_between_pages_is_one_row(self):
        content = _with_a_row_taller_than_a_page()
        assert pdf_structure.problems(content) == []
        heard = pdf_structure.told(content).replace("\u00ad", "")
        assert "opfyldt? Er forvaltningsmyndighedens pligt " * 79 in heard

    def test_every_mark_is_accounted_for(self, content):
        assert pdf_structure.problems(content) == []

    def test_it_is_heard_in_the_order_in_which_it_is_painted(self, content):
        told = pdf_structure.told(content)
        assert len(told) > 1000
        assert pdf_structure.bare(told) == pdf_structure.bare(pdf_structure.painted(content))

    def test_poppler_hears_the_same(self):
        content = printed.drawn()
        heard = pdf_structure.bare(pdf_structure.heard_by_poppler(content))
        assert heard == pdf_structure.bare(pdf_structure.told(content))

    def test_words_are_heard_whole(self):
        content = printed.centre()
        assert "\u00ad" in pdf_structure.told(content)
        words = pdf_structure.words_told(content)
        report = printed.report()
        asked = [
            item.question
            for checklist in report.checklists
            for theme in checklist.themes
            for item in theme.items
        ]
        assert {word for text in asked for word in re.findall(r"\w+(?:-\w+)*", text)} <= words

    def test_every_figure_is_told_in_its_own_sentences(self):
        with pikepdf.open(BytesIO(printed.centre())) as pdf:
            told = [str(one.value.Alt) for one in pdf_structure.elements(pdf) if one.role == "/Figure"]
        assert len(told) == 4
        assert all("fra 0 til 100 procent" in text or "søjler" in text for text in told)

    def test_all_kinds_of_elements_are_there(self):
        with pikepdf.open(BytesIO(printed.centre())) as pdf:
            roles = {one.role for one in pdf_structure.elements(pdf)}
        assert {
            "/Document", "/H1", "/H2", "/H3", "/H4", "/P", "/L", "/LI", "/Lbl", "/LBody", "/Table", "/TR", "/TH",
            "/TD", "/Figure", "/Caption", "/TOC", "/TOCI", "/Reference", "/Link",
        } == roles  # fmt: skip

    def test_a_link_says_where_it_leads(self):
        with pikepdf.open(BytesIO(printed.centre())) as pdf:
            said = [str(place.Contents) for sheet in pdf.pages for place in sheet.obj.get("/Annots", [])]
        assert any(re.fullmatch(r"side \d+: Metode", text.replace("\u00a0", " ")) for text in said)
        assert "Metode" in said

    def test_a_head_that_is_repeated_is_heard_once(self):
        content = printed.centre()
        repeated = subprocess.run(
            ["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True
        ).stdout.decode()
        # Once in each table of cases, which run over pages.
        assert repeated.count("Afgjort Sagstype") > pdf_structure.told(content).count("\nAfgjort\n") == 1


def broken(content: bytes, change) -> bytes:
    """The document after ``change`` was let loose on it."""
    with pikepdf.open(BytesIO(content)) as pdf:
        change(pdf, {one.role: one.value for one in reversed(pdf_structure.elements(pdf))})
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def _paint_unmarked(pdf, _first):
    pdf.pages[0].contents_add(b"0 0 9 9 re f")


def _open_end(pdf, _first):
    pdf.pages[0].contents_add(b"/P <</MCID 0>> BDC", prepend=True)


def _swap_marks(pdf, _first):
    marks = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    marks[0], marks[1] = marks[1], marks[0]


def _change(role, key, value=None):
    def change(_pdf, first):
        if value is None:
            del first[role][key]
        else:
            first[role][key] = value

    return change


def _no_scope(_pdf, first):
    del first["/TH"].A["/Scope"]


def _lost_heading(_pdf, first):
    first["/TD"].A.Headers = pikepdf.Array([pikepdf.String("nowhere")])


def _silent_link(pdf, _first):
    sheet = next(sheet for sheet in pdf.pages if "/Annots" in sheet.obj)
    del sheet.obj.Annots[0]["/Contents"]


def _stray_link(pdf, _first):
    sheet = next(sheet for sheet in pdf.pages if "/Annots" in sheet.obj)
    sheet.obj.Annots[0].StructParent = 0


class TestTheAccountItself:
    @pytest.mark.parametrize(
        ("change", "told"),
        [
            pytest.param(_paint_unmarked, "neither tagged nor decoration", id="unmarked"),
            pytest.param(_open_end, "has no end", id="no end"),
            pytest.param(_swap_marks, "is not that of its element", id="swapped"),
            pytest.param(_change("/H2", "/S", Name.H4), "a heading of level", id="heading skipped"),
            pytest.param(_change("/H1", "/S", Name.P), "the first heading", id="no first heading"),
            pytest.param(_change("/Figure", "/Alt"), "a figure has no alternative", id="figure"),
            pytest.param(_no_scope, "what it is a heading of", id="scope"),
            pytest.param(_lost_heading, "a heading that is not there", id="headers"),
            pytest.param(_change("/TH", "/S", Name.P), "rows of a table|not there", id="cell"),
            pytest.param(_change("/Lbl", "/S", Name.P), "a list's item is", id="list"),
            pytest.param(_silent_link, "does not say where it leads", id="contents"),
            pytest.param(_stray_link, "is in no element", id="stray link"),
        ],
    )
    def test_it_finds_what_is_wrong(self, change, told):
        found = pdf_structure.problems(broken(printed.centre(), change))
        assert [problem for problem in found if re.search(told, problem)]

    def test_it_finds_nothing_where_nothing_was_changed(self):
        assert pdf_structure.problems(broken(printed.drawn(), lambda *_: None)) == []

    def test_validators_find_what_is_wrong(self, tmp_path):
        mute = broken(printed.centre(), _change("/Figure", "/Alt"))
        assert failures(mute, "ua1")
        assert errors(mute, tmp_path)
        bare = broken(printed.drawn(), lambda pdf, _first: pdf.Root.__delitem__("/OutputIntents"))
        assert failures(bare, "3a")

    def test_another_order_of_reading_is_found(self):
        def turn(pdf, _first):
            root = pdf.Root.StructTreeRoot.K
            root.K = pikepdf.Array(reversed(list(root.K)))

        turned = broken(printed.drawn(), turn)
        assert pdf_structure.bare(pdf_structure.told(turned)) != pdf_structure.bare(
            pdf_structure.painted(turned)
        )


class TestEmbeddedFiles:
    @pytest.mark.parametrize("kind", ["centre", "overview"])
    def test_they_are_the_files_that_can_be_downloaded(self, kind):
        with pikepdf.open(BytesIO(printed.DOCUMENTS[kind]())) as pdf:
            there = {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()}
        assert there == {name: made() for name, made in EMBEDDED[kind].items()}

    @pytest.mark.parametrize("kind", ["centre", "overview"])
    def test_each_is_associated_with_the_document_as_its_data(self, kind):
        with pikepdf.open(BytesIO(printed.DOCUMENTS[kind]())) as pdf:
            there = [(str(one.UF), str(one.AFRelationship), str(one.Desc)) for one in pdf.Root.AF]
            kinds = [str(one.EF.F.Subtype) for one in pdf.Root.AF]
        assert [name for name, _, _ in there] == sorted(EMBEDDED[kind])
        assert {relation for _, relation, _ in there} == {"/Data"}
        assert all(told for _, _, told in there)
        assert kinds == ["/text/csv", "/application/json"]

    def test_a_certificate_has_none(self):
        with pikepdf.open(BytesIO(printed.drawn())) as pdf:
            assert list(pdf.attachments) == []


class TestProperties:
    @pytest.mark.parametrize(("language", "named"), [("da", "da-DK"), ("en", "en-GB")])
    def test_both_places_say_the_same(self, language, named):
        with pikepdf.open(BytesIO(printed.centre(language))) as pdf:
            with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
                told = {name: str(metadata[name]) for name in ("dc:title", "xmp:CreatorTool", "pdf:Producer")}
                assert metadata["pdfaid:part"] + metadata["pdfaid:conformance"] == "3A"
                assert metadata["pdfuaid:part"] == "1"
            assert str(pdf.Root.Lang) == named
            assert str(pdf.docinfo.Title) == told["dc:title"]
            assert str(pdf.docinfo.Creator) == told["xmp:CreatorTool"]
            assert str(pdf.docinfo.Producer) == told["pdf:Producer"]

    def test_the_layout_has_a_number_in_the_properties_and_in_the_appendix(self):
        with pikepdf.open(BytesIO(printed.centre())) as pdf:
            assert str(pdf.docinfo.Creator).endswith(f"(layout {LAYOUT})")
        assert f"Opsætning (layout)\n{LAYOUT}" in pdf_structure.told(printed.centre())

    def test_signs_of_markup_in_a_title_are_no_markup(self):
        content = centre_pdf(values.small_report(centre="A & B <C>"), DANISH)
        with pikepdf.open(BytesIO(content)) as pdf, pdf.open_metadata() as metadata:
            assert "A & B <C>" in metadata["dc:title"]


class TestBytes:
    def test_the_same_document_is_the_same_file(self):
        assert centre_pdf(printed.report(), DANISH) == printed.centre()

    def test_other_processes_make_the_same_files(self):
        program = (
            "import hashlib, printed_reports as p; "
            "print([hashlib.sha256(make()).hexdigest() for make in p.DOCUMENTS.values()])"
        )
        here = str([sha256(make()).hexdigest() for make in printed.DOCUMENTS.values()])
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
            there = subprocess.run(
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
            assert there.strip() == here


def _ends_with_return(start: bytes) -> bytes:
    """Data that, compressed, ends with a carriage return."""
    candidates = (start + b"%d" % number for number in range(1_000_000))
    return next(data for data in candidates if zlib.compress(data, 9).endswith(b"\r"))


class TestColours:
    def test_the_profile_is_the_one_that_was_brought(self):
        folder = files("lirk.reports") / "colours"
        digest = sha256((folder / "sRGB.icc").read_bytes()).hexdigest()
        assert digest == "2a92d4bae450b76d8b0aa42193df974d75f62738ecebf74f01c5e75b12a95796"
        assert "zlib License" in (folder / "LICENSE.txt").read_text(encoding="utf-8")


class TestStreams:
    """Data before the end of a stream that ends with half an end of line is no longer there."""

    def test_an_embedded_file_keeps_its_bytes(self):
        data = _ends_with_return(b"a;b\r\n")
        with pikepdf.open(BytesIO(printed.drawn())) as pdf:
            pdf.Root.Probe = pdf.make_stream(data)
            content = sealed(pdf)
        assert AMBIGUOUS not in content
        with pikepdf.open(BytesIO(content)) as pdf:
            assert pdf.Root.Probe.read_bytes() == data

    def test_streams_that_are_made_on_the_way_are_mended_too(self):
        for salt in range(5_000):
            with pikepdf.new() as pdf:
                pdf.add_blank_page()
                pdf.Root.MarkInfo = Dictionary(Marked=True)
                pdf.Root.Probe = Dictionary(Salt=pikepdf.String(sha256(b"%d" % salt).hexdigest()))
                if AMBIGUOUS in sealing._saved(pdf):
                    assert AMBIGUOUS not in sealed(pdf)
                    return
        pytest.fail("no stream was ambiguous")

    def test_a_file_with_such_an_attachment_conforms(self):
        data = _ends_with_return(b"a;b\r\n")
        attachment = Attachment(name="a.csv", media_type="text/csv", description="Tal", content=data)
        properties = Properties(
            title="T", author="A", subject="S", creator="LIRK", language="da-DK", day=date(2026, 11, 22)
        )
        structure = Structure()
        structure.note(structure.root)
        canvas = Canvas(file := BytesIO())
        canvas.showPage()
        canvas.save()
        content = archived(file.getvalue(), structure, properties, [attachment])
        assert not [told for told in failures(content, "3a") if "STREAM" in told]
        assert AMBIGUOUS not in content


class TestSigns:
    """A sign that the lettering lacks prints as its name."""

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            pytest.param("Team \N{PARTY POPPER}", "Team [PARTY POPPER]", id="picture"),
            pytest.param("Team \u2764\ufe0f", "Team [HEAVY BLACK HEART]", id="variant"),
            pytest.param("\N{WOMAN}\u200d\N{PERSONAL COMPUTER}", "[WOMAN][PERSONAL COMPUTER]", id="joined"),
            pytest.param("Team \ue0ff", "Team [U+E0FF]", id="without a name"),
            pytest.param("A\u030arhus", "Århus", id="two signs that are one"),
        ],
    )
    def test_it_is_said_wherever_the_name_is_printed(self, name, said):
        content = centre_pdf(values.small_report(centre=name), DANISH)
        assert said in pdf_structure.told(content)
        assert failures(content, "ua1") + failures(content, "3a") == []
        painted = subprocess.run(
            ["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True
        ).stdout.decode()
        assert painted.count(said) > painted.count("\f")

    def test_in_a_figure_and_in_a_certificate(self):
        report = values.small_report()
        checklist = report.checklists[0]
        theme = values.replace(checklist.themes[0], title="Høring \N{PARTY POPPER}")
        changed = values.replace(report, checklists=(values.replace(checklist, themes=(theme,)),))
        assert "[PARTY" in pdf_structure.told(centre_pdf(changed, DANISH))
        document = printed.certificate()
        strata = [{**document["strata"][0], "stratum": "Nord \N{PARTY POPPER}"}]
        content = certificate_pdf({**document, "strata": strata}, DANISH)
        assert "[PARTY POPPER]" in pdf_structure.told(content)
