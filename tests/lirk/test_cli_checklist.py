"""``lirk checklist``, as it is typed."""

import json
import re
from importlib.resources import files
from typing import get_args

import pytest
from good_checklist import BAD, GOOD

from checklists.editing.dependents import DependentKind
from checklists.load import shipped_ids
from lirk.cli.main import main
from lirk.wording import Wording
from lirk.wording.catalogue import translations
from lirk.wording.checklists import SENTENCES
from lirk.wording.sentences import SENTENCES as EVERY


@pytest.fixture
def lirk(tmp_path, monkeypatch, capsys):
    """Type a command in a folder with a good checklist and a bad one."""
    monkeypatch.chdir(tmp_path)
    for name in ("LIRK_LANGUAGE", "LIRK_SETTINGS"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "good.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.toml").write_text(BAD, encoding="utf-8")

    def run(*arguments, answers=None, language="da"):
        monkeypatch.setenv("LIRK_LANGUAGE", language)
        if answers is not None:
            (tmp_path / "answers.csv").write_text(answers, encoding="utf-8")
        with pytest.raises(SystemExit) as ended:
            main(["checklist", *arguments])
        printed = capsys.readouterr()
        return ended.value.code or 0, printed.out, printed.err

    return run


class TestCheck:
    def test_a_good_file_in_one_line(self, lirk):
        status, out, err = lirk("check", "good.toml")
        assert (status, err) == (0, "")
        assert out == (
            "good.toml: Lille liste, version 2, 1 tema, 2 punkter, heraf 1 i kernen, "
            "1 henvisning ikke kontrolleret\n"
        )

    def test_in_english(self, lirk):
        _, out, _ = lirk("check", "good.toml", language="en")
        assert out == (
            "good.toml: Small list, version 2, 1 theme, 2 items, 1 of them in the core, "
            "1 reference not verified\n"
        )

    def test_every_problem_with_its_place(self, lirk):
        status, out, _ = lirk("check", "good.toml", "bad.toml")
        assert status == 1
        assert out.splitlines()[1:] == [
            "bad.toml, linje 29, kind: »small« kan ikke stå ved severity. "
            "Vælg mellem critical, serious og minor.",
            "bad.toml, linje 31, kind: Nøglen »wieght« kendes ikke her. Mente du »weight«?",
            "bad.toml: 2 problemer",
        ]

    def test_a_file_that_is_not_there_does_not_hide_the_others(self, lirk):
        status, out, err = lirk("check", "none.toml", "bad.toml")
        assert status == 2
        assert "bad.toml: 2 problemer" in out
        assert "»none.toml« findes ikke" in err

    def test_a_folder(self, lirk, tmp_path):
        status, _, err = lirk("check", str(tmp_path))
        assert (status, "kan ikke læses" in err) == (2, True)

    def test_what_is_not_utf8(self, lirk, tmp_path):
        (tmp_path / "old.toml").write_bytes(GOOD.replace("klart?", "læst?").encode("cp1252"))
        status, out, _ = lirk("check", "old.toml")
        assert (
            status,
            out.splitlines()[0].startswith("old.toml, linje 16: Filen er ikke gemt som UTF-8"),
        ) == (1, True)

    def test_json(self, lirk):
        status, out, _ = lirk("check", "--json", "good.toml", "bad.toml", "none.toml")
        good, bad, none = json.loads(out)["files"]
        assert (status, good["valid"], bad["valid"], none["valid"]) == (2, True, False, None)
        assert good["checklist"]["unverified"] == 1
        assert [(problem["code"], problem["line"], problem["item"]) for problem in bad["problems"]] == [
            ("checklist-unknown-word", 29, "kind"),
            ("checklist-misspelt-key", 31, "kind"),
        ]

    @pytest.mark.parametrize("checklist_id", shipped_ids())
    def test_a_shipped_checklist_by_its_id(self, lirk, checklist_id):
        status, out, _ = lirk("check", checklist_id)
        assert (status, out.startswith(f"{checklist_id}: ")) == (0, True)

    def test_without_a_file_it_is_wrong_use(self, lirk):
        assert lirk("check")[0] == 2


