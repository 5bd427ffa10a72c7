"""The trail: added to in the same transaction as the write it tells of, and never changed."""

from dataclasses import replace

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError
from stored import add_round

from lirk.domain.people import Role
from lirk.domain.rounds import RoundState
from lirk.domain.trail import TrailEntry
from lirk.errors import NotFound
from lirk.storage.database import Database
from lirk.storage.store import WriteWithoutTrail


class TestEntries:
    def test_an_entry_comes_back_as_added(self, database, now):
        with database.begin() as store:
            person = store.people.add(username="bo", name="Bo", roles=frozenset({Role.COORDINATOR}))
            store.trail.add(
                "cases-drawn",
                actor_id=person.id,
                at=now,
                seed="1" * 20,
                n={"Center Øst": 15},
                roles=[Role.REVIEWER],
            )
        with database.begin() as store:
            assert store.trail.entries() == (
                TrailEntry(
                    at=now,
                    actor_id=person.id,
                    action="cases-drawn",
                    about={"seed": "1" * 20, "n": {"Center Øst": 15}, "roles": ["reviewer"]},
                ),
            )

    def test_entries_stand_in_the_order_in_which_they_were_added(self, database, now):
        with database.begin() as store:
            for action in ["second", "first", "third"]:
                store.trail.add(action, actor_id=None, at=now)
            assert [entry.action for entry in store.trail.entries()] == ["second", "first", "third"]

    def test_entries_of_one_round_are_those_about_its_key(self, database, now):
        with database.begin() as store:
            first, second = add_round(store, now, "2026-1"), add_round(store, now, "2026-2")
            store.trail.add("frame-frozen", actor_id=None, at=now, round="2026-1")
            store.trail.add("frame-frozen", actor_id=None, at=now, round="2026-2", number=1)
            store.trail.add("person-added", actor_id=None, at=now, username="bo")
            entry = TrailEntry(at=now, actor_id=None, action="frame-frozen", about={"round": "2026-1"})
            assert store.trail.entries(first.id) == (entry,)
            assert store.trail.entries(second.id) == (replace(entry, about={"round": "2026-2", "number": 1}),)
            assert len(store.trail.entries()) == 3

    def test_what_it_is_about_may_be_called_action(self, database, now):
        with database.begin() as store:
            store.trail.add("asked", actor_id=None, at=now, action="delete")
            assert store.trail.entries()[0].about == {"action": "delete"}


class TestWriteWithoutTrail:
    def test_is_refused_and_nothing_is_kept(self, database, now):
        with pytest.raises(WriteWithoutTrail, match="round"), database.begin() as store:
            add_round(store, now)
        with database.begin() as store:
            assert store.rounds.all() == ()

    @pytest.mark.parametrize(
        "write",
        [
            pytest.param(lambda store, drawn: store.cases.call_up(drawn.cases[2].id, 3), id="a changed row"),
            pytest.param(
                lambda store, drawn: store.reviews.delete_for_case(drawn.cases[0].id), id="a deletion"
            ),
            pytest.param(
                lambda store, drawn: store.centres.ensure(["Center Syd", "Center Vest"]), id="many rows"
            ),
        ],
    )
    def test_every_kind_of_write_is_seen(self, database, drawn, write):
        with pytest.raises(WriteWithoutTrail), database.begin() as store:
            write(store, drawn)

    def test_reading_and_changing_nothing_need_no_entry(self, database, drawn):
        with database.begin() as store:
            store.rounds.all()
            store.reviews.delete_for_case(4711)

    def test_an_entry_alone_is_kept(self, database, now):
        with database.begin() as store:
            store.trail.add("report-read", actor_id=None, at=now)
        with database.begin() as store:
            assert len(store.trail.entries()) == 1

    def test_another_error_is_not_hidden_by_it(self, database, now):
        with pytest.raises(NotFound), database.begin() as store:
            store.rounds.set_state(add_round(store, now).id + 1, RoundState.CLOSED)

    def test_each_unit_of_work_needs_its_own_entry(self, database, now):
        with database.begin() as store:
            store.trail.add("report-read", actor_id=None, at=now)
        with pytest.raises(WriteWithoutTrail), database.begin() as store:
            add_round(store, now)


def ask(url, statement):
    """Ask the database by a connection without any of LIRK's own settings."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    try:
        with engine.begin() as connection:
            connection.execute(text(statement))
    finally:
        engine.dispose()


class TestTriggers:
    """The database refuses, whoever asks it and with whatever program."""

    @pytest.mark.parametrize(
        ("kind", "statement"),
        [
            pytest.param("sqlite", "UPDATE trail_entry SET action = 'x'", id="sqlite, update"),
            pytest.param("sqlite", "DELETE FROM trail_entry", id="sqlite, delete"),
            pytest.param(
                "sqlite",
                "INSERT OR REPLACE INTO trail_entry SELECT id, at, NULL, 'x', NULL, about FROM trail_entry",
                id="sqlite, replace",
            ),
            pytest.param("postgres", "UPDATE lirk.trail_entry SET action = 'x'", id="postgres, update"),
            pytest.param("postgres", "DELETE FROM lirk.trail_entry", id="postgres, delete"),
            pytest.param("postgres", "TRUNCATE lirk.trail_entry", id="postgres, truncate"),
            pytest.param("postgres", "TRUNCATE lirk.person CASCADE", id="postgres, truncate the people"),
        ],
    )
    def test_an_entry_is_neither_changed_nor_deleted(self, request, kind, statement, now):
        url = request.getfixturevalue(f"{kind}_url")
        database = Database(url)
        database.upgrade()
        with database.begin() as store:
            store.trail.add("cases-drawn", actor_id=None, at=now)
        with pytest.raises(IntegrityError, match="the trail is append-only"):
            ask(url, statement)
        with database.begin() as store:
            assert [entry.action for entry in store.trail.entries()] == ["cases-drawn"]
        database.dispose()
