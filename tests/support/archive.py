"""Archivists and coordinators at work on checklists; each step is a unit of work of its own."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from small_round import CHECKLIST
from sqlalchemy import create_engine, text
from stored import add_round

from checklists.load import shipped_text
from lirk.domain.people import Person, Role
from lirk.domain.rounds import ChecklistVersion
from lirk.services import checklist_drafts as drafts
from lirk.services import checklist_versions as versions
from lirk.services import checklist_workflow as workflow
from lirk.services.checklists import parse
from lirk.storage.database import Database

READY = CHECKLIST.replace(
    'rule = "order"', 'rule = "good-practice"\nguidance = { da = "Læs brevet.", en = "Read the letter." }'
).replace(
    'rule = "guarantee"', 'rule = "local"\nguidance = { da = "Se efter regler.", en = "Look for rules." }'
)
SHIPPED = "lovmedholdelig-sagsbehandling"
#: The version in which it ships.
SHIPS_AT = parse(shipped_text(SHIPPED)).version


def numbered(version: int, file: str = READY) -> str:
    return file.replace("version = 1\n", f"version = {version}\n")


@dataclass
class Archive:
    """A house with somebody in each role, and a second archivist."""

    database: Database
    now: datetime
    people: dict[str, Person] = field(default_factory=dict)

    def peopled(self):
        with self.database.begin() as store:
            for role in Role:
                self.people[role.value] = _add(store, role.value, role)
            self.people["second"] = _add(store, "second", Role.ARCHIVIST)
            store.trail.add("people-added", actor_id=None, at=self.now)
        return self

    def later(self, **time):
        self.now += timedelta(**time)

    def does(self, service, *args, who="archivist", **more):
        with self.database.begin() as store:
            return service(store, self.people[who], *args, **more)

    def imports(self, file=READY, name="breve.toml", who="archivist"):
        content = file.encode() if isinstance(file, str) else file
        return self.does(versions.import_version, name, content, who=who, now=self.now)

    def deletes(self, version=1, checklist="breve", who="archivist"):
        return self.does(versions.delete_draft, checklist, version, who=who, now=self.now)

    def page(self, version=1, checklist="breve", who="archivist"):
        return self.does(versions.version_page, checklist, version, who=who, now=self.now)

    def versions(self, who="archivist"):
        found = self.does(versions.all_versions, who=who, now=self.now)
        return {(one.id, one.version): one for one in found}

    def standing(self, version=1, checklist="breve"):
        return self.versions()[checklist, version].standing

    def offered(self):
        with self.database.begin() as store:
            return [(one.id, one.version) for one in versions.offered(store, now=self.now)]

    def sends(self, version=1, checklist="breve", who="archivist"):
        return self.does(workflow.send, checklist, version, who=who, now=self.now)

    def takes_back(self, version=1, checklist="breve", who="archivist"):
        return self.does(workflow.take_back, checklist, version, who=who, now=self.now)

    def returns(self, version=1, checklist="breve", who="coordinator", reason="Se punkt 2."):
        return self.does(workflow.return_to_editor, checklist, version, who=who, reason=reason, now=self.now)

    def approves(self, version=1, checklist="breve", who="coordinator", **more):
        return self.does(workflow.approve, checklist, version, who=who, now=self.now, **more)

    def publishes(self, version=1, checklist="breve", who="archivist", from_=None):
        day = from_ or self.now.date()
        return self.does(workflow.publish, checklist, version, who=who, in_force_from=day, now=self.now)

    def brings_out(self, version=1, checklist="breve", from_=None):
        """The whole way from a complete draft."""
        self.sends(version, checklist)
        self.approves(version, checklist)
        return self.publishes(version, checklist, from_=from_)

    def retires(self, version=1, checklist="breve", who="archivist", reason="Loven er ændret."):
        return self.does(workflow.retire, checklist, version, who=who, reason=reason, now=self.now)

    def brings_back(self, version=1, checklist="breve", who="archivist"):
        return self.does(workflow.bring_back, checklist, version, who=who, now=self.now)

    def history(self, checklist="breve", who="archivist"):
        return self.does(workflow.history, checklist, who=who)

    def drafts_next(self, checklist="breve", who="archivist"):
        return self.does(drafts.new_draft, checklist, who=who, now=self.now)

    def opens(self, version=1, checklist="breve", who="archivist"):
        return self.does(drafts.open_draft, checklist, version, who=who, now=self.now)

    def edits(self, change, version=1, checklist="breve", who="archivist", *, part=None, seen=None, **more):
        about = {"action": "item-changed", "subject": (part or "").partition(":")[2], **more}
        return self.does(
            drafts.edit, checklist, version, change, who=who, part=part, seen=seen, now=self.now, **about
        )

    def undoes(self, step, version=1, checklist="breve", who="archivist"):
        return self.does(drafts.undo, checklist, version, who=who, step=step, now=self.now)

    def pins(self, file, version, key="2026-2", checklist="breve"):
        with self.database.begin() as store:
            round_ = add_round(store, self.now, key)
            pinned = ChecklistVersion(checklist_id=checklist, version=version, text=file)
            store.rounds.pin_checklists(round_.id, [pinned])
            store.trail.add("frame-frozen", actor_id=None, at=self.now, round=key)

    def trail(self):
        with self.database.begin() as store:
            return [(entry.action, entry.about) for entry in store.trail.entries() if entry.actor_id]


def _add(store, username, role):
    own = {Role.CENTRE_LEADER, Role.CONTACT_PERSON}
    return store.people.add(
        username=username,
        name=username.title(),
        roles=frozenset({role}),
        centres=frozenset({"Nord"}) if role in own else frozenset(),
    )


def ask(url, statement, **values):
    """Ask the database by a connection without any of LIRK's own settings; return how many rows it was."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    schema = "lirk." if engine.dialect.name == "postgresql" else ""
    try:
        with engine.begin() as connection:
            return connection.execute(text(statement.format(schema=schema)), values).rowcount
    finally:
        engine.dispose()
