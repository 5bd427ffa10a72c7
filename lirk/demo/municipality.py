"""The demonstration: a register, one closed round with its reports, one round half-way.

Seed, salt and clock are fixed, so that two demonstrations hold the same content, file by file. It is made in
a folder beside its place and moved there when it is whole.
"""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from lirk.demo import answers, register
from lirk.domain.draws import SeedRecord
from lirk.domain.people import Person, Role
from lirk.domain.review_sheets import CaseAnswers, ReviewSheet, SheetAnswers
from lirk.domain.reviews import Answer, CaseStatus
from lirk.errors import UnusableRequest
from lirk.intake.opening import read_bytes
from lirk.intake.register import mapping_text, read_register
from lirk.services import checklists, draws, people, reports, reviews, rounds
from lirk.services.files import write_bytes, write_document
from lirk.storage.database import Database
from lirk.storage.store import Store
from lirk.wording import Wording

#: When the demonstration begins; each step of a round takes a made-up day.
STARTS = datetime(2026, 10, 12, 9, 0, tzinfo=ZoneInfo("Europe/Copenhagen"))
SALT = "demonstration"
#: Keys the hash of the made-up caseworkers; a real municipality sets its own.
SECRET_KEY = "demonstration: not a secret"  # noqa: S105 - said to be none
SEEDS = ("31415926535897932384", "27182818284590452353")
#: How often ``make`` calls ``step`` at most, for a progress bar.
STEPS = 16
REVIEWERS = (("anne", "Anne Jensen"), ("bo", "Bo Holm"), ("camilla", "Camilla Ravn"))
MARK = "README.txt"


class MappingUnknown(UnusableRequest):
    """No file and no shipped example has the name given for the mapping."""

    code = "mapping-unknown"


class FolderNotOurs(UnusableRequest):
    """The folder holds something that no demonstration made, and is not written over."""

    code = "folder-not-ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What the demonstration is made from: a register, its mapping, and what of it is made up."""

    register: bytes
    register_name: str
    mapping: str
    made_up: str


def recipe(register_file: Path | None, mapping: str | None) -> Recipe:
    """Return the recipe for the synthetic register, or for a real one.

    Raises
    ------
    MappingUnknown
        If ``mapping`` names neither a file nor a shipped example.
    lirk.errors.ProblemsFound
        If a real register without a mapping cannot be guessed; every problem is told.
    """
    if register_file is None:
        return Recipe(
            register=register.synthetic_register(),
            register_name="register.csv",
            mapping=register.mapping_text(),
            made_up="all",
        )
    text = _mapping_file(mapping) if mapping else mapping_text(read_register(register_file).mapping)
    return Recipe(
        register=read_bytes(register_file),
        register_name=f"register{register_file.suffix.lower()}",
        mapping=text,
        made_up="answers",
    )


def is_made(folder: Path) -> bool:
    """Return whether a whole demonstration lies in the folder."""
    return (folder / MARK).is_file() and (folder / "lirk.sqlite").is_file()


