"""A walkthrough after one more answer: what did not change is not made again."""

from collections.abc import Mapping
from dataclasses import replace

from checklists.score import decisive
from lirk.domain.reviewing import KeptAnswer, Walkthrough, walkthrough


def walked_on(
    walk: Walkthrough, facts: Mapping[str, str], answers: Mapping[str, KeptAnswer], kept: KeptAnswer
) -> Walkthrough:
    """Return a walkthrough as it stands with one of its questions answered, for the first time or anew.

    Parameters
    ----------
    walk
        What ``walkthrough`` returned for these ``facts`` and ``answers``.
    kept
        The answer to a question of it, as it is stored now.

    Returns
    -------
    Walkthrough
        The same as ``walkthrough`` would return with the answer among the others. Steps that are as they were
        are the same objects.
    """
    question_id, before = kept.answer.item_id, answers.get(kept.answer.item_id)
    decides = question_id in decisive(walk.checklist)
    if decides and (before is None or before.answer.value != kept.answer.value):
        return walkthrough(walk.checklist, facts, {**answers, question_id: kept})
    place = next(
        place for place, step in enumerate(walk.steps) if any(one.id == question_id for one in step.questions)
    )
    step = walk.steps[place]
    questions = tuple(replace(one, kept=kept) if one.id == question_id else one for one in step.questions)
    steps = (*walk.steps[:place], replace(step, questions=questions), *walk.steps[place + 1 :])
    return replace(walk, steps=steps)
