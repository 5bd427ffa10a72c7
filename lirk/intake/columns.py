"""Which column of a file is which of ours: as the mapping says, or as the headings suggest."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from lirk.errors import Problem
from lirk.intake.gathering import Gathered, quotable
from lirk.intake.guessing import guess_columns, spelling_key
from lirk.intake.mapping import REQUIRED


@dataclass(frozen=True, slots=True)
class Columns:
    """Our columns by position in the file, in the order of the mapping, and all headings."""

    positions: Mapping[str, int]
    headings: tuple[str, ...]

    def heading(self, name: str) -> str:
        """Return what the file calls one of our columns; may be shown."""
        return quotable(self.headings[self.positions[name]])

    @property
    def dropped(self) -> tuple[str, ...]:
        """The headings of all columns that are not used; may be shown."""
        used = set(self.positions.values())
        return tuple(
            quotable(heading)
            for position, heading in enumerate(self.headings)
            if position not in used and heading
        )


def find_columns(
    headings: tuple[str, ...],
    wanted: Mapping[str, str] | None,
    gathered: Gathered,
    *,
    withheld: Collection[int] = (),
) -> Columns:
    """Return which columns are used; what is missing, doubled or doubtful is gathered.

    Parameters
    ----------
    headings
        Of the file, by position.
    wanted
        Our columns with the file's headings; None guesses them all, and a required one that is left out is
        guessed, too.
    gathered
        Takes the problems and remarks.
    withheld
        Positions of columns that were not kept; none of them is guessed, and one that is wanted is refused.
    """
    kept = tuple("" if position in withheld else heading for position, heading in enumerate(headings))
    guess = guess_columns(kept)
    if wanted is None:
        positions = {name: guess.columns[name] for name in _in_order(guess.columns)}
        gathered.remarks.extend(
            Problem("column-could-also-be", {"name": name}, column=quotable(headings[position]))
            for position, name in guess.others
            if headings[position] != headings[positions[name]]
        )
    else:
        positions = _as_wanted(headings, wanted, gathered)
        left_out = [name for name in REQUIRED if name not in wanted and name in guess.columns]
        positions |= {name: guess.columns[name] for name in left_out}
    refused = {name: position for name, position in positions.items() if position in withheld}
    if withheld:
        meant = guess_columns(headings).columns
        refused |= {name: meant[name] for name in REQUIRED if name in meant and name not in positions}
    _tell_withheld(headings, refused, gathered)
    _tell_missing(kept, {**positions, **refused}, wanted or {}, gathered)
    _tell_doubled(headings, positions, gathered)
    return Columns({name: at for name, at in positions.items() if name not in refused}, headings)


def _tell_withheld(headings: tuple[str, ...], refused: Mapping[str, int], gathered: Gathered) -> None:
    for name, position in refused.items():
        values = {"heading": quotable(headings[position])}
        gathered.add(Problem("column-withheld", values, item=f"[columns] {name}"))


def _in_order(found: Mapping[str, int]) -> Sequence[str]:
    return [*(name for name in REQUIRED if name in found), *(name for name in found if name not in REQUIRED)]


def _as_wanted(headings: tuple[str, ...], wanted: Mapping[str, str], gathered: Gathered) -> dict[str, int]:
    positions = {}
    for name, heading in wanted.items():
        position = _position(headings, heading)
        if position is not None:
            positions[name] = position
            continue
        values = {"heading": quotable(heading), "headings": _shown(headings)}
        gathered.add(Problem("column-not-in-file", values, item=f"[columns] {name}"))
    return positions


def _position(headings: tuple[str, ...], heading: str) -> int | None:
    """Return where a heading stands: as it is written, or else the only one that differs in spelling."""
    if heading.strip() in headings:
        return headings.index(heading.strip())
    alike = [
        position for position, other in enumerate(headings) if spelling_key(other) == spelling_key(heading)
    ]
    return alike[0] if len(alike) == 1 else None


def _tell_missing(
    headings: tuple[str, ...], positions: Mapping[str, int], wanted: Mapping[str, str], gathered: Gathered
) -> None:
    for name in REQUIRED:
        if name not in positions and name not in wanted:
            code = f"no-{name.replace('_', '-')}-column"
            gathered.add(Problem(code, {"headings": _shown(headings)}, item=f"[columns] {name}"))


def _tell_doubled(headings: tuple[str, ...], positions: Mapping[str, int], gathered: Gathered) -> None:
    used = {headings[position] for position in positions.values()}
    for heading in sorted({heading for heading in headings if heading and headings.count(heading) > 1}):
        values = {"count": headings.count(heading)}
        if heading in used:
            gathered.add(Problem("heading-doubled", values, column=quotable(heading)))
        else:
            gathered.remarks.append(Problem("unused-heading-doubled", values, column=quotable(heading)))


def _shown(headings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"»{quotable(heading)}«" for heading in headings if heading)
