"""The tables of an archive package, and the table that describes every column of every one of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from checklists.model import Fact, Item
from lirk.domain.archives import EARLIER, ArchivedEntry, ArchivedRound
from lirk.domain.figures import REVIEWED
from lirk.domain.meetings import Meeting
from lirk.domain.obstacles import ObstacleReason, Settlement
from lirk.domain.reports import Finding
from lirk.domain.reviews import CaseStatus
from lirk.reports.data_files import csv_file
from lirk.wording import Wording
from lirk.wording.archives import (
    CELLS,
    CENTRE_REPORTS,
    DATA_COLUMNS,
    FACTS_OF_ROUND,
    KINDS,
    REPORT_COLUMNS,
    ROLES,
    TRAIL,
    YES_NO,
    YES_OR_NO,
)
from lirk.wording.following import DECISIONS, LOG, LOG_OTHER, REASONS
from lirk.wording.reports import OUTCOMES, RULES, SEVERITIES, STATUSES

Rows = Iterator[list[str]]

#: What the codes of a column mean, by its name in whichever table it stands.
CODES: Mapping[str, Mapping[str, str]] = {
    "rolle": {role.value: text for role, text in ROLES.items()},
    "status": {name: text for name, text in STATUSES.items() if name != CaseStatus.TO_REVIEW},
    "udfald": OUTCOMES,
    "alvor": SEVERITIES,
    "regel": RULES,
    "slags": KINDS,
    "type": CELLS,
    "navn": FACTS_OF_ROUND,
}


@dataclass(frozen=True, slots=True)
class Described:
    """One column of one table, as the table of columns has it."""

    file: str
    column: str
    kind: str
    danish: str
    english: str
    values: str


def data_tables(archived: ArchivedRound, words: Wording, *, program: str) -> dict[str, bytes]:
    """Return the tables of a package by file name; a row has a cell for each column that is described."""
    rows: dict[str, Rows] = {
        "data/runde.csv": _round(archived, program),
        "data/sager.csv": _cases(archived),
        "data/svar.csv": _answers(archived),
        "data/rettelser.csv": _corrections(archived),
        "data/fund.csv": _findings(archived),
        "data/punkter.csv": _questions(archived),
        "data/udtraek.csv": _drawn(archived),
        "data/erstatninger.csv": _replacements(archived),
        "data/moeder.csv": _meetings(archived),
        "data/kolonner.csv": _columns(words, replaced=bool(archived.superseded)),
        "spor/spor.csv": _trail(archived.trail, words),
    }
    return {name: _table(name, rows[name]) for name in DATA_COLUMNS}


def described_columns(words: Wording, *, replaced: bool = False) -> Iterator[Described]:
    """Yield every column of every table in a package whose reports are in the language of ``words``.

    ``replaced``: it has published reports that a later version replaced; their tables have the same columns.
    """
    danish, english = Wording("da"), Wording("en")
    earlier = [(f"{EARLIER}*.csv", REPORT_COLUMNS[CENTRE_REPORTS])] if replaced else []
    for file, columns in (*DATA_COLUMNS.items(), *REPORT_COLUMNS.items(), *earlier):
        for name, (kind, about) in columns.items():
            own = file in DATA_COLUMNS
            yield Described(
                file=file,
                # The reports' own tables have their headings in the reader's language.
                column=name if own else words.text(name),
                kind=kind,
                danish=danish.text(about),
                english=english.text(about),
                values=_codes(name, kind) if own else "",
            )


def trail_sentence(entry: ArchivedEntry, words: Wording) -> str:
    """Return what an entry of the trail says, without anybody's name; a code not known is shown as it is."""
    text = TRAIL.get(entry.action) or LOG.get(entry.action) or LOG_OTHER
    try:
        values = {name: _said(name, value, words) for name, value in entry.about.items()}
        return words.text(text, **{"action": entry.action, **values})
    except (KeyError, ValueError):
        return words.text(LOG_OTHER, action=entry.action)


def _said(name: str, value: object, words: Wording) -> object:
    if name == "reason":
        return words.text(REASONS[ObstacleReason(str(value))])
    if name == "settlement":
        return words.text(DECISIONS[Settlement(str(value))][0])
    return words.listing(str(one) for one in value) if isinstance(value, list) else value


def _table(name: str, rows: Rows) -> bytes:
    columns = DATA_COLUMNS[name]
    return csv_file(tuple(columns), [[cell for _, cell in zip(columns, row, strict=True)] for row in rows])


def _codes(name: str, kind: str) -> str:
    known = YES_OR_NO if kind == YES_NO else CODES.get(name, {})
    danish, english = Wording("da"), Wording("en")
    return "; ".join(f"{code} = {danish.text(text)} / {english.text(text)}" for code, text in known.items())


def _round(archived: ArchivedRound, program: str) -> Rows:
    round_, frame = archived.round, archived.frame
    values = {
        "kommune": archived.municipality,
        "noegle": round_.key,
        "titel": round_.title,
        "foerste_dag": _day(round_.first_day),
        "sidste_dag": _day(round_.last_day),
        "frosset": frame.committed_at.isoformat(),
        "lukket": archived.closed_at.isoformat(),
        "register": frame.source,
        "raekker": str(frame.rows),
        "sager_i_rammen": str(sum(frame.strata.values())),
        "fingeraftryk": frame.fingerprint,
        "opfundet": round_.made_up,
        "lirk": program,
    }
    yield from ([name, values[name]] for name in FACTS_OF_ROUND)


