"""Publishing on both databases: what stands against it, the bytes that are kept, and the next version."""

from datetime import timedelta
from hashlib import sha256

import pytest
from archived_round import files_in
from small_round import KEY, under_way

from lirk.domain.finding_replies import FindingReply
from lirk.domain.finding_texts import FindingText
from lirk.domain.meetings import Meeting
from lirk.domain.people import Role
from lirk.domain.report_stages import (
    ReplyOutcome,
    ReportNotPublished,
    ReportNotSent,
    ReportPublished,
    ReportState,
)
from lirk.errors import NotAllowed, NotFound, ProblemsFound
from lirk.services import (
    archiving,
    earlier_versions,
    finding_replies,
    finding_texts,
    kept_reports,
    meetings,
    publishing,
    report_stages,
    reports,
)
from lirk.services.publishing import EditionChanged, LeaderNotHeard, ObjectionsOpen
from lirk.services.reports import Reader
from lirk.wording import Wording

READER = Reader(municipality="Sydfjord Kommune", words=Wording("da"))
NORTH, SOUTH, PLACE = "Center Nord", "Center Syd", ("breve", "clear")
DAYS = timedelta(days=14)
NAMES = {f"{language}.{kind}" for language in ("da", "en") for kind in ("pdf", "xlsx", "csv", "json")}
ENDINGS = ("pdf", "xlsx", "csv", "json")


@pytest.fixture
def town(database, tmp_path, now):
    return closed(database, tmp_path, now)


@pytest.fixture
def fast(quick, tmp_path, now):
    return closed(quick.database, tmp_path, now)


def closed(database, folder, now):
    """A closed round in which the first item is a finding in every centre."""
    made = under_way(database, folder, now, "anne")
    made.answer("anne", value="no")
    made.add("leder", Role.CENTRE_LEADER, centres=[NORTH])
    made.close()
    return made


def send(town, centre=NORTH, *, who=None, days=DAYS):
    with town.acting(who) as (store, actor):
        report_stages.send_report(store, actor, KEY, centre, (town.now + days).date(), now=town.now)


def object_to(town):
    typed = FindingReply(checklist_id="breve", item_id="clear", comment="Nej.", objects=True)
    with town.acting("leder") as (store, actor):
        finding_replies.write_reply(store, actor, KEY, NORTH, typed, reader=READER, now=town.now)


def answer(town, *, version=1):
    typed = FindingReply(
        checklist_id="breve",
        item_id="clear",
        outcome=ReplyOutcome.NOT_ACCEPTED,
        answer="Brevet nævner ingen frist.",
        version=version,
    )
    with town.acting() as (store, actor):
        finding_replies.write_answer(store, actor, KEY, NORTH, typed, reader=READER, now=town.now)


def write(town, text, *, version=0):
    typed = FindingText(checklist_id="breve", item_id="clear", seen=text, version=version)
    with town.acting() as (store, actor):
        finding_texts.write_finding_text(store, actor, KEY, NORTH, typed, reader=READER, now=town.now)


def publish(town, centre=NORTH, *, who=None, without_reply=True, files=None):
    with town.acting(who) as (store, actor):
        edition = publishing.edition_of(
            store, actor, KEY, centre, reader=READER, without_reply=without_reply, now=town.now
        )
    files = files or publishing.printed(edition, READER)
    with town.acting(who) as (store, actor):
        publishing.publish(store, actor, edition, files, reader=READER, now=town.now)
    return files


def handed_out(town, kind="pdf", *, centre=NORTH, who=None, reader=READER):
    with town.acting(who) as (store, actor):
        found = publishing.kept_or_report(store, actor, KEY, centre, kind, reader=reader)
    return publishing.bytes_of(found, kind, reader)


def version(town, number, *, kind="pdf", who=None, address="center-nord"):
    with town.acting(who) as (store, actor):
        found = publishing.version_file(store, actor, KEY, address, number, kind, reader=READER)
    return publishing.bytes_of(found, kind, READER)


def sums(town, *, who=None, address="center-nord"):
    with town.acting(who) as (store, actor):
        return publishing.in_force_at(store, actor, KEY, address, reader=READER)


