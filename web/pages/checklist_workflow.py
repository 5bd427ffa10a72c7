"""checklists/act.html, history.html and status.html: where a version stands, who acts next, and what happened."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from lirk.domain.checklist_history import Event, EventKind
from lirk.domain.checklist_versions import KnownVersion, Move, Standing
from lirk.errors import Problem
from lirk.services.checklist_versions import ReadVersion, VersionPage
from lirk.wording import N_, Wording
from lirk.wording.checklist_workflow import EVENTS, MANY_EVENTS
from web.forms import FieldError
from web.pages.checklist_editor_kinds import KINDS
from web.pages.checklists import Badge, DraftPage, address, badges_of

#: What each move is called on the button or link that leads to it, in the order in which they are offered.
MOVE_TEXTS = {
    Move.APPROVE: N_("Godkend version {version}"),
    Move.PUBLISH: N_("Udgiv version {version}"),
    Move.EDIT: N_("Ret kladden"),
    Move.SEND: N_("Send til godkendelse"),
    Move.RETURN: N_("Send retur"),
    Move.TAKE_BACK: N_("Træk kladden tilbage"),
    Move.BRING_BACK: N_("Tag versionen i brug igen"),
    Move.RETIRE: N_("Lad versionen udgå"),
    Move.DELETE: N_("Slet kladden"),
}
#: The heading of the page on which each is confirmed, what follows from it, and the receipt.
HEADINGS = {
    Move.SEND: N_("Send version {version} af »{title}« til godkendelse"),
    Move.TAKE_BACK: N_("Træk version {version} af »{title}« tilbage"),
    Move.RETURN: N_("Send version {version} af »{title}« retur"),
    Move.APPROVE: N_("Godkend version {version} af »{title}«"),
    Move.PUBLISH: N_("Udgiv version {version} af »{title}«"),
    Move.RETIRE: N_("Lad version {version} af »{title}« udgå"),
    Move.BRING_BACK: N_("Tag version {version} af »{title}« i brug igen"),
}
FOLLOWS = {
    Move.SEND: N_(
        "En anden person skal godkende kladden: en arkivar eller en koordinator, som ikke selv har rettet i den. "
        "Bliver den rettet imens, skal den sendes igen."
    ),
    Move.TAKE_BACK: N_("Så er den en kladde igen. Er den godkendt, skal den godkendes på ny."),
    Move.RETURN: N_("Så er den en kladde igen. Den, der retter den, kan se din grund."),
    Move.APPROVE: N_(
        "Du godkender netop den tekst, du har læst. Bliver den rettet bagefter, skal den godkendes igen."
    ),
    Move.PUBLISH: N_(
        "Fra den dag, du vælger, kan runder bruge versionen, og den kan aldrig ændres. "
        "En rettelse er en ny version."
    ),
    Move.RETIRE: N_(
        "Nye runder kan så ikke bruge versionen. Runder, der har den, beholder den. "
        "Du kan tage den i brug igen senere."
    ),
    Move.BRING_BACK: N_("Så kan nye runder bruge versionen igen."),
}
RECEIPTS = {
    Move.SEND: N_("Version {version} af »{title}« er sendt til godkendelse."),
    Move.TAKE_BACK: N_("Version {version} af »{title}« er trukket tilbage og er en kladde igen."),
    Move.RETURN: N_("Version {version} af »{title}« er sendt retur."),
    Move.APPROVE: N_("Version {version} af »{title}« er godkendt. Arkivaren kan nu udgive den."),
    Move.PUBLISH: N_("Version {version} af »{title}« er udgivet."),
    Move.RETIRE: N_("Version {version} af »{title}« er udgået."),
    Move.BRING_BACK: N_("Version {version} af »{title}« kan bruges igen."),
}
#: The kinds of parts that a fault can name, as the editor's addresses call them.
EDITED = ("items", "facts", "themes", "scales", "verdicts", "contradictions", "stops")
#: Moves that are told why.
WITH_REASON = {Move.RETURN, Move.RETIRE}


@dataclass(frozen=True, slots=True)
class Action:
    """A way on: what happens, the address, and the kind of its button; ``link`` where it is none."""

    text: str
    href: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView:
    """Where a version stands: what happened last, what happens next and who does it, and why it came back."""

    said: str
    next: str
    returned: str
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionHead:
    """What stands above every page of a version."""

    title: str
    version: int
    href: str
    badges: tuple[Badge, ...]
    tabs: tuple[tuple[str, str], ...]
    status: StatusView

    @classmethod
    def of(
        cls,
        version: ReadVersion,
        moves: Collection[Move],
        words: Wording,
        *,
        returned: Event | None = None,
    ) -> "VersionHead":
        """Return the head of a version; ``returned`` is why it came back, where it did."""
        href = address(version)
        return cls(
            title=version.title.in_(words.language),
            version=version.version,
            href=href,
            badges=badges_of(version, words),
            tabs=(
                (words.text("Punkter"), f"{href}/edit" if Move.EDIT in moves else href),
                (words.text("Ændringer"), f"{href}/changes"),
                (words.text("Historik"), f"{href}/history"),
                (words.text("Prøv"), f"{href}/try"),
            ),
            status=StatusView(
                said=said_of_standing(version.known, words),
                next=next_step(version, moves, words),
                returned="" if returned is None else returned_text(returned, words),
                actions=tuple(_actions(version, moves, words)),
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPage:
    """A page on which something is confirmed.

    ``faults`` keep it from being done, with the places where they are mended; ``refused`` says why the reader
    cannot do it at all. ``reason`` and ``day`` are what stands in the fields, None where there is none.
    """

    act: str
    heading: str
    title: str
    version: int
    href: str
    rows: tuple[tuple[str, str], ...]
    follows: str
    faults: tuple[FieldError, ...]
    refused: str
    reason: str | None
    day: str | None
    seen: str
    button: str

    @classmethod
    def of(
        cls, value: VersionPage, move: Move, words: Wording, *, reason: str = "", day: str = ""
    ) -> "ActPage":
        """Return the page for a move."""
        version, draft = value.version, DraftPage.of(value, words)
        named = {"version": str(version.version), "title": version.title.in_(words.language)}
        involved = move is Move.APPROVE and Move.APPROVE not in value.moves
        return cls(
            act=move.value,
            heading=words.text(HEADINGS[move], **named),
            title=named["title"],
            version=version.version,
            href=address(version),
            rows=(*draft.rows, (words.text("Status"), said_of_standing(version.known, words))),
            follows=words.text(FOLLOWS[move]),
            faults=faults_in(value, words) if move in {Move.SEND, Move.PUBLISH} else (),
            refused=words.sentence(Problem("checklist-approver-involved")) if involved else "",
            reason=reason if move in WITH_REASON else None,
            day=day if move is Move.PUBLISH else None,
            seen=version.fingerprint if move is Move.APPROVE else "",
            button=words.text(MOVE_TEXTS[move], **named),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One thing that happened; ``href`` is empty where the version is no longer there."""

    at: str
    version: str
    href: str
    said: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """One version in the history, with the way to what it changed."""

    name: str
    href: str
    badges: tuple[Badge, ...]
    in_force_from: str
    changes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """The life of a checklist."""

    head: VersionHead
    versions: tuple[VersionRow, ...]
    events: tuple[EventRow, ...]

    @classmethod
    def of(
        cls, head: VersionHead, versions: Iterable[ReadVersion], events: Iterable[Event], words: Wording
    ) -> "HistoryPage":
        """Return the page."""
        there = {one.version: one for one in versions}
        return cls(
            head=head,
            versions=tuple(_version_row(one, words) for one in there.values()),
            events=tuple(_event_row(one, there, words) for one in events),
        )


