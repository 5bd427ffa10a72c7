"""Draws: what is planned, where the seed came from, and what refuses a draw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from lirk.errors import Problem, ProblemsFound, RuleBroken, UnusableRequest
from sampling import is_seed

#: What a plan may stratify by: the centre, or the centre and the outcome group.
STRATA = (("centre",), ("centre", "outcome_group"))


class SeedHow(StrEnum):
    """How a seed was found."""

    DICE = "dice"
    TWO_PEOPLE = "two-people"
    BEACON = "beacon"
    SOFTWARE = "software"


class SeedMalformed(UnusableRequest):
    """The seed is not exactly 20 digits."""

    code = "seed-malformed"


class SeedHowUnknown(UnusableRequest):
    """The seed was found in a way that is none of ours."""

    code = "seed-how-unknown"


class SeedUsed(RuleBroken):
    """The seed has drawn from this frame already."""

    code = "seed-used"


class SeedBeforeFreeze(RuleBroken):
    """The seed is older than the freeze, so somebody could have known it."""

    code = "seed-before-freeze"


class DrawNeedsReason(RuleBroken):
    """A further draw on a frame is always explained."""

    code = "draw-needs-reason"


class DrawNumberWrong(RuleBroken):
    """The draw's number does not follow the number of the draw before it."""

    code = "draw-number-wrong"


class DrawNeedsPrevious(RuleBroken):
    """A further draw names the certificate before it."""

    code = "draw-needs-previous"


class PreviousOfAnotherFrame(RuleBroken):
    """The certificate before it was drawn from another frame."""

    code = "previous-of-another-frame"


class SaltMissing(UnusableRequest):
    """The plan asks for a salted fingerprint, and no salt was handed in."""

    code = "salt-missing"


class FingerprintDiffers(ProblemsFound):
    """The register is not the one that was frozen; the problems say in what it differs."""

    code = "fingerprint-differs"


class FreezeBroken(UnusableRequest):
    """A freeze that cannot be drawn from."""


class FreezeMalformed(FreezeBroken):
    """It is no freeze, or a member of it is missing or malformed."""

    code = "freeze-malformed"


class FreezeEdited(FreezeBroken):
    """It was changed after it was made: its digest is another."""

    code = "freeze-edited"


class CertificateBroken(UnusableRequest):
    """A certificate that cannot be used."""


class CertificateMalformed(CertificateBroken):
    """It is no certificate, or a member of it is missing or malformed."""

    code = "certificate-malformed"


class CertificateEdited(CertificateBroken):
    """It was changed after it was made: its digest is another."""

    code = "certificate-edited"


class DrawFileTooNew(UnusableRequest):
    """A freeze or certificate of a format that a later version of LIRK wrote."""

    code = "document-too-new"


class CertificateDiffers(ProblemsFound):
    """The certificate does not hold; the problems say in what."""

    code = "certificate-differs"


class ExtensionRefused(RuleBroken):
    """A draw cannot be extended so."""


class ExtensionNeedsReason(ExtensionRefused):
    """The plan did not declare it, and nobody says why it is made."""

    code = "extension-needs-reason"


class ExtensionSizeMissing(ExtensionRefused):
    """The plan declared no extension, and nobody says by how many cases."""

    code = "extension-size-missing"


class ExtensionSizeWrong(ExtensionRefused):
    """By no case, or fewer than none."""

    code = "extension-size-wrong"


class ExtensionStratumUnknown(ExtensionRefused):
    """A stratum to extend is not in the certificate."""

    code = "extension-stratum-unknown"


class ExtensionAddsNothing(ExtensionRefused):
    """No case is left to add."""

    code = "extension-adds-nothing"


class ReplacementRefused(RuleBroken):
    """A case cannot be replaced."""


class ReplacementNeedsReason(ReplacementRefused):
    """A replacement is always explained."""

    code = "replacement-needs-reason"


class CaseNotActing(ReplacementRefused):
    """The case is not in the sample, or was replaced already."""

    code = "case-not-acting"


