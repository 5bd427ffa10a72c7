"""``lirk draw``, as it is typed, on a real register."""

import json
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from lirk.cli.main import main
from sampling import digest, ticket

SEED = "12345678901234567890"
REGISTER = Path(__file__).parent.parent / "data" / "planning-decisions-2023.csv"
EXAMPLES = files("lirk") / "demo" / "examples"


def run(capsys, *arguments):
    """Return exit status, standard output and standard error of one command."""
    status = 0
    try:
        main([str(argument) for argument in arguments])
    except SystemExit as exit_:
        status = exit_.code or 0
    printed = capsys.readouterr()
    assert "Traceback" not in printed.err
    return status, printed.out, printed.err


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the register, its mapping and a plan; commands are run in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LIRK_LANGUAGE", raising=False)
    monkeypatch.delenv("LIRK_SETTINGS", raising=False)
    shutil.copyfile(REGISTER, "register.csv")
    for name in ("planning-decisions.toml", "plan.toml"):
        Path(name).write_bytes((EXAMPLES / name).read_bytes())
    return tmp_path


def freeze(capsys, *more, plan="plan.toml", out="freeze.json"):
    return run(capsys, "draw", "freeze", "register.csv", "--plan", plan, "--out", out, *more)


def cases(capsys, *more, register="register.csv", seed=SEED, out="certificate.json"):
    arguments = ("draw", "cases", register, "--freeze", "freeze.json", "--seed", seed, "--out", out)
    return run(capsys, *arguments, *more)


def verify(capsys, *more, register="register.csv", certificate="certificate.json"):
    return run(capsys, "draw", "verify", certificate, register, *more)


@pytest.fixture
def frozen(folder, capsys):
    """The folder with a freeze in it."""
    assert freeze(capsys)[0] == 0
    return folder


@pytest.fixture
def drawn(frozen, capsys):
    """The folder with a freeze and a certificate in it."""
    assert cases(capsys, "--how", "dice", "--witness", "A")[0] == 0
    return frozen


def document(name="certificate.json"):
    return json.loads(Path(name).read_text(encoding="utf-8"))


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def stratum(certificate, name):
    return next(part for part in certificate["strata"] if part["stratum"] == name)


def edited_register(change):
    """Write the register with its lines changed, line ends as they were."""
    lines = Path("register.csv").read_bytes().split(b"\n")
    Path("changed.csv").write_bytes(b"\n".join(change(lines)))
    return "changed.csv"


def drawn_case():
    return stratum(document(), "Planning Committee")["cases"][0]["case_id"]


def line_of(lines, case):
    return next(number for number, line in enumerate(lines) if f",{case},".encode() in line)


