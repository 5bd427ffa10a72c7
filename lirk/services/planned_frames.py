"""The frame of a planned round: its register, mapping, filters and exclusions.

The register is kept from upload to draw, without columns about persons. Each change reads it anew and keeps
what came of it as counts, so that a page that only shows reads nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from lirk.domain.cpr import looks_like_cpr, masked
from lirk.domain.draws import CaseExclusion
from lirk.domain.people import Person
from lirk.domain.plain_texts import check_short_texts
from lirk.domain.planning import (
    FrameSummary,
    KeptRegister,
    MappingNameMissing,
    PlannedRound,
    PlanSettings,
    SavedMapping,
    draw_plan,
)
from lirk.errors import Problem, ProblemsFound
from lirk.intake import keeping
from lirk.intake.dates import FORMS, example_of
from lirk.intake.mapping import understand
from lirk.intake.register import Register, examine_table
from lirk.intake.register_files import table_in
from lirk.intake.tables import NoTable, Table
from lirk.services import draws, rounds
from lirk.services.people import SecretKeyMissing, caseworker_hash, kept_code
from lirk.services.planning import editable, note
from lirk.storage.store import Store

#: So many different values of a column are kept with their counts, for choosing among them.
MOST_VALUES = 200
_COUNTED = ("centre", "outcome", "case_type", "kle_number", "facet")


def upload_register(
    store: Store,
    actor: Person,
    plan_id: int,
    *,
    name: str,
    content: bytes,
    read: Mapping[str, object],
    secret_key: str | None,
    version: int,
    now: datetime,
) -> PlannedRound:
    """Read a register, keep of it what is not about persons, and examine it.

    Parameters
    ----------
    name, content
        Of the file.
    read
        How to read it, as a mapping has it under ``[read]``; what is left out is guessed.
    secret_key
        Keys the hash that is kept of caseworkers; without one that column is left out.

    Raises
    ------
    ProblemsFound
        If the file is no table that can be read whole; nothing is kept.
    PlanUnknown, PlanFrozen, PlanChanged
        See each.
    """
    plan = editable(store, actor, plan_id, version)
    table = keeping.without_persons(read_upload(content, read), hasher(secret_key))
    about = {**keeping.about(table), "source": name, "sha256": sha256(content).hexdigest()}
    store.kept_registers.put(plan.id, KeptRegister(about=about, content=keeping.content(table)))
    settings = replace(plan.settings, uploaded=True, mapping=_fitting(plan.settings.mapping, table))
    changed = store.planned_rounds.change(_examined(plan, settings, table, about))
    note(store, "register-kept", actor, changed, now, rows=table.cells.height, sha256=about["sha256"])
    return changed


def delete_register(
    store: Store, actor: Person, plan_id: int, *, version: int, now: datetime
) -> PlannedRound:
    """Delete the register of a plan; its mapping stays.

    Raises
    ------
    PlanUnknown, PlanFrozen, PlanChanged
        See each.
    """
    plan = editable(store, actor, plan_id, version)
    store.kept_registers.delete(plan.id)
    settings = replace(plan.settings, uploaded=False, summary=None, approved=False)
    changed = store.planned_rounds.change(replace(plan, settings=settings))
    note(store, "register-deleted", actor, changed, now)
    return changed


def save_mapping(
    store: Store, actor: Person, plan_id: int, mapping: Mapping[str, Any], *, version: int, now: datetime
) -> PlannedRound:
    """Keep what columns and values mean, and examine the register anew; the filters stay as they are.

    Parameters
    ----------
    mapping
        ``columns``, ``outcome``, ``centre`` and ``read`` (``date_format``) in the shape of a mapping file. Where
        another column is the outcome than before, its values are guessed anew.

    Raises
    ------
    ProblemsFound
        If it is none; nothing is kept.
    PlanUnknown, PlanFrozen, PlanChanged, RegisterMissing
        See each.
    """
    plan = editable(store, actor, plan_id, version)
    before, given = plan.settings.mapping, dict(mapping)
    if before.get("columns", {}).get("outcome") != given.get("columns", {}).get("outcome"):
        given.pop("outcome", None)
    return _change_frame(store, actor, plan, {**given, "keep": before.get("keep", {})}, now, part="mapping")


def use_saved_mapping(
    store: Store, actor: Person, plan_id: int, name: str, *, version: int, now: datetime
) -> PlannedRound:
    """Use a saved mapping in a plan; the period stays the plan's own.

    Raises
    ------
    MappingUnknown, PlanUnknown, PlanFrozen, PlanChanged, RegisterMissing
        See each.
    """
    plan = editable(store, actor, plan_id, version)
    saved = store.saved_mappings.by_name(name).mapping
    keep = plan.settings.mapping.get("keep", {})
    period = {end: keep[end] for end in ("from", "to") if end in keep}
    mapping = {**saved, "keep": {**saved.get("keep", {}), **period}}
    return _change_frame(store, actor, plan, mapping, now, part="mapping")


def save_mapping_as(
    store: Store, actor: Person, plan_id: int, name: str, *, version: int, now: datetime
) -> None:
    """Save a plan's mapping by a name, without its period, in place of an earlier one of that name.

    Raises
    ------
    MappingNameMissing, TextsRefused, PlanUnknown, PlanFrozen, PlanChanged
        See each.
    """
    plan = editable(store, actor, plan_id, version)
    if not name.strip():
        raise MappingNameMissing
    check_short_texts(name=name)
    mapping = dict(plan.settings.mapping)
    mapping["keep"] = {
        key: value for key, value in mapping.get("keep", {}).items() if key not in {"from", "to"}
    }
    store.saved_mappings.put(
        SavedMapping(name=name.strip(), mapping=mapping, saved_at=now, saved_by=actor.id)
    )
    note(store, "mapping-saved", actor, plan, now)


def save_filters(
    store: Store, actor: Person, plan_id: int, keep: Mapping[str, object], *, version: int, now: datetime
) -> PlannedRound:
    """Keep which rows belong to the frame, as a mapping has it under ``[keep]``, and count anew.

    Raises
    ------
    ProblemsFound
        If the filters are none; nothing is kept.
    PlanUnknown, PlanFrozen, PlanChanged, RegisterMissing
        See each.
    """
    plan = editable(store, actor, plan_id, version)
    return _change_frame(
        store, actor, plan, {**plan.settings.mapping, "keep": dict(keep)}, now, part="filters"
    )


def exclude_cases(
    store: Store,
    actor: Person,
    plan_id: int,
    *,
    reason: str,
    case_numbers: Iterable[str],
    version: int,
    now: datetime,
) -> PlannedRound:
    """Leave cases out of the frame for a reason, and count anew.

    Raises
    ------
    ProblemsFound
        If reason or numbers are missing, or a number looks like a CPR number.
    PlanUnknown, PlanFrozen, PlanChanged, RegisterMissing
        See each.
    """
    plan = editable(store, actor, plan_id, version)
    rule = CaseExclusion(reason=masked(reason.strip()), case_numbers=tuple(case_numbers))
    problems = [
        *([] if rule.reason else [Problem("exclusion-reason-missing", item="reason")]),
        *([] if rule.case_numbers else [Problem("exclusion-numbers-missing", item="case_numbers")]),
    ]
    if any(looks_like_cpr(number) for number in rule.case_numbers):
        problems.append(Problem("exclusion-numbers-cpr", item="case_numbers"))
    if problems:
        raise ProblemsFound(problems)
    return _change_exclusions(store, actor, plan, (*plan.settings.exclude, rule), now)


def exclude_reviewed(
    store: Store, actor: Person, plan_id: int, *, round_key: str, reason: str, version: int, now: datetime
) -> PlannedRound:
    """Leave the cases out that an earlier round reviewed.

    Raises
    ------
    RoundUnknown, ProblemsFound, PlanUnknown, PlanFrozen, PlanChanged, RegisterMissing
        See each.
    """
    numbers = rounds.reviewed_case_ids(store, actor, round_key)
    return exclude_cases(store, actor, plan_id, reason=reason, case_numbers=numbers, version=version, now=now)


def drop_exclusion(
    store: Store, actor: Person, plan_id: int, number: int, *, version: int, now: datetime
) -> PlannedRound:
    """Take one exclusion back, by its number from 0, and count anew; a number that is none changes nothing.

    Raises
    ------
    PlanUnknown, PlanFrozen, PlanChanged, RegisterMissing
        See each.
    """
    plan = editable(store, actor, plan_id, version)
    left = tuple(rule for place, rule in enumerate(plan.settings.exclude) if place != number)
    return _change_exclusions(store, actor, plan, left, now)


def read_upload(content: bytes, read: Mapping[str, object], headings: Iterable[str] = ()) -> Table:
    """Return the table in a file that was handed in.

    Raises
    ------
    ProblemsFound
        With all that is wrong with it, or with how it is to be read.
    """
    understood, problems = understand({"read": read})
    if problems:
        raise ProblemsFound(problems)
    try:
        table = table_in(content, replace(understood.read, headings=frozenset(headings)))
    except NoTable as found:
        raise ProblemsFound([found.problem]) from None
    if table.problems:
        raise ProblemsFound(table.problems)
    return table


def hasher(secret_key: str | None) -> Callable[[str], str] | None:
    """Return what hashes a caseworker's code; None where there is no key that would do."""
    try:
        caseworker_hash("", secret_key)
    except SecretKeyMissing:
        return None
    return lambda code: kept_code(code, secret_key)


