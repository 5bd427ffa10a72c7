"""Cases that a second person reads, too: which, and what comes of two readings."""

from collections.abc import Iterable
from math import ceil

from lirk.domain.reviews import CaseRole, DrawnCase
from sampling.select import ticket


def double_ticket(seed: str, case_id: str) -> str:
    """Return a case's ticket for a second reading: lower-case hex SHA-256 of ``seed:double:case number``."""
    return ticket(f"{seed}:double", case_id)


def drawn_for_second(seed: str, cases: Iterable[DrawnCase], percent: int) -> tuple[DrawnCase, ...]:
    """Return the cases that are read by a second person, by ticket, whatever the first made of them.

    The cases with the smallest tickets of the drawn main cases; a reserve case that is called up later does
    not move the others.

    Parameters
    ----------
    seed
        The seed of the draw that the cases are of.
    cases
        The cases of that draw; those that are no main case are passed over.
    percent
        How many in a hundred, 0 to 100; rounded up to whole cases.
    """
    main = [case for case in cases if case.role is CaseRole.MAIN]
    ordered = sorted(main, key=lambda case: (double_ticket(seed, case.case_id), case.case_id))
    return tuple(ordered[: ceil(len(main) * percent / 100)])
