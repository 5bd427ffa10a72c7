"""Handing work over: a single reading of a case, or all that one reviewer has left, to others."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lirk.domain.access import Action, require
from lirk.domain.assignment import (
    AssignmentChanged,
    Load,
    Piece,
    ReadingKey,
    assign,
    check_reviewers,
    is_reviewer,
)
from lirk.domain.handing_over import HANDED, taken_over
from lirk.domain.people import Person
from lirk.domain.reviews import CaseStatus, DrawnCase, Reading
from lirk.domain.rounds import Round, RoundState, check_step
from lirk.domain.settling import CaseNotOpen
from lirk.errors import RuleBroken
from lirk.services.limits import able_to_take, by_name, check_may_take
from lirk.services.people import person_named
from lirk.services.round_work import RoundWork, round_work
from lirk.services.samples import acting_case, open_obstacles
from lirk.services.shares import Barred, Share, barred_of, people_named, shares_of
from lirk.storage.store import Store


class NothingToHandOver(RuleBroken):
    """The reviewer has nothing in the round that is not finished and that somebody named may take over."""

    code = "nothing-to-hand-over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Giver:
    """Somebody with readings that are not finished; ``taken_over`` of them were handed over to them."""

    username: str
    name: str
    reviews: bool
    cases: int
    taken_over: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverPage:
    """From whom and to whom cases can be handed over, by the alphabet; takers with their cases in the round."""

    round: Round
    givers: tuple[Giver, ...]
    takers: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """What of a reviewer's work goes to whom.

    Attributes
    ----------
    given, seconds
        Usernames by running number, of first and of second readings.
    shares, barred
        Of those who take over, in the order in which they were named.
    stay
        Numbers of the cases that none of them may take.
    reported
        Numbers of the cases that stay because they wait for the coordinator's decision.
    """

    round: Round
    giver: Person
    given: Mapping[int, str]
    seconds: Mapping[int, str]
    shares: tuple[Share, ...]
    barred: tuple[Barred, ...]
    stay: tuple[int, ...]
    reported: tuple[int, ...]

    @property
    def digest(self) -> str:
        """Return a short checksum of who gets what, to tell whether it is still what was shown."""
        lines = [f"{number} {username}" for number, username in sorted(self.given.items())]
        lines += [f"second {number} {username}" for number, username in sorted(self.seconds.items())]
        return hashlib.sha256("\n".join([self.giver.username, *lines]).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Movable:
    """A reading of a case that can be handed over: who has it, and who may take it, by the alphabet."""

    reader: Person | None
    takers: tuple[Person, ...]


def move_case(
    store: Store,
    actor: Person,
    key: str,
    *,
    number: int,
    username: str,
    reading: Reading = Reading.FIRST,
    now: datetime,
) -> DrawnCase:
    """Hand one unfinished reading of a case over to another reviewer, with the answers given so far.

    Raises
    ------
    CaseNotOpen
        If the reading is finished or does not exist, or the case is reported, set aside, or replaced.
    NotAReviewer, MayNotRead
        If the person reviews none, or not this one.
    RoundUnknown, RoundNotIn, CaseUnknown, lirk.services.people.PersonUnknown
        See each.
    """
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    check_step(round_, "answer")
    case = acting_case(store, round_, number)
    reviews = [one for one in store.reviews.of(round_.id, reading=reading) if one.case_id == case.id]
    settled = case.status is not CaseStatus.TO_REVIEW or all(review.finished_at for review in reviews)
    if settled or case.id in open_obstacles(store, round_, reading=reading):
        raise CaseNotOpen(number=str(number))
    person = person_named(store, username)
    check_may_take(store, round_, case, person, reading)
    for review in reviews:
        store.reviews.assign(review.id, person.id)
    had = next((one.username for one in store.people.all() if one.id == reviews[0].reviewer_id), None)
    about: dict[str, object] = {"number": number, "reviewer": person.username, "from": had}
    if reading is not Reading.FIRST:
        about["reading"] = reading
    store.trail.add("case-moved", actor_id=actor.id, at=now, round=key, **about)
    return case


def movable_second(store: Store, round_: Round, case: DrawnCase) -> Movable | None:
    """Return the second reading of a case with who may take it over; None where there is none to do."""
    reviews = store.reviews.of(round_.id, reading=Reading.SECOND)
    of_case = [one for one in reviews if one.case_id == case.id]
    waits = case.id in open_obstacles(store, round_, reading=Reading.SECOND)
    open_ = round_.state is RoundState.REVIEWING and case.status is CaseStatus.TO_REVIEW and not waits
    if not open_ or all(one.finished_at for one in of_case):
        return None
    reader = next((one for one in store.people.all() if one.id == of_case[0].reviewer_id), None)
    takers = [one for one in able_to_take(store, round_, case, Reading.SECOND) if one != reader]
    return Movable(reader=reader, takers=tuple(takers))


def hand_over_page(store: Store, actor: Person, key: str) -> HandOverPage:
    """Return who has readings that are not finished, and who may take some over.

    Raises
    ------
    RoundUnknown, RoundNotIn
        If there is no such round, or it is not being reviewed.
    """
    work, people = _work(store, actor, key), sorted(store.people.all(), key=by_name)
    taken, load = taken_over(store.trail.named(work.round.id, *HANDED)), work.held()
    givers = []
    for one in people:
        mine = _unfinished(work, one)
        if mine:
            got = sum(taken.get((p.case.number or 0, p.reading)) == one.username for p in mine)
            givers.append(
                Giver(
                    username=one.username,
                    name=one.name,
                    reviews=is_reviewer(one),
                    cases=len(mine),
                    taken_over=got,
                )
            )
    return HandOverPage(
        round=work.round,
        givers=tuple(givers),
        takers=tuple(
            (one.username, one.name, load.get(one.id, Load()).cases) for one in people if is_reviewer(one)
        ),
    )


def hand_over_preview(
    store: Store, actor: Person, key: str, *, giver: str, takers: Sequence[str], only_taken: bool = False
) -> HandOver:
    """Return how one reviewer's unfinished readings would go to others; ``hand_over`` does exactly that.

    What is finished stays, and so does what waits for the coordinator's decision. A reading goes as a whole:
    where one of its checklists is finished and another is not, both go.

    Parameters
    ----------
    takers
        Usernames; several share the work by expected minutes. The giver is none of them.
    only_taken
        Only what was handed over to the giver before: so it is given back.

    Raises
    ------
    NothingToHandOver, NoReviewers, NotAReviewer, RoundUnknown, RoundNotIn, lirk.services.people.PersonUnknown
        See each.
    """
    return _planned(store, _work(store, actor, key), giver, takers, only_taken=only_taken)[0]


def hand_over(
    store: Store,
    actor: Person,
    key: str,
    *,
    giver: str,
    takers: Sequence[str],
    only_taken: bool = False,
    shown: str | None = None,
    now: datetime,
) -> HandOver:
    """Hand one reviewer's unfinished readings over, as ``hand_over_preview`` with the same arguments says.

    The answers given so far go along.

    Raises
    ------
    AssignmentChanged
        If it would be handed over in another way than was shown.
    NothingToHandOver, NoReviewers, NotAReviewer, RoundUnknown, RoundNotIn, lirk.services.people.PersonUnknown
        See each.
    """
    work = _work(store, actor, key)
    planned, given = _planned(store, work, giver, takers, only_taken=only_taken)
    if shown is not None and planned.digest != shown:
        raise AssignmentChanged(round=key)
    if not given:
        raise NothingToHandOver(name=planned.giver.name)
    for reading_key, taker in given.items():
        for review in work.reviews_of(reading_key):
            store.reviews.assign(review.id, taker)
    store.trail.add(
        "cases-handed-over",
        actor_id=actor.id,
        at=now,
        round=key,
        reviewer=giver,
        cases={share.username: share.new + share.seconds for share in planned.shares},
        given={str(number): who for number, who in planned.given.items()},
        seconds={str(number): who for number, who in planned.seconds.items()},
    )
    return planned


def _planned(
    store: Store, work: RoundWork, giver: str, takers: Sequence[str], *, only_taken: bool
) -> tuple[HandOver, Mapping[ReadingKey, int]]:
    person = person_named(store, giver)
    people = [one for one in people_named(store, takers) if one.id != person.id]
    check_reviewers(people)
    pieces = _unfinished(work, person)
    if only_taken:
        taken = taken_over(store.trail.named(work.round.id, *HANDED))
        pieces = [one for one in pieces if taken.get((one.case.number or 0, one.reading)) == giver]
    if not pieces:
        raise NothingToHandOver(name=person.name)
    moving = [one for one in pieces if one.key not in work.reported]
    free = {piece.key for piece in moving}
    limits, held = work.limits(people, free), work.held(free)
    given = assign(moving, people, held, limits)
    names = {one.id: one.username for one in people}

    def of(reading: Reading) -> dict[int, str]:
        return {
            piece.case.number or 0: names[given[piece.key]]
            for piece in moving
            if piece.reading is reading and piece.key in given
        }

    planned = HandOver(
        round=work.round,
        giver=person,
        given=of(Reading.FIRST),
        seconds=of(Reading.SECOND),
        shares=shares_of(people, moving, given, held, {}),
        barred=barred_of(people, moving, limits),
        stay=_numbers(one for one in moving if one.key not in given),
        reported=_numbers(one for one in pieces if one.key in work.reported),
    )
    return planned, given


def _numbers(pieces: Iterable[Piece]) -> tuple[int, ...]:
    return tuple(sorted({piece.case.number or 0 for piece in pieces}))


def _unfinished(work: RoundWork, person: Person) -> list[Piece]:
    """Return what somebody has to do yet, first readings first, each by running number."""
    held, done = work.holders, work.finished | {(one, Reading.SECOND) for one in work.ended}
    pieces = [
        work.piece(case, reading) for reading in (Reading.FIRST, Reading.SECOND) for case in work.to_review
    ]
    return [one for one in pieces if held.get(one.key) == person.id and one.key not in done]


def _work(store: Store, actor: Person, key: str) -> RoundWork:
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    check_step(round_, "answer")
    return round_work(store, round_)
