"""The plan of a draw: what it may say, and everything that is wrong at once."""

import unicodedata

import pytest

from lirk.domain.draws import CaseExclusion, DrawPlan, Extension
from lirk.errors import ProblemsFound
from lirk.intake.opening import FileUnreadable
from lirk.intake.plans import read_plan

WHOLE = """
title = "2. runde 2026"
mapping = "mapping.toml"
strata = ["centre", "outcome_group"]
reserve = 15
salt = true

[[exclude]]
reason = "reviewed in the last round"
case_numbers_file = "reviewed.txt"

[sizes]
method = "fixed"
n = 15
minimum = 5
exceptions = { "Center Nord/full-grant" = 20 }

[extension]
n = 10
reason = "to steps, if the half width is above 15 points"
"""
SIZES = '[sizes]\nmethod = "fixed"\nn = 15\n'


def written(folder, text, **files):
    (folder / "mapping.toml").write_text("", encoding="utf-8")
    (folder / "reviewed.txt").write_text("22/1\n\n  22/2  \n22/1\n", encoding="utf-8")
    for name, content in files.items():
        (folder / f"{name}.txt").write_bytes(content)
    path = folder / "plan.toml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder, text, **files):
    with pytest.raises(ProblemsFound) as caught:
        read_plan(written(folder, text, **files))
    assert {problem.file for problem in caught.value.problems} == {"plan.toml"}
    return [(problem.code, problem.item) for problem in caught.value.problems]


