"""The page of a published report says what its files say, whatever is changed afterwards; on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from granted import grant
from places import Places, town_with_places
from small_round import CHECKLIST, KEY, OTHER_SEED, SEED, Municipality, answers_to, planned_in, write_files

from lirk.domain.corrections import TypedCorrection
from lirk.domain.finding_texts import FindingText
from lirk.domain.meetings import Meeting
from lirk.reports.data_files import centre_json
from lirk.services import (
    copies,
    corrections,
    kept_reports,
    meetings,
    publishing,
    report_stages,
    reports,
    reviews,
    rounds,
)
from lirk.services.report_shelf import ReportShelf
from lirk.services.reports import Reader
from lirk.wording import Wording

READER = Reader(municipality="Sydfjord Kommune", words=Wording("da"))
NORTH, PLACE = "Center Nord", "center-nord"
FIRST, SECOND = KEY, "2026-2"


def measured(town, key, seed):
    """A closed round in which everything was answered no; each is closed a day after the one before."""
    town.now += timedelta(days=1)
    with town.acting() as (store, actor):
        rounds.new_round(
            store,
            actor,
            key=key,
            title=f"Runde {key}",
            planned=planned_in(town.folder),
            checklists=(CHECKLIST,),
            salt="salt",
            now=town.now,
        )
    town.draw(key=key, seed=seed)
    with town.acting() as (store, actor):
        rounds.assign_cases(store, actor, key, reviewers=["anne"], now=town.now)
        cases = {one.number: one.case_id for one in reviews.sheet_for(store, actor, key, "anne").cases}
        given = replace(answers_to("anne", cases, value="no"), round_key=key)
        reviews.import_answers(store, actor, key, given, now=town.now)
        rounds.close_round(store, actor, key, now=town.now)


@pytest.fixture
def town(database, tmp_path, now):
    """Two closed rounds; the second one's report about Center Nord is with its leader."""
    write_files(tmp_path)
    made = Municipality(database, tmp_path, now)
    made.add("anne")
    measured(made, FIRST, SEED)
    measured(made, SECOND, OTHER_SEED)
    send(made, SECOND)
    return made


def send(town, key):
    with town.acting() as (store, actor):
        day = (town.now + timedelta(days=14)).date()
        report_stages.send_report(store, actor, key, NORTH, day, now=town.now)


def publish(town, key=SECOND):
    return publishing.publish_report(town.acting, key, NORTH, reader=READER, without_reply=True, now=town.now)


def report(town, key=SECOND, *, reader=READER):
    with town.acting() as (store, actor):
        return reports.centre_report(store, actor, key, NORTH, reader=reader)


def handed_out(town, kind, key=SECOND):
    with town.acting() as (store, actor):
        return publishing.kept_or_report(store, actor, key, NORTH, kind, reader=READER)


def in_force(town, key=SECOND, *, reader=READER):
    with town.acting() as (store, actor):
        return publishing.in_force_at(store, actor, key, PLACE, reader=reader)


def correct_earlier_round(town):
    """Three answers of the round before count otherwise from now on."""
    town.now += timedelta(hours=1)
    with town.acting() as (store, _):
        grant(store, FIRST, town.now)
        round_ = store.rounds.by_key(FIRST)
        numbers = [case.number for case in store.cases.of(round_.id, centre=NORTH) if case.number]
    for number in numbers:
        with town.acting() as (store, actor):
            place = (store, actor, FIRST, NORTH)
            seen = corrections.answers_to_correct(*place, "breve", "clear", reader=READER).seen
            typed = TypedCorrection(
                checklist_id="breve", item_id="clear", number=number, value="yes", reason="Bilag.", seen=seen
            )
            corrections.correct_answer(*place, typed, reader=READER, now=town.now)


