"""When the cases of a round are due, in words."""

from datetime import date

from lirk.wording.speech import Wording


def deadline_text(deadline: date, words: Wording) -> str:
    """Return the deadline as a sentence by itself."""
    return words.text("Frist {day}.", day=deadline)


def deadline_line(deadline: date, today: date, words: Wording) -> str:
    """Return the deadline, and how far away it is."""
    left = (deadline - today).days
    if left < 0:
        return words.plural(
            "Frist {day}; fristen er overskredet med {count} dag",
            "Frist {day}; fristen er overskredet med {count} dage",
            -left,
            day=deadline,
        )
    if left == 0:
        return words.text("Frist {day}, det er i dag", day=deadline)
    return words.plural("Frist {day}, om {count} dag", "Frist {day}, om {count} dage", left, day=deadline)
