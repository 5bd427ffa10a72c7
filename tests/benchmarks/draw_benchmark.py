"""How long draw and fingerprint take from a Parquet register, against DuckDB's SQL for the same, and the import.

``python tests/benchmarks/draw_benchmark.py [ROWS …]`` writes a register of each size (a hundred thousand, a
million and ten million cases in 60 strata), then runs LIRK's Polars engine and DuckDB several times in turn,
each in a process of its own, compares their answers, and prints the fastest runs. It fails if a goal below is
missed. It needs polars-hash, DuckDB and PyArrow; ten million cases take some five minutes.

- *draw*: what a user calls, with every check of the frame (empty, doubled, control characters, NFC), against
  DuckDB with the same checks.
- *bare draw*: without them on either side, against the leanest query there is.
- *fingerprint*: with the checks, against the faster of two queries that check nothing.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

Run = dict[str, Any]
Found = dict[int, dict[str, dict[str, Run]]]

MOST_TIMES_DUCKDB, MOST_BYTES = 1.2, 1.5e9
MOST_SECONDS_OF_A_MILLION = 3.0
#: Processor time for ten times the cases: ten, what sorting and fuller caches add, and what others' work adds.
MOST_TIMES_AS_DEAR = 15.0
MOST_SECONDS_OF_THE_IMPORT = 0.6
RUNS = 4
SIZES = (100_000, 1_000_000, 10_000_000)
SEED, DRAWN = "31415926535897932384", 30
STRATA = tuple(f"Center {place // 2:02} Æ/{'bevilling' if place % 2 else 'afslag'}" for place in range(60))
TASKS = ("draw", "bare draw", "fingerprint")
CHECKS = """
    SELECT count(*) FILTER (case_id IS NULL OR trim(case_id) = ''),
        count(*) FILTER (regexp_matches(case_id, '[\\x00-\\x1f\\x7f\\x{85}\\x{2028}\\x{2029}]')),
        count(*) FILTER (case_id <> nfc_normalize(case_id)),
        count(*) - count(DISTINCT case_id)
    FROM read_parquet($path)"""
DRAW = """
    SELECT stratum, arg_min(case_id, sha256($seed || ':' || case_id), $drawn)
    FROM read_parquet($path) GROUP BY stratum ORDER BY stratum"""
FINGERPRINTS = {
    "fingerprint, rows sorted": """
        SELECT stratum || chr(9) || case_id || chr(10) AS line
        FROM read_parquet($path) ORDER BY stratum, case_id""",
    "fingerprint, a text a stratum": """
        SELECT string_agg(stratum || chr(9) || case_id || chr(10), '' ORDER BY case_id) AS line
        FROM read_parquet($path) GROUP BY stratum ORDER BY stratum""",
}
ROWS_AT_ONCE = 100_000


def write_register(path: Path, rows: int) -> None:
    """Write a register in no order, with case numbers of a Danish kind."""
    import numpy as np
    import polars as pl

    chance = np.random.default_rng(20261122)
    columns = {"serial": chance.permutation(rows), "place": chance.integers(0, len(STRATA), rows)}
    group = (pl.col("serial") % 90).cast(pl.String).str.zfill(2)
    number = pl.format("27.60.{}-G01-{}-25", group, "serial").alias("case_id")
    stratum = pl.lit(pl.Series(STRATA)).gather("place").alias("stratum")
    pl.DataFrame(columns).select(number, stratum).write_parquet(path)


def run_lirk(what: str, path: Path) -> str:
    """Draw or make the fingerprint as a user does."""
    from sampling.engines.polars_engine import PolarsEngine

    engine = PolarsEngine(path)
    if what == "fingerprint":
        return engine.fingerprint()
    if what == "bare draw":
        engine.__dict__["_sound"] = True
    drawn = engine.draw(dict.fromkeys(STRATA, DRAWN), SEED)
    return digest(drawn.select("stratum", "case_id").iter_rows())


def run_duckdb(what: str, path: Path) -> str:
    """Do the same with SQL."""
    import duckdb

    connection = duckdb.connect()
    if what == "draw" and any(connection.execute(CHECKS, {"path": str(path)}).fetchone() or ()):
        raise SystemExit("the register is broken")
    if what in {"draw", "bare draw"}:
        rows = connection.execute(DRAW, {"path": str(path), "seed": SEED, "drawn": DRAWN}).fetchall()
        return digest((stratum, case) for stratum, cases in rows for case in cases)
    hashed = hashlib.sha256()
    query = connection.sql(FINGERPRINTS[what], params={"path": str(path)})
    for block in query.to_arrow_reader(ROWS_AT_ONCE):
        hashed.update(texts_of(block.column(0)))
    return hashed.hexdigest()


def texts_of(column: Any) -> memoryview:
    """Return the texts of an Arrow column, one after the other, as they lie in memory."""
    _, offsets, texts = column.buffers()
    ends = memoryview(offsets).cast("i")
    return memoryview(texts)[ends[column.offset] : ends[column.offset + len(column)]]


def digest(cases: Iterable[tuple[str, str]]) -> str:
    """Return one text for a sample in its order."""
    return hashlib.sha256(json.dumps(list(cases)).encode()).hexdigest()


def run_once(side: str, what: str, path: Path) -> None:
    """Do one of them and print how long it took, without the imports, and how much memory it had."""
    import duckdb  # noqa: F401
    import polars as pl  # noqa: F401
    import pyarrow as pa  # type: ignore[import-untyped]  # noqa: F401

    import sampling.engines  # noqa: F401

    begun, used = time.perf_counter(), time.process_time()
    answer = {"lirk": run_lirk, "duckdb": run_duckdb}[side](what, path)
    taken = {"seconds": time.perf_counter() - begun, "processor": time.process_time() - used}
    # Not getrusage: it counts what the process had that started this one.
    peak = next(
        line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")
    )
    sys.stdout.write(json.dumps({**taken, "bytes": int(peak.split()[1]) * 1024, "answer": answer}))


def measure(side: str, what: str, path: Path) -> Run:
    """Run one of them in a process of its own."""
    command = [sys.executable, __file__, side, what, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: Run = json.loads(done.stdout)
    return result


def fastest(path: Path) -> dict[str, dict[str, Run]]:
    """Return the fastest run of each task and side, with the most memory that any of its runs had."""
    runs: dict[tuple[str, str], list[Run]] = {}
    for _ in range(RUNS):
        for task in TASKS:
            runs.setdefault((task, "lirk"), []).append(measure("lirk", task, path))
            for query in FINGERPRINTS if task == "fingerprint" else [task]:
                runs.setdefault((task, "duckdb"), []).append(measure("duckdb", query, path))
    best: dict[str, dict[str, Run]] = {task: {} for task in TASKS}
    for (task, side), some in runs.items():
        quickest = min(some, key=lambda run: float(run["seconds"]))
        cheapest = min(run["processor"] for run in some)
        best[task][side] = {**quickest, "processor": cheapest, "bytes": max(run["bytes"] for run in some)}
        if {run["answer"] for run in some} != {runs[task, "lirk"][0]["answer"]}:
            raise SystemExit(f"{task}: the two sides do not agree")
    return best


def seconds_of_the_import() -> float:
    """Return how much longer it takes to import sampling than Polars and NumPy, fastest against fastest."""
    bare, more = "import polars, numpy", "import polars, numpy, sampling"
    timed = "import time; begun = time.perf_counter(); {}; print(time.perf_counter() - begun)"
    taken: dict[str, list[float]] = {bare: [], more: []}
    for _ in range(3 * RUNS):
        for what, seconds in taken.items():
            command = [sys.executable, "-c", timed.format(what)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            seconds.append(float(done.stdout))
    return min(taken[more]) - min(taken[bare])


def ratio(sides: dict[str, Run]) -> float:
    """Return how many times as long as DuckDB it took."""
    return float(sides["lirk"]["seconds"] / sides["duckdb"]["seconds"])


def growth(found: Found, rows: int, task: str) -> float | None:
    """Return how many times the processor time of a tenth of the cases it took."""
    tenth = found.get(rows // 10)
    return found[rows][task]["lirk"]["processor"] / tenth[task]["lirk"]["processor"] if tenth else None


def missed(found: Found) -> Iterator[str]:
    """Yield the goals that are missed."""
    for rows, tasks in found.items():
        both = tasks["draw"]["lirk"]["seconds"] + tasks["fingerprint"]["lirk"]["seconds"]
        if rows == 1_000_000 and both > MOST_SECONDS_OF_A_MILLION:
            yield f"draw and fingerprint of a million take {both:.2f} s"
        for task, sides in tasks.items():
            if rows == max(SIZES) and ratio(sides) > MOST_TIMES_DUCKDB:
                yield f"{task} of {rows:,} takes {ratio(sides):.2f} times as long as DuckDB"
            if sides["lirk"]["bytes"] > MOST_BYTES:
                yield f"{task} of {rows:,} takes {sides['lirk']['bytes'] / 1e9:.2f} GB"
            if (growth(found, rows, task) or 0) > MOST_TIMES_AS_DEAR:
                yield f"{task} of {rows:,} is more than {MOST_TIMES_AS_DEAR:.0f} times as dear as of a tenth"


def remarks(found: Found) -> Iterator[str]:
    """Yield what is no goal: the draw with its checks against a query that has none."""
    for rows, tasks in found.items():
        times = tasks["draw"]["lirk"]["seconds"] / tasks["bare draw"]["duckdb"]["seconds"]
        yield f"checked draw of {rows:,} against DuckDB's bare one: {times:.2f}"


def lines(found: Found) -> Iterator[str]:
    """Yield the table: a line for each task and size."""
    heads = ("LIRK", "memory", "DuckDB", "memory", "ratio", "processor", "of a tenth")
    yield f"{'':12}{'cases':>12}" + "".join(f"{head:>11}" for head in heads)
    for task in TASKS:
        for rows, tasks in found.items():
            ours, theirs, times = tasks[task]["lirk"], tasks[task]["duckdb"], growth(found, rows, task)
            cells = (
                *(f"{run['seconds']:.2f} s {run['bytes'] / 1e6:7.0f} MB" for run in (ours, theirs)),
                f"{ratio(tasks[task]):.2f} {ours['processor']:8.2f} s",
            )
            yield (
                f"{task:12}{rows:>12,}"
                + "".join(f"{cell:>22}" for cell in cells)
                + (f"{times:>9.1f} x" if times else "")
            )


def main(sizes: Iterable[int]) -> int:
    """Measure, print, and return the exit status."""
    sys.stdout.write(f"Tickets by polars-hash {version('polars-hash')}; DuckDB {version('duckdb')}\n")
    found: Found = {}
    for rows in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "register.parquet"
            write_register(path, rows)
            found[rows] = fastest(path)
    failures = list(missed(found))
    imported = seconds_of_the_import()
    if imported > MOST_SECONDS_OF_THE_IMPORT:
        failures.append(f"the import of sampling takes {imported:.2f} s")
    imports = f"import of sampling: {imported:.2f} s more than Polars and NumPy"
    texts = [*lines(found), *remarks(found), imports, *(f"MISSED: {failure}" for failure in failures)]
    sys.stdout.write("\n".join(texts) + "\n")
    return 1 if failures else 0


if __name__ == "__main__":
    if len(sys.argv) > 3:
        run_once(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
    else:
        sys.exit(main(tuple(int(rows) for rows in sys.argv[1:]) or SIZES))
