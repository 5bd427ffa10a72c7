"""What each reviewer gets where work is shared out, and what bars cases from them."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from lirk.domain.assignment import Bar, Limits, Load, Piece, ReadingKey, bars
from lirk.domain.people import Person
from lirk.domain.reviews import Reading
from lirk.services.people import PersonUnknown
from lirk.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one reviewer keeps and gets: ``most`` cases in all, None without a limit.

    ``had`` counts all readings kept, ``new`` the cases and ``seconds`` the second readings that come to them;
    ``minutes`` is the expected time of all of it.
    """

    username: str
    name: str
    had: int
    new: int
    seconds: int
    minutes: int
    most: int | None

    @property
    def total(self) -> int:
        """Return how many cases the reviewer has then, second readings counted in."""
        return self.had + self.new + self.seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """How many of the cases that are shared out cannot go to one reviewer, by reason; each counts once."""

    name: str
    reasons: Mapping[Bar, int]

    @property
    def cases(self) -> int:
        """Return how many cases it is in all."""
        return sum(self.reasons.values())


def people_named(store: Store, usernames: Sequence[str]) -> list[Person]:
    """Return the people with these usernames in this order, each once.

    Raises
    ------
    lirk.services.people.PersonUnknown
        If there is no such person.
    """
    everybody = {one.username: one for one in store.people.all()}
    unknown = next((one for one in usernames if one not in everybody), None)
    if unknown is not None:
        raise PersonUnknown(username=unknown)
    return [everybody[one] for one in dict.fromkeys(usernames)]


def shares_of(
    people: Sequence[Person],
    pieces: Sequence[Piece],
    given: Mapping[ReadingKey, int],
    held: Mapping[int, Load],
    most: Mapping[str, int],
) -> tuple[Share, ...]:
    """Return what each of some people keeps and gets of pieces that are shared out."""
    shares = []
    for one in people:
        mine, load = [p for p in pieces if given.get(p.key) == one.id], held.get(one.id, Load())
        seconds = sum(piece.reading is Reading.SECOND for piece in mine)
        shares.append(
            Share(
                username=one.username,
                name=one.name,
                had=load.cases,
                new=len(mine) - seconds,
                seconds=seconds,
                minutes=load.minutes + sum(piece.minutes for piece in mine),
                most=most.get(one.username),
            )
        )
    return tuple(shares)


def barred_of(people: Sequence[Person], pieces: Sequence[Piece], limits: Limits) -> tuple[Barred, ...]:
    """Return for whom of some people something bars cases among the pieces, and how many for which reason."""
    of_case: dict[int, list[Piece]] = {}
    for piece in pieces:
        of_case.setdefault(piece.case.id, []).append(piece)
    found = []
    for one in people:
        reasons: Counter[Bar] = Counter()
        for parts in of_case.values():
            against = {bar for part in parts for bar in _told(bars(one, part.case, limits, part.reading))}
            reasons.update([bar for bar in Bar if bar in against][:1])
        if reasons:
            ordered = {bar: reasons[bar] for bar in Bar if reasons[bar]}
            found.append(Barred(name=one.name, reasons=ordered))
    return tuple(found)


def _told(against: Collection[Bar]) -> Collection[Bar]:
    """Return what of it bars somebody from a case; that they have its other reading themselves bars from nothing."""
    own = {Bar.FIRST_READER, Bar.HAS_SEEN} if Bar.FIRST_READER in against else set()
    return set(against) - own
