"""An administrator gives somebody access, with the keyboard alone; the new person takes it."""

import pytest
from keyboard import Keyboard
from playwright.sync_api import expect

NEW_PASSWORD = "fire ord som ingen kender"


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_a_new_person_is_added_and_signs_in(served_anew, sit_down, open_window, javascript):
    admin = sit_down(served_anew, "admin", start="Personer", javascript=javascript)
    admin.go("link", "Opret en person")
    admin.window.arrive("Opret en person")

    # A slip: no role was chosen. What was typed stands there still.
    admin.write("Brugernavn", "ditte")
    admin.write("Navn", "Ditte Dam")
    admin.go("button", "Opret")
    admin.window.arrive_with_errors("Opret en person")
    expect(admin.page.get_by_role("textbox", name="Navn", exact=True)).to_have_value("Ditte Dam")

    admin.tick("Gennemgår sager")
    admin.go("button", "Opret")
    admin.window.arrive("Ret en person")
    admin.go("button", "Lav et link til at vælge adgangskode")
    admin.window.arrive("Link til adgangskode")
    link = admin.page.get_by_role("textbox", name="Link til Ditte Dam").input_value()

    new = Keyboard(open_window(served_anew, javascript=javascript))
    new.window.visit(link.removeprefix(served_anew.address))
    new.write("Ny adgangskode", NEW_PASSWORD)
    new.write("Gentag den nye adgangskode", NEW_PASSWORD)
    new.go("button", "Gem adgangskoden")
    new.window.arrive("Log på")
    new.sign_in("ditte", NEW_PASSWORD)
    new.window.arrive("Mine sager")
    new.go("button", "Log af")
    new.window.arrive("Log på")


def test_a_wrong_password_is_told_where_the_reader_is(served_anew, open_window):
    keyboard = Keyboard(open_window(served_anew))
    keyboard.window.visit("/sign-in")
    keyboard.sign_in("anne", "noget helt andet")
    keyboard.window.arrive_with_errors("Log på", "Brugernavn eller adgangskode passer ikke.")
