"""How a review ends: the reviewer's own judgement of the case as a whole, beside the verdict by the rules."""

from collections.abc import Iterable
from hashlib import blake2s

from checklists.model import Verdict
from checklists.score import score
from lirk.domain.reviewing import ReviewInHand, Walkthrough
from lirk.domain.trail import TrailEntry
from lirk.domain.urgent_cases import urgent_problems
from lirk.errors import Problem, ProblemsFound, RuleBroken

#: What the shipped checklists call a case of which too little can be seen.
NOT_ASSESSABLE = "not-assessable"
#: Codes of the trail under which a review is opened again, each with its reason.
REOPENINGS = ("case-reopened", "review-reopened")


class AnswersChangedSince(RuleBroken):
    """An answer was changed after the summary was shown by which the review is to be finished."""

    code = "answers-changed-since-summary"


def answers_mark(walk: Walkthrough) -> str:
    """Return what tells whether a summary shows the answers as they stand: made of their questions and versions."""
    versions = [f"{one.id} {one.version}" for one in walk.questions]
    return blake2s("\n".join(versions).encode(), digest_size=8).hexdigest()


def check_seen(walk: Walkthrough, seen: str | None) -> None:
    """Refuse to finish by a summary that showed other answers; None where none was shown.

    Raises
    ------
    AnswersChangedSince
        If ``seen`` is not the mark (`answers_mark`) of the answers as they stand.
    """
    if seen is not None and seen != answers_mark(walk):
        raise AnswersChangedSince


def judgements(walk: Walkthrough) -> tuple[Verdict, ...]:
    """Return the verdicts that a reviewer may give; none where a stop ends it.

    A checklist's own order is that in which its rules are tried. Here the positive ones come first, as among the
    answers, and that nothing can be said comes last.
    """
    if walk.stop:
        return ()
    return tuple(
        sorted(walk.checklist.verdicts, key=lambda one: (one.id == NOT_ASSESSABLE, not one.positive))
    )


def check_judgement(walk: Walkthrough, judgement: str | None) -> str | None:
    """Return the id of the verdict that the reviewer gives, None where the checklist offers none.

    Raises
    ------
    ProblemsFound
        If one is offered and none was chosen, or what was chosen is not offered; ``column`` names the field.
    """
    problems = _judgement_problems(walk, judgement)
    if problems:
        raise ProblemsFound(problems)
    return judgement or None


def check_finishing(walk: Walkthrough, judgement: str | None, urgent: str | None) -> None:
    """Refuse to finish with a judgement, or a reason for acting now, that is missing or cannot be kept.

    Raises
    ------
    ProblemsFound
        With everything that is wrong with either; ``column`` names the field.
    """
    problems = _judgement_problems(walk, judgement)
    if urgent is not None:
        problems += urgent_problems(urgent)
    if problems:
        raise ProblemsFound(problems)


def computed_verdict(walk: Walkthrough) -> str:
    """Return the verdict by the checklist's rules, as `checklists.score.score` calls it."""
    answers = {question.id: question.answer.value for question in walk.questions}
    return score(walk.checklist, {**answers, **walk.register}).verdict


def reopened_because(entries: Iterable[TrailEntry], review: ReviewInHand) -> str:
    """Return why a review was last opened again, empty where it is finished or never was.

    Parameters
    ----------
    entries
        The round's entries with the codes `REOPENINGS`, in the order in which they were added; others are
        passed over.
    """
    if review.finished_at is not None or review.calibrates:
        return ""
    reasons = (
        str(entry.about.get("reason", ""))
        for entry in entries
        if entry.action in REOPENINGS and _opened(entry, review)
    )
    return next(reversed([*reasons]), "")


def _opened(entry: TrailEntry, review: ReviewInHand) -> bool:
    about, checklist_id = entry.about, review.checklist.checklist_id
    if entry.action == "review-reopened":
        checklists: object = [about.get("checklist")]
    else:
        checklists = about.get("checklists")
    # Where what was found of a case is taken back, no review was finished, and all of them are open again.
    named = not isinstance(checklists, list) or not checklists or checklist_id in checklists
    return about.get("number") == review.number and about.get("reading", "first") == review.reading and named


def _judgement_problems(walk: Walkthrough, judgement: str | None) -> list[Problem]:
    offered = {verdict.id for verdict in judgements(walk)}
    if judgement and judgement not in offered:
        return [Problem("judgement-unknown", column="judgement")]
    if offered and not judgement:
        return [Problem("judgement-missing", column="judgement")]
    return []
