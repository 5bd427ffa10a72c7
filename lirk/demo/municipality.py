"""The demonstration: a register, one closed round with its reports, one round half-way.

Seed, salt and clock are fixed, so that two demonstrations hold the same content, file by file. It is made in
a folder beside its place and moved there when it is whole.
"""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random

from lirk.demo import answers, complaints, places, publication, register
from lirk.domain.alphabet import danish_key
from lirk.domain.draws import SeedRecord
from lirk.domain.obstacles import ObstacleReason
from lirk.domain.people import Person, Role
from lirk.domain.review_sheets import CaseAnswers, ReviewSheet, SheetAnswers
from lirk.domain.reviews import Answer, CaseStatus
from lirk.errors import UnusableRequest
from lirk.intake.mapping import read_mapping
from lirk.intake.opening import read_bytes
from lirk.intake.register import mapping_text, read_register
from lirk.services import (
    checklists,
    doubts,
    draws,
    passwords,
    people,
    publishing,
    reports,
    reviewing,
    reviews,
    rounds,
)
from lirk.services.files import FileNotWritten, write_bytes, write_document
from lirk.storage.database import Database
from lirk.storage.store import Store
from lirk.wording import Wording
from lirk.wording.catalogue import LANGUAGES
from lirk.wording.demo import TITLE

#: When the demonstration begins, in Danish summer time; each step of a round takes a made-up day.
STARTS = datetime(2026, 10, 5, 9, 0, tzinfo=timezone(timedelta(hours=2)))
SALT = "demonstration"
#: Keys the hash of the made-up caseworkers; a real municipality sets its own.
SECRET_KEY = "the demonstration keeps no secrets"  # noqa: S105 - said to be none
REVIEWERS = (("anne", "Anne Jensen"), ("bo", "Bo Holm"), ("camilla", "Camilla Ravn"))
#: One person of every other role; ``leder`` and ``kontakt`` belong to the first centre of the alphabet.
OTHERS = (
    ("leder", "Lone Krag", Role.CENTRE_LEADER),
    ("kontakt", "Karim Nielsen", Role.CONTACT_PERSON),
    ("arkivar", "Agnete Bruun", Role.ARCHIVIST),
    ("chef", "Christian Møller", Role.CHIEF_GROUP),
    ("admin", "Amina Sørensen", Role.ADMINISTRATOR),
    ("jurist", "Jonas Dahl", Role.LEGAL_ADVISER),
)
#: Everybody's password, told to whoever makes a demonstration.
PASSWORD = "proev-demonstrationen"  # noqa: S105 - of people who do not exist
EXAMPLES = Path(__file__).parent / "examples"
#: The mappings that ship as examples.
MAPPINGS = ("planning-decisions",)
DATABASE, README = "lirk.sqlite", "README.txt"
#: How often ``make`` calls ``step``, beside once for each centre's report.
STEPS = 6 + 2 * len(REVIEWERS)


class MappingUnknown(UnusableRequest):
    """No file and no shipped example has the name given for the mapping."""

    code = "mapping-unknown"


class MappingWithoutRegister(UnusableRequest):
    """A mapping says how a real register is read, and none is given."""

    code = "mapping-without-register"


