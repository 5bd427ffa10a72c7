"""Sentences about how a command was written."""

from lirk.wording.catalogue import N_

SENTENCES = {
    "usage-option-unknown": N_("{command} har ikke {option}. Se dem, der er, med `{command} --help`."),
    "usage-command-unknown": N_(
        "Der er ingen kommando »{name}« under {command}. Se dem med `{command} --help`."
    ),
    "usage-missing": N_("{name} mangler. Se, hvordan kommandoen skrives, med `{command} --help`."),
    "usage-not-a-choice": N_("{name} kan ikke være »{value}«. Vælg mellem {choices}."),
    "usage-bad-value": N_("{name} kan ikke være »{value}«. Ret værdien, og prøv igen."),
    "usage-wrong": N_("Kommandoen er ikke skrevet rigtigt ({reason}). Se hjælpen med `{command} --help`."),
    "unexpected": N_(
        "Der er en fejl i LIRK selv ({kind}). Det, der ikke var færdigt, er ikke gemt. "
        "Send filen {log} til dem, der driver LIRK; den rummer ingen oplysninger fra registret."
    ),
    "interrupted": N_("Afbrudt. Det, der ikke var færdigt, er ikke gemt."),
    "port-taken": N_("Port {port} er i brug. Vælg en anden med --port, eller stop det, der bruger den."),
    "address-unusable": N_(
        "Der kan ikke lyttes på {address} ({reason}). Vælg en anden med --host eller --port."
    ),
}
