"""Changing and disabling people, and who may do it to whom; on both databases."""

import pytest

from lirk.domain.people import Role
from lirk.errors import NotAllowed, NotFound
from lirk.services import people
from lirk.services.changing_people import (
    AdministratorStays,
    OneselfStays,
    change_person,
    set_person_active,
)
from lirk.services.people import (
    AdministratorOnly,
    CentreNeeded,
    NameMissing,
    RoleMissing,
    SecretKeyMissing,
    acting_person,
    add_person,
    caseworker_hash,
)

SECRET = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def place(database, now):
    return Place(database, now)


class Place:
    """A database with a coordinator, two administrators and a reviewer."""

    def __init__(self, database, now):
        self.database, self.now = database, now
        with database.begin() as store:
            self.koordinator = acting_person(store, None, now=now)
        self.boss = self.add(self.koordinator, "boss", [Role.ADMINISTRATOR])
        self.ida = self.add(
            self.koordinator, "ida", [Role.REVIEWER], caseworker_code="IDA", secret_key=SECRET
        )

    def add(self, actor, username, roles, **fields):
        with self.database.begin() as store:
            return add_person(
                store, actor, username=username, name=username.title(), roles=roles, now=self.now, **fields
            )

    def change(self, actor, person, **fields):
        with self.database.begin() as store:
            return change_person(store, actor, person.id, now=self.now, **fields)

    def set_active(self, actor, person, *, active):
        with self.database.begin() as store:
            return set_person_active(store, actor, person.id, active=active, now=self.now)

    def kept(self, person):
        with self.database.begin() as store:
            return people.person(store, self.koordinator, person.id)

    def trail(self):
        with self.database.begin() as store:
            return store.trail.entries()


class TestChange:
    def test_what_is_named_is_changed_and_the_rest_stays(self, place):
        changed = place.change(place.koordinator, place.ida, name=" Ida Ø ")
        assert changed == place.kept(place.ida)
        assert (changed.name, changed.roles) == ("Ida Ø", {Role.REVIEWER})
        assert changed.caseworker_hash == caseworker_hash("ida", SECRET)
        changed = place.change(
            place.koordinator, place.ida, roles=[Role.CENTRE_LEADER], centres=["Center Nord"]
        )
        assert changed == place.kept(place.ida)
        assert (changed.name, changed.roles, changed.centres) == (
            "Ida Ø",
            {Role.CENTRE_LEADER},
            {"Center Nord"},
        )

    def test_the_trail_tells_it_without_the_name(self, place):
        place.change(place.koordinator, place.ida, name="Ny", roles=[Role.ARCHIVIST])
        entry = place.trail()[-1]
        assert (entry.action, entry.actor_id) == ("person-changed", place.koordinator.id)
        assert entry.about == {"person": place.ida.id, "roles": ["archivist"], "centres": []}

    def test_the_same_again_is_no_change(self, place):
        before = place.trail()
        place.change(place.koordinator, place.ida, name="Ida", roles=[Role.REVIEWER])
        assert place.trail() == before

    @pytest.mark.parametrize(("code", "kept"), [("", None), ("BO", caseworker_hash("bo", SECRET))])
    def test_a_caseworker_code_is_replaced_or_forgotten(self, place, code, kept):
        changed = place.change(place.koordinator, place.ida, caseworker_code=code, secret_key=SECRET)
        assert changed.caseworker_hash == kept == place.kept(place.ida).caseworker_hash

    @pytest.mark.parametrize(
        ("fields", "error"),
        [
            pytest.param({"name": "  "}, NameMissing, id="no name"),
            pytest.param({"roles": []}, RoleMissing, id="no role"),
            pytest.param({"roles": [Role.CENTRE_LEADER]}, CentreNeeded, id="a leader of nothing"),
            pytest.param({"caseworker_code": "BO"}, SecretKeyMissing, id="no key"),
        ],
    )
    def test_refused_and_nothing_kept(self, place, fields, error):
        before = place.kept(place.ida), place.trail()
        with pytest.raises(error):
            place.change(place.koordinator, place.ida, **fields)
        assert (place.kept(place.ida), place.trail()) == before

    def test_not_by_a_reviewer_and_nobody_that_is_not_there(self, place):
        with pytest.raises(NotAllowed):
            place.change(place.ida, place.ida, name="Ny")
        with place.database.begin() as store, pytest.raises(NotFound):
            change_person(store, place.koordinator, 4711, name="Ny", now=place.now)


