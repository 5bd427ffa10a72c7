"""Drawn cases and the reserve, kept and read again."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError
from stored import add_draw, add_round, case

from lirk.domain.reviews import CaseRole, CaseStatus
from lirk.errors import NotFound


class TestAddAll:
    def test_a_case_comes_back_as_added_with_an_id_of_its_own(self, database, now, drawn):
        whole = case(
            drawn.round.id,
            drawn.draw.id,
            "26/Ø 9",
            number=3,
            centre="Center Vest",
            stratum="Center Vest/afslag",
            role=CaseRole.MAIN,
            rank=7,
            ticket="a" * 64,
            status=CaseStatus.NO_ACCESS,
            decision_date=date(2026, 2, 28),
            case_type="Byggetilladelse",
            outcome="refusal",
            facts={"outcome": "refusal", "hearing": "ja"},
            link="https://esdh.example/26-9",
            caseworker_hash="c" * 64,
        )
        with database.begin() as store:
            store.cases.add_all([whole])
            store.trail.add("cases-drawn", actor_id=None, at=now)
        with database.begin() as store:
            kept = store.cases.by_number(drawn.round.id, 3)
            assert kept == replace(whole, id=kept.id)
            assert kept.id not in {0, *(one.id for one in drawn.cases)}

    def test_centres_that_were_unknown_are_added(self, database, drawn):
        with database.begin() as store:
            assert store.centres.all() == ("Center Nord", "Center Øst")

    def test_many_cases_are_added_in_few_statements(self, database, now, drawn, statements):
        many = [case(drawn.round.id, drawn.draw.id, f"26/9{index}", rank=index) for index in range(500)]
        with database.begin() as store:
            with statements() as counted:
                store.cases.add_all(many)
            store.trail.add("cases-drawn", actor_id=None, at=now)
            assert len(store.cases.of(drawn.round.id)) == 503
        assert len(counted) == 2

    def test_no_cases_are_no_write(self, database):
        with database.begin() as store:
            store.cases.add_all([])

    @pytest.mark.parametrize(
        "again",
        [
            pytest.param({"case_id": "26/001"}, id="the same case in one draw"),
            pytest.param({"case_id": "26/009", "number": 1}, id="the same running number in one round"),
            pytest.param({"case_id": "26/009", "draw_id": 4711}, id="a draw that is not there"),
        ],
    )
    def test_refused(self, database, drawn, again):
        values = {"round_id": drawn.round.id, "draw_id": drawn.draw.id, **again}
        with pytest.raises(IntegrityError), database.begin() as store:
            store.cases.add_all([case(**values)])


class TestReading:
    def test_numbered_cases_come_first_then_the_reserve_by_stratum_and_rank(self, database, now, drawn):
        waiting = [("Center Øst", 2), ("Center Nord", 12), ("Center Nord", 9)]
        with database.begin() as store:
            store.cases.add_all(
                [
                    case(drawn.round.id, drawn.draw.id, f"{stratum} {rank}", stratum=stratum, rank=rank)
                    for stratum, rank in waiting
                ]
            )
            store.trail.add("cases-drawn", actor_id=None, at=now)
            assert [one.case_id for one in store.cases.of(drawn.round.id)] == [
                "26/001",
                "26/002",
                "26/003",
                "Center Nord 9",
                "Center Nord 12",
                "Center Øst 2",
            ]

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            pytest.param({}, ["26/001", "26/002", "26/003"], id="all"),
            pytest.param({"centre": "Center Øst"}, ["26/002"], id="one centre"),
            pytest.param({"role": CaseRole.RESERVE}, ["26/003"], id="the reserve"),
            pytest.param({"centre": "Center Nord", "role": CaseRole.MAIN}, ["26/001"], id="both"),
            pytest.param({"centre": "Center Syd"}, [], id="a centre without cases"),
        ],
    )
    def test_of(self, database, drawn, asked, expected):
        with database.begin() as store:
            assert [one.case_id for one in store.cases.of(drawn.round.id, **asked)] == expected

    def test_cases_of_another_round_are_left_out(self, database, now, drawn):
        with database.begin() as store:
            other = add_round(store, now, "2027-1")
            store.trail.add("round-made", actor_id=None, at=now)
            assert store.cases.of(other.id) == ()
            assert store.cases.next_number(other.id) == 1
            with pytest.raises(NotFound):
                store.cases.by_number(other.id, 1)
            with pytest.raises(NotFound):
                store.cases.by_case_id(other.id, "26/001")

    def test_by_case_id_and_by_number(self, database, drawn):
        with database.begin() as store:
            assert store.cases.by_case_id(drawn.round.id, "26/003") == drawn.cases[2]
            assert store.cases.by_number(drawn.round.id, 2) == drawn.cases[1]

    def test_a_case_drawn_twice_is_read_as_the_latest_draw_has_it(self, database, now, drawn):
        with database.begin() as store:
            second = add_draw(store, drawn.round.id, now, number=2, seed="2" * 20)
            store.cases.add_all([case(drawn.round.id, second.id, "26/001", number=3)])
            store.trail.add("cases-drawn", actor_id=None, at=now)
            assert store.cases.by_case_id(drawn.round.id, "26/001").number == 3


class TestChanging:
    def test_set_status(self, database, now, drawn):
        with database.begin() as store:
            store.cases.set_status(drawn.cases[0].id, CaseStatus.NOT_FOUND)
            store.trail.add("case-not-found", actor_id=None, at=now)
            assert store.cases.of(drawn.round.id) == (
                replace(drawn.cases[0], status=CaseStatus.NOT_FOUND),
                *drawn.cases[1:],
            )

    def test_a_reserve_case_is_called_up_with_the_next_number_and_stays_reserve(self, database, now, drawn):
        with database.begin() as store:
            store.cases.call_up(drawn.cases[2].id, store.cases.next_number(drawn.round.id))
            store.trail.add("case-replaced", actor_id=None, at=now)
            assert store.cases.by_number(drawn.round.id, 3) == replace(drawn.cases[2], number=3)
            assert store.cases.next_number(drawn.round.id) == 4

    @pytest.mark.parametrize(
        "change",
        [
            pytest.param(
                lambda cases: cases.set_status(4711, CaseStatus.NO_ACCESS), id="status, unknown case"
            ),
            pytest.param(lambda cases: cases.call_up(4711, 9), id="call up, unknown case"),
        ],
    )
    def test_not_found(self, database, drawn, change):
        with database.begin() as store, pytest.raises(NotFound):
            change(store.cases)

    def test_a_case_that_has_a_number_keeps_it(self, database, drawn):
        with database.begin() as store, pytest.raises(NotFound):
            store.cases.call_up(drawn.cases[0].id, 9)
