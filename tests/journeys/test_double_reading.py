"""Two read the same case blind and agree afterwards, or a third decides, with the keyboard alone."""

import re

import pytest
from double_round import open_second, readings, write
from keyboard import Keyboard
from playwright.sync_api import expect
from small_round import KEY

#: The only case of the round in which both questions are asked.
NUMBER, ITEMS = 3, {"clear": "Er brevet klart?", "reasons": "Er afslaget begrundet?"}
CLEAR, REASONS = ITEMS.values()
PAGE, QUEUE = f"Sag {NUMBER}: bliv enige", "Sager, I skal blive enige om"
WAITING, TO_AGREE = f"Åbn sag {NUMBER}", re.compile(rf"^Bliv enige om sag {NUMBER}\b")
KEEP, DONE = "Gem fælles svar", "Der er ét svar på alt"
DOUBLE, AGREEMENT = "Sager, som to læser", "Hvor ens har de svaret?"
BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])


class Blind(Keyboard):
    """The hands of one who must not come across some words, on whatever page is reached."""

    def __init__(self, window, hidden):
        super().__init__(window)
        self.hidden = hidden

    def go(self, role, name):
        super().go(role, name)
        self.look()

    def visit(self, path, *, status=200):
        self.window.visit(path, status=status)
        self.look()

    def look(self):
        shown = self.page.content()
        found = [words for words in self.hidden if words in shown]
        assert not found, f"{found} on {self.window.path}"


@pytest.fixture
def twice(small, small_served):
    """A round in Rita's hands with one case left, which Otto reads as well; Nina reviews too."""
    for username in ("otto", "nina"):
        small.add(username)
    small.let_sign_in()
    small.new()
    small.draw()
    small.assign("rita")
    small.answer("rita", *(number for number in small.cases() if number != NUMBER))
    open_second(small.database, small.now, "otto", NUMBER, key=KEY)
    return small_served


@pytest.fixture
def differing(twice, small):
    """Both have finished, and differ on one question."""
    for one, said in zip(readings(small.database, KEY, NUMBER), ("yes", "no"), strict=True):
        write(small.database, one.id, small.now, clear=said, reasons="yes")
    return twice


@BOTH
def test_two_read_blind_and_agree(twice, small, sit_down, javascript):
    first, _ = readings(small.database, KEY, NUMBER)
    page = f"/reviews/reconcile/{first.id}"
    windows = {
        name: sit_down(twice, name, start="Mine sager", javascript=javascript).window
        for name in ("rita", "otto")
    }
    rita = Blind(windows["rita"], said_by("otto"))
    otto = Blind(windows["otto"], said_by("rita"))

    read(rita, "rita", {CLEAR: "Ja", REASONS: "Ja"}, judgement="I orden")
    read_nothing_of_the_other(rita, page)
    coordinator = sit_down(twice, "koordinator", start="Runder", javascript=javascript)
    coordinator.window.visit(f"/rounds/{KEY}/double")
    expect(coordinator.page.get_by_text("1 af 2 er færdige")).to_be_visible()
    read_nothing_of_the_other(otto, page)
    read(otto, "otto", {CLEAR: "Nej", REASONS: "Nej"}, judgement="Kritisk brud")

    agree_on_the_first(Keyboard(rita.window), page)
    cannot_be_closed(coordinator)
    agree_on_the_second(Keyboard(otto.window))
    for reader in (rita, otto):
        reader.window.visit("/reviews")
        expect(reader.page.get_by_role("heading", name=QUEUE)).to_have_count(0)
    follow(coordinator)
    close(coordinator)


def test_what_was_answered_before_a_reopening_stands_beside_what_is_answered_now(differing, small, sit_down):
    _, second = readings(small.database, KEY, NUMBER)
    with small.acting() as (store, actor):
        store.reviews.reopen(second.id)
        store.trail.add("review-reopened", actor_id=actor.id, at=small.now, round=KEY, number=NUMBER)
    write(small.database, second.id, small.now, clear="partly", reasons="no")
    rita = sit_down(differing, "rita", start="Mine sager")
    rita.go("link", TO_AGREE)
    rita.window.arrive(PAGE)
    expect(rita.page.get_by_text("Svar før genåbningen")).to_have_count(2)
    rita.window.check()
    rita.window.check_narrow()