class TestAdministrators:
    def test_the_first_is_added_by_anybody_who_may_add_people_and_the_next_by_the_first(self, place):
        with pytest.raises(AdministratorOnly):
            place.add(place.koordinator, "bo", [Role.ADMINISTRATOR])
        assert place.add(place.boss, "bo", [Role.ADMINISTRATOR, Role.REVIEWER])

    @pytest.mark.parametrize(
        "attempt",
        [
            pytest.param(lambda p: p.change(p.koordinator, p.boss, name="Ny"), id="a name"),
            pytest.param(
                lambda p: p.change(p.koordinator, p.boss, roles=[Role.REVIEWER]), id="their role taken"
            ),
            pytest.param(
                lambda p: p.change(p.koordinator, p.ida, roles=[Role.ADMINISTRATOR]), id="another made one"
            ),
            pytest.param(
                lambda p: p.change(p.koordinator, p.koordinator, roles=[Role.ADMINISTRATOR]), id="oneself"
            ),
            pytest.param(lambda p: p.set_active(p.koordinator, p.boss, active=False), id="disabled"),
        ],
    )
    def test_a_coordinator_leaves_them_alone(self, place, attempt):
        with pytest.raises(AdministratorOnly):
            attempt(place)

    def test_a_disabled_one_is_left_alone_too(self, place):
        other = place.add(place.boss, "bo", [Role.ADMINISTRATOR])
        place.set_active(place.boss, other, active=False)
        with pytest.raises(AdministratorOnly):
            place.set_active(place.koordinator, other, active=True)

    def test_nobody_takes_the_role_from_themselves_also_where_there_is_another(self, place):
        for _ in range(2):
            with pytest.raises(AdministratorStays):
                place.change(place.boss, place.boss, roles=[Role.REVIEWER])
            if _ == 0:
                place.add(place.boss, "bo", [Role.ADMINISTRATOR])

    def test_one_of_two_can_be_taken_or_disabled_by_the_other(self, place):
        other = place.add(place.boss, "bo", [Role.ADMINISTRATOR])
        assert place.change(place.boss, other, roles=[Role.REVIEWER]).roles == {Role.REVIEWER}
        third = place.add(place.boss, "eva", [Role.ADMINISTRATOR])
        assert not place.set_active(place.boss, third, active=False).active

    def test_the_last_active_one_stays_whoever_asks(self, place):
        other = place.add(place.boss, "bo", [Role.ADMINISTRATOR])
        place.set_active(place.boss, other, active=False)
        # As from a page that was opened before: the actor's value is still active.
        with pytest.raises(AdministratorStays):
            place.set_active(other, place.boss, active=False)
        with pytest.raises(AdministratorStays):
            place.change(other, place.boss, roles=[Role.REVIEWER])


class TestSetActive:
    def test_it_is_told_once(self, place):
        for active in (False, False, True, True):
            place.set_active(place.koordinator, place.ida, active=active)
            assert place.kept(place.ida).active is active
        told = [entry.action for entry in place.trail()][-2:]
        assert told == ["person-disabled", "person-enabled"]
        assert place.trail()[-1].about == {"person": place.ida.id}

    def test_nobody_disables_themselves(self, place):
        with pytest.raises(OneselfStays):
            place.set_active(place.koordinator, place.koordinator, active=False)

    def test_not_by_a_reviewer(self, place):
        with pytest.raises(NotAllowed):
            place.set_active(place.ida, place.koordinator, active=False)


class TestReading:
    def test_for_who_manages_people_only(self, place):
        with place.database.begin() as store:
            assert people.with_password(store, place.koordinator) == frozenset()
            for ask in (people.with_password, lambda *them: people.person(*them, place.boss.id)):
                with pytest.raises(NotAllowed):
                    ask(store, place.ida)
