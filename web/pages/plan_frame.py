"""plans/frame.html: which cases belong to the frame, rule by rule, and what is left out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lirk.domain.alphabet import danish_key
from lirk.domain.planning import FrameSummary, Step
from lirk.domain.rounds import Round, RoundState
from lirk.domain.serials import YearNote
from lirk.services.planning import PlanPage
from lirk.wording import Wording
from lirk.wording.exclusions import exclusion_text
from lirk.wording.reports import OUTCOMES
from lirk.wording.serials import ABOUT, things_to_look_into, year_lines
from web.forms import FieldError, Form, parse_day
from web.pages.plans import PlanHead, by_name, lines_of

Choice = tuple[str, str]
#: Filters with a list of values, by the column that they are about.
LISTS = {"case_type": "case_types", "kle_number": "kle_numbers", "facet": "facets"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """A rule, how many rows it leaves out, and how many are left after it."""

    text: str
    count: str
    left: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListField:
    """A filter with one value a line, and the values that the file has."""

    name: str
    column: str
    text: str
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FramePage:
    """The filters, the counts that they come to, the exclusions, and the approval.

    ``gaps`` are lines about gaps in the case numbers, ``gap_changes`` what there is to look into of them;
    ``typed`` holds what was typed into the form of exclusions.
    """

    head: PlanHead
    first: str
    last: str
    outcomes: tuple[Choice, ...]
    outcomes_kept: tuple[str, ...]
    centres: tuple[Choice, ...]
    centres_kept: tuple[str, ...]
    lists: tuple[ListField, ...]
    local: bool
    once: bool
    rows: str
    rules: tuple[RuleRow, ...]
    cases: str
    by_centre: tuple[tuple[str, str], ...]
    by_outcome: tuple[tuple[str, str], ...]
    days: str
    exclusions: tuple[tuple[str, str], ...]
    earlier: tuple[Choice, ...]
    problems: tuple[str, ...]
    total: int
    remarks: tuple[str, ...]
    gaps: tuple[str, ...]
    gaps_about: str
    gap_changes: tuple[str, ...]
    holds: bool
    approved: bool
    typed: Mapping[str, str]

    @classmethod
    def of(
        cls,
        page: PlanPage,
        summary: FrameSummary,
        rounds: Iterable[Round],
        words: Wording,
        *,
        gaps: Sequence[YearNote] = (),
        filters: Form | None = None,
        exclusion: Form | None = None,
    ) -> "FramePage":
        """Return the page; the forms are those that were refused."""
        settings = page.plan.settings
        keep: Mapping[str, Any] = settings.mapping.get("keep", {})
        centres = _centre_names(settings.mapping, summary)
        names = ("reason", "case_numbers", "round")
        return cls(
            head=PlanHead.of(page, words, Step.FRAME),
            first=filters.value("from") if filters else keep.get("from", ""),
            last=filters.value("to") if filters else keep.get("to", ""),
            outcomes=_outcome_choices(settings.mapping, words),
            outcomes_kept=filters.texts("outcomes") if filters else tuple(keep.get("outcomes", OUTCOMES)),
            centres=tuple((name, name) for name in centres),
            centres_kept=filters.texts("centres") if filters else tuple(keep.get("centres", centres)),
            lists=tuple(_list_fields(settings.mapping, summary, filters)),
            local=filters.flag("local") if filters else bool(keep.get("local_case_numbers")),
            once=filters.flag("once") if filters else bool(keep.get("identical_rows_once")),
            rows=words.number(summary.rows),
            rules=tuple(_rules(summary, words)),
            cases=words.number(summary.cases),
            by_centre=tuple((name, words.number(count)) for name, count in by_name(summary.centres)),
            by_outcome=tuple(
                (words.text(OUTCOMES[code]), words.number(summary.outcomes[code]))
                for code in OUTCOMES
                if code in summary.outcomes
            ),
            days=_days(summary, words),
            exclusions=tuple(
                (rule.reason, words.plural("{count} sagsnummer", "{count} sagsnumre", len(rule.case_numbers)))
                for rule in settings.exclude
            ),
            earlier=tuple(
                (one.key, f"{one.title} ({one.key})")
                for one in rounds
                if one.state is not RoundState.COMMITTED
            ),
            problems=lines_of(words, summary.problems),
            total=summary.total,
            remarks=lines_of(words, summary.remarks),
            gaps=year_lines(words, gaps),
            gaps_about=words.text(ABOUT),
            gap_changes=things_to_look_into(words, gaps),
            holds=summary.holds,
            approved=settings.approved,
            typed={name: exclusion.value(name) if exclusion else "" for name in names},
        )


def keep_of(page: PlanPage, form: Form, words: Wording) -> tuple[dict[str, Any], list[FieldError]]:
    """Return the filters that a form describes, and the days that cannot be read."""
    keep: dict[str, Any] = {}
    errors = []
    for name in ("from", "to"):
        if form.value(name):
            day = parse_day(form.value(name))
            if day is None:
                errors.append(FieldError(name, words.text("Skriv dagen som 22.11.2026.")))
            else:
                keep[name] = day.isoformat()
    settings = page.plan.settings
    summary = settings.summary
    centres = _centre_names(settings.mapping, summary) if summary else ()
    choices = {"outcomes": tuple(OUTCOMES)[:-1], "centres": centres}
    for name, every in choices.items():
        chosen = [value for value in every if value in form.texts(name)]
        if chosen and len(chosen) < len(every):
            keep[name] = chosen
    for name in LISTS.values():
        lines = list(dict.fromkeys(line.strip() for line in form.value(name).split("\n") if line.strip()))
        if lines:
            keep[name] = lines
    if form.flag("local"):
        keep["local_case_numbers"] = True
    if form.flag("once"):
        keep["identical_rows_once"] = True
    return keep, errors


def _rules(summary: FrameSummary, words: Wording) -> Iterable[RuleRow]:
    left = summary.rows
    for rule in summary.excluded:
        left -= rule.count
        text = exclusion_text(words, rule.reason, rule.value)
        yield RuleRow(text=text, count=words.number(rule.count), left=words.number(left))


def _outcome_choices(mapping: Mapping[str, Any], words: Wording) -> tuple[Choice, ...]:
    if "outcome" not in mapping.get("columns", {}):
        return ()
    return tuple((code, words.text(name)) for code, name in OUTCOMES.items() if code != "not-a-decision")


def _centre_names(mapping: Mapping[str, Any], summary: FrameSummary) -> tuple[str, ...]:
    names = mapping.get("centre", {})
    spellings = summary.values.get("centre", {})
    return tuple(sorted({names.get(one, one) for one in spellings}, key=danish_key))


def _list_fields(mapping: Mapping[str, Any], summary: FrameSummary, form: Form | None) -> Iterable[ListField]:
    keep = mapping.get("keep", {})
    for column, name in LISTS.items():
        if column in mapping.get("columns", {}) or name in keep:
            text = form.value(name) if form else "\n".join(keep.get(name, ()))
            known = tuple(sorted(summary.values.get(column, {}), key=danish_key))
            yield ListField(name=name, column=column, text=text, known=known)


def _days(summary: FrameSummary, words: Wording) -> str:
    if summary.first_day is None or summary.last_day is None:
        return ""
    return words.text("{first} til {last}", first=summary.first_day, last=summary.last_day)
