"""The whole way of a checklist from new draft to published, with the keyboard alone; every page is looked at."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from keyboard import Keyboard
from playwright.sync_api import expect
from windows import Window

from checklists import editing
from checklists.load import load
from checklists.model import Checklist, Text
from lirk.domain.people import Role
from lirk.services import checklist_drafts, checklist_versions, checklist_workflow
from lirk.services.accounts import save_preferences

TITLE, LAW = "Breve", "Forvaltningsloven"
EDITOR, DRAFT = f"Ret »{TITLE}«", f"{TITLE}, version 2"
#: The link in the list, as it is read aloud.
IN_THE_LIST = f"{TITLE} , version 2"
CHANGED, SHARPER = "Er brevet klart og let at læse?", "Er afslaget begrundet med regel og fakta?"
NEW, NEW_ID = "Er der en klagevejledning?", "er-der-en-klagevejledning"


def test_a_version_is_made_tried_approved_published_and_planned_with(small, small_served, sit_down):
    archivist = sit_down(small_served, "arkivar", start="Tjeklister")
    archivist.go("button", f"Lav en ny version : {TITLE}")
    arrives(archivist, EDITOR, "Version 2 er lavet som kladde.")
    change_questions(archivist)
    add_an_item(archivist)
    condition(archivist)
    reference(archivist)
    move_and_undo(archivist)
    find_what_is_missing(archivist)
    try_it(archivist, small)
    mark_and_send(archivist)
    approve(sit_down(small_served, "koordinator", start="Runder"))
    publish(archivist)
    refuses_editing(archivist)
    plan(sit_down(small_served, "koordinator", start="Runder"))


def arrives(person: Keyboard, heading: str, receipt: str) -> None:
    """Wait for a page that tells what was done."""
    person.window.arrive(heading)
    expect(person.page.locator(".receipt")).to_contain_text(receipt)


def change_questions(archivist: Keyboard) -> None:
    """Change two questions: one in its words, one in what it asks."""
    for old, new in (("Er brevet klart?", CHANGED), ("Er afslaget begrundet?", SHARPER)):
        archivist.go("link", f"Ret : {old}")
        archivist.window.arrive("Ret punkt")
        archivist.write("Spørgsmål", new)
        archivist.go("button", "Gem")
        arrives(archivist, EDITOR, "Punktet er gemt.")


def add_an_item(archivist: Keyboard) -> None:
    """Add an item; what it must have is told where it is missing."""
    archivist.go("link", "Tilføj punkt")
    archivist.window.arrive("Tilføj punkt")
    archivist.go("button", "Gem og gå videre")
    archivist.window.arrive_with_errors("Tilføj punkt", "Udfyld »Spørgsmål«.")
    archivist.write("Spørgsmål", NEW)
    archivist.choose("alvorlig")
    archivist.go("button", "Gem og gå videre")
    arrives(archivist, "Ret punkt", "Punktet er tilføjet.")


def condition(archivist: Keyboard) -> None:
    """Let it apply after two answers, with drop-downs."""
    archivist.go("link", "Ret : Gælder, når")
    archivist.window.arrive("Betingelse")
    archivist.go("link", "Tilføj et krav")
    demand(archivist, "Hvad blev udfaldet?", "Afslag")
    archivist.go("link", "Tilføj »og …« : svaret på »Hvad blev udfaldet?« er »Afslag«")
    demand(archivist, f"1.1 {CHANGED}", "Ja")
    expect(archivist.page.get_by_text("Alle disse skal passe:")).to_be_visible()
    archivist.go("link", "Færdig")
    archivist.window.arrive("Ret punkt")


def demand(archivist: Keyboard, question: str, answer: str) -> None:
    """Say which answer to a question is required."""
    archivist.window.arrive("Tilføj et krav")
    archivist.select("Hvad spørges der til?", question)
    archivist.go("button", "Videre")
    archivist.window.arrive("Tilføj et krav")
    archivist.choose("er et af svarene nedenfor")
    archivist.tick(answer)
    archivist.go("button", "Gem")
    arrives(archivist, "Betingelse", "Det er gemt.")


def reference(archivist: Keyboard) -> None:
    """Say which law it rests on."""
    archivist.go("link", "Tilføj henvisning")
    archivist.window.arrive("Tilføj henvisning")
    archivist.select("Lov", LAW)
    archivist.write("§", "25")
    archivist.go("button", "Gem og gå videre")
    arrives(archivist, "Ret punkt", "Henvisningen er tilføjet.")
    expect(archivist.page.get_by_role("listitem").filter(has_text=f"{LAW} § 25")).to_be_visible()
    archivist.go("link", "Tilbage uden at gemme")
    archivist.window.arrive(EDITOR)


def move_and_undo(archivist: Keyboard) -> None:
    """Move it up, take that back, and move it up again."""
    item = archivist.page.locator(f"#item-{NEW_ID}")
    for place in ("1.2", "1.3", "1.2"):
        if place == "1.2":
            archivist.go("button", f"Flyt op : {NEW}")
            arrives(archivist, EDITOR, "Det er flyttet.")
            expect(item).to_be_focused()
        else:
            archivist.go("button", "Fortryd")
            arrives(archivist, EDITOR, f"Fortrudt: Flyttet punkt »{NEW}«")
        expect(item).to_contain_text(place)


def find_what_is_missing(archivist: Keyboard) -> None:
    """Follow what is missing to its place, until only the changes are left to be marked."""
    archivist.unfold("Der mangler")
    missing = archivist.page.locator("#missing li")
    expect(missing.filter(has_text="Sig, om ændringen")).to_have_count(2)
    archivist.go("link", missing.filter(has_text=NEW).first.inner_text())
    archivist.window.arrive("Ret punkt")
    archivist.write("Spørgsmål på engelsk", "Is it said how to complain?")
    archivist.write("Vejledning", "Se efter klagevejledningen.")
    archivist.write("Vejledning på engelsk", "Look for how to complain.")
    archivist.go("button", "Gem")
    arrives(archivist, EDITOR, "Punktet er gemt.")
    archivist.unfold("Der mangler")
    expect(missing).to_have_count(2)


def try_it(archivist: Keyboard, small) -> None:
    """Answer the draft's questions as a reviewer would; nothing is kept."""
    before = small.trail(), text(small)
    archivist.go("link", "Prøv")
    archivist.window.arrive(f"Prøv »{TITLE}«, version 2")
    archivist.go("button", "Begynd prøven")
    for question, answer in (
        ("Hvad blev udfaldet?", "Afslag"),
        (CHANGED, "Ja"),
        (NEW, "Ja"),
        (SHARPER, "Ja"),
    ):
        archivist.window.arrive(question)
        archivist.choose(answer)
        archivist.go("button", "Gå til næste punkt")
    archivist.window.arrive("Det bliver resultatet")
    expect(archivist.page.get_by_role("row", name="Konklusion I orden")).to_be_visible()
    assert (small.trail(), text(small)) == before
    archivist.go("link", "Til versionens side")
    archivist.window.arrive(DRAFT)


