"""An answer on its way in: from a form, or from the page's script."""

from typing import Annotated

from litestar import Response
from msgspec import Meta, Struct

from lirk.domain.reviewing import Question
from lirk.domain.reviews import Answer
from lirk.errors import ProblemsFound
from lirk.wording import Wording
from web.forms import GREATEST, Form, field_errors, plain
from web.pages.answering import saved_text
from web.view import View


class SentAnswer(Struct, forbid_unknown_fields=True, kw_only=True):
    """An answer as the page's script sends it."""

    value: str
    note: str
    journal_reference: str
    in_doubt: bool
    version: Annotated[int, Meta(ge=0, le=GREATEST)]
    key: Annotated[str, Meta(pattern=r"^[0-9a-zA-Z.-]{1,64}$")]

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


def problems_json(view: View, error: ProblemsFound) -> Response[object]:
    """Return what the script is told where an answer cannot be kept."""
    told = [{"field": one.field, "text": one.text} for one in field_errors(error.problems, view.words)]
    return view.json({"error": error.code, "problems": told}, status=422)


def receipt_of(question: Question, words: Wording) -> str:
    """Return what is told of an answer that was saved by a form: when, and what it still needs."""
    parts = [saved_text(question.kept, words), *(words.sentence(one) for one in question.lacking)]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."
