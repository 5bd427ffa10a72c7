"""Planning a round: key and checklists, register, mapping, frame and sizes, one page a step."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from lirk.domain.plain_texts import TextsRefused
from lirk.domain.planning import (
    MappingNameMissing,
    PlanChecklistsMissing,
    PlannedRound,
    PlanTitleMissing,
    Step,
    step_of_plan,
)
from lirk.domain.rounds import ChecklistTwice, RoundExists, RoundKeyMalformed
from lirk.errors import LirkError, ProblemsFound
from lirk.services import planned_frames, planning
from lirk.services.checklists import ChecklistNotFound
from lirk.services.planning import PlanPage
from lirk.storage.database import Database
from lirk.wording.planning_lines import planning_line
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError, Form, field_errors
from web.pages.plan_register import MappingPage, RegisterPage, mapping_of
from web.pages.plans import BasicsPage, PlanHead, address
from web.view import View

#: The field that each refusal is about.
FIELDS: dict[type[LirkError], str] = {
    RoundKeyMalformed: "key",
    RoundExists: "key",
    PlanTitleMissing: "title",
    PlanChecklistsMissing: "checklists",
    ChecklistNotFound: "checklists",
    ChecklistTwice: "checklists",
    MappingNameMissing: "name",
}
#: Refusals that are told at their fields.
REFUSALS: tuple[type[LirkError], ...] = (*FIELDS, TextsRefused)
#: Where a plan goes on, by the step that it waits for.
PAGES = {Step.REGISTER: "register", Step.FRAME: "frame", Step.SIZES: "sizes", Step.SEED: "freeze"}


class PlansController(Controller):
    """The first two steps: the register and what it means."""

    path = "/rounds/plans"

    @get("/new", sync_to_thread=True)
    def begin(self, database: TheDatabase, view: TheView) -> Response[str]:
        """Ask for key, title and checklists."""
        with database.begin() as store:
            offered = planning.checklist_choices(store, view.actor, now=view.now)
        return view.page("plans/basics.html", BasicsPage.new(offered, view.words))

    @post("/new", sync_to_thread=True)
    def create(self, database: TheDatabase, view: TheView, form: TheForm) -> Response[Any]:
        """Begin a plan."""
        form.only("key", "title", "checklists", "full")
        try:
            with database.begin() as store:
                plan = planning.new_plan(store, view.actor, **_basics(form), now=view.now)
        except REFUSALS as error:
            with database.begin() as store:
                offered = planning.checklist_choices(store, view.actor, now=view.now)
            page = BasicsPage.new(offered, view.words, form)
            return view.page("plans/basics.html", page, errors=_of_field(error, view), status=422)
        said = view.words.text("Runden »{title}« er under planlægning.", title=plan.title)
        return view.redirect(f"{address(plan)}/register", receipt=said)

    @get("/{plan_id:int}", sync_to_thread=True)
    def resume(self, database: TheDatabase, view: TheView, plan_id: FromPath[int]) -> Redirect:
        """Go on where the plan was left."""
        return view.redirect(_next(_plan(database, view, plan_id).plan))

    @get("/{plan_id:int}/basics", sync_to_thread=True)
    def basics(self, database: TheDatabase, view: TheView, plan_id: FromPath[int]) -> Response[str]:
        """Show key, title and checklists."""
        with database.begin() as store:
            page = planning.plan_page(store, view.actor, plan_id, now=view.now)
            offered = planning.checklist_choices(store, view.actor, now=view.now)
        return view.page("plans/basics.html", BasicsPage.of(page, offered, view.words))

    @post("/{plan_id:int}/basics", sync_to_thread=True)
    def change_basics(
        self, database: TheDatabase, view: TheView, form: TheForm, plan_id: FromPath[int]
    ) -> Response[Any]:
        """Change them."""
        form.only("version", "key", "title", "checklists", "full")
        try:
            with database.begin() as store:
                plan = planning.change_basics(
                    store, view.actor, plan_id, **_basics(form), version=form.number("version"), now=view.now
                )
        except REFUSALS as error:
            with database.begin() as store:
                page = planning.plan_page(store, view.actor, plan_id, now=view.now)
                offered = planning.checklist_choices(store, view.actor, now=view.now)
            shown = BasicsPage.of(page, offered, view.words, form)
            return view.page("plans/basics.html", shown, errors=_of_field(error, view), status=422)
        return view.redirect(_next(plan), receipt=view.words.text("Ændringen er gemt."))

    @get("/{plan_id:int}/delete", sync_to_thread=True)
    def ask_delete(self, database: TheDatabase, view: TheView, plan_id: FromPath[int]) -> Response[str]:
        """Ask whether to delete a plan."""
        page = _plan(database, view, plan_id)
        head = PlanHead.of(page, view.words, step_of_plan(page.plan.settings))
        return view.page("plans/delete.html", head)

    @post("/{plan_id:int}/delete", sync_to_thread=True)
    def delete(self, database: TheDatabase, view: TheView, form: TheForm, plan_id: FromPath[int]) -> Redirect:
        """Delete a plan and its register."""
        form.only("version")
        with database.begin() as store:
            planning.delete_plan(store, view.actor, plan_id, version=form.number("version"), now=view.now)
        return view.redirect("/rounds", receipt=view.words.text("Planen og dens register er slettet."))

    @get("/{plan_id:int}/register", sync_to_thread=True)
    def register(self, database: TheDatabase, view: TheView, plan_id: FromPath[int]) -> Response[str]:
        """Ask for the register's file, and show what came of the one that is kept."""
        page = _plan(database, view, plan_id)
        return view.page("plans/register.html", RegisterPage.of(page, view.words))

    @post("/{plan_id:int}/register", sync_to_thread=True)
    def upload(
        self, database: TheDatabase, view: TheView, form: TheForm, plan_id: FromPath[int]
    ) -> Response[Any]:
        """Read a register's file, or tell everything that is wrong with it."""
        form.only("version", "file", "encoding", "header_row", "separator", "sheet")
        file = form.file("file")
        if file is None:
            missing = FieldError("file", view.words.text("Vælg en fil."))
            return _register_refused(database, view, form, plan_id, [missing])
        try:
            with database.begin() as store:
                plan = planned_frames.upload_register(
                    store,
                    view.actor,
                    plan_id,
                    name=file.name,
                    content=file.content,
                    read=_read_settings(form),
                    secret_key=view.settings.secret_key,
                    version=form.number("version"),
                    now=view.now,
                )
        except ProblemsFound as error:
            lines = tuple(planning_line(view.words, problem) for problem in error.problems)
            said = view.words.text("Filen kan ikke læses, og intet af den er gemt. Se hvorfor nedenfor.")
            return _register_refused(database, view, form, plan_id, [FieldError("file", said)], lines)
        return view.redirect(f"{address(plan)}/register", receipt=view.words.text("Registret er læst."))

    @post("/{plan_id:int}/register/delete", sync_to_thread=True)
    def delete_register(
        self, database: TheDatabase, view: TheView, form: TheForm, plan_id: FromPath[int]
    ) -> Redirect:
        """Delete the register that is kept."""
        form.only("version")
        with database.begin() as store:
            plan = planned_frames.delete_register(
                store, view.actor, plan_id, version=form.number("version"), now=view.now
            )
        return view.redirect(f"{address(plan)}/register", receipt=view.words.text("Registret er slettet."))

    @get("/{plan_id:int}/mapping", sync_to_thread=True)
    def mapping(self, database: TheDatabase, view: TheView, plan_id: FromPath[int]) -> Response[Any]:
        """Show what columns and values mean."""
        page = _mapping(database, view, plan_id)
        if page.about is None:
            return view.redirect(f"{address(page.plan)}/register")
        return view.page("plans/mapping.html", MappingPage.of(page, view.words))

    @post("/{plan_id:int}/mapping", sync_to_thread=True)
    def save_mapping(
        self, database: TheDatabase, view: TheView, form: TheForm, plan_id: FromPath[int]
    ) -> Response[Any]:
        """Keep what they mean, and read the register anew."""
        form.only("version", "date_format", "column-*", "outcome-*", "spelling-*")
        page = _mapping(database, view, plan_id)
        try:
            with database.begin() as store:
                plan = planned_frames.save_mapping(
                    store,
                    view.actor,
                    plan_id,
                    mapping_of(page, form),
                    version=form.number("version"),
                    now=view.now,
                )
        except ProblemsFound as error:
            errors = [FieldError("", planning_line(view.words, problem)) for problem in error.problems]
            shown = MappingPage.of(page, view.words, form)
            return view.page("plans/mapping.html", shown, errors=errors, status=422)
        return _mapped(view, plan)

    @post("/{plan_id:int}/mapping/use", sync_to_thread=True)
    def use_mapping(
        self, database: TheDatabase, view: TheView, form: TheForm, plan_id: FromPath[int]
    ) -> Response[Any]:
        """Use a saved mapping."""
        form.only("version", "saved")
        with database.begin() as store:
            plan = planned_frames.use_saved_mapping(
                store, view.actor, plan_id, form.value("saved"), version=form.number("version"), now=view.now
            )
        return _mapped(view, plan)

    @post("/{plan_id:int}/mapping/save", sync_to_thread=True)
    def save_mapping_as(
        self, database: TheDatabase, view: TheView, form: TheForm, plan_id: FromPath[int]
    ) -> Response[Any]:
        """Save the mapping by a name."""
        form.only("version", "name")
        name = form.value("name")
        try:
            with database.begin() as store:
                planned_frames.save_mapping_as(
                    store, view.actor, plan_id, name, version=form.number("version"), now=view.now
                )
        except (MappingNameMissing, TextsRefused) as error:
            shown = MappingPage.of(_mapping(database, view, plan_id), view.words)
            return view.page("plans/mapping.html", shown, errors=_of_field(error, view), status=422)
        said = view.words.text("Kortlægningen er gemt som »{name}«.", name=name)
        return view.redirect(f"/rounds/plans/{plan_id}/mapping", receipt=said)


