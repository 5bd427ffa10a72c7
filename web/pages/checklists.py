"""checklists/list.html, import.html and delete.html."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from lirk.domain.checklist_versions import Standing
from lirk.errors import Problem
from lirk.services.checklist_versions import ReadVersion, VersionPage
from lirk.wording import Wording
from lirk.wording.checklist_versions import KINDS, STANDINGS


@dataclass(frozen=True, slots=True)
class Badge:
    """A state and the kind of its badge."""

    text: str
    kind: str = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistRow:
    """One version in the list.

    Attributes
    ----------
    edit
        The address of its editor, empty where it can no longer change.
    draft
        The address to which a form for the next version is sent, empty where that is begun, or where this is
        not the checklist's newest version.
    """

    title: str
    href: str
    version: int
    badges: tuple[Badge, ...]
    status_date: str
    items: str
    unverified: str
    edit: str = ""
    draft: str = ""


@dataclass(frozen=True, slots=True)
class ChecklistsPage:
    """Every version; ``manage`` tells whether the reader may begin, edit and import them."""

    rows: tuple[ChecklistRow, ...]
    manage: bool

    @classmethod
    def of(cls, versions: Iterable[ReadVersion], words: Wording, *, manage: bool) -> "ChecklistsPage":
        """Return the list for its versions."""
        versions = tuple(versions)
        begun = {one.id for one in versions if one.known.unpublished}
        return cls(tuple(_row(one, words, begun) for one in versions), manage)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedProblem:
    """One problem with its place, each part empty where it is not known."""

    line: str
    item: str
    sentence: str

    @classmethod
    def of(cls, problem: Problem, words: Wording) -> "PlacedProblem":
        """Return a problem as a table shows it."""
        line = "" if problem.line is None else str(problem.line)
        return cls(line=line, item=problem.item or "", sentence=words.sentence(problem))


@dataclass(frozen=True, slots=True)
class ImportPage:
    """The form for a file, and what was wrong with the last one."""

    problems: tuple[PlacedProblem, ...] = ()

    @classmethod
    def of(cls, problems: Iterable[Problem], words: Wording) -> "ImportPage":
        """Return the page for a file that was refused."""
        return cls(tuple(PlacedProblem.of(problem, words) for problem in problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage:
    """A draft that is about to be deleted."""

    title: str
    version: int
    href: str
    rows: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, value: VersionPage, words: Wording) -> "DraftPage":
        """Return the page for a draft."""
        version = value.version
        return cls(
            title=version.title.in_(words.language),
            version=version.version,
            href=address(version),
            rows=(
                (words.text("Tjekliste"), version.title.in_(words.language)),
                (words.text("Version"), str(version.version)),
                (words.text("Lovstatus"), words.date(version.status_date)),
                (words.text("Punkter"), words.number(version.counted.items)),
                (
                    words.text("Henvisninger, der ikke er kontrolleret"),
                    words.number(version.counted.unverified),
                ),
                (words.text("Ændringer"), _changed(value, words)),
            ),
        )


def address(version: ReadVersion) -> str:
    """Return the address of a version's page."""
    return f"/checklists/{version.id}/{version.version}"


def badges_of(version: ReadVersion, words: Wording) -> tuple[Badge, ...]:
    """Return what a version is: in force or a draft, and where it comes from."""
    found = []
    if version.newest:
        found.append(Badge(words.text("gældende"), "success"))
    standing = version.known.standing
    if standing is not Standing.PUBLISHED or not version.newest:
        found.append(
            Badge(words.text(STANDINGS[standing]), "warning" if standing is Standing.DRAFT else "plain")
        )
    return tuple(found)


def _row(version: ReadVersion, words: Wording, begun: Collection[str]) -> ChecklistRow:
    counted = version.counted
    return ChecklistRow(
        title=version.title.in_(words.language),
        href=address(version),
        version=version.version,
        badges=badges_of(version, words),
        status_date=words.date(version.status_date),
        items=words.number(counted.items),
        unverified=words.number(counted.unverified),
        edit=f"{address(version)}/edit" if version.known.unpublished else "",
        draft=f"/checklists/{version.id}/draft" if version.newest and version.id not in begun else "",
    )


def _changed(value: VersionPage, words: Wording) -> str:
    if value.compared_with is None:
        return words.text("Det er tjeklistens første version.")
    kinds = Counter[str](change.kind for change in value.changes)
    counts = [
        f"{words.text(said)}: {words.number(kinds[kind])}" for kind, said in KINDS.items() if kinds[kind]
    ]
    return words.text(
        "{changes} i forhold til version {version}",
        changes=", ".join(counts) or words.text("Ingen"),
        version=str(value.compared_with.version),
    )
