"""Sentences about frames, plans, draws and certificates."""

from lirk.wording.catalogue import N_

SEED = {
    "seed-malformed": N_(
        "Frøet »{value}« kan ikke bruges: det skal være præcis 20 cifre 0-9, uden mellemrum. "
        "Slå det med tisidede terninger, eller sæt 10 cifre fra hver af to personer sammen."
    ),
    "seed-how-unknown": N_("Frøet kan ikke være fundet ved »{how}«. Vælg mellem {known}."),
    "seed-used": N_(
        "Frøet {seed} er allerede brugt til at trække fra denne ramme. Find et nyt frø til det nye udtræk."
    ),
    "seed-before-freeze": N_(
        "Frøet er fra {seed_at}, før rammen blev frosset {committed_at}, "
        "så det kan have været kendt på forhånd. Find et nyt frø, og ret uret, hvis det går forkert."
    ),
}

DRAW = {
    "draw-needs-reason": N_("Udtræk {number} af samme ramme skal have en grund. Skriv den med --reason."),
    "draw-needs-previous": N_(
        "Udtræk {number} skal pege på certifikatet før det. Nævn det med --previous CERTIFIKAT.json."
    ),
    "draw-number-wrong": N_(
        "Udtrækket kan ikke have nummer {number}; det næste nummer er {expected}. "
        "Ret --number, eller nævn det rigtige certifikat med --previous."
    ),
    "previous-of-another-frame": N_(
        "Certifikatet i --previous er trukket af en anden ramme. Nævn det seneste certifikat af denne ramme."
    ),
    "fingerprint-differs": N_(
        "Registret er ikke det, der blev frosset, så der er ikke trukket noget. "
        "Brug den fil, som frysningen blev lavet af, eller frys rammen på ny, og find et nyt frø."
    ),
    "salt-missing": N_(
        "Planen vil have saltet fingeraftryk, men der er ikke givet et salt. Giv et, eller sæt salt = false."
    ),
    "salt-invalid": N_("Saltet skal være en tekst på én linje og må ikke være tomt. Lav et nyt."),
    "replacement-needs-reason": N_("En erstatning skal have en grund. Skriv, hvorfor sagen ikke hører til."),
    "case-not-acting": N_(
        "Sagen {case_id} er ikke udtrukket, eller den er allerede erstattet. Se sagerne i certifikatet."
    ),
    "no-reserve-left": N_(
        "Stratum »{stratum}« har ikke flere sager i reserve. Lad sagen stå som uden for rammen."
    ),
}

DOCUMENTS = {
    "draw-file-not-json": N_(
        "{file} er hverken frysning eller certifikat: filen kan ikke læses som JSON. "
        "Brug filen, som `lirk draw` skrev den."
    ),
    "draw-file-member-twice": N_(
        "{file} har »{member}« to gange samme sted, så den er ændret, efter at den blev skrevet. "
        "Brug filen, som `lirk draw` skrev den."
    ),
    "freeze-malformed": N_(
        "Det er ikke en frysning, der kan trækkes fra: »{member}« mangler eller er forkert. "
        "Brug filen, som `lirk draw freeze` skrev den."
    ),
    "freeze-edited": N_(
        "Frysningen er ændret, efter at den blev skrevet: kontrolsummen passer ikke. "
        "Find den oprindelige fil, eller frys rammen på ny, og find et nyt frø."
    ),
    "certificate-malformed": N_(
        "Det er ikke et certifikat, der kan efterprøves: »{member}« mangler eller er forkert. "
        "Brug filen, som `lirk draw cases` skrev den."
    ),
    "certificate-edited": N_(
        "Certifikatet er ændret, efter at det blev skrevet: kontrolsummen passer ikke. "
        "Find den oprindelige fil, og prøv igen."
    ),
    "document-malformed": N_("»{member}« mangler eller er forkert. Brug filen, som `lirk draw` skrev den."),
    "document-too-new": N_(
        "Filen har formatet {format}, og denne udgave af LIRK læser {known}. Hent en nyere udgave af LIRK."
    ),
    "certificate-differs": N_(
        "Certifikatet holder ikke, så der er ikke bygget videre på det. "
        "Se hver forskel med `lirk draw verify`."
    ),
    "drawn-differs": N_(
        "Der kom {found} sager ud af »{stratum}«, men det er ikke de {wanted} med de mindste lodnumre i "
        "rækkefølge. Træk igen; sker det igen, så træk fra en fil."
    ),
    "dialect-unknown": N_("Der er ingen opskrift til »{dialect}«. Vælg mellem {known}."),
}

