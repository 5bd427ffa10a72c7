"""A checklist file to a `Checklist`, or all its problems with their places; and the shipped checklists."""

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files

from checklists.conditions import Condition, reads
from checklists.model import (
    CANNOT_ASSESS_POLICIES,
    NOT_APPLICABLE_POLICIES,
    SUBJECTS,
    Checklist,
    Fact,
    Theme,
    Verdict,
)
from checklists.problems import ChecklistProblem, ChecklistProblems, UnknownChecklist
from checklists.reading.conditions import loops
from checklists.reading.content import (
    Tables,
    find_tables,
    note_repeated_ids,
    questions_of,
    read_fact,
    read_theme,
)
from checklists.reading.lines import Lines
from checklists.reading.scales import read_scales
from checklists.reading.table import Source, Table
from checklists.reading.verdicts import averaged_away, read_verdicts

FORMAT = "lirk-checklist/1"
_CHECKLIST_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def load(text: str, file: str | None = None) -> Checklist:
    """Return the checklist that a file holds.

    Parameters
    ----------
    text
        The whole file: TOML, format `FORMAT`.
    file
        Its name, as problems are to give it.

    Raises
    ------
    ChecklistProblems
        With every problem that was found. Problems of syntax hide all others.
    """
    source = Source(file or None, Lines(text))
    top = Table(_parsed(text, file or None), source, 0)
    checklist = _checklist(top)
    if not source.problems:
        _note_averaged_away(top, checklist)
    if source.problems:
        raise ChecklistProblems(sorted(source.problems, key=lambda problem: problem.line or 0))
    return checklist


def shipped_ids() -> tuple[str, ...]:
    """Return the ids of the checklists that ship with the product, alphabetically."""
    library = files("checklists") / "library"
    if not library.is_dir():
        return ()
    names = (entry.name for entry in library.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def shipped_text(checklist_id: str) -> str:
    """Return a shipped checklist as its file holds it.

    Raises
    ------
    UnknownChecklist
        If none has this id.
    """
    if checklist_id not in shipped_ids():
        raise UnknownChecklist(checklist_id)
    return (files("checklists") / "library" / f"{checklist_id}.toml").read_text(encoding="utf-8")


@cache
def shipped(checklist_id: str) -> Checklist:
    """Return a shipped checklist.

    Raises
    ------
    UnknownChecklist
        If none has this id.
    """
    return load(shipped_text(checklist_id), f"{checklist_id}.toml")


def _parsed(text: str, file: str | None) -> Mapping[str, object]:
    try:
        return tomllib.loads(text.removeprefix("\ufeff"), parse_float=Decimal)
    except (ValueError, ArithmeticError) as error:
        reason = str(error)
        place = re.search(r"\(at line (\d+), column \d+\)", reason)
        line = int(place.group(1)) if place else None
        raise ChecklistProblems(
            [ChecklistProblem("checklist-syntax", {"reason": reason}, file, line)]
        ) from error
    except RecursionError as error:
        raise ChecklistProblems([ChecklistProblem("checklist-nested", {}, file)]) from error


def _checklist(top: Table) -> Checklist:
    _check_format(top)
    scales = read_scales(top)
    tables = find_tables(top)
    questions = questions_of(tables, scales)
    _note_all_repeated(tables)
    facts = tuple(read_fact(table, questions) for table in tables.facts)
    themes = tuple(read_theme(table, items, tables, scales, questions) for table, items in tables.themes)
    if top.raw.get("themes") == []:
        top.problem("checklist-empty-list", "themes")
    _note_loops(tables, facts, themes)
    checklist = Checklist(
        id=top.identify(_CHECKLIST_ID, "checklist-bad-name"),
        version=top.whole("version", 1, 1_000_000, required=True) or 1,
        subject=top.word("subject", SUBJECTS),
        status_date=top.day("status_date"),
        title=top.text("title", required=True),
        purpose=top.text("purpose"),
        responsible=top.text("responsible"),
        not_applicable=top.word("not_applicable", NOT_APPLICABLE_POLICIES),
        cannot_assess=top.word("cannot_assess", CANNOT_ASSESS_POLICIES),
        target=_target(top),
        facts=facts,
        themes=themes,
        verdicts=_verdicts(top, themes),
    )
    top.close()
    return checklist


def _check_format(top: Table) -> None:
    written = top.string("format", required=True)
    if written and written != FORMAT:
        top.problem("checklist-format", "format", value=written, format=FORMAT)


def _target(top: Table) -> Fraction | None:
    target = top.amount("target", high=100)
    policy = top.raw.get("not_applicable")
    if policy == "target" and "target" not in top.raw:
        top.problem("checklist-target-missing", "not_applicable")
    if policy != "target" and "target" in top.raw:
        top.problem("checklist-target-unused", "target")
    return target


def _verdicts(top: Table, themes: tuple[Theme, ...]) -> tuple[Verdict, ...]:
    raw = top.tables("verdicts", required=True)
    if top.raw.get("verdicts") == []:
        top.problem("checklist-empty-list", "verdicts")
    lines = top.source.lines.starts("verdicts", len(raw))
    tables = [Table(one, top.source, next(lines, None)) for one in raw]
    verdicts = read_verdicts(tables, themes)
    note_repeated_ids(tables, "checklist-duplicate-verdict")
    return verdicts


def _note_all_repeated(tables: Tables) -> None:
    items = [item for _, theme_items in tables.themes for item in theme_items]
    note_repeated_ids([*tables.facts, *items])
    note_repeated_ids([theme for theme, _ in tables.themes], "checklist-duplicate-theme")


def _note_loops(tables: Tables, facts: tuple[Fact, ...], themes: tuple[Theme, ...]) -> None:
    graph: dict[str, set[str]] = {}

    def add(question_id: str, *conditions: Condition | None) -> None:
        read = {name for condition in conditions for name in reads(condition)}
        graph.setdefault(question_id, set()).update(read)

    for fact in facts:
        add(fact.id, fact.applies_when)
    for theme in themes:
        for item in theme.items:
            add(item.id, theme.applies_when, item.applies_when)
    placed = {table.item: table for table in tables.facts}
    placed.update({table.item: table for _, items in tables.themes for table in items})
    for circle in loops(graph):
        if (table := placed.get(circle[0])) is not None:
            table.problem("checklist-condition-loop", "applies_when", circle=" → ".join(circle))


def _note_averaged_away(top: Table, checklist: Checklist) -> None:
    for item, verdict in averaged_away(checklist.verdicts, checklist.themes):
        line = top.source.lines.of_id(verdict.id)
        place = Table({}, top.source, line, verdict.id, inline=True)
        place.problem("checklist-averaged-away", None, value=item.id)