class NoReserveLeft(ReplacementRefused):
    """Every reserve case of the stratum has been called up."""

    code = "no-reserve-left"


@dataclass(frozen=True, slots=True)
class SeedRecord:
    """A seed and where it came from.

    Raises SeedMalformed unless ``value`` is exactly 20 digits, SeedHowUnknown unless ``how`` is one of
    ``SeedHow``. ``at`` is when it was found or entered, with its offset.
    """

    value: str
    how: str
    witnesses: Sequence[str]
    at: datetime

    def __post_init__(self) -> None:
        if not is_seed(self.value):
            raise SeedMalformed(value=self.value)
        if self.how not in tuple(SeedHow):
            raise SeedHowUnknown(how=self.how, known=[str(how) for how in SeedHow])

    def as_dict(self) -> dict[str, object]:
        """Return the seed as a certificate has it."""
        return {
            "value": self.value,
            "how": str(self.how),
            "witnesses": list(self.witnesses),
            "at": self.at.isoformat(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseExclusion:
    """Cases that are left out of the frame before its fingerprint, and why."""

    reason: str
    case_numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """What may be added later, declared before the seed: ``n`` more cases in each stratum."""

    n: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawPlan:
    """How to draw, decided before the seed exists.

    ``sizes`` holds ``method``, ``n`` and where given ``minimum``, ``exceptions``, ``deviations``.
    ``reserve`` is per stratum; None means as many as are drawn. ``mapping`` is the name of the mapping file
    as the plan gives it, relative to the plan's folder.
    """

    sizes: Mapping[str, object]
    title: str = ""
    mapping: str | None = None
    strata: tuple[str, ...] = ("centre",)
    reserve: int | None = None
    salt: bool = False
    exclude: tuple[CaseExclusion, ...] = field(default=())
    extension: Extension | None = None

    def as_dict(self) -> dict[str, object]:
        """Return the plan as freeze and certificate have it, the case numbers of exclusions written out."""
        return {
            "title": self.title,
            "mapping": self.mapping,
            "strata": list(self.strata),
            "reserve": self.reserve,
            "salt": self.salt,
            "exclude": [
                {"reason": rule.reason, "case_numbers": list(rule.case_numbers)} for rule in self.exclude
            ],
            "sizes": dict(self.sizes),
            "extension": (
                {"n": self.extension.n, "reason": self.extension.reason} if self.extension else None
            ),
        }

    @classmethod
    def from_dict(cls, plan: Mapping[str, Any]) -> "DrawPlan":
        """Return the plan in a freeze or certificate whose form has been checked."""
        extension = plan.get("extension")
        return cls(
            title=plan["title"],
            mapping=plan.get("mapping"),
            strata=tuple(plan["strata"]),
            reserve=plan["reserve"],
            salt=plan["salt"],
            exclude=tuple(
                CaseExclusion(reason=rule["reason"], case_numbers=tuple(rule["case_numbers"]))
                for rule in plan["exclude"]
            ),
            sizes=plan["sizes"],
            extension=Extension(n=extension["n"], reason=extension["reason"]) if extension else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What came of repeating a draw from its certificate.

    ``differences`` are problems with sentences, none if the draw holds; ``remarks`` are worth knowing and no
    differences. ``fingerprint`` is the frame's as it is now.
    """

    fingerprint: str
    cases: int
    differences: tuple[Problem, ...]
    remarks: tuple[Problem, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the draw can be repeated from the register, case by case."""
        return not self.differences


def stratum_remarks(strata: Mapping[str, tuple[int, int]]) -> tuple[Problem, ...]:
    """Return what is worth saying of the strata's sizes.

    Parameters
    ----------
    strata
        (N, n) by stratum.

    Returns
    -------
    tuple of Problem
        ``stratum-empty`` where it has no cases, ``stratum-census`` where all of them are drawn.
    """
    return tuple(
        Problem("stratum-census" if cases else "stratum-empty", {"stratum": stratum, "count": cases})
        for stratum, (cases, n) in strata.items()
        if n >= cases
    )
