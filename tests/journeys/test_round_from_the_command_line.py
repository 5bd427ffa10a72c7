"""The ten lines of the README, on the real register, as a municipality would paste them."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader
from reviewer import fill_in

ROOT = Path(__file__).parents[2]
REGISTER = ROOT / "tests" / "data" / "planning-decisions-2023.csv"


def readme_lines():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"## A round in ten lines.*?```sh\n(.*?)```", text, re.DOTALL).group(1)
    return block.strip().splitlines()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder in which the ten lines have been run, with the sheet filled in where the README says so."""
    place = tmp_path_factory.mktemp("round")
    (place / "tests").symlink_to(ROOT / "tests")
    (place / "lirk").symlink_to(ROOT / "lirk")
    for number, line in enumerate(readme_lines(), start=1):
        done = run(place, *shlex.split(line)[1:])
        (place / f"{number}.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
        assert done.returncode == 0, (line, done.stdout, done.stderr)
        if " review sheet " in line:
            fill_in(place / "anne.xlsx")
    return place


def run(place, *arguments, **environment):
    return subprocess.run(
        [Path(sys.executable).with_name("lirk"), *arguments],
        cwd=place,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


class TestReadme:
    def test_it_says_ten_lines(self):
        assert len(readme_lines()) == 10


class TestReports:
    def test_each_body_with_decisions_has_one_and_so_has_the_municipality(self, folder):
        certificate = json.loads((folder / "certificate.json").read_text(encoding="utf-8"))
        with_cases = [stratum for stratum in certificate["strata"] if stratum["N"]]
        assert len(list((folder / "reports").glob("*.pdf"))) == len(with_cases) + 1

    def test_no_report_names_a_case_number(self, folder):
        certificate = json.loads((folder / "certificate.json").read_text(encoding="utf-8"))
        numbers = [case["case_id"] for stratum in certificate["strata"] for case in stratum["cases"]]
        for path in (folder / "reports").glob("*.pdf"):
            text = "".join(page.extract_text() for page in PdfReader(path).pages)
            assert not [number for number in numbers if number in text]

    def test_made_again_they_are_the_same_bytes(self, folder):
        again = run(folder, "report", "all", "2023-1", "--out", "again")
        assert again.returncode == 0, again.stderr
        for path in (folder / "reports").glob("*.pdf"):
            assert (folder / "again" / path.name).read_bytes() == path.read_bytes()


class TestCertificate:
    def test_the_ticket_of_each_drawn_case_is_what_sha256sum_says(self, folder):
        certificate = json.loads((folder / "certificate.json").read_text(encoding="utf-8"))
        seed = certificate["seed"]["value"]
        for stratum in certificate["strata"]:
            for case in stratum["cases"][:2]:
                text = f"{seed}:{case['case_id']}"
                said = subprocess.run(["sha256sum"], input=text.encode(), capture_output=True, check=True)
                assert said.stdout.split()[0].decode() == case["ticket"]

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            pytest.param(
                lambda lines: [*lines[:1], *lines[2:]],
                ["Planning Committee: antallet af sager er nu 150; ved frysningen 151"],
                id="removed",
            ),
            pytest.param(
                lambda lines: [*lines, b"Permitted,23/99999/B,01-Dec-23,Planning Committee\r\n"],
                ["Planning Committee: antallet af sager er nu 152; ved frysningen 151"],
                id="added",
            ),
            pytest.param(
                lambda lines: [
                    *lines[:1],
                    lines[1].replace(b"Planning Committee", b"Director 2017+"),
                    *lines[2:],
                ],
                ["Director: antallet af sager er nu 43", "Planning Committee: antallet af sager er nu 150"],
                id="changed",
            ),
        ],
    )
    def test_another_register_does_not_hold(self, folder, tmp_path, change, said):
        other = tmp_path / "register.csv"
        other.write_bytes(b"".join(change(REGISTER.read_bytes().splitlines(keepends=True))))
        done = run(folder, "draw", "verify", "certificate.json", str(other))
        assert done.returncode == 1
        assert [sentence for sentence in said if sentence not in done.stdout] == []
        assert "Traceback" not in done.stderr


class TestAfterwards:
    def test_a_closed_round_takes_no_more_answers(self, folder):
        done = run(folder, "round", "import-answers", "2023-1", "anne.xlsx")
        assert done.returncode == 2
        assert "2023-1" in done.stderr

    def test_a_second_draw_is_refused(self, folder):
        done = run(
            folder,
            "round",
            "draw",
            "2023-1",
            str(REGISTER),
            "--seed",
            "27182818284590452353",
            "--reason",
            "x",
        )
        assert done.returncode == 2

    def test_nothing_of_the_register_is_kept_but_the_drawn_cases(self, folder):
        certificate = json.loads((folder / "certificate.json").read_text(encoding="utf-8"))
        drawn = {case["case_id"] for stratum in certificate["strata"] for case in stratum["cases"]}
        content = (folder / "lirk.sqlite").read_bytes()
        every = re.findall(rb"\d\d/\d{5}/[A-Z]+", REGISTER.read_bytes())
        assert {number for number in every if number in content} <= {number.encode() for number in drawn}
