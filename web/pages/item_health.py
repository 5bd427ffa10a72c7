"""item_health/page.html: how the items of a checklist worked in the closed rounds, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from lirk.domain.item_health import ItemHealth, Measure, Said, Suggestion, Why
from lirk.services.item_health import ChecklistHealth
from lirk.wording import Wording
from lirk.wording.item_health import HOW_OFTEN, MEASURES, REASONS, SUGGESTIONS, WHY
from web.pages.checklists import address


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthRow:
    """One item; ``words`` are those of the measures shown, or ``why`` there are none."""

    number: str
    question: str
    href: str
    words: tuple[str, ...]
    why: str
    basis: str
    suggestion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionView:
    """What may be done about an item, and why."""

    item: str
    href: str
    suggestion: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthPage:
    """How the items worked; ``nothing`` says why where nothing is said of any."""

    title: str
    version: str
    href: str
    rounds: tuple[str, ...]
    nothing: str
    meanings: tuple[str, ...]
    suggestions: tuple[SuggestionView, ...]
    head: tuple[str, ...]
    themes: tuple[tuple[str, tuple[HealthRow, ...]], ...]
    pairs: bool
    disputed: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, value: ChecklistHealth, words: Wording) -> "HealthPage":
        """Return the page for what is said of the items."""
        href, measures = address(value.version), shown(pairs=value.pairs)
        said = [one.said for one in value.items]
        return cls(
            title=value.version.title.in_(words.language),
            version=str(value.version.version),
            href=href,
            rounds=value.rounds,
            nothing=nothing(said, words),
            meanings=tuple(_meanings(said, words)),
            suggestions=tuple(
                _suggestion(one, href, words) for one in value.items if one.suggestion is not Suggestion.NONE
            ),
            head=(
                words.text("Punkt"),
                *(words.text(MEASURES[one]) for one in measures),
                words.text("Læst i"),
            ),
            themes=tuple(
                (
                    f"{number}. {theme.title.in_(words.language)}",
                    tuple(_row(one, href, measures, words) for one in theme.items),
                )
                for number, theme in enumerate(value.themes, start=1)
            ),
            pairs=value.pairs,
            disputed=tuple(
                (f"{one.number} {one.item.question.in_(words.language)}", f"{href}#item-{one.item.id}")
                for one in value.disputed
            ),
        )


def shown(*, pairs: bool) -> tuple[Measure, ...]:
    """Return the measures that are shown; disagreement only where two have read a case."""
    return tuple(one for one in Measure if pairs or one is not Measure.DISPUTED)


def nothing(said: list[Said], words: Wording) -> str:
    """Return why nothing is said of any item, empty where something is."""
    if any(one.why is None for one in said):
        return ""
    first = next(
        (why for why in (Why.FEW_CASES, Why.FEW_CENTRES) if any(one.why is why for one in said)), None
    )
    return words.text(WHY[first or Why.NO_ROUND])


def _meanings(said: list[Said], words: Wording) -> Iterator[str]:
    """Yield what the words stand for, by the numbers of reviews; once for each number."""
    for bounds in dict.fromkeys(one.bounds for one in said if one.why is None):
        yield words.text(
            "Af {reviews} gennemgange: »sjældent eller aldrig« er højst {ends}, og »næsten altid« er alle på "
            "nær højst {ends}. Når punktet var relevant i højst {few} af dem, siges intet andet om det.",
            reviews=bounds.reviews,
            ends=bounds.ends,
            few=bounds.few,
        )


def _suggestion(one: ItemHealth, href: str, words: Wording) -> SuggestionView:
    return SuggestionView(
        item=f"{one.number} {one.item.question.in_(words.language)}",
        href=f"{href}#item-{one.item.id}",
        suggestion=words.text(SUGGESTIONS[one.suggestion]),
        reasons=tuple(words.text(REASONS[measure]) for measure in one.reasons),
    )


def _row(one: ItemHealth, href: str, measures: tuple[Measure, ...], words: Wording) -> HealthRow:
    said = one.said
    return HealthRow(
        number=one.number,
        question=one.item.question.in_(words.language),
        href=f"{href}#item-{one.item.id}",
        words=tuple(words.text(HOW_OFTEN[said.words[measure]]) for measure in measures if said.why is None),
        why="" if said.why is None else words.text(WHY[said.why]),
        basis=_basis(one, words),
        suggestion=words.text(SUGGESTIONS[one.suggestion]),
    )


def _basis(one: ItemHealth, words: Wording) -> str:
    if not one.rounds:
        return "–"
    reviews = words.plural("{count} gennemgang", "{count} gennemgange", one.said.bounds.reviews)
    return words.text("{rounds}: {reviews}", rounds=words.listing(one.rounds), reviews=reviews)
