"""The work of a round: the readings of its cases, who has them, and how long they can be expected to take."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from checklists.model import Checklist
from lirk.domain.assignment import Limits, Load, Piece, ReadingKey
from lirk.domain.expected_minutes import case_minutes
from lirk.domain.people import Person
from lirk.domain.reviews import CaseStatus, DrawnCase, Reading, Review
from lirk.domain.rounds import Round
from lirk.services.limits import begun_among, declared_centres, disqualified, seen
from lirk.services.pinned import checklists_of
from lirk.services.samples import acting_cases, open_obstacles
from lirk.services.second_readings import cases_wanted, ended_seconds
from lirk.storage.store import Store

#: Centres whose cases somebody does not read, by username.
Conflicts = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundWork:
    """The readings of a round's sample, first and second, and what bars people from them; read once for all.

    Attributes
    ----------
    cases, reviews
        The numbered cases of the latest draw, and their first and second reviews.
    minutes
        What each case can be expected to take, by its id.
    wanted
        Ids of the cases that have a second reading by the round's rules.
    reported
        The readings that wait for the coordinator's decision.
    ended
        Ids of the cases whose second reading ended without answers, as the coordinator decided.
    spoken
        Ids of the reviews in which something was said beside the answers.
    seen
        Who has seen which reading.
    """

    round: Round
    cases: tuple[DrawnCase, ...]
    reviews: tuple[Review, ...]
    minutes: Mapping[int, int]
    wanted: frozenset[int]
    own_centre: bool
    declared: Mapping[str, frozenset[str]]
    disqualified: Mapping[int, frozenset[int]]
    reported: frozenset[ReadingKey]
    ended: frozenset[int]
    spoken: frozenset[int]
    seen: Mapping[ReadingKey, Collection[int]]

    @property
    def begun(self) -> frozenset[ReadingKey]:
        """Return the readings in which anything is answered, finished, or said beside the answers."""
        return begun_among(self.reviews, self.spoken)

    @property
    def finished(self) -> frozenset[ReadingKey]:
        """Return the readings that are finished with every checklist."""
        open_ = {_key(one) for one in self.reviews if one.finished_at is None}
        return frozenset(_key(one) for one in self.reviews) - open_

    @property
    def holders(self) -> dict[ReadingKey, int]:
        """Return who has which reading; second readings that are to be closed are nobody's any more."""
        gone = self.obsolete
        return {
            _key(one): one.reviewer_id
            for one in self.reviews
            if one.reviewer_id is not None and _key(one) not in gone
        }

    @property
    def obsolete(self) -> frozenset[ReadingKey]:
        """Return the second readings that nobody has begun and that the rules do not want."""
        begun, to_review = self.begun, {case.id for case in self.to_review}
        keys = {_key(one) for one in self.reviews if one.reading is Reading.SECOND} - begun
        return frozenset(key for key in keys if key[0] not in self.wanted & to_review)

    @property
    def to_review(self) -> tuple[DrawnCase, ...]:
        """Return the cases that are neither a finding nor out of scope."""
        return tuple(case for case in self.cases if case.status is CaseStatus.TO_REVIEW)

    def free(self, *, again: bool) -> list[Piece]:
        """Return the readings to share out, first ones first, each by running number.

        With ``again`` also those that have a reader who has not begun; what waits for the coordinator's
        decision stays where it is.
        """
        pieces = [self.piece(case, Reading.FIRST) for case in self.to_review]
        twice = self.wanted - self.ended
        pieces += [self.piece(case, Reading.SECOND) for case in self.to_review if case.id in twice]
        has, begun = self.holders, self.begun
        return [
            piece
            for piece in pieces
            if piece.key not in has or (again and piece.key not in begun and piece.key not in self.reported)
        ]

    def held(self, besides: Collection[ReadingKey] = ()) -> dict[int, Load]:
        """Return what each person has in the round, by id, without some readings that are shared out anew."""
        cases, minutes = Counter[int](), Counter[int]()
        for key, person in self.holders.items():
            if key not in besides:
                cases[person] += 1
                minutes[person] += self.minutes[key[0]]
        return {person: Load(cases[person], minutes[person]) for person in cases}

    def limits(
        self,
        people: Sequence[Person],
        free: Collection[ReadingKey],
        *,
        most: Mapping[str, int] | None = None,
        conflicts: Conflicts | None = None,
    ) -> Limits:
        """Return what bars people from the readings in ``free``; ``conflicts`` None are those declared."""
        declared = self.declared if conflicts is None else conflicts
        return Limits(
            most={one.id: most[one.username] for one in people if most and one.username in most},
            centres={one.id: declared.get(one.username, ()) for one in people},
            cases=self.disqualified,
            own_centre=self.own_centre,
            readers={key: person for key, person in self.holders.items() if key not in free},
            seen=self.seen,
        )

    def piece(self, case: DrawnCase, reading: Reading) -> Piece:
        """Return a reading of a case as a piece of work."""
        return Piece(case=case, reading=reading, minutes=self.minutes[case.id])

    def reviews_of(self, key: ReadingKey) -> tuple[Review, ...]:
        """Return the reviews of one reading of a case, one a checklist."""
        return tuple(one for one in self.reviews if _key(one) == key)


def round_work(store: Store, round_: Round) -> RoundWork:
    """Return the work of a round as it stands."""
    cases = acting_cases(store, round_)
    ids = {case.id for case in cases}
    readings = (Reading.FIRST, Reading.SECOND)
    reviews = [one for reading in readings for one in store.reviews.of(round_.id, reading=reading)]
    return RoundWork(
        round=round_,
        cases=cases,
        reviews=tuple(one for one in reviews if one.case_id in ids),
        minutes=_minutes(cases, tuple(checklists_of(store, round_).values())),
        wanted=frozenset(case.id for case in cases_wanted(store, round_)),
        own_centre=store.round_rules.of(round_.id).bars_own_centre,
        declared=declared_centres(store, round_),
        disqualified=disqualified(store, round_),
        reported=frozenset(
            (pk, one) for one in readings for pk in open_obstacles(store, round_, reading=one)
        ),
        ended=ended_seconds(store, round_),
        spoken=store.reviews.spoken_in(round_.id),
        seen=seen(store, round_, reviews),
    )


def _key(review: Review) -> ReadingKey:
    return review.case_id, review.reading


def _minutes(cases: Sequence[DrawnCase], checklists: Sequence[Checklist]) -> dict[int, int]:
    """Return each case's expected minutes; cases of the same facts are worked out once."""
    by_facts: dict[tuple[tuple[str, str], ...], int] = {}
    found = {}
    for case in cases:
        facts = tuple(sorted(case.facts.items()))
        if facts not in by_facts:
            by_facts[facts] = case_minutes(checklists, case.facts)
        found[case.id] = by_facts[facts]
    return found
