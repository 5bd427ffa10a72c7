"""An archivist imports a checklist and publishes it, with the keyboard alone."""

import pytest
from playwright.sync_api import expect

from lirk.services.checklists import text_of

ID, TITLE = "lovmedholdelig-sagsbehandling", "Lovmedholdelig sagsbehandling"


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_a_checklist_is_imported_and_published(served_anew, sit_down, tmp_path, javascript):
    faulty, good = tmp_path / "faulty.toml", tmp_path / "good.toml"
    second = text_of(ID).replace("version = 1\n", "version = 2\n", 1)
    good.write_text(second, encoding="utf-8")
    faulty.write_text(second.replace('severity = "critical"', 'severity = "enormous"', 1), encoding="utf-8")

    archivist = sit_down(served_anew, "arkivar", start="Tjeklister", javascript=javascript)
    archivist.go("link", "Importer en tjekliste")
    archivist.window.arrive("Importer en tjekliste")

    archivist.hand_over("Tjeklistens fil", faulty)
    archivist.go("button", "Importer")
    archivist.window.arrive_with_errors("Importer en tjekliste")
    expect(archivist.page.get_by_role("heading", name="Det skal rettes i filen")).to_be_visible()

    archivist.hand_over("Tjeklistens fil", good)
    archivist.go("button", "Importer")
    archivist.window.arrive(f"{TITLE}, version 2")
    archivist.go("link", "Udgiv version 2")
    archivist.window.arrive(f"Udgiv version 2 af »{TITLE}«")
    archivist.go("button", "Udgiv version 2")
    archivist.window.arrive(f"{TITLE}, version 2")
    expect(archivist.page.get_by_text(f"Version 2 af »{TITLE}« er udgivet.")).to_be_visible()

    file = archivist.keep("Hent som tekstfil (TOML)")
    assert file.path().read_text(encoding="utf-8") == second
