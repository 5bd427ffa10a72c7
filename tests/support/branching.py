"""The letters' checklist with what ends a review, what contradicts itself, and what is asked after an answer."""

from small_round import CHECKLIST

STOP, SENTENCE = "Sagen er ikke en afgørelse", "Et brev uden begrundelse kan ikke være klart."
FIRST = """\
[[themes]]
id = "start"
title = { da = "Sagen", en = "The case" }
[[themes.items]]
id = "decision"
question = { da = "Er der truffet en afgørelse?", en = "Is there a decision?" }
severity = "minor"
rule = "order"
weight = 0
note_required_at = ["no"]

[[themes]]
id = "letter"
"""
FOLLOWED = """\
follow_ups = { no = ["why"] }
[[themes.items]]
id = "why"
question = { da = "Står der, hvor man kan spørge?", en = "Does it say whom to ask?" }
severity = "minor"
rule = "order"
[[themes.items]]
id = "reasons"
"""
LAST = """
[[contradictions]]
id = "clear-without-reasons"
message = { da = "Et brev uden begrundelse kan ikke være klart.", en = "Without reasons no letter is clear." }
refuse_when = { all = [{ id = "clear", is = "yes" }, { id = "reasons", is = "no" }] }

[[stops]]
id = "no-decision"
title = { da = "Sagen er ikke en afgørelse", en = "The case is no decision" }
stop_when = { id = "decision", is = "no" }
"""
#: Asked of every case, so that two answers can contradict each other in each.
BRANCHING = (
    CHECKLIST.replace('[[themes]]\nid = "letter"\n', FIRST, 1)
    .replace('[[themes.items]]\nid = "reasons"\n', FOLLOWED, 1)
    .replace('applies_when = { id = "outcome", is = "refusal" }\n', "", 1)
    + LAST
)
