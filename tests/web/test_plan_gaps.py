"""Gaps in the case numbers on the page of the frame: by year, beside the round before, never by centre."""

import html
import re
from datetime import UTC, datetime

import pytest
from planned_round import Planner

from lirk.domain.planning import SeedPlan, Sizes
from lirk.services import planned_frames, planning

CENTRES = ("Center Nord", "Center Syd")


def register(year, *, step=2, number="{year}/{serial:04}"):
    """A register of a year in which every ``step``-th number was decided."""
    lines = ["Sagsnr;Center;Afgørelsesdato"]
    for serial in range(1, 1000, step):
        case = number.format(year=year % 100, serial=serial)
        lines.append(f"{case};{CENTRES[serial // 2 % 2]};01-02-{year}")
    return ("\n".join(lines) + "\n").encode()


class Coordinator:
    """Plans rounds in the database of the pages, and opens the page of the frame."""

    def __init__(self, pages):
        self.planner = Planner(pages.database, datetime.now(UTC).replace(microsecond=0))
        self.browser = pages.sign_in("koordinator")

    def framed(self, year, content, *, last="12-31"):
        """Plan a round as far as its frame; returns what the page says of gaps."""
        self.planner.new(f"{year}-7", title=f"Runde {year}")
        self.planner.upload(content)
        self.planner.do(planned_frames.save_filters, {"from": f"{year}-01-01", "to": f"{year}-{last}"})
        return self.told()

    def freeze(self):
        self.planner.do(planning.approve_frame)
        self.planner.do(planning.save_sizes, Sizes(n=3))
        plan = SeedPlan(how="dice", place="Rådhuset", deadline=self.planner.now.date())
        self.planner.do(planning.save_seed_plan, plan)
        return self.planner.freeze()

    def told(self):
        """The lines and remarks of the page about gaps; None where it says nothing of them."""
        page = self.browser.get(f"/rounds/plans/{self.planner.plan_id}/frame")
        assert page.status_code == 200
        part = re.search(r'<section aria-labelledby="gaps-heading">(.*?)</section>', page.text, re.DOTALL)
        if part is None:
            return None
        lines = re.findall(r"<li>(.*?)</li>", part[1], re.DOTALL)
        return [html.unescape(line).replace("\u00a0", " ").strip() for line in lines]


@pytest.fixture
def coordinator(pages):
    return Coordinator(pages)


class TestGapsOnTheFramePage:
    def test_a_line_for_each_year(self, coordinator):
        assert coordinator.framed(2025, register(2025)) == [
            "2025: numrene 1–999, 500 sager, 499 numre mangler (50 %)."
        ]

    def test_case_numbers_without_serials_say_nothing(self, coordinator):
        assert coordinator.framed(2025, register(2025, number="x{serial}")) is None

    def test_excluded_cases_are_no_gaps(self, coordinator):
        before = coordinator.framed(2025, register(2025))
        coordinator.planner.do(planned_frames.exclude_cases, reason="Klage", case_numbers=["25/0003"])
        assert coordinator.planner.plan().settings.summary.cases == 499
        assert coordinator.told() == before

    def test_beside_the_round_before(self, coordinator):
        coordinator.framed(2025, register(2025))
        coordinator.freeze()
        assert coordinator.framed(2026, register(2026)) == [
            "2026: numrene 1–999, 500 sager, 499 numre mangler (50 %). I runde 2025-7 var det 50 % for 2025."
        ]

    def test_a_sudden_change_is_something_to_look_into_and_stops_nothing(self, coordinator):
        coordinator.framed(2025, register(2025))
        coordinator.freeze()
        assert coordinator.framed(2026, register(2026, step=5))[1:] == [
            "I 2026 mangler 80 % af numrene mod 50 % for 2025 i runde 2025-7. Det er næppe tilfældigt. "
            "Det behøver ikke være en fejl, men se efter, om alle afgørelser er kommet med i filen."
        ]
        _, freeze = coordinator.freeze()
        assert [year["missing"] for year in freeze["frame"]["serials"]] == [796]

    def test_other_months_are_not_compared(self, coordinator):
        coordinator.framed(2025, register(2025))
        coordinator.freeze()
        assert coordinator.framed(2026, register(2026, step=5), last="06-30")[1:] == [
            "Runde 2025-7 har andre måneder med, så andelene kan ikke sammenlignes med de nye."
        ]

    def test_a_round_is_not_put_beside_itself(self, coordinator):
        coordinator.framed(2025, register(2025))
        before = coordinator.told()
        coordinator.freeze()
        assert coordinator.told() == before

    def test_no_centre_is_named_beside_gaps(self, coordinator):
        lines = coordinator.framed(2025, register(2025, number="{year}/{serial:04}"))
        assert not [line for line in lines if "Center" in line]

    def test_in_english(self, coordinator):
        coordinator.framed(2025, register(2025))
        coordinator.browser.form("/me", {"language": "en"})
        page = coordinator.browser.get(f"/rounds/plans/{coordinator.planner.plan_id}/frame")
        assert "Gaps in the case numbers" in page.text
        assert "499 numbers missing (50%)" in page.text

    def test_statements_do_not_grow_with_the_rounds(self, coordinator, statements):
        def count():
            with statements() as sent:
                coordinator.told()
            return len([one for one in sent if one.startswith("SELECT")])

        coordinator.framed(2025, register(2025))
        before = count()
        coordinator.freeze()
        coordinator.framed(2026, register(2026))
        assert count() == before
