"""Time on a case: what its page reports, and what its reviewer corrects."""

from typing import Annotated

from litestar import Controller, Response, post, put
from litestar.params import FromPath, JSONBody
from litestar.response import Redirect
from msgspec import Meta, Struct

from lirk.errors import ProblemsFound
from lirk.services import review_times
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import GREATEST, field_errors
from web.pages.review_times import TimePart
from web.pages.reviews import (
    summary_path,
)


class SentTime(Struct, forbid_unknown_fields=True, kw_only=True):
    """Seconds that a page was in use since it last said so."""

    seconds: Annotated[int, Meta(ge=0, le=GREATEST)]


class ReviewTimeController(Controller):
    """For the reviewer of a case."""

    path = "/reviews/{review_id:int}/time"

    # A page that tells of itself is no sign that somebody wants to stay signed in.
    @put(sync_to_thread=True, opt={"unattended": True})
    def report(
        self, database: TheDatabase, view: TheView, review_id: FromPath[int], data: JSONBody[SentTime]
    ) -> Response[object]:
        """Add the seconds that a page reports; how many counted is not told, since no page shows them."""
        with database.begin() as store:
            review_times.report(store, view.actor, review_id, data.seconds, now=view.now)
        return view.json({})

    @post(sync_to_thread=True)
    def correct(
        self, database: TheDatabase, view: TheView, form: TheForm, review_id: FromPath[int]
    ) -> Response[str] | Redirect:
        """Keep what the reviewer says that the case took."""
        form.only("minutes")
        given = form.value("minutes")
        try:
            with database.begin() as store:
                review_times.correct(store, view.actor, review_id, given)
        except ProblemsFound as error:
            with database.begin() as store:
                time = review_times.my_time(store, view.actor, review_id)
            page = TimePart.of(review_id, time, view.words, given=given)
            told = field_errors(error.problems, view.words)
            return view.page("reviews/time.html", page, errors=told, status=422)
        return view.redirect(summary_path(review_id), receipt=view.words.text("Tiden er gemt."))
