"""The right of reply: the leader's comment on a finding, and the coordinator's answer."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from lirk.domain.access import Action
from lirk.domain.finding_replies import FindingReply, ReplyChanged
from lirk.domain.report_stages import ReplyOutcome
from lirk.errors import ProblemsFound
from lirk.services import finding_replies, reports
from lirk.services.finding_replies import RepliedFinding
from web.controllers.reports import address_of, first_look
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError, Form, field_errors, refusal
from web.pages.finding_replies import AnswerPage, ReplyPage
from web.reading import reader_of

PLACE = "{checklist:str}/{item:str}"
REPLY, ANSWER = "reports/reply.html", "reports/answer.html"


class FindingReplyController(Controller):
    """One page for the leader and one for the coordinator, for each finding."""

    path = "/rounds/{key:str}/reports/{slug:str}"

    @get(f"/replies/{PLACE}", sync_to_thread=True)
    def replying(
        self,
        database: TheDatabase,
        view: TheView,
        key: FromPath[str],
        slug: FromPath[str],
        checklist: FromPath[str],
        item: FromPath[str],
    ) -> Response[str] | Redirect:
        """Show a finding, and what its leader has written so far."""
        # Who may not reply is told so in the same words whatever there is to see.
        value = _written(database, view, key, slug, (checklist, item))
        if first_look(database, view, key, slug) is not None:
            return view.redirect(address_of(key, slug))
        return view.page(REPLY, ReplyPage.of(value, address_of(key, slug), view.words))

    @post(f"/replies/{PLACE}", sync_to_thread=True)
    def reply(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        key: FromPath[str],
        slug: FromPath[str],
        checklist: FromPath[str],
        item: FromPath[str],
    ) -> Response[Any]:
        """Keep what the leader writes, or show it again with what is wrong."""
        form.only("comment", "objects", "version")
        typed = FindingReply(
            checklist_id=checklist,
            item_id=item,
            comment=form.value("comment"),
            objects=form.flag("objects"),
            version=form.number("version"),
        )
        errors: tuple[FieldError, ...]
        try:
            reader = reader_of(database, view)
            with database.begin() as store:
                _, centre = reports.place_of(store, view.actor, Action.REPLY_TO_FINDINGS, key, slug)
                finding_replies.write_reply(
                    store, view.actor, key, centre, typed, reader=reader, now=view.now
                )
        except ProblemsFound as error:
            errors, status = field_errors(error.problems, view.words), 422
        except ReplyChanged as error:
            errors, status = refusal(error, "comment", view.words), 409
        else:
            return view.redirect(f"{address_of(key, slug)}#replies", view.words.text("Dit svar er gemt."))
        value = _written(database, view, key, slug, (checklist, item))
        page = ReplyPage.of(value, address_of(key, slug), view.words, typed=typed, changed=status == 409)
        return view.page(REPLY, page, errors=errors, status=status)

    @get(f"/answers/{PLACE}", sync_to_thread=True)
    def answering(
        self,
        database: TheDatabase,
        view: TheView,
        key: FromPath[str],
        slug: FromPath[str],
        checklist: FromPath[str],
        item: FromPath[str],
    ) -> Response[str]:
        """Show what the leader wrote, and the answer so far."""
        value = _answered(database, view, key, slug, (checklist, item))
        return view.page(ANSWER, AnswerPage.of(value, address_of(key, slug), view.words))

    @post(f"/answers/{PLACE}", sync_to_thread=True)
    def answer(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        key: FromPath[str],
        slug: FromPath[str],
        checklist: FromPath[str],
        item: FromPath[str],
    ) -> Response[Any]:
        """Keep the coordinator's answer, or show it again with what is wrong."""
        form.only("outcome", "answer", "version")
        typed = _typed_answer(form, checklist, item)
        errors: tuple[FieldError, ...]
        try:
            reader = reader_of(database, view)
            with database.begin() as store:
                _, centre = reports.place_of(store, view.actor, Action.PUBLISH_REPORTS, key, slug)
                finding_replies.write_answer(
                    store, view.actor, key, centre, typed, reader=reader, now=view.now
                )
        except ProblemsFound as error:
            errors, status = field_errors(error.problems, view.words), 422
        except ReplyChanged as error:
            errors, status = refusal(error, "answer", view.words), 409
        else:
            return view.redirect(
                f"{address_of(key, slug)}#replies", view.words.text("Svaret til lederen er gemt.")
            )
        value = _answered(database, view, key, slug, (checklist, item))
        page = AnswerPage.of(value, address_of(key, slug), view.words, typed=typed, changed=status == 409)
        return view.page(ANSWER, page, errors=errors, status=status)


def _typed_answer(form: Form, checklist: str, item: str) -> FindingReply:
    chosen = form.value("outcome")
    return FindingReply(
        checklist_id=checklist,
        item_id=item,
        outcome=ReplyOutcome(chosen) if chosen in set(ReplyOutcome) else None,
        answer=form.value("answer"),
        version=form.number("version"),
    )


def _written(
    database: TheDatabase, view: TheView, key: str, slug: str, place: tuple[str, str]
) -> RepliedFinding:
    reader = reader_of(database, view)
    with database.begin() as store:
        _, centre = reports.place_of(store, view.actor, Action.REPLY_TO_FINDINGS, key, slug)
        return finding_replies.reply_to_write(
            store, view.actor, key, centre, place, reader=reader, now=view.now
        )


def _answered(
    database: TheDatabase, view: TheView, key: str, slug: str, place: tuple[str, str]
) -> RepliedFinding:
    reader = reader_of(database, view)
    with database.begin() as store:
        _, centre = reports.place_of(store, view.actor, Action.PUBLISH_REPORTS, key, slug)
        return finding_replies.reply_to_answer(store, view.actor, key, centre, place, reader=reader)
