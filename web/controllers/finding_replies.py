"""The right of reply: the leader's comment on a finding, the word that there is none, and the coordinator's answer."""

from collections.abc import Mapping
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from lirk.domain.access import Action
from lirk.domain.finding_replies import FindingReply, ReplyChanged, ReplyUnknown
from lirk.domain.finding_texts import FindingUnknown
from lirk.domain.report_stages import DraftChanged, ReplyOutcome, ReplyTooLate, ReportNotSent, ReportPublished
from lirk.errors import LirkError
from lirk.services import finding_replies, reports
from web.controllers.report_forms import AtReport, Refused
from web.controllers.reports import address_of, first_look, report_page
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import Form, refusal
from web.pages.finding_replies import AnswerPage, ReplyPage, answered, kept
from web.pages.report_remarks import SOMETHING, asked_again
from web.pages.report_stages import reply_id
from web.reading import reader_of

PLACE = "{checklist:str}/{item:str}"
REPLY, ANSWER = "reports/reply.html", "reports/answer.html"
#: The field at which each refusal is told; what was typed is never lost by one.
REPLY_REFUSED: Mapping[type[LirkError], str] = dict.fromkeys(
    (ReplyChanged, ReplyTooLate, ReportPublished, ReportNotSent, FindingUnknown), "comment"
)
ANSWER_REFUSED: Mapping[type[LirkError], str] = dict.fromkeys(
    (ReplyChanged, ReplyUnknown, ReportPublished, FindingUnknown), "answer"
)


class FindingReplyController(Controller):
    """One page for the leader and one for the coordinator, for each finding."""

    path = "/rounds/{key:str}/reports/{slug:str}"

    @post("/remarks", sync_to_thread=True)
    def remarks(
        self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str], slug: FromPath[str]
    ) -> Response[str] | Redirect:
        """Keep that the leader has read the draft and has nothing to add, or take it back."""
        form.only("choice", "seen")
        report, words = address_of(key, slug), view.words
        with database.begin() as store:
            _, centre = reports.place_of(store, view.actor, Action.REPLY_TO_FINDINGS, key, slug)
        if first_look(database, view, key, slug) is not None:
            return view.redirect(report)
        if form.value("choice") == SOMETHING:
            with database.begin() as store:
                finding_replies.have_remarks(store, view.actor, key, centre, now=view.now)
            return view.redirect(report, words.text("Koordinatoren venter igen på dit svar."))
        seen, reader = form.value("seen"), reader_of(database, view)
        try:
            with database.begin() as store:
                finding_replies.say_no_remarks(
                    store, view.actor, key, centre, seen=seen, reader=reader, now=view.now
                )
                read = reports.centre_report(store, view.actor, key, centre, reader=reader)
        except DraftChanged as error:
            errors = refusal(error, "remarks", words)
            return report_page(database, view, key, slug, errors=errors, status=409)
        if read.replies:
            return view.redirect(
                report, words.text("Koordinatoren kan se, at du ikke har flere bemærkninger.")
            )
        return view.redirect(report, words.text("Koordinatoren kan se, at du ikke har noget at tilføje."))

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
        at = AtReport(database, view, Action.REPLY_TO_FINDINGS, key, slug)
        value = at.call(finding_replies.reply_to_write, (checklist, item), now=view.now)
        if first_look(database, view, key, slug) is not None:
            return view.redirect(at.address)
        return view.page(REPLY, ReplyPage.of(value, at.address, view.words))

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
        typed = _typed_reply(form, checklist, item)
        at = AtReport(database, view, Action.REPLY_TO_FINDINGS, key, slug)
        made = at.keep(REPLY_REFUSED, finding_replies.write_reply, typed)
        if not isinstance(made, Refused):
            return view.redirect(f"{at.address}#replies", kept(made.reply, typed, view.words))
        value = at.call(finding_replies.said_so_far, (checklist, item), action=at.action)
        page = ReplyPage.of(value, at.address, view.words, typed=typed, refused=made.error)
        return view.page(REPLY, page, errors=made.errors, status=made.status)

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
        at = AtReport(database, view, Action.PUBLISH_REPORTS, key, slug)
        value = at.call(finding_replies.reply_to_answer, (checklist, item))
        return view.page(ANSWER, AnswerPage.of(value, at.address, view.words))

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
        at = AtReport(database, view, Action.PUBLISH_REPORTS, key, slug)
        made = at.keep(ANSWER_REFUSED, finding_replies.write_answer, typed)
        if not isinstance(made, Refused):
            said = [answered(typed, view.words), *([asked_again(view.words)] if made.asked_again else [])]
            return view.redirect(f"{at.address}#{reply_id(checklist, item)}", " ".join(said))
        value = at.call(finding_replies.said_so_far, (checklist, item), action=at.action)
        page = AnswerPage.of(value, at.address, view.words, typed=typed, refused=made.error)
        return view.page(ANSWER, page, errors=made.errors, status=made.status)


def _typed_reply(form: Form, checklist: str, item: str) -> FindingReply:
    return FindingReply(
        checklist_id=checklist,
        item_id=item,
        comment=form.value("comment"),
        objects=form.flag("objects"),
        version=form.number("version"),
    )


def _typed_answer(form: Form, checklist: str, item: str) -> FindingReply:
    chosen = form.value("outcome")
    return FindingReply(
        checklist_id=checklist,
        item_id=item,
        outcome=ReplyOutcome(chosen) if chosen in set(ReplyOutcome) else None,
        answer=form.value("answer"),
        version=form.number("version"),
    )
