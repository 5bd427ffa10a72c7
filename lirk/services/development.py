"""The municipality's own closed rounds beside each other, from what each round's overview publishes."""

from collections.abc import Callable, Iterator, Set
from itertools import islice

from lirk.domain.development import PublishedRound, development
from lirk.domain.overview_values import ChecklistDevelopment, Overview
from lirk.domain.rounds import Round
from lirk.domain.series import MOST_ROUNDS
from lirk.services.pinned import asked_in
from lirk.storage.store import Store


def development_of(
    store: Store, round_: Round, own: Overview, overview_of: Callable[[Round], Overview]
) -> tuple[ChecklistDevelopment, ...]:
    """Return what this round and those closed before it have published of its checklists' themes.

    A demonstration is never held against real cases.

    Parameters
    ----------
    own, overview_of
        The overview of the round, and how to make that of an earlier one; the latest that can stand beside it are
        asked for, oldest first.
    """
    wanted = {used.checklist_id for used in own.checklists}
    earlier = list(islice(_closed_before(store, round_, wanted), MOST_ROUNDS - 1)) if own.themes else []
    if not earlier:
        return ()
    published = [_published(store, one, overview_of(one)) for one in reversed(earlier)]
    return development([*published, _published(store, round_, own)])


def _closed_before(store: Store, round_: Round, checklists: Set[str]) -> Iterator[Round]:
    """Yield the rounds with one of the checklists that may stand beside this one, the latest first."""
    closed = [
        (one.closed_at, one.id, one)
        for one in store.rounds.all()
        if one.closed_at and one.made_up == round_.made_up
    ]
    for at, _, one in sorted(closed, key=lambda one: one[:2], reverse=True):
        if round_.closed_at is None or at >= round_.closed_at:
            continue
        if not checklists.isdisjoint(each.checklist.id for each in asked_in(store, one)):
            yield one


def _published(store: Store, round_: Round, overview: Overview) -> PublishedRound:
    checklists = tuple(asked.checklist for asked in asked_in(store, round_))
    return PublishedRound(title=round_.title, checklists=checklists, themes=overview.themes)
