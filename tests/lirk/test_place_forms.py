"""The rules of spot checks and self-assessments, without a database."""

from datetime import UTC, datetime

import pytest
from places import WALK

from checklists.load import load, shipped_text
from lirk.domain.place_forms import (
    PLACE_LIMIT,
    PlaceForm,
    PlaceFormContradictory,
    PlaceFormFinished,
    PlaceFormIncomplete,
    PlaceFormLocked,
    PlaceItemNotAsked,
    PlaceKind,
    check_changeable,
    check_finishable,
    check_place,
    check_reopening_reason,
    of_kind,
    question_of,
    short_report,
)
from lirk.domain.reviewing import KeptAnswer, walkthrough
from lirk.domain.reviews import Answer
from lirk.errors import ProblemsFound

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SHIPPED = load(shipped_text("data-tilsyn-paa-stedet"))


def form(**changes):
    usual = {
        "id": 1,
        "kind": PlaceKind.SPOT_CHECK,
        "centre": "Center Nord",
        "place": "Solsiden",
        "round_id": None,
        "checklist_id": "rundgang",
        "checklist_version": 1,
        "text": WALK,
        "begun_at": NOON,
    }
    return PlaceForm(**{**usual, **changes})


def walk_of(checklist, **codes):
    kept = {
        item: KeptAnswer(answer=Answer(item_id=item, value=code, note="Set"), version=1, at=NOON)
        for item, code in codes.items()
    }
    return walkthrough(checklist, {}, kept)


class TestOfKind:
    @pytest.mark.parametrize(
        ("checklist", "kinds"),
        [
            ("data-tilsyn-paa-stedet", {PlaceKind.SPOT_CHECK}),
            ("lederens-selvvurdering", {PlaceKind.SELF_ASSESSMENT}),
            ("lovmedholdelig-sagsbehandling", set()),
        ],
    )
    def test_which_checklists_are_for_what(self, checklist, kinds):
        read = load(shipped_text(checklist))
        assert {kind for kind in PlaceKind if of_kind(read, kind)} == kinds


class TestCheckPlace:
    @pytest.mark.parametrize(
        ("given", "kept"),
        [("  Solsiden  afd. 2\t", "Solsiden afd. 2"), ("x", "x"), ("x" * PLACE_LIMIT, "x" * PLACE_LIMIT)],
    )
    def test_kept_with_single_blanks(self, given, kept):
        assert check_place(given) == kept

    @pytest.mark.parametrize(
        ("given", "code"),
        [
            ("", "place-missing"),
            (" \n ", "place-missing"),
            ("x" * (PLACE_LIMIT + 1), "text-too-long"),
            ("Hos 010190-1234", "text-looks-like-cpr"),
        ],
    )
    def test_refused(self, given, code):
        with pytest.raises(ProblemsFound) as refused:
            check_place(given)
        assert [(one.code, one.column) for one in refused.value.problems] == [(code, "place")]


class TestCheckReopeningReason:
    def test_kept(self):
        assert check_reopening_reason(" Et svar var forkert ") == "Et svar var forkert"

    @pytest.mark.parametrize(
        ("given", "code"),
        [
            ("", "place-reopening-reason-missing"),
            ("010190-1234", "text-looks-like-cpr"),
            ("x" * 2001, "text-too-long"),
        ],
    )
    def test_refused(self, given, code):
        with pytest.raises(ProblemsFound) as refused:
            check_reopening_reason(given)
        assert [one.code for one in refused.value.problems] == [code]


class TestCheckChangeable:
    def test_an_open_form(self):
        check_changeable(form())

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            ({"finished_at": NOON}, PlaceFormFinished),
            ({"kind": PlaceKind.SELF_ASSESSMENT, "seen_at": NOON}, PlaceFormLocked),
            ({"kind": PlaceKind.SELF_ASSESSMENT, "seen_at": NOON, "finished_at": NOON}, PlaceFormLocked),
        ],
    )
    def test_refused(self, changes, error):
        with pytest.raises(error):
            check_changeable(form(**changes))


class TestCheckFinishable:
    def test_what_is_missing(self):
        with pytest.raises(PlaceFormIncomplete) as refused:
            check_finishable(walk_of(SHIPPED))
        assert refused.value.values == {"count": len(SHIPPED.items)}

    def test_what_contradicts_itself(self):
        codes = {"outcome": "refusal", "decision": "yes", "clear": "yes", "reasons": "no"}
        with pytest.raises(PlaceFormContradictory):
            check_finishable(walk_of(load(WALK), **codes))

    def test_what_is_stopped_needs_no_more(self):
        check_finishable(walk_of(load(WALK), outcome="refusal", decision="no"))


class TestQuestionOf:
    @pytest.mark.parametrize("item", ["why", "unknown"])
    def test_hidden_and_unknown_items_are_alike(self, item):
        with pytest.raises(PlaceItemNotAsked):
            question_of(walk_of(load(WALK), clear="yes"), item)

    def test_a_follow_up(self):
        assert question_of(walk_of(load(WALK), clear="no"), "why").id == "why"


class TestShortReport:
    def answered(self, **others):
        codes = {item.id: item.answers[0].code for item in SHIPPED.items}
        return short_report(walk_of(SHIPPED, **{**codes, **others}))

    def test_all_in_order(self):
        report = self.answered()
        assert (report.verdict, len(report.in_order)) == ("in-order", len(SHIPPED.items))
        assert (*report.to_do, *report.not_assessed, *report.not_relevant, *report.other) == ()

    def test_what_must_be_done_has_the_critical_items_first(self):
        severities = {item.id: item.severity for item in SHIPPED.items}
        report = self.answered(**{"screens-locked": "partly", "visitors-kept-out": "not_met"})
        assert [one.id for one in report.to_do] == ["visitors-kept-out", "screens-locked"]
        assert [severities[one.id] for one in report.to_do] == ["critical", "serious"]
        assert report.verdict == "critical-breach"

    def test_what_cannot_be_assessed_or_is_not_relevant_stands_apart(self):
        report = self.answered(**{"screens-locked": "cannot_assess", "prints-collected": "not_applicable"})
        assert [one.id for one in report.not_assessed] == ["screens-locked"]
        assert [one.id for one in report.not_relevant] == ["prints-collected"]
        assert len(report.in_order) == len(SHIPPED.items) - 2

    def test_every_item_stands_in_one_part(self):
        report = self.answered(**{"screens-locked": "no", "prints-collected": "not_applicable"})
        parts = (report.in_order, report.to_do, report.not_assessed, report.not_relevant, report.other)
        assert sorted(one.id for part in parts for one in part) == sorted(one.id for one in SHIPPED.items)

    def test_a_stop_is_the_verdict(self):
        report = short_report(walk_of(load(WALK), outcome="refusal", decision="no"))
        assert report.verdict == "no-decision"
