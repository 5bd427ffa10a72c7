"""The table of contents, in reports that are long enough to need one."""

from collections.abc import Sequence

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from lirk.reports.desk import Cell, Desk
from lirk.reports.markup import Markup
from lirk.reports.passages import Manner
from lirk.reports.structure import Tag
from lirk.reports.styles import TEXT

#: Reports of more pages than this have contents.
SHORT = 6
NUMBER_WIDTH = 32.0
#: The column that is set to the right.
RIGHT = (1,)


def contents(chapters: Sequence[tuple[str, str]], desk: Desk) -> list[Flowable]:
    """Return the chapters with the pages on which they begin, or nothing in a short report.

    Parameters
    ----------
    chapters
        Anchor and title of each, in order.
    """
    if desk.page("last page") <= SHORT:
        return []
    head = [Manner(tag=Tag("P"), repeats=True) for _ in range(2)]
    names = [desk.words.text("Afsnit"), desk.words.text("Side")]
    all_of_them = Tag("TOC")
    table = desk.grid(
        [
            desk.row(names, head, RIGHT, head=True),
            *(_line(key, title, all_of_them, desk) for key, title in chapters),
        ],
        [TEXT - NUMBER_WIDTH, NUMBER_WIDTH],
        tight=True,
    )
    return [Spacer(1, 8), CondPageBreak(2 * NUMBER_WIDTH), *desk.beside(desk.say.text("Indhold"), table)]


def _line(key: str, title: str, all_of_them: Tag, desk: Desk) -> list[Cell]:
    """Return a chapter's title and page, which are heard as one link."""
    reference = Manner(tag=Tag("Reference", under=Tag("TOCI", under=all_of_them)), ends=" ")
    texts = [_linked(key, Markup.of(title)), _linked(key, desk.words.number(desk.page(key)))]
    return desk.row(texts, [reference, reference], RIGHT)


def _linked(key: str, text: str) -> Markup:
    return Markup(f'<a href="#{key}">{text}</a>')
