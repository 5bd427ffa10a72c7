"""Sentences about a case register and its mapping."""

from lirk.wording.catalogue import N_

_FILE = {
    "input-file-missing": N_("Filen {file} findes ikke. Se efter, om navn og mappe er rigtige."),
    "input-file-unreadable": N_(
        "Filen {file} kan ikke læses ({reason}). Luk den andre steder, og prøv igen."
    ),
    "not-a-text-file": N_(
        "Filen er hverken CSV, XLSX eller Parquet. Gem registret som en af dem, CSV helst som UTF-8."
    ),
    "encoding-unknown": N_(
        "Tegnsættet »{encoding}« kendes ikke. Skriv fx utf-8, cp1252 eller mac_roman, eller udelad det."
    ),
    "encoding-does-not-fit": N_(
        "Byte nr. {position} i filen er ikke et tegn i tegnsættet {encoding}. Filen er skadet eller gemt i et "
        "andet tegnsæt. Gem den igen som UTF-8, eller ret encoding under [read] i mappingfilen."
    ),
    "encoding-not-found": N_(
        "Filens tegnsæt kan ikke afgøres: fra byte nr. {position} er den ikke UTF-8, og heller ikke Windows-1252 "
        "eller Mac Roman giver læselige bogstaver. Gem filen igen som UTF-8, eller skriv encoding under [read] "
        "i mappingfilen."
    ),
    "no-rows": N_(
        "Filen har ingen rækker med indhold. Se efter, om det er den rigtige fil, og eksportér igen."
    ),
    "header-row-missing": N_("Filen har ingen række {row}. Ret header_row under [read] i mappingfilen."),
    "sheet-not-found": N_(
        "Arket »{sheet}« findes ikke. Projektmappen har: {sheets}. Ret sheet under [read]."
    ),
    "workbook-too-big": N_(
        "Projektmappen er for stor at læse: et ark går langt ud over tabellen, eller den fylder for meget. Slet tomme "
        "rækker og kolonner uden om tabellen, eller gem arket som CSV."
    ),
    "too-many-columns": N_("Filen har over {most} kolonner. Slet dem, der ikke bruges."),
    "workbook-unreadable": N_("Projektmappen kan ikke læses ({reason}). Gem den igen som XLSX eller CSV."),
    "parquet-unreadable": N_("Parquetfilen kan ikke læses ({reason}). Eksportér den igen."),
    "old-or-locked-workbook": N_(
        "Projektmappen er låst med adgangskode eller i det gamle XLS-format. Gem den uden adgangskode som XLSX."
    ),
    "too-many-fields": N_(
        "Rækken har {fields} felter, men der er kun {headings} overskrifter, så værdierne er forskudt. Sæt "
        "anførselstegn om felter, der indeholder skilletegnet, eller ret rækken."
    ),
    "quote-not-closed": N_(
        "Et anførselstegn begynder et felt, der aldrig slutter. Ret anførselstegnene i rækken."
    ),
}

_COLUMNS = {
    "column-not-in-file": N_(
        "Filen har ingen kolonne »{heading}«. Den har: {headings}. Ret mappingfilen, eller ret overskriften."
    ),
    "no-case-number-column": N_(
        "Ingen overskrift ligner et sagsnummer. Filen har: {headings}. Skriv i mappingfilen under [columns], "
        "hvilken kolonne der er case_number."
    ),
    "no-centre-column": N_(
        "Ingen overskrift ligner et center. Filen har: {headings}. Skriv i mappingfilen under [columns], "
        "hvilken kolonne der er centre."
    ),
    "no-decision-date-column": N_(
        "Ingen overskrift ligner datoen for afgørelsen. Filen har: {headings}. Skriv i mappingfilen under "
        "[columns], hvilken kolonne der er decision_date."
    ),
    "heading-doubled": N_(
        "Overskriften står {count} gange, så det er uvist, hvilken kolonne der menes. Giv dem hver sit navn."
    ),
    "cpr-in-column": N_(
        "Kolonnen indeholder værdier, der ligner CPR-numre (antal rækker: {count}; den første er vist her). "
        "CPR-numre må ikke læses ind. Tag kolonnen ud af [columns], eller fjern numrene fra filen."
    ),
}

