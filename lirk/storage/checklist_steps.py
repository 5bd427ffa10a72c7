"""The steps by which drafts of checklists came to be: what undoing goes back by."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, delete, insert, select

from lirk.domain.checklist_versions import Step
from lirk.storage.changes import change_one
from lirk.storage.tables import checklist_step, person


class ChecklistSteps:
    """The steps of a unit of work; they are gone once their version is published or deleted."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(
        self,
        checklist_id: str,
        version: int,
        *,
        action: str,
        subject: str,
        part: str,
        text: str,
        at: datetime,
        person_id: int,
    ) -> Step:
        """Add a step; ``text`` is the whole draft before it, ``part`` what of it was changed."""
        values = {
            "checklist_id": checklist_id,
            "version": version,
            "action": action,
            "subject": subject,
            "part": part,
            "text": text,
            "at": at,
            "person_id": person_id,
        }
        number = self._db.execute(
            insert(checklist_step).values(values).returning(checklist_step.c.id)
        ).scalar_one()
        return self._steps(checklist_step.c.id == number)[0]

    def last(self, checklist_id: str, version: int, part: str | None = None) -> Step | None:
        """Return the last step of a draft, or the last that changed one part of it; None where there is none."""
        step = checklist_step.c
        where = [step.checklist_id == checklist_id, step.version == version]
        if part is not None:
            where.append(step.part == part)
        return next(iter(self._steps(*where, limit=1)), None)

    def text_before(self, number: int) -> str:
        """Return the whole draft as it was before a step.

        Raises
        ------
        NoResultFound
            If there is no such step.
        """
        text: str = self._db.scalars(select(checklist_step.c.text).where(checklist_step.c.id == number)).one()
        return text

    def delete(self, number: int) -> None:
        """Delete a step that is undone.

        Raises
        ------
        NotFound
            If there is no such step.
        """
        change_one(self._db, delete(checklist_step).where(checklist_step.c.id == number))

    def _steps(self, *where: ColumnElement[bool], limit: int | None = None) -> tuple[Step, ...]:
        step = checklist_step.c
        statement: Select[tuple[int, str, str, datetime, str | None]] = (
            select(step.id.label("number"), step.action, step.subject, step.at, person.c.name)
            .outerjoin(person, person.c.id == step.person_id)
            .where(*where)
            .order_by(step.id.desc())
            .limit(limit)
        )
        return tuple(
            Step(
                number=row.number,
                action=row.action,
                subject=row.subject,
                person=row.name or "",
                at=row.at,
            )
            for row in self._db.execute(statement)
        )
