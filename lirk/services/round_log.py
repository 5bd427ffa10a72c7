"""A round's log: who did what when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lirk.domain.access import Action, require
from lirk.domain.people import Person
from lirk.domain.rounds import Round
from lirk.domain.trail import TrailEntry
from lirk.services.blindness import hidden_entries, hidden_reviews
from lirk.storage.store import Store

#: Entries on one page of the log.
PAGE = 50
#: Entries of every single answer; the log shows them where they are asked for.
ANSWERS = ("answer-given", "calibration-answer-given")
#: Entries whose times, one after the other, would tell how fast a person works.
STEPS_OF_REVIEWS = (*ANSWERS, "review-finished", "calibration-review-finished")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailPage:
    """A page of a round's log, newest first; ``names`` are people's names by username."""

    round: Round
    entries: tuple[tuple[TrailEntry, str | None], ...]
    names: Mapping[str, str]
    page: int
    pages: int
    count: int
    answers: bool


def trail_page(store: Store, actor: Person, key: str, *, page: int = 1, answers: bool = False) -> TrailPage:
    """Return a page of a round's log, newest first.

    Parameters
    ----------
    page
        From 1; a number beyond the last shows the last.
    answers
        Show also that single answers were given; what was answered is not in the log. What is about single
        items of a case that somebody else reads beside the actor is left out until both are finished.

    Raises
    ------
    RoundUnknown
        If there is no such round.
    """
    require(actor, Action.SEE_ROUND)
    round_ = store.rounds.by_key(key)
    without = () if answers else ANSWERS
    count, shown, entries = _entries(store, actor, round_, page, without)
    people = store.people.all()
    names = {one.id: one.name for one in people}
    return TrailPage(
        round=round_,
        entries=tuple((entry, names.get(entry.actor_id or 0)) for entry in entries),
        names={one.username: one.name for one in people},
        page=shown,
        pages=_pages(count),
        count=count,
        answers=answers,
    )


def _entries(
    store: Store, actor: Person, round_: Round, page: int, without: Sequence[str]
) -> tuple[int, int, Sequence[TrailEntry]]:
    """Return how many entries there are for a person, the page that is shown, and the entries on it."""
    count = store.trail.count(round_.id, without=without)
    if not hidden_reviews(store, actor, round_.id):
        shown = min(max(page, 1), _pages(count))
        skipped = (shown - 1) * PAGE
        return count, shown, store.trail.latest(round_.id, skip=skipped, count=PAGE, without=without)
    # Counted with those that are kept from the person, the pages would tell how far the other reader is.
    hidden = hidden_entries(store, actor, round_.id)
    entries = [
        entry
        for entry in store.trail.latest(round_.id, skip=0, count=count, without=without)
        if not hidden(entry)
    ]
    shown = min(max(page, 1), _pages(len(entries)))
    return len(entries), shown, entries[(shown - 1) * PAGE : shown * PAGE]


def _pages(count: int) -> int:
    return max(1, -(-count // PAGE))
