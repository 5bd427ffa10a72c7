"""What reviewers do: take their cases in a spreadsheet, and hand the answers in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from checklists.model import Checklist
from checklists.score import score
from lirk.domain.access import Action, require
from lirk.domain.handed_in import CaseHandedIn, ReviewHandedIn
from lirk.domain.obstacles import Obstacle, Settlement
from lirk.domain.people import Person
from lirk.domain.review_sheets import ReviewSheet, SheetAnswers, SheetCase, known_facts
from lirk.domain.reviewing import check_obstacle
from lirk.domain.reviews import Answer, CaseStatus, DrawnCase, Reading, Review
from lirk.domain.rounds import Round, check_step
from lirk.domain.settling import NothingAssigned, ReviewFinished
from lirk.errors import NotFound, Problem, ProblemsFound
from lirk.intake.review_sheets import read_review_sheet, reviewer_of
from lirk.reports.review_sheets import review_sheet_xlsx
from lirk.services.certificates import replaced_cases
from lirk.services.people import person_named
from lirk.services.pinned import asked_in, checklists_of
from lirk.services.samples import acting_cases, acting_reviews, read_so_far
from lirk.services.second_readings import close_unbegun
from lirk.storage.store import Store
from lirk.wording import Wording

READINGS = (Reading.FIRST, Reading.SECOND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of reading one sheet back: counts of answers and reviews, and numbers of cases.

    ``reported`` are cases that a second reader cannot review, which the coordinator decides on. ``replaced``
    are cases with answers that were not kept, because a reserve case has taken their place; ``gone`` those
    whose answers were not kept because they are not the reviewer's to answer now.
    """

    answers: int
    changed: int
    finished: int
    unfinished: int
    out_of_scope: tuple[int, ...] = ()
    not_found: tuple[int, ...] = ()
    replaced: tuple[int, ...] = ()
    reported: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()


def sheet_for(store: Store, actor: Person, key: str, username: str) -> ReviewSheet:
    """Return a reviewer's cases as a sheet to fill in, with the answers already given.

    Both their first and their second readings, which nothing tells apart. Cases that a reserve case has taken
    the place of are left out, and from another's sheet the cases that the actor reads, too.

    Raises
    ------
    NotFound
        If the round does not exist, or it is another reviewer's work.
    lirk.services.people.PersonUnknown
        If nobody has the username; told only to who may know everybody.
    RoundNotIn
        If the round is not being reviewed.
    NothingAssigned
        If the reviewer has no cases.
    """
    reviewer = _reviewer(store, actor, username)
    round_ = store.rounds.by_key(key)
    check_step(round_, "answer")
    sheet = _sheet(
        store, round_, reviewer, without=_replaced(store, round_), blind=_blind(store, actor, round_)
    )
    if not sheet.cases:
        raise NothingAssigned(name=reviewer.username, round=key)
    return sheet


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
    ReviewFinished, NotFound, RoundNotIn, lirk.services.people.PersonUnknown
        See ``import_answers``.
    """
    done: list[Imported] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            answers = _read(store, actor, key, path)
            done.append(import_answers(store, actor, key, answers, reopen_reason=reopen_reason, now=now))
        except ProblemsFound as error:
            problems.extend(_placed(error.problems, path))
    if problems:
        raise ProblemsFound(problems)
    return tuple(done)


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
    What a second reader says of a case itself is reported to the coordinator.

    Raises
    ------
    ProblemsFound
        If the sheet changes a reading that waits for the coordinator or has ended; every such case is named.
    ReviewFinished
        If the sheet changes what was settled and no reason for reopening is given; every such case is named.
    NotFound
        If the round does not exist, or one of the cases is not the reviewer's, or is one that the actor reads
        beside the reviewer.
    RoundNotIn, lirk.services.people.PersonUnknown
        See ``sheet_for``.
    """
    reviewer = _reviewer(store, actor, answers.reviewer)
    round_ = store.rounds.by_key(key)
    check_step(round_, "answer")
    everything, replaced = _handed_in(store, actor, round_, reviewer, answers), _replaced(store, round_)
    counted = [one for one in everything if one.case.case_id not in replaced]
    _check_open(counted)
    reopened = [one.number for one in counted if one.reopens]
    reason = (reopen_reason or "").strip()
    if reopened and not reason:
        raise ReviewFinished(numbers=[str(number) for number in reopened])
    for one in counted:
        _keep(store, one, by=reviewer.id, at=now, made=answers.made)
        _report(store, actor, round_, one, by=reviewer.id, at=now)
    set_aside = [one.case for one in counted if one.sets_aside]
    close_unbegun(store, actor, round_, set_aside, now=now)
    dropped = [one.number for one in everything if one.case.case_id in replaced and one.answered]
    result = _tallied(counted, dropped, answers.gone)
    store.trail.add(
        "answers-imported",
        actor_id=actor.id,
        at=now,
        round=key,
        reviewer=reviewer.username,
        answers=result.answers,
        changed=result.changed,
        finished=result.finished,
        statuses=[one.status_entry for one in counted if one.moves],
        replaced=list(result.replaced),
        gone=list(result.gone),
        reopened=reopened,
        reopen_reason=reason or None,
    )
    return result


