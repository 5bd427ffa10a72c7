"""Phrases that several parts of a report share."""

from collections.abc import Mapping
from datetime import date

from lirk.domain.overview_values import Overview
from lirk.domain.reports import CentreReport, Counts, ItemResult, Share
from lirk.reports.charts import by_result
from lirk.reports.markup import Markup
from lirk.reports.voice import Voice
from lirk.wording import Wording
from lirk.wording.reports import MADE_UP, RESULTS


def measured(report: CentreReport) -> bool:
    """Return whether any case was read to the end, so that something can be said of the centre."""
    return any(checklist.reviewed for checklist in report.checklists)


def period(first: date | None, last: date | None, words: Wording) -> str:
    """Return the period of the decisions."""
    if first and last:
        return words.text("sager afgjort {first} – {last}", first=first, last=last)
    if first:
        return words.text("sager afgjort fra {first}", first=first)
    if last:
        return words.text("sager afgjort til og med {last}", last=last)
    return words.text("alle sager i registret")


def made_up(report: CentreReport | Overview, words: Wording) -> str:
    """Return what of a demonstration is made up; nothing of a real round is."""
    return words.text(MADE_UP[report.made_up]) if report.made_up else ""


def known(table: Mapping[str, str], code: str | None, words: Wording) -> str:
    """Return the words for a code; a code of the municipality's own stands as it is."""
    if code is None:
        return "–"
    return words.text(table[code]) if code in table else code


def sentence(text: str) -> str:
    """Return a phrase with a capital letter."""
    return text[:1].upper() + text[1:]


def ended(text: str) -> str:
    """Return a text that somebody wrote, or an abbreviation ends, with one full stop at its end."""
    text = text.rstrip().rstrip(":;,")
    return text if text.rstrip("»«\"')]”").endswith((".", "!", "?", "…")) else f"{text}."


def law(item: ItemResult, voice: Voice, *, most: int | None = None) -> Markup:
    """Return the references of an item, with the mark of those that no lawyer has checked."""
    shown = item.references[:most]
    parts = ["; ".join(shown)]
    if len(shown) < len(item.references):
        parts.append(voice.words.text("m.fl."))
    if shown and not item.verified:
        parts.append(voice.words.text("(ikke kontrolleret)").replace(" ", "\u00a0"))
    return Markup.joined(" ", parts)


def breached(counts: Counts, voice: Voice) -> Markup:
    """Return how many cases an item was not, or not wholly, met in: ``Ikke opfyldt i 9 af 41 …``; of none, so."""
    say, amounts = voice.say, {"breached": counts.breached, "assessed": counts.assessed}
    if not counts.assessed:
        return say.text("Ingen relevante sager er vurderet.")
    if not counts.breached:
        return say.plural(
            "Opfyldt i den ene relevante sag.",
            "Opfyldt i alle {count} relevante sager.",
            counts.assessed,
        )
    if not counts.partly:
        return say.plural(
            "Ikke opfyldt i den ene relevante sag.",
            "Ikke opfyldt i {breached} af {assessed} relevante sager.",
            counts.assessed,
            **amounts,
        )
    if not counts.no:
        return say.plural(
            "Kun delvist opfyldt i den ene relevante sag.",
            "Kun delvist opfyldt i {breached} af {assessed} relevante sager.",
            counts.assessed,
            **amounts,
        )
    # Not met in one and partly in another: these are two at least.
    return say.text("Ikke eller kun delvist opfyldt i {breached} af {assessed} relevante sager.", **amounts)


def answers(counts: Counts, voice: Voice) -> Markup:
    """Return the cases by answer: ``Ja 32 · Delvist 3 · …``."""
    words = voice.words
    parts = (
        f"{words.text(RESULTS[result])} {words.number(count)}" for result, count in by_result(counts).items()
    )
    return Markup.joined(" · ", parts)


def breached_likely(item: ItemResult, voice: Voice) -> Markup:
    """Return ``breached``, and in how many of the centre's cases that probably is so, where it can be said."""
    seen = breached(item.counts, voice)
    if item.share is None or item.share.census or not item.counts.breached:
        return seen
    fewest, most = cases_breached(item.share)
    likely = voice.say.text(
        "I hele centret sandsynligvis mellem {lower} og {upper} sager.", lower=fewest, upper=most
    )
    return Markup.joined(" ", [seen, likely])


def cases_breached(share: Share) -> tuple[int, int]:
    """Return the fewest and the most of the centre's cases that are not, or not wholly, in order."""
    return share.population - share.count_upper, share.population - share.count_lower