def _basics(form: Form) -> dict[str, Any]:
    return {
        "key": form.value("key"),
        "title": form.value("title"),
        "checklists": form.texts("checklists"),
        "full": form.texts("full"),
    }


def _of_field(error: LirkError, view: View) -> tuple[FieldError, ...]:
    if isinstance(error, TextsRefused):
        return field_errors(error.problems, view.words)
    return (FieldError(FIELDS[type(error)], view.words.sentence(error)),)


def _plan(database: Database, view: View, plan_id: int) -> PlanPage:
    with database.begin() as store:
        return planning.plan_page(store, view.actor, plan_id, now=view.now)


def _mapping(database: Database, view: View, plan_id: int) -> PlanPage:
    with database.begin() as store:
        return planning.mapping_page(store, view.actor, plan_id, now=view.now)


def _next(plan: PlannedRound) -> str:
    """Return where a plan goes on."""
    if plan.round_id is not None and not plan.settings.reopened:
        return f"/rounds/{plan.key}/seed"
    return f"{address(plan)}/{PAGES[step_of_plan(plan.settings)]}"


def _mapped(view: View, plan: PlannedRound) -> Redirect:
    """Go on to the frame, or back to what is still wrong."""
    summary = plan.settings.summary
    if summary is not None and not summary.problems:
        return view.redirect(f"{address(plan)}/frame", receipt=view.words.text("Kortlægningen er gemt."))
    said = view.words.text("Kortlægningen er gemt. Der er stadig problemer, der skal rettes.")
    return view.redirect(f"{address(plan)}/mapping", receipt=said)


def _read_settings(form: Form) -> dict[str, object]:
    row, sign = form.value("header_row"), form.value("separator")
    given: dict[str, object] = {
        "encoding": form.value("encoding"),
        "header_row": (int(row) if row.isascii() and row.isdigit() else row) if row else "",
        "separator": "\t" if sign == "tab" else sign,
        "sheet": form.value("sheet"),
    }
    return {name: value for name, value in given.items() if value != ""}


def _register_refused(
    database: Database,
    view: View,
    form: Form,
    plan_id: int,
    errors: list[FieldError],
    lines: tuple[str, ...] = (),
) -> Response[str]:
    page = RegisterPage.of(_plan(database, view, plan_id), view.words, form, lines)
    return view.page("plans/register.html", page, errors=errors, status=422)
