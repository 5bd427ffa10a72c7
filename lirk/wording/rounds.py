"""Sentences about rounds, people, assignment and reviews."""

from lirk.wording.catalogue import N_

SENTENCES = {
    "round-key-malformed": N_(
        "»{key}« kan ikke være en rundes nøgle. Brug 1-40 små bogstaver a-z, cifre og bindestreger, fx 2026-2."
    ),
    "round-exists": N_(
        "Runden {round} findes allerede. Vælg en anden nøgle, eller se den med `lirk round show {round}`."
    ),
    "round-not-in-state": N_(
        "Det kan ikke gøres nu: runden {round} er i tilstanden »{state}«. "
        "Se næste skridt med `lirk round show {round}`."
    ),
    "outcome-strata-not-reported": N_(
        "En runde kan endnu kun trækkes pr. center, og planen har strata {strata}. "
        'Sæt strata = ["centre"], eller træk uden runde med `lirk draw`.'
    ),
    "draw-after-answers": N_(
        "Runden {round} har svar, så der kan ikke trækkes igen. Erstat en enkelt sag med `lirk round replace`."
    ),
    "case-not-reviewed": N_("Sag {number} mangler svar. Læs gennemgangen ind, eller fordel sagen igen."),
    "case-not-replaced": N_("Sag {number} er uden for rammen. Erstat den med `lirk round replace`."),
    "review-finished": N_(
        "Gennemgangen af sag {number} blev afsluttet {finished_on}. "
        "Skal den ændres, så giv en grund med --reopen."
    ),
    "no-reviewers": N_("Der er ikke nævnt nogen, som skal gennemgå. Brug --reviewer mindst én gang."),
    "not-a-reviewer": N_(
        "{name} har ikke rollen reviewer. Opret en, der har, med `lirk user add … --role reviewer`."
    ),
    "nobody-may-read": N_(
        "Ingen af de nævnte må gennemgå sag {number} fra {centre}: de har selv behandlet den eller leder centret. "
        "Nævn en til."
    ),
    "username-malformed": N_(
        "»{username}« kan ikke være et brugernavn. Brug 1-40 små bogstaver a-z, cifre, punktum, _ og bindestreg."
    ),
    "username-taken": N_("Brugernavnet {username} findes allerede. Vælg et andet."),
    "centre-needed": N_("{username} har en rolle, der gælder i et center. Nævn centret med --centre."),
    "secret-key-missing": N_(
        "Registret har sagsbehandlere, og de gemmes kun som nøglet kontrolsum. "
        "Sæt LIRK_SECRET_KEY til mindst 32 tilfældige tegn, eller fjern caseworker fra kortlægningen."
    ),
    "person-unknown": N_("Der er ingen med brugernavnet {username}. Se alle med `lirk user list`."),
    "file-not-written": N_("Filen {file} kan ikke skrives ({reason}). Vælg et andet sted, og prøv igen."),
    "file-exists": N_("Filen {file} findes allerede. Flyt den, eller vælg et andet navn."),
}
