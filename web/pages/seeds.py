"""plans/freeze.html, plans/confirm.html, seeds/*.html: from the way to the seed to the drawn cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import Any

from lirk.domain.alphabet import danish_key
from lirk.domain.draws import stratum_remarks
from lirk.domain.planning import SeedPlan, Step
from lirk.domain.reviews import CaseRole
from lirk.errors import Problem
from lirk.services.certificates import StratumCount, drawn_counts, exclusions_of
from lirk.services.planned_draws import CertificatePage, SeedPage, planned_sizes
from lirk.services.planning import PlanPage
from lirk.wording import Wording
from lirk.wording.exclusions import exclusion_text
from lirk.wording.planning import SEED_WAYS
from lirk.wording.reports import SEED_ORIGINS
from web.forms import FieldError, Form, parse_day
from web.pages.plans import PlanHead, Row, lines_of, seed_plan_text, sizes_text
from web.pages.round_steps import StepLink, steps_for

Choice = tuple[str, str]

VERSION = version("lirk")
#: A whole minute to its last moment: a frame frozen in its last second is still before a seed of that minute.
MINUTE = timedelta(minutes=1, microseconds=-1)


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezePage:
    """How the seed will be found, as it was typed or is kept."""

    head: PlanHead
    ways: tuple[Choice, ...]
    how: str
    place: str
    deadline: str
    witnesses: str

    @classmethod
    def of(cls, page: PlanPage, words: Wording, form: Form | None = None) -> "FreezePage":
        """Return the page."""
        kept = page.plan.settings.seed_plan
        known = {
            "how": kept.how if kept else "",
            "place": kept.place if kept else "",
            "deadline": kept.deadline.isoformat() if kept else "",
            "witnesses": "\n".join(kept.witnesses) if kept else "",
        }
        return cls(
            head=PlanHead.of(page, words, Step.SEED),
            ways=ways(words),
            **{name: form.value(name) if form else value for name, value in known.items()},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPage:
    """Everything that the freeze commits to."""

    head: PlanHead
    rows: tuple[Row, ...]

    @classmethod
    def of(cls, page: PlanPage, words: Wording) -> "ConfirmPage":
        """Return the page of a plan whose steps are all done."""
        head, settings = PlanHead.of(page, words, Step.SEED), page.plan.settings
        rows = list(head.decisions)
        if settings.seed_plan is not None:
            rows.append((words.text("Frøet"), seed_plan_text(settings.seed_plan, words), f"{head.at}/freeze"))
        return cls(head=head, rows=tuple(rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedEntryPage:
    """The frozen frame and the seed to be entered, as it was typed.

    ``announcement`` is what is handed out before the seed is known; ``needs_file`` asks for the very file that was
    frozen, ``needs_reason`` for the reason of a further draw; ``refused`` says in what another file differs.
    """

    at: str
    title: str
    steps: list[StepLink]
    cases: str
    fingerprint: str
    digest: str
    announcement: tuple[Row, ...]
    rules: tuple[str, ...]
    ways: tuple[Choice, ...]
    number: int
    needs_file: bool
    needs_reason: bool
    may_reopen: bool
    version: int
    typed: Mapping[str, str]
    refused: tuple[str, ...] = ()
    reopening: str = ""

    @classmethod
    def of(
        cls,
        page: SeedPage,
        words: Wording,
        now: datetime,
        *,
        form: Form | None = None,
        refused: Sequence[Problem] = (),
    ) -> "SeedEntryPage":
        """Return the page."""
        frame, plan = page.frame, page.plan
        return cls(
            at=f"/rounds/{page.round.key}",
            title=page.round.title,
            steps=steps_for(page.round, words, Step.SEED),
            cases=words.plural("{count} sag", "{count} sager", sum(frame.strata.values())),
            fingerprint=frame.fingerprint,
            digest=frame.freeze["digest"],
            announcement=tuple(_announcement(page, words)),
            rules=tuple(
                f"{exclusion_text(words, rule.reason, rule.value)}: {words.number(rule.count)}"
                for rule in exclusions_of(frame)
            ),
            ways=ways(words),
            number=len(page.draws) + 1,
            needs_file=page.about is None,
            needs_reason=bool(page.draws),
            may_reopen=page.may_reopen,
            version=plan.version if plan else 0,
            typed=_seed_typed(page, now, form),
            refused=lines_of(words, refused),
            reopening=form.value("reopening") if form else "",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawPage:
    """What the draw rests on, to be confirmed."""

    at: str
    title: str
    steps: list[StepLink]
    rows: tuple[Row, ...]
    strata: tuple[tuple[str, str, str], ...]
    remarks: tuple[str, ...]
    number: int
    version: int

    @classmethod
    def of(cls, page: SeedPage, words: Wording) -> "DrawPage":
        """Return the page of a round whose seed is entered."""
        at, seed, frame = f"/rounds/{page.round.key}", page.seed, page.frame
        sizes = planned_sizes(frame)
        rows: list[Row] = [
            (words.text("Rammens fingeraftryk"), frame.fingerprint),
            (words.text("Frosset"), words.moment(frame.committed_at)),
            (words.text("Program"), words.text("Kvalitetsgennemgang {version}", version=VERSION)),
        ]
        if seed is not None:
            rows[2:2] = [
                (words.text("Frø"), seed.value, f"{at}/seed"),
                (words.text("Fundet"), f"{words.text(SEED_ORIGINS[seed.how])}, {words.moment(seed.at)}"),
                (words.text("Vidner"), words.listing(seed.witnesses) or words.text("ingen")),
            ]
        if seed is not None and seed.reason:
            rows.append((words.text("Grund til et udtræk mere"), seed.reason))
        return cls(
            at=at,
            title=page.round.title,
            steps=steps_for(page.round, words, Step.DRAW),
            rows=tuple(rows),
            strata=_strata(sizes, words),
            remarks=lines_of(
                words, stratum_remarks({one.name: (one.population, one.drawn) for one in sizes})
            ),
            number=len(page.draws) + 1,
            version=page.plan.version if page.plan else 0,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One drawn or reserve case: running number, or its place in the reserve."""

    number: str
    case_id: str
    centre: str
    ticket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPage:
    """The latest draw as a receipt to print, with its cases in drawn order."""

    at: str
    title: str
    steps: list[StepLink]
    heading: str
    rows: tuple[Row, ...]
    strata: tuple[tuple[str, str, str], ...]
    main: tuple[CaseLine, ...]
    reserve: tuple[CaseLine, ...]
    files: tuple[tuple[str, str], ...]
    next_href: str | None

    @classmethod
    def of(cls, page: CertificatePage, words: Wording) -> "ReceiptPage":
        """Return the page of a round that is drawn."""
        at, certificate = f"/rounds/{page.round.key}", page.draw.certificate
        main = [case for case in page.cases if case.number is not None]
        reserve = [case for case in page.cases if case.number is None and case.role is CaseRole.RESERVE]
        return cls(
            at=at,
            title=page.round.title,
            steps=steps_for(page.round, words, Step.DRAW),
            heading=words.text("Udtræk {number} af {of}", number=page.draw.number, of=len(page.draws)),
            rows=tuple(_receipt_rows(page, words)),
            strata=_strata(drawn_counts(certificate), words),
            main=tuple(
                CaseLine(
                    number=str(case.number), case_id=case.case_id, centre=case.centre, ticket=case.ticket
                )
                for case in main
            ),
            reserve=tuple(
                CaseLine(number=str(case.rank), case_id=case.case_id, centre=case.centre, ticket=case.ticket)
                for case in sorted(reserve, key=lambda case: (danish_key(case.centre), case.rank))
            ),
            files=tuple(
                file
                for one in page.draws
                for file in (
                    (
                        words.text("Hent certifikat {number} på én side (PDF)", number=one.number),
                        f"{at}/certificate/{one.number}/pdf",
                    ),
                    (
                        words.text("Hent certifikat {number} (JSON)", number=one.number),
                        f"{at}/documents/certificate-{one.number}.json",
                    ),
                )
            ),
            next_href=f"{at}/assign" if page.round.state == "drawn" else None,
        )


