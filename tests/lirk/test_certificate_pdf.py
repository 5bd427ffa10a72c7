"""The page of a certificate: one page whatever it holds, and no case number but the one that is the example."""

import json
import os
import re
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from io import BytesIO

import polars as pl
import pytest
from pypdf import PdfReader

from lirk.reports.certificate_pdf import certificate_pdf
from lirk.reports.paper import LAYOUT
from lirk.wording import Wording
from sampling import freeze, replace_case, ticket
from sampling.certificate import certificate
from sampling.documents import freeze_digest
from sampling.extension import extend_certificate
from sampling.recipe import example_case, sha256sum_line

DANISH, ENGLISH = Wording("da"), Wording("en")
SEED = "31415926535897932384"
NOON = datetime(2026, 11, 22, 12, 5, tzinfo=timezone(timedelta(hours=1)))
LATER = NOON + timedelta(hours=2)
SALT = "5a17" * 8
EXCLUDED = [
    {"reason": "blank-row", "value": "", "count": 57},
    {"reason": "not-a-decision", "value": "Trukket", "count": 40},
    {"reason": "identical-row", "value": "", "count": 0},
]


def frame(strata, per=12, number="15.17.06-G01-{}-25"):
    rows = [(number.format(at * 1000 + one), name) for at, name in enumerate(strata) for one in range(per)]
    return pl.DataFrame(rows, schema={"case_id": pl.String, "stratum": pl.String}, orient="row")


def drawn(strata=("Center Nord", "Center Syd"), *, title="2. runde", number=None, draw=None, n=5, **changes):
    cases = frame(strata, **({"number": number} if number else {}))
    plan = {
        "title": title, "strata": ["centre"], "reserve": 4, "salt": True, "exclude": [],
        "sizes": {"method": "fixed", "n": n}, "mapping": None, "extension": {"n": 2, "reason": "to trin"},
    }  # fmt: skip
    options = {"source": "register.csv", "rows": 121, "excluded": EXCLUDED, "salt": SALT, "serials": None}
    seed = {"value": SEED, "how": "dice", "witnesses": ["Anne Jensen", "Bo Holm"], "at": LATER.isoformat()}
    seed |= {name: changes.pop(name) for name in ("how", "witnesses") if name in changes}
    frozen = freeze(cases, plan=plan, mapping={}, at=NOON, strata=["Tomt"], **{**options, **changes})
    return certificate(frozen, cases, seed, at=LATER, **(draw or {}))


def pages(document, words=DANISH):
    reader = PdfReader(BytesIO(certificate_pdf(document, words)))
    return [" ".join(page.extract_text().replace("\u00a0", " ").split()) for page in reader.pages]


def page(document, words=DANISH):
    (text,) = pages(document, words)
    return text


@pytest.fixture(scope="module")
def printed():
    return page(drawn())


