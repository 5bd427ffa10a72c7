"""The chapter with the centre's own words about the findings, apart from them; most reports have one."""

from collections.abc import Iterator

from reportlab.platypus import Flowable

from lirk.domain.reports import CentreReport, Reply
from lirk.reports.desk import Desk
from lirk.reports.markup import Markup
from lirk.reports.reply_sentences import has_chapter, opening, outcome, paragraphs, place, stance


def reply_chapter(report: CentreReport, desk: Desk) -> list[Flowable]:
    """Return what the leader said and what was answered; nothing where there is nothing to tell."""
    if not has_chapter(report):
        return []
    parts = desk.chapter("replies", desk.say.text("Centrets svar"))
    parts += desk.prose(*opening(report, desk))
    for reply in report.replies:
        parts += desk.beside(place(reply, desk), *_told(reply, report, desk))
    return parts


def _told(reply: Reply, report: CentreReport, desk: Desk) -> Iterator[str]:
    yield Markup.strong(reply.question)
    yield from _after(stance(reply, desk), reply.comment)
    for said in outcome(reply, report, desk):
        yield from _after(said, reply.answer)


def _after(said: Markup, text: str) -> Iterator[str]:
    """Yield somebody's words; the first line follows those that say whose they are."""
    first, *more = paragraphs(text) or [""]
    yield Markup.joined(" ", [Markup.strong(said), first])
    yield from more
