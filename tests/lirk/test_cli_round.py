"""A round from the command line: what is said, what is refused, and that a refusal keeps nothing."""

import json
import re
import shutil

import pytest
from core_set import CORE
from small_round import OTHER_SEED, SEED, fill, write_files
from typed import content, typed

NEW = ("round", "new", "2026-1", "register.csv", "--plan", "plan.toml", "--checklist", "breve.toml")
DRAW = ("round", "draw", "2026-1", "register.csv", "--seed")
SHEET = ("round", "import-answers", "2026-1")
ALL_YES = {"clear": "Ja", "reasons": "Ja"}


@pytest.fixture(scope="module")
def states(tmp_path_factory):
    """A folder for each state of a round, made by the commands themselves."""
    place = tmp_path_factory.mktemp("states")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("LIRK_LANGUAGE", "LIRK_SETTINGS", "LIRK_DATABASE_URL", "LIRK_SECRET_KEY"):
            patch.delenv(name, raising=False)
        folder = place / "empty"
        folder.mkdir()
        write_files(folder)

        def then(state, *commands):
            nonlocal folder
            folder = shutil.copytree(folder, place / state)
            patch.chdir(folder)
            for command in commands:
                ended = typed(*command)
                assert ended.status == 0, (command, ended)

        then("before", ("db", "upgrade"), *(added(name) for name in ("anne", "bo")))
        then("committed", (*NEW, "--out", "freeze.json"))
        then("drawn", (*DRAW, SEED, "--out", "certificate.json"))
        then("reviewing", ("round", "assign", "2026-1", "--reviewer", "anne", "--reviewer", "bo"))
        sheets = [
            ("review", "sheet", "2026-1", "--reviewer", name, "--out", f"{name}.xlsx")
            for name in ("anne", "bo")
        ]
        then("written", *sheets)
        shutil.copy(folder / "anne.xlsx", folder / "blank.xlsx")
        fill(folder / "anne.xlsx", ALL_YES)
        fill(folder / "bo.xlsx", ALL_YES)
        then("half", (*SHEET, "anne.xlsx"))
        then("closed", (*SHEET, "bo.xlsx"), ("round", "close", "2026-1"))
    return place


def added(name):
    return ("user", "add", name, "--name", name.title(), "--role", "reviewer")


