"""What rounds/list.html, round.html and trail.html show."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from lirk.domain.alphabet import danish_key
from lirk.domain.following import NextStep
from lirk.domain.obstacles import ObstacleReason, Settlement
from lirk.domain.people import Person
from lirk.domain.planning import PlannedRound
from lirk.domain.rounds import Draw, Round, RoundState
from lirk.domain.trail import TrailEntry
from lirk.services import following, round_log
from lirk.services.certificates import drawn_counts
from lirk.services.round_log import STEPS_OF_REVIEWS
from lirk.wording import Wording
from lirk.wording.catalogue import N_
from lirk.wording.deadlines import deadline_line
from lirk.wording.following import DECISIONS, LOG, LOG_OTHER, NEXT_STEPS, REASONS, WHO_ACTS
from lirk.wording.item_sets import asked_text
from lirk.wording.planning import SEED_WAYS
from lirk.wording.round_rule_lines import rules_rows
from lirk.wording.rounds import STATES
from lirk.wording.work import work_text
from web.pages.round_steps import StepLink, steps_for
from web.pages.todo import TodoLine, todo_lines

Row = tuple[str, str] | tuple[str, str, str, str]

#: Signs of a fingerprint that are enough to tell it from another in a sentence.
SHORT = 12

#: Where each next step is taken, below the round's address.
PLACES = {
    NextStep.SEED: "/seed",
    NextStep.ASSIGN: "/assign",
    NextStep.REVIEW: "/follow",
    NextStep.SETTLE: "/follow#obstacles",
    NextStep.CLOSE: "/close",
}


def address(round_: Round) -> str:
    """Return the address of a round's page."""
    return f"/rounds/{round_.key}"