class TestPage:
    def test_the_parts_stand_in_their_order(self, printed):
        parts = [
            "Certifikat for et tilfældigt udtræk", "2. runde", "10 af 24 sager i 3 strata",
            "Ramme register.csv, taget 22. november 2026 kl. 12.05. Registret har 121 rækker; 24 sager er i rammen.",
            "Udeladt: tomme rækker: 57; ikke en afgørelse (Trukket): 40.",
            "Fingeraftryk Frosset 22. november 2026 kl. 12.05. Med salt",
            f"Frø {SEED}, slået med tisidede terninger, 22. november 2026 kl. 14.05. "
            "Overværet af Anne Jensen og Bo Holm.",
            "Udtræk Første udtræk af denne ramme. Ingen sag er erstattet.",
            "Efterprøv en sag", "Gentag det hele", "Kontrolsum", "Stratum Sager N Trukket n Andel n/N",
            "Center Nord 12 5 41,7 %", "Tomt 0 0 –",
        ]  # fmt: skip
        places = [printed.index(part) for part in parts]
        assert places == sorted(places)

    def test_it_holds_what_a_draw_is_known_by(self, printed):
        document = drawn()
        for known in (document["digest"], freeze_digest(document), document["frame"]["fingerprint"], SEED):
            assert known in printed

    def test_a_census_is_called_all(self):
        assert "Center Nord 12 12 alle" in page(drawn(n=99))

    def test_the_line_for_one_case_prints_the_ticket_that_stands_below_it(self, printed):
        document = drawn()
        line, case = sha256sum_line(document), example_case(document)
        assert f"{line} {case['ticket']}" in printed
        shown = re.search(r"printf '%s' '[^']*' \| sha256sum", printed)[0]
        done = subprocess.run(["sh", "-c", shown], capture_output=True, text=True, check=True)
        assert done.stdout.split()[0] == case["ticket"]

    def test_no_other_case_number_is_on_it_and_no_salt(self, printed):
        document = drawn()
        example = example_case(document)["case_id"]
        others = [case["case_id"] for part in document["strata"] for case in part["cases"]]
        assert [case for case in others if case in printed] == [example]
        assert SALT not in printed

    def test_without_a_salt_that_is_said(self):
        assert "Uden salt." in page(drawn(salt=None))

    def test_a_further_draw_is_told_with_its_reason(self):
        text = page(drawn(draw={"number": 2, "reason": "Til øvelse", "previous": "0" * 64}))
        assert "Udtræk 2 af denne ramme. Grund: Til øvelse" in text

    def test_replaced_cases_are_counted_and_not_named(self):
        document = drawn()
        out = next(case["case_id"] for case in document["strata"][1]["cases"])
        text = page(replace_case(document, out, "ikke en afgørelse", LATER))
        assert "1 sag var uden for rammen og er erstattet" in text
        assert out not in text

    @pytest.mark.parametrize(
        ("n", "seen", "said"),
        [
            pytest.param(None, True, "med 4 sager, anmeldt på forhånd i planen. Grund: to trin", id="declared"),
            pytest.param(
                3, True, "med 6 sager, ikke anmeldt på forhånd, og besluttet efter at resultater var set. Grund: x",
                id="after results",
            ),
            pytest.param(
                3, False, "med 6 sager, ikke anmeldt på forhånd, men besluttet før nogen resultater var set. Grund: x",
                id="before results",
            ),
        ],
    )  # fmt: skip
    def test_an_extension_is_printed_as_what_it_is(self, n, seen, said):
        cases = frame(("Center Nord", "Center Syd"))
        reason = None if n is None else "x"
        text = page(extend_certificate(drawn(), cases, n, reason=reason, results_seen=seen, at=LATER))
        assert said in text

    def test_gaps_in_the_case_numbers_are_a_note(self):
        gap = {"pattern": "x", "year": 2025, "first": 1, "last": 40, "cases": 24, "missing": 16}
        assert "16 springes over mellem 24 sager" in page(drawn(serials=[gap]))

    def test_who_watched_may_be_unknown_and_the_way_of_the_seed_another(self):
        text = page(drawn(witnesses=[], how="lotto"))
        assert f"{SEED}, lotto," in text
        assert "Ingen vidner er nævnt." in text

    def test_a_title_may_be_missing(self):
        assert "tilfældigt udtræk register.csv 10 af 24" in page(drawn(title=""))

    def test_signs_of_markup_are_printed_as_they_are(self):
        assert "<b>A & B</b>" in page(drawn(("<b>A & B</b>",)))

    def test_what_is_made_up_is_said_and_of_a_real_draw_nothing_is(self, printed):
        reader = PdfReader(
            BytesIO(certificate_pdf(drawn(), DANISH, mark="Registret og svarene er opfundne."))
        )
        assert len(reader.pages) == 1
        assert "Registret og svarene er opfundne." in reader.pages[0].extract_text()
        assert "opfundne" not in printed

    def test_english(self):
        text = page(drawn(), ENGLISH)
        for said in (
            "Certificate of a random draw",
            "Witnessed by Anne Jensen and Bo Holm.",
            "41.7%",
            "Page 1 of 1",
        ):
            assert said in text
        assert not re.search(r"Udtræk|sager|Ramme|Kontrolsum|Side", text)


LONG = "Afdelingen for særlige sager om midlertidige foranstaltninger og "


