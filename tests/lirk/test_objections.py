"""Corrections and answers to objections that do not go together keep a report from being published."""

from datetime import timedelta

import pytest
from branching import BRANCHING
from double_round import write
from granted import grant
from small_round import KEY, under_way

from lirk.domain.corrections import TypedCorrection
from lirk.domain.report_stages import ReplyOutcome
from lirk.services import corrections, publishing, report_stages
from lirk.services.objections import with_objections
from lirk.services.publishing import CorrectionsUngranted, GrantedUnchanged
from lirk.services.reports import Reader
from lirk.wording import Wording

READER = Reader(municipality="Sydfjord Kommune", words=Wording("da"))
NORTH = "Center Nord"


@pytest.fixture
def town(quick, tmp_path, now):
    """A closed round with one no to »clear« in each centre, which opened »why«; the drafts are at the leaders."""
    made = under_way(quick.database, tmp_path, now, "anne", checklists=(BRANCHING,))
    first = min(numbers(made))
    for number, review in made.reviews().items():
        said = {"clear": "no", "why": "yes"} if number == first else {"clear": "yes"}
        write(made.database, review.id, now, decision="yes", reasons="yes", **said)
    made.close()
    with made.acting() as (store, actor):
        day = (now + timedelta(days=14)).date()
        report_stages.send_drafts(store, actor, KEY, day, now=now)
    granted(made, "clear")
    return made


def numbers(town):
    return sorted(number for number, case in town.cases().items() if case.centre == NORTH)


def granted(town, *items, outcome=ReplyOutcome.ACCEPTED):
    with town.acting() as (store, _):
        grant(store, KEY, town.now, items=items, outcome=outcome)


def correct(town, number, value, *, item="clear", seen=0, **also):
    typed = TypedCorrection(
        checklist_id="breve", item_id=item, number=number, value=value, reason="Bilag.", seen=seen, also=also
    )
    with town.acting() as (store, actor):
        corrections.correct_answer(store, actor, KEY, NORTH, typed, reader=READER, now=town.now)


def edition(town, *, unchanged=False):
    with town.acting() as (store, actor):
        return publishing.edition_of(
            store, actor, KEY, NORTH, reader=READER, without_reply=True, unchanged=unchanged, now=town.now
        )


def told(town):
    """What the page says: the items without a granted objection, and those where nothing came of one."""
    with town.acting() as (store, actor):
        found = report_stages.stages_of(store, actor, KEY, now=town.now)
        [one] = [one for one in with_objections(store, found, READER).centres if one.centre == NORTH]
    return one.ungranted, one.unchanged


class TestUngranted:
    def test_a_correction_holds_where_the_objection_is_not_found_to_be_right(self, town):
        correct(town, numbers(town)[0], "partly")
        assert told(town) == ((), ())
        assert edition(town).centre == NORTH
        granted(town, "clear", outcome=ReplyOutcome.NOT_ACCEPTED)
        assert told(town) == (("2.1",), ())
        with pytest.raises(CorrectionsUngranted) as refused:
            edition(town, unchanged=True)
        assert refused.value.values == {"centre": NORTH, "items": ["2.1"]}

    def test_what_was_answered_along_with_a_correction_rests_on_that_one(self, town):
        correct(town, numbers(town)[1], "no", why="no")
        assert told(town) == ((), ())
        granted(town, "why", outcome=ReplyOutcome.NOT_ACCEPTED)
        assert edition(town).centre == NORTH

    def test_but_not_once_it_was_corrected_for_itself(self, town):
        other = numbers(town)[1]
        correct(town, other, "no", why="no")
        granted(town, "why")
        correct(town, other, "yes", item="why", seen=1)
        assert edition(town).centre == NORTH
        granted(town, "why", outcome=ReplyOutcome.NOT_ACCEPTED)
        assert told(town) == (("2.2",), ())
        with pytest.raises(CorrectionsUngranted):
            edition(town)


class TestUnchanged:
    def test_an_objection_found_to_be_right_for_nothing_is_confirmed(self, town):
        assert told(town) == ((), ("2.1",))
        with pytest.raises(GrantedUnchanged) as refused:
            edition(town)
        assert refused.value.values == {"centre": NORTH, "items": ["2.1"]}
        assert edition(town, unchanged=True).centre == NORTH

    def test_publishing_all_passes_it_over_with_the_reason(self, town, monkeypatch):
        monkeypatch.setattr(publishing, "KINDS", {"pdf": lambda *_: b"a file"})
        [attempt] = publishing.publish_each(
            lambda: town.acting(), KEY, [NORTH], reader=READER, without_reply=True, now=town.now
        )
        assert attempt.refused is not None
        assert attempt.refused.code == "granted-unchanged"
