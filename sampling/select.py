"""Which cases: tickets from seed and case number, the smallest of them drawn.

Sequential simple random sampling with permanent random numbers (E. Ohlsson 1995, in *Business Survey
Methods*, ch. 9; Eurostat, MEMOBUST handbook), the numbers coming from a hash as in R. L. Rivest (2018),
arXiv 1808.10016. The method in words: each case gets the SHA-256 of ``seed:case number``; in each stratum the
cases with the smallest tickets are the sample. So the order of the rows does not matter, a larger sample only
adds cases, the reserve is known beforehand, and anybody can check one case with ``sha256sum``.
"""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256

import polars as pl

from sampling.errors import ColumnMissing, SampleNotExtendable, SeedInvalid, SizeMissing
from sampling.figures import size_of
from sampling.frame import counts, require_drawable

_SEED = re.compile("[0-9]{20}")


def is_seed(text: object) -> bool:
    """Return whether ``text`` is a seed: exactly 20 of the digits 0 to 9 (66 bits)."""
    return isinstance(text, str) and _SEED.fullmatch(text) is not None


def ticket(seed: str, case_id: str) -> str:
    """Return the ticket of one case: lower-case hex SHA-256 of the UTF-8 of ``seed + ":" + case_id``.

    Both are taken as given: trimming and NFC belong to the frame.
    """
    return sha256(f"{seed}:{case_id}".encode()).hexdigest()


def tickets(seed: str, case_ids: Iterable[str]) -> list[str]:
    """Return the ticket of each case, in the order given; about a second for a million."""
    prefix = f"{seed}:".encode()
    return [sha256(prefix + case_id.encode()).hexdigest() for case_id in case_ids]


def draw_sample(frame: pl.DataFrame, sizes: Mapping[str, int], seed: str) -> pl.DataFrame:
    """Return the cases with the smallest tickets of each stratum.

    Parameters
    ----------
    frame
        One row a case: ``case_id`` (str, unique, NFC), ``stratum`` (str), and any other columns. The order
        of the rows does not matter.
    sizes
        How many to draw from each stratum, 0 or more; a stratum with no more cases than that is drawn whole.
        Names that are not in the frame have no cases, so none are drawn.
    seed
        Exactly 20 decimal digits.

    Returns
    -------
    polars.DataFrame
        The frame's columns, ``ticket`` (str) and ``rank`` (int, from 1 within the stratum), ordered by
        stratum and ticket (ties by case number, both bytewise).

    Raises
    ------
    SeedInvalid, ColumnMissing, ColumnNotText, FrameBroken, FrameEmpty, SizeMissing, SizeNegative, FigureInvalid
        If the question is not well formed.
    """
    if not is_seed(seed):
        raise SeedInvalid(value=seed)
    require_drawable(frame)
    return smallest(frame, wanted_sizes(counts(frame), sizes), seed)


def smallest(frame: pl.DataFrame, wanted: Mapping[str, int], seed: str) -> pl.DataFrame:
    """Return :func:`draw_sample` of cases that were checked, ``wanted`` being sizes of all their strata."""
    return (
        frame.with_columns(pl.Series("ticket", tickets(seed, frame["case_id"]), dtype=pl.String))
        .sort("stratum", "ticket", "case_id")
        .with_columns(pl.int_range(1, pl.len() + 1).over("stratum").alias("rank"))
        .join(_column(wanted), on="stratum", how="left", maintain_order="left")
        .filter(pl.col("rank") <= pl.col("_wanted"))
        .drop("_wanted")
    )


def extend_sample(
    frame: pl.DataFrame, sizes: Mapping[str, int], seed: str, already: pl.DataFrame
) -> pl.DataFrame:
    """Return the rows that a larger sample adds to an earlier one.

    Parameters
    ----------
    frame, seed
        As for the earlier sample.
    sizes
        The new totals of each stratum, none below what was drawn already.
    already
        The earlier result of :func:`draw_sample` (``case_id``).

    Returns
    -------
    polars.DataFrame
        As :func:`draw_sample`; the ranks go on where the earlier ones ended.

    Raises
    ------
    SampleNotExtendable
        If a case drawn already is not in the larger sample.
    ColumnMissing
        If ``already`` has no ``case_id``; else as :func:`draw_sample`.
    """
    if "case_id" not in already.columns:
        raise ColumnMissing(column="case_id")
    whole = draw_sample(frame, sizes, seed)
    outside = already.filter(~pl.col("case_id").is_in(whole["case_id"].implode()))
    if outside.height:
        raise SampleNotExtendable(case_id=outside["case_id"][0])
    return whole.filter(~pl.col("case_id").is_in(already["case_id"].implode()))


def wanted_sizes(counts: Mapping[str, int], sizes: Mapping[str, int]) -> dict[str, int]:
    """Return how many cases are drawn from each stratum that has cases, never more than it has.

    Raises
    ------
    SizeMissing, SizeNegative, FigureInvalid
        If a stratum has no size, or any size is below 0 or no whole number.
    """
    wanted = {stratum: size_of(stratum, n) for stratum, n in sizes.items()}
    for stratum in counts:
        if stratum not in wanted:
            raise SizeMissing(stratum=stratum)
    return {stratum: min(wanted[stratum], cases) for stratum, cases in counts.items()}


def _column(wanted: Mapping[str, int]) -> pl.DataFrame:
    return pl.DataFrame(
        {"stratum": list(wanted), "_wanted": list(wanted.values())},
        schema={"stratum": pl.String, "_wanted": pl.Int64},
    )
