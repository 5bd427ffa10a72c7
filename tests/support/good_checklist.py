"""A checklist that can be used, and the same with two faults."""

GOOD = """\
format = "lirk-checklist/1"
id = "small"
version = 2
subject = "case"
status_date = 2026-03-08
title = { da = "Lille liste", en = "Small list" }
not_applicable = "drop"
cannot_assess = "out"

[[themes]]
id = "letter"
title = { da = "Brevet", en = "The letter" }

[[themes.items]]
id = "clear"
question = { da = "Er brevet klart?" }
severity = "critical"
rule = "order"

[[themes.items.references]]
text = { da = "Forvaltningsloven § 22" }
status_date = 2026-03-08
source = "Retsinformation"
verified = false

[[themes.items]]
id = "kind"
question = { da = "Er brevet venligt?" }
severity = "minor"
rule = "good-practice"
weight = 2
core = false

[[verdicts]]
id = "critical-breach"
title = { da = "Kritisk brud", en = "Critical breach" }
when = { count = { meaning = "negative", severity = "critical" }, at_least = 1 }

[[verdicts]]
id = "in-order"
title = { da = "I orden", en = "In order" }
positive = true
"""
BAD = GOOD.replace("weight = 2", "wieght = 2").replace('"minor"', '"small"')
