"""The reviewer's desk: readings, calibration, agreement, doubts, urgent cases, time, forms about places."""

from typing import Any

import sqlalchemy as sa
from alembic import op

# Not by its own name, which is that of what says a text to a person.
from sqlalchemy import text as sql

revision = "0004"
down_revision = "0003"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
FLAG = sa.Boolean().with_variant(sa.Integer(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")
MOMENT = sa.Text()

REVIEW = ("id", "round_id", "case_id", "checklist_id", "reviewer_id", "finished_at")
ANSWER = (
    "review_id", "item_id", "value", "note", "journal_reference", "in_doubt", "answered_at", "answered_by",
    "version", "idempotency_key",
)  # fmt: skip
OBSTACLE = (
    "case_id", "reason", "note", "reported_at", "reported_by", "settled_at", "settled_by", "settlement",
)  # fmt: skip


def upgrade() -> None:
    """Let a case be read more than once, and make the tables of the desk."""
    if op.get_bind().dialect.name == "sqlite":
        _reviews_anew()
        _obstacles_anew()
    else:
        op.add_column("obstacle", _of_reading())
        op.drop_constraint("pk_obstacle", "obstacle", type_="primary")
        op.create_primary_key("pk_obstacle", "obstacle", ["case_id", "reading"])
        op.drop_constraint("uq_review_case_id_checklist_id", "review", type_="unique")
        for column in _new_columns():
            op.add_column("review", column)
    _review_indexes()
    _rules()
    _around_answers()
    _calibration()
    _reconciliation()
    _places()


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    has_id = any(isinstance(part, sa.Column) and part.name == "id" for part in parts)
    op.create_table(name, *parts, sqlite_strict=True, sqlite_autoincrement=has_id)


def _key() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), sa.Identity(), nullable=False)


def _must(name: str, type_: sa.types.TypeEngine[Any] = TEXT) -> sa.Column[Any]:
    return sa.Column(name, type_, nullable=False)


def _may(name: str, type_: sa.types.TypeEngine[Any] = TEXT) -> sa.Column[Any]:
    return sa.Column(name, type_, nullable=True)


def _primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _foreign(
    table: str, column: str, target: str, ondelete: str | None = None, onupdate: str | None = None
) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=ondelete, onupdate=onupdate)


def _by(table: str, column: str) -> tuple[sa.Column[Any], sa.ForeignKeyConstraint]:
    return _may(column, sa.Integer()), _foreign(table, column, "person.id")


def _new_columns() -> tuple[sa.Column[Any], ...]:
    return _of_reading(), _may("judgement")


def _of_reading() -> sa.Column[str]:
    return sa.Column("reading", TEXT, nullable=False, server_default="first")


def _obstacles_anew() -> None:
    """SQLite changes no primary key of a table that is there."""
    op.execute("CREATE TABLE obstacle_before AS SELECT * FROM obstacle")
    op.drop_table("obstacle")
    _table(
        "obstacle",
        _must("case_id", sa.Integer()),
        _must("reason"),
        _must("note"),
        _must("reported_at", MOMENT),
        _may("reported_by", sa.Integer()),
        _may("settled_at", MOMENT),
        _may("settled_by", sa.Integer()),
        _may("settlement"),
        _of_reading(),
        _primary("obstacle", "case_id", "reading"),
        _foreign("obstacle", "case_id", "drawn_case.id"),
        _foreign("obstacle", "reported_by", "person.id"),
        _foreign("obstacle", "settled_by", "person.id"),
    )
    _bring_back("obstacle", OBSTACLE)


def _bring_back(name: str, columns: tuple[str, ...]) -> None:
    before, now = (sa.table(one, *map(sa.column, columns)) for one in (f"{name}_before", name))
    op.execute(sa.insert(now).from_select(list(columns), sa.select(*before.c)))
    op.drop_table(f"{name}_before")


