"""reconciliations/case.html and double.html: two readings held against each other, and how far they are."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from checklists.model import Fact, Item
from lirk.domain.reconciliation import Alike, Difference
from lirk.domain.reviews import Answer, Reading
from lirk.services import reconciling
from lirk.services.reconciling import DoubleRow, Seat, ToReconcile
from lirk.wording import N_, Wording
from web.forms import Form
from web.markdown import html_of
from web.pages.answering import answer_label, choices_of
from web.pages.case_line import CaseLine

LEAD = N_(
    "Sagen er gennemgået af to med »{checklist}«. Aftal, hvilket svar der skal gælde, hvor I har svaret forskelligt."
    " Jeres egne svar bliver stående, som de er."
)
LEADS_OF_READERS = {Seat.A: N_("Du er Læser A."), Seat.B: N_("Du er Læser B.")}
LEAD_OF_COORDINATOR = N_(
    "Sagen er gennemgået af to med »{checklist}«. Her ser du, hvor de har svaret forskelligt, og hvad de har aftalt."
    " Deres egne svar bliver stående, som de er."
)
LEAD_OF_DECIDER = N_(
    "Du er bedt om at afgøre sagen, som to har gennemgået med »{checklist}«. Vælg, hvilket svar der skal gælde, hvor"
    " de har svaret forskelligt. Deres egne svar bliver stående, som de er."
)


def path(review_id: int) -> str:
    """Return the address of a case's reconciliation."""
    return f"/reviews/reconcile/{review_id}"


def field(name: str, item_id: str) -> str:
    """Return the name of a field of one item; a page holds the fields of several."""
    return f"{name}-{item_id}"


def item_anchor(item_id: str) -> str:
    """Return the id of an item's place on the page."""
    return f"item-{item_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one of the two answered."""

    heading: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceView:
    """An item that the two answer differently, with the fields for what counts.

    ``typed``: what stands in the fields was refused.
    """

    anchor: str
    theme: str
    question: str
    guidance: Markup
    reading: str
    sides: tuple[Side, Side]
    agreed: str
    reason: str
    choices: tuple[tuple[str, str], ...]
    value_field: str
    reason_field: str
    version_field: str
    chosen: str
    typed_reason: str
    version: int
    earlier: bool
    typed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikeView:
    """An item that both answer alike."""

    question: str
    answer: str
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconciliationPage:
    """A case that both have read; nobody's name stands on it but that of who can be asked to decide."""

    href: str
    title: str
    lead: str
    case: CaseLine
    said: str
    complete: bool
    contradictions: tuple[str, ...]
    differing: tuple[DifferenceView, ...]
    alike: tuple[AlikeView, ...]
    can_agree: bool
    can_reopen: bool
    is_reader: bool
    way_back: tuple[tuple[str, str], ...]
    third_asked: bool
    takers: tuple[tuple[str, str], ...]
    chosen_third: str
    readings: tuple[tuple[str, str], ...]
    chosen_reading: str
    reopening: str

    @classmethod
    def of(
        cls,
        value: reconciling.ReconciliationPage,
        words: Wording,
        typed: Form | None = None,
    ) -> "ReconciliationPage":
        """Return the page; with ``typed`` what was typed stands in its fields."""
        form, found = typed or Form(), value.found
        return cls(
            href=path(value.review_id),
            title=words.text("Sag {number}: bliv enige", number=str(value.review.number)),
            lead=_lead(value, words),
            case=CaseLine.of(value.review, words),
            said=_said(value, words),
            complete=found.complete,
            contradictions=tuple(one.message.in_(words.language) for one in found.contradictions),
            differing=tuple(_difference(one, value, words, form) for one in found.differing),
            alike=tuple(_alike(one, value, words) for one in found.alike),
            can_agree=value.can_agree,
            can_reopen=value.can_reopen,
            is_reader=value.seat in LEADS_OF_READERS,
            way_back=_way_back(value, words),
            third_asked=value.kept.decider_id is not None,
            takers=(("", words.text("Vælg")), *((one.username, one.name) for one in value.takers)),
            chosen_third=form.value("third"),
            readings=(
                (Reading.FIRST.value, words.text("Læser A")),
                (Reading.SECOND.value, words.text("Læser B")),
            ),
            chosen_reading=form.value("reading"),
            reopening=form.value("reopening"),
        )


def _lead(value: reconciling.ReconciliationPage, words: Wording) -> str:
    checklist = value.checklist.title.in_(words.language)
    if value.seat is Seat.DECIDER:
        return words.text(LEAD_OF_DECIDER, checklist=checklist)
    third = value.decider if not value.found.complete else None
    if value.seat is None:
        said = [words.text(LEAD_OF_COORDINATOR, checklist=checklist)]
        told = words.text("{name} er bedt om at afgøre det.", name=third.name) if third else ""
    else:
        said = [words.text(LEADS_OF_READERS[value.seat])]
        told = (
            words.text("{name} er bedt om at afgøre det. Du skal ikke gøre mere.", name=third.name)
            if third
            else words.text(LEAD, checklist=checklist)
        )
    return " ".join(each for each in (*said, told) if each)


def _way_back(value: reconciling.ReconciliationPage, words: Wording) -> tuple[tuple[str, str], ...]:
    """Return the pages above this one; the last is where one goes back to."""
    if value.seat is not None:
        return ((words.text("Mine sager"), "/reviews"),)
    at = f"/rounds/{value.round.key}"
    return (
        (words.text("Runder"), "/rounds"),
        (value.round.title, at),
        (words.text("Sager, som to læser"), f"{at}/double"),
    )


