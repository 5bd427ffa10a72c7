"""How far the reports of a closed round are: sending drafts to the leaders, and opening what is published again."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from lirk.domain.access import Action, may, require
from lirk.domain.finding_replies import FindingReply
from lirk.domain.people import Person
from lirk.domain.report_stages import ReportStage, ReportState, date_problems, reopened, sent
from lirk.domain.rounds import Round, RoundState, check_step
from lirk.domain.todo import Todo
from lirk.errors import ProblemsFound
from lirk.services.reports import CentreUnknown, report_addresses
from lirk.storage.store import Store

#: What can wait in the reports of a closed round, in the order in which it is told.
WAITING = ("replies", "publishable", "drafts")


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreStage:
    """How far the report of a centre is; ``address`` stands for the centre in addresses.

    ``waits``: the leader has written something that nobody has answered. ``objects``: that includes an objection.
    ``unheard``: published now, it would be so while the leader could still write, or before the leader was asked.
    ``led``: somebody active is the centre's leader, and can read a draft and reply. ``replied``: the leader has
    written about a finding. ``ungranted`` and ``unchanged`` are the items at which an answer was corrected without an
    objection that is found to be right, and the other way round; ``partly`` are those of ``unchanged`` at which it is
    right in part. Only ``lirk.services.objections`` tells these three.
    """

    centre: str
    address: str
    stage: ReportStage
    waits: bool = False
    objects: bool = False
    unheard: bool = True
    led: bool = True
    replied: bool = False
    ungranted: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()

    @property
    def sent(self) -> bool:
        """Whether this version is with the leader."""
        return self.stage.state is ReportState.WITH_LEADER

    @property
    def may_be_published(self) -> bool:
        """Whether nothing but a confirmation is needed."""
        return (
            not self.objects
            and not self.ungranted
            and (self.sent or (self.stage.is_draft and self.stage.replaces > 0))
        )

    @property
    def may_be_published_with_others(self) -> bool:
        """Whether it is among those that are published at once.

        A report that is being corrected is not, nor one with an objection that was found to be right for nothing.
        """
        return self.may_be_published and self.sent and not self.unchanged


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundStages:
    """The reports of a closed round in Danish order of the centres."""

    round: Round
    centres: tuple[CentreStage, ...]

    def in_state(self, *states: ReportState) -> tuple[CentreStage, ...]:
        """Return the reports in one of the states."""
        return tuple(one for one in self.centres if one.stage.state in states)

    @property
    def unsent(self) -> tuple[CentreStage, ...]:
        """The drafts that are sent at once; one that corrects a published report is sent for itself."""
        return tuple(one for one in self.in_state(ReportState.DRAFT) if not one.stage.replaces)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadStage:
    """How far a report is that a person may read; the rest as of ``CentreStage``."""

    stage: ReportStage
    replied: bool = False
    objects: bool = False
    led: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedReply:
    """A draft that a leader may reply to: the round, the centre, its address, and the last day.

    ``replied``: something is written, and it is not said that it was all.
    """

    round_key: str
    round_title: str
    centre: str
    address: str
    reply_by: date
    replied: bool


def stages_of(store: Store, actor: Person, key: str, *, now: datetime) -> RoundStages:
    """Return how far each report of a closed round is.

    Raises
    ------
    RoundUnknown, NotAllowed, RoundNotIn
        If there is no such round, the person publishes nothing, or the round is not closed.
    """
    require(actor, Action.PUBLISH_REPORTS)
    round_ = store.rounds.by_key(key)
    check_step(round_, "report")
    stages, replies = store.report_stages.of_round(round_.id), store.finding_replies.of_round(round_.id)
    led = led_centres(store)
    return RoundStages(
        round=round_,
        centres=tuple(
            _centre(
                centre,
                address,
                stages.get(centre, ReportStage()),
                replies.get(centre, {}),
                today=now.date(),
                led=centre in led,
            )
            for centre, address in report_addresses(store, round_).items()
        ),
    )


def led_centres(store: Store) -> frozenset[str]:
    """Return the centres in which somebody could reply to a draft."""
    return frozenset(
        centre
        for person in store.people.all()
        for centre in person.centres
        if may(person, Action.REPLY_TO_FINDINGS, centre=centre)
    )


def without_leader(store: Store, centres: Iterable[str]) -> tuple[str, ...]:
    """Return the centres in which nobody could reply to a draft, in their order."""
    led = led_centres(store)
    return tuple(centre for centre in centres if centre not in led)


def _centre(
    centre: str,
    address: str,
    stage: ReportStage,
    replies: Mapping[tuple[str, str], FindingReply],
    *,
    today: date,
    led: bool,
) -> CentreStage:
    return CentreStage(
        centre=centre,
        address=address,
        stage=stage,
        waits=stage.is_draft and any(one.waits for one in replies.values()),
        objects=stage.is_draft and any(one.open_objection for one in replies.values()),
        unheard=stage.unheard(today),
        led=led,
        replied=any(one.written for one in replies.values()),
    )


def stages_read(store: Store, actor: Person) -> Mapping[tuple[str, str], ReadStage]:
    """Return how far the reports are that a person may read, by round and centre; drafts not touched are left out."""
    keys = {round_.id: round_.key for round_ in store.rounds.all()}
    written, objected = store.finding_replies.written(), store.finding_replies.open_objections()
    led = led_centres(store)
    return {
        (keys[round_id], centre): ReadStage(
            stage=stage,
            replied=(round_id, centre) in written,
            objects=(round_id, centre) in objected,
            led=centre in led,
        )
        for (round_id, centre), stage in store.report_stages.all().items()
        if may(actor, Action.READ_CENTRE_REPORT, centre=centre)
    }


def awaited_replies(store: Store, actor: Person, *, today: date) -> tuple[AwaitedReply, ...]:
    """Return the drafts that a leader may still write about, the day that comes first at the front.

    One is left out when the leader has said to have nothing to add, or nothing more.
    """
    if not any(may(actor, Action.REPLY_TO_FINDINGS, centre=centre) for centre in actor.centres):
        return ()
    rounds = {round_.id: round_ for round_ in store.rounds.all()}
    written = store.finding_replies.written()
    found = [
        _awaited(store, rounds[round_id], centre, stage.reply_by, replied=(round_id, centre) in written)
        for (round_id, centre), stage in store.report_stages.all().items()
        if stage.awaits_leader(today)
        and stage.reply_by is not None
        and may(actor, Action.REPLY_TO_FINDINGS, centre=centre)
    ]
    return tuple(sorted(found, key=lambda one: one.reply_by))


def _awaited(store: Store, round_: Round, centre: str, reply_by: date, *, replied: bool) -> AwaitedReply:
    return AwaitedReply(
        round_key=round_.key,
        round_title=round_.title,
        centre=centre,
        address=report_addresses(store, round_)[centre],
        reply_by=reply_by,
        replied=replied,
    )


def send_report(
    store: Store, actor: Person, key: str, centre: str, reply_by: date | None, *, now: datetime
) -> ReportStage:
    """Send a draft to its leader until a day, or move the day of one that is there.

    Raises
    ------
    ProblemsFound
        If the day is missing, has gone by or is too far ahead; ``column`` is ``reply_by``.
    ReportPublished
        If the report is published.
    RoundUnknown, CentreUnknown, NotAllowed, RoundNotIn
        See ``stages_of``.
    """
    require(actor, Action.PUBLISH_REPORTS, centre=centre)
    round_ = _reported(store, key, centre)
    return _send(store, actor, round_, centre, _checked(reply_by, now), now)


def send_drafts(
    store: Store, actor: Person, key: str, reply_by: date | None, *, now: datetime
) -> tuple[str, ...]:
    """Send every first draft of a closed round to its leader, and return the centres, in Danish order.

    Raises
    ------
    ProblemsFound, RoundUnknown, NotAllowed, RoundNotIn
        See ``send_report``.
    """
    found, until = stages_of(store, actor, key, now=now), _checked(reply_by, now)
    drafts = tuple(one.centre for one in found.unsent)
    for centre in drafts:
        _send(store, actor, found.round, centre, until, now)
    return drafts


def _checked(reply_by: date | None, now: datetime) -> date:
    problems = date_problems(reply_by, today=now.date())
    if reply_by is None or problems:
        raise ProblemsFound(problems)
    return reply_by


def _send(
    store: Store, actor: Person, round_: Round, centre: str, reply_by: date, now: datetime
) -> ReportStage:
    before = store.report_stages.of(round_.id, centre)
    stage = sent(before, reply_by, centre=centre, now=now)
    who = {"sent_by": actor.id} if before.state is ReportState.DRAFT else {}
    store.report_stages.keep(round_.id, centre, stage, **who)
    action = "report-sent" if who else "report-reply-date-moved"
    store.trail.add(
        action, actor_id=actor.id, at=now, round=round_.key, centre=centre, reply_by=reply_by.isoformat()
    )
    return stage


def reopen_report(
    store: Store, actor: Person, key: str, centre: str, reason: str, *, now: datetime
) -> ReportStage:
    """Make a draft of the next version of a published report; the published files stay as they are.

    Raises
    ------
    ProblemsFound
        If the reason is missing or cannot be kept; ``column`` is ``reason``.
    ReportNotPublished
        If the report is not published.
    RoundUnknown, CentreUnknown, NotAllowed, RoundNotIn
        See ``stages_of``.
    """
    require(actor, Action.PUBLISH_REPORTS, centre=centre)
    round_ = _reported(store, key, centre)
    stage = reopened(store.report_stages.of(round_.id, centre), reason, centre=centre)
    store.report_stages.keep(round_.id, centre, stage, sent_by=None, published_by=None)
    store.trail.add(
        "report-reopened", actor_id=actor.id, at=now, round=key, centre=centre, version=stage.version
    )
    return stage


def _reported(store: Store, key: str, centre: str) -> Round:
    round_ = store.rounds.by_key(key)
    check_step(round_, "report")
    if centre not in report_addresses(store, round_):
        raise CentreUnknown(round=key, centre=centre)
    return round_


def reports_waiting(store: Store, rounds: Iterable[Round], *, today: date) -> Mapping[int, tuple[Todo, ...]]:
    """Return what waits for the coordinator in the reports of closed rounds, by the round's id.

    Leaders to answer, drafts that can be published, and drafts to send; in a fixed number of statements.
    """
    closed = {round_.id for round_ in rounds if round_.state is RoundState.CLOSED}
    if not closed:
        return {}
    stages, waits = store.report_stages.all(), store.finding_replies.unanswered()
    objects = store.finding_replies.open_objections()
    counts: dict[int, Counter[str]] = {round_id: Counter() for round_id in closed}
    for place in store.cases.measured():
        if place[0] in closed:
            stage = stages.get(place, ReportStage())
            counts[place[0]].update(_waiting(stage, today, waits=place in waits, objects=place in objects))
    return {
        round_id: tuple(
            Todo(code=code, count=count[code], path="#reports") for code in WAITING if count[code]
        )
        for round_id, count in counts.items()
    }


def _waiting(stage: ReportStage, today: date, *, waits: bool, objects: bool) -> Iterator[str]:
    """Yield what of one report waits for the coordinator, as codes of ``WAITING``."""
    if waits and stage.is_draft:
        yield "replies"
    if stage.state is ReportState.WITH_LEADER and not stage.unheard(today) and not objects:
        yield "publishable"
    if stage.state is ReportState.DRAFT:
        yield "drafts"
