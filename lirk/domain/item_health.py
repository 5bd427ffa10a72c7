"""How the items of a checklist work in practice, from finished reviews; never per person, never per centre.

What is said of an item are words: how often something happened, of all reviews that asked it, in the closed
rounds in which it meant the same. A reader with one centre's report in hand must be left with at least two
possible counts for every other centre, as in ``lirk.domain.disclosure``. The reader is taken to know the
program, how many reviews each centre has, and of each centre in how many of them the item was relevant. It is
words and not steps of five percent because several things are said of the same answers, of several rounds.

Why it is safe
    Each case's answer to an item is one of six (`Outcome`). What is said depends on the totals of these six,
    and of doubt, over all centres, unweighted; and on the numbers of reviews, which are known. Any two cases of
    two centres in one round can so be exchanged, and not a byte changes. Unless all other centres' relevant
    answers are alike in a thing, an exchange with a third centre gives a centre one more or one fewer of it,
    and the reader cannot tell.

    There is left what all other centres have in every relevant case, or in none. Then the total is no more
    than the reader's own cases, or lacks no more than those. ``Bounds.ends`` is one more than the largest
    centre has: the first word covers one case more, and the last word one less. The case that becomes another
    stops being something else. That word stands unless its total is the smallest that it covers, which is
    ``ends + 1``. At most three things that are told of exclude it and each other (cannot be assessed, not met,
    commented; two where it is one of them), so that at most ``3 * (ends + 1)`` cases are stuck, also for what
    is never told by itself, such as a plain yes. ``Bounds.few`` is that and the reader's own: of an item with
    no more relevant cases, nothing but relevance is said. Doubt is apart from the answer and can be set
    anywhere. Partly met is a part of not met: one can be taken for the other, and the whole stays.

    Where relevance itself is the thing, the reader is not taken to know it. Three others exclude it and each
    other, so that ``3 * (ends + 1)`` cases may be stuck; ``Bounds.usable`` asks for more than that, the
    reader's own and one end, so that being told anything leaves room in relevance, too.
Beside the overview
    An overview tells of a theme which share of its cases is in order. Where a theme has one scored item, the
    two would tell of the same cases in different steps: of such an item it is not said how often it is not
    met, nor partly met.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from checklists.comparing import comparable
from checklists.model import Checklist, Item
from checklists.score import CaseScore
from lirk.domain.reviews import Answer
from lirk.domain.rounds import ChecklistVersion

#: With five centres, however large, too little room is left (see `Bounds.usable`).
FEWEST_CENTRES = 6
#: Relevant cases behind anything that is said, at least.
FEWEST_CASES = 10
#: "Seldom or never" is taken for never only where it is at most one review in so many.
NARROW = 10


@dataclass(frozen=True, slots=True)
class MeasuredRound:
    """A closed round and the version that it asked."""

    id: int
    title: str
    pinned: ChecklistVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedReview:
    """One finished review in a closed round; whose it was is not known here."""

    id: int
    finished_at: datetime
    round_id: int
    case_id: int
    centre: str
    facts: Mapping[str, str]
    answers: Mapping[str, Answer]


class Outcome(StrEnum):
    """What a review says of one item; each excludes the others.

    ``NOT_APPLICABLE``: answered so, or not asked. ``COMMENTED``: neither partly met nor not met, and with a
    note that the answer did not require.
    """

    NOT_APPLICABLE = "not-applicable"
    CANNOT_ASSESS = "cannot-assess"
    NO = "no"
    PARTLY = "partly"
    COMMENTED = "commented"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class ItemReading:
    """One item in one review."""

    outcome: Outcome
    in_doubt: bool = False


class Measure(StrEnum):
    """What is said of an item."""

    NOT_APPLICABLE = "not-applicable"
    CANNOT_ASSESS = "cannot-assess"
    NOT_MET = "not-met"
    PARTLY = "partly"
    IN_DOUBT = "in-doubt"
    COMMENTED = "commented"
    DISPUTED = "disputed"


class Often(StrEnum):
    """How often; ``WITHHELD`` where too little is known to say it without saying too much."""

    SELDOM = "seldom"
    SOMETIMES = "sometimes"
    NEARLY_ALWAYS = "nearly-always"
    WITHHELD = "withheld"


class Why(StrEnum):
    """Why nothing is said of an item."""

    NO_ROUND = "no-round"
    FEW_CENTRES = "few-centres"
    FEW_CASES = "few-cases"


class Suggestion(StrEnum):
    """What an archivist may do about an item."""

    RETIRE = "retire"
    REWRITE = "rewrite"
    SPLIT = "split"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where the words begin and end, by the numbers of reviews alone."""

    reviews: int
    largest: int
    centres: int

    @classmethod
    def of(cls, sizes: Iterable[int]) -> "Bounds":
        """Return the bounds for the number of reviews of each centre."""
        kept = [size for size in sizes if size]
        return cls(sum(kept), max(kept, default=0), len(kept))

    @property
    def ends(self) -> int:
        """How many are still "seldom or never", and how many may be lacking from "nearly always"."""
        return max(self.largest + 1, FEWEST_CASES - 1)

    @property
    def few(self) -> int:
        """Up to so many relevant reviews, nothing is said but that."""
        return self.largest + 3 * (self.ends + 1)

    @property
    def usable(self) -> bool:
        """Whether anything can be said."""
        return self.centres >= FEWEST_CENTRES and self.reviews > self.few + self.ends + 1

    @property
    def narrow(self) -> bool:
        """Whether "seldom or never" is so few that it can be read as never."""
        return self.ends * NARROW <= self.reviews

    def often(self, count: int, of: int) -> Often:
        """Return the word for a count of so many."""
        if count >= of - self.ends:
            return Often.NEARLY_ALWAYS
        return Often.SELDOM if count <= self.ends else Often.SOMETIMES


