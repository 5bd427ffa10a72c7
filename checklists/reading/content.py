"""Facts, themes, items and their references as they stand in a checklist file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from checklists.model import (
    CANNOT_ASSESS_POLICIES,
    RULES,
    SEVERITIES,
    Fact,
    FactValue,
    Item,
    Reference,
    Scale,
    ScaleAnswer,
    Theme,
)
from checklists.reading.changes import read_changes
from checklists.reading.conditions import Question, read_condition
from checklists.reading.follow_ups import read_follow_ups
from checklists.reading.scales import lenient_answers, lenient_scale, note_repeated, read_code, read_offered
from checklists.reading.table import Source, Table, tables_in
from checklists.scales import usual_notes

#: The column that names the case in a file of answers.
CASE = "case"


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a file's facts, of its themes with their items, and of their references, in order."""

    facts: Sequence[Table]
    themes: Sequence[tuple[Table, Sequence[Table]]]
    references: Iterator[int | None]


def find_tables(top: Table) -> Tables:
    """Return the tables with their lines; what is no table is noted."""
    source = top.source
    facts = top.tables("facts")
    fact_lines = source.lines.starts("facts", len(facts))
    themes = top.tables("themes", required=not source.draft)
    theme_lines = source.lines.starts("themes", len(themes))
    items = [raw for theme in themes for raw in tables_in(theme.get("items"))]
    item_lines = source.lines.starts("themes.items", len(items))
    references = sum(len(tables_in(item.get("references"))) for item in items)
    return Tables(
        [placed(raw, source, next(fact_lines, None)) for raw in facts],
        [
            (
                placed(theme, source, next(theme_lines, None)),
                [placed(raw, source, next(item_lines, None)) for raw in tables_in(theme.get("items"))],
            )
            for theme in themes
        ],
        source.lines.starts("themes.items.references", references),
    )


def placed(raw: Mapping[str, object], source: Source, start: int | None) -> Table:
    """Return a part with an id as a table, so that its problems name it and stand on its line."""
    named = raw.get("id")
    item = named if isinstance(named, str) and named else None
    if start is None and item is not None:
        start = source.lines.of_id(item)
    return Table(raw, source, start, item)


def questions_of(tables: Tables, scales: Mapping[str, Scale]) -> dict[str, Question]:
    """Return all facts and items that a condition can name."""
    found = {}
    for table in tables.facts:
        if table.item is not None:
            codes = tuple(str(value.get("code", "")) for value in tables_in(table.raw.get("values")))
            found[table.item] = Question(codes or None, None)
    for _, items in tables.themes:
        for table in items:
            if table.item is not None:
                found[table.item] = _item_question(table, lenient_scale(table.raw, scales))
    return found


def _item_question(table: Table, scale: Scale | None) -> Question:
    if scale is None:
        return Question(None, {})
    answers = lenient_answers(table.raw, scale)
    points = {one.code: one.points for one in answers if one.points is not None}
    return Question(tuple(one.code for one in answers), points)


def note_repeated_ids(tables: Sequence[Table], code: str = "checklist-duplicate-id") -> None:
    """Note each table whose id an earlier one has."""
    seen = set()
    for table in tables:
        if table.item in seen:
            table.problem(code, "id", value=table.item)
        elif table.item is not None:
            seen.add(table.item)


def read_fact(table: Table, questions: Mapping[str, Question]) -> Fact:
    """Return one fact."""
    fact = Fact(
        id=_question_id(table),
        question=table.text("question", required=True),
        guidance=table.text("guidance"),
        from_register=table.flag("from_register", default=False),
        values=tuple(_value(table.part(raw, "values")) for raw in table.tables("values", required=True)),
        applies_when=read_condition(table, questions),
        changes=read_changes(table),
    )
    if table.raw.get("values") == []:
        table.problem("checklist-empty-list", "values")
    note_repeated(table, "values", list(fact.offered))
    table.close()
    return fact


def _question_id(table: Table) -> str:
    identifier = table.identify()
    if identifier == CASE:
        table.problem("checklist-reserved-id", "id", value=identifier)
    return identifier


def _value(table: Table) -> FactValue:
    value = FactValue(read_code(table), table.text("text", required=True))
    table.close()
    return value


def read_theme(
    table: Table,
    items: Sequence[Table],
    tables: Tables,
    scales: Mapping[str, Scale],
    questions: Mapping[str, Question],
) -> Theme:
    """Return one theme with its items; its own verdicts are read when all items are known."""
    theme_id = table.identify()
    title = table.text("title", required=True)
    applies_when = read_condition(table, questions)
    pass_mark = table.amount("pass_mark", high=100)
    if not table.tables("items") and not items and not table.source.draft:
        table.problem("checklist-empty-theme", None, value=theme_id)
    table.known.add("verdicts")
    table.close()
    return Theme(
        id=theme_id,
        title=title,
        applies_when=applies_when,
        pass_mark=pass_mark,
        items=tuple(read_item(item, tables, scales, questions) for item in items),
    )


def read_item(
    table: Table, tables: Tables, scales: Mapping[str, Scale], questions: Mapping[str, Question]
) -> Item:
    """Return one item."""
    item_id = _question_id(table)
    scale, answers = read_offered(table, scales)
    severity = table.word("severity", SEVERITIES)
    weight = table.amount("weight", high=1000)
    item = Item(
        id=item_id,
        question=table.text("question", required=True),
        guidance=table.text("guidance"),
        good_example=table.text("good_example"),
        bad_example=table.text("bad_example"),
        recommendation=table.text("recommendation"),
        severity=severity,
        rule=table.word("rule", RULES),
        weight=Fraction(1) if weight is None else weight,
        core=table.flag("core", default=True),
        scale=scale,
        answers=answers,
        note_required_at=_note_required_at(table, answers, severity),
        journal_reference_required_at=table.words(
            "journal_reference_required_at", _codes(answers), "checklist-unknown-answer"
        ),
        applies_when=read_condition(table, questions),
        cannot_assess=table.choice("cannot_assess", CANNOT_ASSESS_POLICIES),
        follow_ups=read_follow_ups(table, item_id, _codes(answers), questions),
        without_law=table.text("without_law"),
        changes=read_changes(table),
        references=tuple(
            _reference(Table(raw, table.source, next(tables.references, None) or table.start, item_id))
            for raw in table.tables("references")
        ),
    )
    has_points = any(one.points for one in scale.answers) or table.raw.get("points")
    if item.scored and answers and not item.possible and has_points:
        table.problem("checklist-item-without-points", "answers")
    table.close()
    return item


def _codes(answers: Sequence[ScaleAnswer]) -> tuple[str, ...]:
    return tuple(answer.code for answer in answers)


def _note_required_at(table: Table, answers: Sequence[ScaleAnswer], severity: str) -> tuple[str, ...]:
    named = table.words("note_required_at", _codes(answers), "checklist-unknown-answer")
    if "note_required_at" in table.raw:
        return named
    return usual_notes(answers, severity)


def _reference(table: Table) -> Reference:
    reference = Reference(
        text=table.text("text", required=True),
        act=table.string("act"),
        paragraph=table.string("paragraph"),
        subsection=table.string("subsection"),
        number=table.string("number"),
        status_date=table.day("status_date", required=True) or date.min,
        source=table.string("source", required=True),
        verified=table.flag("verified"),
        checked_by=table.string("checked_by"),
        checked_on=table.day("checked_on"),
    )
    table.close()
    return reference
