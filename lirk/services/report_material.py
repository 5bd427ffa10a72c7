"""All of a closed round that its reports are made from, of one centre or of all of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version

from checklists.model import Checklist
from lirk.domain.alphabet import danish_key
from lirk.domain.centre_reports import centre_report
from lirk.domain.corrections import CorrectedAnswer, CorrectedCase, Correction, corrected_cases, told
from lirk.domain.figures import MISSING, REVIEWED, ReviewedCase
from lirk.domain.item_sets import Asked
from lirk.domain.overview_values import Overview
from lirk.domain.overviews import overview
from lirk.domain.reports import CentreReport, Method
from lirk.domain.review_times import Hours
from lirk.domain.reviews import CaseStatus, DrawnCase, Review
from lirk.domain.rounds import Draw, Round
from lirk.services.agreement import InTwoReadings, in_two_readings
from lirk.services.certificates import draw_lines, exclusions_of, replaced_cases
from lirk.services.pinned import asked_in
from lirk.services.read_twice import counted_reviews
from lirk.services.review_times import hours_of
from lirk.services.reviews import answer_codes
from lirk.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What was read of a round; ``cases`` and all counts are of the centres that were asked for."""

    round_: Round
    strata: Mapping[str, int]
    cases: Mapping[str, tuple[ReviewedCase, ...]]
    replaced: Mapping[str, int]
    reviewers: Mapping[str, int]
    earlier: Mapping[str, Sequence[str]]
    corrected: Mapping[str, Sequence["CorrectedCase"]]
    asked: tuple[Asked, ...]
    method: Method
    both: InTwoReadings
    hours: Hours
    issued_on: date

    @property
    def centres(self) -> tuple[str, ...]:
        """The centres with drawn cases, in Danish order."""
        return tuple(sorted(self.cases, key=danish_key))

    def overview(self, reports: Sequence[CentreReport], municipality: str) -> Overview:
        """Return the overview of the round; the material and the reports must be of all centres."""
        return overview(
            reports,
            municipality=municipality,
            round_=self.round_,
            issued_on=self.issued_on,
            method=self.method,
            without_cases={name: N for name, N in self.strata.items() if name not in self.cases},
        )

    def report(self, centre: str, municipality: str, language: str) -> CentreReport:
        """Return the report of one centre of the material."""
        cases = self.cases[centre]
        report = centre_report(
            municipality=municipality,
            centre=centre,
            round_=self.round_,
            population=self.strata[centre],
            drawn=sum(case.status != CaseStatus.OUT_OF_SCOPE for case in cases),
            cases=cases,
            checklists=[one.checklist for one in self.asked],
            items={one.checklist.id: one.items for one in self.asked},
            method=replace(
                self.method,
                replaced=self.replaced[centre],
                not_found=sum(case.status in MISSING for case in cases),
                reviewers=self.reviewers[centre],
                agreement=self.both.lines(language),
                hours=self.hours.used,
                hours_planned=self.hours.planned,
            ),
            issued_on=self.issued_on,
            language=language,
            earlier_rounds=self.earlier.get(centre, ()),
        )
        return replace(report, corrections=self._corrections(centre, language))

    def _corrections(self, centre: str, language: str) -> tuple[Correction, ...]:
        """Return what was corrected in a centre, checklist by checklist."""
        made = self.corrected.get(centre, ())
        return tuple(
            line
            for one in self.asked
            for line in told(
                one.checklist,
                [each for each in made if each.checklist_id == one.checklist.id],
                language,
            )
        )


def material(store: Store, round_: Round, centre: str | None = None, *, as_closed: bool = False) -> Material:
    """Read a round, or one centre of it, in so many statements however many cases it has.

    ``as_closed``: with the answers as they were when the round was closed, before any was corrected.
    """
    draws = store.draws.of(round_.id)
    drawn = _numbered(store, round_, draws, centre)
    pks = {case.id for case in drawn}
    twice = store.reconciliations.read_twice(round_.id)
    corrected = {} if as_closed else store.corrections.of(round_.id, centre=centre)
    counted = counted_reviews(store, round_, centre=centre, twice=twice, corrected=corrected)
    reviews = [one for one in counted if one.case_id in pks]
    used = asked_in(store, round_)
    gone = replaced_cases(draws[-1].certificate)
    replaced = [case for case in drawn if case.case_id in gone]
    frame = store.rounds.frame(round_.id)
    both = in_two_readings(store, round_, twice)
    return Material(
        round_=round_,
        strata=frame.strata,
        cases=_by_centre(drawn, reviews, [one.checklist for one in used]),
        replaced=Counter(case.centre for case in replaced),
        reviewers=_reviewers(drawn, reviews),
        earlier={
            name: [one.title for one in rounds]
            for name, rounds in earlier_rounds(store, round_, centre).items()
        },
        corrected=_corrected(drawn, reviews, corrected, {one.checklist.id: one.checklist for one in used}),
        asked=used,
        both=both,
        hours=hours_of(store, round_),
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
            read_twice=both.cases,
            pairs=both.pairs,
            alike=both.alike,
        ),
        issued_on=(round_.closed_at or round_.created_at).date(),
    )


