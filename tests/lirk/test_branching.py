"""Reviews that a stop ends, answers that contradict each other, and follow-ups; rules, services and reports."""

from random import Random

import pytest
from branching import BRANCHING, SENTENCE, STOP
from report_values import method
from small_round import KEY, fill, under_way

from checklists.score import score
from lirk.demo.answers import made_up_answers
from lirk.domain.centre_reports import centre_report
from lirk.domain.figures import ReviewedCase
from lirk.domain.reports import Counts, StoppedCases
from lirk.domain.review_sheets import CaseAnswers, SheetAnswers
from lirk.domain.reviewing import (
    KeptAnswer,
    QuestionNotAsked,
    ReviewContradictory,
    ReviewIncomplete,
    walkthrough,
)
from lirk.domain.reviews import Answer, CaseStatus
from lirk.domain.rounds import Round, RoundState
from lirk.errors import ProblemsFound
from lirk.reports import result_sentences
from lirk.services import finishing, reports, reviewing
from lirk.services.checklists import parse
from lirk.services.reports import Reader
from lirk.wording import Wording
from web.pages.voice import PageVoice, html_all

CHECKLIST = parse(BRANCHING)
GRANT = {"outcome": "full-grant"}


def walk(now, note="", **answers):
    given = {
        one: KeptAnswer(answer=Answer(item_id=one, value=value, note=note), version=1, at=now)
        for one, value in answers.items()
    }
    return walkthrough(CHECKLIST, GRANT, given)


def asked(value):
    return [question.id for question in value.questions]


class TestWalkthrough:
    @pytest.mark.parametrize(
        ("answers", "questions", "open_"),
        [
            ({}, ["decision", "clear", "reasons"], ["decision", "clear", "reasons"]),
            ({"clear": "no"}, ["decision", "clear", "why", "reasons"], ["decision", "why", "reasons"]),
            ({"clear": "yes", "why": "yes"}, ["decision", "clear", "reasons"], ["decision", "reasons"]),
            ({"decision": "no"}, ["decision"], []),
            ({"decision": "no", "clear": "no"}, ["decision", "clear"], []),
            ({"decision": "no", "clear": "no", "why": "no"}, ["decision", "clear", "why"], []),
            ({"decision": "no", "clear": "yes", "why": "no"}, ["decision", "clear"], []),
            ({"decision": "no", "clear": ""}, ["decision", "clear"], []),
        ],
        ids=[
            "nothing",
            "followed up",
            "not followed up",
            "stopped",
            "kept",
            "kept with its follow-up",
            "a hidden answer stays hidden",
            "taken back after the stop",
        ],
    )
    def test_what_is_asked_and_what_is_open(self, now, answers, questions, open_):
        made = walk(now, note="Se sagen.", **answers)
        assert (asked(made), [one.id for one in made.open_questions]) == (questions, open_)

    def test_a_stop_is_known_by_its_title_and_makes_the_review_complete(self, now):
        made = walk(now, note="Et brev.", decision="no")
        assert (made.stop.title.da, made.complete, made.answered) == (STOP, True, 1)

    def test_the_answer_that_stops_still_needs_its_note(self, now):
        made = walk(now, decision="no", clear="no")
        assert [one.id for one in made.open_questions] == ["decision"]
        assert not made.complete

    def test_without_a_stop_nothing_is_said_of_one(self, now):
        assert walk(now, decision="yes").stop is None

    @pytest.mark.parametrize(
        ("answers", "at"),
        [
            ({"clear": "yes", "reasons": "no"}, ["clear", "reasons"]),
            ({"clear": "yes", "reasons": "yes"}, []),
            ({"clear": "yes"}, []),
            ({"decision": "no", "clear": "yes", "reasons": "no"}, []),
        ],
        ids=["both", "one", "one is missing", "after a stop nothing contradicts"],
    )
    def test_a_contradiction_is_at_both_its_questions(self, now, answers, at):
        made = walk(now, note="Se sagen.", **answers)
        assert [one for one in asked(made) if made.contradictions_at(one)] == at
        told = [[question.id for question in made.contradicted(one)] for one in made.contradictions]
        assert told == ([at] if at else [])

    def test_a_contradiction_keeps_a_full_review_from_being_complete(self, now):
        made = walk(now, note="Se sagen.", decision="yes", clear="yes", reasons="no")
        assert made.open_questions == ()
        assert not made.complete


