"""Gaps in the serial numbers of case numbers, in words: a note for the coordinator, never a filter."""

from collections.abc import Iterable

from lirk.domain.serials import YearNote
from lirk.wording.catalogue import N_
from lirk.wording.speech import Wording
from sampling.gaps import YearGaps

#: Stands above the years wherever they are told.
ABOUT = N_(
    "Et register over afgørelser har altid huller i numrene: sager uden afgørelse har også numre. "
    "Hold øje med, om andelen ændrer sig fra runde til runde."
)


def year_lines(words: Wording, notes: Iterable[YearNote]) -> tuple[str, ...]:
    """Return a line for each year: its numbers, cases and missing numbers, and the share of the earlier round."""
    return tuple(_line(words, note) for note in notes)


def things_to_look_into(words: Wording, notes: Iterable[YearNote]) -> tuple[str, ...]:
    """Return a sentence for each year in which the share changed suddenly, and one where rounds cannot be compared."""
    told = tuple(notes)
    others = sorted({note.round for note in told if note.earlier is not None and note.change is None})
    return (
        *(_sudden(words, note) for note in told if note.change is not None and note.change.sudden),
        *(
            words.text(
                "Runde {round} har andre måneder med, så andelene kan ikke sammenlignes med de nye.",
                round=round_,
            )
            for round_ in others
        ),
    )


def _line(words: Wording, note: YearNote) -> str:
    now = note.now
    values = {
        "year": str(now.year),
        "numbers": _numbers(words, now),
        "cases": words.plural("{count} sag", "{count} sager", now.cases),
    }
    share = _missing(words, now)
    if not share:
        return words.text("{year}: {numbers}, {cases}; for få til at vise huller.", **values)
    parts = [
        words.text(
            "{year}: {numbers}, {cases}, {missing} ({share}).",
            **values,
            missing=words.plural("{count} nummer mangler", "{count} numre mangler", now.missing),
            share=share,
        )
    ]
    if now.skipped:
        parts.append(words.text("Dertil springer rækken {count} numre over.", count=now.skipped))
    if note.earlier is not None and (before := _missing(words, note.earlier)):
        parts.append(
            words.text(
                "I runde {round} var det {share} for {year}.",
                round=note.round,
                year=str(note.earlier.year),
                share=before,
            )
        )
    return " ".join(parts)


def _numbers(words: Wording, year: YearGaps) -> str:
    if year.series > 1:
        return words.plural("{count} nummerrække", "{count} nummerrækker", year.series)
    if year.first == year.last:
        return words.text("nummer {number}", number=str(year.first))
    return words.text("numrene {first}–{last}", first=str(year.first), last=str(year.last))


def _sudden(words: Wording, note: YearNote) -> str:
    earlier = note.earlier or note.now
    values = {
        "year": str(note.now.year),
        "now": _missing(words, note.now),
        "round": note.round,
        "before": str(earlier.year),
        "then": _missing(words, earlier),
    }
    if note.change is not None and note.change.change is not None and note.change.change > 0:
        return words.text(
            "I {year} mangler kun {now} af numrene mod {then} for {before} i runde {round}. Det er næppe tilfældigt. "
            "Se efter, om filen har fået rækker med, som ikke er afgørelser, eller om noget manglede dengang.",
            **values,
        )
    return words.text(
        "I {year} mangler {now} af numrene mod {then} for {before} i runde {round}. Det er næppe tilfældigt. "
        "Det behøver ikke være en fejl, men se efter, om alle afgørelser er kommet med i filen.",
        **values,
    )


def _missing(words: Wording, year: YearGaps) -> str:
    present = year.share_present
    return "" if present is None else words.percent(1 - present)
