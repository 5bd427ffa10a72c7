"""Sentences about what a checklist lacks before it can be published, and about comparing two of them."""

from lirk.wording.catalogue import N_

SENTENCES = {
    "publish-no-themes": N_("Tjeklisten har ingen temaer. Tilføj mindst ét tema med punkter."),
    "publish-empty-theme": N_("Temaet har ingen punkter. Tilføj mindst ét, eller slet temaet."),
    "publish-no-verdicts": N_("Tjeklisten har ingen konklusioner. Tilføj dem, så hver sag kan få en."),
    "publish-future-check": N_(
        "Ved henvisningen »{reference}« står, at den er kontrolleret {day}, men den dag er ikke kommet endnu. "
        "Ret datoen."
    ),
    "publish-unchecked-law": N_(
        "Henvisningen »{reference}« er mærket som kontrolleret, men der står hverken kilde eller navn. "
        "Skriv det, eller fjern mærket."
    ),
    "publish-unknown-act": N_(
        "Henvisningen »{reference}« nævner loven »{act}«, som ikke er på listen over love. Vælg en fra listen."
    ),
    "publish-no-positive-answer": N_("Punktet har intet svar, der betyder opfyldt. Tilbyd et, fx ja."),
    "publish-no-negative-answer": N_("Punktet har intet svar, der betyder ikke opfyldt. Tilbyd et, fx nej."),
    "publish-yes-not-positive": N_(
        "Svaret yes betyder noget andet end opfyldt. Stil spørgsmålet, så ja er godt."
    ),
    "publish-no-english-question": N_("Spørgsmålet mangler på engelsk. Oversæt det."),
    "publish-no-english-guidance": N_("Vejledningen mangler på engelsk. Oversæt den."),
    "publish-no-english-answer": N_("Svaret »{answer}« mangler på engelsk. Oversæt det."),
    "publish-unreachable": N_(
        "Spørgsmålet bliver aldrig stillet: Ingen svar kan opfylde betingelsen. Ret betingelsen."
    ),
}
