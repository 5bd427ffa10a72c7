"""Words about what the coordinator writes in the overview."""

from lirk.wording.catalogue import N_

#: What was done, by the trail's code.
LOG = {
    "overview-text-written": N_("Teksterne i overblikket er skrevet."),
}

SENTENCES = {
    "overview-text-changed": N_(
        "En anden har skrevet i overblikket, mens du skrev. Se deres tekster, saml dem med dine, og gem igen."
    ),
    "text-names-centre": N_(
        "Teksten nævner »{centre}«. Overblikket må ikke pege på et enkelt center: Skriv det, så det gælder flere."
    ),
}
