"""The annual paper in words, as PDF and CSV: the same figures, the same bytes, and nothing of one centre."""

import csv
import json
import re
from dataclasses import replace
from functools import cache
from io import BytesIO, StringIO

import outloud
import page
import pdf_structure
import pytest
import report_values as values
from pypdf import PdfReader
from year_values import complaints, paper

from lirk.domain.years import LONGEST, Complaints, YearlyPaper
from lirk.reports.yearly_files import yearly_csv, yearly_json
from lirk.reports.yearly_paper_pdf import yearly_paper_pdf
from lirk.wording import Wording

DANISH, ENGLISH = Wording("da"), Wording("en")
FORBIDDEN = re.compile(
    r"score|karakter|\bKPI|\brød|\bgul\b|grøn|benchmark|rangliste|placering|bedst|dårligst|signifikant|gennemsnit",
    re.IGNORECASE,
)
SEEN = "Partshøringen glipper, når oplysninger kommer til sent."
DONE = "Skabelonen for partshøring er ny.\n\nAlle teamledere har været på kursus."


def printed(value: YearlyPaper, words: Wording = DANISH) -> str:
    pages = (page.extract_text() for page in PdfReader(BytesIO(yearly_paper_pdf(value, words))).pages)
    return " ".join(" ".join(pages).replace("\u00a0", " ").split())


@pytest.fixture(scope="module")
def said() -> str:
    return printed(paper(done=DONE))


class TestWhatIsSaid:
    def test_the_parts_stand_in_their_order(self, said):
        parts = ["Årets målinger", "Det fandt vi", "Det gjorde vi", "Klager", "Om notatet"]
        places = [said.index(part) for part in parts]
        assert places == sorted(places)

    def test_a_round_with_its_participation(self, said):
        assert "2. runde 2026, sager afgjort 1. januar 2026 – 30. juni 2026" in said
        assert "9 16.470 180" in said

    def test_what_was_found_is_the_overviews_until_the_coordinator_writes(self, said):
        assert "alle punkter opfyldt i omkring 85 %" in said
        own = printed(paper(found=SEEN))
        assert SEEN in own
        assert "i omkring" not in own

    def test_each_of_several_rounds_is_named(self):
        second = replace(paper().rounds[0], title="3. runde 2026", learnt="Det tager tid.")
        several = printed(paper(rounds=(*paper().rounds, second)))
        assert "2. runde 2026: det går godt" in several
        assert "3. runde 2026: det lærte vi Det tager tid." in several

    def test_what_was_done_is_the_coordinators_or_said_to_be_missing(self, said):
        assert "Skabelonen for partshøring er ny. Alle teamledere har været på kursus." in said
        assert "Koordinatoren har ikke skrevet, hvad der er gjort." in printed(paper())

    def test_handling_stands_apart_from_outcome(self, said):
        handling, _, outcome = said.partition("Sådan endte sagerne hos Ankestyrelsen")
        assert "Klager modtaget 119" in handling
        assert "Stadfæstet: afgørelsen står 63" in outcome
        assert "Stadfæstet" not in handling

    def test_the_reversal_rate_stands_with_its_counts(self, said):
        assert "Omgørelsesprocenten er 25 %: 21 af 84 sager blev omgjort." in said

    def test_a_hidden_count_takes_its_sibling_along(self, said):
        assert "Ændret eller ophævet 7" in said
        assert "har truffet en anden afgørelse vises ikke" in said
        assert "gælder ikke længere vises ikke" in said

    def test_no_rate_where_its_counts_are_hidden(self):
        few = printed(paper(*[Complaints(received=1, upheld=1)] * 5))
        assert "Omgørelsesprocenten vises ikke" in few
        assert "Omgjort i alt vises ikke" in few
        assert not re.search(r"\d %", few.partition("Klager Tallene")[2])

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            pytest.param({"entered": 0}, "ikke skrevet ind endnu. Det gør koordinatoren.", id="none"),
            pytest.param({"entered": 8, "missing": 1}, "Der mangler 1 center.", id="one is missing"),
            pytest.param({"entered": 3, "missing": 6}, "Der mangler 6 centre.", id="six are missing"),
            pytest.param({"entered": 4, "missing": 0}, "Der er for få centre til at vise tal.", id="too few"),
        ],
    )
    def test_why_there_are_no_complaint_figures(self, changes, sentence):
        assert sentence in printed(paper(complaints=None, **changes))

    def test_an_empty_year_is_a_readable_paper(self):
        empty = printed(
            paper(rounds=(), complaints=None, entered=0, as_of=None, municipality="🙂" * 60 + "Æbeltoft")
        )
        assert "Ingen runde blev lukket i 2026." in empty

    def test_no_centre_is_named(self, said):
        assert not [centre for centre in values.CENTRES if centre in said]

    def test_the_words_are_not_those_of_a_league_table(self, said):
        assert not FORBIDDEN.findall(said)

    def test_english(self):
        english = printed(paper(), ENGLISH)
        assert "The reversal rate is 25%: 21 of 84 cases were reversed." in english
        assert not re.search(r"Klager|Omgørelse|\bSide \d", english)

    def test_signs_of_markup_are_text(self):
        assert "<b>ikke</b> & <script>" in printed(paper(found="Det er <b>ikke</b> & <script>"))

    @pytest.mark.parametrize(
        ("line", "signs"),
        [
            (SEEN, 3300),
            (SEEN, LONGEST),
            (f"{SEEN}\n", 2100),
            (f"{SEEN}\n", LONGEST),
            ("x", LONGEST),
            ("æ\n", 400),
        ],
    )
    def test_long_texts_fill_pages(self, line, signs):
        text = (line * LONGEST)[:signs]
        learnt = replace(paper().rounds[0], learnt=text)
        assert "Om notatet" in printed(paper(found=text, done=text))
        assert "Om notatet" in printed(paper(rounds=(learnt,)))


