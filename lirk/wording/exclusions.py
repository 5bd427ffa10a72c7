"""What each rule left out of a frame, in words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from lirk.errors import Problem
from lirk.wording.catalogue import N_
from lirk.wording.reports import OUTCOMES
from lirk.wording.speech import Wording

#: What each rule left out, by the reason of an ``Exclusion``; ``{value}`` is its value.
EXCLUSIONS = {
    "blank-row": N_("tomme rækker"),
    "total-row": N_("rækker med summer"),
    "not-a-decision": N_("ikke en afgørelse ({value})"),
    "decision-flag-no": N_("ikke markeret som afgørelse ({value})"),
    "outside-period": N_("afgjort uden for perioden {value}"),
    "outcome-not-kept": N_("udfald, der ikke er med ({value})"),
    "case-type-not-kept": N_("andre sagstyper end {value}"),
    "kle-number-not-kept": N_("andre KLE-numre end {value}"),
    "facet-not-kept": N_("andre facetter end {value}"),
    "centre-not-kept": N_("center, der ikke er med ({value})"),
    "identical-row": N_("rækker, der er ens med en tidligere"),
}


def exclusion_text(words: Wording, reason: str, value: str) -> str:
    """Return what a rule left out; a reason of the municipality's own, from its plan, stands as it is."""
    if reason not in EXCLUSIONS:
        return f"{reason} ({value})" if value else reason
    shown = words.text(OUTCOMES[value]) if value in OUTCOMES else value
    if reason == "outside-period":
        shown = _period(words, value)
    return words.text(EXCLUSIONS[reason], value=shown or words.text("tom"))


def _period(words: Wording, value: str) -> str:
    """Return a period in words; one with an open end stands as the certificate has it."""
    try:
        first, last = (date.fromisoformat(day) for day in value.split("/"))
    except ValueError:
        return value
    return f"{words.date(first)} – {words.date(last)}"


def rules_named(words: Wording, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return problems with the rules of the register in the reader's words."""
    return tuple(
        replace(
            problem,
            values={
                **problem.values,
                "rule": exclusion_text(words, str(problem.values["reason"]), str(problem.values["value"])),
            },
        )
        if problem.code == "excluded-other"
        else problem
        for problem in problems
    )
