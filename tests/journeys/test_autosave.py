"""What a reviewer writes is never lost: no connection, closed tabs, ended sessions, two windows, two people."""

import re

import pytest
from autosave_desk import (
    ITEM,
    MANY,
    NO_CONNECTION,
    OFFLINE,
    QUESTION,
    forgive,
    hands_of,
    lying_there,
    no_way_through,
    note,
    puts_of,
    saved,
    state,
    troubled,
)
from playwright.sync_api import expect
from small_round import KEY

from lirk.demo.municipality import PASSWORD


def test_no_connection_for_a_while(desk, sit):
    window = sit("anna")
    with troubled(window):
        window.page.context.set_offline(True)
        window.page.keyboard.press("1")
        expect(state(window)).to_have_text(OFFLINE)
        expect(window.page.get_by_role("radio", name="Ja")).to_be_checked()
    window.check_narrow()
    assert [(one["item"], one["value"]) for one in lying_there(window)] == [(ITEM, "yes")]
    assert "Anna" not in str(lying_there(window))
    with troubled(window):
        window.page.context.set_offline(False)
        saved(window)
    assert lying_there(window) == []
    assert desk.stored("anna") == ("yes", "", 1)


def test_the_tab_was_closed_without_a_connection(desk, sit, beside):
    window = sit("bo")
    context = window.page.context
    with troubled(window):
        context.set_offline(True)
        note(window).fill("Uklart, side 2.")
        window.page.close()
    context.set_offline(False)
    no_way_through(context)

    queue = beside(window, None)
    with troubled(queue):
        queue.page.goto(f"{desk.served.address}/reviews")
        banner = queue.page.locator("#unsent")
        expect(banner).to_contain_text("Du har 1 svar på denne computer, som ikke er sendt.")
        expect(banner).to_contain_text("Ingen forbindelse.")
        forgive(queue)
        queue.check_narrow()
    # It is sent by itself sooner or later; whoever is first, the key or the clock, it is sent once.
    queue.page.get_by_role("button", name="Send nu").focus()
    context.unroute_all()
    with troubled(queue):
        queue.page.keyboard.press("Enter")
        expect(banner).to_contain_text("1 svar, som lå på denne computer, er sendt.")
    queue.check()
    assert lying_there(queue) == []
    assert desk.stored("bo") == ("", "Uklart, side 2.", 1)


def test_the_page_shows_what_was_typed_before_and_sends_it(desk, sit, beside):
    window = sit("clara")
    context = window.page.context
    no_way_through(context)
    with troubled(window):
        window.page.keyboard.press("3")
        note(window).fill("Uklart, side 3.")
        expect(state(window)).to_have_text(OFFLINE)
        window.page.close()
    context.unroute_all()
    again = beside(window, desk.item("clara"))
    expect(note(again)).to_have_value("Uklart, side 3.")
    expect(again.page.get_by_role("radio", name="Nej")).to_be_checked()
    saved(again)
    assert lying_there(again) == []
    assert desk.stored("clara") == ("no", "Uklart, side 3.", 1)


def test_two_people_change_the_same_answer(desk, sit):
    window = sit("dan")
    other = sit("koordinator", path=desk.item("dan"))
    note(other).fill("Fra koordinatoren.")
    saved(other)

    with troubled(window, "409"):
        note(window).fill("Fra gennemgangen.")
        expect(state(window)).to_contain_text(
            "Svaret er ændret et andet sted, måske i et andet af dine vinduer."
        )
    # Loading it again loses nothing, and tells the same.
    window.page.reload()
    expect(note(window)).to_have_value("Fra gennemgangen.")
    expect(state(window)).to_contain_text("Svaret er ændret et andet sted")
    hands = hands_of(window)
    with window.expecting(409):
        hands.press("button", "Se begge svar")
        window.arrive("Svaret er ændret et andet sted", status=409)
    expect(window.page.get_by_text("Fra koordinatoren.")).to_be_visible()
    window.check_narrow()
    hands.go("button", "Brug dit svar")
    window.arrive(QUESTION)
    assert lying_there(window) == []
    assert desk.stored("dan") == ("", "Fra gennemgangen.", 2)


