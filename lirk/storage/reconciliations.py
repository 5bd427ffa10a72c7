"""Cases that two people read: which, what they agreed where they differ, and who was asked to decide."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, insert, or_, select, update

from lirk.domain.double_readings import Reader, ReadTwice
from lirk.domain.reconciliation import AgreedAnswer, KeptReconciliation
from lirk.domain.reviews import CaseStatus, Reading
from lirk.domain.rounds import RoundState
from lirk.storage.changes import keep_version
from lirk.storage.desk_tables import agreed_answer, reconciliation
from lirk.storage.latest import ACTING
from lirk.storage.tables import drawn_case, obstacle, person, review, round_

FIRST, SECOND = review.alias("first_reading"), review.alias("second_reading")
ANY_READING = review.alias("any_reading")
#: A case with a checklist, as its reconciliation is named.
CaseKey = tuple[int, str]


class Reconciliations:
    """What was made of second readings, of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def read_twice(self, round_id: int) -> tuple[ReadTwice, ...]:
        """Return the numbered cases of a round's latest draw that have two readings, in one statement.

        By running number, then checklist.
        """
        return self._read_twice(drawn_case.c.round_id == round_id)

    def of_review(self, review_id: int) -> ReadTwice | None:
        """Return the case with two readings that a review is one of; None where it is read once."""
        found = self._read_twice(or_(FIRST.c.id == review_id, SECOND.c.id == review_id))
        return next(iter(found), None)

    def of_person(self, person_id: int) -> tuple[ReadTwice, ...]:
        """Return the cases with two readings that a person has a part in, as reader or as who decides.

        Only of rounds that are being reviewed.
        """
        decides = and_(
            reconciliation.c.case_id == FIRST.c.case_id,
            reconciliation.c.checklist_id == FIRST.c.checklist_id,
            reconciliation.c.decider_id == person_id,
        )
        asked = select(reconciliation.c.case_id).where(decides).correlate(FIRST).exists()
        mine = or_(FIRST.c.reviewer_id == person_id, SECOND.c.reviewer_id == person_id, asked)
        return self._read_twice(mine, round_.c.state == RoundState.REVIEWING)

    def kept(self, case_pk: int, checklist_id: str) -> KeptReconciliation:
        """Return what was agreed of one case; nothing where nobody began."""
        where = and_(reconciliation.c.case_id == case_pk, reconciliation.c.checklist_id == checklist_id)
        of_answers = and_(agreed_answer.c.case_id == case_pk, agreed_answer.c.checklist_id == checklist_id)
        return self._kept(where, of_answers).get((case_pk, checklist_id), KeptReconciliation())

    def of(self, round_id: int) -> Mapping[CaseKey, KeptReconciliation]:
        """Return what was agreed of the cases of a round, in two statements; those without any left out."""
        of_round = drawn_case.c.round_id == round_id
        return self._kept(of_round, of_round)

    def agreed_with(self, checklist_id: str) -> Mapping[int, Mapping[str, AgreedAnswer]]:
        """Return what was agreed with one checklist, of all rounds, by the case's id and the item's."""
        kept = self._answers(agreed_answer.c.checklist_id == checklist_id)
        return {case_pk: answers for (case_pk, _), answers in kept.items()}

    def agree(self, case_pk: int, checklist_id: str, value: AgreedAnswer, *, expected: int) -> int | None:
        """Keep an agreed answer if the stored one still has the version that is expected (0: none is).

        Returns
        -------
        int or None
            The version that is stored now; None where another one than expected is, and nothing is kept.
        """
        key = {"case_id": case_pk, "checklist_id": checklist_id, "item_id": value.item_id}
        agreed = {
            "value": value.value,
            "reason": value.reason,
            "agreed_at": value.at,
            "agreed_by": value.by_id,
        }
        return keep_version(self._db, agreed_answer, key, agreed, expected)

    def ask(self, case_pk: int, checklist_id: str, decider_id: int) -> None:
        """Keep who was asked to decide, in place of somebody asked before."""
        self._keep(case_pk, checklist_id, decider_id=decider_id)

    def settle(self, case_pk: int, checklist_id: str, *, at: datetime | None, by: int | None) -> None:
        """Keep when everything was agreed; None where something is to be agreed again."""
        self._keep(case_pk, checklist_id, settled_at=at, settled_by=by)

    def _keep(self, case_pk: int, checklist_id: str, **values: object) -> None:
        row = and_(reconciliation.c.case_id == case_pk, reconciliation.c.checklist_id == checklist_id)
        if not self._db.execute(update(reconciliation).where(row).values(**values)).rowcount:
            made = insert(reconciliation).values(case_id=case_pk, checklist_id=checklist_id, **values)
            self._db.execute(made)

    def _kept(
        self, where: ColumnElement[bool], of_answers: ColumnElement[bool]
    ) -> dict[CaseKey, KeptReconciliation]:
        answers = self._answers(of_answers)
        kept = {key: KeptReconciliation(answers=given) for key, given in answers.items()}
        about = (
            select(reconciliation)
            .join_from(reconciliation, drawn_case, drawn_case.c.id == reconciliation.c.case_id)
            .where(where)
        )
        for row in self._db.execute(about).mappings():
            key = (row["case_id"], row["checklist_id"])
            kept[key] = KeptReconciliation(
                answers=answers.get(key, {}),
                decider_id=row["decider_id"],
                settled_at=row["settled_at"],
                settled_by=row["settled_by"],
            )
        return kept

    def _answers(self, where: ColumnElement[bool]) -> dict[CaseKey, dict[str, AgreedAnswer]]:
        statement = (
            select(agreed_answer, person.c.name)
            .join_from(agreed_answer, drawn_case, drawn_case.c.id == agreed_answer.c.case_id)
            .outerjoin(person, person.c.id == agreed_answer.c.agreed_by)
            .where(where)
            .order_by(agreed_answer.c.case_id, agreed_answer.c.checklist_id, agreed_answer.c.item_id)
        )
        answers: dict[CaseKey, dict[str, AgreedAnswer]] = defaultdict(dict)
        for row in self._db.execute(statement).mappings():
            answers[row["case_id"], row["checklist_id"]][row["item_id"]] = _agreed(row)
        return answers

    def _read_twice(self, *where: ColumnElement[bool]) -> tuple[ReadTwice, ...]:
        unfinished = and_(
            ANY_READING.c.case_id == drawn_case.c.id,
            ANY_READING.c.reading.in_([Reading.FIRST, Reading.SECOND]),
            ANY_READING.c.finished_at.is_(None),
        )
        open_obstacle = and_(obstacle.c.case_id == drawn_case.c.id, obstacle.c.settlement.is_(None))
        statement = (
            select(
                drawn_case.c.round_id,
                drawn_case.c.id.label("case_pk"),
                drawn_case.c.number,
                FIRST.c.checklist_id,
                drawn_case.c.status,
                select(obstacle.c.case_id).where(open_obstacle).exists().label("reported"),
                select(ANY_READING.c.id).where(unfinished).exists().label("unfinished"),
                *(
                    one.c[name].label(f"{which}_{name}")
                    for which, one in (("first", FIRST), ("second", SECOND))
                    for name in ("id", "reviewer_id", "finished_at")
                ),
            )
            .join_from(
                FIRST,
                SECOND,
                and_(FIRST.c.case_id == SECOND.c.case_id, FIRST.c.checklist_id == SECOND.c.checklist_id),
            )
            .join(drawn_case, drawn_case.c.id == FIRST.c.case_id)
            .join(round_, round_.c.id == drawn_case.c.round_id)
            .where(
                FIRST.c.reading == Reading.FIRST,
                SECOND.c.reading == Reading.SECOND,
                ACTING,
                *where,
            )
            .order_by(drawn_case.c.round_id, drawn_case.c.number, FIRST.c.checklist_id)
        )
        return tuple(_twice(row) for row in self._db.execute(statement).mappings())


def _twice(row: RowMapping) -> ReadTwice:
    return ReadTwice(
        round_id=row["round_id"],
        case_pk=row["case_pk"],
        number=row["number"],
        checklist_id=row["checklist_id"],
        status=row["status"],
        set_aside=bool(row["reported"]) or row["status"] is not CaseStatus.TO_REVIEW,
        first=_reader(row, "first"),
        second=_reader(row, "second"),
        rest_finished=not row["unfinished"],
    )


def _reader(row: RowMapping, which: str) -> Reader:
    finished: Any = row[f"{which}_finished_at"]
    return Reader(row[f"{which}_id"], row[f"{which}_reviewer_id"], finished is not None)


def _agreed(row: RowMapping) -> AgreedAnswer:
    return AgreedAnswer(
        item_id=row["item_id"],
        value=row["value"],
        reason=row["reason"],
        version=row["version"],
        at=row["agreed_at"],
        by_id=row["agreed_by"],
        by=row["name"],
    )
