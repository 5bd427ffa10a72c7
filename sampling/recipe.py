"""How anybody repeats a draw without this program: a line for one case, and SQL for the whole.

Text made from a certificate alone; nothing is run here. What stands in it from outside is quoted: in SQL as
standard literals, in which only the apostrophe is doubled, in ``sh`` between apostrophes.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sampling.documents import Document
from sampling.errors import DialectUnknown

__all__ = ["DIALECTS", "example_case", "fingerprint_sql", "sha256sum_line", "short_sql", "sql"]

#: The SHA-256 of a text in lower-case hex, and how texts are compared by their bytes.
_WORDS: Mapping[str, Mapping[str, str]] = {
    "duckdb": {"name": "DuckDB", "sha256": "sha256({text})", "bytewise": ""},
    "postgresql": {
        "name": "PostgreSQL",
        "sha256": "encode(sha256(convert_to({text}, 'UTF8')), 'hex')",
        "bytewise": ' COLLATE "C"',
    },
}
DIALECTS = tuple(_WORDS)

_DRAW = """\
WITH sizes (stratum, n, listed) AS (
  VALUES
{sizes}
),
tickets AS (
  SELECT stratum, case_id, {ticket} AS ticket, {called} AS called
  FROM frame
),
ranked AS (
  SELECT stratum, case_id, ticket,
    row_number() OVER (PARTITION BY stratum{c} ORDER BY ticket{c}, case_id{c}) AS rank,
    CASE WHEN called THEN NULL
      ELSE row_number() OVER (PARTITION BY stratum{c}, called ORDER BY ticket{c}, case_id{c})
    END AS place
  FROM tickets
)
SELECT r.stratum, r.case_id, r.ticket, r.rank,
  CASE WHEN r.place <= s.n THEN 'main' ELSE 'reserve' END AS role
