"""A municipality whose places are checked: its people, a branching checklist of a place, and a round."""

from branching import BRANCHING
from small_round import CHECKLIST, KEY, Municipality, answers_to, under_way

from lirk.domain.people import Role
from lirk.domain.reviews import Answer
from lirk.services import checklist_versions, checklist_workflow, place_forms, self_assessments

SHIPPED, ASSESSMENT = "data-tilsyn-paa-stedet", "lederens-selvvurdering"
GUIDANCE = 'rule = "local"\nguidance = { da = "Se efter.", en = "Look." }'
#: A checklist of a place with a fact, a follow-up, a contradiction and a stop.
WALK = (
    BRANCHING.replace('id = "breve"', 'id = "rundgang"')
    .replace('subject = "case"', 'subject = "place"')
    .replace("from_register = true\n", "")
    .replace('rule = "order"', GUIDANCE)
    .replace('rule = "guarantee"', GUIDANCE)
)
#: Who may do what in Center Nord, and one of each from Center Syd.
PEOPLE = {
    "karen": (Role.COORDINATOR, ()),
    "kim": (Role.CONTACT_PERSON, ("Center Nord",)),
    "kaj": (Role.CONTACT_PERSON, ("Center Nord",)),
    "syd": (Role.CONTACT_PERSON, ("Center Syd",)),
    "lis": (Role.CENTRE_LEADER, ("Center Nord",)),
    "lars": (Role.CENTRE_LEADER, ("Center Syd",)),
    "ruth": (Role.REVIEWER, ()),
}


def town_with_places(database, folder, now) -> Municipality:
    """A round in the hands of anne; everybody in PEOPLE; the branching checklist in force."""
    town = under_way(database, folder, now, "anne", checklists=(CHECKLIST,))
    for username, (role, centres) in PEOPLE.items():
        town.add(username, role, **({"centres": list(centres)} if centres else {}))
    town.add("arkivar", Role.ARCHIVIST)
    publish(town, "rundgang", WALK)
    return town


def publish(town, checklist_id: str, text: str) -> None:
    """Put the first version of a checklist in force."""
    with town.acting("arkivar") as (store, archivist):
        checklist_versions.import_version(store, archivist, "x.toml", text.encode(), now=town.now)
        checklist_workflow.send(store, archivist, checklist_id, 1, now=town.now)
    with town.acting() as (store, coordinator):
        checklist_workflow.approve(store, coordinator, checklist_id, 1, now=town.now)
    with town.acting("arkivar") as (store, archivist):
        day = town.now.date()
        checklist_workflow.publish(store, archivist, checklist_id, 1, in_force_from=day, now=town.now)


class Places:
    """What people do with forms; each act is a unit of work."""

    def __init__(self, town: Municipality) -> None:
        self.town = town

    def __call__(self, act, who, *args, **more):
        with self.town.acting(who) as (store, actor):
            return act(store, actor, *args, **more)

    def begin(self, who="kim", *, centre="Center Nord", place="Solsiden", checklist="rundgang"):
        found = self(
            place_forms.begin, who, centre=centre, place=place, checklist_id=checklist, now=self.town.now
        )
        return found.id

    def assess(self, who="lis", *, key=KEY, address="center-nord"):
        return self(self_assessments.begin, who, key, address, now=self.town.now).id

    def open(self, form_id, who="kim"):
        return self(place_forms.open_form, who, form_id)

    def save(self, form_id, item, value="yes", *, who="kim", version=0, key=None, **said):
        answer = Answer(item_id=item, value=value, **said)
        return self(
            place_forms.save_answer,
            who,
            form_id,
            item,
            answer,
            version=version,
            key=key,
            now=self.town.now,
        )

    def complete(self, form_id, who="kim", **chosen):
        """Answer everything that is asked with its first answer, or with the chosen one."""
        while missing := self.open(form_id, who).walk.open_questions:
            one = missing[0]
            value = chosen.get(one.id, one.asked.offered[0])
            self.save(form_id, one.id, value, who=who, version=one.version, note="Set")

    def finish(self, form_id, who="kim"):
        return self(place_forms.finish, who, form_id, now=self.town.now)

    def reopen(self, form_id, who="kim", reason=""):
        return self(place_forms.reopen, who, form_id, reason, now=self.town.now)

    def delete(self, form_id, who="kim"):
        return self(place_forms.delete, who, form_id, now=self.town.now)

    def report(self, form_id, who="kim"):
        return self(place_forms.short_report, who, form_id).report

    def listing(self, who="kim"):
        return self(place_forms.listing, who, now=self.town.now)

    def mine(self, who="lis"):
        return self(self_assessments.assessments, who, now=self.town.now).mine

    def look(self, who="lis", *, key=KEY, address="center-nord"):
        return self(self_assessments.first_look, who, key, address, now=self.town.now)

    def open_report(self, who="lis", *, key=KEY, address="center-nord"):
        self(self_assessments.open_report, who, key, address, now=self.town.now)

    def close_round(self):
        """Everything is reviewed, and the round closed."""
        with self.town.acting() as (store, _):
            anne = store.people.by_username("anne").username
        self.town.hand_in(answers_to(anne, self.town.cases_of(anne)))
        self.town.close()
