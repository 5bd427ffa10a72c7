"""What centres/*.html show."""

from collections.abc import Iterable
from dataclasses import dataclass

from lirk.domain.people import Centre
from lirk.services.reports import centre_addresses


@dataclass(frozen=True, slots=True)
class CentreRow:
    """One centre of the list."""

    href: str
    centre: Centre


@dataclass(frozen=True, slots=True)
class CentresPage:
    """centres/list.html: every centre, as the Danish alphabet orders them, and the name of a new one."""

    rows: tuple[CentreRow, ...]
    typed: str = ""

    @classmethod
    def of(cls, centres: Iterable[Centre], typed: str = "") -> "CentresPage":
        """Return the list; ``centres`` in their order."""
        known = tuple(centres)
        addresses = centre_addresses([one.name for one in known])
        return cls(tuple(CentreRow(f"/centres/{addresses[one.name]}", one) for one in known), typed)


@dataclass(frozen=True, slots=True)
class CentrePage:
    """centres/centre.html: one centre, and the name that was typed."""

    row: CentreRow
    typed: str
