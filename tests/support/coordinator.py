"""The coordinator's browser: every step of planning a round fills in the form that its page shows."""

import html
import re

from planned_round import named_register
from small_round import SEED

KEY = "2026-9"
CHECKLIST = "lovmedholdelig-sagsbehandling/2"


def fields_of(text, action=None):
    """The fields that a browser would send of the first form, or of the one with this action."""
    forms = re.findall(r"<form\b([^>]*)>(.*?)</form>", text, re.DOTALL)
    body = next(
        inner for head, inner in forms if "/sign-out" not in head and (not action or f'"{action}"' in head)
    )
    fields = {}
    for tag in re.findall(r"<input\b[^>]*>", body):
        at = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if at.get("type") in {"checkbox", "radio"} and not re.search(r"\bchecked\b", tag):
            continue
        if at.get("name") and at.get("type") != "file" and at["name"] != "csrf":
            fields.setdefault(at["name"], []).append(html.unescape(at.get("value", "")))
    for name, inner in re.findall(r'<select\b[^>]*name="([^"]+)"[^>]*>(.*?)</select>', body, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inner)
        first = re.search(r'<option value="([^"]*)"', inner)
        fields[name] = [html.unescape((chosen or first).group(1))]
    for name, inner in re.findall(r'<textarea\b[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', body, re.DOTALL):
        fields[name] = [html.unescape(inner)]
    return {name: values if len(values) > 1 else values[0] for name, values in fields.items()}


class Coordinator:
    """The coordinator's browser; every step fills in the form that the page shows."""

    def __init__(self, browser):
        self.browser = browser
        self.at = ""

    def get(self, path):
        return self.browser.get(path)

    def send(self, path, *, action=None, files=None, **changes):
        page = self.get(path)
        assert page.status_code == 200, page.text
        data = {**fields_of(page.text, action or path), **changes}
        return self.browser.post(action or path, data, token=self.browser.token(path), files=files)

    def begin(self, key=KEY):
        answer = self.send("/rounds/plans/new", title="9. runde", key=key, checklists=CHECKLIST)
        assert answer.status_code == 303, answer.text
        self.at = answer.headers["location"].removesuffix("/register")
        return answer

    def upload(self, content=None, name="register.csv", **changes):
        files = {"file": (name, named_register() if content is None else content, "text/csv")}
        return self.send(f"{self.at}/register", files=files, **changes)

    def framed(self, content=None):
        self.begin()
        self.upload(content)
        assert self.send(f"{self.at}/mapping").headers["location"] == f"{self.at}/frame"
        return self.send(f"{self.at}/frame", **{"from": "1.1.2026", "to": "30.6.2026"})

    def approved(self, content=None):
        self.framed(content)
        self.send(f"{self.at}/frame", action=f"{self.at}/frame/approve")

    def frozen(self, content=None):
        self.approved(content)
        self.send(f"{self.at}/sizes", n="3", reserve="2", go="save")
        self.send(
            f"{self.at}/freeze",
            how="dice",
            place="Rådhuset",
            deadline="31-12-2099",
            witnesses="Bo Holm\nEva Lind",
        )
        return self.send(f"{self.at}/freeze/confirm")

    def seeded(self, seed=SEED, **changes):
        return self.send(f"/rounds/{KEY}/seed", seed=seed, **{"how": "dice", **changes})

    def drawn(self, content=None):
        self.frozen(content)
        self.seeded()
        return self.send(f"/rounds/{KEY}/draw")