_ROWS = {
    "case-number-missing": N_("Sagsnummeret mangler. Skriv det, eller slet rækken."),
    "case-number-broken": N_(
        "Sagsnummeret »{value}« indeholder et linjeskift, en tabulator eller et usynligt tegn. Skriv det igen."
    ),
    "case-number-doubled": N_(
        "Sagsnummeret »{value}« står også i række {other}. Behold én række pr. sag. Er numrene kun entydige inden "
        "for et center, så sæt local_case_numbers = true under [keep]."
    ),
    "case-numbers-alike": N_(
        "Sagsnummeret »{value}« adskiller sig kun fra »{first}« i række {other} ved store og små bogstaver eller "
        "bogstavernes form. Ret det ene, eller slet den ene række."
    ),
    "rows-identical": N_(
        "Rækker, der i alle brugte kolonner er helt ens med en tidligere række: {count} (række {rows}). Det sker, "
        "når en sag har flere parter eller dokumenter. Fjern dem, eller sæt identical_rows_once = true under "
        "[keep], så tæller hver kun én gang."
    ),
    "centre-missing": N_("Sagen har intet center. Skriv centret, eller slet rækken."),
    "date-missing": N_("Datoen for afgørelsen mangler. Skriv den, eller slet rækken, hvis intet er afgjort."),
    "date-impossible": N_(
        "»{value}« er ikke en dato, der findes, skrevet som {example}. Ret datoen, eller skriv den rigtige form "
        "som date_format under [read] i mappingfilen."
    ),
    "outcome-missing": N_(
        "Udfaldet mangler. Skriv det i filen, eller skriv i mappingfilen under [outcome], hvad et tomt felt "
        'betyder, fx "" = "not-a-decision".'
    ),
    "outcome-unmapped": N_(
        "Udfaldet »{value}« har endnu ingen betydning (antal rækker: {count}). Skriv i mappingfilen under "
        "[outcome], hvad det er: full-grant, partial-grant, refusal, burdening, reduction, repayment, dismissal, "
        "other eller not-a-decision."
    ),
    "flag-unknown": N_(
        "»{value}« er hverken ja eller nej. Ret værdien, eller tag decision_flag ud af [columns]."
    ),
    "more-of-the-same": N_("… og {count} til med samme problem."),
    "no-decisions": N_(
        "Ingen række er en afgørelse: alle er regnet for not-a-decision. Ret [outcome] eller decision_flag i "
        "mappingfilen."
    ),
    "period-leaves-nothing": N_(
        "Ingen sag er afgjort i perioden. Filens afgørelser er fra {earliest} til {latest}. Ret from og to."
    ),
    "filter-leaves-nothing": N_(
        "Ingen sag er tilbage efter dette filter. Ret værdierne, eller fjern filteret."
    ),
    "keep-needs-column": N_(
        "Filteret bruger kolonnen {name}, men den er ikke valgt. Tilføj den under [columns], eller fjern filteret."
    ),
}

