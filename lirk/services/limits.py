"""What bars people from cases of a round, as it is kept: declared, reported, and by the round's rules."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from lirk.domain.access import Action, may
from lirk.domain.alphabet import danish_key
from lirk.domain.assignment import (
    Limits,
    MayNotRead,
    ReadingKey,
    check_reviewer,
    is_reviewer,
    may_read,
)
from lirk.domain.disqualified import REPORTS, disqualified_in
from lirk.domain.handing_over import HANDED, had_before
from lirk.domain.obstacles import ObstacleReason, Settlement
from lirk.domain.people import Person
from lirk.domain.reviews import DrawnCase, Reading, Review
from lirk.domain.rounds import Round
from lirk.storage.store import Store

READINGS = (Reading.FIRST, Reading.SECOND)


def limits_of(store: Store, round_: Round) -> Limits:
    """Return what bars people from cases of a round.

    Centres that were declared, cases that they declined, the centre they belong to where the round says so,
    and cases of which they have the other reading, or have seen it.
    """
    declared = declared_centres(store, round_)
    return Limits(
        centres={one.id: declared[one.username] for one in store.people.all() if one.username in declared},
        cases=disqualified(store, round_),
        own_centre=store.round_rules.of(round_.id).bars_own_centre,
        readers=readers(store, round_),
        seen=seen(store, round_, readings_of(store, round_)),
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


def able_to_decide(store: Store, round_: Round, case: DrawnCase) -> tuple[Person, ...]:
    """Return who may decide between two readings of a case: who may read it and has seen neither.

    Who was asked to decide before has seen both, and may be asked again.
    """
    known = seen(store, round_, readings_of(store, round_), deciders=False)
    limits = replace(limits_of(store, round_), seen=known)
    able = [
        one
        for one in store.people.all()
        if is_reviewer(one) and all(may_read(one, case, limits, reading) for reading in READINGS)
    ]
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
    """Return who said of a case that they are disqualified, by the case's id.

    What was reported last stands with the case; the trail knows of those before.
    """
    numbers = _numbers(store, round_)
    told = disqualified_in(store.trail.named(round_.id, *REPORTS))
    found = {numbers[number]: who for number, who in told.items() if number in numbers}
    for reading in READINGS:
        for pk, one in store.obstacles.of(round_.id, reading=reading).items():
            barred = one.reason is ObstacleReason.DISQUALIFIED and one.settlement is not Settlement.RETURNED
            if barred and one.reported_by is not None:
                found[pk] = found.get(pk, frozenset()) | {one.reported_by}
    return found


def readers(store: Store, round_: Round) -> dict[ReadingKey, int]:
    """Return who has which reading of which case."""
    return {
        (review.case_id, review.reading): review.reviewer_id
        for review in readings_of(store, round_)
        if review.reviewer_id is not None
    }


def readings_of(store: Store, round_: Round) -> tuple[Review, ...]:
    """Return the first and the second reviews of a round."""
    return tuple(one for reading in READINGS for one in store.reviews.of(round_.id, reading=reading))


def seen(
    store: Store, round_: Round, reviews: Sequence[Review], *, deciders: bool = True
) -> Mapping[ReadingKey, Collection[int]]:
    """Return who has seen what is in which reading of the cases of a round.

    Those whose answers stand in it, those who had it before, and of both readings who was asked to decide;
    and once it is begun whoever could look at it, as a coordinator may: nobody notes who opened a page.

    Parameters
    ----------
    reviews
        The round's first and second reviews.
    deciders
        Whether those count who were asked to decide, or could look.
    """
    found = {key: set(who) for key, who in store.reviews.answered_by(round_.id).items()}
    numbers, people = _numbers(store, round_), {one.username: one.id for one in store.people.all()}
    # There is nothing to see in a reading that nobody has begun, so having had it bars nobody.
    begun = begun_among(reviews, store.reviews.spoken_in(round_.id))
    entries = store.trail.named(round_.id, *HANDED, "obstacle-settled", "third-asked")
    for (number, reading), names in had_before(entries).items():
        key = (numbers.get(number, 0), reading)
        if key in begun:
            found.setdefault(key, set()).update(people[one] for one in names if one in people)
    if not deciders:
        return found
    for key, who in _lookers(store, reviews, begun).items():
        found.setdefault(key, set()).update(who)
    for about in (entry.about for entry in entries if entry.action == "third-asked"):
        case_pk, name = numbers.get(int(str(about["number"])), 0), str(about["reviewer"])
        for reading in READINGS:
            found.setdefault((case_pk, reading), set()).update({people[name]} if name in people else ())
    return found


def _lookers(
    store: Store, reviews: Sequence[Review], begun: Collection[ReadingKey]
) -> dict[ReadingKey, set[int]]:
    """Return who could look at which readings that are begun; a case's two readers cannot, whatever their role."""
    may_look = {one.id for one in store.people.all() if may(one, Action.REVIEW)}
    held: dict[int, set[int]] = {}
    for one in reviews:
        if one.reviewer_id is not None:
            held.setdefault(one.case_id, set()).add(one.reviewer_id)
    return {key: may_look - held.get(key[0], set()) for key in begun}


def begun_among(reviews: Sequence[Review], spoken: Collection[int]) -> frozenset[ReadingKey]:
    """Return the readings in which anything is answered, finished, or said beside the answers.

    Parameters
    ----------
    spoken
        Ids of the reviews in which something was said: ``store.reviews.spoken_in``.
    """
    return frozenset(
        (one.case_id, one.reading) for one in reviews if one.answers or one.finished_at or one.id in spoken
    )


def _numbers(store: Store, round_: Round) -> dict[int, int]:
    """Return the ids of a round's cases by running number, of all its draws."""
    return {case.number: case.id for case in store.cases.of(round_.id) if case.number is not None}