class TestFreeze:
    def test_writes_the_freeze_and_says_fingerprint_and_counts(self, folder, capsys):
        status, out, remarks = freeze(capsys)
        written = document("freeze.json")
        assert status == 0
        assert written["format"] == "lirk-freeze/1"
        assert written["digest"] == digest(written)
        assert written["frame"]["fingerprint"] in out
        assert written["digest"] in out
        assert "Ramme: 1.347 sager fra register.csv (rækker: 1.444, strata: 8)." in out
        assert "  tomme rækker: 57" in out
        assert "ikke en afgørelse (Application Withdrawn): 40" in out
        assert "  Planning Committee: 15 af 151 sager, 15 i reserve" in out
        assert "Department Application: alt gennemgås (sager: 3)" in remarks

    def test_english_for_those_who_want_it(self, folder, capsys, monkeypatch):
        monkeypatch.setenv("LIRK_LANGUAGE", "en")
        _, out, remarks = freeze(capsys)
        assert "Frame: 1,347 cases from register.csv" in out
        assert "everything is reviewed (cases: 3)" in remarks

    def test_json_says_the_same(self, folder, capsys):
        status, out, _ = freeze(capsys, "--json")
        value = json.loads(out)
        assert status == 0
        assert value["fingerprint"] == document("freeze.json")["frame"]["fingerprint"]
        assert {"stratum": "Director", "N": 42, "n": 15, "reserve": 15} in value["strata"]
        assert [remark["code"] for remark in value["remarks"]].count("stratum-census") == 2

    def test_each_freeze_has_a_salt_of_its_own(self, frozen, capsys):
        freeze(capsys, out="again.json")
        first, second = document("freeze.json")["frame"], document("again.json")["frame"]
        assert first["strata"] == second["strata"]
        assert len(first["salt"]) == 32
        assert first["salt"] != second["salt"]
        assert first["fingerprint"] != second["fingerprint"]

    def test_exclusions_are_said_and_numbers_that_are_not_there(self, folder, capsys):
        Path("reviewed.txt").write_text("21/00365/A\n99/99999/X\n", encoding="utf-8")
        text = Path("plan.toml").read_text(encoding="utf-8")
        rule = '[[exclude]]\nreason = "gennemgået sidst"\ncase_numbers_file = "reviewed.txt"\n'
        Path("plan.toml").write_text(text.replace("[sizes]", f"{rule}\n[sizes]"), encoding="utf-8")
        status, out, remarks = freeze(capsys)
        assert status == 0
        assert "  gennemgået sidst: 1" in out
        assert (
            "Ikke alle sagsnumre under »gennemgået sidst« er i registret: 1 mangler (fx 99/99999/X)."
            in remarks
        )
        assert document("freeze.json")["plan"]["exclude"][0]["case_numbers"] == ["21/00365/A", "99/99999/X"]

    def test_a_plan_with_problems_is_told_whole_and_nothing_is_written(self, folder, capsys):
        Path("plan.toml").write_text('titel = "x"\n[sizes]\nmethod = "lottery"\n', encoding="utf-8")
        before = names(folder)
        status, out, problems = freeze(capsys)
        assert (status, out) == (1, "")
        assert "plan.toml, titel: Nøglen kendes ikke." in problems
        assert "plan.toml, [sizes] method: Metoden kendes ikke." in problems
        assert "plan.toml, [sizes] n: »n« mangler." in problems
        assert names(folder) == before

    def test_a_size_for_a_stratum_that_is_none_is_told(self, folder, capsys):
        with Path("plan.toml").open("a", encoding="utf-8") as plan:
            plan.write('exceptions = { "Planning Comittee" = 20 }\n')
        status, _, problems = freeze(capsys)
        assert status == 1
        assert "Planning Comittee" in problems
        assert "Principal Planner South" in problems
        assert "freeze.json" not in names(folder)

    def test_a_freeze_is_not_written_over(self, frozen, capsys):
        before = Path("freeze.json").read_bytes()
        status, _, error = freeze(capsys)
        assert status == 2
        assert "freeze.json findes allerede" in error
        assert Path("freeze.json").read_bytes() == before

    def test_a_plan_that_is_not_there(self, folder, capsys):
        status, _, error = freeze(capsys, plan="none.toml")
        assert status == 2
        assert "none.toml" in error


