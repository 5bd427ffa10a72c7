"""reviews/queue.html: what a reviewer has in hand, round by round."""

from dataclasses import dataclass

from lirk.domain.reviews import CaseStatus
from lirk.services.reviewing import Queue, QueueRound, QueueRow, RowState, Show
from lirk.wording import N_, Wording
from lirk.wording.review_sheets import STATUSES

SHOWN = {Show.MISSING: N_("Mangler"), Show.DONE: N_("Afsluttet"), Show.ALL: N_("Alle")}
ROW_STATES = {
    RowState.NOT_BEGUN: (N_("Ikke begyndt"), "plain"),
    RowState.BEGUN: (N_("I gang"), "info"),
    RowState.FINISHED: (N_("Afsluttet"), "success"),
    RowState.REPORTED: (N_("Meldt til koordinatoren"), "warning"),
    RowState.NOT_FOUND: (STATUSES[CaseStatus.NOT_FOUND], "warning"),
    RowState.NO_ACCESS: (STATUSES[CaseStatus.NO_ACCESS], "warning"),
    RowState.OUT_OF_SCOPE: (STATUSES[CaseStatus.OUT_OF_SCOPE], "warning"),
}
ACTIONS = {RowState.BEGUN: N_("Fortsæt sag {number}"), RowState.NOT_BEGUN: N_("Åbn sag {number}")}
SEE = N_("Se sag {number}")


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLine:
    """A review in the queue; without an address it cannot be opened yet, and ``action`` says why."""

    number: int
    centre: str
    checklist: str
    state: str
    kind: str
    action: str
    href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePart:
    """What a reviewer has in hand in one round."""

    id: str
    title: str
    said: str
    waiting: str
    done: int
    total: int
    lines: tuple[QueueLine, ...]
    go_on: str | None
    go_on_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """All that a reviewer has in hand."""

    show: str
    choices: tuple[tuple[str, str], ...]
    parts: tuple[QueuePart, ...]

    @classmethod
    def of(cls, queue: Queue, words: Wording) -> "QueuePage":
        """Return the page for a queue."""
        return cls(
            show=queue.show.value,
            choices=tuple((show.value, words.text(text)) for show, text in SHOWN.items()),
            parts=tuple(_queue_part(one, words) for one in queue.rounds),
        )


def _queue_part(part: QueueRound, words: Wording) -> QueuePart:
    said = words.plural(
        "{done} af {count} sag er gennemgået.",
        "{done} af {count} sager er gennemgået.",
        part.cases,
        done=part.reviewed,
    )
    waiting = words.plural(
        "{count} sag venter på koordinatoren.", "{count} sager venter på koordinatoren.", part.waiting
    )
    return QueuePart(
        id=part.round.key,
        title=part.round.title,
        said=said,
        waiting=waiting if part.waiting else "",
        done=part.reviewed,
        total=part.cases,
        lines=tuple(_queue_line(row, words) for row in part.rows),
        go_on=f"/reviews/{part.go_on.review_id}" if part.go_on else None,
        go_on_text=_go_on_text(part.go_on, words) if part.go_on else "",
    )


def _go_on_text(row: QueueRow, words: Wording) -> str:
    return words.text(ACTIONS[row.state], number=row.number)


def _queue_line(row: QueueRow, words: Wording) -> QueueLine:
    state, kind = ROW_STATES[row.state]
    said = words.text(state)
    if row.state is RowState.BEGUN:
        said = words.text("I gang, {answered} af {asked}", answered=row.answered, asked=row.asked)
    if row.waits_for is not None:
        action, href = words.text("Åbnes efter sag {number}", number=row.waits_for), None
    else:
        action = words.text(ACTIONS.get(row.state, SEE), number=row.number)
        href = f"/reviews/{row.review_id}"
    return QueueLine(
        number=row.number,
        centre=row.centre,
        checklist=words.text(
            "{title}, version {version}",
            title=row.checklist.title.in_(words.language),
            version=str(row.checklist.version),
        ),
        state=said,
        kind=kind,
        action=action,
        href=href,
    )