@dataclass(frozen=True, slots=True)
class Pairs:
    """Cases that two people read, and those of them in which they differ on the item; none in a centre's name.

    ``largest``: the most of one centre.
    """

    read: int = 0
    differing: int = 0
    largest: int = 0
    centres: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """All that is said of an item: words, or why there are none, and how many reviews they are of."""

    bounds: Bounds
    words: Mapping[Measure, Often]
    why: Why | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemHealth:
    """One item of a version: what is said of it, and what that suggests.

    Attributes
    ----------
    rounds
        Titles of the rounds in which it meant the same, oldest first.
    reasons
        The measures that led to the suggestion.
    """

    item: Item
    number: str
    rounds: tuple[str, ...]
    said: Said
    suggestion: Suggestion
    reasons: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Traits:
    """What of an item decides, beside the words, whether it could be done without.

    ``conditional``: it is asked under a condition only, and costs nobody anything where it is not relevant.
    """

    critical: bool
    scored: bool
    conditional: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """That a word about an item suggests something; ``unless`` says of which items it does not."""

    measure: Measure
    words: frozenset[Often]
    suggestion: Suggestion
    unless: Callable[[Traits, Bounds], bool] = lambda _, __: False


_OFTEN = frozenset({Often.SOMETIMES, Often.NEARLY_ALWAYS})
#: What follows from what is said; the first suggestion that any rule makes is made, with all its reasons.
RULES = (
    Rule(
        Measure.NOT_APPLICABLE,
        frozenset({Often.NEARLY_ALWAYS}),
        Suggestion.RETIRE,
        unless=lambda item, _: item.critical or item.conditional,
    ),
    Rule(Measure.CANNOT_ASSESS, _OFTEN, Suggestion.REWRITE),
    Rule(Measure.IN_DOUBT, _OFTEN, Suggestion.REWRITE),
    Rule(Measure.DISPUTED, _OFTEN, Suggestion.REWRITE),
    Rule(Measure.COMMENTED, _OFTEN, Suggestion.REWRITE),
    Rule(Measure.PARTLY, _OFTEN, Suggestion.SPLIT, unless=lambda item, _: not item.scored),
    Rule(
        Measure.NOT_MET,
        frozenset({Often.SELDOM}),
        Suggestion.RETIRE,
        unless=lambda item, bounds: item.critical or not item.scored or not bounds.narrow,
    ),
)


