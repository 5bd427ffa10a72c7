"""The archive package of a closed round, on both databases: what is in it, what is not, and the same bytes again."""

import csv
import subprocess
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO, StringIO
from zipfile import ZIP_STORED, ZipFile

import pytest
from archived_round import NAMES, TWICE, archived, closed_round, files_in, made, reader
from branching import BRANCHING
from double_round import write
from granted import grant
from pypdf import PdfReader
from small_round import CHECKLIST, KEY, under_way

from lirk.domain.corrections import TypedCorrection
from lirk.domain.people import Role
from lirk.domain.rounds import RoundUnknown
from lirk.errors import NotAllowed
from lirk.services import archiving, corrections, identified_cases, reports
from lirk.services.archiving import ArchiveNotClosed
from lirk.storage.database import Database
from lirk.wording import Wording


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A closed round on SQLite, and its package in both languages."""
    folder = tmp_path_factory.mktemp("archived")
    database = Database(f"sqlite:///{folder / 'lirk.sqlite'}")
    database.upgrade()
    town = closed_round(
        database, folder, datetime(2026, 11, 22, 14, 5, 30, 123456, tzinfo=timezone(timedelta(hours=1)))
    )
    yield town, {language: made(town, language=language) for language in ("da", "en")}
    database.dispose()


def table(files, name):
    """Return the rows of a table as dictionaries."""
    return list(csv.DictReader(StringIO(files[name].decode("utf-8-sig"), newline=""), delimiter=";"))


def heading(files, name):
    return next(csv.reader(StringIO(files[name].decode("utf-8-sig"), newline=""), delimiter=";"))


def text_of_pdf(content):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def text_of(name, content):
    if name.endswith(".pdf"):
        return text_of_pdf(content)
    if name.endswith(".xlsx"):
        return "\n".join(part.decode() for part in files_in(content).values())
    return content.decode("utf-8-sig")


class TestArchivedRound:
    def test_both_databases_give_the_same_answers_and_the_same_package_again(self, database, tmp_path, now):
        town = closed_round(database, tmp_path, now)
        first = archived(town)
        [two] = [one for one in first.answers if (one.number, one.id) == (TWICE, "clear")]
        assert (two.first, two.second, two.agreed, two.counts) == ("yes", "no", "no", "no")
        content = archiving.package(first, reader())
        with town.acting() as (store, actor):
            archiving.note_made(store, actor, KEY, content, now=town.now)
            address = reports.report_addresses(store, store.rounds.by_key(KEY))["Center Nord"]
            identified_cases.identified_cases(store, actor, KEY, address, reader=reader(), now=town.now)
        assert archived(town) == first
        assert made(town) == content

    @pytest.mark.parametrize(
        ("role", "error"),
        [
            (Role.COORDINATOR, None),
            *((role, NotAllowed) for role in Role if role is not Role.COORDINATOR),
        ],
    )
    def test_only_who_may_have_everything_of_a_round(self, quick, tmp_path, now, role, error):
        town = under_way(quick.database, tmp_path, now, "anne")
        town.add("somebody", role, centres=frozenset({"Center Nord"}))
        for key in (KEY, "no-such-round"):
            allowed = ArchiveNotClosed if key == KEY else RoundUnknown
            with pytest.raises(error or allowed), town.acting("somebody") as (store, actor):
                archiving.archived_round(store, actor, key, reader=reader())

    def test_nothing_is_noted_for_somebody_else(self, whole):
        town, _ = whole
        with pytest.raises(NotAllowed), town.acting("astyages") as (store, actor):
            archiving.note_made(store, actor, KEY, b"", now=town.now)


def objected(*made):
    """The closed round, with objections that were found to be right."""
    town = closed_round(*made)
    with town.acting() as (store, _):
        grant(store, KEY, town.now)
    return town


class TestCorrected:
    """After an accepted objection the package counts the corrected answer, and tells it in a table of its own."""

    def correct(self, town, value):
        centre = town.cases()[TWICE].centre
        with town.acting() as (store, actor):
            place = (store, actor, KEY, centre)
            seen = corrections.answers_to_correct(*place, "breve", "clear", reader=reader()).seen
            typed = TypedCorrection(
                checklist_id="breve",
                item_id="clear",
                number=TWICE,
                value=value,
                reason="Brevet er klart.",
                seen=seen,
            )
            corrections.correct_answer(*place, typed, reader=reader(), now=town.now)

    def test_it_counts_and_both_readings_stay(self, quick, tmp_path, now):
        town = objected(quick.database, tmp_path, now)
        before = files_in(made(town))
        assert table(before, "data/rettelser.csv") == []
        self.correct(town, "yes")
        content = made(town)
        assert made(town) == content
        files = files_in(content)
        [row] = [
            one
            for one in table(files, "data/svar.csv")
            if (one["loebenummer"], one["id"]) == (str(TWICE), "clear")
        ]
        assert (row["foerste_gennemgang"], row["anden_gennemgang"], row["aftalt"]) == ("yes", "no", "no")
        assert row["gaelder"] == "yes"
        assert table(files, "data/rettelser.csv") == [
            {
                "loebenummer": str(TWICE),
                "tjekliste": "breve",
                "id": "clear",
                "foer": "no",
                "efter": "yes",
                "gaelder_ogsaa": "",
                "dag": town.now.astimezone(UTC).date().isoformat(),
                "begrundelse": "Brevet er klart.",
            }
        ]
        assert table(files, "spor/spor.csv")[-1]["kode"] == "answer-corrected"

    def test_what_counts_again_because_of_it_is_told(self, quick, tmp_path, now):
        town = under_way(quick.database, tmp_path, now, "anne", checklists=(BRANCHING,))
        for review in town.reviews().values():
            # First a no, which opened the question, and then the answer that stands.
            for clear in ("no", "partly"):
                write(quick.database, review.id, now, decision="yes", clear=clear, why="no", reasons="partly")
        town.close()
        with town.acting() as (store, _):
            grant(store, KEY, town.now)
        self.correct(town, "no")
        [row] = table(files_in(made(town)), "data/rettelser.csv")
        assert (row["id"], row["foer"], row["efter"]) == ("clear", "partly", "no")
        assert row["gaelder_ogsaa"] == "why = no"

    def test_taken_back_the_trail_alone_is_another(self, quick, tmp_path, now):
        town = objected(quick.database, tmp_path, now)
        before = files_in(made(town))
        for value in ("yes", "no"):
            self.correct(town, value)
        after = files_in(made(town))
        assert {name for name in before if before[name] != after[name]} == {"spor/spor.csv", "SHA256SUMS"}


class TestPackage:
    def test_its_list_is_what_sha256sum_checks(self, whole, tmp_path):
        with ZipFile(BytesIO(whole[1]["da"])) as package:
            package.extractall(tmp_path)
        done = subprocess.run(
            ["sha256sum", "--strict", "-c", "SHA256SUMS"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        unpacked = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
        assert unpacked == {line.removesuffix(": OK") for line in done.stdout.splitlines()} | {"SHA256SUMS"}

    def test_its_entries_tell_nothing_of_the_machine(self, whole):
        town, contents = whole
        with ZipFile(BytesIO(contents["da"])) as package:
            entries = package.infolist()
        assert [one.filename for one in entries] == sorted(one.filename for one in entries)
        closed = town.round().closed_at.astimezone(UTC)
        # A ZIP keeps every other second.
        when = (*closed.timetuple()[:5], closed.second // 2 * 2)
        assert {
            (one.date_time, one.external_attr >> 16, one.compress_type, one.create_system) for one in entries
        } == {(when, 0o100644, ZIP_STORED, 3)}
        assert all(one.filename.isascii() for one in entries)

    @pytest.mark.parametrize("language", ["da", "en"])
    def test_nobody_is_named_in_any_file(self, whole, language):
        for name, content in files_in(whole[1][language]).items():
            text = text_of(name, content)
            assert text, name
            assert not [who for who in NAMES if who.lower() in text.lower()], name
            assert not [who for who in NAMES if who.encode() in content], name

    @pytest.mark.parametrize("language", ["da", "en"])
    def test_every_column_of_every_table_is_described_and_no_other(self, whole, language):
        files = files_in(whole[1][language])
        described = {}
        for row in table(files, "data/kolonner.csv"):
            described.setdefault(row["fil"], []).append(row["kolonne"])
            assert all(row[cell].strip() for cell in ("type", "beskrivelse", "description"))
            assert row["beskrivelse"] != row["description"]
        found = {}
        for name in (name for name in files if name.endswith(".csv")):
            place = "rapporter/center/*.csv" if name.startswith("rapporter/center/") else name
            assert found.setdefault(place, heading(files, name)) == heading(files, name)
        assert described == found

    def test_every_code_in_the_tables_is_one_that_is_described(self, whole):
        files = files_in(whole[1]["da"])
        for row in table(files, "data/kolonner.csv"):
            codes = {part.split(" = ")[0] for part in row["vaerdier"].split("; ") if part}
            if codes and "*" not in row["fil"]:
                assert {one[row["kolonne"]] for one in table(files, row["fil"])} - {""} <= codes, row

    def test_the_tables_hold_the_round(self, whole):
        town, contents = whole
        files = files_in(contents["da"])
        cases = {int(row["loebenummer"]): row for row in table(files, "data/sager.csv")}
        assert cases.keys() == town.cases().keys()
        assert {number: row["status"] for number, row in cases.items() if row["status"] != "reviewed"} == {
            1: "out-of-scope",
            3: "not-found",
        }
        assert [number for number, row in cases.items() if row["erstattet"] == "ja"] == [1]
        [replaced] = table(files, "data/erstatninger.csv")
        assert (replaced["ud"], replaced["grund"]) == (town.cases()[1].case_id, "Ingen afgørelse")
        drawn = {row["sagsnummer"]: row["loebenummer"] for row in table(files, "data/udtraek.csv")}
        assert {case.case_id: str(number) for number, case in town.cases().items()}.items() <= drawn.items()
        assert "" in drawn.values(), "a case that stayed in the reserve has no number"

    def test_the_answers_that_count_are_those_of_the_reports(self, whole):
        town, contents = whole
        files = files_in(contents["da"])
        answers = [row for row in table(files, "data/svar.csv") if row["slags"] == "item"]
        centre_of = {row["loebenummer"]: row["center"] for row in table(files, "data/sager.csv")}
        for centre, report in archived(town).reports.items():
            for item in (item for theme in report.checklists[0].themes for item in theme.items):
                counted = [
                    row["gaelder"]
                    for row in answers
                    if (centre_of[row["loebenummer"]], row["id"]) == (centre, item.item_id)
                ]
                assert (counted.count("yes"), counted.count("no")) == (item.counts.yes, item.counts.no)
        [twice] = [row for row in answers if (row["loebenummer"], row["id"]) == (str(TWICE), "clear")]
        assert (twice["foerste_gennemgang"], twice["anden_gennemgang"]) == ("yes", "no")
        assert (twice["aftalt"], twice["gaelder"], twice["bemaerkning"]) == ("no", "no", "ja")

    def test_the_checklists_are_word_for_word(self, whole):
        assert files_in(whole[1]["da"])["tjeklister/breve-1.toml"].decode() == CHECKLIST

    def test_the_reports_are_those_of_the_commands(self, whole):
        town, contents = whole
        files = files_in(contents["en"])
        with town.acting() as (store, actor):
            report = reports.centre_report(store, actor, KEY, "Center Nord", reader=reader("en"))
        assert files["rapporter/center/center-nord.pdf"] == reports.centre_file(report, reader("en"))
        assert files["rapporter/center/center-nord.json"] == reports.centre_json(report)
        assert files["rapporter/center/center-nord.xlsx"] == reports.centre_xlsx(report, reader("en"))
        assert "rapporter/center/center-nord.xlsx" in files["SHA256SUMS"].decode()

    def test_the_trail_has_days_and_neither_answers_nor_itself(self, whole):
        rows = table(files_in(whole[1]["da"]), "spor/spor.csv")
        codes = [row["kode"] for row in rows]
        assert {"frame-frozen", "cases-drawn", "cases-assigned", "reading-agreed", "round-closed"} <= set(
            codes
        )
        assert "archive-made" not in codes
        assert {len(row["dag"]) for row in rows} == {len("2026-11-22")}
        assert [row["dag"] for row in rows] == sorted(row["dag"] for row in rows)
        told = {row["kode"]: row for row in rows}
        assert (told["answers-imported"]["handling"], told["answers-imported"]["oplysninger"]) == (
            "Udfyldte skemaer er læst ind.",
            "",
        )
        assert told["cases-assigned"]["handling"] == "Sagerne er fordelt."
        assert "Ingen afgørelse" not in told["case-replaced"]["handling"]

    def test_it_says_what_it_is_in_both_languages(self, whole):
        for content in whole[1].values():
            danish, english = files_in(content)["laes-mig.txt"].decode().split("=" * 78)
            for part, said in ((danish, "må ikke offentliggøres"), (english, "must not be published")):
                assert said in " ".join(part.split())
                assert "sha256sum -c SHA256SUMS" in part
                assert "lirk archive verify 2026-1-arkiv.zip" in part

    def test_the_reports_are_in_the_reader_s_language(self, whole):
        english, danish = (files_in(whole[1][language]) for language in ("en", "da"))
        assert heading(english, "rapporter/overblik.csv")[0] == Wording("en").text("Del") != "Del"
        assert heading(danish, "rapporter/overblik.csv")[0] == "Del"
        assert "The round" in table(english, "spor/spor.csv")[-1]["handling"]

    def test_it_is_noted_with_its_checksum(self, whole):
        town, contents = whole
        with town.acting("kleopatra") as (store, actor):
            digest = archiving.note_made(store, actor, KEY, contents["da"], now=town.now)
        entry = town.trail()[-1]
        assert (entry.action, entry.about) == ("archive-made", {"round": KEY, "sha256": digest})