@pytest.fixture
def town(database, tmp_path, now):
    """A round with that checklist; anne has all its cases."""
    return under_way(database, tmp_path, now, "anne", checklists=(BRANCHING,))


def save(town, review_id, **answers):
    for item, value in answers.items():
        with town.acting("anne") as (store, actor):
            opened = reviewing.item_page(store, actor, review_id, item)
            given = Answer(item_id=item, value=value, note="Se sagen.")
            reviewing.save_answer(
                store, actor, review_id, item, given, version=opened.question.version, now=town.now
            )


def finish(town, review_id):
    with town.acting("anne") as (store, actor):
        opened = reviewing.open_review(store, actor, review_id)
        judgement = None if opened.walk.stop else "in-order"
        return finishing.finish(store, actor, review_id, judgement=judgement, now=town.now)


class TestReviewing:
    def test_a_stopped_review_is_finished_and_keeps_its_answers(self, town):
        review = town.reviews()[1]
        save(town, review.id, clear="no", decision="no")
        finish(town, review.id)
        kept = town.reviews()[1]
        assert kept.finished_at is not None
        assert {item: answer.value for item, answer in kept.answers.items()} == {
            "clear": "no",
            "decision": "no",
        }

    def test_the_stop_can_be_taken_back_and_everything_is_there_again(self, town):
        review = town.reviews()[1]
        save(town, review.id, clear="no", decision="no")
        with town.acting("anne") as (store, actor), pytest.raises(QuestionNotAsked):
            reviewing.item_page(store, actor, review.id, "reasons")
        save(town, review.id, decision="yes")
        with town.acting("anne") as (store, actor):
            walk_ = reviewing.open_review(store, actor, review.id).walk
        assert asked(walk_) == ["decision", "clear", "why", "reasons"]
        with pytest.raises(ReviewIncomplete):
            finish(town, review.id)

    def test_an_answer_beside_the_stop_can_be_taken_back(self, town):
        review = town.reviews()[1]
        save(town, review.id, clear="no", decision="no")
        save(town, review.id, clear="")
        assert town.reviews()[1].answers["clear"].value == ""
        finish(town, review.id)

    def test_answers_that_contradict_are_kept_and_keep_the_review_open(self, town):
        review = town.reviews()[1]
        save(town, review.id, decision="yes", clear="yes", reasons="no")
        with pytest.raises(ReviewContradictory):
            finish(town, review.id)
        save(town, review.id, reasons="yes")
        finish(town, review.id)
        assert town.reviews()[1].finished_at is not None


def handed_in(town, *said):
    """Hand in answers to anne's cases, in their order; the last to all that are left."""
    cases = town.cases_of("anne")
    of = {number: said[min(place, len(said) - 1)] for place, number in enumerate(cases)}
    return town.hand_in(
        SheetAnswers(
            round_key=KEY,
            reviewer="anne",
            cases={
                number: CaseAnswers(
                    number=number,
                    case_id=case_id,
                    status=CaseStatus.TO_REVIEW,
                    status_note="",
                    answers={
                        "breve": tuple(Answer(item_id=one, value=value) for one, value in of[number].items())
                    },
                )
                for number, case_id in cases.items()
            },
        )
    )


FULL = {"decision": "yes", "clear": "yes", "reasons": "yes"}


