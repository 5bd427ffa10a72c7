"""Sharing the cases of a round out: shown first, done in the same way, and single cases handed over."""

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lirk.domain.access import Action, require
from lirk.domain.alphabet import danish_key
from lirk.domain.assignment import AssignmentChanged, Limits, MayNotRead, check_reviewer, may_read
from lirk.domain.assignment import assign as shared_out
from lirk.domain.obstacles import ObstacleReason, Settlement
from lirk.domain.people import Person, Role
from lirk.domain.reviews import CaseStatus, DrawnCase, Review
from lirk.domain.rounds import Round, RoundState, check_step
from lirk.domain.settling import CaseNotOpen
from lirk.services.people import PersonUnknown, person_named
from lirk.services.samples import acting_case, acting_cases, open_obstacles
from lirk.storage.store import Store

Conflicts = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many cases one reviewer keeps and gets; ``most`` in all, None without a limit."""

    username: str
    name: str
    had: int
    new: int
    most: int | None

    @property
    def total(self) -> int:
        """Return how many cases the reviewer has then."""
        return self.had + self.new


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """How cases are shared out.

    ``given`` is the username by running number; ``shares`` stand in the order in which the reviewers were
    named; ``left`` are numbers of cases that nobody named has room for, and that nobody
    has then.
    """

    round: Round
    given: Mapping[int, str]
    shares: tuple[Share, ...]
    left: tuple[int, ...]

    @property
    def digest(self) -> str:
        """Return a short checksum of who gets what, to tell whether it is still what was shown."""
        text = "\n".join(f"{number} {username}" for number, username in sorted(self.given.items()))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who reviews: cases in hand in this round, and the centres declared barred to them."""

    username: str
    name: str
    cases: int
    conflicts: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentPage:
    """What the coordinator chooses from; reviewers and centres in the order of the alphabet.

    ``may_assign`` is False once the round is closed; then it only shows who had how many. ``unassigned`` and
    ``not_begun`` are counts of cases that nobody has, and that nobody has begun.
    """

    round: Round
    may_assign: bool
    candidates: tuple[Candidate, ...]
    centres: tuple[str, ...]
    unassigned: int
    not_begun: int


@dataclass(frozen=True, slots=True)
class _Sample:
    """The cases of a round with their reviews, and what bars people from them; read once for all."""

    round: Round
    cases: tuple[DrawnCase, ...]
    reviews: tuple[Review, ...]
    declared: Mapping[str, frozenset[str]]
    disqualified: Mapping[int, frozenset[int]]
    reported: frozenset[int]

    @property
    def begun(self) -> set[int]:
        return {one.case_id for one in self.reviews if one.answers or one.finished_at}

    @property
    def reviewer_of(self) -> dict[int, int]:
        return {one.case_id: one.reviewer_id for one in self.reviews if one.reviewer_id is not None}

    @property
    def to_review(self) -> tuple[DrawnCase, ...]:
        return tuple(case for case in self.cases if case.status is CaseStatus.TO_REVIEW)

    def free(self, *, again: bool) -> list[DrawnCase]:
        """Return the cases to share out; one that waits for the coordinator's decision stays where it is."""
        has, begun = self.reviewer_of, self.begun
        return [
            case
            for case in self.to_review
            if case.id not in has or (again and case.id not in begun and case.id not in self.reported)
        ]

    def limits(self, people: Sequence[Person], most: Mapping[str, int], conflicts: Conflicts) -> Limits:
        return Limits(
            most={one.id: most[one.username] for one in people if one.username in most},
            centres={one.id: conflicts.get(one.username, ()) for one in people},
            cases=self.disqualified,
        )


def assignment_page(store: Store, actor: Person, key: str) -> AssignmentPage:
    """Return who may review, the centres of the sample, and how many cases wait.

    Raises
    ------
    RoundUnknown, RoundNotIn
        If there is no such round, or its cases are not drawn yet.
    """
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    if round_.state is not RoundState.CLOSED:
        check_step(round_, "assign")
    sample = _read(store, round_)
    load = Counter(sample.reviewer_of.values())
    able = [one for one in store.people.all() if Role.REVIEWER in one.roles and one.active]
    return AssignmentPage(
        round=round_,
        may_assign=round_.state is not RoundState.CLOSED,
        candidates=tuple(
            Candidate(
                username=one.username,
                name=one.name,
                cases=load[one.id],
                conflicts=sample.declared.get(one.username, frozenset()),
            )
            for one in sorted(able, key=lambda one: (danish_key(one.name), one.username))
        ),
        centres=tuple(sorted({case.centre for case in sample.cases}, key=danish_key)),
        unassigned=len(sample.free(again=False)),
        not_begun=len(sample.free(again=True)),
    )


