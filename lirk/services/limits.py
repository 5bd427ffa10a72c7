"""What bars people from cases of a round, as it is kept: declared, reported, and by the round's rules."""

from collections.abc import Mapping

from lirk.domain.alphabet import danish_key
from lirk.domain.assignment import (
    Limits,
    MayNotRead,
    ReadingKey,
    check_reviewer,
    is_reviewer,
    may_read,
)
from lirk.domain.obstacles import ObstacleReason, Settlement
from lirk.domain.people import Person
from lirk.domain.reviews import DrawnCase, Reading
from lirk.domain.rounds import Round
from lirk.storage.store import Store


def limits_of(store: Store, round_: Round) -> Limits:
    """Return what bars people from cases of a round.

    Centres that were declared, cases that they declined, the centre they belong to where the round says so,
    and cases of which they have the other reading.
    """
    declared = declared_centres(store, round_)
    return Limits(
        centres={one.id: declared[one.username] for one in store.people.all() if one.username in declared},
        cases=disqualified(store, round_),
        own_centre=store.round_rules.of(round_.id).bars_own_centre,
        readers=readers(store, round_),
    )


def check_may_take(
    store: Store, round_: Round, case: DrawnCase, person: Person, reading: Reading = Reading.FIRST
) -> None:
    """Refuse to give a reading of a case to somebody who may not do it.

    Raises
    ------
    NotAReviewer, MayNotRead
        See each.
    """
    check_reviewer(person)
    if not may_read(person, case, limits_of(store, round_), reading):
        raise MayNotRead(name=person.name, number=str(case.number))


def able_to_take(
    store: Store, round_: Round, case: DrawnCase, reading: Reading = Reading.FIRST
) -> tuple[Person, ...]:
    """Return who may do a reading of a case, in the order of the alphabet."""
    limits = limits_of(store, round_)
    able = [one for one in store.people.all() if is_reviewer(one) and may_read(one, case, limits, reading)]
    return tuple(sorted(able, key=by_name))


def by_name(person: Person) -> tuple[object, str]:
    """Return a key that puts people in the order of the alphabet."""
    return danish_key(person.name), person.username


def declared_centres(store: Store, round_: Round) -> dict[str, frozenset[str]]:
    """Return the centres barred to each username, as the trail has it: what was declared last holds."""
    found: dict[str, frozenset[str]] = {}
    for entry in store.trail.named(round_.id, "cases-assigned"):
        declared = entry.about.get("conflicts")
        if isinstance(declared, Mapping):
            found.update({str(who): frozenset(map(str, centres)) for who, centres in declared.items()})
    return found


def disqualified(store: Store, round_: Round) -> dict[int, frozenset[int]]:
    """Return who said of a case that they are disqualified, by the case's id."""
    found: dict[int, frozenset[int]] = {}
    for reading in (Reading.FIRST, Reading.SECOND):
        for pk, one in store.obstacles.of(round_.id, reading=reading).items():
            barred = one.reason is ObstacleReason.DISQUALIFIED and one.settlement is not Settlement.RETURNED
            if barred and one.reported_by is not None:
                found[pk] = found.get(pk, frozenset()) | {one.reported_by}
    return found


def readers(store: Store, round_: Round) -> dict[ReadingKey, int]:
    """Return who has which reading of which case."""
    return {
        (review.case_id, review.reading): review.reviewer_id
        for reading in (Reading.FIRST, Reading.SECOND)
        for review in store.reviews.of(round_.id, reading=reading)
        if review.reviewer_id is not None
    }
