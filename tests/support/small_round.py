"""A municipality of four centres in a small register, and its round in the hands of coordinator and reviewers.

Center Nord has 8 cases and Center Syd 6, of which 3 are drawn; Center Øst has 2, so that both are drawn; the
only case of Center Vest lies outside the period.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl

from lirk.demo.municipality import PASSWORD
from lirk.domain.draws import SeedRecord
from lirk.domain.people import Person, Role
from lirk.domain.review_sheets import CaseAnswers, SheetAnswers
from lirk.domain.reviews import Answer, CaseStatus, DrawnCase, Review
from lirk.services import draws, passwords, people, reviews, rounds
from lirk.services.samples import acting_cases, acting_reviews
from lirk.storage.database import Database
from lirk.storage.store import Store
from lirk.wording import Wording

KEY, SEED, OTHER_SEED = "2026-1", "31415926535897932384", "27182818284590452353"
SECRET_KEY = "0123456789abcdef0123456789abcdef"
CENTRES = {"Center Nord": 8, "Center Syd": 6, "Center Øst": 2}

CHECKLIST = """\
format = "lirk-checklist/1"
id = "breve"
version = 1
subject = "case"
status_date = 2026-03-08
title = { da = "Breve", en = "Letters" }
not_applicable = "drop"
cannot_assess = "out"

[[facts]]
id = "outcome"
question = { da = "Hvad blev udfaldet?", en = "What was the outcome?" }
from_register = true
values = [
  { code = "full-grant", text = { da = "Fuldt medhold", en = "Full grant" } },
  { code = "refusal", text = { da = "Afslag", en = "Refusal" } },
]

[[themes]]
id = "letter"
title = { da = "Brevet", en = "The letter" }
[[themes.items]]
id = "clear"
question = { da = "Er brevet klart?", en = "Is the letter clear?" }
severity = "critical"
rule = "order"
[[themes.items]]
id = "reasons"
question = { da = "Er afslaget begrundet?", en = "Are there reasons?" }
severity = "serious"
rule = "guarantee"
applies_when = { id = "outcome", is = "refusal" }

[[verdicts]]
id = "critical-breach"
title = { da = "Kritisk brud", en = "Critical breach" }
when = { count = { meaning = "negative", severity = "critical" }, at_least = 1 }
[[verdicts]]
id = "in-order"
title = { da = "I orden", en = "In order" }
positive = true
"""

MAPPING = """\
[columns]
case_number = "Sagsnummer"
centre = "Center"
decision_date = "Dato"
outcome = "Udfald"
link = "Link"
{caseworker}
[outcome]
"Bevilget" = "full-grant"
"Afslag" = "refusal"

[keep]
from = 2026-01-01
to = 2026-06-30
"""

PLAN = """\
title = "1. runde 2026"
mapping = "mapping.toml"
strata = {strata}
reserve = {reserve}
salt = true

