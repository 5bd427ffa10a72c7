"""Reviews and their answers, kept and read again."""

import pytest
from sqlalchemy.exc import IntegrityError
from stored import case

from lirk.domain.reviews import Answer
from lirk.errors import NotFound

YES = Answer(item_id="begrundelse", value="yes")
NO = Answer(
    item_id="klagevejledning",
    value="no",
    note="Fristen mangler – § 26",
    journal_reference="Akt 7",
    in_doubt=True,
)


def answered(store, now):
    store.trail.add("answered", actor_id=None, at=now)


class TestOpenFor:
    def test_each_case_is_read_with_each_checklist(self, database, drawn):
        with database.begin() as store:
            reviews = store.reviews.of(drawn.round.id)
        first, second = drawn.cases[0].id, drawn.cases[1].id
        assert [(one.case_id, one.checklist_id) for one in reviews] == [
            (first, "sagsbehandling"),
            (first, "data"),
            (second, "sagsbehandling"),
            (second, "data"),
        ]
        assert all(one.reviewer_id is one.finished_at is None and one.answers == {} for one in reviews)

    def test_one_review_per_case_and_checklist(self, database, drawn):
        with pytest.raises(IntegrityError), database.begin() as store:
            store.reviews.open_for(drawn.round.id, [drawn.cases[0].id], ["data"])

    def test_only_with_a_checklist_that_the_round_has_pinned(self, database, drawn):
        with pytest.raises(IntegrityError), database.begin() as store:
            store.reviews.open_for(drawn.round.id, [drawn.cases[2].id], ["ukendt"])

    def test_nothing_to_open_is_no_write(self, database, drawn):
        with database.begin() as store:
            store.reviews.open_for(drawn.round.id, [], ["data"])


class TestReading:
    @pytest.mark.parametrize("cases", [pytest.param(1, id="one"), pytest.param(700, id="seven hundred")])
    def test_a_round_is_read_in_two_statements_however_many_reviews(
        self, database, now, drawn, statements, cases
    ):
        with database.begin() as store:
            store.cases.add_all(
                [
                    case(drawn.round.id, drawn.draw.id, f"27/{index}", number=100 + index)
                    for index in range(cases)
                ]
            )
            added = [one for one in store.cases.of(drawn.round.id) if one.case_id.startswith("27/")]
            store.reviews.open_for(drawn.round.id, [one.id for one in added], ["data"])
            review = store.reviews.of(drawn.round.id)[-1]
            store.reviews.save_answers(review.id, [YES, NO], at=now, by=None)
            answered(store, now)
        with database.begin() as store, statements() as counted:
            reviews = store.reviews.of(drawn.round.id)
        assert len(reviews) == 4 + cases
        assert reviews[-1].answers == {"begrundelse": YES, "klagevejledning": NO}
        assert len(counted) == 2

    def test_of_a_reviewer_and_of_a_centre(self, database, now, drawn):
        with database.begin() as store:
            first = store.reviews.of(drawn.round.id)[0]
            store.reviews.assign(first.id, drawn.reviewer.id)
            store.reviews.save_answers(first.id, [YES], at=now, by=drawn.reviewer.id)
            answered(store, now)
            mine = store.reviews.of(drawn.round.id, reviewer_id=drawn.reviewer.id)
            east = store.reviews.of(drawn.round.id, centre="Center Øst")
            both = store.reviews.of(drawn.round.id, reviewer_id=drawn.reviewer.id, centre="Center Øst")
        assert [(one.id, one.answers) for one in mine] == [(first.id, {"begrundelse": YES})]
        assert {one.case_id for one in east} == {drawn.cases[1].id}
        assert both == ()

    def test_get_reads_one_with_its_answers(self, database, now, drawn):
        with database.begin() as store:
            first, second, *_ = store.reviews.of(drawn.round.id)
            store.reviews.save_answers(first.id, [YES], at=now, by=None)
            store.reviews.save_answers(second.id, [NO], at=now, by=None)
            answered(store, now)
            assert store.reviews.get(first.id).answers == {"begrundelse": YES}
            assert store.reviews.get(second.id).answers == {"klagevejledning": NO}


