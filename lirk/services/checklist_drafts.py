"""Drafts of checklists in the archivist's hands: new ones, copies, edits, undoing the last step."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from checklists.editing import EditRefused, PartUnknown, part_fingerprint
from checklists.model import Checklist, Fact, Item, Text
from checklists.write import to_toml
from lirk.domain.access import Action, require
from lirk.domain.checklist_drafts import ChecklistIdTaken, DraftExists, PartGone, StepOvertaken
from lirk.domain.checklist_versions import (
    RESERVED_IDS,
    Standing,
    Step,
    VersionUnknown,
    check_draft,
    next_number,
)
from lirk.domain.people import Person
from lirk.errors import Problem, ProblemsFound
from lirk.services.checklist_keeping import add_draft, changed_elsewhere, note, sha256, take_step
from lirk.services.checklist_starter import USUAL_VERDICTS
from lirk.services.checklist_versions import (
    ReadVersion,
    faults_of,
    known_versions,
    one_version,
    parse_draft,
    published_before,
    read_versions,
    unmarked_ids,
    versions_on,
)
from lirk.services.checklists import as_problem
from lirk.storage.store import Store

#: How often a change is made anew upon what somebody else has kept meanwhile.
TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDraft:
    """A draft on the archivist's desk.

    Attributes
    ----------
    before
        The published version next before it, None where it is the checklist's first.
    last_step
        What undoing would take back, None where there is nothing.
    faults
        What keeps it from being sent for approval, beside the changes in ``unmarked``.
    unmarked
        Ids of items and facts that differ from ``before``, and nobody has said whether in meaning.
    published_ids
        Ids of the items and facts of all published versions: these last.
    """

    version: ReadVersion
    before: ReadVersion | None
    last_step: Step | None
    faults: tuple[Problem, ...]
    unmarked: tuple[str, ...]
    published_ids: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A draft after a change; ``step`` is None where nothing was changed by it."""

    version: ReadVersion
    step: Step | None


def new_checklist(
    store: Store,
    actor: Person,
    *,
    checklist_id: str,
    title: Text,
    subject: str,
    status_date: date,
    now: datetime,
) -> ReadVersion:
    """Begin a checklist with the usual verdicts and nothing else.

    Raises
    ------
    ChecklistIdTaken
        If there is one with the id.
    ProblemsFound
        If the id or the title cannot be used.
    """
    require(actor, Action.MANAGE_CHECKLISTS)
    _check_id_free(store, checklist_id, now)
    checklist = Checklist(
        id=checklist_id,
        version=1,
        subject=subject,
        status_date=status_date,
        title=title,
        not_applicable="drop",
        cannot_assess="out",
        themes=(),
        verdicts=USUAL_VERDICTS,
    )
    return _begin(store, actor, checklist, "checklist-made", now=now)


def copy_checklist(
    store: Store,
    actor: Person,
    checklist_id: str,
    version: int,
    *,
    new_id: str,
    title: Text,
    now: datetime,
) -> ReadVersion:
    """Begin a checklist as a copy of a version of another, without the history of its changes.

    Raises
    ------
    VersionUnknown, ChecklistIdTaken
        See each.
    ProblemsFound
        If the id or the title cannot be used.
    """
    require(actor, Action.MANAGE_CHECKLISTS)
    found = one_version(versions_on(store, now.date(), checklist_id), checklist_id, version)
    _check_id_free(store, new_id, now)
    copied = replace(
        found.checklist,
        id=new_id,
        version=1,
        title=title,
        facts=tuple(replace(fact, changes=()) for fact in found.checklist.facts),
        themes=tuple(
            replace(theme, items=tuple(replace(item, changes=()) for item in theme.items))
            for theme in found.checklist.themes
        ),
    )
    about = {"of": checklist_id, "of_version": version}
    return _begin(store, actor, copied, "checklist-copied", now=now, **about)


def new_draft(store: Store, actor: Person, checklist_id: str, *, now: datetime) -> ReadVersion:
    """Begin the next version of a checklist from its newest published one.

    Raises
    ------
    VersionUnknown
        If none of it was ever published.
    DraftExists
        If there is a draft already.
    """
    require(actor, Action.MANAGE_CHECKLISTS)
    versions = versions_on(store, now.date(), checklist_id)
    if drafts := [one.version for one in versions if one.known.unpublished]:
        raise DraftExists(version=max(drafts))
    published = [one for one in versions if one.known.published]
    if not published:
        raise VersionUnknown(checklist=checklist_id, version=1)
    newest = max(published, key=lambda one: one.version)
    number = next_number(one.known for one in versions)
    drafted = replace(newest.checklist, version=number)
    return _begin(store, actor, drafted, "checklist-drafted", now=now, of_version=newest.version)


def open_draft(store: Store, actor: Person, checklist_id: str, version: int, *, now: datetime) -> OpenDraft:
    """Return a draft with all that its editor shows.

    Raises
    ------
    VersionUnknown, VersionFrozen
        See each.
    """
    require(actor, Action.MANAGE_CHECKLISTS)
    versions = versions_on(store, now.date(), checklist_id)
    found = one_version(versions, checklist_id, version)
    check_draft(found.known)
    before = published_before(versions, version)
    return OpenDraft(
        version=found,
        before=before,
        last_step=store.checklist_steps.last(checklist_id, version),
        faults=faults_of(found, now),
        unmarked=unmarked_ids(found, before),
        published_ids=frozenset(
            part.id for one in versions if one.known.published for part in _lasting(one.checklist)
        ),
    )


