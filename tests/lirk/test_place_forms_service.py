"""Spot checks and self-assessments as people use them; on both databases."""

import pytest
from places import ASSESSMENT, Places, town_with_places

from lirk.domain.place_forms import (
    PlaceFormContradictory,
    PlaceFormFinished,
    PlaceFormIncomplete,
    PlaceFormNotEmpty,
    PlaceFormNotFinished,
    PlaceItemNotAsked,
    PlaceKind,
)
from lirk.domain.reviewing import AnswerChangedElsewhere
from lirk.errors import NotAllowed, NotFound, ProblemsFound
from lirk.services import place_forms
from lirk.wording.following import LOG

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


class TestBegin:
    def test_takes_the_version_in_force_with_its_text(self, places, town):
        form = places.open(places.begin(place="  Solsiden  ")).form
        assert (form.kind, form.centre, form.place) == (PlaceKind.SPOT_CHECK, "Center Nord", "Solsiden")
        assert (form.checklist_id, form.checklist_version, form.begun_by) == ("rundgang", 1, "Kim")
        assert (form.round_id, form.begun_at, form.finished_at) == (None, town.now, None)

    def test_of_one_place_there_may_be_many(self, places):
        assert places.begin() != places.begin()

    def test_the_coordinator_begins_anywhere(self, places):
        assert places.open(places.begin("karen", centre="Center Vest"), "karen").form.centre == "Center Vest"

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"centre": "Center Syd"}, [("place-centre-missing", "centre")]),
            ({"centre": "Center Ukendt"}, [("place-centre-missing", "centre")]),
            ({"place": "Hos 010190-1234"}, [("text-looks-like-cpr", "place")]),
            ({"checklist": ASSESSMENT}, [("place-checklist-missing", "checklist")]),
            ({"checklist": "lovmedholdelig-sagsbehandling"}, [("place-checklist-missing", "checklist")]),
            (
                {"centre": "", "place": "", "checklist": ""},
                [
                    ("place-centre-missing", "centre"),
                    ("place-missing", "place"),
                    ("place-checklist-missing", "checklist"),
                ],
            ),
        ],
    )
    def test_what_cannot_be_chosen_is_told_and_nothing_kept(self, places, changes, expected):
        with pytest.raises(ProblemsFound) as refused:
            places.begin(**changes)
        assert codes(refused) == expected
        assert places.listing("karen").forms == ()

    @pytest.mark.parametrize("who", ["lis", "ruth", "arkivar"])
    def test_other_roles_begin_none(self, places, who):
        with pytest.raises(NotAllowed):
            places.begin(who)


class TestListing:
    def test_a_contact_person_sees_those_of_the_own_centre(self, places):
        mine, foreign = places.begin(), places.begin("syd", centre="Center Syd")
        assert [one.form.id for one in places.listing("kaj").forms] == [mine]
        assert [one.form.id for one in places.listing("karen").forms] == [foreign, mine]
        assert places.listing("kim").centres == ("Center Nord",)

    def test_offers_checklists_of_places_and_no_self_assessment(self, places):
        offered = {one.id for one in places.listing().checklists}
        assert "rundgang" in offered
        assert ASSESSMENT not in offered

    def test_holds_no_self_assessments(self, places, assessment):
        places.complete(assessment, "lis")
        places.finish(assessment, "lis")
        assert places.listing("karen").forms == ()

    @pytest.mark.parametrize("who", ["lis", "ruth", "arkivar"])
    def test_other_roles_have_none(self, places, who):
        with pytest.raises(NotAllowed):
            places.listing(who)


class TestOpenForm:
    @pytest.mark.parametrize("who", ["kim", "kaj", "karen"])
    def test_whoever_checks_places_there(self, places, check, who):
        assert places.open(check, who).may_change

    @pytest.mark.parametrize("who", OTHERS)
    def test_to_all_others_it_does_not_exist(self, places, check, who):
        for form_id in (check, 4711):
            with pytest.raises(NotFound) as refused:
                places.open(form_id, who)
            assert (refused.value.code, refused.value.values) == ("not-found", {})

    @pytest.mark.parametrize("who", ["karen", "kim", "kaj", "lars", "ruth", "arkivar", "anne"])
    def test_an_unfinished_self_assessment_is_its_leader_s_alone(self, places, assessment, who):
        with pytest.raises(NotFound):
            places.open(assessment, who)

    def test_a_finished_one_is_read_by_the_coordinator_and_changed_by_nobody(self, places, assessment):
        places.complete(assessment, "lis")
        places.finish(assessment, "lis")
        opened = places.open(assessment, "karen")
        assert (opened.may_change, opened.may_reopen) == (False, False)
        item = opened.walk.questions[0].id
        with pytest.raises(PlaceFormFinished):
            places.save(assessment, item, "3", who="karen", version=1, note="Andet")
        for who in ("kim", "lars", "ruth"):
            with pytest.raises(NotFound):
                places.open(assessment, who)

    def test_one_that_is_opened_again_is_the_leader_s_again(self, places, assessment):
        places.complete(assessment, "lis")
        places.finish(assessment, "lis")
        places.reopen(assessment, "lis")
        with pytest.raises(NotFound):
            places.open(assessment, "karen")

    def test_a_person_who_is_gone_opens_nothing(self, places, check, town):
        with town.acting() as (store, actor):
            person = store.people.by_username("kim")
            store.people.set_active(person.id, active=False)
            store.trail.add("person-deactivated", actor_id=actor.id, at=town.now)
            gone = store.people.by_username("kim")
            with pytest.raises(NotFound):
                place_forms.open_form(store, gone, check)


