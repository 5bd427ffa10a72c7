"""What people do with a case register before anything is drawn from it: check it, and correct its mapping."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lirk.errors import ProblemsFound
from lirk.intake.register import Register, examine, mapping_text, read_mapping
from lirk.services.files import write_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCheck:
    """What checking a register came to.

    Attributes
    ----------
    register
        None if there are problems.
    mapping
        What was used, guesses included; there in both cases, as complete as it could be made.
    given
        The columns that the mapping file named, by our names; the others were guessed.
    error
        Tells all problems; None if there are none.
    """

    register: Register | None
    mapping: Mapping[str, object]
    given: frozenset[str]
    error: ProblemsFound | None

    @property
    def holds(self) -> bool:
        """Whether the register can be drawn from."""
        return self.register is not None


def check_register(path: Path, mapping_path: Path | None = None) -> RegisterCheck:
    """Read a register, by a mapping file or by guessing, and keep nothing of it.

    Raises
    ------
    FileUnreadable
        If the system does not hand out one of the files.
    ProblemsFound
        If the mapping file has problems; the register is not read then.
    """
    mapping = None if mapping_path is None else read_mapping(mapping_path)
    examination = examine(path, mapping)
    columns = (mapping or {}).get("columns")
    return RegisterCheck(
        register=examination.register,
        mapping=examination.mapping,
        given=frozenset(columns) if isinstance(columns, Mapping) else frozenset(),
        error=None if examination.register is not None else examination.error,
    )


def write_mapping(path: Path, mapping: Mapping[str, object]) -> None:
    """Write a mapping as a TOML file that can be corrected and read again.

    Raises
    ------
    FileNotWritten
        If the system refuses; nothing half-written stays behind.
    """
    write_bytes(path, mapping_text(mapping).encode())
