"""A round planned step by step as the browser does it, with the register in which persons are named."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from small_round import SECRET_KEY, SEED, register_lines

from lirk.domain.draws import SeedRecord
from lirk.domain.people import Role
from lirk.domain.planning import SeedPlan, Sizes
from lirk.services import people, planned_draws, planned_frames, planning
from lirk.storage.database import Database

KEY = "2026-9"
CHECKLIST = "lovmedholdelig-sagsbehandling/2"
CPR, NAME, MAIL = "010190-1234", "Karla Kragelund", "karla@example.dk"
PERIOD = {"from": "2026-01-01", "to": "2026-06-30"}


def guessable_lines() -> list[str]:
    """The register of ``small_round`` with headings that are all guessed."""
    head, *lines = register_lines()
    return [head.replace("Dato", "Afgørelsesdato"), *lines]


def named_register() -> bytes:
    """The register of ``small_round`` with columns of names, CPR numbers and more, a blank row and a sum."""
    head, *lines = guessable_lines()
    rows = [f"{head};Navn;CPR-nr;Kontakt;Sagstitel"]
    rows += [f"{line};{NAME} {place};{CPR};{MAIL};Hjælp til {NAME}" for place, line in enumerate(lines)]
    rows += [";;;;;;;;;", "I alt 17;;;;;;;;;"]
    return ("\n".join(rows) + "\n").encode()


@dataclass
class Planner:
    """The coordinator at work; each step is a unit of work of its own."""

    database: Database
    now: datetime
    plan_id: int = 0

    @contextmanager
    def acting(self, username: str | None = None):
        with self.database.begin() as store:
            yield store, people.acting_person(store, username, now=self.now)

    def add(self, username: str, role: Role, **fields: object) -> None:
        with self.acting() as (store, actor):
            people.add_person(
                store,
                actor,
                username=username,
                name=username.title(),
                roles=[role],
                secret_key=SECRET_KEY,
                now=self.now,
                **fields,
            )

    def plan(self):
        with self.acting() as (store, actor):
            return planning.plan_page(store, actor, self.plan_id, now=self.now).plan

    def about(self):
        with self.acting() as (store, _):
            return store.kept_registers.about(self.plan_id)

    def new(
        self, key: str = KEY, *, title: str = "9. runde", checklists=(CHECKLIST,), who: str | None = None
    ):
        with self.acting(who) as (store, actor):
            plan = planning.new_plan(store, actor, key=key, title=title, checklists=checklists, now=self.now)
        self.plan_id = plan.id
        return plan

    def do(self, service, *args, version: int | None = None, who: str | None = None, **fields):
        """Call a service with the plan's own version."""
        with self.acting(who) as (store, actor):
            version = store.planned_rounds.by_id(self.plan_id).version if version is None else version
            return service(store, actor, self.plan_id, *args, version=version, now=self.now, **fields)

    def upload(
        self, content: bytes | None = None, name: str = "register.csv", *, read=None, secret_key=SECRET_KEY
    ):
        content = named_register() if content is None else content
        fields = {"name": name, "content": content, "read": read or {}, "secret_key": secret_key}
        return self.do(planned_frames.upload_register, **fields)

    def approved(self, content: bytes | None = None, name: str = "register.csv", keep=PERIOD):
        self.new()
        self.upload(content, name)
        self.do(planned_frames.save_filters, keep)
        return self.do(planning.approve_frame)

    def ready(self, content: bytes | None = None, name: str = "register.csv", keep=PERIOD, **sizes):
        self.approved(content, name, keep)
        self.do(planning.save_sizes, Sizes(**{"n": 3, "reserve": 2, **sizes}))
        plan = SeedPlan(
            how="dice", place="Rådhuset", deadline=self.now.date() + timedelta(days=1), witnesses=("Bo",)
        )
        return self.do(planning.save_seed_plan, plan)

    def freeze(self, *, salt: str = "salt"):
        return self.do(planned_draws.freeze_plan, salt=salt, secret_key=SECRET_KEY)

    def seed(
        self, value: str = SEED, *, at: datetime | None = None, key: str = KEY, hours: int = 1, **fields
    ):
        with self.acting() as (store, actor):
            later = self.now + timedelta(hours=hours)
            record = SeedRecord(value=value, how="dice", witnesses=("Bo", "Eva"), at=at or later)
            return planned_draws.enter_seed(
                store, actor, key, seed=record, secret_key=SECRET_KEY, now=later, **fields
            )

    def draw(self, *, key: str = KEY, version: int | None = None, hours: int = 2):
        with self.acting() as (store, actor):
            page = planned_draws.seed_page(store, actor, key)
            return planned_draws.draw_planned(
                store,
                actor,
                key,
                secret_key=SECRET_KEY,
                version=page.plan.version if version is None and page.plan else version or 0,
                now=self.now + timedelta(hours=hours),
            )

    def reopen(self, reason: str = "Perioden var forkert"):
        with self.acting() as (store, actor):
            page = planned_draws.seed_page(store, actor, KEY)
            return planned_draws.reopen_frame(
                store, actor, KEY, reason=reason, version=page.plan.version, now=self.now
            )

    def actions(self) -> list[str]:
        with self.acting() as (store, _):
            return [entry.action for entry in store.trail.entries()]