def make(
    folder: Path, recipe: Recipe, *, words: Wording, municipality: str, step: Callable[[], None]
) -> None:
    """Make the demonstration in ``folder``, in the place of one that is there.

    Raises
    ------
    FolderNotOurs
        If the folder holds something else.
    lirk.errors.LirkError
        What reading the register or drawing raises; nothing stays behind.
    """
    if folder.exists() and not is_made(folder) and any(folder.iterdir()):
        raise FolderNotOurs(folder=str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as workshop:
        made = Path(workshop) / folder.name
        _Maker(made, recipe, words, municipality, step).make()
        shutil.rmtree(folder, ignore_errors=True)
        made.rename(folder)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Everything the steps of one demonstration share."""

    folder: Path
    recipe: Recipe
    words: Wording
    municipality: str
    step: Callable[[], None]

    def make(self) -> None:
        self._write_inputs()
        database = Database(f"sqlite:///{self.folder / 'lirk.sqlite'}")
        database.upgrade()
        try:
            with database.begin() as store:
                self._add_people(store)
            self.step()
            self._closed_round(database)
            self._round_half_way(database)
        finally:
            database.dispose()
        write_bytes(self.folder / MARK, self._readme().encode())
        self.step()

    def _write_inputs(self) -> None:
        write_bytes(self.folder / self.recipe.register_name, self.recipe.register)
        write_bytes(self.folder / "mapping.toml", self.recipe.mapping.encode())
        write_bytes(self.folder / "plan.toml", _example("plan-demo.toml").encode())
        self.step()

    def _add_people(self, store: Store) -> None:
        coordinator = people.acting_person(store, None, now=STARTS)
        for username, name in REVIEWERS:
            people.add_person(
                store, coordinator, username=username, name=name, roles=[Role.REVIEWER], now=STARTS
            )

    def _closed_round(self, database: Database) -> None:
        with database.begin() as store:
            self._draw(store, "2026-1", self.words.text("1. runde"), SEEDS[0], "plan.toml", STARTS)
        self.step()
        with database.begin() as store:
            coordinator = people.acting_person(store, None, now=STARTS)
            for username, _ in REVIEWERS:
                self._answer(
                    store, coordinator, "2026-1", username, share=1.0, now=STARTS + timedelta(days=14)
                )
                self.step()
            rounds.close_round(store, coordinator, "2026-1", now=STARTS + timedelta(days=21))
        with database.begin() as store:
            self._report(store, "2026-1")

    def _round_half_way(self, database: Database) -> None:
        """Draw a second round without the cases of the first, and hand in half of its answers."""
        later = STARTS + timedelta(days=28)
        with database.begin() as store:
            coordinator = people.acting_person(store, None, now=later)
            reviewed = rounds.reviewed_case_ids(store, coordinator, "2026-1")
            write_bytes(self.folder / "reviewed.txt", "".join(f"{case}\n" for case in reviewed).encode())
            write_bytes(self.folder / "plan-2.toml", _example("plan-demo-2.toml").encode())
            self._draw(store, "2026-2", self.words.text("2. runde"), SEEDS[1], "plan-2.toml", later)
        self.step()
        with database.begin() as store:
            coordinator = people.acting_person(store, None, now=later)
            for username, _ in REVIEWERS:
                self._answer(store, coordinator, "2026-2", username, share=0.5, now=later + timedelta(days=7))
                self.step()

    def _draw(self, store: Store, key: str, title: str, seed: str, plan_name: str, now: datetime) -> None:
        """Freeze, draw and assign, as a coordinator would, with a day between."""
        coordinator = people.acting_person(store, None, now=now)
        path = self.folder / self.recipe.register_name
        planned = draws.plan_frame(*draws.register_and_plan(path, self.folder / plan_name))
        _, freeze = rounds.new_round(
            store,
            coordinator,
            key=key,
            title=title,
            planned=planned,
            checklists=[checklists.text_of(name) for name in checklists.DEFAULT],
            salt=SALT,
            source_sha256=draws.file_sha256(path),
            now=now,
            made_up=self.recipe.made_up,
        )
        write_document(self.folder / "certificates" / f"{key}-freeze.json", freeze)
        certificate = rounds.draw_round(
            store,
            coordinator,
            key,
            register=planned.register,
            seed=SeedRecord(value=seed, how="software", witnesses=(), at=now + timedelta(days=1)),
            secret_key=SECRET_KEY,
            now=now + timedelta(days=1),
        )
        write_document(self.folder / "certificates" / f"{key}.json", certificate)
        names = [username for username, _ in REVIEWERS]
        rounds.assign_cases(store, coordinator, key, reviewers=names, now=now + timedelta(days=2))

    def _answer(
        self, store: Store, actor: Person, key: str, username: str, *, share: float, now: datetime
    ) -> None:
        """Hand in made-up answers to the first part of a reviewer's cases, as a filled-in sheet would."""
        sheet = reviews.sheet_for(store, actor, key, username)
        upto = round(len(sheet.cases) * share)
        cases = {case.number: _answered(sheet, case.number, key) for case in sheet.cases[:upto]}
        filled = SheetAnswers(round_key=key, reviewer=username, cases=cases)
        reviews.import_answers(store, actor, key, filled, now=now)

    def _report(self, store: Store, key: str) -> None:
        coordinator = people.acting_person(store, None, now=STARTS)
        reader = reports.Reader(municipality=self.municipality, words=self.words)
        centre_reports, overview = reports.all_reports(store, coordinator, key, reader=reader)
        place = self.folder / "reports" / key
        names = reports.file_names(tuple(report.centre for report in centre_reports))
        for report in centre_reports:
            write_bytes(place / names[report.centre], reports.centre_file(report, reader))
            self.step()
        write_bytes(place / "overview.pdf", reports.overview_file(overview, reader))
        self.step()

    def _readme(self) -> str:
        words = self.words
        made_up = {
            "all": words.text("Registret og svarene er opfundne."),
            "answers": words.text("Registret er ægte, svarene er opfundne."),
        }[self.recipe.made_up]
        lines = [
            words.text("Demonstration af LIRK. {made_up}", made_up=made_up),
            "",
            words.text("Se rapporterne: reports/2026-1/ (en PDF for hvert center, og overview.pdf)."),
            words.text("Se udtrækket efter: certificates/2026-1.json"),
            f"  lirk draw verify certificates/2026-1.json {self.recipe.register_name}",
            words.text("Se, hvor langt 2. runde er:"),
            "  LIRK_DATABASE_URL=sqlite:///lirk.sqlite lirk round show 2026-2",
            words.text("Skriv et ark til en, der gennemgår:"),
            "  LIRK_DATABASE_URL=sqlite:///lirk.sqlite lirk review sheet 2026-2 --reviewer anne --out anne.xlsx",
            words.text("Kommandoerne køres fra denne mappe. Siderne i browseren følger i en senere udgave."),
        ]
        return "\n".join(lines) + "\n"


def _answered(sheet: ReviewSheet, number: int, key: str) -> CaseAnswers:
    """Return made-up answers to one case; the chance depends on round and case alone."""
    case = next(one for one in sheet.cases if one.number == number)
    given: Mapping[str, tuple[Answer, ...]] = {
        checklist.id: tuple(
            answers.made_up_answers(
                checklist,
                case.facts,
                case.centre,
                number,
                Random(f"{key}/{number}/{checklist.id}"),  # noqa: S311 - made up, and repeatable
            ).values()
        )
        for checklist in sheet.checklists
    }
    return CaseAnswers(
        number=number, case_id=case.case_id, status=CaseStatus.TO_REVIEW, status_note="", answers=given
    )


def _mapping_file(name: str) -> str:
    path = Path(name)
    if path.is_file():
        return path.read_text(encoding="utf-8")
    example = files("lirk.demo") / "examples" / f"{name}.toml"
    if not example.is_file():
        raise MappingUnknown(name=name)
    return example.read_text(encoding="utf-8")


def _example(name: str) -> str:
    return (files("lirk.demo") / "examples" / name).read_text(encoding="utf-8")
