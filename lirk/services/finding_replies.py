"""The right of reply: what a leader says about the findings of the own centre, and what the coordinator answers."""

from dataclasses import dataclass, replace
from datetime import datetime

from lirk.domain.access import Action, require
from lirk.domain.finding_replies import FindingReply, ReplyChanged, ReplyUnknown, check_not_own, commented
from lirk.domain.finding_texts import FindingUnknown
from lirk.domain.objections import leader_problems, outcome_problems
from lirk.domain.people import Person
from lirk.domain.report_stages import (
    DraftChanged,
    ReportStage,
    ReportStep,
    check_reply,
    check_report_step,
    with_remarks,
    without_remarks,
)
from lirk.domain.reports import CentreReport, Finding, ItemResult
from lirk.domain.rounds import Round, check_step
from lirk.errors import ProblemsFound
from lirk.services.objections import resting
from lirk.services.remarks import ask_again, keep_remarks, mark_of
from lirk.services.reports import Reader, report_of
from lirk.storage.store import Store

#: A checklist and an item of it.
Place = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RepliedFinding:
    """A finding with what was said about it; ``finding`` is None where a correction left none at the item.

    ``asked_again``: the leader had nothing to add to the draft before it was changed, and is asked again.
    """

    report: CentreReport
    stage: ReportStage
    item: ItemResult
    finding: Finding | None
    reply: FindingReply
    asked_again: bool = False


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
    """Keep a leader's comment; an empty one takes it back, and any other the word that there is nothing to add.

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
    if typed.version != found.reply.version:
        raise ReplyChanged
    round_ = store.rounds.by_key(key)
    corrections = resting(store, round_, found.report)
    if problems := (*typed.comment_problems(), *leader_problems(found.reply, typed, corrections)):
        raise ProblemsFound(problems)
    reply = commented(found.reply, typed.comment, objects=typed.objects)
    if reply == found.reply:
        return found
    version = store.finding_replies.keep_comment(round_.id, centre, reply, at=now, by=actor.id)
    _note(store, actor, "finding-reply-written", round_, centre, reply, version, now)
    if reply.written and found.stage.no_remarks_at is not None:
        _keep_stage(store, actor, round_, centre, replace(found.stage, no_remarks_at=None), now)
    return found


def say_no_remarks(
    store: Store, actor: Person, key: str, centre: str, *, seen: str, reader: Reader, now: datetime
) -> ReportStage:
    """Keep that a leader has read the draft and has nothing to add: the leader is heard.

    Parameters
    ----------
    seen
        The mark of the draft that the leader had in front of them.

    Raises
    ------
    NotFound, NotAllowed
        If the person does not lead the centre.
    ReportNotSent, ReplyTooLate, ReportPublished
        If nothing can be said today.
    RoundUnknown, RoundNotIn
        If there is no such round, or it is not closed.
    DraftChanged
        If the draft says something else by now.
    """
    round_, stage = _led(store, actor, key, centre)
    said = without_remarks(stage, centre=centre, now=now)
    if seen != mark_of(report_of(store, round_, centre, reader)):
        raise DraftChanged(centre=centre)
    return said if said == stage else _keep_stage(store, actor, round_, centre, said, now)


def have_remarks(store: Store, actor: Person, key: str, centre: str, *, now: datetime) -> ReportStage:
    """Take back that there is nothing to add.

    Raises
    ------
    NotFound, NotAllowed, ReportNotSent, ReplyTooLate, ReportPublished, RoundUnknown, RoundNotIn
        See ``say_no_remarks``.
    """
    round_, stage = _led(store, actor, key, centre)
    said = with_remarks(stage, centre=centre, today=now.date())
    return said if said == stage else _keep_stage(store, actor, round_, centre, said, now)


def _led(store: Store, actor: Person, key: str, centre: str) -> tuple[Round, ReportStage]:
    require(actor, Action.REPLY_TO_FINDINGS, centre=centre)
    round_ = store.rounds.by_key(key)
    check_step(round_, "report")
    return round_, store.report_stages.of(round_.id, centre)


def _keep_stage(
    store: Store, actor: Person, round_: Round, centre: str, stage: ReportStage, now: datetime
) -> ReportStage:
    """Keep whether there is anything to add, and say so in the trail."""
    action = "report-has-remarks" if stage.no_remarks_at is None else "report-without-remarks"
    return keep_remarks(store, actor, round_, centre, stage, action=action, now=now)


def reply_to_answer(
    store: Store, actor: Person, key: str, centre: str, place: Place, *, reader: Reader
) -> RepliedFinding:
    """Return what a leader said about a finding, with the coordinator's answer as it stands.

    Raises
    ------
    NotAllowed
        If the person publishes no reports.
    AnswersOwnReplies
        If the person leads the centre.
    ReportPublished
        If nothing can be answered any more.
    ReplyUnknown
        If the leader has said nothing about it.
    RoundUnknown, RoundNotIn, FindingUnknown, lirk.services.reports.CentreUnknown
        If there is no such report or finding.
    """
    require(actor, Action.PUBLISH_REPORTS, centre=centre)
    check_not_own(actor, centre)
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
    """Keep the coordinator's answer to a leader's comment; the word that there is nothing to add counts no longer.

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
    NotAllowed, AnswersOwnReplies, ReportPublished, ReplyUnknown
        See ``reply_to_answer``.
    """
    place = typed.checklist_id, typed.item_id
    found = reply_to_answer(store, actor, key, centre, place, reader=reader)
    reply = replace(found.reply, answer=typed.answer, outcome=typed.outcome, version=typed.version)
    if typed.version != found.reply.version:
        raise ReplyChanged
    round_ = store.rounds.by_key(key)
    corrections = resting(store, round_, found.report)
    if problems := (*reply.answer_problems(), *outcome_problems(reply, corrections)):
        raise ProblemsFound(problems)
    version = store.finding_replies.keep_answer(round_.id, centre, reply, at=now, by=actor.id)
    _note(store, actor, "finding-reply-answered", round_, centre, reply, version, now)
    asked_again = reply != found.reply and ask_again(store, actor, round_, centre, now=now)
    return replace(found, asked_again=asked_again)


def said_so_far(
    store: Store, actor: Person, key: str, centre: str, place: Place, *, action: Action, reader: Reader
) -> RepliedFinding:
    """Return an item with what was said about it, also where nothing more can be said.

    A page gives back with it a text that came too late: ``action`` is what the person would have done.

    Raises
    ------
    FindingUnknown
        If there is no such item.
    NotFound, NotAllowed, RoundUnknown, RoundNotIn, lirk.services.reports.CentreUnknown
        See ``reply_to_write``.
    """
    require(actor, action, centre=centre)
    return _replied(store, store.rounds.by_key(key), centre, place, reader, also_none=True)


def _replied(
    store: Store, round_: Round, centre: str, place: Place, reader: Reader, *, also_none: bool = False
) -> RepliedFinding:
    """Return an item with what was said; ``also_none``: where it is no finding, and nothing was said, too."""
    report = report_of(store, round_, centre, reader)
    reply = store.finding_replies.of(round_.id, centre).get(place)
    finding, item = report.finding(*place), report.item(*place)
    if item is None or (finding is None and reply is None and not also_none):
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
