"""Parts of a centre's report that are told to somebody else: what caseworkers can use, and the leader's own view."""

from dataclasses import dataclass

from markupsafe import Markup

from lirk.domain.reports import CentreReport
from lirk.reports import assessment_sentences, caseworker_sentences
from web.pages.voice import PageVoice, html, html_all


@dataclass(frozen=True, slots=True)
class LessonPart:
    """One finding as a caseworker reads it."""

    question: str
    told: tuple[tuple[Markup, tuple[Markup, ...]], ...]


@dataclass(frozen=True, slots=True)
class ProblemPart:
    """The findings of one theme; ``checklist`` stands above the first of each where there are several."""

    theme: str
    checklist: str
    lessons: tuple[LessonPart, ...]


@dataclass(frozen=True, slots=True)
class CaseworkerPart:
    """reports/_caseworkers.html; no counts and no cases."""

    title: Markup
    opening: tuple[Markup, ...]
    problems: tuple[ProblemPart, ...]

    @classmethod
    def of(cls, report: CentreReport, voice: PageVoice) -> "CaseworkerPart":
        """Return the part of a report."""
        return cls(
            html(caseworker_sentences.title(voice)),
            html_all(caseworker_sentences.opening(report, voice)),
            tuple(_problem(problem) for problem in caseworker_sentences.problems(report, voice)),
        )


def _problem(problem: caseworker_sentences.Problem) -> ProblemPart:
    lessons = (
        LessonPart(lesson.question, tuple((html(label), html_all(lines)) for label, lines in lesson.told))
        for lesson in problem.lessons
    )
    return ProblemPart(problem.theme, problem.checklist, tuple(lessons))


@dataclass(frozen=True, slots=True)
class AssessmentPart:
    """reports/_assessment.html: question, the leader's answer, and the result beside it."""

    title: Markup
    opening: Markup
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, report: CentreReport, voice: PageVoice) -> "AssessmentPart | None":
        """Return the part of a report, None where there is no finished self-assessment."""
        if report.assessment is None:
            return None
        rows = assessment_sentences.rows(report, report.assessment, voice)
        return cls(
            html(assessment_sentences.title(voice)),
            html(assessment_sentences.opening(report.assessment, voice)),
            tuple(assessment_sentences.head(voice)),
            tuple(map(tuple, rows)),
        )
