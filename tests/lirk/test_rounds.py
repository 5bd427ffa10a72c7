"""A round from the frozen frame to the closed reviews, on both databases."""

import json
from datetime import date

import pytest
from small_round import (
    CENTRES,
    CHECKLIST,
    KEY,
    OTHER_SEED,
    SECRET_KEY,
    SEED,
    Municipality,
    under_way,
    write_files,
)

from lirk.domain.assignment import NobodyMayRead, NoReviewers, NotAReviewer
from lirk.domain.draws import (
    DrawNeedsReason,
    FingerprintDiffers,
    NoReserveLeft,
    ReplacementNeedsReason,
    SeedUsed,
)
from lirk.domain.people import Role
from lirk.domain.reviews import CaseRole, CaseStatus
from lirk.domain.rounds import (
    CaseUnknown,
    ChecklistTwice,
    OutcomeStrataNotReported,
    RoundExists,
    RoundKeyMalformed,
    RoundNotIn,
    RoundState,
    RoundUnknown,
)
from lirk.domain.settling import CaseIsFinding, CaseReviewed, DrawAfterAnswers, runs
from lirk.errors import NotAllowed, ProblemsFound
from lirk.services import rounds
from lirk.services.draws import verify_certificate
from lirk.services.files import write_document
from lirk.services.people import PersonUnknown, SecretKeyMissing, caseworker_hash
from lirk.services.samples import latest_cases


@pytest.fixture
def town(database, tmp_path, now):
    """A municipality before its first round."""
    write_files(tmp_path)
    return Municipality(database, tmp_path, now)


@pytest.fixture
def drawn(database, tmp_path, now):
    return under_way(database, tmp_path, now)


@pytest.fixture
def reviewed(database, tmp_path, now):
    """A round whose cases anne and bo have in hand."""
    return under_way(database, tmp_path, now, "anne", "bo")


def actions(town):
    return [entry.action for entry in town.trail()]


class TestNewRound:
    def test_is_kept_with_frame_period_and_checklist(self, town, now):
        made, freeze = town.new()
        assert (made.key, made.state, made.created_at) == (KEY, RoundState.COMMITTED, now)
        assert (made.first_day, made.last_day) == (date(2026, 1, 1), date(2026, 6, 30))
        with town.acting() as (store, _):
            frame = store.rounds.frame(made.id)
            pinned = store.rounds.checklists(made.id)
        assert frame.freeze == json.loads(json.dumps(freeze))
        assert frame.strata == {**CENTRES, "Center Vest": 0}
        assert [(one.checklist_id, one.version, one.text) for one in pinned] == [("breve", 1, CHECKLIST)]

    def test_says_so_in_the_trail(self, town):
        _, freeze = town.new()
        entry = town.trail()[-1]
        assert entry.action == "frame-frozen"
        assert entry.about["fingerprint"] == freeze["frame"]["fingerprint"]
        assert entry.about["checklists"] == ["breve/1"]

    def test_knows_the_centres_also_without_cases(self, town):
        town.new()
        with town.acting() as (store, _):
            assert set(store.centres.all()) == {*CENTRES, "Center Vest"}

    def test_a_key_that_is_none(self, town):
        for key in ("", "2026 1", "2026/1", "Runde", "-1", "1" * 41, "2026-1\n", "æ"):
            with pytest.raises(RoundKeyMalformed):
                town.new(key)
        assert actions(town) == ["person-added"]

    def test_a_key_that_is_taken(self, town):
        town.new()
        before = town.trail()
        with pytest.raises(RoundExists):
            town.new()
        assert town.trail() == before

    def test_one_checklist_twice(self, town):
        with pytest.raises(ChecklistTwice):
            town.new(checklists=(CHECKLIST, CHECKLIST.replace("version = 1", "version = 2")))

    def test_a_checklist_with_problems(self, town):
        with pytest.raises(ProblemsFound):
            town.new(checklists=("nonsense",))

    def test_strata_by_outcome(self, town):
        write_files(town.folder, strata='["centre", "outcome_group"]')
        with pytest.raises(OutcomeStrataNotReported):
            town.new()

    def test_a_reviewer_makes_none(self, town):
        town.add("anne")
        with pytest.raises(NotAllowed):
            town.new(who="anne")