def _numbered(
    store: Store, round_: Round, draws: Sequence[Draw], centre: str | None
) -> tuple[DrawnCase, ...]:
    """Return the numbered cases of the latest draw."""
    cases = store.cases.of(round_.id, centre=centre)
    return tuple(case for case in cases if case.draw_id == draws[-1].id and case.number is not None)


def _reviewers(cases: Sequence[DrawnCase], reviews: Sequence[Review]) -> dict[str, int]:
    """Return by how many people each centre's cases were read."""
    centre_of = {case.id: case.centre for case in cases}
    people: dict[str, set[int]] = {centre: set() for centre in centre_of.values()}
    for review in reviews:
        if review.finished_at and review.reviewer_id is not None:
            people[centre_of[review.case_id]].add(review.reviewer_id)
    return {centre: len(who) for centre, who in people.items()}


def earlier_rounds(store: Store, round_: Round, centre: str | None = None) -> dict[str, list[Round]]:
    """Return the rounds that were closed before this one, oldest first, by centre that took part.

    A demonstration is never held against real cases: of another kind than this one no round counts.
    """
    measured = store.cases.measured(centre=centre)
    alike = [one for one in store.rounds.all() if one.made_up == round_.made_up]
    closed = [(one.closed_at, one.id, one) for one in alike if one.closed_at]
    found: dict[str, list[Round]] = {}
    for at, id_, other in sorted(closed, key=lambda one: one[:2]):
        if round_.closed_at and at < round_.closed_at:
            for name in (name for round_id, name in measured if round_id == id_):
                found.setdefault(name, []).append(other)
    return found


def _by_centre(
    cases: Sequence[DrawnCase], reviews: Sequence[Review], checklists: Sequence[Checklist]
) -> dict[str, tuple[ReviewedCase, ...]]:
    of_case: dict[int, list[Review]] = {}
    for review in reviews:
        of_case.setdefault(review.case_id, []).append(review)
    by_id = {checklist.id: checklist for checklist in checklists}
    found: dict[str, list[ReviewedCase]] = {}
    for case in cases:
        reviewed = _reviewed(case, of_case.get(case.id, []), by_id)
        found.setdefault(case.centre, []).append(reviewed)
    return {centre: tuple(given) for centre, given in found.items()}


def _corrected(
    cases: Sequence[DrawnCase],
    reviews: Sequence[Review],
    corrected: Mapping[int, Sequence[CorrectedAnswer]],
    checklists: Mapping[str, Checklist],
) -> dict[str, list[CorrectedCase]]:
    """Return by centre the corrections that change what is counted."""
    read = {case.id: case for case in cases if case.status is CaseStatus.TO_REVIEW}
    found: dict[str, list[CorrectedCase]] = {}
    for review in reviews:
        case = read.get(review.case_id)
        if case is None or review.id not in corrected:
            continue
        checklist = checklists[review.checklist_id]
        codes = answer_codes(checklist, case, review.answers)
        found.setdefault(case.centre, []).extend(
            corrected_cases(checklist, case.number or 0, codes, corrected[review.id])
        )
    return found


def _reviewed(
    case: DrawnCase, reviews: Sequence[Review], checklists: Mapping[str, Checklist]
) -> ReviewedCase:
    return ReviewedCase(
        number=case.number or 0,
        decision_date=case.decision_date,
        case_type=case.case_type,
        outcome=case.outcome,
        status=REVIEWED if case.status is CaseStatus.TO_REVIEW else case.status.value,
        answers={
            review.checklist_id: answer_codes(checklists[review.checklist_id], case, review.answers)
            for review in reviews
        },
    )
