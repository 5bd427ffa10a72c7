"""Two who read the same case learn nothing of each other's reading before both are finished.

Each writes what only they would write: in notes, references, a doubt, an urgent reason. Everything that the other
can get is searched for it: every kind of page there is, every link that can be reached, every answer to a form or
to the page's script. And nothing that the other can get changes when an answer does.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from crawl import links_of
from double_round import open_second, readings

from lirk.domain.people import Role
from lirk.domain.reviews import Answer
from lirk.reports.review_sheets import review_sheet_xlsx
from lirk.services import doubts, finishing, people, reviewing, reviews, urgent_cases
from lirk.wording import Wording

OPEN, NUMBER = "2026-2", 1
MOST_PAGES = 600
#: What differs from one answer to the next by itself: tokens, when the session ends, and how long ago it was.
VARYING = re.compile(
    r'name="(?:csrf|csrf-token|session-expires)" (?:value|content)="[^"]*"|lige nu|for \d+ minut(?:ter)? siden'
)
#: The time of the clock stands in the seed's form; that somebody looked at a report stands in the closed round's log.
CHANGES_ITSELF = re.compile(r"/rounds/(?:2026-2/seed|2026-1/trail.*)")
TABLE = Path(__file__).with_name("rights.txt")
SHOWN = re.compile(r"^GET +\S+ +(\S+)", re.MULTILINE)


@dataclass
class Reading:
    """A person's own reading of the case, and what only they write in it."""

    username: str
    review_id: int

    @property
    def mark(self) -> str:
        return f"mærke-{self.username}"


@dataclass
class Case:
    """The case that two read, and the pages."""

    pages: object
    first: Reading
    second: Reading
    now: datetime

    def of(self, username):
        mine = self.first if self.first.username == username else self.second
        return mine, self.second if mine is self.first else self.first

    def acting(self, reading, act, *args, **more):
        with self.pages.database.begin() as store:
            actor = people.acting_person(store, reading.username, now=self.now)
            return act(store, actor, reading.review_id, *args, now=self.now, **more)

    def answer(self, reading, item, value, *, version=0, in_doubt=False):
        said = Answer(
            item_id=item,
            value=value,
            note=f"{reading.mark} note {item}",
            journal_reference=f"{reading.mark} akt",
            in_doubt=in_doubt,
        )
        self.acting(reading, reviewing.save_answer, item, said, version=version)

    def read(self, reading):
        self.answer(reading, "clear", "partly", in_doubt=True)
        self.acting(reading, doubts.write, "clear", f"{reading.mark} tvivl")
        self.acting(reading, urgent_cases.raise_urgent, f"{reading.mark} haster")

    def finish(self, reading):
        asked = self.acting(reading, reviewing_walk)
        for question in asked:
            self.answer(reading, question, "no")
        self.acting(reading, doubts_settled)
        self.acting(reading, finishing.finish, judgement="critical-breach")


def reviewing_walk(store, actor, review_id, *, now):
    """Return the ids of what is still asked in a review."""
    return [one.id for one in reviewing.open_review(store, actor, review_id).walk.open_questions]


def doubts_settled(store, actor, review_id, *, now):
    """Settle the doubt, as its reviewer may."""
    doubts.settle(store, actor, review_id, "clear", now=now)


@pytest.fixture(params=[False, True], ids=["both reviewers", "both coordinators too"])
def case(pages, request):
    now = datetime.now(UTC).replace(microsecond=0)
    with pages.database.begin() as store:
        round_ = store.rounds.by_key(OPEN)
        cases = {one.id: one.number for one in store.cases.of(round_.id)}
        [first] = [one for one in store.reviews.of(round_.id) if cases[one.case_id] == NUMBER]
        owner = store.people.by_id(first.reviewer_id).username
        if request.param:
            for username in ("rita", "otto"):
                who = store.people.by_username(username)
                store.people.change(
                    who.id,
                    name=who.name,
                    roles=frozenset({Role.REVIEWER, Role.COORDINATOR}),
                    centres=who.centres,
                    caseworker_hash=who.caseworker_hash,
                )
        store.trail.add("made", actor_id=None, at=now)
    other = {"rita": "otto", "otto": "rita"}[owner]
    open_second(pages.database, now, other, NUMBER, key=OPEN)
    one, two = readings(pages.database, OPEN, NUMBER)
    return Case(pages, Reading(one.username, one.id), Reading(two.username, two.id), now)


def starts(case):
    """Every address of the table of rights that shows something, of each of the two reviews and their case."""
    found = ["/", f"/rounds/{OPEN}/trail?answers=yes", "/reviews?show=all", "/reviews?show=done"]
    for address in SHOWN.findall(TABLE.read_text(encoding="utf-8")):
        for reading in (case.first, case.second):
            ids = address.replace("{review}", str(reading.review_id)).replace("{number}", str(NUMBER))
            found.append(case.pages.filled_in(ids))
    return list(dict.fromkeys(found))