@pytest.fixture
def at(states, tmp_path, monkeypatch):
    """Stand in a folder of one's own in which a round has come so far; returns the folder."""
    for name in ("LIRK_LANGUAGE", "LIRK_SETTINGS", "LIRK_DATABASE_URL", "LIRK_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)

    def at(state):
        shutil.copytree(states / state, tmp_path, dirs_exist_ok=True)
        monkeypatch.chdir(tmp_path)
        return tmp_path

    return at


def refused(state, status, danish, english, *arguments):
    """One row of the table of bad input."""
    return pytest.param(state, arguments, status, danish, english, id=f"{state}: {danish[:40]}")


BAD = [
    refused("before", 1, "Metoden kendes ikke", "method", *NEW[:5], "bad-plan.toml"),
    refused("before", 2, "Rundens nøgle skal være", "key must be", *NEW[:2], "Runde 1", *NEW[3:]),
    refused("before", 2, "none.csv", "none.csv", *NEW[:3], "none.csv", *NEW[4:]),
    refused("before", 2, "none.toml", "none.toml", *NEW[:5], "none.toml"),
    refused("before", 2, "nævnt to gange", "named twice", *NEW, "--checklist", "breve.toml"),
    refused("before", 2, "findes ikke", "neither", *NEW[:7], "none.toml"),
    refused("before", 2, "ikke en af rundens", "none of the round", *NEW, "--full", "none.toml"),
    refused("before", 2, "outcome_group", "outcome_group", *NEW[:5], "by-outcome.toml"),
    refused("before", 2, "findes allerede. Flyt den", "exists already. Move", *NEW, "--out", "plan.toml"),
    refused("before", 2, "kan ikke skrives", "cannot be written", *NEW, "--out", "plan.toml/freeze.json"),
    refused("before", 2, "kan ikke skrives", "cannot be written", *NEW, "--out", "x" * 300),
    refused("before", 2, "brugernavnet ukendt", "username ukendt", *NEW, "--as", "ukendt"),
    refused("before", 2, "ikke adgang til at gøre", "You may not do this", *NEW, "--as", "anne"),
    refused("empty", 2, "lirk db upgrade", "lirk db upgrade", *NEW),
    refused("committed", 2, "Runden 2026-1 findes allerede", "Round 2026-1 exists already", *NEW),
    refused("committed", 2, "ingen runde 2027-1", "no round 2027-1", *DRAW[:2], "2027-1", *DRAW[3:], SEED),
    refused("committed", 2, "Frøet »12345« kan ikke bruges", "“12345”", *DRAW, "12345"),
    refused("committed", 2, "kan ikke bruges", "cannot be used", *DRAW, "3141592653589793238x"),
    refused("committed", 2, "kan ikke bruges", "cannot be used", *DRAW, f"{SEED}0"),
    refused("committed", 2, "magi", "magi", *DRAW, SEED, "--how", "magi"),
    refused(
        "committed", 1, "ikke det, der blev frosset", "not the one", *DRAW[:3], "other.csv", "--seed", SEED
    ),
    refused("committed", 2, "findes allerede. Flyt", "exists already", *DRAW, SEED, "--out", "freeze.json"),
    refused(
        "committed", 2, "kan ikke skrives", "cannot be written", *DRAW, SEED, "--out", "plan.toml/c.json"
    ),
    refused(
        "committed",
        2,
        "frøet mangler",
        "the seed is missing",
        "round",
        "assign",
        "2026-1",
        "--reviewer",
        "anne",
    ),
    refused("drawn", 2, "skal have en grund", "reason", *DRAW, OTHER_SEED),
    refused("drawn", 2, "allerede brugt", "already", *DRAW, SEED, "--reason", "Forkert vidne"),
    refused(
        "drawn",
        2,
        "brugernavnet ukendt",
        "username ukendt",
        "round",
        "assign",
        "2026-1",
        "--reviewer",
        "ukendt",
    ),
    refused(
        "drawn",
        2,
        "ikke rollen reviewer",
        "role reviewer",
        "round",
        "assign",
        "2026-1",
        "--reviewer",
        "koordinator",
    ),
    refused("reviewing", 2, "none.xlsx findes ikke", "does not exist", *SHEET, "none.xlsx"),
    refused("reviewing", 1, "ikke læses som regneark", "spreadsheet", *SHEET, "plan.toml"),
    refused(
        "reviewing", 2, "ingen sag 99", "no case 99", "round", "replace", "2026-1", "99", "--reason", "x"
    ),
    refused(
        "reviewing", 2, "skal have en grund", "reason", "round", "replace", "2026-1", "1", "--reason", " "
    ),
    refused(
        "reviewing",
        2,
        "ikke flere sager i reserve",
        "reserve",
        "round",
        "replace",
        "2026-1",
        "8",
        "--reason",
        "x",
    ),
    refused("reviewing", 1, "mangler svar i sag 1–8", "missing in case 1–8", "round", "close", "2026-1"),
    refused(
        "reviewing", 2, "sagerne gennemgås", "being reviewed", "report", "all", "2026-1", "--out", "reports"
    ),
    refused(
        "reviewing",
        2,
        "har ingen sager",
        "no cases",
        *("review", "sheet", "2026-1", "--reviewer", "koordinator", "--out", "k.xlsx"),
    ),
    refused("written", 2, "findes ikke, eller du", "does not exist, or", *SHEET, "bo.xlsx", "--as", "anne"),
    refused("written", 1, "ikke udtrukket", "not drawn", *SHEET, "stranger.xlsx"),
    refused("half", 2, "er begyndt", "has begun", *DRAW, OTHER_SEED, "--reason", "Forkert vidne"),
    refused("half", 2, "uden for rammen): 1", "out of scope): 1", *SHEET, "changed.xlsx"),
    refused("closed", 2, "lukket", "closed", *SHEET, "anne.xlsx"),
    refused("closed", 2, "lukket", "closed", *DRAW, OTHER_SEED, "--reason", "Forkert vidne"),
    refused("closed", 2, "lukket", "closed", "round", "close", "2026-1"),
    refused(
        "closed",
        2,
        "Center Ukendt",
        "Center Ukendt",
        "report",
        "centre",
        "2026-1",
        "Center Ukendt",
        "--out",
        "c.pdf",
    ),
    refused(
        "closed", 2, "ingen sager", "no cases", "report", "centre", "2026-1", "Center Vest", "--out", "c.pdf"
    ),
    refused(
        "closed", 2, "kan ikke skrives", "cannot be written", "report", "all", "2026-1", "--out", "plan.toml"
    ),
]


def prepare(folder):
    """Put the files of bad input into a folder."""
    plan = (folder / "plan.toml").read_text(encoding="utf-8")
    (folder / "bad-plan.toml").write_text(
        plan.replace('"fixed"', '"fem"').replace("n = 3", 'n = "fem"'), encoding="utf-8"
    )
    (folder / "by-outcome.toml").write_text(
        plan.replace('["centre"]', '["centre", "outcome_group"]'), encoding="utf-8"
    )
    lines = (folder / "register.csv").read_text(encoding="utf-8")
    (folder / "other.csv").write_text(lines + "26/N99;Center Nord;2026-03-01;Bevilget;;\n", encoding="utf-8")
    if (folder / "blank.xlsx").exists():
        shutil.copy(folder / "blank.xlsx", folder / "stranger.xlsx")
        fill(folder / "stranger.xlsx", {"clear": "Ja"}, renumber={1: 77})
        shutil.copy(folder / "anne.xlsx", folder / "changed.xlsx")
        fill(folder / "changed.xlsx", {"clear": "Nej"}, numbers=(1,), note="Uklart")


class TestBadInput:
    @pytest.mark.parametrize(("state", "arguments", "status", "danish", "english"), BAD)
    def test_is_a_sentence_and_nothing_is_kept(
        self, at, monkeypatch, state, arguments, status, danish, english
    ):
        folder = at(state)
        prepare(folder)
        before = content(folder)
        for language, said in (("da", danish), ("en", english)):
            monkeypatch.setenv("LIRK_LANGUAGE", language)
            ended = typed(*arguments)
            assert (ended.status, ended.out) == (status, ""), ended
            assert said in " ".join(re.sub("[│╭╮╰╯─]", " ", ended.err).split())
        assert content(folder) == before

    def test_every_case_without_its_review_is_named(self, at):
        at("reviewing")
        told = typed("round", "close", "2026-1").err
        assert "Der mangler svar i sag 1–8." in told

    def test_caseworkers_need_a_key(self, at, monkeypatch):
        folder = at("before")
        write_files(folder, caseworkers=True)
        assert typed(*NEW).status == 0
        before = content(folder)
        ended = typed(*DRAW, SEED)
        assert (ended.status, "LIRK_SECRET_KEY" in ended.err) == (2, True)
        assert content(folder) == before
        monkeypatch.setenv("LIRK_SECRET_KEY", "k" * 32)
        assert typed(*DRAW, SEED).status == 0


class TestNew:
    def test_says_what_was_frozen_and_what_comes_next(self, at):
        folder = at("before")
        ended = typed(*NEW, "--out", "freeze.json")
        freeze = json.loads((folder / "freeze.json").read_text(encoding="utf-8"))
        assert ended.status == 0
        assert "Runden »1. runde 2026« er oprettet som 2026-1." in ended.out
        assert "Ramme: 16 sager fra register.csv." in ended.out
        assert freeze["frame"]["fingerprint"] in ended.out
        assert "lirk round draw 2026-1" in ended.out

    @pytest.mark.parametrize(
        ("full", "said", "items"),
        [
            ((), "Tjekliste: Breve, version 1, kernesæt, 1 af 2 punkter.", "core"),
            (("--full", "breve.toml"), "Tjekliste: Breve, version 1, alle 2 punkter.", "full"),
        ],
    )
    def test_asks_the_core_set_or_all_items(self, at, full, said, items):
        (at("before") / "breve.toml").write_text(CORE, encoding="utf-8")
        assert said in typed(*NEW, *full).out
        assert said in typed("round", "show", "2026-1").out
        (one,) = json.loads(typed("round", "show", "2026-1", "--json").out)["checklists"]
        used = {"core": 1, "full": 2}[items]
        assert one == {"id": "breve", "version": 1, "items": items, "used": used, "of": 2}

    def test_a_centre_without_cases_and_one_taken_whole_are_told_and_it_goes_on(self, at):
        at("before")
        told = typed(*NEW).err
        assert "Center Vest: ingen sager i perioden." in told
        assert "Center Øst: alt gennemgås (sager: 2)" in told

    def test_progress_leaves_nothing_on_the_screen(self, at):
        at("before")
        told = typed(*NEW).err
        assert "Læser registret" not in told
        assert not told.startswith("\n")


class TestDraw:
    def test_says_the_sizes_and_the_digest(self, at):
        folder = at("committed")
        ended = typed(*DRAW, SEED, "--how", "dice", "--witness", "Ida", "--out", "certificate.json")
        certificate = json.loads((folder / "certificate.json").read_text(encoding="utf-8"))
        assert "  Center Nord: 3 af 8 sager\n" in ended.out
        assert "  Center Vest: 0 af 0 sager\n" in ended.out
        assert certificate["digest"] in ended.out
        assert certificate["seed"]["witnesses"] == ["Ida"]
        assert "Center Øst: alt gennemgås" in ended.err
        assert "--how" not in ended.err

    def test_a_seed_nobody_explained_is_called_dice_and_told(self, at):
        at("committed")
        assert "slået med terninger" in typed(*DRAW, SEED).err

    def test_a_rule_that_leaves_out_more_is_named_in_words(self, at):
        folder = at("committed")
        with (folder / "register.csv").open("a", encoding="utf-8") as file:
            file.write("26/V02;Center Vest;2025-03-02;Bevilget;;\n")
        told = typed(*DRAW, SEED).err
        assert "outside-period" not in told
        assert "perioden" in told

    def test_the_certificate_verifies_without_the_database(self, at):
        folder = at("drawn")
        (folder / "lirk.sqlite").unlink()
        assert typed("draw", "verify", "certificate.json", "register.csv").status == 0


class TestAssign:
    def test_says_who_gets_how_much(self, at):
        at("drawn")
        ended = typed("round", "assign", "2026-1", "--reviewer", "anne", "--reviewer", "bo")
        lines = ended.out.splitlines()
        assert lines[0] == "anne: 4 nye sager (under en halv time i alt)"
        assert lines[1] == "bo: 4 nye sager (under en halv time i alt)"

    def test_a_second_time_says_that_there_is_nothing_to_give(self, at):
        at("reviewing")
        ended = typed("round", "assign", "2026-1", "--reviewer", "anne")
        assert (ended.status, "anne: 0 nye sager" in ended.out) == (0, True)
        assert "--again" in ended.err


class TestImportAnswers:
    def test_says_what_was_read(self, at):
        at("written")
        ended = typed(*SHEET, "anne.xlsx", "bo.xlsx")
        assert ended.out.splitlines()[0].startswith("anne.xlsx: 8 svar læst, 4 gennemgange afsluttet")

    def test_a_reviewer_imports_their_own(self, at):
        at("written")
        assert typed(*SHEET, "anne.xlsx", "--as", "anne").status == 0

    def test_the_same_sheet_again_changes_no_answer(self, at):
        folder = at("half")
        before = [row for row in content(folder)["lirk.sqlite"] if "trail_entry" not in row]
        assert typed(*SHEET, "anne.xlsx").status == 0
        assert typed(*SHEET, "blank.xlsx").status == 0
        after = [row for row in content(folder)["lirk.sqlite"] if "trail_entry" not in row]
        assert after == before

    def test_a_finished_review_is_reopened_with_a_reason(self, at):
        folder = at("half")
        prepare(folder)
        ended = typed(*SHEET, "changed.xlsx", "--reopen", "Læst forkert")
        assert (ended.status, "1 gennemgang afsluttet" in ended.out) == (0, True)

    def test_out_of_scope_is_told_with_what_to_do(self, at):
        folder = at("written")
        fill(folder / "blank.xlsx", {"case/status": "Uden for rammen"}, numbers=(1,))
        assert "lirk round replace 2026-1 1 --reason" in typed(*SHEET, "blank.xlsx").err
        ended = typed("round", "replace", "2026-1", "1", "--reason", "Ingen afgørelse", "--out", "new.json")
        assert (ended.status, "Sag 1 er erstattet af sag 9" in ended.out) == (0, True)
        assert typed("draw", "verify", "new.json", "register.csv").status == 0
        assert "Sag 1 er erstattet" in typed(*SHEET, "anne.xlsx").err


class TestShow:
    @pytest.mark.parametrize(
        ("state", "said", "next_step"),
        [
            ("committed", "frøet mangler", "lirk round draw 2026-1"),
            ("drawn", "fordelt", "lirk round assign 2026-1"),
            ("half", "4 af 8 gennemgange", "lirk review sheet 2026-1"),
            ("closed", "lukket", "lirk report all 2026-1"),
        ],
    )
    def test_says_how_far_it_is_and_what_comes_next(self, at, state, said, next_step):
        at(state)
        out = typed("round", "show", "2026-1").out
        assert (said in out, next_step in out) == (True, True)
        assert said in typed("round", "list").out or state == "half"

    def test_when_everything_is_read_it_can_be_closed(self, at):
        at("half")
        typed(*SHEET, "bo.xlsx")
        assert "lirk round close 2026-1" in typed("round", "show", "2026-1").out

    def test_for_programs(self, at):
        at("half")
        shown = json.loads(typed("round", "show", "2026-1", "--json").out)
        assert (shown["state"], shown["cases"], shown["finished"], shown["unassigned"]) == (
            "reviewing",
            8,
            4,
            0,
        )
        assert [one["key"] for one in json.loads(typed("round", "list", "--json").out)] == ["2026-1"]

    def test_before_the_first_round(self, at):
        at("before")
        assert "lirk round new" in typed("round", "list").out


class TestReport:
    def test_all_of_a_closed_round(self, at):
        folder = at("closed")
        ended = typed("report", "all", "2026-1", "--out", "reports")
        names = sorted(path.name for path in (folder / "reports").iterdir())
        assert names == ["center-nord.pdf", "center-oest.pdf", "center-syd.pdf", "overview.pdf"]
        assert ended.out.count("Skrev ") == 4

    def test_one_at_a_time_the_same_bytes(self, at):
        folder = at("closed")
        typed("report", "all", "2026-1", "--out", "reports")
        typed("report", "centre", "2026-1", "Center Nord", "--out", "nord.pdf")
        typed("report", "overview", "2026-1", "--out", "overview.pdf")
        assert (folder / "nord.pdf").read_bytes() == (folder / "reports" / "center-nord.pdf").read_bytes()
        assert (folder / "overview.pdf").read_bytes() == (folder / "reports" / "overview.pdf").read_bytes()

    def test_a_leader_gets_their_own_centre_s_only(self, at):
        at("closed")
        typed("user", "add", "lis", "--name", "Lis", "--role", "centre-leader", "--centre", "Center Nord")
        reading = ("report", "centre", "2026-1")
        assert typed(*reading, "Center Nord", "--out", "nord.pdf", "--as", "lis").status == 0
        ended = typed(*reading, "Center Syd", "--out", "syd.pdf", "--as", "lis")
        assert (ended.status, ended.err) == (2, "Det findes ikke, eller du har ikke adgang til det.\n")
