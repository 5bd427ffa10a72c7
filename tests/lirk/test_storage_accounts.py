"""Sessions, password links, failed sign-ins, and what of a person can change; on both databases."""

from datetime import timedelta, timezone

import pytest
from sqlalchemy.exc import IntegrityError
from stored import add_draw, add_round, case, frame, pin

from lirk.domain.accounts import Failures, PasswordLink, Session
from lirk.domain.people import Centre, Preferences, Role
from lirk.errors import NotFound

HOUR = timedelta(hours=1)


@pytest.fixture
def ida(database, now):
    with database.begin() as store:
        person = store.people.add(
            username="ida",
            name="Ida",
            roles=frozenset({Role.REVIEWER, Role.CENTRE_LEADER}),
            centres=frozenset({"Center Nord"}),
            caseworker_hash="ab",
        )
        store.trail.add("person-added", actor_id=None, at=now)
    return person


@pytest.fixture
def changing(database, now):
    """Do something to the store in a unit of work of its own."""

    def change(do):
        with database.begin() as store:
            done = do(store)
            store.trail.add("tested", actor_id=None, at=now)
            return done

    return change


class TestPeople:
    def test_a_changed_person_comes_back_as_changed(self, changing, ida):
        new = {"name": "Ida Ø", "roles": frozenset({Role.ARCHIVIST}), "centres": frozenset({"Center Ny"})}
        changed = changing(lambda store: store.people.change(ida.id, **new, caseworker_hash=None))
        assert (changed.username, changed.name, changed.roles) == ("ida", "Ida Ø", {Role.ARCHIVIST})
        assert (changed.centres, changed.caseworker_hash) == ({"Center Ny"}, None)

    def test_preferences_are_kept_whole(self, changing, ida):
        chosen = Preferences(language="en", shortcuts=False, go_on=True, guidance_open=True)
        changing(lambda store: store.people.set_preferences(ida.id, chosen))
        assert changing(lambda store: store.people.by_id(ida.id)).preferences == chosen

    def test_the_hash_of_a_password_opens_nothing_for_the_inactive(self, changing, ida):
        said = [changing(lambda store: store.people.password_hash_of("ida"))]
        changing(lambda store: store.people.set_password_hash(ida.id, "h"))
        said.append(changing(lambda store: store.people.password_hash_of("ida")))
        assert changing(lambda store: store.people.with_password()) == {ida.id}
        changing(lambda store: store.people.set_active(ida.id, active=False))
        said.append(changing(lambda store: store.people.password_hash_of("ida")))
        assert said == [None, "h", None]
        assert not changing(lambda store: store.people.by_id(ida.id)).active

    @pytest.mark.parametrize(
        "change",
        [
            pytest.param(lambda people: people.set_active(4711, active=False), id="active"),
            pytest.param(lambda people: people.set_preferences(4711, Preferences()), id="preferences"),
            pytest.param(lambda people: people.set_password_hash(4711, "h"), id="password"),
        ],
    )
    def test_nobody_cannot_be_changed(self, database, change):
        with database.begin() as store, pytest.raises(NotFound):
            change(store.people)


class TestSessions:
    def test_one_is_found_touched_and_ended_without_a_trail(self, database, ida, now):
        with database.begin() as store:
            store.sessions.add("h", Session(person_id=ida.id, started_at=now, seen_at=now))
        with database.begin() as store:
            store.sessions.touch("h", now + HOUR)
        with database.begin() as store:
            expected = Session(person_id=ida.id, started_at=now, seen_at=now + HOUR)
            assert store.sessions.find("h") == expected
            store.sessions.delete("h")
            store.sessions.delete("h")
            assert store.sessions.find("h") is None

    def test_all_of_one_person_end_and_nobody_else_s(self, database, ida, changing, now):
        bo = changing(lambda store: store.people.add(username="bo", name="Bo", roles=frozenset()))
        with database.begin() as store:
            for name, person in (("a", ida), ("b", ida), ("c", bo)):
                store.sessions.add(name, Session(person_id=person.id, started_at=now, seen_at=now))
            store.sessions.delete_of(ida.id)
            assert [store.sessions.find(name) is None for name in "abc"] == [True, True, False]

    def test_what_has_ended_is_told_by_the_time_and_not_by_its_text(self, database, ida, now):
        elsewhere = now.astimezone(timezone(timedelta(hours=-9)))
        with database.begin() as store:
            store.sessions.add("here", Session(person_id=ida.id, started_at=now, seen_at=now))
            store.sessions.add("far", Session(person_id=ida.id, started_at=elsewhere, seen_at=elsewhere))
            store.sessions.add("old", Session(person_id=ida.id, started_at=now - HOUR, seen_at=now - HOUR))
            store.sessions.delete_ended(now)
            found = [store.sessions.find(name) is not None for name in ("here", "far", "old")]
        assert found == [True, True, False]


class TestPasswordLinks:
    def test_one_is_used_and_stays_when_the_unused_go(self, changing, ida, now):
        def do(store):
            for token in ("used", "unused"):
                store.password_links.add(token, ida.id, now)
            store.password_links.set_used("used", now + HOUR)
            store.password_links.delete_unused(ida.id)
            return [store.password_links.find(token) for token in ("used", "unused")]

        assert changing(do) == [PasswordLink(ida.id, now, now + HOUR), None]

    def test_an_unknown_one_cannot_be_used(self, database, now):
        with database.begin() as store, pytest.raises(NotFound):
            store.password_links.set_used("x", now)


class TestFailedSignIns:
    def test_they_are_replaced_forgotten_and_need_no_trail(self, database, now):
        with database.begin() as store:
            failed = store.failed_sign_ins
            failed.set_all({"a": Failures(1, now), "b": Failures(2, now - HOUR)})
            failed.set_all({"a": Failures(3, now)})
            failed.set_all({})
            assert failed.of(["a", "b", "c"]) == {"a": Failures(3, now), "b": Failures(2, now - HOUR)}
            failed.delete_before(now)
            assert failed.of(["a", "b"]) == {"a": Failures(3, now)}
            failed.delete(["a"])
            assert failed.of(["a"]) == {}


class TestCentres:
    def test_a_listing_says_which_are_active(self, changing):
        def do(store):
            store.centres.ensure(["Center Øst", "Center Nord"])
            store.centres.set_active("Center Nord", active=False)
            return store.centres.listing()

        assert changing(do) == (Centre("Center Nord", active=False), Centre("Center Øst"))

    def test_another_name_stands_with_the_people_too(self, changing, ida):
        changing(lambda store: store.centres.rename("Center Nord", "Center Nordvest"))
        assert changing(lambda store: store.people.by_id(ida.id)).centres == {"Center Nordvest"}

    def test_a_name_is_given_once(self, changing):
        changing(lambda store: store.centres.ensure(["A", "B"]))
        with pytest.raises(IntegrityError):
            changing(lambda store: store.centres.rename("A", "B"))

    def test_one_is_measured_when_cases_or_the_frame_have_it(self, changing, now):
        def do(store):
            store.centres.ensure(["Center Nord", "Center Øst", "Center Syd"])
            round_ = add_round(store, now)
            store.rounds.set_frame(round_.id, frame(now))
            pin(store, round_.id)
            draw = add_draw(store, round_.id, now)
            store.cases.add_all([case(round_.id, draw.id, "26/1", number=1)])
            return [store.centres.is_measured(name) for name in ("Center Nord", "Center Øst", "Center Syd")]

        # Center Øst has no case, but stands in the frame.
        assert changing(do) == [True, True, False]
