"""Words for a draft's way to publication: what happened to it, and what keeps a step from being taken."""

from lirk.domain.checklist_history import EventKind
from lirk.wording.catalogue import N_

#: What happened to a version, one by one.
EVENTS = {
    EventKind.MADE: N_("Tjeklisten er oprettet."),
    EventKind.COPIED: N_("Tjeklisten er oprettet som en kopi af en anden."),
    EventKind.DRAFTED: N_("En kladde er begyndt ud fra den udgivne version."),
    EventKind.IMPORTED: N_("En fil er importeret som kladde."),
    EventKind.EDITED: N_("Kladden er rettet."),
    EventKind.UNDONE: N_("En rettelse er fortrudt."),
    EventKind.SENT: N_("Kladden er sendt til godkendelse."),
    EventKind.TAKEN_BACK: N_("Kladden er trukket tilbage."),
    EventKind.RETURNED: N_("Kladden er sendt retur. Grund: {reason}"),
    EventKind.APPROVED: N_("Kladden er godkendt."),
    EventKind.PUBLISHED: N_("Versionen er udgivet. Den gælder fra {in_force_from}."),
    EventKind.RETIRED: N_("Versionen er udgået: nye runder kan ikke bruge den. Grund: {reason}"),
    EventKind.BROUGHT_BACK: N_("Versionen kan bruges af nye runder igen."),
    EventKind.DELETED: N_("Kladden er slettet."),
    EventKind.LAW_CHECKED: N_("En henvisning til loven er kontrolleret."),
}
#: The same of several in a row.
MANY_EVENTS = {
    EventKind.EDITED: (N_("Kladden er rettet."), N_("Kladden er rettet {count} gange.")),
    EventKind.UNDONE: (N_("En rettelse er fortrudt."), N_("{count} rettelser er fortrudt.")),
    EventKind.LAW_CHECKED: (
        N_("En henvisning til loven er kontrolleret."),
        N_("{count} henvisninger til loven er kontrolleret."),
    ),
}

#: How an item or a fact was changed, and what follows.
MARKS = {
    "wording": N_("Sproglig rettelse – må sammenlignes bagud"),
    "meaning": N_("Ny mening – bryder tidsserien"),
}
KIND_HINTS = {
    "wording": N_("Der bliver spurgt om det samme som før, og svarene betyder det samme."),
    "meaning": N_("Svar fra tidligere runder sammenlignes ikke med svar på det nye."),
}

SENTENCES = {
    "checklist-move-refused": N_(
        "Det kan ikke gøres med version {version}, sådan som den er nu. Måske er der sket noget med den imens. "
        "Se dens side."
    ),
    "checklist-approver-involved": N_(
        "Du har selv importeret, rettet eller sendt kladden. Bed en anden om at godkende den."
    ),
    "checklist-in-force-too-early": N_("Vælg en dag fra i dag og frem. {day} er gået."),
    "checklist-not-offered": N_(
        "Nye runder kan ikke bruge »{checklist}«, version {version}, mere. Vælg en anden tjekliste i planen."
    ),
    "checklist-version-changed": N_(
        "Kladden til version {version} er rettet, siden du læste den. Læs den igen, før du godkender."
    ),
    "checklist-reason-missing": N_("Skriv en grund."),
    "checklist-draft-exists": N_("Der er allerede en kladde: version {version}. Ret den i stedet."),
    "checklist-id-taken": N_("Id'et »{checklist}« er i brug. Vælg et andet."),
    "checklist-part-gone": N_("»{part}« er ikke i kladden. Måske har en anden slettet det."),
    "checklist-part-changed": N_(
        "{by} har rettet det samme, siden du åbnede det ({at}). Se, hvad der står nu, og ret igen, hvis du vil."
    ),
    "checklist-step-overtaken": N_(
        "Kladden er rettet igen siden, så det kan ikke fortrydes. Kun det seneste kan fortrydes."
    ),
    "publish-lost-mark": N_(
        "Det, der er sagt om tidligere ændringer, er ikke som i version {version}. Hent den versions fil, "
        "kopier punktets linje »changes«, og importer filen igen."
    ),
    "publish-unmarked": N_("Sig, om ændringen kun er en ny ordlyd, eller om den giver ny mening."),
}
