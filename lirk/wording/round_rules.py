"""What refuses a change of a round's rules."""

from lirk.wording.catalogue import N_

SENTENCES = {
    "double-percent-unusable": N_("Skriv andelen som et helt tal fra 0 til 100."),
    "double-percent-fixed": N_(
        "Andelen kan ikke ændres: Nogen er begyndt på at gennemgå en sag som den anden person."
    ),
    "shows-result-fixed": N_(
        "Om resultatet vises, kan ikke ændres, når den første sag er afsluttet. Ellers er sagerne vurderet på "
        "forskellig måde."
    ),
    "deadline-unusable": N_("Fristen er ikke en dag. Skriv dag, måned og år, fx 22.11.2026."),
    "deadline-passed": N_("Fristen er allerede gået. Vælg i dag eller en dag, der kommer."),
}
