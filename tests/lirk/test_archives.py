"""What of a trail an archive package tells, its list of checksums, and each way in which a package is not whole."""

import json
import zipfile
from datetime import UTC, date, datetime, timedelta, timezone
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile, ZipInfo

import pytest
from archived_round import closed_round, files_in, listed_anew, made, zipped

from lirk.domain.archives import (
    CODED_REASONS,
    FREEZE,
    PARTS,
    SUMS,
    TOLD_BY_DAY,
    UNTOLD,
    archived_trail,
    is_safe,
    read_sums,
    sums_of,
)
from lirk.domain.trail import TrailEntry
from lirk.intake import archives as intake
from lirk.intake.opening import FileUnreadable
from lirk.reports.archive_tables import trail_sentence
from lirk.services.archiving import verify_package
from lirk.storage.database import Database
from lirk.wording import Wording
from lirk.wording.archives import DATA_COLUMNS
from lirk.wording.following import LOG
from sampling.documents import digest

MORNING = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
CERTIFICATE = "certifikater/certifikat-1.json"
SOMEBODY = "Xanthippe"
COUNTED = {"frame-approved", "calibration-opened", "cases-identified"}


def entry(action, /, *, hours=0, **about):
    return TrailEntry(at=MORNING + timedelta(hours=hours), actor_id=7, action=action, about=about)


class TestArchivedTrail:
    @pytest.mark.parametrize("language", ["da", "en"])
    @pytest.mark.parametrize("action", sorted(set(LOG) - UNTOLD - {"archive-made"}))
    def test_no_entry_names_anybody_and_each_has_its_sentence(self, action, language):
        about = {
            "number": 5, "numbers": [5, 6], "rows": 9, "centre": "Center Nord", "seed": "3", "fingerprint": "ab",
            "item": "clear", "double_percent": 20, "settlement": "finding", "finished": 2, "answers": 40,
            "reason": "not-found" if action in CODED_REASONS else f"{SOMEBODY} var syg", "reviewer": SOMEBODY,
            "reviewers": [SOMEBODY], "unfinished": [SOMEBODY], "given": {"5": SOMEBODY}, "seconds": {"5": SOMEBODY},
            "cases": 8 if action in COUNTED else {SOMEBODY: 8}, "person": SOMEBODY, "version": 2,
        }  # fmt: skip
        [told] = archived_trail([entry(action, **about)], None)
        words = Wording(language)
        assert SOMEBODY not in repr(told) + trail_sentence(told, words)
        assert action not in trail_sentence(told, words), "it has no sentence of its own"

    def test_what_no_sentence_is_known_of_is_told_by_its_code(self):
        [told] = archived_trail([entry("something-new")], None)
        assert trail_sentence(told, Wording("da")) == "Andet: something-new"

    def test_single_steps_are_told_by_day_without_case_or_count(self):
        steps = [entry(action, hours=hours, number=hours) for hours in range(30) for action in TOLD_BY_DAY]
        told = archived_trail(steps, None)
        assert sorted((one.day, one.action, one.about) for one in told) == [
            (day, action, {})
            for day in (date(2026, 11, 22), date(2026, 11, 23))
            for action in sorted(TOLD_BY_DAY)
        ]

    def test_they_come_last_of_their_day_and_everything_else_in_its_order(self):
        steps = [
            entry("review-finished", number=1),
            entry("cases-drawn"),
            entry("round-rules-changed", hours=1),
            entry("cases-assigned", hours=20),
        ]
        assert [one.action for one in archived_trail(steps, None)] == [
            "cases-drawn",
            "round-rules-changed",
            "review-finished",
            "cases-assigned",
        ]

    def test_looking_at_a_closed_round_does_not_change_its_package(self):
        closed = MORNING + timedelta(hours=1)
        before, after = entry("cases-identified"), entry("cases-identified", hours=2)
        rest = [entry("report-seen", hours=2), entry("archive-made", hours=3), entry("answer-given")]
        [told] = archived_trail([before, after, *rest], closed)
        assert (told.action, told.day) == ("cases-identified", MORNING.date())

    def test_a_text_written_after_the_closing_is_told(self):
        [told] = archived_trail([entry("finding-text-written", hours=2, version=1)], MORNING)
        assert told.about == {"version": 1}