def edit(
    store: Store,
    actor: Person,
    checklist_id: str,
    version: int,
    change: Callable[[Checklist], Checklist],
    *,
    part: str | None,
    seen: str | None,
    action: str,
    subject: str = "",
    now: datetime,
) -> Edited:
    """Change a draft; one that was sent or approved is a draft again, for approval is of a text.

    Parameters
    ----------
    change
        Makes the new checklist of the present one; made anew where somebody else was faster.
    part, seen
        What of the draft is changed (as `checklists.editing.part_fingerprint` names it), and its fingerprint
        when it was read; ``seen`` None where the change holds whatever the part is now.
    action, subject
        The step as a code, and the id of what it is done to.

    Raises
    ------
    VersionUnknown, VersionFrozen
        See each.
    PartChangedElsewhere
        If the part is no longer what was seen.
    PartGone
        If what is to be changed is not there.
    ProblemsFound
        If the change is refused, or the language does not allow what comes of it.
    """
    require(actor, Action.MANAGE_CHECKLISTS)
    for _ in range(TRIES):
        found = _draft(store, checklist_id, version, now)
        if part is not None and seen is not None and part_fingerprint(found.checklist, part) != seen:
            raise changed_elsewhere(store, found.known, part)
        changed = _changed(found.checklist, change, part or subject)
        if changed == found.checklist:
            return Edited(version=found, step=None)
        text = _written(changed)
        step = take_step(
            store, actor, found.known, text, action=action, subject=subject, part=part or "", now=now
        )
        if step is not None:
            about = {"step": action, "subject": subject}
            note(store, "checklist-edited", actor, found.known, now, **about, **_texts(found.text, text))
            return Edited(version=_rewritten(found, text), step=step)
    raise changed_elsewhere(store, found.known, part or "")


def undo(store: Store, actor: Person, checklist_id: str, version: int, *, step: int, now: datetime) -> Step:
    """Take back the last step of a draft, whoever took it, and return it.

    Parameters
    ----------
    step
        The number of the step that is meant.

    Raises
    ------
    VersionUnknown, VersionFrozen
        See each.
    StepOvertaken
        If it is not, or no longer, the last.
    """
    require(actor, Action.MANAGE_CHECKLISTS)
    found = _draft(store, checklist_id, version, now)
    last = store.checklist_steps.last(checklist_id, version)
    if last is None or last.number != step:
        raise StepOvertaken
    text = store.checklist_steps.text_before(step)
    if not store.checklist_versions.rewrite(checklist_id, version, before=found.text, text=text):
        raise StepOvertaken
    store.checklist_steps.delete(step)
    about = {"step": last.action, "subject": last.subject}
    note(store, "checklist-undone", actor, found.known, now, **about, **_texts(found.text, text))
    return last


def _draft(store: Store, checklist_id: str, version: int, now: datetime) -> ReadVersion:
    known = [one for one in known_versions(store, now.date(), checklist_id) if one.version == version]
    found = one_version(read_versions(known), checklist_id, version)
    check_draft(found.known)
    return found


def _check_id_free(store: Store, checklist_id: str, now: datetime) -> None:
    if checklist_id in RESERVED_IDS or known_versions(store, now.date(), checklist_id):
        raise ChecklistIdTaken(checklist=checklist_id)


def _begin(
    store: Store, actor: Person, checklist: Checklist, action: str, *, now: datetime, **about: object
) -> ReadVersion:
    text = _written(checklist)
    add_draft(store, actor, checklist, text, now=now)
    begun = _draft(store, checklist.id, checklist.version, now)
    note(store, action, actor, begun.known, now, sha256=sha256(text), **about)
    return begun


def _changed(checklist: Checklist, change: Callable[[Checklist], Checklist], part: str) -> Checklist:
    try:
        changed = change(checklist)
    except EditRefused as error:
        raise ProblemsFound(as_problem(problem) for problem in error.problems) from None
    except PartUnknown:
        raise PartGone(part=part) from None
    if (changed.id, changed.version) != (checklist.id, checklist.version):
        raise ValueError("an edit cannot change which version it edits")
    return changed


def _written(checklist: Checklist) -> str:
    """Return the file that holds a checklist, read again so that every rule of the language holds."""
    text = to_toml(checklist)
    parse_draft(text)
    return text


def _rewritten(version: ReadVersion, text: str) -> ReadVersion:
    known = replace(
        version.known,
        text=text,
        standing=Standing.DRAFT,
        sent_at=None,
        sent_by=None,
        approved_at=None,
        approved_by=None,
    )
    return replace(version, known=known, checklist=parse_draft(text))


def _texts(before: str, after: str) -> dict[str, str]:
    return {"before": sha256(before), "after": sha256(after)}


def _lasting(checklist: Checklist) -> tuple[Item | Fact, ...]:
    return (*checklist.items, *checklist.facts)
