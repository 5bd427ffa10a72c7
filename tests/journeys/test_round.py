"""A coordinator plans a round, draws it, shares it out, follows it and closes it, with the keyboard alone."""

from datetime import datetime

from playwright.sync_api import expect
from small_round import CENTRES, SEED

CHECKLIST = "Breve"


def test_a_round_from_the_register_to_the_reports(small, small_served, sit_down, tmp_path):
    coordinator = sit_down(small_served, "koordinator", start="Runder")
    plan(coordinator, tmp_path)
    freeze_and_draw(coordinator)
    assign(coordinator)
    small.answer("rita")
    close(coordinator)
    assert small.round().closed_at is not None


def plan(coordinator, folder) -> None:
    """From nothing to a frame that can be frozen."""
    window = coordinator.window
    coordinator.go("link", "Planlæg en ny runde")
    window.arrive("Ny runde")
    coordinator.write("Rundens titel", "1. runde 2026")
    coordinator.write("Rundens nøgle", "2026-1")
    for box in coordinator.page.get_by_role("checkbox").all():
        name = box.evaluate("one => one.labels[0].textContent.trim()")
        if box.is_checked() != name.startswith(CHECKLIST):
            coordinator.toggle(name)
    coordinator.go("button", "Gem og fortsæt")
    window.arrive("Register")

    coordinator.hand_over("Registrets fil", folder / "register.csv")
    coordinator.go("button", "Upload og læs")
    window.arrive("Register")
    coordinator.go("link", "Fortsæt til kortlægningen")
    window.arrive("Kortlægning")
    coordinator.select("Dato for afgørelsen", "Dato")
    coordinator.go("button", "Gem kortlægningen")
    window.arrive("Ramme")

    coordinator.write("Afgjort fra og med", "1.1.2026")
    coordinator.write("Afgjort til og med", "30.6.2026")
    coordinator.go("button", "Gem og tæl igen")
    window.arrive("Ramme")
    expect(
        coordinator.page.get_by_role("row", name=f"Sager i rammen {sum(CENTRES.values())}")
    ).to_be_visible()
    coordinator.go("button", "Godkend rammen")
    window.arrive("Stikprøve")

    coordinator.write("Antal sager", "3")
    coordinator.go("button", "Gem og fortsæt")
    window.arrive("Frø")


def freeze_and_draw(coordinator) -> None:
    """Freeze the frame, hand in the seed, draw.

    The clock is read on each side of the freeze: a minute that ended in between would give a seed
    that was found before the frame was frozen, and that is refused.
    """
    window, now = coordinator.window, datetime.now().astimezone()
    coordinator.choose("20 kast med en tisidet terning")
    coordinator.write("Sted", "Mødelokale 2")
    coordinator.write("Senest den", f"{now:%d.%m.%Y}")
    coordinator.write("Vidner", "Vibe Vestergaard")
    coordinator.go("button", "Fortsæt")
    window.arrive("Frys rammen?")
    coordinator.go("button", "Frys rammen")
    window.arrive("Frø")

    now = datetime.now().astimezone()
    coordinator.write("Frø", SEED)
    coordinator.write("Fundet den", f"{now:%d.%m.%Y}")
    coordinator.write("Klokken", f"{now:%H.%M}")
    coordinator.go("button", "Fortsæt til udtrækket")
    window.arrive("Træk stikprøven?")
    coordinator.go("button", "Træk stikprøven")
    window.arrive("Certifikat")


def assign(coordinator) -> None:
    """Give all cases to one reviewer."""
    coordinator.go("link", "Fordel sagerne")
    coordinator.window.arrive("Fordel sagerne")
    coordinator.tick("Rita")
    coordinator.go("button", "Se fordelingen")
    coordinator.window.arrive("Se fordelingen")
    coordinator.go("button", "Fordel sagerne")
    coordinator.window.arrive("Følg gennemgangen")


def close(coordinator) -> None:
    """Close the round, once everything is reviewed."""
    window = coordinator.window
    coordinator.go("link", "Luk runden")
    window.arrive("Luk runden")
    coordinator.go("button", "Luk runden")
    window.arrive_with_errors("Luk runden")
    coordinator.tick("Ja, runden skal lukkes")
    coordinator.go("button", "Luk runden")
    window.arrive("Runden er lukket")
    coordinator.go("link", "Se rapporterne")
    window.arrive("Rapporter")
