"""Item health: how a checklist's items worked in the closed rounds, for those who keep it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from checklists.model import Checklist, Item, Text
from checklists.score import CaseScore, score
from lirk.domain.access import Action, require
from lirk.domain.checklist_versions import VersionUnknown
from lirk.domain.item_health import (
    FinishedReview,
    ItemHealth,
    ItemReading,
    MeasuredRound,
    Pairs,
    is_alone,
    reading_of,
    said_of,
    same_item,
    suggestion_for,
    traits_of,
)
from lirk.domain.people import Person
from lirk.domain.review_sheets import known_facts
from lirk.services.checklist_versions import ReadVersion, versions_on
from lirk.services.pinned import asked_of
from lirk.storage.store import Store


@dataclass(frozen=True, slots=True)
class ThemeHealth:
    """The items of one theme, in order."""

    title: Text
    items: tuple[ItemHealth, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistHealth:
    """The items of a checklist's version in force, or of its highest number where none is.

    Attributes
    ----------
    rounds
        Titles of the closed rounds that asked it, whichever version.
    pairs
        Whether any case was read by two people.
    """

    version: ReadVersion
    rounds: tuple[str, ...]
    themes: tuple[ThemeHealth, ...]
    pairs: bool

    @property
    def items(self) -> tuple[ItemHealth, ...]:
        """All items, in order."""
        return tuple(item for theme in self.themes for item in theme.items)


@dataclass(frozen=True, slots=True)
class _Scored:
    """A finished review with its score."""

    review: FinishedReview
    score: CaseScore


@dataclass(frozen=True, slots=True)
class _Measured:
    """A closed round with what it asked and its reviews; a case that two have read is there twice."""

    title: str
    checklist: Checklist
    cases: Mapping[int, Sequence[_Scored]]


def item_health(store: Store, actor: Person, checklist_id: str, *, now: datetime) -> ChecklistHealth:
    """Return how the items of a checklist worked, in so many statements however many items and rounds.

    Raises
    ------
    VersionUnknown
        If there is no such checklist.
    """
    require(actor, Action.WATCH_CHECKLISTS)
    version = _current(versions_on(store, now.date(), checklist_id), checklist_id)
    measured = _measured(store, checklist_id)
    return ChecklistHealth(
        version=version,
        rounds=tuple(one.title for one in measured),
        themes=tuple(
            ThemeHealth(
                theme.title,
                tuple(
                    _health(version.checklist, item, f"{number}.{place}", measured)
                    for place, item in enumerate(theme.items, start=1)
                ),
            )
            for number, theme in enumerate(version.checklist.themes, start=1)
        ),
        pairs=any(len(read) > 1 for one in measured for read in one.cases.values()),
    )


def _current(versions: Sequence[ReadVersion], checklist_id: str) -> ReadVersion:
    if not versions:
        raise VersionUnknown(checklist=checklist_id, version=1)
    in_force = [one for one in versions if one.newest]
    return max(in_force or versions, key=lambda one: one.version)


def _measured(store: Store, checklist_id: str) -> tuple[_Measured, ...]:
    rounds = store.health_readings.rounds(checklist_id)
    reviews: dict[int, list[FinishedReview]] = {}
    for review in store.health_readings.reviews(checklist_id) if rounds else ():
        reviews.setdefault(review.round_id, []).append(review)
    return tuple(_scored(one, reviews.get(one.id, ())) for one in rounds)


def _scored(measured: MeasuredRound, reviews: Sequence[FinishedReview]) -> _Measured:
    """Return a round with its whole reviews; where a stop ended one, its items were not asked."""
    checklist = asked_of(measured.pinned).checklist
    cases: dict[int, list[_Scored]] = {}
    for review in reviews:
        codes = {item: answer.value for item, answer in review.answers.items()}
        found = score(checklist, {**known_facts(checklist, review.facts), **codes})
        if found.complete and found.stopped is None:
            cases.setdefault(review.case_id, []).append(_Scored(review, found))
    return _Measured(measured.title, checklist, cases)


def _health(current: Checklist, item: Item, number: str, measured: Sequence[_Measured]) -> ItemHealth:
    pooled = [one for one in measured if one.cases and same_item(one.checklist, current, item.id)]
    centres: dict[str, list[ItemReading]] = {}
    pairs: dict[str, list[bool]] = {}
    for one in pooled:
        asked = one.checklist.item(item.id) or item
        for read in one.cases.values():
            centre = read[0].review.centre
            said = [reading_of(asked, each.score, each.review.answers) for each in read]
            centres.setdefault(centre, []).append(said[0])
            if len(said) > 1:
                pairs.setdefault(centre, []).append(_differ(item.id, read))
    told = said_of(
        centres, pairs=_pairs(pairs), alone=any(is_alone(one.checklist, item.id) for one in pooled)
    )
    suggestion, reasons = suggestion_for(traits_of(current, item), told)
    return ItemHealth(
        item=item,
        number=number,
        rounds=tuple(one.title for one in pooled),
        said=told,
        suggestion=suggestion,
        reasons=reasons,
    )


def _differ(item_id: str, read: Sequence[_Scored]) -> bool:
    """Return whether the first two who read a case say different things of an item."""
    first, second = (one.score.results.get(item_id) for one in read[:2])
    return first != second


def _pairs(pairs: Mapping[str, Sequence[bool]]) -> Pairs:
    return Pairs(
        read=sum(map(len, pairs.values())),
        differing=sum(map(sum, pairs.values())),
        largest=max(map(len, pairs.values()), default=0),
        centres=len(pairs),
    )
