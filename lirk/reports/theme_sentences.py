"""What page one of the overview says of a theme."""

from collections.abc import Sequence

from lirk.domain.reports import Overview, PooledTheme, RoundedLevel
from lirk.reports.desk import Desk
from lirk.reports.markup import Markup

MOST = 3


def patterns_going_well(overview: Overview, desk: Desk) -> list[Markup]:
    """Return at most three themes that go well across the municipality, or why none is named."""
    if not overview.themes:
        return [no_numbers(desk)]
    none = desk.say.text("Målingen giver ikke grundlag for at fremhæve et tema.")
    return _sentences(overview.going_well, desk) or [none]


def joint_effort(overview: Overview, desk: Desk) -> list[Markup]:
    """Return at most three themes that need all centres together, or that none is named."""
    if not overview.themes and not overview.joint_effort:
        return [
            desk.say.text(
                "Der nævnes ingen temaer i denne runde. Hvert center arbejder med sin egen rapport."
            )
        ]
    none = desk.say.text("Målingen peger ikke på et tema, der kræver en fælles indsats.")
    return _sentences(overview.joint_effort, desk) or [none]


def no_numbers(desk: Desk) -> Markup:
    """Return why an overview of few centres shows no numbers."""
    return desk.say.text(
        "Færre end fem centre er målt. Så få, at tal for hele kommunen kunne røbe et enkelt centers resultat; derfor "
        "viser overblikket kun deltagelse og ord."
    )


def _sentences(themes: Sequence[PooledTheme], desk: Desk) -> list[Markup]:
    return [_sentence(theme, desk) for theme in themes[:MOST]]


def _sentence(theme: PooledTheme, desk: Desk) -> Markup:
    say, title = desk.say, Markup.strong(theme.title)
    if theme.percent is not None:
        return say.text(
            "I temaet {theme} er alle punkter opfyldt i omkring {share} af de relevante sager.",
            theme=title,
            share=desk.words.percent(theme.percent / 100),
        )
    if theme.level is RoundedLevel.NEARLY_ALL:
        return say.text(
            "I temaet {theme} er alle punkter opfyldt i næsten alle relevante sager.", theme=title
        )
    if theme.level is RoundedLevel.FEW:
        return say.text(
            "I temaet {theme} er alle punkter opfyldt i få eller ingen relevante sager.", theme=title
        )
    return say.text("Temaet {theme} (tallet vises ikke).", theme=title)
