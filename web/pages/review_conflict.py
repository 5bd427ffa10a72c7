"""reviews/conflict.html."""

from dataclasses import dataclass

from checklists.model import Fact, Item
from lirk.domain.reviewing import KeptAnswer
from lirk.domain.reviews import Answer
from lirk.services.reviewing import OpenedQuestion
from lirk.wording import Wording
from web.pages.answering import answer_label
from web.pages.case_line import CaseLine
from web.pages.reviews import (
    position,
    question_path,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSide:
    """One of two answers that are held against each other."""

    answer: str
    note: str
    reference: str
    in_doubt: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictPage:
    """Two answers to one question: the stored one and the one that was typed; ``given`` is sent again."""

    review_id: int
    href: str
    case: CaseLine
    position: str
    question: str
    stored: AnswerSide | None
    stored_by: str
    mine: AnswerSide
    given: Answer
    version: int

    @classmethod
    def of(
        cls, opened: OpenedQuestion, kept: KeptAnswer | None, given: Answer, words: Wording
    ) -> "ConflictPage":
        """Return the page for what is stored and what was typed."""
        question = opened.question
        who = words.text("Gemt af {name} {at}.", name=kept.by or "–", at=kept.at) if kept else ""
        return cls(
            review_id=opened.review.id,
            href=question_path(opened.review.id, question.id),
            case=CaseLine.of(opened.review, words),
            position=position(opened, words),
            question=question.asked.question.in_(words.language),
            stored=_side(question.asked, kept.answer, words) if kept else None,
            stored_by=who,
            mine=_side(question.asked, given, words),
            given=given,
            version=kept.version if kept else 0,
        )


def _side(asked: Fact | Item, answer: Answer, words: Wording) -> AnswerSide:
    return AnswerSide(
        answer=answer_label(asked, answer.value, words) if answer.value else words.text("Ikke besvaret"),
        note=answer.note,
        reference=answer.journal_reference,
        in_doubt=answer.in_doubt,
    )