def assignment_preview(
    store: Store,
    actor: Person,
    key: str,
    *,
    reviewers: Sequence[str],
    most: Mapping[str, int] | None = None,
    conflicts: Conflicts | None = None,
    again: bool = False,
) -> Assignment:
    """Return how the cases would be shared out; ``assign`` with the same arguments does exactly that.

    Parameters
    ----------
    most
        How many of the round's cases somebody may have in all, by username; those not named have no limit.
    conflicts
        Centres whose cases somebody does not read, by username. None: as declared in the round before.
    again
        Share out also the cases that have a reviewer who has not begun them.

    Raises
    ------
    RoundUnknown, RoundNotIn, NoReviewers, NotAReviewer, NobodyMayRead, lirk.services.people.PersonUnknown
        See each.
    """
    require(actor, Action.RUN_ROUND)
    sample = _sample(store, key)
    people = _named(store, reviewers)
    return _planned(sample, people, most or {}, sample.declared if conflicts is None else conflicts, again)


def assign(
    store: Store,
    actor: Person,
    key: str,
    *,
    reviewers: Sequence[str],
    most: Mapping[str, int] | None = None,
    conflicts: Conflicts | None = None,
    again: bool = False,
    shown: str | None = None,
    now: datetime,
) -> Assignment:
    """Share the cases out, as ``assignment_preview`` with the same arguments says.

    Conflicts that are declared hold for the rest of the round, also where single cases are handed over.

    Parameters
    ----------
    shown
        The digest of the preview that the coordinator agreed to, if there was one.

    Raises
    ------
    AssignmentChanged
        If it would be shared out in another way than was shown.
    RoundUnknown, RoundNotIn, NoReviewers, NotAReviewer, NobodyMayRead, lirk.services.people.PersonUnknown
        See each.
    """
    require(actor, Action.RUN_ROUND)
    sample = _sample(store, key)
    people = _named(store, reviewers)
    planned = _planned(sample, people, most or {}, sample.declared if conflicts is None else conflicts, again)
    if shown is not None and planned.digest != shown:
        raise AssignmentChanged(round=key)
    ids = {one.username: one.id for one in people}
    _keep(store, sample, {number: ids[who] for number, who in planned.given.items()}, planned.left)
    store.rounds.set_state(sample.round.id, RoundState.REVIEWING)
    about: dict[str, object] = {"cases": {share.username: share.new for share in planned.shares}}
    if most:
        about["most"] = dict(most)
    if conflicts is not None:
        about["conflicts"] = {one: sorted(conflicts.get(one, ())) for one in ids}
    store.trail.add("cases-assigned", actor_id=actor.id, at=now, round=key, **about)
    return planned


def move_case(
    store: Store, actor: Person, key: str, *, number: int, username: str, now: datetime
) -> DrawnCase:
    """Hand one unfinished case over to another reviewer, with the answers given so far.

    Raises
    ------
    CaseNotOpen
        If the case is finished, reported, set aside, or replaced.
    NotAReviewer, MayNotRead
        If the person reviews none, or not this one.
    RoundUnknown, RoundNotIn, CaseUnknown, lirk.services.people.PersonUnknown
        See each.
    """
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    check_step(round_, "answer")
    case = acting_case(store, round_, number)
    reviews = [review for review in store.reviews.of(round_.id) if review.case_id == case.id]
    settled = case.status is not CaseStatus.TO_REVIEW or all(review.finished_at for review in reviews)
    if settled or case.id in open_obstacles(store, round_):
        raise CaseNotOpen(number=str(number))
    person = person_named(store, username)
    check_may_take(store, round_, case, person)
    for review in reviews:
        store.reviews.assign(review.id, person.id)
    store.trail.add(
        "case-moved", actor_id=actor.id, at=now, round=key, number=number, reviewer=person.username
    )
    return case


