"""The archivist's editor: the form of each part, new parts, moving, renaming and removing."""

from collections.abc import Callable
from typing import Any

from litestar import Controller, Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from checklists import editing
from checklists.model import Checklist
from lirk.domain.checklist_drafts import PartChangedElsewhere, PartGone
from lirk.domain.checklist_versions import VersionFrozen, VersionUnknown
from lirk.errors import NotFound, ProblemsFound
from lirk.services import checklist_drafts
from lirk.services.checklist_drafts import OpenDraft
from lirk.storage.database import Database
from web.controllers.checklist_editor import opened
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError, Form
from web.pages.checklist_editor_fields import Given, names_of, read, typed
from web.pages.checklist_editor_form import (
    PartPage,
    RemovePage,
    TooLatePage,
    conflict_of,
    errors_of,
    own_of,
)
from web.pages.checklist_editor_frame import CENTRE
from web.pages.checklist_editor_items import ITEMS
from web.pages.checklist_editor_kinds import kind_of
from web.pages.checklist_editor_parts import PartKind
from web.view import View

FORM = "checklist_editor/part.html"
#: Fields that depend on what a part is now; what was typed into one that is gone is no reason to lose the rest.
CHANGING = ("points-*", "follow-*")


class ChecklistPartsController(Controller):
    """The parts of one draft."""

    path = "/checklists/{checklist_id:str}/{version:int}/edit"

    @get("/new/{kind:str}", sync_to_thread=True)
    def ask_new(
        self,
        database: TheDatabase,
        view: TheView,
        request: Request[Any, Any, Any],
        checklist_id: FromPath[str],
        version: FromPath[int],
        kind: FromPath[str],
    ) -> Response[str]:
        """Ask for a new part."""
        draft, of = opened(database, view, checklist_id, version), kind_of(kind, many=True)
        within = request.query_params.get("in", "")
        return view.page(FORM, PartPage.of_new(draft, of, within, view.words))

    @post("/new/{kind:str}", sync_to_thread=True)
    def add(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        checklist_id: FromPath[str],
        version: FromPath[int],
        kind: FromPath[str],
    ) -> Response[Any]:
        """Add a part."""
        draft, of = opened(database, view, checklist_id, version), kind_of(kind, many=True)
        sections, within = of.sections(draft.version.checklist, None, view.words), form.value("in")
        form.only("seen", "more", "in", *names_of(sections))
        if more := form.value("more"):
            return view.page(
                FORM, PartPage.of_new(draft, of, within, view.words, typed=typed(form), more=more)
            )
        given = read(sections, form, view.words)
        of.check(given, draft.version.checklist, None, view.words)
        if not given.errors:
            made = _id_of_new(of, draft, given, within)
            try:
                _edit(
                    database,
                    view,
                    draft,
                    of,
                    lambda checklist: of.add(checklist, given, within)[0],
                    act="added",
                    part=made,
                )
                receipt = _receipt(of.names(view.words).added, given, view)
                return view.redirect(_edit_path(draft) + of.after_adding(made), receipt=receipt)
            except ProblemsFound as error:
                own = own_of(of, made)
                given.errors += errors_of(error.problems, own, sections, draft, view.words)
        page = PartPage.of_new(draft, of, within, view.words, typed=typed(form))
        return view.page(FORM, page, errors=given.errors, status=422)

    @get("/{kind:str}", sync_to_thread=True)
    def show_only(
        self,
        database: TheDatabase,
        view: TheView,
        checklist_id: FromPath[str],
        version: FromPath[int],
        kind: FromPath[str],
    ) -> Response[str]:
        """Show the form of what a checklist has but one of."""
        return _shown(database, view, checklist_id, version, kind_of(kind, many=False), "")

    @post("/{kind:str}", sync_to_thread=True)
    def save_only(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        checklist_id: FromPath[str],
        version: FromPath[int],
        kind: FromPath[str],
    ) -> Response[Any]:
        """Save it."""
        return _saved(database, view, form, checklist_id, version, kind_of(kind, many=False), "")

    @get("/{kind:str}/{part:str}", sync_to_thread=True)
    def show(
        self,
        database: TheDatabase,
        view: TheView,
        checklist_id: FromPath[str],
        version: FromPath[int],
        kind: FromPath[str],
        part: FromPath[str],
    ) -> Response[str]:
        """Show the form of a part."""
        if (kind, part) == (CENTRE.name, "remove"):
            return _removing(database, view, checklist_id, version, CENTRE, "")
        return _shown(database, view, checklist_id, version, kind_of(kind, many=True), part)

    @post("/{kind:str}/{part:str}", sync_to_thread=True)
    def save(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        checklist_id: FromPath[str],
        version: FromPath[int],
        kind: FromPath[str],
        part: FromPath[str],
    ) -> Response[Any]:
        """Save a part."""
        if (kind, part) == (CENTRE.name, "remove"):
            return _removed(database, view, form, checklist_id, version, CENTRE, "")
        return _saved(database, view, form, checklist_id, version, kind_of(kind, many=True), part)

    @get("/{kind:str}/{part:str}/remove", sync_to_thread=True)
    def ask_remove(
        self,
        database: TheDatabase,
        view: TheView,
        checklist_id: FromPath[str],
        version: FromPath[int],
        kind: FromPath[str],
        part: FromPath[str],
    ) -> Response[str]:
        """Show what is about to go, or what depends on it."""
        return _removing(database, view, checklist_id, version, kind_of(kind, many=True), part)

    @post("/{kind:str}/{part:str}/remove", sync_to_thread=True)
    def remove(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        checklist_id: FromPath[str],
        version: FromPath[int],
        kind: FromPath[str],
        part: FromPath[str],
    ) -> Response[Any]:
        """Remove a part."""
        return _removed(database, view, form, checklist_id, version, kind_of(kind, many=True), part)

    @post("/{kind:str}/{part:str}/move", sync_to_thread=True)
    def move(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        checklist_id: FromPath[str],
        version: FromPath[int],
        kind: FromPath[str],
        part: FromPath[str],
    ) -> Redirect:
        """Move a part one place."""
        form.only("step")
        draft, of = opened(database, view, checklist_id, version), kind_of(kind, many=True)
        step = 1 if form.value("step") == "1" else -1
        _edit(
            database,
            view,
            draft,
            of,
            lambda checklist: of.move(checklist, part, step),
            act="moved",
            part=part,
        )
        return view.redirect(
            _edit_path(draft) + of.after_change(part), receipt=view.words.text("Det er flyttet.")
        )

    @post("/{kind:str}/{part:str}/rename", sync_to_thread=True)
    def rename(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        checklist_id: FromPath[str],
        version: FromPath[int],
        kind: FromPath[str],
        part: FromPath[str],
    ) -> Response[Any]:
        """Give an item that was never published another id."""
        form.only("id")
        draft, named = opened(database, view, checklist_id, version), form.value("id")
        if kind != ITEMS.name or part in draft.published_ids:
            raise NotFound
        try:
            _edit(
                database,
                view,
                draft,
                ITEMS,
                lambda checklist: editing.rename_item(checklist, part, named),
                act="renamed",
                part=named,
            )
        except ProblemsFound as error:
            errors = [FieldError("id", view.words.sentence(problem)) for problem in error.problems]
            page = PartPage.of(draft, ITEMS, part, view.words)
            return view.page(FORM, page, errors=errors, status=422, typed_id=named)
        receipt = view.words.text("Punktets id er nu »{id}«.", id=named)
        return view.redirect(f"{_edit_path(draft)}/items/{named}", receipt=receipt)