def _reviews_anew() -> None:
    """SQLite drops no constraint of a table that is there; the answers go with the reviews, and come back."""
    bind = op.get_bind()
    # An id that the trail names is never given again, also where its review was deleted.
    highest = bind.scalar(sql("SELECT seq FROM sqlite_sequence WHERE name = 'review'"))
    op.execute("CREATE TABLE review_before AS SELECT * FROM review")
    op.execute("CREATE TABLE answer_before AS SELECT * FROM answer")
    op.drop_table("answer")
    op.drop_table("review")
    _table(
        "review",
        _key(),
        _must("round_id", sa.Integer()),
        _must("case_id", sa.Integer()),
        _must("checklist_id"),
        _may("reviewer_id", sa.Integer()),
        _may("finished_at", MOMENT),
        *_new_columns(),
        _primary("review", "id"),
        _foreign("review", "round_id", "round.id"),
        _foreign("review", "case_id", "drawn_case.id"),
        _foreign("review", "reviewer_id", "person.id"),
        sa.ForeignKeyConstraint(
            ["round_id", "checklist_id"],
            ["pinned_checklist.round_id", "pinned_checklist.checklist_id"],
            name="fk_review_round_id_checklist_id",
        ),
    )
    op.create_index("ix_review_round_id_reviewer_id", "review", ["round_id", "reviewer_id"])
    _table(
        "answer",
        _must("review_id", sa.Integer()),
        _must("item_id"),
        _must("value"),
        _must("note"),
        _must("journal_reference"),
        _must("in_doubt", FLAG),
        _must("answered_at", MOMENT),
        _may("answered_by", sa.Integer()),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        _may("idempotency_key"),
        _primary("answer", "review_id", "item_id"),
        _foreign("answer", "review_id", "review.id", ondelete="CASCADE"),
        _foreign("answer", "answered_by", "person.id"),
    )
    _bring_back("review", REVIEW)
    _bring_back("answer", ANSWER)
    if highest is not None:
        bind.execute(sql("DELETE FROM sqlite_sequence WHERE name = 'review'"))
        bind.execute(sql("INSERT INTO sqlite_sequence (name, seq) VALUES ('review', :seq)"), {"seq": highest})


def _review_indexes() -> None:
    kinds = (
        ("reading", ["case_id", "checklist_id", "reading"], "reading <> 'calibration'"),
        ("calibration", ["case_id", "checklist_id", "reviewer_id"], "reading = 'calibration'"),
    )
    for name, columns, which in kinds:
        where = sql(which)
        op.create_index(
            f"uq_review_{name}", "review", columns, unique=True, sqlite_where=where, postgresql_where=where
        )


def _rules() -> None:
    _table(
        "round_rules",
        _must("round_id", sa.Integer()),
        _must("shows_result", FLAG),
        _must("bars_own_centre", FLAG),
        _must("double_percent", sa.Integer()),
        _may("double_chosen_at", MOMENT),
        _may("deadline", DAY),
        _primary("round_rules", "round_id"),
        _foreign("round_rules", "round_id", "round.id"),
    )


def _around_answers() -> None:
    _table(
        "urgent_case",
        _must("review_id", sa.Integer()),
        _must("reason"),
        _must("raised_at", MOMENT),
        *_by("urgent_case", "raised_by"),
        _may("handling"),
        _may("handled_at", MOMENT),
        *_by("urgent_case", "handled_by"),
        _primary("urgent_case", "review_id"),
        _foreign("urgent_case", "review_id", "review.id", ondelete="CASCADE"),
    )
    _table(
        "review_time",
        _must("review_id", sa.Integer()),
        _must("person_id", sa.Integer()),
        _must("seconds", sa.Integer()),
        _may("reported_at", MOMENT),
        _may("corrected", sa.Integer()),
        _primary("review_time", "review_id", "person_id"),
        _foreign("review_time", "review_id", "review.id", ondelete="CASCADE"),
        _foreign("review_time", "person_id", "person.id", ondelete="CASCADE"),
    )
    _table(
        "doubt_message",
        _key(),
        _must("review_id", sa.Integer()),
        _must("item_id"),
        _must("text"),
        _must("from_reviewer", FLAG),
        _must("written_at", MOMENT),
        *_by("doubt_message", "written_by"),
        _primary("doubt_message", "id"),
        _foreign("doubt_message", "review_id", "review.id", ondelete="CASCADE"),
    )
    op.create_index("ix_doubt_message_review_id", "doubt_message", ["review_id"])
    _table(
        "settled_doubt",
        _must("review_id", sa.Integer()),
        _must("item_id"),
        _must("settled_at", MOMENT),
        *_by("settled_doubt", "settled_by"),
        _primary("settled_doubt", "review_id", "item_id"),
        _foreign("settled_doubt", "review_id", "review.id", ondelete="CASCADE"),
    )


