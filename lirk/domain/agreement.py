"""How far two who read the same cases answered alike: for each item and for a checklist, never for a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checklists.model import Checklist, Item
from sampling.agreement import gwet_ac1, krippendorff_alpha, percent_agreement

#: Answers of these meanings have no place in an order.
WITHOUT_PLACE = ("not_applicable", "cannot_assess", "none")

#: The answers of two who read one case, by item id; only those that count.
Pair = tuple[Mapping[str, str], Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAgreement:
    """How far two answered one item alike.

    ``pairs`` is how many cases both answered it in. ``percent`` is None where that is none; ``ac1`` also where
    all answers were the same, for then nothing tells what chance would give.
    """

    item: Item
    number: str
    pairs: int
    alike: int
    percent: float | None
    ac1: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAgreement:
    """How far two answered a checklist alike.

    Attributes
    ----------
    cases
        How many cases both read with it.
    pairs, alike
        How many answers both gave, item by item, and how many of them are the same.
    alpha
        Krippendorff's alpha, ordinal, over the scored items; None where it is not defined.
    """

    checklist: Checklist
    cases: int
    pairs: int
    alike: int
    percent: float | None
    alpha: float | None
    items: tuple[ItemAgreement, ...]


def agreement(checklist: Checklist, pairs: Sequence[Pair]) -> FormAgreement:
    """Return how far two answered a checklist alike, in the cases that both read to the end.

    An item is compared where both answered it: one that only one of them was asked differs because of another
    item, and is counted there. Answers such as not applicable are answers like others for the shares, and
    missing for alpha, which looks at the order of the answers.
    """
    items = tuple(
        _of_item(item, f"{number}.{place}", pairs)
        for number, theme in enumerate(checklist.themes, start=1)
        for place, item in enumerate(theme.items, start=1)
    )
    both, alike = sum(one.pairs for one in items), sum(one.alike for one in items)
    return FormAgreement(
        checklist=checklist,
        cases=len(pairs),
        pairs=both,
        alike=alike,
        percent=alike / both if both else None,
        alpha=_alpha(checklist, pairs),
        items=items,
    )


def _of_item(item: Item, number: str, pairs: Sequence[Pair]) -> ItemAgreement:
    both = [(one[item.id], other[item.id]) for one, other in pairs if item.id in one and item.id in other]
    ratings = [[one for one, _ in both], [other for _, other in both]]
    return ItemAgreement(
        item=item,
        number=number,
        pairs=len(both),
        alike=sum(one == other for one, other in both),
        percent=percent_agreement(ratings) if both else None,
        ac1=gwet_ac1(ratings, categories=list(item.offered)) if both else None,
    )


def _alpha(checklist: Checklist, pairs: Sequence[Pair]) -> float | None:
    first: list[float | None] = []
    second: list[float | None] = []
    for one, other in pairs:
        for item in checklist.items:
            if item.scored and item.id in one and item.id in other:
                first.append(_place(item, one[item.id]))
                second.append(_place(item, other[item.id]))
    return krippendorff_alpha([first, second], "ordinal") if first else None


def _place(item: Item, code: str) -> float | None:
    """Return where an answer stands between the item's least and its best, 0 to 1; None where nowhere."""
    best = max((one.points for one in item.answers if one.points is not None), default=None)
    chosen = item.answer(code)
    if chosen is None or chosen.points is None or chosen.meaning in WITHOUT_PLACE or not best:
        return None
    return float(chosen.points / best)