class TestFiles:
    def test_the_same_paper_gives_the_same_bytes(self):
        assert yearly_paper_pdf(paper(), DANISH) == yearly_paper_pdf(paper(), DANISH)

    def test_two_centres_may_swap_their_figures_and_every_byte_stays(self):
        one = [*map(complaints, range(7))]
        other = [one[5], *one[1:5], one[0], one[6]]
        assert yearly_paper_pdf(paper(*one), DANISH) == yearly_paper_pdf(paper(*other), DANISH)
        assert yearly_csv(paper(*one), DANISH) == yearly_csv(paper(*other), DANISH)
        assert yearly_json(paper(*one)) == yearly_json(paper(*other))

    def test_made_up_is_said_on_every_page(self):
        value = paper(rounds=(replace(paper().rounds[0], made_up="all"),), found=SEEN * 70)
        pages = PdfReader(BytesIO(yearly_paper_pdf(value, DANISH))).pages
        assert len(pages) > 2
        assert all("opfundne" in page.extract_text() for page in pages)

    def test_csv_holds_what_the_paper_shows(self):
        rows = list(csv.reader(StringIO(yearly_csv(paper(), DANISH).decode("utf-8-sig")), delimiter=";"))
        assert {len(row) for row in rows} == {7}
        numbers = {row[1]: row[5] for row in rows}
        assert rows[1][:5] == ["Runde", "2. runde 2026", "9", "16470", "180"]
        assert (numbers["Klager modtaget"], numbers["Omgjort i alt"]) == ("119", "21")
        assert numbers["Ophævet: afgørelsen gælder ikke længere"] == "vises ikke"
        assert numbers["Omgørelsesprocent"] == "25\u00a0%"

    def test_json_holds_what_the_paper_shows(self):
        read = json.loads(yearly_json(paper(done=DONE)))
        told = read["complaints"]
        assert (read["format"], read["year"], read["done"]) == ("lirk-year/1", 2026, DONE)
        assert (told["received"], told["reversed"], told["reversal_rate"]) == (119, 21, 0.25)
        assert (told["changed"], told["annulled"]) == ("withheld", "withheld")
        assert [(one["centres"], one["population"], one["reviewed"]) for one in read["rounds"]] == [
            (9, 16470, 180)
        ]

    def test_json_has_no_complaints_where_none_are_shown(self):
        assert json.loads(yearly_json(paper(complaints=None)))["complaints"] is None


@cache
def archived(language: str) -> tuple[bytes, ...]:
    """A paper as most are, one of an empty year, and one whose texts fill pages."""
    empty = paper(rounds=(), complaints=None, entered=0, as_of=None)
    made = (paper(done=DONE), empty, paper(found=SEEN * 70, done=SEEN))
    return tuple(yearly_paper_pdf(value, Wording(language)) for value in made)


@pytest.mark.parametrize("language", ["da", "en"])
class TestArchiving:
    @pytest.mark.parametrize("profile", ["ua1", "3a"])
    def test_it_conforms(self, language, profile):
        for content in archived(language):
            assert not page.validate_pdf_bytes(content, profile=profile).failures

    def test_nothing_is_lost_to_those_who_hear_it(self, language, tmp_path):
        for content in archived(language):
            file = tmp_path / "file.pdf"
            file.write_bytes(content)
            assert not [found for found in outloud.check(str(file)).findings if found.severity == "error"]
            assert pdf_structure.problems(content) == []

    def test_its_numbers_are_inside(self, language):
        inside = PdfReader(BytesIO(archived(language)[0])).attachments
        value = paper(done=DONE)
        assert inside == {
            "year.csv": [yearly_csv(value, Wording(language))],
            "year.json": [yearly_json(value)],
        }