def seed_plan_of(form: Form, words: Wording, now: datetime) -> tuple[SeedPlan | None, list[FieldError]]:
    """Return the way to the seed that a form describes, or None and what is missing."""
    errors = []
    if form.value("how") not in SEED_WAYS:
        errors.append(FieldError("how", words.text("Vælg, hvordan frøet skal findes.")))
    if not form.value("place"):
        errors.append(FieldError("place", words.text("Skriv, hvor det sker.")))
    deadline = parse_day(form.value("deadline"))
    if deadline is None:
        errors.append(FieldError("deadline", words.text("Skriv dagen som 22.11.2026.")))
    elif deadline < now.date():
        errors.append(
            FieldError("deadline", words.text("Dagen er gået. Frøet skal findes i dag eller senere."))
        )
    if errors or deadline is None:
        return None, errors
    names = tuple(line.strip() for line in form.value("witnesses").split("\n") if line.strip())
    return SeedPlan(how=form.value("how"), place=form.value("place"), deadline=deadline, witnesses=names), []


def moment_of(form: Form, words: Wording, now: datetime) -> tuple[datetime | None, list[FieldError]]:
    """Return when a seed was found, as a form says it; a time without seconds counts to the minute's end."""
    errors, day = [], parse_day(form.value("day"))
    if day is None:
        errors.append(FieldError("day", words.text("Skriv dagen som 22.11.2026.")))
    hours, _, minutes = form.value("time").replace(".", ":").partition(":")
    clock = hours.isdigit() and minutes.isdigit() and int(hours) < 24 and int(minutes) < 60
    if not clock:
        errors.append(FieldError("time", words.text("Skriv tiden som 14.05.")))
    if day is None or not clock:
        return None, errors
    begun = datetime(day.year, day.month, day.day, int(hours), int(minutes)).astimezone()
    return begun if begun > now else min(begun + MINUTE, now), []


