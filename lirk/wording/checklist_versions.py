"""Words for the versions of a checklist: where they come from, what their parts are called, what is wrong."""

from lirk.domain.checklist_versions import Standing
from lirk.wording.catalogue import N_

STANDINGS = {
    Standing.SHIPPED: N_("følger med LIRK"),
    Standing.PUBLISHED: N_("udgivet"),
    Standing.COMING: N_("gælder senere"),
    Standing.RETIRED: N_("udgået"),
    Standing.DRAFT: N_("kladde"),
    Standing.SENT: N_("sendt til godkendelse"),
    Standing.APPROVED: N_("godkendt, ikke udgivet"),
    Standing.PINNED: N_("kun i runder"),
}
SUBJECTS = {
    "case": N_("en udtrukket sag"),
    "place": N_("et center eller en institution"),
    "staff": N_("medarbejderne"),
}
MEANINGS = {
    "positive": N_("opfyldt"),
    "partial": N_("delvist opfyldt"),
    "negative": N_("ikke opfyldt"),
    "not_applicable": N_("ikke relevant"),
    "cannot_assess": N_("kan ikke vurderes"),
    "none": N_("uden vurdering"),
}
KINDS = {
    "added": N_("Tilføjet"),
    "removed": N_("Udgået"),
    "changed": N_("Ændret"),
    "moved": N_("Flyttet"),
}
PARTS = {
    "head": N_("Hele tjeklisten"),
    "theme": N_("Tema"),
    "item": N_("Punkt"),
    "fact": N_("Faktum"),
    "verdict": N_("Konklusion"),
    "scale": N_("Skala"),
    "contradiction": N_("Svar, der ikke kan stå sammen"),
    "stop": N_("Stopsvar"),
    "centre": N_("Centrets mål"),
}
FIELDS = {
    "title": N_("Titel"),
    "purpose": N_("Formål"),
    "responsible": N_("Ansvarlig"),
    "subject": N_("Det, der gennemgås"),
    "status_date": N_("Lovstatus"),
    "not_applicable": N_("Når et punkt ikke er relevant"),
    "target": N_("Mål (procent)"),
    "cannot_assess": N_("Når et punkt ikke kan vurderes"),
    "question": N_("Spørgsmål"),
    "guidance": N_("Vejledning"),
    "good_example": N_("Godt eksempel"),
    "bad_example": N_("Dårligt eksempel"),
    "recommendation": N_("Anbefaling"),
    "severity": N_("Alvor"),
    "rule": N_("Regeltype"),
    "weight": N_("Vægt"),
    "core": N_("Hører til kernen"),
    "answers": N_("Svar"),
    "note_required_at": N_("Note kræves ved"),
    "journal_reference_required_at": N_("Henvisning til journalen kræves ved"),
    "applies_when": N_("Gælder, når"),
    "conditions": N_("Gælder, når temaets betingelse og det punkt, det følger, tælles med"),
    "references": N_("Retsgrundlag"),
    "values": N_("Værdier"),
    "from_register": N_("Kommer fra registret"),
    "positive": N_("Er i orden"),
    "when": N_("Regel"),
    "pass_mark": N_("Bestået fra (procent)"),
    "verdicts": N_("Temaets egne konklusioner"),
    "follow_ups": N_("Opfølgende punkter"),
    "without_law": N_("Hvorfor der intet retsgrundlag er"),
    "message": N_("Besked"),
    "refuse_when": N_("Kan ikke stå sammen, når"),
    "stop_when": N_("Stopper, når"),
    "mark": N_("Mål (procent)"),
    "decided": N_("Hvor det er besluttet"),
}

SENTENCES = {
    "checklist-version-unknown": N_("Tjeklisten »{checklist}« findes ikke i version {version}."),
    "checklist-version-frozen": N_(
        "Version {version} er ikke en kladde. Det, der er udgivet, ændres aldrig; importer en ny version i stedet."
    ),
    "checklist-version-overtaken": N_(
        "Version {newest} er allerede udgivet. Giv version {version} et højere nummer, og importer den igen."
    ),
    "checklist-version-taken": N_(
        "Version {version} findes allerede med en anden tekst. Skriv version = {next}, og importer filen igen."
    ),
    "checklist-version-behind": N_(
        "Version {version} er lavere end en version, der findes. Skriv version = {next}, "
        "og importer filen igen."
    ),
    "checklist-id-reserved": N_("En tjekliste kan ikke hedde »{value}«. Vælg et andet id."),
    "checklist-too-large": N_("Filen er for stor til en tjekliste. Den må højst fylde {largest} byte."),
    "publish-no-guidance": N_("Punktet har ingen vejledning. Skriv guidance."),
    "publish-no-reference": N_(
        "Punktet har intet retsgrundlag. Tilføj references, skriv i without_law, hvorfor der intet er, eller "
        "sæt rule til god forvaltningsskik (good-practice) eller lokal instruks (local)."
    ),
    "publish-future-law": N_(
        "Henvisningen »{reference}« har lovstatus {day}, som ikke er kommet endnu. Ret status_date."
    ),
    "publish-same-question": N_("Punktet spørger om det samme som »{other}«. Ret det ene spørgsmål."),
}
