"""Sentences about checklist files and files of answers."""

from lirk.wording.catalogue import N_

SENTENCES = {
    "checklist-syntax": N_("Filen er ikke gyldig TOML: {reason}. Ret stedet, og prøv igen."),
    "checklist-nested": N_(
        "Filen har så mange tabeller inde i hinanden, at den ikke kan læses. Skriv den fladere."
    ),
    "checklist-not-utf8": N_("Filen er ikke gemt som UTF-8 (byte {byte}). Gem den som UTF-8, og prøv igen."),
    "checklist-format": N_('Formatet »{value}« kendes ikke. Skriv format = "{format}".'),
    "checklist-unknown-key": N_("Nøglen »{key}« kendes ikke her. Slet den; her kan stå {known}."),
    "checklist-misspelt-key": N_("Nøglen »{key}« kendes ikke her. Mente du »{near}«?"),
    "checklist-missing": N_("»{key}« mangler. Tilføj den."),
    "checklist-empty": N_("»{key}« er tom. Udfyld den, eller slet den."),
    "checklist-empty-list": N_("Listen »{key}« er tom. Skriv mindst én ting i den, eller slet den."),
    "checklist-missing-danish": N_('»{key}« mangler dansk tekst. Skriv {key} = {{ da = "…", en = "…" }}.'),
    "checklist-not-text": N_(
        "»{key}« skal være en tekst på dansk (og gerne engelsk), men er {value}. Skriv {key} = "
        '{{ da = "…", en = "…" }}.'
    ),
    "checklist-unknown-language": N_(
        "»{key}« har en tekst på »{language}«. Brug kun da (dansk) og en (engelsk)."
    ),
    "checklist-not-string": N_("»{key}« skal være tekst i anførselstegn, men er {value}."),
    "checklist-not-words": N_(
        "»{key}« skal være tekst i anførselstegn eller en liste af dem, men er {value}. Skriv "
        'fx {key} = ["…", "…"].'
    ),
    "checklist-not-flag": N_("»{key}« skal være true eller false (uden anførselstegn), men er {value}."),
    "checklist-not-whole": N_("»{key}« skal være et helt tal fra {low} til {high}, men er {value}."),
    "checklist-not-number": N_(
        "»{key}« skal være et tal fra 0 til {high} med højst seks decimaler, men er {value}. "
        "Brug punktum som decimaltegn."
    ),
    "checklist-not-date": N_("»{key}« skal være en dato uden anførselstegn, fx 2026-03-08, men er {value}."),
    "checklist-not-table": N_("»{key}« skal være en tabel, fx {key} = {{ … }}, men er {value}."),
    "checklist-not-tables": N_(
        "»{key}« skal være en liste af tabeller. Skriv hver af dem under [[{key}]] eller som "
        "{{ … }} i listen."
    ),
    "checklist-bad-name": N_(
        "»{value}« kan ikke være tjeklistens id. Brug små bogstaver a-z, cifre og enkelte bindestreger, "
        "højst 80 tegn."
    ),
    "checklist-bad-id": N_(
        "»{value}« kan ikke være id. Begynd med et lille bogstav a-z, og brug derefter små "
        "bogstaver a-z, cifre, bindestreg og understreg, højst 80 tegn."
    ),
    "checklist-bad-code": N_(
        "»{value}« kan ikke være et svars kode. Brug små bogstaver a-z, cifre, bindestreg og "
        "understreg, højst 80 tegn."
    ),
    "checklist-reserved-id": N_("»{value}« er navnet på sagens kolonne i svarfiler. Vælg et andet id."),
    "checklist-duplicate-id": N_(
        "Id'et »{value}« er brugt før. Fakta og punkter deler navne, så vælg et andet."
    ),
    "checklist-duplicate-theme": N_(
        "Temaet »{value}« findes allerede. Vælg et andet id, eller saml punkterne under ét tema."
    ),
    "checklist-duplicate-verdict": N_("Konklusionen »{value}« findes allerede. Vælg et andet id."),
    "checklist-duplicate-code": N_(
        "Koden »{value}« står mere end én gang under {key}. Giv hvert svar sin egen kode."
    ),
    "checklist-unknown-word": N_("»{value}« kan ikke stå ved {key}. Vælg mellem {known}."),
    "checklist-unknown-scale": N_(
        "Skalaen »{value}« findes ikke. Vælg mellem {known}, eller beskriv den under [scales.{value}]."
    ),
    "checklist-unknown-answer": N_("Svaret »{value}« ved {key} findes ikke her. Vælg mellem {known}."),
    "checklist-shipped-scale": N_(
        "Skalaen »{scale}« følger med LIRK og kan ikke ændres. Giv din egen skala et andet navn."
    ),
    "checklist-scale-without-points": N_(
        "Intet svar på skalaen giver point. Giv mindst ét svar points over 0."
    ),
    "checklist-points-unused": N_(
        'Svaret »{value}« har meaning "{meaning}" og kan ikke give point: det styres af '
        "not_applicable og cannot_assess for hele tjeklisten. Slet points."
    ),
    "checklist-item-without-points": N_(
        "Punktet tæller med, men ingen af de tilbudte svar giver point. Tilbyd et svar med "
        "point, eller sæt weight = 0."
    ),
    "checklist-empty-theme": N_(
        "Temaet »{value}« har ingen punkter. Tilføj et under [[themes.items]], eller slet temaet."
    ),
    "checklist-target-missing": N_(
        'not_applicable = "target" kræver et mål. Tilføj fx target = 90 (procent).'
    ),
    "checklist-target-unused": N_(
        'target bruges kun sammen med not_applicable = "target". Slet target, eller ret not_applicable.'
    ),
    "checklist-too-deep": N_("Betingelsen har mere end {deepest} lag af all, any og not. Skriv den enklere."),
    "checklist-condition-form": N_("En betingelse skal have id og netop én af {known}. Ret den."),
    "checklist-condition-answered": N_(
        'Skriv answered = true. For det modsatte: {{ not = {{ id = "…", answered = true }} }}.'
    ),
    "checklist-condition-unknown": N_(
        "Betingelsen spørger til »{value}«, som hverken er et faktum eller et punkt i tjeklisten. Ret id'et."
    ),
    "checklist-condition-misspelt": N_(
        "Betingelsen spørger til »{value}«, som hverken er et faktum eller et punkt i "
        "tjeklisten. Mente du »{near}«?"
    ),
    "checklist-condition-answer": N_(
        "Betingelsen spørger, om svaret på »{asked}« er »{value}«, men det svar tilbydes ikke. "
        "Vælg mellem {known}."
    ),
    "checklist-condition-unordered": N_(
        "»{asked}« er et faktum, og dets værdier har ingen rækkefølge. Brug is i stedet for at_least."
    ),
    "checklist-condition-loop": N_("Betingelserne venter på hinanden i ring: {circle}. Fjern en af dem."),
    "checklist-verdict-built-in": N_("»{value}« er en konklusion, som LIRK selv drager. Vælg et andet id."),
    "checklist-verdict-form": N_(
        "En regel skal være {{ count = {{ … }}, at_least = 1 }} (eller at_most), {{ "
        'points_at_least = 95 }} eller {{ theme = "…", verdict = ["…"] }}. Ret den.'
    ),
    "checklist-verdict-theme": N_("Temaet »{value}« findes ikke. Vælg mellem {known}."),
    "checklist-verdict-item": N_("Punktet »{value}« findes ikke i tjeklisten. Ret id'et."),
    "checklist-verdict-item-misspelt": N_("Punktet »{value}« findes ikke i tjeklisten. Mente du »{near}«?"),
    "checklist-verdict-unscored": N_(
        "Punktet »{value}« har weight = 0 og tæller aldrig i en konklusion. Fjern det fra "
        "reglen, eller giv det vægt."
    ),
    "checklist-verdict-no-rest": N_(
        "Den sidste konklusion skal tage alle de sager, som ingen regel tog. Tilføj til sidst "
        "en konklusion uden when."
    ),
    "checklist-verdict-unreachable": N_(
        "»{value}« har ingen when og tager alle sager, så konklusionerne efter den bruges "
        "aldrig. Flyt den sidst, eller giv den en when."
    ),
    "checklist-averaged-away": N_(
        "En sag med Nej til det kritiske punkt »{value}« kan få denne positive konklusion. Et "
        "kritisk brud må aldrig udlignes: sæt en konklusion foran med {{ count = {{ meaning = "
        '"negative", severity = "critical" }}, at_least = 1 }}.'
    ),
    "answer-unknown-question": N_(
        "»{value}« er hverken et faktum eller et punkt i tjeklisten. Ret navnet, eller slet det."
    ),
    "answer-unknown": N_("Svaret »{value}« kendes ikke. Vælg mellem {known}."),
    "answer-not-offered": N_("Svaret »{value}« kan ikke gives på dette punkt. Vælg mellem {known}."),
    "checklist-not-found": N_(
        "Tjeklisten »{name}« findes ikke, hverken som fil eller blandt dem, der følger med "
        "({known}). Ret navnet."
    ),
    "checklist-unreadable": N_("{file} kan ikke læses ({reason}). Ret det, og prøv igen."),
    "answers-unreadable": N_("Svarfilen {file} kan ikke læses ({reason}). Ret det, og prøv igen."),
    "answers-not-text": N_(
        "Filen er ikke en CSV-fil i UTF-8 eller cp1252. Gem den fra regnearket som »CSV UTF-8«."
    ),
    "answers-malformed": N_(
        "Filen kan ikke læses som CSV ({reason}). Se efter et anførselstegn, der ikke er lukket."
    ),
    "answers-empty": N_(
        "Filen har ingen sager. Første række er overskrifter, og hver række derefter er en sag."
    ),
    "answers-no-case-column": N_("Kolonnen »case« mangler. Kald kolonnen med sagsnumre »case«."),
    "answers-unknown-column": N_(
        "Kolonnen er hverken »case«, et faktum eller et punkt i tjeklisten. Ret overskriften, "
        "eller slet kolonnen."
    ),
    "answers-misspelt-column": N_(
        "Kolonnen er hverken »case«, et faktum eller et punkt i tjeklisten. Mente du »{near}«?"
    ),
    "answers-duplicate-column": N_("Kolonnen står {count} gange. Behold kun den ene."),
    "answers-unnamed-column": N_(
        "Kolonne nummer {number} har svar, men ingen overskrift. Giv den en overskrift, eller slet den."
    ),
    "answers-no-case": N_("Rækken har svar, men intet sagsnummer. Skriv det, eller slet rækken."),
    "answers-duplicate-case": N_("Sagen »{value}« står allerede i række {first}. Behold kun den ene række."),
}
