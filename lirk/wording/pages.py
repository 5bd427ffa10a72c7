"""Sentences of the pages themselves: forms, sign-in, addresses."""

from lirk.wording.catalogue import N_

SENTENCES = {
    "method-not-allowed": N_(
        "Der er ikke sådan en side for den handling. Gå tilbage, og brug knapperne på siden."
    ),
    "upload-too-big": N_(
        "Filen er for stor. Den må højst fylde {megabytes} MB. Fjern kolonner, der ikke bruges, og prøv igen."
    ),
    "bad-request": N_("Forespørgslen kunne ikke forstås. Gå tilbage, og prøv igen."),
    "fault": N_(
        "Der er en fejl i systemet. Det, du var ved at gøre, er ikke gemt. Prøv igen, og fortæl koordinatoren det, "
        "hvis det sker igen."
    ),
    "signed-out": N_("Du er logget af. Log på igen."),
    "form-token-missing": N_(
        "Siden var for gammel, så intet er gemt. Gå tilbage, genindlæs siden, og prøv igen."
    ),
    "form-from-another-site": N_(
        "Formularen blev sendt fra et andet websted, så intet er gemt. Åbn siden her, og prøv igen."
    ),
    "fields-unknown": N_(
        "Formularen havde felter, som siden ikke har, så intet er gemt. Gå tilbage, genindlæs siden, og prøv igen."
    ),
}