class TestSums:
    def test_are_read_as_they_are_written(self):
        files = {"b/ø.txt": b"2", "a.txt": b"1"}
        text = sums_of(files).decode()
        lines, wrong = read_sums(text)
        assert ([name for name, _ in lines], wrong) == (["a.txt", "b/ø.txt"], [])
        assert sums_of({name: files[name] for name in files}) == text.encode()

    def test_lines_that_are_none_are_told_by_number(self):
        line = f"{'a' * 64}  a.txt"
        assert read_sums(f"{line}\n\nx{line}\n{'a' * 64}\n{line}") == (
            [("a.txt", "a" * 64), ("a.txt", "a" * 64)],
            [2, 3, 4],
        )


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a.txt", True),
        ("data/a..b.txt", True),
        ("", False),
        ("/etc/passwd", False),
        ("../a", False),
        ("data/../../a", False),
        ("data//a", False),
        ("data/", False),
        ("./a", False),
        ("data\\..\\a", False),
        ("C:a", False),
        ("a\n", False),
        ("a\u202etxt.exe", False),
    ],
)
def test_is_safe(name, safe):
    assert is_safe(name) is safe


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    folder = tmp_path_factory.mktemp("package")
    database = Database(f"sqlite:///{folder / 'lirk.sqlite'}")
    database.upgrade()
    town = closed_round(
        database, folder, datetime(2026, 11, 22, 14, 5, 30, tzinfo=timezone(timedelta(hours=1)))
    )
    whole = made(town)
    database.dispose()
    return whole


@pytest.fixture
def files(content):
    return files_in(content)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "package.zip"


def told(path):
    """Return what is wrong with a package: code and file."""
    return [(problem.code, problem.file) for problem in verify_package(path).problems]


