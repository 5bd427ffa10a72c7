"""Trying a checklist: a review of which nothing is kept, also with the answers of an old case."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from checklists.comparing import comparable
from checklists.model import Checklist, Fact, Item
from checklists.score import CaseScore, score
from lirk.domain.access import Action, may, require
from lirk.domain.item_sets import Asked, ItemSet, asked, has_core_set
from lirk.domain.people import Person
from lirk.domain.review_sheets import known_facts
from lirk.domain.reviewing import KeptAnswer, Question, Walkthrough, check_keepable, walkthrough
from lirk.domain.reviews import Answer, CaseStatus, DrawnCase, Review
from lirk.domain.rounds import CaseUnknown, Round, RoundState
from lirk.errors import NotFound
from lirk.services.checklist_versions import ReadVersion, one_version, versions_on
from lirk.services.pinned import asked_of
from lirk.services.read_twice import counted_reviews
from lirk.services.reviews import answer_codes
from lirk.services.samples import acting_cases
from lirk.storage.store import Store

#: So many cases of a round can be tried again.
OLD_CASES = 5


class Missing(StrEnum):
    """Why a question has no answer from the old case."""

    NEW = "new"
    MEANING = "meaning"
    ANSWER = "answer"
    NOT_ASKED = "not-asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A version as it is tried: the review with the answers so far, and what they come to.

    ``choice`` tells whether a core set and all items differ.
    """

    version: ReadVersion
    checklist: Checklist
    choice: bool
    walk: Walkthrough
    score: CaseScore


@dataclass(frozen=True, slots=True, kw_only=True)
class OldRound:
    """A finished round that used an earlier version of a checklist."""

    key: str
    title: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OldCase:
    """One review of a finished round, without anything that tells which case it was.

    Attributes
    ----------
    items
        Which items the round asked.
    facts
        What the register told that the new version takes from it, too.
    answers
        The answers that mean the same in the new version, by fact or item id.
    missing
        Why a question of the new version has no answer among them.
    score
        What the review came to under the version of its round.
    """

    key: str
    title: str
    number: int
    checklist: Checklist
    items: ItemSet
    facts: Mapping[str, str]
    answers: Mapping[str, str]
    missing: Mapping[str, Missing]
    score: CaseScore


def try_out(
    store: Store,
    actor: Person,
    checklist_id: str,
    version: int,
    *,
    items: ItemSet = ItemSet.FULL,
    facts: Mapping[str, str] | None = None,
    answers: Mapping[str, Answer] | None = None,
    now: datetime,
) -> Trial:
    """Return a version as a review with these answers would go. Nothing is kept.

    Raises
    ------
    VersionUnknown
        If there is none with this id and number.
    """
    require(actor, Action.READ_CHECKLISTS)
    versions = versions_on(store, now.date(), checklist_id)
    found = one_version(versions, checklist_id, version)
    checklist = asked(found.checklist, items).checklist
    kept = {
        name: KeptAnswer(answer=answer, version=1, at=now)
        for name, answer in (answers or {}).items()
        if answer.value in (checklist.offered(name) or ())
    }
    walk = walkthrough(checklist, facts or {}, kept)
    codes = {name: one.answer.value for name, one in kept.items()}
    return Trial(
        version=found,
        checklist=checklist,
        choice=has_core_set(found.checklist),
        walk=walk,
        score=score(checklist, {**codes, **walk.register}),
    )


def check_answer(question: Question, answer: Answer) -> None:
    """Refuse an answer to a question of a trial that a review would not keep either.

    Raises
    ------
    ProblemsFound
        With all problems; ``column`` names the field.
    """
    check_keepable(question.asked, answer)


def check_may_try(actor: Person) -> None:
    """Refuse whoever may not read checklists, before anything they sent is looked at.

    Raises
    ------
    NotAllowed
        If the person's role does not read checklists.
    """
    require(actor, Action.READ_CHECKLISTS)


def sees_old_cases(actor: Person) -> bool:
    """Return whether a person may try a checklist with the answers of an old case."""
    return may(actor, Action.MANAGE_CHECKLISTS) or may(actor, Action.APPROVE_CHECKLISTS)


