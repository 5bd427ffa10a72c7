"""law_watch/*.html: the references to the law by act, and what is to be held against its source."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lirk.domain.law_watch import FEWEST_MONTHS, MOST_MONTHS, LawCheck, ReferenceUse, Watched, withdrawable
from lirk.domain.people import Person
from lirk.services.law_watch import LawWatch, Resting, WatchedAct
from lirk.wording import Wording
from lirk.wording.law_watch import DUE
from web.pages.checklists import Badge

LAW = "/checklists/law"
CHECK_FIELDS = ("status_date", "source", "note")
CHANGE_FIELDS = ("changed_on", "changed_source", "changed_note")
FIELDS = (*CHECK_FIELDS, *CHANGE_FIELDS)


@dataclass(frozen=True, slots=True)
class UseView:
    """An item that rests on a reference, with a link for each version of it."""

    text: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceRow:
    """One reference; ``href`` leads to where it is ticked off."""

    mark: str
    text: str
    badge: Badge | None
    status_date: str
    checked: str
    source: str
    uses: tuple[UseView, ...]
    href: str

    @property
    def hint(self) -> str:
        """What stands under the reference where it can be chosen."""
        why = self.badge.text if self.badge is not None and self.badge.text != self.checked else ""
        return " · ".join(part for part in (self.status_date, self.checked, why) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActView:
    """One act with the references to it that are shown."""

    id: str
    href: str
    name: str
    version: str
    changed: str
    count: str
    rows: tuple[ReferenceRow, ...]

    @property
    def due(self) -> tuple[ReferenceRow, ...]:
        """The rows that say why they are due."""
        return tuple(row for row in self.rows if row.badge is not None)

    @property
    def in_order(self) -> tuple[ReferenceRow, ...]:
        """The others."""
        return tuple(row for row in self.rows if row.badge is None)


@dataclass(frozen=True, slots=True)
class RestingView:
    """A reference that is due, and the rounds that rest on it; an address is empty where it may not be opened."""

    text: str
    rounds: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LawWatchPage:
    """law_watch/list.html: ``only`` leaves out what needs nothing; ``typed`` is what stands in the form."""

    typed: str
    only: bool
    fewest: int
    most: int
    summary: str
    acts: tuple[ActView, ...]
    resting: tuple[RestingView, ...]
    check: bool

    @classmethod
    def of(cls, watch: LawWatch, words: Wording, *, only: bool, typed: str) -> "LawWatchPage":
        """Return the page for what the filter asks."""
        acts = [act_view(one, watch, words, only=only) for one in watch.acts if one.due or not only]
        return cls(
            typed=typed,
            only=only,
            fewest=FEWEST_MONTHS,
            most=MOST_MONTHS,
            summary=_summary(watch, words),
            acts=tuple(acts),
            resting=tuple(_resting(one, words, links=watch.see_reports) for one in watch.resting),
            check=watch.check,
        )


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check that was made; ``withdraw`` is the address to withdraw it, empty where the reader may not."""

    reference: str
    status_date: str
    by: str
    source: str
    note: str
    withdraw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPage:
    """law_watch/act.html: one act; ``typed`` is what stands in its forms."""

    act: ActView
    about: tuple[tuple[str, str], ...]
    chosen: frozenset[str]
    typed: Mapping[str, str]
    checks: tuple[CheckRow, ...]
    check: bool
    can_change: bool

    @classmethod
    def of(
        cls,
        watch: LawWatch,
        act: WatchedAct,
        words: Wording,
        *,
        actor: Person,
        now: datetime,
        chosen: Sequence[str] = (),
        typed: Mapping[str, str] | None = None,
    ) -> "ActPage":
        """Return the page; ``chosen`` are the marks of references that are ticked."""
        today = now.date().isoformat()
        return cls(
            act=act_view(act, watch, words, only=False),
            about=tuple(_about(act, words)),
            chosen=frozenset(chosen),
            typed={**dict.fromkeys(FIELDS, ""), "status_date": today, "changed_on": today, **(typed or {})},
            checks=tuple(_check_row(one, act, words, actor, now) for one in act.checks),
            check=watch.check,
            can_change=act.act is not None,
        )