FROM ranked AS r JOIN sizes AS s ON s.stratum{c} = r.stratum{c}
WHERE r.rank <= s.listed
ORDER BY r.stratum{c}, r.rank;
"""

_FINGERPRINT = """\
SELECT {hashed} AS fingerprint
FROM (SELECT stratum || chr(9) || case_id || chr(10) AS line FROM frame) AS lines;
"""

_EXAMPLE = """--   CREATE TABLE frame AS SELECT "{number}" AS case_id, "{centre}" AS stratum FROM register"""

_SHORT = (
    "SELECT * FROM (SELECT stratum, case_id, {ticket} AS ticket, row_number() OVER "
    "(PARTITION BY stratum ORDER BY {ticket}{c}, case_id{c}) AS rank FROM frame) AS t "
    "JOIN sizes USING (stratum) WHERE rank <= n ORDER BY stratum, rank"
)


def example_case(document: Document) -> Mapping[str, Any] | None:
    """Return one listed case with its ticket, rather one that chance chose than one of a full count."""
    listed = [part for part in document["strata"] if part["cases"]]
    sampled = next((part for part in listed if part["n"] < part["N"]), next(iter(listed), None))
    return None if sampled is None else dict(sampled["cases"][0])


def sha256sum_line(document: Document, case_id: str | None = None) -> str | None:
    """Return the line for ``sh`` that prints the ticket of one case.

    Parameters
    ----------
    case_id
        The case; None for :func:`example_case`.

    Returns
    -------
    str or None
        None where the certificate lists no case.
    """
    if case_id is None:
        example = example_case(document)
        if example is None:
            return None
        case_id = str(example["case_id"])
    hashed = f"{document['seed']['value']}:{case_id}".replace("'", "'\"'\"'")
    return f"printf '%s' '{hashed}' | sha256sum"


def sql(document: Document, dialect: str) -> str:
    """Return SQL that repeats the draw of a certificate, and the frame's fingerprint.

    It wants a table ``frame (case_id, stratum)`` and hands back the listed cases in the certificate's order:
    ``stratum``, ``case_id``, ``ticket``, ``rank``, ``role``.

    Parameters
    ----------
    dialect
        ``duckdb`` (1.1 or later) or ``postgresql`` (11 or later, a database in UTF-8).

    Raises
    ------
    DialectUnknown
        If it is neither.
    """
    words = _words(dialect)
    draw = _DRAW.format(
        sizes=",\n".join(_sizes(document)),
        ticket=_ticket(document, words),
        called=_called(document),
        c=words["bytewise"],
    )
    return "\n".join((*_preface(document, words["name"]), "", draw, *_about_fingerprint(document, dialect)))


def fingerprint_sql(document: Document, dialect: str) -> str:
    """Return SQL for the fingerprint of the table ``frame``, with the certificate's salt.

    The whole frame is joined to one text: PostgreSQL holds at most 1 GB in one value, about 20 million cases.

    Raises
    ------
    DialectUnknown
        If the dialect is not known.
    """
    words = _words(dialect)
    salt = document["frame"]["salt"]
    joined = f"string_agg(line, '' ORDER BY line{words['bytewise']})"
    text = joined if salt is None else f"{_literal(salt)} || chr(10) || {joined}"
    return _FINGERPRINT.format(hashed=words["sha256"].format(text=text))


def short_sql(document: Document, dialect: str) -> str:
    """Return one line of SQL that repeats the draw with a table ``sizes (stratum, n)`` beside ``frame``.

    It hands back the n smallest tickets of each stratum; of a draw that was extended after cases had been
    called up from the reserve, these are among them.

    Raises
    ------
    DialectUnknown
        If the dialect is not known.
    """
    words = _words(dialect)
    return _SHORT.format(ticket=_ticket(document, words), c=words["bytewise"])


def _words(dialect: str) -> Mapping[str, str]:
    if dialect not in _WORDS:
        raise DialectUnknown(dialect=dialect, known=DIALECTS)
    return _WORDS[dialect]


def _ticket(document: Document, words: Mapping[str, str]) -> str:
    return words["sha256"].format(text=f"{_literal(document['seed']['value'] + ':')} || case_id")


def _sizes(document: Document) -> Iterator[str]:
    """Yield stratum, main cases and listed cases as rows of VALUES; never none, which SQL does not allow."""
    if not document["strata"]:
        yield "    ('', 0, 0)"
    for part in document["strata"]:
        yield f"    ({_literal(part['stratum'])}, {part['n']}, {len(part['cases'])})"


def _called(document: Document) -> str:
    """Return the condition under which a case cannot be main: called up before an extension passed it by."""
    called = [one["in"] for one in document["replacements"]] if document.get("extensions") else []
    return f"case_id IN ({', '.join(map(_literal, called))})" if called else "FALSE"


def _preface(document: Document, name: str) -> Iterator[str]:
    columns = document["mapping"].get("columns")
    mapped = columns if isinstance(columns, Mapping) else {}
    number, centre = (_comment(mapped.get(column, column)) for column in ("case_number", "centre"))
    yield f"-- {name}: repeats the draw of the certificate {_comment(document['digest'])}."
    yield f"-- Register: {_comment(document['frame']['source'])}"
    yield "-- It reads a table frame (case_id text, stratum text): one row a case, the filters and exclusions of"
    yield "-- the certificate applied, case numbers trimmed and in NFC, strata named as below. For instance:"
    yield _EXAMPLE.format(number=number.replace('"', '""'), centre=centre.replace('"', '""'))
    yield f"-- It must then have {sum(document['frame']['strata'].values())} rows."
    yield "-- Texts stand between apostrophes; a backslash in them is a backslash (standard_conforming_strings)."


def _about_fingerprint(document: Document, dialect: str) -> Iterator[str]:
    yield f"-- The frame's fingerprint, which must be {_comment(document['frame']['fingerprint'])}."
    if dialect == "postgresql":
        yield "-- PostgreSQL holds at most 1 GB in one value: up to about 20 million cases."
    yield fingerprint_sql(document, dialect)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _comment(text: object) -> str:
    """Return a text that stays on its line."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in str(text)).split())