def is_complete(checklist: Checklist, case: DrawnCase, answers: Mapping[str, Answer]) -> bool:
    """Return whether a review can be finished, the register's facts counted in.

    Each fact and item that applies must be answered, and no answers may contradict each other.
    """
    return score(checklist, answer_codes(checklist, case, answers)).complete


def answer_codes(checklist: Checklist, case: DrawnCase, answers: Mapping[str, Answer]) -> dict[str, str]:
    """Return codes by fact and item id: the register's facts that the checklist knows, then the reviewer's."""
    return {**known_facts(checklist, case.facts), **{item: answer.value for item, answer in answers.items()}}


def _reviewer(store: Store, actor: Person, username: str) -> Person:
    found = store.people.find(username)
    require(actor, Action.REVIEW, assigned_to=found.id if found else None)
    return found or person_named(store, username)


def _replaced(store: Store, round_: Round) -> frozenset[str]:
    return replaced_cases(store.draws.of(round_.id)[-1].certificate)


def _read(store: Store, actor: Person, key: str, path: Path) -> SheetAnswers:
    """Read a sheet against all cases of its reviewer, also those that were replaced after it was written.

    But for those that the actor reads, too.
    """
    reviewer = _reviewer(store, actor, reviewer_of(path))
    round_ = store.rounds.by_key(key)
    check_step(round_, "answer")
    sheet = _sheet(store, round_, reviewer, blind=_blind(store, actor, round_))
    replaced = _replaced(store, round_)
    # What is said of a case that was replaced is dropped later, and told: here it is no contradiction.
    cases = [
        replace(case, status=CaseStatus.TO_REVIEW) if case.case_id in replaced else case
        for case in sheet.cases
    ]
    return read_review_sheet(path, replace(sheet, cases=cases))


def _placed(problems: Iterable[Problem], path: Path) -> Iterator[Problem]:
    return (replace(problem, file=problem.file or path.name) for problem in problems)


def _blind(store: Store, actor: Person, round_: Round) -> frozenset[int]:
    """Return the reviews of those who read the same cases as the actor: two readings are kept apart."""
    others = (one.other_of(actor.id) for one in store.reconciliations.read_twice(round_.id))
    return frozenset(other.review_id for other in others if other)


def _readings(store: Store, round_: Round, reviewer: Person) -> Iterator[Review]:
    for reading in READINGS:
        yield from acting_reviews(store, round_, reading=reading, reviewer_id=reviewer.id)


def _sheet(
    store: Store,
    round_: Round,
    reviewer: Person,
    *,
    without: frozenset[str] = frozenset(),
    blind: frozenset[int] = frozenset(),
) -> ReviewSheet:
    mine: dict[int, list[Review]] = {}
    for review in _readings(store, round_, reviewer):
        if review.id not in blind:
            mine.setdefault(review.case_id, []).append(review)
    brought_by = store.reviews.brought_by(round_.id, reviewer.id)
    used = asked_in(store, round_)
    return ReviewSheet(
        round_key=round_.key,
        round_title=round_.title,
        reviewer=reviewer.username,
        checklists=tuple(one.checklist for one in used),
        items={one.checklist.id: one.items for one in used},
        cases=tuple(
            _sheet_case(case, mine[case.id], brought_by)
            for case in acting_cases(store, round_)
            if case.id in mine and case.case_id not in without
        ),
    )


def _sheet_case(
    case: DrawnCase, reviews: Sequence[Review], brought_by: Mapping[tuple[int, str], str]
) -> SheetCase:
    return SheetCase(
        number=case.number or 0,
        case_id=case.case_id,
        centre=case.centre,
        decision_date=case.decision_date,
        case_type=case.case_type,
        outcome=case.outcome,
        link=case.link,
        facts=case.facts,
        answers={review.checklist_id: review.answers for review in reviews},
        status=case.status,
        brought_by={
            (review.checklist_id, item): brought_by[review.id, item]
            for review in reviews
            for item in review.answers
            if (review.id, item) in brought_by
        },
    )


