"""What the statements about cases and reviews have in common."""

from sqlalchemy import and_, select

from lirk.storage.tables import draw, drawn_case, pinned_checklist, review

#: A review with the version of its checklist that its round pinned.
PINNED = and_(
    review.c.round_id == pinned_checklist.c.round_id,
    review.c.checklist_id == pinned_checklist.c.checklist_id,
)
#: The latest draw of a case's round.
LATEST_DRAW = (
    select(draw.c.id)
    .where(draw.c.round_id == drawn_case.c.round_id)
    .order_by(draw.c.number.desc())
    .limit(1)
    .correlate(drawn_case)
    .scalar_subquery()
)
#: The numbered cases of the latest draw; those of an earlier draw are history.
ACTING = and_(drawn_case.c.number.is_not(None), drawn_case.c.draw_id == LATEST_DRAW)
