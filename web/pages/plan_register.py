"""plans/register.html and plans/mapping.html: the register's file, and what its columns and values mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lirk.domain.planning import Step
from lirk.services.planned_frames import MOST_VALUES, date_forms
from lirk.services.planning import PlanPage
from lirk.wording import Wording
from lirk.wording.catalogue import N_
from lirk.wording.planning import WITHHELD
from lirk.wording.register import COLUMNS, SEPARATORS
from lirk.wording.reports import OUTCOMES
from web.forms import Form
from web.pages.plans import PlanHead, lines_of

Choice = tuple[str, str]

ENCODINGS = {"utf-8": "UTF-8", "cp1252": "Windows-1252", "mac_roman": "Mac Roman", "utf-16": "UTF-16"}
#: What each of our columns is used for, where its name does not say so.
USES = {
    "case_number": N_("Skal være entydigt og må ikke være et CPR-nummer."),
    "centre": N_("Stikprøven trækkes for hvert center."),
    "decision_date": N_("Afgør, om sagen ligger i perioden."),
    "outcome": N_("Fx bevilling og afslag."),
    "caseworker": N_("Gemmes kun som kontrolsum, så ingen gennemgår sine egne sager."),
    "decision_flag": N_("Ja eller nej: er rækken en afgørelse."),
    "link": N_("Adressen på sagen i sagssystemet."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPage:
    """The upload form, and what came of the file that is kept.

    ``facts`` say how it was read; ``kept`` are the headings that are kept, ``withheld`` those that are not,
    with the reason; ``problems`` and ``remarks`` are lines with their places, ``total`` counts all problems.
    """

    head: PlanHead
    encodings: tuple[Choice, ...]
    separators: tuple[Choice, ...]
    typed: Mapping[str, str]
    facts: tuple[tuple[str, str], ...] = ()
    kept: tuple[str, ...] = ()
    withheld: tuple[tuple[str, str], ...] = ()
    problems: tuple[str, ...] = ()
    total: int = 0
    remarks: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def uploaded(self) -> bool:
        """Whether a register is kept."""
        return bool(self.facts)

    @property
    def read_typed(self) -> bool:
        """Whether something was said of how to read the file."""
        return any(self.typed.values())

    @classmethod
    def of(
        cls, page: PlanPage, words: Wording, form: Form | None = None, refused: tuple[str, ...] = ()
    ) -> "RegisterPage":
        """Return the page; ``refused`` are the lines of a file that could not be read."""
        about, summary = page.about, page.plan.settings.summary
        guessed = ("", words.text("Find selv ud af det"))
        names = ("encoding", "header_row", "separator", "sheet")
        shown = cls(
            head=PlanHead.of(page, words, Step.REGISTER),
            encodings=(guessed, *ENCODINGS.items()),
            separators=(guessed, *((_sign(sign), words.text(name)) for sign, name in SEPARATORS.items())),
            typed={name: form.value(name) if form else "" for name in names},
            refused=refused,
        )
        if about is None or summary is None:
            return shown
        withheld = {int(place): reason for place, reason in about["withheld"].items()}
        headings = about["headings"]
        return cls(
            **{
                name: getattr(shown, name) for name in ("head", "encodings", "separators", "typed", "refused")
            },
            facts=tuple(_facts(about, words)),
            kept=tuple(name for place, name in enumerate(headings) if name and place not in withheld),
            withheld=tuple((headings[at], words.text(WITHHELD[why])) for at, why in sorted(withheld.items())),
            problems=lines_of(words, summary.problems),
            total=summary.total,
            remarks=lines_of(words, [one for one in summary.remarks if one.code != "columns-dropped"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnField:
    """One of our columns, and the heading that it is called by."""

    name: str
    label: str
    hint: str
    chosen: str
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueField:
    """A value of the file, how often it stands there, and what it is with us."""

    name: str
    value: str
    shown: str
    count: str
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingPage:
    """What columns and values mean: ours to the left, the file's to be chosen."""

    head: PlanHead
    headings: tuple[Choice, ...]
    columns: tuple[ColumnField, ...]
    more: tuple[ColumnField, ...]
    date_forms: tuple[Choice, ...]
    date_form: str
    outcomes: tuple[ValueField, ...]
    outcome_choices: tuple[Choice, ...]
    centres: tuple[ValueField, ...]
    centres_cut: bool
    saved: tuple[Choice, ...]
    name: str = ""
    problems: tuple[str, ...] = ()
    total: int = 0

    @property
    def more_chosen(self) -> bool:
        """Whether any of the rarer columns is used."""
        return any(column.chosen for column in self.more)

    @classmethod
    def of(cls, page: PlanPage, words: Wording, form: Form | None = None) -> "MappingPage":
        """Return the page; a form's values stand in place of those that are kept."""
        settings, summary = page.plan.settings, page.plan.settings.summary
        mapping = settings.mapping
        columns = [_column(name, page, words, form) for name in COLUMNS]
        facts = [
            ColumnField(
                name=f"column-{name}",
                label=question.in_(words.language),
                hint="",
                chosen=_typed(form, f"column-{name}", mapping.get("columns", {}).get(name, "")),
            )
            for name, question in page.facts
        ]
        guess = ("", words.text("Find selv ud af det"))
        values = summary.values if summary else {}
        return cls(
            head=PlanHead.of(page, words, Step.REGISTER),
            headings=(("", words.text("(bruges ikke)")), *((one, one) for one in usable_headings(page))),
            columns=tuple(columns[:4]),
            more=(*columns[4:], *facts),
            date_forms=(guess, *date_forms()),
            date_form=_typed(form, "date_format", mapping.get("read", {}).get("date_format", "")),
            outcomes=_outcome_fields(page, words, form),
            outcome_choices=(
                ("", words.text("(vælg)")),
                *((code, words.text(name)) for code, name in OUTCOMES.items()),
            ),
            centres=_centre_fields(mapping, values.get("centre", {}), words, form),
            centres_cut=len(values.get("centre", {})) >= MOST_VALUES,
            saved=tuple((name, name) for name in page.saved),
            name=form.value("name") if form else "",
            problems=lines_of(words, summary.problems) if summary else (),
            total=summary.total if summary else 0,
        )


