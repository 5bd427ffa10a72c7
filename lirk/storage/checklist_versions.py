"""Imported versions of checklists, and which versions the rounds have pinned."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, tuple_, update

from lirk.domain.checklist_versions import KnownVersion, Standing, UsedBy
from lirk.storage.changes import change_one
from lirk.storage.tables import checklist_version, person, pinned_checklist, round_


class ChecklistVersions:
    """The imported versions of a unit of work; the ones that ship with LIRK have no row."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def all(self, checklist_id: str | None = None) -> tuple[KnownVersion, ...]:
        """Return the versions of one checklist, or of all, by id and number."""
        kept, importer, publisher = checklist_version.c, person.alias(), person.alias()
        statement = (
            select(
                kept.checklist_id,
                kept.version,
                kept.text,
                kept.imported_at,
                importer.c.name.label("imported_by"),
                kept.published_at,
                publisher.c.name.label("published_by"),
            )
            .outerjoin(importer, importer.c.id == kept.imported_by)
            .outerjoin(publisher, publisher.c.id == kept.published_by)
            .order_by(kept.checklist_id, kept.version)
        )
        if checklist_id is not None:
            statement = statement.where(kept.checklist_id == checklist_id)
        return tuple(
            KnownVersion(**row, standing=Standing.PUBLISHED if row["published_at"] else Standing.DRAFT)
            for row in self._db.execute(statement).mappings()
        )

    def keep(
        self, *, checklist_id: str, version: int, text: str, imported_at: datetime, imported_by: int
    ) -> None:
        """Keep a draft, in place of an earlier draft with its number."""
        kept = checklist_version.c
        self._db.execute(
            delete(checklist_version).where(
                kept.checklist_id == checklist_id, kept.version == version, kept.published_at.is_(None)
            )
        )
        self._db.execute(
            insert(checklist_version).values(
                checklist_id=checklist_id,
                version=version,
                text=text,
                imported_at=imported_at,
                imported_by=imported_by,
            )
        )

    def publish(self, checklist_id: str, version: int, *, published_at: datetime, published_by: int) -> None:
        """Keep that a draft is published.

        Raises
        ------
        NotFound
            If there is no such draft.
        """
        kept = checklist_version.c
        change_one(
            self._db,
            update(checklist_version)
            .where(kept.checklist_id == checklist_id, kept.version == version, kept.published_at.is_(None))
            .values(published_at=published_at, published_by=published_by),
        )

    def delete(self, checklist_id: str, version: int) -> None:
        """Delete a draft.

        Raises
        ------
        NotFound
            If there is no such draft.
        """
        kept = checklist_version.c
        change_one(
            self._db,
            delete(checklist_version).where(
                kept.checklist_id == checklist_id, kept.version == version, kept.published_at.is_(None)
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
