"""doubts/*.html: the lists of doubts, one doubt with what was said of it, and what of it stands on other pages."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from checklists.model import Checklist, Fact, Item
from lirk.domain.doubts import MESSAGE_LIMIT, Doubt, DoubtState, Message
from lirk.services import doubts
from lirk.wording import Wording
from lirk.wording.doubts import FIRST_WORD, STATES, STATES_TO_REVIEWER
from web.pages.answering import answer_label
from web.pages.reviews import (
    Guidance,
    question_path,
    summary_path,
)

KINDS = {
    DoubtState.WAITS_FOR_COORDINATOR: "warning",
    DoubtState.WAITS_FOR_REVIEWER: "info",
    DoubtState.SETTLED: "success",
    DoubtState.NOT_ASKED: "plain",
}
#: What a reviewer has to do something about stands out.
KINDS_TO_REVIEWER = {
    **KINDS,
    DoubtState.WAITS_FOR_COORDINATOR: "plain",
    DoubtState.WAITS_FOR_REVIEWER: "warning",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtLine:
    """One doubt in a list; ``anchor`` is empty where an earlier line is about the same case."""

    anchor: str
    number: int
    href: str
    question: str
    checklist: str
    centre: str
    reviewer: str
    state: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtGroup:
    """The doubts of one round."""

    id: str
    title: str
    lines: tuple[DoubtLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtsPage:
    """doubts/list.html: the open doubts by round, and those that nobody waits for; ``names``: with reviewers.

    ``some_hidden``: some of them are not settled, but their items are not asked any more.
    """

    title: str
    trail: tuple[tuple[str, str | None], ...]
    names: bool
    open: tuple[DoubtGroup, ...]
    settled: tuple[DoubtLine, ...]
    some_hidden: bool

    @classmethod
    def of(cls, value: doubts.DoubtsList, words: Wording) -> "DoubtsPage":
        """Return the page of a round's doubts, or of all rounds'."""
        open_ = [one for one in value.doubts if one.doubt.is_open]
        groups = groupby(open_, key=lambda one: one.round)
        return cls(
            title=words.text("Punkter i tvivl"),
            trail=_list_trail(value, words),
            names=value.names,
            open=tuple(
                DoubtGroup(id=round_.key, title=round_.title, lines=_lines(of_round, words))
                for round_, of_round in groups
            ),
            settled=_lines((one for one in value.doubts if not one.doubt.is_open), words, anchored=False),
            some_hidden=any(one.doubt.state is DoubtState.NOT_ASKED for one in value.doubts),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message: who and when, and the text."""

    head: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtPage:
    """doubts/doubt.html: what is in doubt, what was said, and what a person can say or decide.

    ``given`` is what was typed when it was refused; ``reopens``: what is sent opens the doubt again.
    """

    at: str
    question: str
    trail: tuple[tuple[str, str | None], ...]
    facts: tuple[tuple[str, str], ...]
    guidance: Guidance | None
    said: tuple[Said, ...]
    state: str
    kind: str
    settled: str
    is_open: bool
    takes: bool
    reopens: bool
    mine: bool
    item: str
    limit: int
    given: str = ""

    @classmethod
    def of(cls, value: doubts.DoubtPage, words: Wording, *, given: str = "") -> "DoubtPage":
        """Return the page as one side sees it."""
        doubt, asked = value.doubt, _asked(value.checklist, value.doubt)
        state, kind = (
            _to_do(doubt, words) if value.mine else (words.text(STATES[doubt.state]), KINDS[doubt.state])
        )
        return cls(
            at=doubt_path(doubt),
            question=_question(value.checklist, doubt, words),
            trail=_trail(value, words),
            facts=tuple(_facts(value, words)),
            guidance=Guidance.of(asked, value.checklist, words, agreed=value.agreed) if asked else None,
            said=tuple(_said(one, value, words) for one in doubt.messages),
            state=state,
            kind=kind,
            settled=_settled(doubt, words),
            is_open=doubt.is_open,
            takes=value.takes,
            reopens=value.takes and doubt.state is DoubtState.SETTLED and doubt.in_doubt,
            mine=value.mine,
            item="" if doubt.state is DoubtState.NOT_ASKED else _item_path(doubt),
            limit=MESSAGE_LIMIT,
            given=given,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtAtItem:
    """doubts/at_item.html: the way to the talk about an item, and the last word in it."""

    href: str
    state: str
    kind: str
    last: Said | None

    @classmethod
    def of(cls, doubt: Doubt | None, words: Wording) -> "DoubtAtItem | None":
        """Return what the item's page shows of its doubt, None where there is none."""
        if doubt is None:
            return None
        last = doubt.messages[-1] if doubt.messages else None
        state, kind = _to_do(doubt, words)
        return cls(
            href=doubt_path(doubt),
            state=state,
            kind=kind,
            last=Said(head=_head(_to_reviewer(last, words), last, words), text=last.text) if last else None,
        )


def my_lines(value: Iterable[doubts.DoubtIn], words: Wording) -> tuple[DoubtLine, ...]:
    """Return the lines of doubts/mine.html."""
    return tuple(
        replace(_line(one, words), state=state, kind=kind)
        for one, (state, kind) in ((one, _to_do(one.doubt, words)) for one in value)
    )


def doubt_path(doubt: Doubt) -> str:
    """Return the address of a doubt."""
    return f"/doubts/{doubt.review_id}/{doubt.item_id}"


def _lines(
    value: Iterable[doubts.DoubtIn], words: Wording, *, anchored: bool = True
) -> tuple[DoubtLine, ...]:
    lines, seen = [], set[int]()
    for one in value:
        first = anchored and one.doubt.number not in seen
        lines.append(_line(one, words, anchor=f"case-{one.doubt.number}" if first else ""))
        seen.add(one.doubt.number)
    return tuple(lines)


def _line(one: doubts.DoubtIn, words: Wording, *, anchor: str = "") -> DoubtLine:
    doubt = one.doubt
    return DoubtLine(
        anchor=anchor,
        number=doubt.number,
        href=doubt_path(doubt),
        question=_question(one.checklist, doubt, words),
        checklist=one.checklist.title.in_(words.language),
        centre=doubt.centre,
        reviewer=doubt.reviewer or words.text("ingen"),
        state=words.text(STATES[doubt.state]),
        kind=KINDS[doubt.state],
    )


def _to_do(doubt: Doubt, words: Wording) -> tuple[str, str]:
    """Return how a doubt stands as its reviewer is told, with the kind of its badge."""
    if doubt.is_open and not doubt.messages:
        return words.text(FIRST_WORD), "warning"
    return words.text(STATES_TO_REVIEWER[doubt.state]), KINDS_TO_REVIEWER[doubt.state]


def _list_trail(value: doubts.DoubtsList, words: Wording) -> tuple[tuple[str, str | None], ...]:
    here = words.text("Punkter i tvivl")
    if value.round is None:
        return ()
    if value.names:
        at = f"/rounds/{value.round.key}"
        return (words.text("Runder"), "/rounds"), (value.round.title, at), (here, None)
    return (here, "/doubts"), (value.round.title, None)


def _trail(value: doubts.DoubtPage, words: Wording) -> tuple[tuple[str, str | None], ...]:
    case = words.text("Sag {number}", number=value.doubt.number)
    here = words.text("Punkter i tvivl")
    if value.mine:
        return (words.text("Mine sager"), "/reviews"), (case, _item_path(value.doubt)), (here, None)
    at = f"/rounds/{value.round.key}"
    if value.names:
        return (
            (words.text("Runder"), "/rounds"),
            (value.round.title, at),
            (here, f"{at}/doubts"),
            (case, None),
        )
    return (here, "/doubts"), (value.round.title, f"{at}/doubts"), (case, None)


def _asked(checklist: Checklist, doubt: Doubt) -> Fact | Item | None:
    return checklist.item(doubt.item_id) or checklist.fact(doubt.item_id)


def _question(checklist: Checklist, doubt: Doubt, words: Wording) -> str:
    asked = _asked(checklist, doubt)
    return asked.question.in_(words.language) if asked else doubt.item_id


def _facts(value: doubts.DoubtPage, words: Wording) -> Iterable[tuple[str, str]]:
    """Return what the talk is about: the case, and the answer to this one item."""
    doubt, asked = value.doubt, _asked(value.checklist, value.doubt)
    given = doubt.answer.value
    rows = (
        (words.text("Løbenr."), words.number(doubt.number)),
        (words.text("Center"), doubt.centre),
        (words.text("Tjekliste"), value.checklist.title.in_(words.language)),
        (words.text("Gennemgår"), (doubt.reviewer or "") if value.names and not value.mine else ""),
        (
            words.text("Svar"),
            answer_label(asked, given, words) if asked and given else words.text("Ikke besvaret"),
        ),
        (words.text("Note til svaret"), doubt.answer.note),
        (words.text("Henvisning til journalen"), doubt.answer.journal_reference),
    )
    return ((term, text) for term, text in rows if text)


def _said(message: Message, value: doubts.DoubtPage, words: Wording) -> Said:
    if value.mine:
        own = message.by == value.doubt.reviewer_id
        who = words.text("Dig") if own else _to_reviewer(message, words)
    else:
        who = _to_others(message, words, names=value.names)
    return Said(head=_head(who, message, words), text=message.text)


def _head(who: str, message: Message, words: Wording) -> str:
    return words.text("{who}, {when}", who=who, when=words.moment(message.at))


def _to_reviewer(message: Message, words: Wording) -> str:
    if message.from_reviewer:
        return words.text("Den, der gennemgår")
    return message.name or words.text("Svar")


def _to_others(message: Message, words: Wording, *, names: bool) -> str:
    return (message.name if names else None) or _to_reviewer(message, words)


def _settled(doubt: Doubt, words: Wording) -> str:
    if doubt.is_open:
        return ""
    if not doubt.in_doubt:
        return words.text("Den, der gennemgår, er ikke længere i tvivl.")
    if doubt.state is DoubtState.NOT_ASKED:
        return words.text(
            "Punktet spørges ikke længere i sagen, for et andet svar har skjult det. Det hindrer ikke, at runden "
            "lukkes. Spørges det igen, er det i tvivl som før."
        )
    return words.text("Afklaret {when}.", when=words.moment(doubt.settled_at)) if doubt.settled_at else ""


def _item_path(doubt: Doubt) -> str:
    if doubt.finished or doubt.state is DoubtState.NOT_ASKED:
        return summary_path(doubt.review_id)
    return question_path(doubt.review_id, doubt.item_id)