def _fitting(mapping: Mapping[str, Any], table: Table) -> dict[str, Any]:
    """Return the mapping that was made for an earlier file, as far as the new one has its columns."""
    fitting = {name: part for name, part in mapping.items() if name != "read"}
    if "date_format" in mapping.get("read", {}):
        fitting["read"] = {"date_format": mapping["read"]["date_format"]}
    columns = {
        name: heading
        for name, heading in mapping.get("columns", {}).items()
        if heading in table.headings and table.headings.index(heading) not in table.withheld
    }
    if columns:
        return {**fitting, "columns": columns}
    return {name: part for name, part in fitting.items() if name == "keep"}


def _change_frame(
    store: Store, actor: Person, plan: PlannedRound, mapping: Mapping[str, Any], now: datetime, *, part: str
) -> PlannedRound:
    _, problems = understand(mapping)
    if problems:
        raise ProblemsFound(problems)
    kept = store.kept_registers.of(plan.id)
    settings = replace(plan.settings, mapping=mapping)
    examined = _examined(plan, settings, keeping.kept_table(kept.about, kept.content), kept.about)
    changed = store.planned_rounds.change(examined)
    note(store, "plan-changed", actor, changed, now, part=part)
    return changed


def _change_exclusions(
    store: Store, actor: Person, plan: PlannedRound, exclude: tuple[CaseExclusion, ...], now: datetime
) -> PlannedRound:
    kept = store.kept_registers.of(plan.id)
    settings = replace(plan.settings, exclude=exclude)
    examined = _examined(plan, settings, keeping.kept_table(kept.about, kept.content), kept.about)
    changed = store.planned_rounds.change(examined)
    note(store, "plan-changed", actor, changed, now, part="exclusions", rules=len(exclude))
    return changed


