"""Checklists: reading and checking their files, and scoring a file of answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from checklists.centre import CentreShare, centre_share
from checklists.load import load, shipped_ids, shipped_text
from checklists.model import Checklist
from checklists.problems import ChecklistProblem, ChecklistProblems
from checklists.score import CaseScore, score
from lirk.errors import Problem, ProblemsFound, UnusableRequest
from lirk.intake.answers import read_answers

#: The checklists of a round that names none.
DEFAULT = ("lovmedholdelig-sagsbehandling", "data-og-informationsforvaltning")


class ChecklistNotFound(UnusableRequest):
    """There is neither a file nor a shipped checklist of this name."""

    code = "checklist-not-found"


class ChecklistUnreadable(UnusableRequest):
    """The file cannot be opened."""

    code = "checklist-unreadable"


@dataclass(frozen=True, slots=True)
class Summary:
    """What a checklist holds, counted; ``unverified`` are references that nobody held against the source."""

    themes: int
    items: int
    core: int
    facts: int
    references: int
    unverified: int


@dataclass(frozen=True, slots=True)
class ScoredRow:
    """One row of a file of answers; ``score`` is None where ``problems`` refuse the row."""

    row: int
    case: str
    problems: tuple[Problem, ...]
    score: CaseScore | None

    @property
    def valid(self) -> bool:
        """Whether the row can be read, and no answers in it contradict each other."""
        return self.score is not None and not self.score.contradictions


def as_problem(problem: ChecklistProblem) -> Problem:
    """Return a checklist's own problem as one that has a sentence."""
    return Problem(problem.code, problem.values, file=problem.file, line=problem.line, item=problem.item)


def read_checklist(name: str) -> Checklist:
    """Return the checklist in the file ``name``, or the shipped one with that id.

    Raises
    ------
    ChecklistNotFound, ChecklistUnreadable
        If there is none, or the file cannot be opened.
    ProblemsFound
        With every problem in the file.
    """
    return parse(_text(name), name)


def text_of(name: str) -> str:
    """Return the whole text of the checklist in the file ``name``, or of the shipped one with that id.

    Raises
    ------
    ChecklistNotFound, ChecklistUnreadable, ProblemsFound
        As `read_checklist`: a text that is returned can be loaded.
    """
    text = _text(name)
    parse(text, name)
    return text


@lru_cache(maxsize=64)
def parse(text: str, name: str | None = None) -> Checklist:
    """Return the checklist that ``text`` holds; ``name`` is how problems call the file.

    The text of a checklist is read once: reading takes longer than all else that a page does.

    Raises
    ------
    ProblemsFound
        With every problem in the text.
    """
    try:
        return load(text, name)
    except ChecklistProblems as error:
        raise ProblemsFound(as_problem(problem) for problem in error.problems) from None


def decode(content: bytes, name: str) -> str:
    """Return the text of a checklist's file; ``name`` is how problems call it.

    Raises
    ------
    ProblemsFound
        If it is not UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problem = Problem(
            "checklist-not-utf8", {"byte": f"0x{content[error.start]:02x}"}, file=name, line=line
        )
        raise ProblemsFound([problem]) from None


def summary(checklist: Checklist) -> Summary:
    """Count what a checklist holds."""
    references = [reference for item in checklist.items for reference in item.references]
    return Summary(
        themes=len(checklist.themes),
        items=len(checklist.items),
        core=sum(item.core for item in checklist.items),
        facts=len(checklist.facts),
        references=len(references),
        unverified=sum(not reference.verified for reference in references),
    )


def shipped_checklists() -> Sequence[Checklist]:
    """Return the checklists that ship with the product, by id."""
    return [parse(shipped_text(checklist_id), checklist_id) for checklist_id in shipped_ids()]


def score_file(checklist: Checklist, path: Path) -> tuple[ScoredRow, ...]:
    """Score each row of a file of answers, in its order.

    Raises
    ------
    AnswersUnreadable
        If the file cannot be opened.
    ProblemsFound
        If the file as a whole cannot be used; rows that are refused stand in the result.
    """
    return tuple(
        ScoredRow(row.row, row.case, row.problems, None if row.problems else score(checklist, row.answers))
        for row in read_answers(path, checklist)
    )


def share_of(checklist: Checklist, rows: Sequence[ScoredRow]) -> CentreShare:
    """Count the rows that could be read as the cases of one centre."""
    return centre_share(checklist, [row.score for row in rows if row.score is not None])


def _text(name: str) -> str:
    path = Path(name)
    try:
        if not path.exists():
            return _shipped_text(name)
        content = path.read_bytes()
    except OSError as error:
        raise ChecklistUnreadable(file=name, reason=error.strerror or str(error)) from None
    return decode(content, name)


def _shipped_text(name: str) -> str:
    known = shipped_ids()
    if name not in known:
        raise ChecklistNotFound(name=name, known=known or "–")
    return shipped_text(name)
