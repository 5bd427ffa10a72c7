"""All the reports of a round at once: the same bytes, however many processes make them."""

import pytest
import report_values as values

from lirk.services.report_files import _processors, round_files
from lirk.services.reports import Reader
from lirk.wording import Wording

READER = Reader(municipality="Eksempel Kommune", words=Wording("da"))
CENTRES = tuple(values.small_report(centre=f"Center {name}") for name in ("Nord", "Øst", "Nord."))


@pytest.fixture(scope="module")
def made():
    steps: list[int] = []
    files = {
        processes: round_files(
            CENTRES, values.overview(), READER, step=lambda: steps.append(1), processes=processes
        )
        for processes in (1, 2)
    }
    return files, steps


class TestRoundFiles:
    def test_two_processes_make_the_same_files(self, made):
        files, _ = made
        assert files[1] == files[2]
        assert list(files[1]) == list(files[2])

    def test_each_report_has_its_name_and_the_overview_comes_last(self, made):
        files, _ = made
        assert len(files[1]) == 4
        assert list(files[1])[-1] == "overview.pdf"
        assert all(content.startswith(b"%PDF") for content in files[1].values())

    def test_every_file_is_a_step(self, made):
        _, steps = made
        assert len(steps) == 2 * 4

    def test_for_a_few_reports_no_process_is_begun(self):
        assert _processors(3) == 1
        assert _processors(100) >= 1
