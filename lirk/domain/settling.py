"""When a case is done with: reviewed, found missing, or replaced."""

from collections.abc import Collection, Sequence

from lirk.domain.plain_texts import text_problems
from lirk.domain.reviewing import NOTE_LIMIT
from lirk.domain.reviews import CaseStatus, DrawnCase, Review
from lirk.errors import Problem, ProblemsFound, RuleBroken


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


class SecondReadingFinished(RuleBroken):
    """What the second reader finished is not put aside unseen: that reading is reopened first."""

    code = "second-reading-finished"


class SecondReadingHeld(RuleBroken):
    """A second reading is given up only where it is not finished and nobody has it who could finish it."""

    code = "second-reading-held"


class CaseNotOpen(RuleBroken):
    """A case that is finished, set aside or replaced is not handed over; it is reopened first."""

    code = "case-not-open"


class NothingToReopen(RuleBroken):
    """Neither a finished review nor a finding: there is nothing that could be opened again."""

    code = "nothing-to-reopen"


class ObstacleSettled(RuleBroken):
    """Nothing was reported of the case, or it has been decided on already."""

    code = "obstacle-settled"


class FindingNeedsStatus(RuleBroken):
    """A finding is either that a case was not found, or that there is no access to it."""

    code = "finding-needs-status"


class ReviewerNeeded(RuleBroken):
    """A case is handed over to somebody."""

    code = "reviewer-needed"


def check_unread(
    key: str, cases: Sequence[DrawnCase], reviews: Sequence[Review], *, reported: Collection[int] = ()
) -> None:
    """Refuse a further draw in a round where anything was read, found missing or called out of scope.

    Parameters
    ----------
    key
        The round's.
    cases, reviews
        The numbered cases of the draw that would be replaced; all reviews of the round.
    reported
        Ids of the cases of which a reviewer has said that they cannot be reviewed, or must be acted on now.

    Raises
    ------
    DrawAfterAnswers
        If the further draw could be made because of what was seen.
    """
    told = any(case.status is not CaseStatus.TO_REVIEW or case.id in reported for case in cases)
    if told or any(review.answers or review.finished_at for review in reviews):
        raise DrawAfterAnswers(round=key)


def check_reopening(reason: str) -> str:
    """Return the reason for opening something settled again, without blanks around it.

    Raises
    ------
    ProblemsFound
        If it is missing or cannot be kept; ``column`` names the field.
    """
    return _reason(reason, missing="reopening-reason-missing")


def check_giving_up(reason: str) -> str:
    """Return the reason for giving a second reading up, without blanks around it.

    Raises
    ------
    ProblemsFound
        If it is missing or cannot be kept; ``column`` names the field.
    """
    return _reason(reason, missing="giving-up-reason-missing")


def _reason(reason: str, *, missing: str) -> str:
    problems = text_problems(reason, column="reason", limit=NOTE_LIMIT)
    if not reason.strip():
        problems.append(Problem(missing, column="reason"))
    if problems:
        raise ProblemsFound(problems)
    return reason.strip()


def check_second_open(case: DrawnCase, seconds: Sequence[Review]) -> None:
    """Refuse to take a case out of the sample, or to call it a finding, that was read twice to the end.

    Parameters
    ----------
    seconds
        The second reviews of the round.

    Raises
    ------
    SecondReadingFinished
        If one of the case's is finished: what its reader found must not be lost unseen.
    """
    if any(review.case_id == case.id and review.finished_at for review in seconds):
        raise SecondReadingFinished(number=str(case.number))


def check_replaceable(case: DrawnCase, reviews: Sequence[Review], seconds: Sequence[Review] = ()) -> None:
    """Refuse to replace a case that must stay in the sample.

    Parameters
    ----------
    reviews
        The case's first reviews.
    seconds
        The second reviews of the round.

    Raises
    ------
    CaseIsFinding
        If it was not found, or may not be seen.
    CaseReviewed
        If one of its reviews is finished.
    SecondReadingFinished
        See `check_second_open`.
    """
    if case.status in {CaseStatus.NOT_FOUND, CaseStatus.NO_ACCESS}:
        raise CaseIsFinding(number=str(case.number))
    if any(review.finished_at for review in reviews):
        raise CaseReviewed(number=str(case.number))
    check_second_open(case, seconds)


def unsettled(
    cases: Sequence[DrawnCase],
    reviews: Sequence[Review],
    *,
    replaced: Collection[str],
    with_reserve: Collection[str],
    reported: Collection[int] = (),
) -> tuple[Problem, ...]:
    """Return what keeps a round from being closed: one problem of each kind, with the cases' numbers.

    Takes all reviews of the round, and beside them what ``unsettled_numbers`` takes.
    """
    found = unsettled_numbers(
        cases,
        {review.case_id for review in reviews if review.finished_at is None},
        replaced=replaced,
        with_reserve=with_reserve,
        reported=reported,
    )
    return tuple(Problem(code, {"numbers": runs(numbers)}) for code, numbers in found.items())


def unsettled_numbers(
    cases: Sequence[DrawnCase],
    unfinished: Collection[int],
    *,
    replaced: Collection[str],
    with_reserve: Collection[str],
    reported: Collection[int] = (),
) -> dict[str, tuple[int, ...]]:
    """Return the numbers of the cases that keep a round from being closed, by what is missing.

    Parameters
    ----------
    cases
        The numbered cases of the latest draw.
    unfinished
        Ids of the cases with a review that is not finished.
    replaced
        Case ids that a reserve case has taken the place of.
    with_reserve
        Strata that have reserve cases left; elsewhere a case that is out of scope simply leaves the sample.
    reported
        Ids of the cases with an obstacle that nobody has decided on.
    """
    to_review = [
        case
        for case in cases
        if case.status is CaseStatus.TO_REVIEW and case.id in unfinished and case.id not in reported
    ]
    to_replace = [
        case
        for case in cases
        if case.status is CaseStatus.OUT_OF_SCOPE
        and case.id not in reported
        and case.case_id not in replaced
        and case.stratum in with_reserve
    ]
    kinds = {
        "obstacles-open": [case for case in cases if case.id in reported],
        "cases-not-reviewed": to_review,
        "cases-not-replaced": to_replace,
    }
    numbers = {
        code: tuple(sorted(case.number for case in found if case.number is not None))
        for code, found in kinds.items()
    }
    return {code: found for code, found in numbers.items() if found}


def runs(numbers: Sequence[int]) -> list[str]:
    """Return numbers with those that follow each other drawn together: ``["1–4", "7"]``."""
    ends: list[list[int]] = []
    for number in sorted(numbers):
        if ends and number == ends[-1][1] + 1:
            ends[-1][1] = number
        else:
            ends.append([number, number])
    return [str(first) if first == last else f"{first}–{last}" for first, last in ends]
