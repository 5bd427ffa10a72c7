"""A centre's own closed rounds beside each other; no other centre's figure has a part in it."""

from collections.abc import Mapping, Sequence

from lirk.domain.figures import readings
from lirk.domain.reports import ChecklistSeries
from lirk.domain.rounds import Round
from lirk.domain.series import MOST_ROUNDS, OwnRound, checklist_series, own_round
from lirk.services.report_material import Material, earlier_rounds, material
from lirk.storage.store import Store

Series = tuple[ChecklistSeries, ...]


def series_of(store: Store, round_: Round, language: str, centre: str | None = None) -> Mapping[str, Series]:
    """Return by centre what its own rounds up to this one counted, for one centre or for all.

    A demonstration is never held against real cases. A centre without an earlier round is left out.
    """
    earlier = {
        name: rounds[-(MOST_ROUNDS - 1) :] for name, rounds in earlier_rounds(store, round_, centre).items()
    }
    wanted = {one.id: one for rounds in earlier.values() for one in rounds}
    if not wanted:
        return {}
    read = {one.id: material(store, one, centre) for one in (*wanted.values(), round_)}
    return {
        name: _series([read[one.id] for one in (*rounds, round_)], name, language)
        for name, rounds in earlier.items()
        if rounds and name in read[round_.id].cases
    }


def _series(read: Sequence[Material], centre: str, language: str) -> Series:
    """Return the series of the last round's checklists in one centre."""
    own: dict[str, list[OwnRound]] = {one.checklist.id: [] for one in read[-1].asked}
    for one in read:
        for asked in one.asked:
            if asked.checklist.id in own:
                found = readings(asked.checklist, one.cases[centre], population=one.strata[centre])
                own[asked.checklist.id].append(own_round(one.round_.title, found))
    method = read[-1].method
    found_series = (
        checklist_series(rounds, language=language, level=method.level, limit=method.small_number_limit)
        for rounds in own.values()
    )
    return tuple(series for series in found_series if series is not None)
