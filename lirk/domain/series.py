"""One centre's own rounds, item by item: which counts may stand beside each other, and where a series breaks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from checklists.comparing import changes_between, comparable
from checklists.model import Checklist, Item, Theme
from lirk.domain.figures import Readings, share_of
from lirk.domain.reports import (
    ChecklistSeries,
    Counts,
    CriticalSeries,
    ItemSeries,
    SeriesBreak,
    SeriesPoint,
    Share,
    ThemeSeries,
)
from sampling.change import change_in_proportion

#: A table of more rounds is read by nobody; the latest are shown.
MOST_ROUNDS = 4
#: Fewest assessed cases of which a share is shown, where a report says nothing else.
SMALL = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRound:
    """What one closed round of a centre counted with one checklist.

    Attributes
    ----------
    checklist
        As the round asked it.
    counts, themes
        Cases by result at each item, by item id; and in each theme, by theme id.
    population
        Decisions of the centre in the register, as in `Readings`.
    critical
        Cases that were read: yes, where there is a critical breach in the case, or else no.
    """

    title: str
    checklist: Checklist
    counts: Mapping[str, Counts]
    population: int
    themes: Mapping[str, Counts] = field(default_factory=dict)
    critical: Counts = field(default_factory=Counts)

    @property
    def asked(self) -> frozenset[str]:
        """The items with a figure: asked, and relevant in some case."""
        return frozenset(item_id for item_id, counts in self.counts.items() if counts.assessed)


def own_round(title: str, read: Readings) -> OwnRound:
    """Return what a round counted, from its finished readings in one centre."""
    breached = sum(bool(case.critical_breaches) for _, case in read.scores)
    return OwnRound(
        title=title,
        checklist=read.checklist,
        counts={item.id: read.item_counts(item.id) for item in read.checklist.items},
        themes={theme.id: read.theme_counts(theme.id) for theme in read.checklist.themes},
        population=read.population,
        critical=Counts(yes=breached, no=len(read.scores) - breached),
    )


def checklist_series(
    rounds: Sequence[OwnRound], *, language: str, level: float = 0.95, limit: int = SMALL
) -> ChecklistSeries | None:
    """Return the series of each item with a figure in at least two rounds, or None where there is no such item.

    Parameters
    ----------
    rounds
        A centre's own closed rounds with one checklist, oldest first; the last is the one that is reported, and
        its items are told, in its order.
    language
        ``"da"`` or ``"en"``: of the checklist's texts.
    level
        Of the limits of a share, and of those that say whether a difference may be by chance.
    limit
        The small-number limit: the fewest assessed cases of which a share is shown.
    """
    shown = tuple(rounds[-MOST_ROUNDS:])
    items = tuple(
        ItemSeries(
            item_id=item.id,
            number=number,
            question=item.question.in_(language),
            points=tuple(_item_points(shown, item.id, level, limit)),
        )
        for number, item in _numbered(shown[-1].checklist if shown else None)
        if sum(item.id in one.asked for one in shown) > 1
    )
    if not items:
        return None
    checklist = shown[-1].checklist
    return ChecklistSeries(
        checklist_id=checklist.id,
        title=checklist.title.in_(language),
        rounds=tuple(one.title for one in shown),
        items=items,
        themes=tuple(_themes(shown, language, level, limit)),
        critical=_critical(shown, level),
    )


def _numbered(checklist: Checklist | None) -> Iterator[tuple[str, Item]]:
    for at, theme in enumerate(checklist.themes if checklist else (), start=1):
        for place, item in enumerate(theme.items, start=1):
            yield f"{at}.{place}", item


def _themes(rounds: Sequence[OwnRound], language: str, level: float, limit: int) -> Iterator[ThemeSeries]:
    """Yield the series of each theme that counts and has a figure in at least two rounds."""
    for at, theme in enumerate(rounds[-1].checklist.themes, start=1):
        points = tuple(_theme_points(rounds, theme.id, level, limit))
        if sum(point is not None for point in points) > 1 and any(item.scored for item in theme.items):
            yield ThemeSeries(
                theme_id=theme.id, number=str(at), title=theme.title.in_(language), points=points
            )


def _item_points(
    rounds: Sequence[OwnRound], item_id: str, level: float, limit: int
) -> Iterator[SeriesPoint | None]:
    """Yield a figure for each round; each is held against the figure before it, if it may be."""
    before: OwnRound | None = None
    for one in rounds:
        if item_id not in one.asked:
            yield None
            continue
        begins = None if before is None else _break(before.checklist, one.checklist, item_id)
        then = None if before is None else (before.counts[item_id], before.population)
        yield _point((one.counts[item_id], one.population), then, begins, level, limit)
        before = one


def _theme_points(
    rounds: Sequence[OwnRound], theme_id: str, level: float, limit: int
) -> Iterator[SeriesPoint | None]:
    """Yield a figure for each round, as of an item."""
    before: OwnRound | None = None
    for one in rounds:
        counts = one.themes.get(theme_id, Counts())
        if not counts.assessed:
            yield None
            continue
        begins = None if before is None else _theme_break(before.checklist, one.checklist, theme_id)
        then = None if before is None else (before.themes[theme_id], before.population)
        yield _point((counts, one.population), then, begins, level, limit)
        before = one


def _critical(rounds: Sequence[OwnRound], level: float) -> CriticalSeries | None:
    """Return in how many cases of each round there is a critical breach, if that was asked in two of them."""
    points: list[SeriesPoint | None] = []
    before: OwnRound | None = None
    for one in rounds:
        if not (one.critical.assessed and _critical_items(one.checklist)):
            points.append(None)
            continue
        begins = None if before is None else _critical_break(before.checklist, one.checklist)
        then = None if before is None else (before.critical, before.population)
        point = _point((one.critical, one.population), then, begins, level, SMALL)
        points.append(replace(point, share=None))
        before = one
    return CriticalSeries(points=tuple(points)) if sum(point is not None for point in points) > 1 else None


#: What a round counted somewhere, and the centre's decisions in the register.
Measured = tuple[Counts, int]


def _point(
    now: Measured, then: Measured | None, begins: SeriesBreak | None, level: float, limit: int
) -> SeriesPoint:
    counts, population = now
    return SeriesPoint(
        hits=counts.yes,
        assessed=counts.assessed,
        begins=begins,
        by_chance=then is not None and begins is None and _by_chance(then, now, level),
        share=_share(counts, population, limit, level),
    )


@lru_cache(maxsize=8192)
def _share(counts: Counts, population: int, limit: int, level: float) -> Share | None:
    """Return a share with its limits; an earlier round's are asked for with every report after it."""
    return share_of(counts, population=population, limit=limit, level=level)