def said_of_standing(known: KnownVersion, words: Wording) -> str:
    """Return how far a version has come, with who brought it there and when."""
    match known.standing:
        case Standing.DRAFT:
            return words.text("Kladde, begyndt {by}.", by=_by(known.imported_at, known.imported_by, words))
        case Standing.SENT:
            return words.text("Sendt til godkendelse {by}.", by=_by(known.sent_at, known.sent_by, words))
        case Standing.APPROVED:
            return words.text("Godkendt {by}.", by=_by(known.approved_at, known.approved_by, words))
        case Standing.PUBLISHED | Standing.COMING:
            by = _by(known.published_at, known.published_by, words)
            return words.text("Udgivet {by}. Gælder fra {day}.", by=by, day=known.in_force_from or "–")
        case Standing.RETIRED:
            by = _by(known.retired_at, known.retired_by, words)
            return words.text("Udgået {by}. Grund: {reason}", by=by, reason=known.retired_because)
        case Standing.SHIPPED:
            return words.text("Følger med LIRK og er altid udgivet.")
        case Standing.PINNED:
            return words.text("Kendes kun fra en runde, som brugte filen.")


def next_step(version: ReadVersion, moves: Collection[Move], words: Wording) -> str:
    """Return what happens next and who does it, seen from a person with these moves."""
    match version.standing:
        case Standing.DRAFT if Move.SEND in moves:
            return words.text("Næste skridt: Ret den færdig, og send den til godkendelse.")
        case Standing.DRAFT:
            return words.text("Næste skridt: Arkivaren retter den færdig og sender den til godkendelse.")
        case Standing.SENT if Move.APPROVE in moves:
            return words.text("Næste skridt: Læs ændringerne, og godkend kladden, eller send den retur.")
        case Standing.SENT if Move.RETURN in moves:
            return words.text(
                "Næste skridt: En anden end dig godkender den, for du har selv importeret, rettet eller sendt den."
            )
        case Standing.SENT:
            return words.text("Næste skridt: En anden person godkender den eller sender den retur.")
        case Standing.APPROVED if Move.PUBLISH in moves:
            return words.text("Næste skridt: Udgiv den.")
        case Standing.APPROVED:
            return words.text("Næste skridt: Arkivaren udgiver den.")
        case Standing.COMING:
            return words.text("Indtil da bruger nye runder versionen før.")
        case Standing.RETIRED:
            return words.text("Nye runder kan ikke bruge den. Runder, der har den, beholder den.")
        case _:
            return ""


