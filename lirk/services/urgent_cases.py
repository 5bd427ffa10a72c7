"""Cases that must be acted on now: a reviewer says so, coordinator and centre see it, and it is handled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from lirk.domain.access import Action, may, require
from lirk.domain.people import Person
from lirk.domain.reviewing import ReviewInHand
from lirk.domain.rounds import Round
from lirk.domain.todo import Todo
from lirk.domain.urgent_cases import (
    UrgentCase,
    UrgentCaseHandled,
    UrgentCaseOpen,
    UrgentInRound,
    UrgentReasonChanged,
    check_handling,
    check_urgent,
)
from lirk.errors import NotFound
from lirk.services.blindness import hidden_reviews
from lirk.services.reviewing import Opened, note_in_trail, open_reportable
from lirk.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentOpened(Opened):
    """A review whose reader may say that its case must be acted on now; ``said`` is what was said so far."""

    said: UrgentCase | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentRow:
    """An urgent case as one person may see it.

    ``blind``: the person reads the same case beside the one who said it, so the reason waits until both have
    finished. ``also``: what was said of the same case in other reviews, where a row stands for the case.
    """

    case: UrgentInRound
    blind: bool
    also: tuple["UrgentRow", ...] = ()

    @property
    def reason(self) -> str:
        """Why the case must be acted on; empty where it is not for this person yet."""
        return "" if self.blind else self.case.reason

    @property
    def reasons(self) -> tuple[str, ...]:
        """All that was said of the case, each once; empty texts for what is not for this person yet."""
        return tuple(dict.fromkeys(one.reason for one in (self, *self.also)))


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentOfRound:
    """The urgent cases of a round by running number: those that wait, and those that were handled."""

    round: Round
    waiting: tuple[UrgentRow, ...]
    handled: tuple[UrgentRow, ...]


def urgent_page(store: Store, actor: Person, review_id: int) -> UrgentOpened:
    """Return a review with what its reader said so far of acting on the case now.

    Raises
    ------
    NotFound, RoundNotIn, NotYetOpen
        As ``lirk.services.reviewing.open_reportable``.
    """
    return said_in(store, actor, open_reportable(store, actor, review_id))


def said_in(store: Store, actor: Person, opened: Opened) -> UrgentOpened:
    """Return a review that a person has opened with what they said of acting on its case now."""
    said = said_by(store, actor, opened.review.id)
    return UrgentOpened(review=opened.review, walk=opened.walk, said=said)


def said_by(store: Store, actor: Person, review_id: int) -> UrgentCase | None:
    """Return what a person said in a review of acting on its case now; another's words are not theirs to see."""
    said = store.urgent_cases.get(review_id)
    return said if said is not None and said.raised_by == actor.id else None


def raise_urgent(
    store: Store, actor: Person, review_id: int, reason: str, *, was: str = "", now: datetime
) -> None:
    """Say that a case must be acted on now; with another reason, a case that was handled waits again.

    Parameters
    ----------
    was
        The reason that the page was made from, empty where none was stored.

    Raises
    ------
    ProblemsFound
        If the reason is missing or cannot be kept.
    UrgentReasonChanged
        If the actor has stored another reason meanwhile; nothing is kept.
    NotFound, RoundNotIn, NotYetOpen
        As `urgent_page`.
    """
    page = urgent_page(store, actor, review_id)
    keep_urgent(store, actor, page.review, check_urgent(reason), was=was, now=now)


def keep_urgent(
    store: Store, actor: Person, review: ReviewInHand, reason: str, *, was: str = "", now: datetime
) -> None:
    """Keep why the case of a review must be acted on now; the same reason again changes nothing.

    What somebody said who had the review before stays, and this is added to it.

    Raises
    ------
    UrgentReasonChanged
        If the actor has stored another reason than it ``was`` on the page; nothing is kept.
    """
    said, raiser = store.urgent_cases.get(review.id), actor.id
    if said is not None and said.raised_by == actor.id and said.reason not in {was, reason}:
        raise UrgentReasonChanged
    if said is not None and said.raised_by not in {None, actor.id}:
        if reason in said.reason.split("\n\n"):
            return
        # The earlier reader keeps standing for it, so that neither is shown what the other wrote.
        reason, raiser = f"{said.reason}\n\n{reason}", said.raised_by or actor.id
    if said is not None and said.reason == reason:
        return
    waits = said is not None and said.handled_at is None
    store.urgent_cases.keep(
        UrgentCase(
            review_id=review.id,
            reason=reason,
            raised_at=said.raised_at if said is not None and waits else now,
            raised_by=raiser,
        )
    )
    note_in_trail(store, actor, "urgent-changed" if waits else "urgent-raised", review, now)


def urgent_of_round(store: Store, actor: Person, key: str) -> UrgentOfRound:
    """Return what must be acted on in a round, and what was handled.

    Raises
    ------
    RoundUnknown
        If there is no such round.
    """
    require(actor, Action.SEE_ROUND)
    round_ = store.rounds.by_key(key)
    rows = _rows(store, actor, store.urgent_cases.of(round_.id))
    return UrgentOfRound(
        round=round_,
        waiting=tuple(row for row in rows if row.case.handled_at is None),
        handled=tuple(row for row in rows if row.case.handled_at is not None),
    )


