"""reviews/queue.html: what a reviewer has in hand, round by round."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lirk.domain.reviews import CaseStatus
from lirk.services.reconciling import ToReconcile
from lirk.services.reviewing import Queue, QueueRound, QueueRow, RowState, Show
from lirk.wording import N_, Wording
from lirk.wording.deadlines import deadline_text
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
WAITS = N_("Åbnes efter sag {number}")
CALIBRATION_ACTIONS = {
    RowState.BEGUN: N_("Fortsæt kalibreringssag {number}"),
    RowState.NOT_BEGUN: N_("Åbn kalibreringssag {number}"),
}
CALIBRATION_SEE = N_("Se kalibreringssag {number}")
CALIBRATION_WAITS = N_("Åbnes efter kalibreringssag {number}")
#: So many lines that cannot be opened yet stand folded.
MANY = 6


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
    reopened: str = ""
    taken_over: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePart:
    """What a reviewer has in hand in one round, or in its calibration.

    ``later`` are the lines that stand folded under ``later_said``, since they cannot be opened yet.
    """

    id: str
    title: str
    said: str
    waiting: str
    deadline: str
    finished: str
    done: int
    total: int
    lines: tuple[QueueLine, ...]
    later: tuple[QueueLine, ...]
    later_said: str
    go_on: str | None
    go_on_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """All that a reviewer has in hand; ``calibrated`` leads to what came of calibrations that are closed."""

    show: str
    choices: tuple[tuple[str, str], ...]
    parts: tuple[QueuePart, ...]
    calibrated: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, queue: Queue, words: Wording, *, to_agree: Mapping[str, int]) -> "QueuePage":
        """Return the page for a queue; ``to_agree``: how many cases of which round wait to be agreed on."""
        return cls(
            show=queue.show.value,
            choices=tuple((show.value, words.text(text)) for show, text in SHOWN.items()),
            parts=tuple(_queue_part(one, words, to_agree.get(one.round.key, 0)) for one in queue.rounds),
            calibrated=tuple((one.title, f"/reviews/calibration/{one.key}") for one in queue.calibrated),
        )


def cases_to_agree(waiting: Iterable[ToReconcile]) -> Mapping[str, int]:
    """Return how many cases of which round wait for their two readers."""
    return Counter(key for key, _ in {(one.round.key, one.number) for one in waiting})


def _queue_part(part: QueueRound, words: Wording, to_agree: int) -> QueuePart:
    said = words.plural(
        "{done} af {count} sag er gennemgået.",
        "{done} af {count} sager er gennemgået.",
        part.cases,
        done=part.reviewed,
    )
    waiting = words.plural(
        "{count} sag venter på koordinatoren.", "{count} sager venter på koordinatoren.", part.waiting
    )
    lines = [_queue_line(row, words, calibrates=part.calibrates) for row in part.rows]
    waits = [line for line in lines if line.href is None]
    later = waits if len(waits) >= MANY else []
    return QueuePart(
        id=f"{part.round.key}-calibration" if part.calibrates else part.round.key,
        title=words.text("Kalibrering, {round}", round=part.round.title)
        if part.calibrates
        else part.round.title,
        said=said,
        waiting=waiting if part.waiting else "",
        deadline=deadline_text(part.deadline, words) if part.deadline else "",
        finished=_finished(part, words, to_agree),
        done=part.reviewed,
        total=part.cases,
        lines=tuple(line for line in lines if line not in later),
        later=tuple(later),
        later_said=words.plural(
            "{count} sag til, som åbnes senere",
            "{count} sager til, de åbnes i rækkefølge",
            len({line.number for line in later}),
        ),
        go_on=f"/reviews/{part.go_on.review_id}" if part.go_on else None,
        go_on_text=_go_on_text(part.go_on, words, calibrates=part.calibrates) if part.go_on else "",
    )


def _finished(part: QueueRound, words: Wording, to_agree: int) -> str:
    """Return what comes next for one who has nothing left to do; a calibration has its own way on."""
    if part.go_on or part.calibrates or not part.cases:
        return ""
    if part.waiting:
        return words.text(
            "Du skal ikke gøre noget imens. Bliver en sag givet tilbage til dig, står den her igen."
        )
    if to_agree:
        return words.plural(
            "Du har gennemgået alle dine sager i runden. Du mangler at blive enig med en anden om {count} sag; den "
            "står øverst.",
            "Du har gennemgået alle dine sager i runden. Du mangler at blive enig med en anden om {count} sager; de "
            "står øverst.",
            to_agree,
        )
    return words.text(
        "Du er færdig med dine sager i runden. Koordinatoren lukker den, når alle er færdige; du skal ikke gøre "
        "mere. Er der spørgsmål til en sag, står den her igen."
    )


def _go_on_text(row: QueueRow, words: Wording, *, calibrates: bool) -> str:
    actions = CALIBRATION_ACTIONS if calibrates else ACTIONS
    return words.text(actions.get(row.state, CALIBRATION_SEE if calibrates else SEE), number=row.number)


def _queue_line(row: QueueRow, words: Wording, *, calibrates: bool) -> QueueLine:
    state, kind = ROW_STATES[row.state]
    said = words.text(state)
    if row.state is RowState.BEGUN:
        said = words.text("I gang, {answered} af {asked}", answered=row.answered, asked=row.asked)
    if row.waits_for is not None:
        action, href = words.text(CALIBRATION_WAITS if calibrates else WAITS, number=row.waits_for), None
    else:
        action = _go_on_text(row, words, calibrates=calibrates)
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
        reopened=words.text("Åbnet igen af koordinatoren: {reason}", reason=row.reopened)
        if row.reopened
        else "",
        taken_over=words.text("Overtaget fra en anden") if row.taken_over else "",
    )
