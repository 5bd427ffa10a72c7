"""The reports of a closed round: one value each, which page, PDF and spreadsheet print."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version

from checklists.model import Checklist
from lirk.domain.access import Action, require
from lirk.domain.alphabet import danish_key
from lirk.domain.centre_reports import centre_report as computed_centre_report
from lirk.domain.figures import MISSING, REVIEWED, ReviewedCase
from lirk.domain.overviews import overview as computed_overview
from lirk.domain.people import Person
from lirk.domain.reports import CentreReport, Method, Overview
from lirk.domain.reviews import CaseStatus, DrawnCase, Review
from lirk.domain.rounds import Round, check_step
from lirk.errors import NotFound
from lirk.reports.centre_pdf import centre_pdf
from lirk.reports.overview_pdf import overview_pdf
from lirk.services.certificates import draw_lines, exclusions_of, replaced_cases
from lirk.services.checklists import parse
from lirk.services.reviews import answer_codes
from lirk.services.rounds import acting_cases
from lirk.storage.store import Store
from lirk.wording import Wording

#: Letters that a file name keeps; every other becomes a hyphen.
SPELLED_OUT = {"æ": "ae", "ø": "oe", "å": "aa", "&": "og"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """For whom a report is made: the municipality's name on it, and the language."""

    municipality: str
    words: Wording


def centre_report(store: Store, actor: Person, key: str, centre: str, *, reader: Reader) -> CentreReport:
    """Return the report of one centre in a closed round.

    Raises
    ------
    NotFound
        If the round or the centre does not exist, had no cases, or is not the person's own.
    NotAllowed
        If the person's role reads no centre reports.
    RoundNotIn
        If the round is not closed.
    """
    require(actor, Action.READ_CENTRE_REPORT, centre=centre)
    material = _closed(store, key)
    if centre not in material.cases:
        raise NotFound
    return material.report(centre, reader)


def overview(store: Store, actor: Person, key: str, *, reader: Reader) -> Overview:
    """Return the municipality's overview of a closed round; it holds no result of a centre.

    Raises
    ------
    NotFound, NotAllowed, RoundNotIn
        See ``centre_report``.
    """
    require(actor, Action.READ_OVERVIEW)
    material = _closed(store, key)
    return material.overview([material.report(centre, reader) for centre in material.centres], reader)


def all_reports(
    store: Store, actor: Person, key: str, *, reader: Reader
) -> tuple[tuple[CentreReport, ...], Overview]:
    """Return each centre's report, in Danish order, and the overview, from one reading of the round.

    Raises
    ------
    NotFound, NotAllowed, RoundNotIn
        See ``centre_report``; who asks must be allowed to read all of them.
    """
    require(actor, Action.READ_OVERVIEW)
    material = _closed(store, key)
    for centre in material.centres:
        require(actor, Action.READ_CENTRE_REPORT, centre=centre)
    centre_reports = tuple(material.report(centre, reader) for centre in material.centres)
    return centre_reports, material.overview(centre_reports, reader)


def centre_file(report: CentreReport, reader: Reader) -> bytes:
    """Return a centre's report as PDF; the same report gives the same bytes."""
    return centre_pdf(report, reader.words)


def overview_file(value: Overview, reader: Reader) -> bytes:
    """Return the overview as PDF; the same overview gives the same bytes."""
    return overview_pdf(value, reader.words)


def file_names(centres: tuple[str, ...]) -> dict[str, str]:
    """Return a file name for each centre: its name in plain letters, numbered where two would be alike.

    No number says anything of a result: it follows the order of the centres as given.
    """
    names: dict[str, str] = {}
    for centre in centres:
        spelled = "".join(SPELLED_OUT.get(letter, letter) for letter in centre.lower())
        plain = (
            "-".join("".join(letter if letter.isalnum() else " " for letter in spelled).split()) or "center"
        )
        taken = set(names.values()) | {"overview.pdf"}
        candidates = (f"{plain}.pdf", *(f"{plain}-{number}.pdf" for number in range(2, len(centres) + 2)))
        names[centre] = next(name for name in candidates if name not in taken)
    return names