def _shown(
    database: Database, view: View, checklist_id: str, version: int, kind: PartKind, part: str
) -> Response[str]:
    draft = opened(database, view, checklist_id, version)
    if kind.many and kind.find(draft.version.checklist, part) is None:
        raise PartGone(part=part)
    return view.page(FORM, PartPage.of(draft, kind, part, view.words))


def _saved(
    database: Database,
    view: View,
    form: Form,
    checklist_id: str,
    version: int,
    kind: PartKind,
    part: str,
) -> Response[Any]:
    try:
        draft = opened(database, view, checklist_id, version)
    except (VersionFrozen, VersionUnknown) as error:
        return _too_late(view, form, error)
    checklist, seen = draft.version.checklist, form.value("seen")
    found = kind.find(checklist, part)
    if found is None and kind.many:
        return _gone(database, view, form, draft, kind, part)
    sections = kind.sections(checklist, found, view.words)
    form.only("seen", "more", *CHANGING, *names_of(sections))
    if more := form.value("more"):
        page = PartPage.of(draft, kind, part, view.words, typed=typed(form), more=more, seen=seen)
        return view.page(FORM, page)
    given = read(sections, form, view.words)
    kind.check(given, checklist, found, view.words)
    try:
        # Somebody else's change is told before what is wrong with one's own text.
        overtaken = editing.part_fingerprint(checklist, kind.ref(part)) != seen
        if overtaken or not given.errors:
            _edit(
                database,
                view,
                draft,
                kind,
                lambda present: kind.change(present, part, given),
                act="changed" if found is not None else "added",
                part=part,
                seen=seen,
            )
            return _after_saving(view, draft, kind, part, given)
    except PartChangedElsewhere as error:
        return _conflict(database, view, form, draft, kind, part, error)
    except ProblemsFound as error:
        own = own_of(kind, part)
        given.errors += errors_of(error.problems, own, sections, draft, view.words)
    page = PartPage.of(draft, kind, part, view.words, typed=typed(form), seen=seen)
    return view.page(FORM, page, errors=given.errors, status=422)


def _too_late(view: View, form: Form, error: VersionFrozen | VersionUnknown) -> Response[str]:
    """Show what was typed into the form of a draft that was published or deleted meanwhile."""
    # Codes and numbers are chosen anew in no time; sentences are not.
    written = (text for texts in typed(form).values() for text in texts)
    page = TooLatePage(tuple(text for text in written if " " in text))
    said = FieldError("", view.words.sentence(error))
    status = 404 if isinstance(error, VersionUnknown) else 409
    return view.page("checklist_editor/late.html", page, errors=[said], status=status)