class TestVerify:
    def test_a_package_as_it_was_made(self, content, files, path):
        path.write_bytes(content)
        found = verify_package(path)
        assert (found.holds, found.files, found.certificates) == (True, len(files) - 1, 1)

    def test_one_that_somebody_packed_again(self, files, path):
        with ZipFile(path, "w", ZIP_DEFLATED) as package:
            for name, content in files.items():
                package.writestr(name, content)
        assert verify_package(path).holds

    @pytest.mark.parametrize(
        "name", ["data/svar.csv", "rapporter/overblik.pdf", "spor/spor.csv", "laes-mig.txt"]
    )
    def test_a_changed_byte(self, files, path, name):
        files[name] = files[name][:-1] + bytes([files[name][-1] ^ 1])
        zipped(files, path)
        assert told(path) == [("archive-file-changed", name)]

    def test_a_byte_changed_in_the_zip_itself(self, content, files, path):
        place = content.index(files["data/svar.csv"]) + 40
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert told(path) == [("archive-file-damaged", "data/svar.csv")]

    def test_a_missing_and_an_extra_file_together(self, files, path):
        del files["data/fund.csv"]
        files["data/nyt.csv"] = b"1"
        zipped(files, path)
        assert told(path) == [
            ("archive-file-extra", "data/nyt.csv"),
            ("archive-file-missing", "data/fund.csv"),
        ]

    @pytest.mark.parametrize("part", PARTS)
    def test_a_part_that_is_gone_from_the_list_too(self, files, path, part):
        del files[part]
        zipped(listed_anew(files), path)
        assert ("archive-part-missing", part) in told(path)

    @pytest.mark.parametrize("name", DATA_COLUMNS)
    def test_a_table_that_is_gone_from_the_list_too(self, files, path, name):
        del files[name]
        zipped(listed_anew(files), path)
        assert ("archive-part-missing", name) in told(path)

    @pytest.mark.parametrize("name", ["data/sager.csv", "data/punkter.csv", "data/kolonner.csv"])
    @pytest.mark.parametrize(
        "table",
        [
            pytest.param(b"\xff\xfe", id="no text"),
            pytest.param(b"", id="empty"),
            pytest.param("version;fil;loebenummer\r\n1;a;1\r\n".encode("utf-8-sig"), id="a column is gone"),
            pytest.param(b"fil;center\r\n" + b"x" * 200_000, id="a field of 200,000 signs"),
        ],
    )
    def test_a_table_that_cannot_say_what_there_must_be_is_told_also_where_the_list_was_made_anew(
        self, files, path, name, table
    ):
        files[name] = table
        del files["rapporter/center/center-nord.pdf"]
        zipped(listed_anew(files), path)
        found = told(path)
        readable = name == "data/kolonner.csv" and b"fil;loebenummer" in table
        assert (("archive-table-unreadable", name) in found) is not readable
        assert found

    def test_a_checklist_or_a_report_that_is_gone_from_the_list_too(self, files, path):
        """The tables of cases and items say which there must be."""
        gone = [name for name in files if name.startswith("tjeklister/")]
        gone += [name for name in files if name.startswith("rapporter/center/center-nord.")]
        assert len(gone) == 5
        for name in gone:
            del files[name]
        zipped(listed_anew(files), path)
        assert told(path) == [
            ("archive-part-missing", "rapporter/center/center-nord.pdf"),
            ("archive-part-missing", "tjeklister/breve-1.toml"),
        ]

    def test_no_list(self, files, path):
        del files[SUMS]
        zipped(files, path)
        assert told(path) == [("archive-sums-missing", None)]

    def test_a_list_that_is_none(self, files, path):
        files[SUMS] = b"\xff\xfe"
        zipped(files, path)
        assert ("archive-file-damaged", SUMS) in told(path)

    def test_lines_of_the_list(self, files, path):
        first = files[SUMS].split(b"\n", 1)[0] + b"\n"
        files[SUMS] = b"hello\n" + first + files[SUMS]
        zipped(files, path)
        found = verify_package(path).problems
        assert [(one.code, one.line) for one in found] == [
            ("archive-sums-malformed", 1),
            ("archive-listed-twice", None),
        ]

    def test_a_name_twice(self, files, path):
        with pytest.warns(UserWarning, match="Duplicate name"):
            zipped([*files.items(), ("data/svar.csv", b"another")], path)
        assert ("archive-name-twice", "data/svar.csv") in told(path)

    def test_names_that_are_one_on_some_computers(self, files, path):
        zipped(listed_anew({**files, "data/SVAR.csv": b"another"}), path)
        assert {code for code, _ in told(path)} == {"archive-name-twice"}

    @pytest.mark.parametrize(
        "name",
        ["../ud.txt", "/etc/ud.txt", "data/../../ud.txt", "C:ud.txt", "data/", "a\\b.txt", "a\x00b.txt"],
    )
    def test_a_name_that_leads_out_or_astray(self, files, path, name):
        content, hidden = listed_anew({**files, name: b""}), ZipInfo("x")
        hidden.filename = name
        zipped([(hidden if one == name else one, given) for one, given in content.items()], path)
        assert "archive-name-unsafe" in {code for code, _ in told(path)}
        assert [file for file in path.parent.iterdir() if file != path] == []

    def test_what_steers_a_terminal_is_told_as_plain_signs(self, files, path):
        zipped({**files, "a\x1b[2J\n.txt": b""}, path)
        assert ("archive-name-unsafe", "a\\x1b[2J\\n.txt") in told(path)

    def test_a_link(self, files, path):
        link = ZipInfo("data/svar.csv")
        link.external_attr, link.create_system = 0o120777 << 16, 3
        zipped([(link if one == link.filename else one, given) for one, given in files.items()], path)
        assert told(path) == [("archive-no-plain-file", "data/svar.csv")]

    def test_another_way_of_packing(self, files, path):
        with ZipFile(path, "w") as package:
            for name, content in files.items():
                package.writestr(name, content, compress_type=ZIP_LZMA if name == "laes-mig.txt" else None)
        assert told(path) == [("archive-file-damaged", "laes-mig.txt")]

    @pytest.mark.parametrize("keep", [0, 10, 1000, -1, -22])
    def test_a_broken_zip(self, content, path, keep):
        path.write_bytes(content[:keep])
        assert told(path) == [("archive-broken", None)]

    @pytest.mark.parametrize("content", [b"hello", b"PK\x05\x06" + b"\xff" * 16 + b"\0\0", bytes(5000)])
    def test_no_zip(self, path, content):
        path.write_bytes(content)
        assert not verify_package(path).holds

    def test_something_behind_its_end(self, content, path):
        path.write_bytes(content + b"\n")
        assert told(path) == [("archive-broken", None)]

    def test_a_directory_that_lies(self, content, path):
        end = bytearray(content[-22:])
        end[16:20] = (2**31).to_bytes(4, "little")
        path.write_bytes(content[:-22] + bytes(end))
        assert told(path) == [("archive-broken", None)]

    def test_there_is_no_such_file(self, path):
        with pytest.raises(FileUnreadable):
            verify_package(path)

    def test_a_folder(self, tmp_path):
        with pytest.raises(FileUnreadable):
            verify_package(tmp_path)