def test_the_stored_answer_is_chosen(desk, sit):
    window = sit("eva")
    other = sit("koordinator", path=desk.item("eva"))
    note(other).fill("Fra koordinatoren.")
    saved(other)
    with troubled(window, "409"):
        note(window).fill("Fra gennemgangen.")
        expect(state(window)).to_contain_text("Svaret er ændret et andet sted")
    with window.expecting(409):
        hands_of(window).press("button", "Se begge svar")
        window.arrive("Svaret er ændret et andet sted", status=409)
    hands_of(window).go("link", "Behold det gemte svar")
    window.arrive(QUESTION)
    expect(note(window)).to_have_value("Fra koordinatoren.")
    assert lying_there(window) == []


def test_two_tabs_follow_each_other(desk, sit, beside):
    one = sit("finn")
    two = beside(one, desk.item("finn"))
    note(one).fill("Fra den første.")
    saved(one)
    expect(note(two)).to_have_value("Fra den første.")
    note(two).fill("Fra den første og den anden.")
    saved(two)
    expect(note(one)).to_have_value("Fra den første og den anden.")
    assert desk.stored("finn") == ("", "Fra den første og den anden.", 2)
    assert lying_there(one) == []


def test_two_tabs_without_a_connection_hold_one_answer(desk, sit, beside):
    one = sit("finn")
    two = beside(one, desk.item("finn"))
    before = desk.stored("finn")
    no_way_through(one.page.context)
    with troubled(one), troubled(two):
        note(one).fill("Første uden net.")
        expect(note(two)).to_have_value("Første uden net.")
        note(two).fill("Første uden net, og den anden.")
        expect(state(two)).to_have_text(OFFLINE)
        expect(note(one)).to_have_value("Første uden net, og den anden.")
    assert [entry["note"] for entry in lying_there(one)] == ["Første uden net, og den anden."]
    assert desk.stored("finn") == before
    one.page.context.unroute_all()
    with troubled(one), troubled(two):
        two.page.evaluate("dispatchEvent(new Event('online'))")
        saved(two)
    assert desk.stored("finn")[1] == "Første uden net, og den anden."
    assert lying_there(one) == []


def test_an_acknowledgement_that_is_lost_is_no_conflict(desk, sit):
    window = sit("gro")
    lost = []

    def lose_the_first(route):
        if route.request.method == "PUT" and not lost:
            lost.append(route.fetch())
            route.abort()
        else:
            route.fallback()

    window.page.context.route(re.compile("/items/"), lose_the_first)
    with troubled(window, *NO_CONNECTION, "409"):
        note(window).fill("Kom frem, uden at siden ved det.")
        expect(state(window)).to_have_text(OFFLINE)
        assert desk.stored("gro")[2] == 1
        note(window).fill("Kom frem, uden at siden ved det. Og mere.")
        saved(window)
    assert desk.stored("gro") == ("", "Kom frem, uden at siden ved det. Og mere.", 2)
    assert lying_there(window) == []


def test_the_session_ran_out(desk, sit):
    window = sit("hans")
    desk.end_session("hans")
    with troubled(window, "401"):
        note(window).fill("Skrevet efter afmelding.")
        expect(state(window)).to_contain_text(
            "Du er logget af. Svaret ligger på denne computer, til du logger på igen."
        )
    hands = hands_of(window)
    with troubled(window, "401"):
        window.page.locator("#autosave").get_by_role("link", name="Log på").click()
        window.arrive("Log på")
    hands.sign_in("hans", PASSWORD)
    window.arrive(QUESTION)
    expect(note(window)).to_have_value("Skrevet efter afmelding.")
    saved(window)
    assert desk.stored("hans") == ("", "Skrevet efter afmelding.", 1)
    assert lying_there(window) == []


