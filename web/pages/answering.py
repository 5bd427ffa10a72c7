"""What every page with one question has, whether it is about a case or about a place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from checklists.model import Fact, Item
from lirk.domain.people import Preferences
from lirk.domain.reviewing import (
    NOTE_LIMIT,
    REFERENCE_LIMIT,
    KeptAnswer,
    Question,
    Walkthrough,
    takes_note,
    takes_reference,
)
from lirk.domain.reviews import Answer
from lirk.wording import N_, Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFields:
    """The form of one question.

    ``given`` is what the fields show: the stored answer, or what was ``typed`` when it was refused. ``note_at``
    and ``reference_at`` are the codes that need more; ``kept`` is told above the form after a refusal.
    """

    item_id: str
    typed: bool
    question: str
    choices: tuple[tuple[str, str], ...]
    given: Answer
    version: int
    note_hint: str
    note_at: str
    reference_at: str
    reference_hint: str
    note_limit: int
    reference_limit: int
    saved: str
    kept: str
    lacking: tuple[str, ...]
    preferences: Preferences


def answer_fields(
    question: Question,
    words: Wording,
    preferences: Preferences,
    *,
    given: Answer | None,
    version: int | None,
    kept: str,
) -> dict[str, Any]:
    """Return the fields of `AnswerFields`, with what was typed in place of what is stored if it was refused."""
    asked = question.asked
    note_at = [one for one in asked.offered if takes_note(asked, one)]
    reference_at = [one for one in asked.offered if takes_reference(asked, one)]
    return {
        "item_id": question.id,
        "typed": given is not None,
        "question": asked.question.in_(words.language),
        "choices": tuple(choices_of(asked, words)),
        "given": given or question.answer,
        "version": question.version if version is None else version,
        "note_hint": needed_at(N_("Krævet ved: {answers}."), asked, note_at, words),
        "note_at": " ".join(note_at),
        "reference_at": " ".join(reference_at),
        "reference_hint": needed_at(N_("Krævet ved: {answers}."), asked, reference_at, words),
        "note_limit": NOTE_LIMIT,
        "reference_limit": REFERENCE_LIMIT,
        "saved": saved_text(question.kept, words),
        "kept": kept,
        "lacking": lacking_lines(question, words),
        "preferences": preferences,
    }


def saved_value(question: Question, words: Wording, **around: object) -> dict[str, object]:
    """Return what the script is told after saving; ``around`` is what the page says beside the answer."""
    return {
        "version": question.version,
        "saved": saved_text(question.kept, words),
        "state": question.state.value,
        "lacking": list(lacking_lines(question, words)),
        "in_doubt": question.in_doubt,
        **around,
    }


def lacking_lines(question: Question, words: Wording) -> tuple[str, ...]:
    """Return what an answer that is given still needs; nothing where none is."""
    return tuple(words.sentence(one) for one in question.lacking) if question.answer.value else ()


def choices_of(asked: Fact | Item, words: Wording) -> Sequence[tuple[str, str]]:
    """Return the answers that are offered: code and text."""
    offered = asked.values if isinstance(asked, Fact) else asked.answers
    return [(choice.code, choice.text.in_(words.language)) for choice in offered]


def answer_label(asked: Fact | Item, code: str, words: Wording) -> str:
    """Return what an answer is called."""
    return dict(choices_of(asked, words)).get(code, code)


def needed_at(text: str, asked: Fact | Item, codes: Sequence[str], words: Wording) -> str:
    """Return at which answers something is required, empty where at none."""
    labels = [answer_label(asked, code, words) for code in codes]
    return words.text(text, answers=words.listing(labels)) if labels else ""


def saved_text(kept: KeptAnswer | None, words: Wording) -> str:
    """Return when an answer was saved, or nothing."""
    return words.text("Gemt {time}", time=words.time(kept.at)) if kept else ""


def position_in(walk: Walkthrough, question: Question, words: Wording) -> str:
    """Return ``Punkt 3 af 28``."""
    return words.text("Punkt {number} af {count}", number=question.number, count=len(walk.questions))


def before_in(walk: Walkthrough, question: Question, path: Callable[[str], str]) -> str | None:
    """Return the address of the question before, or None."""
    before = walk.before(question.id)
    return path(before.id) if before else None


def after_in(walk: Walkthrough, question: Question, path: Callable[[str], str], summary: str) -> str:
    """Return the address of the question after, or of the summary."""
    after = walk.after(question.id)
    return path(after.id) if after else summary


def said_of(
    walk: Walkthrough, question_id: str, ends: Callable[[str], str], language: str
) -> tuple[str, ...]:
    """Return what the answers to a question lead to: contradictions, and what a stop ``ends``, by its title."""
    said = [one.message.in_(language) for one in walk.contradictions_at(question_id)]
    if walk.stop and question_id in walk.rests_on:
        said.append(ends(walk.stop.title.in_(language)))
    return tuple(said)
