"""The pages of the centre reports: who reads them, what they say, and what never stands in them."""

import re
from html.parser import HTMLParser
from io import BytesIO
from typing import ClassVar
from zipfile import ZipFile

import pytest
import report_values as values
from pypdf import PdfReader

from lirk.domain.people import Person, Role
from lirk.domain.rounds import RoundState
from lirk.reports import markup
from lirk.reports.centre_pdf import centre_pdf
from lirk.storage.database import DatabaseBusy
from lirk.wording import Wording
from web.pages.reports import ReportPage, sections
from web.pages.voice import PageVoice, html
from web.reading import prepare_now

DANISH = Wording("da")
CLOSED, OPEN = "2026-1", "2026-2"
NORTH, SOUTH = (f"/rounds/{CLOSED}/reports/center-{name}" for name in ("nord", "syd"))
PARTS = ("", "/pdf", "/csv", "/json", "/xlsx")
FINDING = f"{NORTH}/findings/breve/clear"
COORDINATOR = Person(id=1, username="k", name="K", roles=frozenset({Role.COORDINATOR}))


class Words(HTMLParser):
    """The words of a page without its tags, and the ids in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.ids: list[str] = []
        self.styled: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids += [given["id"]] if "id" in given else []
        self.styled += [tag for name in given if name == "style" or name.startswith("on")]

    def handle_data(self, data):
        self.parts.append(data)

    @property
    def text(self) -> str:
        return plain("".join(self.parts))


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


class TestRights:
    #: Who reads the own centre's report, another's, and the list.
    TABLE: ClassVar = {
        "koordinator": (200, 200, 200),
        "leder": (200, 404, 200),
        "kontakt": (200, 404, 200),
        "chef": (403, 403, 403),
        "rita": (403, 403, 403),
        "arkivar": (403, 403, 403),
        "admin": (403, 403, 403),
    }

    @pytest.mark.parametrize("username", TABLE)
    def test_each_reads_what_the_table_says(self, sign_in, username):
        client = sign_in(username)
        own, foreign, whole = self.TABLE[username]
        assert {client.get(NORTH + part).status_code for part in PARTS} == {own}
        assert {client.get(SOUTH + part).status_code for part in PARTS} == {foreign}
        assert client.get("/reports").status_code == whole

    def test_foreign_unknown_and_no_round_are_told_in_the_same_words(self, sign_in):
        leader = sign_in("leder")
        addresses = (SOUTH, f"/rounds/{CLOSED}/reports/nowhere", "/rounds/2099-1/reports/center-nord")
        pages = [leader.get(address) for address in addresses]
        assert {page.status_code for page in pages} == {404}
        assert len({Words(page.text).text for page in pages}) == 1

    def test_a_report_that_was_opened_by_one_is_not_opened_for_another(self, sign_in):
        assert sign_in("koordinator").get(SOUTH).status_code == 200
        assert sign_in("leder").get(SOUTH).status_code == 404

    def test_an_open_round_has_no_report(self, sign_in):
        assert sign_in("koordinator").get(f"/rounds/{OPEN}/reports/center-nord").status_code == 409


class TestList:
    def test_a_leader_sees_the_own_centre_only(self, sign_in):
        page = sign_in("leder").get("/reports").text
        assert NORTH in page
        assert SOUTH not in page

    def test_nothing_yet_says_who_acts_next(self, pages, sign_in):
        with pages.database.begin() as store:
            round_ = store.rounds.by_key(CLOSED)
            store.rounds.set_state(round_.id, RoundState.REVIEWING)
            store.trail.add("test", actor_id=None, at=round_.created_at)
        assert "når koordinatoren lukker runden" in sign_in("leder").get("/reports").text
        assert "når du lukker en runde" in sign_in("koordinator").get("/reports").text


class TestPage:
    @pytest.fixture
    def words(self, sign_in):
        return Words(sign_in("leder").get(NORTH).text)

    def test_no_id_twice_and_no_style(self, words):
        assert len(words.ids) == len(set(words.ids))
        assert not words.styled

    def test_what_a_sentence_points_to_is_there(self, sign_in):
        page = sign_in("koordinator").get(NORTH).text
        ids = set(Words(page).ids)
        assert set(re.findall(r'href="#([^"]+)"', page)) <= ids

    def test_no_case_number_in_page_or_files(self, sign_in):
        leader = sign_in("leder")
        for part in PARTS:
            content = leader.get(NORTH + part).content
            if part == "/pdf":
                content = " ".join(one.extract_text() for one in PdfReader(BytesIO(content)).pages).encode()
            if part == "/xlsx":
                with ZipFile(BytesIO(content)) as package:
                    content = b"".join(package.read(name) for name in package.namelist())
            assert b"26/N" not in content, part

    def test_notes_of_reviewers_are_not_in_it(self, sign_in):
        assert "Brevet er uklart" not in sign_in("koordinator").get(NORTH).text

    def test_only_the_coordinator_is_led_to_writing(self, sign_in):
        assert FINDING in sign_in("koordinator").get(NORTH).text
        assert "/findings/" not in sign_in("leder").get(NORTH).text

    def test_files_are_handed_out_as_files(self, sign_in):
        leader = sign_in("leder")
        kinds = [leader.get(NORTH + part).headers["content-type"] for part in PARTS[1:]]
        sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        assert kinds == ["application/pdf", "text/csv; charset=utf-8", "application/json", sheet]
        assert "attachment" in leader.get(f"{NORTH}/pdf").headers["content-disposition"]

    def test_a_kept_report_page_is_read_in_so_few_statements(self, sign_in, statements):
        leader = sign_in("leder")
        leader.get(NORTH)
        with statements() as sent:
            leader.get(NORTH)
        ours = [one for one in sent if not one.startswith(("BEGIN", "PRAGMA", "COMMIT"))]
        assert sum("finding_text" in one for one in ours) == 1
        assert not [one for one in ours if "FROM answer" in one or "pinned_checklist" in one]


class TestPrepared:
    def test_the_first_reader_of_the_latest_closed_round_finds_it_computed(self, pages, sign_in, statements):
        prepare_now(pages.database, pages.app.state.settings)
        browser = sign_in("chef")
        with statements() as sent:
            assert browser.get("/rounds/2026-1/overview").status_code == 200
        assert not [one for one in sent if "FROM answer" in one]

    def test_a_database_that_cannot_be_asked_now_harms_nobody(self, pages, monkeypatch):
        def busy(*_, **__):
            raise DatabaseBusy(database="x")

        monkeypatch.setattr("web.reading.reports.prepare", busy)
        prepare_now(pages.database, pages.app.state.settings)


class TestSameSentences:
    """Page and PDF say the same; a place is a page number there, and a link here."""

    @pytest.mark.parametrize("language", ["da", "en"])
    @pytest.mark.parametrize("report", [values.centre_report(), values.small_report()], ids=["full", "small"])
    def test_of_the_summary(self, report, language):
        words = Wording(language)
        printed = plain(PdfReader(BytesIO(centre_pdf(report, words))).pages[0].extract_text())
        page = ReportPage.of(report, "/x", COORDINATOR, words)
        said = page.summary
        for line in (
            page.lead,
            *said.going_well,
            *said.critical,
            *said.to_do,
            said.since_last,
            *said.next_steps,
            said.caution,
        ):
            for piece in re.split(r"<a .*?</a>", str(line)):
                text = plain(Words(re.sub(r"\W*(?:i|in) $", "", piece)).text).strip(" .,(")
                assert text in printed, text

    @pytest.mark.parametrize("report", [values.centre_report(), values.small_report()], ids=["full", "small"])
    def test_of_findings_and_method(self, report):
        pdf = PdfReader(BytesIO(centre_pdf(report, DANISH)))
        printed = re.sub(r"\W|\d", "", "".join(one.extract_text() for one in pdf.pages))
        page = ReportPage.of(report, "/x", COORDINATOR, DANISH)
        lines = [
            one
            for finding in page.findings
            for one in (finding.kicker, finding.law, finding.answers, finding.sureness)
        ]
        lines += [one for result in page.results for one in (result.opening, *result.whole_cases)]
        for line in (*lines, *page.finding_opening, page.items_opening):
            text = re.sub(r"\W|\d", "", Words(str(line)).text)
            # A page's foot may stand in the middle of a long sentence.
            assert text[:40] in printed, line
            assert text[-40:] in printed, line


class TestHtml:
    """Only harmless tags leave a marked sentence."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;", id="not marked"),
            pytest.param(markup.Markup.strong("A & <B>"), "<strong>A &amp; &lt;B&gt;</strong>", id="strong"),
            pytest.param(markup.Markup('<a href="#method">m</a>'), '<a href="#method">m</a>', id="link"),
            pytest.param(markup.Markup("<script>x</script>"), "&lt;script&gt;x&lt;/script&gt;", id="script"),
            pytest.param(
                markup.Markup('<a href="javascript:x">m</a>'),
                "&lt;a href=&#34;javascript:x&#34;&gt;m</a>",
                id="address",
            ),
            pytest.param(markup.Markup('<b onclick="x">m'), "&lt;b onclick=&#34;x&#34;&gt;m", id="attribute"),
        ],
    )
    def test_each(self, text, expected):
        assert str(html(text)) == expected

    def test_a_name_with_signs_is_shown_as_it_is(self):
        report = values.centre_report(centre='<img src=x onerror="1"> & Co')
        lead = str(ReportPage.of(report, "/x", COORDINATOR, DANISH).lead)
        assert "<img" not in lead
        assert '<img src=x onerror="1"> & Co' in Words(lead).text

    def test_a_place_is_a_link_in_words(self):
        voice = PageVoice(DANISH, sections(DANISH))
        assert voice.see("finding 3") == '<a href="#finding-3">fund 3</a>'
        assert voice.where("method") == 'i <a href="#method">afsnittet »Metode«</a>'


