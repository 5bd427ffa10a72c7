"""Sentences about the database."""

from lirk.wording.catalogue import N_

SENTENCES = {
    "database-unreachable": N_(
        "Databasen {database} kan ikke bruges ({reason}). Ret LIRK_DATABASE_URL, eller få databasen til at "
        "svare, og prøv igen."
    ),
    "database-url-wrong": N_(
        "LIRK_DATABASE_URL kan ikke bruges. Skriv for eksempel sqlite:///lirk.sqlite eller "
        "postgresql://bruger:adgangskode@server/database."
    ),
    "database-driver-missing": N_(
        "PostgreSQL kan ikke bruges, for psycopg mangler ({reason}). "
        "Installér med: pip install 'lirk[postgres]'"
    ),
    "database-busy": N_("Databasen {database} er optaget af andet arbejde. Vent lidt, og prøv igen."),
    "database-outdated": N_(
        "Databasen {database} er tom eller hører til en ældre udgave af LIRK. Kør: lirk db upgrade"
    ),
    "database-newer": N_(
        "Databasen er lavet af en nyere udgave af LIRK (trin {revision}). "
        "Installér den udgave eller en nyere."
    ),
}
