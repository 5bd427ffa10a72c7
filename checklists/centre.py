"""The cases of a centre against the pass mark that the municipality has decided."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from checklists.model import Checklist
from checklists.score import CaseScore


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreShare:
    """How many of a centre's cases have a positive verdict.

    Attributes
    ----------
    counted
        Cases with a verdict of the checklist's rules.
    positive
        Those of them whose verdict is positive.
    percent
        ``100 * positive / counted``, exact; None where no case is counted.
    left_out
        The other cases, by what they are instead of a verdict: ``not_applicable``, ``incomplete``,
        ``contradictory``, or the id of the stop that ended the review.
    mark
        The pass mark, 0 to 100; None where none is decided.
    passed
        Whether the exact percentage is at least the mark (75 % means 24 of 32 passes); None without either.
    """

    counted: int
    positive: int
    percent: Fraction | None
    left_out: Mapping[str, int]
    mark: Fraction | None
    passed: bool | None


def centre_share(checklist: Checklist, scores: Iterable[CaseScore]) -> CentreShare:
    """Count the cases of one centre, scored with this checklist.

    Parameters
    ----------
    scores
        As `checklists.score.score` returns them, one for each case, in any order.
    """
    found = Counter(case.verdict for case in scores)
    verdicts = {verdict.id: verdict for verdict in checklist.verdicts}
    counted = sum(cases for name, cases in found.items() if name in verdicts)
    positive = sum(cases for name, cases in found.items() if name in verdicts and verdicts[name].positive)
    percent = Fraction(100 * positive, counted) if counted else None
    mark = None if checklist.centre is None else checklist.centre.mark
    return CentreShare(
        counted=counted,
        positive=positive,
        percent=percent,
        left_out={name: cases for name, cases in sorted(found.items()) if name not in verdicts},
        mark=mark,
        passed=None if mark is None or percent is None else percent >= mark,
    )
