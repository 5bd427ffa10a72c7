"""Answers that are corrected after a centre's objection: what may be corrected, and what counts then.

The reviewer's own answer stays with the review. The corrected one counts in the figures, and every report tells
which answers were corrected and why. How far readers agree, and how well an item works, is never told by them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from checklists.model import Checklist, Contradiction, Fact, Item
from checklists.score import applying, score
from lirk.domain.plain_texts import text_problems
from lirk.domain.reviews import Answer
from lirk.errors import Problem, RuleBroken

#: Signs of a reason, at most.
LONGEST = 2000
#: What the field of a question that a correction opens is called, before the question's id.
FOLLOW_UP = "also-"


class CorrectionChanged(RuleBroken):
    """Somebody else has corrected answers to the same item since the page was made."""

    code = "correction-changed"


class CorrectionNotGranted(RuleBroken):
    """The centre has not objected to the finding, or was not found to be right."""

    code = "correction-not-granted"


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedAnswer:
    """The answer of a case that counts instead of the reviewer's.

    Attributes
    ----------
    before
        What counted before the first correction; empty where the item did not apply then.
    version
        From 1; a correction that was taken back is kept with ``value`` as ``before``.
    """

    review_id: int
    item_id: str
    before: str
    value: str
    reason: str
    version: int
    corrected_at: datetime

    @property
    def holds(self) -> bool:
        """Whether it changes anything; not where it was taken back."""
        return self.value != self.before

    @property
    def given_along(self) -> bool:
        """Whether it came with another correction, by which its item came to apply, and stands as it came."""
        return not self.before and self.version == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedCase:
    """A corrected answer that is counted, with the running number of its case.

    ``again`` are the answers of the review, by fact or item id, that count in the case because of it.
    """

    number: int
    checklist_id: str
    answer: CorrectedAnswer
    again: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsAgain:
    """An answer of the review that counts because another was corrected; facts have no ``item_number``."""

    item_id: str
    item_number: str
    question: str
    answer: str
    answer_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A corrected answer as a report tells it: which case and item, from what to what, and why.

    ``before`` is empty where the item came to apply by another correction; facts have no ``item_number``.
    ``again`` is what counts because of it though nobody answered it anew.
    """

    number: int
    checklist_id: str
    item_id: str
    item_number: str
    question: str
    before: str
    before_text: str
    after: str
    after_text: str
    reason: str
    day: date
    again: tuple[CountsAgain, ...] = ()


