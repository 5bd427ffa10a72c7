"""What ends or refuses a review, and from when a centre passes, as they stand in a checklist file."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from checklists.conditions import Condition, applies
from checklists.logic import AnyOf
from checklists.model import CentrePass, Contradiction, Stop
from checklists.reading.conditions import Question, read_condition
from checklists.reading.table import Table
from checklists.reading.verdicts import identify_verdict

#: Stands where a condition could not be read; the problems have been noted.
_NEVER: Condition = AnyOf(())


def read_contradictions(
    tables: Sequence[Table], questions: Mapping[str, Question]
) -> tuple[Contradiction, ...]:
    """Return the contradictions in order."""
    return tuple(_contradiction(table, questions) for table in tables)


def _contradiction(table: Table, questions: Mapping[str, Question]) -> Contradiction:
    contradiction = Contradiction(
        id=table.identify(),
        message=table.text("message", required=True),
        refuse_when=_condition(table, "refuse_when", questions),
    )
    table.close()
    return contradiction


def read_stops(tables: Sequence[Table], questions: Mapping[str, Question]) -> tuple[Stop, ...]:
    """Return the stops in order."""
    return tuple(_stop(table, questions) for table in tables)


def _stop(table: Table, questions: Mapping[str, Question]) -> Stop:
    stop = Stop(
        id=identify_verdict(table),
        title=table.text("title", required=True),
        stop_when=_condition(table, "stop_when", questions),
    )
    table.close()
    return stop


def _condition(table: Table, key: str, questions: Mapping[str, Question]) -> Condition:
    before = len(table.source.problems)
    condition = read_condition(table, questions, key, required=True)
    # A part that could not be read is left out, and what is left may hold where the whole would not.
    if condition is not None and len(table.source.problems) == before and applies(condition, {}):
        table.problem("checklist-holds-unanswered", key)
    return condition or _NEVER


def read_centre(top: Table) -> CentrePass | None:
    """Return the centre's pass mark, None where the file has none."""
    raw = top.table("centre")
    if raw is None:
        return None
    table = Table(raw, top.source, top.source.lines.heading("centre") or top.source.lines.of_key("centre", 0))
    mark = table.amount("pass_mark", high=100, required=True)
    centre = CentrePass(mark=mark or Fraction(0), decided=table.text("decided", required=True))
    table.close()
    return centre
