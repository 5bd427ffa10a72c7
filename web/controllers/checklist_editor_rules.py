"""The archivist's editor: conditions and verdict rules, made of drop-downs."""

from typing import Any

from litestar import Controller, Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from checklists.editing_trees import PathUnknown, joined, negated, node_at, removed
from checklists.logic import Single
from checklists.model import Checklist
from lirk.domain.checklist_drafts import PartChangedElsewhere, PartGone
from lirk.errors import NotFound, ProblemsFound
from lirk.services import checklist_drafts
from lirk.services.checklist_drafts import OpenDraft
from lirk.storage.database import Database
from web.controllers.checklist_editor import opened
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError, Form
from web.pages.checklist_editor_fields import Values, names_of, read, typed
from web.pages.checklist_editor_form import errors_of, own_of
from web.pages.checklist_editor_kinds import kind_of
from web.pages.checklist_editor_parts import PartKind
from web.pages.checklist_editor_results import VERDICTS
from web.pages.checklist_editor_rules import (
    NEEDED,
    LeafPage,
    RulePage,
    check_leaf,
    grown,
    leaf_of,
    leaf_sections,
    leaf_values,
    path_of,
    subjects,
    tree_of,
    with_tree,
)
from web.view import View

RULE, LEAF = "checklist_editor/rule.html", "checklist_editor/leaf.html"
HOWS = ("all", "any", "replace")


class ChecklistRulesController(Controller):
    """The condition or rule of one part."""

    path = "/checklists/{checklist_id:str}/{version:int}/edit/{kind:str}/{part:str}/rule"

    @get(sync_to_thread=True)
    def show(
        self,
        database: TheDatabase,
        view: TheView,
        checklist_id: FromPath[str],
        version: FromPath[int],
        kind: FromPath[str],
        part: FromPath[str],
    ) -> Response[str]:
        """Show a condition or a rule."""
        draft, of = _ruled(database, view, checklist_id, version, kind, part)
        return view.page(RULE, RulePage.of(draft, of, part, view.words))

    @post(sync_to_thread=True)
    def change(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        checklist_id: FromPath[str],
        version: FromPath[int],
        kind: FromPath[str],
        part: FromPath[str],
    ) -> Response[Any]:
        """Remove or negate a node, or join a group in the other way."""
        form.only("seen", "path", "act")
        draft, of = _ruled(database, view, checklist_id, version, kind, part)
        path, act = _path(form.value("path")), form.value("act")
        errors = _kept(database, view, draft, of, part, form, lambda tree: _acted(tree, path, act))
        if errors is None:
            return _back(view, draft, of, part)
        status, found = errors
        draft = opened(database, view, checklist_id, version)
        return view.page(RULE, RulePage.of(draft, of, part, view.words), errors=found, status=status)

    @get("/test", sync_to_thread=True)
    def ask(
        self,
        database: TheDatabase,
        view: TheView,
        request: Request[Any, Any, Any],
        checklist_id: FromPath[str],
        version: FromPath[int],
        kind: FromPath[str],
        part: FromPath[str],
    ) -> Response[str]:
        """Ask what a test is about, and then what it says of that."""
        draft, of = _ruled(database, view, checklist_id, version, kind, part)
        asked = request.query_params
        page = _leaf_page(
            draft, of, part, view, asked.get("path", ""), asked.get("how", "all"), asked.get("about", "")
        )
        return view.page(LEAF, page)

    @post("/test", sync_to_thread=True)
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
        """Keep a test."""
        draft, of = _ruled(database, view, checklist_id, version, kind, part)
        about, how = form.value("about"), form.value("how")
        path = _path(form.value("path"))
        if how not in HOWS or about not in dict(subjects(of, part, draft.version.checklist, view.words)):
            raise NotFound
        sections = leaf_sections(about, of, draft.version.checklist, view.words)
        form.only("seen", "path", "how", "about", *names_of(sections))
        given = read(sections, form, view.words)
        check_leaf(given, about, of, view.words)
        status, errors = 422, given.errors
        if not errors:
            leaf = leaf_of(given, about, of)
            refused = _kept(database, view, draft, of, part, form, lambda tree: grown(tree, path, how, leaf))
            if refused is None:
                return _back(view, draft, of, part)
            status, errors = refused
            draft = opened(database, view, checklist_id, version)
        page = _leaf_page(draft, of, part, view, form.value("path"), how, about, form)
        return view.page(LEAF, page, errors=errors, status=status)