class TestDrawRound:
    def test_takes_so_many_of_each_centre_and_all_where_there_are_fewer(self, drawn):
        cases = drawn.cases()
        counts = {centre: [case.centre for case in cases.values()].count(centre) for centre in CENTRES}
        assert counts == {"Center Nord": 3, "Center Syd": 3, "Center Øst": 2}
        assert list(cases) == list(range(1, 9))
        assert drawn.round().state is RoundState.DRAWN

    def test_keeps_of_a_row_what_its_review_needs(self, drawn):
        case = next(case for case in drawn.cases().values() if case.case_id == "26/N06")
        assert case.decision_date == date(2026, 3, 6)
        assert case.link == "https://esdh.example/26/N06"
        assert (case.outcome, dict(case.facts)) == ("refusal", {"outcome": "refusal"})

    def test_holds_a_reserve_without_numbers_and_without_reviews(self, drawn):
        with drawn.acting() as (store, _):
            cases = latest_cases(store, store.rounds.by_key(KEY))
            reviews = store.reviews.of(store.rounds.by_key(KEY).id)
        reserve = [case for case in cases if case.role is CaseRole.RESERVE]
        assert [case.centre for case in reserve] == ["Center Nord"] * 2 + ["Center Syd"] * 2
        assert all(case.number is None for case in reserve)
        assert not {case.id for case in reserve} & {review.case_id for review in reviews}

    def test_the_kept_certificate_holds(self, drawn, tmp_path):
        with drawn.acting() as (store, _):
            (draw,) = store.draws.of(store.rounds.by_key(KEY).id)
        assert draw.certificate["digest"] == draw.digest
        assert verify_certificate(draw.certificate, tmp_path / "register.csv").holds

    def test_says_so_in_the_trail(self, drawn):
        entry = drawn.trail()[-1]
        assert (entry.action, entry.about["seed"], entry.about["number"]) == ("cases-drawn", SEED, 1)

    def test_caseworkers_are_kept_as_a_hash_only(self, database, tmp_path, now):
        town = under_way(database, tmp_path, now, caseworkers=True)
        kept = {case.case_id: case.caseworker_hash for case in town.cases().values()}
        assert kept["26/N01"] == caseworker_hash("IDA", SECRET_KEY)
        assert kept["26/N08"] == caseworker_hash("OLE", SECRET_KEY)
        assert all("caseworker" not in case.facts for case in town.cases().values())

    def test_caseworkers_without_a_key(self, town, monkeypatch):
        write_files(town.folder, caseworkers=True)
        town.new()
        before = town.trail()
        monkeypatch.setattr("small_round.SECRET_KEY", None)
        with pytest.raises(SecretKeyMissing):
            town.draw()
        assert (town.trail(), town.cases(), town.round().state) == (before, {}, RoundState.COMMITTED)

    def test_another_register(self, town):
        town.new()
        before = town.trail()
        with (town.folder / "register.csv").open("a", encoding="utf-8") as file:
            file.write("26/N99;Center Nord;2026-03-01;Bevilget;;\n")
        with pytest.raises(FingerprintDiffers) as refused:
            town.draw()
        assert "fingerprint-other" in [problem.code for problem in refused.value.problems]
        assert (town.trail(), town.cases()) == (before, {})

    def test_no_such_round(self, town):
        town.new()
        with pytest.raises(RoundUnknown):
            town.draw(key="2027-1")


