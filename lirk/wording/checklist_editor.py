"""The editor of checklists: what was done in a step, by the step's action, and what editing refuses."""

from lirk.wording.catalogue import N_

STEPS = {
    "changed": N_("Ændring"),
    "imported": N_("Erstattet med en fil"),
    "marked": N_("Sagt, om ændringer er sproglige eller en ny mening"),
    "about-changed": N_("Om tjeklisten er ændret"),
    "centre-added": N_("Centrets mål er sat"),
    "centre-changed": N_("Centrets mål er ændret"),
    "centre-removed": N_("Centrets mål er fjernet"),
    "items-added": N_("Tilføjet punkt"),
    "items-changed": N_("Rettet punkt"),
    "items-moved": N_("Flyttet punkt"),
    "items-removed": N_("Udgået punkt"),
    "items-ruled": N_("Ændret, hvornår punktet gælder:"),
    "items-renamed": N_("Ændret id på punkt"),
    "references-added": N_("Tilføjet henvisning"),
    "references-changed": N_("Rettet henvisning"),
    "references-moved": N_("Flyttet henvisning"),
    "references-removed": N_("Fjernet henvisning"),
    "themes-added": N_("Tilføjet tema"),
    "themes-changed": N_("Rettet tema"),
    "themes-moved": N_("Flyttet tema"),
    "themes-removed": N_("Udgået tema"),
    "themes-ruled": N_("Ændret, hvornår temaet gælder:"),
    "facts-added": N_("Tilføjet faktum"),
    "facts-changed": N_("Rettet faktum"),
    "facts-moved": N_("Flyttet faktum"),
    "facts-removed": N_("Udgået faktum"),
    "facts-ruled": N_("Ændret, hvornår der spørges:"),
    "scales-added": N_("Tilføjet skala"),
    "scales-changed": N_("Rettet skala"),
    "scales-removed": N_("Udgået skala"),
    "verdicts-added": N_("Tilføjet konklusion"),
    "verdicts-changed": N_("Rettet konklusion"),
    "verdicts-moved": N_("Flyttet konklusion"),
    "verdicts-removed": N_("Udgået konklusion"),
    "verdicts-ruled": N_("Ændret regel for konklusion"),
    "contradictions-added": N_("Tilføjet svar, der ikke kan stå sammen:"),
    "contradictions-changed": N_("Rettet svar, der ikke kan stå sammen:"),
    "contradictions-moved": N_("Flyttet svar, der ikke kan stå sammen:"),
    "contradictions-removed": N_("Udgået: svar, der ikke kan stå sammen:"),
    "contradictions-ruled": N_("Ændret, hvilke svar der ikke kan stå sammen:"),
    "stops-added": N_("Tilføjet stopsvar"),
    "stops-changed": N_("Rettet stopsvar"),
    "stops-moved": N_("Flyttet stopsvar"),
    "stops-removed": N_("Udgået stopsvar"),
    "stops-ruled": N_("Ændret, hvornår stopsvaret gælder:"),
}

#: What the language and the checks before publishing say, where nobody has the file before them.
IN_THE_EDITOR = {
    "checklist-averaged-away": N_(
        "En sag med Nej til det kritiske punkt »{value}« kan få denne positive konklusion. Et kritisk brud må aldrig "
        "udlignes: sæt en konklusion foran, hvis regel er, at mindst ét kritisk punkt ikke er opfyldt."
    ),
    "checklist-verdict-no-rest": N_(
        "Den sidste konklusion skal tage alle de sager, som ingen regel tog. Tilføj en konklusion for alle andre sager."
    ),
    "checklist-verdict-unreachable": N_(
        "»{value}« tager alle sager, så konklusionerne efter den bruges aldrig. Giv den en regel, eller flyt den sidst."
    ),
    "checklist-item-without-points": N_(
        "Punktet tæller med, men ingen af de tilbudte svar giver point. Tilbyd et svar med point, eller sæt vægten "
        "til 0."
    ),
    "checklist-holds-unanswered": N_(
        "Det passer allerede, før noget er besvaret. Spørg til et svar, der er givet."
    ),
    "checklist-verdict-unscored": N_(
        "Punktet »{value}« har vægt 0 og tæller aldrig i en konklusion. Fjern det fra reglen, eller giv det vægt."
    ),
    "publish-no-guidance": N_("Punktet har ingen vejledning. Skriv den."),
    "publish-no-reference": N_(
        "Punktet har intet retsgrundlag. Tilføj en henvisning, skriv, hvorfor der ingen er, eller vælg regeltypen god "
        "forvaltningsskik eller lokal instruks."
    ),
    "publish-future-law": N_(
        "Henvisningen »{reference}« har lovstatus {day}, som ikke er kommet endnu. Ret datoen."
    ),
}

SENTENCES = {
    "edit-id-taken": N_("Id'et »{value}« er brugt før. Vælg et andet."),
    "edit-used-by-fact": N_("»{value}« kan ikke undværes: betingelsen for »{by}« bygger på det."),
    "edit-used-by-theme": N_("»{value}« kan ikke undværes: temaet »{by}« bygger på det."),
    "edit-used-by-item": N_("»{value}« kan ikke undværes: punktet »{by}« bygger på det."),
    "edit-used-by-contradiction": N_(
        "»{value}« kan ikke undværes: reglen »{by}« om svar, der ikke kan stå sammen, bygger på det."
    ),
    "edit-used-by-stop": N_("»{value}« kan ikke undværes: stopsvaret »{by}« bygger på det."),
    "edit-used-by-verdict": N_("»{value}« kan ikke undværes: reglen for konklusionen »{by}« bygger på det."),
}