class TestBombs:
    def test_many_small_files(self, files, path, monkeypatch):
        monkeypatch.setattr(intake, "MOST_FILES", len(files) - 1)
        zipped(files, path)
        assert told(path) == [("archive-too-many-files", None)]

    def test_a_large_file(self, content, path, monkeypatch):
        monkeypatch.setattr(intake, "MOST_BYTES", len(content) - 1)
        path.write_bytes(content)
        assert told(path) == [("archive-too-large", None)]

    def test_much_in_a_small_file(self, files, path):
        with ZipFile(path, "w", ZIP_DEFLATED) as package:
            for name, content in files.items():
                package.writestr(name, content)
            for number in range(9):
                with package.open(f"data/{number}", "w") as file:
                    for _ in range(120):
                        file.write(bytes(2**20))
        assert path.stat().st_size < 2**22
        assert told(path) == [("archive-unpacks-too-large", None)]

    def test_a_file_that_says_it_is_small(self, files, path):
        files["data/svar.csv"] = bytes(2**16)
        files = listed_anew(files)
        with ZipFile(path, "w", ZIP_DEFLATED) as package:
            for name, content in files.items():
                package.writestr(name, content)
            package.getinfo("data/svar.csv").file_size = 10
        assert told(path) == [("archive-file-damaged", "data/svar.csv")]

    def test_one_file_beyond_the_limit_is_not_read(self, files, path, monkeypatch):
        monkeypatch.setattr(intake, "LARGEST_FILE", 2**16)
        files["data/svar.csv"] = bytes(2**16 + 1)
        zipped(listed_anew(files), path)
        assert ("archive-file-damaged", "data/svar.csv") in told(path)

    @pytest.mark.parametrize("lines", [b"\n" * (intake.MOST_FILES + 1), b"a" * (intake.LARGEST_LIST + 1)])
    def test_a_list_that_is_no_end_of_lines(self, files, path, lines):
        files[SUMS] = lines
        zipped(files, path)
        assert told(path) == [("archive-file-damaged", SUMS)]

    def test_the_kind_for_large_files_is_refused(self, files, path, monkeypatch):
        monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1)
        zipped(files, path)
        assert told(path) == [("archive-too-many-files", None)]


class TestCertificates:
    def test_one_that_was_edited_and_listed_anew(self, files, path):
        files[CERTIFICATE] = files[CERTIFICATE].replace(b'"Ingen afg\xc3\xb8relse"', b'"En anden grund"')
        zipped(listed_anew(files), path)
        assert ("digest-wrong", CERTIFICATE) in told(path)

    def test_one_that_is_none(self, files, path):
        files[CERTIFICATE] = b"[" * 100_000
        zipped(listed_anew(files), path)
        assert told(path) == [("archive-certificate-unreadable", CERTIFICATE)]

    def test_a_freeze_that_was_edited(self, files, path):
        files[FREEZE] = files[FREEZE].replace(b'"rows": 17', b'"rows": 18')
        zipped(listed_anew(files), path)
        assert told(path) == [("archive-freeze-edited", FREEZE)]

    def test_a_freeze_of_another_draw(self, files, path):
        other = {**json.loads(files[FREEZE]), "committed_at": "2026-01-01T00:00:00+01:00"}
        files[FREEZE] = json.dumps({**other, "digest": digest(other)}).encode()
        zipped(listed_anew(files), path)
        assert told(path) == [("archive-freeze-other", CERTIFICATE)]
