"""Which of a checklist's items a round asks, as a person says it."""

from lirk.domain.item_sets import Asked, ItemSet, ItemsUsed
from lirk.wording.speech import Wording


def items_text(used: ItemsUsed, words: Wording) -> str:
    """Return the set with its count of items; empty where all items are core, so that there is no choice."""
    if not used.choice:
        return ""
    if used.items is ItemSet.CORE:
        return words.text("kernesæt, {used} af {count} punkter", used=used.used, count=used.of)
    return words.text("alle {count} punkter", count=used.of)


def set_name(used: ItemsUsed, words: Wording) -> str:
    """Return what the set is called, beside a count that is of one case; empty where there is no choice."""
    if not used.choice:
        return ""
    return words.text("kernesæt") if used.items is ItemSet.CORE else words.text("alle punkter")


def asked_text(one: Asked, words: Wording) -> str:
    """Return a checklist as a round asks it: title, version, set of items."""
    named = words.text(
        "{title}, version {version}",
        title=one.checklist.title.in_(words.language),
        version=str(one.checklist.version),
    )
    return ", ".join(filter(None, (named, items_text(one.items, words))))