class FolderNotOurs(UnusableRequest):
    """The folder holds something that no demonstration made, and is not written over."""

    code = "folder-not-ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What the demonstration is made from: a register, its mapping, and what of it is made up.

    ``centres`` counts those with cases, and so the reports.
    """

    register: bytes
    register_name: str
    mapping: bytes
    made_up: str
    centres: int

    @property
    def steps(self) -> int:
        """How often ``make`` calls ``step``, for a progress bar."""
        return STEPS + self.centres


def recipe(register_file: Path | None, mapping: str | None) -> Recipe:
    """Return the recipe for the synthetic register, or for a real one.

    Raises
    ------
    MappingUnknown, MappingWithoutRegister
        If ``mapping`` names neither a file nor a shipped example, or there is no register to read with it.
    lirk.intake.opening.FileUnreadable, lirk.errors.ProblemsFound
        If the register or the mapping cannot be read; every problem is told.
    """
    if register_file is None and mapping is not None:
        raise MappingWithoutRegister
    if register_file is None:
        return Recipe(
            register=register.synthetic_register(),
            register_name="register.csv",
            mapping=register.mapping_text().encode(),
            made_up="all",
            centres=len(register.CENTRES),
        )
    text = _mapping_file(mapping) if mapping else None
    read = read_register(register_file, read_mapping(text) if text else None)
    return Recipe(
        register=read_bytes(register_file),
        register_name=f"register{register_file.suffix.lower()}",
        mapping=read_bytes(text) if text else mapping_text(read.mapping).encode(),
        made_up="answers",
        centres=read.frame["centre"].n_unique(),
    )


def is_made(folder: Path) -> bool:
    """Return whether a whole demonstration lies in the folder, and nothing that only looks like one."""
    try:
        return (folder / DATABASE).is_file() and _is_readme((folder / README).read_bytes())
    except OSError:
        return False


def make(
    folder: Path, recipe: Recipe, *, words: Wording, municipality: str, step: Callable[[], None]
) -> None:
    """Make the demonstration in ``folder``, in the place of one that is there.

    Raises
    ------
    FolderNotOurs
        If the folder holds something else.
    lirk.services.files.FileNotWritten
        If the system refuses.
    lirk.errors.LirkError
        What reading the register or drawing raises; nothing stays behind.
    """
    try:
        if folder.exists() and not is_made(folder) and (folder.is_file() or any(folder.iterdir())):
            raise FolderNotOurs(folder=str(folder))
        # Where it will stand, or as near as there is a folder, so that moving it there is one step.
        near = next(parent for parent in folder.absolute().parents if parent.exists())
        with tempfile.TemporaryDirectory(dir=near, prefix=".lirk-demo-") as workshop:
            made = Path(workshop) / "made"
            _Maker(made, recipe, words, municipality, step).make()
            folder.parent.mkdir(parents=True, exist_ok=True)
            if folder.exists():
                shutil.rmtree(folder)
            made.rename(folder)
    except OSError as error:
        raise FileNotWritten(file=str(folder), reason=error.strerror or str(error)) from None


@dataclass(frozen=True, slots=True)
class _MadeUpRound:
    """A round of the demonstration: its key, its seed, and the day on which its frame is frozen."""

    key: str
    seed: str
    starts: datetime


FIRST = _MadeUpRound("2026-1", "31415926535897932384", STARTS)
SECOND = _MadeUpRound("2026-2", "27182818284590452353", STARTS + timedelta(days=28))


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
        database = Database(f"sqlite:///{self.folder / DATABASE}")
        database.upgrade()
        try:
            with database.begin() as store:
                self._add_people(store)
            self.step()
            self._closed_round(database)
            with database.begin() as store:
                self._add_others(store)
            self._round_half_way(database)
            self._to_leaders(database)
            with database.begin() as store:
                self._report(store, FIRST.key)
                self._year(store)
        finally:
            database.dispose()
        write_bytes(self.folder / README, self._readme().encode())
        self.step()

    def _write_inputs(self) -> None:
        write_bytes(self.folder / self.recipe.register_name, self.recipe.register)
        write_bytes(self.folder / "mapping.toml", self.recipe.mapping)
        write_bytes(self.folder / "plan.toml", _example("plan-demo.toml").encode())
        self.step()

    def _add_people(self, store: Store) -> None:
        coordinator = _coordinator(store)
        for username, name in REVIEWERS:
            people.add_person(
                store, coordinator, username=username, name=name, roles=[Role.REVIEWER], now=STARTS
            )

    def _add_others(self, store: Store) -> None:
        """Add one of each other role, and let everybody sign in."""
        coordinator = _coordinator(store)
        first = min(rounds.progress(store, coordinator, FIRST.key)[1].strata, key=danish_key)
        for username, name, role in OTHERS:
            places = [first] if role in {Role.CENTRE_LEADER, Role.CONTACT_PERSON} else []
            people.add_person(
                store, coordinator, username=username, name=name, roles=[role], centres=places, now=STARTS
            )
        kept = passwords.hashed(PASSWORD, salt=SALT.encode())
        for person in store.people.all():
            store.people.set_password_hash(person.id, kept)
        store.trail.add("demonstration-passwords-set", actor_id=None, at=STARTS)

    def _closed_round(self, database: Database) -> None:
        with database.begin() as store:
            self._draw(store, FIRST, self.words.text("1. runde"), "plan.toml")
        self.step()
        with database.begin() as store:
            for username, _ in REVIEWERS:
                self._answer(store, FIRST, username, share=1.0)
                self.step()
            closes = FIRST.starts + timedelta(days=21)
            rounds.close_round(store, _coordinator(store), FIRST.key, now=closes)

    def _round_half_way(self, database: Database) -> None:
        """Draw a second round without the cases of the first, and hand in half of its answers."""
        with database.begin() as store:
            self._draw(store, SECOND, self.words.text("2. runde"), self._second_plan(store))
        self.step()
        with database.begin() as store:
            for username, _ in REVIEWERS:
                self._answer(store, SECOND, username, share=0.5)
                self.step()
            self._report_obstacle(store)
            self._be_in_doubt(store)
            self._look_at_places(store)

    def _to_leaders(self, database: Database) -> None:
        """Send the first round's drafts to the leaders, and publish the one of the leader who can sign in."""
        with database.begin() as store:
            coordinator, leader = _coordinator(store), store.people.by_username(OTHERS[0][0])
        now = FIRST.starts + timedelta(days=22)
        publication.publish_one(database, coordinator, leader, FIRST.key, reader=self._reader, now=now)

    def _year(self, store: Store) -> None:
        now = FIRST.starts + timedelta(days=38)
        complaints.write_year(store, _coordinator(store), self.words, now=now)

    def _look_at_places(self, store: Store) -> None:
        leader, contact = (store.people.by_username(username) for username, *_ in OTHERS[:2])
        places.read_report(store, leader, FIRST.key, now=FIRST.starts + timedelta(days=22))
        now = SECOND.starts + timedelta(days=9)
        places.check_a_place(store, contact, self.words, now=now)
        places.assess_half(store, leader, SECOND.key, self.words, now=now)

    def _report_obstacle(self, store: Store) -> None:
        """Let a reviewer report the case that is next, so that the coordinator has something to decide."""
        reviewer = store.people.by_username(REVIEWERS[1][0])
        following = reviewing.queue(store, reviewer).rounds[0].go_on
        if following is not None:
            note = self.words.text("Sagen er låst for mig i fagsystemet.")
            now = SECOND.starts + timedelta(days=8)
            reviewing.report_obstacle(
                store, reviewer, following.review_id, ObstacleReason.NO_ACCESS, note, now=now
            )

    def _be_in_doubt(self, store: Store) -> None:
        """Let a reviewer ask about an item, so that there is something to talk over."""
        reviewer = store.people.by_username(REVIEWERS[2][0])
        following = reviewing.queue(store, reviewer).rounds[0].go_on
        if following is None:
            return
        walk = reviewing.open_review(store, reviewer, following.review_id).walk
        asked = next((one.asked for one in walk.questions if one.theme), None)
        if asked is None:
            return
        now = SECOND.starts + timedelta(days=8)
        said = Answer(item_id=asked.id, value=asked.offered[0], in_doubt=True)
        reviewing.save_answer(store, reviewer, following.review_id, asked.id, said, version=0, now=now)
        question = self.words.text("Er det nok, at det fremgår af et telefonnotat?")
        doubts.write(store, reviewer, following.review_id, asked.id, question, now=now)

    def _second_plan(self, store: Store) -> str:
        """Write the plan that leaves out what was reviewed; the first plan serves where nothing would be left."""
        coordinator = _coordinator(store)
        reviewed = rounds.reviewed_case_ids(store, coordinator, FIRST.key)
        _, frame, _ = rounds.progress(store, coordinator, FIRST.key)
        if len(reviewed) == sum(frame.strata.values()):
            return "plan.toml"
        write_bytes(self.folder / "reviewed.txt", "".join(f"{case}\n" for case in reviewed).encode())
        write_bytes(self.folder / "plan-2.toml", _example("plan-demo-2.toml").encode())
        return "plan-2.toml"

    def _draw(self, store: Store, one: _MadeUpRound, title: str, plan_name: str) -> None:
        """Freeze, draw and assign, as a coordinator would, with a day between."""
        coordinator, path = _coordinator(store), self.folder / self.recipe.register_name
        planned = draws.plan_frame(*draws.register_and_plan(path, self.folder / plan_name))
        _, freeze = rounds.new_round(
            store,
            coordinator,
            key=one.key,
            title=title,
            planned=planned,
            checklists=[checklists.text_of(name) for name in checklists.DEFAULT],
            salt=SALT,
            source_sha256=draws.file_sha256(path),
            now=one.starts,
            made_up=self.recipe.made_up,
        )
        write_document(self.folder / "certificates" / f"{one.key}-freeze.json", freeze)
        drawn = one.starts + timedelta(days=1)
        certificate = rounds.draw_round(
            store,
            coordinator,
            one.key,
            register=planned.register,
            seed=SeedRecord(value=one.seed, how="software", witnesses=(), at=drawn),
            secret_key=SECRET_KEY,
            now=drawn,
        )
        write_document(self.folder / "certificates" / f"{one.key}.json", certificate)
        names, assigned = [username for username, _ in REVIEWERS], drawn + timedelta(days=1)
        rounds.assign_cases(store, coordinator, one.key, reviewers=names, now=assigned)

    def _answer(self, store: Store, one: _MadeUpRound, username: str, *, share: float) -> None:
        """Hand in made-up answers to the first part of a reviewer's cases, as a filled-in sheet would."""
        coordinator = _coordinator(store)
        sheet = reviews.sheet_for(store, coordinator, one.key, username)
        upto = round(len(sheet.cases) * share)
        cases = {case.number: _answered(sheet, case.number, one.key) for case in sheet.cases[:upto]}
        filled = SheetAnswers(round_key=one.key, reviewer=username, cases=cases)
        now = one.starts + share * timedelta(days=14)
        reviews.import_answers(store, coordinator, one.key, filled, now=now)

    def _report(self, store: Store, key: str) -> None:
        reader = self._reader
        kept = publishing.in_force(store, store.rounds.by_key(key), self.words.language)
        centre_reports, overview = reports.all_reports(store, _coordinator(store), key, reader=reader)
        place = self.folder / "reports" / key
        names = reports.file_names(tuple(report.centre for report in centre_reports))
        for report in centre_reports:
            found = kept.get(report.centre, {}).get("pdf", report)
            write_bytes(place / names[report.centre], publishing.bytes_of(found, "pdf", reader))
            self.step()
        write_bytes(place / "overview.pdf", reports.overview_file(overview, reader))
        self.step()

    @property
    def _reader(self) -> reports.Reader:
        return reports.Reader(municipality=self.municipality, words=self.words)

    def _readme(self) -> str:
        words = self.words
        made_up = {
            "all": words.text("Registret og svarene er opfundne."),
            "answers": words.text("Registret er ægte, svarene er opfundne."),
        }[self.recipe.made_up]
        lines = [
            f"{words.text(TITLE)} {made_up}",
            "",
            words.text("Se rapporterne: reports/2026-1/ (en PDF for hvert center, og overview.pdf)."),
            words.text("Se udtrækket efter: certificates/2026-1.json"),
            f"  lirk draw verify certificates/2026-1.json {self.recipe.register_name}",
            words.text("Se, hvor langt 2. runde er:"),
            "  LIRK_DATABASE_URL=sqlite:///lirk.sqlite lirk round show 2026-2",
            words.text("Skriv et ark til en, der gennemgår:"),
            "  LIRK_DATABASE_URL=sqlite:///lirk.sqlite lirk review sheet 2026-2 --reviewer anne --out anne.xlsx",
            words.text("Kommandoerne køres fra denne mappe."),
            "",
            words.text(
                "Se siderne i browseren med `lirk demo`. Alle har adgangskoden {password}:", password=PASSWORD
            ),
            *(f"  {username:12} {what}" for username, what in sign_ins(words)),
        ]
        return "\n".join(lines) + "\n"