[sizes]
method = "fixed"
n = {n}
"""


_READ: dict[tuple[bytes, ...], draws.PlannedFrame] = {}


def register_lines() -> list[str]:
    """Every third case is a refusal; the first case of each centre is IDA's, the others are OLE's."""
    lines = ["Sagsnummer;Center;Dato;Udfald;Link;Sagsbehandler"]
    for centre, count in CENTRES.items():
        for number in range(1, count + 1):
            outcome = "Bevilget" if number % 3 else "Afslag"
            who = "IDA" if number == 1 else "OLE"
            name = f"26/{centre[7]}{number:02}"
            lines.append(
                f"{name};{centre};2026-03-{(number - 1) % 28 + 1:02};{outcome};https://esdh.example/{name};{who}"
            )
    return [*lines, "26/V01;Center Vest;2025-03-01;Bevilget;;OLE"]


def write_files(
    folder: Path, *, n: int = 3, reserve: int = 2, caseworkers: bool = False, strata: str = '["centre"]'
) -> None:
    """Write register.csv, mapping.toml, plan.toml and breve.toml."""
    column = 'caseworker = "Sagsbehandler"\n' if caseworkers else ""
    texts = {
        "register.csv": "\n".join(register_lines()) + "\n",
        "mapping.toml": MAPPING.format(caseworker=column),
        "plan.toml": PLAN.format(n=n, reserve=reserve, strata=strata),
        "breve.toml": CHECKLIST,
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


def planned_in(folder: Path) -> draws.PlannedFrame:
    """Read register and plan of a folder; the same files are read once in a run of the tests."""
    content = tuple((folder / name).read_bytes() for name in ("register.csv", "mapping.toml", "plan.toml"))
    if content not in _READ:
        _READ[content] = draws.plan_frame(
            *draws.register_and_plan(folder / "register.csv", folder / "plan.toml")
        )
    return _READ[content]


def answers_to(
    username: str,
    cases: dict[int, str],
    *,
    value: str = "yes",
    note: str = "",
    status: CaseStatus = CaseStatus.TO_REVIEW,
) -> SheetAnswers:
    """What a sheet says of some cases, by number and case number; no answers where the value is empty."""
    given = {
        "breve": tuple(Answer(item_id=item, value=value, note=note) for item in ("clear", "reasons") if value)
    }
    return SheetAnswers(
        round_key=KEY,
        reviewer=username,
        cases={
            number: CaseAnswers(
                number=number, case_id=case_id, status=status, status_note=note, answers=given
            )
            for number, case_id in cases.items()
        },
    )


@dataclass
class Municipality:
    """A round step by step; each step is a unit of work of its own."""

    database: Database
    folder: Path
    now: datetime

    @contextmanager
    def acting(self, username: str | None = None) -> Iterator[tuple[Store, Person]]:
        with self.database.begin() as store:
            yield store, people.acting_person(store, username, now=self.now)

    def add(self, username: str, *roles: Role, **fields: object) -> Person:
        with self.acting() as (store, actor):
            return people.add_person(
                store,
                actor,
                username=username,
                name=username.title(),
                roles=roles or (Role.REVIEWER,),
                secret_key=SECRET_KEY,
                now=self.now,
                **fields,
            )

    def let_sign_in(self) -> None:
        """Give everybody who is there the demonstration's password."""
        kept = passwords.hashed(PASSWORD, salt=b"journeys")
        with self.acting() as (store, coordinator):
            for person in store.people.all():
                store.people.set_password_hash(person.id, kept)
            store.trail.add("demonstration-passwords-set", actor_id=coordinator.id, at=self.now)

    def new(
        self,
        key: str = KEY,
        *,
        checklists: tuple[str, ...] = (CHECKLIST,),
        full: tuple[str, ...] = (),
        who: str | None = None,
    ):
        planned = planned_in(self.folder)
        with self.acting(who) as (store, actor):
            return rounds.new_round(
                store,
                actor,
                key=key,
                title="1. runde 2026",
                planned=planned,
                checklists=checklists,
                salt="salt",
                full=full,
                now=self.now,
            )

    def draw(self, *, seed: str = SEED, reason: str | None = None, who: str | None = None, key: str = KEY):
        at = self.now + timedelta(hours=1)
        with self.acting(who) as (store, actor):
            return rounds.draw_round(
                store,
                actor,
                key,
                register=planned_in(self.folder).register,
                seed=SeedRecord(value=seed, how="dice", witnesses=(), at=at),
                reason=reason,
                secret_key=SECRET_KEY,
                now=at,
            )

    def assign(self, *usernames: str, again: bool = False, who: str | None = None) -> dict[str, int]:
        with self.acting(who) as (store, actor):
            return rounds.assign_cases(store, actor, KEY, reviewers=usernames, again=again, now=self.now)

    def hand_in(self, answers: SheetAnswers, *, reason: str | None = None, who: str | None = None):
        with self.acting(who) as (store, actor):
            return reviews.import_answers(store, actor, KEY, answers, reopen_reason=reason, now=self.now)

    def answer(self, username: str, *numbers: int, reason: str | None = None, **said: object):
        """Hand in the same answers to some of a reviewer's cases, or to all of them."""
        mine = self.cases_of(username)
        wanted = {number: mine[number] for number in numbers or mine}
        return self.hand_in(answers_to(username, wanted, **said), reason=reason)

    def sheet(self, username: str, *, who: str | None = None):
        with self.acting(who) as (store, actor):
            return reviews.sheet_for(store, actor, KEY, username)

    def write_sheet(self, username: str, name: str | None = None) -> Path:
        path = self.folder / (name or f"{username}.xlsx")
        path.write_bytes(reviews.sheet_file(self.sheet(username), Wording("da"), now=self.now))
        return path

    def import_sheets(self, *paths: Path, reason: str | None = None, who: str | None = None):
        with self.acting(who) as (store, actor):
            return reviews.import_sheets(store, actor, KEY, paths, reopen_reason=reason, now=self.now)

    def replace(self, number: int, *, reason: str = "Ingen afgørelse", who: str | None = None):
        with self.acting(who) as (store, actor):
            return rounds.replace_case(store, actor, KEY, number=number, reason=reason, now=self.now)

    def close(self, *, who: str | None = None):
        with self.acting(who) as (store, actor):
            return rounds.close_round(store, actor, KEY, now=self.now)

    def progress(self, key: str = KEY, *, who: str | None = None):
        with self.acting(who) as (store, actor):
            return rounds.progress(store, actor, key)[2]

    def round(self):
        with self.acting() as (store, _):
            return store.rounds.by_key(KEY)

    def cases(self) -> dict[int, DrawnCase]:
        """The cases of the latest draw that have a number."""
        with self.acting() as (store, _):
            return {case.number: case for case in acting_cases(store, store.rounds.by_key(KEY))}

    def reviews(self) -> dict[int, Review]:
        """The review of each case, by the case's number."""
        with self.acting() as (store, _):
            round_ = store.rounds.by_key(KEY)
            numbers = {case.id: case.number for case in acting_cases(store, round_)}
            return {numbers[review.case_id]: review for review in acting_reviews(store, round_)}

    def cases_of(self, username: str) -> dict[int, str]:
        with self.acting() as (store, _):
            who = store.people.by_username(username).id
        cases = self.cases()
        return {
            number: cases[number].case_id for number, one in self.reviews().items() if one.reviewer_id == who
        }

    def trail(self):
        with self.acting() as (store, _):
            return store.trail.entries()


