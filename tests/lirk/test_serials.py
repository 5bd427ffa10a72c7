"""Gaps in case numbers beside those of earlier rounds: which years belong together, and what is said."""

import json
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pytest
from small_round import CHECKLIST
from stored import add_round, frame
from typed import typed

from lirk.domain.people import Person, Role
from lirk.domain.planning import FrameSummary, PlanSettings, without_register
from lirk.domain.rounds import RoundState
from lirk.domain.serials import EarlierSerials, nearest, period_of, same_months, serials_in, year_notes
from lirk.errors import NotAllowed
from lirk.services import draws
from lirk.services.serials import serial_notes
from lirk.wording import Wording
from lirk.wording.serials import things_to_look_into, year_lines
from sampling.documents import malformed_freeze
from sampling.gaps import YearGaps

NOWHERE = (None, None)
YEAR_2025 = (date(2025, 1, 1), date(2025, 12, 31))
YEAR_2026 = (date(2026, 1, 1), date(2026, 12, 31))
SPRING_2026 = (date(2026, 1, 1), date(2026, 6, 30))


def year_of(year, **changes):
    whole = {"pattern": "year-serial", "series": 1, "first": 1, "last": 1000, "cases": 300}
    return YearGaps(year=year, **{**whole, "missing": 700, "skipped": 0, "between": 998, **changes})


def earlier_of(*years, round_="2025-1", period=NOWHERE):
    return EarlierSerials(round=round_, period=period, years=years)


def said(notes, language="da"):
    words = Wording(language)
    return [
        line.replace("\u00a0", " ")
        for line in (*year_lines(words, notes), *things_to_look_into(words, notes))
    ]


class TestYearNotes:
    def test_newest_first_and_years_of_a_few_cases_are_left_out(self):
        notes = year_notes([year_of(2017, cases=2), year_of(2025), year_of(2026)])
        assert [note.now.year for note in notes] == [2026, 2025]

    def test_a_year_stands_beside_the_one_at_the_same_distance(self):
        earlier = earlier_of(year_of(2024, missing=600), year_of(2025, missing=720), period=YEAR_2025)
        notes = year_notes([year_of(2025), year_of(2026)], YEAR_2026, earlier)
        assert [(note.now.year, note.earlier.year) for note in notes] == [(2026, 2025), (2025, 2024)]
        assert not any(note.change.sudden for note in notes[:1])

    def test_without_periods_the_newest_case_numbers_are_the_ends(self):
        notes = year_notes([year_of(2026)], NOWHERE, earlier_of(year_of(2023), year_of(2024)))
        assert notes[0].earlier.year == 2024

    def test_a_new_year_of_three_cases_does_not_move_the_others(self):
        earlier = earlier_of(year_of(2024), year_of(2025), period=YEAR_2025)
        notes = year_notes([year_of(2026), year_of(2027, cases=3)], YEAR_2026, earlier)
        assert [(note.now.year, note.earlier.year) for note in notes] == [(2026, 2025)]

    def test_the_same_period_again_is_the_same_year(self):
        notes = year_notes([year_of(2025)], YEAR_2025, earlier_of(year_of(2025), period=YEAR_2025))
        assert notes[0].earlier.year == 2025

    def test_other_months_are_not_compared(self):
        notes = year_notes(
            [year_of(2026)], SPRING_2026, earlier_of(year_of(2025, missing=100), period=YEAR_2025)
        )
        assert notes[0].earlier.year == 2025
        assert notes[0].change is None

    def test_a_year_that_the_earlier_round_has_not(self):
        notes = year_notes(
            [year_of(2025), year_of(2026)], YEAR_2026, earlier_of(year_of(2025), period=YEAR_2025)
        )
        assert [note.earlier and note.earlier.year for note in notes] == [2025, None]

    def test_no_case_numbers_with_serials(self):
        assert year_notes([], NOWHERE, earlier_of(year_of(2025))) == ()


