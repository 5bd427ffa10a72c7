"""What is said of cases that two people read: refusals, states, and what the answers come to."""

from lirk.wording.catalogue import N_

SENTENCES = {
    "nothing-to-agree": N_(
        "Der er ikke noget at blive enige om her. Måske svarer I ens nu, eller også gælder punktet ikke i sagen."
    ),
    "agreed-elsewhere": N_(
        "Der er gemt et fælles svar på punktet, mens du skrev. Se det nedenfor, og gem igen, hvis dit skal gælde."
    ),
    "may-not-decide": N_(
        "Vælg en, der må gennemgå sagen, og som ikke er en af de to, der har gennemgået den."
    ),
    "agreed-answer-missing": N_("Vælg det svar, der skal gælde."),
    "nothing-agreed": N_("Vælg et svar ved mindst ét punkt, og skriv hvorfor."),
    "agreed-reason-missing": N_("Skriv, hvorfor det svar skal gælde."),
    "readings-differ": N_(
        "Sag {numbers} er gennemgået af to, som ikke er blevet enige. De skal først aftale, hvilke svar der gælder."
    ),
}
