"""Gaps in the serial numbers that case numbers carry: a note, never a filter.

A register of decisions has gaps by nature: most numbers went to cases that ended without a decision, were
decided in another year, or belong to somebody else. So a share of missing numbers says nothing of its own; only
that it is another than in an earlier register of the same kind is a reason to ask whether the export was whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import polars as pl

from sampling.errors import ColumnMissing, ColumnNotText, FigureInvalid
from sampling.figures import whole

#: A change of the share present is sudden from so many (as a share) on, if chance alone gives one as large
#: with less than this risk. Several years are looked at in each round, so the risk is 1 %, not 5 %.
SUDDEN, RISK = 0.1, 0.01

#: A hole is a jump, where another circle of numbers begins, if it is so long, and so many times the median distance
#: of its series: if numbers were there or not by chance alone, a hole that long had a probability of 2**-100 at most.
JUMP, JUMP_DISTANCES = 1000, 100

#: The part that is taken for a year must have at least half of the cases within so many successive years.
WINDOW = 10

_BEFORE = "(?s)^(?P<before>(?:.*[^0-9])?)"
_KLE = "(?s)^(?P<before>(?:.*[^0-9])?[0-9]{2}\\.[0-9]{2}\\.[0-9]{2}-[A-ZÆØÅ][0-9]{2})"
# Nine digits at most: the sums over all series of a register then stay whole in every reader of JSON.
_MOST = 10**9
_SERIAL = "(?P<serial>[0-9]{1,9})"
_YEAR = "(?P<year>(?:19|20)?[0-9]{2})"
_BETWEEN, _BEHIND = "[-/._ ]", "(?:[^0-9].*)?$"

#: The forms of case numbers, as regular expressions with the groups ``before``, ``serial`` and ``year``.
PATTERNS: Mapping[str, str] = {
    "kle-serial-year": f"{_KLE}-{_SERIAL}-{_YEAR}{_BEHIND}",
    "year-serial": f"{_BEFORE}{_YEAR}{_BETWEEN}{_SERIAL}{_BEHIND}",
    "serial-year": f"{_BEFORE}{_SERIAL}{_BETWEEN}{_YEAR}{_BEHIND}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class YearGaps:
    """The serial numbers of one year.

    Attributes
    ----------
    pattern
        One of ``PATTERNS``.
    year
        With four digits; 69 to 99 are of the 1900s, 00 to 68 of the 2000s (as POSIX reads ``%y``).
    series
        How many series run beside each other: one for each text that stands before year and serial number
        (a prefix, a centre of local numbers, a KLE number with its facet).
    first, last
        Smallest and largest serial number of all series.
    cases
        Case numbers of that year.
    missing
        Numbers between first and last of their series that are not in the frame, but for those in jumps.
    skipped
        Numbers in jumps: holes so long that another circle of numbers begins behind them (1 to 1379, then 10001
        to 10133). A jump is more likely a custom of the case system than a gap, so it is counted by itself.
    between
        Numbers strictly between the first and the last of their circle, missing or not. First and last are there
        by definition, so they say nothing of gaps; in series of a few cases they would hide them.
    """

    pattern: str
    year: int
    series: int
    first: int
    last: int
    cases: int
    missing: int
    skipped: int
    between: int

    @property
    def share_present(self) -> float | None:
        """The share of the numbers between that are in the frame; None where no number lies between."""
        return 1 - self.missing / self.between if self.between else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SerialGaps:
    """The gaps of a register by year, oldest first.

    ``pattern`` is None and ``years`` is empty where there is nothing to say, and ``reason`` names why:
    ``no-cases``, or ``no-serials`` (fewer than half of the case numbers carry a year and a serial number).
    ``cases`` are all rows, ``without`` those whose number has not the register's pattern.
    """

    pattern: str | None
    years: tuple[YearGaps, ...]
    cases: int
    without: int
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GapChange:
    """How the share present differs from an earlier one.

    Attributes
    ----------
    change
        Share present now less the earlier one, -1 to 1; None where one of them is not defined.
    p
        How often chance alone would give a difference as large; None where that cannot be computed.
    sudden
        Whether the change is more than ``SUDDEN`` and ``p`` below ``RISK``.
    reason
        Why ``change`` or ``p`` is None: ``no-numbers-between``, or ``few-numbers``.
    """

    change: float | None
    p: float | None
    sudden: bool
    reason: str | None = None


def serial_gaps(frame: pl.DataFrame) -> SerialGaps:
    """Return the gaps in the serial numbers of a frame's case numbers, by year.

    Parameters
    ----------
    frame
        ``case_id`` (str); other columns and the order of the rows do not matter. A register of decisions as
        it was read, before single cases are excluded, since those would look like gaps.

    Returns
    -------
    SerialGaps
        Of the one pattern that the register has: with year and serial number (``23/00123``,
        ``S2016-012345/B``), the other way round (``123-23``), or KLE number, facet, serial number and year
        (``27.60.08-G01-214-23``). What stands before them, as the centre of local numbers, makes a series of
        its own; what stands behind does not, and a number that is there twice with different endings counts
        once.

    Raises
    ------
    ColumnMissing, ColumnNotText
        If ``case_id`` is not there as text.

    Notes
    -----
    **What the figures say.** How many numbers of a series are not in the register, from its first number to
    its last. **What they do not say.** That cases are missing: most numbers belong to cases without a decision,
    or with one in another year. Nor whether cases are missing before the first or after the last number. A
    series of a KLE number holds whatever was opened under that subject and facet, by every part of the
    authority, and often only a few cases of it; a series with one or two next to each other says nothing, and
    adds nothing to ``between``.

    **How the pattern is found.** KLE numbers where half of the register or more has their form. Else the order
    of year and serial number that more case numbers have within ten successive years, or if they are equal, the
    one with fewer different years: in ``12-23``, ``45-23``, ``46-23`` the year is 23.
    """
    if "case_id" not in frame.columns:
        raise ColumnMissing(column="case_id")
    if frame.schema["case_id"] != pl.String:
        raise ColumnNotText(column="case_id")
    if not frame.height:
        return SerialGaps(pattern=None, years=(), cases=0, without=0, reason="no-cases")
    pattern, parts = _read(frame["case_id"])
    if pattern is None or parts is None:
        return SerialGaps(
            pattern=None, years=(), cases=frame.height, without=frame.height, reason="no-serials"
        )
    years = tuple(YearGaps(pattern=pattern, **row) for row in _by_year(parts).iter_rows(named=True))
    return SerialGaps(pattern=pattern, years=years, cases=frame.height, without=frame.height - parts.height)


def gap_change(now: YearGaps, earlier: YearGaps) -> GapChange:
    """Return how the share of numbers present differs from that of an earlier register.

    Parameters
    ----------
    now, earlier
        Years that can be compared, each in its register: the year of the decisions in both, say.

    Raises
    ------
    FigureInvalid
        If a count is no whole number, or not ``0 <= missing <= between``.

    Notes
    -----
    Pearson's chi-squared test of the fourfold table with the correction of F. Yates (1934, Suppl. J. R. Stat.
    Soc. 1, 217-235), of numbers between first and last; not computed where an expected count is below 5. It
    takes the numbers as independent of each other, which they are not quite: cases come in batches. So it is
    there to keep small years from crying wolf; in large ones nearly any difference passes it, and the ten
    percentage points of ``SUDDEN`` decide. In two successive years of a real register (tests/data) the share
    changes by two points (decisions in the year after the number's) and four (in the same year). A sudden change
    is a reason to look, not an error.
    """
    for name, year in (("now", now), ("earlier", earlier)):
        _check(name, year)
    if now.share_present is None or earlier.share_present is None:
        return GapChange(change=None, p=None, sudden=False, reason="no-numbers-between")
    change = now.share_present - earlier.share_present
    both, missing = now.between + earlier.between, now.missing + earlier.missing
    if min(now.between, earlier.between) * min(missing, both - missing) < 5 * both:
        return GapChange(change=change, p=None, sudden=False, reason="few-numbers")
    cross = abs(now.missing * earlier.between - earlier.missing * now.between)
    corrected = max(cross - both / 2, 0)
    # In this order, since the products of four counts could be too large for a float.
    z = corrected / sqrt(now.between * earlier.between) * sqrt(both / (missing * (both - missing)))
    p = 2 * NormalDist().cdf(-z)
    return GapChange(change=change, p=p, sudden=abs(change) > SUDDEN and p < RISK)


def _check(name: str, year: YearGaps) -> None:
    counts = {"missing": year.missing, "between": year.between}
    for count, value in counts.items():
        whole(f"{name}.{count}", value, 0)
    if year.missing > year.between:
        raise FigureInvalid(
            name=f"{name}.missing", wanted=f"at most the {year.between} numbers between", value=year.missing
        )


def _read(case_ids: pl.Series) -> tuple[str | None, pl.DataFrame | None]:
    """Return the pattern of a register and, for the numbers that have it, year, series and serial."""
    best: tuple[int, int] | None = None
    found: tuple[str | None, pl.DataFrame | None] = (None, None)
    for pattern, form in PATTERNS.items():
        # Asking whether is several times as fast as reading the parts.
        if 2 * (case_ids.str.contains(form).sum() or 0) < len(case_ids):
            continue
        parts = _parts(case_ids, form)
        years = dict(parts["year"].value_counts().iter_rows())
        within = max(_within(years, first) for first in years)
        if 2 * within >= len(case_ids) and (best is None or (within, -len(years)) > best):
            best, found = (within, -len(years)), (pattern, parts)
        if found[0] == "kle-serial-year":
            break
    return found


def _within(years: Mapping[int, int], first: int) -> int:
    return sum(count for year, count in years.items() if first <= year < first + WINDOW)


def _parts(case_ids: pl.Series, form: str) -> pl.DataFrame:
    read = case_ids.to_frame("id").select(pl.col("id").str.extract_groups(form).struct.unnest()).drop_nulls()
    year = pl.col("year").cast(pl.Int64)
    century = pl.when(year > 99).then(0).when(year > 68).then(1900).otherwise(2000)
    before = pl.col("before").cast(pl.Categorical).to_physical().cast(pl.Int64)
    series = (before * 10_000 + year + century).rank("dense").cast(pl.Int64)
    return read.select(year + century, series.alias("series"), pl.col("serial").cast(pl.Int64))


def _by_year(parts: pl.DataFrame) -> pl.DataFrame:
    """Return the figures of each year, their names being those of ``YearGaps``."""
    numbers = _sorted(parts)
    series = (
        numbers.group_by("series")
        .agg(
            pl.col("year").first(),
            pl.col("serial").min().alias("first"),
            pl.col("serial").max().alias("last"),
            pl.len().cast(pl.Int64).alias("cases"),
            (pl.len() - (pl.col("step") == 0).sum()).cast(pl.Int64).alias("numbers"),
            pl.col("step").max().alias("longest"),
        )
        .with_columns((pl.col("last") - pl.col("first") + 1 - pl.col("numbers")).alias("holes"))
    )
    jumps = _jumps(numbers.join(series.filter(pl.col("longest") > JUMP), on="series", how="semi"))
    ends = pl.coalesce("ends", pl.min_horizontal("numbers", 2))
    missing = pl.col("holes") - pl.col("skipped")
    return (
        series.join(jumps, on="series", how="left")
        .with_columns(pl.col("skipped").fill_null(0))
        .with_columns(missing.alias("missing"), (pl.col("numbers") + missing - ends).alias("between"))
        .group_by("year")
        .agg(
            pl.len().alias("series"),
            pl.col("first").min(),
            pl.col("last").max(),
            pl.col("cases", "missing", "skipped", "between").sum(),
        )
        .sort("year")
    )


def _sorted(parts: pl.DataFrame) -> pl.DataFrame:
    """Return the numbers by series and serial number, and how far each is from the one before it in its series."""
    # One whole number for both is sorted in a tenth of the time.
    both = pl.col("series") * _MOST + pl.col("serial")
    inside = pl.col("series") == pl.col("series").shift()
    return parts.sort(both).with_columns(pl.when(inside).then(pl.col("serial").diff()).alias("step"))


def _jumps(numbers: pl.DataFrame) -> pl.DataFrame:
    """Return for each series with jumps the numbers skipped, and how many numbers are ends of a circle."""
    jump = (pl.col("step") > JUMP) & (pl.col("step") > JUMP_DISTANCES * pl.col("step").median())
    return (
        numbers.filter((pl.col("step") != 0).fill_null(value=True))
        .with_columns(jump.fill_null(value=False).over("series").alias("jump"))
        .with_columns(pl.col("jump").cum_sum().over("series").alias("circle"))
        .group_by("series", "circle")
        .agg(
            (pl.col("step") - 1).filter("jump").sum().alias("skipped"),
            pl.len().cast(pl.Int64).clip(upper_bound=2).alias("ends"),
        )
        .group_by("series")
        .agg(pl.col("skipped", "ends").sum())
    )
