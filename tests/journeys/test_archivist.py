"""A checklist on its way from draft to published, with the keyboard alone: two people, and a trial on the way."""

from datetime import datetime

import pytest
from playwright.sync_api import expect

from lirk.services.checklists import parse, text_of

ID, TITLE = "lovmedholdelig-sagsbehandling", "Lovmedholdelig sagsbehandling"


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_a_checklist_is_imported_approved_and_published(served_anew, sit_down, tmp_path, javascript):
    faulty, good = tmp_path / "faulty.toml", tmp_path / "good.toml"
    whole = parse(text_of(ID))
    number, question = whole.version + 1, whole.items[0].question.da
    later = text_of(ID).replace(f"version = {whole.version}\n", f"version = {number}\n", 1)
    later = later.replace(question, f"{question[:-1]} i dag?", 1)
    good.write_text(later, encoding="utf-8")
    faulty.write_text(later.replace('severity = "critical"', 'severity = "enormous"', 1), encoding="utf-8")

    archivist = sit_down(served_anew, "arkivar", start="Tjeklister", javascript=javascript)
    archivist.go("link", "Importer en tjekliste")
    archivist.window.arrive("Importer en tjekliste")
    archivist.hand_over("Tjeklistens fil", faulty)
    archivist.go("button", "Importer")
    archivist.window.arrive_with_errors("Importer en tjekliste")
    expect(archivist.page.get_by_role("heading", name="Det skal rettes i filen")).to_be_visible()

    archivist.hand_over("Tjeklistens fil", good)
    archivist.go("button", "Importer")
    archivist.window.arrive(f"{TITLE}, version {number}")

    # The item that was changed is not marked yet: the fault leads to it.
    archivist.go("link", "Send til godkendelse")
    archivist.window.arrive(f"Send version {number} af »{TITLE}« til godkendelse")
    archivist.window.check_narrow()
    archivist.page.get_by_role("link", name="Sig, om ændringen").first.click()
    archivist.window.arrive(f"Ændringer i »{TITLE}«, version {number}")
    archivist.window.check_narrow()
    archivist.choose("Sproglig rettelse – må sammenlignes bagud")
    archivist.go("button", "Gem mærkerne")
    archivist.window.arrive(f"Ændringer i »{TITLE}«, version {number}")
    expect(archivist.page.get_by_text("Gemt. Alle ændringer er mærket.")).to_be_visible()

    try_it(archivist, number)

    archivist.go("link", "Ændringer")
    archivist.window.arrive(f"Ændringer i »{TITLE}«, version {number}")
    archivist.go("link", "Send til godkendelse")
    archivist.window.arrive(f"Send version {number} af »{TITLE}« til godkendelse")
    archivist.go("button", "Send til godkendelse")
    archivist.window.arrive(f"{TITLE}, version {number}")

    coordinator = sit_down(served_anew, "koordinator", start="Runder", javascript=javascript)
    coordinator.go("link", "Tjeklister")
    coordinator.window.arrive("Tjeklister")
    coordinator.page.get_by_role("link", name=f"»{TITLE}«, version {number}: Sendt til").click()
    coordinator.window.arrive(f"Godkend version {number} af »{TITLE}«")
    coordinator.window.check_narrow()
    coordinator.go("button", f"Godkend version {number}")
    coordinator.window.arrive(f"{TITLE}, version {number}")

    archivist.window.visit(f"/checklists/{ID}/{number}")
    archivist.go("link", f"Udgiv version {number}")
    archivist.window.arrive(f"Udgiv version {number} af »{TITLE}«")
    archivist.window.check_narrow()
    archivist.write("Gælder fra", "1.1.2020")
    archivist.go("button", f"Udgiv version {number}")
    archivist.window.arrive_with_errors(f"Udgiv version {number} af »{TITLE}«", "Vælg en dag fra i dag")
    archivist.write("Gælder fra", f"{datetime.now().astimezone():%d.%m.%Y}")
    archivist.go("button", f"Udgiv version {number}")
    archivist.window.arrive(f"{TITLE}, version {number}")
    expect(archivist.page.get_by_text(f"Version {number} af »{TITLE}« er udgivet.")).to_be_visible()

    archivist.go("link", "Historik")
    archivist.window.arrive(f"Historik for »{TITLE}«")
    archivist.window.check_narrow()


def try_it(archivist, number):
    """Answer one question of the draft, and look at what it comes to."""
    archivist.go("link", "Prøv")
    archivist.window.arrive(f"Prøv »{TITLE}«, version {number}")
    archivist.window.check_narrow()
    archivist.go("button", "Begynd prøven")
    first = archivist.page.get_by_role("heading", level=1).inner_text()
    archivist.window.arrive(first)
    archivist.window.check_narrow()
    archivist.page.get_by_role("radio").first.check()
    archivist.go("button", "Gå til næste punkt")
    second = archivist.page.get_by_role("heading", level=1).inner_text()
    assert second != first
    archivist.window.arrive(second)
    archivist.go("button", "Se resultatet")
    archivist.window.arrive("Det bliver resultatet")
    archivist.window.check_narrow()
    assert "?" not in archivist.window.path
    archivist.go("link", "Slut prøven")
    archivist.window.arrive(f"Prøv »{TITLE}«, version {number}")
