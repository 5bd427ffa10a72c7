"""Sentences about calibrating a round."""

from lirk.wording.catalogue import N_

#: What was done, by the trail's code.
LOG = {
    "calibration-opened": N_("Kalibreringen er begyndt med {cases} sager."),
    "calibration-cancelled": N_("Kalibreringen er annulleret, og svarene i den er slettet."),
    "calibration-closed": N_("Kalibreringen er lukket."),
    "calibration-answer-given": N_("Et punkt i kalibreringssag {number} er besvaret."),
    "calibration-review-finished": N_("Gennemgangen af kalibreringssag {number} er afsluttet."),
    "calibration-name-agreed": N_("En deltager i kalibreringen vil gerne stå med navn."),
    "calibration-name-withdrawn": N_("En deltager i kalibreringen vil ikke stå med navn."),
    "agreed-reading-written": N_("Det er skrevet ned, hvordan punktet {item} læses i runden."),
}

SENTENCES = {
    "calibration-exists": N_(
        "Runden {round} har en kalibrering. Er den åben, kan du annullere den og begynde forfra."
    ),
    "calibration-size-wrong": N_("Vælg {fewest}-{most} sager til kalibreringen."),
    "calibration-needs-reserve": N_(
        "Der er ikke sager nok i reserven. Tilbage er: {count}. Vælg færre, eller fordel sagerne uden at kalibrere."
    ),
    "calibration-needs-readers": N_(
        "Mindst to skal læse hver sag, og det kan de valgte ikke i kalibreringssag {number} fra {centre}: "
        "de er for få, har selv behandlet sagen, hører til centret eller er inhabile. Vælg en til."
    ),
    "calibration-open": N_(
        "Runden {round} er ved at blive kalibreret. Luk eller annullér kalibreringen på rundens side først."
    ),
    "calibration-closed": N_("Kalibreringen i runden {round} er lukket og kan ikke ændres."),
    "calibration-over": N_(
        "Kalibreringen i runden {round} er lukket, så sagen kan ikke besvares mere. Se resultatet under Mine sager."
    ),
    "calibration-unfinished": N_(
        "De er ikke færdige med kalibreringen: {names}. Sæt kryds, hvis du vil lukke alligevel."
    ),
    "calibration-empty": N_(
        "Ingen har svaret på noget i kalibreringen, så der er intet at sammenligne. Annullér den i stedet."
    ),
    "agreed-reading-changed": N_(
        "En anden har skrevet ved punktet, efter at du åbnede siden. Se teksten, og ret den, hvis den skal ændres."
    ),
}
