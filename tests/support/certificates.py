"""A freeze and a certificate of fifty cases, and what tests ask of them."""

from datetime import UTC, datetime, timedelta

import polars as pl

from sampling import digest, freeze
from sampling.certificate import certificate

SEED = "12345678901234567890"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=2)

PLAN = {
    "title": "2. runde",
    "strata": ["centre"],
    "reserve": 3,
    "salt": True,
    "exclude": [],
    "sizes": {"method": "fixed", "n": 5},
    "mapping": None,
    "extension": None,
}


def frame(**changes):
    """40 cases in Nord, 7 in Syd, 3 in Øst; ``changes`` gives a case another stratum, or None to drop it."""
    strata = {
        f"22/{number:03}": "Nord" if number < 40 else "Syd" if number < 47 else "Øst" for number in range(50)
    }
    strata.update({case.replace("_", "/"): stratum for case, stratum in changes.items()})
    kept = {case: stratum for case, stratum in strata.items() if stratum is not None}
    return pl.DataFrame({"case_id": list(kept), "stratum": list(kept.values())})


def frozen(**changes):
    options = {
        "plan": PLAN,
        "mapping": {"columns": {"case_number": "Sagsnr."}},
        "source": "register.csv",
        "rows": 53,
        "excluded": [{"reason": "not-a-decision", "value": "Trukket", "count": 3}],
        "strata": ["Nord", "Tomt"],
        "salt": "5a17",
        "at": NOON,
    }
    return freeze(frame(), **{**options, **changes})


def drawn(**changes):
    seed = {"value": SEED, "how": "dice", "witnesses": ["A", "B"], "at": LATER.isoformat()}
    return certificate(frozen(), frame(), seed, **{"at": LATER, **changes})


def stratum(document, name):
    return next(part for part in document["strata"] if part["stratum"] == name)


def codes(differences):
    return [difference.code for difference in differences]


def signed(document):
    """The document with a fresh digest, as a careful forger would leave it."""
    return {**document, "digest": digest(document)}