class TestOnePage:
    @pytest.mark.parametrize("words", [DANISH, ENGLISH], ids=["da", "en"])
    @pytest.mark.parametrize("count", [2, 12, 13, 24, 25, 60, 66, 67, 400])
    def test_however_many_strata(self, count, words):
        strata = [f"Center {at:03}" for at in range(count - 1)]
        (text,) = pages(drawn(strata, draw=None), words)
        shown = len(re.findall(r"Center \d{3} 12 5 ", text)) + text.count("Tomt 0 0")
        more = re.search(r"(?:Og|And) (\d+) (?:strata til|more strata)", text)
        assert shown + (int(more[1]) if more else 0) == count
        assert shown >= min(count, 60)

    def test_what_is_not_shown_is_counted(self):
        assert "Og 34 strata til med 165 af 396 sager" in page(drawn([f"Center {at:03}" for at in range(99)]))

    def test_however_long_the_texts(self):
        document = drawn(
            [f"{LONG * 3}{at:02}" for at in range(60)],
            title="En meget lang titel " * 50,
            source="fil" * 300,
            excluded=[{"reason": LONG * 4, "value": "x" * 400, "count": 7}] * 40,
            witnesses=["Navn" * 100] * 40,
            draw={"number": 3, "reason": "ord " * 4000, "previous": "0" * 64},
        )
        text = page(document)
        assert document["digest"] in text
        assert "34 regler til: 238" in text
        assert "og 34 til" in text
        assert "00" in text

    def test_names_that_differ_only_at_the_end_can_be_told_apart(self):
        text = page(drawn([f"{LONG}{at:02}" for at in range(30)]))
        assert all(f"{at:02} 12 5 " in text for at in range(30))

    def test_a_case_number_that_the_lettering_lacks_is_not_printed_wrong(self):
        text = page(drawn(number="文書{}"))
        assert "Sagsnumrene kan ikke vises her. lirk draw recipe certificate.json skriver linjerne." in text
        assert "printf" not in text

    @pytest.mark.parametrize("number", ["o'brien {}", 'a"b\\{}', "<i>{}", "Ærø & {}"])
    def test_odd_signs_in_the_example_are_printed_whole(self, number):
        document = drawn(number=number)
        line = " ".join(sha256sum_line(document).split())
        assert line in page(document)
        assert ticket(SEED, example_case(document)["case_id"]) in page(document)

    def test_nothing_drawn(self):
        assert "Der er ingen sag at efterprøve." in page(drawn(n=0) | {"strata": []})


class TestFile:
    def test_the_properties_come_from_the_certificate(self):
        reader = PdfReader(BytesIO(certificate_pdf(drawn(), DANISH, program="9.9")))
        assert reader.metadata.title == "Certifikat for et tilfældigt udtræk – 2. runde"
        assert reader.metadata.creator == f"LIRK 9.9 (layout {LAYOUT})"
        assert reader.metadata.creation_date.date() == LATER.date()

    @pytest.mark.parametrize(("words", "language"), [(DANISH, "da-DK"), (ENGLISH, "en-GB")])
    def test_the_language_is_in_the_file(self, words, language):
        assert PdfReader(BytesIO(certificate_pdf(drawn(), words))).trailer["/Root"]["/Lang"] == language

    def test_only_plex_is_embedded(self):
        reader = PdfReader(BytesIO(certificate_pdf(drawn(), DANISH)))
        fonts = {font.get_object()["/BaseFont"] for font in reader.pages[0]["/Resources"]["/Font"].values()}
        assert all("IBMPlexSans" in font for font in fonts)

    def test_the_same_certificate_gives_the_same_bytes_in_any_process(self):
        program = (
            "import sys, json, hashlib; from lirk.reports.certificate_pdf import certificate_pdf;"
            "from lirk.wording import Wording;"
            "print(hashlib.sha256(certificate_pdf(json.load(sys.stdin), Wording('da'))).hexdigest())"
        )
        environment = {**os.environ, "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1"}
        done = subprocess.run(
            [sys.executable, "-c", program],
            input=json.dumps(drawn()), capture_output=True, text=True, check=True, env=environment,
        )  # fmt: skip
        assert done.stdout.strip() == sha256(certificate_pdf(drawn(), DANISH)).hexdigest()
