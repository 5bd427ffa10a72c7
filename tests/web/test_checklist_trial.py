"""Trying a version in the browser: nothing is kept, and the answers of an old case come without the case."""

import html
import json
import re
from dataclasses import replace

import pytest
from mails import READY
from small_round import CHECKLIST

from lirk.services import checklist_trials

TRY = "/checklists/breve/1/try"
MAILS = "/checklists/mails/1/try"
BREVE = "/checklists/breve/2/try"
RULES = """
[[contradictions]]
id = "both"
message = { da = "Et klart brev kan ikke være et afslag.", en = "Not both." }
refuse_when = { all = [{ id = "clear", is = "yes" }, { id = "outcome", is = "refusal" }] }

[[stops]]
id = "no-letter"
title = { da = "Intet brev", en = "No letter" }
stop_when = { id = "clear", is = "cannot_assess" }
"""


class Trial:
    """A trial in a browser: each step is the form of the page before, filled in and sent."""

    def __init__(self, browser, path):
        self.browser, self.path = browser, path
        self.answer = browser.get(path)

    @property
    def page(self):
        return self.answer.text

    @property
    def shown(self):
        found = re.search(r'name="shown" value="([^"]+)"', self.page)
        return found.group(1) if found else None

    @property
    def heading(self):
        return re.sub(r"<[^>]+>", "", re.search(r"<h1.*?</h1>", self.page, re.DOTALL).group())

    @property
    def kept(self):
        found = re.search(r'name="kept" value="([^"]*)"', self.page)
        return json.loads(html.unescape(found.group(1)))

    def begin(self, **fields):
        return self.send(begin="yes", **fields)

    def send(self, **fields):
        self.answer = self.browser.post(self.path, fields, token=self.token())
        assert "?" not in str(self.answer.url)
        return self

    def go(self, **fields):
        """Press a button of the question's form."""
        hidden = {"kept": json.dumps(self.kept)} | ({"shown": self.shown} if self.shown else {})
        return self.send(**{**hidden, **fields})

    def say(self, value, **fields):
        return self.go(value=value, **{"go": "next", **fields})

    def open(self, at):
        """Press a step, or what is missing: the answer on the page is not taken along."""
        return self.send(kept=json.dumps(self.kept), at=at)

    def token(self):
        return re.search(r'name="csrf" value="([^"]+)"', self.page).group(1)

    def rows(self):
        rows = re.findall(r"<tr>(.*?)</tr>", self.page, re.DOTALL)
        cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
        return {row[0]: row[1:] for row in cells}


@pytest.fixture
def archivist(sign_in):
    return sign_in("arkivar")


@pytest.fixture
def bring(archivist):
    def post(text):
        answer = archivist.form("/checklists/import", files={"file": ("x.toml", text.encode())})
        assert answer.status_code == 303, answer.text

    return post


@pytest.fixture
def mails(archivist, bring):
    bring(READY)
    return Trial(archivist, MAILS)


@pytest.fixture
def entries(pages):
    """How many lines the trail has, and how many answers are kept."""

    def count():
        with pages.database.begin() as store:
            rounds = store.rounds.all()
            answers = sum(len(one.answers) for round_ in rounds for one in store.reviews.of(round_.id))
            return len(store.trail.entries()), answers

    return count


