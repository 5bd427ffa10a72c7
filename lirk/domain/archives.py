"""What a measurement's archive package is: its parts, its list of checksums, and what of the trail it holds."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from string import hexdigits

from lirk.domain.item_sets import Asked
from lirk.domain.overview_values import Overview
from lirk.domain.reports import CentreReport
from lirk.domain.reviews import Answer, DrawnCase
from lirk.domain.rounds import Draw, Frame, Round
from lirk.domain.trail import TrailEntry

README, SUMS = "laes-mig.txt", "SHA256SUMS"
FREEZE, CERTIFICATES = "certifikater/frysning.json", "certifikater/"
#: The folder of published reports that a later version replaced.
EARLIER = "rapporter/tidligere/"
COLUMNS, TRAIL = "data/kolonner.csv", "spor/spor.csv"
ITEMS, CASES = "data/punkter.csv", "data/sager.csv"
REPORTS, CHECKLISTS = "rapporter/center/", "tjeklister/"
#: Files that every package has; one in which everything fits, but a part is gone, is no whole package.
PARTS = (
    README, COLUMNS, TRAIL, FREEZE, "certifikater/certifikat-1.json", "rapporter/overblik.pdf", CASES, ITEMS,
)  # fmt: skip

#: The code of the trail's entry about a package that was made.
MADE = "archive-made"
#: What somebody looked at. After the closing it changes nothing of the measurement, and a package that told of it
#: would be another each time that somebody had looked.
LOOKS = frozenset({MADE, "cases-identified", "urgent-identified", "report-seen"})
#: Single answers: what counts of them stands in the data, and their order would be a stopwatch.
UNTOLD = frozenset({"answer-given", "calibration-answer-given", "place-answer-given"})
#: Steps that one person takes after the other. A package says on which days they were taken, never in which case
#: or how many: with a list of who had which cases that would be somebody's speed.
TOLD_BY_DAY = frozenset({"review-finished", "calibration-review-finished", "answers-imported"})
#: Values of an entry that name nobody. All others stay behind: usernames, and what somebody wrote in free words.
DETAILS = (
    "number", "numbers", "checklist", "checklists", "version", "item", "centre", "rows", "cases", "fingerprint",
    "digest", "seed", "strata", "core", "double_percent", "shows_result", "bars_own_centre", "settlement", "status",
    "kind",
)  # fmt: skip
#: Where the reason is a code; elsewhere it is free words, and may name somebody.
CODED_REASONS = frozenset({"obstacle-reported", "obstacle-settled"})
#: The one value that counts something by name; others of that form count cases by username.
BY_NAME = "strata"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedEntry:
    """One line of the trail as the package tells it: the day, what was done, and values that name nobody."""

    day: date
    action: str
    about: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedAnswer:
    """One fact or item of a case: both readings, what was agreed, and what counts.

    Codes; empty where there is none. ``register`` is what the register gave. ``first`` and ``second`` are the
    two readings, and never say by whom; ``first_before`` and ``second_before`` are what they were before the two
    saw each other's, where one of them was opened again after that.
    """

    number: int
    checklist_id: str
    version: int
    kind: str
    id: str
    register: str = ""
    first: str = ""
    second: str = ""
    first_before: str = ""
    second_before: str = ""
    agreed: str = ""
    counts: str = ""
    in_doubt: bool = False
    note: bool = False
    journal_reference: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedRound:
    """All of a closed round that its package is made of.

    Nothing in it says who reviewed what, and no free words of a reviewer are in it: a note may name a citizen
    or a caseworker, and the case itself is in the case system's archive. The counts are the true ones; the rule
    of small numbers holds for what leaves the municipality, and the package does not. That a decision cannot
    stand is said in words in the centre's own report alone, and the overview in the package is the ordinary one;
    but it follows from the answers, so that the package tells its reader not to publish it. ``published`` are the
    files of published reports as they were handed out, by centre and ending, or what was kept then of a file that
    was not made; of the others drafts are made.
    ``superseded`` are those of the versions that a later one replaced, by centre, version and ending.
    """

    municipality: str
    round: Round
    frame: Frame
    draws: tuple[Draw, ...]
    cases: tuple[DrawnCase, ...]
    answers: tuple[ArchivedAnswer, ...]
    asked: tuple[Asked, ...]
    checklists: Mapping[str, str]
    reports: Mapping[str, CentreReport]
    overview: Overview
    trail: tuple[ArchivedEntry, ...] = field(default=())
    published: Mapping[str, Mapping[str, bytes | CentreReport]] = field(default_factory=dict)
    superseded: Mapping[str, Mapping[int, Mapping[str, bytes]]] = field(default_factory=dict)

    @property
    def closed_at(self) -> datetime:
        """When the round was closed: the time of everything in the package."""
        return self.round.closed_at or self.round.created_at

    @property
    def being_corrected(self) -> tuple[str, ...]:
        """The centres with a published report whose next version is a draft."""
        stages = ((centre, report.stage) for centre, report in self.reports.items())
        return tuple(centre for centre, stage in stages if stage and stage.is_draft and stage.latest)


def archived_trail(entries: Iterable[TrailEntry], closed_at: datetime | None) -> tuple[ArchivedEntry, ...]:
    """Return a round's trail as its package tells it, oldest first.

    Days alone, and nobody's name. It ends before the making of the package itself, so that the same round gives
    the same package however often it is made.
    """
    told: list[ArchivedEntry] = []
    by_day: set[tuple[date, str]] = set()
    for entry in entries:
        if entry.action in UNTOLD or (entry.action in LOOKS and _after(entry, closed_at)):
            continue
        if entry.action in TOLD_BY_DAY:
            by_day.add((entry.at.date(), entry.action))
        else:
            told.append(ArchivedEntry(day=entry.at.date(), action=entry.action, about=_details(entry)))
    # The sort is stable: of one day the entries keep their order, and what is told by day comes last.
    told += [ArchivedEntry(day=day, action=action, about={}) for day, action in sorted(by_day)]
    return tuple(sorted(told, key=lambda one: one.day))


def _after(entry: TrailEntry, closed_at: datetime | None) -> bool:
    return entry.action == MADE or (closed_at is not None and entry.at >= closed_at)


def _details(entry: TrailEntry) -> dict[str, object]:
    names = (*DETAILS, "reason") if entry.action in CODED_REASONS else DETAILS
    found = {name: entry.about[name] for name in names if entry.about.get(name) is not None}
    return {name: value for name, value in found.items() if name == BY_NAME or not isinstance(value, Mapping)}


def answers_of(
    case: DrawnCase,
    checklist_id: str,
    version: int,
    asked: Iterable[tuple[str, str]],
    *,
    register: Mapping[str, str],
    first: Mapping[str, Answer],
    second: Mapping[str, Answer],
    agreed: Mapping[str, str],
    counts: Mapping[str, str],
    before: tuple[Mapping[str, Answer], Mapping[str, Answer]] = ({}, {}),
) -> Iterator[ArchivedAnswer]:
    """Yield what is known of a case's facts and items, in the checklist's order; what nobody answered is left out.

    Parameters
    ----------
    asked
        Kind (``fact`` or ``item``) and id.
    register, first, second, agreed, counts
        By fact or item id.
    before
        What the two answered before they saw each other's; empty where neither reading was opened again after.
    """
    for kind, id_ in asked:
        given = [one[id_] for one in (first, second) if id_ in one]
        if given or any(id_ in one for one in before) or id_ in register or id_ in agreed or id_ in counts:
            yield ArchivedAnswer(
                number=case.number or 0,
                checklist_id=checklist_id,
                version=version,
                kind=kind,
                id=id_,
                register=register.get(id_, ""),
                first=_value(first, id_),
                second=_value(second, id_),
                first_before=_value(before[0], id_),
                second_before=_value(before[1], id_),
                agreed=agreed.get(id_, ""),
                counts=counts.get(id_, ""),
                in_doubt=any(one.in_doubt for one in given),
                note=any(one.note for one in given),
                journal_reference=any(one.journal_reference for one in given),
            )


def _value(answers: Mapping[str, Answer], id_: str) -> str:
    return answers[id_].value if id_ in answers else ""


def sums_of(files: Mapping[str, bytes]) -> bytes:
    """Return the list of checksums of some files, as ``sha256sum`` writes it, by name."""
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(lines).encode()


def read_sums(text: str) -> tuple[list[tuple[str, str]], list[int]]:
    """Return (name, checksum) of each line of a list of checksums, and the numbers of lines that are none."""
    lines, wrong = [], []
    for number, line in enumerate(text.split("\n")[: -1 if text.endswith("\n") else None], start=1):
        digest, between, name = line[:64], line[64:66], line[66:]
        if len(digest) == 64 and set(digest) <= set(hexdigits) and between in {"  ", " *"} and name:
            lines.append((name, digest.lower()))
        else:
            wrong.append(number)
    return lines, wrong


def is_safe(name: str) -> bool:
    """Return whether a file of this name lands in the folder that a package is unpacked in, on any system."""
    parts = name.split("/")
    return (
        bool(name)
        and all(part not in {"", ".", ".."} for part in parts)
        and not any(sign in name for sign in "\\:")
        and name.isprintable()
    )
