"""The steps beside a question, and those of them that an answer has changed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2s

from checklists.model import Theme
from lirk.domain.reviewing import Question, State, Step, Walkthrough
from lirk.wording import N_, Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class StepMarks:
    """Questions of a step that have something in common: ``label`` says what, each is a number and an address."""

    label: str
    questions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """A step as the indicator shows it; ``marks`` are what is open or in doubt in it."""

    text: str
    href: str
    state: str
    note: str
    marks: tuple[StepMarks, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where the steps lead, and what they are called, for a case or for a form about a place.

    The last step has the heading ``end``, and the note ``ready`` once all is answered. ``marks``: whether the
    numbers of what is open and in doubt are links beside each step.
    """

    question: Callable[[str], str]
    summary: str
    heading: Callable[[Theme | None], str]
    end: str
    ready: str
    marks: bool = False


def step_lines(walk: Walkthrough, way: Way, words: Wording, *, at: Question | None) -> tuple[StepLine, ...]:
    """Return the steps, seen ``at`` a question, or from the summary (None), which is the last of them."""
    lines = [_line(step, way, words, at=at) for step in walk.steps]
    return (*lines, _end(walk, way, at=at))


def steps_mark(walk: Walkthrough) -> str:
    """Return what tells whether a page shows the steps of a walkthrough.

    It is made of the answers' versions, and of whether their doubts are settled, which makes no new version.
    """
    rests_on = [
        f"{one.asked.id} {kept.version} {kept.settled}" if (kept := one.kept) else one.asked.id
        for one in walk.questions
    ]
    return blake2s("\n".join(rests_on).encode(), digest_size=8).hexdigest()


def changed_lines(
    before: Walkthrough, after: Walkthrough, way: Way, words: Wording, *, at: Question
) -> Mapping[int, StepLine] | None:
    """Return the lines that are not as they were, by their places from 0; None where other steps are shown."""
    if [step.theme for step in before.steps] != [step.theme for step in after.steps]:
        return None
    changed = {}
    for place, (old, new) in enumerate(zip(before.steps, after.steps, strict=True)):
        if old is new:
            continue
        if _progress(old) != _progress(new):
            changed[place] = _line(new, way, words, at=at)
        elif _first(old) != _first(new) and (line := _line(new, way, words, at=at)).marks:
            # The numbers have moved, which shows only where some of them are links.
            changed[place] = line
    if before.complete != after.complete:
        changed[len(after.steps)] = _end(after, way, at=at)
    return changed


def _progress(step: Step) -> list[tuple[str, State, bool]]:
    """Return all that the line of a step rests on, but for the numbers of its questions."""
    return [(one.id, one.state, one.open_doubt) for one in step.questions]


def _first(step: Step) -> int:
    return step.questions[0].number


def _end(walk: Walkthrough, way: Way, *, at: Question | None) -> StepLine:
    note = way.ready if walk.complete else ""
    return StepLine(text=way.end, href=way.summary, state="todo" if at else "current", note=note)


def _line(step: Step, way: Way, words: Wording, *, at: Question | None) -> StepLine:
    missing = [one for one in step.questions if one.state is not State.ANSWERED]
    doubts = [one for one in step.questions if one.open_doubt] if way.marks else []
    count = len(step.questions)
    note = words.text("{done} af {total}", done=count - len(missing), total=count)
    if doubts:
        note = words.text("{progress}, {count} i tvivl", progress=note, count=len(doubts))
    here = at is not None and any(one.id == at.id for one in step.questions)
    # Of a step that is not begun, its own link says all.
    begun = here or len(missing) < count or any(one.state is State.LACKING for one in missing)
    return StepLine(
        text=way.heading(step.theme),
        href=way.question((missing or step.questions)[0].id),
        state="current" if here else "todo" if missing else "done",
        note=note,
        marks=tuple(_marks(missing if begun else [], doubts, way, words)) if way.marks else (),
    )


def _marks(missing: list[Question], doubts: list[Question], way: Way, words: Wording) -> Iterator[StepMarks]:
    for label, questions in ((N_("Mangler"), missing), (N_("I tvivl"), doubts)):
        if questions:
            links = ((words.number(one.number), way.question(one.id)) for one in questions)
            yield StepMarks(label=words.text(label), questions=tuple(links))
