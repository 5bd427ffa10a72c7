"""How ``lirk checklist`` prints a checklist and the scores of its cases."""

from collections.abc import Iterator
from dataclasses import asdict
from fractions import Fraction

from checklists.model import Checklist
from checklists.score import CaseScore, ThemeScore
from lirk.cli.door import Door, problem_value
from lirk.services.checklists import ScoredRow, summary
from lirk.wording import N_, Wording

RESULTS = {
    "yes": N_("ja"),
    "partly": N_("delvist"),
    "no": N_("nej"),
    "not_applicable": N_("ikke relevant"),
    "cannot_assess": N_("kan ikke vurderes"),
    "incomplete": N_("ikke besvaret helt"),
    "none": N_("uden vurdering"),
}
BUILT_IN_VERDICTS = {
    "incomplete": N_("Ikke besvaret helt"),
    "not_applicable": N_("Ikke relevant"),
}
NOT_APPLICABLE = {
    "drop": N_("»Ikke relevant« tæller ikke med i point."),
    "full": N_("»Ikke relevant« giver fulde point."),
    "target": N_("»Ikke relevant« giver målets andel af point ({target} %)."),
}
CANNOT_ASSESS = {
    "out": N_("»Kan ikke vurderes« tæller ikke med i point."),
    "negative": N_("»Kan ikke vurderes« tæller som Nej."),
}

#: Decimals that an unrounded number is shown with; a longer one is followed by its fraction.
DECIMALS = 6


def describe(name: str, checklist: Checklist, words: Wording) -> str:
    """Return in one line what a checklist holds."""
    counted = summary(checklist)
    parts = [
        words.text("version {version}", version=checklist.version),
        words.plural("{count} tema", "{count} temaer", counted.themes),
        words.plural("{count} punkt", "{count} punkter", counted.items),
        words.text("heraf {count} i kernen", count=counted.core),
        words.plural(
            "{count} henvisning ikke kontrolleret",
            "{count} henvisninger ikke kontrolleret",
            counted.unverified,
        ),
    ]
    return f"{name}: {checklist.title.in_(words.language)}, {', '.join(parts)}"


def checklist_value(checklist: Checklist, words: Wording) -> dict[str, object]:
    """Return what ``--json`` prints of a checklist."""
    return {
        "id": checklist.id,
        "title": checklist.title.in_(words.language),
        "version": checklist.version,
        "status_date": checklist.status_date.isoformat(),
        "not_applicable": checklist.not_applicable,
        "cannot_assess": checklist.cannot_assess,
        **asdict(summary(checklist)),
    }


def head_lines(checklist: Checklist, words: Wording) -> Iterator[str]:
    """Yield the checklist's name and the policies that its scores follow."""
    title = checklist.title.in_(words.language)
    version = words.text("version {version}", version=checklist.version)
    yield f"{title}, {version}"
    target = number(checklist.target or Fraction(0), words)
    policies = (NOT_APPLICABLE[checklist.not_applicable], CANNOT_ASSESS[checklist.cannot_assess])
    yield " ".join(words.text(policy, target=target) for policy in policies)


def row_lines(checklist: Checklist, row: ScoredRow, door: Door) -> Iterator[str]:
    """Yield a row's lines: why it is refused, or its score."""
    words = door.words
    name = words.text("Række {row}, sag {case}", row=str(row.row), case=row.case or "–")
    if row.score is None:
        refused = words.text("afvist")
        yield f"{name}: {refused}"
        yield from (f"  {door.problem_line(problem)}" for problem in row.problems)
        return
    valid = words.text("gyldig")
    yield f"{name}: {valid}"
    for label, value in _figures(checklist, row.score, words):
        yield f"  {label}: {value}"


def _figures(checklist: Checklist, score: CaseScore, words: Wording) -> Iterator[tuple[str, str]]:
    yield words.text("Point"), points(score, words)
    yield words.text("Kritiske brud"), _ids(score.critical_breaches)
    yield words.text("Konklusion"), f"{_verdict(checklist, score.verdict, words)} ({score.verdict})"
    for theme in checklist.themes:
        scored = score.themes[theme.id]
        label = words.text("Tema {theme}", theme=theme.id)
        yield label, f"{words.text(RESULTS[scored.result])}; {points(scored, words)}"
    yield words.text("Punkter, der gælder"), _ids(score.applies)
    yield words.text("Ubesvaret"), _ids(score.unanswered)


def _ids(ids: tuple[str, ...]) -> str:
    return f"{len(ids)} ({', '.join(ids)})" if ids else "0"


def _verdict(checklist: Checklist, verdict_id: str, words: Wording) -> str:
    verdict = checklist.verdict(verdict_id)
    if verdict is None:
        return words.text(BUILT_IN_VERDICTS[verdict_id])
    return verdict.title.in_(words.language)


def points(score: CaseScore | ThemeScore, words: Wording) -> str:
    """Return points, possible, and the percentage unrounded and rounded."""
    values = {"points": number(score.points, words), "possible": number(score.possible, words)}
    if score.percent is None:
        return words.text("{points} af {possible}", **values)
    exact = "" if _decimals(score.percent) is not None else f" ({score.percent})"
    return words.text(
        "{points} af {possible} = {percent} %{exact}, afrundet {rounded} %",
        **values,
        percent=number(score.percent, words),
        exact=exact,
        rounded=rounded(score.percent),
    )


def number(value: Fraction, words: Wording) -> str:
    """Return an exact number with the decimals that it has, at most `DECIMALS`."""
    decimals = _decimals(value)
    return words.number(float(value), DECIMALS if decimals is None else decimals)


def rounded(percent: Fraction) -> int:
    """Return a percentage, 0 or more, as a whole number; halves go up, compared exactly."""
    return (2 * percent.numerator + percent.denominator) // (2 * percent.denominator)


def _decimals(value: Fraction) -> int | None:
    return next((places for places in range(DECIMALS + 1) if (value * 10**places).denominator == 1), None)


def row_value(checklist: Checklist, row: ScoredRow, words: Wording) -> dict[str, object]:
    """Return what ``--json`` prints of a row."""
    value: dict[str, object] = {
        "row": row.row,
        "case": row.case,
        "valid": row.score is not None,
        "problems": [problem_value(words, problem) for problem in row.problems],
    }
    return value if row.score is None else {**value, **_score_value(row.score)}


def _score_value(score: CaseScore) -> dict[str, object]:
    return {
        **_points_value(score),
        "themes": {
            name: {**_points_value(theme), "result": theme.result} for name, theme in score.themes.items()
        },
        "critical_breaches": score.critical_breaches,
        "verdict": score.verdict,
        "complete": score.complete,
        "applies": score.applies,
        "unanswered": score.unanswered,
        "results": dict(score.results),
    }


def _points_value(score: CaseScore | ThemeScore) -> dict[str, object]:
    percent = score.percent
    return {
        "points": float(score.points),
        "possible": float(score.possible),
        "percent": None if percent is None else float(percent),
        "percent_exact": None if percent is None else str(percent),
        "percent_rounded": None if percent is None else rounded(percent),
    }
