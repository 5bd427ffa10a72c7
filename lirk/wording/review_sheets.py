"""Texts of the review sheet that writer and reader share, and the sentences of what is wrong in a sheet."""

from lirk.domain.review_sheets import ColumnKey
from lirk.domain.reviews import CaseStatus
from lirk.wording.catalogue import N_

HEADINGS: dict[ColumnKey, str] = {
    "number": N_("Nr."),
    "case": N_("Sagsnummer"),
    "theme": N_("Tema"),
    "question": N_("Spørgsmål"),
    "answer": N_("Svar"),
    "note": N_("Note"),
    "journal_reference": N_("Henvisning til journalen"),
    "checklist": N_("Tjeklistens id"),
    "item": N_("Punktets id"),
    "written": N_("Skrevet med"),
}

STATUSES = {
    CaseStatus.TO_REVIEW: N_("Ja"),
    CaseStatus.NOT_FOUND: N_("Sagen findes ikke"),
    CaseStatus.NO_ACCESS: N_("Adgang mangler"),
    CaseStatus.OUT_OF_SCOPE: N_("Uden for rammen"),
}

#: Stands in the answer cell of an item that the register's facts rule out.
RULED_OUT = N_("Gælder ikke")

SENTENCES = {
    "sheet-file-missing": N_("Filen {file} findes ikke. Ret stien, og prøv igen."),
    "sheet-not-a-workbook": N_(
        "Filen kan ikke læses som regneark. Gem skemaet som Excel-projektmappe (.xlsx) uden adgangskode, "
        "og prøv igen."
    ),
    "sheet-not-ours": N_(
        "Regnearket er ikke et gennemgangsskema, eller dets skjulte ark »lirk« mangler. "
        "Hent skemaet på ny, og udfyld det."
    ),
    "sheet-other-format": N_(
        "Skemaet har formatet »{found}«, men her læses »{expected}«. Hent skemaet på ny, og udfyld det."
    ),
    "sheet-other-round": N_(
        "Skemaet hører til runden »{found}«, ikke til »{expected}«. Vælg skemaet for den rigtige runde."
    ),
    "sheet-other-reviewer": N_(
        "Skemaet er skrevet til »{found}«, ikke til »{expected}«. Vælg skemaet for den rigtige person."
    ),
    "sheet-other-checklist": N_(
        "Skemaet bruger version {found} af tjeklisten »{checklist}«, men runden bruger version {expected}. "
        "Hent skemaet på ny, og overfør svarene."
    ),
    "sheet-checklist-unknown": N_(
        "Tjeklisten »{checklist}« er ikke med i runden. Slet rækken, eller hent skemaet på ny."
    ),
    "sheet-column-missing": N_(
        "Kolonnen »{heading}« mangler i arket. Hent skemaet på ny, og overfør svarene."
    ),
    "sheet-case-not-here": N_(
        "Sag nr. {number} med sagsnummeret »{case}« er ikke udtrukket i runden eller ikke fordelt til "
        "»{reviewer}«. Slet rækkerne med sagen, eller ret nummeret."
    ),
    "sheet-item-unknown": N_(
        "Punktet »{item}« findes ikke i tjeklisten. Slet rækken, eller hent skemaet på ny."
    ),
    "sheet-status-unknown": N_("Svaret »{value}« kendes ikke. Vælg mellem {offered}."),
    "sheet-answer-unknown": N_("Svaret »{value}« kendes ikke. Vælg mellem {offered}."),
    "sheet-answer-not-offered": N_(
        "Svaret »{value}« kan ikke bruges ved dette punkt. Vælg mellem {offered}."
    ),
    "sheet-fact-value-unknown": N_("Værdien »{value}« kendes ikke. Vælg mellem {offered}."),
    "sheet-fact-from-register": N_(
        "Oplysningen står i registret som »{known}« og kan ikke ændres til »{value}« her. Skriv »{known}« "
        "igen, og sig det til koordinatoren, hvis registret er forkert."
    ),
    "sheet-note-missing": N_("Svaret »{answer}« kræver en note. Skriv kort hvorfor."),
    "sheet-journal-reference-missing": N_(
        "Svaret »{answer}« kræver en henvisning til journalen. Skriv dokumentnummer eller dato."
    ),
    "sheet-note-without-answer": N_(
        "Der er skrevet en tekst, men intet svar. Vælg et svar, eller slet teksten."
    ),
    "sheet-looks-like-cpr": N_("Teksten ligner et cpr-nummer. Fjern tallet, og beskriv det uden persondata."),
    "sheet-contradictory": N_(
        "Det samme er besvaret i række {other} i arket »{sheet}« med noget andet. "
        "Slet den ene af de to rækker."
    ),
    "sheet-answers-contradict": N_("{message} Det gælder {questions}. Ret et af svarene."),
    "sheet-case-not-reviewable": N_(
        "Sag nr. {number} er sat til »{status}«, men har svar. Slet svarene, eller svar »{reviewable}« til, "
        "at sagen kan gennemgås."
    ),
    "sheet-answer-newer": N_(
        "Sag nr. {number}, {question}: Svaret er ændret i LIRK, efter at skemaet blev hentet. Se svaret i LIRK. "
        "Skal det gælde, så slet svaret i skemaet. Skal skemaets svar gælde, så ret det i LIRK. "
        "Læs så skemaet ind igen."
    ),
    "sheet-case-set-aside": N_(
        "Sag nr. {number} er lagt til side, så skemaet kan ikke ændre den. Slet det nye på sagen i skemaet, eller "
        "tal med koordinatoren."
    ),
}
