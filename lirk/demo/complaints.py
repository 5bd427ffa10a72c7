"""What the demonstration holds of a year, all made up: complaint figures of every centre, and what was done."""

from datetime import datetime
from random import Random

from lirk.domain.people import Person
from lirk.domain.years import YearlyText
from lirk.services import years
from lirk.storage.store import Store
from lirk.wording import Wording
from lirk.wording.catalogue import N_

DONE = (
    N_("Skabelonen til afslag spørger nu efter det, der var vigtigst for afgørelsen."),
    N_("Alle teams har gennemgået partshøring på et møde med hver to af deres egne sager."),
)


def write_year(store: Store, coordinator: Person, words: Wording, *, now: datetime) -> None:
    """Enter the figures of every centre for the year in which this is done, and what was done in it."""
    year = now.year
    for one in years.centres_to_enter(store, coordinator, year, now=now).lines:
        figures = {name: str(count) for name, count in _made_up(f"{year}/{one.centre}").items()}
        years.enter_figures(store, coordinator, year, one.address, figures, version=0, now=now)
    done = "\n".join(map(words.text, DONE))
    years.write_text(store, coordinator, year, YearlyText(done=done), now=now)


def _made_up(seed: str) -> dict[str, int]:
    """Return figures as a centre may have them: three of four decided complaints upheld, few of them late."""
    chance = Random(seed)  # noqa: S311 - made up, and repeatable
    received = chance.randint(14, 40)
    changed_by_centre = received * chance.randint(10, 25) // 100
    sent_on = received - changed_by_centre - chance.randint(1, 4)
    decided = sent_on - chance.randint(0, 3)
    remitted, changed, annulled = (
        decided * chance.randint(8, 18) // 100,
        chance.randint(0, 3),
        chance.randint(0, 1),
    )
    return {
        "received": received,
        "changed_by_centre": changed_by_centre,
        "sent_on": sent_on,
        "sent_on_late": chance.randint(0, 3),
        "upheld": decided - remitted - changed - annulled,
        "changed": changed,
        "annulled": annulled,
        "remitted": remitted,
        "dismissed": chance.randint(0, 3),
    }
