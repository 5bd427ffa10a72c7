"""Sentences about rounds, people, assignment and reviews."""

from lirk.domain.rounds import RoundState
from lirk.wording.catalogue import N_

#: How far a round has come, as a person says it.
STATES = {
    RoundState.COMMITTED: N_("rammen er frosset; frøet mangler"),
    RoundState.DRAWN: N_("sagerne er udtrukket; de mangler at blive fordelt"),
    RoundState.REVIEWING: N_("sagerne gennemgås"),
    RoundState.CLOSED: N_("lukket"),
}

#: What a round waits for in each state.
NEXT_STEPS = {
    RoundState.COMMITTED: N_("Næste skridt: find frøet, og skriv `lirk round draw {key} …`."),
    RoundState.DRAWN: N_("Næste skridt: `lirk round assign {key} --reviewer …`."),
    RoundState.REVIEWING: N_("Næste skridt: `lirk review sheet {key} --reviewer …`."),
    RoundState.CLOSED: N_("Næste skridt: `lirk report all {key} --out MAPPE`."),
}

SENTENCES = {
    "round-key-malformed": N_(
        "Rundens nøgle skal være 1-40 tegn: små bogstaver a-z, cifre og bindestreger, fx 2026-2."
    ),
    "round-exists": N_("Runden {round} findes allerede. Vælg en anden nøgle."),
    "round-not-in-state": N_(
        "Det kan ikke gøres nu. Så langt er runden {round}: {state}. Se på rundens side, hvad der er det næste."
    ),
    "reports-not-ready": N_(
        "Rapporterne for runden »{round}« kommer, når koordinatoren har lukket den. Så langt er runden nu: {state}."
    ),
    "round-unknown": N_(
        "Der er ingen runde {round}, eller du har ikke adgang til den. Se listen over runder."
    ),
    "case-unknown": N_("Der er ingen sag {number} i stikprøven i runden {round}. Brug sagens løbenummer."),
    "centre-unknown": N_(
        "Der er ingen rapport om »{centre}« i runden {round}: centret findes ikke i rammen, eller det har "
        "ingen sager. Skriv navnet, som det står i registret, eller lav alle med `lirk report all {round}`."
    ),
    "checklist-twice": N_("Tjeklisten {checklist} er nævnt to gange. Nævn hver tjekliste én gang."),
    "checklist-not-chosen": N_(
        "»{name}« er ikke en af rundens tjeklister. Skriv den ved --full, som den er valgt: {known}."
    ),
    "outcome-strata-not-reported": N_(
        "En runde kan endnu kun trækkes pr. center, og planen har strata {strata}. "
        'Sæt strata = ["centre"], eller træk uden runde med `lirk draw`.'
    ),
    "draw-after-answers": N_(
        "Gennemgangen af runden {round} er begyndt, så der kan ikke trækkes igen. "
        "Hører en enkelt sag ikke til rammen, så erstat den sag."
    ),
    "second-readings-missing": N_(
        "Anden gennemgang mangler i sag {numbers}. Den skal være afsluttet, før runden kan lukkes."
    ),
    "cases-not-reviewed": N_("Der mangler svar i sag {numbers}. De skal gennemgås, før runden kan lukkes."),
    "case-is-finding": N_(
        "Sag {number} er ikke fundet, eller der mangler adgang til den. Det er et fund i sig selv og tæller med, "
        "så sagen erstattes ikke. Hører den ikke til rammen, så genåbn den først."
    ),
    "case-reviewed": N_(
        "Sag {number} er gennemgået og kan ikke erstattes. Hører den ikke til rammen, så genåbn den, og lad "
        "den, der gennemgik den, melde det."
    ),
    "nothing-assigned": N_(
        "{name} har ingen sager i runden {round}. Fordel sager med `lirk round assign {round} --reviewer {name}`."
    ),
    "cases-not-replaced": N_(
        "Sag {numbers} er uden for rammen. Erstat hver af dem med den næste sag i reserven."
    ),
    "review-finished": N_(
        "Skemaet ændrer sager, der er afsluttet eller meldt ud (ikke fundet, ingen adgang, uden for rammen): "
        "{numbers}. Skal de ændres, så giv en grund med --reopen. Er det et ældre skema, så skriv et nyt."
    ),
    "no-reviewers": N_("Der er ikke valgt nogen, som skal gennemgå. Vælg mindst én."),
    "not-a-reviewer": N_(
        "{name} har ikke rollen reviewer og gennemgår ikke sager. Vælg en anden, eller giv {name} rollen."
    ),
    "nobody-may-read": N_(
        "Ingen af de valgte må gennemgå sag {number} fra {centre}: de har selv behandlet sagen, leder centret "
        "eller er inhabile. Vælg en til."
    ),
    "username-malformed": N_(
        "»{username}« kan ikke være et brugernavn. Brug 1-40 små bogstaver a-z, cifre, punktum, _ og bindestreg."
    ),
    "name-missing": N_("Personen har intet navn. Skriv det."),
    "username-taken": N_("Brugernavnet {username} findes allerede. Vælg et andet."),
    "centre-needed": N_("{username} har en rolle, der gælder i et center. Vælg mindst ét center."),
    "secret-key-missing": N_(
        "Sagsbehandlere gemmes kun som nøglet kontrolsum, og nøglen mangler. Sæt LIRK_SECRET_KEY til mindst "
        "32 tilfældige tegn, eller udelad sagsbehandlerne (caseworker i mappingen, --caseworker-code)."
    ),
    "person-unknown": N_("Der er ingen med brugernavnet {username}. Se alle med `lirk user list`."),
    "file-not-written": N_("Filen {file} kan ikke skrives ({reason}). Vælg et andet sted, og prøv igen."),
    "file-exists": N_("Filen {file} findes allerede. Flyt den, eller vælg et andet navn."),
}