def _calibration() -> None:
    _table(
        "calibration",
        _must("round_id", sa.Integer()),
        _must("opened_at", MOMENT),
        *_by("calibration", "opened_by"),
        _may("closed_at", MOMENT),
        *_by("calibration", "closed_by"),
        _primary("calibration", "round_id"),
        _foreign("calibration", "round_id", "round.id"),
    )
    _table(
        "calibration_case",
        _must("round_id", sa.Integer()),
        _must("number", sa.Integer()),
        _must("case_id", sa.Integer()),
        _primary("calibration_case", "round_id", "number"),
        _foreign("calibration_case", "round_id", "round.id"),
        _foreign("calibration_case", "case_id", "drawn_case.id"),
        sa.UniqueConstraint("case_id", name="uq_calibration_case_case_id"),
    )
    _table(
        "calibration_name",
        _must("round_id", sa.Integer()),
        _must("person_id", sa.Integer()),
        _primary("calibration_name", "round_id", "person_id"),
        _foreign("calibration_name", "round_id", "round.id"),
        _foreign("calibration_name", "person_id", "person.id", ondelete="CASCADE"),
    )
    _table(
        "agreed_reading",
        _must("round_id", sa.Integer()),
        _must("checklist_id"),
        _must("item_id"),
        _must("text"),
        _must("version", sa.Integer()),
        _must("written_at", MOMENT),
        *_by("agreed_reading", "written_by"),
        _primary("agreed_reading", "round_id", "checklist_id", "item_id"),
        _foreign("agreed_reading", "round_id", "round.id"),
    )


def _reconciliation() -> None:
    _table(
        "reconciliation",
        _must("case_id", sa.Integer()),
        _must("checklist_id"),
        *_by("reconciliation", "decider_id"),
        _may("settled_at", MOMENT),
        *_by("reconciliation", "settled_by"),
        _primary("reconciliation", "case_id", "checklist_id"),
        _foreign("reconciliation", "case_id", "drawn_case.id"),
    )
    _table(
        "agreed_answer",
        _must("case_id", sa.Integer()),
        _must("checklist_id"),
        _must("item_id"),
        _must("value"),
        _must("reason"),
        _must("version", sa.Integer()),
        _must("agreed_at", MOMENT),
        *_by("agreed_answer", "agreed_by"),
        _primary("agreed_answer", "case_id", "checklist_id", "item_id"),
        _foreign("agreed_answer", "case_id", "drawn_case.id"),
    )


def _places() -> None:
    _table(
        "place_form",
        _key(),
        _must("kind"),
        _must("centre"),
        _must("place"),
        _may("round_id", sa.Integer()),
        _must("checklist_id"),
        _must("checklist_version", sa.Integer()),
        _must("text"),
        _must("begun_at", MOMENT),
        *_by("place_form", "begun_by"),
        _may("finished_at", MOMENT),
        *_by("place_form", "finished_by"),
        _primary("place_form", "id"),
        _foreign("place_form", "centre", "centre.name", onupdate="CASCADE"),
        _foreign("place_form", "round_id", "round.id"),
        sa.UniqueConstraint("round_id", "centre", name="uq_place_form_round_id_centre"),
    )
    op.create_index("ix_place_form_centre", "place_form", ["centre"])
    _table(
        "place_answer",
        _must("form_id", sa.Integer()),
        _must("item_id"),
        _must("value"),
        _must("note"),
        _must("journal_reference"),
        _must("in_doubt", FLAG),
        _must("answered_at", MOMENT),
        *_by("place_answer", "answered_by"),
        _must("version", sa.Integer()),
        _may("idempotency_key"),
        _primary("place_answer", "form_id", "item_id"),
        _foreign("place_answer", "form_id", "place_form.id", ondelete="CASCADE"),
    )
    _table(
        "report_seen",
        _must("round_id", sa.Integer()),
        _must("centre"),
        _must("seen_at", MOMENT),
        *_by("report_seen", "seen_by"),
        _primary("report_seen", "round_id", "centre"),
        _foreign("report_seen", "round_id", "round.id"),
        _foreign("report_seen", "centre", "centre.name", onupdate="CASCADE"),
    )
