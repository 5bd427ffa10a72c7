import re
from io import BytesIO

import pytest
import report_values as values
from pypdf import PdfReader

from lirk.reports.overview_pdf import overview_pdf
from lirk.wording import Wording

DANISH, ENGLISH = Wording("da"), Wording("en")
FORBIDDEN = re.compile(
    r"score|karakter|\bKPI|\brød|\bgul\b|grøn|benchmark|rangliste|placering|bedst|dårligst|signifikant|gennemsnit",
    re.IGNORECASE,
)


def pages(overview, words=DANISH) -> list[str]:
    reader = PdfReader(BytesIO(overview_pdf(overview, words)))
    return [" ".join(page.extract_text().replace("\u00a0", " ").split()) for page in reader.pages]


@pytest.fixture(scope="module")
def printed() -> list[str]:
    return pages(values.overview())


class TestPageOne:
    def test_the_parts_stand_in_their_order(self, printed):
        parts = [
            "Formål",
            "9 centre har deltaget; 180 sager",
            "Det går godt",
            "Det kræver en fælles indsats",
            "Næste skridt",
            "Overblikket rangordner ikke centre",
        ]
        places = [printed[0].index(part) for part in parts]
        assert places == sorted(places)

    def test_at_most_three_themes_each_way(self):
        overview = values.overview()
        every = values.overview(going_well=overview.themes, joint_effort=overview.themes)
        assert pages(every)[0].count("I temaet") + pages(every)[0].count("Temaet ") == 6


class TestBody:
    def test_centres_stand_as_given_without_results(self, printed):
        table = printed[1]
        places = [table.index(f"{centre} ") for centre in values.CENTRES]
        assert places == sorted(places)

    def test_no_centre_is_named_after_the_table_of_participation(self, printed):
        rest = " ".join(printed[2:])
        assert not [centre for centre in values.CENTRES if centre in rest]

    def test_a_share_is_a_step_of_five_or_words(self, printed):
        themes = " ".join(printed[1:3])
        assert all(int(share) % 5 == 0 for share in re.findall(r"(\d+) %", themes))
        assert "få eller ingen" in themes
        assert "næsten alle" in themes

    def test_recurring_findings_say_several_and_no_number(self, printed):
        assert "flere centre" in " ".join(printed)
        assert values.RECOMMENDATION in " ".join(printed)

    def test_the_words_are_not_those_of_a_league_table(self, printed):
        assert not FORBIDDEN.findall(" ".join(printed))

    def test_it_is_four_to_six_pages(self, printed):
        assert 4 <= len(printed) <= 6


@pytest.fixture(scope="module")
def few() -> list[str]:
    three = values.overview().participation[:3]
    return pages(
        values.overview(themes=(), going_well=(), joint_effort=(), recurring=(), participation=three)
    )


class TestFewCentres:
    def test_it_says_why_there_are_no_numbers(self, few):
        assert "Færre end fem centre er målt." in few[0]
        assert "Færre end fem centre er målt." in " ".join(few[1:])

    def test_there_is_no_share(self, few):
        assert not re.search(r"\d %", " ".join(few))


class TestFile:
    def test_the_same_overview_gives_the_same_bytes(self):
        assert overview_pdf(values.overview(), DANISH) == overview_pdf(values.overview(), DANISH)

    def test_made_up_is_said_on_every_page(self):
        for made_up, said in (
            ("answers", "svarene er opfundne"),
            ("all", "Registret og svarene er opfundne."),
        ):
            assert all(said in page for page in pages(values.overview(made_up=made_up)))

    def test_it_can_do_without_a_method(self):
        assert pages(values.overview(method=None))

    def test_english(self):
        printed = " ".join(pages(values.overview(), ENGLISH))
        assert "The overview does not rank centres" in printed
        assert not re.search(r"Deltagelse|Fælles anbefaling|\bSide \d", printed)
