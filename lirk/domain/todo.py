"""What waits for the one who runs a round: what it is, how many, and where it is settled."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """One kind of thing that waits.

    Attributes
    ----------
    code
        Names the line in ``lirk.wording.todo``.
    count
        How many wait; at least one.
    path
        Where it is settled, below the round's address (``/follow#obstacles``).
    """

    code: str
    count: int
    path: str
