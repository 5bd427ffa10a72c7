"""Who reads which case: even in expected time, repeatable, and nobody their own."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from lirk.domain.alphabet import danish_key
from lirk.domain.people import Person, Role
from lirk.domain.reviews import DrawnCase, Reading
from lirk.domain.settling import runs
from lirk.errors import RuleBroken

#: One reading of a case: the case's id, and which of its readings.
ReadingKey = tuple[int, Reading]

OTHER_READING = {Reading.FIRST: Reading.SECOND, Reading.SECOND: Reading.FIRST}


class NoReviewers(RuleBroken):
    """Nobody was named to read the cases."""

    code = "no-reviewers"


class NotAReviewer(RuleBroken):
    """A person without the role cannot be given cases."""

    code = "not-a-reviewer"


class NobodyMayRead(RuleBroken):
    """All reviewers named are barred from some cases; every such case is named, and its centre."""

    code = "nobody-may-read"


class MayNotRead(RuleBroken):
    """The one who should take the case over handled it, belongs to its centre, or is disqualified there."""

    code = "may-not-read"


class AssignmentChanged(RuleBroken):
    """The cases would be shared out in another way than was shown: somebody began or took one meanwhile."""

    code = "assignment-changed"


class Bar(StrEnum):
    """Why somebody may not read a case.

    ``FIRST_READER``: they have its other reading. ``HAS_SEEN``: they have seen the other reading, as they had
    it before, gave answers in it, or were asked to decide between the two; or could look at it, as coordinators.
    """

    HANDLED = "handled"
    LEADS = "leads"
    OWN_CENTRE = "own-centre"
    CONFLICT = "conflict"
    DISQUALIFIED = "disqualified"
    FIRST_READER = "first-reader"
    HAS_SEEN = "has-seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What holds in a round beside the rules; people and cases by id.

    ``most`` is how many of the round's cases a person may have in all, second readings counted in; ``centres``
    those whose cases they do not read; ``cases`` who said of a case that they are disqualified; ``own_centre``
    whether nobody reads cases of a centre that they belong to; ``readers`` who has which reading for good;
    ``seen`` who has seen what is in which reading.
    """

    most: Mapping[int, int] = field(default_factory=dict)
    centres: Mapping[int, Collection[str]] = field(default_factory=dict)
    cases: Mapping[int, Collection[int]] = field(default_factory=dict)
    own_centre: bool = False
    readers: Mapping[ReadingKey, int] = field(default_factory=dict)
    seen: Mapping[ReadingKey, Collection[int]] = field(default_factory=dict)


NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One reading of a case that somebody is to do, and how long it can be expected to take."""

    case: DrawnCase
    reading: Reading = Reading.FIRST
    minutes: int = 1

    @property
    def key(self) -> ReadingKey:
        """Return what the piece is known by."""
        return self.case.id, self.reading

    @property
    def other(self) -> ReadingKey:
        """Return the other reading of the same case."""
        return self.case.id, OTHER_READING[self.reading]


@dataclass(frozen=True, slots=True)
class Load:
    """What somebody has already: readings of cases, and their expected minutes."""

    cases: int = 0
    minutes: int = 0


def bars(
    person: Person, case: DrawnCase, limits: Limits = NO_LIMITS, reading: Reading = Reading.FIRST
) -> frozenset[Bar]:
    """Return why a person may not do a reading of a case; empty if they may."""
    member, other = case.centre in person.centres, (case.id, OTHER_READING[reading])
    holds = {
        Bar.HANDLED: person.caseworker_hash is not None and person.caseworker_hash == case.caseworker_hash,
        Bar.LEADS: member and Role.CENTRE_LEADER in person.roles,
        Bar.OWN_CENTRE: member and limits.own_centre,
        Bar.CONFLICT: case.centre in limits.centres.get(person.id, ()),
        Bar.DISQUALIFIED: person.id in limits.cases.get(case.id, ()),
        Bar.FIRST_READER: limits.readers.get(other) == person.id,
        Bar.HAS_SEEN: person.id in limits.seen.get(other, ()),
    }
    return frozenset(bar for bar, true in holds.items() if true)


def may_read(
    person: Person, case: DrawnCase, limits: Limits = NO_LIMITS, reading: Reading = Reading.FIRST
) -> bool:
    """Return whether a person may do a reading of the case: by the rules, and by what holds in the round."""
    return not bars(person, case, limits, reading)


def is_reviewer(person: Person) -> bool:
    """Return whether somebody can be given cases at all."""
    return Role.REVIEWER in person.roles and person.active


def check_reviewer(person: Person) -> None:
    """Refuse to give cases to somebody who reviews none.

    Raises
    ------
    NotAReviewer
        If the person lacks the role, or has left.
    """
    if not is_reviewer(person):
        raise NotAReviewer(name=person.username)


def check_reviewers(reviewers: Sequence[Person]) -> None:
    """Refuse to share cases out among nobody, or among somebody who reviews none.

    Raises
    ------
    NoReviewers, NotAReviewer
        See each.
    """
    if not reviewers:
        raise NoReviewers
    for person in reviewers:
        check_reviewer(person)


def without_reader(
    pieces: Sequence[Piece], reviewers: Sequence[Person], limits: Limits = NO_LIMITS
) -> tuple[Piece, ...]:
    """Return the readings that none of the reviewers may do."""
    return tuple(
        piece
        for piece in pieces
        if not any(may_read(one, piece.case, limits, piece.reading) for one in reviewers)
    )


def check_readable(pieces: Sequence[Piece]) -> None:
    """Refuse to share out while there are cases that nobody named may read.

    Parameters
    ----------
    pieces
        Those that ``without_reader`` found.

    Raises
    ------
    NobodyMayRead
        If there is any.
    """
    if pieces:
        centres = sorted({piece.case.centre for piece in pieces}, key=danish_key)
        numbers = runs([piece.case.number for piece in pieces if piece.case.number is not None])
        raise NobodyMayRead(number=", ".join(numbers), centre=", ".join(centres))


def assign(
    pieces: Sequence[Piece],
    reviewers: Sequence[Person],
    load: Mapping[int, Load] | None = None,
    limits: Limits = NO_LIMITS,
) -> dict[ReadingKey, int]:
    """Give each reading to the reviewer with the least expected work who may do it and has room.

    Parameters
    ----------
    pieces
        In the order in which they are given out (running number). First readings go before second ones, and a
        second reading is given out only where the case has a first reader.
    reviewers
        Ties go to the one named first.
    load
        What each reviewer has already, by person id.

    Returns
    -------
    dict
        Person id by reading. The same input gives the same result. A first reading is left out only where
        nobody may do it, or no sharing out within the limits has room for it; a second reading also where
        nobody but the first reader may do it.

    Raises
    ------
    NoReviewers, NotAReviewer
        See each.

    Notes
    -----
    Least loaded first, then pieces are moved from one to another as long as that brings two reviewers closer
    to each other. Where nobody is barred or limited, nobody gets ahead of another by more than one piece.
    """
    check_reviewers(reviewers)
    held = load or {}
    sharing = _Sharing(
        able={
            piece.key: [one.id for one in reviewers if may_read(one, piece.case, limits, piece.reading)]
            for piece in pieces
        },
        most=limits.most,
        count={one.id: held.get(one.id, Load()).cases for one in reviewers},
        minutes={one.id: held.get(one.id, Load()).minutes for one in reviewers},
    )
    for piece in (one for one in pieces if one.reading is Reading.FIRST):
        sharing.place(piece, set())
    for piece in (one for one in pieces if one.reading is Reading.SECOND):
        if piece.other in sharing.given or piece.other in limits.readers:
            sharing.place(piece, set())
    sharing.even_out()
    return {piece.key: sharing.given[piece.key] for piece in pieces if piece.key in sharing.given}


@dataclass(slots=True)
class _Sharing:
    """Who may do each reading, how much each carries, and who was given what so far."""

    able: Mapping[ReadingKey, Sequence[int]]
    most: Mapping[int, int]
    count: dict[int, int]
    minutes: dict[int, int]
    given: dict[ReadingKey, int] = field(default_factory=dict)
    pieces: dict[ReadingKey, Piece] = field(default_factory=dict)

    def place(self, piece: Piece, asked: set[int]) -> bool:
        """Give a reading to somebody with room, or make room by moving one that another may do as well."""
        able = self._able(piece)
        free = [one for one in able if self._has_room(one)]
        if free:
            chosen = min(free, key=lambda one: self.minutes[one])
            self.count[chosen] += 1
            self._give(piece, chosen)
            return True
        return any(self._make_room(piece, one, asked) for one in able if one not in asked)

    def even_out(self) -> None:
        """Move readings from who has more to who has less, while that brings the two closer together."""
        while any(self._lighten(key) for key in list(self.given)):
            pass

    def _lighten(self, key: ReadingKey) -> bool:
        piece, holder = self.pieces[key], self.given[key]
        able = [one for one in self._able(piece) if self._has_room(one) and one != holder]
        lightest = min(able, key=lambda one: self.minutes[one], default=holder)
        if self.minutes[holder] - self.minutes[lightest] <= piece.minutes:
            return False
        self.minutes[holder] -= piece.minutes
        self.count[holder] -= 1
        self.count[lightest] += 1
        self._give(piece, lightest)
        return True

    def _make_room(self, piece: Piece, person: int, asked: set[int]) -> bool:
        asked.add(person)
        held = [self.pieces[key] for key, who in self.given.items() if who == person]
        for one in held:
            if self.place(one, asked):
                self.minutes[person] -= one.minutes
                self._give(piece, person)
                return True
        return False

    def _give(self, piece: Piece, person: int) -> None:
        self.minutes[person] += piece.minutes
        self.given[piece.key] = person
        self.pieces[piece.key] = piece

    def _able(self, piece: Piece) -> list[int]:
        taken = self.given.get(piece.other)
        return [one for one in self.able[piece.key] if one != taken]

    def _has_room(self, person: int) -> bool:
        return person not in self.most or self.count[person] < self.most[person]
