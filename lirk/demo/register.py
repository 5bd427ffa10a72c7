"""The synthetic register of the demonstration municipality: one year, nine centres, nothing real.

Volumes, KLE numbers, titles and weights are illustrative, not statistics. The file has the habits of real
exports: a title row above the header, blank rows, a total row at the bottom, and rows that are no decisions.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from lirk.demo.chance import happens, pick, whole

SEED = 20261001
FIRST_DAY = date(2025, 10, 1)
LAST_DAY = date(2026, 9, 30)
EXPORTED = date(2026, 10, 5)

TITLE = "OPFUNDET REGISTER til demonstration. Ingen rigtige sager, ingen rigtige personer."
HEADINGS = (
    "Sagsnummer",
    "KLE",
    "Facet",
    "Center",
    "Afdeling",
    "Sagsbehandler",
    "Sagstype",
    "Oprettet",
    "Afgørelsesdato",
    "Afgørelsestype",
    "Afsluttet",
)

FULL = "Fuldt medhold"
PARTIAL = "Delvist medhold"
REFUSAL = "Afslag"
BURDENING = "Påbud eller forbud"
REDUCTION = "Nedsættelse eller ophør"
REPAYMENT = "Tilbagebetaling"
DISMISSAL = "Afvisning"
WITHDRAWN = "Trukket tilbage"
NO_DECISION = "Ingen afgørelse"

#: What a case that is not granted in full becomes, where the case type says nothing else.
OTHERWISE = ((PARTIAL, 0.4), (REFUSAL, 0.5), (DISMISSAL, 0.1))

#: Case types whose decisions are mostly a burden, with the probability of each outcome.
OWN_OUTCOMES = {
    "32.24.06": ((FULL, 0.6), (REDUCTION, 0.4)),
    "32.45.10": ((FULL, 0.3), (PARTIAL, 0.1), (REPAYMENT, 0.6)),
    "01.02.07": ((FULL, 0.1), (BURDENING, 0.9)),
    "09.18.10": ((FULL, 0.35), (BURDENING, 0.65)),
}

MAPPING = f"""\
# Hvordan det opfundne register læses. Til venstre LIRKs navne, til højre registrets.
[read]
encoding = "utf-8-sig"
header_row = 2
separator = ";"
date_format = "%d-%m-%Y"

[columns]
case_number = "Sagsnummer"
kle_number = "KLE"
facet = "Facet"
centre = "Center"
unit = "Afdeling"
caseworker = "Sagsbehandler"
case_type = "Sagstype"
created = "Oprettet"
decision_date = "Afgørelsesdato"
outcome = "Afgørelsestype"
closed = "Afsluttet"

# Registrets værdi til venstre. Sager uden afgørelse er ikke med i det, der trækkes fra.
[outcome]
"{FULL}" = "full-grant"
"{PARTIAL}" = "partial-grant"
"{REFUSAL}" = "refusal"
"{BURDENING}" = "burdening"
"{REDUCTION}" = "reduction"
"{REPAYMENT}" = "repayment"
"{DISMISSAL}" = "dismissal"
"{WITHDRAWN}" = "not-a-decision"
"{NO_DECISION}" = "not-a-decision"
"" = "not-a-decision"

[keep]
from = {{first}}
to = {{last}}
"""


@dataclass(frozen=True, slots=True)
class CaseType:
    """A kind of case: KLE number, its title in KLE, its share of the centre's cases, the usual facet."""

    kle: str
    title: str
    weight: float
    facet: str = "G01"


@dataclass(frozen=True, slots=True)
class DemoCentre:
    """A centre: its decisions in the year, the share granted in full, its units and its case types."""

    name: str
    decisions: int
    granted: float
    units: tuple[str, ...]
    case_types: tuple[CaseType, ...]