def _after_saving(view: View, draft: OpenDraft, kind: PartKind, part: str, given: Given) -> Redirect:
    item = draft.version.checklist.item(part) if kind is ITEMS else None
    if item is not None and given.line("scale") != item.scale.id:
        said = view.words.text("Skalaen er skiftet, og punktet er gemt. Se svarene igennem.")
        return view.redirect(f"{_edit_path(draft)}/items/{part}", receipt=_receipt(said, given, view))
    receipt = _receipt(kind.names(view.words).changed, given, view)
    return view.redirect(_edit_path(draft) + kind.after_change(part), receipt=receipt)


def _conflict(
    database: Database,
    view: View,
    form: Form,
    draft: OpenDraft,
    kind: PartKind,
    part: str,
    error: PartChangedElsewhere,
) -> Response[str]:
    draft = opened(database, view, draft.version.id, draft.version.version)
    written = typed(form)
    conflict = conflict_of(error, draft, kind, part, written, view.words)
    page = PartPage.of(draft, kind, part, view.words, typed=written, conflict=conflict)
    return view.page(FORM, page, errors=[FieldError("conflict", conflict.sentence)], status=409)


def _gone(
    database: Database, view: View, form: Form, draft: OpenDraft, kind: PartKind, part: str
) -> Response[str]:
    """Show what was typed into the form of a part that somebody else has removed meanwhile."""
    try:
        _edit(
            database,
            view,
            draft,
            kind,
            lambda checklist: checklist,
            act="changed",
            part=part,
            seen=form.value("seen"),
        )
    except PartChangedElsewhere as error:
        return _conflict(database, view, form, draft, kind, part, error)
    raise PartGone(part=part)


def _id_of_new(kind: PartKind, draft: OpenDraft, given: Given, within: str) -> str:
    """Return the id that a new part will have; empty where it cannot be added, which the service tells."""
    try:
        return kind.add(draft.version.checklist, given, within)[1]
    except (editing.EditRefused, editing.PartUnknown):
        return ""


def _removing(
    database: Database,
    view: View,
    checklist_id: str,
    version: int,
    kind: PartKind,
    part: str,
    status: int = 200,
) -> Response[str]:
    draft = opened(database, view, checklist_id, version)
    if kind.find(draft.version.checklist, part) is None:
        raise PartGone(part=part)
    page = RemovePage.of(draft, kind, part, view.words)
    return view.page("checklist_editor/remove.html", page, status=status)


def _removed(
    database: Database, view: View, form: Form, checklist_id: str, version: int, kind: PartKind, part: str
) -> Response[Any]:
    form.only("seen")
    draft = opened(database, view, checklist_id, version)
    try:
        _edit(
            database,
            view,
            draft,
            kind,
            lambda checklist: kind.remove(checklist, part),
            act="removed",
            part=part,
            ref=kind.whole_ref(part),
            seen=form.value("seen"),
        )
    except PartChangedElsewhere as error:
        present = opened(database, view, checklist_id, version)
        if kind.find(present.version.checklist, part) is None:
            raise
        page = RemovePage.of(present, kind, part, view.words)
        errors = [FieldError("", view.words.sentence(error))]
        return view.page("checklist_editor/remove.html", page, errors=errors, status=409)
    except ProblemsFound as error:
        page = RemovePage.of(draft, kind, part, view.words)
        errors = [FieldError("", view.words.sentence(problem)) for problem in error.problems]
        return view.page("checklist_editor/remove.html", page, errors=errors, status=422)
    back = kind.after_change(part) if kind.within(part) and kind.name == "references" else f"#{kind.name}"
    return view.redirect(_edit_path(draft) + back, receipt=kind.names(view.words).removed)


def _edit(
    database: Database,
    view: View,
    draft: OpenDraft,
    kind: PartKind,
    change: Callable[[Checklist], Checklist],
    *,
    act: str,
    part: str = "",
    ref: str | None = None,
    seen: str | None = None,
) -> None:
    with database.begin() as store:
        checklist_drafts.edit(
            store,
            view.actor,
            draft.version.id,
            draft.version.version,
            change,
            part=(ref or kind.ref(part)) if seen is not None else None,
            seen=seen,
            action=f"{kind.name}-{act}",
            subject=part,
            now=view.now,
        )


def _edit_path(draft: OpenDraft) -> str:
    return f"/checklists/{draft.version.id}/{draft.version.version}/edit"


def _receipt(said: str, given: Given, view: View) -> str:
    if not given.cleaned:
        return said
    fields = view.words.listing(f"»{label}«" for label in dict.fromkeys(given.cleaned))
    cleaned = view.words.text("Opmærkning (HTML) er fjernet fra {fields}.", fields=fields)
    return f"{said} {cleaned}"
