"""``lirk plan``, as it is typed."""

import json

import pytest
from typed import typed


@pytest.fixture(autouse=True)
def surroundings(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for name in ("LIRK_LANGUAGE", "LIRK_SETTINGS"):
        monkeypatch.delenv(name, raising=False)


def plan(*arguments):
    ended = typed("plan", *arguments)
    assert (ended.status, ended.err) == (0, "")
    return ended.out


class TestPlan:
    def test_from_hours(self):
        said = plan("--population", 312, "--hours", 40)
        assert said.splitlines()[0] == "På 40 timer kan I nå 26 sager."
        assert "mellem 31 og 69\u00a0%" in said
        assert "I alt 26 sager og cirka 39,4 timer: 16 timer til det faste og 0,9 timer for hver sag." in said

    def test_from_a_precision_with_a_comma_or_a_point(self):
        said = plan("--population", 312, "--half-width", "0,1")
        assert "Med 77 af 312 sager" in said
        assert said == plan("--population", 312, "--half-width", "0.1")

    def test_from_cases(self):
        assert "Med 30 af 312 sager" in plan("--population", 312, "--cases", 30)

    def test_more_cases_than_there_are_is_a_full_count(self):
        assert "Alle sager gennemgås" in plan("--population", 20, "--cases", 30)

    def test_too_few_hours(self):
        said = plan("--population", 312, "--hours", 10)
        assert "10 timer er for lidt" in said
        assert "Ingen sager gennemgås" in said

    def test_other_costs(self):
        said = plan(
            "--population", 312, "--hours", 40, "--hours-fixed", 10, "--hours-a-case", "1,5", "--double", 0.25
        )
        assert "På 40 timer kan I nå 16 sager." in said
        assert "25\u00a0% af sagerne læses to gange." in said

    def test_several_centres_in_the_order_they_are_typed(self):
        arguments = ("--population", "Center Syd=90", "--population", "Center Nord=312", "--hours", 80)
        said = plan(*arguments, "--method", "proportional")
        assert said.index("Center Syd:\n  Med 16 af 90") < said.index("Center Nord:\n  Med 55 af 312")
        assert "Med 35 af 90" in plan(*arguments)

    def test_a_name_may_hold_a_sign_of_equality(self):
        assert plan("--population", "A=B=90", "--cases", 5).startswith("A=B:\n")

    def test_a_rule(self):
        said = plan("--population", 312, "--cases", 30, "--good", 0.05, "--poor", 0.2)
        assert "Regel for 30 sager: højst 3 må have fejl." in said
        assert "det sparer 2,0 og 11,2" in said

    def test_detection_with_and_without_a_size(self):
        assert plan("--population", 312, "--detect", 3).strip().endswith("skal der gennemgås 197.")
        assert "Med 30 sager er sandsynligheden 26\u00a0%." in plan(
            "--population", 312, "--detect", 3, "--cases", 30
        )

    def test_english(self, monkeypatch):
        monkeypatch.setenv("LIRK_LANGUAGE", "en")
        said = plan("--population", 312, "--hours", 40, "--good", 0.05, "--poor", 0.2, "--detect", 3)
        assert said.startswith("In 40 hours you can review 26 cases.\n")
        assert "between 31 and 69%" in said
        assert "Rule for 26 cases: at most 2 may have a fault." in said
        assert "197 must be reviewed" in said


class TestJson:
    def test_everything(self):
        found = json.loads(
            plan(
                *("--population", "Nord=312", "--population", "Syd=9", "--cases", 30, "--json"),
                *("--good", 0.05, "--poor", 0.2, "--detect", 3),
            )
        )
        assert (found["cases"], found["method"], found["hours_fixed"]) == (39, "fixed", 16)
        assert found["hours"] == pytest.approx(51.1)
        north, south = found["centres"]
        assert (north["centre"], north["population"], north["cases"], north["census"]) == (
            "Nord",
            312,
            30,
            False,
        )
        assert north["upper"] - north["lower"] == pytest.approx(2 * north["half_width"])
        assert (north["rule"]["d"], north["detection"]["needed"]) == (3, 197)
        assert (south["census"], south["half_width"], south["detection"]["chance"]) == (True, 0, 1)

    def test_what_was_not_asked_is_null(self):
        found = json.loads(plan("--population", 312, "--detect", 3, "--json"))
        assert (found["cases"], found["hours"], found["centres"][0]["rule"]) == (None, None, None)
        assert found["centres"][0]["centre"] is None

    def test_a_refusal(self):
        ended = typed("plan", "--population", 312, "--json")
        assert ended.status == 2
        assert json.loads(ended.out)["error"]["code"] == "plan-question-missing"


@pytest.mark.parametrize(
    ("arguments", "danish", "english"),
    [
        pytest.param((), "--population mangler", "--population is missing", id="nothing"),
        pytest.param(("--population", "312"), "Skriv, hvad der skal regnes", "Say what to plan from", id="no question"),
        pytest.param(
            ("--population", "9", "--hours", "1", "--cases", "1"),
            "--hours og --cases kan ikke bruges sammen",
            "--hours and --cases cannot",
            id="two questions",
        ),
        pytest.param(("--population", "x", "--cases", "1"), "»x« er ikke et antal", "“x” is not a number", id="text"),
        pytest.param(("--population", "0", "--cases", "1"), "»0« er ikke et antal", "“0” is not", id="none"),
        pytest.param(("--population", "-5", "--cases", "1"), "»-5« er ikke et antal", "“-5” is not", id="below 0"),
        pytest.param(("--population", "1.5", "--cases", "1"), "»1.5« er ikke et", "“1.5” is not", id="half a case"),
        pytest.param(("--population", "10000001", "--cases", "1"), "10.000.000", "10,000,000", id="too many"),
        pytest.param(("--population", "A=x", "--cases", "1"), "»A=x« er ikke et antal", "“A=x”", id="named text"),
        pytest.param(
            ("--population", "A=9", "--population", "9", "--cases", "1"), "skal hvert have sit navn", "its name",
            id="one has no name",
        ),
        pytest.param(
            ("--population", "A=9", "--population", " A =8", "--cases", "1"), "»A« er nævnt to gange", "named twice",
            id="twice",
        ),
        pytest.param(("--population", "9", "--cases", "x"), "--cases kan ikke være »x«", "cannot be “x”", id="cases"),
        pytest.param(("--population", "9", "--cases", "0"), "kan ikke være »0«", "cannot be “0”", id="no cases"),
        pytest.param(("--population", "9", "--hours", "x"), "--hours kan ikke være »x«", "cannot be “x”", id="hours"),
        pytest.param(
            ("--population", "9", "--hours", "-1"), "--hours skal være et antal timer", "--hours must be",
            id="hours below 0",
        ),
        pytest.param(("--population", "9", "--hours", "nan"), "Der står nan", "It says nan", id="hours NaN"),
        pytest.param(("--population", "9", "--half-width", "10"), "--half-width skal være", "--half-width must",
                     id="ten points as 10"),
        pytest.param(
            ("--population", "9", "--half-width", ".1", "--method", "equal"), "--method kan ikke bruges",
            "--method cannot", id="method",
        ),
        pytest.param(
            ("--population", "9", "--cases", "3", "--method", "lottery"), "Vælg mellem", "Choose among", id="no method"
        ),
        pytest.param(
            ("--population", "9", "--cases", "3", "--good", ".1"), "hører sammen", "belong together", id="half a rule"
        ),
        pytest.param(
            ("--population", "9", "--good", ".1", "--poor", ".3"), "skal have et antal sager", "needs a number",
            id="a rule for no cases",
        ),
        pytest.param(
            ("--population", "9", "--cases", "3", "--good", ".3", "--poor", ".3"), "skal være mindre end",
            "must be smaller", id="the same share",
        ),
        pytest.param(
            ("--population", "9", "--cases", "3", "--good", ".3", "--poor", "3"), "--poor skal være et tal",
            "--poor must be", id="no share",
        ),
        pytest.param(
            ("--population", "9", "--detect", "10"), "kun har 9", "has only 9", id="more than there are"
        ),
        pytest.param(
            ("--population", "9", "--cases", "3", "--hours-a-case", "0"), "--hours-a-case skal", "--hours-a-case must",
            id="no time a case",
        ),
        pytest.param(
            ("--population", "9", "--cases", "3", "--hours-fixed", "-1"), "--hours-fixed skal", "--hours-fixed must",
            id="fixed hours below 0",
        ),
        pytest.param(
            ("--population", "9", "--cases", "3", "--double", "2"), "--double skal", "--double must", id="double"
        ),
    ],
)  # fmt: skip
def test_wrong_use_is_told_in_both_languages(arguments, danish, english, monkeypatch):
    for language, said in (("da", danish), ("en", english)):
        monkeypatch.setenv("LIRK_LANGUAGE", language)
        ended = typed("plan", *arguments)
        assert (ended.status, ended.out) == (2, "")
        assert said in ended.err
