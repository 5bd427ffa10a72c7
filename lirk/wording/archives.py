"""What the archive package says of itself, and of every column in it; the problems of one that was changed."""

from lirk.domain.reviews import CaseRole
from lirk.wording.catalogue import N_

#: Kinds of cells, as the list of columns names them.
WHOLE, NUMBER, TEXT, CODE, DAY, YES_NO = "heltal", "tal", "tekst", "kode", "dato", "ja-nej"

CENTRE_REPORTS, OVERVIEW_DATA = "rapporter/center/*.csv", "rapporter/overblik.csv"

_NUMBER = N_("Sagens løbenummer i runden.")
_CENTRE = N_("Centrets navn, som det står i registret.")
_CHECKLIST = N_("Tjeklistens id. Teksten ligger i mappen tjeklister.")
_VERSION = N_("Tjeklistens version.")
_CASE_ID = N_("Sagens nummer i fagsystemet, som certifikatet har det.")
_ID = N_("Punktets eller oplysningens id i tjeklisten.")
_DRAW = N_("Udtrækkets nummer. Det sidste udtræk er det, der er gennemgået.")

#: By file, each column in order: its kind and what it holds.
DATA_COLUMNS: dict[str, dict[str, tuple[str, str]]] = {
    "data/runde.csv": {
        "navn": (CODE, N_("Hvad rækken oplyser om runden.")),
        "vaerdi": (TEXT, N_("Oplysningen. Tom, hvor runden ikke har den.")),
    },
    "data/sager.csv": {
        "loebenummer": (WHOLE, _NUMBER),
        "center": (TEXT, _CENTRE),
        "stratum": (TEXT, N_("Den del af rammen, som sagen er trukket fra.")),
        "rolle": (CODE, N_("Om sagen blev trukket fra begyndelsen eller kaldt ind fra reserven.")),
        "status": (CODE, N_("Hvad der blev af sagen.")),
        "erstattet": (YES_NO, N_("Om en sag fra reserven har taget sagens plads.")),
        "afgoerelsesdato": (DAY, N_("Afgørelsens dato i registret.")),
        "sagstype": (TEXT, N_("Sagens type i registret.")),
        "udfald": (CODE, N_("Afgørelsens udfald i registret.")),
    },
    "data/svar.csv": {
        "loebenummer": (WHOLE, _NUMBER),
        "tjekliste": (TEXT, _CHECKLIST),
        "version": (WHOLE, _VERSION),
        "slags": (CODE, N_("Om rækken er en oplysning om sagen eller et punkt, der er vurderet.")),
        "id": (TEXT, _ID),
        "fra_register": (CODE, N_("Hvad registret oplyste. Tom, hvor det ikke oplyste noget.")),
        "foerste_gennemgang": (CODE, N_("Svaret i første gennemgang, som det står ved lukningen.")),
        "anden_gennemgang": (
            CODE,
            N_("Svaret i anden gennemgang, som det står ved lukningen. Tom, hvor sagen er læst én gang."),
        ),
        "foerste_foer_genaabning": (
            CODE,
            N_(
                "Svaret i første gennemgang, før de to så hinandens svar. Kun udfyldt, hvor en af gennemgangene blev "
                "genåbnet bagefter."
            ),
        ),
        "anden_foer_genaabning": (
            CODE,
            N_(
                "Svaret i anden gennemgang, før de to så hinandens svar. Kun udfyldt, hvor en af gennemgangene blev "
                "genåbnet bagefter."
            ),
        ),
        "aftalt": (CODE, N_("Hvad de to, der læste sagen, aftalte. Tom, hvor intet skulle aftales.")),
        "gaelder": (
            CODE,
            N_(
                "Svaret, som rapporten tæller, efter det aftalte og efter rettelser. Tomt, hvor punktet ikke er med, "
                "eller sagen ikke er gennemgået."
            ),
        ),
        "i_tvivl": (YES_NO, N_("Om svaret blev mærket som i tvivl.")),
        "bemaerkning": (YES_NO, N_("Om der blev skrevet en bemærkning. Selve teksten er ikke med.")),
        "journalhenvisning": (YES_NO, N_("Om der blev henvist til journalen. Selve teksten er ikke med.")),
    },
    "data/rettelser.csv": {
        "loebenummer": (WHOLE, _NUMBER),
        "tjekliste": (TEXT, _CHECKLIST),
        "id": (TEXT, _ID),
        "foer": (
            CODE,
            N_(
                "Svaret, som rapporten talte før indsigelsen. Tomt, hvor punktet først kom med ved en rettelse."
            ),
        ),
        "efter": (CODE, N_("Svaret, som rapporten tæller i stedet.")),
        "gaelder_ogsaa": (
            TEXT,
            N_(
                "Hvad der også gælder i sagen på grund af rettelsen, med svaret fra gennemgangen, som nu tæller med: "
                "id = svar, adskilt af semikolon. Tom, hvor der ikke er noget."
            ),
        ),
        "dag": (DAY, N_("Dagen, hvor svaret blev rettet.")),
        "begrundelse": (TEXT, N_("Koordinatorens begrundelse, som den står i rapporten.")),
    },
    "data/fund.csv": {
        "center": (TEXT, _CENTRE),
        "nummer": (WHOLE, N_("Fundets nummer i centrets rapport.")),
        "tjekliste": (TEXT, _CHECKLIST),
        "id": (TEXT, _ID),
        "tema": (TEXT, N_("Temaets navn i rapportens sprog.")),
        "spoergsmaal": (TEXT, N_("Punktets spørgsmål i rapportens sprog.")),
        "alvor": (CODE, N_("Hvor alvorligt et nej er.")),
        "regel": (CODE, N_("Hvilken slags regel punktet hviler på.")),
        "ja": (WHOLE, N_("Sager med svaret ja.")),
        "delvist": (WHOLE, N_("Sager med svaret delvist.")),
        "nej": (WHOLE, N_("Sager med svaret nej.")),
        "ikke_relevant": (WHOLE, N_("Sager, hvor punktet ikke var relevant.")),
        "kan_ikke_vurderes": (WHOLE, N_("Sager, hvor punktet ikke kunne vurderes.")),
        "set": (TEXT, N_("Koordinatorens tekst om, hvad der blev set.")),
        "anbefaling": (TEXT, N_("Anbefalingen, som den står i rapporten.")),
        "eksempler": (TEXT, N_("Koordinatorens eksempler uden personer.")),
    },
    "data/punkter.csv": {
        "tjekliste": (TEXT, _CHECKLIST),
        "version": (WHOLE, _VERSION),
        "slags": (CODE, N_("Om rækken er en oplysning om sagen eller et punkt, der er vurderet.")),
        "id": (TEXT, _ID),
        "tema_da": (TEXT, N_("Temaets navn på dansk. Tom ved en oplysning.")),
        "tema_en": (TEXT, N_("Temaets navn på engelsk. Tom ved en oplysning.")),
        "spoergsmaal_da": (TEXT, N_("Spørgsmålet på dansk.")),
        "spoergsmaal_en": (TEXT, N_("Spørgsmålet på engelsk.")),
        "svar_da": (TEXT, N_("Svarene, der kunne vælges, på dansk: kode = tekst.")),
        "svar_en": (TEXT, N_("Svarene, der kunne vælges, på engelsk: kode = tekst.")),
        "alvor": (CODE, N_("Hvor alvorligt et nej er.")),
        "regel": (CODE, N_("Hvilken slags regel punktet hviler på.")),
        "retsgrundlag": (TEXT, N_("Lovstederne, som tjeklisten nævner.")),
        "indgaar_i_point": (YES_NO, N_("Om punktet tæller med i point.")),
    },
    "data/udtraek.csv": {
        "udtraek": (WHOLE, _DRAW),
        "stratum": (TEXT, N_("Den del af rammen, som sagen er trukket fra.")),
        "sagsnummer": (TEXT, _CASE_ID),
        "loebenummer": (
            WHOLE,
            N_("Sagens løbenummer. Tomt, hvor sagen blev i reserven, eller der blev trukket igen."),
        ),
        "plads": (WHOLE, N_("Sagens plads i sit stratum efter lodnummer.")),
        "rolle": (CODE, N_("Om certifikatet har sagen som trukket eller som reserve.")),
        "lodnummer": (
            TEXT,
            N_("Lodnummeret: SHA-256 af frø, kolon og sagsnummer, som enhver kan regne efter."),
        ),
    },
    "data/erstatninger.csv": {
        "udtraek": (WHOLE, _DRAW),
        "ud": (TEXT, N_("Sagsnummeret på sagen, der gik ud.")),
        "ind": (TEXT, N_("Sagsnummeret på sagen, der kom ind fra reserven.")),
        "dag": (DAY, N_("Dagen, hvor det skete.")),
        "grund": (TEXT, N_("Grunden, som certifikatet har den.")),
    },
    "data/moeder.csv": {
        "center": (TEXT, _CENTRE),
        "dag": (DAY, N_("Dagen, hvor rapporten blev gennemgået i afsnittet.")),
        "leder": (YES_NO, N_("Om lederen deltog.")),
        "tillidsrepraesentant": (YES_NO, N_("Om tillidsrepræsentanten deltog.")),
        "arbejdsmiljoerepraesentant": (YES_NO, N_("Om arbejdsmiljørepræsentanten deltog.")),
        "medarbejdere": (WHOLE, N_("Hvor mange medarbejdere der deltog.")),
        "aftalt": (TEXT, N_("Hvad der blev aftalt på mødet.")),
        "ikke_aftalt": (TEXT, N_("Hvad der ikke blev enighed om på mødet.")),
    },
    "data/kolonner.csv": {
        "fil": (TEXT, N_("Filen. En stjerne står for hvert centers filnavn.")),
        "kolonne": (TEXT, N_("Kolonnens overskrift i filen.")),
        "type": (CODE, N_("Hvad cellerne er.")),
        "beskrivelse": (TEXT, N_("Hvad kolonnen rummer, på dansk.")),
        "description": (TEXT, N_("Hvad kolonnen rummer, på engelsk.")),
        "vaerdier": (
            TEXT,
            N_("Koderne, der kan stå i kolonnen: kode = dansk / engelsk. Tom, hvor alt kan stå."),
        ),
    },
    "spor/spor.csv": {
        "nummer": (WHOLE, N_("Linjens nummer. Den ældste er 1.")),
        "dag": (DAY, N_("Dagen, hvor det skete. Klokkeslæt er ikke med.")),
        "kode": (CODE, N_("Hvad der skete, som LIRK skriver det i loggen.")),
        "handling": (TEXT, N_("Hvad der skete, i ord.")),
        "oplysninger": (TEXT, N_("Hvad det drejede sig om: navn = værdi. Navne på personer er ikke med.")),
    },
}