CENTRES = (
    DemoCentre(
        "Center for Sundhed & Omsorg",
        4000,
        0.91,
        ("Team Nord", "Team Syd", "Team Øst"),
        (
            CaseType("27.36.20", "Tildeling af personlig hjælp og pleje m.v. (visitation)", 12),
            CaseType("27.60.04", "Kropsbårne hjælpemidler", 10),
            CaseType("27.60.08", "Mobilitetshjælpemidler", 7),
            CaseType("27.60.24", "Boligindretning", 3),
            CaseType("27.45.12", "Almene ældre og handicapboliger efter almenboliglovens § 105", 3),
        ),
    ),
    DemoCentre(
        "Center for Arbejdsmarked",
        6000,
        0.97,
        ("Team Nord", "Team Syd", "Team Øst", "Team Vest"),
        (
            CaseType("32.24.04", "Hjælp til forsørgelse (kontanthjælp mv.)", 8),
            CaseType("32.24.06", "Nedsættelse af kontanthjælp", 4),
            CaseType("32.30.04", "Udbetaling af sygedagpenge", 6),
            CaseType("15.17.06", "Sygedagpengeopfølgning", 6),
            CaseType("15.20.24", "Fleksjob", 2),
            CaseType("32.03.16", "Førtidspension", 2),
            CaseType("32.45.10", "Tilbagebetalingskrav - sociale ydelser", 2, "Ø30"),
        ),
    ),
    DemoCentre(
        "Center for Socialområdet",
        800,
        0.85,
        ("Team Nord", "Team Syd"),
        (
            CaseType("27.60.28", "Støtte til individuel befordring", 2),
            CaseType("27.36.14", "Bostøtte efter servicelovens § 85a", 3),
            CaseType("27.57.04", "Midlertidige botilbud efter servicelovens § 107", 1),
            CaseType("27.57.08", "Længerevarende botilbud efter servicelovens § 108", 1),
            CaseType("32.18.08", "Merudgiftsydelse og kompensationsydelse til voksne", 3),
        ),
    ),
    DemoCentre(
        "Center for Børn & Familie",
        800,
        0.88,
        ("Team Nord", "Team Syd"),
        (
            CaseType("34.10.10", "Screening, afdækning og børnefaglig undersøgelse", 4),
            CaseType("34.15.25", "Støttende indsatser", 4),
            CaseType("34.25.00", "Anbringelse i almindelighed", 1),
            CaseType("34.45.30", "Merudgiftsydelse og kompensationsydelse til børn og unge", 3),
            CaseType("34.45.35", "Hjælp til dækning af tabt arbejdsfortjeneste", 3),
        ),
    ),
    DemoCentre(
        "Center for Teknik & Miljø",
        1700,
        0.94,
        ("Team Nord", "Team Syd", "Team Øst"),
        (
            CaseType("02.34.02", "Byggetilladelse", 8),
            CaseType("01.03.03", "Udstykning, bebyggelse eller ændret anvendelse i landzone", 3),
            CaseType("01.02.07", "Forbud i henhold til planlovens § 12 og § 14", 1),
            CaseType("09.17.19", "Godkendelser af husdyrbrug - husdyrbrugloven § 16a", 1),
            CaseType("09.18.10", "Regulering af støjgener", 1),
            CaseType("05.14.04", "Anbringelse af containere, materiel og lignende genstande på vej", 3),
            CaseType("05.09.12", "Parkeringsdispensationer", 2),
        ),
    ),
    DemoCentre(
        "Center for Borgerservice",
        2000,
        0.93,
        ("Team Nord", "Team Syd"),
        (
            CaseType("32.24.34", "Særlig støtte efter § 87 i lov om aktiv socialpolitik", 1),
            CaseType("28.77.08", "Økonomisk fripladstilskud", 4),
            CaseType("23.05.10", "Flytteanmeldelse", 2),
        ),
    ),
    DemoCentre(
        "Center for Børn & Læring",
        450,
        0.86,
        ("Skoleafdelingen",),
        (
            CaseType("17.21.03", "Særlig befordring af elever (fx sygebefordring)", 3),
            CaseType("17.20.17", "Skolegang uden for eget skoledistrikt", 2),
        ),
    ),
    DemoCentre(
        "Center for Kultur & Fritid",
        180,
        0.92,
        ("Foreninger og tilskud",),
        (CaseType("18.15.05", "Frivilligt folkeoplysende foreningsarbejde / aktivitetstilskud", 2),),
    ),
    DemoCentre(
        "Center for Politik & Personale",
        60,
        0.8,
        ("Sekretariatet",),
        (CaseType("00.07.03", "Aktindsigt - forvaltningsprincipper", 1, "A53"),),
    ),
)

#: Work that is no decision, and the centre where it is found.
NO_DECISIONS = {
    "Center for Teknik & Miljø": (
        CaseType("02.34.18", "Byggemyndighedens kontrol", 2),
        CaseType("05.01.08", "Vejvedligeholdelse og vejrenovering", 1),
    )
}

#: Rows that are no decisions, as a share of the centre's decisions.
PENDING, WITHDRAWALS, MEETINGS, OTHER_WORK = 0.035, 0.015, 0.012, 0.05
BLANK_EVERY = 4000

#: Initials of caseworkers are made of these, so that they spell neither words nor names.
CONSONANTS = "bdfghjklmnprstv"


@dataclass(frozen=True, slots=True)
class _Row:
    centre: DemoCentre
    unit: str
    caseworker: str
    case_type: CaseType
    facet: str
    created: date
    decided: date | None
    outcome: str
    closed: date | None


