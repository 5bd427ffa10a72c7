"""An archivist at the editor of a checklist: opens forms, changes some fields, sends them as a browser would."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from filled_forms import FilledForm, form_to

from checklists.load import load
from checklists.model import Checklist

Browser = Any


@dataclass
class Editor:
    """One draft in one browser."""

    browser: Browser
    address: str

    @property
    def edit(self) -> str:
        return f"{self.address}/edit"

    @property
    def checklist(self) -> Checklist:
        """What the draft says now, read from its file."""
        return load(self.browser.get(f"{self.address}/file").text, draft=True)

    def form(self, path: str, action: str | None = None) -> FilledForm:
        """Open a page below the editor, and take its form to the same address, or to another."""
        page = self.browser.get(self.edit + path)
        assert page.status_code == 200, (path, page.status_code)
        return form_to(page.text, self.edit + (action or path.partition("?")[0]))

    def send(self, form: FilledForm, **changes: str | list[str]):
        """Send a form with some of its fields changed."""
        values = {name: list(texts) for name, texts in form.values.items() if name != "csrf"}
        for name, value in changes.items():
            values[name] = value if isinstance(value, list) else [value]
        return self.browser.post(form.action, values, token=form.values["csrf"][0])

    def save(self, path: str, *, to: str | None = None, **changes: str | list[str]):
        """Open a form, change some fields, send it."""
        return self.send(self.form(path, to), **changes)

    def did(self, path: str, *, to: str | None = None, **changes: str | list[str]) -> str:
        """Save, follow where it leads, and return the receipt."""
        answer = self.save(path, to=to, **changes)
        assert answer.status_code == 303, errors_in(answer.text)
        return receipt_in(self.browser.get(answer.headers["location"].partition("#")[0]).text)


def receipt_in(text: str) -> str:
    """Return the receipt on a page; empty where there is none."""
    found = re.search(r'<div class="receipt".*?<div class="alert-text">(.*?)</div>', text, re.DOTALL)
    return words_of(found[1]) if found else ""


def errors_in(text: str) -> list[tuple[str, str]]:
    """Return the lines of the error summary: where each leads, and what it says."""
    summary = re.search(r'id="error-summary".*?</ul>', text, re.DOTALL)
    lines = re.findall(r"<li>(.*?)</li>", summary[0], re.DOTALL) if summary else []
    found = []
    for line in lines:
        href = re.search(r'href="([^"]+)"', line)
        found.append((href[1] if href else "", words_of(line)))
    return found


def words_of(html: str) -> str:
    """Return what a piece of a page says."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