#: Of the reports' own tables, by their headings in Danish.
REPORT_COLUMNS: dict[str, dict[str, tuple[str, str]]] = {
    CENTRE_REPORTS: {
        "Center": (TEXT, _CENTRE),
        "Runde": (TEXT, N_("Rundens titel.")),
        "Tjekliste": (TEXT, N_("Tjeklistens navn.")),
        "Tjeklistens id": (TEXT, _CHECKLIST),
        "Version": (WHOLE, _VERSION),
        "Retsgrundlag pr.": (DAY, N_("Den dag, hvis lov tjeklisten gengiver.")),
        "Tjeklistens punkter": (TEXT, N_("Om runden brugte alle tjeklistens punkter eller kernesættet.")),
        "Tema": (TEXT, N_("Temaets nummer.")),
        "Punkt": (TEXT, N_("Punktets nummer. Tom i en række om et helt tema.")),
        "Tekst": (TEXT, N_("Temaets navn eller punktets spørgsmål.")),
        "Alvor": (TEXT, N_("Hvor alvorligt et nej er.")),
        "Slags regel": (TEXT, N_("Hvilken slags regel punktet hviler på.")),
        "Retsgrundlag": (TEXT, N_("Lovstederne, som tjeklisten nævner.")),
        "Indgår i point": (YES_NO, N_("Om punktet tæller med i point.")),
        "Ja": (WHOLE, N_("Sager med svaret ja.")),
        "Delvist": (WHOLE, N_("Sager med svaret delvist.")),
        "Nej": (WHOLE, N_("Sager med svaret nej.")),
        "Ikke relevant": (WHOLE, N_("Sager, hvor punktet ikke var relevant.")),
        "Kan ikke vurderes": (WHOLE, N_("Sager, hvor punktet ikke kunne vurderes.")),
        "Relevante sager": (WHOLE, N_("Sager, som andelen er regnet af: ja, delvist og nej.")),
        "Andel opfyldt i procent": (NUMBER, N_("Andelen med ja. Tom, hvor der er for få sager.")),
        "Nedre grænse i procent": (NUMBER, N_("Den nedre grænse for andelen i hele centret.")),
        "Øvre grænse i procent": (NUMBER, N_("Den øvre grænse for andelen i hele centret.")),
        "Fund nr.": (WHOLE, N_("Fundets nummer i rapporten. Tom, hvor punktet ikke er et fund.")),
        "Bemærkning": (
            TEXT,
            N_("Om rapporten er et udkast, og hvad der er opfundet, hvis runden er en demonstration."),
        ),
    },
    OVERVIEW_DATA: {
        "Del": (TEXT, N_("Hvilken del af overblikket rækken hører til.")),
        "Navn": (TEXT, N_("Centret, temaet eller punktet; ved koordinatorens tekster selve teksten.")),
        "Runde": (TEXT, N_("Titlen på den runde, som rækken er fra.")),
        "Sager i registret": (WHOLE, N_("Centrets sager i registret. Kun ved deltagelse.")),
        "Gennemgået": (WHOLE, N_("Centrets gennemgåede sager. Kun ved deltagelse.")),
        "Andel opfyldt, afrundet": (TEXT, N_("Andelen på tværs, afrundet eller i ord. Kun ved temaer.")),
        "Retsgrundlag": (TEXT, N_("Lovstederne, som tjeklisten nævner.")),
        "Findes i": (TEXT, N_("Om fundet går igen i flere centre; aldrig hvilke.")),
        "Bemærkning": (
            TEXT,
            N_(
                "Om en forskel kan være tilfældig, om tal ikke kan sammenlignes, og hvad der er opfundet i en "
                "demonstration."
            ),
        ),
    },
}