def mark_and_send(archivist: Keyboard) -> None:
    """Say of each change what it is; before that, the draft cannot be sent."""
    archivist.go("link", "Send til godkendelse")
    heading = f"Send version 2 af »{TITLE}« til godkendelse"
    archivist.window.arrive(heading)
    expect(archivist.page.get_by_role("button", name="Send til godkendelse")).to_have_count(0)
    archivist.go("link", f"{CHANGED}: Sig, om ændringen kun er en ny ordlyd, eller om den giver ny mening.")
    archivist.window.arrive(f"Ændringer i »{TITLE}«, version 2")
    archivist.choose("Sproglig rettelse – må sammenlignes bagud", of=f"Hvordan er »{CHANGED}« ændret?")
    archivist.choose("Ny mening – bryder tidsserien", of=f"Hvordan er »{SHARPER}« ændret?")
    archivist.write("Grund (kan udelades)", "Der spørges nu om begge dele.")
    archivist.go("button", "Gem mærkerne")
    arrives(archivist, f"Ændringer i »{TITLE}«, version 2", "Gemt. Alle ændringer er mærket.")
    archivist.go("link", "Send til godkendelse")
    archivist.window.arrive(heading)
    archivist.go("button", "Send til godkendelse")
    arrives(archivist, DRAFT, f"Version 2 af »{TITLE}« er sendt til godkendelse.")
    expect(archivist.page.get_by_role("link", name="Godkend version 2")).to_have_count(0)