_MAPPING = {
    "mapping-not-utf8": N_("Mappingfilen er ikke UTF-8. Gem den igen som UTF-8."),
    "mapping-not-toml": N_("Mappingfilen er ikke gyldig TOML ({reason}). Ret stedet, og prøv igen."),
    "mapping-table-unknown": N_(
        "Afsnittet kendes ikke. Afsnittene er: {known}. Ret navnet, eller fjern det."
    ),
    "mapping-key-unknown": N_("Nøglen kendes ikke her. Nøglerne er: {known}. Ret navnet, eller fjern den."),
    "mapping-needs-table": N_("»{name}« skal være et afsnit. Skriv [{name}] på en linje for sig selv."),
    "mapping-needs-text": N_("Værdien skal være en tekst i anførselstegn."),
    "mapping-needs-separator": N_('Værdien skal være ét tegn i anførselstegn, fx ";" eller "\\t".'),
    "mapping-needs-number": N_("Værdien skal være et helt tal fra 1 og op."),
    "mapping-needs-date": N_("Værdien skal være en dato, der findes, skrevet som 2026-12-31."),
    "mapping-needs-list": N_('Værdien skal være en liste af tekster, fx ["refusal", "full-grant"].'),
    "mapping-needs-yes-no": N_("Værdien skal være true eller false."),
    "mapping-outcome-unknown": N_("Udfaldene hos LIRK er: {known}. Brug et af dem."),
    "mapping-column-name": N_(
        "»{name}« kan ikke være navn på en kolonne. Brug små bogstaver a-z, cifre, - og _; nogle navne bruger LIRK "
        "selv."
    ),
    "period-reversed": N_("Perioden slutter, før den begynder. Byt om på from og to."),
}

_REMARKS = {
    "columns-dropped": N_("Disse kolonner bruges ikke og gemmes ikke: {columns}."),
    "columns-hold-no-text": N_("Disse kolonner er ikke tekst og læses ikke: {columns}."),
    "column-could-also-be": N_(
        "Kolonnen kunne også være {name}. Er den rigtigere, så ret det i mappingfilen."
    ),
    "unused-heading-doubled": N_("Overskriften står {count} gange. Kolonnerne bruges ikke."),
    "keep-value-unused": N_("Ingen række har værdien »{value}«. Se efter, om den er stavet rigtigt."),
    "encoding-weighed": N_(
        "Filen siger ikke, hvilket tegnsæt den er i; den er læst som {encoding}. Se efter, om æ, ø og å er rigtige "
        "(række i parentes): {examples}. Ellers skriv encoding under [read] i mappingfilen."
    ),
    "letters-lost": N_(
        "»{value}« ser ud til at have mistet bogstaver, før filen blev gemt. Eksportér registret igen, helst som "
        "UTF-8."
    ),
    "date-order-assumed": N_(
        "Dag og måned kunne være byttet om. »{value}« er læst som {day}. Er det forkert, så skriv date_format "
        "under [read] i mappingfilen."
    ),
    "date-order-american": N_(
        "Datoerne er læst med måneden først: »{value}« som {day}. Kun sådan findes de alle."
    ),
    "number-as-power": N_(
        "Sagsnummeret »{value}« ligner et tal, som et regneark har forkortet (antal rækker: {count}). Eksportér "
        "igen med sagsnummeret som tekst."
    ),
    "number-as-date": N_(
        "Sagsnummeret »{value}« ligner et nummer, som et regneark har lavet til en dato (antal rækker: {count}). "
        "Eksportér igen med sagsnummeret som tekst."
    ),
    "numbers-of-mixed-length": N_(
        "Sagsnumre af lutter cifre har mellem {shortest} og {longest} cifre. Har et regneark fjernet nuller foran, "
        "så eksportér igen med sagsnummeret som tekst."
    ),
    "centres-alike": N_("Er dette ét center: {names}? Så skriv stavemåderne under [centre] i mappingfilen."),
}

SENTENCES = _FILE | _COLUMNS | _ROWS | _MAPPING | _REMARKS

#: Our columns as people call them.
COLUMNS = {
    "case_number": N_("sagsnummer"),
    "centre": N_("center"),
    "decision_date": N_("dato for afgørelsen"),
    "outcome": N_("udfald"),
    "unit": N_("afdeling"),
    "case_type": N_("sagstype"),
    "kle_number": N_("KLE-nummer"),
    "facet": N_("facet"),
    "caseworker": N_("sagsbehandler"),
    "decision_flag": N_("markering af afgørelse"),
    "created": N_("oprettet"),
    "received": N_("modtaget"),
    "closed": N_("afsluttet"),
    "link": N_("link til sagen"),
}

#: Separators as people call them.
SEPARATORS = {
    ";": N_("semikolon"),
    ",": N_("komma"),
    "\t": N_("tabulator"),
    "|": N_("lodret streg"),
}