class TestCases:
    def test_writes_the_certificate_and_says_how_to_check_it(self, frozen, capsys):
        status, out, remarks = cases(capsys, "--how", "two-people", "--witness", "A", "--witness", "B")
        certificate = document()
        assert status == 0
        assert certificate["format"] == "lirk-certificate/1"
        assert certificate["seed"]["how"] == "two-people"
        assert certificate["seed"]["witnesses"] == ["A", "B"]
        assert certificate["digest"] == digest(certificate)
        assert certificate["frame"] == document("freeze.json")["frame"]
        assert certificate["digest"] in out
        assert f"Frø: {SEED}, ti cifre fra hver af to personer." in out
        assert drawn_case() in out
        assert "alt gennemgås" in remarks

    def test_the_printed_line_gives_the_certified_ticket(self, frozen, capsys):
        _, out, _ = cases(capsys)
        line = next(line for line in out.splitlines() if "sha256sum" in line)
        printed = subprocess.run(
            ["sh", "-c", line], capture_output=True, text=True, check=True
        ).stdout.split()[0]
        certified = {case["ticket"] for part in document()["strata"] for case in part["cases"]}
        assert printed in certified

    def test_every_ticket_is_of_seed_and_case(self, drawn):
        listed = [case for part in document()["strata"] for case in part["cases"]]
        assert len(listed) > 90
        assert all(case["ticket"] == ticket(SEED, case["case_id"]) for case in listed)

    def test_where_nothing_is_said_dice_are_written_and_that_is_said(self, frozen, capsys):
        _, _, remarks = cases(capsys)
        assert document()["seed"]["how"] == "dice"
        assert "--how" in remarks

    def test_json_lists_the_cases(self, frozen, capsys):
        status, out, _ = cases(capsys, "--json")
        value = json.loads(out)
        assert status == 0
        assert value["digest"] == document()["digest"]
        assert value["draw"]["number"] == 1
        assert {case["stratum"] for case in value["cases"]} == {part["stratum"] for part in value["strata"]}

    @pytest.mark.parametrize("seed", ["1234", SEED + "1", "1234567890123456789x", " " * 20])
    def test_a_seed_that_is_none(self, frozen, capsys, seed):
        status, out, error = cases(capsys, seed=seed)
        assert (status, out) == (2, "")
        assert "præcis 20 cifre" in error
        assert "certificate.json" not in names(frozen)

    def test_another_register_is_refused_and_told_why(self, frozen, capsys):
        changed = edited_register(lambda lines: [line for line in lines if b",22/00682/REM," not in line])
        status, out, error = cases(capsys, register=changed)
        assert (status, out) == (1, "")
        assert "Planning Committee: antallet af sager er nu 150; ved frysningen 151." in error
        assert "Antallet af rækker i registret er nu 1.443; ved frysningen 1.444." in error
        assert "Registret er ikke det, der blev frosset" in error
        assert "certificate.json" not in names(frozen)

    def test_a_rule_that_leaves_out_more_is_named_in_words(self, frozen, capsys):
        def withdrawn(lines):
            place = line_of(lines, "22/00682/REM")
            return [
                *lines,
                lines[line_of(lines, "21/00832/B")].replace(b"21/00832/B", b"99/1/B"),
                lines[place][:0],
            ]

        status, _, error = cases(capsys, register=edited_register(withdrawn))
        assert status == 1
        assert "»ikke en afgørelse (Application Withdrawn)«: nu 41; ved frysningen 40." in error

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            pytest.param("", "kan ikke læses som JSON", id="empty"),
            pytest.param("{}", "ikke en frysning", id="another document"),
            pytest.param('{"a": 1, "a": 2}', "to gange", id="a member twice"),
        ],
    )
    def test_a_freeze_that_is_none(self, frozen, capsys, content, sentence):
        Path("freeze.json").write_text(content, encoding="utf-8")
        status, out, error = cases(capsys)
        assert (status, out) == (2, "")
        assert sentence in error

    def test_an_edited_freeze(self, frozen, capsys):
        text = Path("freeze.json").read_text(encoding="utf-8")
        Path("freeze.json").write_text(text.replace('"n": 15', '"n": 16'), encoding="utf-8")
        status, _, error = cases(capsys)
        assert status == 2
        assert "Frysningen er ændret" in error

    def test_a_certificate_is_not_written_over(self, drawn, capsys):
        before = Path("certificate.json").read_bytes()
        status, _, error = cases(capsys)
        assert status == 2
        assert "certificate.json findes allerede" in error
        assert Path("certificate.json").read_bytes() == before

    def test_nothing_half_done_stays_behind(self, frozen, capsys, monkeypatch):
        def full(*_):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.fsync", full)
        before = names(frozen)
        status, _, error = cases(capsys)
        assert status == 2
        assert "certificate.json" in error
        assert names(frozen) == before

    def test_a_second_draw_without_a_reason_is_refused(self, drawn, capsys):
        more = ("--number", "2", "--previous", "certificate.json")
        status, _, error = cases(capsys, *more, seed="0" * 20, out="second.json")
        assert status == 2
        assert "skal have en grund" in error
        assert "second.json" not in names(drawn)

    def test_a_second_draw_is_numbered_and_says_its_reason(self, drawn, capsys):
        more = ("--number", "2", "--reason", "to sager var dubletter", "--previous", "certificate.json")
        status, out, _ = cases(capsys, *more, seed="0" * 20, out="second.json")
        assert status == 0
        assert "Udtræk 2 af samme ramme: to sager var dubletter" in out
        assert document("second.json")["previous"] == document()["digest"]
        assert verify(capsys, certificate="second.json")[0] == 0

    def test_a_seed_draws_once(self, drawn, capsys):
        more = ("--number", "2", "--reason", "x", "--previous", "certificate.json")
        status, _, error = cases(capsys, *more, out="second.json")
        assert status == 2
        assert "allerede brugt" in error


