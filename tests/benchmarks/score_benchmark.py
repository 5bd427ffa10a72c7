"""How long scoring a hundred thousand cases of 49 items takes on one core, against reading their answers' JSON.

``python tests/benchmarks/score_benchmark.py [CASES]`` makes a checklist of 49 items in seven themes, with ten
facts, branching, follow-ups, theme verdicts, pass marks and a points rule, answers to it by chance, and scores
them. It prints processor time (others may use the machine meanwhile), the time a case, and how many times as
long it takes as to read the same answers from JSON in the same run. It fails if a hundred thousand cases would
take more than the goal below.
"""

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from checklists.load import load
from checklists.model import Checklist
from checklists.score import score

Result = TypeVar("Result")

MOST_SECONDS_OF_A_HUNDRED_THOUSAND = 20.0
CASES = 100_000
THEMES, ITEMS, FACTS = 7, 7, 10
SEED = 20261122
HEAD = """\
format = "lirk-checklist/1"
id = "benchmark"
version = 1
subject = "case"
status_date = 2026-03-08
title = { da = "Prøve" }
not_applicable = "target"
target = 90
cannot_assess = "out"
"""
RULES = """
[[contradictions]]
id = "both"
message = { da = "Det kan ikke begge være rigtigt." }
refuse_when = { all = [{ id = "fact-0", is = "three" }, { id = "item-0-0", is = "cannot_assess" }] }

[[stops]]
id = "no-file"
title = { da = "Sagen kan ikke findes" }
stop_when = { all = [{ id = "fact-3", is = "three" }, { id = "fact-4", is = "three" }, { id = "item-0-0", is = "no" }] }

[[verdicts]]
id = "breach"
title = { da = "Brud" }
when = { count = { meaning = "negative", severity = "critical" }, at_least = 1 }

[[verdicts]]
id = "themes"
title = { da = "Et tema er ikke i orden" }
when = { any = [{ theme = "theme-1", verdict = "not-in-order" }, { theme = "theme-2", verdict = "not_passed" }] }

[[verdicts]]
id = "good"
title = { da = "God" }
positive = true
when = { all = [{ points_at_least = 95 }, { count = { meaning = "positive" }, at_least = 3, or_all = true }] }

[[verdicts]]
id = "errors"
title = { da = "Fejl" }
"""


def checklist_text() -> str:
    """Return the checklist."""
    facts = "".join(_fact(number) for number in range(FACTS))
    return HEAD + facts + "".join(_theme(number) for number in range(THEMES)) + RULES


def _fact(number: int) -> str:
    # Every third depends on the one before: branching also among the facts.
    depends = f'applies_when = {{ id = "fact-{number - 1}", is_not = "three" }}\n' if number % 3 == 2 else ""
    values = ", ".join(f'{{ code = "{code}", text = {{ da = "x" }} }}' for code in ("one", "two", "three"))
    return f'\n[[facts]]\nid = "fact-{number}"\nquestion = {{ da = "Hvad?" }}\nvalues = [{values}]\n{depends}'


def _theme(number: int) -> str:
    rows = [f'\n[[themes]]\nid = "theme-{number}"\ntitle = {{ da = "Tema" }}\npass_mark = 75\n']
    rows += [_item(number, place) for place in range(ITEMS)]
    rows.append("""
[[themes.verdicts]]
id = "not-in-order"
title = { da = "Ikke i orden" }
when = { count = { meaning = "negative" }, at_least = 1 }

[[themes.verdicts]]
id = "in-order"
title = { da = "I orden" }
""")
    return "".join(rows)


def _item(theme: int, place: int) -> str:
    own_id = f"item-{theme}-{place}"
    severity = ("critical", "serious", "minor")[place % 3]
    lines = [
        f'\n[[themes.items]]\nid = "{own_id}"\nquestion = {{ da = "Er {own_id} i orden?" }}',
        f'severity = "{severity}"\nrule = "order"\nweight = {(0.5, 1, 2.25)[place % 3]}',
    ]
    if place % 2:
        lines.append(
            f'applies_when = {{ any = [{{ id = "fact-{theme}", is = ["one", "two"] }}, '
            f'{{ not = {{ id = "item-{theme}-{place - 1}", is = "no" }} }}] }}'
        )
    if place == 2:
        lines.append(f'follow_ups = {{ no = ["item-{theme}-3"], partly = ["item-{theme}-3"] }}')
    if place == 4:
        lines.append("points = { yes = 3, partly = 1.25, no = 0 }")
    return "\n".join(lines) + "\n"


def answered(checklist: Checklist, cases: int) -> Iterator[dict[str, str]]:
    """Yield the answers of each case: everything is answered, also what is hidden, mostly yes."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    choices = {fact.id: fact.offered for fact in checklist.facts}
    choices |= {item.id: ("yes",) * 20 + item.offered for item in checklist.items}
    for _ in range(cases):
        yield {name: chance.choice(codes) for name, codes in choices.items()}


def timed(task: Callable[[], Result]) -> tuple[Result, float]:
    """Return what a task gives and the processor time that it takes."""
    start = time.process_time()
    result = task()
    return result, time.process_time() - start


def main(cases: int) -> None:
    """Measure, print, and fail where the goal is missed."""
    checklist = load(checklist_text())
    if len(checklist.items) != THEMES * ITEMS:
        raise SystemExit("the checklist has another number of items")
    rows = [json.dumps(one) for one in answered(checklist, cases)]
    answers, reading = timed(lambda: [json.loads(row) for row in rows])
    verdicts, scoring = timed(lambda: [score(checklist, one).verdict for one in answers])
    found = {name: verdicts.count(name) for name in sorted(set(verdicts))}
    sys.stdout.write(
        f"{cases:,} cases, {len(checklist.items)} items, {len(checklist.facts)} facts; verdicts {found}\n"
    )
    sys.stdout.write(f"reading JSON  {reading:8.2f} s  {1e6 * reading / cases:8.1f} µs a case\n")
    sys.stdout.write(f"scoring       {scoring:8.2f} s  {1e6 * scoring / cases:8.1f} µs a case\n")
    sys.stdout.write(f"scoring takes {scoring / reading:.1f} times as long as reading\n")
    of_a_hundred_thousand = scoring * CASES / cases
    if of_a_hundred_thousand > MOST_SECONDS_OF_A_HUNDRED_THOUSAND:
        raise SystemExit(
            f"{CASES:,} cases take {of_a_hundred_thousand:.1f} s, "
            f"more than {MOST_SECONDS_OF_A_HUNDRED_THOUSAND}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else CASES)