def everything(case, username):
    """Return what a person can get: the text by address, of pages and of what pages lead to."""
    browser, found = case.pages.sign_in(username), {}
    waiting = starts(case)
    seen = set(waiting)
    while waiting and len(found) < MOST_PAGES:
        address = waiting.pop(0)
        answer = browser.get(address)
        text = answer.content.decode("utf-8", errors="replace")
        found[address] = VARYING.sub("", f"{answer.headers.get('location', '')}\n{text}")
        new = [answer.headers["location"]] if "location" in answer.headers else []
        if "text/html" in answer.headers.get("content-type", ""):
            new += links_of(text, address)
        for link in new:
            bare = link.partition("#")[0]
            if bare.startswith("/") and bare not in seen and "/static/" not in bare:
                seen.add(bare)
                waiting.append(bare)
    assert not waiting, "more pages than are looked at"
    return found


def sent(case, username):
    """Return what is answered to everything that a person can send about the two reviews."""
    browser, found = case.pages.sign_in(username), {}
    value = {"value": "yes", "note": "", "journal_reference": "", "in_doubt": False, "version": 0, "key": "k"}
    token = browser.token()
    for reading in (case.first, case.second):
        at = f"/reviews/{reading.review_id}"
        answer = browser.put(f"{at}/items/clear", json=value, headers={"x-csrf-token": token})
        found[f"PUT {at}"] = answer.text
        for path, data in (
            (f"{at}/items/clear", {**value, "in_doubt": "", "key": None}),
            (f"{at}/items/clear", {"value": "sure", "note": "0" * 5000, "version": "1"}),
            (f"{at}/finish", {}),
            (f"{at}/obstacle", {}),
            (f"/reviews/reconcile/{reading.review_id}/items/clear", {}),
            (f"/reviews/reconcile/{reading.review_id}/third", {}),
            (f"/reviews/reconcile/{reading.review_id}/reopen", {}),
        ):
            data = {name: text for name, text in data.items() if text not in (None, False)}
            answer = browser.post(path, data)
            found[f"POST {path} {data}"] = answer.text
    return found


def holding(found, mark):
    return sorted(address for address, text in found.items() if mark in text)


class TestMarks:
    @pytest.mark.parametrize("username", ["rita", "otto"])
    def test_nothing_that_the_other_wrote_is_found(self, case, username):
        for reading in (case.first, case.second):
            case.read(reading)
        mine, other = case.of(username)
        found = everything(case, username)
        # The search works: what the person wrote is found.
        assert holding(found, f"{mine.mark} note")
        assert holding(found, other.mark) == []
        assert holding(sent(case, username), other.mark) == []

    @pytest.mark.parametrize("username", ["rita", "otto"])
    def test_nothing_is_found_when_only_the_other_is_finished(self, case, username):
        for reading in (case.first, case.second):
            case.read(reading)
        _, other = case.of(username)
        case.finish(other)
        assert holding(everything(case, username), other.mark) == []
        assert holding(sent(case, username), other.mark) == []

    @pytest.mark.parametrize("username", ["rita", "otto"])
    def test_when_both_are_finished_they_meet_on_the_page_that_holds_them_together(self, case, username):
        for reading in (case.first, case.second):
            case.read(reading)
            case.finish(reading)
        _, other = case.of(username)
        found = everything(case, username)
        assert f"/reviews/reconcile/{case.first.review_id}" in holding(found, f"{other.mark} note")
        reviews_of_other = [one for one in found if one.startswith(f"/reviews/{other.review_id}")]
        assert reviews_of_other
        assert not [one for one in reviews_of_other if f"{other.mark} note" in found[one]]


class TestAnswers:
    @pytest.mark.parametrize("username", ["rita", "otto"])
    def test_nothing_changes_with_what_the_other_answers(self, case, username):
        for reading in (case.first, case.second):
            case.read(reading)
        _, other = case.of(username)
        before = everything(case, username)
        with case.pages.database.begin() as store:
            [kept] = store.reviews.get(other.review_id).answers.values()
            changed = replace(kept, value="yes", note="", journal_reference="")
            store.reviews.save_answers(other.review_id, [changed], at=case.now, by=None)
            store.trail.add("made", actor_id=None, at=case.now - timedelta(days=1))
        after = everything(case, username)
        assert before.keys() == after.keys()
        changed = [
            address
            for address, text in before.items()
            if after[address] != text and not CHANGES_ITSELF.fullmatch(address)
        ]
        assert "\n".join(changed) == ""


class TestSheets:
    @pytest.mark.parametrize("username", ["rita", "otto"])
    def test_no_sheet_holds_what_the_other_wrote(self, case, username, tmp_path: Path):
        for reading in (case.first, case.second):
            case.read(reading)
        mine, other = case.of(username)
        with case.pages.database.begin() as store:
            actor = store.people.by_username(username)
            own = reviews.sheet_for(store, actor, OPEN, username)
            assert mine.mark in repr(own)
            assert other.mark not in repr(own)
            if Role.COORDINATOR in actor.roles:
                theirs = reviews.sheet_for(store, actor, OPEN, other.username)
                assert other.mark not in repr(theirs)
                assert review_sheet_xlsx(theirs, Wording("da"), made_at=case.now)