def _examined(
    plan: PlannedRound, settings: PlanSettings, table: Table, about: Mapping[str, Any]
) -> PlannedRound:
    """Return a plan with what its register comes to; it must be approved again."""
    examination = examine_table(about["source"], table, settings.mapping or None)
    used = {
        **settings.mapping,
        **{k: v for k, v in examination.mapping.items() if k in {"columns", "outcome"}},
    }
    summary = FrameSummary(
        rows=table.cells.height, cases=0, problems=examination.problems, total=examination.total
    )
    if examination.register is not None:
        summary = _counted(examination.register, plan, settings)
    columns = used.get("columns", {})
    values = {
        name: keeping.value_counts(table, columns[name], MOST_VALUES)
        for name in _COUNTED
        if columns.get(name)
    }
    if "outcome" in values and columns.get("centre"):
        # Blank rows and rows of totals have no centre.
        empty = keeping.empty_count(table, columns["outcome"], beside=columns["centre"])
        values["outcome"] |= {"": empty} if empty else {}
    summary = replace(summary, values=values)
    return replace(plan, settings=replace(settings, mapping=used, summary=summary, approved=False))


def _counted(register: Register, plan: PlannedRound, settings: PlanSettings) -> FrameSummary:
    summary = FrameSummary(
        rows=register.rows,
        cases=0,
        excluded=register.excluded,
        centres=dict.fromkeys(register.centres, 0),
        dropped=register.dropped,
        remarks=register.remarks,
        serials=draws.serials_of(register),
    )
    try:
        planned = draws.plan_frame(register, draw_plan(plan.title, settings))
    except ProblemsFound as found:
        return replace(summary, problems=found.problems, total=len(found.problems))
    frame = register.frame.join(planned.frame.select("case_id"), on="case_id")
    outcomes = frame["outcome"].value_counts() if "outcome" in frame.columns else None
    counts = dict(planned.frame["stratum"].value_counts().iter_rows())
    return replace(
        summary,
        cases=planned.frame.height,
        excluded=planned.excluded,
        centres={centre: counts.get(centre, 0) for centre in planned.strata},
        outcomes={} if outcomes is None else dict(sorted(outcomes.iter_rows())),
        remarks=planned.remarks,
        first_day=_day(frame["decision_date"].min()),
        last_day=_day(frame["decision_date"].max()),
    )


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def date_forms() -> tuple[tuple[str, str], ...]:
    """Return the forms in which a date can be written, each with an example."""
    return tuple((form, example_of(form)) for form in FORMS)
