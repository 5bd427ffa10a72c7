"""The reports of a closed round, on both databases, and who may read them."""

import pytest
from small_round import KEY, OTHER_SEED, under_way

from lirk.domain.people import Role
from lirk.domain.reviews import CaseStatus
from lirk.domain.rounds import RoundNotIn, RoundUnknown
from lirk.errors import NotAllowed, NotFound
from lirk.services import reports
from lirk.services.identified_cases import identified_cases
from lirk.services.report_shelf import Kept, ReportShelf
from lirk.services.reports import CentreUnknown, Reader, centre_addresses, file_names
from lirk.wording import Wording

READER = Reader(municipality="Sydfjord Kommune", words=Wording("da"))


@pytest.fixture
def town(database, tmp_path, now):
    """A round whose cases anne and bo have in hand."""
    return under_way(database, tmp_path, now, "anne", "bo")


@pytest.fixture
def closed(town):
    """A closed round: anne found a case missing and one out of scope, and the rest is in order."""
    missing, outside, *_ = town.cases_of("anne")
    town.answer("anne", missing, value="", status=CaseStatus.NOT_FOUND)
    town.answer("anne", outside, value="", status=CaseStatus.OUT_OF_SCOPE)
    town.replace(outside)
    town.answer("anne", *list(town.cases_of("anne"))[2:])
    town.answer("bo", value="no", note="Uklart")
    town.close()
    return town


def centre_report(town, centre, *, who=None, key=KEY):
    with town.acting(who) as (store, actor):
        return reports.centre_report(store, actor, key, centre, reader=READER)


def overview(town, *, who=None):
    with town.acting(who) as (store, actor):
        return reports.overview(store, actor, KEY, reader=READER)


def all_reports(town, *, who=None):
    with town.acting(who) as (store, actor):
        return reports.all_reports(store, actor, KEY, reader=READER)


def refusal(step):
    """Return the kind of error that refuses a step, or None if it is taken."""
    try:
        step()
    except (NotFound, NotAllowed) as error:
        return type(error)
    return None


class TestCentreReport:
    def test_says_what_was_read(self, closed, now):
        report = centre_report(closed, "Center Nord")
        assert (report.municipality, report.round_key, report.issued_on) == (
            "Sydfjord Kommune",
            KEY,
            now.date(),
        )
        assert (report.population, report.drawn, report.reviewed, report.made_up) == (8, 3, 2, "")
        # A missing case counts as cannot be assessed; a replaced one is told, and counts nowhere.
        item = report.checklists[0].themes[0].items[0]
        assert (report.method.not_found, item.counts.cannot_assess) == (1, 1)
        statuses = [line.status for line in report.cases]
        assert (report.method.replaced, len(statuses), statuses.count("out-of-scope")) == (1, 4, 1)
        assert "26/N" not in repr(report), "a report knows no case by its number in the register"

    def test_a_centre_that_was_taken_whole(self, closed):
        report = centre_report(closed, "Center Øst")
        assert (report.population, report.drawn, report.method.replaced) == (2, 2, 0)

    def test_the_method_names_every_draw_and_counts_those_who_read(self, town):
        town.draw(seed=OTHER_SEED, reason="Forkert vidne")
        town.assign("bo")
        town.answer("bo")
        town.close()
        method = centre_report(town, "Center Nord").method
        assert [(draw.number, draw.reason) for draw in method.draws] == [(1, None), (2, "Forkert vidne")]
        assert method.reviewers == 1

    def test_a_centre_without_drawn_cases(self, closed):
        for centre in ("Center Vest", "Center Ingenting", ""):
            with pytest.raises(CentreUnknown) as refused:
                centre_report(closed, centre)
            assert refused.value.values == {"round": KEY, "centre": centre}

    def test_an_open_round(self, town):
        with pytest.raises(RoundNotIn):
            centre_report(town, "Center Nord")

    def test_no_such_round(self, town):
        with pytest.raises(RoundUnknown):
            centre_report(town, "Center Nord", key="2027-1")


