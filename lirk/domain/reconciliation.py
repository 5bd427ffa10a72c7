"""Two readings of one case held against each other: where they differ, and which answers count.

What both answered alike counts. Where they differ, the answer counts that was agreed, with a reason; the answers
of both stay as they were given.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from checklists.model import Checklist, Contradiction, Fact, Item, Theme
from checklists.score import applying, score
from lirk.domain.plain_texts import text_problems
from lirk.domain.review_sheets import known_facts
from lirk.domain.reviewing import NOTE_LIMIT
from lirk.domain.reviews import Answer
from lirk.errors import NotFound, Problem, ProblemsFound, RuleBroken


class NothingToAgree(NotFound):
    """The two readings do not differ at this item, or it does not apply in this case."""

    code = "nothing-to-agree"


class AgreedElsewhere(RuleBroken):
    """Somebody else has agreed on the item since the page was made."""

    code = "agreed-elsewhere"


class MayNotDecide(RuleBroken):
    """Who decides between two readings is a reviewer who may read the case, and neither of the two readers."""

    code = "may-not-decide"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedAnswer:
    """The answer that counts where two readings differ; ``by`` is a name, ``by_id`` whose it is."""

    item_id: str
    value: str
    reason: str
    version: int
    at: datetime
    by_id: int | None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReconciliation:
    """What is kept of a case's reconciliation; ``decider_id`` is a third reviewer who was asked."""

    answers: Mapping[str, AgreedAnswer] = field(default_factory=dict)
    decider_id: int | None = None
    settled_at: datetime | None = None
    settled_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A fact or an item that two readings answer differently, with what was agreed.

    ``first`` and ``second`` are None where that reading was not asked; both are None where the item came to
    apply by what was agreed elsewhere.
    """

    asked: Fact | Item
    theme: Theme | None
    first: Answer | None
    second: Answer | None
    agreed: AgreedAnswer | None

    @property
    def id(self) -> str:
        """The fact's or the item's id."""
        return self.asked.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """A fact or an item that both readings answer alike."""

    asked: Fact | Item
    first: Answer
    second: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """Two readings of one case held against each other.

    Attributes
    ----------
    answers
        The answers that count so far by fact or item id, the register's facts among them.
    differing
        What applies and is not answered alike, in the checklist's order; agreed or not.
    alike
        What applies and is answered alike.
    contradictions
        Those that hold among the answers that count: what was agreed does not fit together.
    """

    answers: Mapping[str, str]
    differing: tuple[Difference, ...]
    alike: tuple[Alike, ...]
    contradictions: tuple[Contradiction, ...]

    @property
    def open(self) -> tuple[Difference, ...]:
        """What still needs an agreed answer."""
        return tuple(one for one in self.differing if one.agreed is None)

    @property
    def complete(self) -> bool:
        """Whether there is an answer that counts to everything that applies."""
        return not self.open and not self.contradictions

    def difference(self, item_id: str) -> Difference:
        """Return where the readings differ at one fact or item.

        Raises
        ------
        NothingToAgree
            If they do not, or it does not apply.
        """
        found = next((one for one in self.differing if one.id == item_id), None)
        if found is None:
            raise NothingToAgree
        return found


def counted_answers(
    checklist: Checklist, facts: Mapping[str, str], answers: Mapping[str, Answer]
) -> dict[str, Answer]:
    """Return those answers of a reading that count in it: of what was asked, and not of what is hidden."""
    register = known_facts(checklist, facts)
    codes = {**{item: answer.value for item, answer in answers.items()}, **register}
    counted = (id_ for id_ in applying(checklist, codes) if id_ not in register and id_ in answers)
    return {id_: answers[id_] for id_ in counted if answers[id_].value}


def differences(
    checklist: Checklist,
    facts: Mapping[str, str],
    first: Mapping[str, Answer],
    second: Mapping[str, Answer],
    agreed: Mapping[str, AgreedAnswer],
) -> Reconciliation:
    """Return where two readings of a case differ, and what counts.

    Parameters
    ----------
    facts
        What the register knows of the case.
    first, second
        The answers of the two, by fact or item id, as they are stored.
    agreed
        What was agreed; an agreed answer does not count where both answer alike, or where it is not offered.
    """
    one = counted_answers(checklist, facts, first)
    other = counted_answers(checklist, facts, second)
    parts = _parts(checklist)
    same = {id_ for id_ in one.keys() & other.keys() if one[id_].value == other[id_].value}
    taken = {
        id_: each for id_, each in agreed.items() if id_ not in same and each.value in _offered(parts, id_)
    }
    register = known_facts(checklist, facts)
    answers = {
        **{id_: one[id_].value for id_ in same},
        **{id_: each.value for id_, each in taken.items()},
        **register,
    }
    applies = [id_ for id_ in applying(checklist, answers) if id_ not in register]
    held = set(score(checklist, answers).contradictions)
    return Reconciliation(
        answers=answers,
        differing=tuple(
            Difference(
                asked=parts[id_][0],
                theme=parts[id_][1],
                first=one.get(id_),
                second=other.get(id_),
                agreed=taken.get(id_),
            )
            for id_ in applies
            if id_ not in same
        ),
        alike=tuple(
            Alike(asked=parts[id_][0], first=one[id_], second=other[id_]) for id_ in applies if id_ in same
        ),
        contradictions=tuple(each for each in checklist.contradictions if each.id in held),
    )


def agreed_since(
    kept: Mapping[str, AgreedAnswer], finished: Iterable[datetime | None]
) -> dict[str, AgreedAnswer]:
    """Return what was agreed after both readings were finished, by fact or item id.

    What was agreed before one of them was opened again is to be looked at again; nothing is agreed while one
    is open.
    """
    moments = list(finished)
    if None in moments:
        return {}
    since = max(one for one in moments if one is not None)
    return {id_: one for id_, one in kept.items() if one.at >= since}


def settled_answers(found: Reconciliation) -> dict[str, Answer]:
    """Return the answers that count in the reports, by fact or item id.

    The note and the journal reference are those of the readings that gave the answer; where neither did, the
    reason of the agreement is the note.
    """
    settled = {one.asked.id: _joined(one.first, one.second) for one in found.alike}
    for one in found.differing:
        if one.agreed is None:
            continue
        gave = [each for each in (one.first, one.second) if each and each.value == one.agreed.value]
        settled[one.id] = (
            gave[0] if gave else Answer(item_id=one.id, value=one.agreed.value, note=one.agreed.reason)
        )
    return settled


def check_agreed(asked: Fact | Item, value: str, reason: str) -> str:
    """Return the reason of an agreed answer, tidied.

    Raises
    ------
    ProblemsFound
        If the answer is not offered, or the reason is missing or cannot be kept; ``column`` names the field.
    """
    problems = []
    if value not in asked.offered:
        problems.append(Problem("agreed-answer-missing", column="value"))
    if not reason.strip():
        problems.append(Problem("agreed-reason-missing", column="reason"))
    problems += text_problems(reason, column="reason", limit=NOTE_LIMIT)
    if problems:
        raise ProblemsFound(problems)
    return reason.strip()


def _joined(first: Answer, second: Answer) -> Answer:
    """Return one answer of two that are alike, with what was written beside either."""
    return Answer(
        item_id=first.item_id,
        value=first.value,
        note=_both(first.note, second.note),
        journal_reference=_both(first.journal_reference, second.journal_reference),
        in_doubt=first.in_doubt or second.in_doubt,
    )


def _both(first: str, second: str) -> str:
    return "\n".join(dict.fromkeys(text for text in (first, second) if text))


def _parts(checklist: Checklist) -> dict[str, tuple[Fact | Item, Theme | None]]:
    parts: dict[str, tuple[Fact | Item, Theme | None]] = {fact.id: (fact, None) for fact in checklist.facts}
    parts.update({item.id: (item, theme) for theme in checklist.themes for item in theme.items})
    return parts


def _offered(parts: Mapping[str, tuple[Fact | Item, Theme | None]], id_: str) -> tuple[str, ...]:
    return tuple(parts[id_][0].offered) if id_ in parts else ()
