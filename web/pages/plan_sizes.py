"""plans/sizes.html: how many cases of each centre, by cases, hours or precision, and what that says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lirk.domain.plan_sizes import (
    Costs,
    DecisionRule,
    SizePlan,
    decision_rule,
    sizes_for_hours,
    sizes_for_precision,
)
from lirk.domain.planning import FrameSummary, Sizes, Step
from lirk.services.plan_sizes import plan_by_cases
from lirk.services.planning import PlanPage
from lirk.wording import N_, Wording
from lirk.wording import plan_size_lines as lines
from lirk.wording.planning import SIZE_METHODS
from web.forms import FieldError, Form
from web.pages.plans import PlanHead, by_name

#: Half widths that can be asked for, in percentage points.
PRECISIONS = (10, 15, 20)
#: What sizes can be worked out from.
WAYS = {
    "cases": N_("et antal sager"),
    "hours": N_("de timer, I har"),
    "precision": N_("hvor sikkert resultatet skal være"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeRow:
    """One centre: its cases, its own size where it has one, what is drawn, and what can then be said."""

    field: str
    centre: str
    population: str
    own: str
    drawn: str
    hours: str
    limits: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """The decision rule of one centre in sentences."""

    centre: str
    rule: str
    saved: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SizesPage:
    """The numbers as they were typed, and each centre with what comes of them.

    ``sum`` is empty where the numbers do not fit; ``within`` where no hours were typed; ``stopping`` where there
    is no rule.
    """

    head: PlanHead
    ways: tuple[tuple[str, str], ...]
    way: str
    methods: tuple[tuple[str, str], ...]
    method: str
    n: str
    minimum: str
    reserve: str
    precisions: tuple[tuple[str, str], ...]
    precision: str
    hours: str
    good: str
    poor: str
    within: str
    rows: tuple[SizeRow, ...]
    rules: tuple[RuleRow, ...]
    stopping: str
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
        typed = form or _as_typed(kept)
        found = plan_by_cases(shown, summary.centres) if shown else None
        way = typed.value("by")
        rules = tuple(_rules(found, typed, words)) if found else ()
        return cls(
            head=PlanHead.of(page, words, Step.SIZES),
            ways=tuple((name, words.text(text)) for name, text in WAYS.items()),
            way=way if way in WAYS else "cases",
            methods=tuple((name, words.text(text)) for name, text in SIZE_METHODS.items()),
            method=typed.value("method"),
            n=typed.value("n"),
            minimum=typed.value("minimum"),
            reserve=typed.value("reserve"),
            precisions=tuple(
                (str(one), words.text("{points} procentpoint til hver side", points=one))
                for one in PRECISIONS
            ),
            precision=str(_precision(typed)),
            hours=typed.value("hours"),
            good=typed.value("good"),
            poor=typed.value("poor"),
            within=_within(typed, words),
            rows=tuple(_rows(summary.centres, kept, found, words, form)),
            rules=rules,
            stopping=lines.stopping_text(words) if rules else "",
            sum=lines.hours_text(words, found, Costs()) if found else "",
        )


def sizes_of(page: PlanPage, form: Form, words: Wording) -> tuple[Sizes | None, list[FieldError]]:
    """Return the sizes that a form describes, or None and what cannot be read."""
    errors: list[FieldError] = []
    summary = page.plan.settings.summary
    centres = by_name(summary.centres) if summary else []
    minimum = _count(form, "minimum", words, errors) or 0
    reserve = _count(form, "reserve", words, errors)
    own = {
        centre: count
        for place, (centre, _) in enumerate(centres)
        if (count := _count(form, f"own-{place}", words, errors)) is not None
    }
    errors += _rule_errors(form, words)
    sizes = _sizes(form, dict(centres), own, words, errors)
    if errors or sizes is None:
        return None, errors
    return replace(sizes, minimum=minimum, reserve=reserve), errors


def _sizes(
    form: Form, centres: Mapping[str, int], own: Mapping[str, int], words: Wording, errors: list[FieldError]
) -> Sizes | None:
    """Return the sizes by what the form works them out from."""
    if form.value("by") == "precision":
        return sizes_for_precision(_precision(form) / 100, centres, own)
    if form.value("method") not in SIZE_METHODS:
        errors.append(FieldError("method", words.text("Vælg en måde.")))
        return None
    if form.value("by") == "hours":
        return _sizes_for_hours(form, centres, own, words, errors)
    n = _count(form, "n", words, errors, least=1)
    if n is None and not any(error.field == "n" for error in errors):
        errors.append(FieldError("n", words.text("Skriv, hvor mange sager der skal trækkes.")))
    return None if n is None else Sizes(method=form.value("method"), n=n, exceptions=own)


def _sizes_for_hours(
    form: Form, centres: Mapping[str, int], own: Mapping[str, int], words: Wording, errors: list[FieldError]
) -> Sizes | None:
    hours = _decimal(form.value("hours"))
    if hours is None:
        errors.append(FieldError("hours", words.text("Skriv, hvor mange timer I har, fx 40 eller 37,5.")))
        return None
    sizes = sizes_for_hours(hours, centres, form.value("method"), Costs(), own)
    if not sizes.n:
        errors.append(
            FieldError(
                "hours", words.text("Så få timer er ikke nok til sager fra centrene. Skriv flere timer.")
            )
        )
    return sizes


def _rule_errors(form: Form, words: Wording) -> list[FieldError]:
    """Return what is wrong with the shares of the decision rule; both may be left out."""
    if not form.value("good") and not form.value("poor"):
        return []
    good, poor = (_share(form.value(name)) for name in ("good", "poor"))
    told = words.text("Skriv en procent fra 0 til 100, fx 5.")
    errors = [FieldError(name, told) for name, share in (("good", good), ("poor", poor)) if share is None]
    if good is not None and poor is not None and good >= poor:
        errors.append(
            FieldError(
                "good", words.text("Det, der er godt nok, skal være en mindre andel end det, der ikke er.")
            )
        )
    return errors


def _as_typed(kept: Sizes) -> Form:
    """Return sizes that are kept as the form that would describe them."""
    values = {
        "by": "cases",
        "method": kept.method,
        "n": str(kept.n),
        "minimum": str(kept.minimum or ""),
        "reserve": "" if kept.reserve is None else str(kept.reserve),
        "good": "5",
        "poor": "20",
    }
    return Form({name: (value,) for name, value in values.items()})


def _precision(form: Form) -> int:
    text = form.value("precision")
    return int(text) if text in {str(one) for one in PRECISIONS} else 15


def _decimal(text: str) -> float | None:
    """Return a number as Danes write it, or None: thousands with points, tenths after a comma."""
    plain = text.replace(".", "").replace(",", ".")
    return float(plain) if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", plain) else None


def _share(text: str) -> float | None:
    percent = _decimal(text)
    return None if percent is None or percent > 100 else percent / 100


def _count(form: Form, name: str, words: Wording, errors: list[FieldError], least: int = 0) -> int | None:
    text = form.value(name).replace(".", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 7 and int(text) >= least):
        errors.append(FieldError(name, words.text("Skriv et helt tal fra {least} og op.", least=least)))
        return None
    return int(text)


def _rows(
    centres: Mapping[str, int], kept: Sizes, found: SizePlan | None, words: Wording, form: Form | None
) -> list[SizeRow]:
    sized = {line.centre: line for line in found.lines} if found else {}
    rows = []
    for place, (centre, population) in enumerate(by_name(centres)):
        line = sized.get(centre)
        own = form.value(f"own-{place}") if form else str(kept.exceptions.get(centre, ""))
        rows.append(
            SizeRow(
                field=f"own-{place}",
                centre=centre,
                population=words.number(population),
                own=own,
                drawn=words.number(line.n) if line else "",
                hours=words.number(line.n * Costs().hours_a_case, 1) if line else "",
                limits=lines.limits_text(words, line) if line and not line.census else "–" if line else "",
                meaning=lines.enough_text(words, line) if line else "",
            )
        )
    return rows


def _rules(found: SizePlan, form: Form, words: Wording) -> list[RuleRow]:
    """Return the rule of each centre of which a part is read: where all are read, there is nothing to decide."""
    good, poor = _share(form.value("good")), _share(form.value("poor"))
    if good is None or poor is None or good >= poor:
        return []
    sized = {line.centre: line for line in found.lines}
    return [
        _rule(centre, decision_rule(sized[centre].n, population, good, poor), words)
        for centre, population in by_name({line.centre: line.population for line in found.lines})
        if sized[centre].n and not sized[centre].census
    ]


def _rule(centre: str, rule: DecisionRule, words: Wording) -> RuleRow:
    return RuleRow(centre=centre, rule=lines.rule_text(words, rule), saved=lines.curtailed_text(words, rule))


def _within(form: Form, words: Wording) -> str:
    hours = _decimal(form.value("hours"))
    if hours is None:
        return ""
    cases = lines.cases_text(words, Costs().cases(hours))
    return words.text("På {hours} kan I nå {cases}.", hours=lines.hours_of(words, hours), cases=cases)
