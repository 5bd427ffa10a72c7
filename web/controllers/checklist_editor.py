"""The archivist's editor: beginning a checklist or its next version, the draft as a whole, undoing."""

from collections.abc import Sequence
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from checklists.editing import new_id
from lirk.domain.checklist_drafts import ChecklistIdTaken, DraftExists, StepOvertaken
from lirk.domain.checklist_versions import Move
from lirk.errors import ProblemsFound
from lirk.services import checklist_drafts, checklist_versions, law_watch
from lirk.services.checklist_drafts import OpenDraft
from lirk.services.checklist_versions import ReadVersion
from lirk.storage.database import Database
from web.controllers.checklist_workflow import version_head
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError
from web.pages.checklist_editor import EditorPage, step_text
from web.pages.checklist_editor_fields import Given, names_of, read, typed
from web.pages.checklist_editor_new import NewChecklistPage, new_sections
from web.pages.checklists import address
from web.view import View


def opened(database: Database, view: View, checklist_id: str, version: int) -> OpenDraft:
    """Return a draft with all that its editor shows."""
    with database.begin() as store:
        return checklist_drafts.open_draft(store, view.actor, checklist_id, version, now=view.now)


class ChecklistBeginningsController(Controller):
    """New checklists, and new versions of those that there are."""

    path = "/checklists"

    @get("/new", sync_to_thread=True)
    def ask(self, database: TheDatabase, view: TheView) -> Response[str]:
        """Ask for title, subject and status date, or for a checklist to copy."""
        versions = _copied(database, view)
        return view.page(
            "checklist_editor/new.html", NewChecklistPage.of(versions, view.now.date(), view.words)
        )

    @post("/new", sync_to_thread=True)
    def begin(self, database: TheDatabase, view: TheView, form: TheForm) -> Response[Any]:
        """Begin a checklist."""
        versions = _copied(database, view)
        sections = new_sections(versions, view.words)
        form.only(*names_of(sections))
        given = read(sections, form, view.words)
        if not given.errors:
            try:
                made = _begin(database, view, given)
            except (ProblemsFound, ChecklistIdTaken) as error:
                given.errors += _refused(error, view)
            else:
                said = view.words.text("Kladden er lavet. Tilføj temaer og punkter.")
                return view.redirect(f"{address(made)}/edit", receipt=said)
        page = NewChecklistPage.of(versions, view.now.date(), view.words, typed(form))
        return view.page("checklist_editor/new.html", page, errors=given.errors, status=422)

    @post("/{checklist_id:str}/draft", sync_to_thread=True)
    def next_version(
        self, database: TheDatabase, view: TheView, form: TheForm, checklist_id: FromPath[str]
    ) -> Redirect:
        """Begin the next version of a checklist, or go on with the one that is begun."""
        form.only()
        try:
            with database.begin() as store:
                made = checklist_drafts.new_draft(store, view.actor, checklist_id, now=view.now)
        except DraftExists as error:
            said = view.words.text("Kladden er allerede begyndt. Ret videre i den.")
            return view.redirect(f"/checklists/{checklist_id}/{error.values['version']}/edit", receipt=said)
        said = view.words.text("Version {version} er lavet som kladde.", version=str(made.version))
        return view.redirect(f"{address(made)}/edit", receipt=said)


class ChecklistEditorController(Controller):
    """One draft as a whole."""

    path = "/checklists/{checklist_id:str}/{version:int}/edit"

    @get(sync_to_thread=True)
    def show(
        self, database: TheDatabase, view: TheView, checklist_id: FromPath[str], version: FromPath[int]
    ) -> Response[str]:
        """Show everything in a draft."""
        return _main(database, view, checklist_id, version)

    @post("/undo", sync_to_thread=True)
    def undo(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        checklist_id: FromPath[str],
        version: FromPath[int],
    ) -> Response[Any]:
        """Take back the last step."""
        form.only("step")
        try:
            with database.begin() as store:
                step = checklist_drafts.undo(
                    store, view.actor, checklist_id, version, step=form.number("step"), now=view.now
                )
        except StepOvertaken as error:
            refused = FieldError("undo", view.words.sentence(error))
            return _main(database, view, checklist_id, version, [refused], status=409)
        checklist = opened(database, view, checklist_id, version).version.checklist
        said = view.words.text("Fortrudt: {step}", step=step_text(step, checklist, view.words))
        return view.redirect(f"/checklists/{checklist_id}/{version}/edit", receipt=said)


def _main(
    database: Database,
    view: View,
    checklist_id: str,
    version: int,
    errors: Sequence[FieldError] = (),
    status: int = 200,
) -> Response[str]:
    with database.begin() as store:
        draft = checklist_drafts.open_draft(store, view.actor, checklist_id, version, now=view.now)
        # One is in the editor already.
        moves = checklist_versions.possible_moves(store, view.actor, draft.version) - {Move.EDIT}
        above = version_head(store, view, draft.version, moves)
        stale = law_watch.stale_items(store, draft.version.checklist, today=view.now.date())
    page = EditorPage.of(draft, view.words, stale)
    return view.page("checklist_editor/main.html", page, errors=errors, status=status, above=above)


def _copied(database: Database, view: View) -> tuple[ReadVersion, ...]:
    checklist_versions.check_may_import(view.actor)
    with database.begin() as store:
        return checklist_versions.all_versions(store, view.actor, now=view.now)


def _begin(database: Database, view: View, given: Given) -> ReadVersion:
    made_id = given.line("id") or new_id(given.line("title_da"), ())
    title, copied = given.both("title"), given.line("copy").rpartition("/")
    with database.begin() as store:
        if copied[0]:
            return checklist_drafts.copy_checklist(
                store, view.actor, copied[0], int(copied[2]), new_id=made_id, title=title, now=view.now
            )
        return checklist_drafts.new_checklist(
            store,
            view.actor,
            checklist_id=made_id,
            title=title,
            subject=given.line("subject"),
            status_date=given.day("status_date") or view.now.date(),
            now=view.now,
        )


def _refused(error: ProblemsFound | ChecklistIdTaken, view: View) -> list[FieldError]:
    if isinstance(error, ChecklistIdTaken):
        return [FieldError("id", view.words.sentence(error))]
    fields = {"title": "title_da", "subject": "subject", "status_date": "status_date"}
    return [
        FieldError(fields.get(str(problem.values.get("key")), "id"), view.words.sentence(problem))
        for problem in error.problems
    ]
