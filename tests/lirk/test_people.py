"""Adding people, and finding who acts; on both databases."""

import pytest

from lirk.domain.people import Role
from lirk.errors import NotAllowed
from lirk.services.people import (
    COORDINATOR,
    CentreNeeded,
    NameLooksLikeCpr,
    NameTooLong,
    PersonUnknown,
    SecretKeyMissing,
    UsernameMalformed,
    UsernameTaken,
    acting_person,
    add_person,
    all_people,
    caseworker_hash,
    person_named,
)

SECRET = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def adding(database, now):
    """Add a person as the coordinator, in a unit of work of its own."""

    def add(username="ida", who=None, **fields):
        with database.begin() as store:
            actor = acting_person(store, who, now=now)
            usual = {"name": "Ida", "roles": [Role.REVIEWER]}
            return add_person(store, actor, username=username, now=now, **{**usual, **fields})

    return add


def everything(database):
    with database.begin() as store:
        return [person.username for person in store.people.all()], store.trail.entries()


class TestCaseworkerHash:
    def test_is_hmac_sha256_of_the_folded_code(self):
        # printf '%s' ida | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
        expected = "107c02302e4b4898e7b43111caa7567268f57370f7a54cac4b18464a3b635460"
        assert caseworker_hash("IDA", SECRET) == expected

    @pytest.mark.parametrize("code", ["ida", " IDA ", "Ida"])
    def test_spelling_does_not_matter(self, code):
        assert caseworker_hash(code, SECRET) == caseworker_hash("IDA", SECRET)

    def test_another_key_another_hash(self):
        assert caseworker_hash("IDA", SECRET) != caseworker_hash("IDA", SECRET[::-1])

    @pytest.mark.parametrize("key", [None, "", "k" * 31])
    def test_never_without_a_key_that_is_long_enough(self, key):
        with pytest.raises(SecretKeyMissing):
            caseworker_hash("IDA", key)


class TestActingPerson:
    def test_the_coordinator_is_made_the_first_time_and_found_afterwards(self, database, now):
        with database.begin() as store:
            made = acting_person(store, None, now=now)
        with database.begin() as store:
            found = [acting_person(store, who, now=now) for who in (None, COORDINATOR)]
        names, trail = everything(database)
        assert found == [made, made]
        assert (names, [entry.action for entry in trail]) == ([COORDINATOR], ["person-added"])
        assert trail[0].actor_id is None

    def test_nobody_else_is_made(self, database, now):
        with database.begin() as store, pytest.raises(PersonUnknown) as refused:
            acting_person(store, "ida", now=now)
        assert refused.value.values == {"username": "ida"}
        assert everything(database) == ([], ())


class TestAddPerson:
    def test_is_kept_with_roles_and_centres_and_told_in_the_trail(self, database, adding, now):
        made = adding(roles=[Role.CENTRE_LEADER, Role.REVIEWER], centres=["Center Øst", "Center Nord"])
        assert made.roles == {Role.CENTRE_LEADER, Role.REVIEWER}
        assert made.centres == {"Center Nord", "Center Øst"}
        entry = everything(database)[1][-1]
        assert (entry.action, entry.at) == ("person-added", now)
        assert entry.about == {
            "username": "ida",
            "roles": ["centre-leader", "reviewer"],
            "centres": ["Center Nord", "Center Øst"],
        }
        with database.begin() as store:
            assert store.centres.all() == ("Center Nord", "Center Øst")

    def test_the_caseworker_code_is_kept_as_a_hash_only(self, database, adding):
        made = adding(caseworker_code="IDA1", secret_key=SECRET)
        assert made.caseworker_hash == caseworker_hash("ida1", SECRET)
        assert "IDA1" not in repr(everything(database))

    @pytest.mark.parametrize(
        ("fields", "error"),
        [
            pytest.param({"username": "Ida Jensen"}, UsernameMalformed, id="capitals and a space"),
            pytest.param({"username": "../ida"}, UsernameMalformed, id="a path"),
            pytest.param({"username": ""}, UsernameMalformed, id="empty"),
            pytest.param({"username": "i" * 41}, UsernameMalformed, id="too long"),
            pytest.param({"username": "ida\n"}, UsernameMalformed, id="a line break"),
            pytest.param({"username": COORDINATOR}, UsernameTaken, id="taken"),
            pytest.param({"roles": [Role.CENTRE_LEADER]}, CentreNeeded, id="a leader of nothing"),
            pytest.param({"roles": [Role.CONTACT_PERSON]}, CentreNeeded, id="a contact person of nothing"),
            pytest.param({"caseworker_code": "IDA"}, SecretKeyMissing, id="no key"),
        ],
    )
    def test_refused_and_nothing_kept(self, database, adding, fields, error):
        with pytest.raises(error):
            adding(**fields)
        assert everything(database) == ([], ())

    def test_a_reviewer_adds_nobody(self, database, adding):
        adding()
        with pytest.raises(NotAllowed):
            adding("bo", who="ida")
        assert everything(database)[0] == ["ida", COORDINATOR]


class TestAllPeople:
    def test_by_username_and_for_who_manages_people_only(self, database, adding, now):
        adding("ida")
        adding("bo", roles=[Role.ADMINISTRATOR])
        with database.begin() as store:
            assert [one.username for one in all_people(store, person_named(store, "bo"))] == [
                "bo",
                "ida",
                COORDINATOR,
            ]
            with pytest.raises(NotAllowed):
                all_people(store, person_named(store, "ida"))


class TestPersonNamed:
    def test_nobody(self, database):
        with database.begin() as store, pytest.raises(PersonUnknown):
            person_named(store, "ida")


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"name": "n" * 121}, NameTooLong),
        ({"name": "Ida 010190-0000"}, NameLooksLikeCpr),
        ({"username": "0101900000"}, UsernameMalformed),
    ],
)
def test_nobody_is_called_by_a_cpr_number_or_at_length(adding, fields, refused):
    with pytest.raises(refused):
        adding(**fields)
