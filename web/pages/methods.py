"""How a round was measured, as report and overview tell it in parts that fold out."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from lirk.domain.overview_values import Overview
from lirk.domain.reports import CentreReport, Method
from lirk.reports import correction_sentences, method_sentences, overview_sentences
from lirk.reports.used_checklists import identified
from web.pages.voice import PageVoice, html, html_all


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodPart:
    """One part of the method: sentences, then points, a line to copy, or a table of two columns."""

    heading: str
    id: str
    texts: tuple[Markup, ...]
    points: tuple[Markup, ...] = ()
    command: str = ""
    rows: tuple[tuple[str, str], ...] = ()


def centre_method(report: CentreReport, voice: PageVoice) -> tuple[MethodPart, ...]:
    """Return the method of a centre's report, in the order of the PDF."""
    words, method = voice.words, report.method
    checklists = [identified(checklist.used, words) for checklist in report.checklists]
    return (
        register_part(method, voice),
        _part(words.text("Stikprøven"), "sample", method_sentences.sample(report, voice)),
        draw_part(method, voice),
        _part(words.text("Gennemgangen"), "reviewing", method_sentences.reviewing(report, voice)),
        *correction_part(report, voice),
        _part(words.text("Hvor sikre er tallene?"), "sureness", method_sentences.sureness(report, voice)),
        _part(words.text("Hvad tallene ikke kan"), "limits", method_sentences.limits(report, voice)),
        checksum_part(method, checklists, voice),
    )


def correction_part(report: CentreReport, voice: PageVoice) -> tuple[MethodPart, ...]:
    """Return which answers were changed after the centre's objection; nothing where none was."""
    if not report.corrections:
        return ()
    return (
        MethodPart(
            heading=voice.words.text("Svar, der er ændret efter centrets indsigelse"),
            id="corrections",
            texts=html_all(correction_sentences.opening(report, voice)),
            points=html_all(correction_sentences.line(one, voice) for one in report.corrections),
        ),
    )


def overview_method(overview: Overview, voice: PageVoice) -> tuple[MethodPart, ...]:
    """Return the method and the limits of the overview, in the order of the PDF."""
    words, method = voice.words, overview.method
    parts = (
        _part(words.text("Ingen rangorden"), "no-ranking", [overview_sentences.no_ranking(voice)]),
        _part(words.text("Afrunding og ord"), "rounding", [overview_sentences.rounding(voice)]),
    )
    if method is None:
        return parts
    checklists = overview_sentences.checklists_line(overview, voice)
    measured = (
        register_part(method, voice),
        draw_part(method, voice),
        checksum_part(method, checklists, voice),
    )
    return (*parts, *measured)


def register_part(method: Method, voice: PageVoice) -> MethodPart:
    """Return where the cases come from."""
    reasons = (method_sentences.exclusion_line(exclusion, voice) for exclusion in method.exclusions)
    return MethodPart(
        heading=voice.words.text("Registret"),
        id="register",
        texts=html_all(method_sentences.register_sentences(method, voice)),
        points=html_all(reasons),
    )


def draw_part(method: Method, voice: PageVoice) -> MethodPart:
    """Return how the cases were drawn, and how anyone repeats it."""
    return MethodPart(
        heading=voice.words.text("Udtrækningen"),
        id="draws",
        texts=html_all(method_sentences.draw_sentences(method, voice)),
        command=str(html(method_sentences.command(voice)).unescape()),
    )


def checksum_part(method: Method, checklists: Sequence[str], voice: PageVoice) -> MethodPart:
    """Return all that identifies the measurement."""
    rows = method_sentences.checksum_rows(method, checklists, voice)
    return MethodPart(
        heading=voice.words.text("Kontrolsummer"),
        id="checksums",
        texts=(),
        rows=tuple((what, value) for what, value in rows),
    )


def _part(heading: str, id_: str, texts: Sequence[str]) -> MethodPart:
    return MethodPart(heading=heading, id=id_, texts=html_all(texts))
