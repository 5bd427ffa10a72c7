"""When a case is done with: reviewed, found missing, or replaced."""

from collections.abc import Collection, Sequence

from lirk.domain.reviews import CaseStatus, DrawnCase, Review
from lirk.errors import Problem, RuleBroken


class DrawAfterAnswers(RuleBroken):
    """A further draw after the first answer could be made to get other cases; replace or extend instead."""

    code = "draw-after-answers"


class ReviewFinished(RuleBroken):
    """Answers of a finished review are changed only by reopening it, with a reason."""

    code = "review-finished"


def unsettled(
    cases: Sequence[DrawnCase],
    reviews: Sequence[Review],
    *,
    replaced: Collection[str],
    with_reserve: Collection[str],
) -> tuple[Problem, ...]:
    """Return a problem for each numbered case that keeps a round from being closed.

    Parameters
    ----------
    cases
        The numbered cases of the latest draw.
    reviews
        All reviews of the round.
    replaced
        Case ids that a reserve case has taken the place of.
    with_reserve
        Strata that have reserve cases left; elsewhere a case that is out of scope simply leaves the sample.
    """
    open_reviews = {review.case_id for review in reviews if review.finished_at is None}
    problems = []
    for case in cases:
        name = str(case.number)
        if case.status is CaseStatus.TO_REVIEW and case.id in open_reviews:
            problems.append(Problem("case-not-reviewed", {"number": name}))
        waiting = case.status is CaseStatus.OUT_OF_SCOPE and case.case_id not in replaced
        if waiting and case.stratum in with_reserve:
            problems.append(Problem("case-not-replaced", {"number": name}))
    return tuple(problems)
