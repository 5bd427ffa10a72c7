"""An archivist makes the next version of a checklist in the browser, and every page of the editor is looked at."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from checklist_editor import Editor
from filled_forms import form_to
from httpx import Client
from playwright.sync_api import expect

from lirk.services.accounts import save_preferences

MARK = {"pass_mark": "75"}
NEW = "Er der et navn på den, der svarer?"
#: One page of every kind, and of every kind of part.
PAGES = (
    "",
    "/about",
    "/centre",
    "/items/clear",
    "/items/reasons/rule",
    "/items/reasons/rule/test",
    "/items/reasons/rule/test?how=replace&path=0",
    "/items/clear/remove",
    "/facts/outcome",
    "/facts/outcome/remove",
    "/themes/letter",
    "/themes/letter/remove",
    "/scales/to-trin",
    "/verdicts/in-order",
    "/verdicts/critical-breach/rule",
    "/verdicts/critical-breach/rule/test?about=count",
    "/verdicts/critical-breach/rule/test?about=points",
    "/verdicts/critical-breach/rule/test?about=theme:letter",
    "/contradictions/nej",
    "/stops/ingen-sag",
    "/references/clear.1",
    "/centre/remove",
    *(
        f"/new/{kind}"
        for kind in ("items?in=letter", "themes", "facts", "scales", "verdicts", "contradictions")
    ),
    "/new/stops",
    "/new/references?in=clear",
)


class Posting(Client):
    """A client that posts as the editor's hands do."""

    def post(self, path, data=None, *, token="", **more):
        return super().post(path, data={"csrf": token, **(data or {})}, **more)


@pytest.fixture
def editor(small_served):
    """A draft with a part of every kind."""
    with Posting(base_url=small_served.address, timeout=60) as browser:
        browser.cookies.set("lirk", small_served.session_of("arkivar"))
        page = browser.get("/checklists").text
        begin = form_to(page, "/checklists/breve/draft")
        browser.post(begin.action, token=begin.values["csrf"][0])
        editor = Editor(browser, "/checklists/breve/2")
        editor.did("/themes/letter", **MARK)
        editor.did("/new/themes", title_da="Klagen")
        editor.did("/new/scales", id="to-trin")
        editor.did("/new/references?in=clear", act="fvl", paragraph="19", subsection="1")
        editor.did("/new/contradictions", message_da="Nej", first="outcome=full-grant", second="clear=no")
        editor.did("/new/stops", title_da="Ingen sag", answer="clear=cannot_assess")
        editor.did("/centre", mark="75", decided_da="Byrådet, 3. marts 2026")
        test = "/items/reasons/rule/test"
        editor.did(f"{test}?how=any&path=&about=clear", to=test, kind="is", answers="yes")
        yield editor


class TestEveryPage:
    @pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
    def test_is_whole_accessible_and_fits(self, editor, small_served, open_window, javascript):
        look(open_window(small_served, "arkivar", javascript=javascript), editor.edit)

    def test_in_english(self, editor, small, small_served, open_window):
        with small.acting("arkivar") as (store, person):
            save_preferences(store, person, replace(person.preferences, language="en"), now=datetime.now(UTC))
        look(open_window(small_served, "arkivar", language="en"), editor.edit)

    def test_with_errors_and_with_a_conflict(self, editor, small_served, open_window):
        window = open_window(small_served, "arkivar")
        window.visit(f"{editor.edit}/items/clear")
        window.page.get_by_label("Spørgsmål", exact=True).fill("")
        window.page.get_by_role("button", name="Gem", exact=True).click()
        window.arrive_with_errors("Ret punkt", "Udfyld »Spørgsmål«.")
        window.check_narrow()
        editor.did("/items/clear", question_da="Er brevet let at læse?")
        window.page.get_by_label("Spørgsmål", exact=True).fill("Er brevet let at forstå?")
        window.page.get_by_role("button", name="Gem", exact=True).click()
        window.arrive("Ret punkt", status=409)
        with window.expecting(409):
            window.check_narrow()
        window.page.get_by_role("button", name="Behold mit").click()
        window.arrive("Ret »Breve«")
        expect(window.page.get_by_text("Er brevet let at forstå?").first).to_be_visible()


def look(window, edit):
    """Look at every page, wide and narrow; one run tells of all."""
    faults = []
    for path in PAGES:
        try:
            window.visit(edit + path)
            window.check_narrow()
        except AssertionError as fault:
            window.complaints()
            faults.append(str(fault))
    assert not faults, "\n\n".join(faults)


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_a_new_version_is_made_with_the_keyboard_alone(small_served, sit_down, javascript):
    archivist = sit_down(small_served, "arkivar", start="Tjeklister", javascript=javascript)
    archivist.go("button", "Lav en ny version : Breve")
    archivist.window.arrive("Ret »Breve«")

    archivist.go("link", "Tilføj punkt")
    archivist.window.arrive("Tilføj punkt")
    archivist.go("button", "Gem og gå videre")
    archivist.window.arrive_with_errors("Tilføj punkt", "Udfyld »Spørgsmål«.", "Vælg ved »Alvor«.")
    archivist.write("Spørgsmål", NEW)
    archivist.choose("mindre")
    archivist.go("button", "Gem og gå videre")
    archivist.window.arrive("Ret punkt")

    archivist.go("link", "Ret : Gælder, når")
    archivist.window.arrive("Betingelse")
    archivist.go("link", "Tilføj et krav")
    archivist.window.arrive("Tilføj et krav")
    archivist.select("Hvad spørges der til?", "Hvad blev udfaldet?")
    archivist.go("button", "Videre")
    archivist.window.arrive("Tilføj et krav")
    archivist.choose("er et af svarene nedenfor")
    archivist.tick("Afslag")
    archivist.go("button", "Gem")
    archivist.window.arrive("Betingelse")
    expect(archivist.page.get_by_text("svaret på »Hvad blev udfaldet?« er »Afslag«.")).to_be_visible()
    archivist.go("link", "Færdig")
    archivist.window.arrive("Ret punkt")
    archivist.go("link", "Tilbage uden at gemme")
    archivist.window.arrive("Ret »Breve«")

    archivist.go("button", f"Flyt op : {NEW}")
    archivist.window.arrive("Ret »Breve«")
    moved = archivist.page.locator("#item-er-der-et-navn-paa-den-der-svarer")
    expect(moved).to_be_focused()
    expect(moved).to_contain_text("1.2")
    archivist.page.keyboard.press("Tab")
    expect(moved.get_by_role("link", name=f"Ret : {NEW}")).to_be_focused()

    archivist.go("button", "Fortryd")
    archivist.window.arrive("Ret »Breve«")
    expect(archivist.page.get_by_text(f"Fortrudt: Flyttet punkt »{NEW}«")).to_be_visible()
    archivist.go("link", f"Udgår : {NEW}")
    archivist.window.arrive("Lad punktet udgå")
    archivist.go("button", "Lad punktet udgå")
    archivist.window.arrive("Ret »Breve«")
    expect(archivist.page.get_by_text("Punktet er udgået.")).to_be_visible()
    expect(archivist.page.get_by_text(NEW)).to_have_count(0)