class TestWay:
    def test_facts_items_and_the_result(self, mails, entries):
        before = entries()
        mails.begin()
        assert (mails.shown, mails.answer.status_code) == ("outcome", 200)
        assert "Prøve: intet gemmes" in mails.page
        assert "Punkt 1 af 2" in mails.page
        mails.say("refusal")
        assert (mails.shown, "Punkt 2 af 3" in mails.page) == ("clear", True)
        mails.say("yes")
        assert mails.shown == "reasons"
        mails.say("no", note="Der er ingen.")
        assert mails.heading == "Det bliver resultatet"
        rows = mails.rows()
        assert rows["Konklusion"] == ["I orden"]
        assert rows["Kritiske brud"] == ["0"]
        assert rows["Point"] == ["1 af 2 point (50 %)"]
        assert rows["Brevet"][0].startswith("nej, 1 af 2 point")
        assert "Et punkt, der ikke er relevant i en sag" in mails.page
        assert entries() == before

    def test_a_condition_hides_and_what_was_answered_is_back(self, mails):
        mails.begin().say("refusal").say("yes").say("yes")
        mails.open("outcome").say("full-grant")
        assert "Er afslaget begrundet?" not in mails.page
        mails.open("outcome").say("refusal")
        mails.open("summary")
        assert mails.rows()["Point"] == ["2 af 2 point (100 %)"]

    def test_what_an_answer_needs_is_asked_for(self, mails):
        mails.begin().say("refusal").say("no")
        assert mails.answer.status_code == 422
        assert '<a href="#note">' in mails.page
        assert mails.shown == "clear"
        mails.say("no", note="Uklart.")
        assert mails.shown == "reasons"

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"value": "perhaps"}, "value"),
            ({"value": "no", "note": "Borger 010190-1234"}, "note"),
            ({"value": "no", "note": "x" * 2001}, "note"),
        ],
    )
    def test_what_a_review_would_not_keep(self, mails, typed, field):
        mails.begin().say("refusal")
        mails.go(go="next", **typed)
        assert mails.answer.status_code == 422
        assert f'<a href="#{field}">' in mails.page
        assert "clear" not in mails.kept["answers"]
        assert typed.get("note", "") in mails.page

    def test_nothing_chosen(self, mails):
        mails.begin().say("")
        assert mails.answer.status_code == 422
        mails.go(at="summary")
        assert mails.rows()["Konklusion"] == ["Ikke besvaret helt"]
        assert "2 punkter mangler" in mails.page

    def test_back_and_to_a_step_with_the_answer(self, mails):
        mails.begin().say("refusal")
        mails.go(at="outcome", value="yes")
        assert mails.shown == "outcome"
        assert 'value="refusal" checked' in mails.page
        assert mails.kept["answers"]["clear"][0] == "yes"
        mails.open("reasons")
        assert mails.shown == "reasons"

    def test_a_contradiction_is_told_at_both_and_has_no_verdict(self, archivist, bring):
        bring(READY + RULES)
        trial = Trial(archivist, MAILS).begin().say("refusal").say("yes").say("yes")
        assert trial.rows()["Konklusion"] == ["Svarene modsiger hinanden"]
        for question in ("outcome", "clear"):
            trial.open(question)
            assert "Et klart brev kan ikke være et afslag." in trial.page
        trial.open("reasons")
        assert "Et klart brev kan ikke være et afslag." not in trial.page

    def test_a_stop_ends_it(self, archivist, bring):
        bring(READY + RULES)
        trial = Trial(archivist, MAILS).begin().say("refusal").say("cannot_assess", note="Væk.")
        assert trial.heading == "Det bliver resultatet"
        assert "Gennemgangen er slut: Intet brev" in trial.page
        assert trial.rows()["Konklusion"] == ["Intet brev"]
        assert trial.rows()["Point"] == ["ingen point"]

    def test_what_a_stranger_made_of_the_field(self, mails):
        for kept in ("", "{", "[]", '{"items":"some","facts":{},"answers":{}}'):
            mails.send(kept=kept)
            assert mails.answer.status_code == 422
            mails.answer = mails.browser.get(MAILS)
        sent = {"items": "full", "facts": {"x": "y"}, "answers": {"nothing": ["yes", "", "", False]}}
        mails.send(kept=json.dumps(sent))
        assert mails.answer.status_code == 200
        mails.send(kept=json.dumps(sent), at="nothing")
        assert mails.answer.status_code == 404


class TestCore:
    def test_core_or_all(self, archivist, bring):
        bring(READY.replace('id = "reasons"', 'id = "reasons"\ncore = false'))
        asked = {}
        for items in ("core", "full"):
            trial = Trial(archivist, MAILS).begin(items=items).open("summary")
            assert trial.kept["items"] == items
            asked[items] = re.findall(r'name="at" value="(\w+)">Ret<', trial.page)
        assert asked == {"core": ["clear"], "full": ["outcome", "clear"]}

    def test_nothing_to_choose(self, mails):
        assert 'name="items"' not in mails.page


