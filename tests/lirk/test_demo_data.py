"""The made-up register and the made-up answers of the demonstration."""

import tomllib
from collections import Counter
from datetime import date, datetime
from hashlib import sha256
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.load import shipped, shipped_ids
from checklists.score import score
from lirk.demo.answers import OVERALL, made_up_answers
from lirk.demo.register import (
    CENTRES,
    FIRST_DAY,
    FULL,
    HEADINGS,
    LAST_DAY,
    NO_DECISION,
    TITLE,
    WITHDRAWN,
    mapping_text,
    synthetic_register,
)
from lirk.domain.cpr import looks_like_cpr
from lirk.domain.review_sheets import known_facts
from lirk.intake.mapping import read_mapping
from lirk.intake.register import read_register

CHECKLISTS = [id_ for id_ in shipped_ids() if shipped(id_).subject == "case"]
NAMES = [centre.name for centre in CENTRES]


@pytest.fixture(scope="module")
def lines():
    return synthetic_register().decode("utf-8-sig").split("\r\n")


@pytest.fixture(scope="module")
def rows(lines):
    """Every row that is neither blank nor the total, by heading."""
    cells = (line.split(";") for line in lines[2:-2])
    return [dict(zip(HEADINGS, row, strict=True)) for row in cells if any(row)]


@pytest.fixture(scope="module")
def decisions(rows):
    return [row for row in rows if row["Afgørelsestype"] not in ("", WITHDRAWN, NO_DECISION)]


class TestSyntheticRegister:
    def test_the_same_bytes_in_every_run_and_every_python(self):
        assert sha256(synthetic_register()).hexdigest() == (
            "7bbafdf63a70705ebb198cae7759dac04cb4c6bd19b339a44b96236ba0988379"
        )

    def test_another_seed_gives_another_register(self):
        assert synthetic_register() != synthetic_register(seed=1)

    def test_it_has_the_habits_of_an_export(self, lines):
        assert synthetic_register().startswith(b"\xef\xbb\xbf")
        assert lines[0].startswith(TITLE)
        assert "OPFUNDET" in TITLE
        assert lines[1] == ";".join(HEADINGS)
        assert lines[-2].startswith("I alt;")
        assert ";" * (len(HEADINGS) - 1) in lines

    def test_each_centre_has_its_decisions(self, decisions):
        counts = Counter(row["Center"] for row in decisions)
        assert counts == {centre.name: centre.decisions for centre in CENTRES}
        assert (len(counts), counts.total()) == (9, 15990)

    def test_nine_of_ten_are_granted_and_centres_differ(self, decisions):
        granted = Counter(row["Center"] for row in decisions if row["Afgørelsestype"] == FULL)
        assert 0.87 < granted.total() / len(decisions) < 0.92
        shares = [granted[centre.name] / centre.decisions for centre in CENTRES]
        assert max(shares) - min(shares) > 0.05

    def test_decisions_are_dated_within_the_year(self, decisions):
        days = {datetime.strptime(row["Afgørelsesdato"], "%d-%m-%Y").date() for row in decisions}  # noqa: DTZ007
        assert min(days) >= FIRST_DAY
        assert max(days) <= LAST_DAY
        assert {day.weekday() for day in days} == {0, 1, 2, 3, 4}

    def test_case_numbers_are_unique_and_tell_kle_and_facet(self, rows):
        numbers = [row["Sagsnummer"] for row in rows]
        assert len(set(numbers)) == len(numbers)
        assert all(row["Sagsnummer"].startswith(f"{row['KLE']}-{row['Facet']}-") for row in rows)

    def test_there_are_rows_that_a_sampler_must_leave_out(self, rows):
        assert sum(row["Facet"] == "P35" for row in rows) > 100
        assert sum(row["Afgørelsestype"] == WITHDRAWN for row in rows) > 100
        assert sum(not row["Afgørelsesdato"] for row in rows) > 500
        assert {"02.34.18", "05.01.08"} <= {row["KLE"] for row in rows}

    def test_nothing_looks_like_a_cpr_number(self, lines):
        assert not any(looks_like_cpr(line) or looks_like_cpr(line.replace(";", " ")) for line in lines)


class TestMappingText:
    def test_it_is_a_mapping_and_keeps_the_period_asked_for(self, tmp_path):
        path = tmp_path / "mapping.toml"
        path.write_text(mapping_text(date(2026, 4, 1), date(2026, 9, 30)), encoding="utf-8")
        assert read_mapping(path)["keep"] == {"from": "2026-04-01", "to": "2026-09-30"}

    def test_it_names_every_heading_and_every_outcome(self, rows):
        mapping = tomllib.loads(mapping_text())
        assert set(mapping["columns"].values()) == set(HEADINGS)
        assert set(mapping["outcome"]) == {row["Afgørelsestype"] for row in rows}


class TestReadAsARegister:
    def test_the_frame_holds_the_decisions_and_nothing_else(self, tmp_path):
        (tmp_path / "register.csv").write_bytes(synthetic_register())
        (tmp_path / "mapping.toml").write_text(mapping_text(), encoding="utf-8")
        register = read_register(tmp_path / "register.csv", read_mapping(tmp_path / "mapping.toml"))
        assert register.frame.height == 15990
        assert set(register.centres) == set(NAMES)
        assert {exclusion.reason for exclusion in register.excluded} >= {"not-a-decision", "blank-row"}
        assert register.frame["outcome"].null_count() == 0


