"""Three reviewers score two cases blind, see how they read each item, and work by what was agreed."""

import pytest
from playwright.sync_api import expect
from small_round import KEY

CLEAR, AGREED = "Er brevet klart?", "Brevet er klart, når datoen står på side 1."
NOTE = "Datoen mangler."
CLOSED = "Kalibrering: sådan læste I punkterne"
READERS = ("rita", "nina", "otto")


@pytest.fixture
def drawn(small, small_served):
    """A round whose cases are drawn and not shared out, and three who review."""
    for username in READERS[1:]:
        small.add(username)
    small.let_sign_in()
    small.new()
    small.draw()
    return small_served


def test_three_reviewers_calibrate_on_two_cases(drawn, small, sit_down):
    coordinator = sit_down(drawn, "koordinator", start="Runder")
    open_calibration(coordinator)

    readers = {name: sit_down(drawn, name, start="Mine sager") for name in READERS}
    score(readers["rita"], {1: "Ja", 2: "Ja"})
    score(readers["nina"], {1: "Ja", 2: "Nej"})
    score(readers["otto"], {1: "Ja"})

    # One of them is not finished: it can be closed all the same, and says so first.
    coordinator.window.visit(f"/rounds/{KEY}/calibration")
    expect(coordinator.page.get_by_text("Otto har afsluttet 1 af 2 sager.")).to_be_visible()
    assert NOTE not in coordinator.page.content()
    coordinator.go("button", "Luk kalibreringen")
    coordinator.window.arrive_with_errors("Kalibrér", "De er ikke færdige med kalibreringen: Otto.")
    score(readers["otto"], {2: "Ja"})
    coordinator.window.visit(f"/rounds/{KEY}/calibration")
    coordinator.go("button", "Luk kalibreringen")
    coordinator.window.arrive(CLOSED)
    coordinator.window.check_narrow()

    agree(coordinator)
    see_results(readers["nina"])

    # The agreed reading stands with the item in the round, also where the guidance is folded.
    small.assign("rita")
    reader = readers["rita"]
    reader.window.visit("/reviews")
    reader.go("link", "Åbn sag 1")
    reader.window.arrive(CLEAR)
    expect(reader.page.get_by_text(AGREED)).to_be_visible()

    def seen() -> None:
        expect(reader.page.get_by_text(AGREED)).to_be_visible()

    reader.window.check_narrow(seen)


def open_calibration(coordinator) -> None:
    """Choose two cases and everybody, look at who reads what, and begin."""
    window = coordinator.window
    window.visit(f"/rounds/{KEY}")
    coordinator.go("link", "Kalibrér først (kan springes over)")
    window.arrive("Kalibrér")
    window.check_narrow()
    coordinator.choose("2 sager")
    for name in ("Nina", "Otto", "Rita"):
        coordinator.tick(name)
    coordinator.go("button", "Se, hvem der læser hvad")
    window.arrive("Begynd kalibreringen?")
    window.check_narrow()
    coordinator.go("button", "Begynd kalibreringen")
    window.arrive("Kalibrér")
    window.check_narrow()


def score(reader, answers: dict[int, str]) -> None:
    """Answer the first question of some cases so, what follows with yes, and finish each."""
    for number, said in answers.items():
        reader.window.visit("/reviews")
        reader.window.check_narrow()
        expect(
            reader.page.get_by_role("heading", name="Kalibrering, 1. runde 2026", exact=True)
        ).to_be_visible()
        reader.go("link", f"Åbn kalibreringssag {number}")
        reader.window.arrive(CLEAR)
        expect(reader.page.get_by_text("Sagen kan ikke gennemgås")).to_have_count(0)
        reader.choose(said)
        if said == "Nej":
            reader.write("Note til svaret", NOTE)
        reader.go("button", "Gem og gå til næste punkt")
        heading = reader.page.get_by_role("heading", level=1)
        if heading.inner_text() != f"Afslut kalibreringssag {number}":
            reader.choose("Ja")
            reader.go("button", "Gem og gå til næste punkt")
        reader.window.arrive(f"Afslut kalibreringssag {number}")
        expect(reader.page.get_by_text("Der skal handles nu")).to_have_count(0)
        judge(reader)
        finish = reader.page.locator("#finish-form button[type=submit]").first.inner_text().strip()
        reader.go("button", finish)


def judge(reader) -> None:
    """Give the case a verdict, where one is asked for."""
    verdicts = reader.page.locator("input[name=judgement]")
    if verdicts.count():
        reader.choose(reader.page.locator("label[for=judgement]").inner_text().strip())


def agree(coordinator) -> None:
    """Look at what they differ on, and write how it is read."""
    window = coordinator.window
    coordinator.choose("Kun punkter, hvor I er uenige")
    coordinator.go("button", "Vis")
    window.arrive(CLOSED)
    expect(coordinator.page.get_by_text("Uenige i kalibreringssag 2")).to_be_visible()
    expect(coordinator.page.get_by_text("Enige i 1 af 2 sager")).to_be_visible()
    coordinator.write("Sådan læser vi punktet i denne runde", "Som 010190-1234")
    coordinator.go("button", "Gem læsningen")
    window.arrive_with_errors(CLOSED, "ligner et cpr-nummer")
    coordinator.write("Sådan læser vi punktet i denne runde", AGREED)
    coordinator.go("button", "Gem læsningen")
    window.arrive(CLOSED)


def see_results(reader) -> None:
    """See how the others read each item, and agree to be named."""
    reader.window.visit("/reviews")
    reader.go("link", "Se, hvordan I læste punkterne i 1. runde 2026")
    reader.window.arrive("Sådan læste I punkterne")
    reader.window.check_narrow()
    expect(reader.page.get_by_text(AGREED)).to_be_visible()
    assert "Otto" not in reader.page.locator("main").inner_text()
    reader.tick("Vis mit navn for de andre")
    reader.go("button", "Gem valget")
    reader.window.arrive("Sådan læste I punkterne")
    expect(reader.page.get_by_role("checkbox", name="Vis mit navn for de andre")).to_be_checked()
