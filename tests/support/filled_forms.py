"""The forms of a page as a browser would send them: what stands in their fields, ready to be changed."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class FilledForm:
    """One form: where it goes, and what it sends."""

    action: str
    method: str = "get"
    values: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def add(self, name: str | None, value: str) -> None:
        if name:
            self.values.setdefault(name, []).append(value)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.forms: list[FilledForm] = []
        self.inside: FilledForm | None = None
        self.textarea: tuple[str, list[str]] | None = None
        self.select: str | None = None
        self.options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.inside = FilledForm(given.get("action", ""), given.get("method", "get"))
            self.forms.append(self.inside)
        if self.inside is None:
            return
        if tag == "input":
            self._input(given)
        elif tag == "textarea":
            self.textarea = (given["name"], [])
        elif tag == "select":
            self.select, self.options = given["name"], []
        elif tag == "option":
            self.options.append((given.get("value", ""), "selected" in given))
        elif tag == "button" and given.get("name"):
            self.inside.buttons.append((given["name"], given.get("value", "")))

    def _input(self, given):
        kind = given.get("type", "text")
        if kind in {"checkbox", "radio"}:
            if "checked" in given:
                self.inside.add(given.get("name"), given.get("value", "on"))
        elif kind != "file":
            self.inside.add(given.get("name"), given.get("value", ""))

    def handle_data(self, data):
        if self.textarea is not None:
            self.textarea[1].append(data)

    def handle_endtag(self, tag):
        if tag == "textarea" and self.textarea is not None:
            name, parts = self.textarea
            # A browser leaves out the line break that stands first.
            self.inside.add(name, "".join(parts).removeprefix("\n"))
            self.textarea = None
        elif tag == "select" and self.select is not None:
            chosen = next((value for value, selected in self.options if selected), None)
            first = self.options[0][0] if self.options else ""
            self.inside.add(self.select, first if chosen is None else chosen)
            self.select = None
        elif tag == "form":
            self.inside = None


def forms_of(text: str) -> list[FilledForm]:
    """Return all forms of a page, as they are sent when nothing is touched."""
    reader = _Reader()
    reader.feed(text)
    return reader.forms


def form_to(text: str, action: str) -> FilledForm:
    """Return the form of a page that is posted to an address."""
    found = [form for form in forms_of(text) if form.action == action and form.method == "post"]
    assert len(found) == 1, [form.action for form in forms_of(text)]
    return found[0]
