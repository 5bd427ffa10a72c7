"""``sampling`` by itself: a whole measurement of a statistician's own, with Polars, NumPy and SciPy alone."""

import json
import subprocess
import sys

#: The rest of the house, what it is built on, and the engines that are asked for by name.
OTHERS = {
    "lirk", "checklists", "web", "click", "duckdb", "jinja2", "litestar", "msgspec", "polars_hash", "psycopg",
    "pyspark", "reportlab", "sqlalchemy",
}  # fmt: skip

MEASUREMENT = """
import json, sys
before = set(sys.modules)
from datetime import datetime, timezone
import polars as pl
import sampling
from sampling.certificate import certificate

frame = pl.DataFrame({
    "case_id": [f"26/{number:05}" for number in range(400)],
    "stratum": ["Nord"] * 300 + ["Syd"] * 100,
})
plan = {
    "title": "One", "strata": ["centre"], "reserve": 5, "salt": False, "exclude": [], "mapping": None,
    "sizes": {"method": "proportional", "n": 40, "minimum": 8}, "extension": None,
}
at = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
frozen = sampling.freeze(
    frame, plan=plan, mapping={}, source="register", rows=400, excluded=[], at=at
)
seed = {"value": "31415926535897932384", "how": "dice", "witnesses": [], "at": at.isoformat()}
document = certificate(frozen, frame, seed, at=at)
drawn = [case["case_id"] for part in document["strata"] for case in part["cases"] if case["role"] == "main"]
strata = [part["stratum"] for part in document["strata"] for case in part["cases"] if case["role"] == "main"]
answers = [int(case[-1]) % 2 for case in drawn]
share = sampling.stratified_proportion(answers, strata, sampling.counts(frame))
found = {
    "holds": not sampling.verify(document, frame),
    "drawn": len(drawn),
    "width": share.upper - share.lower,
    "agreement": sampling.krippendorff_alpha([answers, answers]),
    "modules": sorted({name.split(".")[0] for name in set(sys.modules) - before}),
}
print(json.dumps(found))
"""


def test_nothing_else_of_ours_is_loaded():
    done = subprocess.run(
        [sys.executable, "-I", "-c", MEASUREMENT], check=True, capture_output=True, text=True
    )
    found = json.loads(done.stdout)
    assert (found["holds"], found["drawn"], found["agreement"]) == (True, 40, 1.0)
    assert 0 < found["width"] < 0.4
    assert OTHERS.isdisjoint(found["modules"])
