"""Sentences about questions to the planner of sizes that cannot be answered."""

from lirk.wording.catalogue import N_

SENTENCES = {
    "plan-population-unusable": N_(
        "»{value}« er ikke et antal sager. Skriv et helt tal fra 1 til 10.000.000, eller centrets navn og tallet, fx "
        "--population \"Center Nord=312\"."
    ),
    "plan-population-unnamed": N_(
        "Med flere centre skal hvert have sit navn. Skriv fx "
        "--population \"Center Nord=312\" --population \"Center Syd=90\"."
    ),
    "plan-population-twice": N_("Centret »{centre}« er nævnt to gange. Fjern det ene, eller ret navnet."),
    "plan-question-missing": N_(
        "Skriv, hvad der skal regnes ud fra: --hours, --cases, --half-width eller --detect."
    ),
    "plan-question-twice": N_("{options} kan ikke bruges sammen. Vælg en af dem."),
    "plan-method-unused": N_(
        "--method kan ikke bruges med --half-width: hvert center får det antal, som sikkerheden kræver. Fjern --method."
    ),
    "plan-rule-halved": N_("--good og --poor hører sammen. Skriv dem begge, eller ingen af dem."),
    "plan-rule-without-cases": N_(
        "En beslutningsregel skal have et antal sager. Skriv --cases, --hours eller --half-width."
    ),
    "plan-share-unusable": N_("{name} skal være et tal mellem 0 og 1, fx 0,1. Der står {value}. Ret tallet."),
    "plan-hours-unusable": N_("{name} skal være et antal timer fra 0 og op. Der står {value}. Ret tallet."),
    "plan-hours-a-case-unusable": N_(
        "--hours-a-case skal være et antal timer over 0. Der står {value}. Ret tallet."
    ),
    "plan-rule-shares-unusable": N_("--good ({good}) skal være mindre end --poor ({poor}). Ret dem."),
    "plan-detect-too-many": N_(
        "Der kan ikke ledes efter {count} sager i et center, der kun har {population}. Ret --detect eller --population."
    ),
}  # fmt: skip