class TestOverview:
    def test_tells_of_every_centre_also_without_cases_and_of_no_case(self, closed):
        value = overview(closed)
        assert "Center Vest" in repr(value.participation)
        assert "26/N" not in repr(value)

    def test_an_open_round(self, town):
        with pytest.raises(RoundNotIn):
            overview(town)


class TestAllReports:
    def test_one_for_each_centre_with_cases_in_danish_order(self, closed):
        centre_reports, value = all_reports(closed)
        assert [report.centre for report in centre_reports] == ["Center Nord", "Center Syd", "Center Øst"]
        assert centre_reports == tuple(centre_report(closed, report.centre) for report in centre_reports)
        assert value == overview(closed)

    def test_the_same_data_the_same_bytes(self, closed):
        (first, *_), value = all_reports(closed)
        (again, *_), _ = all_reports(closed)
        assert reports.centre_file(first, READER) == reports.centre_file(again, READER)
        assert reports.overview_file(value, READER).startswith(b"%PDF-")


class TestRights:
    #: What each role, in Center Nord, is told of: its own centre, another, the overview.
    TABLE = (
        (Role.COORDINATOR, None, None, None),
        (Role.CENTRE_LEADER, None, NotFound, None),
        (Role.CONTACT_PERSON, None, NotFound, NotAllowed),
        (Role.CHIEF_GROUP, NotAllowed, NotAllowed, None),
        (Role.REVIEWER, NotAllowed, NotAllowed, NotAllowed),
        (Role.ARCHIVIST, NotAllowed, NotAllowed, NotAllowed),
        (Role.ADMINISTRATOR, NotAllowed, NotAllowed, NotAllowed),
    )

    def test_each_role_reads_what_the_table_says(self, closed):
        for role, own, foreign, whole in self.TABLE:
            closed.add(role, role, centres=["Center Nord"])
            told = {
                "own": refusal(lambda who=role: centre_report(closed, "Center Nord", who=who)),
                "foreign": refusal(lambda who=role: centre_report(closed, "Center Syd", who=who)),
                "whole": refusal(lambda who=role: overview(closed, who=who)),
            }
            assert (role, told) == (role, {"own": own, "foreign": foreign, "whole": whole})

    def test_all_of_them_for_the_coordinator_only(self, closed):
        for role, *_ in self.TABLE:
            closed.add(role, role, centres=["Center Nord"])
            refused = refusal(lambda who=role: all_reports(closed, who=who))
            assert (refused is None) is (role is Role.COORDINATOR), role

    def test_a_leader_cannot_tell_a_foreign_centre_from_none(self, closed):
        closed.add("lis", Role.CENTRE_LEADER, centres=["Center Nord"])
        for centre in ("Center Syd", "Center Vest", "Center Ingenting"):
            with pytest.raises(NotFound) as refused:
                centre_report(closed, centre, who="lis")
            assert (refused.value.code, refused.value.values) == ("not-found", {})

    def test_no_report_writes_anything(self, closed):
        before = closed.trail()
        all_reports(closed)
        assert closed.trail() == before


class TestFileNames:
    @pytest.mark.parametrize(
        ("centres", "expected"),
        [
            pytest.param(("Center for Børn & Læring",), ["center-for-boern-og-laering.pdf"], id="Danish"),
            pytest.param(("Århus", "A\u030arhus II"), ["aarhus.pdf", "aarhus-ii.pdf"], id="composed or not"),
            pytest.param(("Café Ü",), ["cafe-u.pdf"], id="other letters"),
            pytest.param(("../etc/passwd",), ["etc-passwd.pdf"], id="a path"),
            pytest.param(("Nord", "NORD", "nord "), ["nord.pdf", "nord-2.pdf", "nord-3.pdf"], id="alike"),
            pytest.param(("Overview",), ["overview-2.pdf"], id="the overview's own name"),
            pytest.param(("???", "中心"), ["center.pdf", "center-2.pdf"], id="no letters"),
            pytest.param(("x" * 300,), [f"{'x' * 80}.pdf"], id="long"),
        ],
    )
    def test_each(self, centres, expected):
        assert list(file_names(centres).values()) == expected


