"""The reports of a closed round: one value each, which page, PDF and spreadsheet print."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from unicodedata import normalize

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
from lirk.services.samples import acting_cases, acting_reviews
from lirk.storage.store import Store
from lirk.wording import Wording

#: How a file name spells what is no plain letter; every other sign becomes a hyphen.
SPELLED_OUT = {"æ": "ae", "ø": "oe", "å": "aa", "&": "og"}
#: Letters of a file name before its number and ending; file systems take 255 bytes.
NAME_LENGTH = 80


class CentreUnknown(NotFound):
    """The round has no report for a centre of that name: no such centre, or none of its cases was drawn."""

    code = "centre-unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """For whom a report is made: the municipality's name on it, and the language."""

    municipality: str
    words: Wording


def centre_report(store: Store, actor: Person, key: str, centre: str, *, reader: Reader) -> CentreReport:
    """Return the report of one centre in a closed round.

    Raises
    ------
    RoundUnknown, CentreUnknown
        If the round does not exist, or the centre does not or had no cases.
    NotFound
        If the centre is not the person's own.
    NotAllowed
        If the person's role reads no centre reports.
    RoundNotIn
        If the round is not closed.
    """
    require(actor, Action.READ_CENTRE_REPORT, centre=centre)
    material = _closed(store, key)
    if centre not in material.cases:
        raise CentreUnknown(round=key, centre=centre)
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
        plain = _plain(centre)[:NAME_LENGTH] or "center"
        taken = set(names.values()) | {"overview.pdf"}
        candidates = (f"{plain}.pdf", *(f"{plain}-{number}.pdf" for number in range(2, len(centres) + 2)))
        names[centre] = next(name for name in candidates if name not in taken)
    return names


def _plain(name: str) -> str:
    """Return a name in the letters a-z and digits, with hyphens between its words."""
    spelled = "".join(SPELLED_OUT.get(letter, letter) for letter in normalize("NFC", name).lower())
    ascii_only = normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return "-".join("".join(letter if letter.isalnum() else " " for letter in ascii_only).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Material:
    """All of a round that its reports are made from, read once."""

    round_: Round
    strata: Mapping[str, int]
    cases: Mapping[str, tuple[ReviewedCase, ...]]
    replaced: Mapping[str, int]
    reviewers: Mapping[str, int]
    earlier: Mapping[str, Sequence[str]]
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
                reviewers=self.reviewers[centre],
            ),
            issued_on=self.issued_on,
            language=reader.words.language,
            earlier_rounds=self.earlier.get(centre, ()),
        )


def _closed(store: Store, key: str) -> _Material:
    """Read a round that is closed; no report is made of another."""
    round_ = store.rounds.by_key(key)
    check_step(round_, "report")
    return _material(store, round_)


def _material(store: Store, round_: Round) -> _Material:
    drawn, reviews = acting_cases(store, round_), acting_reviews(store, round_)
    checklists = tuple(parse(one.text) for one in store.rounds.checklists(round_.id))
    draws = store.draws.of(round_.id)
    replaced = [case for case in drawn if case.case_id in replaced_cases(draws[-1].certificate)]
    frame = store.rounds.frame(round_.id)
    return _Material(
        round_=round_,
        strata=frame.strata,
        cases=_by_centre(drawn, reviews, checklists),
        replaced=Counter(case.centre for case in replaced),
        reviewers=_reviewers(drawn, reviews),
        earlier=_earlier_rounds(store, round_),
        checklists=checklists,
        method=Method(
            source=frame.source,
            source_rows=frame.rows,
            exclusions=exclusions_of(frame),
            fingerprint=frame.fingerprint,
            committed_at=frame.committed_at,
            draws=draw_lines(draws),
            program_version=version("lirk"),
            reviewers=len({review.reviewer_id for review in reviews} - {None}),
            replaced=len(replaced),
            not_found=sum(case.status in MISSING for case in drawn),
        ),
        issued_on=(round_.closed_at or round_.created_at).date(),
    )


def _reviewers(cases: Sequence[DrawnCase], reviews: Sequence[Review]) -> dict[str, int]:
    """Return by how many people each centre's cases were read."""
    centre_of = {case.id: case.centre for case in cases}
    people: dict[str, set[int]] = {centre: set() for centre in centre_of.values()}
    for review in reviews:
        if review.finished_at and review.reviewer_id is not None:
            people[centre_of[review.case_id]].add(review.reviewer_id)
    return {centre: len(who) for centre, who in people.items()}


def _earlier_rounds(store: Store, round_: Round) -> dict[str, list[str]]:
    """Return the titles of the rounds that were closed before this one, by centre that took part."""
    titles: dict[str, list[str]] = {}
    for other in store.rounds.all():
        if other.closed_at and round_.closed_at and other.closed_at < round_.closed_at:
            for centre in {case.centre for case in acting_cases(store, other)}:
                titles.setdefault(centre, []).append(other.title)
    return titles


def _by_centre(
    cases: Sequence[DrawnCase], reviews: Sequence[Review], checklists: Sequence[Checklist]
) -> dict[str, tuple[ReviewedCase, ...]]:
    of_case: dict[int, list[Review]] = {}
    for review in reviews:
        of_case.setdefault(review.case_id, []).append(review)
    found: dict[str, list[ReviewedCase]] = {}
    for case in cases:
        reviewed = _reviewed(case, of_case.get(case.id, []), checklists)
        found.setdefault(case.centre, []).append(reviewed)
    return {centre: tuple(given) for centre, given in found.items()}


def _reviewed(case: DrawnCase, reviews: Sequence[Review], checklists: Sequence[Checklist]) -> ReviewedCase:
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
