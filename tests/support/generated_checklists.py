"""Checklists of every shape that the language allows, for properties."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from checklists.conditions import Answered, AtLeast, Is, IsNot, applies
from checklists.logic import AllOf, AnyOf, Negated, Single
from checklists.model import (
    KINDS_OF_CHANGE,
    MEANINGS,
    NOT_APPLICABLE_POLICIES,
    RULES,
    SEVERITIES,
    SUBJECTS,
    CentrePass,
    Checklist,
    Contradiction,
    Fact,
    FactValue,
    FollowUp,
    Item,
    PartChange,
    Reference,
    Scale,
    ScaleAnswer,
    Stop,
    Text,
    Theme,
    Verdict,
)
from checklists.scales import SHIPPED
from checklists.verdicts import Count, PointsAtLeast, ThemeIs

NASTY = (
    '"', '""', '"""', "'''", "\\", '\\"', '"\\', '\\"""', "\\u0041", "\n", "\r\n", "\r", "\t", "\x00", "\x1b[2J",
    "\x7f", "\x85", "\u2028", "\ufeff", "æøå", "Æ", "🙂", "a\u0301", "#", "[[themes]]", 'id = "x"', "{ da = ", "}",
    "\n\n", "\n[[facts]]\n", " ", "§ 19, stk. 1", "»«",
)  # fmt: skip
words = (
    st.lists(st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=4), max_size=3)
    .map(lambda parts: "".join(parts).strip())
    .filter(bool)
)  # fmt: skip
texts = st.builds(Text, words, words | st.just(""))
optional_texts = st.just(Text()) | st.just(Text()) | texts
days = st.dates(date(1, 1, 2))


def amounts(high):
    """Exact numbers from 0 to ``high`` with at most six decimals."""
    return st.integers(0, high * 10**6).map(lambda number: Fraction(number, 10**6)) | st.sampled_from(
        [Fraction(0), Fraction(1), Fraction(1, 2), Fraction(high)]
    )


def some_of(choices, least=0):
    """Some of the choices, each once, in any order."""
    return st.lists(st.sampled_from(choices), min_size=least, max_size=4, unique=True).map(tuple)


references = st.builds(
    Reference,
    text=texts,
    status_date=days,
    source=words,
    verified=st.booleans(),
    act=st.sampled_from(["", "fvl"]),
    paragraph=words | st.just(""),
    subsection=words | st.just(""),
    number=words | st.just(""),
    checked_by=words | st.just(""),
    checked_on=st.none() | days,
)


@st.composite
def scales(draw, name):
    """A scale of a checklist's own."""
    best = ScaleAnswer("good", "positive", draw(amounts(1000).filter(bool)), draw(texts))
    others = draw(st.lists(st.sampled_from(MEANINGS), max_size=4))
    answers = [best]
    for place, meaning in enumerate(others):
        points = None
        if meaning in {"positive", "partial", "negative"} or (meaning == "none" and draw(st.booleans())):
            points = draw(amounts(1000))
        answers.append(ScaleAnswer(f"{place}-a_{place}", meaning, points, draw(texts)))
    return Scale(name, tuple(draw(st.permutations(answers))))


@st.composite
def trees(draw, leaf, depth=2):
    """All, any and not over leaves."""
    if depth == 0 or draw(st.booleans()):
        return Single(draw(leaf))
    if draw(st.booleans()):
        return Negated(draw(trees(leaf, depth - 1)))
    parts = tuple(draw(st.lists(trees(leaf, depth - 1), min_size=1, max_size=3)))
    return AllOf(parts) if draw(st.booleans()) else AnyOf(parts)


@st.composite
def tests_of(draw, questions):
    """A test on one of the questions."""
    asked = draw(st.sampled_from(questions))
    scored = [one for one in getattr(asked, "answers", ()) if one.points is not None]
    form = draw(st.sampled_from(["is", "is_not", "answered", *(["at_least"] if scored else [])]))
    if form == "answered":
        return Answered(asked.id)
    if form == "at_least":
        least = draw(st.sampled_from(scored))
        return AtLeast(asked.id, least.code, tuple(o.code for o in scored if o.points >= least.points))
    codes = draw(some_of(asked.offered, least=1))
    return Is(asked.id, codes) if form == "is" else IsNot(asked.id, codes)


@st.composite
def conditions(draw, questions):
    """A condition on the questions, or none."""
    return draw(st.none() | trees(tests_of(questions))) if questions else None


def ending(questions):
    """A condition on the questions that does not hold before anything is answered."""
    return trees(tests_of(questions)).filter(lambda condition: not applies(condition, {}))


@st.composite
def changes(draw, version):
    """What was changed in which versions, oldest first."""
    versions = draw(st.sets(st.integers(1, version), max_size=3))
    return tuple(
        PartChange(version=one, kind=draw(st.sampled_from(KINDS_OF_CHANGE)), reason=draw(words | st.just("")))
        for one in sorted(versions)
    )


@st.composite
def facts(draw, fact_id, before, version):
    """A fact that may ask for those before it."""
    codes = draw(some_of(["yes", "no", "1-a", "full-grant"], least=1))
    return Fact(
        id=fact_id,
        question=draw(texts),
        values=tuple(FactValue(code, draw(texts)) for code in codes),
        guidance=draw(optional_texts),
        from_register=draw(st.booleans()),
        applies_when=draw(conditions(before)),
        changes=draw(changes(version)),
    )


