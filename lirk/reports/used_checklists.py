"""Which checklists a report rests on: id, version, the day of its law, and the set of items that was asked."""

from collections.abc import Iterable

from lirk.domain.item_sets import ItemSet
from lirk.domain.reports import UsedChecklist
from lirk.reports.markup import Markup
from lirk.reports.voice import Voice
from lirk.wording import Wording
from lirk.wording.item_sets import items_text


def cover_line(used: UsedChecklist, voice: Voice) -> Markup:
    """Return a checklist with its version, the day on which its law was right, and its items."""
    said = voice.say.text(
        "Tjekliste: {title}, version {version}, retsgrundlag pr. {day}",
        title=used.title,
        version=used.version,
        day=used.status_date,
    )
    return Markup.joined(", ", [said, *_items(used, voice.words)])


def identified(used: UsedChecklist, words: Wording) -> str:
    """Return all that tells a checklist from every other one."""
    said = words.text(
        "{title} ({id}), version {version}, retsgrundlag pr. {day}",
        title=used.title,
        id=used.checklist_id,
        version=used.version,
        day=used.status_date,
    )
    return ", ".join([said, *_items(used, words)])


def sets_of_items(checklists: Iterable[UsedChecklist], voice: Voice) -> list[Markup]:
    """Return which items were asked of each checklist where there was a choice."""
    return [_set(used, voice) for used in checklists if used.items.choice]


def _set(used: UsedChecklist, voice: Voice) -> Markup:
    named = {"title": used.title, "used": used.items.used, "count": used.items.of}
    if used.items.items is ItemSet.CORE:
        return voice.say.text(
            "Af tjeklisten {title} er kernesættet brugt: {used} af {count} punkter.", **named
        )
    return voice.say.text("Af tjeklisten {title} er alle {count} punkter brugt.", **named)


def _items(used: UsedChecklist, words: Wording) -> list[str]:
    return [said] if (said := items_text(used.items, words)) else []