class TestSaveAnswers:
    def test_an_answer_comes_back_whole(self, database, now, drawn):
        with database.begin() as store:
            review = store.reviews.of(drawn.round.id)[0]
            store.reviews.save_answers(review.id, [NO], at=now, by=drawn.reviewer.id)
            answered(store, now)
        with database.begin() as store:
            assert store.reviews.get(review.id).answers == {"klagevejledning": NO}

    def test_a_later_answer_takes_the_place_of_the_first_and_leaves_the_others(self, database, now, drawn):
        changed = Answer(item_id="klagevejledning", value="yes")
        with database.begin() as store:
            review = store.reviews.of(drawn.round.id)[0]
            store.reviews.save_answers(review.id, [YES, NO], at=now, by=None)
            store.reviews.save_answers(review.id, [changed], at=now, by=None)
            answered(store, now)
            assert store.reviews.get(review.id).answers == {"begrundelse": YES, "klagevejledning": changed}

    def test_no_answers_are_no_write(self, database, now, drawn):
        with database.begin() as store:
            store.reviews.save_answers(store.reviews.of(drawn.round.id)[0].id, [], at=now, by=None)

    def test_two_answers_to_one_item_at_once_are_a_programming_error(self, database, now, drawn):
        with database.begin() as store:
            review = store.reviews.of(drawn.round.id)[0]
        with pytest.raises(IntegrityError), database.begin() as store:
            store.reviews.save_answers(review.id, [YES, YES], at=now, by=None)

    def test_of_an_unknown_review(self, database, now, drawn):
        with pytest.raises(IntegrityError), database.begin() as store:
            store.reviews.save_answers(4711, [YES], at=now, by=None)


class TestRemoveAnswers:
    def test_takes_the_named_ones_away_where_there_are_any(self, database, now, drawn):
        with database.begin() as store:
            review = store.reviews.of(drawn.round.id)[0]
            store.reviews.save_answers(review.id, [YES, NO], at=now, by=None)
            store.reviews.remove_answers(review.id, ["klagevejledning", "ukendt"])
            store.reviews.remove_answers(review.id, [])
            answered(store, now)
            assert store.reviews.get(review.id).answers == {"begrundelse": YES}


class TestChanging:
    def test_assign_and_take_back(self, database, now, drawn):
        with database.begin() as store:
            review = store.reviews.of(drawn.round.id)[0]
            store.reviews.assign(review.id, drawn.reviewer.id)
            assert store.reviews.get(review.id).reviewer_id == drawn.reviewer.id
            store.reviews.assign(review.id, None)
            assert store.reviews.get(review.id).reviewer_id is None
            answered(store, now)

    def test_finish_and_reopen_keep_the_answers(self, database, now, drawn):
        with database.begin() as store:
            review = store.reviews.of(drawn.round.id)[0]
            store.reviews.save_answers(review.id, [YES], at=now, by=None)
            store.reviews.finish(review.id, now)
            assert store.reviews.get(review.id).finished_at == now
            store.reviews.reopen(review.id)
            answered(store, now)
            reopened = store.reviews.get(review.id)
        assert (reopened.finished_at, reopened.answers) == (None, {"begrundelse": YES})

    def test_delete_for_case_takes_reviews_and_answers_and_gives_no_id_again(self, database, now, drawn):
        first = drawn.cases[0].id
        with database.begin() as store:
            before = store.reviews.of(drawn.round.id)
            store.reviews.save_answers(before[0].id, [YES], at=now, by=None)
            store.reviews.delete_for_case(first)
            assert {one.case_id for one in store.reviews.of(drawn.round.id)} == {drawn.cases[1].id}
            store.reviews.delete_for_case(drawn.cases[1].id)
            store.reviews.open_for(drawn.round.id, [first], ["sagsbehandling"])
            answered(store, now)
            [again] = store.reviews.of(drawn.round.id)
        assert again.answers == {}
        assert again.id > max(one.id for one in before)

    @pytest.mark.parametrize(
        "ask",
        [
            pytest.param(lambda reviews, now: reviews.get(4711), id="get"),
            pytest.param(lambda reviews, now: reviews.assign(4711, None), id="assign"),
            pytest.param(lambda reviews, now: reviews.finish(4711, now), id="finish"),
            pytest.param(lambda reviews, now: reviews.reopen(4711), id="reopen"),
        ],
    )
    def test_an_unknown_review_is_not_found(self, database, now, ask):
        with database.begin() as store, pytest.raises(NotFound):
            ask(store.reviews, now)
