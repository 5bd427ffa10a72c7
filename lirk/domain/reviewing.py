"""One review in the hands of its reviewer: what is asked, in which order, and what an answer needs."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from checklists.conditions import reads
from checklists.model import Checklist, Contradiction, Fact, Item, Stop, Theme
from checklists.score import Outline, outline
from lirk.domain.obstacles import Obstacle, ObstacleReason, Settlement
from lirk.domain.plain_texts import text_problems
from lirk.domain.review_sheets import known_facts
from lirk.domain.reviews import Answer, CaseStatus, DrawnCase, Reading
from lirk.domain.rounds import ChecklistVersion, Round, check_step
from lirk.errors import NotFound, Problem, ProblemsFound, RuleBroken

NOTE_LIMIT = 2000
REFERENCE_LIMIT = 200

#: Answers of these meanings always need a reason, whatever the checklist asks for.
REASON_ALWAYS = "cannot_assess"
REASON_WHEN_CRITICAL = "not_applicable"


class QuestionNotAsked(NotFound):
    """The checklist has no such question, or it does not apply in this case, or the register answers it."""

    code = "question-not-asked"


class NotYetOpen(RuleBroken):
    """Cases are opened by running number; ``first`` is the number to begin with."""

    code = "not-yet-open"


class AlreadyFinished(RuleBroken):
    """A finished review is changed only after the coordinator has reopened it."""

    code = "already-finished"


class CaseSetAside(RuleBroken):
    """It was reported that the case cannot be reviewed; the coordinator decides what happens."""

    code = "case-set-aside"


class CalibrationOver(RuleBroken):
    """The calibration is closed; what was not finished in it is not finished any more."""

    code = "calibration-over"


class ReviewContradictory(RuleBroken):
    """A review is not finished while its answers contradict each other."""

    code = "review-contradictory"


class ReviewIncomplete(RuleBroken):
    """A review is finished only when everything that applies is answered, with the notes that it takes."""

    code = "review-incomplete"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """An answer as it is stored: its version from 1, and who gave it when, under which key of the sender.

    ``settled``: it is in doubt no more, whatever its mark says.
    """

    answer: Answer
    version: int
    at: datetime
    by: str | None = None
    key: str | None = None
    settled: bool = False


class AnswerChangedElsewhere(RuleBroken):
    """Another version is stored than the one that the page was made from; ``kept`` is the stored one."""

    code = "answer-changed-elsewhere"

    def __init__(self, kept: KeptAnswer | None) -> None:
        self.kept = kept
        super().__init__()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewInHand:
    """A review with all that its pages show.

    ``checklist`` is the version that the round pinned; ``answers`` are by fact or item id; ``obstacle`` is
    what was last reported of the case, settled or not. ``calibration_open`` is False in a round that has no
    calibration.
    """

    id: int
    reviewer_id: int | None
    finished_at: datetime | None
    round: Round
    case: DrawnCase
    checklist: ChecklistVersion
    obstacle: Obstacle | None = None
    answers: Mapping[str, KeptAnswer] = field(default_factory=dict)
    reading: Reading = Reading.FIRST
    judgement: str | None = None
    calibration_number: int | None = None
    calibration_open: bool = False

    @property
    def calibrates(self) -> bool:
        """Whether it is a review of a calibration, which is in no report."""
        return self.reading is Reading.CALIBRATION

    @property
    def number(self) -> int:
        """The case's running number, in the sample or among the cases of the calibration."""
        return (self.calibration_number if self.calibrates else self.case.number) or 0

    @property
    def reported(self) -> bool:
        """Whether an obstacle waits for the coordinator."""
        return self.obstacle is not None and self.obstacle.settlement is None

    @property
    def set_aside(self) -> bool:
        """Whether the case is not to be reviewed: reported, or found missing, or out of scope."""
        return self.reported or self.ended or self.case.status is not CaseStatus.TO_REVIEW

    @property
    def ended(self) -> bool:
        """Whether this second reading ended because its reader could not do it; the case stays as it is."""
        found = self.obstacle is not None and self.obstacle.settlement is Settlement.FINDING
        return found and self.reading is Reading.SECOND

    @property
    def turn(self) -> "Turn":
        """The place of this review in the reviewer's order."""
        done = self.finished_at is not None or self.set_aside
        return Turn(review_id=self.id, number=self.number, begun=bool(self.answers), done=done)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One review in the order in which a reviewer opens them; ``done``: nothing more to do in it."""

    review_id: int
    number: int
    begun: bool
    done: bool


def check_answerable(review: ReviewInHand) -> None:
    """Refuse a review of a round that is not being reviewed, or of a calibration that is over.

    A finished review of a calibration can be read as long as the round is kept.

    Raises
    ------
    RoundNotIn, CalibrationOver
        See each.
    """
    if not review.calibrates:
        check_step(review.round, "answer")
    elif not review.calibration_open and review.finished_at is None:
        raise CalibrationOver(round=review.round.key)


def check_turn(turns: Sequence[Turn], number: int) -> None:
    """Refuse to begin a case while a review of a smaller number is neither begun nor done.

    Raises
    ------
    NotYetOpen
        With the number to begin with.
    """
    first = next((turn for turn in turns if not turn.begun and not turn.done), None)
    if first is not None and first.number < number:
        raise NotYetOpen(first=str(first.number))


def next_turn(turns: Sequence[Turn], review_id: int) -> Turn | None:
    """Return the review to go on with after this one: the next that is not done, else the first such."""
    place = next((index for index, turn in enumerate(turns) if turn.review_id == review_id), -1)
    later = (*turns[place + 1 :], *turns[: max(place, 0)])
    return next((turn for turn in later if not turn.done), None)


class State(StrEnum):
    """How far one question is; ``LACKING``: a choice is kept, and its note or reference is missing."""

    UNANSWERED = "unanswered"
    LACKING = "lacking"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A fact or an item that is asked in a case; ``number`` counts from 1; facts have no ``theme``."""

    number: int
    asked: Fact | Item
    theme: Theme | None
    kept: KeptAnswer | None = None

    @property
    def id(self) -> str:
        """The fact's or the item's id."""
        return self.asked.id

    @property
    def answer(self) -> Answer:
        """The answer as it is kept, or an empty one."""
        return self.kept.answer if self.kept else Answer(item_id=self.id, value="")

    @property
    def version(self) -> int:
        """The version of the answer that is kept; 0 where there is none."""
        return self.kept.version if self.kept else 0

    @property
    def lacking(self) -> tuple[Problem, ...]:
        """What the kept answer still needs."""
        return lacking(self.asked, self.answer)

    @property
    def state(self) -> State:
        """How far the question is."""
        if self.kept is None or not self.kept.answer.value:
            return State.UNANSWERED
        return State.LACKING if self.lacking else State.ANSWERED

    @property
    def in_doubt(self) -> bool:
        """Whether the reviewer wants to talk it over."""
        return self.kept is not None and self.kept.answer.in_doubt

    @property
    def open_doubt(self) -> bool:
        """Whether it is in doubt and nobody has said that it is settled."""
        return self.kept is not None and self.kept.answer.in_doubt and not self.kept.settled


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The questions of a theme that apply, or the facts to answer (no theme)."""

    theme: Theme | None
    questions: tuple[Question, ...]

    @property
    def answered(self) -> int:
        """How many of the questions need no more."""
        return sum(question.state is State.ANSWERED for question in self.questions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Walkthrough:
    """A review as the sequence of what is asked: facts first, then the items theme by theme.

    Attributes
    ----------
    register
        The facts that the register gives: shown, not asked.
    stop
        What ends the review, if anything does: then only what was answered is shown, and only the questions
        that the stop ``rests_on`` can lack something.
    contradictions
        Those that hold among the answers.
    questions
        All questions in their order.
    """

    checklist: Checklist
    register: Mapping[str, str]
    steps: tuple[Step, ...]
    stop: Stop | None = None
    rests_on: frozenset[str] = frozenset()
    contradictions: tuple[Contradiction, ...] = ()
    questions: tuple[Question, ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        # Asked for again and again, and put together once.
        questions = tuple(question for step in self.steps for question in step.questions)
        object.__setattr__(self, "questions", questions)

    def question(self, question_id: str) -> Question:
        """Return one question.

        Raises
        ------
        QuestionNotAsked
            If it is not asked in this case.
        """
        found = next((one for one in self.questions if one.id == question_id), None)
        if found is None:
            raise QuestionNotAsked
        return found

    def after(self, question_id: str) -> Question | None:
        """Return the question after one, or None after the last."""
        return self._beside(question_id, 1)

    def before(self, question_id: str) -> Question | None:
        """Return the question before one, or None before the first."""
        return self._beside(question_id, -1)

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """What is unanswered or lacks something."""
        return tuple(self._open())

    @property
    def complete(self) -> bool:
        """Whether the review can be finished."""
        return not self.contradictions and next(self._open(), None) is None

    def contradicted(self, contradiction: Contradiction) -> tuple[Question, ...]:
        """Return the questions whose answers contradict each other."""
        read = reads(contradiction.refuse_when)
        return tuple(question for question in self.questions if question.id in read)

    def contradictions_at(self, question_id: str) -> tuple[Contradiction, ...]:
        """Return the contradictions that the answer to one question takes part in."""
        return tuple(one for one in self.contradictions if question_id in reads(one.refuse_when))

    @property
    def doubts(self) -> tuple[Question, ...]:
        """What the reviewer is in doubt about and is not settled."""
        return tuple(question for question in self.questions if question.open_doubt)

    @property
    def answered(self) -> int:
        """How many questions need no more."""
        return len(self.questions) - len(self.open_questions)

    def _open(self) -> Iterator[Question]:
        for one in self.questions:
            if one.state is not State.ANSWERED and (self.stop is None or one.id in self.rests_on):
                yield one

    def _beside(self, question_id: str, offset: int) -> Question | None:
        questions = self.questions
        place = self.question(question_id).number - 1 + offset
        return questions[place] if 0 <= place < len(questions) else None


def walkthrough(
    checklist: Checklist, facts: Mapping[str, str], answers: Mapping[str, KeptAnswer]
) -> Walkthrough:
    """Return what of a checklist applies in a case, given the register's facts and the answers so far.

    Where a stop holds, every answer that was given stays within reach, so that it can be taken back.
    """
    register = known_facts(checklist, facts)
    codes = {**{one: kept.answer.value for one, kept in answers.items()}, **register}
    found = outline(checklist, codes)
    stop = next((one for one in checklist.stops if one.id == found.stopped), None)
    asked = within_reach(found, answers.keys(), register)
    steps: list[Step] = []
    number = 0
    for theme, candidates in _parts(checklist):
        questions = []
        for one in candidates:
            if one.id in asked:
                number += 1
                kept = answers.get(one.id)
                questions.append(Question(number=number, asked=one, theme=theme, kept=kept))
        if questions:
            steps.append(Step(theme=theme, questions=tuple(questions)))
    return Walkthrough(
        checklist=checklist,
        register=register,
        steps=tuple(steps),
        stop=stop,
        rests_on=frozenset(found.applies) if stop else frozenset(),
        contradictions=tuple(one for one in checklist.contradictions if one.id in found.contradictions),
    )


def within_reach(found: Outline, answered: Set[str], register: Mapping[str, str]) -> frozenset[str]:
    """Return the ids of what a reviewer is asked in a case; where a stop holds, of what was answered.

    Parameters
    ----------
    answered
        Ids of the facts and items that have an answer.
    register
        The facts that the register gives: shown, not asked.
    """
    shown = frozenset(found.applies) if found.stopped is None else found.visible & answered
    return shown.difference(register)


def _parts(checklist: Checklist) -> Iterator[tuple[Theme | None, Sequence[Fact | Item]]]:
    yield None, checklist.facts
    for theme in checklist.themes:
        yield theme, theme.items


def takes_note(asked: Fact | Item, code: str) -> bool:
    """Return whether this answer needs a note."""
    if isinstance(asked, Fact):
        return False
    chosen = asked.answer(code)
    meaning = chosen.meaning if chosen else ""
    critical = asked.severity == "critical" and meaning == REASON_WHEN_CRITICAL
    return code in asked.note_required_at or meaning == REASON_ALWAYS or critical


def takes_reference(asked: Fact | Item, code: str) -> bool:
    """Return whether this answer needs a reference to the journal."""
    return isinstance(asked, Item) and code in asked.journal_reference_required_at


def lacking(asked: Fact | Item, answer: Answer) -> tuple[Problem, ...]:
    """Return what an answer that may be kept still needs before the review can be finished."""
    if not answer.value:
        return (Problem("answer-missing", column="value"),)
    problems = []
    if takes_note(asked, answer.value) and not answer.note.strip():
        problems.append(Problem(_note_code(asked, answer.value), column="note"))
    if takes_reference(asked, answer.value) and not answer.journal_reference.strip():
        problems.append(Problem("journal-reference-missing", column="journal_reference"))
    return tuple(problems)


def prepared(question: "Question", answer: Answer) -> Answer:
    """Return an answer as it is kept, without blanks around its texts.

    Raises
    ------
    ProblemsFound
        As `check_keepable`.
    """
    tidied = replace(answer, note=answer.note.strip(), journal_reference=answer.journal_reference.strip())
    check_keepable(question.asked, tidied)
    return tidied


def is_kept(question: "Question", answer: Answer) -> bool:
    """Return whether an answer is what is stored already, as it is where the same is sent twice.

    What else was sent under the same key is another answer, and never taken for stored.
    """
    return question.answer == answer


def check_keepable(asked: Fact | Item, answer: Answer) -> None:
    """Refuse what is never kept: a code that is not offered, a text that is too long or holds a CPR number.

    Raises
    ------
    ProblemsFound
        With all problems; ``column`` names the field.
    """
    problems = []
    if answer.value and answer.value not in asked.offered:
        problems.append(Problem("answer-code-unknown", column="value"))
    problems += text_problems(answer.note, column="note", limit=NOTE_LIMIT)
    problems += text_problems(answer.journal_reference, column="journal_reference", limit=REFERENCE_LIMIT)
    if problems:
        raise ProblemsFound(problems)


def check_obstacle(reason: str, note: str) -> ObstacleReason:
    """Return the reason that a reviewer gave.

    Raises
    ------
    ProblemsFound
        If it is none, or its note is missing or cannot be kept; ``column`` names the field.
    """
    problems = text_problems(note, column="note", limit=NOTE_LIMIT)
    if reason not in set(ObstacleReason):
        problems.insert(0, Problem("obstacle-reason-missing", column="reason"))
    elif reason == ObstacleReason.OTHER and not note.strip():
        problems.append(Problem("obstacle-note-missing", column="note"))
    if problems:
        raise ProblemsFound(problems)
    return ObstacleReason(reason)


def _note_code(asked: Fact | Item, code: str) -> str:
    chosen = asked.answer(code) if isinstance(asked, Item) else None
    special = {
        "cannot_assess": "reason-missing-cannot-assess",
        "not_applicable": "reason-missing-not-applicable",
    }
    return special.get(chosen.meaning if chosen else "", "note-missing")
