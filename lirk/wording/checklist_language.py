"""Sentences about what a checklist file can say beyond questions: outcomes, follow-ups, own points, limits."""

from lirk.wording.catalogue import N_

SENTENCES = {
    "checklist-too-many-items": N_(
        "Tjeklisten har {count} punkter. Den må højst have {most}. Del den op i flere tjeklister."
    ),
    "checklist-too-many": N_("Der er {count} under {key}. Der må højst være {most}. Slet nogle af dem."),
    "checklist-change-order": N_(
        "Ændringerne skal stå med den ældste version først, og hver version kun én gang. Ret rækkefølgen."
    ),
    "checklist-change-later": N_(
        "Her står en ændring i version {value}, men tjeklisten er version {version}. Ret eller slet ændringen."
    ),
    "checklist-follow-up-itself": N_("»{value}« kan ikke følge efter sig selv. Nævn et andet punkt."),
    "checklist-follow-up-unknown": N_(
        "»{value}« skal følge efter et svar, men er ikke et punkt i tjeklisten. Ret id'et."
    ),
    "checklist-follow-up-misspelt": N_(
        "»{value}« skal følge efter et svar, men er ikke et punkt i tjeklisten. Mente du »{near}«?"
    ),
    "checklist-verdict-theme-inside": N_(
        "En konklusion for et tema kan ikke bygge på temaers konklusioner. Brug count eller points_at_least."
    ),
    "checklist-verdict-theme-misspelt": N_("Temaet »{value}« findes ikke. Mente du »{near}«?"),
    "checklist-verdict-outcome": N_("»{value}« er ikke et udfald af temaet »{theme}«. Vælg mellem {known}."),
    "checklist-verdict-or-all": N_("or_all hører til et tal. Skriv fx at_least = 2, or_all = true."),
    "checklist-verdict-at-least": N_(
        'at_least skal være et helt tal eller "all" (alle, der gælder), men er »{value}«. Ret det.'
    ),
    "checklist-holds-unanswered": N_(
        "{key} passer allerede, før noget er besvaret. Spørg til et svar, der er givet, fx med is."
    ),
    "checklist-core-depends": N_(
        "Dette hører til kernen, men afhænger af »{value}«, som ikke gør. Gør »{value}« til en del af kernen, "
        "eller fjern betingelsen."
    ),
    "checklist-core-follows": N_(
        "Punktet hører ikke til kernen, men »{value}«, som følger efter det, gør. Gør begge til en del af "
        "kernen, eller tag »{value}« ud af den."
    ),
    "checklist-duplicate-contradiction": N_("Modstriden »{value}« findes allerede. Vælg et andet id."),
}
