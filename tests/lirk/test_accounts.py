"""Signing in and out, throttling, sessions, password links, and changing one's password."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from threading import BoundedSemaphore

import pytest
from argon2 import PasswordHasher
from passwords_cheap import cheap_passwords

from lirk.domain.accounts import (
    COMMON_PASSWORDS,
    SHORTEST_PASSWORD,
    CurrentPasswordWrong,
    LinkDead,
    PasswordCommon,
    PasswordIsUsername,
    PasswordTooLong,
    PasswordTooShort,
    SignInBusy,
    check_password,
)
from lirk.domain.people import Preferences, Role
from lirk.errors import NotAllowed, NotFound
from lirk.services import accounts, passwords
from lirk.services.accounts import SignInRefused, SignInThrottled
from lirk.services.changing_people import change_person, set_person_active
from lirk.services.people import AdministratorOnly, PersonDisabled, acting_person, add_person

PASSWORD, OTHER = "korrekt hest batteri", "en helt anden hest"
#: The hasher before any test made it cheap.
REAL = passwords.HASHER
HERE, THERE = "192.0.2.1", "192.0.2.2"
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def cheap():
    with cheap_passwords():
        yield


@pytest.fixture
def place(database, now):
    return Place(database, now)


class Place:
    """A database with a coordinator, an administrator and ida, who has a password."""

    def __init__(self, database, now):
        self.database, self.now = database, now
        with database.begin() as store:
            self.coordinator = acting_person(store, None, now=now)
            self.ida = self.added(store, "ida", Role.REVIEWER)
            self.boss = self.added(store, "boss", Role.ADMINISTRATOR)
        self.choose(self.ida, PASSWORD)

    def added(self, store, username, *roles):
        return add_person(
            store, self.coordinator, username=username, name=username.title(), roles=roles, now=self.now
        )

    def link(self, person, actor=None, now=None):
        with self.database.begin() as store:
            return accounts.make_password_link(
                store, actor or self.coordinator, person.id, now=now or self.now
            )

    def choose(self, person, password):
        accounts.choose_password(self.database, self.link(person), password, now=self.now)

    def sign_in(self, password=PASSWORD, username="ida", origin=HERE, later=timedelta()):
        return accounts.sign_in(self.database, username, password, origin=origin, now=self.now + later)

    def fail(self, times, **fields):
        for _ in range(times):
            with pytest.raises(SignInRefused):
                self.sign_in("forkert hest batteri", **fields)

    def who(self, session_id, later=timedelta()):
        with self.database.begin() as store:
            return accounts.who_is(store, session_id, now=self.now + later)

    def do(self, function, *arguments, **fields):
        with self.database.begin() as store:
            return function(store, *arguments, **fields)

    def actions(self):
        with self.database.begin() as store:
            return [entry.action for entry in store.trail.entries()]


class TestSignIn:
    def test_a_new_id_each_time_and_only_its_hash_is_kept(self, place):
        ids = {place.sign_in(), place.sign_in(), place.sign_in(username=" Ida ")}
        assert len(ids) == 3
        assert {place.who(one).person.username for one in ids} == {"ida"}
        with place.database.begin() as store:
            assert not any(store.sessions.find(one) for one in ids)

    @pytest.mark.parametrize("username", ["nobody", "boss", "gone", "ida"])
    def test_unknown_without_password_disabled_and_wrong_are_refused_alike(self, place, username):
        with place.database.begin() as store:
            gone = place.added(store, "gone", Role.REVIEWER)
        place.choose(gone, PASSWORD)
        place.do(set_person_active, place.coordinator, gone.id, active=False, now=place.now)
        with pytest.raises(SignInRefused) as refused:
            place.sign_in(OTHER if username == "ida" else PASSWORD, username=username)
        assert refused.value.values == {}

    @pytest.mark.parametrize("username", ["nobody", "boss", "ida"])
    def test_a_hash_is_compared_whoever_it_is(self, place, username, monkeypatch):
        asked = []
        real = passwords.HASHER

        class Counting:
            hash = real.hash
            check_needs_rehash = real.check_needs_rehash

            def verify(self, kept, password):
                asked.append(kept)
                return real.verify(kept, password)

        monkeypatch.setattr(passwords, "HASHER", Counting())
        with pytest.raises(SignInRefused):
            place.sign_in(OTHER, username=username)
        assert len(asked) == 1
        assert asked[0].startswith("$argon2id$")

    def test_no_unit_of_work_is_open_while_a_password_is_compared(self, place, monkeypatch):
        real = passwords.matches

        def look(kept, password):
            # Would wait for ever, or fail, if another were open.
            with place.database.begin() as store:
                store.people.find("ida")
            return real(kept, password)

        monkeypatch.setattr(passwords, "matches", look)
        assert place.sign_in()

    def test_å_is_the_same_from_every_keyboard(self, place):
        place.choose(place.ida, "blå bølger på åen")
        assert place.sign_in("bla\u030a bølger pa\u030a a\u030aen")

    def test_a_password_kept_with_other_costs_is_kept_anew(self, place, monkeypatch):
        dearer = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
        monkeypatch.setattr(passwords, "HASHER", dearer)
        place.sign_in()
        assert place.actions()[-1] == "password-rehashed"
        before = place.actions()
        place.sign_in()
        assert place.actions() == before
        assert place.do(lambda store: store.people.password_hash_of("ida")).startswith("$argon2id$v=19$m=16")

    def test_a_password_that_changed_meanwhile_opens_nothing(self, place, monkeypatch):
        real = passwords.matches

        def slow(kept, password):
            monkeypatch.setattr(passwords, "matches", real)
            place.do(set_person_active, place.coordinator, place.ida.id, active=False, now=place.now)
            return real(kept, password)

        monkeypatch.setattr(passwords, "matches", slow)
        with pytest.raises(SignInRefused):
            place.sign_in()

    def test_where_too_many_do_it_at_once_it_is_not_tried(self, place, monkeypatch):
        monkeypatch.setattr(passwords, "_TURNS", BoundedSemaphore(1))
        monkeypatch.setattr(passwords, "PATIENCE", 0.01)
        with passwords.turn(), pytest.raises(SignInBusy):
            place.sign_in()
        place.fail(4)
        assert place.sign_in()


class TestThrottle:
    def test_after_five_failures_one_waits_a_minute_and_then_longer(self, place):
        place.fail(5)
        waits = []
        later = timedelta()
        for _ in range(6):
            with pytest.raises(SignInThrottled) as refused:
                place.sign_in(later=later)
            waits.append(refused.value.values["minutes"])
            later += waits[-1] * MINUTE
            place.fail(1, later=later)
        assert waits == [1, 2, 4, 8, 15, 15]

    def test_a_throttled_try_is_not_counted(self, place):
        place.fail(5)
        for _ in range(20):
            with pytest.raises(SignInThrottled):
                place.sign_in(later=MINUTE / 2)
        assert place.sign_in(later=MINUTE)

    def test_success_forgets_the_failures_of_the_person_there(self, place):
        for _ in range(3):
            place.fail(4)
            assert place.sign_in()

    def test_failures_are_forgotten_after_an_hour(self, place):
        place.fail(4)
        place.fail(4, later=timedelta(hours=1))
        assert place.sign_in(later=timedelta(hours=1))

    def test_strangers_elsewhere_do_not_lock_anybody_out(self, place):
        for stranger in range(70):
            origin = f"198.51.100.{stranger}"
            with suppress(SignInThrottled):
                place.fail(5, origin=origin)
        assert place.sign_in()

    def test_who_is_tried_from_everywhere_gets_one_try_a_place(self, place):
        for stranger in range(50):
            place.fail(1, origin=f"198.51.100.{stranger}")
        place.fail(1, origin=THERE)
        with pytest.raises(SignInThrottled):
            place.sign_in(origin=THERE)
        assert place.sign_in(origin=HERE)

    def test_a_place_that_tries_everybody_waits_a_minute_at_most(self, place):
        for number in range(100):
            place.fail(1, username=f"u{number}")
        with pytest.raises(SignInThrottled) as refused:
            place.sign_in()
        assert refused.value.values == {"minutes": 1}
        assert place.sign_in(later=MINUTE)
        assert place.sign_in(origin=THERE)

    def test_unknown_people_are_throttled_like_known_ones(self, place):
        place.fail(5, username="nobody")
        with pytest.raises(SignInThrottled):
            place.sign_in(username="nobody")

    def test_neither_name_nor_place_is_kept(self, place, database):
        place.fail(1, username="hemmelig")
        with database._engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT * FROM failed_sign_in").all()
        assert len(rows) == 3
        assert "hemmelig" not in repr(rows)
        assert HERE not in repr(rows)


class TestWhoIs:
    def test_nobody_by_an_id_that_was_never_given(self, place):
        assert place.who("planted") is None

    def test_the_visit_says_when_it_ends(self, place):
        assert place.who(place.sign_in()).expires_at == place.now + 60 * MINUTE

    def test_it_ends_after_an_hour_without_a_request(self, place):
        session_id = place.sign_in()
        assert place.who(session_id, 59 * MINUTE)
        assert place.who(session_id, (59 + 59) * MINUTE)
        assert place.who(session_id, (59 + 59 + 60) * MINUTE) is None

    def test_it_ends_after_twelve_hours_in_any_case(self, place):
        session_id = place.sign_in()
        steps = [place.who(session_id, step * 30 * MINUTE) for step in range(25)]
        assert steps[23].expires_at == place.now + timedelta(hours=12)
        assert steps[24] is None

    def test_it_writes_every_five_minutes_at_most(self, place, statements):
        session_id = place.sign_in()
        written = []
        for minutes in (1, 4, 5, 9, 10):
            with place.database.begin() as store, statements() as sent:
                accounts.who_is(store, session_id, now=place.now + minutes * MINUTE)
            written.append(sum(one.startswith("UPDATE") for one in sent))
            assert len(sent) - written[-1] == 1
        assert written == [0, 0, 1, 0, 1]

    def test_the_disabled_are_nobody(self, place):
        session_id = place.sign_in()
        place.do(
            lambda store: (
                store.people.set_active(place.ida.id, active=False),
                store.trail.add("tested", actor_id=None, at=place.now),
            )
        )
        assert place.who(session_id) is None

    def test_after_signing_out_nobody(self, place):
        one, other = place.sign_in(), place.sign_in()
        place.do(accounts.sign_out, one, place.now)
        assert (place.who(one), place.who(other) is None) == (None, False)

    @pytest.mark.parametrize(
        "change",
        [
            pytest.param(lambda p: p.do(
                change_person, p.coordinator, p.ida.id, roles=[Role.ARCHIVIST], now=p.now
            ), id="another role"),
            pytest.param(lambda p: p.do(
                change_person, p.coordinator, p.ida.id, centres=["Center Nord"], now=p.now
            ), id="another centre"),
            pytest.param(lambda p: p.do(
                set_person_active, p.coordinator, p.ida.id, active=False, now=p.now
            ), id="disabled"),
            pytest.param(lambda p: p.choose(p.ida, OTHER), id="new password"),
        ],
    )  # fmt: skip
    def test_another_right_or_password_ends_every_session(self, place, change):
        session_id = place.sign_in()
        change(place)
        assert place.who(session_id) is None

    def test_another_name_ends_none(self, place):
        session_id = place.sign_in()
        place.do(change_person, place.coordinator, place.ida.id, name="Ida Ø", now=place.now)
        assert place.who(session_id).person.name == "Ida Ø"


class TestPasswordLink:
    def test_it_is_used_once(self, place):
        token = place.link(place.ida)
        accounts.choose_password(place.database, token, OTHER, now=place.now)
        assert place.sign_in(OTHER)
        place.fail(1)
        with pytest.raises(LinkDead):
            accounts.choose_password(place.database, token, PASSWORD, now=place.now)
        assert place.actions()[-2:] == ["password-link-made", "password-chosen"]

    def test_looking_at_it_does_not_use_it(self, place):
        token = place.link(place.ida)
        assert [
            place.do(accounts.person_of_link, token, now=place.now).username for _ in range(2)
        ] == ["ida", "ida"]  # fmt: skip

    def test_only_its_hash_is_kept(self, place):
        token = place.link(place.ida)
        assert place.do(lambda store: store.password_links.find(token)) is None
        with place.database.begin() as store:
            assert token not in repr(store.trail.entries())

    @pytest.mark.parametrize(("hours", "dead"), [(23, False), (24, True), (48, True)])
    def test_it_lasts_a_day(self, place, hours, dead):
        token = place.link(place.ida)
        try:
            place.do(accounts.person_of_link, token, now=place.now + timedelta(hours=hours))
        except LinkDead:
            assert dead
        else:
            assert not dead

    def test_a_new_one_kills_the_one_before(self, place):
        before, after = place.link(place.ida), place.link(place.ida)
        with pytest.raises(LinkDead):
            place.do(accounts.person_of_link, before, now=place.now)
        assert place.do(accounts.person_of_link, after, now=place.now)

    def test_it_dies_with_the_access(self, place):
        token = place.link(place.ida)
        for active in (False, True):
            place.do(set_person_active, place.coordinator, place.ida.id, active=active, now=place.now)
            with pytest.raises(LinkDead):
                place.do(accounts.person_of_link, token, now=place.now)

    def test_a_password_that_will_not_do_leaves_it_open(self, place):
        token = place.link(place.ida)
        with pytest.raises(PasswordTooShort):
            accounts.choose_password(place.database, token, "kort", now=place.now)
        assert place.do(accounts.person_of_link, token, now=place.now)

    def test_whoever_manages_people_makes_it(self, place):
        with pytest.raises(NotAllowed):
            place.link(place.coordinator, actor=place.ida)
        with pytest.raises(AdministratorOnly):
            place.link(place.boss)
        assert place.link(place.boss, actor=place.boss)
        with pytest.raises(NotFound):
            place.link(replace(place.ida, id=4711))
        place.do(set_person_active, place.coordinator, place.ida.id, active=False, now=place.now)
        with pytest.raises(PersonDisabled):
            place.link(place.ida)


class TestChangePassword:
    def change(self, place, current=PASSWORD, new=OTHER, later=timedelta()):
        return accounts.change_password(place.database, place.ida, current, new, now=place.now + later)

    def test_one_goes_on_in_a_new_session_and_all_others_end(self, place):
        before = [place.sign_in(), place.sign_in()]
        token = place.link(place.ida)
        after = self.change(place)
        assert [place.who(one) for one in before] == [None, None]
        assert place.who(after).person.username == "ida"
        assert place.sign_in(OTHER)
        with pytest.raises(LinkDead):
            place.do(accounts.person_of_link, token, now=place.now)

    def test_the_present_one_is_needed_and_cannot_be_guessed_for_ever(self, place):
        session_id = place.sign_in()
        for _ in range(5):
            with pytest.raises(CurrentPasswordWrong):
                self.change(place, current=OTHER)
        with pytest.raises(SignInThrottled):
            self.change(place)
        assert place.who(session_id)
        assert self.change(place, later=MINUTE)

    def test_the_new_one_must_do(self, place):
        with pytest.raises(PasswordCommon):
            self.change(place, new="password1234")
        assert place.sign_in()


class TestCheckPassword:
    @pytest.mark.parametrize(
        ("password", "error"),
        [
            pytest.param("elleve tegn", PasswordTooShort, id="eleven"),
            pytest.param("", PasswordTooShort, id="empty"),
            pytest.param("x" * 257, PasswordTooLong, id="257"),
            pytest.param("Ida.Jensen.Ø", PasswordIsUsername, id="the username"),
            pytest.param("Password1234", PasswordCommon, id="common, whatever its capitals"),
        ],
    )
    def test_refused(self, password, error):
        with pytest.raises(error):
            check_password(password, "ida.jensen.ø")

    @pytest.mark.parametrize("password", ["tolv små ord", "x7" * 128, "hest hest hest hest"])
    def test_what_it_is_made_of_is_free(self, password):
        check_password(password, "ida")

    def test_the_list_holds_only_what_is_not_refused_anyhow(self):
        assert all(len(one) >= SHORTEST_PASSWORD and one == one.casefold() for one in COMMON_PASSWORDS)


class TestPasswords:
    def test_the_costs_are_those_of_rfc_9106(self, monkeypatch):
        monkeypatch.setattr(passwords, "HASHER", REAL)
        kept = passwords.hashed(PASSWORD)
        assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
        assert passwords.matches(kept, PASSWORD)
        assert not passwords.matches(kept, OTHER)
        assert passwords._nobodys_hash().startswith("$argon2id$v=19$m=65536,t=3,p=4$")

    @pytest.mark.parametrize("kept", [None, "", "not a hash"])
    def test_nothing_matches_nothing(self, kept):
        assert not passwords.matches(kept, PASSWORD)


class TestPreferences:
    def test_they_are_kept_and_told_without_what_was_chosen(self, place):
        chosen = Preferences(language="en", go_on=True)
        place.do(accounts.save_preferences, place.ida, chosen, now=place.now)
        with place.database.begin() as store:
            assert store.people.by_id(place.ida.id).preferences == chosen
            entry = store.trail.entries()[-1]
        assert (entry.action, entry.about) == ("preferences-saved", {"person": place.ida.id})


class TestHasPassword:
    def test_who_has_one(self, place):
        assert place.do(accounts.has_password, place.ida)
        assert not place.do(accounts.has_password, place.boss)
