"""The pages over a small municipality: one person of each role, a closed round, and one being reviewed."""

import hashlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from coordinator import Coordinator
from litestar import Litestar
from litestar.testing import TestClient
from small_round import OTHER_SEED, SECRET_KEY, SEED, Municipality, answers_to, write_files

from lirk.domain.accounts import Session
from lirk.domain.people import Role
from lirk.domain.place_forms import PlaceKind
from lirk.domain.reviews import Answer
from lirk.services import people, place_forms, planning, reviews, rounds, self_assessments
from lirk.settings import Settings
from lirk.storage.database import Database
from web.app import create_app

CLOSED, OPEN = "2026-1", "2026-2"
#: By username, the roles and the centres of the small municipality's people.
PEOPLE = {
    "rita": ((Role.REVIEWER,), ()),
    "otto": ((Role.REVIEWER,), ()),
    "leder": ((Role.CENTRE_LEADER,), ("Center Nord",)),
    "kontakt": ((Role.CONTACT_PERSON,), ("Center Nord",)),
    "arkivar": ((Role.ARCHIVIST,), ()),
    "koordinator": ((Role.COORDINATOR,), ()),
    "chef": ((Role.CHIEF_GROUP,), ()),
    "admin": ((Role.ADMINISTRATOR,), ()),
}


@dataclass
class Pages:
    """The application over a database of this test's own."""

    app: Litestar
    url: str

    @property
    def database(self) -> Database:
        return self.app.state.database

    def filled_in(self, address: str) -> str:
        """An address with ``{review}`` (rita's first one that is open), ``{number}`` (its case), ``{plan}``, …"""
        with self.database.begin() as store:
            round_ = store.rounds.by_key(OPEN)
            rita, otto = (store.people.by_username(name) for name in ("rita", "otto"))
            review = store.reviews.of(round_.id, reviewer_id=rita.id)[0]
            number = next(case.number for case in store.cases.of(round_.id) if case.id == review.case_id)
            plan = store.planned_rounds.open()[0].id
            place = store.place_forms.of_kind(PlaceKind.SPOT_CHECK)[0].id
        return address.format(review=review.id, number=number, plan=plan, person=otto.id, place=place)

    def sign_in(self, username: str | None = None) -> "Browser":
        """A browser in which this person is signed in, or nobody."""
        client = Browser(app=self.app, base_url="http://testserver.local")
        if username is not None:
            client.cookies.set("lirk", self.session_of(username))
        return client

    def session_of(self, username: str, *, now: datetime | None = None) -> str:
        """The id of a new session, as if the password had been given."""
        session_id, at = f"session of {username}", now or datetime.now(UTC)
        with self.database.begin() as store:
            person = store.people.by_username(username)
            id_hash = hashlib.sha256(session_id.encode()).hexdigest()
            store.sessions.delete(id_hash)
            store.sessions.add(id_hash, Session(person_id=person.id, started_at=at, seen_at=at))
        return session_id


class Browser(TestClient):
    """A client that fills in forms as a browser does; redirects are not followed."""

    def get(self, path: str, **more):
        return super().get(path, follow_redirects=False, **more)

    def post(self, path: str, data=None, *, token: str | None = None, **more):
        """Post a form with the token of this browser's sign-in page or start page."""
        given = {"csrf": self.token() if token is None else token, **(data or {})}
        return super().post(path, data=given, follow_redirects=False, **more)

    def form(self, path: str, data=None, *, action: str | None = None, **more):
        """Open a page, and post its form to the same address or to ``action``."""
        return self.post(action or path, data, token=self.token(path), **more)

    def token(self, path: str = "/about/data") -> str:
        page = super().get(path, follow_redirects=False)
        found = re.search(r'name="csrf(?:-token)?" (?:value|content)="([^"]+)"', page.text)
        if found is None:
            page = super().get("/sign-in", follow_redirects=False)
            found = re.search(r'name="csrf" value="([^"]+)"', page.text)
        return found.group(1) if found else ""


@pytest.fixture(scope="session")
def pages_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the small municipality in it; copied for each test."""
    folder = tmp_path_factory.mktemp("pages")
    file = folder / "lirk.sqlite"
    database = Database(f"sqlite:///{file}")
    database.upgrade()
    _make(database, folder)
    with database.begin() as store:
        store.trail.add("made", actor_id=None, at=datetime.now(UTC))
    database.dispose()
    return file


def _make(database: Database, folder: Path) -> None:
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(days=30)
    write_files(folder)
    made = Municipality(database, folder, now)
    with made.acting() as (store, actor):
        for username, (roles, centres) in PEOPLE.items():
            if username != "koordinator":
                people.add_person(
                    store,
                    actor,
                    username=username,
                    name=username.title(),
                    roles=roles,
                    centres=centres,
                    now=now,
                )
    for key, seed in ((CLOSED, SEED), (OPEN, OTHER_SEED)):
        made.new(key)
        made.draw(seed=seed, key=key)
        with made.acting() as (store, actor):
            rounds.assign_cases(store, actor, key, reviewers=["rita", "otto"], now=now)
    for username in ("rita", "otto"):
        with made.acting() as (store, actor):
            cases = {
                case.number: case.case_id for case in reviews.sheet_for(store, actor, CLOSED, username).cases
            }
            said = answers_to(username, cases, value="no", note="Brevet er uklart.")
            reviews.import_answers(store, actor, CLOSED, said, now=now)
    made.close()
    _check_a_place(made)
    with made.acting() as (store, actor):
        planning.new_plan(
            store,
            actor,
            key="2026-3",
            title="3. runde",
            checklists=["lovmedholdelig-sagsbehandling/2"],
            now=now,
        )


def _check_a_place(made: Municipality) -> None:
    """A spot check with one answer; the leader has seen the report of the closed round."""
    with made.acting("kontakt") as (store, actor):
        check = place_forms.begin(
            store,
            actor,
            centre="Center Nord",
            place="Solsiden",
            checklist_id="data-tilsyn-paa-stedet",
            now=made.now,
        )
        answer = Answer(item_id="screens-locked", value="yes")
        place_forms.save_answer(store, actor, check.id, answer.item_id, answer, version=0, now=made.now)
    with made.acting("leder") as (store, actor):
        self_assessments.open_report(store, actor, CLOSED, "center-nord", now=made.now)


@pytest.fixture
def pages_url(pages_file: Path, tmp_path: Path) -> str:
    """URL of a copy of the small municipality."""
    shutil.copy(pages_file, tmp_path / "pages.sqlite")
    return f"sqlite:///{tmp_path / 'pages.sqlite'}"


@pytest.fixture
def pages(pages_url: str) -> Iterator[Pages]:
    """The pages of the small municipality, in Danish."""
    settings = Settings(
        database_url=pages_url,
        secret_key=SECRET_KEY,
        https=False,
        municipality="Eksempel Kommune",
        contact="Ring 1234",
    )
    made = Pages(create_app(settings), pages_url)
    yield made
    made.database.dispose()


@pytest.fixture
def sign_in(pages: Pages):
    """Make a browser in which somebody is signed in."""
    return pages.sign_in


@pytest.fixture
def coordinator(sign_in) -> Coordinator:
    return Coordinator(sign_in("koordinator"))
