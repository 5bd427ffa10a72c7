"""One review in its reviewer's hands: what is asked, in which order, what an answer needs; rules only."""

from datetime import UTC, datetime

import pytest

from checklists.load import load, shipped
from lirk.domain.obstacles import ObstacleReason
from lirk.domain.reviewing import (
    KeptAnswer,
    NotYetOpen,
    QuestionNotAsked,
    State,
    Turn,
    check_keepable,
    check_obstacle,
    check_turn,
    lacking,
    next_turn,
    walkthrough,
)
from lirk.domain.reviews import Answer
from lirk.errors import ProblemsFound

AT = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
LAW = "lovmedholdelig-sagsbehandling"

RULES = """\
format = "lirk-checklist/1"
id = "regler"
version = 1
subject = "case"
status_date = 2026-03-08
title = { da = "Regler" }
not_applicable = "drop"
cannot_assess = "out"

[[facts]]
id = "outcome"
question = { da = "Hvad blev udfaldet?" }
from_register = true
values = [{ code = "grant", text = { da = "Medhold" } }, { code = "refusal", text = { da = "Afslag" } }]
[[facts]]
id = "oral"
question = { da = "Var det mundtligt?" }
values = [{ code = "yes", text = { da = "Ja" } }, { code = "no", text = { da = "Nej" } }]

[[themes]]
id = "hearing"
title = { da = "Partshøring" }
applies_when = { id = "outcome", is = "refusal" }
[[themes.items]]
id = "heard"
question = { da = "Er parten hørt?" }
severity = "critical"
rule = "guarantee"
note_required_at = []
journal_reference_required_at = ["yes"]
[[themes.items]]
id = "deadline"
question = { da = "Var der en frist?" }
severity = "minor"
rule = "order"
applies_when = { id = "heard", is = "yes" }

[[themes]]
id = "letter"
title = { da = "Brevet" }
[[themes.items]]
id = "clear"
question = { da = "Er brevet klart?" }
severity = "minor"
rule = "order"
note_required_at = ["no"]

[[verdicts]]
id = "breach"
title = { da = "Brud" }
when = { count = { meaning = "negative", severity = "critical" }, at_least = 1 }
[[verdicts]]
id = "in-order"
title = { da = "I orden" }
positive = true
"""
CHECKLIST = load(RULES)


def kept(**answers):
    """Stored answers by question: a code, or a code with more fields."""
    given = {one: said if isinstance(said, dict) else {"value": said} for one, said in answers.items()}
    return {
        one: KeptAnswer(answer=Answer(item_id=one, **fields), version=1, at=AT)
        for one, fields in given.items()
    }


def walk(facts=(), **answers):
    return walkthrough(CHECKLIST, dict(facts), kept(**answers))