class TestFurtherDraw:
    def test_needs_a_reason(self, drawn):
        with pytest.raises(DrawNeedsReason):
            drawn.draw(seed=OTHER_SEED)

    def test_needs_another_seed(self, drawn):
        with pytest.raises(SeedUsed):
            drawn.draw(reason="Forkert vidne")

    def test_takes_the_place_of_the_one_before_which_stays_on_record(self, drawn):
        first = drawn.cases()
        certificate = drawn.draw(seed=OTHER_SEED, reason="Forkert vidne")
        with drawn.acting() as (store, _):
            draws = store.draws.of(store.rounds.by_key(KEY).id)
        assert [(draw.number, draw.reason) for draw in draws] == [(1, None), (2, "Forkert vidne")]
        assert certificate["previous"] == draws[0].digest
        assert not set(drawn.cases()) & set(first)
        assert drawn.progress().cases == 8

    def test_is_possible_until_somebody_has_read(self, reviewed):
        reviewed.draw(seed=OTHER_SEED, reason="Forkert vidne")
        assert reviewed.round().state is RoundState.DRAWN
        assert reviewed.progress().unassigned == 8
        # What the earlier draw gave them does not weigh: nobody will read it.
        assert reviewed.assign("anne", "bo") == {"anne": 4, "bo": 4}

    @pytest.mark.parametrize("said", [{"value": "yes"}, {"value": "", "status": CaseStatus.NOT_FOUND}])
    def test_is_refused_after_the_first_word(self, reviewed, said):
        reviewed.answer("anne", next(iter(reviewed.cases_of("anne"))), **said)
        before = reviewed.trail()
        with pytest.raises(DrawAfterAnswers):
            reviewed.draw(seed=OTHER_SEED, reason="Forkert vidne")
        assert reviewed.trail() == before

    def test_a_case_in_both_draws_is_replaced_in_the_later_one(self, reviewed):
        first = {case.case_id: number for number, case in reviewed.cases().items()}
        reviewed.draw(seed=OTHER_SEED, reason="Forkert vidne")
        again = next(
            case for case in reviewed.cases().values() if case.case_id in first and "N" in case.case_id
        )
        with pytest.raises(CaseUnknown):
            reviewed.replace(first[again.case_id])
        reviewed.replace(again.number)
        assert reviewed.cases()[again.number].status is CaseStatus.OUT_OF_SCOPE


class TestAssignCases:
    def test_evenly_and_told_in_the_trail(self, reviewed):
        assert len(reviewed.cases_of("anne")) == len(reviewed.cases_of("bo")) == 4
        assert reviewed.round().state is RoundState.REVIEWING
        assert reviewed.trail()[-1].about == {"round": KEY, "cases": {"anne": 4, "bo": 4}}

    def test_a_second_time_gives_nothing_new(self, reviewed):
        before = reviewed.cases_of("anne")
        assert reviewed.assign("anne", "bo") == {"anne": 0, "bo": 0}
        assert reviewed.cases_of("anne") == before

    def test_again_shares_out_what_nobody_has_begun(self, reviewed):
        begun = next(iter(reviewed.cases_of("anne")))
        reviewed.answer("anne", begun)
        reviewed.add("carl")
        assert reviewed.assign("carl", again=True) == {"carl": 7}
        assert list(reviewed.cases_of("anne")) == [begun]

    def test_who_has_cases_already_gets_fewer(self, reviewed):
        reviewed.answer("anne")
        reviewed.add("carl")
        assert reviewed.assign("anne", "carl", again=True) == {"anne": 0, "carl": 4}

    def test_nobody_reads_a_case_of_their_own(self, database, tmp_path, now):
        town = under_way(database, tmp_path, now, caseworkers=True)
        town.add("ida", caseworker_code="ida")
        town.add("anne")
        town.assign("ida", "anne")
        cases = town.cases()
        own = {
            number
            for number, case in cases.items()
            if case.caseworker_hash == caseworker_hash("IDA", SECRET_KEY)
        }
        assert own
        assert not own & town.cases_of("ida").keys()

    def test_refused_and_nothing_kept(self, drawn):
        drawn.add("lis", Role.REVIEWER, Role.CENTRE_LEADER, centres=["Center Nord"])
        before = drawn.trail()
        refused = (
            ((), NoReviewers),
            (("ukendt",), PersonUnknown),
            (("koordinator",), NotAReviewer),
            (("lis",), NobodyMayRead),
        )
        for usernames, error in refused:
            with pytest.raises(error):
                drawn.assign(*usernames)
        assert (drawn.trail(), drawn.round().state) == (before, RoundState.DRAWN)


