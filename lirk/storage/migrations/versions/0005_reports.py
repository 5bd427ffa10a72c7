"""After the round: replies, corrected answers, publication, meetings, what was learnt, the year."""

from typing import Any

import sqlalchemy as sa

from lirk.storage.migrations.parts import DAY, FLAG, MOMENT, foreign, may, must, primary, table

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    _replies()
    _publication()
    _meetings()
    _overviews_and_years()


def _by(table: str, column: str) -> tuple[sa.Column[Any], sa.ForeignKeyConstraint]:
    return may(column, sa.Integer()), foreign(table, column, "person.id")


def _written(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    version, at = must("version", sa.Integer()), must("written_at", MOMENT)
    return version, at, *_by(table, "written_by")


def _of_centre(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        must("round_id", sa.Integer()),
        must("centre"),
        foreign(table, "round_id", "round.id"),
        foreign(table, "centre", "centre.name", onupdate="CASCADE"),
    )


def _replies() -> None:
    table(
        "report_stage",
        *_of_centre("report_stage"),
        must("state"),
        must("version", sa.Integer()),
        may("reply_by", DAY),
        may("sent_at", MOMENT),
        *_by("report_stage", "sent_by"),
        may("published_at", MOMENT),
        *_by("report_stage", "published_by"),
        must("correction"),
        primary("report_stage", "round_id", "centre"),
    )
    table(
        "finding_reply",
        *_of_centre("finding_reply"),
        must("checklist_id"),
        must("item_id"),
        must("comment"),
        must("objects", FLAG),
        *_written("finding_reply"),
        must("answer"),
        may("outcome"),
        may("answered_at", MOMENT),
        *_by("finding_reply", "answered_by"),
        primary("finding_reply", "round_id", "centre", "checklist_id", "item_id"),
    )
    table(
        "corrected_answer",
        must("review_id", sa.Integer()),
        must("item_id"),
        must("before"),
        must("value"),
        must("reason"),
        must("version", sa.Integer()),
        must("corrected_at", MOMENT),
        *_by("corrected_answer", "corrected_by"),
        primary("corrected_answer", "review_id", "item_id"),
        foreign("corrected_answer", "review_id", "review.id", ondelete="CASCADE"),
    )


def _publication() -> None:
    table(
        "published_file",
        *_of_centre("published_file"),
        must("version", sa.Integer()),
        must("name"),
        must("sha256"),
        must("content", sa.LargeBinary()),
        primary("published_file", "round_id", "centre", "version", "name"),
    )


def _meetings() -> None:
    table(
        "report_meeting",
        *_of_centre("report_meeting"),
        may("held_on", DAY),
        must("leader", FLAG),
        must("employee_representative", FLAG),
        must("safety_representative", FLAG),
        must("staff", sa.Integer()),
        must("agreed"),
        must("not_agreed"),
        *_written("report_meeting"),
        primary("report_meeting", "round_id", "centre"),
    )


def _overviews_and_years() -> None:
    table(
        "overview_text",
        must("round_id", sa.Integer()),
        must("learnt"),
        must("next_steps"),
        *_written("overview_text"),
        primary("overview_text", "round_id"),
        foreign("overview_text", "round_id", "round.id"),
    )
    numbers = (
        "received", "changed_by_centre", "sent_on", "sent_on_late", "upheld", "changed", "annulled",
        "remitted", "dismissed",
    )  # fmt: skip
    table(
        "yearly_figures",
        must("year", sa.Integer()),
        must("centre"),
        *(must(name, sa.Integer()) for name in numbers),
        *_written("yearly_figures"),
        primary("yearly_figures", "year", "centre"),
        foreign("yearly_figures", "centre", "centre.name", onupdate="CASCADE"),
    )
    table(
        "yearly_text",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        must("found"),
        must("done"),
        *_written("yearly_text"),
        primary("yearly_text", "year"),
    )
