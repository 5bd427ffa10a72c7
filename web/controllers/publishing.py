"""Publishing the reports of a round, one or all of them, and handing out what was published."""

from collections.abc import Mapping
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from lirk.errors import LirkError
from lirk.services import publishing
from lirk.services.objections import with_objections
from lirk.services.publishing import (
    CorrectionsUngranted,
    GrantedUnchanged,
    LeaderNotHeard,
    ObjectionsOpen,
    Unconfirmed,
)
from lirk.services.report_stages import RoundStages
from web.controllers.report_stages import REPORT, stages_at
from web.controllers.reports import KINDS, address_of, first_look
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError, refusal
from web.pages.publishing import PublishPage, Run, RunPage
from web.reading import reader_of

#: The field at which each refusal is told.
REFUSED: Mapping[type[LirkError], str] = {
    ObjectionsOpen: "objections",
    CorrectionsUngranted: "objections",
    LeaderNotHeard: "without_reply",
    GrantedUnchanged: "unchanged",
}
#: What the page is shown again for.
ANSWERED: tuple[type[LirkError], ...] = (*REFUSED, Unconfirmed)
PUBLISH, RUN = "reports/publish.html", "reports/publish_run.html"
#: So many reports are published in one request: it takes a few seconds, and the next request goes on.
AT_ONCE = 2


class PublishingController(Controller):
    """For the coordinator; a published version can be fetched by all who read the report."""

    path = "/rounds/{key:str}"

    @get(f"{REPORT}/publish", sync_to_thread=True)
    def asking(
        self, database: TheDatabase, view: TheView, key: FromPath[str], slug: FromPath[str]
    ) -> Response[str]:
        """Show what stands open, and ask for the last word."""
        return _asking(database, view, key, slug)

    @post(f"{REPORT}/publish", sync_to_thread=True)
    def publish(
        self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str], slug: FromPath[str]
    ) -> Response[Any]:
        """Publish a report."""
        form.only("without_reply", "unchanged")
        centre = stages_at(database, view, key, slug).centres[0].centre
        begin, reader = publishing.opening(database, view.actor), reader_of(database, view)
        try:
            stage = publishing.publish_report(
                begin,
                key,
                centre,
                reader=reader,
                without_reply=form.flag("without_reply"),
                unchanged=form.flag("unchanged"),
                now=view.now,
            )
        except ANSWERED as error:
            return _asking(database, view, key, slug, _refused(error, view), ticked=form.names)
        said = view.words.text(
            "Rapporten for {centre} er udgivet, version {version}.", centre=centre, version=str(stage.version)
        )
        return view.redirect(address_of(key, slug), said)

    @get("/publish-reports", sync_to_thread=True)
    def asking_all(self, database: TheDatabase, view: TheView, key: FromPath[str]) -> Response[str]:
        """Show what stands open in each report of a round, and ask for the last word."""
        return _asking(database, view, key, None)

    @post("/publish-reports", sync_to_thread=True)
    def publish_all(
        self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str]
    ) -> Response[Any]:
        """Publish the reports of a round in which nothing stands open, a few in each request.

        What a rule refuses meanwhile is passed over and told at the end.
        """
        form.only("without_reply", "reports", "refused")
        run = Run.of(form)
        if not run.chosen:
            return _begin(database, view, key, run)
        return _go_on(database, view, key, run)

    @get(f"{REPORT}/versions/{{version:int}}/{{kind:str}}", sync_to_thread=True)
    def version(
        self,
        database: TheDatabase,
        view: TheView,
        key: FromPath[str],
        slug: FromPath[str],
        version: FromPath[int],
        kind: FromPath[str],
    ) -> Response[bytes] | Redirect:
        """Hand out a file of a published version, byte for byte."""
        if first_look(database, view, key, slug) is not None:
            return view.redirect(address_of(key, slug))
        reader = reader_of(database, view)
        with database.begin() as store:
            found = publishing.version_file(store, view.actor, key, slug, version, kind, reader=reader)
        content = publishing.bytes_of(found, kind, reader)
        return view.file(content, f"{key}-{slug}-{version}.{kind}", KINDS[kind])


def _refused(error: LirkError, view: TheView) -> tuple[FieldError, ...]:
    """Return a refusal as errors at the fields, each thing that is to be confirmed by itself."""
    return tuple(
        told
        for one in publishing.parts_of(error)
        for told in refusal(one, next(REFUSED[kind] for kind in REFUSED if isinstance(one, kind)), view.words)
    )


def _asking(
    database: TheDatabase,
    view: TheView,
    key: str,
    slug: str | None,
    errors: tuple[FieldError, ...] = (),
    ticked: frozenset[str] = frozenset(),
) -> Response[str]:
    value = _stages(database, view, key, slug)
    page = PublishPage.of(value, view.words, one=slug is not None, today=view.now.date(), ticked=ticked)
    return view.page(PUBLISH, page, errors=errors, status=422 if errors else 200)


def _stages(database: TheDatabase, view: TheView, key: str, slug: str | None) -> RoundStages:
    """Return how far reports are, with what stands against publishing them."""
    found = stages_at(database, view, key, slug)
    with database.begin() as store:
        return with_objections(store, found, reader_of(database, view))


def _begin(database: TheDatabase, view: TheView, key: str, run: Run) -> Response[str]:
    """Choose the reports of a run and publish the first; ask again where a leader has not been heard."""
    ready = [one for one in _stages(database, view, key, None).centres if one.may_be_published_with_others]
    if any(one.unheard for one in ready) and not run.without_reply:
        said = view.words.text("Sæt kryds, hvis de skal udgives nu.")
        return _asking(database, view, key, None, (FieldError("without_reply", said),))
    if not ready:
        return _asking(database, view, key, None)
    chosen = tuple(one.address for one in ready)
    return _go_on(database, view, key, Run(chosen=chosen, without_reply=run.without_reply))


def _go_on(database: TheDatabase, view: TheView, key: str, run: Run) -> Response[str]:
    """Publish the next reports of a run, and show how far it is."""
    before = stages_at(database, view, key, None)
    if not run.of_it(before):
        return _asking(database, view, key, None)
    addresses = {one.centre: one.address for one in run.waiting(before)[:AT_ONCE]}
    attempts = publishing.publish_each(
        publishing.opening(database, view.actor),
        key,
        addresses,
        reader=reader_of(database, view),
        without_reply=run.without_reply,
        now=view.now,
    )
    run = run.after({addresses[one.centre]: one for one in attempts})
    value = _stages(database, view, key, None)
    return view.page(RUN, RunPage.of(run, value, view.words, today=view.now.date()))