def _cases(archived: ArchivedRound) -> Rows:
    gone = {one["out"] for one in archived.draws[-1].certificate["replacements"]}
    for case in archived.cases:
        if case.number is not None:
            yield [
                str(case.number),
                case.centre,
                case.stratum,
                case.role.value,
                REVIEWED if case.status is CaseStatus.TO_REVIEW else case.status.value,
                _yes(case.case_id in gone),
                _day(case.decision_date),
                case.case_type or "",
                case.outcome or "",
            ]


def _answers(archived: ArchivedRound) -> Rows:
    for one in archived.answers:
        yield [
            str(one.number),
            one.checklist_id,
            str(one.version),
            one.kind,
            one.id,
            one.register,
            one.first,
            one.second,
            one.first_before,
            one.second_before,
            one.agreed,
            one.counts,
            _yes(one.in_doubt),
            _yes(one.note),
            _yes(one.journal_reference),
        ]


def _corrections(archived: ArchivedRound) -> Rows:
    made = (one for report in archived.reports.values() for one in report.corrections)
    for one in sorted(made, key=lambda one: one.number):
        yield [
            str(one.number),
            one.checklist_id,
            one.item_id,
            one.before,
            one.after,
            "; ".join(f"{each.item_id} = {each.answer}" for each in one.again),
            one.day.isoformat(),
            one.reason,
        ]


def _findings(archived: ArchivedRound) -> Rows:
    for centre, report in archived.reports.items():
        yield from (_finding(centre, finding) for finding in report.findings)


def _finding(centre: str, finding: Finding) -> list[str]:
    item, counts = finding.item, finding.item.counts
    found = (counts.yes, counts.partly, counts.no, counts.not_applicable, counts.cannot_assess)
    return [
        centre,
        str(finding.number),
        finding.checklist_id,
        item.item_id,
        finding.theme,
        item.question,
        item.severity,
        item.rule,
        *map(str, found),
        finding.seen,
        finding.recommendation,
        finding.examples,
    ]


def _questions(archived: ArchivedRound) -> Rows:
    for one in archived.asked:
        fixed = [one.checklist.id, str(one.checklist.version)]
        yield from ([*fixed, *_fact(fact)] for fact in one.checklist.facts)
        for theme in one.checklist.themes:
            yield from ([*fixed, *_item(item, theme.title.da, theme.title.en)] for item in theme.items)


def _fact(fact: Fact) -> list[str]:
    texts = [(value.code, value.text) for value in fact.values]
    danish, english = (_choices((code, text.in_(to)) for code, text in texts) for to in ("da", "en"))
    return ["fact", fact.id, "", "", fact.question.da, fact.question.en, danish, english, "", "", "", "nej"]


def _item(item: Item, theme_da: str, theme_en: str) -> list[str]:
    texts = [(answer.code, answer.text) for answer in item.answers]
    danish, english = (_choices((code, text.in_(to)) for code, text in texts) for to in ("da", "en"))
    return [
        *("item", item.id, theme_da, theme_en, item.question.da, item.question.en, danish, english),
        item.severity,
        item.rule,
        "; ".join(reference.text.da for reference in item.references),
        _yes(item.scored),
    ]


def _drawn(archived: ArchivedRound) -> Rows:
    numbers = {(case.draw_id, case.case_id): case.number for case in archived.cases}
    for draw in archived.draws:
        for part in draw.certificate["strata"]:
            for case in part["cases"]:
                number = numbers.get((draw.id, case["case_id"]))
                yield [
                    str(draw.number),
                    part["stratum"],
                    case["case_id"],
                    "" if number is None else str(number),
                    str(case["rank"]),
                    case["role"],
                    case["ticket"],
                ]


def _replacements(archived: ArchivedRound) -> Rows:
    for draw in archived.draws:
        for one in draw.certificate["replacements"]:
            yield [str(draw.number), one["out"], one["in"], one["at"][:10], one["reason"]]


def _meetings(archived: ArchivedRound) -> Rows:
    for centre, report in archived.reports.items():
        if report.meeting is not None:
            yield [centre, *_meeting(report.meeting)]


def _meeting(meeting: Meeting) -> list[str]:
    return [
        _day(meeting.held_on),
        _yes(meeting.leader),
        _yes(meeting.employee_representative),
        _yes(meeting.safety_representative),
        str(meeting.staff or 0),
        meeting.agreed,
        meeting.not_agreed,
    ]


def _columns(words: Wording, *, replaced: bool) -> Rows:
    for one in described_columns(words, replaced=replaced):
        yield [one.file, one.column, one.kind, one.danish, one.english, one.values]


def _trail(entries: Iterable[ArchivedEntry], words: Wording) -> Rows:
    for number, entry in enumerate(entries, start=1):
        about = "; ".join(f"{name} = {_plain(value)}" for name, value in entry.about.items())
        yield [str(number), entry.day.isoformat(), entry.action, trail_sentence(entry, words), about]


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return _yes(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {value[name]}" for name in sorted(value))
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _choices(texts: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{code} = {text}" for code, text in texts)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _yes(holds: object) -> str:
    return "ja" if holds else "nej"
