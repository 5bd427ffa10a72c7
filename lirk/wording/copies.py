"""The words of a copy for others."""

from lirk.domain.small_numbers import Hidden
from lirk.wording.catalogue import N_

CELLS = {
    Hidden.UNDER_FIVE: N_("under 5"),
    Hidden.WITHHELD: N_("skjult"),
}