def under_way(
    database: Database,
    folder: Path,
    now: datetime,
    *reviewers: str,
    checklists: tuple[str, ...] = (CHECKLIST,),
    full: tuple[str, ...] = (),
    **plan: object,
) -> Municipality:
    """A round that is drawn and, where reviewers are named, shared out among them."""
    write_files(folder, **plan)
    made = Municipality(database, folder, now)
    for username in reviewers:
        made.add(username)
    made.new(checklists=checklists, full=full)
    made.draw()
    if reviewers:
        made.assign(*reviewers)
    return made


def fill(
    path: Path,
    answers: dict[str, str | None],
    *,
    numbers: tuple[int, ...] = (),
    note: str = "",
    renumber: dict[int, int] | None = None,
) -> None:
    """Write answers, by item, into the cells of a sheet: of some cases, or of all; give cases other numbers."""
    book = openpyxl.load_workbook(path)
    for page in book:
        keys = {cell.value: cell.column for cell in page[1]}
        if "item" not in keys or "answer" not in keys:
            continue
        for row in range(3, page.max_row + 1):
            number, item = int(page.cell(row, keys["number"]).value), page.cell(row, keys["item"]).value
            page.cell(row, keys["number"]).value = (renumber or {}).get(number, number)
            if item in answers and (not numbers or number in numbers):
                page.cell(row, keys["answer"]).value = answers[item]
                page.cell(row, keys["note"]).value = note or None
    book.save(path)