class TestReadPlan:
    def test_a_plan_that_says_everything(self, tmp_path):
        assert read_plan(written(tmp_path, WHOLE)) == DrawPlan(
            title="2. runde 2026",
            mapping="mapping.toml",
            strata=("centre", "outcome_group"),
            reserve=15,
            salt=True,
            exclude=(CaseExclusion(reason="reviewed in the last round", case_numbers=("22/1", "22/2")),),
            sizes={"method": "fixed", "n": 15, "minimum": 5, "exceptions": {"Center Nord/full-grant": 20}},
            extension=Extension(n=10, reason="to steps, if the half width is above 15 points"),
        )

    def test_a_plan_that_says_the_least(self, tmp_path):
        assert read_plan(written(tmp_path, SIZES)) == DrawPlan(sizes={"method": "fixed", "n": 15})

    def test_a_byte_order_mark_is_no_problem(self, tmp_path):
        assert read_plan(written(tmp_path, "\ufeff" + SIZES)).sizes["n"] == 15

    def test_names_are_brought_to_nfc(self, tmp_path):
        name = unicodedata.normalize("NFD", "Børn på Ås")
        text = f'[[exclude]]\nreason = "x"\ncase_numbers_file = "a.txt"\n{SIZES}exceptions = {{ "{name}" = 3 }}\n'
        plan = read_plan(written(tmp_path, text, a=f"\ufeff{name}\r\n".encode()))
        assert plan.sizes["exceptions"] == {"Børn på Ås": 3}
        assert plan.exclude[0].case_numbers == ("Børn på Ås",)

    def test_neyman_brings_its_deviations(self, tmp_path):
        text = '[sizes]\nmethod = "neyman"\nn = 90\ndeviations = { Nord = 0.5, Syd = 1 }\n'
        assert read_plan(written(tmp_path, text)).sizes["deviations"] == {"Nord": 0.5, "Syd": 1}

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            pytest.param("", [("plan-key-missing", "sizes")], id="empty"),
            pytest.param("sizes = 3", [("plan-needs-table", "sizes")], id="sizes is a number"),
            pytest.param(
                "[sizes]\nminimum = 3\n",
                [("plan-key-missing", "[sizes] method"), ("plan-key-missing", "[sizes] n")],
                id="no method, no n",
            ),
            pytest.param(f'titel = "x"\n{SIZES}', [("plan-key-unknown", "titel")], id="unknown key"),
            pytest.param(f"{SIZES}N = 15\n", [("plan-key-unknown", "[sizes] N")], id="unknown key in sizes"),
            pytest.param(f"title = 7\n{SIZES}", [("plan-needs-text", "title")], id="title is a number"),
            pytest.param(f"reserve = -1\n{SIZES}", [("plan-needs-count", "reserve")], id="negative reserve"),
            pytest.param(f"reserve = true\n{SIZES}", [("plan-needs-count", "reserve")], id="reserve is yes"),
            pytest.param(f'salt = "yes"\n{SIZES}', [("plan-needs-yes-no", "salt")], id="salt is text"),
            pytest.param(f'strata = ["caseworker"]\n{SIZES}', [("plan-strata-unknown", "strata")], id="stratum"),
            pytest.param(f'strata = "centre"\n{SIZES}', [("plan-strata-unknown", "strata")], id="stratum is text"),
            pytest.param(f"strata = [[1]]\n{SIZES}", [("plan-strata-unknown", "strata")], id="stratum is a list"),
            pytest.param(
                '[sizes]\nmethod = "lottery"\nn = 5', [("plan-method-unknown", "[sizes] method")], id="method"
            ),
            pytest.param('[sizes]\nmethod = "fixed"\nn = -5', [("plan-needs-size", "[sizes] n")], id="negative n"),
            pytest.param('[sizes]\nmethod = "fixed"\nn = 0', [("plan-needs-size", "[sizes] n")], id="n is 0"),
            pytest.param('[sizes]\nmethod = "fixed"\nn = 1.5', [("plan-needs-size", "[sizes] n")], id="half a case"),
            pytest.param(f"{SIZES}minimum = -1", [("plan-needs-count", "[sizes] minimum")], id="minimum"),
            pytest.param(
                f"{SIZES}exceptions = {{ Nord = -1, Syd = 2 }}",
                [("plan-needs-count", "[sizes] exceptions.Nord")],
                id="negative exception",
            ),
            pytest.param(
                f"{SIZES}exceptions = 4", [("plan-needs-table", "[sizes] exceptions")], id="exceptions is a number"
            ),
            pytest.param(
                f"{SIZES}deviations = {{ Nord = nan, Syd = inf }}",
                [("plan-needs-deviation", f"[sizes] deviations.{centre}") for centre in ("Nord", "Syd")],
                id="deviations are no numbers",
            ),
            pytest.param(
                '[sizes]\nmethod = "neyman"\nn = 5',
                [("plan-neyman-needs-deviations", "[sizes] deviations")],
                id="neyman without deviations",
            ),
            pytest.param(f'mapping = "none.toml"\n{SIZES}', [("plan-file-missing", "mapping")], id="no mapping"),
            pytest.param(f'mapping = "."\n{SIZES}', [("plan-file-missing", "mapping")], id="mapping is a folder"),
            pytest.param(
                f'exclude = "x"\n{SIZES}', [("plan-needs-tables", "exclude")], id="exclude is text"
            ),
            pytest.param(
                f'[[exclude]]\nreason = " "\ncase_numbers = ["1"]\n{SIZES}',
                [
                    ("plan-key-unknown", "[[exclude]] 1 case_numbers"),
                    ("plan-key-missing", "[[exclude]] 1 case_numbers_file"),
                    ("plan-needs-text", "[[exclude]] 1 reason"),
                ],
                id="an exclusion with nothing in it",
            ),
            pytest.param(
                f'[[exclude]]\nreason = "x"\ncase_numbers_file = "none.txt"\n{SIZES}',
                [("plan-file-missing", "[[exclude]] 1 case_numbers_file")],
                id="no case numbers",
            ),
            pytest.param(
                f'[[exclude]]\nreason = "x"\ncase_numbers_file = "."\n{SIZES}',
                [("plan-file-unreadable", "[[exclude]] 1 case_numbers_file")],
                id="case numbers are a folder",
            ),
            pytest.param(
                f"{SIZES}[extension]\nn = 0\n",
                [("plan-needs-size", "[extension] n"), ("plan-key-missing", "[extension] reason")],
                id="extension",
            ),
        ],
    )  # fmt: skip
    def test_tells(self, tmp_path, text, found):
        assert problems(tmp_path, text) == found

    def test_everything_at_once(self, tmp_path):
        text = 'titel = "x"\nsalt = 1\nstrata = []\nmapping = "none.toml"\n[sizes]\nmethod = "lottery"\n'
        assert [code for code, _ in problems(tmp_path, text)] == [
            "plan-key-unknown",
            "plan-file-missing",
            "plan-strata-unknown",
            "plan-needs-yes-no",
            "plan-method-unknown",
            "plan-key-missing",
        ]

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            pytest.param("22/1\nblåt".encode("cp1252"), "plan-case-numbers-not-utf8", id="another encoding"),
            pytest.param(b"\n \n", "plan-case-numbers-empty", id="blank"),
        ],
    )
    def test_a_file_of_case_numbers_that_cannot_be_used(self, tmp_path, content, code):
        text = f'[[exclude]]\nreason = "x"\ncase_numbers_file = "a.txt"\n{SIZES}'
        assert problems(tmp_path, text, a=content) == [(code, "[[exclude]] 1 case_numbers_file")]

    def test_broken_toml_is_told_by_its_line(self, tmp_path):
        with pytest.raises(ProblemsFound) as caught:
            read_plan(written(tmp_path, 'title = "x"\nn = ?\n'))
        (problem,) = caught.value.problems
        assert (problem.code, problem.line) == ("plan-not-toml", 2)

    def test_another_encoding_is_told(self, tmp_path):
        path = tmp_path / "plan.toml"
        path.write_bytes('title = "blåt"'.encode("cp1252"))
        with pytest.raises(ProblemsFound) as caught:
            read_plan(path)
        assert [problem.code for problem in caught.value.problems] == ["plan-not-utf8"]

    def test_a_plan_that_is_not_there(self, tmp_path):
        with pytest.raises(FileUnreadable):
            read_plan(tmp_path / "plan.toml")


class TestDrawPlan:
    def test_comes_back_from_its_document(self, tmp_path):
        plan = read_plan(written(tmp_path, WHOLE))
        assert DrawPlan.from_dict(plan.as_dict()) == plan

    def test_the_document_holds_the_case_numbers(self, tmp_path):
        assert read_plan(written(tmp_path, WHOLE)).as_dict()["exclude"] == [
            {"reason": "reviewed in the last round", "case_numbers": ["22/1", "22/2"]}
        ]