def answered(checklist, facts, centre=NAMES[0], number=1, seed=1):
    answers = made_up_answers(checklist, facts, centre, number, Random(seed))  # noqa: S311
    codes = {name: answer.value for name, answer in answers.items()} | known_facts(checklist, facts)
    return answers, score(checklist, codes)


#: By their ids: Hypothesis writes out what a test is given, and a whole checklist is too long for that.
@pytest.mark.parametrize("checklist_id", CHECKLISTS)
class TestMadeUpAnswers:
    @settings(deadline=None)
    @given(
        seed=st.integers(0, 2**32),
        centre=st.sampled_from([*NAMES, "Elsewhere"]),
        known=st.lists(st.integers(0, 20), max_size=15),
    )
    def test_every_review_is_complete_and_holds_only_what_applies(self, checklist_id, seed, centre, known):
        checklist = shipped(checklist_id)
        facts = {}
        for fact, number in zip(checklist.facts, known, strict=False):
            value = [None, *fact.offered, "nonsense"][number % (len(fact.offered) + 2)]
            if value is not None:
                facts[fact.id] = value
        answers, scored = answered(checklist, facts, centre, seed=seed)
        assert scored.complete
        assert not scored.refusals
        items = {item.id for item in checklist.items}
        assert items & set(answers) == set(scored.applies)
        assert not known_facts(checklist, facts).keys() & answers.keys()

    @settings(deadline=None)
    @given(seed=st.integers(0, 2**32))
    def test_notes_stand_where_they_are_required_and_say_that_they_are_made_up(self, checklist_id, seed):
        checklist = shipped(checklist_id)
        answers, _ = answered(checklist, {"outcome": "refusal"}, seed=seed)
        for item in checklist.items:
            if item.id in answers:
                answer = answers[item.id]
                assert bool(answer.note) == (answer.value in item.note_required_at)
                assert not answer.note or answer.note.startswith("Opfundet note: ")
                assert not looks_like_cpr(answer.note)

    def test_the_same_chance_gives_the_same_answers(self, checklist_id):
        checklist = shipped(checklist_id)
        assert answered(checklist, {}, seed=7)[0] == answered(checklist, {}, seed=7)[0]
        assert answered(checklist, {}, seed=7)[0] != answered(checklist, {}, seed=8)[0]

    def test_answers_stand_in_the_order_of_the_checklist(self, checklist_id):
        checklist = shipped(checklist_id)
        answers, _ = answered(checklist, {"outcome": "refusal"})
        order = [fact.id for fact in checklist.facts] + [item.id for item in checklist.items]
        assert list(answers) == [name for name in order if name in answers]


def share_of_yes(checklist_id, item, centres=NAMES, cases=60):
    checklist = shipped(checklist_id)
    results = Counter(
        answered(checklist, {"outcome": "refusal"}, centre, seed=1000 * len(centre) + run)[1].results.get(
            item
        )
        for centre in centres
        for run in range(cases)
    )
    return results["yes"] / (results["yes"] + results["partly"] + results["no"])


class TestLevels:
    @pytest.mark.parametrize(
        ("checklist_id", "item", "lowest", "highest"),
        [
            pytest.param(
                "data-og-informationsforvaltning", "documents-registered", 0.8, 0.95, id="registration"
            ),
            pytest.param("lovmedholdelig-sagsbehandling", "reasons-legal-rules", 0.8, 0.95, id="legal rule"),
            pytest.param("lovmedholdelig-sagsbehandling", "hearing-done", 0.5, 0.75, id="hearing"),
            pytest.param("lovmedholdelig-sagsbehandling", "note-duty-facts", 0.5, 0.75, id="notes"),
            pytest.param(
                "lovmedholdelig-sagsbehandling", "reasons-main-considerations", 0.5, 0.75, id="reasons"
            ),
            pytest.param(
                "data-og-informationsforvaltning", "information-duty-subject", 0.3, 0.6, id="information"
            ),
            pytest.param("data-og-informationsforvaltning", "retention-set", 0.3, 0.6, id="deletion"),
        ],
    )
    def test_as_the_domain_describes_it(self, checklist_id, item, lowest, highest):
        assert lowest <= share_of_yes(checklist_id, item, cases=40) <= highest

    def test_centres_differ(self):
        shares = [
            share_of_yes("data-og-informationsforvaltning", "retention-set", [centre]) for centre in NAMES
        ]
        assert max(shares) - min(shares) > 0.1

    def test_the_judgement_of_the_whole_mostly_agrees_with_the_critical_items(self):
        checklist = shipped("lovmedholdelig-sagsbehandling")
        scored = [answered(checklist, {"outcome": "refusal"}, seed=seed) for seed in range(200)]
        agree = [bool(one.critical_breaches) == (answers[OVERALL].value == "no") for answers, one in scored]
        assert 0.85 < sum(agree) / len(agree) < 1
