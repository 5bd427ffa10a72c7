"""checklist_editor/main.html: a draft with all that can be changed in it, and the head of all its pages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checklists.model import Checklist, Item, Reference, Theme, Verdict
from lirk.domain.checklist_versions import Standing, Step
from lirk.errors import Problem
from lirk.services.checklist_drafts import OpenDraft
from lirk.wording import Wording
from lirk.wording.checklist_editor import IN_THE_EDITOR, STEPS
from lirk.wording.checklist_rules import condition_sentence, rule_sentence
from lirk.wording.checklist_versions import SUBJECTS
from lirk.wording.reports import SEVERITIES
from web.pages.checklist_editor_items import number
from web.pages.checklist_editor_kinds import KINDS
from web.pages.checklists import Badge, address, badges_of

#: Where on the editor's main page that is added which a whole draft lacks.
PLACES = {"publish-no-themes": "#themes", "publish-no-verdicts": "#verdicts"}


@dataclass(frozen=True, slots=True)
class Undo:
    """The last step: its number, and what is undone."""

    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorHead:
    """What stands above every page of the editor; ``href`` is the version's address."""

    title: str
    version: int
    href: str
    badges: tuple[Badge, ...]
    tabs: tuple[tuple[str, str], ...]
    undo: Undo | None

    @property
    def edit(self) -> str:
        """The address of the editor."""
        return f"{self.href}/edit"

    @classmethod
    def of(cls, draft: OpenDraft, words: Wording) -> "EditorHead":
        """Return the head for a draft."""
        href = address(draft.version)
        return cls(
            title=draft.version.title.in_(words.language),
            version=draft.version.version,
            href=href,
            badges=badges_of(draft.version, words),
            tabs=(
                (words.text("Punkter"), f"{href}/edit"),
                (words.text("Ændringer"), f"{href}/changes"),
                (words.text("Historik"), f"{href}/history"),
                (words.text("Prøv"), f"{href}/try"),
            ),
            undo=_undo(draft, words),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One part in a list: its number, words, and addresses of its form; ``notes`` are small lines below."""

    id: str
    anchor: str
    number: str
    text: str
    href: str
    notes: tuple[str, ...] = ()
    badges: tuple[Badge, ...] = ()
    rule: str = ""
    movable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeRows:
    """A theme with its items and its own verdicts."""

    row: Row
    items: tuple[Row, ...]
    verdicts: tuple[Row, ...]
    add: str
    add_verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRows:
    """The parts of one kind, under a heading of their own."""

    anchor: str
    heading: str
    hint: str
    rows: tuple[Row, ...]
    add: str
    add_text: str


@dataclass(frozen=True, slots=True)
class Missing:
    """What a draft lacks before it can be published, and where that is changed."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorPage:
    """The editor's main page."""

    head: EditorHead
    settled: bool
    missing: tuple[Missing, ...]
    themes: tuple[ThemeRows, ...]
    add_theme: str
    parts: tuple[PartRows, ...]
    centre: tuple[tuple[str, str], ...]
    about: tuple[tuple[str, str], ...]
    anchors: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, draft: OpenDraft, words: Wording, stale: frozenset[str] = frozenset()) -> "EditorPage":
        """Return the page; ``stale`` are the items with a reference that is to be held against its source again."""
        head, checklist = EditorHead.of(draft, words), draft.version.checklist
        parts = tuple(_parts(checklist, head, words))
        return cls(
            head=head,
            settled=draft.version.standing is not Standing.DRAFT,
            missing=tuple(_missing(draft, head, words)),
            themes=tuple(
                _theme(place, theme, checklist, head, words, stale)
                for place, theme in enumerate(checklist.themes, start=1)
            ),
            add_theme=f"{head.edit}/new/themes",
            parts=parts,
            centre=tuple(_centre(checklist, words)),
            about=tuple(_about(checklist, words)),
            anchors=(
                ("#themes", words.text("Punkter")),
                *((f"#{one.anchor}", one.heading) for one in parts),
                ("#centre", words.text("Centrets mål")),
                ("#about", words.text("Om tjeklisten")),
            ),
        )


def step_text(step: Step, checklist: Checklist, words: Wording) -> str:
    """Return what a step did, in a few words, with the part that it was done to."""
    said = words.text(STEPS.get(step.action, STEPS["changed"]))
    kind = KINDS.get(step.action.rpartition("-")[0])
    part = None if kind is None or not step.subject else kind.find(checklist, step.subject)
    if kind is None or not step.subject:
        return said
    label = step.subject if part is None else kind.label(part, words)
    return words.text("{act} »{part}«", act=said, part=shortened(label))


