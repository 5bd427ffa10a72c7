"""What the coordinator's pages of a round say: states, next steps, decisions, and the log's sentences."""

from lirk.domain.following import CaseState, NextStep
from lirk.domain.obstacles import ObstacleReason, Settlement
from lirk.domain.reviews import CaseStatus
from lirk.wording.archives import LOG as ARCHIVE_LOG
from lirk.wording.calibration import LOG as CALIBRATION_LOG
from lirk.wording.catalogue import N_
from lirk.wording.corrections import LOG as CORRECTION_LOG
from lirk.wording.meetings import LOG as MEETING_LOG
from lirk.wording.overview_texts import LOG as OVERVIEW_LOG
from lirk.wording.place_forms import LOG as PLACE_LOG
from lirk.wording.report_stages import LOG as REPORT_LOG

#: What a round waits for, as a link says it.
NEXT_STEPS = {
    NextStep.SEED: N_("Find frøet, og træk stikprøven"),
    NextStep.ASSIGN: N_("Fordel sagerne"),
    NextStep.REVIEW: N_("Følg gennemgangen"),
    NextStep.SETTLE: N_("Tag stilling til meldte sager"),
    NextStep.CLOSE: N_("Luk runden"),
    NextStep.REPORT: N_("Se rapporterne"),
}

#: Who acts, and what happens then.
WHO_ACTS = {
    NextStep.SEED: N_("Du finder frøet på den måde, I har aftalt, og trækker stikprøven."),
    NextStep.ASSIGN: N_("Du fordeler sagerne mellem dem, der gennemgår."),
    NextStep.REVIEW: N_("De, der gennemgår, arbejder med sagerne. Du følger med og svarer på spørgsmål."),
    NextStep.SETTLE: N_("Du afgør, hvad der skal ske med sager, som ikke kan gennemgås."),
    NextStep.CLOSE: N_("Alle sager er på plads. Du lukker runden, og så kan rapporterne læses."),
    NextStep.REPORT: N_("Runden er lukket. Rapporterne kan læses."),
}

#: How far one case is.
CASE_STATES = {
    CaseState.UNASSIGNED: N_("ikke fordelt"),
    CaseState.WAITING: N_("ikke begyndt"),
    CaseState.BEGUN: N_("i gang"),
    CaseState.FINISHED: N_("afsluttet"),
    CaseState.REPORTED: N_("meldt, venter på din afgørelse"),
    CaseState.NOT_FOUND: N_("ikke fundet"),
    CaseState.NO_ACCESS: N_("ingen adgang"),
    CaseState.OUT_OF_SCOPE: N_("uden for rammen"),
    CaseState.REPLACED: N_("erstattet"),
}

#: Why a case cannot be reviewed, as it is told of somebody else.
REASONS = {
    ObstacleReason.NOT_FOUND: N_("Sagen er ikke fundet"),
    ObstacleReason.NO_ACCESS: N_("Der mangler adgang til sagen"),
    ObstacleReason.OUT_OF_SCOPE: N_("Sagen hører ikke til rammen"),
    ObstacleReason.DISQUALIFIED: N_("Den, der skal gennemgå sagen, er inhabil"),
    ObstacleReason.OTHER: N_("Andet"),
}

#: What the coordinator may decide, and what follows from it.
DECISIONS = {
    Settlement.FINDING: (
        N_("Det er et fund"),
        N_("Sagen bliver i stikprøven og tæller som en sag, der ikke kan vurderes."),
    ),
    Settlement.REPLACED: (
        N_("Erstat sagen"),
        N_("Sagen hører ikke til rammen. Den næste sag i centrets reserve tager dens plads."),
    ),
    Settlement.REASSIGNED: (
        N_("Giv sagen til en anden"),
        N_("En anden gennemgår den samme sag."),
    ),
    Settlement.RETURNED: (
        N_("Sagen kan gennemgås"),
        N_("Den, der har sagen, fortsætter med den."),
    ),
}

#: What follows from a decision on what the second of two readers reported, where it is something else.
DECISIONS_OF_SECOND = {
    Settlement.FINDING: (
        N_("Den anden gennemgang slutter her"),
        N_("Sagen bliver i stikprøven, og den første gennemgang tæller som før."),
    ),
    Settlement.REASSIGNED: (
        N_("Giv den anden gennemgang til en anden"),
        N_("En anden læser sagen som nummer to."),
    ),
}

#: What a finding may be.
FINDINGS = {
    CaseStatus.NOT_FOUND: N_("Sagen er ikke fundet"),
    CaseStatus.NO_ACCESS: N_("Der er ikke adgang til sagen"),
}

#: What keeps a round from being closed, by its code.
BLOCKS = {
    "obstacles-open": N_("Meldt, og du har ikke taget stilling"),
    "cases-not-reviewed": N_("Gennemgangen er ikke afsluttet"),
    "second-readings-missing": N_("Anden gennemgang er ikke afsluttet"),
    "cases-not-replaced": N_("Uden for rammen, og ikke erstattet"),
    "readings-differ": N_("Gennemgået af to, som ikke er enige endnu"),
    "urgent-cases-open": N_("Der skal handles nu, og ingen har skrevet, hvad der er gjort"),
    "doubts-open": N_("Et punkt er i tvivl, og det er ikke afklaret"),
}