class TestWalkthrough:
    @pytest.mark.parametrize(
        ("facts", "answers", "asked"),
        [
            pytest.param({}, {}, ["outcome", "oral", "clear"], id="register silent: the fact is asked"),
            pytest.param(
                {"outcome": "strange"}, {}, ["outcome", "oral", "clear"], id="register not understood"
            ),
            pytest.param({"outcome": "grant"}, {}, ["oral", "clear"], id="register: shown, not asked"),
            pytest.param({"outcome": "refusal"}, {}, ["oral", "heard", "clear"], id="a theme that applies"),
            pytest.param({}, {"outcome": "refusal"}, ["outcome", "oral", "heard", "clear"], id="own fact"),
            pytest.param(
                {"outcome": "refusal"},
                {"heard": "yes"},
                ["oral", "heard", "deadline", "clear"],
                id="follow-up",
            ),
            pytest.param(
                {"outcome": "grant"},
                {"heard": "yes", "outcome": "refusal"},
                ["oral", "clear"],
                id="register wins",
            ),
        ],
    )
    def test_facts_first_and_then_what_applies(self, facts, answers, asked):
        found = walk(facts, **answers)
        assert [question.id for question in found.questions] == asked
        assert [question.number for question in found.questions] == list(range(1, len(asked) + 1))

    def test_a_step_a_theme_and_the_facts_first(self):
        steps = walk({"outcome": "refusal"}, oral="no", heard="no").steps
        assert [(step.theme and step.theme.id, step.answered, len(step.questions)) for step in steps] == [
            (None, 1, 1),
            ("hearing", 1, 1),
            ("letter", 0, 1),
        ]

    @pytest.mark.parametrize(
        ("said", "state"),
        [
            pytest.param({"value": "yes"}, State.ANSWERED, id="needs no more"),
            pytest.param({"value": "no"}, State.LACKING, id="note missing"),
            pytest.param({"value": "no", "note": "Uklart"}, State.ANSWERED, id="with its note"),
            pytest.param({"value": "", "note": "Uklart"}, State.UNANSWERED, id="a note is no answer"),
            pytest.param({"value": "yes", "in_doubt": True}, State.ANSWERED, id="doubt is an answer"),
        ],
    )
    def test_state(self, said, state):
        question = walk(clear=said).question("clear")
        assert (question.state, question.in_doubt) == (state, said.get("in_doubt", False))

    def test_what_is_open_and_in_doubt(self):
        found = walk({"outcome": "grant"}, oral="no", clear={"value": "no", "in_doubt": True})
        assert [question.id for question in found.open_questions] == ["clear"]
        assert [question.id for question in found.doubts] == ["clear"]
        assert (found.answered, len(found.questions)) == (1, 2)

    def test_from_question_to_question(self):
        found = walk({"outcome": "refusal"})
        assert (found.before("oral"), found.after("clear")) == (None, None)
        assert (found.after("oral").id, found.before("clear").id) == ("heard", "heard")

    @pytest.mark.parametrize("question", ["deadline", "outcome", "ukendt"])
    def test_what_is_not_asked(self, question):
        with pytest.raises(QuestionNotAsked):
            walk({"outcome": "refusal"}).question(question)

    def test_version_0_where_nothing_is_stored(self):
        assert [question.version for question in walk({"outcome": "grant"}, oral="no").questions] == [1, 0]

    def test_the_shipped_checklist_from_empty_to_complete(self):
        checklist, answers = shipped(LAW), {}
        facts = {"outcome": "refusal", "law_area": "social"}
        for _ in range(60):
            found = walkthrough(checklist, facts, kept(**answers))
            if not found.open_questions:
                break
            question = found.open_questions[0]
            answers[question.id] = question.asked.offered[0]
        assert len(found.questions) == found.answered == len(answers) > 20


class TestLacking:
    @pytest.mark.parametrize(
        ("item", "answer", "codes"),
        [
            pytest.param("clear", {"value": "yes"}, [], id="nothing"),
            pytest.param("clear", {"value": "no"}, ["note-missing"], id="note where the item asks"),
            pytest.param("clear", {"value": "no", "note": " \n"}, ["note-missing"], id="blanks are no note"),
            pytest.param("clear", {"value": "partly"}, [], id="not where it does not ask"),
            pytest.param(
                "clear",
                {"value": "cannot_assess"},
                ["reason-missing-cannot-assess"],
                id="cannot assess: always",
            ),
            pytest.param(
                "heard",
                {"value": "cannot_assess"},
                ["reason-missing-cannot-assess"],
                id="whatever the item says",
            ),
            pytest.param("clear", {"value": "not_applicable"}, [], id="not applicable, not critical"),
            pytest.param(
                "heard",
                {"value": "not_applicable"},
                ["reason-missing-not-applicable"],
                id="critical: a reason",
            ),
            pytest.param("heard", {"value": "yes"}, ["journal-reference-missing"], id="journal reference"),
            pytest.param(
                "heard", {"value": "yes", "journal_reference": "Akt 7"}, [], id="with its reference"
            ),
            pytest.param("clear", {"value": ""}, ["answer-missing"], id="no answer"),
        ],
    )
    def test_what_an_answer_still_needs(self, item, answer, codes):
        problems = lacking(CHECKLIST.item(item), Answer(item_id=item, **answer))
        assert [problem.code for problem in problems] == codes

    def test_a_fact_needs_its_value_only(self):
        fact = CHECKLIST.fact("oral")
        assert lacking(fact, Answer(item_id="oral", value="no")) == ()
        assert [one.code for one in lacking(fact, Answer(item_id="oral", value=""))] == ["answer-missing"]


