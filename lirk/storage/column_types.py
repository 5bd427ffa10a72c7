"""What the columns of the tables are made of.

Words, moments and documents are kept as text on both databases:

- Text compares and sorts by code point on both (``COLLATE "C"``); Danish order is made where it is shown.
- A moment keeps the offset that the clock showed, so that it is printed as it was. SQL never sorts by it.
- A document (freeze, certificate, facts) comes back exactly equal, floats and all; ``jsonb`` would change it.

Which words a state may take is known by the domain alone, so that a new one needs no rebuilt table.

The types that every answer has say how they are read by ``result_processor``: SQLAlchemy's own way goes through
two more calls for each value.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Constraint,
    Date,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

#: Where PostgreSQL keeps the tables; a SQLite file has no schemas.
SCHEMA = "lirk"

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


class Word(TypeDecorator[StrEnum]):
    """A member of an enumeration, kept as its word."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        """Return the type of the database: text by code point."""
        return dialect.type_descriptor(TEXT)

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        """Return the word to keep."""
        return None if value is None else self.words(value).value

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], StrEnum | None]:
        """Return what makes the member that a kept word names."""
        words = self.words
        return lambda value: None if value is None else words(value)


class Moment(TypeDecorator[datetime]):
    """A time with its offset, kept as ISO 8601."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Return the text to keep; a time without an offset is a programming error."""
        if value is not None and value.utcoffset() is None:
            raise ValueError(f"a time without an offset: {value!r}")
        return None if value is None else value.isoformat()

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """Return what makes the time as it was handed in."""
        moment = datetime.fromisoformat
        return lambda value: None if value is None else moment(value)


class Day(TypeDecorator[date]):
    """A calendar day: ``date`` on PostgreSQL, ISO 8601 text on SQLite, whose strict tables have no dates."""

    impl = Date
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type of the database."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else Date())

    def process_bind_param(self, value: date | None, dialect: Dialect) -> Any:
        """Return the day as the database takes it."""
        return value.isoformat() if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any | None, dialect: Dialect) -> date | None:
        """Return the day."""
        return date.fromisoformat(value) if isinstance(value, str) else value


class Flag(TypeDecorator[bool]):
    """Yes or no: ``boolean`` on PostgreSQL, 1 or 0 on SQLite."""

    impl = Boolean
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type of the database."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else Boolean())

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], bool | None] | None:
        """Return what makes the flag of a number; PostgreSQL has flags of its own."""
        if dialect.name != "sqlite":
            return None
        return lambda value: None if value is None else bool(value)


class Document(TypeDecorator[Mapping[str, object]]):
    """A JSON document, kept as text with sorted keys."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, object] | None, dialect: Dialect) -> str | None:
        """Return the text to keep."""
        if value is None:
            return None
        return json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False, default=_as_dict)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, object] | None:
        """Return the document as it was handed in."""
        if value is None:
            return None
        document: dict[str, object] = json.loads(value)
        return document


def _as_dict(value: object) -> dict[object, object]:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"not for JSON: {value!r}")


TEXT = Text().with_variant(Text(collation="C"), "postgresql")


def key() -> Column[int]:
    """Return the column of ids that a table gives itself."""
    return Column("id", Integer, Identity(), primary_key=True)


def must(name: str, type_: TypeEngine[Any] | type[TypeEngine[Any]] = TEXT, *more: ForeignKey) -> Column[Any]:
    """Return a column that always holds something."""
    return Column(name, type_, *more, nullable=False)


def may(name: str, type_: TypeEngine[Any] | type[TypeEngine[Any]] = TEXT, *more: ForeignKey) -> Column[Any]:
    """Return a column that may be empty."""
    return Column(name, type_, *more, nullable=True)


def table(name: str, *parts: Column[Any] | Constraint | Index) -> Table:
    """Return a table of ours; strict on SQLite."""
    # An id that the trail names is never given again, also where its row was deleted.
    has_id = any(part.name == "id" for part in parts)
    return Table(name, metadata, *parts, sqlite_strict=True, sqlite_autoincrement=has_id)