class TestNearest:
    def test_the_latest_with_the_same_pattern(self):
        kle = earlier_of(year_of(2025, pattern="kle-serial-year"), round_="b")
        rounds = [earlier_of(year_of(2024), round_="x"), earlier_of(year_of(2025), round_="a"), kle]
        assert nearest(rounds, [year_of(2026)], NOWHERE).round == "a"

    def test_the_same_months_go_before_a_later_round(self):
        rounds = [
            earlier_of(year_of(2025), round_="whole", period=YEAR_2025),
            earlier_of(year_of(2026), round_="spring", period=SPRING_2026),
        ]
        assert nearest(rounds, [year_of(2026)], YEAR_2026).round == "whole"

    def test_none(self):
        assert nearest([earlier_of()], [year_of(2026)], NOWHERE) is None
        assert nearest([earlier_of(year_of(2025))], [], NOWHERE) is None


class TestSameMonths:
    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            pytest.param(YEAR_2025, YEAR_2026, True, id="another year"),
            pytest.param(SPRING_2026, YEAR_2026, False, id="half of it"),
            pytest.param((date(2024, 1, 1), date(2025, 12, 31)), YEAR_2026, False, id="two years"),
            pytest.param(NOWHERE, NOWHERE, True, id="no bounds"),
            pytest.param(NOWHERE, YEAR_2026, False, id="bounds in one"),
            pytest.param((date(2026, 1, 1), None), (date(2025, 1, 1), None), True, id="open end"),
            pytest.param((date(2024, 2, 29), None), (date(2025, 2, 28), None), True, id="leap day"),
        ],
    )
    def test_is(self, one, other, same):
        assert same_months(one, other) is same
        assert same_months(other, one) is same


class TestSerialsIn:
    @pytest.mark.parametrize(
        "freeze",
        [
            {},
            {"frame": {}},
            {"frame": {"serials": None}},
            {"frame": {"serials": []}},
            # As a later program may have written it: the members of the published form only.
            {
                "frame": {
                    "serials": [
                        {"pattern": "p", "year": 2025, "first": 1, "last": 2, "cases": 2, "missing": 0}
                    ]
                }
            },
        ],
    )
    def test_nothing_that_is_known(self, freeze):
        assert serials_in(freeze) == ()


class TestWords:
    @pytest.mark.parametrize(
        ("year", "line"),
        [
            pytest.param(
                year_of(2023, last=3127, cases=412, missing=2715, between=3125),
                "2023: numrene 1–3127, 412 sager, 2.715 numre mangler (87 %).",
                id="one series",
            ),
            pytest.param(
                year_of(2023, series=37),
                "2023: 37 nummerrækker, 300 sager, 700 numre mangler (70 %).",
                id="KLE",
            ),
            pytest.param(
                year_of(2023, first=7, last=7, cases=1, missing=0, between=0),
                "2023: nummer 7, 1 sag; for få til at vise huller.",
                id="one case",
            ),
            pytest.param(
                year_of(2023, missing=1, skipped=8621, last=10_133),
                "2023: numrene 1–10133, 300 sager, 1 nummer mangler (0 %). "
                "Dertil springer rækken 8.621 numre over.",
                id="jump",
            ),
        ],
    )
    def test_a_year(self, year, line):
        assert said(year_notes([year])) == [line]

    def test_the_earlier_round_stands_beside(self):
        earlier = earlier_of(year_of(2025, missing=720), period=YEAR_2025)
        assert said(year_notes([year_of(2026)], YEAR_2026, earlier)) == [
            "2026: numrene 1–1000, 300 sager, 700 numre mangler (70 %). I runde 2025-1 var det 72 % for 2025."
        ]

    def test_more_missing_than_before(self):
        earlier = earlier_of(year_of(2025, missing=200), period=YEAR_2025)
        assert said(year_notes([year_of(2026)], YEAR_2026, earlier))[1:] == [
            "I 2026 mangler 70 % af numrene mod 20 % for 2025 i runde 2025-1. Det er næppe tilfældigt. "
            "Det behøver ikke være en fejl, men se efter, om alle afgørelser er kommet med i filen."
        ]

    def test_fewer_missing_than_before(self):
        earlier = earlier_of(year_of(2025), period=YEAR_2025)
        assert said(year_notes([year_of(2026, missing=200)], YEAR_2026, earlier), "en")[1:] == [
            "In 2026 only 20% of the numbers are missing, against 70% for 2025 in round 2025-1. That is hardly "
            "chance. See whether the file has rows that are no decisions, or whether something was missing then."
        ]

    def test_other_months(self):
        earlier = earlier_of(year_of(2024), year_of(2025), period=YEAR_2025)
        notes = year_notes([year_of(2025), year_of(2026)], SPRING_2026, earlier)
        assert said(notes)[2:] == [
            "Runde 2025-1 har andre måneder med, så andelene kan ikke sammenlignes med de nye."
        ]