#: What was done, by the trail's code; a value that an entry lacks is left out of the sentence by the page.
LOG = {
    "plan-made": N_("Planen for runden er oprettet."),
    "plan-changed": N_("Planen for runden er ændret."),
    "plan-deleted": N_("Planen for runden er slettet."),
    "register-kept": N_("Registret er læst ind: {rows} rækker."),
    "register-deleted": N_("Registret er slettet."),
    "mapping-saved": N_("Opsætningen af registrets kolonner er gemt."),
    "frame-approved": N_("Rammen er godkendt med {cases} sager."),
    "frame-reopened": N_("Rammen er åbnet igen."),
    "sizes-decided": N_("Stikprøvens størrelse er besluttet."),
    "seed-planned": N_("Måden at finde frøet på er besluttet."),
    "seed-entered": N_("Frøet {seed} er skrevet ind."),
    "frame-frozen": N_("Rammen er frosset. Fingeraftryk {fingerprint}."),
    "cases-drawn": N_("Udtræk {number} er trukket med frøet {seed}."),
    "cases-assigned": N_("Sagerne er fordelt: {cases}."),
    "case-moved": N_("Sag {number} er givet videre til {reviewer}."),
    "cases-handed-over": N_("Sager er givet videre fra {reviewer}: {cases}."),
    "second-readings-opened": N_("Anden gennemgang er åbnet for sag {numbers}."),
    "second-readings-closed": N_("Anden gennemgang er lukket for sag {numbers}, før nogen var begyndt."),
    "second-reading-ended": N_("Anden gennemgang af sag {number} er opgivet. Grund: {reason}"),
    "case-replaced": N_("Sag {number} er erstattet af den næste i reserven. Grund: {reason}"),
    "case-reopened": N_("Sag {number} er genåbnet. Grund: {reason}"),
    "review-reopened": N_("Gennemgangen af sag {number} er genåbnet. Grund: {reason}"),
    "review-finished": N_("Gennemgangen af sag {number} er afsluttet."),
    "urgent-raised": N_("Det er meldt, at der skal handles nu i sag {number}."),
    "urgent-changed": N_("Grunden til, at der skal handles nu i sag {number}, er rettet."),
    "urgent-handled": N_("Der er handlet i sag {number}."),
    "urgent-handling-undone": N_("Sag {number} venter igen på handling."),
    "urgent-identified": N_("Sagsnummeret på sag {number} er vist, fordi der skal handles nu."),
    "reading-agreed": N_("Et fælles svar på et punkt i sag {number} er aftalt."),
    "third-asked": N_("{reviewer} er bedt om at afgøre, hvad der gælder i sag {number}."),
    "answer-given": N_("Et punkt i sag {number} er besvaret."),
    "answers-imported": N_(
        "Et udfyldt skema fra {reviewer} er læst ind: {answers} svar, {finished} afsluttet."
    ),
    "obstacle-reported": N_("Sag {number} er meldt som en, der ikke kan gennemgås: {reason}."),
    "doubt-discussed": N_("Der er skrevet om et punkt i tvivl i sag {number}."),
    "doubt-settled": N_("Et punkt i tvivl i sag {number} er afklaret."),
    "doubt-reopened": N_("Drøftelsen af et punkt i sag {number} er åbnet igen."),
    "obstacle-taken-back": N_("Meldingen om sag {number} er taget tilbage."),
    "obstacle-settled": N_("Der er taget stilling til sag {number}: {settlement}."),
    "round-rules-changed": N_(
        "Reglerne for gennemgangen er ændret; {double_percent} % af sagerne gennemgås af to."
    ),
    "round-closed": N_("Runden er lukket."),
    "finding-text-written": N_("Teksten om et fund er skrevet i rapporten for {centre}."),
    "cases-identified": N_("Sagsnumrene i {centre} er vist."),
    **ARCHIVE_LOG,
    **CALIBRATION_LOG,
    **CORRECTION_LOG,
    **MEETING_LOG,
    **OVERVIEW_LOG,
    **PLACE_LOG,
    **REPORT_LOG,
}

#: What the log says of something that it has no sentence for.
LOG_OTHER = N_("Andet: {action}")

SENTENCES = {
    "may-not-read": N_(
        "{name} må ikke gennemgå sag {number}: {name} har selv behandlet sagen, hører til centret, er inhabil, "
        "gennemgår den allerede eller har set den anden gennemgang. Vælg en anden."
    ),
    "assignment-changed": N_(
        "Der er sket noget i runden, siden du så fordelingen. Se den nye fordeling, og bekræft igen."
    ),
    "case-not-open": N_(
        "Sag {number} er afsluttet, meldt eller taget ud, så den kan ikke gives videre. Se sagens side."
    ),
    "giving-up-reason-missing": N_("Skriv, hvorfor anden gennemgang opgives."),
    "second-reading-held": N_(
        "Anden gennemgang af sag {number} kan ikke opgives: Nogen har den, eller den er afsluttet eller "
        "opgivet. Se sagens side."
    ),
    "second-reading-finished": N_(
        "Anden gennemgang af sag {number} er afsluttet, så sagen kan ikke erstattes eller tages ud. "
        "Genåbn først anden gennemgang på sagens side."
    ),
    "nothing-to-reopen": N_("Der er ikke noget at genåbne i sag {number}."),
    "obstacle-settled": N_(
        "Der er ikke noget at tage stilling til i sag {number}. Måske er det sket allerede."
    ),
    "reopening-reason-missing": N_("Skriv, hvorfor sagen genåbnes."),
    "finding-needs-status": N_("Vælg, om sag {number} ikke er fundet, eller om der ikke er adgang til den."),
    "reviewer-needed": N_("Vælg, hvem der skal gennemgå sag {number}."),
    "obstacles-open": N_(
        "Sag {numbers} er meldt som sager, der ikke kan gennemgås. Tag stilling til dem først."
    ),
}