def _said(value: reconciling.ReconciliationPage, words: Wording) -> str:
    left = len(value.found.open)
    if not value.found.differing:
        return words.text("De to har svaret ens på alt.")
    if left:
        return words.plural(
            "{count} punkt mangler et fælles svar.", "{count} punkter mangler et fælles svar.", left
        )
    return words.text("Der er et fælles svar på alt, de to svarede forskelligt på.")


def _difference(
    one: Difference, value: reconciling.ReconciliationPage, words: Wording, form: Form
) -> DifferenceView:
    stored = value.kept.answers.get(one.id)
    shown = one.agreed or stored
    value_field, reason_field, version_field = (
        field(name, one.id) for name in ("value", "reason", "version")
    )
    return DifferenceView(
        anchor=item_anchor(one.id),
        theme=one.theme.title.in_(words.language) if one.theme else words.text("Oplysninger om sagen"),
        question=one.asked.question.in_(words.language),
        guidance=html_of(one.asked.guidance.in_(words.language)),
        reading=value.agreed_readings.get(one.id, ""),
        sides=(
            _side(words.text("Læser A"), one.asked, one.first, value.before[0], words),
            _side(words.text("Læser B"), one.asked, one.second, value.before[1], words),
        ),
        agreed=answer_label(one.asked, shown.value, words) if shown else "",
        reason=shown.reason if shown else "",
        choices=tuple(choices_of(one.asked, words)),
        value_field=value_field,
        reason_field=reason_field,
        version_field=version_field,
        chosen=form.value(value_field),
        typed_reason=form.value(reason_field),
        version=stored.version if stored else 0,
        earlier=stored is not None and one.agreed is None,
        typed=bool(form.value(value_field) or form.value(reason_field)),
    )


def _side(
    heading: str,
    asked: Fact | Item,
    answer: Answer | None,
    before: Mapping[str, Answer] | None,
    words: Wording,
) -> Side:
    rows = [(words.text("Svar"), _given(asked, answer, words))]
    if answer is not None:
        rows += [
            (words.text("Note"), answer.note),
            (words.text("Henvisning til journalen"), answer.journal_reference),
        ]
    if before is not None and (original := before.get(asked.id)) != answer:
        rows.append((words.text("Svar før genåbningen"), _given(asked, original, words)))
        rows.append((words.text("Note før genåbningen"), original.note if original else ""))
    return Side(heading=heading, rows=tuple(row for row in rows if row[1]))


def _given(asked: Fact | Item, answer: Answer | None, words: Wording) -> str:
    return words.text("Blev ikke spurgt") if answer is None else answer_label(asked, answer.value, words)


def _alike(one: Alike, value: reconciling.ReconciliationPage, words: Wording) -> AlikeView:
    """Return an item that both answer alike now, with what either answered before a reading was opened again."""
    notes = [(words.text("Læser A"), one.first.note), (words.text("Læser B"), one.second.note)]
    called = (words.text("Læser A før genåbningen"), words.text("Læser B før genåbningen"))
    for who, before, now in zip(called, value.before, (one.first, one.second), strict=True):
        original = before.get(one.asked.id) if before is not None else now
        if original is None or original.value != now.value:
            notes.append((who, _given(one.asked, original, words)))
    return AlikeView(
        question=one.asked.question.in_(words.language),
        answer=answer_label(one.asked, one.first.value, words),
        notes=tuple((who, note) for who, note in notes if note),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconcileLine:
    """A case in the queue that waits for the reader to agree on it."""

    text: str
    round: str
    checklist: str
    left: str
    href: str


def reconcile_lines(waiting: tuple[ToReconcile, ...], words: Wording) -> tuple[ReconcileLine, ...]:
    """Return the queue's lines about cases to agree on."""
    return tuple(
        ReconcileLine(
            text=words.text("Bliv enige om sag {number}", number=str(one.number)),
            round=one.round.title,
            checklist=one.checklist.title.in_(words.language),
            left=words.plural(
                "{count} punkt mangler et fælles svar.", "{count} punkter mangler et fælles svar.", one.open
            ),
            href=path(one.review_id),
        )
        for one in waiting
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleLine:
    """A case with two readings; without an address there is nothing to see yet."""

    number: int
    checklist: str
    state: str
    href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoublePage:
    """The cases of a round that two people read."""

    round_title: str
    at: str
    rule: str
    lines: tuple[DoubleLine, ...]

    @classmethod
    def of(cls, value: reconciling.DoublePage, words: Wording) -> "DoublePage":
        """Return the page for what the coordinator follows."""
        return cls(
            round_title=value.round.title,
            at=f"/rounds/{value.round.key}",
            rule=words.text("{percent} % af sagerne gennemgås af to.", percent=value.percent)
            if value.percent
            else "",
            lines=tuple(
                DoubleLine(
                    number=row.number,
                    checklist=row.checklist.title.in_(words.language),
                    state=_state(row, words),
                    href=path(row.review_id) if row.review_id is not None else None,
                )
                for row in value.rows
            ),
        )


def _state(row: DoubleRow, words: Wording) -> str:
    if row.set_aside:
        return words.text("Kan ikke gennemgås, eller venter på din afgørelse")
    if row.open is None:
        return words.text("{done} af 2 er færdige", done=row.finished)
    if row.complete:
        return words.text("Færdig, der er ét svar på alt")
    said = words.plural(
        "De to mangler at blive enige om {count} punkt",
        "De to mangler at blive enige om {count} punkter",
        row.open,
    )
    if not row.open:
        said = words.text("De fælles svar modsiger hinanden")
    return words.text("{state}. En tredje er bedt om at afgøre det", state=said) if row.third_asked else said