EXTENSION = {
    "extension-needs-reason": N_(
        "Planen har ikke anmeldt denne udvidelse på forhånd, så den skal have en grund. Skriv den med --reason."
    ),
    "extension-size-missing": N_(
        "Planen har ikke anmeldt nogen udvidelse. Skriv med --n, hvor mange sager der skal til."
    ),
    "extension-size-wrong": N_("»{value}« kan ikke være antallet. Skriv --n som et helt tal fra 1 og op."),
    "extension-stratum-unknown": N_(
        "Certifikatet har ikke stratum {strata}. Dets strata er {known}. Ret --stratum."
    ),
    "extension-adds-nothing": N_(
        "Der er ingen sager tilbage at udvide med: alle er trukket eller kaldt ind. Lad udtrækket stå."
    ),
}

PLAN = {
    "plan-not-utf8": N_("Planen er ikke gemt som UTF-8. Gem den som UTF-8, og prøv igen."),
    "plan-not-toml": N_("Planen kan ikke læses som TOML ({reason}). Ret linjen, og prøv igen."),
    "plan-key-unknown": N_("Nøglen kendes ikke. Her kan stå {known}. Ret stavningen, eller fjern linjen."),
    "plan-key-missing": N_("»{name}« mangler. Tilføj linjen."),
    "plan-needs-text": N_("Værdien skal være en tekst i anførselstegn og må ikke være tom. Ret den."),
    "plan-needs-count": N_("Værdien skal være et helt tal fra 0 og op. Ret den."),
    "plan-needs-size": N_("Værdien skal være et helt tal fra 1 og op. Ret den."),
    "plan-needs-deviation": N_("Værdien skal være et tal fra 0 og op. Ret den."),
    "plan-needs-yes-no": N_("Værdien skal være true eller false. Ret den."),
    "plan-needs-table": N_("Her skal være en tabel med navn = værdi. Ret den."),
    "plan-needs-tables": N_("Udeladelser skrives hver for sig under [[exclude]]. Ret dem."),
    "plan-method-unknown": N_("Metoden kendes ikke. Vælg fixed, equal, proportional eller neyman."),
    "plan-strata-unknown": N_(
        'Strata kan være ["centre"] eller ["centre", "outcome_group"]. Vælg en af de to.'
    ),
    "plan-neyman-needs-deviations": N_(
        "Metoden neyman skal have standardafvigelsen i hvert stratum fra en tidligere måling. "
        "Tilføj dem som deviations, eller vælg en anden metode."
    ),
    "plan-file-missing": N_("Filen {named} findes ikke i planens mappe. Ret navnet, eller læg filen der."),
    "plan-file-unreadable": N_(
        "Filen {named} kan ikke læses ({reason}). Den søges fra planens mappe. "
        "Ret navnet, eller læg filen der."
    ),
    "plan-case-numbers-not-utf8": N_(
        "Filen {named} er ikke gemt som UTF-8. Gem den som UTF-8, og prøv igen."
    ),
    "plan-case-numbers-empty": N_(
        "Filen {named} er tom. Skriv ét sagsnummer på hver linje, eller fjern udeladelsen."
    ),
}

