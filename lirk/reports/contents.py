"""The table of contents, in reports that are long enough to need one."""

from collections.abc import Sequence

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from lirk.reports.desk import Desk
from lirk.reports.markup import Markup
from lirk.reports.styles import TEXT

#: Reports of more pages than this have contents.
SHORT = 6
NUMBER_WIDTH = 32.0


def contents(chapters: Sequence[tuple[str, str]], desk: Desk) -> list[Flowable]:
    """Return the chapters with the pages on which they begin, or nothing in a short report.

    Parameters
    ----------
    chapters
        Anchor and title of each, in order.
    """
    if desk.page("last page") <= SHORT:
        return []
    lines = [
        (_linked(key, Markup.of(title)), _linked(key, desk.words.number(desk.page(key))))
        for key, title in chapters
    ]
    table = desk.table(
        [desk.words.text("Afsnit"), desk.words.text("Side")],
        lines,
        [TEXT - NUMBER_WIDTH, NUMBER_WIDTH],
        numbers=frozenset({1}),
    )
    return [Spacer(1, 8), CondPageBreak(2 * NUMBER_WIDTH), *desk.beside(desk.say.text("Indhold"), table)]


def _linked(key: str, text: str) -> Markup:
    return Markup(f'<a href="#{key}">{text}</a>')
