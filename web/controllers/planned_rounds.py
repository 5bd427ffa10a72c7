"""Planning a round, the later steps: frame, sizes, and the way to the seed."""

import secrets
from collections.abc import Sequence
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from lirk.domain.plain_texts import TextsRefused
from lirk.domain.planning import SeedPlanMissing, Step, StepNotReady, case_numbers, require_step
from lirk.domain.serials import period_of
from lirk.errors import ProblemsFound
from lirk.services import planned_draws, planned_frames, planning, rounds
from lirk.services.plan_sizes import check_sizes
from lirk.services.planning import PlanPage, summary_of
from lirk.services.serials import serial_notes
from lirk.storage.database import Database
from lirk.wording.planning_lines import planning_line, planning_sentence
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError, Form, field_errors
from web.pages.plan_frame import FramePage, keep_of
from web.pages.plan_sizes import SizesPage, sizes_of
from web.pages.plans import address, short
from web.pages.seeds import ConfirmPage, FreezePage, seed_plan_of
from web.view import View

#: The fields of the page of sizes; ``own-…`` are the centres' own.
SIZE_FIELDS = (
    "version", "by", "method", "n", "minimum", "reserve", "precision", "hours", "good", "poor", "go", "own-*",
)  # fmt: skip


class PlannedRoundsController(Controller):
    """From the frame to the freeze."""

    path = "/rounds/plans/{plan_id:int}"

    @get("/frame", sync_to_thread=True)
    def frame(self, database: TheDatabase, view: TheView, plan_id: FromPath[int]) -> Response[Any]:
        """Show which cases belong to the frame."""
        page = _page(database, view, plan_id)
        if page.plan.settings.summary is None:
            return view.redirect(f"{address(page.plan)}/register")
        return _frame_page(database, view, page)

    @post("/frame", sync_to_thread=True)
    def filter(
        self, database: TheDatabase, view: TheView, form: TheForm, plan_id: FromPath[int]
    ) -> Response[Any]:
        """Keep the filters, and count anew."""
        form.only(
            "version",
            "from",
            "to",
            "outcomes",
            "centres",
            "case_types",
            "kle_numbers",
            "facets",
            "local",
            "once",
        )
        page = _page(database, view, plan_id)
        keep, errors = keep_of(page, form, view.words)
        if errors:
            return _frame_page(database, view, page, errors, filters=form)
        try:
            with database.begin() as store:
                planned_frames.save_filters(
                    store, view.actor, plan_id, keep, version=form.number("version"), now=view.now
                )
        except ProblemsFound as error:
            errors = [FieldError("from", planning_sentence(view.words, one)) for one in error.problems]
            return _frame_page(database, view, page, errors, filters=form)
        return view.redirect(f"{address(page.plan)}/frame", receipt=view.words.text("Rammen er talt igen."))

    @post("/frame/exclude", sync_to_thread=True)
    def exclude(
        self, database: TheDatabase, view: TheView, form: TheForm, plan_id: FromPath[int]
    ) -> Response[Any]:
        """Leave cases out: pasted, from a file, or those of an earlier round."""
        form.only("version", "reason", "case_numbers", "file", "round")
        numbers, error = _numbers(form, view)
        if error is not None:
            return _frame_page(database, view, _page(database, view, plan_id), [error], exclusion=form)
        common: dict[str, Any] = {
            "reason": form.value("reason"),
            "version": form.number("version"),
            "now": view.now,
        }
        try:
            with database.begin() as store:
                if form.value("round"):
                    planned_frames.exclude_reviewed(
                        store, view.actor, plan_id, round_key=form.value("round"), **common
                    )
                else:
                    planned_frames.exclude_cases(store, view.actor, plan_id, case_numbers=numbers, **common)
        except ProblemsFound as found:
            errors = [
                FieldError(one.item or "case_numbers", planning_sentence(view.words, one))
                for one in found.problems
            ]
            return _frame_page(database, view, _page(database, view, plan_id), errors, exclusion=form)
        said = view.words.text("Sagerne er udeladt, og rammen er talt igen.")
        return view.redirect(f"/rounds/plans/{plan_id}/frame", receipt=said)

    @post("/frame/drop", sync_to_thread=True)
    def drop(self, database: TheDatabase, view: TheView, form: TheForm, plan_id: FromPath[int]) -> Redirect:
        """Take an exclusion back."""
        form.only("version", "number")
        with database.begin() as store:
            planned_frames.drop_exclusion(
                store,
                view.actor,
                plan_id,
                form.number("number", default=-1),
                version=form.number("version"),
                now=view.now,
            )
        said = view.words.text("Udeladelsen er fjernet, og rammen er talt igen.")
        return view.redirect(f"/rounds/plans/{plan_id}/frame", receipt=said)

    @post("/frame/approve", sync_to_thread=True)
    def approve(
        self, database: TheDatabase, view: TheView, form: TheForm, plan_id: FromPath[int]
    ) -> Redirect:
        """Say that the frame is as it should be."""
        form.only("version")
        with database.begin() as store:
            plan = planning.approve_frame(
                store, view.actor, plan_id, version=form.number("version"), now=view.now
            )
        return view.redirect(f"{address(plan)}/sizes", receipt=view.words.text("Rammen er godkendt."))

    @get("/sizes", sync_to_thread=True)
    def sizes(self, database: TheDatabase, view: TheView, plan_id: FromPath[int]) -> Response[Any]:
        """Show how many cases are drawn of each centre."""
        page = _page(database, view, plan_id)
        if not _ready(page, Step.SIZES):
            return view.redirect(f"{address(page.plan)}/frame")
        return view.page("plans/sizes.html", _sizes_page(page, view))

    @post("/sizes", sync_to_thread=True)
    def save_sizes(
        self, database: TheDatabase, view: TheView, form: TheForm, plan_id: FromPath[int]
    ) -> Response[Any]:
        """Keep the sizes, or only work out what they come to."""
        form.only(*SIZE_FIELDS)
        page = _page(database, view, plan_id)
        sizes, errors = sizes_of(page, form, view.words)
        try:
            if sizes is not None and form.value("go") == "calculate":
                check_sizes(sizes, summary_of(page.plan).centres)
                shown = SizesPage.of(page, summary_of(page.plan), view.words, sizes=sizes, form=form)
                return view.page("plans/sizes.html", shown)
            if sizes is not None:
                with database.begin() as store:
                    planning.save_sizes(
                        store, view.actor, plan_id, sizes, version=form.number("version"), now=view.now
                    )
                return view.redirect(
                    f"{address(page.plan)}/freeze", receipt=view.words.text("Stikprøvens størrelse er gemt.")
                )
        except ProblemsFound as found:
            errors = [FieldError("n", planning_sentence(view.words, one)) for one in found.problems]
        shown = SizesPage.of(page, summary_of(page.plan), view.words, form=form)
        return view.page("plans/sizes.html", shown, errors=errors, status=422)

    @get("/freeze", sync_to_thread=True)
    def seed_plan(self, database: TheDatabase, view: TheView, plan_id: FromPath[int]) -> Response[Any]:
        """Ask how the seed will be found."""
        page = _page(database, view, plan_id)
        if not _ready(page, Step.SEED):
            return view.redirect(f"{address(page.plan)}")
        return view.page("plans/freeze.html", FreezePage.of(page, view.words))

    @post("/freeze", sync_to_thread=True)
    def save_seed_plan(
        self, database: TheDatabase, view: TheView, form: TheForm, plan_id: FromPath[int]
    ) -> Response[Any]:
        """Keep how it will be found."""
        form.only("version", "how", "place", "deadline", "witnesses")
        seed_plan, errors = seed_plan_of(form, view.words, view.now)
        if seed_plan is None:
            return _freeze_refused(database, view, form, plan_id, errors)
        try:
            with database.begin() as store:
                plan = planning.save_seed_plan(
                    store, view.actor, plan_id, seed_plan, version=form.number("version"), now=view.now
                )
        except TextsRefused as error:
            return _freeze_refused(database, view, form, plan_id, field_errors(error.problems, view.words))
        return view.redirect(f"{address(plan)}/freeze/confirm")

    @get("/freeze/confirm", sync_to_thread=True)
    def confirm(self, database: TheDatabase, view: TheView, plan_id: FromPath[int]) -> Response[Any]:
        """Show everything that the freeze commits to."""
        page = _page(database, view, plan_id)
        if not _ready(page, Step.SEED) or page.plan.settings.seed_plan is None:
            return view.redirect(f"{address(page.plan)}/freeze")
        return view.page("plans/confirm.html", ConfirmPage.of(page, view.words))

    @post("/freeze/confirm", sync_to_thread=True)
    def freeze(
        self, database: TheDatabase, view: TheView, form: TheForm, plan_id: FromPath[int]
    ) -> Response[Any]:
        """Freeze the frame."""
        form.only("version")
        try:
            with database.begin() as store:
                round_, document = planned_draws.freeze_plan(
                    store,
                    view.actor,
                    plan_id,
                    salt=secrets.token_hex(16),
                    secret_key=view.settings.secret_key,
                    version=form.number("version"),
                    now=view.now,
                )
        except (ProblemsFound, SeedPlanMissing) as error:
            found = error.problems if isinstance(error, ProblemsFound) else ()
            errors = [FieldError("", planning_line(view.words, one)) for one in found]
            shown = ConfirmPage.of(_page(database, view, plan_id), view.words)
            errors = errors or [FieldError("", view.words.sentence(error))]
            return view.page("plans/confirm.html", shown, errors=errors, status=422)
        frame = document["frame"]
        said = view.words.text(
            "Ramme {fingerprint} {cases} er frosset.",
            fingerprint=short(frame["fingerprint"]),
            cases=view.words.plural("{count} sag", "{count} sager", sum(frame["strata"].values())),
        )
        return view.redirect(f"/rounds/{round_.key}/seed", receipt=said)


