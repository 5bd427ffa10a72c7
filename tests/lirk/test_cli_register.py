"""``lirk register``, as it is typed."""

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from lirk.cli.main import main

DATA = Path(__file__).parents[1] / "data"
EXAMPLE = str(files("lirk.demo") / "examples" / "planning-decisions.toml")
REGISTER = """\
Sagsnr;Center;Afgjort;Resultat;Navn
1;Øst;13-02-2025;Afslag;x
2;Aabenrå;14-02-2025;Bevilling;y
3;Ærø;14-02-2025;Bevilling;y
4;Zoo;14-02-2025;Henlagt;y
I alt;4;;;
"""


@pytest.fixture
def run(capsys, monkeypatch):
    """Run the command and return its exit status, output and remarks."""

    def run(*arguments, language="da"):
        monkeypatch.setenv("LIRK_LANGUAGE", language)
        with pytest.raises(SystemExit) as ended:
            main(["register", "check", *map(str, arguments)])
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return run


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "register.csv"
    path.write_text(REGISTER)
    return path


class TestCheck:
    def test_a_real_register_with_the_example_mapping(self, run):
        status, out, err = run(DATA / "planning-decisions-2023.csv", "--mapping", EXAMPLE)
        assert status == 0
        assert not err
        assert "1.444 rækker" in out
        assert re.search(r"^  tomme rækker +-57  1\.387$", out, re.MULTILINE)
        assert "  Principal Planner South         491\n" in out

    def test_centres_stand_in_danish_order_and_the_guess_is_shown(self, run, register):
        status, out, err = run(register)
        assert status == 0
        assert out.index("Ærø") < out.index("Øst ") < out.index("Aabenrå ")
        assert "Zoo" not in out
        assert "Center  (gættet)" in out
        assert err == "Disse kolonner bruges ikke og gemmes ikke: »Navn«.\n"

    def test_in_english(self, run, register):
        status, out, err = run(register, language="en")
        assert status == 0
        assert "Cases by centre" in out
        assert err == "These columns are not used and not kept: »Navn«.\n"

    def test_json(self, run, register):
        status, out, _ = run(register, "--json")
        value = json.loads(out)
        assert status == 0
        assert (value["holds"], value["rows"], value["cases"]) == (True, 5, 3)
        assert value["centres"] == [{"centre": name, "cases": 1} for name in ("Ærø", "Øst", "Aabenrå")]
        assert value["excluded"] == [
            {"reason": "total-row", "value": "", "count": 1},
            {"reason": "not-a-decision", "value": "Henlagt", "count": 1},
        ]
        assert value["columns_dropped"] == ["Navn"]

    def test_problems_are_told_with_row_and_column(self, run, register):
        register.write_text(REGISTER.replace("13-02-2025", "31-02-2025"))
        status, out, err = run(register)
        assert status == 1
        assert not out
        assert "række 2, kolonne »Afgjort«: »31-02-2025« er ikke en dato, der findes" in err
        assert "Problemer fundet: 1." in err

    def test_problems_as_json(self, run, register):
        register.write_text(REGISTER.replace("Øst", ""))
        status, out, err = run(register, "--json")
        value = json.loads(out)
        assert status == 1
        assert not err
        assert (value["holds"], value["problem_count"]) == (False, 1)
        assert {"code": "centre-missing", "row": 2, "column": "Center"}.items() <= value["problems"][
            0
        ].items()

    @pytest.mark.parametrize("missing", ["register", "mapping"])
    def test_a_file_that_is_not_there(self, run, register, tmp_path, missing):
        nothing = tmp_path / "nothing"
        arguments = (nothing,) if missing == "register" else (register, "--mapping", nothing)
        status, _, err = run(*arguments)
        assert status == 2
        assert err == "Filen nothing findes ikke. Se efter, om navn og mappe er rigtige.\n"

    def test_problems_of_the_mapping_name_its_file(self, run, register, tmp_path):
        (tmp_path / "m.toml").write_text("[kep]\n")
        status, _, err = run(register, "--mapping", tmp_path / "m.toml")
        assert status == 1
        assert err.startswith("m.toml, [kep]: Afsnittet kendes ikke.")


class TestWriteMapping:
    def test_guessed_corrected_and_used_again(self, run, tmp_path):
        written = tmp_path / "mapping.toml"
        status, _, err = run(DATA / "planning-decisions-2022.csv", "--write-mapping", written)
        assert status == 1
        assert f"--mapping {written}" in err
        text = written.read_text()
        assert text.count('= ""') == 2
        written.write_text(
            text.replace('AGREED" = ""', 'AGREED" = "full-grant"').replace('= ""', '= "refusal"')
        )
        status, out, _ = run(DATA / "planning-decisions-2022.csv", "--mapping", written)
        assert status == 0
        assert "1.411" in out

    def test_a_mapping_that_holds_is_written_too(self, run, register, tmp_path):
        status, _, err = run(register, "--write-mapping", tmp_path / "mapping.toml")
        assert status == 0
        assert "Mappingen er skrevet til" in err
        assert run(register, "--mapping", tmp_path / "mapping.toml")[0] == 0

    def test_nothing_is_written_over(self, run, register, tmp_path):
        (tmp_path / "mapping.toml").write_text("mine")
        status, _, _ = run(register, "--write-mapping", tmp_path / "mapping.toml")
        assert status == 2
        assert (tmp_path / "mapping.toml").read_text() == "mine"

    def test_a_refused_file_leaves_nothing_behind(self, run, register, tmp_path):
        register.write_bytes(b"%PDF")
        assert run(register, "--write-mapping", tmp_path / "mapping.toml")[0] == 1
        assert [path.name for path in tmp_path.iterdir()] == ["register.csv"]
