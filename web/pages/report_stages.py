"""How far a centre's report is, on its page and on the round's, and the pages that take it further."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from lirk.domain.access import Action, may
from lirk.domain.finding_replies import answers_own
from lirk.domain.people import Person
from lirk.domain.report_stages import GRANTED, LONGEST_REASON, USUAL_WAIT, ReportStage, ReportState
from lirk.domain.reports import CentreReport, Reply
from lirk.reports import reply_sentences, summary_sentences
from lirk.services.report_stages import AwaitedReply, CentreStage, ReadStage, RoundStages
from lirk.services.reports import RoundReports
from lirk.wording import Wording
from lirk.wording.report_stage_lines import ReadBy, stage_line
from web.pages.report_remarks import RemarksPart
from web.pages.reports import sections
from web.pages.voice import PageVoice, html, html_all, place_id

#: Text and address.
Link = tuple[str, str]
#: What a published version is fetched as, by the ending of its file.
FILES = {"pdf": "PDF", "xlsx": "XLSX", "csv": "CSV", "json": "JSON"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyPart:
    """One reply as the report's page tells it; ``outcome`` is empty where there is none."""

    id: str
    place: Markup
    question: str
    stance: Markup
    comment: tuple[str, ...]
    outcome: tuple[Markup, ...]
    answer: tuple[str, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StagePart:
    """reports/_stage.html and _replies.html.

    ``links`` are the leader's at a finding, by its id on the page; ``steps`` are the coordinator's; ``files`` are
    those of the version that is in force while its correction is a draft.
    """

    line: str
    draft: bool
    note: str
    steps: tuple[Link, ...]
    links: Mapping[str, tuple[Link, ...]]
    earlier: str
    files: tuple[Link, ...]
    opening: tuple[Markup, ...]
    replies: tuple[ReplyPart, ...]
    remarks: RemarksPart | None

    @classmethod
    def of(
        cls, report: CentreReport, address: str, actor: Person, words: Wording, *, today: date, led: bool
    ) -> "StagePart":
        """Return what a person sees of a report's stage on a day; ``led``: the centre has a leader who could reply."""
        stage = report.stage or ReportStage()
        voice = PageVoice(words, sections(words))
        writes = may(actor, Action.REPLY_TO_FINDINGS, centre=report.centre) and stage.takes_replies(today)
        publishes = may(actor, Action.PUBLISH_REPORTS, centre=report.centre)
        # A leader does not answer the own words, whatever else that person is.
        answers = publishes and stage.is_draft and not answers_own(actor, report.centre)
        told = reply_sentences.has_chapter(report)
        return cls(
            line=stage_line(
                stage,
                words,
                today=today,
                replied=bool(report.replies),
                objects=any(reply.objects and reply.outcome is None for reply in report.replies),
                led=led,
                reader=ReadBy.of(actor, report.centre),
            ),
            draft=stage.is_draft,
            note=_note(report, words) if writes else "",
            steps=tuple(_steps(stage, address, words, led=led)) if publishes else (),
            links=dict(_links(report, address, words)) if writes else {},
            earlier=_earlier(stage, words),
            files=tuple(_files(stage, address)),
            opening=html_all(reply_sentences.opening(report, voice)) if told else (),
            replies=tuple(
                _reply(reply, report, address, voice, writes=writes, answers=answers)
                for reply in report.replies
            ),
            remarks=RemarksPart.of(report, address, words) if writes else None,
        )


def _note(report: CentreReport, words: Wording) -> str:
    return words.text("Du kan skrive til hvert fund under »Fund«.") if report.findings else ""


def _steps(stage: ReportStage, address: str, words: Wording, *, led: bool) -> Iterator[Link]:
    if not stage.is_draft:
        yield words.text("Ret den udgivne rapport"), f"{address}/reopen"
        return
    yield _send_title(words, moves=stage.state is not ReportState.DRAFT, one=True, led=led), f"{address}/send"
    if stage.state is ReportState.WITH_LEADER or stage.replaces:
        yield words.text("Udgiv rapporten"), f"{address}/publish"


def _links(report: CentreReport, address: str, words: Wording) -> Iterator[tuple[str, tuple[Link, ...]]]:
    written = {(reply.checklist_id, reply.item_id) for reply in report.replies}
    for finding in report.findings:
        place = finding.checklist_id, finding.item.item_id
        text = words.text("Ret dit svar") if place in written else words.text("Skriv til fundet")
        link = text, f"{address}/replies/{place[0]}/{place[1]}"
        yield place_id(summary_sentences.key(finding)), (link,)


def _earlier(stage: ReportStage, words: Wording) -> str:
    if not (stage.is_draft and stage.replaces):
        return ""
    return words.text(
        "Version {version} er udgivet og gælder, til version {next} er udgivet. Hent version {version}:",
        version=str(stage.replaces),
        next=str(stage.version),
    )


def _files(stage: ReportStage, address: str) -> Iterator[Link]:
    if stage.is_draft and stage.replaces:
        for kind, name in FILES.items():
            yield name, f"{address}/versions/{stage.replaces}/{kind}"


def _reply(
    reply: Reply, report: CentreReport, address: str, voice: PageVoice, *, writes: bool, answers: bool
) -> ReplyPart:
    words, place = voice.words, f"{reply.checklist_id}/{reply.item_id}"
    links = [
        *([(words.text("Ret dit svar"), f"{address}/replies/{place}")] if writes else []),
        *([(_answer_text(reply, words), f"{address}/answers/{place}")] if answers else []),
        *(_correction(reply, report, f"{address}/findings/{place}/correct", words) if answers else ()),
    ]
    return ReplyPart(
        id=reply_id(reply.checklist_id, reply.item_id),
        place=html(reply_sentences.place(reply, voice)),
        question=reply.question,
        stance=html(reply_sentences.stance(reply, voice)),
        comment=tuple(reply_sentences.paragraphs(reply.comment)),
        outcome=html_all(reply_sentences.outcome(reply, report, voice)),
        answer=tuple(reply_sentences.paragraphs(reply.answer)),
        links=tuple(links),
    )


def reply_id(checklist_id: str, item_id: str) -> str:
    """Return where a reply stands on the report's page."""
    return f"reply-{checklist_id}-{item_id}"


def _correction(reply: Reply, report: CentreReport, address: str, words: Wording) -> Iterator[Link]:
    """Yield the way to what an objection that was found to be right is about: the answers in the cases."""
    corrected = {(one.checklist_id, one.item_id) for one in report.corrections}
    there = reply.number is not None or (reply.checklist_id, reply.item_id) in corrected
    if reply.objects and reply.outcome in GRANTED and there:
        yield words.text("Ret et svar efter en indsigelse"), address


def _answer_text(reply: Reply, words: Wording) -> str:
    return words.text("Svar lederen") if reply.outcome is None else words.text("Ret svaret til lederen")


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRow:
    """One centre's report on the round's page: how far it is, and what can be done now."""

    centre: str
    href: str
    line: str
    next: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StagesPart:
    """rounds/_reports.html: the reports of a closed round, by the alphabet, for the coordinator."""

    at: str
    rows: tuple[StageRow, ...]
    drafts: bool
    ready: bool

    @classmethod
    def of(cls, value: RoundStages, actor: Person, words: Wording, *, today: date) -> "StagesPart":
        """Return the part as it is on a day."""
        at = f"/rounds/{value.round.key}"
        return cls(
            at=at,
            rows=tuple(
                _row(one, f"{at}/reports/{one.address}", actor, words, today) for one in value.centres
            ),
            drafts=bool(value.unsent),
            ready=any(one.may_be_published_with_others for one in value.centres),
        )


def line_of(one: CentreStage | ReadStage, reader: ReadBy | None, words: Wording, today: date) -> str:
    """Return how far a report is, for whoever reads it."""
    return stage_line(
        one.stage,
        words,
        today=today,
        replied=one.replied,
        objects=one.objects,
        led=one.led,
        reader=reader,
    )


def _row(one: CentreStage, href: str, actor: Person, words: Wording, today: date) -> StageRow:
    answer = [(words.text("Svar lederen"), f"{href}#replies")] if one.waits else []
    return StageRow(
        centre=one.centre,
        href=href,
        line=line_of(one, ReadBy.of(actor, one.centre), words, today),
        next=(*answer, *_steps(one.stage, href, words, led=one.led)),
    )


def stage_lines(
    rounds: tuple[RoundReports, ...],
    stages: Mapping[tuple[str, str], ReadStage],
    actor: Person,
    words: Wording,
    *,
    today: date,
    led: Collection[str],
) -> dict[tuple[str, str], str]:
    """Return how far each report is for a person, by round and centre; ``led`` are the centres with a leader."""

    def line(key: str, centre: str) -> str:
        found = stages.get((key, centre)) or ReadStage(stage=ReportStage(), led=centre in led)
        return line_of(found, ReadBy.of(actor, centre), words, today)

    places = [(one.key, centre) for one in rounds for centre, _ in one.centres]
    return {place: line(*place) for place in places}


def awaited_lines(awaited: tuple[AwaitedReply, ...], words: Wording) -> tuple[Link, ...]:
    """Return what a leader is asked for, with where it is written."""
    return tuple(
        (
            _awaited_text(one, words),
            f"/rounds/{one.round_key}/reports/{one.address}#findings",
        )
        for one in awaited
    )


def _awaited_text(one: AwaitedReply, words: Wording) -> str:
    named = {"centre": one.centre, "round": one.round_title, "day": one.reply_by}
    if one.replied:
        return words.text(
            "Skriv mere til udkastet for {centre}, {round}, eller sig, at du ikke har flere bemærkninger, senest {day}",
            **named,
        )
    return words.text("Svar på udkastet for {centre}, {round}, senest {day}", **named)


@dataclass(frozen=True, slots=True, kw_only=True)
class SendPage:
    """reports/send.html: for one centre, or for all drafts of a round; nobody could reply in those ``leaderless``.

    ``published`` says how far the one report is where it is published and cannot be sent.
    """

    title: str
    round_title: str
    at: str
    back: str
    action: str
    centres: tuple[str, ...]
    leaderless: tuple[str, ...]
    published: str
    moves: bool
    reply_by: str
    example: str

    @classmethod
    def of(
        cls, value: RoundStages, words: Wording, *, one: bool, today: date, typed: str | None = None
    ) -> "SendPage":
        """Return the page; the day is two weeks ahead where none is set or typed."""
        at = f"/rounds/{value.round.key}"
        out = one and not value.centres[0].stage.is_draft
        chosen = () if out else value.centres if one else value.unsent
        known = chosen[0].stage.reply_by if one and chosen else None
        back = f"{at}/reports/{value.centres[0].address}" if one else f"{at}#reports"
        return cls(
            title=_send_title(words, moves=known is not None, one=one, led=not chosen or chosen[0].led),
            round_title=value.round.title,
            at=at,
            back=back,
            action=f"{back}/send" if one else f"{at}/send-reports",
            centres=tuple(centre.centre for centre in chosen),
            leaderless=tuple(centre.centre for centre in chosen if not centre.led),
            published=line_of(value.centres[0], None, words, today) if out else "",
            moves=known is not None,
            reply_by=_proposed(known, today).isoformat() if typed is None else typed,
            example=f"{today + USUAL_WAIT:%d.%m.%Y}",
        )


def _proposed(known: date | None, today: date) -> date:
    return known if known is not None and known >= today else today + USUAL_WAIT


def _send_title(words: Wording, *, moves: bool, one: bool, led: bool) -> str:
    if not one:
        return words.text("Send udkastene til lederne")
    if moves:
        return words.text("Flyt lederens frist") if led else words.text("Flyt fristen for svar")
    return words.text("Send udkastet til lederen") if led else words.text("Send udkastet med en frist")


def sent_receipt(sent: int, leaderless: Sequence[str], words: Wording) -> str:
    """Return that drafts were sent to their leaders, and in which centres nobody could get one."""
    led = sent - len(leaderless)
    told = []
    if led or not leaderless:
        told.append(
            words.plural("{count} udkast er sendt til lederen.", "{count} udkast er sendt til lederne.", led)
        )
    if leaderless:
        told.append(
            words.text(
                "Ingen kan svare for {centres}, for der er ingen leder i LIRK.",
                centres=words.listing(leaderless),
            )
        )
    return " ".join(told)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenPage:
    """reports/reopen.html."""

    centre: str
    round_title: str
    back: str
    published: bool
    version: str
    next: str
    reason: str
    limit: int

    @classmethod
    def of(cls, value: RoundStages, words: Wording, *, typed: str = "") -> "ReopenPage":
        """Return the page."""
        one = value.centres[0]
        return cls(
            centre=one.centre,
            round_title=value.round.title,
            back=f"/rounds/{value.round.key}/reports/{one.address}",
            published=not one.stage.is_draft,
            version=str(one.stage.latest),
            next=str(one.stage.latest + 1),
            reason=typed,
            limit=LONGEST_REASON,
        )
