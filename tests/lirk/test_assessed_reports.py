"""What the leader thought, agreement and hours in the report of the own centre, and nowhere else; on both databases."""

import json

import pytest
from archived_round import archived, closed_round
from places import Places, town_with_places
from small_round import KEY

from lirk.reports.data_files import centre_json, overview_json
from lirk.services import reports
from lirk.services.reports import Reader
from lirk.wording import Wording

READER = Reader(municipality="Sydfjord Kommune", words=Wording("da"))


@pytest.fixture
def places(database, tmp_path, now):
    return Places(town_with_places(database, tmp_path, now))


def report(places, centre="Center Nord"):
    with places.town.acting() as (store, actor):
        return reports.centre_report(store, actor, KEY, centre, reader=READER)


class TestAssessment:
    @pytest.fixture
    def answered(self, places):
        """Lis has answered everything about Center Nord, and the round is closed."""
        form = places.assess()
        places.complete(form, "lis")
        places.close_round()
        return form

    def test_stands_in_the_own_centre_s_report_once_it_is_finished(self, places, answered):
        assert report(places).assessment is None
        places.finish(answered, "lis")
        found = report(places).assessment
        assert (found.checklist_id, found.version) == ("lederens-selvvurdering", 1)
        assert found.items[0].theme_id == "start-and-competence"
        assert {one.answer for one in found.items} == {"1 (1–10)"}

    def test_and_in_no_other_report_and_not_in_the_overview(self, places, answered):
        places.finish(answered, "lis")
        assert report(places, "Center Syd").assessment is None
        with places.town.acting() as (store, actor):
            written, whole = reports.all_reports(store, actor, KEY, reader=READER)
        assert [one.centre for one in written if one.assessment] == ["Center Nord"]
        assert "selvvurdering" not in overview_json(whole).decode()

    def test_notes_stay_with_the_form(self, places):
        form = places.assess()
        places.complete(form, "lis")
        first = places.open(form, "lis").walk.questions[0]
        places.save(form, first.id, "2", who="lis", version=first.version, note="Vi vil have et fast trin")
        places.close_round()
        places.finish(form, "lis")
        told = report(places)
        assert told.assessment.items[0].answer == "2 (1–10)"
        assert "fast trin" not in centre_json(told).decode()


class TestMethod:
    @pytest.fixture
    def kept(self, database, tmp_path, now):
        return archived(closed_round(database, tmp_path, now))

    def test_agreement_is_of_the_whole_round(self, kept):
        for told in kept.reports.values():
            [line] = told.method.agreement
            assert (line.checklist_id, line.cases) == ("breve", 1)
            assert (line.pairs, line.alike) == (told.method.pairs, told.method.alike)

    def test_hours_of_one_person_are_not_told(self, kept):
        assert {told.method.hours for told in kept.reports.values()} == {None}
        assert {told.method.hours_planned > 0 for told in kept.reports.values()} == {True}

    def test_neither_stands_in_the_overview(self, kept):
        read = json.loads(overview_json(kept.overview))["method"]
        assert (read["agreement"], read["hours"], read["hours_planned"]) == ([], None, 0)