def _break(old: Checklist, new: Checklist, item_id: str) -> SeriesBreak | None:
    """Return the latest change of meaning between two versions, or None where they can be compared."""
    if comparable(old, new, item_id):
        return None
    said = changes_between(old, new, item_id)
    last = next((change for change in reversed(said) if change.kind == "meaning"), None)
    return SeriesBreak(
        version=last.version if last else max(old.version, new.version), reason=last.reason if last else ""
    )


def _theme_break(old: Checklist, new: Checklist, theme_id: str) -> SeriesBreak | None:
    """Return the latest change of meaning of an item of a theme, or that the theme has other items."""
    return _break_of_items(old, new, _items(old, theme_id), _items(new, theme_id))


def _critical_break(old: Checklist, new: Checklist) -> SeriesBreak | None:
    """Return the latest change of meaning of a critical item, or that other items are critical."""
    return _break_of_items(old, new, _critical_items(old), _critical_items(new))


def _break_of_items(
    old: Checklist, new: Checklist, before: Sequence[Item], after: Sequence[Item]
) -> SeriesBreak | None:
    if {item.id for item in before} != {item.id for item in after}:
        return SeriesBreak(version=max(old.version, new.version), other_items=True)
    breaks = [one for item in after if (one := _break(old, new, item.id)) is not None]
    return max(breaks, key=lambda one: one.version, default=None)


def _items(checklist: Checklist, theme_id: str) -> tuple[Item, ...]:
    """Return the items of a theme that count in it."""
    themes: Iterator[Theme] = (theme for theme in checklist.themes if theme.id == theme_id)
    return tuple(item for theme in themes for item in theme.items if item.scored)


def _critical_items(checklist: Checklist) -> tuple[Item, ...]:
    """Return the items that are a critical breach where they are answered no."""
    return tuple(item for item in checklist.items if item.scored and item.severity == "critical")


def _by_chance(then: Measured, now: Measured, level: float) -> bool:
    """Return whether two shares differ by no more than drawing other cases could have made them differ."""
    (before, earlier), (after, later) = then, now
    if before.yes * after.assessed == after.yes * before.assessed:
        return False
    change = change_in_proportion(
        before.yes,
        before.assessed,
        after.yes,
        after.assessed,
        earlier - before.not_applicable,
        later - after.not_applicable,
        level,
    )
    return change.holds(0.0) is not False
