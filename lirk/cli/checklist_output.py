"""How ``lirk checklist`` prints a checklist and the scores of its cases."""

from collections.abc import Iterator
from dataclasses import asdict
from fractions import Fraction

from checklists.centre import CentreShare
from checklists.conditions import reads
from checklists.model import Checklist, Theme
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
    "contradictory": N_("Svarene modsiger hinanden"),
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
    valid = words.text("gyldig") if row.valid else words.text("afvist")
    yield f"{name}: {valid}"
    for label, value in _figures(checklist, row.score, words):
        yield f"  {label}: {value}"


def _figures(checklist: Checklist, score: CaseScore, words: Wording) -> Iterator[tuple[str, str]]:
    for contradiction_id in score.contradictions:
        yield words.text("Modsigelse"), _contradiction(checklist, contradiction_id, words)
    verdict = f"{_verdict(checklist, score.verdict, words)} ({score.verdict})"
    if score.stopped is not None:
        yield words.text("Gennemgangen stopper"), verdict
    else:
        yield words.text("Point"), points(score, words)
        yield words.text("Kritiske brud"), _ids(score.critical_breaches)
        yield words.text("Konklusion"), verdict
        for theme in checklist.themes:
            label = words.text("Tema {theme}", theme=theme.id)
            yield label, "; ".join(_theme(theme, score.themes[theme.id], words))
    yield words.text("Punkter, der gælder"), _ids(score.applies)
    yield words.text("Ubesvaret"), _ids(score.unanswered)


def _contradiction(checklist: Checklist, contradiction_id: str, words: Wording) -> str:
    found = checklist.contradiction(contradiction_id)
    if found is None:
        return contradiction_id
    asked = ", ".join(reads(found.refuse_when))
    return f"{found.message.in_(words.language)} ({contradiction_id}: {asked})"


def _theme(theme: Theme, scored: ThemeScore, words: Wording) -> Iterator[str]:
    yield words.text(RESULTS[scored.result])
    yield points(scored, words)
    if scored.verdict is not None:
        own = theme.verdict(scored.verdict)
        title = (
            words.text(BUILT_IN_VERDICTS[scored.verdict]) if own is None else own.title.in_(words.language)
        )
        yield words.text("konklusion: {verdict}", verdict=f"{title} ({scored.verdict})")
    if theme.pass_mark is not None and scored.passed is not None:
        mark = number(theme.pass_mark, words)
        yield (
            words.text("bestået (mindst {mark} %)", mark=mark)
            if scored.passed
            else words.text("ikke bestået (mindst {mark} %)", mark=mark)
        )


def share_lines(checklist: Checklist, share: CentreShare, words: Wording) -> Iterator[str]:
    """Yield how many of a centre's cases are in order, and whether that is enough."""
    counted = words.text("{positive} af {counted}", positive=share.positive, counted=share.counted)
    percent = "" if share.percent is None else f" = {_percent(share.percent, words)}"
    yield words.text("Sager i orden: {share}", share=counted + percent)
    for name, cases in share.left_out.items():
        title = f"{_verdict(checklist, name, words)} ({name})"
        yield words.text("Tæller ikke med: {verdict}: {cases}", verdict=title, cases=cases)
    if checklist.centre is None:
        return
    decided = checklist.centre.decided.in_(words.language)
    yield words.text("Mål: {mark} % ({decided})", mark=number(checklist.centre.mark, words), decided=decided)
    if share.passed is not None:
        yield words.text("Målet er nået.") if share.passed else words.text("Målet er ikke nået.")


def share_value(share: CentreShare) -> dict[str, object]:
    """Return what ``--json`` prints of a centre."""
    return {
        "counted": share.counted,
        "positive": share.positive,
        **_percent_value(share.percent),
        "left_out": dict(share.left_out),
        "pass_mark": None if share.mark is None else float(share.mark),
        "passed": share.passed,
    }


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
    return words.text("{points} af {possible} = {percent}", **values, percent=_percent(score.percent, words))


def _percent(percent: Fraction, words: Wording) -> str:
    exact = "" if _decimals(percent) is not None else f" ({percent})"
    return words.text(
        "{percent} %{exact}, afrundet {rounded} %",
        percent=number(percent, words),
        exact=exact,
        rounded=rounded(percent),
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
        "valid": row.valid,
        "problems": [problem_value(words, problem) for problem in row.problems],
    }
    return value if row.score is None else {**value, **_score_value(checklist, row.score, words)}


def _score_value(checklist: Checklist, score: CaseScore, words: Wording) -> dict[str, object]:
    return {
        **_points_value(score),
        "themes": {name: _theme_value(theme) for name, theme in score.themes.items()},
        "stopped": score.stopped,
        "contradictions": [
            {
                "id": found.id,
                "sentence": found.message.in_(words.language),
                "questions": reads(found.refuse_when),
            }
            for found in map(checklist.contradiction, score.contradictions)
            if found is not None
        ],
        "critical_breaches": score.critical_breaches,
        "verdict": score.verdict,
        "complete": score.complete,
        "applies": score.applies,
        "unanswered": score.unanswered,
        "results": dict(score.results),
    }


def _theme_value(theme: ThemeScore) -> dict[str, object]:
    return {
        **_points_value(theme),
        "result": theme.result,
        "verdict": theme.verdict,
        "passed": theme.passed,
    }


def _points_value(score: CaseScore | ThemeScore) -> dict[str, object]:
    return {
        "points": float(score.points),
        "possible": float(score.possible),
        **_percent_value(score.percent),
    }


def _percent_value(percent: Fraction | None) -> dict[str, object]:
    return {
        "percent": None if percent is None else float(percent),
        "percent_exact": None if percent is None else str(percent),
        "percent_rounded": None if percent is None else rounded(percent),
    }
