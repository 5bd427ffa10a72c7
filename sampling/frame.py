"""The sampling frame: which columns it has, what is wrong in it, and its fingerprint.

A frame is a ``polars.DataFrame`` with one row a case: ``case_id`` (str) and ``stratum`` (str), and any other
columns. A case number is text: trimmed, in Unicode's NFC, one line, unique.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np
import polars as pl

from sampling.errors import (
    ColumnMissing,
    ColumnNotText,
    FrameBroken,
    FrameEmpty,
    SaltInvalid,
    StrataAmbiguous,
)

#: The stratum of a case whose centre or outcome is not known.
MISSING = "(missing)"

#: So many cases of one kind are told one by one; what is more is told as a count.
MOST_TOLD = 50

#: So many rows are made into one text at a time: large enough to be quick, small beside the frame.
ROWS_AT_ONCE = 250_000

_DELETE = 0x7F
_CONTROL = "[\\x00-\\x1f\\x7f\\x{85}\\x{2028}\\x{2029}]"
_MINUS = "\u2212"
_SCIENTIFIC = "^[0-9](?:[.,][0-9]+)?[eE][+]?[0-9]+$"


@dataclass(frozen=True, slots=True)
class FrameProblem:
    """One thing that is wrong in a frame, or with ``warning`` only looks wrong.

    ``code`` names it, ``values`` holds what a sentence about it needs.
    """

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    warning: bool = False


def check_frame(frame: pl.DataFrame) -> tuple[FrameProblem, ...]:
    """Return everything that is wrong, or looks wrong, in a frame.

    Parameters
    ----------
    frame
        ``case_id`` (str), ``stratum`` (str).

    Returns
    -------
    tuple of FrameProblem
        Empty numbers, control characters (NUL, TAB, line breaks), blanks around a number, numbers that are
        not in NFC, doubled ones, two that a person would read as one, missing strata; as warnings,
        numbers that a spreadsheet may have damaged. At most 50 of each kind, then how many more.

    Raises
    ------
    ColumnMissing, ColumnNotText
        If the columns are not there.
    """
    require_columns(frame.schema)
    kinds = (
        *_BROKEN_NUMBERS,
        _doubled,
        broken_strata,
        _padded,
        _alike,
        _missing_strata,
        _mixed_lengths,
        _scientific,
    )
    return tuple(problem for kind in kinds for problem in kind(frame))


def require_drawable(frame: pl.DataFrame) -> None:
    """Refuse a frame whose draw would not be defined or could not be repeated.

    Raises
    ------
    ColumnMissing, ColumnNotText
        If ``case_id`` or ``stratum`` is not there as text.
    FrameEmpty
        If there are no cases.
    FrameBroken
        If a case number is empty, doubled, holds control characters or is not in NFC, or a stratum is empty
        or holds control characters.
    """
    require_columns(frame.schema)
    if frame.is_empty():
        raise FrameEmpty
    numbers = _not_plain(frame)
    found = (broken_numbers(numbers), _doubled(frame), broken_strata(frame))
    problems = [problem for kind in found for problem in kind]
    if problems:
        raise FrameBroken(count=len(problems), first=f"{problems[0].code} {dict(problems[0].values)}")


def require_columns(schema: Mapping[str, pl.DataType]) -> None:
    """Refuse columns of which ``case_id`` or ``stratum`` is missing or not text.

    Raises
    ------
    ColumnMissing, ColumnNotText
        The first of them.
    """
    for column in ("case_id", "stratum"):
        if column not in schema:
            raise ColumnMissing(column=column)
        if schema[column] != pl.String:
            raise ColumnNotText(column=column)


def broken_numbers(frame: pl.DataFrame) -> Iterator[FrameProblem]:
    """Yield the case numbers (``case_id``) that are empty, hold control characters or are not in NFC."""
    for kind in _BROKEN_NUMBERS:
        yield from kind(frame)


def are_plain(ids: pl.Series) -> bool:
    """Return whether every number is of printable ASCII without blanks, so that none of them can be broken.

    Nearly every register's are, and this is told from the bytes of many at once.
    """
    if ids.null_count() or (ids == "").any():
        return False
    signs = np.frombuffer(joined(ids, ""), dtype=np.uint8)
    return not signs.size or bool(signs.min() > ord(" ") and signs.max() < _DELETE)


def any_twice(hashes: pl.Series) -> bool:
    """Return whether any of these is there twice."""
    in_order = hashes.sort()
    return bool((in_order == in_order.shift(1)).any())


def joined(texts: pl.Series, separator: str) -> bytes:
    """Return texts with a separator between them, as UTF-8."""
    whole: bytes = texts.to_frame("text").select(pl.col("text").str.join(separator).cast(pl.Binary)).item()
    return whole


def stratify(frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Return the frame with the column ``stratum``: the values of ``columns`` joined by ``/``.

    A value that is not there (null or empty) becomes ``(missing)``.

    Raises
    ------
    ColumnMissing
        If the frame lacks one of the columns.
    StrataAmbiguous
        If two different combinations of values would have the same name.
    """
    for column in columns:
        if column not in frame.columns:
            raise ColumnMissing(column=column)
    parts = [_filled(column) for column in columns]
    named = frame.select(*parts, pl.concat_str(parts, separator="/").alias("_name")).unique()
    doubled = named.filter(pl.col("_name").is_duplicated())
    if doubled.height:
        raise StrataAmbiguous(stratum=doubled["_name"].min())
    return frame.with_columns(pl.concat_str(parts, separator="/").alias("stratum"))


