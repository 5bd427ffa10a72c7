"""What is said of the meeting at which a section reads its report: who took part by their office, never by name."""

from lirk.domain.meetings import Meeting
from lirk.reports.markup import Markup
from lirk.reports.phrases import sentence
from lirk.reports.voice import Voice
from lirk.wording import Wording
from lirk.wording.meetings import GROUPS


def purpose(voice: Voice) -> Markup:
    """Return what the meeting is for."""
    return voice.say.text(
        "Læs rapporten sammen: leder, tillidsrepræsentant, arbejdsmiljørepræsentant og medarbejdere. Vælg ét til tre "
        "tiltag, hver med en ansvarlig, en dato og det punkt, der skal flytte sig. Skriv roller, aldrig navne."
    )


def took_part(meeting: Meeting, words: Wording) -> str:
    """Return the groups that took part: ``Leder, tillidsrepræsentant (TR) og 12 medarbejdere``."""
    groups = [words.text(GROUPS[group]) for group in meeting.groups]
    staff = (
        [words.plural("{count} medarbejder", "{count} medarbejdere", meeting.staff)] if meeting.staff else []
    )
    return sentence(words.listing([*groups, *staff]))


def lines(text: str) -> tuple[str, ...]:
    """Return the lines of what was written; a dash where nothing was."""
    return tuple(line for line in text.splitlines() if line.strip()) or ("–",)