class TestScore:
    def test_a_row_in_words(self, lirk):
        status, out, _ = lirk("score", "good.toml", "answers.csv", answers="case,clear,kind\n7,yes,partly\n")
        assert status == 0
        assert out.splitlines() == [
            "Lille liste, version 2",
            "»Ikke relevant« tæller ikke med i point. »Kan ikke vurderes« tæller ikke med i point.",
            "",
            "Række 2, sag 7: gyldig",
            "  Point: 2 af 3 = 66,666667 % (200/3), afrundet 67 %",
            "  Kritiske brud: 0",
            "  Konklusion: I orden (in-order)",
            "  Tema letter: delvist; 2 af 3 = 66,666667 % (200/3), afrundet 67 %",
            "  Punkter, der gælder: 2 (clear, kind)",
            "  Ubesvaret: 0",
            "",
            "Sager i orden: 1 af 1 = 100 %, afrundet 100 %",
        ]

    @pytest.mark.parametrize(
        ("cells", "expected"),
        [
            pytest.param(
                "no,yes", {"verdict": "critical-breach", "critical_breaches": ["clear"]}, id="breach"
            ),
            pytest.param(
                "yes,", {"verdict": "incomplete", "unanswered": ["kind"], "complete": False}, id="incomplete"
            ),
            pytest.param("yes,partly", {"percent_exact": "200/3", "percent_rounded": 67}, id="two thirds"),
            pytest.param(
                "not_applicable,not_applicable", {"verdict": "not_applicable", "percent": None}, id="none"
            ),
            pytest.param(
                "yes,cannot_assess", {"points": 1.0, "possible": 1.0, "percent_rounded": 100}, id="out"
            ),
        ],
    )
    def test_a_row_in_json(self, lirk, cells, expected):
        status, out, _ = lirk(
            "score", "--json", "good.toml", "answers.csv", answers=f"case,clear,kind\n7,{cells}\n"
        )
        (row,) = json.loads(out)["rows"]
        assert (status, row["valid"]) == (0, True)
        assert {name: row[name] for name in expected} == expected

    def test_a_refused_row_says_why_and_the_others_are_scored(self, lirk):
        answers = "case,clear,kind\n7,maybe,yes\n7,yes,yes\n8,yes,yes\n"
        status, out, _ = lirk("score", "good.toml", "answers.csv", answers=answers)
        assert status == 1
        assert (
            "Række 2, sag 7: afvist\n  answers.csv, række 2, kolonne »clear«: Svaret »maybe« kendes ikke."
            in out
        )
        assert "Sagen »7« står allerede i række 2" in out
        assert "Række 4, sag 8: gyldig" in out

    def test_a_refused_row_in_json_has_no_points(self, lirk):
        _, out, _ = lirk("score", "--json", "good.toml", "answers.csv", answers="case,clear\n7,maybe\n")
        (row,) = json.loads(out)["rows"]
        assert row["valid"] is False
        assert "points" not in row
        assert row["problems"][0]["column"] == "clear"

    @pytest.mark.parametrize(
        ("arguments", "status", "said"),
        [
            pytest.param(("good.toml", "none.csv"), 2, "Svarfilen none.csv kan ikke læses", id="no answers"),
            pytest.param(("none.toml", "answers.csv"), 2, "findes ikke", id="no checklist"),
            pytest.param(("bad.toml", "answers.csv"), 1, "Mente du »weight«?", id="a bad checklist"),
            pytest.param(("good.toml", "good.toml"), 1, "række 1", id="a file that is no answers"),
        ],
    )
    def test_what_cannot_be_scored(self, lirk, arguments, status, said):
        ended, out, err = lirk("score", *arguments, answers="case,clear\n7,yes\n")
        assert (ended, out) == (status, "")
        assert said in err


#: The good checklist with verdicts of its theme, a contradiction, a stop and a pass mark of the centre.
WHOLE = (
    GOOD.replace(
        'title = { da = "Brevet", en = "The letter" }',
        """title = { da = "Brevet", en = "The letter" }
pass_mark = 75

[[themes.verdicts]]
id = "fine"
title = { da = "Fint", en = "Fine" }
positive = true
when = { count = { meaning = "positive" }, at_least = "all" }

[[themes.verdicts]]
id = "poor"
title = { da = "Ringe", en = "Poor" }""",
    )
    + """
[[contradictions]]
id = "kind-not-clear"
message = { da = "Et uklart brev er ikke venligt.", en = "An unclear letter is not kind." }
refuse_when = { all = [{ id = "clear", is = "no" }, { id = "kind", is = "yes" }] }

[[stops]]
id = "no-letter"
title = { da = "Brevet findes ikke", en = "There is no letter" }
stop_when = { id = "clear", is = "not_applicable" }

[centre]
pass_mark = 75
decided = { da = "Byrådet, 3. marts 2026", en = "The council, 3 March 2026" }
"""
)


