"""What keeps a round from being closed beside its cases: each room of the desk says it for itself."""

from collections.abc import Callable, Mapping

from lirk.domain.rounds import Round
from lirk.services.doubts import doubts_block
from lirk.services.read_twice import differing_numbers
from lirk.services.second_readings import unfinished_seconds
from lirk.services.urgent_cases import urgent_waiting
from lirk.storage.store import Store

#: Each returns running numbers of cases by a code that has a sentence.
Blocker = Callable[[Store, Round], Mapping[str, tuple[int, ...]]]
BLOCKERS: tuple[Blocker, ...] = (doubts_block, differing_numbers, unfinished_seconds, urgent_waiting)


def further_blockers(store: Store, round_: Round) -> dict[str, tuple[int, ...]]:
    """Return what keeps a round open that is no state of its cases: code, and the cases' running numbers."""
    return {
        code: numbers for blocker in BLOCKERS for code, numbers in blocker(store, round_).items() if numbers
    }