def old_rounds(store: Store, actor: Person, checklist_id: str, version: int) -> tuple[OldRound, ...]:
    """Return the finished rounds that used an earlier version of a checklist, the latest first.

    Whoever may not see old cases is shown none.
    """
    if not sees_old_cases(actor):
        return ()
    found = []
    for round_ in store.rounds.all():
        used = _used(store, round_, checklist_id, version)
        if used is not None:
            found.append(OldRound(key=round_.key, title=round_.title, version=used.checklist.version))
    return tuple(reversed(found))


def old_case(
    store: Store, actor: Person, checklist_id: str, version: int, key: str, number: int, *, now: datetime
) -> OldCase:
    """Return the answers of one review of a finished round, as a later version can use them.

    Neither notes nor what names the case, its centre or its reviewer come with them. Running numbers go centre
    by centre, and a whole round read case by case would tell what each centre came to: so ``number`` counts
    the cases in an order of their own, and only the first `OLD_CASES` can be had.

    Raises
    ------
    RoundUnknown, CaseUnknown
        If the round is none that used an earlier version, or has no such case.
    NotFound
        If the person may not see old cases.
    VersionUnknown
        If there is no such version.
    """
    require(actor, Action.READ_CHECKLISTS)
    if not sees_old_cases(actor):
        raise NotFound
    new = try_out(store, actor, checklist_id, version, now=now).version.checklist
    round_ = store.rounds.by_key(key)
    used = _used(store, round_, checklist_id, version)
    found = [] if used is None else trial_cases(store, round_, checklist_id)
    if used is None or not 1 <= number <= len(found):
        raise CaseUnknown(round=key, number=str(number))
    case, review = found[number - 1]
    old = used.checklist
    codes = answer_codes(old, case, review.answers)
    missing = _missing(old, new, codes)
    return OldCase(
        key=key,
        title=round_.title,
        number=number,
        checklist=old,
        items=used.items.items,
        facts=known_facts(new, case.facts),
        answers={
            name: code for name, code in codes.items() if name not in missing and code in _offered(new, name)
        },
        missing=missing,
        score=score(old, codes),
    )


def unanswered(trial: Trial, old: OldCase) -> tuple[tuple[Question, Missing], ...]:
    """Return the questions of a trial that have no answer from the old case and none since, with the reason."""
    return tuple(
        (question, old.missing[question.id])
        for question in trial.walk.questions
        if not question.answer.value and question.id in old.missing
    )


def trial_cases(store: Store, round_: Round, checklist_id: str) -> list[tuple[DrawnCase, Review]]:
    """Return the cases of a round that can be tried again, in an order that tells nothing of where they are from."""
    found = []
    finished = {
        one.case_id: one
        for one in counted_reviews(store, round_)
        if one.checklist_id == checklist_id and one.finished_at
    }
    for case in _mixed(round_, acting_cases(store, round_)):
        review = finished.get(case.id)
        if review is not None and case.status is CaseStatus.TO_REVIEW:
            found.append((case, review))
        if len(found) == OLD_CASES:
            break
    return found


def _mixed(round_: Round, cases: Iterable[DrawnCase]) -> list[DrawnCase]:
    def place(case: DrawnCase) -> bytes:
        return hashlib.sha256(f"{round_.key}/{case.centre}/{case.case_id}".encode()).digest()

    return sorted(cases, key=place)


def _missing(old: Checklist, new: Checklist, codes: Mapping[str, str]) -> dict[str, Missing]:
    found = {}
    parts: tuple[Fact | Item, ...] = (*new.facts, *new.items)
    for part in parts:
        if old.offered(part.id) is None:
            found[part.id] = Missing.NEW
        elif not comparable(old, new, part.id):
            found[part.id] = Missing.MEANING
        elif not codes.get(part.id):
            found[part.id] = Missing.NOT_ASKED
        elif codes[part.id] not in part.offered:
            found[part.id] = Missing.ANSWER
    return found


def _offered(checklist: Checklist, name: str) -> tuple[str, ...]:
    return checklist.offered(name) or ()


def _used(store: Store, round_: Round, checklist_id: str, version: int) -> Asked | None:
    """Return the checklist as a finished round asked it, None where it used no earlier version of it."""
    if round_.state is not RoundState.CLOSED:
        return None
    pinned = store.rounds.checklists(round_.id)
    found = next((one for one in pinned if one.checklist_id == checklist_id), None)
    return None if found is None or found.version >= version else asked_of(found)