class TestCases:
    def test_the_own_people_see_the_case_numbers_and_the_trail_says_so(self, sign_in, pages):
        page = sign_in("kontakt").get(f"{NORTH}/cases")
        assert page.status_code == 200
        assert "26/N0" in page.text
        with pages.database.begin() as store:
            entry = store.trail.entries()[-1]
        assert entry.action == "cases-identified"
        assert "26/" not in str(dict(entry.about))

    def test_each_case_has_its_findings_with_the_answer(self, sign_in):
        client = sign_in("leder")
        page = client.get(f"{NORTH}/cases").text
        told = re.findall(
            rf'<a href="{NORTH}#(finding-\d+)">Fund \d+: [^<]+</a> \((nej, kritisk brud|nej|delvist)\)', page
        )
        report = client.get(NORTH).text
        headings = re.findall(r"<h\d>Fund (\d+): [^<]*\((\d+) af \d+ sager?\)</h\d>", report)
        assert told
        assert headings
        for number, breached in headings:
            assert [place for place, _ in told].count(f"finding-{number}") == int(breached)
        assert f'href="{NORTH}/cases">Se, hvilke sager det er<' in report

    def test_no_file_says_in_which_case_a_finding_is(self, sign_in):
        client = sign_in("leder")
        [number] = re.findall(
            r"<tr>\s*<th scope=\"row\">(\d+)</th>(?:(?!</tr>).)*#finding-1",
            client.get(f"{NORTH}/cases").text,
            re.DOTALL,
        )[:1]
        rows = client.get(f"{NORTH}/json").json()
        assert all(
            set(case) == {"number", "decision_date", "case_type", "outcome", "status"}
            for case in rows["cases"]
        )
        assert int(number) in [case["number"] for case in rows["cases"]]
        assert not any("cases" in finding for finding in rows["findings"])

    def test_links_lead_into_the_case_system(self, sign_in):
        assert 'href="https://esdh.example/26/N0' in sign_in("leder").get(f"{NORTH}/cases").text

    def test_no_title_or_address_names_a_case(self, sign_in):
        page = sign_in("leder").get(f"{NORTH}/cases").text
        assert "26/" not in re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1]

    @pytest.mark.parametrize(("username", "status"), [("chef", 403), ("rita", 403), ("admin", 403)])
    def test_nobody_else_does(self, sign_in, username, status):
        assert sign_in(username).get(f"{NORTH}/cases").status_code == status

    def test_not_those_of_another_centre(self, sign_in):
        assert sign_in("leder").get(f"{SOUTH}/cases").status_code == 404


