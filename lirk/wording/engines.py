"""Sentences about drawing where the register lives."""

from lirk.wording.catalogue import N_

SENTENCES = {
    "engine-missing": N_(
        "{engine} er ikke installeret. Installér det med pip install 'lirk[{extra}]', og prøv igen."
    ),
    "engine-unknown": N_("Ingen database læser »{address}«. Skriv adressen som en af disse: {known}."),
    "engine-failed": N_(
        "Der kan ikke trækkes fra »{table}« i {engine}: {reason}. "
        "Ret adresse, tabel eller kolonne, eller spørg den, der passer databasen."
    ),
    "register-file-or-place": N_(
        "Nævn enten registrets fil, eller med --on (og --table) stedet, hvor registret bor, og ikke begge dele."
    ),
    "freeze-or-plan": N_(
        "Nævn enten frysningen med --freeze eller planen med --plan. Planen kan kun bruges sammen med --on; "
        "en fil fryses først med `lirk draw freeze`."
    ),
    "seed-missing": N_(
        "Frøet mangler. Giv det med --seed; kun i en terminal og med --plan bliver der spurgt om det."
    ),
    "seed-in-same-command": N_(
        "Ramme og frø blev givet i én kommando, så ingen udefra kan se, at frøet kom efter frysningen. "
        "Skal andre kunne stole på det, så frys først, giv fingeraftrykket fra dig, og slå så frøet."
    ),
    "mapping-needs-file": N_(
        "{key} kan ikke bruges, hvor registret bor, for det kræver hver enkelt række. "
        "Lav et view i databasen, der gør det samme, fjern linjen, og nævn viewet med --table."
    ),
    "read-is-for-files": N_(
        "Afsnittet gælder kun filer og er ikke brugt her ({keys}). Datoer i databasen skal være dage "
        "eller tekst som 2026-11-22."
    ),
    "days-not-readable": N_(
        "Rækker, hvor afgørelsens dato ikke er en dag: {count}. Brug en kolonne af typen date, "
        "et tidspunkt uden tidszone eller tekst som 2026-11-22; lav ellers et view."
    ),
    "cpr-in-table": N_(
        "Kolonnen indeholder værdier, der ligner CPR-numre. De må hverken være sagsnumre eller strata. "
        "Vælg en anden kolonne under [columns]."
    ),
}
