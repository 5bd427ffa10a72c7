"""Sentences that every area uses."""

from lirk.wording.catalogue import N_

SENTENCES = {
    "problems-found": N_("Problemer fundet: {count}. Intet er gemt. Ret dem, og prøv igen."),
    "not-found": N_("Det findes ikke, eller du har ikke adgang til det."),
    "not-allowed": N_("Det har du ikke adgang til at gøre. Spørg koordinatoren."),
    "unknown-language": N_("Sproget »{language}« kendes ikke. Sæt LIRK_LANGUAGE til da eller en."),
    "neither-yes-nor-no": N_("{setting} er »{value}«. Sæt den til yes eller no."),
    "settings-file-unreadable": N_(
        "Indstillingsfilen {file} kan ikke læses ({reason}). Ret filen, eller fjern LIRK_SETTINGS."
    ),
}
