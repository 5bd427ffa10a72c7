"""Sentences and words of finishing a review, and of cases that must be acted on now."""

from checklists.score import NOT_APPLICABLE
from lirk.wording.catalogue import N_

#: Verdicts that no checklist names.
BUILT_IN = {NOT_APPLICABLE: N_("Intet punkt er relevant")}

SENTENCES = {
    "answers-changed-since-summary": N_(
        "Svarene er ændret, efter at oversigten blev vist. Sagen er ikke afsluttet. Se svarene igennem, og afslut "
        "igen."
    ),
    "judgement-missing": N_("Vælg din samlede vurdering af sagen."),
    "judgement-unknown": N_("Vurderingen er ikke en af dem, der kan vælges. Vælg en af dem på siden."),
    "urgent-reason-missing": N_("Skriv, hvorfor der skal handles nu."),
    "urgent-handling-missing": N_("Skriv, hvad der er gjort."),
    "urgent-case-handled": N_("Sag {number} er allerede markeret som håndteret."),
    "urgent-reason-changed": N_("Grunden er ændret et andet sted, efter at du åbnede siden."),
    "urgent-case-open": N_("Sag {number} er ikke markeret som håndteret."),
    "urgent-cases-open": N_(
        "Der skal handles nu i sag {numbers}. Skriv, hvad der er gjort, og markér sagerne som håndteret først."
    ),
}
