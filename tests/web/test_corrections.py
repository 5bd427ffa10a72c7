"""Where the coordinator corrects an answer after an objection: the page, its receipt, and what readers then see."""

import re
from datetime import UTC, datetime
from html import unescape
from io import BytesIO

import pytest
from granted import grant
from pypdf import PdfReader
from report_values import item

from lirk.domain.corrections import CountsAgain
from lirk.services.corrections import Corrected
from lirk.wording import Wording
from web.app import create_app
from web.pages.corrections import receipt as made_receipt

NORTH = "/rounds/2026-1/reports/center-nord"
FINDING = f"{NORTH}/findings/breve/clear"
CORRECT, WHY = f"{FINDING}/correct", "Brevet nævner begge grunde på side 2."


@pytest.fixture
def browser(pages, sign_in):
    """The coordinator, who found every centre right in its objections."""
    with pages.database.begin() as store:
        grant(store, "2026-1", datetime.now(UTC))
    return sign_in("koordinator")


def numbers(browser):
    """The running numbers that the form offers."""
    return [int(one) for one in re.findall(r'<option value="(\d+)"', browser.get(CORRECT).text)]


def fields(browser, number, value="yes", **more):
    seen = re.search(r'name="seen" value="(\d+)"', browser.get(CORRECT).text)[1]
    return {"number": str(number), "value": value, "reason": WHY, "seen": seen, **more}


def correct(browser, number, value="yes", **more):
    return browser.form(CORRECT, fields(browser, number, value, **more))


def words_of(page):
    """The words of a page without its tags."""
    return plain(unescape(re.sub(r"<[^>]+>", "", page)))


def plain(text):
    return " ".join(text.replace("\u00a0", " ").split())


def receipt(browser, answer):
    return words_of(browser.get(answer.headers["location"].split("#")[0]).text)


class TestPage:
    def test_the_cases_stand_with_their_answers_and_notes_and_without_their_case_numbers(self, browser):
        page = browser.get(CORRECT).text
        assert len(numbers(browser)) == 3
        assert "Brevet er uklart." in page
        assert "Svar før ændringen" in page
        assert "26/N" not in page

    def test_the_objection_that_permits_it_stands_above_with_its_answer(self, browser):
        page = browser.get(CORRECT).text
        assert page.index("Indsigelsen, der giver lov til det") < page.index("Det står i bilaget.")
        assert page.index("Det har I ret i.") < page.index("Sagerne bag fundet")

    def test_where_it_no_longer_stands_a_change_can_only_be_taken_back(self, pages, browser):
        one, other, _ = numbers(browser)
        correct(browser, one)
        with pages.database.begin() as store:
            grant(store, "2026-1", datetime.now(UTC), outcome=None)
        assert "Du kan kun tage en ændring tilbage." in browser.get(CORRECT).text
        refused = correct(browser, other)
        assert refused.status_code == 409
        assert "Svar lederen først." in refused.text
        assert WHY in refused.text
        assert correct(browser, one, "no").status_code == 303

    def test_it_is_reached_from_the_findings_own_page(self, browser):
        assert f'href="{CORRECT}"' in browser.get(FINDING).text

    def test_not_before_the_centre_has_objected_and_was_found_right(self, sign_in):
        client = sign_in("koordinator")
        assert f'href="{CORRECT}"' not in client.get(FINDING).text
        refused = client.get(CORRECT)
        assert refused.status_code == 409
        assert "Svar lederen først." in refused.text

    def test_what_is_no_finding_is_not_there(self, browser):
        assert browser.get(f"{NORTH}/findings/breve/nothing/correct").status_code == 404

    @pytest.mark.parametrize("username", ["leder", "kontakt", "chef", "rita", "arkivar", "admin"])
    def test_only_the_coordinator(self, sign_in, username):
        client = sign_in(username)
        assert client.get(CORRECT).status_code == 403
        given = {"number": "1", "value": "yes", "reason": WHY, "seen": "0"}
        assert client.post(CORRECT, given).status_code == 403


def test_the_receipt_says_what_counts_again():
    again = CountsAgain(
        item_id="why", item_number="2.2", question="Er <det> klart?", answer="no", answer_text="Nej"
    )
    same = item(("Er brevet klart?", "", "critical", "order"), "2.1", 3, 8, 1)
    made = Corrected(number=3, before=same, after=same, finding=None, again=(again,))
    assert plain(made_receipt(made, Wording("da"))).endswith(
        "Dermed gælder også »2.2 Er <det> klart?« i sagen, og gennemgangens svar »Nej« tæller med."
    )


