"""Words for the law watch: why a reference is due, and what keeps a check from being kept."""

from lirk.domain.law_watch import Due
from lirk.wording.catalogue import N_

#: Why a reference is to be held against its source.
DUE = {
    Due.NEVER: N_("ikke kontrolleret"),
    Due.CHANGED: N_("loven er ændret siden"),
    Due.OLD: N_("lovstatus er gammel"),
}

SENTENCES = {
    "law-reference-unknown": N_("Ingen gældende version og ingen kladde har den henvisning."),
    "law-check-stands": N_(
        "En kontrol kan kun trækkes tilbage af den, der har lavet den, og kun samme dag. Lav en ny kontrol."
    ),
    "law-check-none": N_("Vælg mindst én henvisning."),
    "law-check-no-day": N_("Skriv datoen som 22.11.2026."),
    "law-check-future": N_("Datoen er ikke kommet endnu. Skriv i dag eller en dag før."),
    "law-check-before": N_("»{reference}« har allerede lovstatus {day}. Skriv den dag eller en senere."),
    "law-check-no-source": N_("Skriv, hvor du har læst loven, fx Retsinformation.dk."),
}
