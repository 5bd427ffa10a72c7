"""The reviewer's desk: readings, calibration, agreement, doubts, urgent cases, time, forms about places."""

from typing import Any

import sqlalchemy as sa
from alembic import op

# Not by its own name, which is that of what says a text to a person.
from sqlalchemy import text as sql

from lirk.storage.migrations.parts import DAY, FLAG, MOMENT, TEXT, foreign, key, may, must, primary, table

revision = "0004"
down_revision = "0003"


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


def _by(table: str, column: str) -> tuple[sa.Column[Any], sa.ForeignKeyConstraint]:
    return may(column, sa.Integer()), foreign(table, column, "person.id")


def _new_columns() -> tuple[sa.Column[Any], ...]:
    return _of_reading(), may("judgement")


def _of_reading() -> sa.Column[str]:
    return sa.Column("reading", TEXT, nullable=False, server_default="first")


def _obstacles_anew() -> None:
    """SQLite changes no primary key of a table that is there."""
    op.execute("CREATE TABLE obstacle_before AS SELECT * FROM obstacle")
    op.drop_table("obstacle")
    table(
        "obstacle",
        must("case_id", sa.Integer()),
        must("reason"),
        must("note"),
        must("reported_at", MOMENT),
        may("reported_by", sa.Integer()),
        may("settled_at", MOMENT),
        may("settled_by", sa.Integer()),
        may("settlement"),
        _of_reading(),
        primary("obstacle", "case_id", "reading"),
        foreign("obstacle", "case_id", "drawn_case.id"),
        foreign("obstacle", "reported_by", "person.id"),
        foreign("obstacle", "settled_by", "person.id"),
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
    table(
        "review",
        key(),
        must("round_id", sa.Integer()),
        must("case_id", sa.Integer()),
        must("checklist_id"),
        may("reviewer_id", sa.Integer()),
        may("finished_at", MOMENT),
        *_new_columns(),
        primary("review", "id"),
        foreign("review", "round_id", "round.id"),
        foreign("review", "case_id", "drawn_case.id"),
        foreign("review", "reviewer_id", "person.id"),
        sa.ForeignKeyConstraint(
            ["round_id", "checklist_id"],
            ["pinned_checklist.round_id", "pinned_checklist.checklist_id"],
            name="fk_review_round_id_checklist_id",
        ),
    )
    op.create_index("ix_review_round_id_reviewer_id", "review", ["round_id", "reviewer_id"])
    table(
        "answer",
        must("review_id", sa.Integer()),
        must("item_id"),
        must("value"),
        must("note"),
        must("journal_reference"),
        must("in_doubt", FLAG),
        must("answered_at", MOMENT),
        may("answered_by", sa.Integer()),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        may("idempotency_key"),
        primary("answer", "review_id", "item_id"),
        foreign("answer", "review_id", "review.id", ondelete="CASCADE"),
        foreign("answer", "answered_by", "person.id"),
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
    table(
        "round_rules",
        must("round_id", sa.Integer()),
        must("shows_result", FLAG),
        must("bars_own_centre", FLAG),
        must("double_percent", sa.Integer()),
        may("double_chosen_at", MOMENT),
        may("deadline", DAY),
        primary("round_rules", "round_id"),
        foreign("round_rules", "round_id", "round.id"),
    )


def _around_answers() -> None:
    table(
        "urgent_case",
        must("review_id", sa.Integer()),
        must("reason"),
        must("raised_at", MOMENT),
        *_by("urgent_case", "raised_by"),
        may("handling"),
        may("handled_at", MOMENT),
        *_by("urgent_case", "handled_by"),
        primary("urgent_case", "review_id"),
        foreign("urgent_case", "review_id", "review.id", ondelete="CASCADE"),
    )
    table(
        "review_time",
        must("review_id", sa.Integer()),
        must("person_id", sa.Integer()),
        must("seconds", sa.Integer()),
        may("reported_at", MOMENT),
        may("corrected", sa.Integer()),
        primary("review_time", "review_id", "person_id"),
        foreign("review_time", "review_id", "review.id", ondelete="CASCADE"),
        foreign("review_time", "person_id", "person.id", ondelete="CASCADE"),
    )
    table(
        "doubt_message",
        key(),
        must("review_id", sa.Integer()),
        must("item_id"),
        must("text"),
        must("from_reviewer", FLAG),
        must("written_at", MOMENT),
        *_by("doubt_message", "written_by"),
        primary("doubt_message", "id"),
        foreign("doubt_message", "review_id", "review.id", ondelete="CASCADE"),
    )
    op.create_index("ix_doubt_message_review_id", "doubt_message", ["review_id"])
    table(
        "settled_doubt",
        must("review_id", sa.Integer()),
        must("item_id"),
        must("settled_at", MOMENT),
        *_by("settled_doubt", "settled_by"),
        primary("settled_doubt", "review_id", "item_id"),
        foreign("settled_doubt", "review_id", "review.id", ondelete="CASCADE"),
    )


def _calibration() -> None:
    table(
        "calibration",
        must("round_id", sa.Integer()),
        must("opened_at", MOMENT),
        *_by("calibration", "opened_by"),
        may("closed_at", MOMENT),
        *_by("calibration", "closed_by"),
        primary("calibration", "round_id"),
        foreign("calibration", "round_id", "round.id"),
    )
    table(
        "calibration_case",
        must("round_id", sa.Integer()),
        must("number", sa.Integer()),
        must("case_id", sa.Integer()),
        primary("calibration_case", "round_id", "number"),
        foreign("calibration_case", "round_id", "round.id"),
        foreign("calibration_case", "case_id", "drawn_case.id"),
        sa.UniqueConstraint("case_id", name="uq_calibration_case_case_id"),
    )
    table(
        "calibration_name",
        must("round_id", sa.Integer()),
        must("person_id", sa.Integer()),
        primary("calibration_name", "round_id", "person_id"),
        foreign("calibration_name", "round_id", "round.id"),
        foreign("calibration_name", "person_id", "person.id", ondelete="CASCADE"),
    )
    table(
        "agreed_reading",
        must("round_id", sa.Integer()),
        must("checklist_id"),
        must("item_id"),
        must("text"),
        must("version", sa.Integer()),
        must("written_at", MOMENT),
        *_by("agreed_reading", "written_by"),
        primary("agreed_reading", "round_id", "checklist_id", "item_id"),
        foreign("agreed_reading", "round_id", "round.id"),
    )


def _reconciliation() -> None:
    table(
        "reconciliation",
        must("case_id", sa.Integer()),
        must("checklist_id"),
        *_by("reconciliation", "decider_id"),
        may("settled_at", MOMENT),
        *_by("reconciliation", "settled_by"),
        primary("reconciliation", "case_id", "checklist_id"),
        foreign("reconciliation", "case_id", "drawn_case.id"),
    )
    table(
        "agreed_answer",
        must("case_id", sa.Integer()),
        must("checklist_id"),
        must("item_id"),
        must("value"),
        must("reason"),
        must("version", sa.Integer()),
        must("agreed_at", MOMENT),
        *_by("agreed_answer", "agreed_by"),
        primary("agreed_answer", "case_id", "checklist_id", "item_id"),
        foreign("agreed_answer", "case_id", "drawn_case.id"),
    )


def _places() -> None:
    table(
        "place_form",
        key(),
        must("kind"),
        must("centre"),
        must("place"),
        may("round_id", sa.Integer()),
        must("checklist_id"),
        must("checklist_version", sa.Integer()),
        must("text"),
        must("begun_at", MOMENT),
        *_by("place_form", "begun_by"),
        may("finished_at", MOMENT),
        *_by("place_form", "finished_by"),
        primary("place_form", "id"),
        foreign("place_form", "centre", "centre.name", onupdate="CASCADE"),
        foreign("place_form", "round_id", "round.id"),
        sa.UniqueConstraint("round_id", "centre", name="uq_place_form_round_id_centre"),
    )
    op.create_index("ix_place_form_centre", "place_form", ["centre"])
    table(
        "place_answer",
        must("form_id", sa.Integer()),
        must("item_id"),
        must("value"),
        must("note"),
        must("journal_reference"),
        must("in_doubt", FLAG),
        must("answered_at", MOMENT),
        *_by("place_answer", "answered_by"),
        must("version", sa.Integer()),
        may("idempotency_key"),
        primary("place_answer", "form_id", "item_id"),
        foreign("place_answer", "form_id", "place_form.id", ondelete="CASCADE"),
    )
    table(
        "report_seen",
        must("round_id", sa.Integer()),
        must("centre"),
        must("seen_at", MOMENT),
        *_by("report_seen", "seen_by"),
        primary("report_seen", "round_id", "centre"),
        foreign("report_seen", "round_id", "round.id"),
        foreign("report_seen", "centre", "centre.name", onupdate="CASCADE"),
    )
