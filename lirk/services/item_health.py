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
    Measure,
    MeasuredRound,
    Often,
    Pairs,
    is_alone,
    reading_of,
    said_of,
    same_item,
    suggestion_for,
    traits_of,
)
from lirk.domain.people import Person
from lirk.domain.reconciliation import AgreedAnswer, agreed_since, differences, settled_answers
from lirk.domain.review_sheets import known_facts
from lirk.domain.reviews import Answer, Reading
from lirk.services.checklist_versions import ReadVersion, versions_on
from lirk.services.pinned import asked_of
from lirk.storage.store import Store

#: So many of the most disputed items are told.
MOST_DISPUTED = 3


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
    disputed
        The items that two readers answered differently most often, three at most; only those of which it can
        be said without saying too much.
    """

    version: ReadVersion
    rounds: tuple[str, ...]
    themes: tuple[ThemeHealth, ...]
    pairs: bool
    disputed: tuple[ItemHealth, ...] = ()

    @property
    def items(self) -> tuple[ItemHealth, ...]:
        """All items, in order."""
        return tuple(item for theme in self.themes for item in theme.items)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said of an item, and in which share of the cases read twice it was answered differently."""

    health: ItemHealth
    share: float


@dataclass(frozen=True, slots=True)
class _Case:
    """A case with the answers that count, scored; ``pair``: what each of two readers made of it, where two did."""

    centre: str
    answers: Mapping[str, Answer]
    score: CaseScore
    pair: tuple[CaseScore, CaseScore] | None


@dataclass(frozen=True, slots=True)
class _Measured:
    """A closed round with what it asked and its cases."""

    title: str
    checklist: Checklist
    cases: Sequence[_Case]


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
    themes = [
        (
            theme.title,
            [
                _told(version.checklist, item, f"{number}.{place}", measured)
                for place, item in enumerate(theme.items, start=1)
            ],
        )
        for number, theme in enumerate(version.checklist.themes, start=1)
    ]
    return ChecklistHealth(
        version=version,
        rounds=tuple(one.title for one in measured),
        themes=tuple(ThemeHealth(title, tuple(one.health for one in told)) for title, told in themes),
        pairs=any(case.pair for one in measured for case in one.cases),
        disputed=_most_disputed([one for _, told in themes for one in told]),
    )


def _most_disputed(told: Sequence[_Told]) -> tuple[ItemHealth, ...]:
    """Return the three items with the greatest shares, of those that are disputed in a word that is said."""
    often = {Often.SOMETIMES, Often.NEARLY_ALWAYS}
    disputed = [one for one in told if one.health.said.words.get(Measure.DISPUTED) in often]
    ordered = sorted(disputed, key=lambda one: -one.share)
    return tuple(one.health for one in ordered[:MOST_DISPUTED])


def _current(versions: Sequence[ReadVersion], checklist_id: str) -> ReadVersion:
    if not versions:
        raise VersionUnknown(checklist=checklist_id, version=1)
    in_force = [one for one in versions if one.newest]
    return max(in_force or versions, key=lambda one: one.version)


def _measured(store: Store, checklist_id: str) -> tuple[_Measured, ...]:
    rounds = store.health_readings.rounds(checklist_id)
    if not rounds:
        return ()
    reviews: dict[int, list[FinishedReview]] = {}
    for review in store.health_readings.reviews(checklist_id):
        reviews.setdefault(review.round_id, []).append(review)
    second = store.health_readings.reviews(checklist_id, reading=Reading.SECOND)
    seconds, agreed = {one.case_id: one for one in second}, store.reconciliations.agreed_with(checklist_id)
    originals = store.original_answers.with_checklist(checklist_id)
    return tuple(_scored(one, reviews.get(one.id, ()), seconds, agreed, originals) for one in rounds)


def _scored(
    measured: MeasuredRound,
    reviews: Sequence[FinishedReview],
    seconds: Mapping[int, FinishedReview],
    agreed: Mapping[int, Mapping[str, AgreedAnswer]],
    originals: Mapping[int, Mapping[str, Answer]],
) -> _Measured:
    """Return a round with its whole cases; where a stop ended one, its items were not asked.

    What two readers answered is that of ``originals``, before they saw each other's.
    """
    checklist = asked_of(measured.pinned).checklist
    cases = []
    for review in reviews:
        second = seconds.get(review.case_id)
        answers = _counted(checklist, review, second, agreed.get(review.case_id, {}))
        if found := _whole(checklist, review.facts, answers):
            pair = _pair(checklist, review, second, originals)
            cases.append(_Case(review.centre, answers, found, pair))
    return _Measured(measured.title, checklist, cases)


def _counted(
    checklist: Checklist,
    first: FinishedReview,
    second: FinishedReview | None,
    agreed: Mapping[str, AgreedAnswer],
) -> Mapping[str, Answer]:
    """Return the answers of a case that count; the first reader's own where the two are not reconciled."""
    if second is None:
        return first.answers
    since = agreed_since(agreed, (first.finished_at, second.finished_at))
    found = differences(checklist, first.facts, first.answers, second.answers, since)
    return settled_answers(found) if found.complete else first.answers


def _pair(
    checklist: Checklist,
    first: FinishedReview,
    second: FinishedReview | None,
    originals: Mapping[int, Mapping[str, Answer]],
) -> tuple[CaseScore, CaseScore] | None:
    if second is None:
        return None
    one, other = (
        _whole(checklist, each.facts, originals.get(each.id, each.answers)) for each in (first, second)
    )
    return (one, other) if one and other else None


def _whole(checklist: Checklist, facts: Mapping[str, str], answers: Mapping[str, Answer]) -> CaseScore | None:
    codes = {item: answer.value for item, answer in answers.items()}
    found = score(checklist, {**known_facts(checklist, facts), **codes})
    return found if found.complete and found.stopped is None else None


def _told(current: Checklist, item: Item, number: str, measured: Sequence[_Measured]) -> _Told:
    pooled = [one for one in measured if one.cases and same_item(one.checklist, current, item.id)]
    centres: dict[str, list[ItemReading]] = {}
    pairs: dict[str, list[bool]] = {}
    for one in pooled:
        asked = one.checklist.item(item.id) or item
        for case in one.cases:
            centres.setdefault(case.centre, []).append(reading_of(asked, case.score, case.answers))
            if case.pair:
                pairs.setdefault(case.centre, []).append(_differ(item.id, case.pair))
    both = _pairs(pairs)
    told = said_of(centres, pairs=both, alone=any(is_alone(one.checklist, item.id) for one in pooled))
    suggestion, reasons = suggestion_for(traits_of(current, item), told)
    health = ItemHealth(
        item=item,
        number=number,
        rounds=tuple(one.title for one in pooled),
        said=told,
        suggestion=suggestion,
        reasons=reasons,
    )
    return _Told(health, both.differing / both.read if both.read else 0.0)


def _differ(item_id: str, pair: tuple[CaseScore, CaseScore]) -> bool:
    """Return whether the two who read a case say different things of an item."""
    first, second = (one.results.get(item_id) for one in pair)
    return first != second


def _pairs(pairs: Mapping[str, Sequence[bool]]) -> Pairs:
    return Pairs(
        read=sum(map(len, pairs.values())),
        differing=sum(map(sum, pairs.values())),
        largest=max(map(len, pairs.values()), default=0),
        centres=len(pairs),
    )
