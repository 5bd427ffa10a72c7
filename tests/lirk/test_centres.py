"""Adding, renaming and closing centres; on both databases."""

import pytest
from stored import add_round, frame

from lirk.domain.people import Centre, Role
from lirk.errors import NotAllowed, NotFound
from lirk.services.centres import (
    CentreMeasured,
    CentreNameMissing,
    CentreNameTooLong,
    CentreTaken,
    add_centre,
    all_centres,
    rename_centre,
    set_centre_active,
)
from lirk.services.people import acting_person, add_person


@pytest.fixture
def doing(database, now):
    """Do one thing with a centre, as the coordinator or as somebody else."""

    def do(function, *arguments, who=None, **fields):
        with database.begin() as store:
            return function(store, acting_person(store, who, now=now), *arguments, now=now, **fields)

    do(add_person, username="ida", name="Ida", roles=[Role.CENTRE_LEADER], centres=["Center Nord"])
    return do


def listed(database, now):
    with database.begin() as store:
        return all_centres(store, acting_person(store, None, now=now))


def last(database):
    with database.begin() as store:
        entry = store.trail.entries()[-1]
    return entry.action, entry.about


class TestAll:
    def test_they_are_ordered_as_danes_do(self, database, doing, now):
        for name in ("Østby", "Aaby", "Zonen", "  Center \n Ærø "):
            doing(add_centre, name)
        names = [one.name for one in listed(database, now)]
        assert names == ["Center Nord", "Center Ærø", "Zonen", "Østby", "Aaby"]
        assert last(database) == ("centre-added", {"centre": "Center Ærø"})


class TestAdd:
    @pytest.mark.parametrize(
        ("name", "error"),
        [
            pytest.param(" \n", CentreNameMissing, id="empty"),
            pytest.param("x" * 121, CentreNameTooLong, id="too long"),
            pytest.param(" Center  Nord", CentreTaken, id="taken"),
        ],
    )
    def test_refused(self, database, doing, now, name, error):
        for attempt in ((add_centre, name), (rename_centre, "Center Nord", name)):
            with pytest.raises(error):
                doing(*attempt)
        assert listed(database, now) == (Centre("Center Nord"),)


class TestRename:
    def test_it_holds_for_the_people_too(self, database, doing, now):
        assert doing(rename_centre, "Center Nord", " Center  Nordvest ") == "Center Nordvest"
        with database.begin() as store:
            assert store.people.by_username("ida").centres == {"Center Nordvest"}
        assert last(database) == ("centre-renamed", {"centre": "Center Nord", "new": "Center Nordvest"})

    def test_not_once_a_round_has_it(self, database, doing, now):
        with database.begin() as store:
            store.rounds.set_frame(add_round(store, now).id, frame(now))
            store.trail.add("frame-frozen", actor_id=None, at=now)
        with pytest.raises(CentreMeasured):
            doing(rename_centre, "Center Nord", "Center Ny")


class TestSetActive:
    def test_it_is_told_once(self, database, doing, now):
        for active in (False, False):
            doing(set_centre_active, "Center Nord", active=active)
        assert listed(database, now) == (Centre("Center Nord", active=False),)
        assert last(database) == ("centre-disabled", {"centre": "Center Nord"})
        doing(set_centre_active, "Center Nord", active=True)
        assert last(database) == ("centre-enabled", {"centre": "Center Nord"})


@pytest.mark.parametrize(
    ("arguments", "fields"),
    [
        pytest.param((add_centre, "Ny"), {}, id="add"),
        pytest.param((rename_centre, "Center Nord", "Ny"), {}, id="rename"),
        pytest.param((set_centre_active, "Center Nord"), {"active": False}, id="close"),
    ],
)
class TestWho:
    def test_not_who_manages_no_people(self, doing, arguments, fields):
        with pytest.raises(NotAllowed):
            doing(*arguments, who="ida", **fields)


class TestUnknown:
    @pytest.mark.parametrize(
        ("arguments", "fields"),
        [
            pytest.param((rename_centre, "Center Ukendt", "Ny"), {}, id="rename"),
            pytest.param((set_centre_active, "Center Ukendt"), {"active": False}, id="close"),
        ],
    )
    def test_is_not_found(self, doing, arguments, fields):
        with pytest.raises(NotFound):
            doing(*arguments, **fields)