def _handed_in(
    store: Store, actor: Person, round_: Round, reviewer: Person, answers: SheetAnswers
) -> tuple[CaseHandedIn, ...]:
    """Hold a sheet against what was handed in before, by running number."""
    cases = {case.number: case for case in acting_cases(store, round_)}
    blind = _blind(store, actor, round_)
    mine: dict[int, dict[str, Review]] = {}
    for review in _readings(store, round_, reviewer):
        if review.id not in blind:
            mine.setdefault(review.case_id, {})[review.checklist_id] = review
    checklists = checklists_of(store, round_)
    obstacles = {one: store.obstacles.of(round_.id, reading=one) for one in READINGS}
    finished = {one.case_id for one in read_so_far(store, round_)[0] if one.finished_at}
    found = []
    for number, said in sorted(answers.cases.items()):
        case = cases.get(number)
        if case is None or case.id not in mine or not said.answers.keys() <= mine[case.id].keys():
            raise NotFound
        reviews = tuple(
            _review_handed_in(checklists[one], case, mine[case.id][one], given)
            for one, given in said.answers.items()
        )
        second = all(review.reading is Reading.SECOND for review in mine[case.id].values())
        reading = Reading.SECOND if second else Reading.FIRST
        found.append(
            CaseHandedIn(
                case=case,
                said=said,
                reviews=reviews,
                reading=reading,
                obstacle=obstacles[reading].get(case.id),
                finished=case.id in finished,
            )
        )
    return tuple(found)


def _review_handed_in(
    checklist: Checklist, case: DrawnCase, review: Review, given: tuple[Answer, ...]
) -> ReviewHandedIn:
    merged = {**review.answers, **{answer.item_id: answer for answer in given}}
    scored = score(checklist, answer_codes(checklist, case, merged))
    # What is new was asked for its notes as it was read; the browser keeps answers before they have theirs.
    stored = {one: answer for one, answer in merged.items() if review.answers.get(one) == answer}
    lacking = any(
        (answer.value in item.note_required_at and not answer.note)
        or (answer.value in item.journal_reference_required_at and not answer.journal_reference)
        for item in checklist.items
        if item.id in scored.applies and (answer := stored.get(item.id))
    )
    return ReviewHandedIn(review, given, scored.complete and not lacking)


def _check_open(counted: Iterable[CaseHandedIn]) -> None:
    problems = [
        Problem("sheet-case-set-aside", {"number": str(one.number)}) for one in counted if one.is_refused
    ]
    if problems:
        raise ProblemsFound(problems)


def _keep(store: Store, handed_in: CaseHandedIn, *, by: int, at: datetime, made: str) -> None:
    """Keep what is new about one case; nothing that was there is taken away."""
    if handed_in.moves:
        store.cases.set_status(handed_in.case.id, handed_in.said.status)
        if handed_in.said.status in (CaseStatus.NOT_FOUND, CaseStatus.NO_ACCESS):
            store.obstacles.settle_open(handed_in.case.id, Settlement.RETURNED, Reading.SECOND, at=at, by=by)
    for review in handed_in.reopened:
        store.reviews.reopen(review.id)
    for one in handed_in.reviews:
        store.reviews.save_answers(one.review.id, one.changed, at=at, by=by, key=made or None)
    for one in handed_in.finishing:
        store.reviews.finish(one.review.id, at, judgement=one.review.judgement)


def _report(
    store: Store, actor: Person, round_: Round, handed_in: CaseHandedIn, *, by: int, at: datetime
) -> None:
    """Report to the coordinator what a second reader says of a case; the case and its first reading stay."""
    if handed_in.reason is None:
        return
    note = handed_in.said.status_note.strip()
    why = check_obstacle(handed_in.reason, note)
    store.obstacles.report(
        Obstacle(
            case_id=handed_in.case.id,
            reading=handed_in.reading,
            reason=why,
            note=note,
            reported_at=at,
            reported_by=by,
        )
    )
    store.trail.add(
        "obstacle-reported",
        actor_id=actor.id,
        at=at,
        round=round_.key,
        number=handed_in.number,
        reason=why.value,
    )


def _tallied(counted: Sequence[CaseHandedIn], replaced: Sequence[int], gone: Sequence[int]) -> Imported:
    reviews = [review for one in counted for review in one.reviews]

    def numbers(*statuses: CaseStatus) -> tuple[int, ...]:
        return tuple(one.number for one in counted if one.sets_aside and one.said.status in statuses)

    return Imported(
        answers=sum(len(review.given) for review in reviews),
        changed=sum(len(review.changed) for review in reviews),
        finished=sum(len(one.finishing) for one in counted),
        unfinished=sum(one.unfinished for one in counted),
        out_of_scope=numbers(CaseStatus.OUT_OF_SCOPE),
        not_found=numbers(CaseStatus.NOT_FOUND, CaseStatus.NO_ACCESS),
        reported=tuple(one.number for one in counted if one.reason),
        replaced=tuple(replaced),
        gone=tuple(gone),
    )
