"""A checklist file to a `Checklist`, or all its problems with their places; and the shipped checklists."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files

from checklists.limits import MOST, MOST_BYTES, MOST_ITEMS, MOST_VERSION
from checklists.model import (
    CANNOT_ASSESS_POLICIES,
    FORMAT,
    NOT_APPLICABLE_POLICIES,
    SUBJECTS,
    Checklist,
    Theme,
    Verdict,
)
from checklists.problems import ChecklistProblem, ChecklistProblems, UnknownChecklist
from checklists.reading.content import (
    Tables,
    find_tables,
    note_repeated_ids,
    placed,
    questions_of,
    read_fact,
    read_theme,
)
from checklists.reading.lines import Lines
from checklists.reading.outcomes import read_centre, read_contradictions, read_stops
from checklists.reading.scales import read_scales
from checklists.reading.table import Source, Table, tables_in
from checklists.reading.verdicts import case_scope, read_verdicts, theme_scope
from checklists.reading.whole import note_averaged_away, note_core_depends, note_loops
from checklists.scales import SHIPPED

#: What a file may have `checklists.limits.MOST` of, each.
LIMITED = ("facts", "themes", "verdicts", "scales", "contradictions", "stops")
_CHECKLIST_ID = re.compile(r"(?=.{1,80}\Z)[a-z0-9]+(-[a-z0-9]+)*")


def load(text: str, file: str | None = None, *, draft: bool = False) -> Checklist:
    """Return the checklist that a file holds.

    Parameters
    ----------
    text
        The whole file: TOML, format `FORMAT`, within the `checklists.limits`.
    file
        Its name, as problems are to give it.
    draft
        Whether it may lack what an unfinished draft lacks: themes, items in a theme, verdicts.

    Raises
    ------
    ChecklistProblems
        With every problem that was found. Problems of syntax and of size hide all others.
    """
    _check_size(text, file or None)
    raw = _parsed(text, file or None)
    version = raw.get("version")
    source = Source(
        file or None, Lines(text), draft=draft, version=version if isinstance(version, int) else MOST_VERSION
    )
    top = Table(raw, source, 0)
    _refuse_too_many(top)
    checklist = _checklist(top)
    if not source.problems:
        note_averaged_away(top, checklist)
    _refuse(source)
    return checklist


def _refuse(source: Source) -> None:
    if source.problems:
        raise ChecklistProblems(sorted(source.problems, key=lambda problem: problem.line or 0))


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


def _check_size(text: str, file: str | None) -> None:
    # The first comparison spares the encoding of what is far too long anyway.
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise ChecklistProblems([ChecklistProblem("checklist-too-large", {"largest": MOST_BYTES}, file)])


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


def _refuse_too_many(top: Table) -> None:
    """Refuse more parts than are read, before thousands of them are."""
    themes = tables_in(top.raw.get("themes"))
    items = sum(len(tables_in(theme.get("items"))) for theme in themes)
    if items > MOST_ITEMS:
        top.problem("checklist-too-many-items", None, count=items, most=MOST_ITEMS)
    counts = [(key, _size(top.raw.get(key))) for key in LIMITED]
    counts += [("themes.verdicts", _size(theme.get("verdicts"))) for theme in themes]
    for key, count in counts:
        if count > MOST:
            top.problem("checklist-too-many", None, key=key, count=count, most=MOST)
    _refuse(top.source)


def _size(value: object) -> int:
    return len(value) if isinstance(value, list | dict) else 0


def _checklist(top: Table) -> Checklist:
    _check_format(top)
    scales = read_scales(top)
    tables = find_tables(top)
    questions = questions_of(tables, scales)
    _note_all_repeated(tables)
    facts = tuple(read_fact(table, questions) for table in tables.facts)
    themes = tuple(read_theme(table, items, tables, scales, questions) for table, items in tables.themes)
    if top.raw.get("themes") == [] and not top.source.draft:
        top.problem("checklist-empty-list", "themes")
    themes = _with_verdicts(tables, themes)
    stops = _listed(top, "stops")
    contradictions = _listed(top, "contradictions")
    note_repeated_ids(contradictions, "checklist-duplicate-contradiction")
    checklist = Checklist(
        id=top.identify(_CHECKLIST_ID, "checklist-bad-name"),
        version=top.whole("version", 1, MOST_VERSION, required=True) or 1,
        subject=top.word("subject", SUBJECTS),
        status_date=top.day("status_date", required=True) or date.min,
        title=top.text("title", required=True),
        purpose=top.text("purpose"),
        responsible=top.text("responsible"),
        not_applicable=top.word("not_applicable", NOT_APPLICABLE_POLICIES),
        cannot_assess=top.word("cannot_assess", CANNOT_ASSESS_POLICIES),
        target=_target(top),
        facts=facts,
        themes=themes,
        verdicts=_verdicts(top, themes, stops),
        scales=tuple(scale for name, scale in scales.items() if name not in SHIPPED),
        contradictions=read_contradictions(contradictions, questions),
        stops=read_stops(stops, questions),
        centre=read_centre(top),
    )
    note_loops(tables, checklist)
    note_core_depends(tables, checklist)
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


def _with_verdicts(tables: Tables, themes: Sequence[Theme]) -> tuple[Theme, ...]:
    """Return the themes with their own verdicts."""
    raw = [tables_in(table.raw.get("verdicts")) for table, _ in tables.themes]
    source = tables.themes[0][0].source if tables.themes else None
    lines = source.lines.starts("themes.verdicts", sum(map(len, raw))) if source else iter(())
    return tuple(
        replace(theme, verdicts=_theme_verdicts(table, theme, lines))
        for (table, _), theme in zip(tables.themes, themes, strict=True)
    )


def _theme_verdicts(table: Table, theme: Theme, lines: Iterator[int | None]) -> tuple[Verdict, ...]:
    own = [Table(raw, table.source, next(lines, None)) for raw in table.tables("verdicts")]
    if table.raw.get("verdicts") == []:
        table.problem("checklist-empty-list", "verdicts")
    verdicts = read_verdicts(own, theme_scope(theme))
    note_repeated_ids(own, "checklist-duplicate-verdict")
    return verdicts


def _listed(top: Table, key: str, *, required: bool = False) -> list[Table]:
    raw = top.tables(key, required=required)
    lines = top.source.lines.starts(key, len(raw))
    return [placed(one, top.source, next(lines, None)) for one in raw]


def _verdicts(top: Table, themes: tuple[Theme, ...], stops: Sequence[Table]) -> tuple[Verdict, ...]:
    draft = top.source.draft
    tables = _listed(top, "verdicts", required=not draft)
    if top.raw.get("verdicts") == [] and not draft:
        top.problem("checklist-empty-list", "verdicts")
    verdicts = read_verdicts(tables, case_scope(themes))
    note_repeated_ids([*tables, *stops], "checklist-duplicate-verdict")
    return verdicts


def _note_all_repeated(tables: Tables) -> None:
    items = [item for _, theme_items in tables.themes for item in theme_items]
    note_repeated_ids([*tables.facts, *items])
    note_repeated_ids([theme for theme, _ in tables.themes], "checklist-duplicate-theme")
