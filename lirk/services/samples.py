"""A round's sample as it is kept: the cases of its latest draw, and their reviews."""

from collections.abc import Iterable, Iterator, Sequence

from lirk.domain.obstacles import Obstacle
from lirk.domain.reviews import CaseRole, DrawnCase, Reading, Review
from lirk.domain.rounds import CaseUnknown, Draw, Round
from lirk.intake.register import Register
from lirk.services.certificates import cases_of, rows_of
from lirk.services.people import kept_hash
from lirk.storage.store import Store

#: What is kept of a drawn case beside its number, centre and ticket; every other mapped column is a fact.
KEPT = {
    "case_id", "centre", "stratum", "decision_date", "outcome", "outcome_group", "case_type", "link", "caseworker",
    "unit", "kle_number", "facet", "decision_flag", "created", "received", "closed",
}  # fmt: skip


def acting_cases(store: Store, round_: Round, *, centre: str | None = None) -> tuple[DrawnCase, ...]:
    """Return the numbered cases of the latest draw, by running number; of one centre where it is named."""
    return tuple(case for case in latest_cases(store, round_, centre=centre) if case.number is not None)


def latest_cases(store: Store, round_: Round, *, centre: str | None = None) -> tuple[DrawnCase, ...]:
    """Return the cases of the latest draw, by running number; those held in reserve come last."""
    draws = store.draws.of(round_.id)
    if not draws:
        return ()
    latest = draws[-1].id
    return tuple(case for case in store.cases.of(round_.id, centre=centre) if case.draw_id == latest)


def acting_case(store: Store, round_: Round, number: int) -> DrawnCase:
    """Return the case of the latest draw that has this running number.

    Raises
    ------
    CaseUnknown
        If there is none.
    """
    return case_numbered(round_, acting_cases(store, round_), number)


def case_numbered(round_: Round, cases: Iterable[DrawnCase], number: int) -> DrawnCase:
    """Return the one of a round's cases that has this running number.

    Raises
    ------
    CaseUnknown
        If there is none.
    """
    found = next((case for case in cases if case.number == number), None)
    if found is None:
        raise CaseUnknown(round=round_.key, number=str(number))
    return found


def acting_reviews(
    store: Store, round_: Round, *, reading: Reading = Reading.FIRST, reviewer_id: int | None = None
) -> tuple[Review, ...]:
    """Return the reviews of the numbered cases of the latest draw; those of an earlier draw are history."""
    cases = {case.id for case in acting_cases(store, round_)}
    reviews = store.reviews.of(round_.id, reading=reading, reviewer_id=reviewer_id)
    return tuple(review for review in reviews if review.case_id in cases)


def open_obstacles(store: Store, round_: Round, *, reading: Reading = Reading.FIRST) -> dict[int, Obstacle]:
    """Return what was reported of one reading of the round's cases and waits, by the case's id."""
    kept = store.obstacles.of(round_.id, reading=reading)
    return {pk: one for pk, one in kept.items() if one.settlement is None}


def read_so_far(store: Store, round_: Round) -> tuple[tuple[Review, ...], frozenset[int]]:
    """Return the first and the second readings of a round, and the ids of the cases that any reader told of.

    They reported the case, said that it must be acted on now, or wrote of a doubt.
    """
    readings = (Reading.FIRST, Reading.SECOND)
    reviews = tuple(one for reading in readings for one in store.reviews.of(round_.id, reading=reading))
    reported = {pk for reading in readings for pk in store.obstacles.of(round_.id, reading=reading)}
    spoken = store.reviews.spoken_in(round_.id)
    return reviews, frozenset(reported | {one.case_id for one in reviews if one.id in spoken})


def keep_sample(store: Store, round_: Round, draw: Draw, register: Register, secret_key: str | None) -> None:
    """Keep the cases of a draw with what is kept of their rows, and open the reviews of those to be read.

    Raises
    ------
    lirk.services.people.SecretKeyMissing
        If the register names caseworkers and there is no key to hash them with.
    """
    store.cases.add_all(
        tuple(_drawn_cases(draw, register, secret_key, first=store.cases.next_number(round_.id)))
    )
    open_reviews(store, round_, acting_cases(store, round_))


def open_reviews(store: Store, round_: Round, cases: Sequence[DrawnCase]) -> None:
    """Open a review of each case with each of the round's checklists."""
    wanted = [one.checklist_id for one in store.rounds.checklists(round_.id)]
    store.reviews.open_for(round_.id, [case.id for case in cases], wanted)


def _drawn_cases(
    draw: Draw, register: Register, secret_key: str | None, *, first: int
) -> Iterator[DrawnCase]:
    """Yield the cases of a certificate; main cases get running numbers from ``first``."""
    rows, number = rows_of(register, draw.certificate), first
    for drawn in cases_of(draw.certificate):
        row, main = rows[drawn.case_id], drawn.role == CaseRole.MAIN
        code = row.get("caseworker")
        yield DrawnCase(
            id=0,
            round_id=draw.round_id,
            draw_id=draw.id,
            number=number if main else None,
            case_id=drawn.case_id,
            centre=str(row["centre"]),
            stratum=drawn.stratum,
            role=CaseRole(drawn.role),
            rank=drawn.rank,
            ticket=drawn.ticket,
            decision_date=row.get("decision_date"),
            case_type=row.get("case_type"),
            outcome=row.get("outcome"),
            facts={name: str(value) for name, value in row.items() if _is_fact(name, value)},
            link=row.get("link"),
            caseworker_hash=kept_hash(code, secret_key) if code else None,
        )
        number += main


def _is_fact(name: str, value: object) -> bool:
    return value is not None and (name not in KEPT or name == "outcome")
