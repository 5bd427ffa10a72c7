"""The draw in SQL, the same for every database.

Which values the strata's columns have is asked first; what stratum each makes is decided here, by the
reference's own code, and handed back as a small table to join with. The draw itself reads the table once: in
a stratum of N cases from which k are drawn, only tickets below (k + 8√k + 20)/N of their range are looked at.
Fewer than k of them are so small less than once in 10¹² draws (Chernoff); then that stratum is read whole.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any, ClassVar, Self

import polars as pl

from sampling.engines.dialect import Dialect
from sampling.engines.queries import Queries, cases_json, rows_json
from sampling.engines.table import Relation
from sampling.errors import (
    ColumnNotText,
    EngineFailed,
    FrameBroken,
    FrameEmpty,
    SaltInvalid,
    SeedInvalid,
)
from sampling.frame import MOST_TOLD, FrameProblem, broken_strata, stratify, visible
from sampling.select import is_seed, tickets, wanted_sizes

#: Up to so many bytes a frame is put together and hashed in the database; a larger one passes through here.
HASHED_INSIDE = 64 * 2**20

#: Greater than every ticket: those are of 0-9 and a-f.
_EVERY = "g"
_TICKETS_CHECKED = 1000

Row = tuple[Any, ...]
Drawn = dict[str, list[tuple[str, str, int]]]
#: How many problems of one kind there are, and the first of them.
_Kind = tuple[int, FrameProblem]


@dataclass(frozen=True, slots=True)
class Found:
    """Rows with the same values in the strata's columns (a missing one as ``""``).

    ``inside`` says whether their day is inside the period, None where it is no day; ``numbered`` how many of
    them have a case number.
    """

    values: tuple[str, ...]
    inside: bool | None
    count: int
    numbered: int


class SqlEngine(ABC):
    """An engine that speaks SQL; what a database does in its own way, its class adds.

    What was asked once, as the counts, is not asked again: an engine is for one draw, and is closed after it.
    """

    name: ClassVar[str]
    dialect: ClassVar[Dialect]

    def __init__(self, connection: Any, relation: Relation) -> None:
        self.relation = relation
        self._connection = connection
        self._own = False

    def of(self, relation: Relation) -> Self:
        """Return an engine for another relation over the same connection, which stays with this one."""
        return type(self)(self._connection, relation)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Give back what was opened here; a connection that was handed in stays open."""

    @abstractmethod
    def _rows(self, query: str, values: Mapping[str, object]) -> list[Row]:
        """Return the rows of a query; EngineFailed if the database does not answer."""

    @abstractmethod
    def _blocks(self, query: str, values: Mapping[str, object]) -> Iterator[bytes]:
        """Yield the only column of a query, text, as UTF-8 in blocks, keeping none of them."""

    @abstractmethod
    def _columns(self) -> Mapping[str, bool]:
        """Return the table's columns, and whether they are text."""

    @abstractmethod
    def _source(self) -> tuple[str, Mapping[str, object]]:
        """Return what stands after FROM, and the values that it has places for."""

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of the table's columns; EngineFailed if the database does not answer, or lacks the table."""
        return tuple(self._columns())

    @cached_property
    def found(self) -> tuple[Found, ...]:
        """Which values the strata's columns have, and in how many rows; nothing is left out yet.

        Raises EngineFailed if the database does not answer, or lacks the table or a column; ColumnNotText if
        case numbers or strata are not text.
        """
        self._require_columns()
        rows = self._rows(*self._queries.found())
        found = (Found(tuple(values), inside, int(n), int(named)) for *values, inside, n, named in rows)
        return tuple(sorted(found, key=lambda part: (part.values, str(part.inside))))

    def counts(self) -> dict[str, int]:
        """Return the number of cases N of each stratum, by stratum name bytewise.

        Raises
        ------
        EngineFailed, ColumnNotText
            As :attr:`found`.
        FrameBroken, FrameEmpty
            As :func:`sampling.frame.require_drawable`; the first example is the first bytewise.
        """
        self._require_drawable()
        return self._counts

    def problems(self) -> tuple[FrameProblem, ...]:
        """Return what :func:`sampling.frame.check_frame` refuses, as far as a database can tell.

        Of each kind the first one bytewise, and how many more there are. Numbers that are alike are told
        where they differ by capitals, not where they differ by the form of their letters alone.
        """
        broken = self._broken
        padded = self._told("padded", "frame-id-padded")
        kinds = [*broken, *padded, *(() if broken else self._alike())]
        return tuple(
            problem
            for count, first in kinds
            for problem in (first, *([FrameProblem("frame-more", {"count": count - 1})] if count > 1 else []))
        )

    def matching(self, pattern: str) -> int:
        """Return how many case numbers match a pattern that all regular expressions read alike."""
        return int(self._asked(self._queries.matching(), pattern=pattern)[0][0])

    def fingerprint(self, salt: str | None = None) -> str:
        """Return the fingerprint, as :func:`sampling.frame.fingerprint`.

        Up to 64 MB of case numbers and strata are hashed in the database. Of more, the sorted rows pass
        through this program in blocks, which are hashed and not kept: no database here can hash them piece
        by piece.
        """
        self._require_drawable()
        if salt is not None and salt.splitlines() != [salt]:
            raise SaltInvalid
        head = "" if salt is None else f"{salt}\n"
        if self._octets() <= HASHED_INSIDE:
            return str(self._asked(self._queries.hashed(), head=head)[0][0])
        hashed = sha256(head.encode())
        for block in self._blocks(*self._queries.of_frame(self._queries.lines(), self._labels())):
            hashed.update(block)
        return hashed.hexdigest()

    def draw(self, sizes: Mapping[str, int], seed: str) -> pl.DataFrame:
        """Return the sample, as :func:`sampling.select.draw_sample`: case_id, stratum, ticket and rank."""
        if not is_seed(seed):
            raise SeedInvalid(value=seed)
        counts = self.counts()
        wanted = wanted_sizes(counts, sizes)
        drawn = self._drawn(
            wanted, {stratum: _limit(n, counts[stratum]) for stratum, n in wanted.items()}, seed
        )
        short = {stratum: n for stratum, n in wanted.items() if len(drawn[stratum]) < n}
        drawn |= self._drawn(short, dict.fromkeys(short, _EVERY), seed)
        rows = [(case, stratum, *rest) for stratum in counts for case, *rest in drawn[stratum]]
        schema = {"case_id": pl.String, "stratum": pl.String, "ticket": pl.String, "rank": pl.Int64}
        sample = pl.DataFrame(rows, schema=schema, orient="row")
        self._check_tickets(sample.head(_TICKETS_CHECKED), seed)
        return sample

    def locate(self, case_ids: Iterable[str]) -> dict[str, str]:
        """Return in which stratum each of these cases is; those that are not in the frame are left out."""
        self._require_drawable()
        return dict(self._asked(self._queries.located(), asked=cases_json(case_ids)))

    def _failed(self, reason: str) -> EngineFailed:
        return EngineFailed(engine=self.name, table=self.relation.name, reason=reason)

    @cached_property
    def _queries(self) -> Queries:
        return Queries(self.dialect, self.relation, *self._source())

    def _asked(self, query: str, **values: object) -> list[Row]:
        return self._rows(*self._queries.of_frame(query, self._labels(), **values))

    def _require_columns(self) -> None:
        columns, period, texts = (
            self._columns(),
            self.relation.period,
            (self.relation.case_id, *self.relation.strata),
        )
        for column in (*texts, *([period.column] if period else [])):
            if column not in columns:
                raise self._failed(f"no column {column!r}; there are {', '.join(columns)}")
        for column in texts:
            if not columns[column]:
                raise ColumnNotText(column=column)

    @cached_property
    def _names(self) -> dict[tuple[str, ...], str | None]:
        """Which stratum each combination of values makes."""
        if odd := sum(found.numbered for found in self.found if found.inside is None):
            raise self._failed(f"{odd} rows have no day YYYY-MM-DD")
        combinations = list(dict.fromkeys(found.values for found in self.found if found.inside))
        named = self.relation.named
        if named is None:
            columns = self._queries.names
            frame = pl.DataFrame(combinations, schema=dict.fromkeys(columns, pl.String), orient="row")
            return dict(zip(combinations, stratify(frame, columns)["stratum"].to_list(), strict=True))
        if unknown := [values for values in combinations if values not in named]:
            raise self._failed(f"no stratum is given for {unknown[0]}")
        return {values: named[values] for values in combinations}

    def _strata(self) -> list[str]:
        return sorted({name for name in self._names.values() if name is not None})

    def _labels(self) -> list[tuple[int, str, tuple[str, ...]]]:
        places = {stratum: place for place, stratum in enumerate(self._strata())}
        return [(places[name], name, values) for values, name in self._names.items() if name is not None]

    @cached_property
    def _sums(self) -> list[dict[str, Any]]:
        """Of each stratum that has cases: how many, their bytes, and the broken numbers."""
        query, values, names = self._queries.sums()
        rows = (dict(zip(names, row, strict=True)) for row in self._asked(query, **values))
        return sorted(rows, key=lambda part: int(part["place"]))

    @cached_property
    def _counts(self) -> dict[str, int]:
        strata = self._strata()
        return {strata[part["place"]]: int(part["cases"]) for part in self._sums}

    def _octets(self) -> int:
        ids = sum(int(part["octets"]) for part in self._sums)
        return ids + sum((len(stratum.encode()) + 2) * cases for stratum, cases in self._counts.items())

    @cached_property
    def _broken(self) -> tuple[_Kind, ...]:
        """What makes the frame undrawable, in the order in which the reference tells it."""
        return (*self._broken_numbers(), *self._doubled(), *self._broken_strata())

    def _require_drawable(self) -> None:
        if not self._counts:
            raise FrameEmpty
        if self._broken:
            # As the reference counts them: at most so many of a kind, then one for all others.
            count = sum(min(count, MOST_TOLD + 1) for count, _ in self._broken)
            first = self._broken[0][1]
            raise FrameBroken(count=count, first=f"{first.code} {dict(first.values)}")

    def _told(self, kind: str, code: str) -> Iterator[_Kind]:
        """Yield how many numbers of all strata are of a kind, with the first of them bytewise."""
        found = [part for part in self._sums if part.get(kind)]
        if found:
            first = min(part[f"{kind}_first"] for part in found)
            values = {"case_id": visible(first)}
            yield sum(int(part[kind]) for part in found), FrameProblem(code, values)

    def _broken_numbers(self) -> Iterator[_Kind]:
        if empty := sum(int(part["empty"]) for part in self._sums):
            yield 1, FrameProblem("frame-id-empty", {"count": empty})
        yield from self._told("control", "frame-id-control")
        yield from self._told("not_nfc", "frame-id-not-nfc")
        yield from self._broken_beside_sql()

    def _broken_beside_sql(self) -> Iterator[_Kind]:
        """Yield what SQL alone cannot say of the case numbers."""
        return iter(())

    def _doubled(self) -> Iterator[_Kind]:
        """Yield the doubled numbers; they are grouped only where hashes say that there may be any."""
        (cases, different), *_ = self._asked(self._queries.different())
        if cases == different:
            return
        for case_id, count, kinds in self._asked(self._queries.doubled()):
            values = {"case_id": visible(case_id), "count": int(count)}
            yield int(kinds), FrameProblem("frame-id-duplicate", values)

    def _broken_strata(self) -> Iterator[_Kind]:
        strata = pl.DataFrame({"stratum": list(self._counts)}, schema={"stratum": pl.String})
        return ((1, problem) for problem in broken_strata(strata))

    def _alike(self) -> Iterator[_Kind]:
        """Yield numbers that differ by capitals only, as the database knows them."""
        (cases, different), *_ = self._asked(self._queries.different_without_capitals())
        if cases == different:
            return
        for first, second, kinds in self._asked(self._queries.alike()):
            values = {"first": visible(first), "second": visible(second)}
            yield int(kinds), FrameProblem("frame-id-alike", values)

    def _drawn(self, wanted: Mapping[str, int], limits: Mapping[str, str], seed: str) -> Drawn:
        """Return case, ticket and rank of the smallest tickets of each stratum, of those below its limit."""
        strata = self._strata()
        asked = [
            {"place": place, "wanted": wanted[stratum], "ticket_limit": limits[stratum]}
            for place, stratum in enumerate(strata)
            if wanted.get(stratum)
        ]
        drawn: Drawn = {stratum: [] for stratum in wanted}
        if asked:
            for place, case_id, found, rank in self._asked(
                self._queries.drawn(), asked=rows_json(asked), seed=seed
            ):
                drawn[strata[place]].append((case_id, found, int(rank)))
        return drawn

    def _check_tickets(self, sample: pl.DataFrame, seed: str) -> None:
        """Hold tickets against the reference, in case a database hashes something else."""
        computed = tickets(seed, sample["case_id"])
        for case_id, found, right in zip(sample["case_id"], sample["ticket"], computed, strict=True):
            if found != right:
                raise self._failed(f"its ticket of {case_id!r} is {found}, and the right one {right}")


def _limit(n: int, cases: int) -> str:
    """Return the ticket below which, nearly always, at least n of so many cases have theirs."""
    share = (n + 8 * math.sqrt(n) + 20) / cases
    return _EVERY if share >= 1 else f"{int(share * 2**256):064x}"
