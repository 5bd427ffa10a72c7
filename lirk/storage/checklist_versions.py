"""Imported and edited versions of checklists, and which versions the rounds have pinned."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, tuple_, update

from lirk.domain.checklist_versions import KnownVersion, Retirement, Standing, UsedBy, standing_of
from lirk.storage.changes import change_one
from lirk.storage.tables import (
    checklist_retirement,
    checklist_step,
    checklist_version,
    person,
    pinned_checklist,
    round_,
)

#: What a draft has no more once its text is another.
UNSENT = {"sent_at": None, "sent_by": None, "approved_at": None, "approved_by": None}


class ChecklistVersions:
    """The versions of a unit of work that the house made; the ones that ship with LIRK have no row."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def all(self, checklist_id: str | None = None, *, today: date) -> tuple[KnownVersion, ...]:
        """Return the versions of one checklist, or of all, by id and number, as they stand ``today``."""
        kept = checklist_version.c
        importer, sender, approver, publisher = (person.alias() for _ in range(4))
        statement = (
            select(
                kept.checklist_id,
                kept.version,
                kept.text,
                kept.imported_at,
                importer.c.name.label("imported_by"),
                kept.sent_at,
                sender.c.name.label("sent_by"),
                kept.approved_at,
                approver.c.name.label("approved_by"),
                kept.published_at,
                publisher.c.name.label("published_by"),
                kept.in_force_from,
            )
            .outerjoin(importer, importer.c.id == kept.imported_by)
            .outerjoin(sender, sender.c.id == kept.sent_by)
            .outerjoin(approver, approver.c.id == kept.approved_by)
            .outerjoin(publisher, publisher.c.id == kept.published_by)
            .order_by(kept.checklist_id, kept.version)
        )
        if checklist_id is not None:
            statement = statement.where(kept.checklist_id == checklist_id)
        return tuple(
            KnownVersion(**row, standing=_standing(row, today))
            for row in self._db.execute(statement).mappings()
        )

    def add(
        self, *, checklist_id: str, version: int, text: str, imported_at: datetime, imported_by: int
    ) -> None:
        """Add a draft; its number must be free."""
        self._db.execute(
            insert(checklist_version).values(
                checklist_id=checklist_id,
                version=version,
                text=text,
                imported_at=imported_at,
                imported_by=imported_by,
            )
        )

    def rewrite(self, checklist_id: str, version: int, *, before: str, text: str) -> bool:
        """Give a draft another text, so that it is neither sent nor approved.

        Returns
        -------
        bool
            False, and nothing is changed, if there is no such draft or its text is not ``before``.
        """
        statement = (
            update(checklist_version)
            .where(*_draft(checklist_id, version), checklist_version.c.text == before)
            .values(text=text, **UNSENT)
        )
        return self._db.execute(statement).rowcount == 1

    def set_sent(self, checklist_id: str, version: int, *, at: datetime, by: int) -> None:
        """Keep that a draft is sent for approval.

        Raises
        ------
        NotFound
            If there is no such draft.
        """
        self._change(checklist_id, version, sent_at=at, sent_by=by)

    def set_approved(self, checklist_id: str, version: int, *, at: datetime, by: int) -> None:
        """Keep that a draft is approved.

        Raises
        ------
        NotFound
            If there is no such draft.
        """
        self._change(checklist_id, version, approved_at=at, approved_by=by)

    def set_unsent(self, checklist_id: str, version: int) -> None:
        """Keep that a draft is neither sent nor approved.

        Raises
        ------
        NotFound
            If there is no such draft.
        """
        self._change(checklist_id, version, **UNSENT)

    def publish(self, checklist_id: str, version: int, *, at: datetime, by: int, in_force_from: date) -> None:
        """Keep that a draft is published, and let go of the steps by which it came to be.

        Raises
        ------
        NotFound
            If there is no such draft.
        """
        step = checklist_step.c
        self._db.execute(
            delete(checklist_step).where(step.checklist_id == checklist_id, step.version == version)
        )
        self._change(checklist_id, version, published_at=at, published_by=by, in_force_from=in_force_from)

    def delete(self, checklist_id: str, version: int) -> None:
        """Delete a draft with its steps.

        Raises
        ------
        NotFound
            If there is no such draft.
        """
        change_one(self._db, delete(checklist_version).where(*_draft(checklist_id, version)))

    def involved(self, checklist_id: str, version: int) -> frozenset[int]:
        """Return the ids of those who imported, edited or sent a version that is not published."""
        kept, step = checklist_version.c, checklist_step.c
        row = self._db.execute(
            select(kept.imported_by, kept.sent_by).where(*_draft(checklist_id, version))
        ).one_or_none()
        editors = self._db.scalars(
            select(step.person_id)
            .where(step.checklist_id == checklist_id, step.version == version)
            .distinct()
            .order_by(step.person_id)
        )
        return frozenset(one for one in (*(row or ()), *editors) if one is not None)

    def retirements(self, checklist_id: str | None = None) -> tuple[Retirement, ...]:
        """Return the versions that are retired, of one checklist or of all, by id and number."""
        retired = checklist_retirement.c
        statement = (
            select(
                retired.checklist_id,
                retired.version,
                retired.retired_at,
                person.c.name.label("retired_by"),
                retired.reason,
            )
            .outerjoin(person, person.c.id == retired.retired_by)
            .order_by(retired.checklist_id, retired.version)
        )
        if checklist_id is not None:
            statement = statement.where(retired.checklist_id == checklist_id)
        return tuple(Retirement(**row) for row in self._db.execute(statement).mappings())

    def retire(self, checklist_id: str, version: int, *, at: datetime, by: int, reason: str) -> None:
        """Keep that a version is no longer offered to new rounds."""
        self._db.execute(
            insert(checklist_retirement).values(
                checklist_id=checklist_id, version=version, retired_at=at, retired_by=by, reason=reason
            )
        )

    def bring_back(self, checklist_id: str, version: int) -> None:
        """Keep that a version is offered again.

        Raises
        ------
        NotFound
            If it is not retired.
        """
        retired = checklist_retirement.c
        change_one(
            self._db,
            delete(checklist_retirement).where(
                retired.checklist_id == checklist_id, retired.version == version
            ),
        )

    def pinned(self, checklist_id: str | None = None) -> tuple[tuple[str, int], ...]:
        """Return id and number of the versions that rounds have pinned, of one checklist or of all."""
        pinned = pinned_checklist.c
        statement = select(pinned.checklist_id, pinned.version).distinct()
        if checklist_id is not None:
            statement = statement.where(pinned.checklist_id == checklist_id)
        rows = self._db.execute(statement.order_by(pinned.checklist_id, pinned.version))
        return tuple((row.checklist_id, row.version) for row in rows)

    def pinned_texts(self, numbers: Collection[tuple[str, int]]) -> tuple[tuple[str, int, str], ...]:
        """Return the texts that rounds have pinned under these ids and numbers, the newest round's last."""
        pinned = pinned_checklist.c
        statement = (
            select(pinned.checklist_id, pinned.version, pinned.text)
            .where(tuple_(pinned.checklist_id, pinned.version).in_(list(numbers)))
            .order_by(pinned.checklist_id, pinned.version, pinned.round_id)
        )
        return tuple((row.checklist_id, row.version, row.text) for row in self._db.execute(statement))

    def used_by(self, checklist_id: str, version: int, text: str) -> tuple[UsedBy, ...]:
        """Return the rounds that have pinned a version, in the order in which they were made."""
        pinned = pinned_checklist.c
        statement = (
            select(round_.c.key, round_.c.title, (pinned.text == text).label("same_text"))
            .join_from(pinned_checklist, round_)
            .where(pinned.checklist_id == checklist_id, pinned.version == version)
            .order_by(round_.c.id)
        )
        return tuple(UsedBy(**row) for row in self._db.execute(statement).mappings())

    def _change(self, checklist_id: str, version: int, **values: object) -> None:
        statement = update(checklist_version).where(*_draft(checklist_id, version)).values(**values)
        change_one(self._db, statement)


def _draft(checklist_id: str, version: int) -> tuple[ColumnElement[bool], ...]:
    kept = checklist_version.c
    return kept.checklist_id == checklist_id, kept.version == version, kept.published_at.is_(None)


def _standing(row: Any, today: date) -> Standing:
    dates = ("sent_at", "approved_at", "published_at", "in_force_from")
    return standing_of(**{name: row[name] for name in dates}, today=today)
