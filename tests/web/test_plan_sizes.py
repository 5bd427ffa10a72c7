"""The planner's step of sizes: by cases, by hours or by precision, and what it says of each centre."""

import html
import re

import pytest
from planned_round import PERIOD, Planner
from small_round import register_lines

CENTRES = {"Center Øst": 9, "Center Nord": 120, "Center Syd": 40}


def register():
    """A register of the three centres; its headings and values are all guessed."""
    head, first, *_ = register_lines()
    columns = head.replace("Dato", "Afgørelsesdato").split(";")
    values = dict(zip(columns, first.split(";"), strict=True))
    rows = [
        values | {"Sagsnummer": f"24/{10_000 * place + number:05}", "Center": centre}
        for place, (centre, cases) in enumerate(CENTRES.items())
        for number in range(cases)
    ]
    lines = [";".join(columns), *(";".join(row[column] for column in columns) for row in rows)]
    return ("\n".join(lines) + "\n").encode()


class Sizes:
    """The page of a plan whose frame is approved."""

    def __init__(self, browser, planner):
        self.browser, self.planner = browser, planner
        self.at = f"/rounds/plans/{planner.plan_id}/sizes"

    def get(self):
        return html.unescape(self.browser.get(self.at).text)

    def send(self, go="calculate", **fields):
        data = {
            "by": "cases",
            "method": "fixed",
            "version": str(self.planner.plan().version),
            **fields,
            "go": go,
        }
        answer = self.browser.form(self.at, data)
        return answer.status_code, html.unescape(answer.text)

    def kept(self):
        return self.planner.plan().settings.sizes


@pytest.fixture
def sizes(pages, now):
    planner = Planner(pages.database, now)
    planner.approved(register(), keep=PERIOD)
    return Sizes(pages.sign_in("koordinator"), planner)


def rows(text):
    """The cells of each centre's row, as text."""
    found = re.findall(r'<th scope="row" id="own-\d+-centre">(.*?)</th>(.*?)</tr>', text, re.DOTALL)
    strip = re.compile(r"<[^>]*>")
    return {
        centre: [strip.sub("", cell).strip() for cell in re.findall(r"<td>(.*?)</td>", row, re.DOTALL)]
        for centre, row in found
    }


class TestByCases:
    def test_each_centre_has_its_cases_its_hours_and_what_they_mean(self, sizes):
        status, text = sizes.send(n="15")
        assert status == 200
        assert rows(text) == {
            "Center Nord": [
                "120", "", "15", "13,5", "mellem 26 og 74\u00a0%",
                "Det er nok til at se forskel på halvdelen og tre fjerdedele.",
            ],
            "Center Syd": [
                "40", "", "15", "13,5", "mellem 30 og 70\u00a0%",
                "Det er nok til at se forskel på halvdelen og tre fjerdedele.",
            ],
            "Center Øst": [
                "9", "", "9", "8,1", "–", "Alle sager gennemgås, så udtrækket giver ingen usikkerhed.",
            ],
        }  # fmt: skip
        assert "I alt 39 sager og cirka 51,1 timer: 16 timer til det faste" in text
        assert sizes.kept() is None

    def test_the_centres_stand_by_the_alphabet_whatever_comes_out(self, sizes):
        for fields in ({"n": "3"}, {"by": "precision", "precision": "10"}, {"by": "hours", "hours": "60"}):
            assert list(rows(sizes.send(**fields)[1])) == ["Center Nord", "Center Syd", "Center Øst"]

    def test_what_is_missing_is_told_at_its_field(self, sizes):
        status, text = sizes.send(n="")
        assert status == 422
        assert 'href="#n"' in text
        assert "Skriv, hvor mange sager der skal trækkes." in text


