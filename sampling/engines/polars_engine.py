"""Polars alone, for a frame in memory or in a Parquet file of many millions of cases.

The cases are read in a stream, and nearly all of them are left aside at once: of a stratum of N cases from
which k are drawn, only tickets below (k + 8√k + 20)/N of their range are of interest. The reference then draws
from the few that are left, so what comes out has the reference's own tickets. Fewer than k are left less than
once in 10¹² draws (Chernoff); then that stratum is looked at whole.

Tickets are computed by polars-hash where it is installed (``lirk[fast-draw]``) and agrees with hashlib on the
case numbers at hand; else by hashlib, which takes several times as long.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from math import sqrt
from pathlib import Path
from typing import ClassVar

import polars as pl

from sampling.errors import EngineFailed, SeedInvalid
from sampling.frame import (
    FrameProblem,
    any_twice,
    are_plain,
    broken_numbers,
    broken_strata,
    fingerprint,
    require_columns,
    require_drawable,
)
from sampling.select import is_seed, smallest, tickets, wanted_sizes

#: So many tickets of polars-hash are held against hashlib's before each draw.
TICKETS_CHECKED = 1000

#: Numbers whose tickets are held against hashlib's as well, since a register may begin with plain ones only.
_ODD_NUMBERS = pl.Series("case_id", ["", "Æ-ø/å", "O'Brien\\\"", "案件 17", "\U0001f600", "x" * 200])


class PolarsEngine:
    """Draws from a frame with Polars.

    What was asked once, as the counts, is not asked again: an engine is for one draw.

    Parameters
    ----------
    source
        The frame, a query for it, or the path of a Parquet file that holds it: ``case_id`` and ``stratum``
        (str); other columns are not read.
    """

    name: ClassVar[str] = "polars"

    def __init__(self, source: pl.DataFrame | pl.LazyFrame | str | Path) -> None:
        if isinstance(source, pl.DataFrame | pl.LazyFrame):
            self._table, self._lines = "frame", source.lazy()
        else:
            self._table, self._lines = str(source), pl.scan_parquet(source, glob=False)

    def counts(self) -> dict[str, int]:
        """Return the number of cases N of each stratum, by stratum name bytewise.

        Raises
        ------
        EngineFailed
            If the file cannot be read.
        ColumnMissing, ColumnNotText, FrameBroken
            As :func:`sampling.frame.require_drawable`.
        """
        self._require_drawable()
        return dict(self._counts)

    def fingerprint(self, salt: str | None = None) -> str:
        """Return :func:`sampling.frame.fingerprint`; the frame is held in memory for this."""
        return fingerprint(self._whole(), salt)

    def draw(self, sizes: Mapping[str, int], seed: str) -> pl.DataFrame:
        """Return the sample, as :func:`sampling.select.smallest`: case_id, stratum, ticket and rank."""
        if not is_seed(seed):
            raise SeedInvalid(value=seed)
        wanted = wanted_sizes(self.counts(), sizes)
        return smallest(self._candidates(wanted, seed), wanted, seed)

    def locate(self, case_ids: Iterable[str]) -> dict[str, str]:
        """Return in which stratum each of these cases is; those that are not in the frame are left out."""
        self._require_drawable()
        asked = pl.Series(list(case_ids), dtype=pl.String)
        found = self._collected(self._frame.filter(pl.col("case_id").is_in(asked.implode())))
        return dict(found.iter_rows())

    @cached_property
    def _frame(self) -> pl.LazyFrame:
        """The two columns, once they are known to be there."""
        try:
            require_columns(self._lines.collect_schema())
        except (pl.exceptions.PolarsError, OSError) as error:
            raise self._failed(error) from None
        return self._lines.select("case_id", "stratum")

    @cached_property
    def _counts(self) -> dict[str, int]:
        grouped = self._collected(self._frame.group_by("stratum").len()).sort("stratum")
        return dict(grouped.iter_rows())

    @cached_property
    def _sound(self) -> bool:
        """Whether nothing is wrong with the frame, told without holding it: one hash a case is kept."""
        broken: list[FrameProblem] = []

        def hashed(ids: pl.Series) -> pl.Series:
            if not are_plain(ids):
                broken.extend(broken_numbers(ids.to_frame("case_id")))
            return ids.hash()

        screened = pl.col("case_id").map_batches(hashed, return_dtype=pl.UInt64, is_elementwise=True)
        hashes = self._collected(self._frame.select(screened)).to_series()
        strata = pl.DataFrame({"stratum": list(self._counts)}, schema={"stratum": pl.String})
        return not (hashes.is_empty() or broken or any_twice(hashes)) and not any(broken_strata(strata))

    def _require_drawable(self) -> None:
        if not self._sound:
            require_drawable(self._whole())

    def _candidates(self, wanted: Mapping[str, int], seed: str) -> pl.DataFrame:
        """Return few of the cases, among them all that are drawn."""
        limit, whole = least_rows(self._counts, wanted)
        below = self._below(limit, seed)
        # Without a stratum to look at wholly, the names of the strata need not be read of every case.
        found = self._collected(self._frame.filter(below | _of(whole) if whole else below))
        there = dict(found.group_by("stratum").len().iter_rows())
        short = [stratum for stratum, n in wanted.items() if there.get(stratum, 0) < n]
        if not short:
            return found
        return pl.concat([found.filter(~_of(short)), self._collected(self._frame.filter(_of(short)))])

    def _below(self, limit: float, seed: str) -> pl.Expr:
        if limit <= 0 or limit >= 1:
            return pl.lit(limit >= 1)
        some = pl.concat([_ODD_NUMBERS, self._collected(self._frame.head(TICKETS_CHECKED))["case_id"]])
        found = fast_ticket(seed, some)
        return (plain_ticket(seed) if found is None else found) < f"{int(limit * 2**256):064x}"

    def _whole(self) -> pl.DataFrame:
        return self._collected(self._frame)

    def _collected(self, query: pl.LazyFrame) -> pl.DataFrame:
        try:
            return query.collect(engine="streaming")
        except (pl.exceptions.PolarsError, OSError) as error:
            raise self._failed(error) from None

    def _failed(self, error: Exception) -> EngineFailed:
        return EngineFailed(engine=self.name, table=self._table, reason=str(error).partition("\n")[0])


def least_rows(counts: Mapping[str, int], wanted: Mapping[str, int]) -> tuple[float, list[str]]:
    """Return below which share of the tickets, and in which strata wholly, to look at the fewest rows.

    Parameters
    ----------
    counts, wanted
        Cases N of each stratum, at least 1, and how many of them are drawn.

    Returns
    -------
    tuple of float and list of str
        Every other stratum from which cases are drawn has at least as many as wanted below that share, nearly
        always. 1 or more means every case.
    """
    shares = {stratum: (n + 8 * sqrt(n) + 20) / counts[stratum] for stratum, n in wanted.items() if n}
    falling = sorted(shares, key=lambda stratum: shares[stratum], reverse=True)
    limits = [*(min(shares[stratum], 1.0) for stratum in falling), 0.0]
    cases, whole = sum(counts.values()), 0
    rows = []
    for place, limit in enumerate(limits):
        rows.append((limit * cases + whole, place))
        whole += counts[falling[place]] if place < len(falling) else 0
    _, best = min(rows)
    return limits[best], falling[:best]


def fast_ticket(seed: str, case_ids: pl.Series) -> pl.Expr | None:
    """Return the ticket of ``case_id`` by polars-hash, if that is installed and right for these numbers."""
    try:
        import polars_hash

        found = polars_hash.concat_str(pl.lit(f"{seed}:"), pl.col("case_id")).chash.sha2_256()
        computed = case_ids.to_frame("case_id").select(found).to_series().to_list()
    except (ImportError, pl.exceptions.PolarsError):
        return None
    return found if computed == tickets(seed, case_ids) else None


def plain_ticket(seed: str) -> pl.Expr:
    """Return the ticket of ``case_id`` by hashlib."""
    return pl.col("case_id").map_batches(
        lambda ids: pl.Series(tickets(seed, ids), dtype=pl.String),
        return_dtype=pl.String,
        is_elementwise=True,
    )


def _of(strata: Iterable[str]) -> pl.Expr:
    return pl.col("stratum").is_in(list(strata))
