"""Rounds with their frames, checklists and draws, kept and read again."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from stored import add_draw, add_round, frame, pin

from lirk.domain.rounds import ChecklistVersion, Draw, Round, RoundState
from lirk.errors import NotFound

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)


def note(store, now):
    store.trail.add("round-changed", actor_id=None, at=now)


def add_kept_round(database, now):
    with database.begin() as store:
        round_ = add_round(store, now)
        note(store, now)
    return round_


class TestRounds:
    def test_a_round_comes_back_as_added(self, database, now):
        with database.begin() as store:
            added = store.rounds.add(
                key="2026-2",
                title="2. runde – æøå",
                state=RoundState.COMMITTED,
                created_at=now,
                first_day=date(2026, 1, 1),
                last_day=date(2026, 6, 30),
                made_up="answers",
            )
            note(store, now)
        assert added == Round(
            id=added.id,
            key="2026-2",
            title="2. runde – æøå",
            state=RoundState.COMMITTED,
            created_at=now,
            first_day=date(2026, 1, 1),
            last_day=date(2026, 6, 30),
            closed_at=None,
            made_up="answers",
        )
        with database.begin() as store:
            assert store.rounds.by_key("2026-2") == added
            assert store.rounds.find("2026-2") == added

    def test_rounds_are_listed_in_the_order_in_which_they_were_made(self, database, now):
        with database.begin() as store:
            for key in ["2026-2", "2025-1", "2026-1"]:
                add_round(store, now, key)
            note(store, now)
            assert [one.key for one in store.rounds.all()] == ["2026-2", "2025-1", "2026-1"]

    def test_a_key_is_given_once(self, database, now):
        add_kept_round(database, now)
        with pytest.raises(IntegrityError), database.begin() as store:
            add_round(store, now)

    def test_an_unknown_key(self, database):
        with database.begin() as store:
            assert store.rounds.find("ukendt") is None
            with pytest.raises(NotFound):
                store.rounds.by_key("ukendt")

    def test_the_state_is_kept_with_the_time_of_closing(self, database, now):
        with database.begin() as store:
            round_ = add_round(store, now)
            store.rounds.set_state(round_.id, RoundState.CLOSED, closed_at=now)
            note(store, now)
            closed = store.rounds.by_key(round_.key)
        assert (closed.state, closed.closed_at) == (RoundState.CLOSED, now)

    def test_the_state_of_an_unknown_round_is_refused(self, database):
        with database.begin() as store, pytest.raises(NotFound):
            store.rounds.set_state(4711, RoundState.CLOSED)


class TestMoments:
    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("2026-07-01T09:00:00+02:00", id="summer time, whole second"),
            pytest.param("2026-12-01T09:00:00.000001+01:00", id="winter time, a microsecond"),
            pytest.param("2026-12-01T08:00:00+00:00", id="UTC"),
        ],
    )
    def test_a_time_keeps_the_offset_that_the_clock_showed(self, database, text):
        moment = datetime.fromisoformat(text)
        with database.begin() as store:
            add_round(store, moment)
            note(store, moment)
            assert store.rounds.all()[0].created_at.isoformat() == text

    def test_a_time_without_an_offset_is_a_programming_error(self, database, now):
        with pytest.raises(Exception, match="without an offset"), database.begin() as store:
            add_round(store, now.replace(tzinfo=None))


class TestFrame:
    def test_a_frame_comes_back_as_kept(self, database, now):
        with database.begin() as store:
            round_ = add_round(store, now)
            store.rounds.set_frame(round_.id, frame(now))
            note(store, now)
        with database.begin() as store:
            assert store.rounds.frame(round_.id) == frame(now)

    def test_a_later_frame_takes_the_place_of_the_first(self, database, now):
        later = replace(frame(now), rows=4, fingerprint="0" * 64)
        with database.begin() as store:
            round_ = add_round(store, now)
            store.rounds.set_frame(round_.id, frame(now))
            store.rounds.set_frame(round_.id, later)
            note(store, now)
            assert store.rounds.frame(round_.id) == later

    def test_a_round_without_a_frame(self, database, now):
        with database.begin() as store:
            round_ = add_round(store, now)
            note(store, now)
            with pytest.raises(NotFound):
                store.rounds.frame(round_.id)

    def test_read_only_mappings_may_be_kept(self, database, now):
        frozen = replace(frame(now), freeze=MappingProxyType({"plan": MappingProxyType({"n": 15})}))
        with database.begin() as store:
            round_ = add_round(store, now)
            store.rounds.set_frame(round_.id, frozen)
            note(store, now)
            assert store.rounds.frame(round_.id).freeze == {"plan": {"n": 15}}

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(document=st.dictionaries(st.text(), JSON, max_size=4))
    def test_a_document_comes_back_exactly_equal(self, database, document):
        at = datetime(2026, 11, 22, tzinfo=UTC)
        with database.begin() as store:
            round_ = store.rounds.find("2026-2") or add_round(store, at)
            store.rounds.set_frame(round_.id, replace(frame(at), freeze=document))
            note(store, at)
        with database.begin() as store:
            assert store.rounds.frame(round_.id).freeze == document

    @pytest.mark.parametrize(
        "value", [pytest.param(float("nan"), id="not a number"), pytest.param({1, 2}, id="a set")]
    )
    def test_what_is_no_json_is_a_programming_error(self, database, now, value):
        round_ = add_kept_round(database, now)
        with pytest.raises(Exception, match=r"not JSON compliant|not for JSON"), database.begin() as store:
            store.rounds.set_frame(round_.id, replace(frame(now), freeze={"value": value}))


class TestChecklists:
    def test_they_come_back_whole_in_the_order_in_which_they_were_pinned(self, database, now):
        with database.begin() as store:
            round_ = add_round(store, now)
            pin(store, round_.id)
            note(store, now)
        with database.begin() as store:
            assert store.rounds.checklists(round_.id) == (
                ChecklistVersion(
                    checklist_id="sagsbehandling", version=3, text='id = "sagsbehandling" # æøå\n'
                ),
                ChecklistVersion(checklist_id="data", version=1, text='id = "data"\n'),
            )

    def test_a_checklist_is_pinned_once(self, database, now):
        round_ = add_kept_round(database, now)
        with database.begin() as store:
            pin(store, round_.id)
            note(store, now)
        with pytest.raises(IntegrityError), database.begin() as store:
            pin(store, round_.id)

    def test_a_round_may_have_none(self, database, now):
        with database.begin() as store:
            round_ = add_round(store, now)
            store.rounds.pin_checklists(round_.id, [])
            note(store, now)
            assert store.rounds.checklists(round_.id) == ()


class TestDraws:
    def test_a_draw_comes_back_as_added(self, database, now):
        with database.begin() as store:
            round_ = add_round(store, now)
            added = add_draw(store, round_.id, now)
            note(store, now)
        expected = Draw(
            id=added.id,
            round_id=round_.id,
            number=1,
            reason=None,
            seed="1" * 20,
            drawn_at=now,
            digest="d" * 64,
            certificate={"format": "lirk-certificate/1", "share": 0.1, "n": 15},
        )
        with database.begin() as store:
            assert added == expected
            assert store.draws.of(round_.id) == (expected,)

    def test_draws_are_ordered_by_number(self, database, now):
        with database.begin() as store:
            round_ = add_round(store, now)
            for number in [2, 3, 1]:
                add_draw(store, round_.id, now, number=number)
            note(store, now)
            assert [one.number for one in store.draws.of(round_.id)] == [1, 2, 3]

    def test_a_number_is_given_once_in_a_round(self, database, now):
        round_ = add_kept_round(database, now)
        with database.begin() as store:
            add_draw(store, round_.id, now)
            note(store, now)
        with pytest.raises(IntegrityError), database.begin() as store:
            add_draw(store, round_.id, now)

    def test_a_certificate_is_replaced_with_its_digest(self, database, now):
        with database.begin() as store:
            round_ = add_round(store, now)
            draw = add_draw(store, round_.id, now)
            store.draws.replace_certificate(draw.id, certificate={"replacements": [1]}, digest="e" * 64)
            note(store, now)
            assert store.draws.of(round_.id) == (
                replace(draw, certificate={"replacements": [1]}, digest="e" * 64),
            )

    def test_the_certificate_of_an_unknown_draw_is_refused(self, database):
        with database.begin() as store, pytest.raises(NotFound):
            store.draws.replace_certificate(4711, certificate={}, digest="")

    @pytest.mark.parametrize(
        ("fingerprint", "seed", "used"),
        [
            pytest.param("f" * 64, "1" * 20, True, id="same frame and seed"),
            pytest.param("f" * 64, "2" * 20, False, id="another seed"),
            pytest.param("0" * 64, "1" * 20, False, id="another frame"),
        ],
    )
    def test_a_seed_is_used_once_for_a_frame_in_whatever_round(self, database, now, fingerprint, seed, used):
        with database.begin() as store:
            for key in ["2026-1", "2026-2"]:
                round_ = add_round(store, now, key)
                store.rounds.set_frame(round_.id, frame(now))
            add_draw(store, store.rounds.by_key("2026-1").id, now)
            note(store, now)
            assert store.draws.seed_used(fingerprint, seed) is used
