"""The leader's self-assessment and the first look at a report; on both databases."""

import pytest
from places import ASSESSMENT, Places, town_with_places
from small_round import KEY

from lirk.domain.people import Role
from lirk.domain.place_forms import (
    PlaceFormLocked,
    PlaceKind,
)
from lirk.domain.rounds import RoundNotIn
from lirk.errors import NotAllowed, NotFound
from lirk.services import self_assessments
from lirk.services.self_assessments import AssessmentState

OTHERS = ("syd", "lis", "lars", "ruth", "arkivar", "anne")


@pytest.fixture
def town(database, tmp_path, now):
    return town_with_places(database, tmp_path, now)


@pytest.fixture
def places(town):
    return Places(town)


@pytest.fixture
def check(places):
    """Kim's spot check, begun."""
    return places.begin()


@pytest.fixture
def assessment(places):
    """Lis's self-assessment of Center Nord, begun."""
    return places.assess()


def codes(refused):
    return [(one.code, one.column) for one in refused.value.problems]


class TestSelfAssessment:
    def test_one_a_round_and_centre_under_two_windows_too(self, places):
        assert places.assess() == places.assess()

    def test_the_database_keeps_it_to_one(self, places, town, assessment):
        form = places.open(assessment, "lis").form
        with pytest.raises(Exception, match=r"(?i)unique|duplicate"), town.acting() as (store, actor):
            store.place_forms.add(
                kind=form.kind,
                centre=form.centre,
                place="",
                round_id=form.round_id,
                checklist_id=form.checklist_id,
                checklist_version=1,
                text=form.text,
                at=town.now,
                by=actor.id,
            )

    def test_belongs_to_the_round_and_is_about_the_whole_centre(self, places, assessment):
        form = places.open(assessment, "lis").form
        assert (form.kind, form.round_key, form.place) == (PlaceKind.SELF_ASSESSMENT, KEY, "")
        assert form.checklist_id == ASSESSMENT

    @pytest.mark.parametrize(
        ("who", "where", "error"),
        [
            ("lis", {"address": "center-syd"}, NotFound),
            ("lis", {"address": "center-vest"}, NotFound),
            ("lis", {"key": "2031-1"}, NotFound),
            ("kim", {}, NotAllowed),
            ("karen", {}, NotAllowed),
            ("ruth", {}, NotAllowed),
        ],
    )
    def test_by_the_own_leader_of_a_measured_centre_alone(self, places, who, where, error):
        with pytest.raises(error):
            places.assess(who, **where)

    def test_a_centre_that_is_not_measured_has_none(self, places, town):
        town.add("vera", Role.CENTRE_LEADER, centres=["Center Vest"])
        assert places.mine("vera") == ()
        with pytest.raises(NotFound):
            places.assess("vera", address="center-vest")

    def test_is_told_how_far_it_is(self, places):
        def state():
            [one] = places.mine()
            return one.state

        assert state() is AssessmentState.NOT_BEGUN
        form = places.assess()
        assert state() is AssessmentState.BEGUN
        places.complete(form, "lis")
        places.finish(form, "lis")
        assert state() is AssessmentState.FINISHED
        places.close_round()
        places.open_report()
        assert state() is AssessmentState.LOCKED

    def test_before_the_cases_are_drawn_there_is_none(self, places, town):
        town.new("2027-1")
        assert [one.round.key for one in places.mine()] == [KEY]
        with pytest.raises(NotFound):
            places.assess(key="2027-1")

    def test_the_round_s_log_tells_the_end_alone(self, places, town, assessment):
        places.complete(assessment, "lis")
        places.finish(assessment, "lis")
        round_id = town.round().id
        with town.acting() as (store, _):
            told = [one.action for one in store.trail.entries(round_id) if "place" in one.action]
        assert told == ["place-form-finished"]


class TestFirstLook:
    @pytest.fixture
    def closed(self, places):
        places.close_round()

    def seen(self, places, town):
        round_id = town.round().id
        with town.acting() as (store, _):
            return store.place_forms.seen_at(round_id, "Center Nord")

    def test_without_a_self_assessment_the_leader_is_asked(self, places, town, closed):
        first = places.look()
        assert (first.centre, first.form) == ("Center Nord", None)
        assert self.seen(places, town) is None

    def test_with_half_a_self_assessment_too(self, places, town, assessment, closed):
        assert places.look().form.id == assessment
        assert self.seen(places, town) is None

    def test_it_can_still_be_filled_in_while_the_round_is_closed(self, places, closed):
        form = places.assess()
        places.complete(form, "lis")
        places.finish(form, "lis")
        assert places.look() is None
        assert places.mine()[0].state is AssessmentState.LOCKED

    def test_the_report_is_never_withheld(self, places, town, closed):
        places.open_report()
        assert self.seen(places, town) == town.now
        assert places.look() is None

    def test_is_noted_once(self, places, town, closed):
        for _ in range(3):
            places.open_report()
            places.look()
        assert [one.action for one in town.trail()].count("report-seen") == 1

    def test_after_it_everything_is_locked(self, places, assessment, closed):
        [first, *_] = places.open(assessment, "lis").walk.questions
        places.save(assessment, first.id, "8", who="lis")
        places.open_report()
        for act in (
            lambda: places.save(assessment, first.id, "9", who="lis", version=1),
            lambda: places.finish(assessment, "lis"),
            lambda: places.reopen(assessment, "lis"),
            lambda: places.delete(assessment, "lis"),
        ):
            with pytest.raises(PlaceFormLocked):
                act()
        assert places.open(assessment, "lis").form.answers[first.id].answer.value == "8"
        with pytest.raises(NotFound):
            places.open(assessment, "karen")

    def test_after_it_none_is_begun(self, places, closed):
        places.open_report()
        with pytest.raises(PlaceFormLocked):
            places.assess()
        assert places.mine() == ()

    @pytest.mark.parametrize("who", ["kim", "karen"])
    def test_of_others_nothing_is_asked_or_noted(self, places, town, closed, who):
        assert places.look(who) is None
        places.open_report(who)
        assert self.seen(places, town) is None

    def test_where_no_checklist_is_in_force_nothing_is_asked(self, places, town, closed, monkeypatch):
        monkeypatch.setattr("lirk.domain.place_forms.SELF_ASSESSMENTS", frozenset())
        assert places.look() is None
        assert self.seen(places, town) == town.now

    def test_of_a_round_that_is_not_closed(self, places):
        for act in (places.look, places.open_report):
            with pytest.raises(RoundNotIn):
                act()

    @pytest.mark.parametrize("act", [self_assessments.first_look, self_assessments.open_report])
    def test_of_another_centre(self, places, town, closed, act):
        with pytest.raises(NotFound):
            places(act, "lars", KEY, "center-nord", now=town.now)
