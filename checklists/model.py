"""One version of a checklist, frozen: themes, items, scales, facts, verdicts."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from graphlib import TopologicalSorter
from types import MappingProxyType

from checklists.conditions import Condition, Is, negated_reads, reads
from checklists.logic import AnyOf, Single
from checklists.verdicts import Rule

#: What a checklist file says that it is.
FORMAT = "lirk-checklist/1"
SUBJECTS = ("case", "place", "staff")
SEVERITIES = ("critical", "serious", "minor")
RULES = (
    "guarantee",
    "order",
    "good-practice",
    "substantive",
    "data-protection",
    "records",
    "local",
)
KINDS_OF_CHANGE = ("wording", "meaning")
MEANINGS = ("positive", "partial", "negative", "not_applicable", "cannot_assess", "none")
NOT_APPLICABLE_POLICIES = ("drop", "full", "target")
CANNOT_ASSESS_POLICIES = ("out", "negative")


@dataclass(frozen=True, slots=True)
class Text:
    """A text in Danish and, where it is translated, in English; empty in both where there is none."""

    da: str = ""
    en: str = ""

    def in_(self, language: str) -> str:
        """Return the text in ``language`` (``"da"`` or ``"en"``); Danish where there is no English."""
        return self.en if language == "en" and self.en else self.da

    def __bool__(self) -> bool:
        return bool(self.da)


@dataclass(frozen=True, slots=True)
class ScaleAnswer:
    """One answer of a scale.

    Attributes
    ----------
    code
        What is stored and stands in files.
    meaning
        One of `MEANINGS`.
    points
        What it earns before the item's weight, 0 or more; None where it is no part of the score.
    """

    code: str
    meaning: str
    points: Fraction | None
    text: Text


@dataclass(frozen=True, slots=True)
class Scale:
    """Answers in the order in which they are offered."""

    id: str
    answers: tuple[ScaleAnswer, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all answers, in order."""
        return tuple(answer.code for answer in self.answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A reference to the law.

    Attributes
    ----------
    text
        The reference as it is printed, with act, paragraph and number.
    act
        Id of the act in the list of acts (`checklists.acts`), empty where it is in none.
    paragraph, subsection, number
        ``§``, ``stk.``, ``nr.`` by themselves, empty where the text says it all.
    verified
        False where nobody has held it against its source: shown as "not verified".
    checked_by, checked_on
        Who held it against its source, and when, where that is known.
    """

    text: Text
    status_date: date
    source: str
    verified: bool
    act: str = ""
    paragraph: str = ""
    subsection: str = ""
    number: str = ""
    checked_by: str = ""
    checked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartChange:
    """How an item or a fact was changed in a version: only its words, or its meaning.

    A change of meaning breaks the time series: what is counted before ``version`` cannot be compared with
    what is counted from then on.
    """

    version: int
    kind: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FactValue:
    """One value that a fact can have."""

    code: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something about the case that decides which items apply.

    ``from_register``: shown, not asked, where the register gives it.
    """

    id: str
    question: Text
    values: tuple[FactValue, ...]
    guidance: Text = Text()
    from_register: bool = False
    applies_when: Condition | None = None
    changes: tuple[PartChange, ...] = ()

    @property
    def offered(self) -> tuple[str, ...]:
        """The codes of the values, in order."""
        return tuple(value.code for value in self.values)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Items (by their ids) that apply only after the answer ``code`` to the item that names them."""

    code: str
    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Item:
    """One question, worded so that Yes is good.

    Attributes
    ----------
    weight
        0 or more; 0 is asked, and counts neither in points nor in verdicts.
    answers
        Those of the scale that are offered, in the scale's order, with the item's own points where it has any.
    cannot_assess
        The item's own policy where the file must show it (one of `CANNOT_ASSESS_POLICIES`), else the
        checklist's (None).
    follow_ups
        The items that are asked after one of its answers only.
    without_law
        Why the item has no reference to the law; empty where it has one or needs none.
    changes
        What was changed in which version, oldest first.
    note_required_at, journal_reference_required_at
        Codes of answers that need a note, or a reference to the journal.
    recommendation
        What a finding starts from; empty where the item has none.
    """

    id: str
    question: Text
    severity: str
    rule: str
    weight: Fraction
    core: bool
    scale: Scale
    answers: tuple[ScaleAnswer, ...]
    guidance: Text = Text()
    good_example: Text = Text()
    bad_example: Text = Text()
    recommendation: Text = Text()
    note_required_at: tuple[str, ...] = ()
    journal_reference_required_at: tuple[str, ...] = ()
    applies_when: Condition | None = None
    references: tuple[Reference, ...] = ()
    cannot_assess: str | None = None
    follow_ups: tuple[FollowUp, ...] = ()
    without_law: Text = Text()
    changes: tuple[PartChange, ...] = ()

    @cached_property
    def offered(self) -> tuple[str, ...]:
        """The codes of the offered answers, in order."""
        return tuple(answer.code for answer in self.answers)

    @property
    def scored(self) -> bool:
        """Whether the item counts in points and in verdicts."""
        return self.weight > 0

    @cached_property
    def possible(self) -> Fraction:
        """The most points that an offered answer earns, with the weight."""
        return self.weight * max(
            (answer.points or Fraction(0) for answer in self.answers), default=Fraction(0)
        )

    def answer(self, code: str) -> ScaleAnswer | None:
        """Return the offered answer with this code, or None."""
        return next((answer for answer in self.answers if answer.code == code), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Items that are reported together, in order.

    Attributes
    ----------
    pass_mark
        Percent of the theme's points, 0 to 100, from which the theme is passed; None where there is none.
    verdicts
        The theme's own verdict rules, in order; the last takes the rest. Empty where it has none.
    """

    id: str
    title: Text
    items: tuple[Item, ...]
    applies_when: Condition | None = None
    pass_mark: Fraction | None = None
    verdicts: "tuple[Verdict, ...]" = ()

    def verdict(self, verdict_id: str) -> "Verdict | None":
        """Return the theme's own verdict with this id, or None."""
        return next((verdict for verdict in self.verdicts if verdict.id == verdict_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a case is called when ``when`` is the first rule that matches; None matches all the rest."""

    id: str
    title: Text
    positive: bool = False
    when: Rule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Answers that cannot stand together: where ``refuse_when`` holds, a case is refused with ``message``."""

    id: str
    message: Text
    refuse_when: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """An answer that ends the review with a result of its own, which is never a zero."""

    id: str
    title: Text
    stop_when: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class CentrePass:
    """From which percent of cases with a positive verdict a centre passes, and where that was decided."""

    mark: Fraction
    decided: Text


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """One version of a checklist.

    Attributes
    ----------
    subject
        One of `SUBJECTS`: what is looked at.
    status_date
        The day whose law it states.
    not_applicable
        One of `NOT_APPLICABLE_POLICIES`: leaves the score, earns full points, or earns ``target`` percent.
    cannot_assess
        One of `CANNOT_ASSESS_POLICIES`: stays out of the score, or counts as negative.
    target
        Percent, 0 to 100; only under the policy ``target``.
    verdicts
        In order; the last has no rule and takes the rest.
    scales
        The checklist's own, beside the shipped ones.
    contradictions, stops
        In order; the first stop that holds is the case's result.
    centre
        None where the municipality has decided no pass mark in writing.
    """

    id: str
    version: int
    subject: str
    status_date: date
    title: Text
    not_applicable: str
    cannot_assess: str
    themes: tuple[Theme, ...]
    verdicts: tuple[Verdict, ...]
    facts: tuple[Fact, ...] = ()
    purpose: Text = Text()
    responsible: Text = Text()
    target: Fraction | None = None
    scales: tuple[Scale, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    stops: tuple[Stop, ...] = ()
    centre: CentrePass | None = None

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items, in the order of the themes."""
        return tuple(item for theme in self.themes for item in theme.items)

    def item(self, item_id: str) -> Item | None:
        """Return the item with this id, or None."""
        return self._items.get(item_id)

    def fact(self, fact_id: str) -> Fact | None:
        """Return the fact with this id, or None."""
        return self._facts.get(fact_id)

    def theme(self, theme_id: str) -> Theme | None:
        """Return the theme with this id, or None."""
        return next((theme for theme in self.themes if theme.id == theme_id), None)

    def verdict(self, verdict_id: str) -> Verdict | None:
        """Return the verdict or the stop with this id, or None (also for what is no verdict of a rule)."""
        stops = (Verdict(id=stop.id, title=stop.title) for stop in self.stops)
        return next((verdict for verdict in (*self.verdicts, *stops) if verdict.id == verdict_id), None)

    def contradiction(self, contradiction_id: str) -> Contradiction | None:
        """Return the contradiction with this id, or None."""
        return next((one for one in self.contradictions if one.id == contradiction_id), None)

    def offered(self, question_id: str) -> tuple[str, ...] | None:
        """Return the codes that can answer a fact or an item, or None where there is no such question."""
        question = self.item(question_id) or self.fact(question_id)
        return None if question is None else question.offered

    @cached_property
    def conditions(self) -> Mapping[str, tuple[Condition, ...]]:
        """By fact and item id, the conditions that must all hold for it to apply.

        Its theme's, its own, and for a follow-up that one of the answers was given which it follows.
        """
        return MappingProxyType(
            {
                question_id: tuple(condition for condition in conditions if condition is not None)
                for question_id, conditions in self._all_conditions()
            }
        )

    @cached_property
    def evaluation_order(self) -> tuple[str, ...]:
        """Fact and item ids so ordered that each stands after all that its conditions look at."""
        graph = {
            question_id: [read for condition in conditions for read in reads(condition)]
            for question_id, conditions in self.conditions.items()
        }
        return tuple(TopologicalSorter(graph).static_order())

    def _all_conditions(self) -> Iterator[tuple[str, tuple[Condition | None, ...]]]:
        for fact in self.facts:
            yield fact.id, (fact.applies_when,)
        for theme in self.themes:
            for item in theme.items:
                yield item.id, (theme.applies_when, item.applies_when, self._followed.get(item.id))

    @cached_property
    def _followed(self) -> Mapping[str, Condition]:
        """By the id of a follow-up, that one of the answers was given which it follows."""
        tests: dict[str, list[Condition]] = {}
        for item in self.items:
            codes: dict[str, tuple[str, ...]] = {}
            for follow_up in item.follow_ups:
                for name in follow_up.items:
                    codes[name] = (*codes.get(name, ()), follow_up.code)
            for name, after in codes.items():
                tests.setdefault(name, []).append(Single(Is(item.id, after)))
        return {name: AnyOf(tuple(found)) if found[1:] else found[0] for name, found in tests.items()}

    @cached_property
    def core_set(self) -> "Checklist":
        """The same checklist with its core items only.

        Themes without items fall away, and so do facts that only the other items look at, and a contradiction
        or a stop that holds where an item that is not asked has no answer.
        """
        if all(item.core for item in self.items):
            return self
        core = {item.id for item in self.items if item.core}
        left = {item.id for item in self.items} - core
        themes = (
            replace(theme, items=tuple(_following(item, core) for item in theme.items if item.core))
            for theme in self.themes
        )
        smaller = replace(
            self,
            themes=tuple(theme for theme in themes if theme.items),
            contradictions=tuple(
                one for one in self.contradictions if left.isdisjoint(negated_reads(one.refuse_when))
            ),
            stops=tuple(one for one in self.stops if left.isdisjoint(negated_reads(one.stop_when))),
        )
        spared = self._looked_at() - smaller._looked_at()
        return replace(smaller, facts=tuple(fact for fact in self.facts if fact.id not in spared))

    def _looked_at(self) -> set[str]:
        """Return the ids of the facts and items that an item or a rule of the case looks at, also by others."""
        found: set[str] = set()
        conditions = [
            *(condition for item in self.items for condition in self.conditions[item.id]),
            *(one.refuse_when for one in self.contradictions),
            *(one.stop_when for one in self.stops),
        ]
        while conditions:
            new = set(reads(conditions.pop())) - found
            found |= new
            conditions += [condition for name in new for condition in self.conditions.get(name, ())]
        return found

    @cached_property
    def _items(self) -> Mapping[str, Item]:
        return {item.id: item for item in self.items}

    @cached_property
    def _facts(self) -> Mapping[str, Fact]:
        return {fact.id: fact for fact in self.facts}


def _following(item: Item, asked: Container[str]) -> Item:
    """Return an item with those of its follow-ups that are asked."""
    if not item.follow_ups:
        return item
    kept = (FollowUp(one.code, tuple(name for name in one.items if name in asked)) for one in item.follow_ups)
    return replace(item, follow_ups=tuple(one for one in kept if one.items))