def _ruled(
    database: Database, view: View, checklist_id: str, version: int, kind: str, part: str
) -> tuple[OpenDraft, PartKind]:
    draft, of = opened(database, view, checklist_id, version), kind_of(kind, many=True)
    if not of.ruled:
        raise NotFound
    if of.find(draft.version.checklist, part) is None:
        raise PartGone(part=part)
    return draft, of


def _path(text: str) -> tuple[int, ...]:
    path = path_of(text)
    if path is None:
        raise NotFound
    return path


def _acted(tree: Any, path: tuple[int, ...], act: str) -> Any:
    match act:
        case "remove":
            return removed(tree, path)
        case "negate":
            return negated(tree, path)
        case "all" | "any":
            return joined(tree, path, act)
        case _:
            raise NotFound


def _kept(
    database: Database, view: View, draft: OpenDraft, kind: PartKind, part: str, form: Form, change: Any
) -> tuple[int, list[FieldError]] | None:
    """Keep a changed condition or rule; return status and errors where it is refused, None where it is not."""

    def changed(checklist: Checklist) -> Checklist:
        found = kind.find(checklist, part)
        tree = None if found is None else tree_of(kind, found)
        # What somebody else has taken away cannot be changed, only begun anew.
        if tree is None and (form.value("path") or form.value("act")):
            raise PartGone(part=part)
        made = change(tree)
        if made is None and kind.name in NEEDED:
            raise PartGone(part=part)
        return with_tree(kind, checklist, part, made)

    try:
        with database.begin() as store:
            checklist_drafts.edit(
                store,
                view.actor,
                draft.version.id,
                draft.version.version,
                changed,
                part=kind.ref(part),
                seen=form.value("seen"),
                action=f"{kind.name}-ruled",
                subject=part,
                now=view.now,
            )
    except PartChangedElsewhere as error:
        return 409, [FieldError("", view.words.sentence(error))]
    except PathUnknown:
        raise PartGone(part=part) from None
    except ProblemsFound as error:
        return 422, list(errors_of(error.problems, own_of(kind, part), (), draft, view.words))
    return None


def _back(view: View, draft: OpenDraft, kind: PartKind, part: str) -> Redirect:
    path = f"/checklists/{draft.version.id}/{draft.version.version}/edit/{kind.name}/{part}/rule#rule"
    return view.redirect(path, receipt=view.words.text("Det er gemt."))


def _leaf_page(
    draft: OpenDraft,
    kind: PartKind,
    part: str,
    view: View,
    path: str,
    how: str,
    about: str,
    form: Form | None = None,
) -> LeafPage:
    """Return the page of a test: what it is about, and once that is chosen, what it says of it."""
    page, words = RulePage.of(draft, kind, part, view.words), view.words
    checklist, steps = draft.version.checklist, _path(path)
    offered = subjects(kind, part, checklist, words)
    if how not in HOWS or (about and about not in dict(offered)):
        raise NotFound
    told: str = ""
    values: Values = {}
    if how == "replace":
        told, values = _present(draft, kind, part, steps)
    about = about or told
    return LeafPage(
        head=page.head,
        heading=words.text("Ret kravet") if how == "replace" else words.text("Tilføj et krav"),
        label=page.label,
        back=f"{page.action}#rule",
        action=f"{page.action}/test",
        seen=page.seen,
        path=path,
        how=how,
        about=about,
        asked="" if kind is VERDICTS else dict(offered).get(about, ""),
        choices=offered,
        sections=leaf_sections(about, kind, checklist, words) if about else (),
        values=typed(form) if form is not None else values if about == told else {},
    )


def _present(draft: OpenDraft, kind: PartKind, part: str, path: tuple[int, ...]) -> tuple[str, Any]:
    tree = tree_of(kind, kind.find(draft.version.checklist, part))
    try:
        node = None if tree is None else node_at(tree, path)
    except PathUnknown:
        node = None
    if not isinstance(node, Single):
        raise PartGone(part=part)
    return leaf_values(node.leaf)