def synthetic_register(seed: int = SEED) -> bytes:
    """Return the register as a Danish export: UTF-8 with byte-order mark, semicolons, CRLF.

    The same seed gives the same bytes in every run and every Python. Each of the nine centres has exactly
    the decisions that ``CENTRES`` names, dated ``FIRST_DAY`` to ``LAST_DAY``; rows that are no decisions come
    on top. There are no names, titles or numbers of persons in it.
    """
    chance = Random(seed)  # noqa: S311 - made-up data, not a draw
    rows = [row for centre in CENTRES for row in _rows_of(centre, chance)]
    rows.sort(key=lambda row: (row.created, row.case_type.kle, row.facet))
    lines = [TITLE + ";" * (len(HEADINGS) - 1), ";".join(HEADINGS)]
    for number, cells in enumerate(_cells(rows, chance), start=1):
        lines.append(";".join(cells))
        if number % BLANK_EVERY == 0:
            lines.append(";" * (len(HEADINGS) - 1))
    lines.append(f"I alt;{len(rows)} sager" + ";" * (len(HEADINGS) - 2))
    return b"\xef\xbb\xbf" + "".join(f"{line}\r\n" for line in lines).encode()


def mapping_text(first: date = FIRST_DAY, last: date = LAST_DAY) -> str:
    """Return the mapping of the synthetic register as TOML; ``first`` and ``last`` day are both kept."""
    return MAPPING.format(first=first.isoformat(), last=last.isoformat())


def _rows_of(centre: DemoCentre, chance: Random) -> Iterator[_Row]:
    usual = [(case_type, case_type.weight) for case_type in centre.case_types]
    other = [(case_type, case_type.weight) for case_type in NO_DECISIONS.get(centre.name, ())]
    staff = _staff(centre, chance)
    for _ in range(centre.decisions):
        yield _decision(centre, pick(chance, usual), pick(chance, staff), chance)
    for share, case_types, change in (
        (WITHDRAWALS, usual, {"outcome": WITHDRAWN}),
        (PENDING, usual, {"decided": None, "outcome": "", "closed": None}),
        (MEETINGS, usual, {"decided": None, "outcome": NO_DECISION, "facet": "P35"}),
        (OTHER_WORK, other, {"decided": None, "outcome": NO_DECISION}),
    ):
        for _ in range(round(centre.decisions * share) if case_types else 0):
            row = _decision(centre, pick(chance, case_types), pick(chance, staff), chance)
            yield replace(row, **change)


def _staff(centre: DemoCentre, chance: Random) -> list[tuple[tuple[str, str], float]]:
    """Return pairs of unit and a caseworker's initials, about one person for 120 decisions."""
    people: dict[str, str] = {}
    while len(people) < max(3, centre.decisions // 120):
        initials = "".join(CONSONANTS[whole(chance, 0, len(CONSONANTS) - 1)] for _ in range(3))
        if len(set(initials)) == 3:
            people.setdefault(initials, centre.units[len(people) % len(centre.units)])
    return [((unit, initials), 0.5 + chance.random()) for initials, unit in people.items()]


def _decision(centre: DemoCentre, case_type: CaseType, person: tuple[str, str], chance: Random) -> _Row:
    decided = _working_day(chance)
    closed = decided + timedelta(days=whole(chance, 0, 45))
    return _Row(
        centre=centre,
        unit=person[0],
        caseworker=person[1],
        case_type=case_type,
        facet=case_type.facet,
        created=decided - timedelta(days=whole(chance, 2, 60) + whole(chance, 0, 60)),
        decided=decided,
        outcome=_outcome(centre, case_type, chance),
        closed=closed if closed <= EXPORTED else None,
    )


def _working_day(chance: Random) -> date:
    """Return a weekday of the year; few in July and between Christmas and New Year."""
    while True:
        day = FIRST_DAY + timedelta(days=whole(chance, 0, (LAST_DAY - FIRST_DAY).days))
        quiet = day.month == 7 or (day.month, day.day) >= (12, 23) or (day.month, day.day) <= (1, 2)
        if day.weekday() < 5 and happens(chance, 0.4 if quiet else 1.0):
            return day


def _outcome(centre: DemoCentre, case_type: CaseType, chance: Random) -> str:
    if case_type.kle in OWN_OUTCOMES:
        return pick(chance, OWN_OUTCOMES[case_type.kle])
    return FULL if happens(chance, centre.granted) else pick(chance, OTHERWISE)


def _cells(rows: list[_Row], chance: Random) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each row; numbers run for each KLE number, facet and year, with gaps."""
    running: dict[tuple[str, str, int], int] = {}
    for row in rows:
        series = (row.case_type.kle, row.facet, row.created.year)
        running[series] = running.get(series, 0) + whole(chance, 1, 3)
        yield (
            f"{row.case_type.kle}-{row.facet}-{running[series]}-{row.created.year % 100}",
            row.case_type.kle,
            row.facet,
            row.centre.name,
            row.unit,
            row.caseworker,
            row.case_type.title,
            _danish(row.created),
            _danish(row.decided),
            row.outcome,
            _danish(row.closed),
        )


def _danish(day: date | None) -> str:
    return day.strftime("%d-%m-%Y") if day else ""
