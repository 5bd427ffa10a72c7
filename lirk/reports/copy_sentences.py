"""The sentences and rows of a copy for others, the same on paper and page."""

from lirk.domain.copies import CentreCopy, CopiedChecklist, CopiedItem, CopiedTheme
from lirk.domain.reports import CaseResult
from lirk.domain.small_numbers import Said
from lirk.reports.markup import Markup
from lirk.reports.phrases import sentence
from lirk.reports.voice import Voice
from lirk.wording import Wording
from lirk.wording.copies import CELLS
from lirk.wording.reports import MADE_UP, RESULTS


def marks(copy: CentreCopy, words: Wording) -> str:
    """Return what stands everywhere: a copy, of a draft or of which version, and what is made up."""
    parts = [words.text("Kopi til andre")]
    if copy.draft:
        parts.append(words.text("Udkast"))
    if copy.version:
        parts.append(words.text("Rapportens version {version}", version=str(copy.version)))
    if copy.made_up:
        parts.append(words.text(MADE_UP[copy.made_up]))
    return " · ".join(parts)


def purpose(copy: CentreCopy, voice: Voice) -> list[Markup]:
    """Return what the copy is, and what it must not be used for."""
    return [
        voice.say.text(
            "Kopien er lavet af rapporten for {centre} til læsere uden for centret. Den viser, hvad der blev svaret "
            "på hvert punkt, men ikke de små antal.",
            centre=copy.centre,
        ),
        voice.say.text(
            "Tallene er en stikprøve. De kan ikke bruges til at sammenligne centre eller medarbejdere."
        ),
    ]


def hiding(voice: Voice) -> list[Markup]:
    """Return what is hidden, and why, a point each."""
    say = voice.say
    return [
        say.text("Et antal fra 1 til 4 står som »under 5«."),
        say.text(
            "Så står de andre antal på punktet som »skjult«, for ellers kunne det lille regnes ud. Er der få sager, "
            "er hele punktet skjult."
        ),
        say.text(
            "Et kritisk punkt, der er besvaret med nej i nogen sag eller har et lille antal, er helt skjult: Uden for "
            "centret nævnes det ikke, hvor mange afgørelser der ikke kan stå."
        ),
        say.text(
            "Antal for hele temaer, kritiske brud, andele, grænser og samlede resultater er ikke med: De kunne røbe de "
            "små antal."
        ),
        say.text(
            "Tekster, noter og svar fra centret er ikke med. Sager står med løbenummer og måned, uden dato, udfald og "
            "status."
        ),
        say.text("Sager, der ikke kunne findes eller åbnes, er ikke talt med."),
    ]


def read_line(copy: CentreCopy, checklist: CopiedChecklist, voice: Voice) -> Markup:
    """Return how many cases are behind each row."""
    return voice.say.plural(
        "{count} gennemgået sag af {population} i registret. Den er talt med på hvert punkt.",
        "{count} gennemgåede sager af {population} i registret. De er alle talt med på hvert punkt.",
        checklist.read,
        population=copy.population,
    )


def item_head(words: Wording) -> list[str]:
    """Return the columns' names: number, item, each answer."""
    return [words.text("Nr."), words.text("Punkt"), *(words.text(RESULTS[result]) for result in CaseResult)]


def item_rows(theme: CopiedTheme, words: Wording) -> list[list[str]]:
    """Return a row for each item of a theme, in checklist order."""
    return [
        [item.number, sentence(item.question), *(cell_text(cell, words) for cell in item.cells)]
        for item in theme.items
    ]


def cell_text(cell: Said, words: Wording) -> str:
    """Return a count, or the words in its place."""
    return words.number(cell) if isinstance(cell, int) else words.text(CELLS[cell])


def law_text(item: CopiedItem) -> str:
    """Return the references of an item."""
    return "; ".join(item.references)


def case_head(words: Wording) -> list[str]:
    """Return the columns' names of the drawn cases."""
    return [words.text("Nr."), words.text("Afgjort")]


def case_rows(copy: CentreCopy, words: Wording) -> list[list[str]]:
    """Return a row for each drawn case, by running number."""
    return [
        [words.number(case.number), words.month(case.month) if case.month else "–"] for case in copy.cases
    ]