def next_address(round_: Round, step: NextStep) -> str:
    """Return where a round's next step is taken."""
    return "/reports" if step is NextStep.REPORT else address(round_) + PLACES[step]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """One line of the list: a round, or one that is being planned; ``todo`` comes before the next step."""

    title: str
    key: str
    href: str
    state: str
    next: str
    next_href: str
    how_far: str = ""
    deadline: str = ""
    todo: tuple[TodoLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundsPage:
    """rounds/list.html."""

    rows: tuple[ListRow, ...]

    @classmethod
    def of(cls, value: following.RoundsPage, words: Wording, *, today: date) -> "RoundsPage":
        """Return the list as it is on a day: what is being planned first, then the rounds, newest first."""
        plans = [_plan_row(plan, words) for plan in value.plans]
        rounds = [
            ListRow(
                title=row.round.title,
                key=row.round.key,
                href=address(row.round),
                state=words.text(STATES[row.round.state]),
                next=words.text(NEXT_STEPS[row.next]),
                next_href=next_address(row.round, row.next),
                how_far=work_text(row.work, words) if row.work else "",
                deadline=deadline_line(row.deadline, today, words) if row.deadline else "",
                todo=todo_lines(row.todo, address(row.round), words),
            )
            for row in value.rounds
        ]
        return cls(rows=(*plans, *rounds))


def _plan_row(plan: PlannedRound, words: Wording) -> ListRow:
    steps = steps_for(plan, words)
    current = next((step for step in steps if step.state == "current" and step.href), None)
    href = current.href if current and current.href else f"/rounds/plans/{plan.id}/register"
    return ListRow(
        title=plan.title,
        key=plan.key,
        href=href,
        state=words.text("planlægges"),
        next=current.text if current else words.text("Fortsæt"),
        next_href=href,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPage:
    """rounds/round.html: every decision so far, what comes next and who acts, and the documents."""

    title: str
    at: str
    steps: list[StepLink]
    decisions: tuple[Row, ...]
    next: str
    next_href: str
    who_acts: str
    todo: tuple[TodoLine, ...]
    documents: tuple[tuple[str, str], ...]
    calibration: str
    rules_next: bool
    closed: bool
    drawn: bool
    made_up: bool

    @classmethod
    def of(cls, value: following.RoundPage, words: Wording) -> "RoundPage":
        """Return the round's page."""
        at = address(value.round)
        names = ["freeze.json", *(f"certificate-{draw.number}.json" for draw in value.draws)]
        return cls(
            title=value.round.title,
            at=at,
            steps=steps_for(value.round, words),
            decisions=tuple(_decisions(value, words)),
            next=words.text(NEXT_STEPS[value.next]),
            next_href=next_address(value.round, value.next),
            who_acts=words.text(WHO_ACTS[value.next]),
            todo=todo_lines(value.todo, at, words),
            documents=tuple((name, f"{at}/documents/{name}") for name in names),
            calibration=_calibration(value, words),
            rules_next=value.round.state is RoundState.DRAWN,
            closed=value.round.state is RoundState.CLOSED,
            drawn=bool(value.draws),
            made_up=bool(value.round.made_up),
        )


def _calibration(value: following.RoundPage, words: Wording) -> str:
    """Return what the link to the calibration says; empty where there is none, and none can be opened."""
    if value.calibration is None:
        first = words.text("Kalibrér først (kan springes over)")
        return first if value.round.state is RoundState.DRAWN else ""
    if value.calibration.is_open:
        return words.text("Følg kalibreringen, som er i gang")
    return words.text("Se kalibreringen")


def _decisions(value: following.RoundPage, words: Wording) -> Iterator[Row]:
    round_, frame = value.round, value.frame
    yield words.text("Rundens nøgle"), round_.key
    yield words.text("Tilstand"), words.text(STATES[round_.state])
    if round_.first_day or round_.last_day:
        yield words.text("Periode"), period(round_, words)
    yield (
        words.text("Ramme"),
        words.text("{cases} sager fra {source}", cases=sum(frame.strata.values()), source=frame.source),
    )
    yield words.text("Rammen er frosset"), words.moment(frame.committed_at)
    yield words.text("Fingeraftryk"), frame.fingerprint
    yield words.text("Tjeklister"), words.listing(asked_text(one, words) for one in value.checklists)
    for draw in value.draws:
        yield from _draw_rows(draw, len(value.draws), words)
    yield _rules_row(value, words)
    if value.draws:
        yield from _work_rows(value, words)
    if round_.closed_at:
        yield words.text("Lukket"), words.moment(round_.closed_at)


def _rules_row(value: following.RoundPage, words: Wording) -> Row:
    said = "; ".join(f"{term}: {text}" for term, text in rules_rows(value.rules, words))
    return (
        words.text("Sådan gennemgås runden"),
        said,
        f"{address(value.round)}/rules",
        words.text("Se reglerne"),
    )


def period(round_: Round, words: Wording) -> str:
    """Return the days between which the decisions were made."""
    first, last = (words.date(day) if day else "" for day in (round_.first_day, round_.last_day))
    return f"{first} – {last}".strip(" –") if not (first and last) else f"{first} – {last}"


def _draw_rows(draw: Draw, of: int, words: Wording) -> Iterator[Row]:
    seed = draw.certificate["seed"]
    drawn = words.text("Udtræk {number} af {of}", number=str(draw.number), of=str(of))
    yield drawn, words.moment(draw.drawn_at)
    if draw.reason:
        yield words.text("Grund til udtræk {number}", number=str(draw.number)), draw.reason
    way = SEED_WAYS.get(seed["how"])
    yield words.text("Frø"), f"{draw.seed} ({words.text(way)})" if way else draw.seed
    if seed.get("witnesses"):
        yield words.text("Vidner"), words.listing(seed["witnesses"])
    counts = [
        words.text(
            "{centre}: {drawn} af {population}", centre=one.name, drawn=one.drawn, population=one.population
        )
        for one in drawn_counts(draw.certificate)
        if one.population
    ]
    yield words.text("Stikprøve"), "; ".join(counts)
    yield words.text("Certifikatets kontrolsum"), draw.digest


def _work_rows(value: following.RoundPage, words: Wording) -> Iterator[Row]:
    at, work, open_ = address(value.round), value.work, value.round.state is not RoundState.CLOSED
    share = words.text("{done} af {total}", done=work.assigned, total=work.cases)
    if open_:
        yield words.text("Fordelt"), share, f"{at}/assign", words.text("Fordel")
    else:
        yield words.text("Fordelt"), share
    yield words.text("Personer, der gennemgår"), words.number(value.reviewers)
    yield words.text("Afsluttet"), words.text("{done} af {total}", done=work.finished, total=work.cases)
    if value.obstacles:
        yield (
            words.text("Meldte sager, der venter"),
            words.number(value.obstacles),
            f"{at}/follow#obstacles",
            words.text("Tag stilling"),
        )
    if value.findings:
        yield words.text("Ikke fundet, eller ingen adgang"), words.number(value.findings)
    if value.replaced:
        yield words.text("Erstattede sager"), words.number(value.replaced)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailPage:
    """rounds/trail.html: (when, who, what) for each entry, newest first."""

    title: str
    home: str
    rows: tuple[tuple[str, str, str], ...]
    page: int
    pages: int
    count: int
    answers: bool
    newer: str | None
    older: str | None
    other: str

    @classmethod
    def of(cls, value: round_log.TrailPage, words: Wording) -> "TrailPage":
        """Return a page of the log."""
        at = f"{address(value.round)}/trail"
        kept = "answers=yes" if value.answers else ""
        return cls(
            title=value.round.title,
            home=address(value.round),
            rows=tuple(
                (
                    _when(entry, words),
                    who or words.text("Systemet"),
                    log_sentence(entry, value.names, words),
                )
                for entry, who in value.entries
            ),
            page=value.page,
            pages=value.pages,
            count=value.count,
            answers=value.answers,
            newer=_query(at, f"page={value.page - 1}", kept) if value.page > 1 else None,
            older=_query(at, f"page={value.page + 1}", kept) if value.page < value.pages else None,
            other=at if value.answers else f"{at}?answers=yes",
        )


def _when(entry: TrailEntry, words: Wording) -> str:
    """Return day and time; of the steps of somebody's review the day alone, or the log would be a stopwatch."""
    return words.date(entry.at.date()) if entry.action in STEPS_OF_REVIEWS else words.moment(entry.at)


def _query(at: str, *parts: str) -> str:
    return f"{at}?{'&'.join(part for part in parts if part)}"


def log_sentence(entry: TrailEntry, names: Mapping[str, str], words: Wording) -> str:
    """Return what an entry of the log says; a code that is not known is shown as it is."""
    text = LOG.get(entry.action)
    if text is None:
        return words.text(LOG_OTHER, action=entry.action)
    values = {name: _shown(name, value, names, words) for name, value in entry.about.items()}
    try:
        said = words.text(text, **values)
    except KeyError:
        return words.text(LOG_OTHER, action=entry.action)
    reason = entry.about.get("reason")
    if reason and "{reason}" not in text and reason not in set(ObstacleReason):
        said = f"{said} {words.text(N_('Grund: {reason}'), reason=str(reason))}"
    return said


def _shown(name: str, value: object, names: Mapping[str, str], words: Wording) -> object:
    if isinstance(value, Mapping):
        counts = {names.get(str(who), str(who)): count for who, count in value.items()}
        return words.listing(f"{who} {counts[who]}" for who in sorted(counts, key=danish_key))
    text = str(value)
    if name == "reviewer":
        return names.get(text, text)
    if name == "fingerprint":
        return f"{text[:SHORT]}…"
    if name == "reason" and text in set(ObstacleReason):
        return words.text(REASONS[ObstacleReason(text)])
    if name == "settlement":
        return words.text(DECISIONS[Settlement(text)][0])
    return text if name in {"number", "seed", "reason"} else value


def name_of(person: Person | None, words: Wording) -> str:
    """Return a person's name, or that there is nobody."""
    return person.name if person else words.text("ingen")