@dataclass(frozen=True, slots=True)
class CorrectionCounts:
    """How often answers were corrected, by the round's id and the centre; a count never goes down."""

    written: Mapping[tuple[int, str], int] = field(default_factory=dict)

    def of(self, *, round_id: int | None = None, centre: str | None = None) -> int:
        """Return the count of a round, of a centre in all rounds, or of a centre in a round."""
        return sum(
            count
            for (round_, name), count in self.written.items()
            if round_id in {None, round_} and centre in {None, name}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedCorrection:
    """What the coordinator sends.

    ``number`` is the case's running number, 0 where none was chosen; ``also`` are answers to what comes to apply;
    ``seen`` is how often the item was corrected in the centre when the page was made.
    """

    checklist_id: str
    item_id: str
    number: int = 0
    value: str = ""
    reason: str = ""
    also: Mapping[str, str] = field(default_factory=dict)
    seen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What follows in a case where one answer is another.

    Attributes
    ----------
    given
        The answers to keep by fact or item id: the corrected one, and those to what comes to apply.
    open
        Ids of what applies then and has no answer: the case would count nowhere.
    contradictions
        Those that hold then.
    again
        The answers, by fact or item id, that are there already and come to count.
    """

    given: Mapping[str, str]
    open: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    again: Mapping[str, str]

    @property
    def asked(self) -> frozenset[str]:
        """What comes to apply by the new answer and needs one."""
        return frozenset([*list(self.given)[1:], *self.open])


def outcome(
    checklist: Checklist, codes: Mapping[str, str], item_id: str, value: str, also: Mapping[str, str]
) -> Outcome:
    """Return what follows where an item is answered otherwise.

    Parameters
    ----------
    codes
        The answers that count in the case now, by fact and item id, the register's facts among them.
    also
        Answers to what comes to apply; those to anything else are left out, and so is what is not offered.
    """
    given = {item_id: value}
    found = score(checklist, {**codes, **given})
    while fresh := [id_ for id_ in found.unanswered if also.get(id_) in (checklist.offered(id_) or ())]:
        given.update((id_, also[id_]) for id_ in fresh)
        found = score(checklist, {**codes, **given})
    held = set(found.contradictions)
    return Outcome(
        given=given,
        open=found.unanswered,
        contradictions=tuple(one for one in checklist.contradictions if one.id in held),
        again=_come_to_apply(checklist, codes, {**codes, **given}, leaving=given),
    )


def _come_to_apply(
    checklist: Checklist, before: Mapping[str, str], after: Mapping[str, str], *, leaving: Iterable[str]
) -> dict[str, str]:
    """Return the answers to what applies after and not before, in the checklist's order, leaving some out."""
    left = {*applying(checklist, before), *leaving}
    return {id_: after[id_] for id_ in applying(checklist, after) if id_ not in left and id_ in after}


def correction_problems(
    checklist: Checklist, codes: Mapping[str, str], typed: TypedCorrection, language: str
) -> Iterator[Problem]:
    """Yield why an answer cannot be corrected so; ``column`` names the field.

    Parameters
    ----------
    codes
        As ``outcome`` takes them.
    language
        Of the questions that a problem names.
    """
    if typed.item_id not in applying(checklist, codes):
        yield Problem("correction-not-asked", {"number": typed.number}, column="number")
    elif typed.value not in (checklist.offered(typed.item_id) or ()):
        yield Problem("correction-answer-missing", column="value")
    elif typed.value == codes[typed.item_id]:
        yield Problem("correction-same-answer", {"number": typed.number}, column="value")
    else:
        found = outcome(checklist, codes, typed.item_id, typed.value, typed.also)
        for id_ in found.open:
            question = parts(checklist)[id_].question.in_(language)
            yield Problem("correction-opens", {"question": question}, column=f"{FOLLOW_UP}{id_}")
        for one in found.contradictions:
            yield Problem("correction-contradicts", {"message": one.message.in_(language)}, column="value")


def reason_problems(reason: str) -> Iterator[Problem]:
    """Yield why the reason of a correction cannot be kept."""
    if not reason.strip():
        yield Problem("correction-reason-missing", column="reason")
    yield from text_problems(reason, column="reason", limit=LONGEST)


def with_corrections(
    answers: Mapping[str, Answer], corrected: Iterable[CorrectedAnswer]
) -> Mapping[str, Answer]:
    """Return the answers of a case with the corrected ones in their place; notes stay as they were written."""
    held = {one.item_id: one.value for one in corrected if one.holds}
    if not held:
        return answers
    changed = {
        id_: replace(answers.get(id_) or Answer(item_id=id_, value=value), value=value)
        for id_, value in held.items()
    }
    return {**answers, **changed}


def in_effect(
    checklist: Checklist, codes: Mapping[str, str], corrected: Iterable[CorrectedAnswer]
) -> tuple[CorrectedAnswer, ...]:
    """Return the corrections that change what is counted: neither taken back nor of what does not apply.

    Parameters
    ----------
    codes
        The answers that count in the case, the corrected ones among them.
    """
    held = [one for one in corrected if one.holds]
    shown = set(applying(checklist, codes)) if held else set()
    return tuple(one for one in held if one.item_id in shown)


def corrected_cases(
    checklist: Checklist, number: int, codes: Mapping[str, str], corrected: Sequence[CorrectedAnswer]
) -> Iterator[CorrectedCase]:
    """Yield the corrections of a case that change what is counted, with what counts again because of each.

    Parameters
    ----------
    codes
        As ``in_effect`` takes them.
    """
    counted = in_effect(checklist, codes, corrected)
    for one in counted:
        again: dict[str, str] = {}
        if one.before:
            without = {**codes, one.item_id: one.before}
            again = _come_to_apply(checklist, without, codes, leaving=[each.item_id for each in counted])
        yield CorrectedCase(number=number, checklist_id=checklist.id, answer=one, again=again)


def told(checklist: Checklist, made: Iterable[CorrectedCase], language: str) -> tuple[Correction, ...]:
    """Return corrections as a report tells them, by the case's running number and in the checklist's order.

    Parameters
    ----------
    made
        The corrections of one checklist.
    """
    places = {id_: place for place, id_ in enumerate(parts(checklist))}
    ordered = sorted(made, key=lambda one: (one.number, places[one.answer.item_id]))
    return tuple(_told(checklist, one, language) for one in ordered)


def counting_again(checklist: Checklist, again: Mapping[str, str], language: str) -> tuple[CountsAgain, ...]:
    """Return answers that count again, in words."""
    asked, numbers = parts(checklist), _numbers(checklist)
    return tuple(
        CountsAgain(
            item_id=id_,
            item_number=numbers.get(id_, ""),
            question=asked[id_].question.in_(language),
            answer=code,
            answer_text=answer_texts(asked[id_], language).get(code, code),
        )
        for id_, code in again.items()
    )


def parts(checklist: Checklist) -> dict[str, Fact | Item]:
    """Return the facts and the items of a checklist by id, in its order."""
    found: Sequence[Fact | Item] = (*checklist.facts, *checklist.items)
    return {one.id: one for one in found}


def answer_texts(asked: Fact | Item, language: str) -> dict[str, str]:
    """Return what can be answered to a fact or an item, in words by code."""
    offered = asked.values if isinstance(asked, Fact) else asked.answers
    return {one.code: one.text.in_(language) for one in offered}


def _told(checklist: Checklist, case: CorrectedCase, language: str) -> Correction:
    one = case.answer
    asked = parts(checklist)[one.item_id]
    texts = answer_texts(asked, language)
    return Correction(
        number=case.number,
        checklist_id=checklist.id,
        item_id=one.item_id,
        item_number=_numbers(checklist).get(one.item_id, ""),
        question=asked.question.in_(language),
        before=one.before,
        before_text=texts.get(one.before, ""),
        after=one.value,
        after_text=texts.get(one.value, one.value),
        reason=one.reason,
        day=one.corrected_at.date(),
        again=counting_again(checklist, case.again, language),
    )


def _numbers(checklist: Checklist) -> dict[str, str]:
    """Return the numbers of the items as a report has them."""
    return {
        item.id: f"{at}.{place}"
        for at, theme in enumerate(checklist.themes, start=1)
        for place, item in enumerate(theme.items, start=1)
    }
