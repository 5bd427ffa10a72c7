"""overviews/*.html: the municipality's overview, which holds no result of a centre."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from lirk.domain.access import Action, may
from lirk.domain.overview_values import Overview
from lirk.domain.people import Person
from lirk.domain.rounds import Round
from lirk.reports import development_sentences
from lirk.reports import overview_sentences as says
from lirk.reports.phrases import made_up, period, sentence
from lirk.reports.used_checklists import cover_line
from lirk.wording import Wording
from web.pages.charts import Figure, figure
from web.pages.methods import MethodPart, overview_method
from web.pages.voice import PageVoice, html, html_all


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows of a table that belong to one checklist, named where there are several."""

    name: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DevelopmentPart:
    """One checklist in the municipality's own rounds: a table of themes by round."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage:
    """overviews/overview.html: what the municipality as a whole says; ``writes``: its texts are this reader's."""

    title: str
    address: str
    made_up: str
    about: tuple[str, ...]
    purpose: Markup
    participation: Markup
    going_well: tuple[Markup, ...]
    joint_effort: tuple[Markup, ...]
    does: tuple[Markup, ...]
    next_steps: tuple[Markup, ...]
    caution: Markup
    participation_order: Markup
    participation_head: tuple[str, ...]
    participants: tuple[tuple[str, ...], ...]
    themes_opening: Markup
    figures: tuple[Figure, ...]
    recurring_opening: Markup
    recurring_head: tuple[str, ...]
    recurring: tuple[Group, ...]
    development_opening: Markup
    development: tuple[DevelopmentPart, ...]
    learnt: tuple[Markup, ...]
    writes: bool
    method: tuple[MethodPart, ...]
    others: tuple[tuple[str, str], ...]

    @classmethod
    def of(
        cls, overview: Overview, rounds: tuple[Round, ...], actor: Person, words: Wording
    ) -> "OverviewPage":
        """Return the page of an overview for a person, with links to those of the other closed rounds."""
        voice = PageVoice(words, sections(words))
        caption = says.figure_caption(voice)
        opening = says.themes_opening(voice) if overview.themes else says.no_numbers(voice)
        head, groups = says.recurring_table(overview, voice)
        return cls(
            title=words.text("Overblik, {round}", round=overview.round_title),
            address=f"/rounds/{overview.round_key}/overview",
            made_up=made_up(overview, words),
            about=_about(overview, voice),
            purpose=html(says.purpose(voice)),
            participation=html(says.participation_sentence(overview, voice)),
            going_well=html_all(says.patterns_going_well(overview, voice)),
            joint_effort=html_all(says.joint_effort(overview, voice)),
            does=html_all(says.municipality_does(overview, voice)),
            next_steps=html_all(says.next_steps(overview, voice)),
            caution=html(says.caution(voice)),
            participation_order=html(says.participation_order(voice)),
            participation_head=tuple(says.participation_head(voice)),
            participants=tuple(tuple(row) for row in says.participation_rows(overview, voice)),
            themes_opening=html(opening),
            figures=tuple(
                figure(number, chart, caption, words)
                for number, chart in enumerate(says.figures(overview, voice), 1)
            ),
            recurring_opening=html(says.recurring_opening(overview, voice)),
            recurring_head=tuple(head),
            recurring=tuple(Group(name=name, rows=tuple(map(tuple, rows))) for name, rows in groups),
            development_opening=html(development_sentences.opening(overview, voice)),
            development=tuple(_development(overview, words)),
            learnt=html_all(says.learnt(overview, voice)),
            writes=may(actor, Action.WRITE_OVERVIEW),
            method=overview_method(overview, voice),
            others=tuple(
                (one.title, f"/rounds/{one.key}/overview") for one in rounds if one.key != overview.round_key
            ),
        )


@dataclass(frozen=True, slots=True)
class NoOverviewPage:
    """overviews/none.html; ``coordinates``: whoever reads it also closes the rounds."""

    coordinates: bool

    @classmethod
    def of(cls, actor: Person) -> "NoOverviewPage":
        """Return the page for a person."""
        return cls(may(actor, Action.RUN_ROUND))


def sections(words: Wording) -> dict[str, str]:
    """Return the headings that sentences point to, by key."""
    return {
        "recurring": words.text("Fund, der går igen"),
        "method": words.text("Metode og begrænsninger"),
        "checksums": words.text("Kontrolsummer"),
    }


def _development(overview: Overview, words: Wording) -> Iterator[DevelopmentPart]:
    for one in overview.development:
        yield DevelopmentPart(
            title=development_sentences.title_of(one, overview),
            head=tuple(development_sentences.development_head(one, words)),
            rows=tuple(map(tuple, development_sentences.development_rows(one, words))),
        )


def _about(overview: Overview, voice: PageVoice) -> tuple[str, ...]:
    """Return what stands on the cover of the PDF under the name."""
    words = voice.words
    checklists = (html(cover_line(used, voice)) for used in overview.checklists)
    return (
        sentence(period(overview.first_day, overview.last_day, words)),
        words.text(
            "{municipality} · udgivet {day}", municipality=overview.municipality, day=overview.issued_on
        ),
        *checklists,
    )
