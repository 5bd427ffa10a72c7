"""The law watch: the references by act, ticking them off, telling that an act was changed."""

from collections.abc import Mapping, Sequence

from litestar import Controller, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from lirk.domain.law_watch import FEWEST_MONTHS, MOST_MONTHS, USUAL_MONTHS, LawCheckRefused
from lirk.services import law_watch
from lirk.storage.database import Database
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError, field_errors, parse_day
from web.pages.law_watch import (
    CHANGE_FIELDS,
    CHECK_FIELDS,
    LAW,
    ActPage,
    LawWatchPage,
    act_name,
    mark_of,
)
from web.view import View


class LawWatchController(Controller):
    """For archivists; coordinators read along."""

    path = LAW

    @get(sync_to_thread=True)
    def index(self, database: TheDatabase, view: TheView) -> Response[str]:
        """List the references by act, those first that are to be held against their source."""
        asked = view.request.query_params
        typed, only = str(asked.get("months", USUAL_MONTHS)).strip(), bool(asked.get("only"))
        months, errors = _months(typed, view)
        with database.begin() as store:
            watch = law_watch.law_watch(store, view.actor, months=months, now=view.now)
        page = LawWatchPage.of(watch, view.words, only=only, typed=typed)
        return view.page("law_watch/list.html", page, errors=errors, status=422 if errors else 200)

    @get("/{act:str}", sync_to_thread=True)
    def show(self, database: TheDatabase, view: TheView, act: FromPath[str]) -> Response[str]:
        """Show one act, with the form by which its references are ticked off."""
        return _act_page(database, view, act, chosen=view.request.query_params.getall("reference", []))

    @post("/{act:str}", sync_to_thread=True)
    def check(
        self, database: TheDatabase, view: TheView, form: TheForm, act: FromPath[str]
    ) -> Response[str] | Redirect:
        """Tick references off."""
        form.only("reference", *CHECK_FIELDS)
        marks = form.texts("reference")
        try:
            with database.begin() as store:
                _, found = law_watch.act_watch(store, view.actor, act, now=view.now)
                done = law_watch.check_references(
                    store,
                    view.actor,
                    act,
                    [one.text.da for one in found.references if mark_of(one.text.da) in marks],
                    status_date=parse_day(form.value("status_date")),
                    source=form.value("source"),
                    note=form.value("note"),
                    now=view.now,
                )
        except LawCheckRefused as error:
            typed = {name: form.value(name) for name in CHECK_FIELDS}
            errors = field_errors(error.problems, view.words)
            return _act_page(database, view, act, chosen=marks, typed=typed, errors=errors)
        said = view.words.plural(
            "Én henvisning er kontrolleret.", "{count} henvisninger er kontrolleret.", len(done)
        )
        return view.redirect(f"{LAW}/{act}", receipt=said)

    @post("/{act:str}/changed", sync_to_thread=True)
    def changed(
        self, database: TheDatabase, view: TheView, form: TheForm, act: FromPath[str]
    ) -> Response[str] | Redirect:
        """Tell that an act was changed."""
        form.only(*CHANGE_FIELDS)
        try:
            with database.begin() as store:
                found = law_watch.mark_changed(
                    store,
                    view.actor,
                    act,
                    changed_on=parse_day(form.value("changed_on")),
                    source=form.value("changed_source"),
                    note=form.value("changed_note"),
                    now=view.now,
                )
        except LawCheckRefused as error:
            typed = {name: form.value(name) for name in CHANGE_FIELDS}
            errors = field_errors(error.problems, view.words)
            return _act_page(database, view, act, typed=typed, errors=errors)
        said = view.words.text("{act} er meldt ændret.", act=act_name(found, view.words))
        return view.redirect(f"{LAW}/{act}", receipt=said)

    @post("/{act:str}/checks/{check_id:int}/withdraw", sync_to_thread=True)
    def withdraw(
        self, database: TheDatabase, view: TheView, form: TheForm, act: FromPath[str], check_id: FromPath[int]
    ) -> Redirect:
        """Withdraw a check that was made by mistake."""
        form.only()
        with database.begin() as store:
            law_watch.withdraw(store, view.actor, act, check_id, now=view.now)
        return view.redirect(f"{LAW}/{act}", receipt=view.words.text("Kontrollen er trukket tilbage."))


def _months(typed: str, view: View) -> tuple[int, Sequence[FieldError]]:
    """Return the months that were asked for, or the usual number and what is wrong."""
    if typed.isascii() and typed.isdigit() and FEWEST_MONTHS <= int(typed[:4]) <= MOST_MONTHS:
        return int(typed[:4]), ()
    said = view.words.text(
        "Skriv et helt antal måneder fra {fewest} til {most}.", fewest=FEWEST_MONTHS, most=MOST_MONTHS
    )
    return USUAL_MONTHS, (FieldError("months", said),)


def _act_page(
    database: Database,
    view: View,
    act: str,
    *,
    chosen: Sequence[str] = (),
    typed: Mapping[str, str] | None = None,
    errors: Sequence[FieldError] = (),
) -> Response[str]:
    with database.begin() as store:
        watch, found = law_watch.act_watch(store, view.actor, act, now=view.now)
    page = ActPage.of(watch, found, view.words, actor=view.actor, now=view.now, chosen=chosen, typed=typed)
    return view.page("law_watch/act.html", page, errors=errors, status=422 if errors else 200)