def ways(words: Wording) -> tuple[Choice, ...]:
    """Return the ways in which a seed can be found."""
    return tuple((name, words.text(text)) for name, text in SEED_WAYS.items())


def _seed_typed(page: SeedPage, now: datetime, form: Form | None) -> dict[str, str]:
    names = ("seed", "how", "witnesses", "day", "time", "reason")
    if form is not None:
        return {name: form.value(name) for name in names}
    seed, planned = page.seed, page.plan.settings.seed_plan if page.plan else None
    witnesses = seed.witnesses if seed else planned.witnesses if planned else ()
    at = seed.at if seed else now
    return {
        "seed": seed.value if seed else "",
        "how": seed.how if seed else planned.how if planned else "",
        "witnesses": "\n".join(witnesses),
        "day": at.date().isoformat(),
        "time": f"{at:%H.%M}",
        "reason": (seed.reason or "") if seed else "",
    }


def _announcement(page: SeedPage, words: Wording) -> list[Row]:
    frame, plan = page.frame, page.plan
    rows: list[Row] = [
        (words.text("Rammens fingeraftryk"), frame.fingerprint),
        (words.text("Frysningens kontrolsum"), str(frame.freeze["digest"])),
        (words.text("Frosset"), words.moment(frame.committed_at)),
        (words.text("Sager i rammen"), words.number(sum(frame.strata.values()))),
    ]
    if plan is not None and plan.settings.sizes is not None:
        rows.append((words.text("Stikprøve"), sizes_text(plan.settings.sizes, words)))
    if plan is not None and plan.settings.seed_plan is not None:
        rows.append((words.text("Frøet"), seed_plan_text(plan.settings.seed_plan, words)))
    return rows


def _receipt_rows(page: CertificatePage, words: Wording) -> list[Row]:
    certificate: Mapping[str, Any] = page.draw.certificate
    seed = certificate["seed"]
    rows: list[Row] = [
        (words.text("Trukket"), words.moment(page.draw.drawn_at)),
        (words.text("Rammens fingeraftryk"), page.frame.fingerprint),
        (words.text("Frosset"), words.moment(page.frame.committed_at)),
    ]
    if page.seed_plan is not None:
        plan = SeedPlan.from_dict(page.seed_plan)
        rows.append((words.text("Aftalt om frøet"), seed_plan_text(plan, words)))
    rows += [
        (words.text("Frø"), str(seed["value"])),
        (
            words.text("Fundet"),
            f"{words.text(SEED_ORIGINS[seed['how']])}, {words.moment(datetime.fromisoformat(seed['at']))}",
        ),
        (words.text("Vidner"), words.listing(seed["witnesses"]) or words.text("ingen")),
        (words.text("Certifikatets kontrolsum"), page.draw.digest),
        (words.text("Program"), words.text("Kvalitetsgennemgang {version}", version=VERSION)),
    ]
    if page.draw.reason:
        rows.append((words.text("Grund til et udtræk mere"), page.draw.reason))
    return rows


def _strata(sizes: Sequence[StratumCount], words: Wording) -> tuple[tuple[str, str, str], ...]:
    ordered = sorted(sizes, key=lambda one: danish_key(one.name))
    return tuple((one.name, words.number(one.population), words.number(one.drawn)) for one in ordered)
