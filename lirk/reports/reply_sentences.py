"""The sentences around a centre's replies, the same on paper and page."""

from datetime import date

from lirk.domain.report_stages import ReportStage
from lirk.domain.reports import CentreReport, Reply
from lirk.reports.markup import Markup
from lirk.reports.stage_sentences import is_draft
from lirk.reports.voice import Voice
from lirk.wording.report_stages import OUTCOMES


def has_chapter(report: CentreReport) -> bool:
    """Return whether there is anything to tell: a reply, that there are no remarks, or that nobody replied in time."""
    return bool(report.replies) or _no_remarks(report) is not None or _had_time(report)


def opening(report: CentreReport, voice: Voice) -> list[Markup]:
    """Return whose words these are, or that the leader wrote none."""
    stage, said = report.stage, _no_remarks(report)
    if report.replies or stage is None:
        return [_whose(report, voice), *_no_more(said, voice)]
    if said:
        return [
            voice.say.text(
                "Centrets leder har læst rapporten som udkast og meddelte {day} ikke at have bemærkninger til den.",
                day=said,
            )
        ]
    return [_nothing_written(stage, voice)]


def _whose(report: CentreReport, voice: Voice) -> Markup:
    """Return who has read what, and that it is no part of the figures."""
    earlier = {reply.to_version for reply in report.replies if reply.to_version is not None}
    if not earlier:
        return voice.say.text(
            "Centrets leder har læst rapporten som udkast. Her står lederens ord om fundene og koordinatorens "
            "svar. De er ikke en del af målingen."
        )
    if report.stage is not None and report.stage.sent_at is None:
        return voice.say.text(
            "Centrets leder har ikke fået version {version} som udkast. Her står lederens ord om en tidligere version "
            "og koordinatorens svar. De er ikke en del af målingen.",
            version=str(report.stage.version),
        )
    return voice.say.text(
        "Centrets leder har fået rapporten som udkast. Her står lederens ord om fundene, nogle af dem om en tidligere "
        "version, og koordinatorens svar. De er ikke en del af målingen."
    )


def _no_more(said: date | None, voice: Voice) -> list[Markup]:
    if said is None:
        return []
    return [voice.say.text("Lederen meddelte {day} ikke at have flere bemærkninger.", day=said)]


def _nothing_written(stage: ReportStage, voice: Voice) -> Markup:
    if stage.published_at and stage.reply_by and stage.published_at.date() <= stage.reply_by:
        return voice.say.text(
            "Centrets leder fik rapporten som udkast og har ikke skrevet noget til fundene. Rapporten blev "
            "udgivet, før fristen {day} var gået.",
            day=stage.reply_by,
        )
    return voice.say.text(
        "Centrets leder fik rapporten som udkast og har ikke skrevet noget til fundene. Fristen var {day}.",
        day=stage.reply_by,
    )


def place(reply: Reply, voice: Voice) -> Markup:
    """Return what it is about: ``Fund 2``, or the item where a correction left no finding."""
    if reply.number is None:
        return voice.say.text("Punkt {number}", number=reply.item)
    return voice.say.text("Fund {number}", number=reply.number)


def stance(reply: Reply, voice: Voice) -> Markup:
    """Return how the leader's words begin, and which version they are about where it is not this one."""
    if reply.to_version is not None:
        return _earlier_stance(reply, voice)
    if reply.objects:
        return voice.say.text("Lederen er uenig i fundet:")
    return voice.say.text("Lederen skriver:")


def _earlier_stance(reply: Reply, voice: Voice) -> Markup:
    say, version = voice.say, str(reply.to_version)
    if reply.to_version and reply.objects:
        return say.text("Lederen er uenig i fundet (til version {version}):", version=version)
    if reply.to_version:
        return say.text("Lederen skriver (til version {version}):", version=version)
    if reply.objects:
        return say.text("Lederen er uenig i fundet (til en tidligere version):")
    return say.text("Lederen skriver (til en tidligere version):")


def outcome(reply: Reply, report: CentreReport, voice: Voice) -> list[Markup]:
    """Return what came of it; nothing where a comment needed no answer."""
    if reply.outcome is None:
        waits = voice.say.text("Koordinatoren har ikke svaret endnu.")
        return [waits] if is_draft(report) else []
    return [
        voice.say.text("Koordinatoren svarer: {outcome}.", outcome=voice.words.text(OUTCOMES[reply.outcome]))
    ]


def paragraphs(text: str) -> list[str]:
    """Return the lines of what somebody wrote, without empty ones."""
    return [line for line in text.splitlines() if line.strip()]


def _no_remarks(report: CentreReport) -> date | None:
    """Return the day on which the leader said to have no remarks, or no more."""
    at = report.stage.no_remarks_at if report.stage else None
    return at.date() if at else None


def _had_time(report: CentreReport) -> bool:
    stage = report.stage
    return stage is not None and not stage.is_draft and stage.reply_by is not None