def check_may_take(store: Store, round_: Round, case: DrawnCase, person: Person) -> None:
    """Refuse to give a case to somebody who may not read it.

    Raises
    ------
    NotAReviewer, MayNotRead
        See each.
    """
    check_reviewer(person)
    if not may_read(person, case, limits_of(store, round_)):
        raise MayNotRead(name=person.name, number=str(case.number))


def able_to_take(store: Store, round_: Round, case: DrawnCase) -> tuple[Person, ...]:
    """Return who may read a case, in the order of the alphabet."""
    limits = limits_of(store, round_)
    able = [
        one
        for one in store.people.all()
        if one.active and Role.REVIEWER in one.roles and may_read(one, case, limits)
    ]
    return tuple(sorted(able, key=lambda one: (danish_key(one.name), one.username)))


def limits_of(store: Store, round_: Round) -> Limits:
    """Return what bars people from cases of a round: centres that were declared, cases that they declined."""
    declared = _declared(store, round_)
    return Limits(
        centres={one.id: declared[one.username] for one in store.people.all() if one.username in declared},
        cases=_disqualified(store, round_),
    )


def _planned(
    sample: _Sample,
    people: Sequence[Person],
    most: Mapping[str, int],
    conflicts: Conflicts,
    again: bool,
) -> Assignment:
    free, has = sample.free(again=again), sample.reviewer_of
    for case in free:
        has.pop(case.id, None)
    had = Counter(has.values())
    given = shared_out(free, people, had, sample.limits(people, most, conflicts))
    new, names = Counter(given.values()), {one.id: one.username for one in people}
    numbers = {case.id: case.number or 0 for case in free}
    return Assignment(
        round=sample.round,
        given={numbers[case]: names[who] for case, who in given.items()},
        shares=tuple(
            Share(
                username=one.username,
                name=one.name,
                had=had[one.id],
                new=new[one.id],
                most=most.get(one.username),
            )
            for one in people
        ),
        left=tuple(number for case, number in numbers.items() if case not in given),
    )


def _keep(store: Store, sample: _Sample, given: Mapping[int, int], left: Collection[int]) -> None:
    """Give the reviews to whom they go; what nobody has room for goes back to nobody."""
    numbers = {case.id: case.number or 0 for case in sample.cases}
    for review in sample.reviews:
        number = numbers[review.case_id]
        if number in given:
            store.reviews.assign(review.id, given[number])
        elif number in left and review.reviewer_id is not None:
            store.reviews.assign(review.id, None)


def _named(store: Store, usernames: Sequence[str]) -> list[Person]:
    """Return the people with these usernames in this order, each once."""
    everybody = {one.username: one for one in store.people.all()}
    unknown = next((one for one in usernames if one not in everybody), None)
    if unknown is not None:
        raise PersonUnknown(username=unknown)
    return [everybody[one] for one in dict.fromkeys(usernames)]


def _sample(store: Store, key: str) -> _Sample:
    round_ = store.rounds.by_key(key)
    check_step(round_, "assign")
    return _read(store, round_)


def _read(store: Store, round_: Round) -> _Sample:
    cases = acting_cases(store, round_)
    ids = {case.id for case in cases}
    return _Sample(
        round=round_,
        cases=cases,
        reviews=tuple(one for one in store.reviews.of(round_.id) if one.case_id in ids),
        declared=_declared(store, round_),
        disqualified=_disqualified(store, round_),
        reported=frozenset(open_obstacles(store, round_)),
    )


def _declared(store: Store, round_: Round) -> dict[str, frozenset[str]]:
    """Return the centres barred to each username, as the trail has it: what was declared last holds."""
    found: dict[str, frozenset[str]] = {}
    for entry in store.trail.named(round_.id, "cases-assigned"):
        declared = entry.about.get("conflicts")
        if isinstance(declared, Mapping):
            found.update({str(who): frozenset(map(str, centres)) for who, centres in declared.items()})
    return found


def _disqualified(store: Store, round_: Round) -> dict[int, frozenset[int]]:
    """Return who said of a case that they are disqualified, by the case's id."""
    return {
        pk: frozenset({one.reported_by})
        for pk, one in store.obstacles.of(round_.id).items()
        if one.reason is ObstacleReason.DISQUALIFIED
        and one.settlement is not Settlement.RETURNED
        and one.reported_by is not None
    }
