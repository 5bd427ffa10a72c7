"""What was agreed when a centre's report was read in the section; it is part of the record, also after publication."""

from dataclasses import dataclass, replace
from datetime import datetime

from lirk.domain.access import Action, may
from lirk.domain.meetings import Meeting, MeetingChanged
from lirk.domain.people import Person, Role
from lirk.domain.rounds import Round, check_step
from lirk.errors import ProblemsFound
from lirk.services.reports import place_of
from lirk.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMeeting:
    """The meeting about a centre's report; ``meeting`` is None where none is recorded.

    ``writes``: whoever asked may record it.
    """

    round: Round
    centre: str
    meeting: Meeting | None
    writes: bool


def meeting_of(store: Store, actor: Person, key: str, address: str) -> ReportMeeting:
    """Return what is recorded of the meeting about the report that has this address.

    Raises
    ------
    NotFound
        In the same words if there is no such round, no such centre, or it is not the person's own.
    NotAllowed
        If the person's role reads no centre reports.
    RoundNotIn
        If the round is not closed.
    """
    round_, centre = place_of(store, actor, Action.READ_CENTRE_REPORT, key, address)
    check_step(round_, "report")
    return ReportMeeting(
        round=round_,
        centre=centre,
        meeting=store.meetings.of(round_.id, centre),
        writes=may(actor, Action.RECORD_MEETING, centre=centre),
    )


def record_meeting(
    store: Store, actor: Person, key: str, address: str, typed: Meeting, *, now: datetime
) -> Meeting:
    """Keep what a meeting came to, and return it as it is kept.

    Parameters
    ----------
    typed
        Its version is that of the record which the person had in front of them; 0 where there was none.

    Raises
    ------
    ProblemsFound
        With everything that is wrong; ``column`` names the field.
    MeetingChanged
        If somebody else has recorded it since.
    NotFound, NotAllowed, RoundNotIn
        See ``meeting_of``; not everyone who reads the report records the meeting.
    """
    round_, centre = place_of(store, actor, Action.RECORD_MEETING, key, address)
    check_step(round_, "report")
    closed_on = (round_.closed_at or round_.created_at).astimezone(now.tzinfo).date()
    if problems := tuple(typed.problems(closed_on=closed_on, today=now.date())):
        raise ProblemsFound(problems)
    version = store.meetings.keep(round_.id, centre, typed, at=now, by=actor.id)
    if version is None:
        raise MeetingChanged(centre=centre)
    store.trail.add("meeting-recorded", actor_id=actor.id, at=now, round=key, centre=centre, version=version)
    return replace(typed, version=version)


def not_read_yet(store: Store, actor: Person) -> frozenset[tuple[str, str]]:
    """Return the published reports of a leader's own centres without a recorded meeting: round's key and centre.

    A draft is replied to; it is read in the section when it is published.
    """
    if Role.CENTRE_LEADER not in actor.roles:
        return frozenset()
    led = {centre for centre in actor.centres if may(actor, Action.RECORD_MEETING, centre=centre)}
    keys = {one.id: one.key for one in store.rounds.all()}
    stages = store.report_stages.all().items()
    published = {(keys[pk], centre) for (pk, centre), stage in stages if stage.latest and centre in led}
    return frozenset(published - store.meetings.recorded())
