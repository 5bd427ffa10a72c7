"""Sentences about the demonstration."""

from lirk.wording.catalogue import N_

#: How the first line of a demonstration's README begins, which is how it is known again.
TITLE = N_("Demonstration af LIRK.")

SENTENCES = {
    "mapping-unknown": N_(
        "Der er hverken en fil eller et eksempel, der hedder {name}. Ret stien, eller vælg et eksempel: {known}."
    ),
    "mapping-without-register": N_(
        "En mapping bruges kun sammen med et register. Nævn registret med --register, eller udelad --mapping."
    ),
    "folder-not-ours": N_(
        "Mappen {folder} har andet indhold end en demonstration, så der er ikke skrevet i den. "
        "Vælg en anden mappe med --out."
    ),
}
