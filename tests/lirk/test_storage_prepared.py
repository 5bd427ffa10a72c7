"""Prepared statements answer, write, fail and are noted as SQLAlchemy's own are; on both databases."""

import sqlite3

import pytest
from small_round import under_way
from sqlalchemy import bindparam, delete, exc, insert, select, update

from lirk.domain.reviews import Answer, Reading
from lirk.storage.database import Database, DatabaseBusy
from lirk.storage.prepared import Prepared
from lirk.storage.store import WriteWithoutTrail
from lirk.storage.tables import answer, drawn_case, person, review, session, trail_entry

#: Rows with words, moments, days, documents, truths, numbers, and without a value.
SELECTS = {
    "people": select(person).order_by(person.c.id),
    "reviews of a kind": select(review).where(review.c.reading == Reading.FIRST).order_by(review.c.id),
    "cases": select(drawn_case, (drawn_case.c.number + 1).label("next")).order_by(drawn_case.c.id),
    "answers": select(answer).order_by(answer.c.review_id, answer.c.item_id),
    "the trail": select(trail_entry).order_by(trail_entry.c.id),
}
A_PERSON = insert(person).values(
    username=bindparam("username"), name=bindparam("name"), active=bindparam("active"), preferences={}
)
OF_USERNAME = person.c.username == bindparam("username")


@pytest.fixture
def worked(database, now, tmp_path):
    """A database with a round under review, and an answer in it."""
    made = under_way(database, tmp_path, now, "rita")
    given = Answer(item_id="clear", value="yes", note="50 % af »brevet« er klart")
    review_id = made.reviews()[1].id
    with made.acting("rita") as (store, rita):
        store.reviews.save_answers(review_id, [given], at=made.now, by=rita.id)
        store.trail.add("test", actor_id=rita.id, at=made.now)
    return database


def connection_of(store):
    return store.trail._db


class TestRows:
    @pytest.mark.parametrize("name", SELECTS)
    def test_the_same_as_sqlalchemy_s(self, worked, name):
        with worked.begin() as store:
            connection = connection_of(store)
            expected = [tuple(row) for row in connection.execute(SELECTS[name])]
            prepared = Prepared(SELECTS[name])
            for _ in range(2):
                assert [tuple(row) for row in prepared.rows(connection)] == expected
        assert expected

    def test_with_what_is_given(self, worked):
        prepared = Prepared(select(person.c.name).where(OF_USERNAME))
        with worked.begin() as store:
            found = [prepared.rows(connection_of(store), username=one) for one in ("rita", "nobody")]
        assert [[tuple(row) for row in rows] for rows in found] == [[("Rita",)], []]

    def test_a_list_is_refused(self, worked):
        prepared = Prepared(select(person.c.name).where(person.c.id.in_([1, 2])))
        with worked.begin() as store, pytest.raises(ValueError, match="no lists"):
            prepared.rows(connection_of(store))

    def test_whoever_counts_statements_hears_of_it(self, worked, statements):
        prepared = Prepared(SELECTS["people"])
        with worked.begin() as store, statements() as sent:
            prepared.rows(connection_of(store))
        assert len(sent) == 1


class TestWriting:
    @pytest.mark.parametrize(
        "prepared",
        [
            pytest.param(Prepared(A_PERSON), id="without rows"),
            pytest.param(Prepared(A_PERSON.returning(person.c.id)), id="with rows"),
        ],
    )
    def test_it_is_kept_and_nothing_without_the_trail(self, worked, now, prepared):
        given = {"username": "nina", "name": "Nina", "active": True}
        with pytest.raises(WriteWithoutTrail, match="person"), worked.begin() as store:
            prepared.rows(connection_of(store), **given)
        with worked.begin() as store:
            assert [one.username for one in store.people.all() if one.username == "nina"] == []
            prepared.rows(connection_of(store), **given)
            store.trail.add("test", actor_id=None, at=now)
        with worked.begin() as store:
            assert store.people.by_username("nina").name == "Nina"

    def test_what_changes_nothing_needs_no_trail(self, worked):
        nobody = {"username": "nobody"}
        with worked.begin() as store:
            Prepared(update(person).where(OF_USERNAME).values(name="X")).rows(connection_of(store), **nobody)
            Prepared(delete(session)).rows(connection_of(store))

    def test_what_the_database_refuses_is_sqlalchemy_s_error(self, worked):
        prepared = Prepared(A_PERSON)
        with pytest.raises(exc.IntegrityError) as refused, worked.begin() as store:
            prepared.rows(connection_of(store), username="rita", name="Rita", active=True)
        assert refused.value.orig is not None


def test_a_database_that_is_busy_says_so(sqlite_url, tmp_path):
    """A lock that somebody takes in the middle of a unit of work is told as any other."""
    database = Database(sqlite_url, patience=0.05)
    database.upgrade()
    other = sqlite3.connect(tmp_path / "lirk.sqlite", isolation_level=None)

    def write_behind_a_lock():
        with database.begin() as store:
            connection = connection_of(store)
            connection.exec_driver_sql("COMMIT")
            other.execute("BEGIN IMMEDIATE")
            Prepared(A_PERSON).rows(connection, username="nina", name="Nina", active=True)

    with pytest.raises(DatabaseBusy):
        write_behind_a_lock()
    other.close()
    database.dispose()