ROLES = {CaseRole.MAIN: N_("trukket"), CaseRole.RESERVE: N_("fra reserven")}
KINDS = {"fact": N_("oplysning om sagen"), "item": N_("punkt")}
YES_OR_NO = {"ja": N_("ja"), "nej": N_("nej")}
CELLS = {
    WHOLE: N_("et helt tal"),
    NUMBER: N_("et tal med decimaler"),
    TEXT: N_("tekst"),
    CODE: N_("en kode"),
    DAY: N_("en dato, år-måned-dag"),
    YES_NO: N_("ja eller nej"),
}
FACTS_OF_ROUND = {
    "kommune": N_("kommunens navn"),
    "noegle": N_("rundens korte navn"),
    "titel": N_("rundens titel"),
    "foerste_dag": N_("den første afgørelsesdato i rammen"),
    "sidste_dag": N_("den sidste afgørelsesdato i rammen"),
    "frosset": N_("hvornår rammen blev frosset"),
    "lukket": N_("hvornår runden blev lukket"),
    "register": N_("registrets navn"),
    "raekker": N_("rækker i registret"),
    "sager_i_rammen": N_("sager i rammen"),
    "fingeraftryk": N_("rammens fingeraftryk"),
    "opfundet": N_("hvad der er opfundet: answers = svarene, all = registret og svarene"),
    "lirk": N_("udgaven af LIRK, som lavede pakken"),
}