def earlier(town, *, who=None, address="center-nord"):
    with town.acting(who) as (store, actor):
        return earlier_versions.earlier_versions_at(store, actor, KEY, address, reader=READER)


def read_me(files):
    """The text that a package begins with, on one line."""
    return " ".join(files["laes-mig.txt"].decode().split())


def stage(town, centre=NORTH):
    with town.acting() as (store, _):
        return store.report_stages.of(store.rounds.by_key(KEY).id, centre)


class TestPublish:
    def test_the_files_of_both_languages_are_kept_with_the_step_in_the_trail(self, town):
        send(town)
        files = publish(town)
        assert files.keys() == NAMES
        assert stage(town).state is ReportState.PUBLISHED
        assert stage(town, SOUTH).state is ReportState.DRAFT
        assert handed_out(town) == files["da.pdf"]
        assert handed_out(town, "xlsx") == files["da.xlsx"]
        assert (
            handed_out(town, "csv", reader=Reader(municipality="x", words=Wording("en"))) == files["en.csv"]
        )
        entry = town.trail()[-1]
        assert (entry.action, entry.about["version"]) == ("report-published", 1)

    def test_an_objection_must_be_answered_first(self, town):
        send(town)
        object_to(town)
        with pytest.raises(ObjectionsOpen) as refused:
            publish(town)
        assert refused.value.values == {"centre": NORTH, "items": ["1.1"]}
        answer(town)
        assert "Brevet nævner ingen frist." in publish(town)["da.json"].decode()

    def test_one_reply_does_not_end_the_right_of_reply(self, fast):
        send(fast)
        object_to(fast)
        answer(fast)
        with pytest.raises(LeaderNotHeard) as refused:
            publish(fast, without_reply=False, files={"da.pdf": b""})
        assert refused.value.code == "leader-not-heard"
        fast.now += DAYS + timedelta(days=1)
        publish(fast, without_reply=False, files={"da.pdf": b""})

    def test_of_a_centre_without_a_leader_nobody_is_said_to_be_waited_for(self, fast):
        send(fast, SOUTH)
        with pytest.raises(LeaderNotHeard) as refused:
            publish(fast, SOUTH, without_reply=False, files={"da.pdf": b""})
        assert refused.value.code == "nobody-to-hear"

    def test_without_a_reply_only_when_confirmed_or_too_late(self, fast):
        send(fast)
        with pytest.raises(LeaderNotHeard):
            publish(fast, without_reply=False, files={"da.pdf": b""})
        fast.now += DAYS + timedelta(days=1)
        publish(fast, without_reply=False, files={"da.pdf": b""})

    def test_not_before_the_leader_has_had_it(self, fast):
        with pytest.raises(ReportNotSent):
            publish(fast)

    def test_not_what_was_changed_while_the_files_were_made(self, fast):
        send(fast)
        with fast.acting() as (store, actor):
            edition = publishing.edition_of(
                store, actor, KEY, NORTH, reader=READER, without_reply=True, now=fast.now
            )
        write(fast, "Nyt.")
        with pytest.raises(EditionChanged), fast.acting() as (store, actor):
            publishing.publish(store, actor, edition, {"da.pdf": b""}, reader=READER, now=fast.now)
        assert stage(fast).is_draft

    def test_only_by_whoever_may(self, fast):
        send(fast)
        for act in (lambda: publish(fast, who="leder"), lambda: send(fast, who="leder")):
            with pytest.raises(NotAllowed):
                act()

    def test_a_day_that_has_gone_by_is_refused(self, fast):
        with pytest.raises(ProblemsFound):
            send(fast, days=-timedelta(days=1))


