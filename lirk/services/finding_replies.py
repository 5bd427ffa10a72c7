"""The right of reply: what a leader says about the findings of the own centre, and what the coordinator answers."""

from dataclasses import dataclass, replace
from datetime import datetime

from lirk.domain.access import Action, require
from lirk.domain.finding_replies import FindingReply, ReplyChanged, ReplyUnknown, commented
from lirk.domain.finding_texts import FindingUnknown
from lirk.domain.people import Person
from lirk.domain.report_stages import ReportStage, ReportStep, check_reply, check_report_step
from lirk.domain.reports import CentreReport, Finding, ItemResult
from lirk.domain.rounds import Round
from lirk.errors import ProblemsFound
from lirk.services.reports import Reader, report_of
from lirk.storage.store import Store

#: A checklist and an item of it.
Place = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RepliedFinding:
    """A finding with what was said about it; ``finding`` is None where a correction left none at the item."""

    report: CentreReport
    stage: ReportStage
    item: ItemResult
    finding: Finding | None
    reply: FindingReply


def reply_to_write(
    store: Store, actor: Person, key: str, centre: str, place: Place, *, reader: Reader, now: datetime
) -> RepliedFinding:
    """Return a finding with what its leader has written so far.

    Raises
    ------
    NotFound, NotAllowed
        If the person does not lead the centre.
    ReportNotSent, ReplyTooLate, ReportPublished
        If nothing can be written today.
    FindingUnknown
        If the item is no finding, and nothing was said about it.
    RoundUnknown, RoundNotIn, lirk.services.reports.CentreUnknown
        If there is no such report.
    """
    require(actor, Action.REPLY_TO_FINDINGS, centre=centre)
    round_ = store.rounds.by_key(key)
    found = _replied(store, round_, centre, place, reader)
    check_reply(found.stage, centre=centre, today=now.date())
    return found


def write_reply(
    store: Store,
    actor: Person,
    key: str,
    centre: str,
    typed: FindingReply,
    *,
    reader: Reader,
    now: datetime,
) -> RepliedFinding:
    """Keep a leader's comment; an empty one takes it back.

    Parameters
    ----------
    typed
        Comment and whether it objects; its version is that of the reply which the person had in front of them.

    Raises
    ------
    ProblemsFound
        With everything that is wrong; ``column`` names the field.
    ReplyChanged
        If somebody else has written or answered since.
    NotFound, NotAllowed, ReportNotSent, ReplyTooLate, ReportPublished, FindingUnknown
        See ``reply_to_write``.
    """
    place = typed.checklist_id, typed.item_id
    found = reply_to_write(store, actor, key, centre, place, reader=reader, now=now)
    if problems := tuple(typed.comment_problems()):
        raise ProblemsFound(problems)
    said = commented(found.reply, typed.comment, objects=typed.objects)
    if said == found.reply and typed.version == found.reply.version:
        return found
    reply = replace(said, version=typed.version)
    round_ = store.rounds.by_key(key)
    version = store.finding_replies.keep_comment(round_.id, centre, reply, at=now, by=actor.id)
    _note(store, actor, "finding-reply-written", round_, centre, reply, version, now)
    return found


def reply_to_answer(
    store: Store, actor: Person, key: str, centre: str, place: Place, *, reader: Reader
) -> RepliedFinding:
    """Return what a leader said about a finding, with the coordinator's answer as it stands.

    Raises
    ------
    NotAllowed
        If the person publishes no reports.
    ReportPublished
        If nothing can be answered any more.
    ReplyUnknown
        If the leader has said nothing about it.
    RoundUnknown, RoundNotIn, FindingUnknown, lirk.services.reports.CentreUnknown
        If there is no such report or finding.
    """
    require(actor, Action.PUBLISH_REPORTS, centre=centre)
    found = _replied(store, store.rounds.by_key(key), centre, place, reader)
    check_report_step(found.stage, ReportStep.ANSWER, centre=centre)
    if not found.reply.written:
        raise ReplyUnknown
    return found


def write_answer(
    store: Store,
    actor: Person,
    key: str,
    centre: str,
    typed: FindingReply,
    *,
    reader: Reader,
    now: datetime,
) -> RepliedFinding:
    """Keep the coordinator's answer to a leader's comment.

    Parameters
    ----------
    typed
        Outcome and answer; its version is that of the reply which the person had in front of them.

    Raises
    ------
    ProblemsFound
        With everything that is wrong; ``column`` names the field.
    ReplyChanged
        If somebody else has written or answered since.
    NotAllowed, ReportPublished, ReplyUnknown
        See ``reply_to_answer``.
    """
    place = typed.checklist_id, typed.item_id
    found = reply_to_answer(store, actor, key, centre, place, reader=reader)
    reply = replace(found.reply, answer=typed.answer, outcome=typed.outcome, version=typed.version)
    if typed.version != found.reply.version:
        raise ReplyChanged
    if problems := tuple(reply.answer_problems()):
        raise ProblemsFound(problems)
    round_ = store.rounds.by_key(key)
    version = store.finding_replies.keep_answer(round_.id, centre, reply, at=now, by=actor.id)
    _note(store, actor, "finding-reply-answered", round_, centre, reply, version, now)
    return found


def _replied(store: Store, round_: Round, centre: str, place: Place, reader: Reader) -> RepliedFinding:
    report = report_of(store, round_, centre, reader)
    reply = store.finding_replies.of(round_.id, centre).get(place)
    finding, item = report.finding(*place), report.item(*place)
    if item is None or (finding is None and reply is None):
        raise FindingUnknown
    return RepliedFinding(
        report=report,
        stage=store.report_stages.of(round_.id, centre),
        item=item,
        finding=finding,
        reply=reply or FindingReply(checklist_id=place[0], item_id=place[1]),
    )


def _note(
    store: Store,
    actor: Person,
    action: str,
    round_: Round,
    centre: str,
    reply: FindingReply,
    version: int | None,
    now: datetime,
) -> None:
    """Write in the trail that a reply was kept, or refuse the one that was not."""
    if version is None:
        raise ReplyChanged
    store.trail.add(
        action,
        actor_id=actor.id,
        at=now,
        round=round_.key,
        centre=centre,
        checklist=reply.checklist_id,
        item=reply.item_id,
        version=version,
    )
