"""The keyboard alone: Tab until a control has focus, and keys from there."""

import re
from pathlib import Path

from playwright.sync_api import Download, Locator, expect
from windows import CHECKS, Window

#: Tab stops after which a control counts as out of reach.
MOST_STOPS = 400


class Keyboard:
    """The hands of a person who has no mouse."""

    def __init__(self, window: Window):
        self.window, self.page = window, window.page

    def tab_to(self, role: str, name: str | re.Pattern[str], *, back: bool = False) -> int:
        """Press Tab until the control has focus, and return how many times; its focus must be visible."""
        wanted = self.page.get_by_role(role, name=name, exact=isinstance(name, str))  # type: ignore[arg-type]
        return self._tab_until(wanted, f"{role} {name!r}", back=back)

    def unfold(self, words: str | re.Pattern[str]) -> None:
        """Open what is folded under a line, if it is not open."""
        line = self.page.locator("summary").filter(has_text=words)
        self._tab_until(line, f"the line {words!r}")
        if not line.evaluate("one => one.parentElement.open"):
            self.page.keyboard.press("Enter")
        expect(line.locator("..")).to_have_attribute("open", "")

    def press(self, role: str, name: str | re.Pattern[str], key: str = "Enter") -> None:
        """Go to a button or link and press it."""
        self.tab_to(role, name)
        self.page.keyboard.press(key)

    def go(self, role: str, name: str | re.Pattern[str]) -> None:
        """Press a button or a link that leads to another page, and wait until it is there."""
        self.tab_to(role, name)
        with self.page.expect_navigation(wait_until="load"):
            self.page.keyboard.press("Enter")

    def sign_in(self, username: str, password: str) -> None:
        """Sign in on the page for it, which must be open."""
        self.write("Brugernavn", username)
        self.write("Adgangskode", password)
        self.go("button", "Log på")

    def keep(self, name: str | re.Pattern[str]) -> Download:
        """Follow a link to a file, and return the file that the browser keeps."""
        with self.page.expect_download() as kept:
            self.press("link", name)
        return kept.value

    def hand_over(self, name: str | re.Pattern[str], file: Path) -> None:
        """Choose a file where one is asked for."""
        with self.page.expect_file_chooser() as asked:
            self.press("button", name)
        asked.value.set_files(file)

    def write(self, name: str | re.Pattern[str], text: str) -> None:
        """Go to a text field and write in it, in the place of what is there."""
        self.tab_to("textbox", name)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, name: str | re.Pattern[str], *, of: str | re.Pattern[str] | None = None) -> None:
        """Choose one of a group of radio buttons: Tab to the group, arrows to the button.

        ``of`` is the question of the group, where several have the same answers.
        """
        around = self.page if of is None else self.page.get_by_role("radiogroup", name=of)
        wanted = around.get_by_role("radio", name=name, exact=isinstance(name, str)).first
        group = wanted.evaluate("one => one.name")
        self._tab_to_group(group)
        for _ in range(30):
            if self._has_focus(wanted):
                break
            self.page.keyboard.press("ArrowDown")
        assert self._has_focus(wanted), f"radio {name!r} cannot be reached on {self.window.path}"
        if not wanted.is_checked():
            self.page.keyboard.press("Space")
        expect(wanted).to_be_checked()

    def tick(self, name: str | re.Pattern[str]) -> None:
        """Tick a check box."""
        self.tab_to("checkbox", name)
        self.page.keyboard.press("Space")
        expect(self.page.get_by_role("checkbox", name=name).first).to_be_checked()

    def toggle(self, name: str) -> None:
        """Tick a check box, or take the tick away."""
        self.tab_to("checkbox", name)
        before = self.page.locator(":focus").is_checked()
        self.page.keyboard.press("Space")
        expect(self.page.locator(":focus")).to_be_checked(checked=not before)

    def select(self, name: str | re.Pattern[str], option: str) -> None:
        """Choose in a drop-down list by writing the beginning of the option."""
        self.tab_to("combobox", name)
        self.page.keyboard.type(option)
        expect(self.page.locator(":focus").locator("option:checked")).to_have_text(option)

    def _tab_until(self, wanted: Locator, called: str, *, back: bool = False) -> int:
        expect(wanted.first).to_be_attached()
        stops = 0
        while not self._has_focus(wanted):
            assert stops < MOST_STOPS, f"{called} cannot be reached with Tab on {self.window.path}"
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            stops += 1
        seen = self.page.locator(":focus").evaluate(f"one => {CHECKS}.isSeen(one)")
        assert seen, f"focus cannot be seen on {called} on {self.window.path}"
        return stops

    def _tab_to_group(self, group: str) -> None:
        for _ in range(MOST_STOPS):
            if self.page.evaluate("document.activeElement.name") == group:
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"radios {group!r} cannot be reached with Tab on {self.window.path}")

    def _has_focus(self, wanted: Locator) -> bool:
        focused: bool = wanted.evaluate_all("all => all.includes(document.activeElement)")
        return focused