class TestReplaceCase:
    def test_by_the_next_reserve_case_for_the_same_reviewer(self, reviewed):
        called, certificate = reviewed.replace(1)
        assert (called.number, called.centre, called.role) == (9, "Center Nord", CaseRole.RESERVE)
        assert certificate["replacements"][0]["in"] == called.case_id
        assert reviewed.cases()[1].status is CaseStatus.OUT_OF_SCOPE
        assert reviewed.reviews()[9].reviewer_id == reviewed.reviews()[1].reviewer_id
        assert reviewed.trail()[-1].about["reason"] == "Ingen afgørelse"

    def test_the_renewed_certificate_holds(self, reviewed, tmp_path):
        _, certificate = reviewed.replace(1)
        with reviewed.acting() as (store, _):
            (draw,) = store.draws.of(store.rounds.by_key(KEY).id)
        assert draw.digest == certificate["digest"]
        write_document(tmp_path / "certificate.json", certificate)
        assert verify_certificate(
            json.loads((tmp_path / "certificate.json").read_text(encoding="utf-8")), tmp_path / "register.csv"
        ).holds

    def test_the_case_that_took_its_place_may_be_replaced_too(self, reviewed):
        first, _ = reviewed.replace(1)
        second, certificate = reviewed.replace(first.number)
        assert second.number == 10
        assert [one["out"] for one in certificate["replacements"]] == [
            reviewed.cases()[1].case_id,
            first.case_id,
        ]

    def test_not_to_somebody_who_handled_the_new_case(self, database, tmp_path, now):
        town = under_way(database, tmp_path, now, caseworkers=True)
        town.add("ole", caseworker_code="OLE")
        town.add("anne")
        own = [number for number, case in town.cases().items() if case.case_id.endswith("01")]
        town.assign("ole", "anne")
        number = next(number for number in own if number in town.cases_of("ole") and number != 8)
        called, _ = town.replace(number)
        assert town.reviews()[called.number].reviewer_id is None
        assert town.progress().unassigned == 1
        assert town.assign("anne") == {"anne": 1}

    @pytest.mark.parametrize("status", [CaseStatus.NOT_FOUND, CaseStatus.NO_ACCESS])
    def test_a_case_that_was_not_found_stays(self, reviewed, status):
        number = next(iter(reviewed.cases_of("anne")))
        reviewed.answer("anne", number, value="", status=status)
        with pytest.raises(CaseIsFinding):
            reviewed.replace(number)

    def test_a_case_that_was_read_stays(self, reviewed):
        number = next(iter(reviewed.cases_of("anne")))
        reviewed.answer("anne", number)
        with pytest.raises(CaseReviewed):
            reviewed.replace(number)

    def test_refused_and_nothing_kept(self, reviewed):
        before = reviewed.trail()
        refused = (
            (99, "Ingen afgørelse", CaseUnknown),
            (1, " ", ReplacementNeedsReason),
            (8, "Ingen afgørelse", NoReserveLeft),  # of a centre that was taken whole
        )
        for number, reason, error in refused:
            with pytest.raises(error):
                reviewed.replace(number, reason=reason)
        assert reviewed.trail() == before
        assert {case.status for case in reviewed.cases().values()} == {CaseStatus.TO_REVIEW}


class TestCloseRound:
    def test_when_everything_is_read(self, reviewed, now):
        reviewed.answer("anne")
        reviewed.answer("bo")
        closed = reviewed.close()
        assert (closed.state, closed.closed_at) == (RoundState.CLOSED, now)
        assert reviewed.trail()[-1].action == "round-closed"

    def test_every_case_that_is_left_is_named(self, reviewed):
        reviewed.answer("anne")
        number = next(iter(reviewed.cases_of("bo")))
        reviewed.answer("bo", number, value="", status=CaseStatus.OUT_OF_SCOPE)
        with pytest.raises(ProblemsFound) as refused:
            reviewed.close()
        told = {problem.code: problem.values["numbers"] for problem in refused.value.problems}
        left = runs([one for one in reviewed.cases_of("bo") if one != number])
        assert told == {"cases-not-replaced": [str(number)], "cases-not-reviewed": left}
        assert reviewed.round().state is RoundState.REVIEWING

    def test_a_case_that_was_not_found_is_settled(self, reviewed):
        reviewed.answer("anne", value="", status=CaseStatus.NOT_FOUND)
        reviewed.answer("bo")
        assert reviewed.close().state is RoundState.CLOSED

    def test_an_unassigned_replacement_keeps_it_open(self, reviewed):
        reviewed.answer("anne")
        reviewed.answer("bo", *list(reviewed.cases_of("bo"))[1:])
        called, _ = reviewed.replace(next(iter(reviewed.cases_of("bo"))))
        with pytest.raises(ProblemsFound) as refused:
            reviewed.close()
        assert [problem.values["numbers"] for problem in refused.value.problems] == [[str(called.number)]]


