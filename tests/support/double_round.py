"""A round of the small municipality in which some cases are read by two."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from lirk.domain.reviews import Answer, Reading
from lirk.storage.database import Database


@dataclass(frozen=True)
class Read:
    """One reading: its id, whose it is, and the case's number."""

    id: int
    username: str
    number: int


def open_second(database: Database, at: datetime, username: str, *numbers: int, key: str) -> None:
    """Open second readings of some cases for somebody."""
    with database.begin() as store:
        round_ = store.rounds.by_key(key)
        cases = [store.cases.by_number(round_.id, number) for number in numbers]
        reader = store.people.by_username(username).id
        checklists = [one.checklist_id for one in store.rounds.checklists(round_.id)]
        store.reviews.open_for(
            round_.id, [case.id for case in cases], checklists, reading=Reading.SECOND, reviewer_id=reader
        )
        store.trail.add("second-readings-opened", actor_id=None, at=at, round=key, numbers=list(numbers))


def readings(database: Database, key: str, number: int, checklist: str = "breve") -> tuple[Read, Read]:
    """Return the first and the second reading of a case."""
    with database.begin() as store:
        round_ = store.rounds.by_key(key)
        twice = next(
            one
            for one in store.reconciliations.read_twice(round_.id)
            if (one.number, one.checklist_id) == (number, checklist)
        )
        return tuple(
            Read(one.review_id, store.people.by_id(one.person_id).username, number)
            for one in (twice.first, twice.second)
        )


def write(
    database: Database, review_id: int, at: datetime, *, finished: bool = True, **answers: str | Answer
) -> None:
    """Keep answers of a reading, by item; finish it."""
    given = [
        one if isinstance(one, Answer) else Answer(item_id=item, value=one) for item, one in answers.items()
    ]
    with database.begin() as store:
        reader = store.reviews.get(review_id).reviewer_id
        store.reviews.save_answers(review_id, given, at=at, by=reader)
        if finished:
            store.reviews.finish(review_id, at + timedelta(minutes=1))
        store.trail.add("made", actor_id=None, at=at)
