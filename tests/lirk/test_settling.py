"""When a case is done with, and what may no longer be changed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from stored import case

from lirk.domain.reviews import Answer, CaseStatus, Review
from lirk.domain.settling import (
    CaseIsFinding,
    CaseReviewed,
    DrawAfterAnswers,
    check_replaceable,
    check_unread,
    unsettled,
)

DONE = datetime(2026, 11, 22, tzinfo=UTC)


def a_case(number=1, **fields):
    return replace(case(1, 1, f"26/{number:03}", number=number, **fields), id=100 + number)


def a_review(number=1, **fields):
    usual = {"id": number, "round_id": 1, "case_id": 100 + number, "checklist_id": "breve", "reviewer_id": 5}
    return Review(**{**usual, **fields})


def problems(cases, reviews, *, replaced=(), with_reserve=("Center Nord",)):
    found = unsettled(cases, reviews, replaced=replaced, with_reserve=with_reserve)
    return [(problem.code, problem.values["numbers"]) for problem in found]


class TestUnsettled:
    @pytest.mark.parametrize(
        ("status", "finished", "expected"),
        [
            pytest.param(CaseStatus.TO_REVIEW, DONE, [], id="reviewed"),
            pytest.param(CaseStatus.TO_REVIEW, None, [("cases-not-reviewed", ["1"])], id="not reviewed"),
            pytest.param(CaseStatus.NOT_FOUND, None, [], id="not found"),
            pytest.param(CaseStatus.NO_ACCESS, None, [], id="no access"),
            pytest.param(CaseStatus.OUT_OF_SCOPE, None, [("cases-not-replaced", ["1"])], id="out of scope"),
        ],
    )
    def test_by_what_became_of_the_case(self, status, finished, expected):
        assert problems([a_case(status=status)], [a_review(finished_at=finished)]) == expected

    def test_out_of_scope_is_settled_once_it_is_replaced(self):
        out = a_case(status=CaseStatus.OUT_OF_SCOPE)
        assert problems([out], [a_review()], replaced={out.case_id}) == []

    def test_out_of_scope_is_settled_where_no_reserve_is_left(self):
        out = a_case(status=CaseStatus.OUT_OF_SCOPE)
        assert problems([out], [a_review()], with_reserve=["Center Syd"]) == []

    def test_one_of_two_checklists_is_not_enough(self):
        reviews = [a_review(finished_at=DONE), a_review(id=2, checklist_id="data")]
        assert problems([a_case()], reviews) == [("cases-not-reviewed", ["1"])]

    def test_every_case_is_told_in_order(self):
        cases = [a_case(number) for number in (1, 2, 3)]
        reviews = [a_review(1), a_review(2, finished_at=DONE), a_review(3)]
        assert problems(cases, reviews) == [("cases-not-reviewed", ["1", "3"])]


class TestCheckUnread:
    def test_nothing_begun(self):
        check_unread("2026-1", [a_case()], [a_review()])

    @pytest.mark.parametrize(
        ("case_fields", "review_fields"),
        [
            pytest.param({}, {"answers": {"clear": Answer(item_id="clear", value="yes")}}, id="an answer"),
            pytest.param({}, {"finished_at": DONE}, id="finished without an answer"),
            *[
                pytest.param({"status": status}, {}, id=status)
                for status in CaseStatus
                if status is not CaseStatus.TO_REVIEW
            ],
        ],
    )
    def test_begun(self, case_fields, review_fields):
        with pytest.raises(DrawAfterAnswers) as refused:
            check_unread("2026-1", [a_case(**case_fields)], [a_review(**review_fields)])
        assert refused.value.values == {"round": "2026-1"}


class TestCheckReplaceable:
    @pytest.mark.parametrize("status", [CaseStatus.TO_REVIEW, CaseStatus.OUT_OF_SCOPE])
    def test_a_case_that_nobody_finished(self, status):
        check_replaceable(a_case(status=status), [a_review()])

    @pytest.mark.parametrize("status", [CaseStatus.NOT_FOUND, CaseStatus.NO_ACCESS])
    def test_a_finding_stays(self, status):
        with pytest.raises(CaseIsFinding):
            check_replaceable(a_case(status=status), [a_review()])

    def test_a_case_that_was_read_stays(self):
        with pytest.raises(CaseReviewed):
            check_replaceable(a_case(), [a_review(), a_review(finished_at=DONE)])