class TestFindingText:
    FIELDS: ClassVar = {
        "seen": "Brevene er lange.",
        "recommendation": "Kort dem.",
        "examples": "Et afslag.",
        "version": "0",
    }

    def test_the_notes_stand_beside_the_fields(self, sign_in):
        page = sign_in("koordinator").get(FINDING).text
        assert "Brevet er uklart." in page
        assert 'name="version" value="0"' in page
        assert "26/N" not in page

    def test_what_is_written_stands_in_page_and_pdf(self, sign_in):
        client = sign_in("koordinator")
        answer = client.form(FINDING, self.FIELDS)
        assert (answer.status_code, answer.headers["location"]) == (303, f"{NORTH}#finding-1")
        page = client.get(NORTH).text
        assert "er gemt" in page
        text = Words(page).text
        for said in (
            "Det så vi: Brevene er lange.",
            "Anbefaling: Kort dem.",
            "Eksempler uden personer: Et afslag.",
        ):
            assert said in text
        printed = PdfReader(BytesIO(client.get(f"{NORTH}/pdf").content))
        assert "Brevene er lange." in plain(" ".join(one.extract_text() for one in printed.pages))

    def test_a_number_like_a_cpr_is_refused_and_what_was_typed_is_kept(self, sign_in):
        client = sign_in("koordinator")
        page = client.form(FINDING, {**self.FIELDS, "seen": "Se 010190-1234"})
        assert page.status_code == 422
        assert "Fejl:" in page.text
        assert "Kort dem." in page.text
        assert 'href="#seen"' in page.text
        assert "Brevene er lange." not in client.get(NORTH).text

    def test_what_another_wrote_meanwhile_is_shown_beside_what_was_typed(self, sign_in):
        client = sign_in("koordinator")
        client.form(FINDING, self.FIELDS)
        page = client.form(FINDING, {**self.FIELDS, "seen": "Brevene er tunge."})
        assert page.status_code == 409
        assert "Brevene er tunge." in page.text
        assert "Brevene er lange." in page.text
        assert 'name="version" value="1"' in page.text

    def test_a_signs_in_a_text_are_shown_and_not_run(self, sign_in):
        client = sign_in("koordinator")
        client.form(FINDING, {**self.FIELDS, "seen": "<script>alert(1)</script>"})
        assert "<script>alert" not in client.get(NORTH).text

    @pytest.mark.parametrize("username", ["leder", "kontakt", "chef", "rita", "arkivar", "admin"])
    def test_only_the_coordinator_writes(self, sign_in, username):
        client = sign_in(username)
        assert client.get(FINDING).status_code == 403
        assert client.post(FINDING, self.FIELDS).status_code == 403

    def test_what_is_no_finding_is_not_there(self, sign_in):
        assert sign_in("koordinator").get(f"{NORTH}/findings/breve/nothing").status_code == 404
