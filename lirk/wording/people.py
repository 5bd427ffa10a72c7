"""Sentences about people, centres, sign-in and passwords."""

from lirk.wording.catalogue import N_

SENTENCES = {
    "sign-in-refused": N_("Brugernavn eller adgangskode passer ikke."),
    "sign-in-throttled": N_("Der er prøvet for mange gange. Vent {minutes} min., og prøv igen."),
    "sign-in-busy": N_("Mange logger på lige nu. Vent {minutes} min., og prøv igen."),
    "password-refused": N_("Adgangskoden kan ikke bruges. Vælg en anden."),
    "password-too-short": N_("Adgangskoden er for kort. Brug mindst {shortest} tegn."),
    "password-too-long": N_("Adgangskoden er for lang. Brug højst {longest} tegn."),
    "password-is-username": N_("Adgangskoden er brugernavnet. Vælg en anden."),
    "password-common": N_("Adgangskoden er en af de mest almindelige og let at gætte. Vælg en anden."),
    "current-password-wrong": N_("Den nuværende adgangskode passer ikke."),
    "link-dead": N_(
        "Linket kan ikke bruges. Det er brugt, erstattet af et nyere eller mere end 24 timer gammelt. "
        "Bed om et nyt hos den, der gav dig det."
    ),
    "role-missing": N_("{username} har ingen rolle. Vælg mindst én."),
    "administrator-only": N_(
        "Kun en administrator kan oprette, rette, lukke eller give et link til en administrator."
    ),
    "administrator-stays": N_(
        "Rollen som administrator kan ikke tages fra dig selv eller fra den sidste, der har den. "
        "Giv først rollen til en anden, og lad vedkommende gøre det."
    ),
    "oneself-stays": N_("Du kan ikke lukke din egen adgang. Bed en anden om det."),
    "person-disabled": N_("{name} har ikke adgang. Åbn adgangen først."),
    "centre-name-missing": N_("Centret mangler et navn. Skriv det."),
    "centre-name-too-long": N_("Navnet er for langt. Brug højst {longest} tegn."),
    "name-too-long": N_("Navnet er for langt. Brug højst {longest} tegn."),
    "name-looks-like-cpr": N_("Navnet ligner et cpr-nummer. Fjern nummeret, og gem igen."),
    "centre-taken": N_("Der er allerede et center, der hedder {centre}. Vælg et andet navn."),
    "centre-measured": N_(
        "{centre} er med i en runde og kan ikke skifte navn: rundens frosne ramme rummer navnet. "
        "Opret et center med det nye navn, og luk det gamle."
    ),
    "enable-or-disable": N_("Brug enten --enable eller --disable, ikke begge."),
    "nothing-to-change": N_(
        "Der er intet at rette. Nævn mindst én ting, se dem med `lirk user change --help`."
    ),
}