def urgent_in_round(store: Store, actor: Person, key: str, review_id: int) -> UrgentRow:
    """Return one urgent case of a round.

    Raises
    ------
    RoundUnknown, NotFound
        If there is none.
    """
    require(actor, Action.SEE_ROUND)
    store.rounds.by_key(key)
    found = store.urgent_cases.find(review_id)
    if found is None or found.round_key != key:
        raise NotFound
    return _rows(store, actor, [found])[0]


def handle_urgent(
    store: Store, actor: Person, key: str, review_id: int, handling: str, *, now: datetime
) -> UrgentInRound:
    """Write down what was done about an urgent case, which does not wait any more.

    Raises
    ------
    UrgentCaseHandled
        If it is marked as handled already.
    ProblemsFound
        If what was done is missing or cannot be kept.
    RoundUnknown, NotFound
        As `urgent_in_round`.
    """
    require(actor, Action.RUN_ROUND)
    case = urgent_in_round(store, actor, key, review_id).case
    if case.handled_at is not None:
        raise UrgentCaseHandled(number=str(case.number))
    store.urgent_cases.handle(review_id, check_handling(handling), at=now, by=actor.id)
    _note(store, actor, "urgent-handled", case, now)
    return case


def undo_handling(store: Store, actor: Person, key: str, review_id: int, *, now: datetime) -> UrgentInRound:
    """Let an urgent case wait again; what was written stays, to be gone on with.

    Raises
    ------
    UrgentCaseOpen
        If it waits already.
    RoundUnknown, NotFound
        As `urgent_in_round`.
    """
    require(actor, Action.RUN_ROUND)
    case = urgent_in_round(store, actor, key, review_id).case
    if case.handled_at is None:
        raise UrgentCaseOpen(number=str(case.number))
    store.urgent_cases.open_again(review_id)
    _note(store, actor, "urgent-handling-undone", case, now)
    return case


def urgent_of_own_centres(store: Store, actor: Person) -> tuple[UrgentRow, ...]:
    """Return what must be acted on now in the person's own centres, by round and running number.

    One row for each case, whether one or more readers said so: the centre does not learn how many read it.

    Raises
    ------
    NotAllowed
        If the person leads no centre and is no centre's contact.
    """
    require(actor, Action.SEE_URGENT, centre=_any_own_centre(actor))
    return _by_case(_rows(store, actor, store.urgent_cases.open_of_centres(actor.centres)))


def urgent_to_see(store: Store, actor: Person) -> int:
    """Return how many urgent cases wait in the person's own centres; none where they are not the person's."""
    if not may(actor, Action.SEE_URGENT, centre=_any_own_centre(actor)):
        return 0
    return len({one.case_pk for one in store.urgent_cases.open_of_centres(actor.centres)})


def identify_urgent(store: Store, actor: Person, review_id: int, *, now: datetime) -> UrgentRow:
    """Return an urgent case of the person's own centre with its case number; the trail says who looked.

    Raises
    ------
    NotFound
        If there is none that waits, or it is another centre's.
    NotAllowed
        If the person's role sees none.
    """
    found = store.urgent_cases.find(review_id)
    require(actor, Action.SEE_URGENT, centre=found.centre if found else None)
    if found is None or found.centre not in actor.centres or found.handled_at is not None:
        raise NotFound
    _note(store, actor, "urgent-identified", found, now)
    waiting = store.urgent_cases.open_of_centres([found.centre])
    of_case = _rows(store, actor, (one for one in waiting if one.case_pk == found.case_pk))
    return _by_case(of_case)[0]


def urgent_in(store: Store, actor: Person, round_: Round) -> tuple[Todo, ...]:
    """Return in how many cases of a round something is to be done now."""
    count = store.urgent_cases.open_in(round_.id)
    return (Todo(code="urgent", count=count, path="/urgent"),) if count else ()


def urgent_waiting(store: Store, round_: Round) -> Mapping[str, tuple[int, ...]]:
    """Return the cases that keep a round from being closed because nobody has written what was done."""
    waiting = {one.number for one in store.urgent_cases.of(round_.id) if one.handled_at is None}
    return {"urgent-cases-open": tuple(sorted(waiting))}


def _any_own_centre(actor: Person) -> str | None:
    return next(iter(sorted(actor.centres)), None)


def _rows(store: Store, actor: Person, cases: Iterable[UrgentInRound]) -> tuple[UrgentRow, ...]:
    found = tuple(cases)
    hidden = {
        review_id
        for round_id in sorted({one.round_id for one in found})
        for review_id in hidden_reviews(store, actor, round_id)
    }
    return tuple(UrgentRow(case=one, blind=one.review_id in hidden) for one in found)


def _by_case(rows: Iterable[UrgentRow]) -> tuple[UrgentRow, ...]:
    """Return one row for each case, that of what was said first, with the others of the case."""
    cases: dict[int, list[UrgentRow]] = {}
    for row in rows:
        cases.setdefault(row.case.case_pk, []).append(row)
    return tuple(replace(first, also=tuple(rest)) for first, *rest in cases.values())


def _note(store: Store, actor: Person, action: str, case: UrgentInRound, now: datetime) -> None:
    store.trail.add(
        action,
        actor_id=actor.id,
        at=now,
        round=case.round_key,
        number=case.number,
        checklist=case.checklist_id,
        centre=case.centre,
    )