def mark_of(text: str) -> str:
    """Return what stands for a reference in forms and addresses."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def act_name(act: WatchedAct, words: Wording) -> str:
    """Return what an act is called."""
    if act.act is not None:
        return act.act.name.in_(words.language)
    return words.text("Henvisninger, der ikke nævner en lov fra listen")


def act_view(act: WatchedAct, watch: LawWatch, words: Wording, *, only: bool) -> ActView:
    """Return an act as both pages show it."""
    changed = ""
    if act.changed is not None:
        changed = words.text(
            "Loven er ændret fra {day} ({source}). Meldt af {person}.",
            day=act.changed.status_date,
            source=act.changed.source,
            person=act.changed.person,
        )
    href = f"{LAW}/{act.id}"
    return ActView(
        id=act.id,
        href=href,
        name=act_name(act, words),
        version=act.act.version if act.act is not None else "",
        changed=changed,
        count=words.text("{due} af {all} skal kontrolleres", due=len(act.due), all=len(act.references)),
        rows=tuple(_row(one, href, watch, words) for one in (act.due if only else act.references)),
    )


def checked_by(one: Watched, words: Wording) -> str:
    """Return who held a reference against its source, and when, as far as it is known."""
    if not one.verified:
        return words.text("ikke kontrolleret")
    if one.checked_on is not None and one.checked_by:
        return words.text("kontrolleret {day} af {person}", day=one.checked_on, person=one.checked_by)
    if one.checked_by:
        return words.text("kontrolleret af {person}", person=one.checked_by)
    return words.text("kontrolleret i kilden")


def _summary(watch: LawWatch, words: Wording) -> str:
    every = sum(len(act.references) for act in watch.acts)
    if not watch.due:
        return words.text("Alle {all} henvisninger er kontrolleret inden for fristen.", all=every)
    return words.plural(
        "Én af {all} henvisninger skal kontrolleres.",
        "{count} af {all} henvisninger skal kontrolleres.",
        watch.due,
        all=every,
    )


def _row(one: Watched, href: str, watch: LawWatch, words: Wording) -> ReferenceRow:
    mark = mark_of(one.text.da)
    return ReferenceRow(
        mark=mark,
        text=one.text.in_(words.language),
        badge=None if one.due is None else Badge(words.text(DUE[one.due]), "warning"),
        status_date=words.text("lovstatus {day}", day=one.status_date),
        checked=checked_by(one, words),
        source=one.source,
        uses=tuple(_uses(one.uses, words, edit=watch.check)),
        href=f"{href}?reference={mark}#check",
    )


def _uses(uses: Sequence[ReferenceUse], words: Wording, *, edit: bool) -> Iterator[UseView]:
    items: dict[tuple[str, str], list[ReferenceUse]] = {}
    for use in uses:
        items.setdefault((use.checklist_id, use.item_id), []).append(use)
    for found in items.values():
        newest = max(found, key=lambda use: use.version)
        links = tuple(_link(use, words, edit=edit) for use in sorted(found, key=lambda use: use.version))
        yield UseView(f"{newest.title.in_(words.language)}: {newest.question.in_(words.language)}", links)


def _link(use: ReferenceUse, words: Wording, *, edit: bool) -> tuple[str, str]:
    number, address = str(use.version), f"/checklists/{use.checklist_id}/{use.version}"
    said = (
        words.text("kladde {version}", version=number)
        if use.draft
        else words.text("version {version}", version=number)
    )
    if use.draft and edit:
        return said, f"{address}/edit/items/{use.item_id}"
    return said, f"{address}#item-{use.item_id}"


def _resting(one: Resting, words: Wording, *, links: bool) -> RestingView:
    rounds = []
    for round_ in one.rounds:
        said = round_.title
        if not round_.closed:
            said = words.text("{round} (rapporterne kommer, når runden lukkes)", round=round_.title)
        address = f"/reports#round-{round_.key}" if round_.closed else f"/rounds/{round_.key}"
        rounds.append((said, address if links else ""))
    return RestingView(one.reference.text.in_(words.language), tuple(rounds))


def _about(act: WatchedAct, words: Wording) -> Iterator[tuple[str, str]]:
    if act.act is None:
        return
    yield words.text("Fuldt navn"), act.act.title.in_(words.language)
    yield words.text("Version i listen over love"), act.act.version
    yield words.text("Listens lovstatus"), words.date(act.act.status_date)
    yield words.text("Læst i"), act.act.source
    if act.act.note:
        yield words.text("Bemærk"), act.act.note.in_(words.language)


def _check_row(check: LawCheck, act: WatchedAct, words: Wording, actor: Person, now: datetime) -> CheckRow:
    names = {one.text.da: one.text.in_(words.language) for one in act.references}
    mine = withdrawable(check, actor.id, now)
    return CheckRow(
        reference=names.get(check.reference, check.reference) or words.text("Hele loven er ændret"),
        status_date=words.date(check.status_date),
        by=words.text("{person}, {day}", person=check.person, day=check.checked_at.date()),
        source=check.source,
        note=check.note,
        withdraw=f"{LAW}/{act.id}/checks/{check.id}/withdraw" if mine else "",
    )