#: What the trail in the package says where the log's own sentence names somebody, or tells what was written.
TRAIL = {
    "cases-assigned": N_("Sagerne er fordelt."),
    "case-moved": N_("Sag {number} er givet videre til en anden."),
    "cases-handed-over": N_("Sager er givet videre fra en til andre."),
    "third-asked": N_("En tredje er bedt om at afgøre, hvad der gælder i sag {number}."),
    "second-reading-ended": N_("Anden gennemgang af sag {number} er opgivet."),
    "case-replaced": N_("Sag {number} er erstattet af den næste i reserven."),
    "case-reopened": N_("Sag {number} er genåbnet."),
    "review-reopened": N_("Gennemgangen af sag {number} er genåbnet."),
    "review-finished": N_("Gennemgange er afsluttet."),
    "calibration-review-finished": N_("Gennemgange i kalibreringen er afsluttet."),
    "answers-imported": N_("Udfyldte skemaer er læst ind."),
}

#: The log's own sentence about the package.
LOG = {"archive-made": N_("Arkivpakken er lavet. Kontrolsum {sha256}.")}

README_TITLE = N_("ARKIVPAKKE FRA LIRK")
README_WHAT = N_(
    "Pakken rummer målingen »{title}« ({key}) i {municipality}, lukket {closed}. Målingen er en stikprøve af "
    "afgørelsessager, som er gennemgået efter tjeklister. Alt kan læses uden LIRK."
)
README_NOT_PUBLIC = N_(
    "Pakken er til arkivet og må ikke offentliggøres eller sendes ud af kommunen. Den rummer de sande antal for hvert "
    "center, også de små, svarene i hver sag og sagernes numre i fagsystemet."
)
README_PARTS = N_("I PAKKEN")
README_PART = {
    "rapporter/": N_(
        "hvert centers rapport som PDF til at læse og XLSX, CSV og JSON til at regne med, og kommunens overblik som "
        "PDF, CSV og JSON. En udgivet rapport er, som den blev udgivet; de andre er udkast fra den dag, pakken blev "
        "lavet"
    ),
    "data/": N_(
        "sager, svar, rettelser, fund, møder, punkter, udtræk og erstatninger som CSV; kolonner.csv "
        "beskriver hver kolonne"
    ),
    "tjeklister/": N_("tjeklisterne, ordret som runden brugte dem"),
    "certifikater/": N_(
        "frysningen af rammen og hvert udtræks certifikat, så lodtrækningen kan regnes efter"
    ),
    "spor/": N_("hvad der skete i runden, dag for dag"),
    "SHA256SUMS": N_("kontrolsummen af hver anden fil"),
}
README_CSV = N_(
    "CSV-filerne er UTF-8 med semikolon mellem kolonnerne og overskrifter i første række. En celle, der begynder med "
    "=, +, - eller @, har en apostrof foran."
)
README_AS_OF = N_(
    "Tabellerne i data/ er fra den dag, pakken blev lavet. Overblikket tæller svarene, som de var, da runden blev "
    "lukket, uden senere rettelser."
)
README_EARLIER = N_(
    "I {folder} ligger de udgivne versioner, som en senere har erstattet, med versionens nummer i filens navn. De er, "
    "som de blev udgivet."
)
README_LEFT_OUT = N_("IKKE MED")
README_NOBODY = N_(
    "Ingen, der har gennemgået sager, er nævnt, og det kan ikke ses, hvem der gennemgik hvad eller hvor hurtigt. "
    "Bemærkninger, henvisninger til journalen og drøftelser i fri tekst er ikke med, for de kan nævne personer. "
    "Sporet har dage, men ikke klokkeslæt, og det slutter før pakken selv."
)
README_WRITTEN = N_(
    "Vidner til frøet og grunde til erstatninger står, hvor certifikatet har dem; uden dem ville dets kontrolsum ikke "
    "passe. Kalibreringens og tidligere udtræks svar tæller ikke i målingen og er ikke med."
)
README_CHECK = N_("SÅDAN KONTROLLERES PAKKEN")
README_SUMS = N_("Uden LIRK: Pak ud i en tom mappe, og skriv dér")
README_VERIFY = N_("Med LIRK, uden at pakke ud:")
README_OUTER = N_(
    "Listen viser fejl og beskadigelse. Den viser ikke, om nogen har lavet både filer og liste om. Gem derfor "
    "ZIP-filens egen kontrolsum et andet sted; LIRK viser den, når pakken laves, og den står i rundens log."
)
README_MADE_UP = N_("DEMONSTRATION: {mark}")

