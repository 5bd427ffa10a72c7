"""An answer on its way in: from a form, or from the page's script."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Protocol, TypeVar

from litestar import Request, Response
from litestar.datastructures import State
from msgspec import Meta, Struct

from lirk.domain.people import Person
from lirk.domain.reviewing import AnswerChangedElsewhere, Question, Walkthrough
from lirk.domain.reviews import Answer
from lirk.errors import ProblemsFound
from lirk.storage.store import Store
from lirk.wording import Wording
from web.forms import GREATEST, Form, field_errors, plain
from web.gate import view_in
from web.pages.answering import saved_text
from web.pages.steps import Way, changed_lines, step_lines, steps_mark
from web.view import View


class SentAnswer(Struct, forbid_unknown_fields=True, kw_only=True):
    """An answer as the page's script sends it."""

    value: str
    note: str
    journal_reference: str
    in_doubt: bool
    version: Annotated[int, Meta(ge=0, le=GREATEST)]
    key: Annotated[str, Meta(pattern=r"^[0-9a-zA-Z.-]{1,64}$")]
    #: The mark of the steps that the page shows; without it none are told.
    steps: Annotated[str, Meta(max_length=64)] = ""

    def answer(self, item_id: str) -> Answer:
        """Return the answer."""
        return Answer(
            item_id=item_id,
            value=plain(self.value),
            note=plain(self.note),
            journal_reference=plain(self.journal_reference),
            in_doubt=self.in_doubt,
        )


def answer_of(form: Form, item_id: str) -> Answer:
    """Return the answer that a form brings."""
    return Answer(
        item_id=item_id,
        value=form.value("value"),
        note=form.value("note"),
        journal_reference=form.value("journal_reference"),
        in_doubt=form.flag("in_doubt"),
    )


Answered = TypeVar("Answered")
Answered_co = TypeVar("Answered_co", covariant=True)


class Saves(Protocol[Answered_co]):
    """A service that saves an answer to one question of a review, or of a form about a place."""

    def __call__(
        self,
        store: Store,
        actor: Person,
        within: int,
        question_id: str,
        answer: Answer,
        /,
        *,
        version: int,
        key: str | None,
        now: datetime,
    ) -> Answered_co:
        """Save it; ``within`` is the id of the review or the form."""


def autosaved(
    request: Request[Any, Any, State],
    save: Saves[Answered],
    within: int,
    question_id: str,
    data: SentAnswer,
    told: Callable[[Answered, View], dict[str, object]],
) -> Response[object]:
    """Save what the page's script sends, and return what it is ``told`` then, or why it cannot be kept.

    Who sends it is found out in the same unit of work: nothing is asked as often as this. What is refused has
    written nothing, and the person is there all the same, so the unit is kept.
    """
    with request.app.state.database.begin() as store:
        view = view_in(request, store)
        try:
            saved = save(
                store,
                view.actor,
                within,
                question_id,
                data.answer(question_id),
                version=data.version,
                key=data.key,
                now=view.now,
            )
        except ProblemsFound as error:
            problems = [
                {"field": one.field, "text": one.text} for one in field_errors(error.problems, view.words)
            ]
            return view.json({"error": error.code, "problems": problems}, status=422)
        except AnswerChangedElsewhere as error:
            return view.json(changed_value(error, view.words), status=409)
    expires_at = view.visit.expires_at.isoformat() if view.visit else None
    return view.json({**told(saved, view), "expires_at": expires_at})


def changed_value(error: AnswerChangedElsewhere, words: Wording) -> dict[str, object]:
    """Return what the script is told where another version is stored: which, and under which key it was sent.

    By the key a page knows an answer of its own whose acknowledgement was lost.
    """
    kept = error.kept
    return {
        "error": error.code,
        "sentence": words.sentence(error),
        "version": kept.version if kept else 0,
        "key": kept.key if kept else None,
    }


def told_steps(
    view: View, before: Walkthrough, after: Walkthrough, way: Way, *, at: Question, shown: str
) -> dict[str, object]:
    """Return what the script is told of the steps, and their mark (``steps_mark``).

    Those that an answer has changed, where the page shows those of ``before``, as its mark says; else all of
    them (``steps``): another window, another person or a lost reply may have changed more. Nothing where the
    page shows none.
    """
    told: dict[str, object] = {"steps": "", "changed_steps": "", "steps_mark": steps_mark(after)}
    if not shown:
        return told
    changed = changed_lines(before, after, way, view.words, at=at) if shown == steps_mark(before) else None
    if changed is None:
        lines = step_lines(after, way, view.words, at=at)
        return {**told, "steps": view.fragment("reviews/steps.html", lines)}
    if changed:
        told["changed_steps"] = view.fragment("reviews/changed_steps.html", changed)
    return told


def receipt_of(question: Question, words: Wording) -> str:
    """Return what is told of an answer that was saved by a form: when, and what it still needs."""
    parts = [saved_text(question.kept, words), *(words.sentence(one) for one in question.lacking)]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."
