"""reviews/not_asked.html."""

from dataclasses import dataclass

from lirk.domain.reviews import Answer
from lirk.services.reviewing import Opened
from lirk.wording import Wording
from web.pages.case_line import CaseLine
from web.pages.reviews import (
    first_path,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAskedPage:
    """A question that does not apply in a case; ``typed`` is what was sent to it and is not kept."""

    case: CaseLine
    typed: tuple[tuple[str, str], ...]
    go_on: str

    @classmethod
    def of(cls, opened: Opened, words: Wording, *, given: Answer | None = None) -> "NotAskedPage":
        """Return the page of a review, with what was typed where that was sent."""
        typed = (
            (words.text("Note"), given.note if given else ""),
            (words.text("Henvisning til journalen"), given.journal_reference if given else ""),
        )
        return cls(
            case=CaseLine.of(opened.review, words),
            typed=tuple((label, text) for label, text in typed if text),
            go_on=first_path(opened),
        )
