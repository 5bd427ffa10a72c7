"""Checklists filled in about places, their answers, and when leaders first saw their reports."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, insert, select, update

from lirk.domain.place_forms import PlaceForm, PlaceKind
from lirk.domain.reviewing import KeptAnswer
from lirk.domain.reviews import Answer
from lirk.storage.changes import change_one, keep_version, written
from lirk.storage.desk_tables import place_answer, place_form, report_seen
from lirk.storage.tables import person, round_

WRITTEN = tuple(
    place_answer.c[name] for name in ("item_id", "value", "note", "journal_reference", "in_doubt")
)
BEGINNER, FINISHER = person.alias("beginner"), person.alias("finisher")
SEEN = and_(
    report_seen.c.round_id == place_form.c.round_id,
    report_seen.c.centre == place_form.c.centre,
)
ABOUT = tuple(
    place_form.c[name]
    for name in (
        "id", "kind", "centre", "place", "round_id", "checklist_id", "checklist_version", "text", "begun_at",
        "finished_at",
    )
)  # fmt: skip


class PlaceForms:
    """The forms of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(
        self,
        *,
        kind: PlaceKind,
        centre: str,
        place: str,
        round_id: int | None,
        checklist_id: str,
        checklist_version: int,
        text: str,
        at: datetime,
        by: int | None,
    ) -> int:
        """Begin a form, and return its id."""
        values = {
            "kind": kind,
            "centre": centre,
            "place": place,
            "round_id": round_id,
            "checklist_id": checklist_id,
            "checklist_version": checklist_version,
            "text": text,
            "begun_at": at,
            "begun_by": by,
        }
        statement = insert(place_form).values(values).returning(place_form.c.id)
        found: int = self._db.execute(statement).scalar_one()
        return found

    def find(self, form_id: int) -> PlaceForm | None:
        """Return a form with its answers, or None."""
        return next(iter(self._select(place_form.c.id == form_id)), None)

    def of_kind(self, kind: PlaceKind, centres: Collection[str] | None = None) -> tuple[PlaceForm, ...]:
        """Return the forms of a kind about some centres, or about all; the last that was begun comes first."""
        where = [place_form.c.kind == kind]
        if centres is not None:
            where.append(place_form.c.centre.in_(sorted(centres)))
        return self._select(*where)

    def self_assessment(self, round_id: int, centre: str) -> PlaceForm | None:
        """Return the self-assessment of a centre in a round, or None."""
        where = (place_form.c.round_id == round_id, place_form.c.centre == centre)
        return next(iter(self._select(*where, place_form.c.kind == PlaceKind.SELF_ASSESSMENT)), None)

    def keep_answer(
        self, form_id: int, value: Answer, *, expected: int, key: str | None, at: datetime, by: int | None
    ) -> int | None:
        """Keep an answer if the stored one still has the version that is expected (0: none is stored).

        Returns
        -------
        int or None
            The version that is stored now; None where another one than expected is stored, and nothing is
            kept.
        """
        key_of = {"form_id": form_id, "item_id": value.item_id}
        return keep_version(self._db, place_answer, key_of, written(value, key=key, at=at, by=by), expected)

    def set_finished(self, form_id: int, at: datetime | None, by: int | None) -> None:
        """Keep when a form was finished and by whom, or that it is open again.

        Raises
        ------
        NotFound
            If there is no such form.
        """
        changed = update(place_form).where(place_form.c.id == form_id)
        change_one(self._db, changed.values(finished_at=at, finished_by=by))

    def delete(self, form_id: int) -> None:
        """Delete a form and its answers.

        Raises
        ------
        NotFound
            If there is no such form.
        """
        change_one(self._db, delete(place_form).where(place_form.c.id == form_id))

    def seen_at(self, round_id: int, centre: str) -> datetime | None:
        """Return when a leader first saw the report of a centre, or None."""
        where = (report_seen.c.round_id == round_id, report_seen.c.centre == centre)
        found: datetime | None = self._db.scalar(select(report_seen.c.seen_at).where(*where))
        return found

    def note_seen(self, round_id: int, centre: str, *, at: datetime, by: int | None) -> None:
        """Keep that a leader saw the report of a centre for the first time."""
        values = {"round_id": round_id, "centre": centre, "seen_at": at, "seen_by": by}
        self._db.execute(insert(report_seen).values(values))

    def _select(self, *where: ColumnElement[bool]) -> tuple[PlaceForm, ...]:
        statement = (
            select(
                *ABOUT,
                place_form.c.finished_by.label("finisher_id"),
                BEGINNER.c.name.label("begun_by"),
                FINISHER.c.name.label("finished_by"),
                round_.c.key.label("round_key"),
                round_.c.title.label("round_title"),
                report_seen.c.seen_at,
            )
            .select_from(place_form)
            .outerjoin(BEGINNER, BEGINNER.c.id == place_form.c.begun_by)
            .outerjoin(FINISHER, FINISHER.c.id == place_form.c.finished_by)
            .outerjoin(round_, round_.c.id == place_form.c.round_id)
            .outerjoin(report_seen, SEEN)
            .where(*where)
            .order_by(place_form.c.id.desc())
        )
        rows = self._db.execute(statement).mappings().all()
        answers = self._answers(and_(*where)) if rows else {}
        return tuple(PlaceForm(**row, answers=answers.get(row["id"], {})) for row in rows)

    def _answers(self, where: ColumnElement[bool]) -> Mapping[int, Mapping[str, KeptAnswer]]:
        found: dict[int, dict[str, KeptAnswer]] = defaultdict(dict)
        about = (
            place_answer.c.form_id,
            place_answer.c.version,
            place_answer.c.answered_at,
            place_answer.c.idempotency_key,
        )
        statement = (
            select(*WRITTEN, *about, person.c.name.label("by"))
            .join_from(place_answer, place_form)
            .outerjoin(person, person.c.id == place_answer.c.answered_by)
            .where(where)
            .order_by(place_answer.c.form_id, place_answer.c.item_id)
        )
        for row in self._db.execute(statement).mappings():
            found[row["form_id"]][row["item_id"]] = _kept(row)
        return found


def _kept(row: RowMapping) -> KeptAnswer:
    return KeptAnswer(
        answer=Answer(**{column.name: row[column.name] for column in WRITTEN}),
        version=row["version"],
        at=row["answered_at"],
        by=row["by"],
        key=row["idempotency_key"],
    )
