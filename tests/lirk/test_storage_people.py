"""People and centres, kept and read again."""

import pytest
from sqlalchemy.exc import IntegrityError

from lirk.domain.people import Person, Role
from lirk.errors import NotFound


def add(store, now, username, **fields):
    values = {"name": username.title(), "roles": frozenset({Role.REVIEWER}), **fields}
    person = store.people.add(username=username, **values)
    store.trail.add("person-added", actor_id=None, at=now, username=username)
    return person


class TestAdd:
    def test_a_person_comes_back_as_added(self, database, now):
        with database.begin() as store:
            added = store.people.add(
                username="åse",
                name="Åse Ærø",
                roles=frozenset({Role.CENTRE_LEADER, Role.REVIEWER}),
                centres=frozenset({"Center Øst", "Center Nord"}),
                caseworker_hash="ab12",
            )
            store.trail.add("person-added", actor_id=None, at=now)
        assert added == Person(
            id=added.id,
            username="åse",
            name="Åse Ærø",
            roles=frozenset({Role.CENTRE_LEADER, Role.REVIEWER}),
            centres=frozenset({"Center Øst", "Center Nord"}),
            caseworker_hash="ab12",
            active=True,
        )
        with database.begin() as store:
            assert store.people.by_id(added.id) == added
            assert store.people.by_username("åse") == added
            assert store.people.find("åse") == added

    def test_a_person_may_have_no_role_and_no_centre(self, database, now):
        with database.begin() as store:
            added = add(store, now, "ny", roles=frozenset())
        assert (added.roles, added.centres, added.caseworker_hash) == (frozenset(), frozenset(), None)

    def test_a_username_is_given_once(self, database, now):
        with database.begin() as store:
            add(store, now, "bo")
        with pytest.raises(IntegrityError), database.begin() as store:
            add(store, now, "bo")

    def test_centres_that_were_unknown_are_added(self, database, now):
        with database.begin() as store:
            add(store, now, "bo", centres=frozenset({"Center Syd"}))
            assert store.centres.all() == ("Center Syd",)


class TestReading:
    def test_everybody_is_read_in_three_statements_however_many(self, database, now, statements):
        with database.begin() as store:
            for index in range(40):
                add(store, now, f"p{index:02}", centres=frozenset({f"Center {index % 3}"}))
        with database.begin() as store, statements() as counted:
            everybody = store.people.all()
        assert len(everybody) == 40
        assert everybody[7].centres == {"Center 1"}
        assert len(counted) == 3

    def test_usernames_are_ordered_by_code_point_on_both_databases(self, database, now):
        with database.begin() as store:
            for username in ["øst", "b", "B", "aa", "å", "a-b", "Z"]:
                add(store, now, username)
            assert [one.username for one in store.people.all()] == ["B", "Z", "a-b", "aa", "b", "å", "øst"]

    def test_usernames_differ_by_case(self, database, now):
        with database.begin() as store:
            add(store, now, "bo")
            assert store.people.find("BO") is None

    @pytest.mark.parametrize(
        "ask",
        [
            pytest.param(lambda people: people.by_id(4711), id="id"),
            pytest.param(lambda people: people.by_username("ukendt"), id="username"),
        ],
    )
    def test_nobody_is_not_found(self, database, ask):
        with database.begin() as store, pytest.raises(NotFound):
            ask(store.people)

    def test_find_returns_none_for_nobody(self, database):
        with database.begin() as store:
            assert store.people.find("ukendt") is None
            assert store.people.all() == ()


class TestCentres:
    def test_each_name_is_kept_once_and_ordered_by_code_point(self, database, now):
        with database.begin() as store:
            store.centres.ensure(["Center Øst", "Center Nord"])
            store.centres.ensure(iter(["Center Nord", "Center nord", "Center Nord"]))
            store.trail.add("register-read", actor_id=None, at=now)
            assert store.centres.all() == ("Center Nord", "Center nord", "Center Øst")

    def test_known_names_are_no_write(self, database, now):
        with database.begin() as store:
            store.centres.ensure(["Center Nord"])
            store.trail.add("register-read", actor_id=None, at=now)
        with database.begin() as store:
            store.centres.ensure(["Center Nord"])
