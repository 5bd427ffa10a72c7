"""What rounds/case.html, obstacle.html and the pages that ask for the last word show."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lirk.domain.obstacles import ObstacleReason, Settlement
from lirk.domain.reviews import CaseStatus, Reading
from lirk.services.case_pages import CasePage as CaseValue
from lirk.services.handing_over import Movable
from lirk.services.settling import FINDINGS
from lirk.wording import Wording
from lirk.wording.following import CASE_STATES, DECISIONS, DECISIONS_OF_SECOND, REASONS
from lirk.wording.following import FINDINGS as FINDING_TEXTS
from lirk.wording.reports import OUTCOMES
from web.forms import Form
from web.pages.case_line import web_link
from web.pages.following import obstacle_path
from web.pages.rounds import address, name_of

Row = tuple[str, str] | tuple[str, str, str, str]
Choice = tuple[str, str] | tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """One review of the case: the checklist, how far it is, and where to read it."""

    checklist_id: str
    checklist: str
    state: str
    href: str
    finished: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """rounds/case.html: one case, and what the coordinator can do with it."""

    title: str
    at: str
    number: str
    facts: tuple[Row, ...]
    link: str
    reviews: tuple[ReviewRow, ...]
    obstacle: tuple[Row, ...]
    open_obstacle: bool
    takers: tuple[Choice, ...]
    can_move: bool
    can_replace: bool
    can_reopen: bool
    second_finished: bool = False
    can_end_second: bool = False
    second_reader: str = ""
    second_takers: tuple[Choice, ...] = ()
    typed: Form = field(default_factory=Form)

    @property
    def href(self) -> str:
        """Return the address of the page."""
        return f"{self.at}/cases/{self.number}"

    @property
    def moves_second(self) -> bool:
        """Return whether what was typed is about the second reading."""
        return self.typed.value("reading") == Reading.SECOND

    @property
    def reopenable(self) -> tuple[Choice, ...]:
        """Return the checklists whose reviews are finished, to choose from."""
        return tuple((one.checklist_id, one.checklist) for one in self.reviews if one.finished)

    @classmethod
    def of(
        cls, value: CaseValue, words: Wording, typed: Form | None = None, second: Movable | None = None
    ) -> "CasePage":
        """Return the page; with what was typed, where something was.

        ``second`` is the second reading, where it can be handed over.
        """
        nobody: Choice = ("", words.text("Vælg en person"))
        return cls(
            title=value.round.title,
            at=address(value.round),
            number=str(value.case.number),
            facts=tuple(_facts(value, words)),
            link=web_link(value.case.link),
            reviews=tuple(_reviews(value, words)),
            obstacle=tuple(_obstacle(value, words)),
            open_obstacle=value.open_obstacle,
            takers=(nobody, *((one.username, one.name) for one in value.takers)),
            second_reader=name_of(second.reader, words) if second else "",
            second_takers=(nobody, *((one.username, one.name) for one in second.takers))
            if second and second.takers
            else (),
            can_move=value.can_move and bool(value.takers),
            can_replace=value.can_replace,
            second_finished=value.second_finished,
            can_end_second=value.can_end_second,
            can_reopen=value.can_reopen,
            typed=typed or Form(),
        )


def _facts(value: CaseValue, words: Wording) -> Iterator[Row]:
    case, at = value.case, address(value.round)
    yield words.text("Løbenummer"), str(case.number)
    yield words.text("Sagsnummer"), case.case_id
    yield words.text("Center"), case.centre
    if case.decision_date:
        yield words.text("Afgørelsesdato"), words.date(case.decision_date)
    if case.case_type:
        yield words.text("Sagstype"), case.case_type
    if case.outcome:
        known = OUTCOMES.get(case.outcome)
        yield words.text("Udfald"), words.text(known) if known else case.outcome
    yield words.text("Tilstand"), words.text(CASE_STATES[value.progress.state])
    yield words.text("Gennemgås af"), name_of(value.reviewer, words)
    for term, other in (
        (words.text("Tager pladsen efter"), value.took_place_of),
        (words.text("Erstattet af"), value.replaced_by),
    ):
        if other is not None:
            shown = words.text("Sag {number}", number=str(other))
            yield term, shown, f"{at}/cases/{other}", words.text("Se sagen")


def _reviews(value: CaseValue, words: Wording) -> Iterator[ReviewRow]:
    for one in value.progress.reviews:
        state = "finished" if one.finished else "begun" if one.begun else "waiting"
        yield ReviewRow(
            checklist_id=one.checklist_id,
            checklist=value.checklists[one.checklist_id].title.in_(words.language),
            state=words.text(_REVIEW_STATES[state]),
            href=f"/reviews/{one.review_id}",
            finished=one.finished,
        )


_REVIEW_STATES = {str(state): text for state, text in CASE_STATES.items()}


def _obstacle(value: CaseValue, words: Wording) -> Iterator[Row]:
    one = value.obstacle
    if one is None:
        return
    yield words.text("Hvad der er meldt"), words.text(REASONS[one.reason])
    if one.note:
        yield words.text("Bemærkning"), one.note
    yield words.text("Meldt"), words.moment(one.reported_at)
    if value.reporter:
        yield words.text("Meldt af"), value.reporter
    if one.settlement:
        yield words.text("Afgørelse"), words.text(DECISIONS[one.settlement][0])


@dataclass(frozen=True, slots=True, kw_only=True)
class ObstaclePage:
    """rounds/obstacle.html: what was reported, and the decisions with the fields that they need.

    ``findings`` are empty where the second reader reported: whatever it is, it is no finding.
    """

    case: CasePage
    decisions: tuple[Choice, ...]
    findings: tuple[Choice, ...]
    decision: str
    status: str
    typed: Form
    second: bool

    @classmethod
    def of(cls, value: CaseValue, words: Wording, typed: Form | None = None) -> "ObstaclePage":
        """Return the page; what follows from the report is chosen beforehand, and can be changed."""
        said = typed or Form()
        second = value.reading is Reading.SECOND
        of_second = DECISIONS_OF_SECOND if second else {}
        suggested = FINDINGS.get(value.obstacle.reason) if value.obstacle else None
        return cls(
            case=CasePage.of(value, words, said),
            decisions=tuple(
                (one.value, words.text(name), words.text(help_))
                for one, (name, help_) in {**DECISIONS, **of_second}.items()
                if _possible(one, value)
            ),
            findings=()
            if second
            else tuple((one.value, words.text(text)) for one, text in FINDING_TEXTS.items()),
            decision=said.value("decision"),
            status=said.value("status") or (suggested.value if suggested else ""),
            typed=said,
            second=second,
        )


def _possible(decision: Settlement, value: CaseValue) -> bool:
    match decision:
        case Settlement.REPLACED:
            return value.can_replace
        case Settlement.REASSIGNED:
            return bool(value.takers)
        case _:
            return True


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPage:
    """rounds/confirm.html: the last look before something is done; ``fields`` are sent again."""

    heading: str
    crumb: str
    round_title: str
    at: str
    rows: tuple[Row, ...]
    warning: str
    action: str
    back: str
    button: str
    fields: tuple[tuple[str, str], ...]

    @classmethod
    def replacing(cls, value: CaseValue, reason: str, words: Wording) -> "ConfirmPage":
        """Return the last look before a case is replaced."""
        case = CasePage.of(value, words)
        return cls(
            heading=words.text("Erstat sag {number}?", number=case.number),
            crumb=words.text("Sag {number}", number=case.number),
            round_title=case.title,
            at=case.at,
            rows=(*case.facts[:3], (words.text("Grund"), reason)),
            warning=_replaced_for_good(words),
            action=f"{case.href}/replace",
            back=case.href,
            button=words.text("Erstat sagen"),
            fields=(("reason", reason), ("confirmed", "yes")),
        )

    @classmethod
    def settling(cls, value: CaseValue, form: Form, words: Wording) -> "ConfirmPage":
        """Return the last look before an obstacle is settled."""
        case, decision = CasePage.of(value, words), Settlement(form.value("decision"))
        fields = [("decision", decision.value), ("confirmed", "yes")]
        rows: list[Row] = [*case.facts[:3], *case.obstacle]
        decisions = {**DECISIONS, **(DECISIONS_OF_SECOND if value.reading is Reading.SECOND else {})}
        rows.append((words.text("Din afgørelse"), words.text(decisions[decision][0])))
        for name, term, shown in _details(value, decision, form, words):
            fields.append((name, form.value(name)))
            rows.append((term, shown))
        if value.reading is Reading.SECOND:
            fields.append(("reading", value.reading.value))
        return cls(
            heading=words.text("Bekræft din afgørelse om sag {number}", number=case.number),
            crumb=words.text("Sag {number}", number=case.number),
            round_title=case.title,
            at=case.at,
            rows=tuple(rows),
            warning=_warning(value, decision, words),
            action=f"{case.at}/obstacles/{case.number}",
            back=obstacle_path(case.at, case.number, value.reading),
            button=words.text("Ja, gem afgørelsen"),
            fields=tuple(fields),
        )


def _details(
    value: CaseValue, decision: Settlement, form: Form, words: Wording
) -> Iterator[tuple[str, str, str]]:
    """Yield name, term and shown value of what a decision needs beside itself."""
    match decision:
        case Settlement.FINDING if value.reading is Reading.FIRST:
            status = CaseStatus(form.value("status"))
            yield "status", words.text("Fund"), words.text(FINDING_TEXTS[status])
        case Settlement.REPLACED:
            yield "reason", words.text("Grund"), form.value("reason")
        case Settlement.REASSIGNED:
            names = {one.username: one.name for one in value.takers}
            username = form.value("reviewer")
            yield "reviewer", words.text("Gennemgås fremover af"), names.get(username, username)


def _warning(value: CaseValue, decision: Settlement, words: Wording) -> str:
    disqualified = value.obstacle is not None and value.obstacle.reason is ObstacleReason.DISQUALIFIED
    if decision is Settlement.REPLACED:
        return _replaced_for_good(words)
    if decision is Settlement.REASSIGNED and disqualified:
        return words.text("Svar, som den inhabile har givet i sagen, bliver slettet.")
    return ""


def _replaced_for_good(words: Wording) -> str:
    return words.text("Erstatningen skrives i certifikatet og kan ikke fortrydes.")
