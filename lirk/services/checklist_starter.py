"""The file that a new checklist begins with: one theme, one item, the usual verdicts."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from checklists.logic import AnyOf, Single
from checklists.model import Checklist, Item, Text, Theme, Verdict
from checklists.scales import SHIPPED, USUAL, usual_notes
from checklists.verdicts import Count
from checklists.write import to_toml
from lirk.services.checklists import parse

#: A critical breach first, then what is to be corrected, then what nobody can tell, then all the rest.
USUAL_VERDICTS = (
    Verdict(
        id="critical-breach",
        title=Text("Kritisk brud", "Critical breach"),
        when=Single(Count(meanings=("negative",), severities=("critical",), at_least=1)),
    ),
    Verdict(
        id="errors",
        title=Text("Fejl, der skal rettes", "Errors to correct"),
        when=Single(Count(meanings=("negative", "partial"), at_least=1)),
    ),
    Verdict(
        id="not-assessable",
        title=Text("Kan ikke vurderes", "Cannot be assessed"),
        when=AnyOf(
            (
                Single(Count(meanings=("cannot_assess",), severities=("critical",), at_least=1)),
                Single(Count(meanings=("positive",), at_most=0)),
            )
        ),
    ),
    Verdict(id="in-order", title=Text("I orden", "In order"), positive=True),
)


def starter(checklist_id: str, title: str, subject: str, *, today: date) -> str:
    """Return the text of a checklist that can be used at once, and that is there to be written over.

    Parameters
    ----------
    checklist_id
        Small letters, digits and single hyphens.
    title
        In Danish; the id stands in for an empty one.
    subject
        One of `checklists.model.SUBJECTS`.

    Raises
    ------
    ProblemsFound
        If the id or the title cannot be used.
    """
    checklist = Checklist(
        id=checklist_id,
        version=1,
        subject=subject,
        status_date=today,
        title=Text(title.strip() or checklist_id),
        not_applicable="drop",
        cannot_assess="out",
        themes=(Theme(id="letter", title=Text("Brevet", "The letter"), items=(_item(),)),),
        verdicts=USUAL_VERDICTS,
    )
    text = to_toml(checklist)
    parse(text)
    return text


def _item() -> Item:
    scale = SHIPPED[USUAL]
    item = Item(
        id="plain-language",
        question=Text("Er brevet til at forstå?", "Can the letter be understood?"),
        guidance=Text(
            "- **Ja:** Borgeren kan se, hvad der er afgjort og hvorfor.\n"
            "- **Delvist:** Afgørelsen er klar, men begrundelsen er svær at følge.\n"
            "- **Nej:** Man skal kende loven for at forstå brevet.",
            "- **Yes:** The citizen can see what was decided, and why.\n"
            "- **Partly:** The decision is clear, but the reasons are hard to follow.\n"
            "- **No:** One must know the law to understand the letter.",
        ),
        recommendation=Text(
            "Skriv skabelonen om i korte sætninger.", "Rewrite the template in short sentences."
        ),
        severity="minor",
        rule="good-practice",
        weight=Fraction(1),
        core=True,
        scale=scale,
        answers=scale.answers,
    )
    return replace(item, note_required_at=usual_notes(item.answers, item.severity))
