"""The versions of checklists that a house knows: which may be replaced, and which are frozen for ever."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lirk.errors import NotFound, Problem, RuleBroken


class VersionUnknown(NotFound):
    """No checklist has that id and version."""

    code = "checklist-version-unknown"


class VersionFrozen(RuleBroken):
    """Only a draft can be published or deleted."""

    code = "checklist-version-frozen"


class VersionOvertaken(RuleBroken):
    """A newer version of the checklist is published already."""

    code = "checklist-version-overtaken"


class Standing(StrEnum):
    """Where a version comes from, and whether it can still change.

    ``PINNED`` versions are known from a round alone, whose checklist was read from a file.
    """

    SHIPPED = "shipped"
    PUBLISHED = "published"
    DRAFT = "draft"
    PINNED = "pinned"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownVersion:
    """One version of a checklist with its whole text; who imported and published it are names."""

    checklist_id: str
    version: int
    text: str
    standing: Standing
    imported_at: datetime | None = None
    imported_by: str | None = None
    published_at: datetime | None = None
    published_by: str | None = None

    @property
    def published(self) -> bool:
        """Whether rounds may use it."""
        return self.standing in {Standing.SHIPPED, Standing.PUBLISHED}


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedBy:
    """A round that has pinned a version; ``same_text`` is false where its file said something else."""

    key: str
    title: str
    same_text: bool


def number_problem(
    version: int, text: str, known: Sequence[KnownVersion], pinned: Iterable[str]
) -> Problem | None:
    """Return why a text may not be kept as this version, None where it may.

    Parameters
    ----------
    known
        All versions of the checklist.
    pinned
        The texts that rounds use under this number.
    """
    numbers = [one.version for one in known]
    usable = max(numbers, default=0) + 1
    here = next((one for one in known if one.version == version), None)
    frozen = {*pinned} if here is None or here.standing is Standing.DRAFT else {here.text, *pinned}
    if frozen - {text}:
        return Problem("checklist-version-taken", {"version": version, "next": usable})
    behind = here is None and version < usable
    return Problem("checklist-version-behind", {"version": version, "next": usable}) if behind else None


def check_publishable(version: KnownVersion, known: Iterable[KnownVersion]) -> None:
    """Refuse to publish what is no draft, or is older than what is published.

    Raises
    ------
    VersionFrozen, VersionOvertaken
        See each.
    """
    check_draft(version)
    newest = max((one.version for one in known if one.published), default=0)
    if newest > version.version:
        raise VersionOvertaken(version=version.version, newest=newest)


def check_draft(version: KnownVersion) -> None:
    """Refuse to change what is no draft.

    Raises
    ------
    VersionFrozen
        If it is published, ships with LIRK, or is known from a round alone.
    """
    if version.standing is not Standing.DRAFT:
        raise VersionFrozen(version=version.version)
