"""The certificate of a draw as one page of PDF, for those who are handed the result and not the case numbers.

It names one drawn case, as the example by which anybody can check a ticket, and neither the salt nor any other
case. Whatever the certificate holds, it stays one page: where there are very many strata, the first of them
are shown and the rest counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Spacer

from lirk.reports import certificate_sentences as sentences
from lirk.reports.desk import BARE, Desk
from lirk.reports.grids import Grid, column_heads, names_rows, row_cells
from lirk.reports.lettering import shortened, width
from lirk.reports.markup import Markup
from lirk.reports.paper import Pages, Paper, Story, print_story
from lirk.reports.passages import Manner
from lirk.reports.styles import FULL, INK, RULE
from lirk.reports.summary_page import name_style
from lirk.wording import Wording
from sampling.documents import freeze_digest

Document = Mapping[str, Any]

#: Width of the labels to the left, and between the columns of strata.
LABEL, GUTTER = 96.0, 12.0
#: So many signs of the checksum stand at the foot of the page.
SHORT = 8
#: What stands of a stratum: name, N, n, share.
COLUMNS = 4
#: So many letters stay at the end of a name that is too long.
TAIL = 6


@dataclass(frozen=True, slots=True)
class Room:
    """How the strata are set: at most so many, in so many columns, in this size (points)."""

    most: int
    columns: int
    size: float


#: Tried in this order until all stands on one page.
ROOMS = (
    Room(12, 1, 8.25),
    Room(24, 2, 8.0),
    Room(66, 3, 7.25),
    Room(48, 3, 7.0),
    Room(30, 3, 7.0),
    Room(9, 3, 7.0),
)


def certificate_pdf(certificate: Document, words: Wording, *, program: str = "", mark: str = "") -> bytes:
    """Return the printed page of a certificate.

    Parameters
    ----------
    certificate
        As it stands in its file, its form checked; nothing else is needed.
    words
        The language of everything but the register's own names.
    program
        The version that prints, for the properties of the file.
    mark
        What is made up in a demonstration, said below the title; nothing of a real draw is.

    Returns
    -------
    bytes
        One A4 page; the same certificate, language and version always give the same bytes.
    """
    rooms = [room for room in ROOMS if room is ROOMS[-1] or _holds(room, certificate)]
    for room in rooms:
        content, pages = _printed(certificate, words, program, mark, room)
        if pages == 1:
            break
    return content


def _holds(room: Room, certificate: Document) -> bool:
    """Return whether all strata have their line in a room, or it is one of those that show the first."""
    return room.most >= len(certificate["strata"]) or room in ROOMS[2:]


def _printed(certificate: Document, words: Wording, program: str, mark: str, room: Room) -> tuple[bytes, int]:
    last = 0

    def tell(pages: Pages) -> Story:
        nonlocal last
        last = pages.get("last page", 0)
        desk = Desk(words, pages)
        return Story(band=_band(certificate, mark, desk), body=_body(certificate, desk, room))

    title = sentences.heading(certificate)
    paper = Paper(
        title=words.text("Certifikat for et tilfældigt udtræk – {title}", title=title),
        # The whole stands on the page; at its foot it would be heard as a line of text that nobody may skip.
        short_title=words.text("Certifikat {digest}", digest=f"{certificate['digest'][:SHORT]}…"),
        author="LIRK",
        issued_on=sentences.moment(certificate["draw"]["at"]).date(),
        program=program,
        mark=mark,
        words=words,
    )
    return print_story(paper, tell), last


def _band(certificate: Document, mark: str, desk: Desk) -> list[Flowable]:
    title = sentences.heading(certificate)
    return [
        desk.paragraph(desk.say.text("Certifikat for et tilfældigt udtræk"), desk.styles.cover_title),
        desk.paragraph(title, name_style(title, desk)),
        desk.paragraph(sentences.amounts(certificate, desk), desk.styles.cover_line),
        *([desk.paragraph(mark, desk.styles.cover_mark)] if mark else []),
    ]


def _body(certificate: Document, desk: Desk, room: Room) -> list[Flowable]:
    say = desk.say
    parts: list[tuple[str, Sequence[tuple[str, bool]]]] = [
        (say.text("Ramme"), _prose(sentences.frame_sentences(certificate, desk))),
        (say.text("Fingeraftryk"), _prose(sentences.frozen_sentences(certificate, desk))),
        (say.text("Frø"), _prose(sentences.seed_sentences(certificate, desk))),
        (say.text("Udtræk"), _prose(sentences.draw_sentences(certificate, desk))),
        (say.text("Efterprøv en sag"), sentences.one_case(certificate, desk)),
        (say.text("Gentag det hele"), sentences.whole_draw(certificate, desk)),
        (say.text("Frysningens kontrolsum"), [(Markup.of(freeze_digest(certificate)), True)]),
        (say.text("Kontrolsum"), [(Markup.of(certificate["digest"]), True)]),
    ]
    return [
        Spacer(1, 22),
        _labelled(parts, desk),
        Spacer(1, 10),
        *_strata(certificate, desk, room),
    ]


def _prose(texts: Sequence[str]) -> list[tuple[str, bool]]:
    return [(text, False) for text in texts]


def _labelled(parts: Sequence[tuple[str, Sequence[tuple[str, bool]]]], desk: Desk) -> Flowable:
    """Return labels with their lines to the right; a line is prose or code."""
    label = ParagraphStyle("label", parent=desk.styles.label, fontSize=8.75, leading=11.5)
    prose = ParagraphStyle("prose", parent=desk.styles.cell, fontSize=8.75, leading=11.5, spaceAfter=1)
    code = ParagraphStyle("code", parent=desk.styles.mono, fontSize=7.5, leading=10, spaceAfter=2)
    rows = [
        [
            desk.heading(name, label, 2),
            [desk.paragraph(text, code if is_code else prose) for text, is_code in lines],
        ]
        for name, lines in parts
    ]
    return Grid(
        rows,
        colWidths=[LABEL, FULL - LABEL],
        hAlign="LEFT",
        style=[*BARE, ("RIGHTPADDING", (0, 0), (0, -1), 10), ("BOTTOMPADDING", (0, 0), (-1, -1), 5)],
    )


def _strata(certificate: Document, desk: Desk, room: Room) -> list[Flowable]:
    """Return the strata in columns side by side, read downwards, and how many more there are."""
    strata = certificate["strata"]
    shown = strata[: room.most]
    height = max(1, -(-len(shown) // room.columns))
    columns = [shown[at : at + height] for at in range(0, len(shown), height)]
    starts = [COLUMNS * at for at in range(max(1, len(columns)))]
    heads = column_heads(COLUMNS * len(starts))
    head = _head(desk, room) * len(starts)
    texts = [Markup.strong(text) for text in head]
    rows = [_cells(texts, [Manner(tag=tag) for tag in heads], desk, room)]
    for parts in zip_longest(*columns):
        cells = [cell for part in parts for cell in (_line(part, desk, room) if part else [""] * COLUMNS)]
        named = [
            start for start, part in zip(starts, parts, strict=True) if part and names_rows(COLUMNS, height)
        ]
        manners = [Manner(tag=tag, stays=True) for tag in row_cells(heads, None, named)]
        rows.append(_cells(cells, manners, desk, room))
    table = Grid(
        rows,
        colWidths=_widths(room) * len(starts),
        hAlign="LEFT",
        style=[*_ruled(len(starts)), ("LEADING", (0, 0), (-1, -1), room.size)],
    )
    return [table, *_left(strata[room.most :], desk)]


def _head(desk: Desk, room: Room) -> tuple[str, str, str, str]:
    words = desk.words
    if room.columns > 1:
        return words.text("Stratum"), "N", "n", "n/N"
    return words.text("Stratum"), words.text("Sager N"), words.text("Trukket n"), words.text("Andel n/N")


def _cells(texts: Sequence[str], manners: Sequence[Manner], desk: Desk, room: Room) -> list[Flowable]:
    """Return a row of the strata: each column of them begins with a name, and goes on with numbers."""
    size = {"fontSize": room.size, "leading": room.size * 1.2}
    names = ParagraphStyle("stratum", parent=desk.styles.cell, **size)
    numbers = ParagraphStyle("count", parent=desk.styles.number, **size)
    return [
        desk.paragraph(text, numbers if at % COLUMNS else names, manner)
        for at, (text, manner) in enumerate(zip(texts, manners, strict=True))
    ]


def _line(part: Document, desk: Desk, room: Room) -> list[str]:
    words = desk.words
    return [
        _name(part["stratum"], room),
        words.number(part["N"]),
        words.number(part["n"]),
        sentences.share(part, desk),
    ]


def _name(stratum: str, room: Room) -> str:
    """Return a stratum's name on one line; a long one loses its middle, as many differ only at the end."""
    limit = _widths(room)[0] - GUTTER
    if width(stratum, room.size) <= limit:
        return stratum
    end = stratum[-TAIL:]
    return shortened(stratum[:-TAIL], room.size, limit - width(end, room.size)) + end


def _widths(room: Room) -> list[float]:
    """Return the widths of one column of strata: name, N, n, share."""
    counts = [room.size * letters for letters in ((6.2, 6.2, 6.2) if room.columns == 1 else (3.2, 2.4, 4.1))]
    return [FULL / room.columns - sum(counts), *counts]


def _ruled(columns: int) -> list[tuple[object, ...]]:
    starts = [("LEFTPADDING", (COLUMNS * at, 0), (COLUMNS * at, -1), GUTTER) for at in range(1, columns)]
    return [
        *BARE,
        *starts,
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, INK),
        ("LINEBELOW", (0, 1), (-1, -1), 0.3, RULE),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("TOPPADDING", (0, 0), (-1, -1), 0.8),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.6),
    ]


def _left(rest: Sequence[Document], desk: Desk) -> list[Flowable]:
    if not rest:
        return []
    return [
        desk.paragraph(
            desk.say.text(
                "Og {count} strata til med {n} af {cases} sager; de står i certifikatets fil.",
                count=len(rest),
                n=sum(part["n"] for part in rest),
                cases=sum(part["N"] for part in rest),
            ),
            desk.styles.caption,
        )
    ]
