"""What the demonstration holds of places: a spot check that is finished, and a self-assessment half-way."""

from datetime import datetime

from lirk.domain.people import Person
from lirk.domain.place_forms import PlaceForm
from lirk.domain.reviews import Answer
from lirk.services import place_forms, reports, self_assessments
from lirk.storage.store import Store
from lirk.wording import Wording
from lirk.wording.catalogue import N_

CHECKLIST = "data-tilsyn-paa-stedet"
PLACE = N_("Rådhuset, 2. sal")
#: What was not in order; everything else has its first answer.
FOUND = {
    "screens-locked": ("partly", N_("En skærm stod åben, men viste intet om personer.")),
    "prints-collected": ("not_met", N_("To breve lå i bakken fra dagen før.")),
}
NUMBERS = ("8", "6", "9")
WISH = N_("Vi vil se efter igen om tre måneder.")


def check_a_place(store: Store, actor: Person, words: Wording, *, now: datetime) -> None:
    """Let a contact person check a place of the own centre, and finish."""
    form = place_forms.begin(
        store,
        actor,
        centre=next(iter(actor.centres)),
        place=words.text(PLACE),
        checklist_id=CHECKLIST,
        now=now,
    )
    while missing := place_forms.open_form(store, actor, form.id).walk.open_questions:
        asked = missing[0]
        value, note = FOUND.get(asked.id, (asked.asked.offered[0], ""))
        answer = Answer(item_id=asked.id, value=value, note=words.text(note) if note else "")
        place_forms.save_answer(store, actor, form.id, asked.id, answer, version=0, now=now)
    place_forms.finish(store, actor, form.id, now=now)


def read_report(store: Store, actor: Person, key: str, *, now: datetime) -> None:
    """Let a leader have seen the report of a closed round, from before there were self-assessments."""
    address = _address(store, actor, key)
    if address is not None:
        self_assessments.open_report(store, actor, key, address, now=now)


def assess_half(store: Store, actor: Person, key: str, words: Wording, *, now: datetime) -> PlaceForm | None:
    """Let a leader begin the self-assessment of a round; None where the own centre is not in it."""
    address = _address(store, actor, key)
    if address is None:
        return None
    form = self_assessments.begin(store, actor, key, address, now=now)
    questions = place_forms.open_form(store, actor, form.id).walk.questions
    for asked, number in zip(questions, NUMBERS, strict=False):
        answer = Answer(item_id=asked.id, value=number, note=words.text(WISH))
        place_forms.save_answer(store, actor, form.id, asked.id, answer, version=0, now=now)
    return form


def _address(store: Store, actor: Person, key: str) -> str | None:
    addresses = reports.report_addresses(store, store.rounds.by_key(key))
    return addresses.get(next(iter(actor.centres)))
