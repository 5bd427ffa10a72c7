"""reports/copy.html: what of a centre's report may leave the centre."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from lirk.domain.copies import CentreCopy, CopiedChecklist
from lirk.reports import copy_sentences as says
from lirk.wording import Wording
from web.pages.voice import PageVoice, html, html_all

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedThemeRows:
    """The rows of a theme in a table of items."""

    name: str
    rows: Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedResults:
    """One checklist: what is behind its table, and the table."""

    title: str
    opening: Markup
    head: tuple[str, ...]
    themes: tuple[CopiedThemeRows, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyPage:
    """What is hidden and why, the copy itself, and its files."""

    title: str
    report_title: str
    report: str
    address: str
    marks: str
    purpose: tuple[Markup, ...]
    hiding: tuple[Markup, ...]
    results: tuple[CopiedResults, ...]
    case_head: tuple[str, ...]
    cases: Rows

    @classmethod
    def of(cls, copy: CentreCopy, report: str, words: Wording) -> "CopyPage":
        """Return the page of a copy of the report at an address."""
        voice = PageVoice(words)
        return cls(
            title=words.text("Kopi til andre"),
            report_title=words.text("{centre}, {round}", centre=copy.centre, round=copy.round_title),
            report=report,
            address=f"{report}/copy",
            marks=says.marks(copy, words),
            purpose=html_all(says.purpose(copy, voice)),
            hiding=html_all(says.hiding(voice)),
            results=tuple(_results(copy, checklist, voice) for checklist in copy.checklists),
            case_head=tuple(says.case_head(words)),
            cases=tuple(map(tuple, says.case_rows(copy, words))),
        )


def _results(copy: CentreCopy, checklist: CopiedChecklist, voice: PageVoice) -> CopiedResults:
    return CopiedResults(
        title=checklist.used.title,
        opening=html(says.read_line(copy, checklist, voice)),
        head=tuple(says.item_head(voice.words)[1:]),
        themes=tuple(_themes(checklist, voice.words)),
    )


def _themes(checklist: CopiedChecklist, words: Wording) -> Iterator[CopiedThemeRows]:
    for theme in checklist.themes:
        # Number and question are one cell: a table's row has one head.
        rows = ((f"{number} {question}", *cells) for number, question, *cells in says.item_rows(theme, words))
        yield CopiedThemeRows(name=f"{theme.number} {theme.title}", rows=tuple(rows))
