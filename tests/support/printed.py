"""What an R program printed, as it stands in comments at its end: figures are copied by nobody."""

from pathlib import Path

PROGRAMS = Path(__file__).parents[1] / "sampling" / "r"


def printed(program: str, name: str) -> list[list[float]]:
    """Return the figures of every line of the answers of ``program`` whose words before them are this name."""
    _, _, answers = (PROGRAMS / program).read_text(encoding="utf-8").partition("# Printed:\n")
    lines = [line.removeprefix("# ").split() for line in answers.splitlines()]
    words = name.split()
    found = [[_figure(word) for word in line[len(words) :]] for line in lines if line[: len(words)] == words]
    figures = [[figure for figure in line if figure is not None] for line in found if None not in line]
    if not figures:
        raise LookupError(name)
    return figures


def _figure(word: str) -> float | None:
    try:
        return float(word)
    except ValueError:
        return None
