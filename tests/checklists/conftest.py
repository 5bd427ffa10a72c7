"""One small checklist that uses every part of the language."""

from collections.abc import Mapping
from types import MappingProxyType

import pytest

from checklists.load import load

SMALL = """\
format = "lirk-checklist/1"
id = "small"
version = 3
subject = "case"
status_date = 2026-03-08
title = { da = "Lille", en = "Small" }
purpose = { da = "Prøve", en = "Test" }
not_applicable = "drop"
cannot_assess = "out"

[scales.own]
answers = [
    { code = "good", points = 3, meaning = "positive", text = { da = "God", en = "Good" } },
    { code = "poor", points = 0, meaning = "negative", text = { da = "Ringe", en = "Poor" } },
]

[[facts]]
id = "outcome"
question = { da = "Udfald?", en = "Outcome?" }
from_register = true
values = [
    { code = "full-grant", text = { da = "Medhold", en = "Full grant" } },
    { code = "refusal", text = { da = "Afslag", en = "Refusal" } },
]

[[facts]]
id = "adverse"
question = { da = "Var der nye oplysninger?" }
applies_when = { id = "outcome", is = "refusal" }
values = [
    { code = "yes", text = { da = "Ja" } },
    { code = "no", text = { da = "Nej" } },
]

[[themes]]
id = "hearing"
title = { da = "Høring", en = "Hearing" }

[[themes.items]]
id = "heard"
question = { da = "Er parten hørt?", en = "Was the party heard?" }
guidance = { da = '''
Se efter:

[[themes.items]]
id = "not-an-item"
''' }
severity = "critical"
rule = "guarantee"
weight = 2
applies_when = { id = "adverse", is = "yes" }
recommendation = { da = "Hør parten." }

[[themes.items.references]]
text = { da = "Forvaltningsloven § 19, stk. 1" }
act = "fvl"
status_date = 2026-03-08
source = "Retsinformation"
verified = true
checked_by = "A. Jurist"

[[themes.items]]
id = "deadline"
question = { da = "Var fristen rimelig?" }
severity = "serious"
rule = "order"
core = false
answers = ["no", "partly", "yes"]
applies_when = { id = "heard", at_least = "partly" }

[[themes]]
id = "letter"
title = { da = "Brevet" }

[[themes.items]]
id = "clear"
question = { da = "Er brevet klart?" }
severity = "minor"
rule = "good-practice"
weight = 0.5

[[themes.items]]
id = "tone"
question = { da = "Hvordan er tonen?" }
severity = "minor"
rule = "local"
scale = "own"
note_required_at = []

[[themes.items]]
id = "overall"
question = { da = "Alt i alt?" }
severity = "critical"
rule = "substantive"
weight = 0

[[verdicts]]
id = "critical-breach"
title = { da = "Kritisk brud" }
when = { count = { meaning = "negative", severity = "critical" }, at_least = 1 }

[[verdicts]]
id = "errors"
title = { da = "Fejl" }
when = { any = [
    { count = { meaning = ["negative", "partial"] }, at_least = 1 },
    { not = { points_at_least = 50 } },
] }

[[verdicts]]
id = "in-order"
title = { da = "I orden" }
positive = true
"""


MADE = """\
format = "lirk-checklist/1"
id = "made"
version = 4
subject = "case"
status_date = 2026-03-08
title = {{ da = "Lavet" }}
{policies}

[[facts]]
id = "kind"
question = {{ da = "Slags?" }}
values = [
    {{ code = "a", text = {{ da = "A" }} }},
    {{ code = "b", text = {{ da = "B" }} }},
]
"""
REST = '[[verdicts]]\nid = "rest"\ntitle = { da = "Resten" }\n'


@pytest.fixture(scope="session")
def small_text():
    """The text of the small checklist."""
    return SMALL


@pytest.fixture(scope="session")
def small():
    """The small checklist."""
    return load(SMALL)


@pytest.fixture(scope="session")
def changed():
    """Give the small checklist's text with some of its pieces replaced; each must stand in it."""

    def change(*pairs: tuple[str, str]) -> str:
        text = SMALL
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new, 1)
        return text

    return change


@pytest.fixture(scope="session")
def made_text():
    """Give the text of a checklist with the themes, items and other parts that a test is about.

    ``themes`` holds by theme id the items of the theme, and by item id the lines of the item that matter.
    """

    def make(
        themes: Mapping[str, Mapping[str, str]],
        *,
        theme_lines: Mapping[str, str] = MappingProxyType({}),
        verdicts: str = REST,
        tail: str = "",
        policies: str = 'not_applicable = "drop"\ncannot_assess = "out"',
    ) -> str:
        parts = [MADE.format(policies=policies)]
        for theme, items in themes.items():
            parts.append(
                f'[[themes]]\nid = "{theme}"\ntitle = {{ da = "x" }}\n{theme_lines.get(theme, "")}\n'
            )
            parts += [_item(name, lines) for name, lines in items.items()]
        return "\n".join([*parts, verdicts, tail])

    return make


@pytest.fixture(scope="session")
def made(made_text):
    """Give a checklist as `made_text` writes it."""
    return lambda *args, **kwargs: load(made_text(*args, **kwargs))


def _item(name: str, lines: str) -> str:
    usual = {"severity": "serious", "rule": "order"}
    rest = "".join(f'{key} = "{word}"\n' for key, word in usual.items() if f"{key} =" not in lines)
    return f'[[themes.items]]\nid = "{name}"\nquestion = {{ da = "{name}?" }}\n{rest}{lines}\n'
