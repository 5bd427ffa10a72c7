"""What differs between two versions of a checklist, part by part, and between two texts, word by word."""

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal, TypeAlias

from checklists.conditions import Condition
from checklists.logic import AllOf
from checklists.model import (
    CentrePass,
    Checklist,
    Contradiction,
    Fact,
    Item,
    Scale,
    Stop,
    Theme,
    Verdict,
)

Part: TypeAlias = Checklist | Theme | Item | Fact | Verdict | Scale | Contradiction | Stop | CentrePass
_Named: TypeAlias = Theme | Item | Fact | Verdict | Scale | Contradiction | Stop
Kind = Literal["added", "removed", "changed", "moved"]
PartName = Literal["head", "theme", "item", "fact", "verdict", "scale", "contradiction", "stop", "centre"]

#: What is compared in each part; whatever stands in a part of its own is compared there.
FIELDS: Mapping[PartName, tuple[str, ...]] = {
    "head": (
        "title",
        "purpose",
        "responsible",
        "subject",
        "status_date",
        "not_applicable",
        "target",
        "cannot_assess",
    ),
    "theme": ("title", "applies_when", "pass_mark", "verdicts"),
    "item": (
        "question",
        "guidance",
        "good_example",
        "bad_example",
        "recommendation",
        "severity",
        "rule",
        "weight",
        "core",
        "answers",
        "note_required_at",
        "journal_reference_required_at",
        "applies_when",
        "references",
        "cannot_assess",
        "follow_ups",
        "without_law",
    ),
    "fact": ("question", "guidance", "values", "from_register", "applies_when"),
    "verdict": ("title", "positive", "when"),
    "scale": ("answers",),
    "contradiction": ("message", "refuse_when"),
    "stop": ("title", "stop_when"),
    "centre": ("mark", "decided"),
}
#: Field of an item or a fact that is asked of other cases than before though it says nothing else itself: the
#: condition of its theme was changed, or the item that it follows.
CONDITIONS = "conditions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One part that is not as it was.

    Attributes
    ----------
    kind
        ``moved``: among the parts that are in both versions it stands elsewhere, and nothing else changed.
    before, after
        The part in the two versions; None where it was added or removed.
    fields
        The names of the fields that differ, in the order of `FIELDS`, and `CONDITIONS` where only others say
        that the part is asked of other cases; empty unless the kind is ``changed``.
    moved
        Also true for a changed part that stands elsewhere, too.
    """

    part: PartName
    id: str
    kind: Kind
    before: Part | None = None
    after: Part | None = None
    fields: tuple[str, ...] = ()
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: in both, or only before (``removed``), or only after (``added``)."""

    kind: Literal["same", "removed", "added"]
    text: str


def changes(old: Checklist, new: Checklist) -> tuple[Change, ...]:
    """Return what differs, part by part in the order of `FIELDS`; what was removed stands last in each."""
    return (
        *_compared("head", {"": old}, {"": new}),
        *_compared("theme", _by_id(old.themes), _by_id(new.themes)),
        *_compared(
            "item",
            _by_id(old.items),
            _by_id(new.items),
            elsewhere=_elsewhere(_places(old), _places(new)),
            asked_otherwise=_asked_otherwise(old, new),
        ),
        *_compared("fact", _by_id(old.facts), _by_id(new.facts), asked_otherwise=_asked_otherwise(old, new)),
        *_compared("verdict", _by_id(old.verdicts), _by_id(new.verdicts)),
        *_compared("scale", _by_id(old.scales), _by_id(new.scales)),
        *_compared("contradiction", _by_id(old.contradictions), _by_id(new.contradictions)),
        *_compared("stop", _by_id(old.stops), _by_id(new.stops)),
        *_compared("centre", _centre(old), _centre(new)),
    )


def field_value(checklist: Checklist, part: Part, field: str) -> Any:
    """Return what a part of a checklist has in a field; `CONDITIONS` are those of the part and of its theme."""
    if field != CONDITIONS:
        return getattr(part, field)
    return _whole(checklist.conditions[part.id]) if isinstance(part, Item | Fact) else None


