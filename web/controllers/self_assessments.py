"""A leader's self-assessments, and the way from there to the report."""

from litestar import Controller, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from lirk.services import self_assessments
from web.controllers.reports import REPORT, address_of
from web.dependencies import TheDatabase, TheForm, TheView
from web.pages.places import form_path
from web.pages.self_assessments import AssessmentsPage


class SelfAssessmentController(Controller):
    """What a leader says before the result is known."""

    path = "/"

    @get("/self-assessment", sync_to_thread=True)
    def index(self, database: TheDatabase, view: TheView) -> Response[str]:
        """List the self-assessments of the centres that a person leads."""
        with database.begin() as store:
            found = self_assessments.assessments(store, view.actor, now=view.now)
        return view.page("places/self_assessment.html", AssessmentsPage.of(found, view.words))

    @post("/self-assessment/{key:str}/{slug:str}", sync_to_thread=True)
    def begin(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        key: FromPath[str],
        slug: FromPath[str],
    ) -> Redirect:
        """Begin a self-assessment, or go on with it."""
        form.only()
        with database.begin() as store:
            begun = self_assessments.begin(store, view.actor, key, slug, now=view.now)
        return view.redirect(form_path(begun.id))

    @post(f"{REPORT}/open", sync_to_thread=True)
    def open_report(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        key: FromPath[str],
        slug: FromPath[str],
    ) -> Redirect:
        """Go on to the report without a self-assessment that is finished."""
        form.only()
        with database.begin() as store:
            self_assessments.open_report(store, view.actor, key, slug, now=view.now)
        return view.redirect(address_of(key, slug))