SIZES = {
    "allocation-method-unknown": N_("Metoden »{method}« kendes ikke. Vælg mellem {known}."),
    "size-missing": N_("Stratum »{stratum}« har ingen størrelse. Giv det en."),
    "size-negative": N_("Størrelsen {n} til »{stratum}« er negativ. Ret den til 0 eller derover."),
    "size-exception-unknown": N_(
        "Planen giver {strata} en egen størrelse, men rammen har det ikke. "
        "Rammens strata er {known}. Ret navnet under exceptions."
    ),
    "size-exceptions-too-large": N_(
        "Undtagelserne tager {exceptions} sager, men der skal kun trækkes {n} i alt. "
        "Sæt n op, eller undtagelserne ned."
    ),
    "minimum-too-large": N_(
        "Mindst {minimum} sager i hvert stratum kræver {needed} sager, men der er kun {n} at fordele. "
        "Sæt n op, eller minimum ned."
    ),
    "deviation-invalid": N_(
        "Stratum »{stratum}« har ingen brugbar standardafvigelse. Skriv den under deviations, fra 0 og op."
    ),
    "sample-not-extendable": N_(
        "Sagen {case_id} er ikke i det større udtræk. Brug samme frø og ramme, og sæt ingen størrelse ned."
    ),
    "counts-out-of-range": N_(
        "{x} fund blandt {n} af {N} sager kan ikke lade sig gøre. Ret tallene: 0 ≤ fund ≤ udtrukne ≤ alle."
    ),
    "level-out-of-range": N_("Sikkerheden {level} skal ligge mellem 0 og 1, fx 0,95. Ret den."),
}

FRAME = {
    "frame-without-cases": N_(
        "Der er ingen sager tilbage i rammen af registrets {rows} rækker. "
        "Se periode, udfald og udeladelser efter, og prøv igen."
    ),
    "frame-broken": N_("{count} sagsnumre eller strata kan ikke bruges; det første: {first}. Ret registret."),
    "frame-column-missing": N_(
        "Rammen mangler kolonnen »{column}«, som der skal deles op efter. "
        'Kortlæg den i registret, eller sæt strata = ["centre"].'
    ),
    "frame-column-not-text": N_(
        "Kolonnen »{column}« er ikke tekst. Læs den som tekst, så 0001 ikke bliver 1."
    ),
    "strata-ambiguous": N_("To strata ville begge hedde »{stratum}«. Omdøb det ene i mappingen."),
    "frame-id-empty": N_("Rækker uden sagsnummer: {count}. Udfyld det, eller fjern dem."),
    "frame-id-control": N_(
        "Sagsnummeret »{case_id}« har et styretegn (tabulator, linjeskift eller NUL). Fjern tegnet."
    ),
    "frame-id-not-nfc": N_(
        "Sagsnummeret »{case_id}« er skrevet med sammensatte tegn. Gem det i normalformen NFC."
    ),
    "frame-id-padded": N_("Sagsnummeret »{case_id}« har mellemrum før eller efter. Fjern dem."),
    "frame-id-duplicate": N_(
        "Sagsnummeret {case_id} står {count} gange. Behold én række, eller sæt local_case_numbers = true, "
        "hvis numrene kun gælder inden for et center."
    ),
    "frame-id-alike": N_(
        "Sagsnumrene »{first}« og »{second}« læses som det samme: de adskiller sig kun ved store og små bogstaver, "
        "tegnform eller tegn, der ikke ses. Er det samme sag, så behold én række; ellers ret det ene nummer."
    ),
    "frame-stratum-empty": N_("Der er sager uden stratum. Udfyld centret."),
    "frame-stratum-control": N_("Stratum »{stratum}« har et styretegn. Fjern tegnet."),
    "frame-stratum-missing": N_(
        "Sager uden center eller udfald (stratum »{stratum}«): {count}. Udfyld det, eller udelad dem."
    ),
    "frame-empty": N_("Rammen har ingen sager. Se efter, om filtrene er rigtige, eller hent registret igen."),
    "frame-more": N_("… og {count} til af samme slags."),
    "frame-ids-mixed-length": N_(
        "Sagsnumre af lutter cifre har forskellig længde ({shortest}, {longest}). "
        "Se efter, om et regneark har fjernet nuller forrest."
    ),
    "frame-ids-scientific": N_(
        "Sagsnumre, der ligner tal, som et regneark har skrevet om (fx {case_id}): {count}. "
        "Er de ødelagt, så hent registret igen med sagsnummeret som tekst."
    ),
}

