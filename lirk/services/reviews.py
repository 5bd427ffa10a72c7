"""What reviewers do: take their cases in a spreadsheet, and hand the answers in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from checklists.model import Checklist
from checklists.score import score
from lirk.domain.access import Action, require
from lirk.domain.people import Person
from lirk.domain.review_sheets import ReviewSheet, SheetAnswers, SheetCase, known_facts
from lirk.domain.reviews import Answer, CaseStatus, DrawnCase, Review
from lirk.domain.rounds import Round, check_step
from lirk.domain.settling import ReviewFinished
from lirk.errors import Problem, ProblemsFound
from lirk.intake.review_sheets import read_review_sheet, reviewer_of
from lirk.reports.review_sheets import review_sheet_xlsx
from lirk.services.checklists import parse
from lirk.services.rounds import acting_cases
from lirk.storage.store import Store
from lirk.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of reading one sheet back: counts of answers and reviews, and cases that need the coordinator."""

    answers: int
    changed: int
    finished: int
    unfinished: int
    out_of_scope: tuple[int, ...] = ()
    not_found: tuple[int, ...] = ()


def sheet_for(store: Store, actor: Person, key: str, username: str) -> ReviewSheet:
    """Return a reviewer's cases as a sheet to fill in, with the answers already given.

    Raises
    ------
    NotFound
        If the round or the reviewer does not exist, or it is another reviewer's work.
    RoundNotIn
        If the round is not being reviewed.
    """
    reviewer = store.people.by_username(username)
    require(actor, Action.REVIEW, assigned_to=reviewer.id)
    round_ = store.rounds.by_key(key)
    check_step(round_, "answer")
    return _sheet(store, round_, reviewer)


def sheet_file(sheet: ReviewSheet, words: Wording, *, now: datetime) -> bytes:
    """Return a sheet as an XLSX form to fill in."""
    return review_sheet_xlsx(sheet, words, made_at=now)


def import_sheets(
    store: Store,
    actor: Person,
    key: str,
    paths: Sequence[Path],
    *,
    reopen_reason: str | None = None,
    now: datetime,
) -> tuple[Imported, ...]:
    """Read filled-in sheets and keep their answers: all of them, or none if one has a problem.

    Returns
    -------
    tuple
        What came of each file, in the order given.

    Raises
    ------
    lirk.intake.review_sheets.SheetFileMissing
        If there is no such file.
    ProblemsFound
        With the problems of all files.
    ReviewFinished, NotFound, RoundNotIn
        See ``import_answers``.
    """
    read: list[SheetAnswers] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            read.append(read_review_sheet(path, sheet_for(store, actor, key, reviewer_of(path))))
        except ProblemsFound as error:
            problems.extend(error.problems)
    if problems:
        raise ProblemsFound(problems)
    return tuple(
        import_answers(store, actor, key, answers, reopen_reason=reopen_reason, now=now) for answers in read
    )


def import_answers(
    store: Store,
    actor: Person,
    key: str,
    answers: SheetAnswers,
    *,
    reopen_reason: str | None = None,
    now: datetime,
) -> Imported:
    """Keep the answers of a filled-in sheet, and finish the reviews that are complete.

    An empty cell takes no answer away: what was handed in earlier stays until another answer takes its place.

    Raises
    ------
    ReviewFinished
        If the sheet changes a finished review and no reason for reopening is given.
    NotFound, RoundNotIn
        See ``sheet_for``.
    """
    reviewer = store.people.by_username(answers.reviewer)
    require(actor, Action.REVIEW, assigned_to=reviewer.id)
    round_ = store.rounds.by_key(key)
    check_step(round_, "answer")
    cases = {case.number: case for case in acting_cases(store, round_) if case.number is not None}
    reviews = {
        (review.case_id, review.checklist_id): review
        for review in store.reviews.of(round_.id, reviewer_id=reviewer.id)
    }
    checklists = _checklists(store, round_)
    tally = _Tally()
    for number, of_case in sorted(answers.cases.items()):
        case = cases[number]
        _keep_status(store, case, of_case.status, tally)
        for checklist_id, given in of_case.answers.items():
            review = reviews[case.id, checklist_id]
            _keep_answers(
                store, review, case, checklists[checklist_id], given, tally, reviewer, reopen_reason, now
            )
    store.trail.add(
        "answers-imported",
        actor_id=actor.id,
        at=now,
        round=key,
        reviewer=reviewer.username,
        answers=tally.answers,
        changed=tally.changed,
        finished=tally.finished,
        not_found=tally.not_found,
        out_of_scope=tally.out_of_scope,
        reopened=tally.reopened,
        reopen_reason=reopen_reason,
    )
    return Imported(
        answers=tally.answers,
        changed=tally.changed,
        finished=tally.finished,
        unfinished=tally.unfinished,
        out_of_scope=tuple(tally.out_of_scope),
        not_found=tuple(tally.not_found),
    )


