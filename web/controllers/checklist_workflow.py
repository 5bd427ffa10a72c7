"""From draft to published in the browser: what changed, the ways on, each with a second look, and the history."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from lirk.domain.checklist_drafts import PartChangedElsewhere
from lirk.domain.checklist_versions import (
    ApproverInvolved,
    InForceTooEarly,
    Move,
    ReasonMissing,
    Standing,
    VersionChanged,
)
from lirk.domain.plain_texts import TextsRefused
from lirk.errors import NotFound, ProblemsFound
from lirk.services import checklist_changes, checklist_workflow
from lirk.services.checklist_changes import Compared, Given
from lirk.services.checklist_versions import ReadVersion
from lirk.storage.database import Database
from lirk.storage.store import Store
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError, Form, field_errors, parse_day, refusal
from web.pages.checklist_changes import ChangesPage, change_views, said_in
from web.pages.checklist_workflow import (
    WITH_REASON,
    ActPage,
    HistoryPage,
    VersionHead,
    faults_in,
    receipt_of,
)
from web.pages.checklists import address
from web.view import View

#: What is done by a form without fields.
PLAIN: Mapping[Move, Callable[..., ReadVersion]] = {
    Move.SEND: checklist_workflow.send,
    Move.TAKE_BACK: checklist_workflow.take_back,
    Move.BRING_BACK: checklist_workflow.bring_back,
}
#: What is done by a form that asks why.
REASONED: Mapping[Move, Callable[..., ReadVersion]] = {
    Move.RETURN: checklist_workflow.return_to_editor,
    Move.RETIRE: checklist_workflow.retire,
}
MOVES = {move.value: move for move in (*PLAIN, *REASONED, Move.APPROVE, Move.PUBLISH)}


class ChecklistWorkflowController(Controller):
    """What happens to one version."""

    path = "/checklists/{checklist_id:str}/{version:int}"

    @get("/changes", sync_to_thread=True)
    def changes(
        self,
        database: TheDatabase,
        view: TheView,
        checklist_id: FromPath[str],
        version: FromPath[int],
        against: FromQuery[int | None] = None,
    ) -> Response[str]:
        """Show what differs from the published version before, or from another one."""
        with database.begin() as store:
            value = checklist_changes.compared(
                store, view.actor, checklist_id, version, against=against, now=view.now
            )
            page = ChangesPage.of(value, _head(store, view, value), view.words)
        return view.page("checklists/changes.html", page)

    @post("/changes", sync_to_thread=True)
    def mark(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        checklist_id: FromPath[str],
        version: FromPath[int],
    ) -> Response[str] | Redirect:
        """Keep what the archivist says of the changes."""
        form.only("seen-*", "kind-*", "reason-*")
        with database.begin() as store:
            value = checklist_changes.compared(store, view.actor, checklist_id, version, now=view.now)
        try:
            with database.begin() as store:
                checklist_changes.mark_changes(
                    store, view.actor, checklist_id, version, _given(form, value), now=view.now
                )
                left = checklist_changes.compared(store, view.actor, checklist_id, version, now=view.now)
        except (ProblemsFound, PartChangedElsewhere) as error:
            return _not_marked(database, view, form, value, error)
        said = view.words.plural(
            "Gemt. Én ændring er ikke mærket endnu.",
            "Gemt. {count} ændringer er ikke mærket endnu.",
            len(left.unmarked),
        )
        if not left.unmarked:
            said = view.words.text("Gemt. Alle ændringer er mærket.")
        return view.redirect(f"{address(left.version)}/changes", receipt=said)

    @get("/history", sync_to_thread=True)
    def history(
        self, database: TheDatabase, view: TheView, checklist_id: FromPath[str], version: FromPath[int]
    ) -> Response[str]:
        """Show what happened to the checklist, newest first."""
        with database.begin() as store:
            value = checklist_changes.compared(store, view.actor, checklist_id, version, now=view.now)
            versions = checklist_workflow.versions_of(store, view.actor, checklist_id, now=view.now)
            events = checklist_workflow.history(store, view.actor, checklist_id)
            head = _head(store, view, value)
        return view.page("checklists/history.html", HistoryPage.of(head, versions, events, view.words))

    @get("/{act:str}", sync_to_thread=True)
    def look(
        self,
        database: TheDatabase,
        view: TheView,
        checklist_id: FromPath[str],
        version: FromPath[int],
        act: FromPath[str],
    ) -> Response[str]:
        """Show what is about to be done with a version, or why it cannot be."""
        today = view.now.date().isoformat()
        return _act_page(database, view, _move(act), checklist_id, version, day=today)

    @post("/{act:str}", sync_to_thread=True)
    def do(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        checklist_id: FromPath[str],
        version: FromPath[int],
        act: FromPath[str],
    ) -> Response[str] | Redirect:
        """Do it, or tell at its field what keeps it from being done."""
        move = _move(act)
        form.only(*_fields(move))
        again = partial(
            _act_page,
            database,
            view,
            move,
            checklist_id,
            version,
            reason=form.value("reason"),
            day=form.value("in_force_from"),
        )
        day = parse_day(form.value("in_force_from"))
        if move is Move.PUBLISH and day is None:
            missing = FieldError("in_force_from", view.words.text("Skriv den dag, versionen gælder fra."))
            return again(errors=[missing], status=422)
        try:
            with database.begin() as store:
                done = _do(store, view, form, move, checklist_id, version, day or view.now.date())
        except ProblemsFound as error:
            told = field_errors(error.problems, view.words) if isinstance(error, TextsRefused) else None
            return again(errors=told, status=422)
        except ReasonMissing as error:
            return again(errors=refusal(error, "reason", view.words), status=422)
        except InForceTooEarly as error:
            return again(errors=refusal(error, "in_force_from", view.words), status=422)
        except (ApproverInvolved, VersionChanged) as error:
            return again(errors=refusal(error, "", view.words), status=409)
        return view.redirect(
            f"/checklists/{checklist_id}/{version}", receipt=receipt_of(move, done, view.words)
        )


def _move(act: str) -> Move:
    if act not in MOVES:
        raise NotFound
    return MOVES[act]


def _fields(move: Move) -> tuple[str, ...]:
    if move in WITH_REASON:
        return ("reason",)
    return {Move.APPROVE: ("seen",), Move.PUBLISH: ("in_force_from",)}.get(move, ())


def _do(
    store: Store, view: View, form: Form, move: Move, checklist_id: str, version: int, day: date
) -> ReadVersion:
    about = (store, view.actor, checklist_id, version)
    if move in PLAIN:
        return PLAIN[move](*about, now=view.now)
    if move in REASONED:
        return REASONED[move](*about, reason=form.value("reason"), now=view.now)
    if move is Move.APPROVE:
        return checklist_workflow.approve(*about, seen=form.value("seen"), now=view.now)
    return checklist_workflow.publish(*about, in_force_from=day, now=view.now)


def _act_page(
    database: Database,
    view: View,
    move: Move,
    checklist_id: str,
    version: int,
    *,
    reason: str = "",
    day: str = "",
    errors: Any = (),
    status: int = 200,
) -> Response[str]:
    """Return the page of a move; ``errors`` None stands for all that the draft lacks."""
    with database.begin() as store:
        value = checklist_workflow.before_moving(store, view.actor, checklist_id, version, move, now=view.now)
    page = ActPage.of(value, move, view.words, reason=reason, day=day)
    more: dict[str, Any] = {}
    if move is Move.APPROVE:
        said = said_in(value.version, view.words)
        more["changes"] = change_views(value.compared_with, value.version, value.changes, view.words)
        more["said"] = said
    told = faults_in(value, view.words) if errors is None else errors
    return view.page("checklists/act.html", page, errors=told, status=status, **more)


def _head(store: Store, view: View, value: Compared) -> VersionHead:
    return version_head(store, view, value.version, value.moves)


def version_head(store: Store, view: View, version: ReadVersion, moves: frozenset[Move]) -> VersionHead:
    """Return what stands above every page of a version, with the reason where a draft was returned."""
    returned = None
    if version.standing is Standing.DRAFT:
        events = checklist_workflow.history(store, view.actor, version.id)
        returned = checklist_workflow.last_return(events, version.version)
    return VersionHead.of(version, moves, view.words, returned=returned)


def _given(form: Form, value: Compared) -> tuple[Given, ...]:
    """Return what was said of the changes, where it is not what is kept already."""
    found = []
    for name in form.names:
        if not name.startswith("seen-"):
            continue
        part_id = name.removeprefix("seen-")
        kind, reason = form.value(f"kind-{part_id}"), form.value(f"reason-{part_id}")
        mark = value.marks.get(part_id)
        kept = ("", "") if mark is None else (mark.kind, mark.reason)
        if (kind, reason) != kept:
            found.append(Given(part_id=part_id, kind=kind, reason=reason, seen=form.value(name)))
    return tuple(sorted(found, key=lambda one: one.part_id))


def _not_marked(
    database: Database,
    view: View,
    form: Form,
    value: Compared,
    error: ProblemsFound | PartChangedElsewhere,
) -> Response[str]:
    """Show what was chosen and written again, with why it is not kept."""
    with database.begin() as store:
        now = checklist_changes.compared(
            store, view.actor, value.version.id, value.version.version, now=view.now
        )
        head = _head(store, view, now)
    typed = {one.part_id: (one.kind, one.reason) for one in _given(form, value)}
    page = ChangesPage.of(now, head, view.words, typed)
    if isinstance(error, PartChangedElsewhere):
        part_id = str(error.values["part"]).partition(":")[2]
        errors = refusal(error, f"kind-{part_id}", view.words)
        return view.page("checklists/changes.html", page, errors=errors, status=409)
    told = field_errors(error.problems, view.words)
    if not all(one.field for one in told):
        raise error
    return view.page("checklists/changes.html", page, errors=told, status=422)