def _page(database: Database, view: View, plan_id: int) -> PlanPage:
    with database.begin() as store:
        return planning.plan_page(store, view.actor, plan_id, now=view.now)


def _ready(page: PlanPage, step: Step) -> bool:
    try:
        require_step(page.plan.settings, step)
    except StepNotReady:
        return False
    return True


def _frame_page(
    database: Database,
    view: View,
    page: PlanPage,
    errors: list[FieldError] | None = None,
    *,
    filters: Form | None = None,
    exclusion: Form | None = None,
) -> Response[str]:
    plan = page.plan
    with database.begin() as store:
        earlier = rounds.all_rounds(store, view.actor)
        period = period_of(plan.settings.mapping)
        gaps = serial_notes(store, view.actor, summary_of(plan).serials, period, besides=plan.key)
    shown = FramePage.of(
        page, summary_of(plan), earlier, view.words, gaps=gaps, filters=filters, exclusion=exclusion
    )
    return view.page("plans/frame.html", shown, errors=errors or (), status=422 if errors else 200)


def _freeze_refused(
    database: Database, view: View, form: Form, plan_id: int, errors: Sequence[FieldError]
) -> Response[str]:
    shown = FreezePage.of(_page(database, view, plan_id), view.words, form)
    return view.page("plans/freeze.html", shown, errors=errors, status=422)


def _sizes_page(page: PlanPage, view: View) -> SizesPage:
    """Return the page with the sizes that are kept, or without sums where they fit the frame no longer."""
    try:
        return SizesPage.of(page, summary_of(page.plan), view.words)
    except ProblemsFound:
        return SizesPage.of(
            page, summary_of(page.plan), view.words, form=Form({"n": ("15",), "method": ("fixed",)})
        )


def _numbers(form: Form, view: View) -> tuple[tuple[str, ...], FieldError | None]:
    """Return the case numbers that were pasted or stand in a file, or why the file cannot be read."""
    file = form.file("file")
    if file is None:
        return case_numbers(form.value("case_numbers")), None
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return (), FieldError(
            "file", view.words.text("Filen er ikke gemt som UTF-8. Gem den som UTF-8, og prøv igen.")
        )
    return case_numbers(f"{form.value('case_numbers')}\n{text}"), None
