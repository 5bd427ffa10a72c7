"""Reviews as their reviewers work on them: one with everything about it, or all that a person has in hand."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    FromClause,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
)

from lirk.domain.item_sets import ItemSet
from lirk.domain.obstacles import Obstacle, Settlement
from lirk.domain.reviewing import KeptAnswer, ReviewInHand, Turn
from lirk.domain.reviews import Answer, CaseStatus, DrawnCase, Reading
from lirk.domain.rounds import ChecklistVersion, Round, RoundState
from lirk.storage.changes import keep_version, written
from lirk.storage.desk_tables import calibration, calibration_case, settled_doubt
from lirk.storage.latest import ACTING, PINNED
from lirk.storage.prepared import Prepared
from lirk.storage.tables import answer, drawn_case, obstacle, person, pinned_checklist, review, round_

CALIBRATION = review.c.reading == Reading.CALIBRATION
#: A running number of the sample, or of the calibration, which comes before it.
NUMBER = func.coalesce(drawn_case.c.number, calibration_case.c.number)
IN_ORDER = (
    review.c.round_id,
    drawn_case.c.number.asc().nulls_first(),
    calibration_case.c.number,
    pinned_checklist.c.position,
    review.c.id,
)
IN_OPEN_CALIBRATION = (
    exists()
    .where(calibration.c.round_id == review.c.round_id, calibration.c.closed_at.is_(None))
    .correlate(review)
)
#: What was reported of the same reading of the case.
OF_READING = and_(obstacle.c.case_id == drawn_case.c.id, obstacle.c.reading == review.c.reading)
#: Whether the round of a review is in its calibration now.
CALIBRATING = and_(calibration.c.round_id.is_not(None), calibration.c.closed_at.is_(None))
CALIBRATION_NUMBER = calibration_case.c.number.label("calibration_number")
CALIBRATION_OPEN = CALIBRATING.label("calibration_open")
#: Pinned texts by round and checklist, for as long as their database is open.
_PINNED_TEXTS: WeakKeyDictionary[Engine, dict[tuple[int, str], str]] = WeakKeyDictionary()
BEGUN = exists().where(answer.c.review_id == review.c.id).correlate(review)
DONE = or_(
    review.c.finished_at.is_not(None),
    drawn_case.c.status != CaseStatus.TO_REVIEW,
    and_(
        obstacle.c.case_id.is_not(None),
        or_(
            obstacle.c.settlement.is_(None),
            and_(obstacle.c.settlement == Settlement.FINDING, obstacle.c.reading == Reading.SECOND),
        ),
    ),
)
WRITTEN = tuple(answer.c[name] for name in ("item_id", "value", "note", "journal_reference", "in_doubt"))


class Reviewing:
    """The reviews in hand, of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def find(self, review_id: int) -> ReviewInHand | None:
        """Return a review with everything about it, or None; in two statements once its checklist is known.

        A review of a case that is in no sample and in no calibration, or of an earlier draw, is none.
        """
        rows = _FIND.rows(self._db, review_id=review_id)
        if not rows:
            return None
        [row] = rows
        answers = _kept(_ANSWERS_OF_ONE.rows(self._db, review_id=review_id))
        text = self._text(row[_PLACES[review.c.round_id]], row[_PLACES[review.c.checklist_id]])
        return _in_hand(row, text, answers[review_id])

    def of_person(self, person_id: int) -> tuple[ReviewInHand, ...]:
        """Return what a person has in hand, in three statements.

        That is the readings in rounds that are being reviewed, and the reviews of open calibrations; ordered
        by round, calibration first, then running number and the place of the checklist in the round.
        """
        open_ = or_(
            and_(round_.c.state == RoundState.REVIEWING, ACTING), and_(CALIBRATION, IN_OPEN_CALIBRATION)
        )
        mine = and_(review.c.reviewer_id == person_id, open_)
        rows = self._db.execute(_joined(select(*_COLUMNS)).where(mine).order_by(*IN_ORDER)).all()
        id_, round_id, checklist_id = (
            _PLACES[one] for one in (review.c.id, review.c.round_id, review.c.checklist_id)
        )
        texts = self._texts({row[round_id] for row in rows})
        answers = self._answers(mine)
        return tuple(
            _in_hand(row, texts[row[round_id], row[checklist_id]], answers[row[id_]]) for row in rows
        )

    def turns(self, round_id: int, reviewer_id: int | None, *, calibration: bool = False) -> tuple[Turn, ...]:
        """Return a reviewer's reviews in a round, or in its calibration, in the order of opening them."""
        whose = {"round_id": round_id, "reviewer_id": reviewer_id}
        return tuple(
            Turn(review_id=id_, number=number, begun=bool(begun), done=bool(done))
            for id_, number, begun, done in self._db.execute(_TURNS[calibration], whose)
        )

    def finished_beside(self, case_pk: int, reading: Reading) -> bool:
        """Return whether any review of one reading of a case is finished."""
        finished = review.c.finished_at.is_not(None)
        of_reading = exists().where(review.c.case_id == case_pk, review.c.reading == reading, finished)
        return bool(self._db.scalar(select(of_reading)))

    def keep_answer(
        self, review_id: int, value: Answer, *, expected: int, key: str | None, at: datetime, by: int | None
    ) -> int | None:
        """Keep an answer if the stored one still has the version that is expected (0: none is stored).

        Returns
        -------
        int or None
            The version that is stored now; None where another one than expected is stored, and nothing is
            kept.
        """
        key_of = {"review_id": review_id, "item_id": value.item_id}
        return keep_version(self._db, answer, key_of, written(value, key=key, at=at, by=by), expected)

    def _text(self, round_id: int, checklist_id: str) -> str:
        """Return the text that a round has pinned; it is long, and the database lets nobody change it."""
        known = _PINNED_TEXTS.setdefault(self._db.engine, {})
        key = (round_id, checklist_id)
        if key not in known:
            known[key] = self._texts({round_id})[key]
        return known[key]

    def _texts(self, round_ids: Collection[int]) -> Mapping[tuple[int, str], str]:
        """Return the texts of the checklists of some rounds."""
        pinned = pinned_checklist.c
        statement = select(pinned.round_id, pinned.checklist_id, pinned.text).where(
            pinned.round_id.in_(sorted(round_ids))
        )
        return {(round_id, one): text for round_id, one, text in self._db.execute(statement)}

    def _answers(self, where: ColumnElement[bool]) -> Mapping[int, Mapping[str, KeptAnswer]]:
        statement = (
            _ANSWERS.join_from(answer, review)
            .join(drawn_case)
            .join(round_, round_.c.id == review.c.round_id)
            .outerjoin(person, person.c.id == answer.c.answered_by)
            .where(where)
            .order_by(answer.c.review_id, answer.c.item_id)
        )
        return _kept(self._db.execute(statement).all())


