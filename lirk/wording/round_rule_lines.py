"""The rules of a round as lines: what is decided."""

from collections.abc import Iterator

from lirk.domain.round_rules import RoundRules
from lirk.wording.speech import Wording


def rules_rows(rules: RoundRules, words: Wording) -> Iterator[tuple[str, str]]:
    """Yield what is decided, for a reader: one line a rule."""
    yield (
        words.text("Det beregnede resultat"),
        words.text("vises, før sagen afsluttes") if rules.shows_result else words.text("vises ikke"),
    )
    yield (
        words.text("Sager fra ens eget center"),
        words.text("gennemgås af andre") if rules.bars_own_centre else words.text("må gennemgås"),
    )
    yield (
        words.text("Gennemgås af to"),
        words.text("{percent} % af sagerne", percent=rules.double_percent)
        if rules.double_percent
        else words.text("ingen sager"),
    )
    yield words.text("Frist"), words.date(rules.deadline) if rules.deadline else words.text("ingen")
