"""What rounds/close.html shows: what keeps a round open, what to look at, and the last question."""

from dataclasses import dataclass

from lirk.domain.planning import Step
from lirk.domain.rounds import RoundState
from lirk.domain.settling import runs
from lirk.services.closing_page import Closing
from lirk.wording import Wording
from lirk.wording.following import BLOCKS
from web.pages.following import Link, case_links
from web.pages.round_steps import StepLink, steps_for
from web.pages.rounds import address

#: More cases than these are drawn together where their numbers follow each other.
MOST_LINKS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocking:
    """What keeps the round open: in words, and the cases that it is about."""

    text: str
    cases: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopeningRow:
    """Something that was opened again."""

    when: str
    cases: tuple[Link, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePage:
    """rounds/close.html: what keeps the round open, what to look at, and the last question."""

    title: str
    at: str
    steps: list[StepLink]
    closed: bool
    blocked: tuple[Blocking, ...]
    reopenings: tuple[ReopeningRow, ...]
    summary: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, value: Closing, words: Wording) -> "ClosePage":
        """Return the page."""
        at = address(value.round)
        return cls(
            title=value.round.title,
            at=at,
            steps=steps_for(value.round, words, Step.CLOSE),
            closed=value.round.state is RoundState.CLOSED,
            blocked=tuple(
                Blocking(text=words.text(BLOCKS[code]), cases=blocking_links(at, code, numbers))
                for code, numbers in value.blocked.items()
            ),
            reopenings=tuple(
                ReopeningRow(when=words.moment(one.at), cases=case_links(at, one.numbers), reason=one.reason)
                for one in value.reopenings
            ),
            summary=tuple(_summary(value, words)),
        )


def blocking_links(at: str, code: str, numbers: tuple[int, ...]) -> tuple[Link, ...]:
    """Return the cases that keep a round open with where each is settled; many of them as ranges."""
    links = _each(at, code, numbers)
    if len(links) <= MOST_LINKS:
        return links
    hrefs = dict(links)
    return tuple((run, hrefs.get(run, f"{at}/follow")) for run in runs(numbers))


def _each(at: str, code: str, numbers: tuple[int, ...]) -> tuple[Link, ...]:
    if code == "urgent-cases-open":
        return tuple((str(number), f"{at}/urgent") for number in numbers)
    if code == "obstacles-open":
        return tuple((str(number), f"{at}/obstacles/{number}") for number in numbers)
    if code == "doubts-open":
        return tuple((str(number), f"{at}/doubts#case-{number}") for number in numbers)
    return case_links(at, numbers)


def _summary(value: Closing, words: Wording) -> list[tuple[str, str]]:
    return [
        (
            words.text("Afsluttede sager"),
            words.text("{done} af {total}", done=value.work.finished, total=value.work.cases),
        ),
        (words.text("Ikke fundet, eller ingen adgang"), words.number(value.findings)),
        (words.text("Erstattede sager"), words.number(value.replaced)),
    ]