def change_a_text(town):
    """As an import might, past the rule that nothing is written in a published report."""
    text = FindingText(checklist_id="breve", item_id="clear", seen="Noget andet.", version=1)
    with town.acting() as (store, actor):
        round_ = store.rounds.by_key(SECOND)
        store.finding_texts.keep(round_.id, NORTH, text, at=town.now, by=actor.id)
        store.trail.add("test", actor_id=None, at=town.now)


class TestWhatIsKept:
    @pytest.mark.parametrize("change", [correct_earlier_round, change_a_text])
    def test_page_and_files_stay_the_same_whatever_is_changed(self, town, change):
        publish(town)
        before, file = report(town), handed_out(town, "json")
        assert before.stage is not None
        change(town)
        assert report(town) == before
        assert handed_out(town, "json") == file == centre_json(report(town))
        assert not in_force(town).computed_anew

    @pytest.mark.parametrize("change", [correct_earlier_round, change_a_text])
    def test_without_it_they_would_not(self, town, change, monkeypatch):
        monkeypatch.setattr(publishing, "value_files", lambda _: {})
        publish(town)
        before = report(town)
        change(town)
        assert report(town) != before
        assert in_force(town).computed_anew

    def test_each_language_is_kept_for_itself_with_the_name_of_the_municipality_then(self, town):
        publish(town)
        for language, question in (("da", "Er brevet klart?"), ("en", "Is the letter clear?")):
            found = report(town, reader=Reader(municipality="Et andet navn", words=Wording(language)))
            assert found.municipality == "Sydfjord Kommune"
            assert found.findings[0].item.question == question

    def test_a_draft_is_computed(self, town):
        before = report(town).series
        correct_earlier_round(town)
        assert report(town).series != before
        assert in_force(town) is None

    def test_opened_again_it_is_computed_anew_until_the_next_version_is_out(self, town):
        publish(town)
        kept = report(town)
        correct_earlier_round(town)
        with town.acting() as (store, actor):
            report_stages.reopen_report(store, actor, SECOND, NORTH, "Et tal.", now=town.now)
        draft = report(town)
        assert draft.series != kept.series
        found = in_force(town)
        assert (found.version, found.replaced_soon, found.computed_anew) == (1, True, False)
        publish(town)
        assert report(town).series == draft.series
        assert report(town).stage.version == 2

    def test_the_meeting_is_told_as_it_stands_now(self, town):
        publish(town)
        kept = report(town)
        held = Meeting(held_on=town.now.date(), leader=True, agreed="Et fast trin.")
        with town.acting() as (store, actor):
            meetings.record_meeting(store, actor, SECOND, PLACE, held, now=town.now)
        found = report(town)
        assert found.meeting.agreed == "Et fast trin."
        assert replace(found, meeting=None) == kept

    def test_what_this_program_cannot_read_is_computed_and_said(self, town, monkeypatch):
        publish(town)
        before = report(town)
        monkeypatch.setattr(kept_reports, "report_in", lambda _: None)
        assert in_force(town).computed_anew
        correct_earlier_round(town)
        assert report(town).series != before.series

    def test_from_a_shelf_it_is_the_same(self, town):
        publish(town)
        shelved = replace(READER, shelf=ReportShelf())
        assert report(town, reader=shelved) == report(town, reader=shelved) == report(town)
        correct_earlier_round(town)
        assert report(town, reader=shelved) == report(town)

    def test_the_copy_for_others_is_made_of_it(self, town):
        def copied():
            with town.acting() as (store, actor):
                return copies.copy_at(store, actor, SECOND, PLACE, reader=READER)

        publish(town)
        before = copied()
        correct_earlier_round(town)
        assert copied() == before


class TestSelfAssessment:
    def test_one_that_is_finished_later_changes_nothing(self, database, tmp_path, now):
        places = Places(town_with_places(database, tmp_path, now))
        form = places.assess()
        places.complete(form, "lis")
        places.close_round()
        send(places.town, KEY)
        publish(places.town, KEY)
        before = report(places.town, KEY)
        places.finish(form, "lis")
        assert report(places.town, KEY) == before
        assert before.assessment is None