def approve(coordinator: Keyboard) -> None:
    """A second person is told that it waits, reads what changed, and approves it."""
    coordinator.go("link", "Tjeklister")
    coordinator.window.arrive("Tjeklister")
    expect(coordinator.page.get_by_text("En kladde venter på din godkendelse")).to_be_visible()
    line = coordinator.page.get_by_role("link").filter(has_text=f"»{TITLE}«, version 2: Sendt")
    coordinator.go("link", line.inner_text())
    coordinator.window.arrive(f"Godkend version 2 af »{TITLE}«")
    expect(coordinator.page.locator("ins", has_text="let at læse")).to_be_visible()
    expect(coordinator.page.locator(".change-list")).to_contain_text(NEW)
    coordinator.go("button", "Godkend version 2")
    arrives(coordinator, DRAFT, f"Version 2 af »{TITLE}« er godkendt. Arkivaren kan nu udgive den.")


def publish(archivist: Keyboard) -> None:
    """Publish it from a day; one that is gone is refused."""
    archivist.go("link", "Tjeklister")
    archivist.window.arrive("Tjeklister")
    archivist.go("link", IN_THE_LIST)
    archivist.window.arrive(DRAFT)
    archivist.go("link", "Udgiv version 2")
    heading = f"Udgiv version 2 af »{TITLE}«"
    archivist.window.arrive(heading)
    today = archivist.page.get_by_label("Gælder fra").input_value()
    gone = datetime.strptime(f"{today} +0000", "%d.%m.%Y %z") - timedelta(days=1)
    archivist.write("Gælder fra", f"{gone:%d.%m.%Y}")
    archivist.go("button", "Udgiv version 2")
    archivist.window.arrive_with_errors(heading, "Vælg en dag fra i dag og frem.")
    archivist.write("Gælder fra", today)
    archivist.go("button", "Udgiv version 2")
    arrives(archivist, DRAFT, f"Version 2 af »{TITLE}« er udgivet.")
    archivist.go("link", "Historik")
    archivist.window.arrive(f"Historik for »{TITLE}«")
    archivist.go("link", "Tjeklister")
    archivist.window.arrive("Tjeklister")
    expect(archivist.page.get_by_role("row", name=f"{IN_THE_LIST} 2 gældende")).to_be_visible()


def refuses_editing(archivist: Keyboard) -> None:
    """A published version offers no way to change it, and has none."""
    archivist.go("link", IN_THE_LIST)
    archivist.window.arrive(DRAFT)
    for name in ("Ret kladden", "Slet kladden"):
        expect(archivist.page.get_by_role("link", name=name)).to_have_count(0)
    links = archivist.page.get_by_role("link").evaluate_all("all => all.map(one => one.pathname)")
    assert not [path for path in links if "/2/edit" in path or path.endswith("/2/delete")]
    archivist.window.visit("/checklists/breve/2/edit", status=409)


def plan(coordinator: Keyboard) -> None:
    """A new round can be planned with it."""
    coordinator.go("link", "Planlæg en ny runde")
    coordinator.window.arrive("Ny runde")
    coordinator.write("Rundens titel", "1. runde 2026")
    coordinator.write("Rundens nøgle", "2026-1")
    for box in coordinator.page.get_by_role("checkbox").all():
        name = box.evaluate("one => one.labels[0].textContent.trim()")
        if box.is_checked() != (name == DRAFT):
            coordinator.toggle(name)
    coordinator.go("button", "Gem og fortsæt")
    coordinator.window.arrive("Register")
    expect(coordinator.page.get_by_role("definition").filter(has_text=DRAFT)).to_be_visible()


def text(small) -> bytes:
    """The draft as it is kept."""
    with small.acting("arkivar") as (store, archivist):
        return checklist_versions.version_file(store, archivist, "breve", 2)[1]