def word_changes(before: str, after: str) -> tuple[Piece, ...]:
    """Return both texts as one, in pieces of whole words; spaces and line breaks belong to the word before."""
    old, new = (re.findall(r"\S+\s*|\s+", text) for text in (before, after))
    matcher = SequenceMatcher(None, [word.rstrip() for word in old], [word.rstrip() for word in new], False)
    pieces = []
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            # The last word of the one text has no space after it, which the other's may need.
            both = zip(old[old_from:old_to], new[new_from:new_to], strict=True)
            pieces.append(Piece("same", "".join(max(words, key=len) for words in both)))
            continue
        pieces.append(Piece("removed", "".join(old[old_from:old_to])))
        pieces.append(Piece("added", "".join(new[new_from:new_to])))
    return tuple(piece for piece in pieces if piece.text)


def _by_id(parts: Sequence[_Named]) -> dict[str, Part]:
    return {one.id: one for one in parts}


def _centre(checklist: Checklist) -> dict[str, Part]:
    return {} if checklist.centre is None else {"": checklist.centre}


def _whole(conditions: tuple[Condition, ...]) -> Condition | None:
    if len(conditions) < 2:
        return next(iter(conditions), None)
    return AllOf(conditions)


def _asked_otherwise(old: Checklist, new: Checklist) -> set[str]:
    """Return the items and facts in both that are asked of other cases, whoever says so."""
    return {
        one for one, condition in new.conditions.items() if old.conditions.get(one, condition) != condition
    }


def _compared(
    part: PartName,
    old: Mapping[str, Part],
    new: Mapping[str, Part],
    *,
    elsewhere: set[str] | None = None,
    asked_otherwise: Container[str] = (),
) -> Iterator[Change]:
    moved = _moved(list(old), list(new)) if elsewhere is None else elsewhere
    for id_, after in new.items():
        before = old.get(id_)
        if before is None:
            yield Change(part=part, id=id_, kind="added", after=after)
            continue
        fields = tuple(name for name in FIELDS[part] if getattr(before, name) != getattr(after, name))
        if id_ in asked_otherwise and "applies_when" not in fields:
            fields += (CONDITIONS,)
        if fields or id_ in moved:
            kind: Kind = "changed" if fields else "moved"
            yield Change(
                part=part, id=id_, kind=kind, before=before, after=after, fields=fields, moved=id_ in moved
            )
    for id_, before in old.items():
        if id_ not in new:
            yield Change(part=part, id=id_, kind="removed", before=before)


def _places(checklist: Checklist) -> dict[str, str]:
    """Return the theme of each item, in the order of the items."""
    return {item.id: theme.id for theme in checklist.themes for item in theme.items}


def _elsewhere(old: Mapping[str, str], new: Mapping[str, str]) -> set[str]:
    """Return the items that changed theme, and those that changed their place within it."""
    found = {id_ for id_ in new if id_ in old and old[id_] != new[id_]}
    for theme in set(new.values()):
        within = [[id_ for id_ in places if places[id_] == theme] for places in (old, new)]
        found |= _moved(*within)
    return found


def _moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """Return the fewest ids that must be moved to make the one order of what is in both into the other."""
    place = {id_: number for number, id_ in enumerate(old)}
    both = [id_ for id_ in new if id_ in place]
    return set(both) - set(_longest_rising(both, place))


def _longest_rising(ids: Sequence[str], place: Mapping[str, int]) -> list[str]:
    """Return the longest row of ids whose places rise, by keeping for each length the lowest last place."""
    lasts: list[int] = []
    ends: list[str] = []
    before: dict[str, str | None] = {}
    for id_ in ids:
        at = bisect_left(lasts, place[id_])
        before[id_] = ends[at - 1] if at else None
        lasts[at : at + 1] = [place[id_]]
        ends[at : at + 1] = [id_]
    found: list[str] = []
    last = ends[-1] if ends else None
    while last is not None:
        found.append(last)
        last = before[last]
    return found
