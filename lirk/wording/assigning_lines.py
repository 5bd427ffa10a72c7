"""How long work can be expected to take, for pages and terminal."""

from lirk.wording.speech import Wording


def hours_text(minutes: int, words: Wording) -> str:
    """Return an expected time in words, to the hour: ``ca. 4 timer``."""
    hours = (minutes + 30) // 60
    if not minutes:
        return "–"
    if not hours:
        return words.text("under en halv time")
    return words.plural("ca. {count} time", "ca. {count} timer", hours)
