"""What is said where cases are shared out or handed over."""

from lirk.domain.assignment import Bar
from lirk.wording.catalogue import N_

#: Why cases cannot go to somebody, with how many of them.
BARS = {
    Bar.HANDLED: N_("har selv behandlet dem ({count})"),
    Bar.LEADS: N_("leder centret ({count})"),
    Bar.OWN_CENTRE: N_("hører til centret ({count})"),
    Bar.CONFLICT: N_("inhabil i sager fra centret ({count})"),
    Bar.DISQUALIFIED: N_("har meldt sig inhabil ({count})"),
    Bar.FIRST_READER: N_("gennemgår dem allerede ({count})"),
    Bar.HAS_SEEN: N_("har set eller kunne se den anden gennemgang ({count})"),
}

SENTENCES = {
    "nothing-to-hand-over": N_(
        "{name} har ingen uafsluttede sager, som kan gives videre til dem, du har valgt. Vælg andre."
    ),
}