def reading_of(item: Item, score: CaseScore, answers: Mapping[str, Answer]) -> ItemReading:
    """Return what a finished review says of one item.

    Parameters
    ----------
    score
        Of the whole review.
    answers
        By item id; those to items that do not apply count nowhere.
    """
    result = score.results.get(item.id, "not_applicable")
    given = answers.get(item.id)
    if result == "not_applicable" or given is None:
        return ItemReading(Outcome.NOT_APPLICABLE)
    outcome = {
        "cannot_assess": Outcome.CANNOT_ASSESS,
        "no": Outcome.NO,
        "partly": Outcome.PARTLY,
    }.get(result)
    if outcome is None:
        noted = bool(given.note.strip()) and given.value not in item.note_required_at
        outcome = Outcome.COMMENTED if noted else Outcome.PLAIN
    return ItemReading(outcome, in_doubt=given.in_doubt)


def said_of(
    centres: Mapping[str, Sequence[ItemReading]], *, pairs: Pairs | None = None, alone: bool = False
) -> Said:
    """Return what is said of an item, by its readings in each centre; see the head of this module.

    Parameters
    ----------
    pairs
        Cases that two people read; None or none where no case was.
    alone
        The item is the only scored one of its theme.
    """
    bounds = Bounds.of(len(readings) for readings in centres.values())
    if not bounds.reviews:
        return Said(bounds=bounds, words={}, why=Why.NO_ROUND)
    if not bounds.usable:
        few = bounds.centres < FEWEST_CENTRES
        return Said(bounds=bounds, words={}, why=Why.FEW_CENTRES if few else Why.FEW_CASES)
    readings = [reading for given in centres.values() for reading in given]
    words = words_of(bounds, Counter(one.outcome for one in readings), sum(one.in_doubt for one in readings))
    if alone:
        words |= dict.fromkeys((Measure.NOT_MET, Measure.PARTLY), Often.WITHHELD)
    return Said(bounds=bounds, words={**words, Measure.DISPUTED: _disputed(pairs or Pairs())})


def words_of(bounds: Bounds, totals: Mapping[Outcome, int], in_doubt: int) -> dict[Measure, Often]:
    """Return the words for the totals of all centres; every number here is one of the whole municipality."""
    found = Counter(totals)
    relevant = bounds.reviews - found[Outcome.NOT_APPLICABLE]
    words = {Measure.NOT_APPLICABLE: bounds.often(found[Outcome.NOT_APPLICABLE], bounds.reviews)}
    counts = {
        Measure.CANNOT_ASSESS: found[Outcome.CANNOT_ASSESS],
        Measure.NOT_MET: found[Outcome.NO] + found[Outcome.PARTLY],
        Measure.PARTLY: found[Outcome.PARTLY],
        Measure.IN_DOUBT: in_doubt,
        Measure.COMMENTED: found[Outcome.COMMENTED],
    }
    if relevant <= bounds.few:
        return {**words, **dict.fromkeys(counts, Often.WITHHELD)}
    return {**words, **{measure: bounds.often(count, relevant) for measure, count in counts.items()}}


def traits_of(checklist: Checklist, item: Item) -> Traits:
    """Return the traits of an item of a checklist."""
    return Traits(
        critical=item.severity == "critical",
        scored=item.scored,
        conditional=bool(checklist.conditions[item.id]),
    )


def suggestion_for(item: Traits, said: Said) -> tuple[Suggestion, tuple[Measure, ...]]:
    """Return what is suggested for an item, and the measures that led to it."""
    held = [
        rule
        for rule in RULES
        if said.words.get(rule.measure) in rule.words and not rule.unless(item, said.bounds)
    ]
    if not held:
        return Suggestion.NONE, ()
    first = held[0].suggestion
    return first, tuple(rule.measure for rule in held if rule.suggestion is first)


def same_item(old: Checklist, new: Checklist, item_id: str) -> bool:
    """Return whether an item means the same in two versions.

    Two texts with one number have it alike to the letter, or it is not known what was changed between them.
    """
    if old.version == new.version:
        return old.item(item_id) is not None and _asks(old.item(item_id)) == _asks(new.item(item_id))
    return comparable(old, new, item_id)


def is_alone(checklist: Checklist, item_id: str) -> bool:
    """Return whether an item is the only scored one of its theme."""
    scored = ([item.id for item in theme.items if item.scored] for theme in checklist.themes)
    return [item_id] in scored


def _asks(item: Item | None) -> object:
    return None if item is None else (item.question, item.answers, item.applies_when)


def _disputed(pairs: Pairs) -> Often:
    bounds = Bounds(pairs.read, pairs.largest, pairs.centres)
    return bounds.often(pairs.differing, pairs.read) if bounds.usable else Often.WITHHELD