class TestAddresses:
    def test_as_the_files_are_named_whatever_the_order(self):
        centres = ("Nord", "NORD", "Center for Børn & Læring")
        expected = {
            "Center for Børn & Læring": "center-for-boern-og-laering",
            "NORD": "nord-2",
            "Nord": "nord",
        }
        assert centre_addresses(centres) == centre_addresses(centres[::-1])
        assert centre_addresses(centres).keys() == expected.keys()
        assert set(centre_addresses(centres).values()) == set(expected.values())

    def at(self, town, address, *, who=None, key=KEY):
        with town.acting(who) as (store, actor):
            return reports.centre_report_at(store, actor, key, address, reader=READER)

    def test_a_report_is_found_by_its_address(self, closed):
        assert self.at(closed, "center-oest") == centre_report(closed, "Center Øst")

    def test_unknown_foreign_and_empty_centres_are_refused_in_the_same_words(self, closed):
        closed.add("lis", Role.CENTRE_LEADER, centres=["Center Nord"])
        refusals = set()
        for who, key, address in (
            ("lis", KEY, "center-syd"),
            ("lis", KEY, "center-vest"),
            ("lis", KEY, "nowhere"),
            ("lis", "2027-1", "center-nord"),
            (None, KEY, "nowhere"),
            (None, "2027-1", "center-nord"),
        ):
            with pytest.raises(NotFound) as refused:
                self.at(closed, address, who=who, key=key)
            refusals.add((refused.value.code, *refused.value.values.items()))
        assert refusals == {("not-found",)}

    def test_who_reads_no_reports_is_refused_whatever_the_address(self, closed):
        closed.add("chef", Role.CHIEF_GROUP)
        for address in ("center-nord", "nowhere"):
            with pytest.raises(NotAllowed):
                self.at(closed, address, who="chef")


class TestReadable:
    def listed(self, town, who=None):
        with town.acting(who) as (store, actor):
            return reports.readable_reports(store, actor)

    def test_the_coordinator_reads_all_in_danish_order(self, closed):
        (one,) = self.listed(closed)
        assert (one.key, one.title) == (KEY, "1. runde 2026")
        assert one.centres == (
            ("Center Nord", "center-nord"),
            ("Center Syd", "center-syd"),
            ("Center Øst", "center-oest"),
        )

    def test_a_leader_the_own_centres_only(self, closed):
        closed.add("lis", Role.CENTRE_LEADER, centres=["Center Syd", "Center Vest"])
        assert [one.centres for one in self.listed(closed, "lis")] == [(("Center Syd", "center-syd"),)]

    def test_in_two_statements(self, closed, statements):
        with closed.acting() as (store, actor), statements() as sent:
            reports.readable_reports(store, actor)
        assert len(sent) == 2

    def test_nothing_of_an_open_round(self, town):
        assert self.listed(town) == ()

    def test_who_reads_none_is_refused(self, closed):
        closed.add("arkivar", Role.ARCHIVIST)
        with pytest.raises(NotAllowed):
            self.listed(closed, "arkivar")


