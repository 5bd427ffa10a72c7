"""What was chosen in a form that was carried through sign-in, in the words of the page that it stood on."""

import re
from collections.abc import Mapping

from lirk.domain.people import Person
from lirk.errors import LirkError
from lirk.services import finishing, place_forms, reviewing
from lirk.storage.store import Store
from lirk.wording import N_, Wording
from lirk.wording.reviewing import OBSTACLE_REASONS
from web.pages.answering import choices_of

#: Addresses of forms with choices: an item of a review or of a place, and the two ways in which a review ends.
ITEM = re.compile(r"/(reviews|places)/(\d{1,9})/items/([^/?]+)")
FINISH = re.compile(r"/reviews/(\d{1,9})/finish")
OBSTACLE = re.compile(r"/reviews/\d+/obstacle")
#: Ticks, by the name of their field.
TICKS = {"in_doubt": N_("Jeg er i tvivl"), "urgent": N_("Der skal handles nu")}


def chosen_words(store: Store, actor: Person, path: str, words: Wording) -> Mapping[str, Mapping[str, str]]:
    """Return what the choices of the form at an address are called: by field, then by value.

    What is not known, or not this person's to see, is left out.
    """
    ticks = {name: {"yes": words.text(text)} for name, text in TICKS.items()}
    try:
        return {**ticks, **_choices(store, actor, path, words)}
    except LirkError:
        return ticks


def _choices(store: Store, actor: Person, path: str, words: Wording) -> Mapping[str, Mapping[str, str]]:
    if found := ITEM.fullmatch(path):
        kind, within, item = found.groups()
        page = reviewing.item_page if kind == "reviews" else place_forms.item_page
        return {"value": dict(choices_of(page(store, actor, int(within), item).question.asked, words))}
    if found := FINISH.fullmatch(path):
        offered = finishing.summary(store, actor, int(found[1])).judgements
        return {"judgement": {one.id: one.title.in_(words.language) for one in offered}}
    if OBSTACLE.fullmatch(path):
        return {"reason": {one.value: words.text(text) for one, text in OBSTACLE_REASONS.items()}}
    return {}
