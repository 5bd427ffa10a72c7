"""Reviewers who save answers one after the other against a real server, and remember what was acknowledged."""

import hashlib
import re
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx

from lirk.domain.accounts import Session
from lirk.storage.database import Database

TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')
MARK = re.compile(r'id="steps" data-mark="(\w+)"')


@dataclass
class Saver:
    """One reviewer at one item of one review; ``acknowledged`` is the last version and note that was stored."""

    session: str
    review_id: int
    item: str
    version: int = 0
    note: str = ""
    acknowledged: list[tuple[int, str]] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Where the answer is saved."""
        return f"/reviews/{self.review_id}/items/{self.item}"

    def run(self, address: str, enough: threading.Event) -> None:
        """Save until the server is gone, or it is enough."""
        with httpx.Client(base_url=address, cookies={"lirk": self.session}, timeout=10) as client:
            found = TOKEN.search(client.get(self.path).text)
            assert found, "the item's page has no token"
            headers = {"X-CSRF-Token": found[1], "Accept": "application/json"}
            while not enough.is_set():
                try:
                    self.save(client, headers)
                except httpx.TransportError:
                    return

    def save(self, client: httpx.Client, headers: dict[str, str]) -> None:
        """Save another note in place of the one before."""
        note = f"note {self.version + 1}"
        sent = {
            "value": "yes",
            "note": note,
            "journal_reference": "",
            "in_doubt": False,
            "version": self.version,
            "key": f"{self.review_id}-{self.version}",
        }
        answer = client.put(self.path, json=sent, headers=headers)
        assert answer.status_code == 200, answer.text
        self.version, self.note = answer.json()["version"], note
        self.acknowledged.append((self.version, note))


def signed_in(database: Database, username: str) -> str:
    """Return the id of a session, as if the person had given the password."""
    session_id, now = f"session of {username}", datetime.now(UTC)
    id_hash = hashlib.sha256(session_id.encode()).hexdigest()
    with database.begin() as store:
        person = store.people.by_username(username)
        store.sessions.delete(id_hash)
        store.sessions.add(id_hash, Session(person_id=person.id, started_at=now, seen_at=now))
    return session_id


def mark_on(browser, review, item="clear"):
    """The mark of the steps that a question's page shows."""
    return MARK.search(browser.get(f"{review}/items/{item}").text).group(1)
