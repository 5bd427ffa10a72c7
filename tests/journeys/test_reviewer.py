"""A reviewer goes through a case and finishes it, with the keyboard alone, with scripts and without."""

import pytest
from playwright.sync_api import expect

FIRST, SECOND = "Er brevet klart?", "Er afslaget begrundet?"
#: With a figure in it: keys that answer do not answer while one writes.
NOTE = "Brevet er uklart 3 gange."


@pytest.fixture
def reviewing(small, small_served):
    """A round with all its cases in Rita's hands."""
    small.new()
    small.draw()
    small.assign("rita")
    return small_served


def test_a_case_is_reviewed_without_scripts(reviewing, small, sit_down):
    reviewer = sit_down(reviewing, "rita", start="Mine sager", javascript=False)
    reviewer.go("link", "Åbn sag 1")
    reviewer.window.arrive(FIRST)

    # A number that looks like a person's is refused; what was written stands there still.
    reviewer.choose("Nej")
    reviewer.write("Note til svaret", "Brevet til 010190-1234 er uklart.")
    reviewer.go("button", "Gem og gå til næste punkt")
    reviewer.window.arrive_with_errors(FIRST)
    expect(reviewer.page.get_by_role("radio", name="Nej")).to_be_checked()

    reviewer.write("Note til svaret", "Brevet er uklart.")
    reviewer.go("button", "Gem og gå til næste punkt")
    answer_what_is_left(reviewer)
    finish(reviewer, small)


def test_a_case_is_reviewed_with_keys_and_saved_meanwhile(reviewing, small, sit_down):
    reviewer = sit_down(reviewing, "rita", start="Mine sager")
    reviewer.go("link", "Åbn sag 1")
    reviewer.window.arrive(FIRST)

    status, keys = reviewer.page.locator("#autosave"), reviewer.page.keyboard
    keys.press("3")
    expect(reviewer.page.get_by_role("radio", name="Nej")).to_be_checked()
    keys.press("n")
    expect(reviewer.page.get_by_role("textbox", name="Note til svaret")).to_be_focused()
    with reviewer.page.expect_response(lambda response: NOTE in (response.request.post_data or "")):
        keys.type(NOTE)
    expect(status).to_contain_text("Gemt kl.")
    reviewer.window.check_narrow()

    # What was saved is there when the page is opened anew.
    reviewer.page.reload()
    expect(reviewer.page.get_by_role("textbox", name="Note til svaret")).to_have_value(
        "Brevet er uklart 3 gange."
    )
    reviewer.go("button", "Gem og gå til næste punkt")
    answer_what_is_left(reviewer)
    finish(reviewer, small)


def test_a_case_that_cannot_be_reviewed_is_told(reviewing, sit_down):
    reviewer = sit_down(reviewing, "rita", start="Mine sager")
    reviewer.go("link", "Åbn sag 1")
    reviewer.window.arrive(FIRST)
    reviewer.go("link", "Sagen kan ikke gennemgås")
    reviewer.window.arrive("Sagen kan ikke gennemgås")


def answer_what_is_left(reviewer) -> None:
    """Answer the second question where the case has it, and stand at the summary."""
    if reviewer.page.get_by_role("heading", level=1).inner_text() == SECOND:
        reviewer.window.arrive(SECOND)
        reviewer.choose("Ja")
        reviewer.go("button", "Gem og gå til næste punkt")
    reviewer.window.arrive("Afslut sag 1")


def finish(reviewer, small) -> None:
    """Finish the case, and stand at the next one."""
    reviewer.choose("Kritisk brud")
    reviewer.go("button", "Afslut sag 1")
    expect(reviewer.page.get_by_text("Sag 1 er afsluttet: Breve.")).to_be_visible()
    reviewer.window.arrive(FIRST)
    assert small.reviews()[1].finished_at is not None
