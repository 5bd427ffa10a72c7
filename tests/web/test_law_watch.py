"""The law watch in the browser: the list, ticking off, a changed act, withdrawing."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest

from checklists.load import shipped_text
from lirk.services.checklists import parse
from web.pages.law_watch import mark_of

LAW = "/checklists/law"
SHIPPED = "lovmedholdelig-sagsbehandling"
SHIPS = parse(shipped_text(SHIPPED)).version
TEXT = next(
    reference.text.da
    for item in parse(shipped_text(SHIPPED)).items
    for reference in item.references
    if reference.act == "fvl"
)
GIVEN = {"reference": mark_of(TEXT), "source": "Retsinformation.dk", "note": ""}


@pytest.fixture
def archivist(sign_in):
    return sign_in("arkivar")


def today(form="%d.%m.%Y", **ago):
    return (datetime.now(UTC).astimezone() - timedelta(**ago)).strftime(form)


def read(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def ticks(archivist, **changes):
    return archivist.form(f"{LAW}/fvl", {**GIVEN, "status_date": today(), **changes})


class TestList:
    def test_each_reference_stands_once_with_its_items(self, archivist):
        page = archivist.get(LAW)
        assert page.status_code == 200
        rows = re.findall(r'<th scope="row">(.*?)</th>', page.text, re.DOTALL)
        found = [html.unescape(re.sub(r"<[^>]+>.*", "", row).strip()) for row in rows]
        assert found.count(TEXT) == 1
        assert f'href="/checklists/{SHIPPED}/{SHIPS}#item-' in page.text

    def test_only_those_that_are_due(self, archivist):
        every = archivist.get(LAW).text.count('<th scope="row">')
        due = archivist.get(f"{LAW}?only=yes&months=60")
        assert 0 < due.text.count('<th scope="row">') < every
        assert due.text.count("badge-warning") == due.text.count('<th scope="row">')

    def test_the_months_are_the_readers(self, archivist):
        assert TEXT not in read(archivist.get(f"{LAW}?only=yes&months=60"))
        # A month after what ships was read, all of it is old.
        assert TEXT in read(archivist.get(f"{LAW}?only=yes&months=1"))

    @pytest.mark.parametrize("months", ["0", "61", "abc", "", "99999999999999999999", "-3"])
    def test_odd_months_are_told(self, archivist, months):
        page = archivist.get(f"{LAW}?months={months}")
        assert page.status_code == 422
        assert "Skriv et helt antal måneder fra 1 til 60." in page.text

    def test_the_coordinator_reads_and_is_offered_nothing_else(self, sign_in):
        browser = sign_in("koordinator")
        page = browser.get(f"{LAW}/fvl")
        assert page.status_code == 200
        assert "Marker som kontrolleret" not in page.text
        assert "Loven er ændret" not in page.text
        assert "Kontrollér" not in read(browser.get(LAW))

    def test_the_list_of_checklists_leads_there(self, archivist, sign_in):
        assert f'href="{LAW}"' in archivist.get("/checklists").text
        assert f'href="{LAW}"' not in sign_in("rita").get("/checklists").text


class TestCheck:
    def test_one_is_chosen_already_where_the_list_leads_to_it(self, archivist):
        page = archivist.get(f"{LAW}/fvl?reference={mark_of(TEXT)}")
        (chosen,) = re.findall(r'<input[^>]*name="reference"[^>]* checked[^>]*>', page.text)
        assert f'value="{mark_of(TEXT)}"' in chosen

    def test_is_kept_and_shown(self, archivist):
        answer = ticks(archivist)
        assert (answer.status_code, answer.headers["location"]) == (303, f"{LAW}/fvl")
        page = archivist.get(f"{LAW}/fvl")
        assert "Én henvisning er kontrolleret." in page.text
        assert "af Arkivar" in read(page)

    def test_the_version_says_what_it_said_and_who_checked_since(self, archivist):
        page = f"/checklists/{SHIPPED}/{SHIPS}"
        assert "Holdt op mod kilden" not in archivist.get(page).text
        ticks(archivist)
        said = read(archivist.get(page))
        assert re.search(r"Holdt op mod kilden \d+\. \w+ \d{4} af Arkivar[^.]*\. Lovstatus", said)

    def test_several_at_once(self, archivist):
        marks = re.findall(r'name="reference" value="([^"]+)"', archivist.get(f"{LAW}/fvl").text)
        assert len(marks) > 1
        answer = ticks(archivist, reference=marks)
        assert answer.status_code == 303
        assert f"{len(marks)} henvisninger er kontrolleret." in archivist.get(f"{LAW}/fvl").text

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"reference": "none"}, "Vælg mindst én henvisning."),
            ({"status_date": "snart"}, "Skriv datoen som 22.11.2026."),
            ({"status_date": "1.1.2099"}, "Datoen er ikke kommet endnu."),
            ({"status_date": "1.1.2020"}, "har allerede lovstatus"),
            ({"source": ""}, "Skriv, hvor du har læst loven"),
            ({"note": "Se 010190-1234"}, "cpr"),
        ],
    )
    def test_refused_with_what_was_typed(self, archivist, changes, said):
        typed = {"source": "Lovtidende", "note": "Min note", **changes}
        page = ticks(archivist, **typed)
        assert page.status_code == 422
        assert said in html.unescape(page.text)
        assert html.escape(typed["note"]) in page.text

    def test_other_fields_are_refused(self, archivist):
        assert ticks(archivist, more="x").status_code == 422

    @pytest.mark.parametrize("act", ["nothing", "999"])
    def test_an_act_that_nobody_refers_to(self, archivist, act):
        assert archivist.get(f"{LAW}/{act}").status_code == 404


class TestChangedAndWithdrawn:
    def changes(self, archivist, **more):
        given = {"changed_on": today(), "changed_source": "Lov nr. 1", "changed_note": "", **more}
        return archivist.form(f"{LAW}/fvl", given, action=f"{LAW}/fvl/changed")

    def test_a_changed_act_is_told_and_its_references_are_due(self, archivist):
        assert self.changes(archivist).status_code == 303
        page = read(archivist.get(f"{LAW}?only=yes&months=60"))
        assert "Loven er ændret fra" in page
        assert "loven er ændret siden" in page

    def test_refused_with_what_was_typed(self, archivist):
        page = self.changes(archivist, changed_on="1.1.2099", changed_source="", changed_note="Min note")
        assert page.status_code == 422
        assert 'href="#changed_on"' in page.text
        assert 'href="#changed_source"' in page.text
        assert "Min note" in page.text

    def test_withdrawn_by_who_made_it(self, archivist):
        ticks(archivist)
        (address,) = set(re.findall(r'action="([^"]+/withdraw)"', archivist.get(f"{LAW}/fvl").text))
        assert archivist.form(f"{LAW}/fvl", action=address).status_code == 303
        page = archivist.get(f"{LAW}/fvl")
        assert "Kontrollen er trukket tilbage." in page.text
        assert "/withdraw" not in page.text
        assert archivist.form(f"{LAW}/fvl", action=address).status_code == 404


class TestEditor:
    def test_items_that_rest_on_what_is_due_are_marked(self, archivist):
        archivist.form("/checklists", action=f"/checklists/{SHIPPED}/draft")
        page = archivist.get(f"/checklists/{SHIPPED}/{SHIPS + 1}/edit")
        assert "lovhenvisning skal ses efter" in page.text
        assert f"/checklists/{SHIPPED}/{SHIPS + 1}/edit/items/" in archivist.get(LAW).text