def sign_ins(words: Wording) -> list[tuple[str, str]]:
    """Return who can sign in to a demonstration, and what each can do there."""
    return [
        ("anne", words.text("gennemgår sager (også bo og camilla)")),
        ("koordinator", words.text("planlægger, trækker, fordeler og følger runden")),
        ("leder", words.text("læser sit centers rapport")),
        ("kontakt", words.text("hjælper i samme center")),
        ("arkivar", words.text("passer tjeklisterne")),
        ("chef", words.text("læser overblikket")),
        ("admin", words.text("opretter og ændrer personer og centre")),
        ("jurist", words.text("svarer på punkter i tvivl")),
    ]


def environment(folder: Path) -> dict[str, str]:
    """Return the settings with which the pages of a demonstration are served."""
    return {
        "LIRK_DATABASE_URL": f"sqlite:///{(folder / DATABASE).absolute()}",
        "LIRK_SECRET_KEY": SECRET_KEY,
        "LIRK_HTTPS": "no",
    }


def _coordinator(store: Store) -> Person:
    return people.acting_person(store, None, now=STARTS)


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


def _mapping_file(name: str) -> Path:
    """Return the file of a mapping: the one named, or the shipped example of that name."""
    if Path(name).exists():
        return Path(name)
    if name not in MAPPINGS:
        raise MappingUnknown(name=name, known=MAPPINGS)
    return EXAMPLES / f"{name}.toml"


def _example(name: str) -> str:
    return (EXAMPLES / name).read_text(encoding="utf-8")


def _is_readme(content: bytes) -> bool:
    titles = tuple(Wording(language).text(TITLE).encode() for language in LANGUAGES)
    return content.startswith(titles)
