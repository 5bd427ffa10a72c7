"""How long a register of a million rows takes, against Polars merely reading the same file.

``python tests/benchmarks/register_benchmark.py [ROWS]`` writes the register, then runs both several times in
turn, each in a process of its own, and compares the fastest runs. It fails if checking takes more than five
times as long as reading, or more than 1.5 GB.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

MOST_TIMES_SLOWER, MOST_BYTES = 5.0, 1.5e9
RUNS = 5
CENTRES = (
    "Borgerservice", "Børn og Unge", "Center Nord", "Center Syd", "Jobcenter Øst", "Plan og Miljø", "Sundhed",
    "Ydelsescenteret", "Ældre",
)  # fmt: skip
OUTCOMES = ("Bevilling",) * 18 + ("Afslag", "Delvist medhold", "Henlagt")


def write_register(path: Path, rows: int) -> None:
    """Write a register with eight columns, some rows that are no decisions, and a total at the bottom."""
    chance = random.Random(20260308)  # noqa: S311 - a made-up register, not a secret
    days = [f"{date(2022, 1, 1) + timedelta(day):%d-%m-%Y}" for day in range(1400)]
    with path.open("w", encoding="utf-8") as file:
        file.write("Sagsnummer;Center;Afgørelsesdato;Afgørelsestype;Sagstype;KLE-nummer;Facet;Titel\n")
        for number in range(rows):
            case = f"27.60.{number % 90:02d}-G01-{number}-25"
            centre, day, outcome = chance.choice(CENTRES), chance.choice(days), chance.choice(OUTCOMES)
            file.write(
                f"{case};{centre};{day};{outcome};Ansøgning;27.60.{number % 90:02d};G01;Støtte {number}\n"
            )
        file.write(f"I alt;{rows};;;;;;\n")


def run_once(what: str, path: Path) -> None:
    """Do one of the two and print how long it took, without the imports, and how much memory it had."""
    if what == "bare":
        import polars as pl

        begun = time.perf_counter()
        height = pl.read_csv(path, separator=";").height
    else:
        from lirk.intake.register import read_register

        begun = time.perf_counter()
        register = read_register(path, {"keep": {"from": "2022-02-01", "to": "2025-06-30"}})
        height = register.frame.height
    seconds = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    sys.stdout.write(json.dumps({"seconds": seconds, "bytes": memory, "rows": height}))


def measure(what: str, path: Path) -> dict[str, float]:
    """Run one of the two in a process of its own."""
    command = [sys.executable, __file__, what, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def main(rows: int) -> int:
    """Measure, print, and return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.csv"
        write_register(path, rows)
        runs = [(measure("bare", path), measure("checked", path)) for _ in range(RUNS)]
    bare = min(one["seconds"] for one, _ in runs)
    checked = min(one["seconds"] for _, one in runs)
    memory = max(one["bytes"] for _, one in runs)
    sys.stdout.write(
        f"{rows} rows: polars.read_csv {bare:.3f} s, checked {checked:.3f} s ({checked / bare:.2f} times), "
        f"{memory / 1e6:.0f} MB at most, {runs[0][1]['rows']:.0f} cases left\n"
    )
    return 0 if checked / bare <= MOST_TIMES_SLOWER and memory <= MOST_BYTES else 1


if __name__ == "__main__":
    if len(sys.argv) > 2:
        run_once(sys.argv[1], Path(sys.argv[2]))
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
