"""plans/sizes.html: how many cases of each centre, and what that says."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lirk.domain.planning import FrameSummary, Sizes, Step
from lirk.services.plan_sizes import SizeLine, SizePage, cases_within, size_page
from lirk.services.planning import PlanPage
from lirk.wording import Wording
from lirk.wording.planning import SIZE_METHODS
from web.forms import FieldError, Form
from web.pages.plans import PlanHead, by_name

#: Half widths that can be asked for, in percentage points.
PRECISIONS = (10, 15, 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeRow:
    """One centre: its cases, a suggestion, its own size where it has one, what is drawn, and the width in words."""

    field: str
    centre: str
    population: str
    suggested: str
    own: str
    drawn: str
    width: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SizesPage:
    """The method and its numbers as they were typed, and each centre with what comes of it.

    ``sum`` is empty where the numbers do not fit.
    """

    head: PlanHead
    methods: tuple[tuple[str, str], ...]
    method: str
    n: str
    minimum: str
    reserve: str
    precisions: tuple[tuple[str, str], ...]
    precision: str
    hours: str
    within: str
    rows: tuple[SizeRow, ...]
    sum: str

    @classmethod
    def of(
        cls,
        page: PlanPage,
        summary: FrameSummary,
        words: Wording,
        *,
        sizes: Sizes | None = None,
        form: Form | None = None,
    ) -> "SizesPage":
        """Return the page; ``sizes`` are those that the form describes, None where it cannot be read."""
        kept = page.plan.settings.sizes or Sizes()
        shown = kept if form is None else sizes
        precision = form.value("precision") if form else "15"
        precision = precision if precision in {str(one) for one in PRECISIONS} else "15"
        found = size_page(shown, summary.centres, int(precision) / 100) if shown else None
        hours = form.value("hours") if form else ""
        return cls(
            head=PlanHead.of(page, words, Step.SIZES),
            methods=tuple((name, words.text(text)) for name, text in SIZE_METHODS.items()),
            method=form.value("method") if form else kept.method,
            n=form.value("n") if form else str(kept.n),
            minimum=form.value("minimum") if form else str(kept.minimum or ""),
            reserve=form.value("reserve") if form else "" if kept.reserve is None else str(kept.reserve),
            precisions=tuple(
                (str(one), words.text("{points} procentpoint til hver side", points=one))
                for one in PRECISIONS
            ),
            precision=precision,
            hours=hours,
            within=_within(hours, words),
            rows=tuple(_rows(summary.centres, kept, found, words, form)),
            sum=_sum(found, words) if found else "",
        )


def sizes_of(page: PlanPage, form: Form, words: Wording) -> tuple[Sizes | None, list[FieldError]]:
    """Return the sizes that a form describes, or None and what cannot be read."""
    errors: list[FieldError] = []
    summary = page.plan.settings.summary
    centres = by_name(summary.centres) if summary else []
    if form.value("method") not in SIZE_METHODS:
        errors.append(FieldError("method", words.text("Vælg en måde.")))
    n = _count(form, "n", words, errors, least=1)
    minimum = _count(form, "minimum", words, errors) or 0
    reserve = _count(form, "reserve", words, errors)
    if n is None and not any(error.field == "n" for error in errors):
        errors.append(FieldError("n", words.text("Skriv, hvor mange sager der skal trækkes.")))
    own = {
        centre: count
        for place, (centre, _) in enumerate(centres)
        if (count := _count(form, f"own-{place}", words, errors)) is not None
    }
    if errors or n is None:
        return None, errors
    made = Sizes(method=form.value("method"), n=n, minimum=minimum, reserve=reserve)
    return replace(made, exceptions=own), errors


def _count(form: Form, name: str, words: Wording, errors: list[FieldError], least: int = 0) -> int | None:
    text = form.value(name).replace(".", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 7 and int(text) >= least):
        errors.append(FieldError(name, words.text("Skriv et helt tal fra {least} og op.", least=least)))
        return None
    return int(text)


def _rows(
    centres: Mapping[str, int], kept: Sizes, found: SizePage | None, words: Wording, form: Form | None
) -> list[SizeRow]:
    lines = {line.centre: line for line in found.lines} if found else {}
    return [
        SizeRow(
            field=f"own-{place}",
            centre=centre,
            population=words.number(population),
            suggested=words.number(lines[centre].suggested) if centre in lines else "",
            own=form.value(f"own-{place}") if form else str(kept.exceptions.get(centre, "")),
            drawn=words.number(lines[centre].n) if centre in lines else "",
            width=_width(lines[centre], words) if centre in lines else "",
            note=_note(lines[centre], words) if centre in lines else "",
        )
        for place, (centre, population) in enumerate(by_name(centres))
    ]


def _note(line: SizeLine, words: Wording) -> str:
    if not line.population:
        return words.text("ingen sager i perioden")
    return words.text("alle sager gennemgås") if line.census else ""


def _width(line: SizeLine, words: Wording) -> str:
    if line.census:
        return words.text("ingen usikkerhed fra udtrækket")
    if line.lower is None or line.upper is None:
        return "–"
    return words.interval(line.lower, line.upper)


def _sum(found: SizePage, words: Wording) -> str:
    cases = words.plural("{count} sag", "{count} sager", found.cases)
    return words.text("{cases} i alt, cirka {hours} timer.", cases=cases, hours=round(found.hours))


def _within(hours: str, words: Wording) -> str:
    try:
        given = float(hours.replace(".", "").replace(",", "."))
    except ValueError:
        return ""
    if not 0 <= given < 1_000_000:
        return ""
    cases = words.plural("{count} sag", "{count} sager", cases_within(given))
    return words.text("På {hours} timer kan I nå {cases}.", hours=hours, cases=cases)
