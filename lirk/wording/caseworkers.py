"""What a rule is for, in the words of those who handle cases."""

from lirk.wording.catalogue import N_

RULES_IN_PLAIN_WORDS = {
    "guarantee": N_(
        "Reglen beskytter borgeren (garantiforskrift). Bliver den ikke fulgt, kan afgørelsen være ugyldig."
    ),
    "order": N_(
        "Reglen sikrer orden i sagen (ordensforskrift). Et brud gør sjældent afgørelsen ugyldig, men det er en fejl."
    ),
    "good-practice": N_("God forvaltningsskik: Sådan bør en myndighed møde borgeren, også uden en lovregel."),
    "substantive": N_("Reglen gælder afgørelsens indhold: om borgeren får det, som loven giver ret til."),
    "data-protection": N_("Reglen beskytter oplysninger om borgeren."),
    "records": N_("Reglen sikrer, at sagen kan findes og følges, også af en kollega."),
    "local": N_("Det er kommunens egen instruks."),
}
CRITICAL = N_("Et brud er kritisk: Én sag er nok til at handle.")
