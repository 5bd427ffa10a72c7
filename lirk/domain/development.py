"""The municipality's own rounds beside each other, by theme.

Nothing is told here that is not told already: a figure of an earlier round is the one that the round's own overview
publishes, rounded or in words by the rules of ``lirk.domain.disclosure``, which hold for each round by itself. Whoever
lays the overviews side by side has this table. Whether a series breaks follows from the checklists alone, and that
a difference may be by chance is said of every difference: no count of any case decides it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checklists.comparing import comparable
from checklists.model import Checklist, Theme
from lirk.domain.overview_values import (
    ChecklistDevelopment,
    DevelopmentPoint,
    PooledTheme,
    ThemeDevelopment,
)
from lirk.domain.series import MOST_ROUNDS


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRound:
    """A closed round: its checklists as they were asked, and what its own overview says of their themes."""

    title: str
    checklists: tuple[Checklist, ...]
    themes: tuple[PooledTheme, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    checklist: Checklist
    theme: Theme
    pooled: PooledTheme


def development(rounds: Sequence[PublishedRound]) -> tuple[ChecklistDevelopment, ...]:
    """Return for each checklist of the last round what the municipality's rounds have published, by theme.

    Parameters
    ----------
    rounds
        The municipality's closed rounds, oldest first; the last is the one that is told of. Of a demonstration and
        of real cases there must not be both. The latest four are shown.

    Returns
    -------
    tuple of ChecklistDevelopment
        Themes in the last round's order, and only those that another round has published, too; a round that
        published none of a checklist's themes has no column. Empty where there is nothing to lay beside each other.
    """
    shown = rounds[-MOST_ROUNDS:]
    found = (_of_checklist(checklist, shown) for checklist in (shown[-1].checklists if shown else ()))
    return tuple(one for one in found if one is not None)


def _of_checklist(checklist: Checklist, rounds: Sequence[PublishedRound]) -> ChecklistDevelopment | None:
    now = _said(rounds[-1], checklist.id)
    columns = [(one.title, _said(one, checklist.id)) for one in rounds]
    columns = [(title, said) for title, said in columns if not said.keys().isdisjoint(now)]
    themes = tuple(
        ThemeDevelopment(
            number=theme.pooled.number,
            title=theme.pooled.title,
            points=tuple(_points([said.get(theme_id) for _, said in columns])),
        )
        for theme_id, theme in now.items()
        if sum(theme_id in said for _, said in columns) > 1
    )
    if not themes:
        return None
    titles = tuple(title for title, _ in columns)
    return ChecklistDevelopment(checklist_id=checklist.id, rounds=titles, themes=themes)


def _said(round_: PublishedRound, checklist_id: str) -> dict[str, _Said]:
    """Return what a round published of a checklist, by theme id; themes are numbered as they were asked."""
    checklist = next((one for one in round_.checklists if one.id == checklist_id), None)
    if checklist is None:
        return {}
    published = (theme for theme in round_.themes if theme.checklist_id == checklist_id)
    said = (_Said(checklist, checklist.themes[int(theme.number) - 1], theme) for theme in published)
    return {one.theme.id: one for one in said}


def _points(said: Sequence[_Said | None]) -> Iterator[DevelopmentPoint | None]:
    """Yield what each round says; each is held against the round before it that says something."""
    before: _Said | None = None
    for one in said:
        if one is None:
            yield None
            continue
        anew = before is not None and not _alike(before, one)
        yield DevelopmentPoint(percent=one.pooled.percent, level=one.pooled.level, begins_anew=anew)
        before = one


def _alike(old: _Said, new: _Said) -> bool:
    """Return whether a theme is the same in two rounds: the same items that count, asked of the same cases."""
    before, after = ({item.id for item in said.theme.items if item.scored} for said in (old, new))
    return before == after and all(
        comparable(old.checklist, new.checklist, item)
        and old.checklist.conditions[item] == new.checklist.conditions[item]
        for item in after
    )
