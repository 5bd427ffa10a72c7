"""What the planner of rounds says, and the sentences of its errors."""

from lirk.wording.catalogue import N_

#: The steps of a round, by their codes.
STEPS = {
    "register": N_("Register"),
    "frame": N_("Ramme"),
    "sizes": N_("Stikprøve"),
    "seed": N_("Frø"),
    "draw": N_("Træk"),
    "assign": N_("Fordel"),
    "follow": N_("Følg"),
    "close": N_("Luk"),
}

SENTENCES = {
    "plan-unknown": N_("Planen findes ikke, eller den er slettet. Se runderne under Runder."),
    "plan-changed": N_(
        "Planen er ændret i et andet vindue, efter at du åbnede siden. Intet er gemt. "
        "Hent siden igen, og se, hvad der står nu."
    ),
    "plan-frozen": N_("Rammen er frosset, så planen kan ikke ændres. Se rundens side."),
    "plan-title-missing": N_("Skriv en titel til runden, fx 2. runde 2026."),
    "plan-checklists-missing": N_("Vælg mindst én tjekliste."),
    "plan-step-not-ready": N_(
        "Et tidligere trin er ikke færdigt endnu. Gå tilbage til det, og gør det færdigt."
    ),
    "plan-register-missing": N_("Registret er ikke gemt her. Vælg registerfilen, og prøv igen."),
    "unlock-needs-reason": N_("Skriv, hvorfor rammen skal låses op. Grunden kommer til at stå i loggen."),
    "unlock-too-late": N_(
        "Runden {round} kan ikke låses op: frøet er kendt, eller sagerne er trukket. "
        "Er rammen forkert, så opret en ny runde."
    ),
    "seed-not-entered": N_("Der er ikke skrevet noget frø endnu. Skriv frøet først."),
    "seed-in-future": N_("Frøet kan ikke være fundet senere end nu ({seed_at}). Ret dag og tid."),
    "seed-plan-missing": N_(
        "Skriv først, hvordan frøet skal findes: måden, stedet, dagen og vidnerne. Det skal stå fast, før nogen kan "
        "kende frøet."
    ),
    "mapping-name-missing": N_("Giv kortlægningen et navn, fx systemets."),
    "saved-mapping-unknown": N_("Der er ingen gemt kortlægning med navnet »{name}«."),
    "frame-reopened": N_("Rammen i runden {round} er låst op og ved at blive ændret. Frys den igen først."),
    "column-withheld": N_(
        "Kolonnen »{heading}« er ikke læst ind, fordi den kan handle om personer. Vælg en anden kolonne. Er der "
        "ingen "
        "anden, så lav en kopi af filen med en ny kolonne uden CPR-numre og navne, fx sagens nummer i "
        "sagssystemet, og "
        "upload den i stedet."
    ),
    "exclusion-reason-missing": N_("Skriv, hvorfor sagerne udelades. Grunden står i certifikatet."),
    "exclusion-numbers-cpr": N_(
        "Mindst ét af numrene ligner et CPR-nummer. Skriv sagsnumre, aldrig CPR-numre."
    ),
    "exclusion-numbers-missing": N_("Skriv mindst ét sagsnummer, eller vælg en fil med dem."),
}

