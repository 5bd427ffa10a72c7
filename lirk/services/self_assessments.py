"""A leader's self-assessments round by round, and the first look at a report, after which they are locked."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lirk.domain.access import Action, may, require
from lirk.domain.alphabet import danish_key
from lirk.domain.people import Person, Role
from lirk.domain.place_forms import PlaceForm, PlaceKind
from lirk.domain.rounds import Round, RoundState, check_step
from lirk.services import place_forms, reports
from lirk.storage.store import Store


class AssessmentState(StrEnum):
    """How far a self-assessment is; ``LOCKED``: the report was seen."""

    NOT_BEGUN = "not-begun"
    BEGUN = "begun"
    FINISHED = "finished"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The self-assessment of a centre in a round; ``form`` is None where none was begun.

    ``address`` names the centre within the round.
    """

    round: Round
    centre: str
    address: str
    form: PlaceForm | None
    seen_at: datetime | None

    @property
    def state(self) -> AssessmentState:
        """How far it is."""
        if self.seen_at is not None:
            return AssessmentState.LOCKED
        if self.form is None:
            return AssessmentState.NOT_BEGUN
        return AssessmentState.BEGUN if self.form.finished_at is None else AssessmentState.FINISHED


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessments:
    """A leader's self-assessments, the latest round first; ``offered`` where its checklist is in force."""

    mine: tuple[Assessment, ...]
    offered: bool


def assessments(store: Store, actor: Person, *, now: datetime) -> Assessments:
    """Return the self-assessments of the centres that a person leads, from the draw of each round on.

    A round whose report was seen without one is left out: nothing can be done about it, and nothing read.

    Raises
    ------
    NotAllowed, NotFound
        If the person leads no centre.
    """
    require(actor, Action.ASSESS_SELF, centre=next(iter(actor.centres), None))
    measured = store.cases.measured()
    found = [
        _assessment(store, round_, centre)
        for round_ in sorted(store.rounds.all(), key=lambda one: (one.created_at, one.id), reverse=True)
        for centre in sorted(actor.centres, key=danish_key)
        if round_.state is not RoundState.COMMITTED
        and (round_.id, centre) in measured
        and may(actor, Action.ASSESS_SELF, centre=centre)
    ]
    return Assessments(
        mine=tuple(one for one in found if one.form is not None or one.seen_at is None),
        offered=bool(place_forms.checklists_for(store, PlaceKind.SELF_ASSESSMENT, now.date())),
    )


def awaited(store: Store, actor: Person, *, now: datetime) -> dict[tuple[int, str], AssessmentState]:
    """Return what a leader has left of the self-assessments of rounds under way, by round's id and centre."""
    leads = [centre for centre in actor.centres if may(actor, Action.ASSESS_SELF, centre=centre)]
    if not leads:
        return {}
    measured = store.cases.measured()
    running = [one for one in store.rounds.all() if one.state in {RoundState.DRAWN, RoundState.REVIEWING}]
    offered = bool(place_forms.checklists_for(store, PlaceKind.SELF_ASSESSMENT, now.date()))
    found = (
        _assessment(store, round_, centre)
        for round_ in running
        for centre in leads
        if (round_.id, centre) in measured
    )
    left = {AssessmentState.BEGUN, *([AssessmentState.NOT_BEGUN] if offered else [])}
    return {(one.round.id, one.centre): one.state for one in found if one.state in left}


def begin(store: Store, actor: Person, key: str, address: str, *, now: datetime) -> PlaceForm:
    """Begin the self-assessment of a centre in a round, or return the one that is there.

    Raises
    ------
    NotFound
        If there is no such round or centre, or the person does not lead it.
    NotAllowed
        If the person's role assesses nothing.
    PlaceFormLocked, NoPlaceChecklist
        See each.
    """
    round_, centre = reports.place_of(store, actor, Action.ASSESS_SELF, key, address)
    return place_forms.begin_self_assessment(store, actor, round_id=round_.id, centre=centre, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstLook:
    """A leader is about to see a report for the first time, and the self-assessment is not finished."""

    round: Round
    centre: str
    form: PlaceForm | None


def first_look(store: Store, actor: Person, key: str, address: str, *, now: datetime) -> FirstLook | None:
    """Return what to tell a leader before the report, or None: then the report is shown, and that is noted.

    Nothing is withheld: whoever wants to read the report without a self-assessment says so with `open_report`.

    Raises
    ------
    NotFound, NotAllowed, RoundNotIn
        As `lirk.services.reports.centre_report_at`.
    """
    round_, centre = _readable(store, actor, key, address)
    if not _leads(actor, centre) or store.place_forms.seen_at(round_.id, centre) is not None:
        return None
    form = store.place_forms.self_assessment(round_.id, centre)
    offered = form or place_forms.checklists_for(store, PlaceKind.SELF_ASSESSMENT, now.date())
    if offered and (form is None or form.finished_at is None):
        return FirstLook(round=round_, centre=centre, form=form)
    _note_seen(store, actor, round_, centre, now)
    return None


def open_report(store: Store, actor: Person, key: str, address: str, *, now: datetime) -> None:
    """Note that a leader goes on to the report, whatever the self-assessment is like; once.

    Raises
    ------
    NotFound, NotAllowed, RoundNotIn
        As `lirk.services.reports.centre_report_at`.
    """
    round_, centre = _readable(store, actor, key, address)
    if _leads(actor, centre) and store.place_forms.seen_at(round_.id, centre) is None:
        _note_seen(store, actor, round_, centre, now)


def _readable(store: Store, actor: Person, key: str, address: str) -> tuple[Round, str]:
    round_, centre = reports.place_of(store, actor, Action.READ_CENTRE_REPORT, key, address)
    check_step(round_, "report")
    return round_, centre


def _leads(actor: Person, centre: str) -> bool:
    return Role.CENTRE_LEADER in actor.roles and centre in actor.centres


def _note_seen(store: Store, actor: Person, round_: Round, centre: str, now: datetime) -> None:
    store.place_forms.note_seen(round_.id, centre, at=now, by=actor.id)
    store.trail.add("report-seen", actor_id=actor.id, at=now, round=round_.key, centre=centre)


def _assessment(store: Store, round_: Round, centre: str) -> Assessment:
    return Assessment(
        round=round_,
        centre=centre,
        address=reports.report_addresses(store, round_)[centre],
        form=store.place_forms.self_assessment(round_.id, centre),
        seen_at=store.place_forms.seen_at(round_.id, centre),
    )