class TestSaveAnswer:
    def test_is_kept_with_version_time_and_person(self, places, check, town):
        saved = places.save(check, "clear", note=" Klart ", key="k1")
        kept = places.open(check).form.answers["clear"]
        assert (saved.question.version, saved.at) == (1, town.now)
        assert (kept.answer.value, kept.answer.note, kept.by, kept.key) == ("yes", "Klart", "Kim", "k1")

    def test_the_trail_says_that_and_not_what(self, places, check, town):
        places.save(check, "clear", "no", note="Hemmeligt")
        entry = town.trail()[-1]
        assert entry.action == "place-answer-given"
        assert entry.about == {
            "form": check, "kind": "spot-check", "centre": "Center Nord", "checklist": "rundgang",
            "item": "clear", "version": 1,
        }  # fmt: skip

    def test_the_same_key_twice_is_kept_once_and_another_answer_is_another_save(self, places, check, town):
        places.save(check, "clear", key="k1")
        before = town.trail()
        again = places.save(check, "clear", key="k1")
        assert (again.question.version, again.question.answer.value) == (1, "yes")
        with pytest.raises(AnswerChangedElsewhere):
            places.save(check, "clear", "no", note="Andet", key="k1")
        assert town.trail() == before

    def test_the_same_again_is_no_write_whatever_the_version(self, places, check, town):
        places.save(check, "clear")
        before = town.trail()
        assert places.save(check, "clear", version=0).question.version == 1
        assert town.trail() == before

    def test_nothing_is_no_write(self, places, check, town):
        before = town.trail()
        assert places.save(check, "clear", "").at is None
        assert town.trail() == before

    def test_two_people_at_once_overwrite_nothing_in_silence(self, places, check):
        places.save(check, "clear", "yes", who="kim")
        with pytest.raises(AnswerChangedElsewhere) as refused:
            places.save(check, "clear", "no", who="karen", note="Uklart")
        assert (refused.value.kept.answer.value, refused.value.kept.by) == ("yes", "Kim")
        assert places.open(check).form.answers["clear"].version == 1
        places.save(check, "clear", "no", who="karen", note="Uklart", version=1)
        assert places.open(check).form.answers["clear"].by == "Karen"

    def test_a_stale_version(self, places, check):
        places.save(check, "clear")
        places.save(check, "clear", "no", note="a", version=1)
        with pytest.raises(AnswerChangedElsewhere):
            places.save(check, "clear", "yes", version=1)

    @pytest.mark.parametrize("item", ["why", "unknown"])
    def test_a_hidden_item(self, places, check, item):
        with pytest.raises(PlaceItemNotAsked):
            places.save(check, item)
        assert places.open(check).form.answers == {}

    def test_a_follow_up_is_asked_at_once(self, places, check):
        saved = places.save(check, "clear", "no", note="Uklart")
        assert "why" in [one.id for one in saved.walk.questions]
        assert places.save(check, "why").question.version == 1

    def test_a_stop_hides_the_rest(self, places, check):
        saved = places.save(check, "decision", "no", note="Intet")
        assert saved.walk.stop.id == "no-decision"
        with pytest.raises(PlaceItemNotAsked):
            places.save(check, "clear")

    @pytest.mark.parametrize(
        ("said", "expected"),
        [
            ({"note": "Set 010190-1234"}, [("text-looks-like-cpr", "note")]),
            ({"note": "x" * 100_000}, [("text-too-long", "note")]),
            ({"value": "maybe"}, [("answer-code-unknown", "value")]),
        ],
    )
    def test_what_is_never_kept(self, places, check, said, expected):
        with pytest.raises(ProblemsFound) as refused:
            places.save(check, "clear", **said)
        assert codes(refused) == expected
        assert places.open(check).form.answers == {}

    @pytest.mark.parametrize("who", OTHERS)
    def test_another_centre_s_form(self, places, check, who):
        with pytest.raises(NotFound):
            places.save(check, "clear", who=who)

    def test_a_finished_form(self, places, check):
        places.complete(check)
        places.finish(check)
        with pytest.raises(PlaceFormFinished):
            places.save(check, "clear", "no", note="For sent", version=1)
        assert places.open(check).form.answers["clear"].answer.value == "yes"


