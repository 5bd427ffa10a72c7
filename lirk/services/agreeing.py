"""Several answers that count where two readings of a case differ, kept together or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from lirk.domain.people import Person
from lirk.domain.reconciliation import AgreedElsewhere, NothingToAgree, Reconciliation
from lirk.errors import Problem, ProblemsFound
from lirk.services.reconciling import agree, reconciliation_page
from lirk.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An answer that is to count at one item; ``version`` is that of the agreed answer it was made from."""

    item_id: str
    value: str
    reason: str
    version: int

    @property
    def untouched(self) -> bool:
        """Whether nothing was chosen and nothing was written."""
        return not (self.value or self.reason.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What is made of two readings now, and how many answers were kept for it."""

    found: Reconciliation
    kept: int


def agree_on_several(
    store: Store, actor: Person, review_id: int, wanted: Iterable[Wanted], *, now: datetime
) -> Agreed:
    """Keep the answers that count at several items; those left untouched stay as they are.

    An answer to an item that an earlier one makes inapplicable is left out: it would not count.
    Whoever calls it must undo everything where it raises.

    Raises
    ------
    ProblemsFound
        If any cannot be kept; ``item`` and ``column`` name the field. Also where somebody else was first.
    NothingToAgree
        If the two differ at none of the items any more.
    RoundNotIn, NotFound, NotAllowed
        As ``lirk.services.reconciling.agree``.
    """
    touched = [one for one in wanted if not one.untouched]
    found = reconciliation_page(store, actor, review_id).found
    if not found.differing:
        raise NothingToAgree
    if not touched:
        at = (found.open or found.differing)[0].id
        raise ProblemsFound([Problem("nothing-agreed", item=at, column="value")])
    problems: list[Problem] = []
    kept = 0
    for one in touched:
        if one.item_id not in {each.id for each in found.differing}:
            continue
        try:
            found = agree(
                store, actor, review_id, one.item_id, one.value, one.reason, version=one.version, now=now
            )
        except ProblemsFound as error:
            problems += (replace(each, item=one.item_id) for each in error.problems)
        except AgreedElsewhere as error:
            problems.append(Problem(error.code, item=one.item_id, column="value"))
        kept += 1
    if problems:
        raise ProblemsFound(problems)
    if not kept:
        raise NothingToAgree
    return Agreed(found=found, kept=kept)