@st.composite
def items(draw, item_id, own, before, version):
    """An item that may ask for those before it."""
    scale = draw(st.sampled_from([*SHIPPED.values(), *own]))
    best = max(scale.answers, key=lambda answer: answer.points or 0)
    chosen = {best.code, *draw(some_of(scale.codes))}
    answers = [one for one in scale.answers if one.code in chosen or draw(st.booleans())]
    answers = tuple(
        replace(one, points=draw(amounts(1000).filter(bool)))
        if one.meaning not in {"not_applicable", "cannot_assess"} and draw(st.integers(0, 5)) == 0
        else one
        for one in answers
    )
    codes = [one.code for one in answers]
    return Item(
        id=item_id,
        question=draw(texts),
        severity=draw(st.sampled_from(SEVERITIES)),
        rule=draw(st.sampled_from(RULES)),
        weight=draw(amounts(1000).filter(bool)),
        core=draw(st.booleans()) if not before else before[-1].core if hasattr(before[-1], "core") else True,
        scale=scale,
        answers=answers,
        guidance=draw(optional_texts),
        good_example=draw(optional_texts),
        bad_example=draw(optional_texts),
        recommendation=draw(optional_texts),
        note_required_at=draw(some_of(codes)),
        journal_reference_required_at=draw(some_of(codes)),
        applies_when=draw(conditions(before)),
        references=tuple(draw(st.lists(references, max_size=2))),
        cannot_assess=draw(st.sampled_from([None, "out", "negative"])),
        without_law=draw(optional_texts),
        changes=draw(changes(version)),
    )


@st.composite
def counts(draw, themes):
    """A count of items."""
    low, high = draw(st.integers(0, 20)), draw(st.none() | st.integers(20, 30))
    form = draw(st.sampled_from(["", "all_that_apply", "or_all"]))
    return Count(
        meanings=draw(some_of(MEANINGS)),
        severities=draw(some_of(SEVERITIES)),
        themes=draw(some_of([theme.id for theme in themes])),
        items=draw(some_of([item.id for theme in themes for item in theme.items])),
        at_least=0 if form == "all_that_apply" else low,
        at_most=None if form else high,
        all_that_apply=form == "all_that_apply",
        or_all=form == "or_all",
    )


@st.composite
def verdicts(draw, tests):
    """Verdict rules, the last for the rest; none positive, so that no breach is averaged away."""
    rules = [*draw(st.lists(trees(tests), max_size=2)), None]
    return tuple(
        Verdict(id=f"verdict-{place}", title=draw(texts), when=rule) for place, rule in enumerate(rules)
    )


@st.composite
def themed(draw, themes):
    """A theme's own pass mark and verdicts."""
    made = []
    for theme in themes:
        own = counts([theme]) | amounts(100).map(PointsAtLeast)
        made.append(
            replace(
                theme,
                pass_mark=draw(st.none() | amounts(100)),
                verdicts=draw(st.just(()) | verdicts(own)),
            )
        )
    return tuple(made)


@st.composite
def checklists(draw):
    """A checklist with any parts."""
    version = draw(st.integers(1, 9))
    own = tuple(draw(scales(f"scale-{number}")) for number in range(draw(st.integers(0, 2))))
    questions, asked = [], []
    for number in range(draw(st.integers(0, 2))):
        asked.append(draw(facts(f"fact-{number}", questions, version)))
        questions.append(asked[-1])
    themes = []
    for place in range(draw(st.integers(1, 2))):
        condition = draw(conditions(list(questions)))
        row = []
        for number in range(draw(st.integers(1, 2))):
            row.append(draw(items(f"item-{place}-{number}", own, list(questions), version)))
            questions.append(row[-1])
        themes.append(Theme(id=f"theme-{place}", title=draw(texts), items=tuple(row), applies_when=condition))
    themes = draw(themed(_following(draw, themes)))
    policy = draw(st.sampled_from(NOT_APPLICABLE_POLICIES))
    named = [_theme_is(theme) for theme in themes if theme.verdicts]
    return Checklist(
        id=draw(st.sampled_from(["a", "small-one", "2-x"])),
        version=version,
        subject=draw(st.sampled_from(SUBJECTS)),
        status_date=draw(days),
        title=draw(texts),
        not_applicable=policy,
        cannot_assess=draw(st.sampled_from(["out", "negative"])),
        themes=themes,
        verdicts=draw(verdicts(st.one_of(counts(themes), amounts(100).map(PointsAtLeast), *named))),
        facts=tuple(asked),
        purpose=draw(optional_texts),
        responsible=draw(optional_texts),
        target=draw(amounts(100)) if policy == "target" else None,
        scales=own,
        contradictions=_contradictions(draw, questions),
        stops=_stops(draw, questions),
        centre=draw(st.none() | st.builds(CentrePass, mark=amounts(100), decided=texts)),
    )


def _theme_is(theme):
    ids = [*(verdict.id for verdict in theme.verdicts), "not_applicable"]
    return some_of(ids, least=1).map(lambda chosen: ThemeIs(theme.id, chosen))


def _following(draw, themes):
    """Let the first item of all be followed by the last, after one of its answers, now and then."""
    first, last = themes[0].items[0], themes[-1].items[-1]
    if first.id == last.id or draw(st.booleans()):
        return themes
    code = draw(st.sampled_from(first.offered))
    first = replace(first, follow_ups=(FollowUp(code, (last.id,)),))
    return [replace(themes[0], items=(first, *themes[0].items[1:])), *themes[1:]]


def _contradictions(draw, questions):
    rules = draw(st.lists(ending(questions), max_size=2))
    return tuple(
        Contradiction(id=f"contradiction-{place}", message=draw(texts), refuse_when=rule)
        for place, rule in enumerate(rules)
    )


def _stops(draw, questions):
    rules = draw(st.lists(ending(questions), max_size=1))
    return tuple(
        Stop(id=f"stop-{place}", title=draw(texts), stop_when=rule) for place, rule in enumerate(rules)
    )
