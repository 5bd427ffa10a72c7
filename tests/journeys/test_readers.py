"""A centre's leader and the chief group read what is theirs, with the keyboard alone."""

from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

CENTRE = "Center for Arbejdsmarked"


@pytest.mark.parametrize(
    ("username", "javascript"),
    [("leder", True), ("leder", False), ("kontakt", True)],
    ids=["leader", "leader-no-scripts", "contact-person"],
)
def test_a_centre_reads_its_report_and_takes_it_along(served, sit_down, username, javascript):
    leader = sit_down(served, username, start="Rapporter", javascript=javascript)
    leader.go("link", f"{CENTRE} , 1. runde")
    leader.window.arrive(f"{CENTRE}, 1. runde")
    leader.go("link", "Fund")
    assert leader.window.page.url.endswith("#findings")

    report = PdfReader(BytesIO(leader.keep("Hent som PDF").path().read_bytes()))
    assert CENTRE in report.pages[0].extract_text()
    numbers = leader.keep("Hent tal til regneark (CSV)").path().read_text(encoding="utf-8-sig")
    assert CENTRE in numbers


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_the_chief_group_reads_the_overview(served, sit_down, javascript):
    chief = sit_down(served, "chef", start="Overblik, 1. runde", javascript=javascript)
    chief.go("link", "Læs hvorfor")
    assert chief.window.page.url.endswith("#method")
    overview = PdfReader(BytesIO(chief.keep("Hent som PDF").path().read_bytes()))
    assert len(overview.pages) > 2
    expect(chief.page.get_by_role("link", name="Rapporter")).to_have_count(0)