class TestPublished:
    @pytest.fixture
    def out(self, fast):
        send(fast)
        object_to(fast)
        answer(fast)
        publish(fast, files={"da.pdf": b"as it was", "da.csv": b"1", "da.json": b"2"})
        return fast

    def test_the_bytes_stay_whatever_later_code_prints(self, out, monkeypatch):
        monkeypatch.setattr(reports, "centre_pdf", lambda *_: b"another layout")
        assert handed_out(out) == handed_out(out, who="leder") == b"as it was"

    def test_nothing_of_it_changes(self, out):
        for act in (
            lambda: write(out, "Nyt."),
            lambda: object_to(out),
            lambda: answer(out, version=2),
            lambda: send(out),
            lambda: publish(out),
        ):
            with pytest.raises(ReportPublished):
                act()

    def test_the_archive_has_those_bytes_and_drafts_for_the_others(self, out):
        with out.acting() as (store, actor):
            archived = archiving.archived_round(store, actor, KEY, reader=READER)
        files = files_in(archiving.package(archived, READER))
        assert files["rapporter/center/center-nord.pdf"] == b"as it was"
        assert files["rapporter/center/center-syd.pdf"].startswith(b"%PDF")

    def test_opened_again_it_is_a_draft_beside_the_version_that_is_in_force(self, out):
        with out.acting() as (store, actor):
            report_stages.reopen_report(store, actor, KEY, NORTH, "Et tal.", now=out.now)
        assert (stage(out).state, stage(out).version) == (ReportState.DRAFT, 2)
        write(out, "Rettet.")
        assert handed_out(out, "json") != b"2"
        assert version(out, 1) == version(out, 1, who="leder") == b"as it was"
        publish(out, files={"da.pdf": b"as it is"})
        assert (handed_out(out), version(out, 1)) == (b"as it is", b"as it was")
        assert version(out, 1, who="leder") == b"as it was"
        self.reopen(out)
        for number in (3, 4):
            for who in ("leder", None):
                with pytest.raises(NotFound):
                    version(out, number, who=who)

    def test_what_was_replaced_is_listed_for_whoever_reads_the_report_with_day_reason_and_files(self, out):
        assert earlier(out, who="leder") == ()
        self.reopen(out)
        assert earlier(out, who="leder") == ()
        first = out.now
        out.now += timedelta(days=3)
        publish(out, files={"da.pdf": b"as it is"})
        [one] = earlier(out, who="leder")
        assert (one.version, one.published_on, one.reason) == (1, first.date(), "Et tal.")
        assert one.sums == {
            kind: sha256(content).hexdigest()
            for kind, content in {"pdf": b"as it was", "csv": b"1", "json": b"2"}.items()
        }
        self.reopen(out)
        assert earlier(out) == (one,)
        with pytest.raises(NotFound):
            earlier(out, who="leder", address="center-syd")

    def test_a_spreadsheet_that_was_not_made_then_is_made_of_what_was_kept(self, out):
        """As of a version that was published before spreadsheets were; also when its page has learnt more since."""
        kept = self.kept(out)
        made = reports.centre_xlsx(kept, READER)
        with out.acting() as (store, actor):
            held = Meeting(held_on=out.now.date(), leader=True, agreed="Et fast trin.")
            meetings.record_meeting(store, actor, KEY, "center-nord", held, now=out.now)
        assert handed_out(out, "xlsx") == handed_out(out, "xlsx", who="leder") == made
        assert self.archive(out)["rapporter/center/center-nord.xlsx"] == made
        assert "xlsx" not in sums(out).sums
        self.reopen(out)
        write(out, "Rettet.")
        assert handed_out(out, "xlsx") != made
        assert version(out, 1, kind="xlsx") == version(out, 1, kind="xlsx", who="leder") == made
        assert self.archive(out)["rapporter/center/center-nord.xlsx"] == made

    def test_one_of_which_nothing_was_kept_gets_no_file_of_the_next_draft(self, out, monkeypatch):
        monkeypatch.setattr(kept_reports, "report_in", lambda _: None)
        assert handed_out(out, "xlsx").startswith(b"PK")
        assert "rapporter/center/center-nord.xlsx" in self.archive(out)
        self.reopen(out)
        names = {name for name in self.archive(out) if name.startswith("rapporter/center/center-nord")}
        assert names == {f"rapporter/center/center-nord.{kind}" for kind in ENDINGS if kind != "xlsx"}
        with pytest.raises(NotFound):
            version(out, 1, kind="xlsx")

    def kept(self, town):
        with town.acting() as (store, _):
            round_ = store.rounds.by_key(KEY)
            return kept_reports.kept_version(store, round_, NORTH, 1, language="da")

    def test_while_the_next_is_a_draft_the_archive_has_the_version_in_force(self, out):
        with out.acting() as (store, actor):
            report_stages.reopen_report(store, actor, KEY, NORTH, "Et tal.", now=out.now)
            archived = archiving.archived_round(store, actor, KEY, reader=READER)
        assert (
            files_in(archiving.package(archived, READER))["rapporter/center/center-nord.pdf"] == b"as it was"
        )

    def test_the_archive_has_the_versions_that_later_ones_replaced(self, town):
        """And says so, on both databases; the same package comes again."""
        first, second = ({f"da.{kind}": f"{number} {kind}".encode() for kind in ENDINGS} for number in (1, 2))
        send(town)
        publish(town, files=first)
        assert not [name for name in self.archive(town) if "tidligere" in name]
        self.reopen(town)
        publish(town, files=second)
        found = self.archive(town)
        for kind in ENDINGS:
            assert found[f"rapporter/center/center-nord.{kind}"] == second[f"da.{kind}"]
            assert found[f"rapporter/tidligere/center-nord-version-1.{kind}"] == first[f"da.{kind}"]
        assert len([name for name in found if name.startswith("rapporter/tidligere/")]) == len(ENDINGS)
        assert "rapporter/tidligere/center-nord-version-1.pdf" in found["SHA256SUMS"].decode()
        assert "rapporter/tidligere/*.csv" in found["data/kolonner.csv"].decode()
        told = read_me(found)
        assert "I rapporter/tidligere/ ligger de udgivne versioner, som en senere har erstattet" in told
        assert "In rapporter/tidligere/ are the published versions that a later one replaced" in told
        assert "ved at blive rettet" not in told
        self.reopen(town)
        assert {name for name in self.archive(town) if "tidligere" in name} == {
            f"rapporter/tidligere/center-nord-version-1.{kind}" for kind in ENDINGS
        }

    def test_the_archive_says_which_reports_are_being_corrected(self, out):
        told = read_me(self.archive(out))
        assert "En udgivet rapport er, som den blev udgivet" in told
        assert "ved at blive rettet" not in told
        assert "tidligere/" not in told
        self.reopen(out)
        told = read_me(self.archive(out))
        assert (
            "Rapporten for Center Nord er ved at blive rettet: rapporter/ har den version, der gælder, og data/ det, "
            "der står i udkastet til den næste."
        ) in told
        assert "The report of Center Nord is being corrected" in told

    def reopen(self, town):
        with town.acting() as (store, actor):
            report_stages.reopen_report(store, actor, KEY, NORTH, "Et tal.", now=town.now)

    def archive(self, town):
        """The files of a package, which is whole, and the same when made again."""
        contents = []
        for _ in range(2):
            with town.acting() as (store, actor):
                archived = archiving.archived_round(store, actor, KEY, reader=READER)
            contents.append(archiving.package(archived, READER))
        assert contents[0] == contents[1]
        path = town.folder / "arkiv.zip"
        path.write_bytes(contents[0])
        assert archiving.verify_package(path).holds
        return files_in(contents[0])

    def test_what_was_said_of_one_version_is_no_reply_to_the_next(self, fast):
        send(fast)
        object_to(fast)
        answer(fast)
        publish(fast, files={"da.pdf": b"1"})
        with fast.acting() as (store, actor):
            report_stages.reopen_report(store, actor, KEY, NORTH, "Et tal.", now=fast.now)
        fast.now += timedelta(hours=1)
        send(fast)
        with pytest.raises(LeaderNotHeard):
            publish(fast, without_reply=False, files={"da.pdf": b"2"})
        with fast.acting("leder") as (store, leader):
            [asked] = report_stages.awaited_replies(store, leader, today=fast.now.date())
        assert asked.centre == NORTH

    def test_a_draft_is_not_opened_again(self, fast):
        with pytest.raises(ReportNotPublished), fast.acting() as (store, actor):
            report_stages.reopen_report(store, actor, KEY, SOUTH, "Et tal.", now=fast.now)

    def test_its_checksums_are_those_of_its_files_in_the_reader_s_language(self, out):
        with out.acting("leder") as (store, leader):
            found = publishing.in_force_at(store, leader, KEY, "center-nord", reader=READER)
        kept = {"pdf": b"as it was", "csv": b"1", "json": b"2"}
        assert found.sums == {kind: sha256(content).hexdigest() for kind, content in kept.items()}
        assert (found.version, found.replaced_soon, found.computed_anew) == (1, False, False)

    def test_what_the_page_is_made_from_is_handed_out_to_nobody(self, out):
        with out.acting() as (store, actor):
            round_ = store.rounds.by_key(KEY)
            assert store.published_files.find(round_.id, NORTH, 1, "da.value").startswith(b'{"format"')
            assert set(publishing.in_force(store, round_, "da")[NORTH]) == {"pdf", "csv", "json"}
            with pytest.raises(NotFound):
                publishing.version_file(store, actor, KEY, "center-nord", 1, "value", reader=READER)
            archived = archiving.archived_round(store, actor, KEY, reader=READER)
        package = archiving.package(archived, READER)
        assert not [name for name in files_in(package) if "value" in name]
        path = out.folder / "arkiv.zip"
        path.write_bytes(package)
        assert archiving.verify_package(path).holds

    def test_of_another_centre_nothing_is_found(self, out):
        for act in (
            lambda: handed_out(out, centre=SOUTH, who="leder"),
            lambda: version(out, 1, address="center-syd", who="leder"),
            lambda: sums(out, address="center-syd", who="leder"),
        ):
            with pytest.raises(NotFound):
                act()