REMARKS = {
    "excluded-not-found": N_(
        "Ikke alle sagsnumre under »{reason}« er i registret: {count} mangler (fx {example}). "
        "Se efter, om de er skrevet rigtigt."
    ),
    "stratum-census": N_(
        "{stratum}: alt gennemgås (sager: {count}), så det er en fuld optælling og ingen stikprøve."
    ),
    "stratum-empty": N_("{stratum}: ingen sager i perioden. Der trækkes ingen."),
    "file-not-the-same-bytes": N_(
        "Filen er ikke byte for byte den, der blev frosset, men det er de samme sager i de samme strata. "
        "Andre kolonner, fx udfald og dato, efterprøves ikke."
    ),
}

DIFFERENCES = {
    "digest-wrong": N_(
        "Certifikatet er ændret, efter at det blev skrevet: "
        "kontrolsummen er {found}, og der står {certified}."
    ),
    "method-other": N_(
        "Certifikatet er lavet med en anden metode (»{certified}«) end den, der efterprøves med."
    ),
    "further-draw-unexplained": N_("Udtræk {number} mangler en grund eller certifikatet før det."),
    "strata-other": N_("Certifikatet har strata {certified}, men planen og rammen giver {found}."),
    "cases-other": N_("{stratum}: antallet af sager er {certified}, men {found} i certifikatets egen ramme."),
    "size-other": N_("{stratum}: stikprøvens størrelse er {certified}, men planen giver {found}."),
    "main-count-other": N_(
        "{stratum}: antallet af udtrukne sager på listen er {certified}, men planen giver {found}."
    ),
    "reserve-count-other": N_(
        "{stratum}: antallet af sager i reserve på listen er {certified}, men planen giver {found}."
    ),
    "weight-wrong": N_("{stratum}: andel eller vægt er {certified}, men skal være {found}."),
    "ticket-wrong": N_("{case_id}: lodnummeret er {found}, men certifikatet skriver {certified}."),
    "order-wrong": N_("{stratum}: sagerne står ikke i lodnumrenes rækkefølge."),
    "role-wrong": N_("{case_id}: rollen »{certified}« passer ikke til sagens plads i rækkefølgen."),
    "replacement-wrong": N_(
        "Erstatningen af {out} med {called} er ikke den næste reserve, mangler en grund, "
        "eller sagen var ikke med."
    ),
    "extension-wrong": N_(
        "Udvidelse {number} har andre størrelser, end den skal have, mangler en grund, "
        "eller står et forkert sted i rækkefølgen."
    ),
    "extension-declared-other": N_(
        "Om udvidelse {number} var anmeldt på forhånd, passer ikke med planen i certifikatet."
    ),
    "fingerprint-other": N_("Rammens fingeraftryk er nu {found}; ved frysningen var det {certified}."),
    "stratum-count-other": N_("{stratum}: antallet af sager er nu {found}; ved frysningen {certified}."),
    "rows-other": N_("Antallet af rækker i registret er nu {found}; ved frysningen {certified}."),
    "excluded-other": N_("Udeladt efter reglen »{rule}«: nu {found}; ved frysningen {certified}."),
    "case-gone": N_("{case_id}: sagen er ikke længere i rammen ({stratum})."),
    "case-moved": N_("{case_id}: sagen står nu i »{found}«; i certifikatet i »{certified}«."),
    "case-passed-over": N_(
        "{case_id}: sagen skulle have været med i {stratum} efter sit lodnummer, "
        "men står ikke i certifikatet. Den er kommet til siden eller blevet forbigået."
    ),
    "case-not-smallest": N_(
        "{case_id}: sagen står i certifikatet, men er ikke blandt de mindste lodnumre i {stratum}."
    ),
}

SENTENCES = {
    **SEED, **DRAW, **DOCUMENTS, **EXTENSION, **PLAN, **SIZES, **FRAME, **REMARKS, **DIFFERENCES,
}  # fmt: skip
