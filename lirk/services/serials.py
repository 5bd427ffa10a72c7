"""The serial numbers in a register's case numbers, beside those of earlier rounds."""

from collections.abc import Sequence

from lirk.domain.access import Action, require
from lirk.domain.people import Person
from lirk.domain.serials import EarlierSerials, Period, YearNote, nearest, serials_in, year_notes
from lirk.storage.store import Store
from sampling.gaps import YearGaps


def serial_notes(
    store: Store, actor: Person, years: Sequence[YearGaps], period: Period, *, besides: str = ""
) -> tuple[YearNote, ...]:
    """Return what is worth telling of a register's serial numbers, beside the earlier round that is most like it.

    Parameters
    ----------
    years, period
        Of the register now (``lirk.services.draws.serials_of``, ``lirk.domain.serials.period_of``).
    besides
        The key of the round that the register is of.
    """
    require(actor, Action.RUN_ROUND)
    if not years:
        return ()
    rounds = [one for one in store.rounds.all() if one.key != besides]
    freezes = store.rounds.freezes([one.id for one in rounds])
    earlier = [
        EarlierSerials(
            round=one.key, period=(one.first_day, one.last_day), years=serials_in(freezes.get(one.id, {}))
        )
        for one in rounds
    ]
    return year_notes(years, period, nearest(earlier, years, period))
