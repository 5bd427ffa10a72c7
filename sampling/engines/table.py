"""What every engine is handed and what it must answer: a relation with its columns, and the protocol."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import polars as pl


class Engine(Protocol):
    """Draws from a frame where it lives; only drawn rows, counts and hashes come out.

    All of them answer as the reference does, bit by bit. Before the first answer the frame is checked, with
    the refusals of :func:`sampling.frame.require_drawable`.
    """

    #: ``reference``, ``polars``, ``duckdb``, ``postgresql`` or ``spark``.
    @property
    def name(self) -> str: ...  # noqa: D102 - said above

    def counts(self) -> dict[str, int]:
        """Return the number of cases N of each stratum, by stratum name bytewise."""
        ...

    def fingerprint(self, salt: str | None = None) -> str:
        """Return the fingerprint, as :func:`sampling.frame.fingerprint`."""
        ...

    def draw(self, sizes: Mapping[str, int], seed: str) -> pl.DataFrame:
        """Return the sample, as :func:`sampling.select.draw_sample`.

        The columns are ``case_id``, ``stratum``, ``ticket`` (str) and ``rank`` (Int64) and no others.
        """
        ...

    def locate(self, case_ids: Iterable[str]) -> dict[str, str]:
        """Return in which stratum each of these cases is; those that are not in the frame are left out."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A column of days (a date, a time without zone, or a text that begins with YYYY-MM-DD) and its bounds.

    ``first`` and ``last`` are included; None is open.
    """

    column: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A frame as an engine has it.

    Attributes
    ----------
    name
        Of the table or view, as it is written in the database, with capitals as they are; a schema before a
        dot (``sager.afgørelser``); a name with a dot in it in double quotes. For DuckDB and Spark also the
        path of a Parquet or CSV file.
    case_id
        The column of case numbers; text.
    strata
        The columns of the strata; text, joined by ``/``, a missing value as ``(missing)``, as
        :func:`sampling.frame.stratify` does.
    exclude
        Case numbers that are left out.
    named
        What strata the values of ``strata`` make, where they do not make them by themselves: from values (a
        missing one as ``""``) to the name, or to None for rows that are left out. Every combination of values
        in the table must be in it.
    period
        Rows of other days are left out.
    """

    name: str
    case_id: str = "case_id"
    strata: tuple[str, ...] = ("stratum",)
    exclude: tuple[str, ...] = ()
    named: Mapping[tuple[str, ...], str | None] | None = field(default=None)
    period: Period | None = None
