"""A round's seed and draw: the frozen frame, the seed, the confirmation, the certificate."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from lirk.domain.draws import (
    DrawNeedsReason,
    FingerprintDiffers,
    SeedBeforeFreeze,
    SeedHow,
    SeedMalformed,
    SeedRecord,
    SeedUsed,
)
from lirk.domain.plain_texts import TextsRefused
from lirk.domain.planning import RegisterMissing, SeedInFuture, UnlockNeedsReason
from lirk.domain.rounds import FrameReopened
from lirk.errors import LirkError, Problem, ProblemsFound
from lirk.services import planned_draws
from lirk.services.planned_draws import SeedPage
from lirk.storage.database import Database
from lirk.wording.planning import SEED_WAYS
from lirk.wording.planning_lines import planning_sentence
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError, Form, field_errors
from web.pages.plans import address
from web.pages.seeds import DrawPage, ReceiptPage, SeedEntryPage, moment_of
from web.view import View

#: The field that each refusal of a seed is about.
FIELDS: dict[type[LirkError], str] = {
    SeedMalformed: "seed",
    SeedUsed: "seed",
    SeedBeforeFreeze: "time",
    SeedInFuture: "time",
    DrawNeedsReason: "reason",
    RegisterMissing: "file",
}


class SeedsController(Controller):
    """From the frozen frame to the drawn cases."""

    path = "/rounds/{key:str}"

    @get("/seed", sync_to_thread=True)
    def show(self, database: TheDatabase, view: TheView, key: FromPath[str]) -> Response[Any]:
        """Show what was frozen, and ask for the seed."""
        page = _page(database, view, key)
        if page.plan is not None and page.plan.settings.reopened:
            return view.redirect(address(page.plan))
        return view.page("seeds/seed.html", SeedEntryPage.of(page, view.words, view.now))

    @post("/seed", sync_to_thread=True)
    def enter(self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str]) -> Response[Any]:
        """Keep the seed until the draw is confirmed."""
        form.only("seed", "how", "witnesses", "day", "time", "reason", "file")
        at, errors = moment_of(form, view.words, view.now)
        if not form.value("seed"):
            errors.append(FieldError("seed", view.words.text("Skriv frøet: 20 cifre.")))
        if form.value("how") not in SEED_WAYS:
            errors.append(FieldError("how", view.words.text("Vælg, hvordan frøet blev fundet.")))
        if at is None or errors:
            return _refused(database, view, key, form, errors)
        file = form.file("file")
        try:
            record = SeedRecord(
                value="".join(form.value("seed").split()),
                how=SeedHow(form.value("how")),
                witnesses=tuple(line.strip() for line in form.value("witnesses").split("\n") if line.strip()),
                at=at,
            )
            with database.begin() as store:
                planned_draws.enter_seed(
                    store,
                    view.actor,
                    key,
                    seed=record,
                    reason=form.value("reason"),
                    register=(file.name, file.content) if file else None,
                    secret_key=view.settings.secret_key,
                    now=view.now,
                )
        except tuple(FIELDS) as error:
            return _refused(
                database,
                view,
                key,
                form,
                [FieldError(FIELDS[type(error)], planning_sentence(view.words, error))],
            )
        except TextsRefused as error:
            return _refused(database, view, key, form, [*field_errors(error.problems, view.words)])
        except ProblemsFound as error:
            told = (
                view.words.sentence(error)
                if isinstance(error, FingerprintDiffers)
                else view.words.text("Filen kan ikke læses som det register, der blev frosset.")
            )
            return _refused(database, view, key, form, [FieldError("file", told)], error.problems)
        return view.redirect(f"/rounds/{key}/draw")

    @post("/seed/reopen", sync_to_thread=True)
    def reopen(
        self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str]
    ) -> Response[Any]:
        """Open the frame again before the seed is known."""
        form.only("version", "reopening")
        try:
            with database.begin() as store:
                plan = planned_draws.reopen_frame(
                    store,
                    view.actor,
                    key,
                    reason=form.value("reopening"),
                    version=form.number("version"),
                    now=view.now,
                )
        except UnlockNeedsReason as error:
            return _refused(database, view, key, None, [FieldError("reopening", view.words.sentence(error))])
        said = view.words.text(
            "Rammen er låst op. Det fingeraftryk, I har givet fra jer, gælder ikke længere, når rammen fryses igen."
        )
        return view.redirect(f"{address(plan)}/frame", receipt=said)

    @get("/draw", sync_to_thread=True)
    def confirm(self, database: TheDatabase, view: TheView, key: FromPath[str]) -> Response[Any]:
        """Show what the draw rests on."""
        page = _page(database, view, key)
        if page.seed is None:
            return view.redirect(f"/rounds/{key}/seed")
        return view.page("seeds/draw.html", DrawPage.of(page, view.words))

    @post("/draw", sync_to_thread=True)
    def draw(self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str]) -> Redirect:
        """Draw the cases."""
        form.only("version")
        try:
            with database.begin() as store:
                certificate = planned_draws.draw_planned(
                    store,
                    view.actor,
                    key,
                    secret_key=view.settings.secret_key,
                    version=form.number("version"),
                    now=view.now,
                )
        except FrameReopened:
            return view.redirect(f"/rounds/{key}/seed")
        drawn = sum(stratum["n"] for stratum in certificate["strata"])
        said = view.words.plural("{count} sag er trukket.", "{count} sager er trukket.", drawn)
        return view.redirect(f"/rounds/{key}/certificate", receipt=said)

    @get("/certificate", sync_to_thread=True)
    def certificate(self, database: TheDatabase, view: TheView, key: FromPath[str]) -> Response[str]:
        """Show the latest draw, its cases and its reserve."""
        with database.begin() as store:
            page = planned_draws.certificate_page(store, view.actor, key)
        return view.page("seeds/certificate.html", ReceiptPage.of(page, view.words))


def _page(database: Database, view: View, key: str) -> SeedPage:
    with database.begin() as store:
        return planned_draws.seed_page(store, view.actor, key)


def _refused(
    database: Database,
    view: View,
    key: str,
    form: Form | None,
    errors: list[FieldError],
    problems: tuple[Problem, ...] = (),
) -> Response[str]:
    page = SeedEntryPage.of(_page(database, view, key), view.words, view.now, form=form, refused=problems)
    return view.page("seeds/seed.html", page, errors=errors, status=422)
