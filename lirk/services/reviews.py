"""What reviewers do: take their cases in a spreadsheet, and hand the answers in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from checklists.model import Checklist
from checklists.score import score
from lirk.domain.access import Action, require
from lirk.domain.people import Person
from lirk.domain.review_sheets import CaseAnswers, ReviewSheet, SheetAnswers, SheetCase, known_facts
from lirk.domain.reviews import Answer, CaseStatus, DrawnCase, Reading, Review
from lirk.domain.rounds import Round, check_step
from lirk.domain.settling import NothingAssigned, ReviewFinished
from lirk.errors import NotFound, Problem, ProblemsFound
from lirk.intake.review_sheets import read_review_sheet, reviewer_of
from lirk.reports.review_sheets import review_sheet_xlsx
from lirk.services.certificates import replaced_cases
from lirk.services.people import person_named
from lirk.services.pinned import asked_in, checklists_of
from lirk.services.samples import acting_cases, acting_reviews
from lirk.services.second_readings import close_unbegun
from lirk.storage.store import Store
from lirk.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of reading one sheet back: counts of answers and reviews, and numbers of cases.

    ``replaced`` are cases with answers that were not kept, because a reserve case has taken their place.
    """

    answers: int
    changed: int
    finished: int
    unfinished: int
    out_of_scope: tuple[int, ...] = ()
    not_found: tuple[int, ...] = ()
    replaced: tuple[int, ...] = ()


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
        except ProblemsFound as error:
            problems.extend(error.problems)
        else:
            done.append(import_answers(store, actor, key, answers, reopen_reason=reopen_reason, now=now))
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

    Raises
    ------
    ReviewFinished
        If the sheet changes what was settled and no reason for reopening is given; every such case is named.
    NotFound
        If the round does not exist, or one of the cases is not the reviewer's.
    RoundNotIn, lirk.services.people.PersonUnknown
        See ``sheet_for``.
    """
    reviewer = _reviewer(store, actor, answers.reviewer)
    round_ = store.rounds.by_key(key)
    check_step(round_, "answer")
    everything, gone = _handed_in(store, round_, reviewer, answers), _replaced(store, round_)
    counted = [one for one in everything if one.case.case_id not in gone]
    reopened = [one.number for one in counted if one.reopens]
    reason = (reopen_reason or "").strip()
    if reopened and not reason:
        raise ReviewFinished(numbers=[str(number) for number in reopened])
    for one in counted:
        _keep(store, one, by=reviewer.id, at=now)
    set_aside = [one.case for one in counted if one.said.status is not CaseStatus.TO_REVIEW]
    close_unbegun(store, actor, round_, set_aside, now=now)
    dropped = [one.number for one in everything if one.case.case_id in gone and one.answered]
    result = _tallied(counted, dropped)
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


@dataclass(frozen=True, slots=True)
class _ReviewHandedIn:
    """What a sheet says in one review; ``complete`` is the review with it."""

    review: Review
    given: tuple[Answer, ...]
    complete: bool

    @property
    def changed(self) -> tuple[Answer, ...]:
        return tuple(answer for answer in self.given if self.review.answers.get(answer.item_id) != answer)


@dataclass(frozen=True, slots=True)
class _CaseHandedIn:
    """What a sheet says about one case, and what follows from it."""

    case: DrawnCase
    said: CaseAnswers
    reviews: tuple[_ReviewHandedIn, ...]

    @property
    def number(self) -> int:
        return self.said.number

    @property
    def moves(self) -> bool:
        return self.said.status is not self.case.status

    @property
    def answered(self) -> bool:
        return any(one.given for one in self.reviews)

    @property
    def reopens(self) -> bool:
        """Whether this undoes what was settled: a finished review, or a case that could not be reviewed."""
        unsettles = self.moves and self.case.status is not CaseStatus.TO_REVIEW
        return unsettles or any(
            one.review.finished_at and (one.changed or self.moves) for one in self.reviews
        )

    @property
    def finishing(self) -> tuple[_ReviewHandedIn, ...]:
        """The reviews that are finished by this, for the first time or again."""
        return tuple(
            one
            for one in self.reviews
            if self.said.status is CaseStatus.TO_REVIEW
            and one.complete
            and (one.changed or self.moves or one.review.finished_at is None)
        )

    @property
    def unfinished(self) -> int:
        """How many reviews lack answers; a case that cannot be reviewed needs none."""
        return sum(self.said.status is CaseStatus.TO_REVIEW and not one.complete for one in self.reviews)

    @property
    def status_entry(self) -> dict[str, object]:
        return {"number": self.number, "status": self.said.status.value, "note": self.said.status_note}


def _reviewer(store: Store, actor: Person, username: str) -> Person:
    found = store.people.find(username)
    require(actor, Action.REVIEW, assigned_to=found.id if found else None)
    return found or person_named(store, username)


def _replaced(store: Store, round_: Round) -> frozenset[str]:
    return replaced_cases(store.draws.of(round_.id)[-1].certificate)


def _read(store: Store, actor: Person, key: str, path: Path) -> SheetAnswers:
    """Read a sheet against all cases of its reviewer, also those that were replaced after it was written."""
    reviewer = _reviewer(store, actor, reviewer_of(path))
    round_ = store.rounds.by_key(key)
    check_step(round_, "answer")
    return read_review_sheet(path, _sheet(store, round_, reviewer))


def _blind(store: Store, actor: Person, round_: Round) -> frozenset[int]:
    """Return the reviews of those who read the same cases as the actor: two readings are kept apart."""
    others = (one.other_of(actor.id) for one in store.reconciliations.read_twice(round_.id))
    return frozenset(other.review_id for other in others if other)


def _readings(store: Store, round_: Round, reviewer: Person) -> Iterator[Review]:
    for reading in (Reading.FIRST, Reading.SECOND):
        yield from acting_reviews(store, round_, reading=reading, reviewer_id=reviewer.id)


def _sheet(
    store: Store,
    round_: Round,
    reviewer: Person,
    *,
    without: frozenset[str] = frozenset(),
    blind: frozenset[int] = frozenset(),
) -> ReviewSheet:
    mine: dict[int, dict[str, Mapping[str, Answer]]] = {}
    for review in _readings(store, round_, reviewer):
        if review.id not in blind:
            mine.setdefault(review.case_id, {})[review.checklist_id] = review.answers
    used = asked_in(store, round_)
    return ReviewSheet(
        round_key=round_.key,
        round_title=round_.title,
        reviewer=reviewer.username,
        checklists=tuple(one.checklist for one in used),
        items={one.checklist.id: one.items for one in used},
        cases=tuple(
            _sheet_case(case, mine[case.id])
            for case in acting_cases(store, round_)
            if case.id in mine and case.case_id not in without
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


def _handed_in(
    store: Store, round_: Round, reviewer: Person, answers: SheetAnswers
) -> tuple[_CaseHandedIn, ...]:
    """Hold a sheet against what was handed in before, by running number."""
    cases = {case.number: case for case in acting_cases(store, round_)}
    mine: dict[int, dict[str, Review]] = {}
    for review in _readings(store, round_, reviewer):
        mine.setdefault(review.case_id, {})[review.checklist_id] = review
    checklists = checklists_of(store, round_)
    found = []
    for number, said in sorted(answers.cases.items()):
        case = cases.get(number)
        if case is None or case.id not in mine or not said.answers.keys() <= mine[case.id].keys():
            raise NotFound
        reviews = (
            _review_handed_in(checklists[one], case, mine[case.id][one], given)
            for one, given in said.answers.items()
        )
        found.append(_CaseHandedIn(case, said, tuple(reviews)))
    return tuple(found)


def _review_handed_in(
    checklist: Checklist, case: DrawnCase, review: Review, given: tuple[Answer, ...]
) -> _ReviewHandedIn:
    merged = {**review.answers, **{answer.item_id: answer for answer in given}}
    return _ReviewHandedIn(review, given, is_complete(checklist, case, merged))


def _keep(store: Store, handed_in: _CaseHandedIn, *, by: int, at: datetime) -> None:
    """Keep what is new about one case; nothing that was there is taken away."""
    if handed_in.moves:
        store.cases.set_status(handed_in.case.id, handed_in.said.status)
    for one in handed_in.reviews:
        if one.review.finished_at and (one.changed or handed_in.moves):
            store.reviews.reopen(one.review.id)
        store.reviews.save_answers(one.review.id, one.changed, at=at, by=by)
    for one in handed_in.finishing:
        store.reviews.finish(one.review.id, at)


def _tallied(counted: Sequence[_CaseHandedIn], replaced: Sequence[int]) -> Imported:
    reviews = [review for one in counted for review in one.reviews]

    def numbers(*statuses: CaseStatus) -> tuple[int, ...]:
        return tuple(one.number for one in counted if one.said.status in statuses)

    return Imported(
        answers=sum(len(review.given) for review in reviews),
        changed=sum(len(review.changed) for review in reviews),
        finished=sum(len(one.finishing) for one in counted),
        unfinished=sum(one.unfinished for one in counted),
        out_of_scope=numbers(CaseStatus.OUT_OF_SCOPE),
        not_found=numbers(CaseStatus.NOT_FOUND, CaseStatus.NO_ACCESS),
        replaced=tuple(replaced),
    )
