"""What ``lirk draw`` and ``lirk round`` say alike about a frame and a draw."""

from collections.abc import Mapping, Sequence
from typing import Any

import sampling
from lirk.cli.door import Door
from lirk.domain.draws import stratum_remarks
from lirk.domain.serials import YearNote
from lirk.errors import Problem
from lirk.wording.serials import ABOUT, things_to_look_into, year_lines


def size_remarks(document: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Return what is worth saying of the strata of a freeze or certificate: those taken whole, those empty."""
    sizes = sampling.stratum_sizes(document)
    return stratum_remarks({part.stratum: (part.N, part.n) for part in sizes})


def remark_all(door: Door, remarks: Sequence[Problem]) -> None:
    """Print remarks, each on its line."""
    for remark in remarks:
        door.remark(door.problem_line(remark))


def remark_dice(door: Door, how: str | None) -> None:
    """Say what the certificate claims of the seed where nobody said how it was found."""
    if how is None:
        door.remark(
            door.words.text(
                "Certifikatet siger, at frøet er slået med terninger. "
                "Er det fundet på anden vis, så sig det med --how."
            )
        )


def say_serials(door: Door, notes: Sequence[YearNote]) -> None:
    """Print the gaps in the case numbers by year, and as remarks what there is to look into."""
    if not notes:
        return
    door.say(door.words.text("Huller i sagsnumrene"))
    for line in year_lines(door.words, notes):
        door.say(f"  {line}")
    door.say(f"  {door.words.text(ABOUT)}")
    for sentence in things_to_look_into(door.words, notes):
        door.remark(sentence)