class TestByHours:
    def test_the_sizes_follow(self, sizes):
        status, text = sizes.send(by="hours", hours="60,5")
        assert status == 200
        assert "På 60,5 timer kan I nå 49 sager." in text
        assert [row[2] for row in rows(text).values()] == ["20", "20", "9"]

    def test_they_are_kept_as_numbers_of_cases(self, sizes):
        status, _ = sizes.send("save", by="hours", hours="60", method="proportional", reserve="4")
        assert status == 303
        kept = sizes.kept()
        assert (kept.method, kept.n, kept.reserve, kept.exceptions) == ("proportional", 48, 4, {})
        assert 'name="n" type="text" value="48"' in sizes.get()

    def test_a_centre_s_own_number_is_taken_first(self, sizes):
        _, text = sizes.send(by="hours", hours="61", **{"own-0": "30"})
        assert [row[2] for row in rows(text).values()] == ["30", "11", "9"]

    @pytest.mark.parametrize("hours", ["", "mange", "-4", "1e3", "nan", "9999999"])
    def test_what_is_no_number_of_hours_is_told_at_its_field(self, sizes, hours):
        status, text = sizes.send(by="hours", hours=hours)
        assert status == 422
        assert 'href="#hours"' in text
        assert "Skriv, hvor mange timer I har" in text

    def test_too_few_hours_are_told(self, sizes):
        status, text = sizes.send("save", by="hours", hours="16,5")
        assert status == 422
        assert "Så få timer er ikke nok" in text
        assert sizes.kept() is None


class TestByPrecision:
    def test_each_centre_gets_what_it_takes(self, sizes):
        status, text = sizes.send(by="precision", precision="15")
        assert status == 200
        north, south, east = rows(text).values()
        assert (north[2], north[4]) == ("33", "mellem 35 og 65\u00a0%")
        assert south[4].startswith("mellem 35 og 65")
        assert int(east[2]) < 9

    def test_it_is_kept_and_shown_again_as_numbers(self, sizes):
        _, calculated = sizes.send(by="precision", precision="15")
        assert sizes.send("save", by="precision", precision="15")[0] == 303
        kept = sizes.kept()
        assert kept.method == "fixed"
        again = rows(sizes.get())
        assert {centre: row[2] for centre, row in again.items()} == {
            centre: row[2] for centre, row in rows(calculated).items()
        }

    def test_a_precision_that_is_not_offered_is_the_usual_one(self, sizes):
        usual = rows(sizes.send(by="precision", precision="15")[1])
        assert rows(sizes.send(by="precision", precision="0")[1]) == usual


class TestRule:
    def test_it_is_said_of_each_centre_of_which_a_part_is_read(self, sizes):
        _, text = sizes.send(n="15", good="5", poor="20")
        assert text.count("Regel for 15 sager: højst") == 2
        assert "Regel for 9 sager" not in text
        assert "Stopper I, så snart svaret er givet" in text

    def test_without_shares_there_is_none(self, sizes):
        assert "Regel for" not in sizes.send(n="15")[1]

    @pytest.mark.parametrize(
        ("good", "poor", "field"),
        [("5", "", "poor"), ("x", "20", "good"), ("5", "120", "poor"), ("20", "20", "good")],
    )
    def test_shares_that_cannot_be_used_are_told_at_their_field(self, sizes, good, poor, field):
        status, text = sizes.send(n="15", good=good, poor=poor)
        assert status == 422
        assert f'href="#{field}"' in text
        assert re.search(r'<details[^>]* id="rule" open', text)


def test_the_page_is_english_where_english_is_asked_for(sizes):
    sizes.browser.form("/me", {"language": "en"})
    text = sizes.send(n="15", hours="40", good="5", poor="20")[1]
    for said in (
        "What to work it out from",
        "That means",
        "In 40 hours you can review 26 cases.",
        "Rule for 15 cases",
    ):
        assert said in text
    assert rows(text)["Center Nord"][4] == "between 26 and 74%"
    body = re.sub(r"Center \w+", "", text[text.index("<main") : text.index("</main")])
    assert not re.search(r"\b(sager|timer|mellem|halvdelen)\b", body)


def test_the_page_has_no_colour_and_no_rank(sizes):
    """What a centre's sample is good for is said in words alone."""
    table = re.search(r"<table.*?</table>", sizes.send(n="15")[1], re.DOTALL).group()
    assert "badge" not in table
    assert "style=" not in table
