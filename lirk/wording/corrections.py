"""Sentences about answers that are corrected after a centre's objection."""

from lirk.wording.catalogue import N_

SENTENCES = {
    "correction-changed": N_(
        "En anden har ændret svar på det samme punkt, siden du åbnede siden. Se svarene nu, og gem igen, hvis det "
        "stadig skal ændres."
    ),
    "correction-not-granted": N_(
        "Et svar ændres kun, når centret har skrevet til fundet, og du har givet det ret. Svar lederen først."
    ),
    "correction-case-missing": N_("Vælg den sag, hvor svaret skal ændres."),
    "correction-case-unknown": N_(
        "Sag {number} er ikke en gennemgået sag i centrets stikprøve. Vælg en sag fra listen."
    ),
    "correction-not-asked": N_("Punktet gælder ikke i sag {number}. Vælg en anden sag."),
    "correction-answer-missing": N_("Vælg det svar, der skal gælde."),
    "correction-same-answer": N_(
        "Det svar gælder allerede i sag {number}. Vælg et andet svar eller en anden sag."
    ),
    "correction-opens": N_("Med det nye svar gælder også punktet »{question}«. Vælg et svar på det."),
    "correction-contradicts": N_(
        "Med det nye svar passer sagens svar ikke sammen: {message} Vælg et svar, der passer med resten."
    ),
    "correction-reason-missing": N_("Skriv, hvorfor svaret ændres."),
}

#: What the log of a round says.
LOG = {
    "answer-corrected": N_("Et svar i sag {number} er ændret efter en indsigelse fra {centre}."),
    "correction-taken-back": N_("Ændringen af et svar i sag {number} er taget tilbage."),
}
