"""One centre's own rounds, item by item: which counts may stand beside each other, and where a series breaks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checklists.comparing import changes_between, comparable
from checklists.model import Checklist, Item
from lirk.domain.figures import Readings
from lirk.domain.reports import ChecklistSeries, Counts, ItemSeries, SeriesBreak, SeriesPoint
from sampling.change import change_in_proportion

#: A table of more rounds is read by nobody; the latest are shown.
MOST_ROUNDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRound:
    """What one closed round of a centre counted with one checklist.

    Attributes
    ----------
    checklist
        As the round asked it.
    counts
        Cases by result at each item, by item id.
    population
        Decisions of the centre in the register, as in `Readings`.
    """

    title: str
    checklist: Checklist
    counts: Mapping[str, Counts]
    population: int

    @property
    def asked(self) -> frozenset[str]:
        """The items with a figure: asked, and relevant in some case."""
        return frozenset(item_id for item_id, counts in self.counts.items() if counts.assessed)


def own_round(title: str, read: Readings) -> OwnRound:
    """Return what a round counted, from its finished readings in one centre."""
    return OwnRound(
        title=title,
        checklist=read.checklist,
        counts={item.id: read.item_counts(item.id) for item in read.checklist.items},
        population=read.population,
    )


def checklist_series(
    rounds: Sequence[OwnRound], *, language: str, level: float = 0.95
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
        Of the limits that say whether a difference may be by chance.
    """
    shown = tuple(rounds[-MOST_ROUNDS:])
    items = tuple(
        ItemSeries(
            item_id=item.id,
            number=number,
            question=item.question.in_(language),
            points=tuple(_points(shown, item.id, level)),
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
    )


def _numbered(checklist: Checklist | None) -> Iterator[tuple[str, Item]]:
    for at, theme in enumerate(checklist.themes if checklist else (), start=1):
        for place, item in enumerate(theme.items, start=1):
            yield f"{at}.{place}", item


def _points(rounds: Sequence[OwnRound], item_id: str, level: float) -> Iterator[SeriesPoint | None]:
    """Yield a figure for each round; each is held against the figure before it, if it may be."""
    before: OwnRound | None = None
    for one in rounds:
        if item_id not in one.asked:
            yield None
            continue
        counts = one.counts[item_id]
        begins = None if before is None else _break(before.checklist, one.checklist, item_id)
        held = before is not None and begins is None
        yield SeriesPoint(
            hits=counts.yes,
            assessed=counts.assessed,
            begins=begins,
            by_chance=held and _by_chance(before, one, item_id, level),
        )
        before = one


def _break(old: Checklist, new: Checklist, item_id: str) -> SeriesBreak | None:
    """Return the latest change of meaning between two versions, or None where they can be compared."""
    if comparable(old, new, item_id):
        return None
    said = changes_between(old, new, item_id)
    last = next((change for change in reversed(said) if change.kind == "meaning"), None)
    return SeriesBreak(
        version=last.version if last else max(old.version, new.version), reason=last.reason if last else ""
    )


def _by_chance(before: OwnRound | None, after: OwnRound, item_id: str, level: float) -> bool:
    """Return whether two shares differ by no more than drawing other cases could have made them differ."""
    if before is None:
        return False
    then, now = before.counts[item_id], after.counts[item_id]
    if then.yes * now.assessed == now.yes * then.assessed:
        return False
    change = change_in_proportion(
        then.yes,
        then.assessed,
        now.yes,
        now.assessed,
        before.population - then.not_applicable,
        after.population - now.not_applicable,
        level,
    )
    return change.holds(0.0) is not False
