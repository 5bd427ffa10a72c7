"""Conditions (``applies_when``) as they stand in a checklist file."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter

from checklists.conditions import Answered, AtLeast, Condition, Is, IsNot, Test
from checklists.reading.table import Table
from checklists.reading.trees import read_tree

TESTS = ("is", "is_not", "answered", "at_least")


@dataclass(frozen=True, slots=True)
class Question:
    """A fact or an item as conditions see it, known before any condition is read.

    Attributes
    ----------
    codes
        The answers it can have; None where its own text is faulty, so that nothing can be said about them.
    points
        By code, what the answers of an item's scale earn; None for a fact, which has no order.
    """

    codes: tuple[str, ...] | None
    points: Mapping[str, Fraction] | None


def read_condition(
    table: Table, questions: Mapping[str, Question], key: str = "applies_when", *, required: bool = False
) -> Condition | None:
    """Return the table's condition; None where there is none, or none that can be used."""

    def test(part: Table) -> Test | None:
        return _test(part, questions)

    raw = table.table(key, required=required)
    return None if raw is None else read_tree(table.part(raw, key), test)


def _test(table: Table, questions: Mapping[str, Question]) -> Test | None:
    chosen = [name for name in TESTS if name in table.raw]
    table.known.update(TESTS)
    asked = table.string("id", required=True)
    if len(chosen) != 1:
        table.problem("checklist-condition-form", None, known=TESTS)
        return None
    if not asked:
        return None
    if asked not in questions:
        near = table.near(asked, questions)
        code = "checklist-condition-unknown" if near is None else "checklist-condition-misspelt"
        table.problem(code, None, value=asked, near=near)
        return None
    return _of_form(chosen[0], asked, table, questions[asked])


def _of_form(form: str, asked: str, table: Table, question: Question) -> Test | None:
    match form:
        case "answered":
            if table.raw["answered"] is not True:
                table.problem("checklist-condition-answered")
            return Answered(asked)
        case "at_least":
            return _at_least(asked, table, question)
        case _:
            codes = _codes(form, asked, table, question)
            return None if not codes else Is(asked, codes) if form == "is" else IsNot(asked, codes)


def _codes(form: str, asked: str, table: Table, question: Question) -> tuple[str, ...]:
    codes = table.words(form, None)
    for code in codes:
        if question.codes is not None and code not in question.codes:
            table.problem("checklist-condition-answer", None, value=code, asked=asked, known=question.codes)
    if table.raw[form] == []:
        table.problem("checklist-empty-list", form)
    return codes


def _at_least(asked: str, table: Table, question: Question) -> AtLeast | None:
    code = table.string("at_least")
    if question.points is None:
        table.problem("checklist-condition-unordered", None, asked=asked)
        return None
    if question.codes is None or not code:
        return None
    if code not in question.points:
        table.problem(
            "checklist-condition-answer", None, value=code, asked=asked, known=list(question.points)
        )
        return None
    least = question.points[code]
    return AtLeast(
        asked, code, tuple(answer for answer, points in question.points.items() if points >= least)
    )


def loops(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """Return circles of ids that wait for each other, each once, its first id also at the end."""
    rest = {name: set(waits_for) for name, waits_for in graph.items()}
    found = []
    while True:
        try:
            TopologicalSorter(rest).prepare()
        except CycleError as error:
            circle = list(reversed(error.args[1]))
            found.append(circle)
            rest = {name: waits_for - {circle[0]} for name, waits_for in rest.items()}
        else:
            return found