def shortened(text: str, most: int = 80) -> str:
    """Return a text that stands inside another."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _undo(draft: OpenDraft, words: Wording) -> Undo | None:
    step = draft.last_step
    if step is None:
        return None
    text = words.text(
        "{act} ({person}, {moment})",
        act=step_text(step, draft.version.checklist, words),
        person=step.person,
        moment=step.at,
    )
    return Undo(step.number, text)


def _missing(draft: OpenDraft, head: EditorHead, words: Wording) -> Iterator[Missing]:
    checklist = draft.version.checklist
    for fault in draft.faults:
        place, href = placed(fault, checklist, head, words)
        said = told(fault, words)
        yield Missing(f"{place}: {said}" if place else said, href)
    for part_id in draft.unmarked:
        question = checklist.item(part_id) or checklist.fact(part_id)
        label = part_id if question is None else question.question.in_(words.language)
        said = words.text("{part}: Sig, om ændringen er sproglig eller en ny mening.", part=shortened(label))
        yield Missing(said, f"{head.href}/changes#kind-{part_id}")


def told(problem: Problem, words: Wording) -> str:
    """Return what is wrong, said to somebody who does not have the file before them."""
    if problem.code in IN_THE_EDITOR:
        return words.text(IN_THE_EDITOR[problem.code], **problem.values)
    return words.sentence(problem)


def placed(problem: Problem, checklist: Checklist, head: EditorHead, words: Wording) -> tuple[str, str]:
    """Return what a problem is about, empty where that is the whole, and the address where it is changed."""
    for name in ("items", "facts", "themes", "scales", "verdicts", "contradictions", "stops"):
        part = KINDS[name].find(checklist, problem.item) if problem.item else None
        if problem.item and part is not None:
            label = KINDS[name].label(part, words)
            return shortened(label), f"{head.edit}/{name}/{problem.item}"
    return problem.item or "", head.edit + PLACES.get(problem.code, "")


def law_text(references: Iterable[Reference], words: Wording) -> str:
    """Return the references of an item in one short line."""
    return "; ".join(reference.text.in_(words.language) for reference in references)


def _theme(
    place: int, theme: Theme, checklist: Checklist, head: EditorHead, words: Wording, stale: frozenset[str]
) -> ThemeRows:
    notes = []
    if theme.applies_when is not None:
        said = condition_sentence(theme.applies_when, checklist, words)
        notes.append(words.text("Temaet gælder, når {condition}.", condition=said))
    if theme.pass_mark is not None:
        notes.append(words.text("Bestået fra {mark} %.", mark=number(theme.pass_mark, words)))
    return ThemeRows(
        row=Row(
            id=theme.id,
            anchor=f"theme-{theme.id}",
            number=str(place),
            text=theme.title.in_(words.language),
            href=f"{head.edit}/themes/{theme.id}",
            notes=tuple(notes),
        ),
        items=tuple(
            _item(f"{place}.{of}", item, checklist, head, words, stale=item.id in stale)
            for of, item in enumerate(theme.items, start=1)
        ),
        verdicts=_verdicts(theme.verdicts, f"{theme.id}.", checklist, head, words),
        add=f"{head.edit}/new/items?in={theme.id}",
        add_verdict=f"{head.edit}/new/verdicts?in={theme.id}",
    )


def _item(
    place: str, item: Item, checklist: Checklist, head: EditorHead, words: Wording, *, stale: bool
) -> Row:
    notes = [law_text(item.references, words)] if item.references else []
    if item.applies_when is not None:
        said = condition_sentence(item.applies_when, checklist, words)
        notes.append(words.text("Gælder, når {condition}.", condition=said))
    return Row(
        id=item.id,
        anchor=f"item-{item.id}",
        number=place,
        text=item.question.in_(words.language),
        href=f"{head.edit}/items/{item.id}",
        notes=tuple(notes),
        badges=tuple(_badges(item, words, stale=stale)),
    )


def _badges(item: Item, words: Wording, *, stale: bool) -> Iterator[Badge]:
    yield Badge(words.text(SEVERITIES[item.severity]))
    if item.references and all(reference.verified for reference in item.references):
        yield Badge(words.text("kontrolleret"))
    elif item.references:
        yield Badge(words.text("ikke kontrolleret"), "warning")
    if stale:
        yield Badge(words.text("lovhenvisning skal ses efter"), "warning")


def _verdicts(
    verdicts: tuple[Verdict, ...], begun: str, checklist: Checklist, head: EditorHead, words: Wording
) -> tuple[Row, ...]:
    return tuple(
        Row(
            id=f"{begun}{verdict.id}",
            anchor=f"verdict-{begun}{verdict.id}".replace(".", "--"),
            number=str(place),
            text=verdict.title.in_(words.language),
            href=f"{head.edit}/verdicts/{begun}{verdict.id}",
            notes=(rule_sentence(verdict.when, checklist, words),),
            badges=(Badge(words.text("i orden")),) if verdict.positive else (),
            movable=verdict.when is not None,
        )
        for place, verdict in enumerate(verdicts, start=1)
    )


def _parts(checklist: Checklist, head: EditorHead, words: Wording) -> Iterator[PartRows]:
    yield _rows(
        "facts",
        words.text("Fakta"),
        words.text("Det, der afgør, hvilke punkter der gælder for en sag."),
        tuple(_fact_row(checklist, head, words)),
        head,
        words,
    )
    yield _rows(
        "verdicts",
        words.text("Konklusioner"),
        words.text("Reglerne prøves ovenfra. Den første, der passer på en sag, giver sagens konklusion."),
        _verdicts(checklist.verdicts, "", checklist, head, words),
        head,
        words,
    )
    yield _rows(
        "scales",
        words.text("Skalaer"),
        words.text("Tjeklistens egne skalaer. De sædvanlige følger med og kan ikke ændres."),
        tuple(_scale_row(checklist, head, words)),
        head,
        words,
    )
    yield _rows(
        "contradictions",
        words.text("Svar, der ikke kan stå sammen"),
        words.text("En sag med begge svar kan ikke afsluttes, før et af dem er rettet."),
        tuple(_contradiction_row(checklist, head, words)),
        head,
        words,
    )
    yield _rows(
        "stops",
        words.text("Stopsvar"),
        words.text("Svar, der slutter gennemgangen med et resultat for sig."),
        tuple(_stop_row(checklist, head, words)),
        head,
        words,
    )


def _rows(
    name: str, heading: str, hint: str, rows: tuple[Row, ...], head: EditorHead, words: Wording
) -> PartRows:
    return PartRows(
        anchor=name,
        heading=heading,
        hint=hint,
        rows=rows,
        add=f"{head.edit}/new/{name}",
        add_text=KINDS[name].names(words).new,
    )


def _fact_row(checklist: Checklist, head: EditorHead, words: Wording) -> Iterator[Row]:
    for fact in checklist.facts:
        notes = [words.listing(value.text.in_(words.language) for value in fact.values)]
        if fact.applies_when is not None:
            said = condition_sentence(fact.applies_when, checklist, words)
            notes.append(words.text("Der spørges, når {condition}.", condition=said))
        badges = (Badge(words.text("fra registret")),) if fact.from_register else ()
        yield _row("facts", fact.id, fact.question.in_(words.language), tuple(notes), head, badges)


def _scale_row(checklist: Checklist, head: EditorHead, words: Wording) -> Iterator[Row]:
    for scale in checklist.scales:
        used = sum(item.scale.id == scale.id for item in checklist.items)
        note = words.plural("Bruges af ét punkt.", "Bruges af {count} punkter.", used)
        yield _row("scales", scale.id, KINDS["scales"].label(scale, words), (note,), head, movable=False)


def _contradiction_row(checklist: Checklist, head: EditorHead, words: Wording) -> Iterator[Row]:
    for one in checklist.contradictions:
        note = condition_sentence(one.refuse_when, checklist, words)
        yield _row("contradictions", one.id, one.message.in_(words.language), (note,), head)


def _stop_row(checklist: Checklist, head: EditorHead, words: Wording) -> Iterator[Row]:
    for one in checklist.stops:
        note = condition_sentence(one.stop_when, checklist, words)
        yield _row("stops", one.id, one.title.in_(words.language), (note,), head)


def _row(
    name: str,
    part_id: str,
    text: str,
    notes: tuple[str, ...],
    head: EditorHead,
    badges: tuple[Badge, ...] = (),
    *,
    movable: bool = True,
) -> Row:
    return Row(
        id=part_id,
        anchor=KINDS[name].anchor(part_id),
        number="",
        text=text,
        href=f"{head.edit}/{name}/{part_id}",
        notes=notes,
        badges=badges,
        movable=movable,
    )


def _centre(checklist: Checklist, words: Wording) -> Iterator[tuple[str, str]]:
    if checklist.centre is not None:
        mark = words.text("{mark} % af sagerne", mark=number(checklist.centre.mark, words))
        yield words.text("Mål"), mark
        yield words.text("Besluttet"), checklist.centre.decided.in_(words.language)


def _about(checklist: Checklist, words: Wording) -> Iterator[tuple[str, str]]:
    yield words.text("Titel"), checklist.title.in_(words.language)
    yield words.text("Det, der gennemgås"), words.text(SUBJECTS[checklist.subject])
    yield words.text("Lovstatus"), words.date(checklist.status_date)
    if checklist.responsible:
        yield words.text("Ansvarlig"), checklist.responsible.in_(words.language)
