"""The pages of a review sheet that are read: how it is filled in, and the guidance to its items."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checklists.model import Item
from lirk.domain.item_sets import ItemsUsed
from lirk.domain.review_sheets import ReviewSheet
from lirk.wording import N_, Wording
from lirk.wording.item_sets import items_text
from lirk.wording.review_sheets import HEADINGS, RULED_OUT

#: The name of the sheet with the whole guidance; a message at a cell holds only its beginning.
GUIDANCE = N_("Vejledning til punkterne")


@dataclass(frozen=True, slots=True)
class Section:
    """A title with lines under it, each of a label and a text."""

    title: str
    lines: tuple[tuple[str, str], ...]


def instructions(
    sheet: ReviewSheet, words: Wording, facts_sheet: str, checklist_sheets: Sequence[str]
) -> tuple[Section, ...]:
    """Return the instructions for one sheet; the names are those of the sheets to fill in."""
    return (
        Section(
            words.text("Gennemgangsskema"),
            (
                (words.text("Runde"), sheet.round_title),
                (words.text("Gennemgås af"), sheet.reviewer),
                (words.text("Sager"), words.number(len(sheet.cases))),
                *_checklists(sheet, words),
            ),
        ),
        Section(words.text("Sådan gør du"), _steps(words, facts_sheet, checklist_sheets)),
        Section(words.text("Hvad svarene betyder"), _meanings(sheet, words)),
    )


def _checklists(sheet: ReviewSheet, words: Wording) -> Iterator[tuple[str, str]]:
    """Yield the checklists with id, version, the day of their law, and the set of items that is asked."""
    for checklist in sheet.checklists:
        said = words.text(
            "{title} ({id}), version {version}, retsgrundlag pr. {day}",
            title=checklist.title.in_(words.language),
            id=checklist.id,
            version=checklist.version,
            day=checklist.status_date,
        )
        items = items_text(sheet.items.get(checklist.id, ItemsUsed()), words)
        yield words.text("Tjekliste"), ", ".join(filter(None, (said, items)))


def _steps(words: Wording, facts_sheet: str, checklist_sheets: Sequence[str]) -> tuple[tuple[str, str], ...]:
    answers = HEADINGS["answer"]
    return (
        (
            words.text("1. Sagen og fakta"),
            words.text(
                "Begynd på arket »{sheet}«. Svar på, om sagen kan gennemgås, og udfyld sagens fakta. "
                "Grå felter kommer fra registret og kan ikke ændres.",
                sheet=facts_sheet,
            ),
        ),
        (
            words.text("2. Punkterne"),
            words.text(
                "Gå videre til {sheets}. Vælg svaret på listen i kolonnen »{column}«. Et punkt, der ikke "
                "gælder for sagen efter dens fakta, skal stå tomt; nogle er på forhånd mærket »{ruled_out}«.",
                sheets=[f"»{name}«" for name in checklist_sheets],
                column=words.text(answers),
                ruled_out=words.text(RULED_OUT),
            ),
        ),
        (
            words.text("3. Noter"),
            words.text(
                "Vælg feltet for at se, hvornår en note er krævet. Skriv kort, hvad du så i sagen. "
                "Skriv ikke navne eller cpr-numre. Hele vejledningen står på arket »{sheet}«.",
                sheet=words.text(GUIDANCE),
            ),
        ),
        (
            words.text("4. Kan sagen ikke gennemgås?"),
            words.text(
                "Vælg hvorfor, og lad resten af sagens rækker stå tomme. En sag uden for rammen bliver "
                "erstattet; en sag, der ikke findes, eller som du ikke kan åbne, bliver talt med."
            ),
        ),
        (
            words.text("5. Aflevering"),
            words.text(
                "Gem filen som .xlsx, og giv den til koordinatoren. Du kan aflevere, før alt er besvaret: "
                "tomme svar er ubesvarede. Slet ingen rækker, kolonner eller ark."
            ),
        ),
    )


def _meanings(sheet: ReviewSheet, words: Wording) -> tuple[tuple[str, str], ...]:
    """Return the answers that the checklists offer and whose meaning is general, once each."""
    told = {
        "positive": words.text("Kravet er opfyldt."),
        "partial": words.text("Kravet er kun delvist opfyldt."),
        "negative": words.text("Kravet er ikke opfyldt."),
        "not_applicable": words.text("Punktet gælder ikke for denne sag."),
        "cannot_assess": words.text("Sagen viser ikke, om kravet er opfyldt. Det er i sig selv et fund."),
    }
    lines: dict[str, str] = {}
    for checklist in sheet.checklists:
        for item in checklist.items:
            for answer in item.answers:
                if answer.meaning in told:
                    lines.setdefault(answer.text.in_(words.language), told[answer.meaning])
    return tuple(lines.items())


def guidance(sheet: ReviewSheet, words: Wording) -> Iterator[Section]:
    """Yield each theme with its questions, and under each question guidance and legal basis."""
    for checklist in sheet.checklists:
        title = checklist.title.in_(words.language)
        lines = [
            (fact.question.in_(words.language), without_marks(fact.guidance.in_(words.language)))
            for fact in checklist.facts
        ]
        if lines:
            yield Section(f"{title}: {words.text('Fakta om sagen')}", tuple(lines))
        for theme in checklist.themes:
            yield Section(
                f"{title}: {theme.title.in_(words.language)}",
                tuple((item.question.in_(words.language), _guidance_to(item, words)) for item in theme.items),
            )


def _guidance_to(item: Item, words: Wording) -> str:
    parts = [without_marks(item.guidance.in_(words.language))]
    for reference in item.references:
        text = reference.text.in_(words.language)
        if reference.verified:
            parts.append(words.text("Retsgrundlag: {reference}", reference=text))
        else:
            parts.append(words.text("Retsgrundlag (ikke kontrolleret): {reference}", reference=text))
    return "\n".join(filter(None, parts))


def without_marks(markdown: str) -> str:
    """Return guidance as plain text: no emphasis, links as their text, lines and list dashes kept."""
    linked = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    return re.sub(r"[*`]+|(?m:^#+\s+)", "", linked).strip()
