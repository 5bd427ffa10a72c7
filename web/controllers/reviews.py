"""The reviewer's pages: the queue, one question at a time, the summary, and cases that cannot be reviewed."""

from dataclasses import replace
from typing import Any

from litestar import Controller, Request, Response, get, post, put
from litestar.datastructures import State
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.response import Redirect
from msgspec import Struct

from lirk.domain.reviewing import AnswerChangedElsewhere, QuestionNotAsked
from lirk.domain.reviews import Answer
from lirk.errors import ProblemsFound
from lirk.services import accounts, doubts, reviewing
from lirk.services.reconciling import to_reconcile
from lirk.services.reviewing import OpenedQuestion, Saved, Show
from web.answers import SentAnswer, answer_of, autosaved, receipt_of, told_steps
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import field_errors
from web.pages.doubts import DoubtAtItem, my_lines
from web.pages.reconciliations import reconcile_lines
from web.pages.review_conflict import ConflictPage
from web.pages.review_not_asked import NotAskedPage
from web.pages.review_obstacle import ObstaclePage
from web.pages.review_queue import QueuePage, cases_to_agree
from web.pages.reviews import (
    ItemPage,
    after_path,
    first_path,
    notices,
    question_path,
    summary_path,
    told_after_saving,
    way_of,
)
from web.view import View


class SentPreferences(Struct, forbid_unknown_fields=True, kw_only=True):
    """What the reviewer chose on a page, as its script sends it."""

    shortcuts: bool | None = None
    go_on: bool | None = None
    guidance_open: bool | None = None


class ReviewController(Controller):
    """Everything under ``/reviews``."""

    path = "/reviews"

    @get(sync_to_thread=True)
    def queue(
        self, database: TheDatabase, view: TheView, show: FromQuery[Show] = Show.MISSING
    ) -> Response[str]:
        """List the reviewer's cases."""
        with database.begin() as store:
            value, mine = (
                reviewing.queue(store, view.actor, show=show),
                doubts.my_doubts(store, view.actor),
            )
            waiting = to_reconcile(store, view.actor)
        return view.page(
            "reviews/queue.html",
            QueuePage.of(value, view.words, to_agree=cases_to_agree(waiting)),
            doubts=my_lines(mine, view.words),
            reconcile=reconcile_lines(waiting, view.words),
        )

    @put("/preferences", sync_to_thread=True)
    def prefer(
        self, database: TheDatabase, view: TheView, data: JSONBody[SentPreferences]
    ) -> Response[object]:
        """Remember how the reviewer wants the pages."""
        chosen = {
            name: value
            for name in ("shortcuts", "go_on", "guidance_open")
            if (value := getattr(data, name)) is not None
        }
        preferences = replace(view.actor.preferences, **chosen)
        if preferences != view.actor.preferences:
            with database.begin() as store:
                accounts.save_preferences(store, view.actor, preferences, now=view.now)
        return view.json(chosen)

    @get("/{review_id:int}", sync_to_thread=True)
    def go_on(self, database: TheDatabase, view: TheView, review_id: FromPath[int]) -> Redirect:
        """Lead to the first question that is open."""
        with database.begin() as store:
            opened = reviewing.open_review(store, view.actor, review_id)
        return view.redirect(first_path(opened))

    @get("/{review_id:int}/items/{item_id:str}", sync_to_thread=True)
    def item(
        self, database: TheDatabase, view: TheView, review_id: FromPath[int], item_id: FromPath[str]
    ) -> Response[str] | Redirect:
        """Show one question."""
        try:
            with database.begin() as store:
                opened = reviewing.item_page(store, view.actor, review_id, item_id)
                doubt = doubts.doubt_at(store, opened.review, item_id)
        except QuestionNotAsked:
            return _not_asked(database, view, review_id)
        if opened.review.turn.done:
            return view.redirect(first_path(opened))
        page = ItemPage.of(opened, view.words, view.actor.preferences)
        return view.page("reviews/item.html", page, talk=DoubtAtItem.of(doubt, view.words))

    @post("/{review_id:int}/items/{item_id:str}", sync_to_thread=True)
    def answer(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        review_id: FromPath[int],
        item_id: FromPath[str],
    ) -> Response[str] | Redirect:
        """Save the answer that a form brings, and go on."""
        form.only("value", "note", "journal_reference", "in_doubt", "version", "go")
        given, version = answer_of(form, item_id), form.number("version")
        try:
            with database.begin() as store:
                saved = reviewing.save_answer(
                    store, view.actor, review_id, item_id, given, version=version, now=view.now
                )
                shown = reviewing.with_agreed(store, saved)
        except ProblemsFound as error:
            return _refused(database, view, review_id, given, version, error)
        except AnswerChangedElsewhere as error:
            return _conflict(database, view, review_id, given, error)
        except QuestionNotAsked:
            return _not_asked(database, view, review_id, given)
        return _after_saving(view, saved, shown, stay=form.value("go") == "stay")

    @put("/{review_id:int}/items/{item_id:str}", opt={"itself": True}, sync_to_thread=True)
    def autosave(
        self,
        request: Request[Any, Any, State],
        review_id: FromPath[int],
        item_id: FromPath[str],
        data: JSONBody[SentAnswer],
    ) -> Response[object]:
        """Save the answer that the page's script sends."""

        def told(saved: Saved, view: View) -> dict[str, object]:
            way = way_of(saved, view.words)
            steps = told_steps(view, saved.before, saved.walk, way, at=saved.question, shown=data.steps)
            return {**told_after_saving(saved, view.words), **steps}

        return autosaved(request, reviewing.save_answer, review_id, item_id, data, told)

    @get("/{review_id:int}/obstacle", sync_to_thread=True)
    def obstacle(
        self, database: TheDatabase, view: TheView, review_id: FromPath[int]
    ) -> Response[str] | Redirect:
        """Ask why a case cannot be reviewed, or show what was reported."""
        with database.begin() as store:
            opened = reviewing.open_reportable(store, view.actor, review_id)
        if opened.review.finished_at is not None:
            return view.redirect(summary_path(review_id))
        return view.page("reviews/obstacle.html", ObstaclePage.of(opened, view.words))

    @post("/{review_id:int}/obstacle", sync_to_thread=True)
    def report(
        self, database: TheDatabase, view: TheView, form: TheForm, review_id: FromPath[int]
    ) -> Response[str] | Redirect:
        """Report that a case cannot be reviewed."""
        form.only("reason", "note")
        reason, note = form.value("reason"), form.value("note")
        try:
            with database.begin() as store:
                opened = reviewing.open_review(store, view.actor, review_id)
                following = reviewing.report_obstacle(
                    store, view.actor, review_id, reason, note, now=view.now
                )
        except ProblemsFound as error:
            page = ObstaclePage.of(opened, view.words, reason=reason, note=note)
            told = field_errors(error.problems, view.words)
            return view.page("reviews/obstacle.html", page, errors=told, status=422)
        done = view.words.text("Sag {number} er meldt til koordinatoren.", number=opened.review.number)
        return view.redirect(f"/reviews/{following}" if following else "/reviews", receipt=done)

    @post("/{review_id:int}/obstacle/take-back", sync_to_thread=True)
    def take_back(
        self, database: TheDatabase, view: TheView, form: TheForm, review_id: FromPath[int]
    ) -> Redirect:
        """Take a report back."""
        form.only()
        with database.begin() as store:
            reviewing.take_back_obstacle(store, view.actor, review_id, now=view.now)
        return view.redirect(
            f"/reviews/{review_id}", receipt=view.words.text("Meldingen er trukket tilbage.")
        )