class TestCorrecting:
    def test_the_receipt_says_what_changed_and_page_pdf_and_data_tell_it(self, browser, sign_in):
        number = numbers(browser)[0]
        answer = correct(browser, number)
        assert (answer.status_code, answer.headers["location"]) == (303, CORRECT)
        assert f"Svaret i sag {number} er ændret. Fundet er nu 2 af 3 sager, før 3." in receipt(
            browser, answer
        )
        leader = sign_in("leder")
        said = f"Sag {number}, »1.1 Er brevet klart?«: »Nej« er ændret til »Ja«"
        page = words_of(leader.get(NORTH).text)
        assert said in page
        assert WHY in page
        printed = plain(
            " ".join(
                one.extract_text() for one in PdfReader(BytesIO(leader.get(f"{NORTH}/pdf").content)).pages
            )
        )
        assert "Svar, der er ændret" in printed
        assert WHY in printed
        [told] = leader.get(f"{NORTH}/json").json()["corrections"]
        assert (told["number"], told["before"], told["after"], told["reason"]) == (number, "no", "yes", WHY)
        assert "Koordinator" not in str(told)

    def test_the_page_has_the_new_answer_beside_the_one_before(self, browser):
        number = numbers(browser)[0]
        correct(browser, number)
        page = browser.get(CORRECT).text
        row = re.search(rf'<tr><th scope="row">{number}</th>(.*?)</tr>', page)[1]
        assert re.findall("<td>(.*?)</td>", row)[:2] == ["Ja", "Nej"]

    def test_a_finding_that_disappears_leads_back_to_the_report_and_is_reached_from_there(self, browser):
        for number in numbers(browser):
            answer = correct(browser, number)
        assert answer.headers["location"] == f"{NORTH}#findings"
        assert "Punktet er ikke længere et fund: 0 af 3 sager, før 1." in receipt(browser, answer)
        assert f'href="{CORRECT}"' in browser.get(NORTH).text
        assert browser.get(FINDING).status_code == 404
        taken_back = correct(browser, numbers(browser)[0], "no")
        assert taken_back.headers["location"] == CORRECT
        assert "Fundet er nu 1 af 3 sager, før 0." in receipt(browser, taken_back)

    def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_is_kept(self, browser):
        number = numbers(browser)[0]
        page = correct(browser, number, "no", reason="Se 010190-1234")
        assert page.status_code == 422
        assert 'href="#value"' in page.text
        assert 'href="#reason"' in page.text
        assert "Se 010190-1234" in page.text
        assert f'<option value="{number}" selected' in page.text
        assert "Det svar gælder allerede" in page.text

    def test_no_case_and_no_answer_are_told_too(self, browser):
        page = browser.form(CORRECT, {"seen": "0"})
        assert page.status_code == 422
        for field in ("number", "reason"):
            assert f'href="#{field}"' in page.text

    def test_two_tabs_are_told_and_nothing_is_overwritten(self, browser):
        one, other, _ = numbers(browser)
        late = fields(browser, one, "partly")
        correct(browser, one)
        page = browser.form(CORRECT, late)
        assert page.status_code == 409
        assert "En anden har ændret svar" in page.text
        assert WHY in page.text
        assert len(browser.get(f"{NORTH}/json").json()["corrections"]) == 1
        assert correct(browser, other).status_code == 303

    def test_signs_in_a_reason_are_shown_and_not_run(self, browser, sign_in):
        correct(browser, numbers(browser)[0], reason="<script>alert(1)</script>")
        assert "<script>alert" not in sign_in("leder").get(NORTH).text


class TestOtherProcess:
    """Each process keeps computed reports on a shelf of its own."""

    def test_a_correction_made_in_one_is_seen_in_the_other_at_once(self, pages, browser):
        other = create_app(pages.app.state.settings)
        there = type(pages)(other, pages.url).sign_in("leder")

        def figure():
            page = there.get(NORTH).text
            return re.search(r'<p class="finding-figure"><strong>(\d+)</strong>', page)[1]

        assert figure() == "3"
        number = numbers(browser)[0]
        correct(browser, number)
        assert figure() == "2"
        correct(browser, number, "no")
        assert figure() == "3"
        other.state.database.dispose()
