"""checklists/try.html, try_item.html and try_summary.html: a review of which nothing is kept.

What was answered so far travels in a hidden field of each form, and never in an address.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import msgspec

from checklists.model import Checklist
from checklists.score import CaseScore, ThemeScore
from lirk.domain.item_sets import ItemSet
from lirk.domain.people import Preferences
from lirk.domain.reviewing import (
    NOTE_LIMIT,
    REFERENCE_LIMIT,
    Question,
    takes_note,
    takes_reference,
)
from lirk.domain.reviews import Answer
from lirk.services.checklist_trials import Missing, OldCase, OldRound, Trial, unanswered
from lirk.wording import N_, Wording
from lirk.wording.reports import CANNOT_ASSESS_POLICIES, NOT_APPLICABLE_POLICIES
from web.forms import FieldsUnknown
from web.pages.answering import answer_label, choices_of, needed_at
from web.pages.checklist_changes import exact
from web.pages.checklist_workflow import VersionHead
from web.pages.checklists import address
from web.pages.reviews import (
    Guidance,
    register_rows,
    theme_title,
)
from web.pages.steps import Way, step_lines

#: Where no question is shown, but what the answers come to.
SUMMARY = "summary"
#: Nothing of a trial is remembered, the reviewer's own habits neither.
HABITS = Preferences(shortcuts=False, guidance_open=True)

RESULTS = {
    "yes": N_("ja"),
    "partly": N_("delvist"),
    "no": N_("nej"),
    "not_applicable": N_("ikke relevant"),
    "cannot_assess": N_("kan ikke vurderes"),
    "incomplete": N_("ikke besvaret helt"),
    "none": N_("uden vurdering"),
}
BUILT_IN_VERDICTS = {
    "incomplete": N_("Ikke besvaret helt"),
    "not_applicable": N_("Ikke relevant"),
    "contradictory": N_("Svarene modsiger hinanden"),
}
SETS = {
    ItemSet.CORE: N_("Kun kernen"),
    ItemSet.FULL: N_("Alle punkter"),
}
WHY_MISSING = {
    Missing.NEW: N_("punktet er nyt"),
    Missing.MEANING: N_("punktet har fået en ny mening"),
    Missing.ANSWER: N_("svaret fra dengang tilbydes ikke mere"),
    Missing.NOT_ASKED: N_("der blev ikke svaret på det dengang"),
}


class _Kept(msgspec.Struct, forbid_unknown_fields=True):
    items: ItemSet
    facts: dict[str, str]
    answers: dict[str, tuple[str, str, str, bool]]
    old: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialState:
    """All that a trial knows: which items are asked, the register's facts, the answers so far.

    ``old`` is the round and the running number of the case whose answers it began with.
    """

    items: ItemSet = ItemSet.FULL
    facts: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    old: tuple[str, int] | None = None

    @classmethod
    def read(cls, text: str) -> "TrialState":
        """Return what a form brought.

        Raises
        ------
        FieldsUnknown
            If that is nothing of ours.
        """
        try:
            kept = msgspec.json.decode(text, type=_Kept)
        except msgspec.DecodeError:
            raise FieldsUnknown from None
        answers = {
            name: Answer(item_id=name, value=value, note=note, journal_reference=reference, in_doubt=doubt)
            for name, (value, note, reference, doubt) in kept.answers.items()
        }
        return cls(items=kept.items, facts=kept.facts, answers=answers, old=kept.old)

    def written(self) -> str:
        """Return it as a form carries it on."""
        answers = {
            name: (one.value, one.note, one.journal_reference, one.in_doubt)
            for name, one in self.answers.items()
        }
        kept = _Kept(items=self.items, facts=dict(self.facts), answers=answers, old=self.old)
        return msgspec.json.encode(kept).decode()

    def answered(self, answer: Answer) -> "TrialState":
        """Return it with one answer given or replaced."""
        return replace(self, answers={**self.answers, answer.item_id: answer})

    @classmethod
    def of_case(cls, old: OldCase, items: ItemSet, checklist: Checklist, words: Wording) -> "TrialState":
        """Return what a trial begins with, with the answers of an old case; its notes stay where they are."""
        said = words.text("Svaret er fra den gamle gennemgang.")
        answers = {}
        for name, code in old.answers.items():
            asked = checklist.item(name) or checklist.fact(name)
            if asked is not None:
                note = said if takes_note(asked, code) else ""
                reference = said if takes_reference(asked, code) else ""
                answers[name] = Answer(item_id=name, value=code, note=note, journal_reference=reference)
        return cls(items=items, facts=old.facts, answers=answers, old=(old.key, old.number))


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialStep:
    """A step as the indicator shows it: a button, which carries the answers on."""

    text: str
    press: str
    state: str
    note: str
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TryPage:
    """The beginning of a trial."""

    head: VersionHead
    empty: bool
    sets: tuple[tuple[str, str, str], ...]
    items: str
    rounds: tuple[tuple[str, str], ...]
    sees_old: bool
    round: str
    number: str

    @classmethod
    def of(
        cls,
        trial: Trial,
        head: VersionHead,
        rounds: Sequence[OldRound],
        words: Wording,
        *,
        sees_old: bool,
        items: str = ItemSet.FULL.value,
        round_: str = "",
        number: str = "",
    ) -> "TryPage":
        """Return the page, with what was typed where that was refused."""
        whole = trial.version.checklist
        counts = {ItemSet.CORE: len(whole.core_set.items), ItemSet.FULL: len(whole.items)}
        return cls(
            head=head,
            empty=not whole.items,
            sets=tuple(
                (one.value, words.text(said), words.plural("{count} punkt", "{count} punkter", counts[one]))
                for one, said in SETS.items()
            )
            if trial.choice
            else (),
            items=items,
            rounds=(
                ("", words.text("Ingen: begynd forfra")),
                *((one.key, _round(one, words)) for one in rounds),
            )
            if rounds
            else (),
            sees_old=sees_old,
            round=round_,
            number=number,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialItemPage:
    """One question of a trial; the names are those of the page of a review, whose template it is shown with."""

    crumb: str
    version: str
    href: str
    kept_state: str
    shown: str
    checklist: str
    position: str
    theme: str
    title: str
    question: str
    steps: tuple[TrialStep, ...]
    guidance: Guidance
    choices: tuple[tuple[str, str], ...]
    given: Answer
    note_hint: str
    note_at: str
    reference_at: str
    reference_hint: str
    note_limit: int
    reference_limit: int
    kept: str
    lacking: tuple[str, ...]
    notices: tuple[str, ...]
    before: str
    register: tuple[tuple[str, str], ...]
    preferences: Preferences

    @classmethod
    def of(
        cls,
        trial: Trial,
        state: TrialState,
        question: Question,
        words: Wording,
        *,
        given: Answer | None = None,
        kept: str = "",
    ) -> "TrialItemPage":
        """Return the page of a question, with what was typed where that was refused."""
        asked, walk = question.asked, trial.walk
        note_at = [one for one in asked.offered if takes_note(asked, one)]
        reference_at = [one for one in asked.offered if takes_reference(asked, one)]
        text, position = asked.question.in_(words.language), _position(trial, question, words)
        before = walk.before(question.id)
        return cls(
            crumb=_crumb(trial, words),
            version=address(trial.version),
            href=f"{address(trial.version)}/try",
            kept_state=state.written(),
            shown=question.id,
            checklist=trial.checklist.title.in_(words.language),
            position=position,
            theme=theme_title(question.theme, words),
            title=f"{position}: {text}",
            question=text,
            steps=_steps(trial, words, at=question),
            guidance=Guidance.of(question.asked, trial.checklist, words),
            choices=tuple(choices_of(asked, words)),
            given=given or question.answer,
            note_hint=needed_at(N_("Krævet ved: {answers}."), asked, note_at, words),
            note_at=" ".join(note_at),
            reference_at=" ".join(reference_at),
            reference_hint=needed_at(N_("Krævet ved: {answers}."), asked, reference_at, words),
            note_limit=NOTE_LIMIT,
            reference_limit=REFERENCE_LIMIT,
            kept=kept,
            lacking=tuple(words.sentence(one) for one in question.lacking) if question.answer.value else (),
            notices=tuple(_notices(trial, question, words)),
            before=before.id if before else "",
            register=tuple(register_rows(walk, words)) if question.theme is None else (),
            preferences=HABITS,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """A question with its answer; ``press`` opens it again, ``missing`` says what it still needs."""

    question: str
    answer: str
    missing: str
    press: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialSummaryPage:
    """What the answers come to: ``results`` are rows of words, one column for each version."""

    crumb: str
    version: str
    href: str
    kept_state: str
    heading: str
    old: str
    steps: tuple[TrialStep, ...]
    stopped: str
    contradictions: tuple[tuple[str, tuple[AnswerLine, ...]], ...]
    missing: tuple[AnswerLine, ...]
    columns: tuple[str, ...]
    results: tuple[tuple[str, ...], ...]
    policies: tuple[str, ...]
    unanswered: tuple[tuple[str, str], ...]
    register: tuple[tuple[str, str], ...]
    themes: tuple[tuple[str, tuple[AnswerLine, ...]], ...]

    @classmethod
    def of(cls, trial: Trial, state: TrialState, old: OldCase | None, words: Wording) -> "TrialSummaryPage":
        """Return the page; ``old`` is the case whose answers the trial began with."""
        walk, version = trial.walk, str(trial.version.version)
        columns = [words.text("Version {version}, prøven", version=version)]
        results = [dict(_results(trial.checklist, trial.score, words))]
        if old is not None:
            before = str(old.checklist.version)
            columns.insert(0, words.text("Version {version}, runden", version=before))
            results.insert(0, dict(_results(old.checklist, old.score, words)))
        rows = dict.fromkeys([*results[-1], *results[0]])
        return cls(
            crumb=_crumb(trial, words),
            version=address(trial.version),
            href=f"{address(trial.version)}/try",
            kept_state=state.written(),
            heading=words.text("Det bliver resultatet"),
            old=""
            if old is None
            else words.text(
                "Begyndt med svarene fra prøvesag {number} i »{round}«.", number=old.number, round=old.title
            ),
            steps=_steps(trial, words, at=None),
            stopped=walk.stop.title.in_(words.language) if walk.stop else "",
            contradictions=tuple(
                (
                    one.message.in_(words.language),
                    tuple(_line(question, words) for question in walk.contradicted(one)),
                )
                for one in walk.contradictions
            ),
            missing=tuple(_line(one, words) for one in walk.open_questions),
            columns=tuple(columns),
            results=tuple((row, *(one.get(row, "–") for one in results)) for row in rows),
            policies=_policies(trial, words),
            unanswered=tuple(
                (question.asked.question.in_(words.language), words.text(WHY_MISSING[why]))
                for question, why in ([] if old is None else unanswered(trial, old))
            ),
            register=tuple(register_rows(walk, words)),
            themes=tuple(
                (theme_title(step.theme, words), tuple(_line(one, words) for one in step.questions))
                for step in walk.steps
            ),
        )


def _round(one: OldRound, words: Wording) -> str:
    return words.text("{title} (version {version})", title=one.title, version=str(one.version))


def _crumb(trial: Trial, words: Wording) -> str:
    return words.text(
        "{title}, version {version}",
        title=trial.version.title.in_(words.language),
        version=str(trial.version.version),
    )


def _position(trial: Trial, question: Question, words: Wording) -> str:
    return words.text("Punkt {number} af {count}", number=question.number, count=len(trial.walk.questions))


def _steps(trial: Trial, words: Wording, *, at: Question | None) -> tuple[TrialStep, ...]:
    way = Way(
        question=str,
        summary=SUMMARY,
        heading=partial(theme_title, words=words),
        end=words.text("Resultatet"),
        ready=words.text("Alt er besvaret"),
    )
    return tuple(
        TrialStep(text=line.text, press=line.href, state=line.state, note=line.note)
        for line in step_lines(trial.walk, way, words, at=at)
    )


def _notices(trial: Trial, question: Question, words: Wording) -> Iterator[str]:
    for one in trial.walk.contradictions_at(question.id):
        yield one.message.in_(words.language)
    if trial.walk.stop and question.id in trial.walk.rests_on:
        title = trial.walk.stop.title.in_(words.language)
        yield words.text("Gennemgangen slutter her: {title}.", title=title)


def _line(question: Question, words: Wording) -> AnswerLine:
    answer = question.answer
    missing = " ".join(words.sentence(one) for one in question.lacking) if answer.value else ""
    said = answer_label(question.asked, answer.value, words) if answer.value else words.text("Ikke besvaret")
    return AnswerLine(
        question=question.asked.question.in_(words.language),
        answer=said,
        missing=missing,
        press=question.id,
    )


def _results(checklist: Checklist, score: CaseScore, words: Wording) -> Iterator[tuple[str, str]]:
    verdict = checklist.verdict(score.verdict)
    built_in = words.text(BUILT_IN_VERDICTS[score.verdict]) if score.verdict in BUILT_IN_VERDICTS else "–"
    yield words.text("Konklusion"), built_in if verdict is None else verdict.title.in_(words.language)
    yield words.text("Point"), _points(score, words)
    yield words.text("Kritiske brud"), words.number(len(score.critical_breaches))
    for theme in checklist.themes:
        own = score.themes[theme.id]
        called = theme.verdict(own.verdict or "")
        said = [words.text(RESULTS[own.result]), _points(own, words)]
        if called is not None:
            said.append(called.title.in_(words.language))
        if own.passed is not None:
            said.append(words.text("bestået") if own.passed else words.text("ikke bestået"))
        yield theme.title.in_(words.language), ", ".join(said)


def _points(score: CaseScore | ThemeScore, words: Wording) -> str:
    if score.percent is None:
        return words.text("ingen point")
    return words.text(
        "{points} af {possible} point ({percent} %)",
        points=exact(score.points, words),
        possible=exact(score.possible, words),
        percent=words.number(float(score.percent)),
    )


def _policies(trial: Trial, words: Wording) -> tuple[str, ...]:
    checklist = trial.checklist
    return (
        words.text(NOT_APPLICABLE_POLICIES[checklist.not_applicable]),
        words.text(CANNOT_ASSESS_POLICIES[checklist.cannot_assess]),
    )
