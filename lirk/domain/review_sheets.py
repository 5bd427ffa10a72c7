"""The review sheet: a reviewer's cases as a spreadsheet, written by ``reports`` and read back by ``intake``.

What both must agree on stands here: the columns, the rows that are no items, and which questions are asked.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Literal

from checklists.conditions import Condition, applies, reads
from checklists.logic import AllOf
from checklists.model import Checklist, Fact
from lirk.domain.item_sets import ItemsUsed
from lirk.domain.reviews import Answer, CaseStatus

FORMAT = "lirk-review-sheet/1"

#: The hidden sheet that says what the file is, and the keys in its first column.
META_SHEET = "lirk"
MetaKey = Literal["format", "round", "reviewer", "language", "made"]
#: The key of a checklist's version in the hidden sheet is this and the checklist's id.
META_CHECKLIST = "checklist/"
#: The key of a case that the sheet was written with is this and its running number; its value the case's id.
META_CASE = "case/"

#: Rows that are about the case itself. Ids of facts and items hold no slash, so that they cannot collide.
CASE_STATUS = "case/status"
CASE_DETAIL = "case/detail"

ColumnKey = Literal[
    "number",
    "case",
    "theme",
    "question",
    "answer",
    "note",
    "journal_reference",
    "checklist",
    "item",
    "written",
]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet.

    ``key`` stands in the hidden first row, so that reading depends on no language and no order of columns;
    ``width`` is in characters; ``filled_in`` is what the reviewer writes, all else is locked. Sheets that were
    written before there was an ``added_later`` column are read without it.
    """

    key: ColumnKey
    width: int
    filled_in: bool = False
    hidden: bool = False
    added_later: bool = False


COLUMNS = (
    Column("number", 6),
    Column("case", 24),
    Column("theme", 22),
    Column("question", 60),
    Column("answer", 20, filled_in=True),
    Column("note", 45, filled_in=True),
    Column("journal_reference", 24, filled_in=True),
    Column("checklist", 20, hidden=True),
    Column("item", 20, hidden=True),
    Column("written", 20, hidden=True, added_later=True),
)

#: Stands for a question that was unanswered when the sheet was written.
NOTHING_WRITTEN = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCase:
    """A case as its reviewer sees it.

    ``facts`` are the register's own, by fact id; ``answers`` those already given, by checklist id and then by
    fact or item id. ``brought_by`` names by checklist and question id the file that an answer
    was read from, where it was.
    """

    number: int
    case_id: str
    centre: str
    decision_date: date | None = None
    case_type: str | None = None
    outcome: str | None = None
    link: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, Answer]] = field(default_factory=dict)
    status: CaseStatus = CaseStatus.TO_REVIEW
    brought_by: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSheet:
    """The cases of one reviewer in one round, with the checklists that the round pinned.

    ``items`` says by checklist id how many of its items the round asks.
    """

    round_key: str
    round_title: str
    reviewer: str
    checklists: Sequence[Checklist]
    cases: Sequence[SheetCase]
    items: Mapping[str, ItemsUsed] = field(default_factory=dict)

    def case(self, number: int) -> SheetCase | None:
        """Return the case with this running number, or None."""
        return next((case for case in self.cases if case.number == number), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAnswers:
    """What a filled-in sheet says about one case.

    ``answers`` holds every checklist of the sheet, with the answered facts and items in the order of the
    checklist; what the register gave is not among them. ``status`` is the case's earlier one where the sheet
    says none; ``status_note`` stands beside it.
    """

    number: int
    case_id: str
    status: CaseStatus
    status_note: str
    answers: Mapping[str, tuple[Answer, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetAnswers:
    """A filled-in sheet that was read without a problem: every case of the sheet, by running number.

    ``gone`` are the numbers of cases with answers that stood in the sheet when it was written, and are not the
    reviewer's now. ``made`` names the file, so that what it brought before is known again; empty where unknown.
    """

    round_key: str
    reviewer: str
    cases: Mapping[int, CaseAnswers]
    gone: tuple[int, ...] = ()
    made: str = ""


def written_as(value: str, note: str = "", journal_reference: str = "") -> str:
    """Return what tells one answer from another, however its white space is kept in a spreadsheet."""
    said = [" ".join(text.split()) for text in (value, note, journal_reference)]
    return "v" + sha256("\x00".join(said).encode()).hexdigest()[:24] if any(said) else NOTHING_WRITTEN


def written_answer(answer: Answer | None) -> str:
    """Return what tells a stored answer, or that there is none, from another."""
    return written_as(answer.value, answer.note, answer.journal_reference) if answer else NOTHING_WRITTEN


@dataclass(frozen=True, slots=True)
class FactQuestion:
    """A fact as it is asked: once, also where several checklists want to know it."""

    fact: Fact
    checklist_ids: tuple[str, ...]


def fact_questions(checklists: Sequence[Checklist]) -> tuple[FactQuestion, ...]:
    """Return the facts to ask, in the order of the checklists.

    Facts of several checklists are one question where id and values are the same and where all of them, or
    none, take it from the register.
    """
    wanted: dict[tuple[object, ...], list[str]] = {}
    first: dict[tuple[object, ...], Fact] = {}
    for checklist in checklists:
        for fact in checklist.facts:
            key = (fact.id, fact.offered, fact.from_register)
            first.setdefault(key, fact)
            wanted.setdefault(key, []).append(checklist.id)
    return tuple(FactQuestion(fact, tuple(wanted[key])) for key, fact in first.items())


def known_facts(checklist: Checklist, facts: Mapping[str, str]) -> dict[str, str]:
    """Return those of the register's facts that this checklist takes from the register and understands."""
    return {
        fact.id: facts[fact.id]
        for fact in checklist.facts
        if fact.from_register and facts.get(fact.id) in fact.offered
    }


def ruled_out(checklist: Checklist, facts: Mapping[str, str]) -> frozenset[str]:
    """Return the ids of the facts and items that cannot apply whatever the reviewer answers.

    A question is ruled out by a part of its conditions that does not hold and that looks only at what the
    register gives, or at questions that are ruled out themselves.
    """
    known = known_facts(checklist, facts)
    out: set[str] = set()
    for question_id in checklist.evaluation_order:
        settled = (
            part
            for condition in checklist.conditions[question_id]
            for part in _parts(condition)
            if all(read in known or read in out for read in reads(part))
        )
        if not all(applies(part, known) for part in settled):
            out.add(question_id)
            known.pop(question_id, None)
    return frozenset(out)


def _parts(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, AllOf):
        for part in condition.parts:
            yield from _parts(part)
    else:
        yield condition
