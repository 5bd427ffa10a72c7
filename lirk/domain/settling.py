"""When a case is done with: reviewed, found missing, or replaced."""

from collections.abc import Collection, Sequence

from lirk.domain.reviews import CaseStatus, DrawnCase, Review
from lirk.errors import Problem, RuleBroken


class DrawAfterAnswers(RuleBroken):
    """A further draw after the first answer could be made to get other cases; replace or extend instead."""

    code = "draw-after-answers"


class ReviewFinished(RuleBroken):
    """A finished review is changed only by reopening it, with a reason; ``numbers`` names the cases."""

    code = "review-finished"


class NothingAssigned(RuleBroken):
    """The reviewer has no cases in the round, so there is no sheet to fill in."""

    code = "nothing-assigned"


class CaseIsFinding(RuleBroken):
    """A case that was not found, or that may not be seen, is a finding and never replaced."""

    code = "case-is-finding"


class CaseReviewed(RuleBroken):
    """A case that was read to the end is replaced only after its reviewer has said that it is out of scope."""

    code = "case-reviewed"


def check_unread(key: str, cases: Sequence[DrawnCase], reviews: Sequence[Review]) -> None:
    """Refuse a further draw in a round where anything was read, found missing or called out of scope.

    Parameters
    ----------
    key
        The round's.
    cases, reviews
        The numbered cases of the draw that would be replaced; all reviews of the round.

    Raises
    ------
    DrawAfterAnswers
        If the further draw could be made because of what was seen.
    """
    told = any(case.status is not CaseStatus.TO_REVIEW for case in cases)
    if told or any(review.answers or review.finished_at for review in reviews):
        raise DrawAfterAnswers(round=key)


def check_replaceable(case: DrawnCase, reviews: Sequence[Review]) -> None:
    """Refuse to replace a case that must stay in the sample; ``reviews`` are the case's.

    Raises
    ------
    CaseIsFinding
        If it was not found, or may not be seen.
    CaseReviewed
        If one of its reviews is finished.
    """
    if case.status in {CaseStatus.NOT_FOUND, CaseStatus.NO_ACCESS}:
        raise CaseIsFinding(number=str(case.number))
    if any(review.finished_at for review in reviews):
        raise CaseReviewed(number=str(case.number))


def unsettled(
    cases: Sequence[DrawnCase],
    reviews: Sequence[Review],
    *,
    replaced: Collection[str],
    with_reserve: Collection[str],
) -> tuple[Problem, ...]:
    """Return what keeps a round from being closed: one problem of each kind, with the cases' numbers.

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
    kinds = {
        "cases-not-reviewed": [
            case for case in cases if case.status is CaseStatus.TO_REVIEW and case.id in open_reviews
        ],
        "cases-not-replaced": [
            case
            for case in cases
            if case.status is CaseStatus.OUT_OF_SCOPE
            and case.case_id not in replaced
            and case.stratum in with_reserve
        ],
    }
    return tuple(
        Problem(code, {"numbers": runs([case.number for case in found if case.number is not None])})
        for code, found in kinds.items()
        if found
    )


def runs(numbers: Sequence[int]) -> list[str]:
    """Return numbers with those that follow each other drawn together: ``["1–4", "7"]``."""
    ends: list[list[int]] = []
    for number in sorted(numbers):
        if ends and number == ends[-1][1] + 1:
            ends[-1][1] = number
        else:
            ends.append([number, number])
    return [str(first) if first == last else f"{first}–{last}" for first, last in ends]
