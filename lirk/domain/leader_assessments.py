"""A leader's self-assessment in the own centre's report: what was answered, and the result that stands beside it."""

from collections.abc import Iterator

from checklists.model import Item
from lirk.domain.assessed_items import AssessedItem, LeaderAssessment
from lirk.domain.place_forms import PlaceForm
from lirk.domain.reports import CentreReport, ItemResult, ThemeResult
from lirk.domain.reviewing import Walkthrough


def assessed(form: PlaceForm, walk: Walkthrough, language: str) -> LeaderAssessment | None:
    """Return what a leader answered, or None where the form is not finished.

    Notes are left out: they were written for the leader, and the report has other readers.
    """
    if form.finished_at is None or not form.assesses:
        return None
    items = tuple(
        AssessedItem(
            item_id=question.id,
            theme_id=step.theme.id if step.theme else "",
            theme=step.theme.title.in_(language) if step.theme else "",
            question=question.asked.question.in_(language),
            answer=_answer(question.asked, question.answer.value, language),
        )
        for step in walk.steps
        for question in step.questions
        if question.answer.value and isinstance(question.asked, Item)
    )
    return LeaderAssessment(
        checklist_id=form.checklist_id,
        title=walk.checklist.title.in_(language),
        version=form.checklist_version,
        finished_on=form.finished_at.date(),
        items=items,
    )


def beside(report: CentreReport, answered: AssessedItem) -> tuple[ItemResult | ThemeResult, ...]:
    """Return the results that stand beside an answer: of the item of the same id, or else of the theme."""
    items = tuple(
        item for theme in _themes(report) for item in theme.items if item.item_id == answered.item_id
    )
    themes = (theme for theme in _themes(report) if theme.theme_id == answered.theme_id and theme.scored)
    return items or tuple(themes)


def _themes(report: CentreReport) -> Iterator[ThemeResult]:
    for checklist in report.checklists:
        yield from checklist.themes


def _answer(item: Item, code: str, language: str) -> str:
    """Return an answer in words; a number with the ends of its scale."""
    chosen = item.answer(code)
    text = chosen.text.in_(language) if chosen else code
    numbers = [answer.code for answer in item.answers if answer.code.isdecimal()]
    return f"{text} ({numbers[0]}–{numbers[-1]})" if code in numbers else text
