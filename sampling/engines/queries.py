"""The queries of a draw, alike for every database but for its dialect.

Names are quoted by the dialect, values are always parameters, so nothing in either can be taken for SQL.
"""
# ruff: noqa: S608 - built of quoted names and of places for values only

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sampling.engines.dialect import Dialect
from sampling.engines.table import Relation

#: What a day looks like as text, with or without a time, but not with a zone: it would be another day elsewhere.
_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?)?$"
#: Blanks as Unicode has them, but for the control characters, which are refused anyhow.
_BLANKS = "[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_BLANK = f"^{_BLANKS}*$"
_PADDED = f"^{_BLANKS}|{_BLANKS}$"

Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class Queries:
    """The queries of one relation; ``source`` is what stands after FROM, ``values`` its values.

    All but :meth:`found` ask of ``lirk_frame``, which :meth:`of_frame` puts before them: ``place`` (the
    number of the stratum by name bytewise), ``stratum`` and ``case_id``.
    """

    dialect: Dialect
    relation: Relation
    source: str
    values: Mapping[str, object]

    @property
    def names(self) -> list[str]:
        """What the values of the strata's columns are called here."""
        return [f"value_{number}" for number, _ in enumerate(self.relation.strata)]

    def found(self) -> tuple[str, Values]:
        """Return the query of the combinations of values: ``inside``, rows, and rows with a number."""
        columns = ", ".join([*self.names, "inside"])
        given = f"{self._case_id()}, {self._strata()}, {self._inside()} AS inside"
        query = (
            f"SELECT {columns}, count(*), count(CASE WHEN case_id <> '' THEN 1 END)"
            f" FROM (SELECT {given} FROM {self.source}) lirk_given GROUP BY {columns}"
        )
        return query, self._given_values()

    def of_frame(
        self, query: str, labels: Iterable[tuple[int, str, Sequence[str]]], **values: object
    ) -> tuple[str, Values]:
        """Return a query of ``lirk_frame`` with what makes it.

        Parameters
        ----------
        query
            The query.
        labels
            Place, stratum and the values that make it, for every combination that belongs to one.
        values
            The query's own.
        """
        text = self.dialect.bytewise
        shape = {"place": "int", "stratum": "text", **dict.fromkeys(self.names, "text")}
        labelled = ", ".join(["place", "stratum", *(f"{text(name)} AS {name}" for name in self.names)])
        joined = " AND ".join(f"lirk_given.{name} = lirk_labels.{name}" for name in self.names)
        within = f" WHERE {self._inside()}" if self.relation.period else ""
        whole = (
            f"WITH lirk_given AS (SELECT {self._case_id()}, {self._strata()} FROM {self.source}{within}),"
            f" lirk_labels AS (SELECT {labelled} FROM {self._table('labels', shape)}),"
            " lirk_frame AS (SELECT lirk_labels.place AS place, lirk_labels.stratum AS stratum,"
            " lirk_given.case_id AS case_id FROM lirk_given"
            f" JOIN lirk_labels ON {joined}{self._not_excluded()}) {query}"
        )
        rows = [
            {"place": place, "stratum": stratum, **dict(zip(self.names, combination, strict=True))}
            for place, stratum, combination in labels
        ]
        excluded = {"excluded": cases_json(self.relation.exclude)} if self.relation.exclude else {}
        return whole, {**self._given_values(), "labels": rows_json(rows), **excluded, **values}

    def sums(self) -> tuple[str, Values, list[str]]:
        """Return the query of cases, bytes and broken numbers by place, its values, and the columns' names."""
        tell = self.dialect
        blank = tell.matches("case_id", tell.parameter("blank"))
        wrong = {
            "empty": f"case_id IS NULL OR {blank}",
            "control": tell.matches("case_id", tell.parameter("control")),
            "padded": f"{tell.matches('case_id', tell.parameter('padded'))} AND NOT {blank}",
            **({"not_nfc": tell.not_nfc("case_id")} if tell.not_nfc else {}),
        }
        counted = [f"count(*) FILTER (WHERE {condition})" for condition in wrong.values()]
        first = [f"min(case_id) FILTER (WHERE {condition})" for condition in wrong.values()]
        columns = ", ".join(["place", "count(*)", f"sum({tell.octets('case_id')})", *counted, *first])
        names = ["place", "cases", "octets", *wrong, *(f"{name}_first" for name in wrong)]
        query = f"SELECT {columns} FROM lirk_frame GROUP BY place"
        return query, {"blank": _BLANK, "padded": _PADDED, "control": tell.control}, names

    def different_without_capitals(self) -> str:
        """Return the query of :meth:`different` where capitals make no difference."""
        hashed = self.dialect.hash64(self.dialect.lower("case_id"))
        return f"SELECT count(*), count(DISTINCT {hashed}) FROM lirk_frame"

    def alike(self) -> str:
        """Return the query of the first two numbers that differ by capitals, and how many such groups there are."""
        return (
            "SELECT min(case_id), max(case_id), count(*) OVER () FROM lirk_frame"
            f" GROUP BY {self.dialect.lower('case_id')} HAVING count(*) > 1 ORDER BY min(case_id) LIMIT 1"
        )

    def matching(self) -> str:
        """Return the query of how many numbers match ``pattern``."""
        matching = self.dialect.matches("case_id", self.dialect.parameter("pattern"))
        return f"SELECT count(*) FROM lirk_frame WHERE {matching}"

    def different(self) -> str:
        """Return the query of how many numbers there are, and how many hashes of them."""
        hashed = self.dialect.hash64("case_id")
        return f"SELECT count(*), count(DISTINCT {hashed}) FROM lirk_frame WHERE case_id IS NOT NULL"

    def doubled(self) -> str:
        """Return the query of the first doubled number, how often it is there, and how many are doubled."""
        return (
            "SELECT case_id, count(*), count(*) OVER () FROM lirk_frame WHERE case_id IS NOT NULL"
            " GROUP BY case_id HAVING count(*) > 1 ORDER BY case_id LIMIT 1"
        )

    def drawn(self) -> str:
        """Return the query of place, case, ticket and rank; ``asked`` has place, wanted and limit."""
        ticket = self.dialect.sha256(f"concat({self.dialect.parameter('seed')}, ':', case_id)")
        asked = self._table("asked", {"place": "int", "wanted": "int", "ticket_limit": "text"})
        return (
            "SELECT place, case_id, ticket, ticket_rank FROM (SELECT place, wanted, case_id, ticket,"
            " row_number() OVER (PARTITION BY place ORDER BY ticket, case_id) AS ticket_rank FROM"
            " (SELECT lirk_frame.place AS place, wanted, case_id,"
            f" {self.dialect.bytewise('ticket_limit')} AS ticket_limit, {self.dialect.bytewise(ticket)} AS ticket"
            f" FROM lirk_frame JOIN {asked} ON asked.place = lirk_frame.place) lirk_hashed"
            " WHERE ticket < ticket_limit) lirk_ranked WHERE ticket_rank <= wanted ORDER BY place, ticket_rank"
        )

    def located(self) -> str:
        """Return the query of case and stratum of the cases in ``asked``."""
        asked = self._table("asked", {"case_id": "text"})
        return (
            "SELECT lirk_frame.case_id, stratum FROM lirk_frame JOIN"
            f" (SELECT {self.dialect.bytewise('case_id')} AS case_id FROM {asked}) lirk_asked"
            " ON lirk_asked.case_id = lirk_frame.case_id"
        )

    def hashed(self) -> str:
        """Return the query of the fingerprint; ``head`` is what comes before the rows."""
        rows = f"coalesce({self.dialect.joined(_LINE)}, '')"
        whole = f"concat({self.dialect.parameter('head')}, {rows})"
        return f"SELECT {self.dialect.sha256(whole)} FROM lirk_frame"

    def lines(self) -> str:
        """Return the query of the rows of the fingerprint, sorted."""
        return f"SELECT {_LINE} AS line FROM lirk_frame ORDER BY place, case_id"

    def _case_id(self) -> str:
        return f"{self.dialect.bytewise(self.dialect.quoted(self.relation.case_id))} AS case_id"

    def _strata(self) -> str:
        tell = self.dialect
        return ", ".join(
            f"coalesce({tell.bytewise(tell.quoted(column))}, '') AS {name}"
            for name, column in zip(self.names, self.relation.strata, strict=True)
        )

    def _inside(self) -> str:
        """Return whether a row's day is inside the period; null where it is no day."""
        tell, period = self.dialect, self.relation.period
        if period is None:
            return "(1 = 1)"
        text = tell.text(tell.quoted(period.column))
        day = tell.bytewise(f"substr({text}, 1, 10)")
        bounds = [
            *([f"{day} >= {tell.parameter('first')}"] if period.first else []),
            *([f"{day} <= {tell.parameter('last')}"] if period.last else []),
        ]
        inside = " AND ".join(bounds) or "(1 = 1)"
        return f"CASE WHEN {tell.matches(text, tell.parameter('day'))} THEN {inside} END"

    def _given_values(self) -> Values:
        period = self.relation.period
        if period is None:
            return dict(self.values)
        ends = {"first": period.first, "last": period.last}
        days = {name: day.isoformat() for name, day in ends.items() if day is not None}
        return {**self.values, "day": _DAY, **days}

    def _not_excluded(self) -> str:
        if not self.relation.exclude:
            return ""
        rows = self._table("excluded", {"case_id": "text"})
        numbers = f"SELECT {self.dialect.bytewise('case_id')} AS case_id FROM {rows}"
        return (
            f" WHERE NOT EXISTS (SELECT 1 FROM ({numbers}) lirk_excluded"
            " WHERE lirk_excluded.case_id = lirk_given.case_id)"
        )

    def _table(self, name: str, shape: Mapping[str, str]) -> str:
        return f"{self.dialect.table(self.dialect.parameter(name), shape)} {name}"


_LINE = "concat(stratum, chr(9), case_id, chr(10))"


def rows_json(rows: Sequence[Mapping[str, object]]) -> str:
    """Return rows as the JSON text that becomes a table in a query."""
    return json.dumps(rows, ensure_ascii=False)


def cases_json(case_ids: Iterable[str]) -> str:
    """Return case numbers as such a text, each of them once."""
    return rows_json([{"case_id": case_id} for case_id in dict.fromkeys(case_ids)])
