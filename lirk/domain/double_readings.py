"""Cases that a second person reads, too: which, and what comes of two readings."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from lirk.domain.reviews import CaseRole, CaseStatus, DrawnCase
from sampling.select import ticket


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a case in one of its two readings, and whether that is finished."""

    review_id: int
    person_id: int | None
    finished: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTwice:
    """A case that two people read with one checklist, without anything that they answered.

    ``rest_finished``: both have finished the case with the round's other checklists, too.
    """

    round_id: int
    case_pk: int
    number: int
    checklist_id: str
    status: CaseStatus
    set_aside: bool
    first: Reader
    second: Reader
    rest_finished: bool = True

    @property
    def both_finished(self) -> bool:
        """Whether the two readings may be held against each other: both have read all of the case.

        What one wrote under one checklist would lead the other under the next.
        """
        return self.first.finished and self.second.finished and self.rest_finished

    @property
    def counts(self) -> bool:
        """Whether the case is to be reviewed: neither a finding nor taken out."""
        return self.status is CaseStatus.TO_REVIEW

    def is_reader(self, person_id: int) -> bool:
        """Return whether a person is one of the two."""
        return person_id in {self.first.person_id, self.second.person_id}

    def other_of(self, person_id: int) -> Reader | None:
        """Return the reader beside a person who is one of the two; None for anybody else."""
        if self.first.person_id == person_id:
            return self.second
        return self.first if self.second.person_id == person_id else None

    def blinds(self, person_id: int) -> Reader | None:
        """Return whose reading is kept from a person: the other reader's, until both are finished."""
        return None if self.both_finished else self.other_of(person_id)


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
