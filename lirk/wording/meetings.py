"""Words about the meeting at which a section reads its report."""

from lirk.domain.meetings import Group
from lirk.wording.catalogue import N_

#: Who took part by their office, as the MED system calls them.
GROUPS = {
    Group.LEADER: N_("leder"),
    Group.EMPLOYEE_REPRESENTATIVE: N_("tillidsrepræsentant (TR)"),
    Group.SAFETY_REPRESENTATIVE: N_("arbejdsmiljørepræsentant (AMR)"),
}

#: What was done, by the trail's code.
LOG = {
    "meeting-recorded": N_("Mødet om rapporten for {centre} er skrevet ned."),
}

SENTENCES = {
    "meeting-changed": N_(
        "En anden har skrevet om mødet, mens du skrev. Se, hvad der står nu, saml de to, og gem igen."
    ),
    "meeting-day-missing": N_("Skriv dagen for mødet som dag, måned og år, fx 22.11.2026."),
    "meeting-day-to-come": N_("Mødet den {day} er ikke holdt endnu. Skriv dagen, når det er holdt."),
    "meeting-day-before-report": N_(
        "Den {day} var der ingen rapport: Runden blev lukket {closed}. Skriv en dag fra da af."
    ),
    "meeting-nobody": N_("Sæt kryds ved mindst en, der deltog, eller skriv antallet af medarbejdere."),
    "meeting-staff-unreadable": N_("Skriv antallet af medarbejdere som et helt tal fra 0 til {most}."),
    "meeting-nothing-said": N_(
        "Skriv, hvad I aftalte, eller hvad I ikke blev enige om. Var der intet, så skriv »Intet«."
    ),
}