class TestSheet:
    def test_a_stopped_case_is_finished_by_its_sheet(self, town):
        assert handed_in(town, {"decision": "no"}, FULL).unfinished == 0

    def test_contradicting_answers_name_both_questions_and_nothing_is_kept(self, town):
        path = town.write_sheet("anne")
        fill(path, {"decision": "yes", "clear": "yes", "reasons": "yes"})
        fill(path, {"reasons": "no"}, numbers=(2,), note="Ingen.")
        with pytest.raises(ProblemsFound) as refused:
            town.import_sheets(path)
        (problem,) = refused.value.problems
        assert problem.code == "sheet-answers-contradict"
        assert problem.row is not None
        assert Wording("da").sentence(problem) == (
            f"{SENTENCE} Det gælder »Er brevet klart?« og »Er afslaget begrundet?«. Ret et af svarene."
        )
        assert not town.reviews()[1].answers

    def test_answers_that_came_by_another_way_leave_the_review_unfinished(self, town):
        done = handed_in(town, {**FULL, "reasons": "no"}, FULL)
        assert (done.unfinished, town.reviews()[1].finished_at) == (1, None)
        assert town.reviews()[1].answers["reasons"].value == "no"


class TestReport:
    def test_of_a_whole_round(self, town):
        handed_in(town, {"decision": "no", "clear": "no"}, FULL)
        town.close()
        centre = town.cases()[1].centre
        with town.acting() as (store, actor):
            reader = Reader(municipality="Eksempel Kommune", words=Wording("da"))
            (result,) = reports.centre_report(store, actor, KEY, centre, reader=reader).checklists
        assert result.stopped == (StoppedCases(verdict_id="no-decision", title=STOP, numbers=(1,)),)

    def report(self, now, *answers):
        cases = [
            ReviewedCase(number=number, answers={"breve": {**GRANT, **said}})
            for number, said in enumerate(answers, start=1)
        ]
        round_ = Round(id=1, key="2026-2", title="2.", state=RoundState.CLOSED, created_at=now)
        return centre_report(
            municipality="Eksempel Kommune",
            centre="Nord",
            round_=round_,
            population=20,
            drawn=len(cases),
            cases=cases,
            checklists=[CHECKLIST],
            method=method(),
            issued_on=now.date(),
            language="da",
        ).checklists[0]

    def test_a_stopped_case_has_its_own_result_and_is_in_no_theme(self, now):
        result = self.report(now, FULL, {"decision": "no", "clear": "no", "reasons": "no"}, FULL)
        assert result.reviewed == 3
        assert [theme.counts for theme in result.themes] == [
            Counts(),
            Counts(yes=2, not_applicable=1),
        ]
        assert [item.counts.no for item in result.themes[1].items] == [0, 0, 0]
        assert (result.mean_percent, result.critical_breaches) == (100.0, 0)
        assert [line.cases for line in result.verdicts] == [0, 2]

    def test_a_reading_that_contradicts_itself_counts_nowhere(self, now):
        assert self.report(now, {**FULL, "reasons": "no"}, FULL).reviewed == 1

    @pytest.mark.parametrize(
        ("stopped", "said"),
        [
            (
                1,
                f"Gennemgangen sluttede før tid i 1 sag (nr.\u00a01): {STOP}. Sagen indgår ikke i noget tema.",
            ),
            (
                2,
                f"Gennemgangen sluttede før tid i 2 sager (nr.\u00a01 og 2): {STOP}. "
                "Sagerne indgår ikke i noget tema.",
            ),
        ],
    )
    def test_they_are_listed_in_the_report(self, now, stopped, said):
        result = self.report(now, *[{"decision": "no"}] * stopped, FULL)
        voice = PageVoice(Wording("da"), {})
        assert said in html_all(result_sentences.whole_cases(result, voice))

    def test_without_any_nothing_is_said(self, now):
        result = self.report(now, FULL)
        assert result.stopped == ()
        said = html_all(result_sentences.whole_cases(result, PageVoice(Wording("da"), {})))
        assert not any("sluttede" in text for text in said)


class TestDemonstration:
    def test_made_up_reviews_end_at_a_stop_and_contradict_nothing(self):
        stopped = 0
        for number in range(200):
            made = made_up_answers(CHECKLIST, GRANT, "Nord", number, Random(str(number)))  # noqa: S311 - repeatable
            codes = {**{item: answer.value for item, answer in made.items()}, **GRANT}
            found = score(CHECKLIST, codes)
            assert found.complete
            assert not found.contradictions
            stopped += found.stopped is not None
            assert not found.stopped or codes["decision"] == "no"
        assert 0 < stopped < 200