def counts(frame: pl.DataFrame) -> dict[str, int]:
    """Return the number of cases N of each stratum, by stratum name bytewise."""
    grouped = frame.group_by("stratum").len().sort("stratum")
    return dict(zip(grouped["stratum"].to_list(), grouped["len"].to_list(), strict=True))


def fingerprint(frame: pl.DataFrame, salt: str | None = None) -> str:
    """Return the fingerprint of a frame: which case is in which stratum, and nothing else.

    Lower-case hex SHA-256 over the rows ``stratum TAB case_id LF``, sorted as UTF-8 bytes, preceded by
    ``salt LF`` where a salt is used. It does not depend on the order of the rows or on other columns.

    Raises
    ------
    SaltInvalid
        If the salt is no text of one line: empty, or with a line break.
    FrameBroken, FrameEmpty
        As :func:`require_drawable`.
    """
    require_drawable(frame)
    hashed = sha256(_first_line(salt))
    for rows in _rows_in_order(frame):
        hashed.update(rows)
    return hashed.hexdigest()


def _not_plain(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the parts of the frame that have any number that :func:`are_plain` does not speak for."""
    parts = [
        part for part in frame.select("case_id").iter_slices(ROWS_AT_ONCE) if not are_plain(part["case_id"])
    ]
    return pl.concat(parts) if parts else frame.select("case_id").clear()


def _first_line(salt: str | None) -> bytes:
    if salt is None:
        return b""
    try:
        if salt.splitlines() == [salt]:
            return f"{salt}\n".encode()
    except UnicodeEncodeError:
        pass
    raise SaltInvalid


def _rows_in_order(frame: pl.DataFrame) -> Iterator[bytes]:
    """Yield the rows of the fingerprint, many at once.

    TAB and LF come before every sign that numbers and strata may hold, so rows in the order of stratum and
    number are in the order of their bytes; one stratum at a time is sorted several times as fast.
    """
    short = frame.select("case_id", pl.col("stratum").cast(pl.Categorical))
    strata = short.partition_by("stratum", as_dict=True)
    for (stratum,) in sorted(strata):
        # Adding nothing brings the numbers together in memory, where sorting them is twice as fast.
        in_order = (strata.pop((stratum,))["case_id"] + "").sort(multithreaded=False)
        for some in in_order.to_frame().iter_slices(ROWS_AT_ONCE):
            yield f"{stratum}\t".encode()
            yield joined(some["case_id"], f"\n{stratum}\t")
            yield b"\n"


def _filled(column: str) -> pl.Expr:
    text = pl.col(column).cast(pl.String)
    missing = text.is_null() | (text.str.strip_chars() == "")
    return pl.when(missing).then(pl.lit(MISSING)).otherwise(text).alias(column)


def _told(code: str, found: Iterable[Mapping[str, object]], count: int) -> Iterator[FrameProblem]:
    """Yield a problem for each of the first few found, and how many more there are."""
    for _, values in zip(range(MOST_TOLD), found, strict=False):
        yield FrameProblem(code, values)
    if count > MOST_TOLD:
        yield FrameProblem("frame-more", {"count": count - MOST_TOLD})


def _told_ids(code: str, ids: pl.Series) -> Iterator[FrameProblem]:
    return _told(code, ({"case_id": visible(case_id)} for case_id in ids), len(ids))


def _empty(frame: pl.DataFrame) -> Iterator[FrameProblem]:
    blank = pl.col("case_id").is_null() | (pl.col("case_id").str.strip_chars() == "")
    if count := frame.filter(blank).height:
        yield FrameProblem("frame-id-empty", {"count": count})


def _control(frame: pl.DataFrame) -> Iterator[FrameProblem]:
    return _told_ids("frame-id-control", frame.filter(pl.col("case_id").str.contains(_CONTROL))["case_id"])


def _not_nfc(frame: pl.DataFrame) -> Iterator[FrameProblem]:
    ids = [text for text in _beyond_ascii(frame) if not unicodedata.is_normalized("NFC", text)]
    return _told_ids("frame-id-not-nfc", pl.Series(ids, dtype=pl.String))


def _doubled(frame: pl.DataFrame) -> Iterator[FrameProblem]:
    # Equal numbers have equal hashes; which hashes those are does not matter, nor differ within one run.
    if not any_twice(frame["case_id"].drop_nulls().hash()):
        return iter(())
    groups = frame.drop_nulls("case_id").filter(pl.col("case_id").is_duplicated())
    doubles = groups.group_by("case_id", maintain_order=True).len()
    found = ({"case_id": visible(case_id), "count": count} for case_id, count in doubles.iter_rows())
    return _told("frame-id-duplicate", found, doubles.height)


def broken_strata(frame: pl.DataFrame) -> Iterator[FrameProblem]:
    """Yield the strata (``stratum``) that are empty or hold control characters."""
    strata = frame["stratum"].unique(maintain_order=True)
    if strata.null_count() or "" in strata:
        yield FrameProblem("frame-stratum-empty")
    for stratum in strata.filter(strata.str.contains(_CONTROL).fill_null(value=False)):
        yield FrameProblem("frame-stratum-control", {"stratum": visible(stratum)})


def _padded(frame: pl.DataFrame) -> Iterator[FrameProblem]:
    stripped = pl.col("case_id").str.strip_chars()
    padded = frame.filter((stripped != pl.col("case_id")) & (stripped != ""))
    return _told_ids("frame-id-padded", padded["case_id"])


def _alike(frame: pl.DataFrame) -> Iterator[FrameProblem]:
    """Tell of two numbers that a person would read as one.

    They differ by case, by the form of their letters or dashes, or by signs that do not show.
    """
    ids = frame.select("case_id").drop_nulls().unique(maintain_order=True)
    beyond = _beyond_ascii(ids)
    folded = pl.concat(
        [
            ids.filter(_is_ascii()).with_columns(pl.col("case_id").str.to_lowercase().alias("folded")),
            pl.DataFrame(
                {"case_id": beyond, "folded": [_folded(text) for text in beyond]},
                schema={"case_id": pl.String, "folded": pl.String},
            ),
        ]
    )
    groups = (
        folded.filter(pl.col("folded").is_duplicated())
        .group_by("folded", maintain_order=True)
        .agg(pl.col("case_id").sort())
    )
    found = ({"first": visible(pair[0]), "second": visible(pair[1])} for pair in groups["case_id"])
    return _told("frame-id-alike", found, groups.height)


def _missing_strata(frame: pl.DataFrame) -> Iterator[FrameProblem]:
    missing = frame.filter(pl.col("stratum").str.split("/").list.contains(MISSING))
    for stratum, count in counts(missing).items():
        yield FrameProblem("frame-stratum-missing", {"stratum": stratum, "count": count})


def _mixed_lengths(frame: pl.DataFrame) -> Iterator[FrameProblem]:
    digits = frame.filter(pl.col("case_id").str.contains("^[0-9]+$"))["case_id"]
    lengths = digits.str.len_bytes()
    if len(digits) and lengths.min() != lengths.max():
        shortest, longest = digits[lengths.arg_min() or 0], digits[lengths.arg_max() or 0]
        yield FrameProblem("frame-ids-mixed-length", {"shortest": shortest, "longest": longest}, warning=True)


def _scientific(frame: pl.DataFrame) -> Iterator[FrameProblem]:
    ids = frame.filter(pl.col("case_id").str.contains(_SCIENTIFIC))["case_id"]
    if len(ids):
        yield FrameProblem("frame-ids-scientific", {"case_id": ids[0], "count": len(ids)}, warning=True)


def visible(text: str) -> str:
    """Return a text with its control characters written out, so that it can be shown."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)


def _is_ascii() -> pl.Expr:
    return pl.col("case_id").str.len_bytes() == pl.col("case_id").str.len_chars()


def _beyond_ascii(frame: pl.DataFrame) -> list[str]:
    return frame.filter(~_is_ascii())["case_id"].to_list()


def _folded(text: str) -> str:
    alike = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    shown = (sign for sign in alike if unicodedata.category(sign) != "Cf")
    return "".join("-" if unicodedata.category(sign) == "Pd" or sign == _MINUS else sign for sign in shown)


_BROKEN_NUMBERS: tuple[Callable[[pl.DataFrame], Iterator[FrameProblem]], ...] = (_empty, _control, _not_nfc)