class TestCheckKeepable:
    @pytest.mark.parametrize(
        ("answer", "problems"),
        [
            pytest.param({"value": "maybe"}, [("answer-code-unknown", "value")], id="unknown code"),
            pytest.param({"note": "x" * 2001}, [("text-too-long", "note")], id="note too long"),
            pytest.param(
                {"journal_reference": "x" * 201},
                [("text-too-long", "journal_reference")],
                id="reference too long",
            ),
            pytest.param({"note": "010190-1234"}, [("text-looks-like-cpr", "note")], id="cpr in the note"),
            pytest.param(
                {"value": "maybe", "note": "0101901234", "journal_reference": "010190 1234" + "x" * 200},
                [
                    ("answer-code-unknown", "value"),
                    ("text-looks-like-cpr", "note"),
                    ("text-too-long", "journal_reference"),
                ],
                id="all at once",
            ),
        ],
    )
    def test_refused(self, answer, problems):
        with pytest.raises(ProblemsFound) as refused:
            check_keepable(CHECKLIST.item("clear"), Answer(**{"item_id": "clear", "value": "yes", **answer}))
        assert [(one.code, one.column) for one in refused.value.problems] == problems

    @pytest.mark.parametrize("note", ["", "x" * 2000, "Dok. 123456-78 af 1.2.2026"])
    def test_kept(self, note):
        check_keepable(CHECKLIST.item("clear"), Answer(item_id="clear", value="", note=note))


def turns(*states):
    """Reviews 1, 2, 3 … of cases 11, 12, 13 …: "-" not begun, "b" begun, "d" done."""
    return [
        Turn(review_id=index, number=10 + index, begun=state == "b", done=state == "d")
        for index, state in enumerate(states, 1)
    ]


class TestOrder:
    @pytest.mark.parametrize(
        ("states", "number", "first"),
        [("---", 11, None), ("---", 12, "11"), ("b--", 12, None), ("d--", 13, "12"), ("bd-", 13, None)],
    )
    def test_cases_are_opened_by_number(self, states, number, first):
        if first is None:
            check_turn(turns(*states), number)
        else:
            with pytest.raises(NotYetOpen) as refused:
                check_turn(turns(*states), number)
            assert refused.value.values == {"first": first}

    @pytest.mark.parametrize(
        ("states", "review", "expected"),
        [("d--", 1, 2), ("dbd", 1, 2), ("bdd", 2, 1), ("ddd", 3, None), ("d", 1, None), ("b-d", 3, 1)],
    )
    def test_on_to_the_next_and_then_from_the_beginning(self, states, review, expected):
        found = next_turn(turns(*states), review)
        assert (found.review_id if found else None) == expected


class TestCheckObstacle:
    @pytest.mark.parametrize("reason", list(ObstacleReason))
    def test_with_a_note_every_reason_is_taken(self, reason):
        assert check_obstacle(reason.value, "Findes ikke i arkivet") is reason

    @pytest.mark.parametrize(
        ("reason", "note", "problems"),
        [
            ("", "", [("obstacle-reason-missing", "reason")]),
            ("other", " ", [("obstacle-note-missing", "note")]),
            ("bad", "010190-1234", [("obstacle-reason-missing", "reason"), ("text-looks-like-cpr", "note")]),
        ],
    )
    def test_refused(self, reason, note, problems):
        with pytest.raises(ProblemsFound) as refused:
            check_obstacle(reason, note)
        assert [(one.code, one.column) for one in refused.value.problems] == problems