@BOTH
def test_a_third_decides(differing, sit_down, javascript):
    rita = sit_down(differing, "rita", start="Mine sager", javascript=javascript)
    rita.go("link", TO_AGREE)
    rita.window.arrive(PAGE)
    rita.go("button", "Bed om en afgørelse")
    rita.window.arrive_with_errors(PAGE, "Vælg en, der må gennemgå sagen")
    assert "Otto" not in rita.page.locator("main").inner_text()
    rita.select("Hvem skal afgøre det?", "Nina")
    rita.go("button", "Bed om en afgørelse")
    rita.window.arrive(PAGE)
    expect(rita.page.get_by_text("Nina er bedt om at afgøre, hvad der gælder.")).to_be_visible()
    expect(rita.page.get_by_text("Nina er bedt om at afgøre det. Du skal ikke gøre mere.")).to_be_visible()
    expect(rita.page.get_by_text("I kan stadig selv blive enige.")).to_be_visible()
    rita.window.check_narrow()

    nina = sit_down(differing, "nina", start="Mine sager", javascript=javascript)
    nina.go("link", TO_AGREE)
    nina.window.arrive(PAGE)
    expect(nina.page.get_by_text("Du er bedt om at afgøre")).to_be_visible()
    shown = nina.page.locator("main").inner_text()
    assert not [name for name in ("Rita", "Otto", "Jeres egne svar", "Bed en tredje") if name in shown]
    nina.window.check_narrow()
    nina.choose("Ja", of=of_item("Hvilket svar skal gælde?", CLEAR))
    nina.write(of_item("Hvorfor?", CLEAR), "Brevet siger, hvad man skal gøre.")
    nina.go("button", KEEP)
    nina.window.arrive(PAGE)
    expect(nina.page.get_by_text(DONE)).to_be_visible()
    nina.go("link", "Tilbage til mine sager")
    nina.window.arrive("Mine sager")
    expect(nina.page.get_by_role("heading", name=QUEUE)).to_have_count(0)

    rita.window.visit("/reviews")
    expect(rita.page.get_by_role("heading", name=QUEUE)).to_have_count(0)


def said_by(username: str) -> list[str]:
    """What only this person writes: a note at each question."""
    return [note_of(username, item) for item in ITEMS.values()]


def note_of(username: str, item: str) -> str:
    return f"Note af {username}: {item.partition(' ')[2]}"


def of_item(label: str, item: str) -> str:
    """Return what a field or a button of one item is called, where several items have the same."""
    return f"{label} {item}"


def read(reader: Blind, username: str, said: dict[str, str], *, judgement: str) -> None:
    """Answer each question with a note, and finish the case."""
    reader.visit("/reviews")
    reader.go("link", WAITING)
    for item, answer in said.items():
        reader.window.arrive(item)
        reader.choose(answer)
        reader.write("Note til svaret", note_of(username, item))
        reader.go("button", "Gem og gå til næste punkt")
    reader.window.arrive(f"Afslut sag {NUMBER}")
    reader.choose(judgement)
    reader.go("button", f"Afslut sag {NUMBER}")


def read_nothing_of_the_other(reader: Blind, page: str) -> None:
    """Find nothing to agree on, neither in the queue nor under its address, before both are finished."""
    reader.visit("/reviews?show=all")
    expect(reader.page.get_by_role("heading", name=QUEUE)).to_have_count(0)
    reader.visit(page, status=404)


