"""The manual's table of all oracles; run as a program, it writes the table into both languages anew."""

from math import ceil, floor, log10
from pathlib import Path

from oracle import Oracle, oracles

MANUAL = Path(__file__).parents[2] / "lirk" / "manual"
BEGIN, END = "<!-- oracles -->", "<!-- /oracles -->"
HEADS = {
    "da": "| Funktion | Holdt op mod | Antal tal | Største afvigelse |",
    "en": "| Function | Held against | Figures | Largest deviation |",
}
RULE = "| --- | --- | ---: | ---: |"

#: Below these powers of ten a deviation is rounding, in small figures and in large ones; it differs from
#: machine to machine, by less than so many times.
ROUNDING = (-12, -8)
MACHINES = 3
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def page(language: str) -> Path:
    """Return the page that holds the table."""
    return MANUAL / language / "statistics.md"


def tables() -> dict[str, str]:
    """Return the table in each language."""
    rows = [_row(oracle) for oracle in oracles()]
    return {
        language: "\n".join([head, RULE, *(_line(row, language) for row in rows)]) + "\n"
        for language, head in HEADS.items()
    }


def with_table(text: str, table: str) -> str:
    """Return a page with its table replaced."""
    before, _, rest = text.partition(f"{BEGIN}\n")
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table}{END}{after}"


def bound(deviation: float, tolerance: float) -> str:
    """Return an upper bound of a deviation that comes out the same on every machine.

    0 only where nothing else is tolerated; < 10⁻¹² or < 10⁻⁸ where it is rounding; else one digit, rounded up.
    """
    if tolerance == 0 and deviation == 0:
        return "0"
    for power in ROUNDING:
        if deviation * MACHINES < 10.0**power:
            return f"< 10{str(power).translate(RAISED)}"
    power = floor(log10(deviation))
    # What is a hair above a digit is that digit.
    digit = ceil(deviation / 10.0**power - 1e-6)
    power, digit = (power + 1, 1) if digit == 10 else (power, digit)
    if power >= 0:
        return str(digit * 10**power)
    return f"{digit}·10{str(power).translate(RAISED)}" if power < -4 else f"{digit * 10.0**power:.{-power}f}"


def write() -> None:
    """Write the table into the page of each language."""
    for language, table in tables().items():
        path = page(language)
        path.write_text(with_table(path.read_text(encoding="utf-8"), table), encoding="utf-8")


def _row(oracle: Oracle) -> tuple[str, str, int, str]:
    deviations = oracle.deviations()
    source = oracle.source.replace("|", "\\|")
    return oracle.function.__name__, source, len(deviations), bound(max(deviations), oracle.tolerance)


def _line(row: tuple[str, str, int, str], language: str) -> str:
    function, source, count, deviation = row
    shown = deviation.replace(".", ",") if language == "da" else deviation
    return f"| `{function}` | {source} | {count} | {shown} |"


if __name__ == "__main__":
    write()
