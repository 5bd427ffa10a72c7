"""The reviewer's queue as a page: what stands folded, and what is told to one who has nothing left to open."""

from types import SimpleNamespace

import pytest
from branching import BRANCHING

from lirk.services.checklists import parse
from lirk.services.reviewing import Queue, QueueRound, QueueRow, RowState, Show
from lirk.wording import Wording
from web.pages.review_queue import QueuePage, cases_to_agree

CHECKLIST = parse(BRANCHING)
ROUND = SimpleNamespace(key="2026-2", title="Runde 2")


def row(number, state=RowState.NOT_BEGUN, waits_for=None):
    return QueueRow(
        review_id=number,
        number=number,
        centre="Center Nord",
        checklist=CHECKLIST,
        state=state,
        answered=0,
        asked=4,
        waits_for=waits_for,
    )


def part(rows, *, to_agree=None, **counts):
    said = {"cases": len(rows), "reviewed": 0, "waiting": 0, **counts}
    queue = Queue(show=Show.ALL, rounds=(QueueRound(round=ROUND, rows=tuple(rows), **said),))
    return QueuePage.of(queue, Wording("da"), to_agree=to_agree or {}).parts[0]


def test_many_that_cannot_be_opened_yet_stand_folded():
    found = part([row(1, RowState.BEGUN), row(2), *(row(number, waits_for=2) for number in range(3, 10))])
    assert [one.number for one in found.lines] == [1, 2]
    assert [one.number for one in found.later] == [*range(3, 10)]
    assert found.later_said == "7 sager til, de åbnes i rækkefølge"


def test_a_few_do_not():
    found = part([row(1), row(2, waits_for=1)])
    assert ([one.number for one in found.lines], found.later) == ([1, 2], ())


@pytest.mark.parametrize(
    ("to_agree", "said"),
    [
        ({}, "Du er færdig med dine sager i runden."),
        ({"2026-1": 3}, "Du er færdig med dine sager i runden."),
        ({"2026-2": 1}, "Du mangler at blive enig med en anden om 1 sag; den står øverst."),
        ({"2026-2": 4}, "Du mangler at blive enig med en anden om 4 sager; de står øverst."),
    ],
)
def test_nobody_is_done_while_cases_wait_to_be_agreed_on(to_agree, said):
    found = part([row(1, RowState.FINISHED)], reviewed=1, to_agree=to_agree)
    assert said in found.finished
    assert ("ikke gøre mere" in found.finished) == ("færdig" in said)


def test_a_case_with_two_checklists_is_one_to_agree_on():
    waiting = [SimpleNamespace(round=ROUND, number=number) for number in (1, 1, 2)]
    assert cases_to_agree(waiting) == {"2026-2": 2}