@dataclass(frozen=True, slots=True, kw_only=True)
class _Material:
    """All of a round that its reports are made from, read once."""

    round_: Round
    strata: Mapping[str, int]
    cases: Mapping[str, tuple[ReviewedCase, ...]]
    replaced: Mapping[str, int]
    checklists: tuple[Checklist, ...]
    method: Method
    issued_on: date

    @property
    def centres(self) -> tuple[str, ...]:
        """The centres with drawn cases, in Danish order."""
        return tuple(sorted(self.cases, key=danish_key))

    def overview(self, reports: Sequence[CentreReport], reader: Reader) -> Overview:
        return computed_overview(
            reports,
            municipality=reader.municipality,
            round_=self.round_,
            issued_on=self.issued_on,
            method=self.method,
            without_cases={name: N for name, N in self.strata.items() if name not in self.cases},
        )

    def report(self, centre: str, reader: Reader) -> CentreReport:
        cases = self.cases[centre]
        return computed_centre_report(
            municipality=reader.municipality,
            centre=centre,
            round_=self.round_,
            population=self.strata[centre],
            drawn=sum(case.status != CaseStatus.OUT_OF_SCOPE for case in cases),
            cases=cases,
            checklists=self.checklists,
            method=replace(
                self.method,
                replaced=self.replaced[centre],
                not_found=sum(case.status in MISSING for case in cases),
            ),
            issued_on=self.issued_on,
            language=reader.words.language,
        )


def _closed(store: Store, key: str) -> _Material:
    """Read a round that is closed; no report is made of another."""
    round_ = store.rounds.by_key(key)
    check_step(round_, "report")
    return _material(store, round_)


def _material(store: Store, round_: Round) -> _Material:
    frame, drawn = store.rounds.frame(round_.id), acting_cases(store, round_)
    checklists = tuple(parse(one.text) for one in store.rounds.checklists(round_.id))
    reviews: dict[int, list[Review]] = {}
    for review in store.reviews.of(round_.id):
        reviews.setdefault(review.case_id, []).append(review)
    cases: dict[str, list[ReviewedCase]] = {}
    for case in drawn:
        cases.setdefault(case.centre, []).append(_reviewed(case, reviews.get(case.id, []), checklists))
    draws = store.draws.of(round_.id)
    replaced = replaced_cases(draws[-1].certificate)
    method = Method(
        source=frame.source,
        source_rows=frame.rows,
        exclusions=exclusions_of(frame),
        fingerprint=frame.fingerprint,
        committed_at=frame.committed_at,
        draws=draw_lines(draws),
        program_version=version("lirk"),
        reviewers=len({review.reviewer_id for given in reviews.values() for review in given} - {None}),
        replaced=len(replaced),
        not_found=sum(case.status in MISSING for case in drawn),
    )
    return _Material(
        round_=round_,
        strata=frame.strata,
        cases={centre: tuple(given) for centre, given in cases.items()},
        replaced=Counter(case.centre for case in drawn if case.case_id in replaced),
        checklists=checklists,
        method=method,
        issued_on=(round_.closed_at or round_.created_at).date(),
    )


def _reviewed(case: DrawnCase, reviews: list[Review], checklists: tuple[Checklist, ...]) -> ReviewedCase:
    by_id = {checklist.id: checklist for checklist in checklists}
    return ReviewedCase(
        number=case.number or 0,
        decision_date=case.decision_date,
        case_type=case.case_type,
        outcome=case.outcome,
        status=REVIEWED if case.status is CaseStatus.TO_REVIEW else case.status.value,
        answers={
            review.checklist_id: answer_codes(by_id[review.checklist_id], case, review.answers)
            for review in reviews
        },
    )
