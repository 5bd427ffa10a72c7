"""A walkthrough that goes on is the one that would be made from the beginning; the steps told are what changed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from branching import BRANCHING
from hypothesis import given
from hypothesis import strategies as st

from lirk.domain.reviewing import KeptAnswer, walkthrough
from lirk.domain.reviews import Answer
from lirk.domain.walking_on import walked_on
from lirk.services.checklists import parse
from lirk.wording import Wording
from web.pages.steps import Way, changed_lines, step_lines

LIBRARY = Path(__file__).parents[2] / "checklists" / "library"
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
WORDS = Wording("da")
CHECKLISTS = {
    "branching": (parse(BRANCHING), {"outcome": "full-grant"}),
    **{
        file.stem: (parse(file.read_text(encoding="utf-8")), {"outcome": "refusal", "law_area": "social"})
        for file in sorted(LIBRARY.glob("*.toml"))
    },
}
WAY = Way(
    question=lambda question: f"/items/{question}",
    summary="/summary",
    heading=lambda theme: theme.title.in_("da") if theme else "Fakta",
    end="Afslut",
    ready="Klar",
    marks=True,
)


@pytest.mark.parametrize("name", CHECKLISTS)
@given(data=st.data())
def test_one_answer_after_the_other(name, data):
    checklist, facts = CHECKLISTS[name]
    answers, walk = {}, walkthrough(checklist, facts, {})
    for version in range(1, data.draw(st.integers(2, 14)) + 1):
        question = walk.questions[data.draw(st.integers(0, len(walk.questions) - 1))]
        answer = Answer(
            item_id=question.id,
            value=data.draw(st.sampled_from(["", *question.asked.offered])),
            note=data.draw(st.sampled_from(["", "Brevet er uklart."])),
            in_doubt=data.draw(st.booleans()),
        )
        kept = KeptAnswer(answer=answer, version=version, at=NOW)
        after = walked_on(walk, facts, answers, kept)
        answers = {**answers, question.id: kept}
        assert after == walkthrough(checklist, facts, answers)
        check_told(walk, after, question)
        walk = after


def check_told(before, after, question):
    """What is told makes the page's steps the new ones; nothing is told of a change that shows in none."""
    old, new = (step_lines(one, WAY, WORDS, at=question) for one in (before, after))
    changed = changed_lines(before, after, WAY, WORDS, at=question)
    if changed is None:
        assert [line.text for line in old] != [line.text for line in new]
        return
    assert tuple(changed.get(place, line) for place, line in enumerate(old)) == new
    was, now = (one.question(question.id) for one in (before, after))
    asked = [[one.id for one in walk.questions] for walk in (before, after)]
    if (was.state, was.open_doubt) == (now.state, now.open_doubt) and asked[0] == asked[1]:
        assert before.complete != after.complete or not changed


def test_what_decides_nothing_leaves_the_other_steps_alone():
    checklist, facts = CHECKLISTS["lovmedholdelig-sagsbehandling"]
    before = walkthrough(checklist, facts, {})
    question = before.question("competence-authority")
    kept = KeptAnswer(answer=Answer(item_id=question.id, value="yes"), version=1, at=NOW)
    after = walked_on(before, facts, {}, kept)
    same = [new is old for old, new in zip(before.steps, after.steps, strict=True)]
    assert same.count(False) == 1
    assert after.question(question.id).kept == kept