def test_another_signs_in_on_the_same_computer(desk, sit, beside):
    window = sit("ida")
    context = window.page.context
    no_way_through(context)
    with troubled(window):
        note(window).fill("Idas egen.")
        expect(state(window)).to_have_text(OFFLINE)
    context.unroute_all()
    ida = context.cookies()
    cookie = {"name": "lirk", "value": desk.served.session_of("jens"), "url": desk.served.address}
    context.add_cookies([cookie])

    # Jens's own pages neither show nor send it, and neither does the tab that Ida left.
    jens = beside(window, "/reviews")
    sent = puts_of(jens)
    expect(jens.page.locator("#unsent")).to_be_hidden()
    with troubled(window, *NO_CONNECTION, "403"):
        window.page.evaluate("dispatchEvent(new Event('online'))")
        expect(state(window)).to_contain_text("En anden er logget på.")
        window.page.close()
    jens.visit(desk.item("jens"))
    assert "Idas egen." not in jens.page.content()
    assert sent == []
    assert [one["note"] for one in lying_there(jens)] == ["Idas egen."]
    assert desk.stored("ida") is None

    context.add_cookies(ida)
    back = beside(window, "/reviews")
    expect(back.page.locator("#unsent")).to_contain_text("er sendt.")
    assert desk.stored("ida") == ("", "Idas egen.", 1)


def test_signing_out_with_answers_that_are_not_sent(desk, sit, beside):
    window = sit("kaj")
    context = window.page.context
    no_way_through(context)
    hands = hands_of(window)
    dialog = window.page.get_by_role("dialog")
    with troubled(window):
        note(window).fill("Ikke sendt.")
        expect(state(window)).to_have_text(OFFLINE)
        hands.press("button", "Log af")
        expect(dialog).to_contain_text("Du har 1 svar på denne computer, som ikke er sendt.")
        forgive(window)
        window.check()
        hands.press("button", "Bliv på siden")
        expect(dialog).to_be_hidden()
        assert len(lying_there(window)) == 1
        hands.press("button", "Log af")
        expect(dialog).to_be_visible()
    context.unroute_all()
    with troubled(window):
        hands.go("button", "Send, og log af")
    window.arrive("Log på")
    assert desk.stored("kaj") == ("", "Ikke sendt.", 1)
    assert lying_there(window) == []


def test_signing_out_deletes_what_is_not_to_be_sent(desk, sit):
    window = sit("lis")
    no_way_through(window.page.context)
    hands = hands_of(window)
    with troubled(window):
        note(window).fill("Skal slettes.")
        expect(state(window)).to_have_text(OFFLINE)
        hands.press("button", "Log af")
        expect(window.page.get_by_role("dialog")).to_be_visible()
        hands.go("button", "Slet, og log af")
    window.arrive("Log på")
    assert lying_there(window) == []
    assert desk.stored("lis") is None


def test_the_setting_keeps_everything_off_the_computer(desk, sit):
    window = sit("mie", path="/me")
    hands = hands_of(window)
    hands.toggle("Gem svar på denne computer, når forbindelsen mangler")
    hands.go("button", "Gem indstillinger")
    window.arrive("Mine indstillinger")
    window.visit(desk.item("mie"))
    no_way_through(window.page.context)
    with troubled(window):
        note(window).fill("Kun på siden.")
        expect(state(window)).to_have_text("Ingen forbindelse. Svaret er ikke gemt endnu; siden prøver igen.")
    assert lying_there(window) == []
    window.page.context.unroute_all()
    with troubled(window):
        window.page.evaluate("dispatchEvent(new Event('online'))")
        saved(window)
    assert desk.stored("mie") == ("", "Kun på siden.", 1)


def test_a_computer_that_cannot_store(desk, sit):
    window = sit("lis", path="/me")
    window.page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); };")
    window.visit(desk.item("lis"))
    no_way_through(window.page.context)
    with troubled(window):
        note(window).fill("Ingen plads.")
        expect(state(window)).to_have_text("Svaret kan ikke gemmes på denne computer. Brug knappen Gem.")
        window.page.context.unroute_all()
        hands_of(window).go("button", "Gem")
    window.arrive(QUESTION)
    assert desk.stored("lis")[1] == "Ingen plads."


