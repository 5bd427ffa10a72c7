"""The year as pages: the paper and its files, the coordinator's figures and text, the leader's own figures."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO

import pytest
import report_values as values
from pypdf import PdfReader
from year_values import complaints, paper

from lirk.domain.people import Person, Role
from lirk.domain.years import FIELDS
from lirk.wording import Wording
from web.frame import frame_of
from web.pages.years import PaperPage
from web.templating import environment, render

DANISH = Wording("da")
#: That in which the round of the pages was closed.
YEAR = (datetime.now(UTC) - timedelta(days=30)).year
PAPER = f"/years/{YEAR}"
NORTH, TEXT = f"{PAPER}/figures/center-nord", f"{PAPER}/text"
FIGURES = dict.fromkeys(FIELDS, "7") | {"version": "0"}
CHIEF = Person(id=1, username="c", name="C", roles=frozenset({Role.CHIEF_GROUP}))


@cache
def templates():
    return environment("da")


def page_of(value, actor=CHIEF):
    frame = frame_of(None, DANISH, path=PAPER, municipality="Eksempel", receipt=None, expires_at=None)
    context = {"errors": (), "frame": frame, "csrf": str, "csrf_token": str}
    page = PaperPage.of(value, actor, DANISH)
    return render(templates(), "years/paper.html", {"page": page, **context})


def paper_in(page):
    """The part of a page that is copied into a document."""
    return page[page.index("<article") : page.index("</article>")]


class TestPaper:
    def test_headings_paragraphs_lists_and_tables_and_nothing_to_click(self):
        article = paper_in(page_of(paper()))
        tags = set(re.findall(r"<(\w+)", article))
        assert {"h2", "h3", "h4", "p", "ul", "li", "table", "th", "td"} <= tags
        assert not tags & {"a", "button", "form", "nav", "svg", "img", "details", "input"}

    def test_it_says_what_the_pdf_says(self):
        article = paper_in(page_of(paper()))
        for said in ("Omgørelsesprocenten er 25\u00a0%: 21 af 84 sager blev omgjort.", "16.470", "119"):
            assert said in article

    def test_two_centres_may_swap_their_figures_and_every_byte_stays(self):
        one = [*map(complaints, range(7))]
        other = [one[5], *one[1:5], one[0], one[6]]
        assert page_of(paper(*one)) == page_of(paper(*other))

    def test_no_centre_is_named_and_nothing_can_be_sorted(self):
        page = page_of(paper())
        assert not [centre for centre in values.CENTRES if centre in page]
        assert "aria-sort" not in page

    def test_a_demonstration_says_so_in_the_copied_part_too(self):
        [one] = paper().rounds
        article = paper_in(page_of(paper(rounds=(replace(one, made_up="all"),))))
        assert "Registret og svarene er opfundne." in article

    def test_signs_in_a_text_are_shown_and_not_run(self):
        assert "<script>alert" not in page_of(paper(found="<script>alert(1)</script>"))

    def test_no_id_twice(self):
        ids = re.findall(r' id="([^"]+)"', page_of(paper(rounds=paper().rounds * 3)))
        assert len(ids) == len(set(ids))

    def test_page_and_files(self, sign_in):
        client = sign_in("chef")
        page = client.get(PAPER).text
        assert "1. runde 2026" in page
        assert "Årets klagetal er ikke skrevet ind endnu." in page
        printed = PdfReader(BytesIO(client.get(f"{PAPER}/pdf").content))
        assert "1. runde 2026" in " ".join(one.extract_text() for one in printed.pages)
        assert "1. runde 2026" in client.get(f"{PAPER}/csv").text
        assert [one["title"] for one in client.get(f"{PAPER}/json").json()["rounds"]] == ["1. runde 2026"]

    @pytest.mark.parametrize("year", ["1999", "2999", "0"])
    def test_of_such_a_year_there_is_none(self, sign_in, year):
        answer = sign_in("chef").get(f"/years/{year}")
        assert answer.status_code == 404
        assert "Der er kun årsnotater for årene 2000 til" in answer.text

    def test_an_address_that_is_no_year_leads_nowhere(self, sign_in):
        for year in ("9" * 20, "-1", "i-fjor"):
            assert sign_in("chef").get(f"/years/{year}").status_code == 404

    def test_the_chief_group_is_offered_nothing_to_write(self, sign_in):
        page = sign_in("chef").get(PAPER).text
        assert "/figures" not in page
        assert "/own" not in page


class TestList:
    def test_the_coordinator_is_led_to_what_is_missing(self, sign_in):
        client = sign_in("koordinator")
        page = client.get("/years").text
        assert "0 af 4 centre" in page
        assert f'href="{PAPER}/figures"' in page

    def test_a_reader_is_told_who_acts(self, sign_in):
        page = sign_in("leder").get("/years").text
        assert "Koordinatoren skriver klagetal og tekst. Du skal ikke gøre noget." in page
        assert "/figures" not in page


class TestFigures:
    def test_they_are_kept_and_the_list_says_so_without_a_figure(self, sign_in):
        client = sign_in("koordinator")
        answer = client.form(NORTH, FIGURES | {"received": "4711"})
        assert (answer.status_code, answer.headers["location"]) == (303, f"{PAPER}/figures")
        page = client.get(f"{PAPER}/figures").text
        assert "Tallene for Center Nord er gemt." in page
        assert page.count(">udfyldt<") == 1
        assert "4711" not in page
        assert 'value="4711"' in client.get(NORTH).text

    def test_every_field_that_is_wrong_is_named_and_what_was_typed_is_kept(self, sign_in):
        client = sign_in("koordinator")
        page = client.form(NORTH, FIGURES | {"received": "mange", "sent_on_late": "8", "upheld": "-1"})
        assert page.status_code == 422
        for name in ("received", "sent_on_late", "upheld"):
            assert f'href="#{name}"' in page.text
        assert "Klager modtaget: »mange« er ikke et helt tal" in page.text
        assert 'value="mange"' in page.text
        assert 'value="mange"' not in client.get(NORTH).text

    def test_what_another_wrote_meanwhile_is_shown_beside_what_was_typed(self, sign_in):
        client = sign_in("koordinator")
        client.form(NORTH, FIGURES)
        page = client.form(NORTH, FIGURES | {"received": "4711"})
        assert page.status_code == 409
        assert "En anden har skrevet tallene for Center Nord" in page.text
        assert 'value="4711"' in page.text
        assert "<dd>7</dd>" in page.text
        assert 'name="version" value="1"' in page.text

    def test_an_error_does_not_hide_that_another_wrote_meanwhile(self, sign_in):
        client = sign_in("koordinator")
        client.form(NORTH, FIGURES)
        assert 'name="version" value="0"' in client.form(NORTH, FIGURES | {"received": "x"}).text

    def test_the_list_says_which_centres_belong_to_the_year(self, sign_in):
        client = sign_in("koordinator")
        assert "Når alle er udfyldt, ligger listen fast." in client.get(f"{PAPER}/figures").text

    def test_when_all_are_entered_the_list_says_that_it_stays_so(self, sign_in):
        """A centre that is added now belongs to the present year."""
        client, paper = sign_in("koordinator"), f"/years/{datetime.now(UTC).year}"
        client.form("/centres", {"name": "Center Midt"})
        for slug in ("center-nord", "center-syd", "center-vest", "center-oest", "center-midt"):
            assert client.form(f"{paper}/figures/{slug}", FIGURES).status_code == 303
        assert "listen ligger fast" in client.get(f"{paper}/figures").text
        told = client.get(f"{paper}/json").json()["complaints"]
        assert (told["received"], told["reversal_rate"]) == (35, 0.75)

    def test_no_such_centre(self, sign_in):
        assert sign_in("koordinator").get(f"{PAPER}/figures/center-intet").status_code == 404


class TestText:
    def test_it_stands_in_the_paper(self, sign_in):
        client = sign_in("koordinator")
        answer = client.form(TEXT, {"found": "Lange breve.", "done": "Et kursus.", "version": "0"})
        assert (answer.status_code, answer.headers["location"]) == (303, PAPER)
        page = client.get(PAPER).text
        assert f"Teksten for {YEAR} er gemt." in page
        assert "<p>Lange breve.</p>" in page
        assert "<p>Et kursus.</p>" in page

    def test_a_centre_or_a_cpr_number_is_refused_and_what_was_typed_is_kept(self, sign_in):
        page = sign_in("koordinator").form(
            TEXT, {"found": "Center Nord skriver langt", "done": "Se 010190-1234", "version": "0"}
        )
        assert page.status_code == 422
        assert "Teksten nævner »Center Nord«." in page.text
        assert 'href="#done"' in page.text
        assert "Center Nord skriver langt" in page.text

    def test_what_another_wrote_meanwhile_is_shown_beside_what_was_typed(self, sign_in):
        client = sign_in("koordinator")
        client.form(TEXT, {"found": "Et.", "done": "", "version": "0"})
        page = client.form(TEXT, {"found": "To.", "done": "", "version": "0"})
        assert page.status_code == 409
        assert "Et." in page.text
        assert "To." in page.text
        assert 'name="version" value="1"' in page.text


class TestOwn:
    def test_a_leader_sees_the_own_centres_figures_and_no_others(self, sign_in):
        coordinator = sign_in("koordinator")
        coordinator.form(NORTH, FIGURES | {"received": "4711"})
        coordinator.form(f"{PAPER}/figures/center-syd", FIGURES | {"received": "1234"})
        leader = sign_in("leder")
        assert f"{PAPER}/own" in leader.get(PAPER).text
        page = leader.get(f"{PAPER}/own").text
        assert "4.711" in page
        assert "Omgørelsesprocenten er 75\u00a0%: 21 af 28 sager blev omgjort." in page
        assert "Center Syd" not in page
        assert "1.234" not in page
        for part in ("", "/csv", "/json"):
            text = leader.get(PAPER + part).text
            assert "4.711" not in text
            assert "4711" not in text

    def test_before_they_are_there_it_says_who_acts(self, sign_in):
        assert (
            "Koordinatoren har ikke skrevet centrets tal ind endnu."
            in sign_in("leder").get(f"{PAPER}/own").text
        )

    def test_the_coordinator_is_led_to_the_list(self, sign_in):
        assert sign_in("koordinator").get(f"{PAPER}/own").headers["location"] == f"{PAPER}/figures"
