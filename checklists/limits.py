"""How large a checklist may be: more than anybody asks of one case, and little enough to be read at once."""

MOST_BYTES = 1_000_000
MOST_ITEMS = 500
#: Of facts, themes, verdicts, scales, contradictions and stops, each; also of a theme's own verdicts.
MOST = 100
MOST_VERSION = 1_000_000