class TestOldCase:
    @pytest.fixture
    def draft(self, archivist, bring):
        """The second version of what the closed round asked: one item has a new meaning, one is new."""
        text = CHECKLIST.replace("version = 1\n", "version = 2\n").replace(
            'id = "reasons"', 'id = "reasons"\nchanges = [{ version = 2, kind = "meaning" }]'
        )
        new = '[[themes.items]]\nid = "polite"\nquestion = { da = "Er det høfligt?" }\n'
        new += 'severity = "minor"\nrule = "order"\n'
        bring(text.replace("[[verdicts]]", new + "[[verdicts]]", 1))
        return Trial(archivist, BREVE)

    @pytest.fixture
    def refused(self, pages):
        """A refusal in the closed round, whose review says no to everything; numbered as a trial case."""
        with pages.database.begin() as store:
            round_ = store.rounds.by_key("2026-1")
            cases = [case for case, _ in checklist_trials.trial_cases(store, round_, "breve")]
        return next(
            replace(case, number=place)
            for place, case in enumerate(cases, start=1)
            if case.outcome == "refusal"
        )

    def test_answers_come_and_the_case_does_not(self, draft, refused, entries):
        before = entries()
        assert "1. runde 2026 (version 1)" in draft.page
        draft.begin(round="2026-1", number=str(refused.number))
        assert draft.shown == "reasons"
        assert draft.kept["facts"] == {"outcome": "refusal"}
        assert draft.kept["answers"]["clear"][0] == "no"
        draft.open("summary")
        rows = draft.rows()
        assert rows["Konklusion"] == ["Kritisk brud", "Ikke besvaret helt"]
        assert rows["Kritiske brud"] == ["1", "1"]
        assert "Er afslaget begrundet? (punktet har fået en ny mening)" in draft.page
        assert "Er det høfligt? (punktet er nyt)" in draft.page
        for secret in (refused.case_id, refused.centre, "Brevet er uklart.", "esdh"):
            assert secret not in draft.page
        draft.open("reasons").say("yes").say("yes")
        assert draft.rows()["Konklusion"] == ["Kritisk brud", "Kritisk brud"]
        assert "Uden svar fra den gamle sag" not in draft.page
        assert entries() == before

    @pytest.mark.parametrize("number", ["", "0", "999", "x"])
    def test_a_number_that_is_none(self, draft, number):
        draft.begin(round="2026-1", number=number)
        assert draft.answer.status_code == 422
        assert '<a href="#number">' in draft.page
        assert '<option value="2026-1" selected>' in draft.page

    @pytest.mark.parametrize("key", ["2026-2", "2026-9"])
    def test_a_round_that_is_open_or_none(self, draft, key):
        assert draft.begin(round=key, number="1").answer.status_code == 422

    def test_the_coordinator_may(self, draft, sign_in, refused):
        trial = Trial(sign_in("koordinator"), BREVE).begin(round="2026-1", number=str(refused.number))
        assert trial.answer.status_code == 200

    def test_a_reviewer_may_try_but_sees_no_old_case(self, draft, sign_in):
        trial = Trial(sign_in("rita"), BREVE)
        assert "Prøvesag" not in trial.page
        assert Trial(sign_in("rita"), BREVE).begin(round="2026-1", number="1").answer.status_code == 404
        assert trial.begin().answer.status_code == 200

    def test_the_version_that_the_round_used_offers_none(self, archivist):
        assert "Prøvesag" not in archivist.get("/checklists/breve/1/try").text


class TestRights:
    @pytest.mark.parametrize("who", ["leder", "kontakt", "chef", "admin"])
    def test_others_do_not(self, sign_in, who):
        assert sign_in(who).get(TRY).status_code == 403
        assert sign_in(who).post(TRY, {"begin": "yes"}).status_code == 403

    def test_what_is_not_there(self, archivist):
        assert archivist.get("/checklists/nothing/1/try").status_code == 404
        assert archivist.get("/checklists/breve/9/try").status_code == 404

    def test_it_is_not_slow(self, archivist, statements):
        with statements() as sent:
            archivist.get(TRY)
        assert len(sent) < 40