class TestStates:
    """Each step in each state: taken, or refused with the state that the round is in."""

    @pytest.mark.parametrize(
        ("state", "steps"),
        [
            pytest.param(
                RoundState.COMMITTED, {"assign", "replace", "close", "sheet", "hand in"}, id="committed"
            ),
            pytest.param(RoundState.DRAWN, {"close", "sheet", "hand in"}, id="drawn"),
            pytest.param(
                RoundState.CLOSED, {"draw", "assign", "replace", "close", "sheet", "hand in"}, id="closed"
            ),
        ],
    )
    def test_refused(self, town, state, steps):
        town.add("anne")
        town.new()
        if state is not RoundState.COMMITTED:
            town.draw()
        if state is RoundState.CLOSED:
            town.assign("anne")
            town.answer("anne")
            town.close()
        before = town.trail()
        taken = {
            "draw": lambda: town.draw(seed=OTHER_SEED, reason="Forkert vidne"),
            "assign": lambda: town.assign("anne"),
            "replace": lambda: town.replace(1),
            "close": town.close,
            "sheet": lambda: town.sheet("anne"),
            "hand in": lambda: town.answer("anne"),
        }
        for step in sorted(steps):
            with pytest.raises(RoundNotIn) as refused:
                taken[step]()
            assert refused.value.values["state"] is state
        assert town.trail() == before


class TestReading:
    def test_progress_counts(self, reviewed):
        reviewed.answer("anne")
        reviewed.answer("bo", next(iter(reviewed.cases_of("bo"))), value="", status=CaseStatus.NOT_FOUND)
        state = reviewed.progress()
        assert (state.cases, state.reviews, state.finished, state.unassigned) == (7, 7, 4, 0)
        assert state.by_reviewer == (("Anne", 4, 4), ("Bo", 0, 3))

    def test_progress_before_the_draw(self, town):
        town.new()
        assert town.progress().cases == 0

    def test_reviewed_case_ids_leave_out_what_was_not_read(self, reviewed):
        number, case_id = next(iter(reviewed.cases_of("anne").items()))
        reviewed.answer("anne", number, value="", status=CaseStatus.NOT_FOUND)
        with reviewed.acting() as (store, actor):
            ids = rounds.reviewed_case_ids(store, actor, KEY)
        assert len(ids) == 7
        assert case_id not in ids

    def test_all_rounds_in_the_order_in_which_they_were_made(self, town):
        for key in ("b", "a"):
            town.new(key)
        with town.acting() as (store, actor):
            assert [one.key for one in rounds.all_rounds(store, actor)] == ["b", "a"]

    @pytest.mark.parametrize("read", [rounds.progress, rounds.reviewed_case_ids])
    def test_not_for_reviewers(self, reviewed, read):
        with reviewed.acting("anne") as (store, actor), pytest.raises(NotAllowed):
            read(store, actor, KEY)


class TestRights:
    def test_a_reviewer_runs_no_round(self, reviewed):
        before = reviewed.trail()
        steps = (
            lambda: reviewed.draw(seed=OTHER_SEED, reason="x", who="anne"),
            lambda: reviewed.assign("anne", who="anne"),
            lambda: reviewed.replace(1, who="anne"),
            lambda: reviewed.close(who="anne"),
        )
        for step in steps:
            with pytest.raises(NotAllowed):
                step()
        assert reviewed.trail() == before
