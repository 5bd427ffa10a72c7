"""The part for those who handle cases, which can be handed on alone."""

from collections.abc import Iterator
from itertools import chain, repeat

from reportlab.platypus import Flowable, KeepTogether

from lirk.domain.reports import CentreReport
from lirk.reports.caseworker_sentences import Lesson, Problem, opening, problems, title
from lirk.reports.desk import Desk
from lirk.reports.markup import Markup

#: The anchor of the chapter.
KEY = "caseworkers"


def caseworker_chapter(report: CentreReport, desk: Desk) -> list[Flowable]:
    """Return the part for caseworkers: problem, rule, what to do, examples; no counts and no cases."""
    parts = desk.chapter(KEY, title(desk)) + desk.prose(*desk.brief(opening(report, desk)))
    for problem in problems(report, desk):
        parts += _problem(problem, desk)
    return parts


def _problem(problem: Problem, desk: Desk) -> Iterator[Flowable]:
    heading = [desk.section_heading(problem.checklist)] if problem.checklist else []
    labels = chain([problem.theme], repeat(""))
    for label, lesson in zip(labels, problem.lessons, strict=False):
        yield KeepTogether([*heading, *desk.beside(label, *_lesson(lesson, desk))])
        heading = []


def _lesson(lesson: Lesson, desk: Desk) -> list[Flowable]:
    styles = desk.styles
    parts = [desk.heading(lesson.question, styles.question, 4)]
    for label, (first, *more) in lesson.told:
        parts.append(desk.paragraph(Markup.joined(" ", [Markup.strong(label), first]), styles.brief))
        parts += [desk.paragraph(line, styles.brief) for line in more]
    return parts
