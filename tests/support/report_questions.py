"""Real questions of both checklists, of the length they have, by theme."""

#: Question, reference, severity, rule.
LAWFUL_THEMES: tuple[tuple[str, tuple[tuple[str, str, str, str], ...]], ...] = (
    (
        "Opstart og kompetence",
        (
            (
                "Er afgørelsen truffet af rette myndighed og af en medarbejder eller et organ med kompetence hertil?",
                "Ulovbestemt grundsætning om kompetence og delegation",
                "critical",
                "guarantee",
            ),
            (
                "Er sagen behandlet uden medvirken af inhabile personer?",
                "Forvaltningsloven § 3, stk. 1",
                "critical",
                "guarantee",
            ),
            (
                "Har borgeren fået den vejledning, som sagen gav anledning til?",
                "Forvaltningsloven § 7, stk. 1",
                "serious",
                "guarantee",
            ),
            ("Er sagsbehandlingsfristen overholdt?", "Retssikkerhedsloven § 3, stk. 2", "serious", "order"),
            (
                "Har borgeren haft mulighed for at medvirke ved behandlingen af sin sag?",
                "Retssikkerhedsloven § 4",
                "serious",
                "guarantee",
            ),
        ),
    ),
    (
        "Sagsoplysning, notater og partshøring",
        (
            (
                "Var sagen tilstrækkeligt oplyst, da afgørelsen blev truffet?",
                "Retssikkerhedsloven § 10",
                "critical",
                "guarantee",
            ),
            (
                "Er mundtlige oplysninger og eksterne vurderinger af betydning for afgørelsen noteret?",
                "Offentlighedsloven § 13, stk. 1",
                "serious",
                "order",
            ),
            (
                "Er de dokumenter, der har betydning for sagen, journaliseret?",
                "Offentlighedsloven § 15, stk. 1",
                "serious",
                "order",
            ),
            (
                "Er parten hørt om de oplysninger, der krævede partshøring?",
                "Forvaltningsloven § 19, stk. 1",
                "critical",
                "guarantee",
            ),
            (
                "Var partshøringen fyldestgørende med hensyn til indhold og frist?",
                "Forvaltningsloven § 19, stk. 1",
                "serious",
                "guarantee",
            ),
        ),
    ),
    (
        "Hjemmel, skøn og materiel rigtighed",
        (
            ("Har afgørelsen hjemmel i gældende regler?", "Legalitetsprincippet", "critical", "substantive"),
            (
                "Er afgørelsen materielt rigtig på det foreliggende grundlag?",
                "Sektorloven",
                "critical",
                "substantive",
            ),
            (
                "Er der foretaget et konkret og individuelt skøn?",
                "Grundsætningen om pligtmæssigt skøn",
                "critical",
                "substantive",
            ),
            (
                "Bygger afgørelsen alene på saglige hensyn?",
                "Grundsætningen om saglig forvaltning",
                "critical",
                "substantive",
            ),
        ),
    ),
    (
        "Afgørelsesbrevet",
        (
            ("Er afgørelsen begrundet?", "Forvaltningsloven § 22", "critical", "guarantee"),
            (
                "Henviser begrundelsen til de retsregler, afgørelsen er truffet efter?",
                "Forvaltningsloven § 24, stk. 1, 1. pkt.",
                "serious",
                "guarantee",
            ),
            (
                "Angiver begrundelsen de hovedhensyn, der har været bestemmende for skønnet?",
                "Forvaltningsloven § 24, stk. 1, 2. pkt.",
                "critical",
                "guarantee",
            ),
            (
                "Redegør begrundelsen kort for de faktiske oplysninger, der er tillagt væsentlig betydning?",
                "Forvaltningsloven § 24, stk. 2",
                "serious",
                "guarantee",
            ),
            ("Er der givet klagevejledning?", "Forvaltningsloven § 25, stk. 1", "serious", "order"),
            (
                "Er klagevejledningen fuldstændig og korrekt?",
                "Forvaltningsloven § 25, stk. 1, 1. pkt.",
                "serious",
                "order",
            ),
            ("Fremgår det klart, hvad der er afgjort?", "God forvaltningsskik", "serious", "good-practice"),
            (
                "Er afgørelsen skrevet i et klart og forståeligt sprog?",
                "God forvaltningsskik",
                "minor",
                "good-practice",
            ),
        ),
    ),
    (
        "Samlet vurdering",
        (("Samlet vurdering: Kan afgørelsen stå?", "Ugyldighedslæren", "critical", "substantive"),),
    ),
)
DATA_THEMES: tuple[tuple[str, tuple[tuple[str, str, str, str], ...]], ...] = (
    (
        "Sagsdannelse",
        (
            ("Er sagen journaliseret på det rigtige KLE-nummer?", "KL Emnesystematik", "serious", "records"),
            ("Er handlingsfacetten rigtig?", "KL Emnesystematik", "serious", "records"),
            (
                "Er sagstitlen sigende og uden fortrolige eller følsomme oplysninger?",
                "Databeskyttelsesforordningen art. 5, stk. 1, litra c og f",
                "serious",
                "data-protection",
            ),
            (
                "Er sagens parter og repræsentanter registreret korrekt?",
                "Databeskyttelsesloven § 11, stk. 1",
                "serious",
                "data-protection",
            ),
        ),
    ),
    (
        "Journalisering og opbevaring",
        (
            (
                "Er alle væsentlige dokumenter journaliseret på sagen?",
                "Offentlighedsloven § 15, stk. 1",
                "serious",
                "records",
            ),
            (
                "Er dokumenterne journaliseret snarest muligt?",
                "Offentlighedsloven § 15, stk. 2",
                "minor",
                "records",
            ),
            (
                "Ligger den afgørelse, der faktisk er sendt, på sagen i endelig og låst form?",
                "Offentlighedsloven § 15, stk. 1",
                "serious",
                "records",
            ),
            (
                "Er alle dokumenter lagt på den rigtige sag og den rigtige borger?",
                "Databeskyttelsesforordningen art. 5, stk. 1, litra d og f",
                "critical",
                "data-protection",
            ),
            (
                "Er sagens e-mails journaliseret og ikke kun gemt i postkasser?",
                "Offentlighedsloven § 15",
                "serious",
                "records",
            ),
            (
                "Er sagsmateriale holdt væk fra fællesdrev, Teams/SharePoint og lokale enheder?",
                "Arkivbekendtgørelsen § 1",
                "serious",
                "records",
            ),
        ),
    ),
    (
        "Adgang og behandling af personoplysninger",
        (
            (
                "Er adgangen til sagen begrænset til medarbejdere med arbejdsbetinget behov?",
                "Databeskyttelsesforordningen art. 32",
                "serious",
                "data-protection",
            ),
            (
                "Er cpr-nummer kun brugt, hvor det er nødvendigt for entydig identifikation?",
                "Databeskyttelsesloven § 11, stk. 1",
                "serious",
                "data-protection",
            ),
            (
                "Er behandlingen af følsomme oplysninger nødvendig og hjemlet?",
                "Databeskyttelsesloven § 7, stk. 1",
                "serious",
                "data-protection",
            ),
            (
                "Er borgeren oplyst efter artikel 13, da oplysninger blev indsamlet hos borgeren?",
                "Databeskyttelsesforordningen art. 13",
                "serious",
                "data-protection",
            ),
        ),
    ),
    (
        "Forsendelse, bevaring og sletning",
        (
            (
                "Er fortrolige oplysninger sendt sikkert?",
                "Databeskyttelsesforordningen art. 32",
                "serious",
                "data-protection",
            ),
            (
                "Er breve og bilag sendt til de rigtige modtagere og uden uvedkommende bilag?",
                "Databeskyttelsesforordningen art. 32 og 33",
                "critical",
                "data-protection",
            ),
            (
                "Er der sat en slettefrist, som passer til sagstypen?",
                "Databeskyttelsesforordningen art. 5, stk. 1, litra e",
                "serious",
                "data-protection",
            ),
            ("Er bevaring/kassation sat rigtigt?", "Arkivloven § 8", "serious", "records"),
            (
                "Er intet slettet, som skulle være bevaret eller journaliseret?",
                "Arkivbekendtgørelsen § 5, stk. 2",
                "critical",
                "records",
            ),
            ("Kan sagens forløb forstås alene ud fra sagen?", "God forvaltningsskik", "serious", "records"),
        ),
    ),
)