class TestService:
    COORDINATOR = Person(id=1, username="k", name="K", roles=frozenset({Role.COORDINATOR}))

    @pytest.fixture
    def rounds(self, database, now):
        """Two rounds with the same months and one with others, made in this order; returns the database."""
        with database.begin() as store:
            for key, year, period in (
                ("2024-1", 2024, (date(2024, 1, 1), date(2024, 12, 31))),
                ("2025-1", 2025, YEAR_2025),
                ("2026-1", 2026, SPRING_2026),
            ):
                self.add(store, now, key, period, [year_of(year)])
        return database

    def add(self, store, now, key, period, years):
        first, last = period
        made = store.rounds.add(
            key=key, title=key, state=RoundState.COMMITTED, created_at=now, first_day=first, last_day=last
        )
        serials = [asdict(year) for year in years]
        store.rounds.set_frame(made.id, replace(frame(now), freeze={"frame": {"serials": serials}}))
        store.trail.add("round-made", actor_id=None, at=now)

    def notes(self, database, *years, period=YEAR_2026, **besides):
        with database.begin() as store:
            return serial_notes(store, self.COORDINATOR, years, period, **besides)

    def test_beside_the_round_that_is_most_like_it(self, rounds):
        (note,) = self.notes(rounds, year_of(2026))
        assert (note.round, note.earlier.year) == ("2025-1", 2025)
        (note,) = self.notes(rounds, year_of(2027), period=(date(2027, 1, 1), date(2027, 6, 30)))
        assert (note.round, note.earlier.year) == ("2026-1", 2026)

    def test_not_beside_itself(self, rounds):
        (note,) = self.notes(rounds, year_of(2025), period=YEAR_2025, besides="2025-1")
        assert (note.round, note.earlier.year) == ("2024-1", 2024)

    def test_rounds_from_before_anybody_looked(self, database, now):
        with database.begin() as store:
            made = add_round(store, now)
            store.rounds.set_frame(made.id, frame(now))
            store.trail.add("round-made", actor_id=None, at=now)
        (note,) = self.notes(database, year_of(2026))
        assert note.earlier is None

    def test_as_many_statements_for_many_rounds(self, rounds, statements):
        with statements() as sent:
            self.notes(rounds, year_of(2026))
        assert len([one for one in sent if one.startswith("SELECT") and "lock" not in one]) == 2

    def test_for_those_who_run_rounds(self, rounds):
        with rounds.begin() as store, pytest.raises(NotAllowed):
            serial_notes(store, replace(self.COORDINATOR, roles=frozenset()), [year_of(2026)], YEAR_2026)


class TestPeriodOf:
    @pytest.mark.parametrize(
        ("mapping", "period"),
        [
            ({}, NOWHERE),
            ({"keep": {"from": "2026-01-01"}}, (date(2026, 1, 1), None)),
            ({"keep": {"from": date(2026, 1, 1), "to": "2026-12-31"}}, YEAR_2026),
        ],
    )
    def test_is(self, mapping, period):
        assert period_of(mapping) == period