def agree_on_the_first(reader: Keyboard, page: str) -> None:
    """Find the case in the queue, and agree on one of two questions; slips are told, and nothing typed is lost."""
    window = reader.window
    window.visit("/reviews")
    expect(reader.page.get_by_role("heading", name=QUEUE)).to_be_visible()
    window.check_narrow()
    reader.go("link", TO_AGREE)
    window.arrive(PAGE)
    assert window.path == page
    expect(reader.page.get_by_text("2 punkter mangler et fælles svar.")).to_be_visible()
    for note in said_by("otto"):
        expect(reader.page.get_by_text(note)).to_be_visible()
    assert "Otto" not in reader.page.locator("main").inner_text()
    window.check_narrow()

    reason = of_item("Hvorfor?", CLEAR)
    expect(reader.page.get_by_text("Du er Læser A.")).to_be_visible()
    other = of_item("Hvorfor?", REASONS)
    reader.choose("Nej", of=of_item("Hvilket svar skal gælde?", CLEAR))
    reader.write(other, "Det aftaler vi senere.")
    reader.go("button", KEEP)
    window.arrive_with_errors(PAGE, "Skriv, hvorfor det svar skal gælde.")
    expect(reader.page.get_by_role("textbox", name=other)).to_have_value("Det aftaler vi senere.")
    reader.page.get_by_role("textbox", name=other).fill("")
    reader.write(reason, "Borgeren 010190-1234 spørger.")
    reader.go("button", KEEP)
    window.arrive_with_errors(PAGE, "ligner et cpr-nummer")
    expect(reader.page.get_by_role("textbox", name=reason)).to_have_value("Borgeren 010190-1234 spørger.")
    window.check_narrow()
    reader.write(reason, "Fristen mangler.")
    reader.go("button", KEEP)
    window.arrive(PAGE)
    expect(reader.page.get_by_text("1 punkt mangler et fælles svar.")).to_be_visible()


def agree_on_the_second(reader: Keyboard) -> None:
    """Find what the other agreed on, and agree on the rest."""
    window = reader.window
    window.visit("/reviews")
    expect(reader.page.get_by_role("heading", name=QUEUE)).to_be_visible()
    reader.go("link", TO_AGREE)
    window.arrive(PAGE)
    expect(reader.page.get_by_role("definition").filter(has_text="Fristen mangler.")).to_be_visible()
    reader.choose("Ja", of=of_item("Hvilket svar skal gælde?", REASONS))
    reader.write(of_item("Hvorfor?", REASONS), "Begrundelsen står på side 2.")
    reader.go("button", KEEP)
    window.arrive(PAGE)
    expect(reader.page.get_by_text(DONE)).to_be_visible()
    window.check_narrow()


def cannot_be_closed(coordinator: Keyboard) -> None:
    """Be told that two have to agree first, and where."""
    coordinator.window.visit(f"/rounds/{KEY}/close")
    expect(coordinator.page.get_by_text("Gennemgået af to, som ikke er enige endnu")).to_be_visible()
    coordinator.window.visit(f"/rounds/{KEY}")
    coordinator.go("link", "1 sag skal to blive enige om")
    coordinator.window.arrive(DOUBLE)
    expect(coordinator.page.get_by_text("De to mangler at blive enige om 1 punkt")).to_be_visible()


def follow(coordinator: Keyboard) -> None:
    """See how far the cases that two read are, and how alike they were answered: counts, and nobody's name."""
    window = coordinator.window
    window.visit(f"/rounds/{KEY}")
    coordinator.go("link", DOUBLE)
    window.arrive(DOUBLE)
    expect(coordinator.page.get_by_text("Færdig, der er ét svar på alt")).to_be_visible()
    names_nobody(coordinator)
    window.check_narrow()
    coordinator.go("link", AGREEMENT)
    window.arrive(AGREEMENT)
    expect(coordinator.page.get_by_text("0 af 2 svar er ens i 1 sag, som to har læst")).to_be_visible()
    expect(coordinator.page.get_by_role("row", name=CLEAR)).to_contain_text("0 af 1")
    names_nobody(coordinator)
    coordinator.unfold("Hvad tallene betyder")
    window.check_narrow()


def names_nobody(coordinator: Keyboard) -> None:
    shown = coordinator.page.locator("main").inner_text()
    assert not [name for name in ("Rita", "Otto", "Note af") if name in shown]


def close(coordinator: Keyboard) -> None:
    """Close the round, which nothing keeps open any more."""
    coordinator.window.visit(f"/rounds/{KEY}/close")
    coordinator.tick("Ja, runden skal lukkes")
    coordinator.go("button", "Luk runden")
    coordinator.window.arrive("Runden er lukket")
