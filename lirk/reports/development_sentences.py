"""The municipality's own rounds beside each other, in words and rows: no arrow, and nothing is better or worse."""

from collections.abc import Iterator
from itertools import pairwise

from lirk.domain.overview_values import (
    ChecklistDevelopment,
    DevelopmentPoint,
    Overview,
    ThemeDevelopment,
)
from lirk.reports.charts import level_text
from lirk.reports.markup import Markup
from lirk.reports.voice import Voice
from lirk.wording import Wording


def opening(overview: Overview, voice: Voice) -> Markup:
    """Return what the tables show and what they do not, or why there is none."""
    if not overview.development:
        return voice.say.text(
            "Her kommer kommunens egne runder ved siden af hinanden, når mindst to lukkede runder med samme tjekliste "
            "har vist tal. Der er intet at gøre nu."
        )
    return voice.say.text(
        "Tabellen viser kommunen som helhed i dens egne runder. Tallene er dem, som hver rundes overblik viser, "
        "afrundet til hele fem procentpoint eller i ord. De bygger på stikprøver: En forskel kan være tilfældig, også "
        "en stor."
    )


def title_of(development: ChecklistDevelopment, overview: Overview) -> str:
    """Return the title of the checklist."""
    titles = {used.checklist_id: used.title for used in overview.checklists}
    return titles.get(development.checklist_id, development.checklist_id)


def development_head(development: ChecklistDevelopment, words: Wording) -> list[str]:
    """Return the columns' names: theme, each round, remark."""
    return [words.text("Tema"), *development.rounds, words.text("Bemærkning")]


def development_rows(development: ChecklistDevelopment, words: Wording) -> list[list[str]]:
    """Return a row for each theme, in checklist order."""
    return [
        [
            f"{theme.number} {theme.title}",
            *(said(point, words) for point in theme.points),
            " ".join(_remarks(theme, development.rounds, words)),
        ]
        for theme in development.themes
    ]


def development_lines(
    development: ChecklistDevelopment, words: Wording
) -> Iterator[tuple[str, str, str, str]]:
    """Yield theme, round, what the round says and the remark to it, a line for each point that there is."""
    for theme in development.themes:
        before: DevelopmentPoint | None = None
        for title, point in zip(development.rounds, theme.points, strict=True):
            if point is None:
                continue
            remark = _anew(title, words) if point.begins_anew else ""
            if before is not None and _differ(before, point):
                remark = words.text("Forskellen kan være tilfældig.")
            yield f"{theme.number} {theme.title}", title, said(point, words), remark
            before = point


def said(point: DevelopmentPoint | None, words: Wording) -> str:
    """Return what a round says of a theme."""
    return "–" if point is None else level_text(point, words)


def _remarks(theme: ThemeDevelopment, rounds: tuple[str, ...], words: Wording) -> Iterator[str]:
    """Yield where the series breaks, and that a difference may be by chance wherever there is one."""
    known = [(title, point) for title, point in zip(rounds, theme.points, strict=True) if point is not None]
    for title, point in known:
        if point.begins_anew:
            yield _anew(title, words)
    if any(_differ(before, after) for (_, before), (_, after) in pairwise(known)):
        yield words.text("Forskellen kan være tilfældig.")


def _anew(title: str, words: Wording) -> str:
    return words.text(
        "I {round} fik temaet andre punkter eller et punkt ny mening; tallene før kan ikke sammenlignes.",
        round=title,
    )


def _differ(before: DevelopmentPoint, after: DevelopmentPoint) -> bool:
    """Return whether two rounds that can be compared say different things."""
    return not after.begins_anew and (before.percent, before.level) != (after.percent, after.level)