class TestFinish:
    def test_is_kept_with_time_and_person(self, places, check, town):
        places.complete(check)
        places.finish(check, "karen")
        form = places.open(check).form
        assert (form.finished_at, form.finished_by) == (town.now, "Karen")
        assert town.trail()[-1].action == "place-form-finished"

    def test_not_while_something_is_missing(self, places, check):
        places.save(check, "clear")
        with pytest.raises(PlaceFormIncomplete):
            places.finish(check)
        assert places.open(check).form.finished_at is None

    def test_not_while_answers_contradict_each_other(self, places, check):
        places.complete(check, reasons="no")
        with pytest.raises(PlaceFormContradictory):
            places.finish(check)

    def test_once(self, places, check):
        places.complete(check)
        places.finish(check)
        with pytest.raises(PlaceFormFinished):
            places.finish(check, "karen")
        assert places.open(check).form.finished_by == "Kim"

    @pytest.mark.parametrize("who", OTHERS)
    def test_by_nobody_else(self, places, check, who):
        places.complete(check)
        with pytest.raises(NotFound):
            places.finish(check, who)


class TestReopen:
    @pytest.fixture
    def done(self, places, check):
        places.complete(check)
        places.finish(check)
        return check

    def test_by_who_finished_it_without_a_reason(self, places, done):
        places.reopen(done)
        assert places.open(done).may_change
        places.save(done, "clear", "no", note="Rettet", version=1)

    def test_by_the_coordinator_with_a_reason_that_is_kept(self, places, done, town):
        with pytest.raises(ProblemsFound) as refused:
            places.reopen(done, "karen", " ")
        assert codes(refused) == [("place-reopening-reason-missing", "reason")]
        places.reopen(done, "karen", "Et svar var forkert")
        assert town.trail()[-1].about["reason"] == "Et svar var forkert"

    def test_not_by_a_colleague(self, places, done):
        assert not places.open(done, "kaj").may_reopen
        with pytest.raises(NotFound):
            places.reopen(done, "kaj", "Fordi")
        assert places.open(done).form.finished_at is not None

    def test_only_what_is_finished(self, places, check):
        with pytest.raises(PlaceFormNotFinished):
            places.reopen(check)


class TestDelete:
    def test_an_empty_one(self, places, check, town):
        places.delete(check)
        with pytest.raises(NotFound):
            places.open(check)
        assert town.trail()[-1].action == "place-form-deleted"

    def test_not_one_with_answers(self, places, check):
        places.save(check, "clear")
        with pytest.raises(PlaceFormNotEmpty):
            places.delete(check)
        assert places.open(check).form.answers

    @pytest.mark.parametrize("who", OTHERS)
    def test_not_by_others(self, places, check, who):
        with pytest.raises(NotFound):
            places.delete(check, who)


class TestShortReport:
    def test_of_a_finished_one(self, places, check):
        places.complete(check, clear="no")
        places.finish(check)
        report = places.report(check)
        assert report.verdict == "critical-breach"
        assert [one.id for one in report.to_do] == ["clear"]

    def test_not_before_it_is_finished(self, places, check):
        with pytest.raises(PlaceFormNotFinished):
            places.report(check)

    @pytest.mark.parametrize("who", OTHERS)
    def test_not_to_others(self, places, check, who):
        places.complete(check)
        places.finish(check)
        with pytest.raises(NotFound):
            places.report(check, who)

    def test_not_of_a_self_assessment(self, places, assessment):
        places.complete(assessment, "lis")
        places.finish(assessment, "lis")
        with pytest.raises(NotFound):
            places.report(assessment, "lis")


def test_every_act_has_its_sentence(places, town, check):
    places.save(check, "clear")
    places.complete(check)
    places.finish(check)
    places.reopen(check)
    places.delete(places.begin())
    places.close_round()
    places.open_report()
    done = {one.action for one in town.trail() if one.action.startswith(("place-", "report-seen"))}
    assert len(done) == 6
    assert done <= set(LOG)


def test_a_centre_that_is_renamed_keeps_its_forms(places, town, check, assessment):
    with town.acting() as (store, actor):
        store.centres.rename("Center Nord", "Center Nordvest")
        store.trail.add("centre-renamed", actor_id=actor.id, at=town.now)
    assert places.open(check).form.centre == "Center Nordvest"
    assert places.open(assessment, "lis").form.centre == "Center Nordvest"


def test_a_list_takes_as_many_statements_however_long(places, statements):
    places.begin()
    with statements() as few:
        places.listing()
    for _ in range(5):
        places.begin()
    with statements() as many:
        places.listing()
    assert len(many) == len(few)