SENTENCES = {
    "archive-not-closed": N_(
        "Arkivpakken laves af en lukket runde, og runden {round} er ikke lukket. Se på rundens side "
        "eller med `lirk round show {round}`, hvad der mangler, og luk den dér eller med `lirk round close {round}`."
    ),
    "archive-broken": N_("Filen er ikke en hel ZIP-fil. Hent pakken igen, eller tag en anden kopi."),
    "archive-too-large": N_("Filen er på over {most} bytes. Så stor er ingen arkivpakke."),
    "archive-too-many-files": N_("Der er over {most} filer i pakken. Så mange har ingen arkivpakke."),
    "archive-unpacks-too-large": N_(
        "Pakket ud fylder filerne over {most} bytes, eller der er for mange. Filerne er ikke læst."
    ),
    "archive-name-unsafe": N_(
        "Navnet fører ud af mappen eller kan ikke bruges på alle computere. Pak ikke filen ud."
    ),
    "archive-name-twice": N_("Navnet står {count} gange i pakken. Programmer kan læse hver sin fil."),
    "archive-no-plain-file": N_("Det er ikke en almindelig fil. Pak den ikke ud."),
    "archive-sums-missing": N_("Listen SHA256SUMS mangler, så filerne kan ikke kontrolleres."),
    "archive-sums-malformed": N_("Linjen er ikke en kontrolsum og et filnavn."),
    "archive-listed-twice": N_("Filen står {count} gange på listen SHA256SUMS."),
    "archive-file-missing": N_("Filen står på listen, men er ikke i pakken."),
    "archive-file-extra": N_("Filen er i pakken, men står ikke på listen."),
    "archive-file-changed": N_("Indholdet er ikke det, som listen siger."),
    "archive-file-damaged": N_("Filen kan ikke læses: Den er beskadiget, låst eller for stor."),
    "archive-part-missing": N_("En del, som arkivpakken skal have, mangler."),
    "archive-table-unreadable": N_(
        "Tabellen kan ikke læses, så det kan ikke ses, om alle dele er i pakken. Find den pakke, der blev lavet."
    ),
    "archive-certificate-unreadable": N_("Det er ikke et certifikat eller en frysning, som LIRK kan læse."),
    "archive-freeze-other": N_("Certifikatet er ikke trukket af rammen, som frysningen i pakken viser."),
    "archive-freeze-edited": N_(
        "Frysningen er ændret, efter at den blev lavet: Kontrolsummen i den passer ikke."
    ),
}
