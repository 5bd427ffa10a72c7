"""Sentences and words of the reviewer's queue and pages."""

from lirk.domain.obstacles import ObstacleReason
from lirk.wording.catalogue import N_

#: Why a case cannot be reviewed, as the reviewer chooses it.
OBSTACLE_REASONS = {
    ObstacleReason.NOT_FOUND: N_("Sagen findes ikke"),
    ObstacleReason.NO_ACCESS: N_("Jeg mangler adgang til sagen"),
    ObstacleReason.OUT_OF_SCOPE: N_("Sagen hører ikke til rammen"),
    ObstacleReason.DISQUALIFIED: N_("Jeg er inhabil"),
    ObstacleReason.OTHER: N_("Andet"),
}

#: What a reason covers, where its words do not say so by themselves.
OBSTACLE_HINTS = {
    ObstacleReason.OUT_OF_SCOPE: N_("Fx fordi den ikke er en afgørelse, eller er afgjort uden for perioden."),
    ObstacleReason.DISQUALIFIED: N_("Fx fordi du selv har behandlet sagen, eller kender borgeren."),
}

SENTENCES = {
    "question-not-asked": N_("Punktet gælder ikke i denne sag. Gå til sagens oversigt, og fortsæt derfra."),
    "not-yet-open": N_("Sagerne åbnes efter nummer. Begynd på sag {first} først."),
    "already-finished": N_(
        "Sag {number} er afsluttet og kan ikke ændres. Bed koordinatoren om at åbne den igen."
    ),
    "case-set-aside": N_(
        "Sag {number} er meldt som en sag, der ikke kan gennemgås, og tager ikke imod svar. "
        "Spørg koordinatoren, hvis den alligevel kan gennemgås."
    ),
    "review-incomplete": N_("Punkter, der mangler: {count}. Svar på dem, og afslut sagen derefter."),
    "review-contradictory": N_(
        "Svarene modsiger hinanden. Ret et af dem, der står på siden, og afslut sagen derefter."
    ),
    "answer-changed-elsewhere": N_("Svaret er ændret et andet sted, efter at du åbnede siden."),
    "answer-missing": N_("Vælg et svar."),
    "answer-code-unknown": N_("Svaret er ikke et af dem, der kan vælges. Vælg et af svarene på siden."),
    "note-missing": N_("Svaret kræver en note. Skriv kort, hvad du så."),
    "reason-missing-not-applicable": N_("Skriv i noten, hvorfor punktet ikke er relevant."),
    "reason-missing-cannot-assess": N_("Skriv i noten, hvorfor punktet ikke kan vurderes."),
    "journal-reference-missing": N_(
        "Svaret kræver en henvisning til journalen. Skriv fx dokumentnr. og dato."
    ),
    "text-looks-like-cpr": N_("Teksten ligner et cpr-nummer. Fjern nummeret, og gem igen."),
    "text-too-long": N_("Teksten fylder {count} tegn og må fylde {limit}. Kort den, og gem igen."),
    "obstacle-reason-missing": N_("Vælg, hvorfor sagen ikke kan gennemgås."),
    "obstacle-note-missing": N_("Skriv, hvad der er i vejen."),
}
