"""The pages behind a real server, on a port of their own, over a database of their own."""

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from small_round import SECRET_KEY

from lirk.domain.accounts import Session
from lirk.storage.database import Database

MUNICIPALITY = "Eksempel Kommune"
#: Seconds that a server has to answer; a busy machine needs more than the usual two.
PATIENCE = 60


@dataclass(frozen=True)
class Served:
    """A running server: where it answers, what it reads, and where it writes what went wrong."""

    address: str
    file: Path
    log: Path

    @contextmanager
    def database(self) -> Iterator[Database]:
        """Look into the database from outside, while the server runs."""
        database = Database(f"sqlite:///{self.file}")
        try:
            yield database
        finally:
            database.dispose()

    def session_of(self, username: str) -> str:
        """Return the id of a session, as if the person had given the password."""
        session_id = f"session of {username}"
        id_hash = hashlib.sha256(session_id.encode()).hexdigest()
        now = datetime.now(UTC)
        with self.database() as database, database.begin() as store:
            person = store.people.by_username(username)
            store.sessions.delete(id_hash)
            store.sessions.add(id_hash, Session(person_id=person.id, started_at=now, seen_at=now))
        return session_id

    def faults(self) -> str:
        """Return what the server has written about faults, or an empty text."""
        return _last_of(self.log)


def _last_of(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-4000:]


@contextmanager
def serving(file: Path, *, language: str = "da") -> Iterator[Served]:
    """Serve the pages over a SQLite file until the block ends."""
    with running(f"sqlite:///{file}", file.with_suffix(".log"), language=language) as (process, address):
        try:
            yield Served(address, file, file.with_suffix(".log"))
        finally:
            process.terminate()
            process.wait(timeout=30)


@contextmanager
def running(
    url: str, log: Path, *, language: str = "da", workers: int = 1
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Run a server over any database, in a process group of its own: the process, and where it answers.

    Whatever is left of it when the block ends is killed.
    """
    port = _free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("LIRK_")},
        "LIRK_DATABASE_URL": url,
        "LIRK_SECRET_KEY": SECRET_KEY,
        "LIRK_MUNICIPALITY": MUNICIPALITY,
        "LIRK_LANGUAGE": language,
        "LIRK_HTTPS": "no",
    }
    program = Path(sys.executable).with_name("lirk")
    with log.open("ab") as lines:
        process = subprocess.Popen(
            [program, "serve", "--port", str(port), "--workers", str(workers)],
            env=environment,
            # Not the repository: what the tests see is the installed package.
            cwd=log.parent,
            stdout=subprocess.DEVNULL,
            stderr=lines,
            start_new_session=True,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(process, address, log)
            yield process, address
        finally:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Stop a server and its workers at once, as a pulled plug would."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=30)


def copy_of(file: Path, folder: Path) -> Path:
    """Copy a database that nothing is writing to."""
    return Path(shutil.copy(file, folder / "lirk.sqlite"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_for(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    last = time.monotonic() + PATIENCE
    while not _answers(address):
        assert process.poll() is None, f"The server has stopped:\n{_last_of(log)}"
        assert time.monotonic() < last, f"The server does not answer:\n{_last_of(log)}"
        time.sleep(0.05)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=5) as response:  # noqa: S310 - our own server
            return response.status == 200
    except (urllib.error.URLError, ConnectionError):
        return False
