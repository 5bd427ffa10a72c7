"""The archivist's checklists: read, import, delete a draft, take a file home."""

from collections.abc import Iterator

from litestar import Controller, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from lirk.domain.checklist_versions import Standing
from lirk.errors import ProblemsFound
from lirk.services import checklist_versions, checklist_workflow, law_watch
from lirk.services.checklist_versions import Imported, Outcome
from lirk.wording import Wording
from web.controllers.checklist_workflow import version_head
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError
from web.pages.checklist_version import ChecklistPage
from web.pages.checklist_workflow import waiting_lines
from web.pages.checklists import ChecklistsPage, DraftPage, ImportPage


class ChecklistController(Controller):
    """Everything under ``/checklists``."""

    path = "/checklists"

    @get(sync_to_thread=True)
    def index(self, database: TheDatabase, view: TheView) -> Response[str]:
        """List every version."""
        with database.begin() as store:
            versions = checklist_versions.all_versions(store, view.actor, now=view.now)
            waiting = checklist_workflow.waiting_for(store, view.actor, versions)
        manage = checklist_versions.may_import(view.actor)
        return view.page(
            "checklists/list.html",
            ChecklistsPage.of(versions, view.words, manage=manage),
            waiting=waiting_lines(waiting, view.words),
            watch=law_watch.may_watch(view.actor),
        )

    @get("/import", sync_to_thread=True)
    def choose_file(self, view: TheView) -> Response[str]:
        """Ask for a file."""
        checklist_versions.check_may_import(view.actor)
        return view.page("checklists/import.html", ImportPage())

    @post("/import", sync_to_thread=True)
    def import_file(self, database: TheDatabase, view: TheView, form: TheForm) -> Response[str] | Redirect:
        """Keep a file as a draft, or tell everything that is wrong with it."""
        form.only("file")
        checklist_versions.check_may_import(view.actor)
        upload = form.file("file")
        if upload is None:
            missing = FieldError("file", view.words.text("Vælg en fil."))
            return view.page("checklists/import.html", ImportPage(), errors=[missing], status=422)
        try:
            with database.begin() as store:
                imported = checklist_versions.import_version(
                    store, view.actor, upload.name, upload.content, now=view.now
                )
        except ProblemsFound as error:
            page = ImportPage.of(error.problems, view.words)
            refused = FieldError("file", view.words.sentence(error))
            return view.page("checklists/import.html", page, errors=[refused], status=422)
        return view.redirect(
            f"/checklists/{imported.id}/{imported.version}", receipt=_receipt(imported, view.words)
        )

    @get("/{checklist_id:str}/{version:int}", sync_to_thread=True)
    def show(
        self, database: TheDatabase, view: TheView, checklist_id: FromPath[str], version: FromPath[int]
    ) -> Response[str]:
        """Show one version, whole."""
        with database.begin() as store:
            value = checklist_versions.version_page(store, view.actor, checklist_id, version, now=view.now)
            head = version_head(store, view, value.version, value.moves)
            checks = law_watch.checks_of(store)
        newest = value.version.known.published and value.current in {None, value.version}
        begins = newest and checklist_versions.may_import(view.actor)
        page = ChecklistPage.of(value, head, checks, view.words)
        watch = law_watch.may_watch(view.actor)
        return view.page("checklists/version.html", page, begins=begins, watch=watch)

    @get("/{checklist_id:str}/{version:int}/file", sync_to_thread=True)
    def download(
        self, database: TheDatabase, view: TheView, checklist_id: FromPath[str], version: FromPath[int]
    ) -> Response[bytes]:
        """Hand out a version as a text file."""
        with database.begin() as store:
            name, content = checklist_versions.version_file(store, view.actor, checklist_id, version)
        return view.file(content, name, "application/toml")

    @get("/{checklist_id:str}/{version:int}/delete", sync_to_thread=True)
    def confirm_delete(
        self, database: TheDatabase, view: TheView, checklist_id: FromPath[str], version: FromPath[int]
    ) -> Response[str]:
        """Show which draft is about to be deleted."""
        with database.begin() as store:
            value = checklist_versions.draft_page(store, view.actor, checklist_id, version, now=view.now)
        return view.page("checklists/delete.html", DraftPage.of(value, view.words))

    @post("/{checklist_id:str}/{version:int}/delete", sync_to_thread=True)
    def delete(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        checklist_id: FromPath[str],
        version: FromPath[int],
    ) -> Redirect:
        """Delete a draft."""
        form.only()
        with database.begin() as store:
            gone = checklist_versions.delete_draft(store, view.actor, checklist_id, version, now=view.now)
        receipt = view.words.text(
            "Kladden til version {version} af »{title}« er slettet.",
            version=str(version),
            title=gone.title.in_(view.words.language),
        )
        return view.redirect("/checklists", receipt=receipt)


def _receipt(imported: Imported, words: Wording) -> str:
    values = {"title": imported.title.in_(words.language), "version": str(imported.version)}
    match imported.outcome:
        case Outcome.KNOWN:
            return words.text("»{title}«, version {version}, var her i forvejen. Intet er ændret.", **values)
        case Outcome.REPLACED:
            return " ".join(
                (
                    words.text("Kladden til »{title}«, version {version}, er erstattet.", **values),
                    *_replaced(imported, words),
                )
            )
        case Outcome.NEW:
            return words.text("»{title}«, version {version}, er importeret som kladde.", **values)


def _replaced(imported: Imported, words: Wording) -> Iterator[str]:
    """Yield what the draft was before the file took its place."""
    if imported.replaced is None:
        return
    items = imported.replaced.counted.items
    yield words.plural("Den havde ét punkt.", "Den havde {count} punkter.", items)
    if (last := imported.replaced_step) is not None:
        yield words.text("Den var sidst rettet {at} af {person}.", at=last.at, person=last.person or "–")
    if imported.replaced.standing is not Standing.DRAFT:
        yield words.text("Den var sendt til godkendelse og skal sendes igen.")
    yield words.text("Fortryd på kladdens side, hvis det var en fejl.")
