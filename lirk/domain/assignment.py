"""Who reads which case: even, repeatable, and nobody their own."""

from collections.abc import Mapping, Sequence

from lirk.domain.people import Person, Role
from lirk.domain.reviews import DrawnCase
from lirk.errors import RuleBroken


class NoReviewers(RuleBroken):
    """Nobody was named to read the cases."""

    code = "no-reviewers"


class NotAReviewer(RuleBroken):
    """A person without the role cannot be given cases."""

    code = "not-a-reviewer"


class NobodyMayRead(RuleBroken):
    """All reviewers named handled the case themselves or lead its centre."""

    code = "nobody-may-read"


def is_disqualified(person: Person, case: DrawnCase) -> bool:
    """Return whether a person handled the case, or leads the centre that decided it."""
    handled = person.caseworker_hash is not None and person.caseworker_hash == case.caseworker_hash
    leads = Role.CENTRE_LEADER in person.roles and case.centre in person.centres
    return handled or leads


def assign(
    cases: Sequence[DrawnCase], reviewers: Sequence[Person], load: Mapping[int, int] | None = None
) -> dict[int, int]:
    """Give each case to the least loaded reviewer who may read it.

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
        Person id by case id. The same input gives the same result.

    Raises
    ------
    NoReviewers, NotAReviewer, NobodyMayRead
        See each.
    """
    if not reviewers:
        raise NoReviewers
    for person in reviewers:
        if Role.REVIEWER not in person.roles or not person.active:
            raise NotAReviewer(name=person.username)
    carried = {person.id: (load or {}).get(person.id, 0) for person in reviewers}
    given: dict[int, int] = {}
    for case in cases:
        able = [person for person in reviewers if not is_disqualified(person, case)]
        if not able:
            raise NobodyMayRead(number=str(case.number), centre=case.centre)
        chosen = min(able, key=lambda person: carried[person.id])
        carried[chosen.id] += 1
        given[case.id] = chosen.id
    return given
