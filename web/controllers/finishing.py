"""The end of a review: its summary, finishing it, and saying that the case must be acted on now."""

from litestar import Controller, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from lirk.domain.finishing import AnswersChangedSince
from lirk.domain.reviewing import ReviewContradictory, ReviewIncomplete
from lirk.domain.urgent_cases import UrgentReasonChanged
from lirk.errors import LirkError, ProblemsFound
from lirk.services import finishing, review_times, urgent_cases
from lirk.services.finishing import Summary
from lirk.wording import N_
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError, Form, field_errors
from web.pages.review_summary import SummaryPage
from web.pages.review_times import TimePart
from web.pages.reviews import (
    first_path,
    summary_path,
)
from web.pages.urgent_cases import RaisePage
from web.view import View


class FinishingController(Controller):
    """For the reviewer of a case."""

    path = "/reviews/{review_id:int}"

    @get("/summary", sync_to_thread=True)
    def summary(
        self, database: TheDatabase, view: TheView, review_id: FromPath[int]
    ) -> Response[str] | Redirect:
        """Show the review as a whole, and ask whether it is finished."""
        with database.begin() as store:
            value = finishing.summary(store, view.actor, review_id)
            time = review_times.my_time(store, view.actor, review_id)
        if value.review.finished_at is None and value.review.set_aside:
            return view.redirect(first_path(value))
        return _summary(view, value, time=TimePart.of(review_id, time, view.words))

    @post("/finish", sync_to_thread=True)
    def finish(
        self, database: TheDatabase, view: TheView, form: TheForm, review_id: FromPath[int]
    ) -> Response[str] | Redirect:
        """Finish a review and go on to the next."""
        form.only("judgement", "urgent", "urgent_reason", "minutes", "seen")
        reason = form.value("urgent_reason")
        # A reason without its tick is no slip of the pen: what was written is not lost.
        urgent = reason if form.flag("urgent") or reason else None
        try:
            with database.begin() as store:
                value = finishing.summary(store, view.actor, review_id)
                said = urgent_cases.said_in(store, view.actor, value)
                time = review_times.my_time(store, view.actor, review_id)
                if time is not None and "minutes" in form.names:
                    review_times.correct(store, view.actor, review_id, form.value("minutes"))
                following = finishing.finish(
                    store,
                    view.actor,
                    review_id,
                    judgement=form.value("judgement") or None,
                    urgent=urgent,
                    seen=form.value("seen") if "seen" in form.names else None,
                    now=view.now,
                )
        except (ReviewIncomplete, ReviewContradictory, AnswersChangedSince, ProblemsFound) as error:
            typed = form.value("minutes") if "minutes" in form.names else None
            part = TimePart.of(review_id, time, view.words, given=typed)
            return _summary(view, value, form, error, time=part)
        except UrgentReasonChanged as error:
            page = RaisePage.of(said, view.words, form, changed=view.words.sentence(error))
            return view.page("reviews/urgent.html", page, status=409)
        return view.redirect(
            f"/reviews/{following}" if following else "/reviews", receipt=_receipt(view, value, urgent)
        )

    @get("/urgent", sync_to_thread=True)
    def urgent(self, database: TheDatabase, view: TheView, review_id: FromPath[int]) -> Response[str]:
        """Ask why the case must be acted on now."""
        with database.begin() as store:
            value = urgent_cases.urgent_page(store, view.actor, review_id)
        return view.page("reviews/urgent.html", RaisePage.of(value, view.words))

    @post("/urgent", sync_to_thread=True)
    def raise_urgent(
        self, database: TheDatabase, view: TheView, form: TheForm, review_id: FromPath[int]
    ) -> Response[str] | Redirect:
        """Say that the case must be acted on now."""
        form.only("urgent_reason", "was")
        try:
            with database.begin() as store:
                value = urgent_cases.urgent_page(store, view.actor, review_id)
                urgent_cases.raise_urgent(
                    store,
                    view.actor,
                    review_id,
                    form.value("urgent_reason"),
                    was=form.value("was"),
                    now=view.now,
                )
        except ProblemsFound as error:
            page = RaisePage.of(value, view.words, form)
            told = field_errors(error.problems, view.words)
            return view.page("reviews/urgent.html", page, errors=told, status=422)
        except UrgentReasonChanged as error:
            page = RaisePage.of(value, view.words, form, changed=view.words.sentence(error))
            return view.page("reviews/urgent.html", page, status=409)
        said = view.words.text(
            "Koordinatoren kan nu se, at der skal handles i sag {number}.", number=value.review.number
        )
        return view.redirect(summary_path(review_id), receipt=said)


def _summary(
    view: View,
    value: Summary,
    typed: Form | None = None,
    error: LirkError | None = None,
    *,
    time: TimePart | None = None,
) -> Response[str]:
    page = SummaryPage.of(value, view.words, shortcuts=view.actor.preferences.shortcuts, typed=typed)
    status = 422 if error else 200
    if isinstance(error, ProblemsFound):
        errors = field_errors(error.problems, view.words)
    elif isinstance(error, AnswersChangedSince):
        errors, status = (FieldError("answers", view.words.sentence(error)),), 409
    elif error is not None:
        errors = (FieldError("missing" if page.missing else "contradictions", view.words.sentence(error)),)
    else:
        errors = ()
    return view.page("reviews/summary.html", page, errors=errors, status=status, time=time)


def _receipt(view: View, value: Summary, urgent: str | None) -> str:
    words = view.words
    said = N_("Sag {number} er afsluttet: {checklist}.")
    if value.review.calibrates:
        said = N_("Kalibreringssag {number} er afsluttet: {checklist}.")
    done = words.text(
        said,
        number=value.review.number,
        checklist=value.walk.checklist.title.in_(words.language),
    )
    if urgent is None or value.review.calibrates:
        return done
    told = words.text("Koordinatoren kan se, at der skal handles nu.")
    return f"{done} {told}"
