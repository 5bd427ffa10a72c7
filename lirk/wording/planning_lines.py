"""Problems of a register and a plan as the browser tells them."""

from dataclasses import replace

from lirk.errors import LirkError, Problem
from lirk.wording.exclusions import rules_named
from lirk.wording.planning import IN_BROWSER
from lirk.wording.register import COLUMNS
from lirk.wording.speech import Wording


def planning_sentence(words: Wording, problem: LirkError | Problem) -> str:
    """Return what happened and what to do next, as it is done in the browser."""
    if problem.code == "excluded-other" and isinstance(problem, Problem):
        (problem,) = rules_named(words, [problem])
    if problem.code in {"column-could-also-be", "keep-needs-column"}:
        name = str(problem.values["name"])
        return words.text(
            IN_BROWSER[problem.code], name=words.text(COLUMNS[name]) if name in COLUMNS else name
        )
    if problem.code in IN_BROWSER:
        return words.text(IN_BROWSER[problem.code], **problem.values)
    return words.sentence(problem)


def planning_line(words: Wording, problem: Problem) -> str:
    """Return a problem's place and sentence on one line; what only a mapping file has is no place here."""
    item = problem.item or ""
    if item.startswith("[columns] "):
        name = item.removeprefix("[columns] ")
        place = words.text(COLUMNS[name]) if name in COLUMNS else name
        return f"{place[:1].upper()}{place[1:]}: {planning_sentence(words, problem)}"
    place = words.place(replace(problem, item=None))
    sentence = planning_sentence(words, problem)
    return f"{place[:1].upper()}{place[1:]}: {sentence}" if place else sentence
