"""Sharing the cases of a round out: shown first, and done in the same way."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lirk.domain.access import Action, require
from lirk.domain.assignment import (
    AssignmentChanged,
    Piece,
    ReadingKey,
    check_readable,
    check_reviewers,
    without_reader,
)
from lirk.domain.assignment import assign as shared_out
from lirk.domain.people import Person
from lirk.domain.reviews import Reading, Review
from lirk.domain.rounds import Round, RoundState, check_step
from lirk.services.calibration_guards import check_no_open_calibration
from lirk.services.round_work import Conflicts, RoundWork, round_work
from lirk.services.second_readings import close_unbegun, open_seconds
from lirk.services.shares import Barred, Share, barred_of, people_named, shares_of
from lirk.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A case that none of the reviewers named may read."""

    number: int
    centre: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """How cases are shared out.

    Attributes
    ----------
    given, seconds
        Usernames by running number: who reads the case, and who reads it as the second person.
    shares, barred
        Of the reviewers in the order in which they were named; ``barred`` only of those whom something bars.
    left, left_seconds
        Numbers of cases that nobody named has room for, and of those whose second reading nobody can do.
    nobody
        Cases that nobody named may read; while there are any, nothing is shared out.
    closed
        Numbers of the cases whose second reading is closed again, for the rules no longer want it.
    """

    round: Round
    given: Mapping[int, str]
    seconds: Mapping[int, str]
    shares: tuple[Share, ...]
    barred: tuple[Barred, ...]
    left: tuple[int, ...]
    left_seconds: tuple[int, ...]
    nobody: tuple[Unreadable, ...]
    closed: tuple[int, ...]

    @property
    def digest(self) -> str:
        """Return a short checksum of who gets what, to tell whether it is still what was shown."""
        lines = [f"{number} {username}" for number, username in sorted(self.given.items())]
        lines += [f"second {number} {username}" for number, username in sorted(self.seconds.items())]
        lines += [f"closed {number}" for number in self.closed]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


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

    Where nobody named may read some case, ``nobody`` says so, and ``assign`` refuses.

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
    RoundUnknown, RoundNotIn, NoReviewers, NotAReviewer, lirk.services.people.PersonUnknown
        See each.
    """
    require(actor, Action.RUN_ROUND)
    return _planned(_work(store, key), people_named(store, reviewers), most or {}, conflicts, again)[0]


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

    Second readings that the round's rules want are opened and given to somebody in the same step, and those
    that they no longer want are closed. Conflicts that are declared hold for the rest of the round, also where
    single cases are handed over.

    Parameters
    ----------
    shown
        The digest of the preview that the coordinator agreed to, if there was one.

    Raises
    ------
    AssignmentChanged
        If it would be shared out in another way than was shown.
    lirk.domain.calibration.CalibrationOpen
        While the round is calibrated.
    RoundUnknown, RoundNotIn, NoReviewers, NotAReviewer, NobodyMayRead, lirk.services.people.PersonUnknown
        See each.
    """
    require(actor, Action.RUN_ROUND)
    work, people = _work(store, key), people_named(store, reviewers)
    check_no_open_calibration(store, work.round)
    planned, given, unreadable = _planned(work, people, most or {}, conflicts, again)
    check_readable(unreadable)
    if shown is not None and planned.digest != shown:
        raise AssignmentChanged(round=key)
    _keep(store, actor, work, work.free(again=again), given, now)
    store.rounds.set_state(work.round.id, RoundState.REVIEWING)
    about: dict[str, object] = {"cases": {share.username: share.new for share in planned.shares}}
    if planned.seconds:
        about["seconds"] = {share.username: share.seconds for share in planned.shares}
    if most:
        about["most"] = dict(most)
    if conflicts is not None:
        about["conflicts"] = {one.username: sorted(conflicts.get(one.username, ())) for one in people}
    store.trail.add("cases-assigned", actor_id=actor.id, at=now, round=key, **about)
    return planned


def _planned(
    work: RoundWork,
    people: Sequence[Person],
    most: Mapping[str, int],
    conflicts: Conflicts | None,
    again: bool,
) -> tuple[Assignment, Mapping[ReadingKey, int], tuple[Piece, ...]]:
    """Return how it would be shared out, who gets which reading, and the first readings that nobody may do."""
    check_reviewers(people)
    pieces = work.free(again=again)
    free = {piece.key for piece in pieces}
    limits, held = work.limits(people, free, most=most, conflicts=conflicts), work.held(free)
    firsts = [piece for piece in pieces if piece.reading is Reading.FIRST]
    unreadable = without_reader(firsts, people, limits)
    given = shared_out(pieces, people, held, limits)
    names = {one.id: one.username for one in people}
    left = [piece for piece in pieces if piece.key not in given and piece not in unreadable]
    planned = Assignment(
        round=work.round,
        given=_by_number(pieces, given, names, Reading.FIRST),
        seconds=_by_number(pieces, given, names, Reading.SECOND),
        shares=shares_of(people, pieces, given, held, most),
        barred=barred_of(people, pieces, limits),
        left=_numbers(left, Reading.FIRST),
        left_seconds=_numbers(left, Reading.SECOND),
        nobody=tuple(
            Unreadable(number=piece.case.number or 0, centre=piece.case.centre) for piece in unreadable
        ),
        closed=tuple(sorted(case.number or 0 for case in work.cases if _closes(work, case.id))),
    )
    return planned, given, unreadable


def _closes(work: RoundWork, case_id: int) -> bool:
    return (case_id, Reading.SECOND) in work.obsolete


def _by_number(
    pieces: Sequence[Piece], given: Mapping[ReadingKey, int], names: Mapping[int, str], reading: Reading
) -> dict[int, str]:
    return {
        piece.case.number or 0: names[given[piece.key]]
        for piece in pieces
        if piece.reading is reading and piece.key in given
    }


def _numbers(pieces: Sequence[Piece], reading: Reading) -> tuple[int, ...]:
    return tuple(piece.case.number or 0 for piece in pieces if piece.reading is reading)


def _keep(
    store: Store,
    actor: Person,
    work: RoundWork,
    free: Sequence[Piece],
    given: Mapping[ReadingKey, int],
    now: datetime,
) -> None:
    """Give the readings to whom they go; what nobody can take goes back to nobody."""
    obsolete = work.obsolete
    close_unbegun(
        store,
        actor,
        work.round,
        [case for case in work.cases if (case.id, Reading.SECOND) in obsolete],
        now=now,
    )
    reviews: dict[ReadingKey, list[Review]] = {}
    for review in work.reviews:
        reviews.setdefault((review.case_id, review.reading), []).append(review)
    for piece in free:
        reader = given.get(piece.key)
        for review in reviews.get(piece.key, ()):
            if review.reviewer_id != reader:
                store.reviews.assign(review.id, reader)
    missing = [one for one in free if one.reading is Reading.SECOND and one.key not in reviews]
    open_seconds(store, actor, work.round, [(one.case, given.get(one.key)) for one in missing], now=now)


def _work(store: Store, key: str) -> RoundWork:
    round_ = store.rounds.by_key(key)
    check_step(round_, "assign")
    return round_work(store, round_)