def test_the_draft_is_edited_without_scripts(small_served, sit_down):
    archivist = sit_down(small_served, "arkivar", start="Tjeklister", javascript=False)
    archivist.go("button", f"Lav en ny version : {TITLE}")
    arrives(archivist, EDITOR, "Version 2 er lavet som kladde.")
    change_questions(archivist)
    add_an_item(archivist)
    condition(archivist)
    reference(archivist)
    move_and_undo(archivist)
    find_what_is_missing(archivist)


class TestTwoAtOnce:
    """Two archivists at the same draft; the second has no scripts."""

    @pytest.fixture
    def both(self, small, small_served, open_window) -> tuple[Keyboard, Keyboard]:
        small.add("asta", Role.ARCHIVIST)
        with small.acting("arkivar") as (store, archivist):
            checklist_drafts.new_draft(store, archivist, "breve", now=small.now)
        first = Keyboard(open_window(small_served, "arkivar"))
        second = Keyboard(open_window(small_served, "asta", javascript=False))
        return first, second

    def test_the_second_sees_the_firsts_change_beside_their_own(self, small, both):
        first, second = both
        for one in both:
            one.window.visit("/checklists/breve/2/edit/items/clear")
        theirs, mine, together = (
            "Er brevet klart for ham?",
            "Er brevet let for ham?",
            "Er brevet klart og let?",
        )
        first.write("Spørgsmål", theirs)
        first.go("button", "Gem")
        arrives(first, EDITOR, "Punktet er gemt.")

        second.write("Spørgsmål", mine)
        second.write("Godt eksempel", "Du får ikke hjælpen.")
        second.go("button", "Gem")
        second.window.arrive("Ret punkt", status=409)
        conflict = second.page.locator("#conflict")
        expect(second.page.locator(".error-summary")).to_contain_text("Arkivar har rettet det samme")
        expect(conflict.locator("del")).to_contain_text("klart")
        expect(conflict.locator("ins").first).to_contain_text("let")
        expect(second.page.get_by_label("Spørgsmål", exact=True)).to_have_value(mine)
        expect(second.page.get_by_label("Godt eksempel", exact=True)).to_have_value("Du får ikke hjælpen.")
        assert question(small) == theirs

        second.write("Spørgsmål", together)
        second.go("button", "Behold mit")
        arrives(second, EDITOR, "Punktet er gemt.")
        assert question(small) == together
        assert checklist(small).item("clear").good_example.da == "Du får ikke hjælpen."

        first.go("button", "Fortryd")
        first.window.arrive(EDITOR, status=409)
        expect(first.page.locator(".error-summary")).to_contain_text("Kladden er rettet igen siden")
        assert question(small) == together

    def test_what_was_written_of_an_item_that_is_gone_is_shown(self, small, both):
        first, second = both
        for one in both:
            one.window.visit("/checklists/breve/2/edit/items/reasons")
        first.go("link", "Lad det udgå")
        first.window.arrive("Lad punktet udgå")
        first.go("button", "Lad punktet udgå")
        arrives(first, EDITOR, "Punktet er udgået.")

        second.write("Spørgsmål", SHARPER)
        second.go("button", "Gem")
        second.window.arrive("Ret punkt", status=409)
        expect(second.page.locator("#conflict")).to_contain_text(SHARPER)
        second.go("link", "Tilbage til kladden")
        second.window.arrive(EDITOR)