class TestFreeze:
    def test_of_the_whole_register_before_the_plans_exclusions(self, tmp_path, now):
        (tmp_path / "register.csv").write_text(
            "Sagsnr;Center;Afgjort\n" + "".join(f"25/{n:04};Nord;01-02-2025\n" for n in (3, 4, 6, 9))
        )
        (tmp_path / "excluded.txt").write_text("25/0004\n")
        (tmp_path / "plan.toml").write_text(
            '[sizes]\nmethod = "fixed"\nn = 2\n[[exclude]]\nreason = "x"\ncase_numbers_file = "excluded.txt"\n'
        )
        freeze = draws.freeze_register(tmp_path / "register.csv", tmp_path / "plan.toml", now=now)
        assert freeze["frame"]["strata"] == {"Nord": 3}
        assert freeze["frame"]["serials"] == [
            {
                "pattern": "year-serial",
                "year": 2025,
                "series": 1,
                "first": 3,
                "last": 9,
                "cases": 4,
                "missing": 3,
                "skipped": 0,
                "between": 5,
            }
        ]
        assert serials_in(freeze)[0].share_present == pytest.approx(0.4)
        assert not malformed_freeze(freeze)

    def test_case_numbers_without_serials(self, tmp_path, now):
        (tmp_path / "register.csv").write_text("Sagsnr;Center;Afgjort\nA;Nord;01-02-2025\n")
        (tmp_path / "plan.toml").write_text('[sizes]\nmethod = "fixed"\nn = 2\n')
        freeze = draws.freeze_register(tmp_path / "register.csv", tmp_path / "plan.toml", now=now)
        assert freeze["frame"]["serials"] == []


class TestSummary:
    SUMMARY = FrameSummary(rows=3, cases=3, serials=(year_of(2026),))

    def test_comes_back_as_it_was(self):
        document = json.loads(json.dumps(self.SUMMARY.as_dict()))
        assert FrameSummary.from_dict(document) == self.SUMMARY

    def test_one_from_before_anybody_looked(self):
        document = {name: value for name, value in self.SUMMARY.as_dict().items() if name != "serials"}
        assert FrameSummary.from_dict(document) == replace(self.SUMMARY, serials=())

    def test_goes_with_the_register(self):
        assert without_register(PlanSettings(summary=self.SUMMARY)).summary.serials == ()


class TestCommands:
    @pytest.fixture
    def folder(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        for name in ("LIRK_LANGUAGE", "LIRK_SETTINGS", "LIRK_DATABASE_URL", "LIRK_SECRET_KEY"):
            monkeypatch.delenv(name, raising=False)
        for name, year, numbers in (("old", 2025, range(1, 1000, 2)), ("new", 2026, range(1, 1000, 5))):
            rows = "".join(f"{year % 100}/{n:04};Nord;01-02-{year}\n" for n in numbers)
            (tmp_path / f"{name}.csv").write_text(f"Sagsnr;Center;Afgjort\n{rows}")
        (tmp_path / "plan.toml").write_text('[sizes]\nmethod = "fixed"\nn = 2\n')
        (tmp_path / "breve.toml").write_text(CHECKLIST)
        return tmp_path

    def test_checking_a_register(self, folder):
        ended = typed("register", "check", "old.csv")
        assert (
            "Huller i sagsnumrene\n  2025: numrene 1–999, 500 sager, 499 numre mangler (50\u00a0%)."
            in ended.out
        )
        found = json.loads(typed("register", "check", "old.csv", "--json").out)["serials"]
        assert [(one["year"], one["missing"]) for one in found] == [(2025, 499)]

    def test_freezing(self, folder):
        ended = typed("draw", "freeze", "old.csv", "--plan", "plan.toml", "--out", "freeze.json")
        assert "2025: numrene 1–999, 500 sager" in ended.out
        ended = typed("draw", "freeze", "old.csv", "--plan", "plan.toml", "--out", "again.json", "--json")
        assert (
            json.loads(ended.out)["serials"]
            == json.loads(Path("freeze.json").read_text())["frame"]["serials"]
        )

    def test_a_new_round_tells_of_the_one_before(self, folder):
        assert typed("db", "upgrade").status == 0
        for key in ("old", "new"):
            ended = typed(
                "round", "new", f"{key}-1", f"{key}.csv", "--plan", "plan.toml", "--checklist", "breve.toml"
            )
            assert ended.status == 0
        assert "I runde old-1 var det 50\u00a0% for 2025." in ended.out
        assert "I 2026 mangler 80\u00a0% af numrene mod 50\u00a0% for 2025 i runde old-1." in ended.err

    def test_a_register_without_serials_says_nothing(self, folder):
        (folder / "plain.csv").write_text("Sagsnr;Center;Afgjort\nA;Nord;01-02-2025\n")
        ended = typed("register", "check", "plain.csv")
        assert ended.status == 0
        assert "Huller" not in ended.out
