"""Who reads which case: even, repeatable, and nobody their own."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from lirk.domain.alphabet import danish_key
from lirk.domain.people import Person, Role
from lirk.domain.reviews import DrawnCase
from lirk.domain.settling import runs
from lirk.errors import RuleBroken


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
    """The one who should take the case over handled it, leads its centre, or is disqualified there."""

    code = "may-not-read"


class AssignmentChanged(RuleBroken):
    """The cases would be shared out in another way than was shown: somebody began or took one meanwhile."""

    code = "assignment-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What holds in a round beside the rules; people and cases by id.

    ``most`` is how many of the round's cases a person may have in all; ``centres`` those whose cases they do
    not read; ``cases`` who said of a case that they are disqualified.
    """

    most: Mapping[int, int] = field(default_factory=dict)
    centres: Mapping[int, Collection[str]] = field(default_factory=dict)
    cases: Mapping[int, Collection[int]] = field(default_factory=dict)


NO_LIMITS = Limits()


def is_disqualified(person: Person, case: DrawnCase) -> bool:
    """Return whether a person handled the case, or leads the centre that decided it."""
    handled = person.caseworker_hash is not None and person.caseworker_hash == case.caseworker_hash
    leads = Role.CENTRE_LEADER in person.roles and case.centre in person.centres
    return handled or leads


def may_read(person: Person, case: DrawnCase, limits: Limits = NO_LIMITS) -> bool:
    """Return whether a person may read the case: by the rules, and by what holds in the round."""
    barred = case.centre in limits.centres.get(person.id, ()) or person.id in limits.cases.get(case.id, ())
    return not barred and not is_disqualified(person, case)


def check_reviewer(person: Person) -> None:
    """Refuse to give cases to somebody who reviews none.

    Raises
    ------
    NotAReviewer
        If the person lacks the role, or has left.
    """
    if Role.REVIEWER not in person.roles or not person.active:
        raise NotAReviewer(name=person.username)


def assign(
    cases: Sequence[DrawnCase],
    reviewers: Sequence[Person],
    load: Mapping[int, int] | None = None,
    limits: Limits = NO_LIMITS,
) -> dict[int, int]:
    """Give each case to the least loaded reviewer who may read it and has room.

    Parameters
    ----------
    cases
        In the order in which they are given out (running number).
    reviewers
        Ties go to the one named first.
    load
        Cases that each reviewer has already, by person id.

    Returns
    -------
    dict
        Person id by case id. The same input gives the same result. A case is left out only where no sharing
        out within the limits has room for it.

    Raises
    ------
    NoReviewers, NotAReviewer, NobodyMayRead
        See each.
    """
    if not reviewers:
        raise NoReviewers
    for person in reviewers:
        check_reviewer(person)
    able = {case.id: [one.id for one in reviewers if may_read(one, case, limits)] for case in cases}
    _check_able([case for case in cases if not able[case.id]])
    carried = {person.id: (load or {}).get(person.id, 0) for person in reviewers}
    sharing = _Sharing(able, limits.most, carried)
    for case in cases:
        sharing.place(case.id, set())
    return {case.id: sharing.given[case.id] for case in cases if case.id in sharing.given}


def _check_able(nobody: Sequence[DrawnCase]) -> None:
    if nobody:
        centres = sorted({case.centre for case in nobody}, key=danish_key)
        numbers = runs([case.number for case in nobody if case.number is not None])
        raise NobodyMayRead(number=", ".join(numbers), centre=", ".join(centres))


@dataclass(slots=True)
class _Sharing:
    """Who may read each case, how many cases each carries, and who was given what so far."""

    able: Mapping[int, Sequence[int]]
    most: Mapping[int, int]
    carried: dict[int, int]
    given: dict[int, int] = field(default_factory=dict)

    def place(self, case: int, asked: set[int]) -> bool:
        """Give a case to somebody with room, or make room by moving a case that another may read as well."""
        free = [one for one in self.able[case] if self._has_room(one)]
        if free:
            chosen = min(free, key=lambda one: self.carried[one])
            self.carried[chosen] += 1
            self.given[case] = chosen
            return True
        return any(self._make_room(case, one, asked) for one in self.able[case] if one not in asked)

    def _make_room(self, case: int, person: int, asked: set[int]) -> bool:
        asked.add(person)
        held = [one for one, who in self.given.items() if who == person]
        if any(self.place(one, asked) for one in held):
            self.given[case] = person
            return True
        return False

    def _has_room(self, person: int) -> bool:
        return person not in self.most or self.carried[person] < self.most[person]