def test_a_reference_is_ticked_off_and_the_items_health_is_seen(small, small_served, sit_down):
    archivist = sit_down(small_served, "arkivar", start="Tjeklister")
    archivist.go("link", "Se lovhenvisninger, der skal kontrolleres")
    archivist.window.arrive("Lovhenvisninger")
    archivist.go("link", f"Kontrollér henvisninger : {LAW}")
    archivist.window.arrive(LAW)
    archivist.go("button", "Marker som kontrolleret")
    archivist.window.arrive_with_errors(LAW)
    wanted = archivist.page.get_by_role("checkbox").first.evaluate("one => one.labels[0].textContent.trim()")
    before = small.trail()
    archivist.tick(wanted)
    archivist.write("Hvor er den læst?", "Retsinformation.dk")
    archivist.go("button", "Marker som kontrolleret")
    arrives(archivist, LAW, "Én henvisning er kontrolleret.")
    expect(archivist.page.locator("#check-list").get_by_role("row").filter(has_text=wanted)).to_be_visible()
    assert len(small.trail()) == len(before) + 1

    archivist.go("link", "Tjeklister")
    archivist.window.arrive("Tjeklister")
    archivist.go("link", f"{TITLE} , version 1")
    archivist.window.arrive(f"{TITLE}, version 1")
    archivist.go("link", "Se, hvordan punkterne virker i de lukkede runder")
    archivist.window.arrive(f"Hvordan virker punkterne i »{TITLE}«?")


def test_every_page_on_the_way_fits_a_telephone(small, small_served, open_window):
    """The pages that the demonstration has no version for, with the draft in each of its standings."""
    with small.acting() as (store, person):
        save_preferences(store, person, replace(person.preferences, language="en"), now=datetime.now(UTC))
    archivist = open_window(small_served, "arkivar")
    coordinator = open_window(small_served, "koordinator", language="en")
    draft(small)
    look(archivist, "/changes", "/history", "/send", "/delete")
    look(coordinator, "", "/changes", "/history", "/try")
    trial(Keyboard(archivist))
    edited(small, lambda present: editing.mark(present, "clear", "wording"))
    look(archivist, "", "/changes", "/send")
    done(small, "arkivar", checklist_workflow.send)
    look(archivist, "", "/edit", "/take-back", "/approve")
    look(coordinator, "", "/changes", "/approve", "/return")
    coordinator.visit("/checklists")
    coordinator.check_narrow()
    done(small, None, checklist_workflow.return_to_editor, reason="Skriv en vejledning til.")
    look(archivist, "", "/edit", "/history")
    done(small, "arkivar", checklist_workflow.send)
    done(small, None, checklist_workflow.approve)
    look(archivist, "", "/edit", "/publish")
    done(
        small,
        "arkivar",
        checklist_workflow.publish,
        in_force_from=datetime.now(UTC).date() + timedelta(days=9),
    )
    look(archivist, "", "/changes", "/retire")
    done(small, "arkivar", checklist_workflow.retire, reason="Loven er ændret.")
    look(archivist, "", "/history", "/bring-back")


def draft(small) -> None:
    """Begin the next version, and change one question."""
    with small.acting("arkivar") as (store, archivist):
        made = checklist_drafts.new_draft(store, archivist, "breve", now=small.now)
    question = Text(CHANGED, "Is the letter clear and easy to read?")
    item = replace(made.checklist.item("clear"), question=question)
    edited(small, lambda present: editing.change_item(present, item))


def edited(small, change: Callable[[Checklist], Checklist]) -> None:
    """Change the draft in the archivist's place."""
    with small.acting("arkivar") as (store, archivist):
        about = (store, archivist, "breve", 2)
        checklist_drafts.edit(
            *about, change, part=None, seen=None, action="items-changed", subject="clear", now=small.now
        )


def done(small, username: str | None, step: Callable[..., object], **more: object) -> None:
    """Do a step on the draft's way in the place of a person."""
    with small.acting(username) as (store, actor):
        step(store, actor, "breve", 2, now=datetime.now(UTC), **more)


def look(window: Window, *paths: str) -> None:
    """Look at pages of the version, wide and narrow."""
    for path in paths:
        window.visit(f"/checklists/breve/2{path}")
        window.check_narrow()


def trial(archivist: Keyboard) -> None:
    """Look at every kind of page of a trial."""
    look(archivist.window, "/try")
    archivist.go("button", "Begynd prøven")
    archivist.window.arrive("Hvad blev udfaldet?")
    archivist.window.check_narrow()
    archivist.go("button", "Se resultatet")
    archivist.window.arrive("Det bliver resultatet")
    archivist.window.check_narrow()


def checklist(small):
    """The draft as it is read."""
    return load(text(small).decode(), draft=True)


def question(small) -> str:
    return checklist(small).item("clear").question.da