def usable_headings(page: PlanPage) -> tuple[str, ...]:
    """Return the headings that can be mapped, in the order of the file."""
    about: Mapping[str, Any] = page.about or {"headings": [], "withheld": {}}
    withheld = {int(place) for place in about["withheld"]}
    found = (name for place, name in enumerate(about["headings"]) if name and place not in withheld)
    return tuple(dict.fromkeys(found))


def mapping_of(page: PlanPage, form: Form) -> dict[str, Any]:
    """Return the mapping that a form describes, in the shape of a mapping file."""
    names = (*COLUMNS, *(name for name, _ in page.facts))
    columns = {name: form.value(f"column-{name}") for name in names if form.value(f"column-{name}")}
    settings = page.plan.settings
    values = settings.summary.values if settings.summary else {}
    outcomes = {one.value: one.chosen for one in _outcome_fields(page, None, form)}
    centres = {
        one.value: one.chosen
        for one in _centre_fields(settings.mapping, values.get("centre", {}), None, form)
        if one.chosen and one.chosen != one.value
    }
    mapping: dict[str, Any] = {"columns": columns}
    if outcomes and "outcome" in columns:
        mapping["outcome"] = outcomes
    if centres:
        mapping["centre"] = centres
    if form.value("date_format"):
        mapping["read"] = {"date_format": form.value("date_format")}
    return mapping


def _column(name: str, page: PlanPage, words: Wording, form: Form | None) -> ColumnField:
    kept = page.plan.settings.mapping.get("columns", {}).get(name, "")
    label = words.text(COLUMNS[name])
    return ColumnField(
        name=f"column-{name}",
        label=f"{label[:1].upper()}{label[1:]}",
        hint=words.text(USES[name]) if name in USES else "",
        chosen=_typed(form, f"column-{name}", kept),
        required=name in {"case_number", "centre", "decision_date"},
    )


def _outcome_fields(page: PlanPage, words: Wording | None, form: Form | None) -> tuple[ValueField, ...]:
    """Return the file's outcomes in a lasting order, so that a form's fields can be numbered."""
    mapping, summary = page.plan.settings.mapping, page.plan.settings.summary
    if "outcome" not in mapping.get("columns", {}) or summary is None:
        return ()
    codes, counts = dict(mapping.get("outcome", {})), summary.values.get("outcome", {})
    empty = {""} if any(problem.code == "outcome-missing" for problem in summary.problems) else set()
    values = sorted({*codes, *counts, *empty})
    return tuple(
        ValueField(
            name=f"outcome-{place}",
            value=value,
            shown=value or (words.text("(tomt felt)") if words else ""),
            count=words.number(counts.get(value, 0)) if words else "",
            chosen=_typed(form, f"outcome-{place}", codes.get(value, "")),
        )
        for place, value in enumerate(values)
    )


def _centre_fields(
    mapping: Mapping[str, Any], counts: Mapping[str, int], words: Wording | None, form: Form | None
) -> tuple[ValueField, ...]:
    names = mapping.get("centre", {})
    values = sorted({*counts, *names}) if len(counts) < MOST_VALUES else sorted(names)
    return tuple(
        ValueField(
            name=f"spelling-{place}",
            value=value,
            shown=value,
            count=words.number(counts.get(value, 0)) if words else "",
            chosen=_typed(form, f"spelling-{place}", names.get(value, value)),
        )
        for place, value in enumerate(values)
    )


def _typed(form: Form | None, name: str, kept: str) -> str:
    return kept if form is None else form.value(name)


def _sign(sign: str) -> str:
    """Return a separator as a form can send it: blanks around a field are cut off."""
    return "tab" if sign == "\t" else sign


def _facts(about: Mapping[str, Any], words: Wording) -> list[tuple[str, str]]:
    read = about["read"]
    facts = [
        (words.text("Fil"), str(about["source"])),
        (words.text("Rækker"), words.number(about["rows"])),
    ]
    if "sheet" in read:
        facts.append((words.text("Ark"), str(read["sheet"])))
    if "header_row" in read:
        facts.append((words.text("Overskrifter i række"), str(read["header_row"])))
    if "encoding" in read:
        facts.append((words.text("Tegnsæt"), ENCODINGS.get(str(read["encoding"]), str(read["encoding"]))))
    if "separator" in read:
        sign = str(read["separator"])
        facts.append((words.text("Skilletegn"), words.text(SEPARATORS[sign]) if sign in SEPARATORS else sign))
    return [*facts, (words.text("Filens kontrolsum (SHA-256)"), str(about["sha256"]))]