class _Tally:
    """Counts that grow while a sheet is kept."""

    def __init__(self) -> None:
        self.answers = self.changed = self.finished = self.unfinished = 0
        self.not_found: list[int] = []
        self.out_of_scope: list[int] = []
        self.reopened: list[int] = []


def _sheet(store: Store, round_: Round, reviewer: Person) -> ReviewSheet:
    checklists = _checklists(store, round_)
    mine: dict[int, dict[str, Mapping[str, Answer]]] = {}
    for review in store.reviews.of(round_.id, reviewer_id=reviewer.id):
        mine.setdefault(review.case_id, {})[review.checklist_id] = review.answers
    return ReviewSheet(
        round_key=round_.key,
        round_title=round_.title,
        reviewer=reviewer.username,
        checklists=tuple(checklists.values()),
        cases=tuple(
            _sheet_case(case, mine[case.id]) for case in acting_cases(store, round_) if case.id in mine
        ),
    )


def _sheet_case(case: DrawnCase, answers: Mapping[str, Mapping[str, Answer]]) -> SheetCase:
    return SheetCase(
        number=case.number or 0,
        case_id=case.case_id,
        centre=case.centre,
        decision_date=case.decision_date,
        case_type=case.case_type,
        outcome=case.outcome,
        link=case.link,
        facts=case.facts,
        answers=answers,
        status=case.status,
    )


def _checklists(store: Store, round_: Round) -> dict[str, Checklist]:
    return {one.checklist_id: parse(one.text) for one in store.rounds.checklists(round_.id)}


def _keep_status(store: Store, case: DrawnCase, status: CaseStatus, tally: _Tally) -> None:
    if status is not case.status:
        store.cases.set_status(case.id, status)
    if case.number is not None and status in {CaseStatus.NOT_FOUND, CaseStatus.NO_ACCESS}:
        tally.not_found.append(case.number)
    if case.number is not None and status is CaseStatus.OUT_OF_SCOPE:
        tally.out_of_scope.append(case.number)


def _keep_answers(
    store: Store,
    review: Review,
    case: DrawnCase,
    checklist: Checklist,
    given: Sequence[Answer],
    tally: _Tally,
    reviewer: Person,
    reopen_reason: str | None,
    now: datetime,
) -> None:
    """Keep what is new in one review, and finish it when nothing that applies is unanswered."""
    changed = [answer for answer in given if review.answers.get(answer.item_id) != answer]
    tally.answers += len(given)
    tally.changed += len(changed)
    if changed and review.finished_at is not None:
        if not reopen_reason:
            raise ReviewFinished(number=str(case.number), finished_on=review.finished_at.date())
        store.reviews.reopen(review.id)
        tally.reopened.append(case.number or 0)
    store.reviews.save_answers(review.id, changed, at=now, by=reviewer.id)
    merged = {**review.answers, **{answer.item_id: answer for answer in given}}
    complete = is_complete(checklist, case, merged)
    if complete and (changed or review.finished_at is None):
        store.reviews.finish(review.id, now)
        tally.finished += 1
    tally.unfinished += not complete


def is_complete(checklist: Checklist, case: DrawnCase, answers: Mapping[str, Answer]) -> bool:
    """Return whether each fact and item that applies is answered, the register's facts counted in."""
    return score(checklist, answer_codes(checklist, case, answers)).complete


def answer_codes(checklist: Checklist, case: DrawnCase, answers: Mapping[str, Answer]) -> dict[str, str]:
    """Return codes by fact and item id: the register's facts that the checklist knows, then the reviewer's."""
    return {**known_facts(checklist, case.facts), **{item: answer.value for item, answer in answers.items()}}
