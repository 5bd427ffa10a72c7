"""How much processor time each kind of page takes, and how many times as much as a page without content.

``python tests/benchmarks/page_benchmark.py`` makes a demonstration, follows every person's links in this
process, and prints a table, the dearest page first. It fails if a page takes more than 60 ms.
"""

import hashlib
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from crawl import HTML, OF_EACH_KIND, PEOPLE, kinds, links_of
from litestar import Litestar
from litestar.testing import TestClient

from lirk.demo import municipality
from lirk.domain.accounts import Session
from lirk.settings import Settings
from lirk.wording import Wording
from web.app import create_app

MOST_MILLISECONDS = 60.0
#: The page that has next to nothing in it: what every page costs.
BARE = "/about/data"
RUNS = 7


def sign_in(client: TestClient[Litestar], username: str) -> None:
    """Give the client a session, as if the person had given the password."""
    session_id, now = f"session of {username}", datetime.now(UTC)
    with client.app.state.database.begin() as store:
        id_hash = hashlib.sha256(session_id.encode()).hexdigest()
        person = store.people.by_username(username)
        store.sessions.add(id_hash, Session(person_id=person.id, started_at=now, seen_at=now))
    client.cookies.set("lirk", session_id)


def pages_of(client: TestClient[Litestar]) -> Iterator[tuple[str, str]]:
    """Yield the kind and address of each page that is reached by links."""
    kind_of, waiting, seen = kinds(client.app), ["/"], {"/"}
    found: dict[str, int] = {}
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path)
        found[kind] = found.get(kind, 0) + 1
        if found[kind] > OF_EACH_KIND:
            continue
        response = client.get(path)
        if response.status_code == 200 and response.headers["content-type"].startswith(HTML):
            here = response.url.raw_path.decode()
            yield kind_of(here), here
            new = [link for link in links_of(response.text, here) if link not in seen]
            seen.update(new)
            waiting.extend(new)


def milliseconds(client: TestClient[Litestar], path: str) -> float:
    """Return the processor time of this process for one request, the least of several."""
    taken = []
    for _ in range(RUNS):
        begun = time.process_time()
        client.get(path)
        taken.append(time.process_time() - begun)
    return min(taken) * 1000


def measured(app: Litestar) -> dict[tuple[str, str], float]:
    """Return the time of each page, by person and kind of address: of two alike, the dearer."""
    times: dict[tuple[str, str], float] = {}
    for username in PEOPLE:
        with TestClient(app, base_url="http://testserver.local") as client:
            sign_in(client, username)
            for kind, path in list(pages_of(client)):
                key = (username, kind)
                times[key] = max(times.get(key, 0.0), milliseconds(client, path))
    return times


def main() -> int:
    """Measure, print, and return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "demo"
        recipe = municipality.recipe(None, None)
        municipality.make(
            place, recipe, words=Wording("da"), municipality="Eksempel Kommune", step=lambda: None
        )
        url = f"sqlite:///{place / municipality.DATABASE}"
        app = create_app(Settings(database_url=url, secret_key="0" * 32, https=False))
        times = measured(app)
        app.state.database.dispose()
    bare = min(taken for (_, kind), taken in times.items() if kind == BARE)
    sys.stdout.write(f"{'ms':>7}  {'bare page':>9}  page\n")
    for (username, kind), taken in sorted(times.items(), key=lambda one: -one[1]):
        sys.stdout.write(f"{taken:7.1f}  {taken / bare:8.1f}x  {kind} ({username})\n")
    return 0 if max(times.values()) <= MOST_MILLISECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
