"""The trail: entries are added, and the database itself refuses to change or delete them."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    bindparam,
    func,
    insert,
    literal,
    select,
    type_coerce,
)

from lirk.domain.trail import TrailEntry
from lirk.storage.prepared import Prepared
from lirk.storage.tables import round_, trail_entry

_ADD = Prepared(
    insert(trail_entry).values(
        action=bindparam("action"),
        actor_id=bindparam("actor_id"),
        at=bindparam("at"),
        about=bindparam("about"),
        round_id=select(round_.c.id).where(round_.c.key == bindparam("round_key")).scalar_subquery(),
    )
)


class Trail:
    """The trail of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, action: str, /, *, actor_id: int | None, at: datetime, **about: object) -> None:
        """Add an entry.

        Parameters
        ----------
        action
            What was done, as a code.
        actor_id
            Id of the person who did it; None where LIRK itself acted.
        about
            What it was done to: JSON values by name. ``round``, the key of one, makes it that round's entry.
        """
        _ADD.rows(
            self._db, action=action, actor_id=actor_id, at=at, about=about, round_key=about.get("round")
        )

    def entries(self, round_id: int | None = None) -> tuple[TrailEntry, ...]:
        """Return the entries of one round, or all of them, in the order in which they were added."""
        statement = _entries().order_by(trail_entry.c.id)
        if round_id is not None:
            statement = statement.where(trail_entry.c.round_id == round_id)
        return self._read(statement)

    def named(self, round_id: int, *actions: str) -> tuple[TrailEntry, ...]:
        """Return the entries of one round with these codes, in the order in which they were added."""
        wanted = (trail_entry.c.round_id == round_id, trail_entry.c.action.in_(actions))
        return self._read(_entries().where(*wanted).order_by(trail_entry.c.id))

    def of_no_round(self, *actions: str) -> tuple[TrailEntry, ...]:
        """Return the entries of no round with these codes, in the order in which they were added."""
        wanted = (trail_entry.c.round_id.is_(None), trail_entry.c.action.in_(actions))
        return self._read(_entries().where(*wanted).order_by(trail_entry.c.id))

    def of_checklist(self, checklist_id: str, actions: Collection[str]) -> tuple[TrailEntry, ...]:
        """Return the entries of one checklist with these codes, in the order in which they were added."""
        about = json.dumps({"checklist": checklist_id}, ensure_ascii=False)[1:-1]
        named = type_coerce(trail_entry.c.about, Text).contains(about, autoescape=True)
        return self._read(
            _entries().where(trail_entry.c.action.in_(list(actions)), named).order_by(trail_entry.c.id)
        )

    def latest(
        self, round_id: int, *, skip: int, count: int, without: Sequence[str] = ()
    ) -> tuple[TrailEntry, ...]:
        """Return some entries of one round and its plan, newest first, after ``skip`` of them.

        Those with the codes ``without`` are left out.
        """
        where = (_of_round(round_id), trail_entry.c.action.not_in(without))
        return self._read(
            _entries().where(*where).order_by(trail_entry.c.id.desc()).offset(skip).limit(count)
        )

    def count(self, round_id: int, *, without: Sequence[str] = ()) -> int:
        """Return how many entries ``latest`` has to show."""
        where = (_of_round(round_id), trail_entry.c.action.not_in(without))
        return self._db.scalar(select(func.count()).where(*where)) or 0

    def _read(self, statement: Select[Any]) -> tuple[TrailEntry, ...]:
        return tuple(TrailEntry(**row) for row in self._db.execute(statement).mappings())


def _entries() -> Select[Any]:
    entry = trail_entry.c
    return select(entry.at, entry.actor_id, entry.action, entry.about)


def _of_round(round_id: int) -> ColumnElement[bool]:
    """Choose the entries of a round, and those that named its key before it was there: its planning."""
    key = select(round_.c.key).where(round_.c.id == round_id).scalar_subquery()
    named = type_coerce(trail_entry.c.about, Text).like(literal('%"round": "') + key + literal('"%'))
    return (trail_entry.c.round_id == round_id) | (trail_entry.c.round_id.is_(None) & named)