_ANSWERS = select(
    answer.c.review_id,
    *WRITTEN,
    answer.c.version,
    answer.c.answered_at,
    person.c.name.label("by"),
    answer.c.idempotency_key,
    exists()
    .where(settled_doubt.c.review_id == answer.c.review_id, settled_doubt.c.item_id == answer.c.item_id)
    .correlate(answer)
    .label("settled"),
)
_ANSWERS_OF_ONE = Prepared(
    _ANSWERS.join_from(answer, person, person.c.id == answer.c.answered_by, isouter=True)
    .where(answer.c.review_id == bindparam("review_id"))
    .order_by(answer.c.item_id)
)


def _kept(rows: Iterable[Sequence[Any]]) -> Mapping[int, Mapping[str, KeptAnswer]]:
    found: dict[int, dict[str, KeptAnswer]] = defaultdict(dict)
    for review_id, *of_answer in rows:
        kept = _kept_answer(*of_answer)
        found[review_id][kept.answer.item_id] = kept
    return found


@lru_cache(maxsize=4096)
def _kept_answer(
    item_id: str,
    value: str,
    note: str,
    reference: str,
    in_doubt: bool,
    version: int,
    at: datetime,
    by: str | None,
    key: str | None,
    settled: bool,
) -> KeptAnswer:
    """Return an answer as it is stored; of those in a case, one save changes one, and the others come again."""
    given = Answer(item_id=item_id, value=value, note=note, journal_reference=reference, in_doubt=in_doubt)
    return KeptAnswer(answer=given, version=version, at=at, by=by, key=key, settled=settled)


_COLUMNS = (
    *review.c,
    *drawn_case.c,
    *round_.c,
    *obstacle.c,
    pinned_checklist.c.version,
    pinned_checklist.c["items"],
    CALIBRATION_NUMBER,
    CALIBRATION_OPEN,
)


def _joined(statement: Select[Any]) -> Select[Any]:
    return (
        statement.join_from(review, drawn_case, drawn_case.c.id == review.c.case_id)
        .join(round_, round_.c.id == review.c.round_id)
        .join(pinned_checklist, PINNED)
        .outerjoin(obstacle, OF_READING)
        .outerjoin(calibration_case, calibration_case.c.case_id == drawn_case.c.id)
        .outerjoin(calibration, calibration.c.round_id == review.c.round_id)
    )


_FIND = Prepared(
    _joined(select(*_COLUMNS)).where(review.c.id == bindparam("review_id"), or_(ACTING, CALIBRATION))
)


def _turns(which: ColumnElement[bool]) -> Select[Any]:
    whose = and_(review.c.round_id == bindparam("round_id"), review.c.reviewer_id == bindparam("reviewer_id"))
    return (
        _joined(select(review.c.id, NUMBER, BEGUN.label("begun"), DONE.label("done")))
        .where(whose, which)
        .order_by(*IN_ORDER)
    )


_TURNS = {False: _turns(ACTING), True: _turns(CALIBRATION)}


#: Where each column stands in a row, and where all those of a table do.
_PLACES = {column: place for place, column in enumerate(_COLUMNS)}
_SPANS: Mapping[FromClause, tuple[slice, tuple[str, ...]]] = {
    table: (slice(_PLACES[table.c[0]], _PLACES[table.c[0]] + len(table.c)), tuple(table.c.keys()))
    for table in (drawn_case, round_, obstacle)
}


def _in_hand(row: Sequence[Any], text: str, answers: Mapping[str, KeptAnswer]) -> ReviewInHand:
    def at(column: ColumnElement[Any]) -> Any:
        return row[_PLACES[column]]

    reported = at(obstacle.c.case_id) is not None
    return ReviewInHand(
        id=at(review.c.id),
        reviewer_id=at(review.c.reviewer_id),
        finished_at=at(review.c.finished_at),
        round=Round(**_fields(row, round_)),
        case=DrawnCase(**_fields(row, drawn_case)),
        checklist=ChecklistVersion(
            checklist_id=at(review.c.checklist_id),
            version=at(pinned_checklist.c.version),
            text=text,
            items=ItemSet(at(pinned_checklist.c["items"])),
        ),
        obstacle=Obstacle(**_fields(row, obstacle)) if reported else None,
        answers=answers,
        reading=at(review.c.reading),
        judgement=at(review.c.judgement),
        calibration_number=at(CALIBRATION_NUMBER),
        calibration_open=bool(at(CALIBRATION_OPEN)),
    )


def _fields(row: Sequence[Any], table: FromClause) -> dict[str, Any]:
    span, names = _SPANS[table]
    return dict(zip(names, row[span], strict=True))