class TestScoreOfTheWholeLanguage:
    @pytest.fixture
    def rows(self, lirk, tmp_path):
        """Score rows with the checklist; what is printed, or its JSON."""
        (tmp_path / "whole.toml").write_text(WHOLE, encoding="utf-8")

        def score(*cells, language="da", json_=False):
            answers = "case,clear,kind\n" + "".join(f"{case},{row}\n" for case, row in enumerate(cells, 1))
            options = ("--json",) if json_ else ()
            status, out, _ = lirk(
                "score", *options, "whole.toml", "answers.csv", answers=answers, language=language
            )
            return status, json.loads(out) if json_ else out.splitlines()

        return score

    def test_theme_verdict_and_pass_mark(self, rows):
        _, out = rows("yes,yes", "yes,no")
        assert (
            "  Tema letter: ja; 3 af 3 = 100 %, afrundet 100 %; konklusion: Fint (fine); bestået (mindst 75 %)"
            in out
        )
        assert (
            "  Tema letter: nej; 1 af 3 = 33,333333 % (100/3), afrundet 33 %; konklusion: Ringe (poor); "
            "ikke bestået (mindst 75 %)"
        ) in out

    def test_a_contradiction_refuses_the_row_and_names_both_questions(self, rows):
        status, out = rows("no,yes")
        assert status == 1
        assert "Række 2, sag 1: afvist" in out
        assert "  Modsigelse: Et uklart brev er ikke venligt. (kind-not-clear: clear, kind)" in out
        assert "  Konklusion: Svarene modsiger hinanden (contradictory)" in out

    def test_a_stop_is_never_a_zero(self, rows):
        status, out = rows("not_applicable,")
        assert status == 0
        assert out[3:] == [
            "Række 2, sag 1: gyldig",
            "  Gennemgangen stopper: Brevet findes ikke (no-letter)",
            "  Punkter, der gælder: 1 (clear)",
            "  Ubesvaret: 0",
            "",
            "Sager i orden: 0 af 0",
            "Tæller ikke med: Brevet findes ikke (no-letter): 1",
            "Mål: 75 % (Byrådet, 3. marts 2026)",
        ]

    @pytest.mark.parametrize(
        ("cells", "said"),
        [
            (["yes,yes"] * 3 + ["no,no"], ["Sager i orden: 3 af 4 = 75 %, afrundet 75 %", "Målet er nået."]),
            (
                ["yes,yes"] * 2 + ["no,no"],
                ["Sager i orden: 2 af 3 = 66,666667 % (200/3), afrundet 67 %", "Målet er ikke nået."],
            ),
        ],
    )
    def test_the_share_of_the_centre(self, rows, cells, said):
        _, out = rows(*cells)
        assert [out[-3], out[-1]] == said

    def test_json(self, rows):
        status, found = rows("yes,yes", "no,yes", "not_applicable,", json_=True, language="en")
        first, second, third = found["rows"]
        assert (status, first["valid"], second["valid"], third["valid"]) == (1, True, False, True)
        assert (first["themes"]["letter"]["verdict"], first["themes"]["letter"]["passed"]) == ("fine", True)
        assert second["contradictions"] == [
            {
                "id": "kind-not-clear",
                "sentence": "An unclear letter is not kind.",
                "questions": ["clear", "kind"],
            }
        ]
        assert (third["stopped"], third["percent"], third["verdict"]) == ("no-letter", None, "no-letter")
        assert found["centre"] == {
            "counted": 1,
            "positive": 1,
            "percent": 100.0,
            "percent_exact": "100",
            "percent_rounded": 100,
            "left_out": {"contradictory": 1, "no-letter": 1},
            "pass_mark": 75.0,
            "passed": True,
        }


class TestList:
    def test_all_that_ship(self, lirk):
        status, out, _ = lirk("list")
        assert status == 0
        assert [line.split(":")[0] for line in out.splitlines()] == list(shipped_ids())

    def test_json(self, lirk):
        _, out, _ = lirk("list", "--json")
        assert [one["id"] for one in json.loads(out)["checklists"]] == list(shipped_ids())


class TestSentences:
    @pytest.mark.parametrize("text", SENTENCES.values(), ids=SENTENCES.keys())
    def test_each_has_an_english_one_with_the_same_values(self, text):
        english = translations("en").gettext(text)
        assert english != text
        assert Wording("en").text(text, **dict.fromkeys(_names(text), "x"))
        assert _names(english) == _names(text)


class TestCodes:
    def test_every_code_of_the_leaf_has_a_sentence(self):
        room = files("checklists")
        sources = [*room.iterdir(), *(room / "reading").iterdir(), *(room / "editing").iterdir()]
        text = "".join(one.read_text(encoding="utf-8") for one in sources if one.name.endswith(".py"))
        codes = set(re.findall(r'"((?:checklist|answer|publish|edit)-[a-z0-9-]+)"', text))
        assert {"publish-unreachable", "edit-id-taken"} <= codes <= set(EVERY)

    @pytest.mark.parametrize("kind", get_args(DependentKind))
    def test_each_kind_of_dependent_has_one(self, kind):
        assert f"edit-used-by-{kind}" in EVERY

    @pytest.mark.parametrize("meaning", ["positive", "negative"])
    def test_each_kind_of_missing_answer_has_one(self, meaning):
        assert f"publish-no-{meaning}-answer" in EVERY


def _names(text):
    return {part.split("}")[0] for part in text.replace("{{", "").split("{")[1:]}