@pytest.mark.parametrize(
    ("username", "text", "told"),
    [
        ("nils", "Barnet 010190-1234 er nævnt.", "Teksten ligner et cpr-nummer."),
        ("nils", "x" * 100_000, "Teksten fylder 100.000 tegn og må fylde 2.000."),
    ],
    ids=["cpr", "too long"],
)
def test_what_the_server_refuses_is_told_and_not_sent_again(desk, sit, username, text, told):
    window = sit(username)
    sent = puts_of(window)
    with troubled(window, "422"):
        note(window).fill(text)
        expect(state(window)).to_contain_text(told)
        expect(note(window)).to_have_attribute("aria-invalid", "true")
    window.check()
    window.page.evaluate("dispatchEvent(new Event('online'))")
    window.page.wait_for_timeout(1500)
    assert len(sent) == 1
    # Opened again it is told again, in the field and on the page of all cases, and sent no more.
    window.page.reload()
    expect(note(window)).to_have_value(text)
    expect(state(window)).to_contain_text(told)
    window.visit("/reviews")
    expect(window.page.locator("#unsent")).to_contain_text(told)
    window.check()
    assert len(sent) == 1
    window.visit(desk.item(username))
    note(window).fill(f"Rettet {len(text)}.")
    saved(window)
    assert lying_there(window) == []
    assert desk.stored(username)[1] == f"Rettet {len(text)}."


def test_the_case_was_finished_meanwhile(desk, sit):
    window = sit("jens")
    window.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    review = desk.review_of("jens")
    with desk.made.acting("jens") as (store, jens):
        store.reviews.finish(review, desk.made.now)
        store.trail.add("review-finished", actor_id=jens.id, at=desk.made.now, round=KEY)
    with troubled(window, "409"):
        note(window).fill("For sent.")
        expect(state(window)).to_contain_text("er afsluttet og kan ikke ændres.")
    window.check()
    hands_of(window).press("button", "Kopiér teksten")
    assert window.page.evaluate("navigator.clipboard.readText()") == "For sent."
    window.visit("/reviews")
    banner = window.page.locator("#unsent")
    expect(banner).to_contain_text("er afsluttet og kan ikke ændres.")
    expect(banner.get_by_role("blockquote")).to_have_text("For sent.")
    window.check_narrow()
    hands_of(window).press("button", "Slet fra computeren")
    expect(banner).to_be_hidden()
    assert lying_there(window) == []


def test_a_question_that_does_not_apply_says_so_kindly(desk, sit):
    with_reasons = desk.item("anna", "ukendt")
    window = sit("anna", path="/reviews")
    window.visit(with_reasons, status=404)
    expect(window.page.get_by_role("heading", level=1)).to_have_text("Punktet gælder ikke i denne sag")
    hands_of(window).go("link", re.compile("Fortsæt sag"))
    assert window.path.startswith("/reviews/")
    window.check()


def test_nothing_of_it_shows_without_scripts(desk, sit):
    window = sit("anna", javascript=False)
    expect(window.page.locator("#unsent")).to_be_hidden()
    expect(window.page.locator("#signing-out")).to_be_hidden()


def test_twenty_three_items_take_twenty_three_keys(desk, sit):
    window = sit("mange", path=f"/reviews/{desk.review_of('mange', MANY)}")
    window.arrive("Spørgsmål 1?")
    hands = hands_of(window)
    hands.unfold("Tastaturgenveje")
    with window.page.expect_request_finished(lambda one: one.url.endswith("/preferences")):
        hands.tick("Gå videre til næste punkt, når jeg har svaret")
    window.page.reload()
    keys = window.page.keyboard
    presses = 0
    for number in range(1, 24):
        expect(window.page.get_by_role("heading", level=1)).to_have_text(f"Spørgsmål {number}?")
        keys.press("1")
        presses += 1
    window.arrive(re.compile(r"Afslut sag \d+"))
    # The first judgement is that the case is in order; Enter finishes, and the next case stands there.
    keys.press("1")
    expect(window.page.get_by_role("radio", name="I orden")).to_be_checked()
    with window.page.expect_navigation(wait_until="load"):
        keys.press("Enter")
    presses += 2
    window.arrive("Spørgsmål 1?")
    expect(window.page.locator(".receipt")).to_contain_text("er afsluttet")
    assert presses <= 23 + 3
