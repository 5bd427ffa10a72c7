"""Sentences and words of spot checks of places and of self-assessments."""

from lirk.wording.catalogue import N_

#: Results that no checklist names.
VERDICTS = {
    "not_applicable": N_("Intet at vurdere"),
    "incomplete": N_("Ikke besvaret helt"),
    "contradictory": N_("Svarene modsiger hinanden"),
    "": N_("Tjeklisten giver intet samlet resultat"),
}

#: What was done, by the trail's code.
LOG = {
    "place-form-begun": N_("Et tilsyn eller en selvvurdering i {centre} er begyndt."),
    "place-answer-given": N_("Et punkt i et tilsyn eller en selvvurdering i {centre} er besvaret."),
    "place-form-finished": N_("Selvvurderingen i {centre} er afsluttet."),
    "place-form-reopened": N_("Et tilsyn eller en selvvurdering i {centre} er åbnet igen."),
    "place-form-deleted": N_("Et tilsyn eller en selvvurdering uden svar i {centre} er slettet."),
    "report-seen": N_("Lederen har set rapporten for {centre}."),
}

SENTENCES = {
    "place-item-not-asked": N_("Punktet gælder ikke her. Gå til oversigten, og fortsæt derfra."),
    "place-form-finished": N_("Svarene er afsluttet og kan ikke ændres. Åbn dem igen først."),
    "place-form-not-finished": N_("Det er ikke afsluttet endnu."),
    "place-form-locked": N_("Rapporten er set; selvvurderingen kan ikke længere ændres."),
    "place-form-incomplete": N_("Punkter, der mangler: {count}. Svar på dem, og afslut derefter."),
    "place-form-contradictory": N_(
        "Svarene modsiger hinanden. Ret et af dem, der står på siden, og afslut derefter."
    ),
    "place-form-not-empty": N_("Der er givet svar, så det kan ikke slettes."),
    "no-place-checklist": N_("Tjeklisten til selvvurderingen er ikke i kraft. Spørg arkivaren."),
    "place-missing": N_("Skriv, hvad stedet hedder."),
    "place-centre-missing": N_("Vælg et center."),
    "place-checklist-missing": N_("Vælg en tjekliste."),
    "place-reopening-reason-missing": N_("Skriv, hvorfor tilsynet åbnes igen."),
}
