"""The serial numbers of a register beside those of an earlier round: which years belong together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from sampling.gaps import GapChange, YearGaps, gap_change

#: Years with fewer of a register's cases than this share are not told of; the freeze has them all.
TOLD_FROM = 0.01

#: The first and last day of a register's decisions, both included; None where its mapping sets none.
Period = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierSerials:
    """What the freeze of an earlier round says of its serial numbers; ``round`` is its key."""

    round: str
    period: Period
    years: tuple[YearGaps, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearNote:
    """A year, and the year at the same distance in an earlier round.

    ``change`` is None where there is none, or where the two rounds cover other months: then nothing follows from
    a difference.
    """

    now: YearGaps
    earlier: YearGaps | None = None
    round: str = ""
    change: GapChange | None = None


def serials_in(freeze: Mapping[str, object]) -> tuple[YearGaps, ...]:
    """Return the serial numbers that a freeze or certificate tells of; none where it was made before they were."""
    frame = freeze.get("frame")
    found = frame.get("serials") if isinstance(frame, Mapping) else None
    return years_of(found if isinstance(found, list) else ())


def years_of(serials: Iterable[Mapping[str, object]]) -> tuple[YearGaps, ...]:
    """Return years from their values as a freeze has them; those that another program wrote otherwise are passed over.

    The digest of a freeze covers them, so this is no check.
    """
    names = {one.name for one in fields(YearGaps)}
    return tuple(YearGaps(**{name: year[name] for name in names}) for year in serials if names <= set(year))  # type: ignore[arg-type]


def period_of(mapping: Mapping[str, object]) -> Period:
    """Return the days that a mapping keeps decisions from."""
    keep = mapping.get("keep", {})
    bounds = [keep.get(name) if isinstance(keep, Mapping) else None for name in ("from", "to")]
    first, last = (date.fromisoformat(str(bound)) if bound else None for bound in bounds)
    return first, last


def nearest(
    rounds: Sequence[EarlierSerials], years: Sequence[YearGaps], period: Period
) -> EarlierSerials | None:
    """Return the latest earlier round whose case numbers have the same pattern.

    Parameters
    ----------
    rounds
        In the order in which they were made.
    years, period
        The serial numbers of the register now, and the days that its decisions are from. A round about the same
        months goes before a later one about others.
    """
    pattern = years[0].pattern if years else None
    same = [one for one in rounds if one.years and one.years[0].pattern == pattern]
    return max(same, key=lambda one: (same_months(one.period, period), same.index(one)), default=None)


def same_months(one: Period, other: Period) -> bool:
    """Return whether two periods cover the same months, of whichever years; two without bounds do."""
    return _months(one) == _months(other)


def year_notes(
    years: Sequence[YearGaps], period: Period = (None, None), earlier: EarlierSerials | None = None
) -> tuple[YearNote, ...]:
    """Return what is worth telling of each year, newest first.

    A year is put beside the one at the same distance from the end of the earlier round's period (from its newest
    case number where it has no end): decisions of 2026 about case numbers from 2025 beside those of 2025 about
    2024. The same year in both would be compared at different ages.
    """
    cases = sum(year.cases for year in years)
    told = [year for year in reversed(years) if year.cases >= TOLD_FROM * cases]
    if earlier is None or not earlier.years or not years:
        return tuple(YearNote(now=year) for year in told)
    before = {year.year: year for year in earlier.years}
    apart = _end(years, period) - _end(earlier.years, earlier.period)
    comparable = same_months(earlier.period, period)
    return tuple(
        _note(year, before.get(year.year - apart), earlier.round, comparable=comparable) for year in told
    )


def _note(now: YearGaps, earlier: YearGaps | None, round_: str, *, comparable: bool) -> YearNote:
    if earlier is None:
        return YearNote(now=now)
    change = gap_change(now, earlier) if comparable else None
    return YearNote(now=now, earlier=earlier, round=round_, change=change)


def _end(years: Sequence[YearGaps], period: Period) -> int:
    return period[1].year if period[1] else years[-1].year


def _months(period: Period) -> tuple[int, int, int]:
    """Return the months of a period's first and last day (0 where it has none), and the years between them."""
    first, last = period
    years = last.year - first.year if first and last else 0
    return first.month if first else 0, last.month if last else 0, years
