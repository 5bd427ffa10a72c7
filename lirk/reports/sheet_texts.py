"""The sentences of a centre's report as a spreadsheet says them: plain texts, and places are sheets."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import unescape

from lirk.domain.meetings import Meeting
from lirk.domain.reports import CentreReport
from lirk.reports import (
    correction_sentences,
    meeting_sentences,
    method_sentences,
    result_sentences,
    summary_sentences,
)
from lirk.reports.markup import MarkedWording, Markup
from lirk.reports.since_last import since_last
from lirk.reports.stage_sentences import issued, marks, replaced
from lirk.reports.used_checklists import cover_line, identified
from lirk.wording import Wording

_TAG = re.compile(r"</?(?:b|i)>")


@dataclass(frozen=True, slots=True)
class SheetVoice:
    """Fulfils ``lirk.reports.voice.Voice`` for a spreadsheet; ``sheet`` is the one whose sentences are said."""

    words: Wording
    sheet: str = ""

    @property
    def say(self) -> MarkedWording:
        """The wording, marked."""
        return MarkedWording(self.words)

    def see(self, key: str) -> Markup:
        """Return ``fund 3`` or ``arket »Metode«``."""
        if key.startswith("finding "):
            return self.say.text("fund {number}", number=key.removeprefix("finding "))
        return self.say.text("arket »{heading}«", heading=self._sheet(key))

    def where(self, key: str) -> Markup:
        """Return ``i arket »Metode«``, or within that sheet ``nederst i dette ark``."""
        if self._sheet(key) == self.sheet:
            return self.say.text("nederst i dette ark")
        return self.say.text("i {place}", place=self.see(key))

    def _sheet(self, key: str) -> str:
        sheets = {"findings": self.words.text("Fund"), "rounds": self.words.text("Egne runder")}
        return sheets.get(key, self.words.text("Metode"))


def plain(text: str) -> str:
    """Return a sentence without its tags; a text that is not marked stays as it is."""
    return unescape(_TAG.sub("", text)) if isinstance(text, Markup) else text


def summary_lines(report: CentreReport, voice: SheetVoice) -> Iterator[tuple[str, str]]:
    """Yield *Kort fortalt* as label and text, the title first; then each checklist's cases as a whole."""
    words = voice.words
    yield words.text("{centre}, {round}", centre=report.centre, round=report.round_title), ""
    yield from _under(words.text("Bemærkning"), [mark] if (mark := marks(report, words)) else [])
    checklists = (cover_line(checklist.used, voice) for checklist in report.checklists)
    about = [issued(report, voice), *replaced(report, voice), *checklists]
    yield from _under(words.text("Rapporten"), about)
    yield from _under(words.text("Kort fortalt"), [summary_sentences.who_and_what(report, voice)])
    yield from _under(words.text("Det går godt"), summary_sentences.going_well(report, voice))
    to_do = report.to_do[: summary_sentences.MOST_TO_DO]
    yield from _under(
        words.text("Det skal I gøre noget ved"),
        [
            *summary_sentences.critical_lines(report, voice),
            *(summary_sentences.to_do(finding, voice) for finding in to_do),
        ],
    )
    yield from _under(words.text("Siden sidst"), [since_last(report, voice)])
    yield from _under(words.text("Næste skridt"), summary_sentences.next_steps(report, voice))
    yield from _under(words.text("Brug af tallene"), [summary_sentences.caution(report, voice)])
    for checklist in report.checklists:
        yield from _under(checklist.title, result_sentences.whole_cases(checklist, voice))


def method_lines(report: CentreReport, voice: SheetVoice) -> Iterator[tuple[str, str]]:
    """Yield the method as label and text, in the order of the PDF, and all that identifies the measurement."""
    words, method = voice.words, report.method
    voice = SheetVoice(words, words.text("Metode"))
    corrections = (correction_sentences.line(one, voice) for one in report.corrections)
    exclusions = (method_sentences.exclusion_line(exclusion, voice) for exclusion in method.exclusions)
    yield words.text("Metode"), ""
    for label, texts in (
        (words.text("Registret"), [*method_sentences.register_sentences(method, voice), *exclusions]),
        (words.text("Stikprøven"), method_sentences.sample(report, voice)),
        (
            words.text("Udtrækningen"),
            [*method_sentences.draw_sentences(method, voice), method_sentences.command(voice)],
        ),
        (words.text("Gennemgangen"), method_sentences.reviewing(report, voice)),
        (
            words.text("Svar, der er ændret efter centrets indsigelse"),
            [*correction_sentences.opening(report, voice), *corrections],
        ),
        (words.text("Hvor sikre er tallene?"), method_sentences.sureness(report, voice)),
        (words.text("Hvad tallene ikke kan"), method_sentences.limits(report, voice)),
    ):
        yield from _under(label, texts)
    checklists = [identified(checklist.used, words) for checklist in report.checklists]
    for what, value in method_sentences.checksum_rows(method, checklists, voice):
        yield plain(what), plain(value)


def meeting_lines(meeting: Meeting, words: Wording) -> Iterator[tuple[str, str]]:
    """Yield what is recorded of the meeting as label and text, the title first."""
    yield words.text("Gennemgang i afsnittet"), ""
    yield words.text("Dag"), words.date(meeting.held_on) if meeting.held_on else "–"
    yield words.text("Hvem deltog"), meeting_sentences.took_part(meeting, words)
    yield from _under(words.text("Det aftalte vi"), meeting_sentences.lines(meeting.agreed))
    yield from _under(words.text("Det blev vi ikke enige om"), meeting_sentences.lines(meeting.not_agreed))


def _under(label: str, texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield texts, the first with the label, the others without one."""
    for at, text in enumerate(texts):
        yield "" if at else label, plain(text)
