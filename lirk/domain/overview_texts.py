"""What the coordinator writes in the overview of a round, which names neither persons nor a centre."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from unicodedata import normalize

from lirk.domain.alphabet import danish_key
from lirk.domain.overview_values import Overview
from lirk.domain.plain_texts import text_problems
from lirk.errors import Problem, RuleBroken

#: Signs of what was learnt; more is not read.
LONGEST = 4000
#: Signs of what is done next: it stands on page one.
LONGEST_STEPS = 1000


class OverviewTextChanged(RuleBroken):
    """Somebody else has written since the page was opened."""

    code = "overview-text-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewText:
    """What was learnt, and what the municipality does next; ``version`` counts the writings, 0 is never.

    ``written_on`` is the last of them.
    """

    learnt: str = ""
    next_steps: str = ""
    version: int = 0
    written_on: date | None = None

    def problems(self, centres: Iterable[str]) -> Iterator[Problem]:
        """Yield what is wrong with its fields: too long, what looks like a CPR number, or a centre's name.

        Parameters
        ----------
        centres
            Those of the round.
        """
        named = sorted(centres, key=danish_key)
        for column, text, limit in (
            ("learnt", self.learnt, LONGEST),
            ("next_steps", self.next_steps, LONGEST_STEPS),
        ):
            yield from text_problems(text, column=column, limit=limit)
            for centre in named:
                if names(text, centre):
                    yield Problem("text-names-centre", {"centre": centre}, column=column)


def names(text: str, centre: str) -> bool:
    """Return whether a text has the name of a centre in it, in whatever capitals, also with an ending s."""
    name = _plain(centre)
    return bool(name) and re.search(rf"(?<!\w){re.escape(name)}(?:['’]?s)?(?!\w)", _plain(text)) is not None


def with_text(overview: Overview, text: OverviewText | None) -> Overview:
    """Return an overview with what the coordinator has written."""
    return overview if text is None else replace(overview, learnt=text.learnt, next_steps=text.next_steps)


def _plain(text: str) -> str:
    """Return a text in one spelling: what is pasted may hold an å in two parts, or a hyphen for a blank."""
    return " ".join(normalize("NFC", text).casefold().replace("&", " og ").replace("-", " ").split())
