"""Sentences about the time on a case."""

from lirk.wording.catalogue import N_

SENTENCES = {
    "minutes-out-of-range": N_("Skriv et helt antal minutter fra 0 til {most}, eller lad feltet stå tomt."),
}