class TestShelf:
    """Computed once; rights are asked every time."""

    def reader(self):
        return Reader(municipality="Sydfjord Kommune", words=Wording("da"), shelf=ReportShelf())

    def read(self, town, reader, *, who=None, centre="Center Nord"):
        with town.acting(who) as (store, actor):
            return reports.centre_report(store, actor, KEY, centre, reader=reader)

    def test_the_kept_report_is_the_computed_one(self, closed):
        reader = self.reader()
        assert self.read(closed, reader) == self.read(closed, reader) == centre_report(closed, "Center Nord")

    def test_a_kept_report_is_read_in_seven_statements(self, closed, statements):
        reader = self.reader()
        self.read(closed, reader)
        with closed.acting() as (store, actor), statements() as sent:
            reports.centre_report(store, actor, KEY, "Center Nord", reader=reader)
        assert len(sent) == 7

    def test_a_report_is_read_in_twenty_statements_however_many_rounds_and_cases(self, closed, statements):
        def sent_for_one() -> int:
            with closed.acting() as (store, actor), statements() as sent:
                reports.centre_report(store, actor, KEY, "Center Nord", reader=READER)
            return len(sent)

        alone = sent_for_one()
        closed.new("2026-2")
        closed.draw(key="2026-2", seed=OTHER_SEED)
        assert (alone, sent_for_one()) == (20, 20)

    def test_what_is_kept_opens_nothing_for_others(self, closed):
        reader = self.reader()
        self.read(closed, reader)
        closed.add("lis", Role.CENTRE_LEADER, centres=["Center Syd"])
        with pytest.raises(NotFound):
            self.read(closed, reader, who="lis")

    def test_each_centre_and_language_is_kept_for_itself(self, closed):
        shelf = ReportShelf()
        found = {
            (self.read(closed, reader, centre=centre).centre, language)
            for language in ("da", "en")
            for reader in [Reader(municipality="K", words=Wording(language), shelf=shelf)]
            for centre in ("Center Nord", "Center Syd")
        }
        assert len(found) == 4
        english = Reader(municipality="K", words=Wording("en"), shelf=shelf)
        assert self.read(closed, english).checklists[0].title == "Letters"

    def test_the_one_not_asked_for_longest_makes_room(self):
        kept, made = Kept(room=2), []
        for key in "aababcab":
            kept.get(key, lambda key=key: made.append(key))
        assert made == ["a", "b", "c", "a", "b"]


class TestIdentifiedCases:
    def cases(self, town, address="center-nord", *, who=None):
        with town.acting(who) as (store, actor):
            return identified_cases(store, actor, KEY, address, reader=READER, now=town.now)

    def test_running_number_and_case_number_side_by_side(self, closed):
        found = self.cases(closed)
        known = closed.cases()
        assert found.report.centre == "Center Nord"
        assert {case.number: case.case_id for case in found.cases} == {
            number: case.case_id for number, case in known.items() if case.centre == "Center Nord"
        }

    @pytest.mark.parametrize("address", ["center-nord", "center-syd", "center-oest"])
    def test_the_cases_of_each_finding_are_as_many_as_the_report_says(self, closed, address):
        found = self.cases(closed, address)
        for finding in found.report.findings:
            here = [
                breach
                for case in found.cases
                for breach in case.breaches
                if (breach.checklist_id, breach.item_id) == (finding.checklist_id, finding.item.item_id)
            ]
            counts = finding.item.counts
            assert (len(here), sum(breach.partly for breach in here)) == (counts.breached, counts.partly)
        assert all(not case.breaches for case in found.cases if case.status == "not-found")

    def test_the_trail_says_who_looked_and_names_no_case(self, closed):
        closed.add("kim", Role.CONTACT_PERSON, centres=["Center Nord"])
        self.cases(closed, who="kim")
        entry = closed.trail()[-1]
        assert (entry.action, dict(entry.about)) == (
            "cases-identified",
            {"round": KEY, "centre": "Center Nord", "cases": 4},
        )

    def test_only_the_coordinator_and_the_own_centres_people(self, closed):
        for role, *_ in TestRights.TABLE:
            closed.add(role, role, centres=["Center Nord"])
            own = refusal(lambda who=role: self.cases(closed, who=who))
            foreign = refusal(lambda who=role: self.cases(closed, "center-syd", who=who))
            expected = {
                Role.COORDINATOR: (None, None),
                Role.CENTRE_LEADER: (None, NotFound),
                Role.CONTACT_PERSON: (None, NotFound),
            }
            assert (own, foreign) == expected.get(role, (NotAllowed, NotAllowed)), role