class TestVerify:
    def test_holds(self, drawn, capsys):
        status, out, remarks = verify(capsys)
        assert status == 0
        assert "Udtrækket holder: 94 sager af 1.347" in out
        assert document()["frame"]["fingerprint"] in out
        assert remarks == ""

    def test_holds_for_the_rows_in_another_order(self, drawn, capsys):
        changed = edited_register(lambda lines: [lines[0], *reversed(lines[1:-1]), lines[-1]])
        status, out, remarks = verify(capsys, register=changed)
        assert status == 0
        assert "Udtrækket holder" in out
        assert "ikke byte for byte" in remarks

    def test_an_outcome_changed_within_its_stratum_is_remarked(self, drawn, capsys):
        case = drawn_case()

        def other_outcome(lines):
            place = line_of(lines, case)
            old, new = (
                (b"Permitted", b"Refused") if b"Permitted" in lines[place] else (b"Refused", b"Permitted")
            )
            return [line.replace(old, new) if number == place else line for number, line in enumerate(lines)]

        status, _, remarks = verify(capsys, register=edited_register(other_outcome))
        assert status == 0
        assert "Andre kolonner, fx udfald og dato, efterprøves ikke." in remarks

    def test_a_row_removed(self, drawn, capsys):
        case = drawn_case()
        changed = edited_register(lambda lines: [line for line in lines if f",{case},".encode() not in line])
        status, out, remarks = verify(capsys, register=changed)
        assert (status, remarks) == (1, "")
        assert f"{case}: sagen er ikke længere i rammen (Planning Committee)." in out
        assert "Planning Committee: antallet af sager er nu 150; ved frysningen 151." in out
        assert "Rammens fingeraftryk er nu" in out
        assert "Udtrækket holder ikke: 4 forskelle." in out

    def test_a_row_added(self, drawn, capsys):
        last = stratum(document(), "Planning Committee")["cases"][-1]["ticket"]
        added = next(case for case in (f"99/{n:05}/B" for n in range(10_000)) if ticket(SEED, case) < last)

        def one_more(lines):
            row = lines[line_of(lines, drawn_case())]
            return [lines[0], row.replace(drawn_case().encode(), added.encode()), *lines[1:]]

        status, out, _ = verify(capsys, register=edited_register(one_more))
        assert status == 1
        assert f"{added}: sagen skulle have været med i Planning Committee" in out

    def test_a_row_changed(self, drawn, capsys):
        case = drawn_case()

        def other_centre(lines):
            place = line_of(lines, case)
            moved = lines[place].replace(b"Planning Committee", b"Director 2017+")
            return [moved if number == place else line for number, line in enumerate(lines)]

        status, out, _ = verify(capsys, register=edited_register(other_centre))
        assert status == 1
        assert f"{case}: sagen står nu i »Director«; i certifikatet i »Planning Committee«." in out

    def test_a_certificate_that_somebody_edited(self, drawn, capsys):
        text = Path("certificate.json").read_text(encoding="utf-8")
        case = drawn_case()
        Path("certificate.json").write_text(text.replace(case, "22/00000/X"), encoding="utf-8")
        status, out, _ = verify(capsys)
        assert status == 1
        assert "Certifikatet er ændret, efter at det blev skrevet" in out
        assert "22/00000/X: lodnummeret er" in out
        assert "22/00000/X: sagen er ikke længere i rammen" in out

    def test_a_plan_changed_after_the_freeze_shows_in_the_checksum(self, drawn, capsys):
        """Redrawn and signed anew all else holds; only what was handed out before the seed differs."""
        handed_out = json.loads(Path("freeze.json").read_text(encoding="utf-8"))["digest"]
        assert f"Frysningens kontrolsum: {handed_out}" in verify(capsys)[1]
        certificate = document()
        certificate["plan"]["title"] = "Another plan"
        signed = {**certificate, "digest": digest(certificate)}
        Path("certificate.json").write_text(json.dumps(signed), encoding="utf-8")
        status, out, _ = verify(capsys)
        assert status == 0
        assert handed_out not in out
        assert json.loads(verify(capsys, "--json")[1])["freeze_digest"] in out

    def test_an_edited_mapping_is_told_before_the_register(self, drawn, capsys):
        certificate = document()
        certificate["mapping"]["columns"]["case_number"] = "No such heading"
        Path("certificate.json").write_text(json.dumps(certificate), encoding="utf-8")
        status, _, error = verify(capsys)
        assert status == 1
        assert error.index("Certifikatet er ændret") < error.index("No such heading")

    def test_signs_that_steer_a_terminal_are_written_out(self, drawn, capsys):
        certificate = document()
        certificate["method"]["name"] = "\x1b[2Jlirk"
        Path("certificate.json").write_text(json.dumps(certificate), encoding="utf-8")
        status, out, _ = verify(capsys)
        assert status == 1
        assert "\x1b" not in out
        assert "\\x1b[2Jlirk" in out

    def test_json_lists_the_differences(self, drawn, capsys):
        certificate = document()
        certificate["seed"]["witnesses"] = ["somebody else"]
        Path("certificate.json").write_text(json.dumps(certificate), encoding="utf-8")
        status, out, _ = verify(capsys, "--json")
        value = json.loads(out)
        assert status == 1
        assert value["holds"] is False
        assert [difference["code"] for difference in value["differences"]] == ["digest-wrong"]

    def test_english_for_those_who_want_it(self, drawn, capsys, monkeypatch):
        monkeypatch.setenv("LIRK_LANGUAGE", "en")
        assert "The draw holds: 94 of 1,347 cases" in verify(capsys)[1]

    @pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": "lirk-certificate/1"}'])
    def test_a_certificate_that_is_none(self, drawn, capsys, content):
        Path("certificate.json").write_text(content, encoding="utf-8")
        status, out, error = verify(capsys)
        assert (status, out) == (2, "")
        assert "lirk draw" in error

    def test_a_register_that_is_not_there(self, drawn, capsys):
        assert verify(capsys, register="none.csv")[0] == 2