class TestPublishEach:
    """One after the other, each by itself."""

    @pytest.fixture
    def cheap(self, monkeypatch):
        monkeypatch.setattr(publishing, "KINDS", {"pdf": lambda *_: b"a file"})

    def each(self, town, *centres, who=None, without_reply=True):
        return list(
            publishing.publish_each(
                lambda: town.acting(who),
                KEY,
                centres,
                reader=READER,
                without_reply=without_reply,
                now=town.now,
            )
        )

    def test_what_is_refused_does_not_stop_the_others(self, fast, cheap):
        send(fast)
        send(fast, "Center Øst")
        object_to(fast)
        attempts = self.each(fast, NORTH, SOUTH, "Center Vest", "Center Øst")
        assert [(one.centre, one.refused and one.refused.code) for one in attempts] == [
            (NORTH, "objections-open"),
            (SOUTH, "report-not-sent"),
            ("Center Vest", "centre-unknown"),
            ("Center Øst", None),
        ]
        assert attempts[-1].stage == stage(fast, "Center Øst")
        assert stage(fast).is_draft

    def test_nor_what_is_changed_while_its_files_are_made(self, fast, monkeypatch):
        send(fast)
        send(fast, SOUTH)

        def printed(report, _):
            if report.centre == NORTH:
                write(fast, "Nyt.")
            return b"a file"

        monkeypatch.setattr(publishing, "KINDS", {"pdf": printed})
        monkeypatch.setattr(publishing, "LANGUAGES", ("da",))
        assert [(one.centre, one.refused and one.refused.code) for one in self.each(fast, NORTH, SOUTH)] == [
            (NORTH, "edition-changed"),
            (SOUTH, None),
        ]
        assert (stage(fast).is_draft, stage(fast, SOUTH).is_draft) == (True, False)

    def test_the_leader_who_is_not_heard_is_waited_for(self, fast, cheap):
        send(fast)
        [attempt] = self.each(fast, NORTH, without_reply=False)
        assert attempt.refused.code == "leader-not-heard"

    def test_who_may_not_publish_is_not_told_report_by_report(self, fast, cheap):
        send(fast)
        with pytest.raises(NotAllowed):
            self.each(fast, NORTH, who="leder")

    def test_a_unit_of_work_is_opened_for_a_person(self, fast, cheap):
        send(fast)
        with fast.acting() as (_, coordinator):
            pass
        begin = publishing.opening(fast.database, coordinator)
        publishing.publish_report(begin, KEY, NORTH, reader=READER, without_reply=True, now=fast.now)
        assert fast.trail()[-1].actor_id == coordinator.id
