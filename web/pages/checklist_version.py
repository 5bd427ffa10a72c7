"""checklists/version.html: one version of a checklist, whole."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from markupsafe import Markup

from checklists.conditions import Condition
from checklists.model import Checklist, Fact, Item, Reference, ScaleAnswer, Theme
from lirk.domain.law_watch import LawCheck
from lirk.services.checklist_versions import VersionPage
from lirk.wording import Wording
from lirk.wording.checklist_rules import condition_sentence, rule_sentence
from lirk.wording.checklist_versions import SUBJECTS
from lirk.wording.reports import CANNOT_ASSESS_POLICIES, NOT_APPLICABLE_POLICIES, RULES, SEVERITIES
from web.markdown import html_of
from web.pages.checklist_changes import (
    ChangeView,
    change_views,
    checked_text,
    exact,
    follow_up_text,
    said_of,
    verdict_text,
)
from web.pages.checklist_workflow import VersionHead
from web.pages.checklists import address

#: The last check of each reference, by act and Danish text.
Checks: TypeAlias = Mapping[tuple[str, str], LawCheck]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceView:
    """A reference to the law, and whether anybody has held it against its source.

    ``checked`` is what the version says; ``held`` who did it last since, empty where nobody did.
    """

    text: str
    status_date: str
    source: str
    verified: bool
    checked: str
    held: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """One item, all that it says; ``marks`` are severity, kind of rule, weight."""

    anchor: str
    heading: str
    id: str
    marks: tuple[tuple[str, str], ...]
    guidance: Markup
    texts: tuple[tuple[str, Markup], ...]
    answers: tuple[str, ...]
    references: tuple[ReferenceView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeView:
    """A theme, when it applies, what it comes to, and its items."""

    anchor: str
    heading: str
    applies_when: str
    pass_mark: str
    verdicts: tuple[str, ...]
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """A fact: the question, its values, and when it is asked."""

    anchor: str
    question: str
    guidance: Markup
    values: str
    from_register: bool
    applies_when: str


@dataclass(frozen=True, slots=True)
class UseView:
    """A round that has pinned the version; ``href`` is empty where the reader may not open it."""

    title: str
    href: str
    same_text: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistPage:
    """A version with everything that it says; ``current`` is None where it is in force itself."""

    head: VersionHead
    current: tuple[str, str] | None
    purpose: Markup
    rows: tuple[tuple[str, str], ...]
    themes: tuple[ThemeView, ...]
    facts: tuple[FactView, ...]
    verdicts: tuple[tuple[str, str], ...]
    contradictions: tuple[tuple[str, str], ...]
    stops: tuple[tuple[str, str], ...]
    centre: str
    compared_with: int | None
    changes: tuple[ChangeView, ...]
    uses: tuple[UseView, ...]
    faults: int

    @classmethod
    def of(cls, value: VersionPage, head: VersionHead, checks: Checks, words: Wording) -> "ChecklistPage":
        """Return the page for a version."""
        version, checklist = value.version, value.version.checklist
        return cls(
            head=head,
            current=_current(value, words),
            purpose=html_of(checklist.purpose.in_(words.language)),
            rows=tuple(_head(value, words)),
            themes=tuple(
                _theme(number, theme, checklist, checks, words)
                for number, theme in enumerate(checklist.themes, start=1)
            ),
            facts=tuple(_fact(fact, checklist, words) for fact in checklist.facts),
            verdicts=tuple(
                (verdict.title.in_(words.language), rule_sentence(verdict.when, checklist, words))
                for verdict in checklist.verdicts
            ),
            contradictions=tuple(
                (one.message.in_(words.language), condition_sentence(one.refuse_when, checklist, words))
                for one in checklist.contradictions
            ),
            stops=tuple(
                (one.title.in_(words.language), condition_sentence(one.stop_when, checklist, words))
                for one in checklist.stops
            ),
            centre=_centre(checklist, words),
            compared_with=None if value.compared_with is None else value.compared_with.version,
            changes=change_views(value.compared_with, version, value.changes, words),
            uses=tuple(
                UseView(one.title, f"/rounds/{one.key}" if value.see_rounds else "", one.same_text)
                for one in value.used_by
            ),
            faults=len(value.faults) if value.manage else 0,
        )


def _current(value: VersionPage, words: Wording) -> tuple[str, str] | None:
    """Return the version in force as a sentence with its address, None where it is the one shown."""
    current = value.current
    if current is None or current.version == value.version.version:
        return None
    number, published = str(current.version), current.known.published_at
    if published is None:
        return words.text("Gældende er version {version}.", version=number), address(current)
    day = published.date()
    return words.text("Gældende er version {version}, udgivet {day}.", version=number, day=day), address(
        current
    )


def _head(value: VersionPage, words: Wording) -> Iterator[tuple[str, str]]:
    known, checklist, counted = value.version.known, value.version.checklist, value.version.counted
    yield words.text("Lovstatus"), words.date(checklist.status_date)
    if checklist.responsible:
        yield words.text("Ansvarlig"), checklist.responsible.in_(words.language)
    yield words.text("Det, der gennemgås"), words.text(SUBJECTS[checklist.subject])
    yield (
        words.text("Punkter"),
        words.text("{items}, heraf {core} i kernen", items=counted.items, core=counted.core),
    )
    yield (
        words.text("Henvisninger"),
        words.text(
            "{references}, heraf {unverified} ikke kontrolleret",
            references=counted.references,
            unverified=counted.unverified,
        ),
    )
    yield words.text("Når et punkt ikke er relevant"), _not_applicable(checklist, words)
    yield (
        words.text("Når et punkt ikke kan vurderes"),
        words.text(CANNOT_ASSESS_POLICIES[checklist.cannot_assess]),
    )
    if known.imported_at is not None:
        yield words.text("Importeret"), _by(known.imported_at, known.imported_by, words)
    if known.published_at is not None:
        yield words.text("Udgivet"), _by(known.published_at, known.published_by, words)


def _not_applicable(checklist: Checklist, words: Wording) -> str:
    said = words.text(NOT_APPLICABLE_POLICIES[checklist.not_applicable])
    if checklist.target is None:
        return said
    return f"{said} {words.text('Målet er {target} %.', target=exact(checklist.target, words))}"


def _centre(checklist: Checklist, words: Wording) -> str:
    if checklist.centre is None:
        return ""
    return words.text(
        "Et center har nået målet, når mindst {mark} % af sagerne er i orden. Besluttet: {decided}",
        mark=exact(checklist.centre.mark, words),
        decided=checklist.centre.decided.in_(words.language),
    )


def _by(moment: datetime, name: str | None, words: Wording) -> str:
    if name is None:
        return words.moment(moment)
    return words.text("{moment} af {name}", moment=moment, name=name)


def _theme(number: int, theme: Theme, checklist: Checklist, checks: Checks, words: Wording) -> ThemeView:
    return ThemeView(
        anchor=f"theme-{theme.id}",
        heading=f"{number}. {theme.title.in_(words.language)}",
        applies_when=_condition(theme.applies_when, checklist, words),
        pass_mark="" if theme.pass_mark is None else exact(theme.pass_mark, words),
        verdicts=tuple(verdict_text(verdict, checklist, words) for verdict in theme.verdicts),
        items=tuple(
            _item(f"{number}.{place}", item, checklist, checks, words)
            for place, item in enumerate(theme.items, start=1)
        ),
    )


def _item(number: str, item: Item, checklist: Checklist, checks: Checks, words: Wording) -> ItemView:
    language = words.language
    texts = (
        (words.text("Godt eksempel"), item.good_example),
        (words.text("Dårligt eksempel"), item.bad_example),
        (words.text("Anbefaling, som et fund begynder med"), item.recommendation),
    )
    return ItemView(
        anchor=f"item-{item.id}",
        heading=f"{number} {item.question.in_(language)}",
        id=item.id,
        marks=tuple(_marks(item, checklist, words)),
        guidance=html_of(item.guidance.in_(language)),
        texts=tuple((label, html_of(text.in_(language))) for label, text in texts if text),
        answers=tuple(_answer(answer, item, words) for answer in item.answers),
        references=tuple(_reference(reference, checks, words) for reference in item.references),
    )


def _marks(item: Item, checklist: Checklist, words: Wording) -> Iterator[tuple[str, str]]:
    yield words.text("Alvor"), words.text(SEVERITIES[item.severity])
    yield words.text("Regeltype"), words.text(RULES[item.rule])
    if not item.scored:
        yield words.text("Vægt"), words.text("0: der spørges, men svaret tæller ikke")
    elif item.weight != 1:
        yield words.text("Vægt"), exact(item.weight, words)
    if not item.core:
        yield words.text("Hører til kernen"), words.text("nej")
    if item.applies_when is not None:
        yield words.text("Gælder, når"), _condition(item.applies_when, checklist, words)
    if item.follow_ups:
        yield words.text("Opfølgende punkter"), follow_up_text(item.follow_ups, item, checklist, words)
    if item.cannot_assess is not None:
        said = words.text(CANNOT_ASSESS_POLICIES[item.cannot_assess])
        yield words.text("Når et punkt ikke kan vurderes"), said
    if item.without_law:
        yield words.text("Hvorfor der intet retsgrundlag er"), item.without_law.in_(words.language)
    for change in item.changes:
        yield words.text("Ændret i version {version}", version=str(change.version)), said_of(change, words)


def _answer(answer: ScaleAnswer, item: Item, words: Wording) -> str:
    needs = []
    if answer.points is not None and item.scored:
        needs.append(words.text("point: {points}", points=exact(answer.points, words)))
    if answer.code in item.note_required_at:
        needs.append(words.text("kræver en note"))
    if answer.code in item.journal_reference_required_at:
        needs.append(words.text("kræver en henvisning til journalen"))
    said = answer.text.in_(words.language)
    return f"{said} ({', '.join(needs)})" if needs else said


def _reference(reference: Reference, checks: Checks, words: Wording) -> ReferenceView:
    check = checks.get((reference.act, reference.text.da))
    return ReferenceView(
        text=reference.text.in_(words.language),
        status_date=words.date(reference.status_date),
        source=reference.source,
        verified=reference.verified,
        checked=checked_text(reference, words),
        held=""
        if check is None
        else words.text(
            "Holdt op mod kilden {day} af {name}. Lovstatus {status}.",
            day=words.date(check.checked_at.date()),
            name=check.person,
            status=words.date(check.status_date),
        ),
    )


def _fact(fact: Fact, checklist: Checklist, words: Wording) -> FactView:
    return FactView(
        anchor=f"fact-{fact.id}",
        question=fact.question.in_(words.language),
        guidance=html_of(fact.guidance.in_(words.language)),
        values=", ".join(value.text.in_(words.language) for value in fact.values),
        from_register=fact.from_register,
        applies_when=_condition(fact.applies_when, checklist, words),
    )


def _condition(condition: Condition | None, checklist: Checklist, words: Wording) -> str:
    return "" if condition is None else condition_sentence(condition, checklist, words)