#: What is said in the browser instead of a sentence that names keys of a mapping file.
IN_BROWSER = {
    "encoding-does-not-fit": N_(
        "Byte nr. {position} i filen er ikke et tegn i tegnsættet {encoding}. Filen er skadet eller gemt i et andet "
        "tegnsæt. Gem den igen som UTF-8, eller vælg et andet tegnsæt."
    ),
    "encoding-not-found": N_(
        "Filens tegnsæt kan ikke afgøres: fra byte nr. {position} er den ikke UTF-8, og heller ikke "
        "Windows-1252 eller "
        "Mac Roman giver læselige bogstaver. Gem filen igen som UTF-8, eller vælg et tegnsæt."
    ),
    "header-row-missing": N_("Filen har ingen række {row}. Ret rækken med overskrifter."),
    "sheet-not-found": N_("Arket »{sheet}« findes ikke. Projektmappen har: {sheets}. Ret arkets navn."),
    "column-not-in-file": N_("Filen har ingen kolonne »{heading}«. Den har: {headings}. Vælg en af dem."),
    "no-case-number-column": N_(
        "Ingen overskrift ligner et sagsnummer. Filen har: {headings}. Vælg kolonnen."
    ),
    "no-centre-column": N_("Ingen overskrift ligner et center. Filen har: {headings}. Vælg kolonnen."),
    "no-decision-date-column": N_(
        "Ingen overskrift ligner datoen for afgørelsen. Filen har: {headings}. Vælg kolonnen."
    ),
    "case-number-doubled": N_(
        "Sagsnummeret »{value}« står også i række {other}. Behold én række pr. sag i filen. Gælder numrene kun inden "
        "for et center, så sæt kryds ved det under Ramme."
    ),
    "rows-identical": N_(
        "Rækker, der i alle brugte kolonner er helt ens med en tidligere række: {count} (række {rows}). Det "
        "sker, når en "
        "sag har flere parter eller dokumenter. Fjern dem, eller sæt kryds under Ramme ved, at ens rækker kun "
        "tæller én "
        "gang."
    ),
    "date-impossible": N_(
        "»{value}« er ikke en dato, der findes, skrevet som {example}. Ret datoen i filen, eller vælg en anden "
        "måde at "
        "læse datoer på."
    ),
    "outcome-missing": N_(
        "Udfaldet mangler. Skriv det i filen, eller vælg under Kortlægning, hvad et tomt felt betyder."
    ),
    "outcome-unmapped": N_(
        "Udfaldet »{value}« har endnu ingen betydning (antal rækker: {count}). Vælg betydningen under Kortlægning."
    ),
    "cpr-in-column": N_(
        "Kolonnen indeholder værdier, der ligner CPR-numre (antal rækker: {count}; den første er vist her). "
        "CPR-numre må "
        "ikke læses ind. Vælg en anden kolonne, eller fjern numrene fra filen."
    ),
    "flag-unknown": N_(
        "»{value}« er hverken ja eller nej. Ret værdien, eller lad være med at bruge kolonnen."
    ),
    "no-decisions": N_(
        "Ingen række er en afgørelse. Se under Kortlægning, hvad udfaldene betyder, og om kolonnen med markering af "
        "afgørelse er den rigtige."
    ),
    "period-leaves-nothing": N_(
        "Ingen sag er afgjort i perioden. Filens afgørelser er fra {earliest} til {latest}. Ret perioden."
    ),
    "keep-needs-column": N_(
        "Filteret bruger kolonnen {name}, men den er ikke valgt under Kortlægning. Vælg den, eller tøm filteret."
    ),
    "mapping-needs-separator": N_("Skilletegnet skal være ét tegn."),
    "mapping-needs-number": N_("Skriv et helt tal fra 1 og op."),
    "period-reversed": N_("Perioden slutter, før den begynder. Byt om på de to dage."),
    "column-could-also-be": N_("Kolonnen kunne også være {name}. Er den rigtigere, så vælg den."),
    "encoding-weighed": N_(
        "Filen siger ikke, hvilket tegnsæt den er i; den er læst som {encoding}. Se efter, om æ, ø og å er "
        "rigtige (række "
        "i parentes): {examples}. Ellers upload den igen, og vælg tegnsættet."
    ),
    "date-order-assumed": N_(
        "Dag og måned kunne være byttet om. »{value}« er læst som {day}. Er det forkert, så vælg under Kortlægning, "
        "hvordan datoer er skrevet."
    ),
    "centres-alike": N_("Er dette ét center: {names}? Så giv dem samme navn under Kortlægning."),
    "frame-column-missing": N_("Kolonnen »{column}« er ikke valgt. Vælg den under Kortlægning."),
    "frame-id-duplicate": N_(
        "Sagsnummeret {case_id} står {count} gange. Behold én række, eller sæt kryds under Ramme ved, at numre "
        "kun gælder "
        "inden for et center."
    ),
    "strata-ambiguous": N_(
        "To centre ville begge hedde »{stratum}«. Giv det ene et andet navn under Kortlægning."
    ),
    "frame-without-cases": N_(
        "Der er ingen sager tilbage af registrets {rows} rækker. Se perioden, udfaldene og udeladelserne efter."
    ),
    "draw-needs-reason": N_("Udtræk {number} af samme ramme skal have en grund. Skriv den."),
    "size-exception-unknown": N_("Et center på listen er ikke i rammen længere: {strata}. Hent siden igen."),
    "minimum-too-large": N_(
        "Mindst {minimum} sager fra hvert center kræver {needed} sager, men der er kun {n} at fordele. Sæt "
        "antallet op, "
        "eller mindstetallet ned."
    ),
}

#: Why a column of an uploaded file was not kept.
WITHHELD = {
    "cpr": N_("ligner CPR-numre"),
    "mail": N_("ligner e-mailadresser"),
    "heading": N_("overskriften tyder på oplysninger om personer eller fri tekst"),
    "caseworker": N_(
        "sagsbehandlere gemmes kun som kontrolsum, og der er ingen nøgle (LIRK_SECRET_KEY) til den"
    ),
    "not-mapped": N_("bruges ikke, og er slettet, da rammen blev frosset"),
}

#: How a seed is found, as one chooses it.
SEED_WAYS = {
    "dice": N_("20 kast med en tisidet terning"),
    "two-people": N_("to personer skriver ti cifre hver, uden at se hinandens"),
}

#: How many cases to draw, as one chooses it.
SIZE_METHODS = {
    "fixed": N_("lige mange fra hvert center"),
    "equal": N_("et samlet antal, delt lige mellem centrene"),
    "proportional": N_("et samlet antal, delt efter centrenes størrelse"),
}

#: The same as a decision that was made.
SIZES_SAID = {
    "fixed": N_("{n} sager fra hvert center"),
    "equal": N_("{n} sager i alt, delt lige mellem centrene"),
    "proportional": N_("{n} sager i alt, delt efter centrenes størrelse"),
}
