"""How a round is reviewed: what the coordinator decides of it beside frame and draw."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRules:
    """The rules of a round.

    Attributes
    ----------
    shows_result
        Whether a reviewer sees the calculated verdict before finishing.
    bars_own_centre
        Whether nobody reads cases of a centre that they belong to.
    double_percent
        How many in a hundred of the drawn cases are read by a second person, too; 0 to 100.
    double_chosen_at
        When that was last chosen; a reader can hold it against the time of the draw.
    deadline
        The day by which the cases are to be reviewed.
    """

    shows_result: bool = False
    bars_own_centre: bool = False
    double_percent: int = 0
    double_chosen_at: datetime | None = None
    deadline: date | None = None
