"""What waits for the coordinator in a round under review: each room of the desk says it for itself."""

from collections.abc import Callable

from lirk.domain.access import Action, require
from lirk.domain.people import Person
from lirk.domain.rounds import Round, RoundState
from lirk.domain.todo import Todo
from lirk.services.doubts import doubts_waiting
from lirk.services.reconciling import readings_differ
from lirk.services.urgent_cases import urgent_in
from lirk.storage.store import Store


def obstacles_waiting(store: Store, actor: Person, round_: Round) -> tuple[Todo, ...]:
    """Return how many reported cases nobody has decided on."""
    count = store.work.obstacles().get(round_.id, 0)
    return (Todo(code="obstacles", count=count, path="/follow#obstacles"),) if count else ()


def cases_unassigned(store: Store, actor: Person, round_: Round) -> tuple[Todo, ...]:
    """Return how many cases nobody has."""
    count = store.work.unassigned().get(round_.id, 0)
    return (Todo(code="unassigned", count=count, path="/assign"),) if count else ()


#: Each returns what waits, or nothing; its codes have a line in ``lirk.wording.todo``. Most urgent first.
TODO: tuple[Callable[[Store, Person, Round], tuple[Todo, ...]], ...] = (
    urgent_in,
    obstacles_waiting,
    doubts_waiting,
    cases_unassigned,
    readings_differ,
)


def waiting(store: Store, actor: Person, round_: Round) -> tuple[Todo, ...]:
    """Return what waits for the coordinator in a round; nothing waits in one that is not under review.

    Raises
    ------
    NotAllowed
        If the actor does not follow rounds.
    """
    require(actor, Action.SEE_ROUND)
    if round_.state is not RoundState.REVIEWING:
        return ()
    return tuple(todo for ask in TODO for todo in ask(store, actor, round_))