def returned_text(event: Event, words: Wording) -> str:
    """Return why a draft came back, and from whom."""
    return words.text(
        "Sendt retur {by}. Grund: {reason}", by=_by(event.at, event.person, words), reason=event.reason
    )


def receipt_of(move: Move, version: ReadVersion, words: Wording) -> str:
    """Return what is said after a move."""
    return words.text(RECEIPTS[move], version=str(version.version), title=version.title.in_(words.language))


def faults_in(value: VersionPage, words: Wording) -> tuple[FieldError, ...]:
    """Return everything that a draft lacks, each with the page on which it is mended."""
    return tuple(placed_fault(fault, value.version, words) for fault in value.faults)


def placed_fault(fault: Problem, version: ReadVersion, words: Wording) -> FieldError:
    """Return a fault with the page on which it is mended."""
    href, named = address(version), fault.item or ""
    label, place = _place(version, named, words) if named else ("", "")
    said = words.sentence(fault)
    text = words.text("{part}: {said}", part=label, said=said) if label else said
    if fault.code == "publish-unmarked":
        return FieldError(f"{href}/changes#kind-{named}", text)
    return FieldError(f"{href}/edit/{place}".rstrip("/"), text)


def _place(version: ReadVersion, part_id: str, words: Wording) -> tuple[str, str]:
    """Return what a part is called, and where in the editor it stands; empty where that is not known."""
    for name in EDITED:
        part = KINDS[name].find(version.checklist, part_id)
        if part is not None:
            return KINDS[name].label(part, words), f"{name}/{part_id}"
    return part_id, ""


def waiting_lines(versions: Iterable[ReadVersion], words: Wording) -> tuple[tuple[str, str], ...]:
    """Return what waits for the reader's approval: words and address for each."""
    return tuple(
        (
            words.text(
                "»{title}«, version {version}: {said}",
                title=one.title.in_(words.language),
                version=str(one.version),
                said=said_of_standing(one.known, words),
            ),
            f"{address(one)}/approve",
        )
        for one in versions
    )


def _actions(version: ReadVersion, moves: Collection[Move], words: Wording) -> Iterator[Action]:
    primary = True
    for move, text in MOVE_TEXTS.items():
        if move not in moves:
            continue
        kind = "primary" if primary else "secondary"
        if move in {Move.DELETE, Move.RETIRE}:
            kind = "link"
        primary = False
        said = words.text(text, version=str(version.version))
        yield Action(said, f"{address(version)}/{move.value}", kind)


def _by(moment: datetime | None, name: str | None, words: Wording) -> str:
    if moment is None:
        return "–"
    if not name:
        return words.moment(moment)
    return words.text("{moment} af {name}", moment=moment, name=name)


def _version_row(version: ReadVersion, words: Wording) -> VersionRow:
    from_ = version.known.in_force_from
    return VersionRow(
        name=words.text("Version {version}", version=str(version.version)),
        href=address(version),
        badges=badges_of(version, words),
        in_force_from="–" if from_ is None else words.date(from_),
        changes=f"{address(version)}/changes",
    )


def _event_row(event: Event, there: dict[int, ReadVersion], words: Wording) -> EventRow:
    version = None if event.version is None else there.get(event.version)
    return EventRow(
        at=words.moment(event.at),
        version="–" if event.version is None else str(event.version),
        href="" if version is None else address(version),
        said=_said(event, words),
        person=event.person or "–",
    )


def _said(event: Event, words: Wording) -> str:
    if event.kind in MANY_EVENTS:
        one, many = MANY_EVENTS[event.kind]
        return words.plural(one, many, event.count)
    if event.kind is EventKind.RETIRED or event.kind is EventKind.RETURNED:
        return words.text(EVENTS[event.kind], reason=event.reason)
    return words.text(EVENTS[event.kind], in_force_from=event.in_force_from or "–")