def _after_saving(view: View, saved: Saved, shown: OpenedQuestion, *, stay: bool) -> Response[str] | Redirect:
    """Go on to the next question, unless the answer needs more first; nothing that was typed is lost."""
    lacking, words = saved.question.lacking, view.words
    if stay:
        receipt = receipt_of(saved.question, words)
        return view.redirect(question_path(saved.review.id, saved.question.id), receipt=receipt)
    if not lacking:
        return view.redirect(after_path(saved), receipt=" ".join(notices(saved, words)) or None)
    kept = words.text("Det, du har skrevet, er gemt. Punktet mangler stadig noget.") if saved.at else ""
    page = ItemPage.of(shown, words, view.actor.preferences, kept=kept)
    errors = field_errors(lacking, words)
    return view.page("reviews/item.html", page, errors=errors, status=422)


def _refused(
    database: TheDatabase, view: View, review_id: int, given: Answer, version: int, error: ProblemsFound
) -> Response[str]:
    """Show what was typed again, with why it cannot be kept."""
    with database.begin() as store:
        opened = reviewing.item_page(store, view.actor, review_id, given.item_id)
    told = view.words.text("Svaret er ikke gemt.")
    page = ItemPage.of(opened, view.words, view.actor.preferences, given=given, version=version, kept=told)
    errors = field_errors(error.problems, view.words)
    return view.page("reviews/item.html", page, errors=errors, status=422)


def _conflict(
    database: TheDatabase, view: View, review_id: int, given: Answer, error: AnswerChangedElsewhere
) -> Response[str]:
    """Show what is stored and what was typed side by side."""
    with database.begin() as store:
        opened = reviewing.item_page(store, view.actor, review_id, given.item_id)
    page = ConflictPage.of(opened, error.kept, given, view.words)
    return view.page("reviews/conflict.html", page, status=409)


def _not_asked(
    database: TheDatabase, view: View, review_id: int, given: Answer | None = None
) -> Response[str] | Redirect:
    """Say that a question does not apply, and where to go on; what was typed is shown, so that it is not lost."""
    with database.begin() as store:
        opened = reviewing.open_review(store, view.actor, review_id)
    if opened.review.turn.done and given is None:
        return view.redirect(first_path(opened))
    page = NotAskedPage.of(opened, view.words, given=given)
    return view.page("reviews/not_asked.html", page, status=404)
