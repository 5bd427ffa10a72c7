"""What versions there are, importing and deleting them; on both databases."""

import pytest
from archive import READY, SHIPPED, Archive, numbered
from small_round import CHECKLIST

from checklists.load import shipped_ids, shipped_text
from lirk.domain.checklist_versions import (
    KnownVersion,
    Standing,
    VersionFrozen,
    VersionUnknown,
    number_problem,
)
from lirk.domain.people import Role
from lirk.errors import NotAllowed, ProblemsFound
from lirk.services import checklist_versions as service
from lirk.services.checklist_versions import Outcome


@pytest.fixture
def archive(database, now):
    return Archive(database, now).peopled()


def codes(error):
    return [problem.code for problem in error.value.problems]


class TestNumberProblem:
    @pytest.mark.parametrize(
        ("version", "text", "known", "pinned", "code", "next_"),
        [
            (1, "a", [], [], None, 0),
            (2, "b", [(1, "a", Standing.PUBLISHED)], [], None, 0),
            (1, "b", [(1, "a", Standing.PUBLISHED)], [], "checklist-version-taken", 2),
            (1, "b", [(1, "a", Standing.SHIPPED)], [], "checklist-version-taken", 2),
            (1, "b", [(1, "a", Standing.DRAFT)], [], None, 0),
            (1, "b", [(1, "a", Standing.DRAFT)], ["a"], "checklist-version-taken", 2),
            (1, "b", [(1, "a", Standing.DRAFT)], ["b"], None, 0),
            (1, "b", [(1, "a", Standing.PINNED)], ["a"], "checklist-version-taken", 2),
            (1, "a", [(1, "a", Standing.PINNED)], ["a"], None, 0),
            (1, "a", [(1, "a", Standing.PINNED)], ["b", "a"], "checklist-version-taken", 2),
            (
                2,
                "b",
                [(1, "a", Standing.PUBLISHED), (4, "d", Standing.DRAFT)],
                [],
                "checklist-version-behind",
                5,
            ),
        ],
    )
    def test_which_number_a_text_may_have(self, version, text, known, pinned, code, next_):
        versions = [
            KnownVersion(checklist_id="breve", version=number, text=kept, standing=standing)
            for number, kept, standing in known
        ]
        problem = number_problem(version, text, versions, pinned)
        assert (problem and problem.code) == code
        assert problem is None or problem.values["next"] == next_


class TestShipped:
    def test_they_are_always_there_and_published(self, archive):
        versions = archive.versions()
        assert sorted(id_ for id_, _ in versions) == sorted(shipped_ids())
        assert {one.known.standing for one in versions.values()} == {Standing.SHIPPED}
        assert all(one.newest for one in versions.values())

    def test_importing_the_very_file_is_harmless(self, archive):
        assert archive.imports(shipped_text(SHIPPED)).outcome is Outcome.KNOWN
        assert archive.trail() == []

    def test_another_text_with_its_number_is_refused(self, archive):
        with pytest.raises(ProblemsFound) as error:
            archive.imports(shipped_text(SHIPPED).replace("Ja, når forholdene", "Ja, hvis forholdene"))
        assert [(one.code, one.line, one.values["next"]) for one in error.value.problems] == [
            ("checklist-version-taken", 3, 3)
        ]

    def test_a_version_of_ones_own_follows_it(self, archive):
        archive.imports(shipped_text(SHIPPED).replace("\nversion = 2\n", "\nversion = 3\n"))
        archive.brings_out(3, SHIPPED)
        assert archive.offered()[-1] == (SHIPPED, 2)
        assert (SHIPPED, 3) in archive.offered()[:-1]

    def test_they_cannot_be_deleted(self, archive):
        with pytest.raises(VersionFrozen):
            archive.deletes(2, SHIPPED)


class TestImportVersion:
    def test_a_new_file_is_a_draft(self, archive, now):
        imported = archive.imports()
        assert (imported.id, imported.version, imported.outcome) == ("breve", 1, Outcome.NEW)
        known = archive.page().version.known
        assert known == KnownVersion(
            checklist_id="breve",
            version=1,
            text=READY,
            standing=Standing.DRAFT,
            imported_at=now,
            imported_by="Archivist",
        )
        assert ("breve", 1) not in archive.offered()

    def test_the_same_text_again_changes_nothing(self, archive):
        archive.imports()
        assert archive.imports().outcome is Outcome.KNOWN
        assert [action for action, _ in archive.trail()] == ["checklist-imported"]

    @pytest.mark.parametrize("content", [READY.replace("\n", "\r\n").encode(), READY.encode("utf-8-sig")])
    def test_line_ends_and_byte_order_mark_are_no_other_text(self, archive, content):
        archive.imports()
        assert archive.imports(content).outcome is Outcome.KNOWN

    @pytest.mark.parametrize("id_", ["import", "law", "new"])
    def test_no_checklist_can_have_the_name_of_a_page(self, archive, id_):
        with pytest.raises(ProblemsFound) as error:
            archive.imports(READY.replace('id = "breve"', f'id = "{id_}"', 1))
        assert [(one.code, one.line) for one in error.value.problems] == [("checklist-id-reserved", 2)]

    def test_another_text_replaces_a_draft(self, archive):
        archive.imports()
        changed = READY.replace("Læs brevet.", "Læs brevet højt.")
        assert archive.imports(changed).outcome is Outcome.REPLACED
        assert archive.page().version.text == changed
        assert [about["replaced"] for _, about in archive.trail()] == [False, True]

    def test_a_published_version_never_changes(self, archive):
        archive.imports()
        archive.brings_out()
        with pytest.raises(ProblemsFound) as error:
            archive.imports(READY.replace("Læs", "Se"))
        assert codes(error) == ["checklist-version-taken"]
        assert archive.page().version.text == READY

    def test_the_number_must_be_higher_than_all_others(self, archive):
        archive.imports(numbered(4))
        with pytest.raises(ProblemsFound) as error:
            archive.imports(numbered(3))
        assert [(one.code, one.file, one.line, one.values["next"]) for one in error.value.problems] == [
            ("checklist-version-behind", "breve.toml", 3, 5)
        ]

    def test_a_number_that_a_round_used_for_another_text_is_taken(self, archive):
        archive.pins(CHECKLIST, 1)
        with pytest.raises(ProblemsFound) as error:
            archive.imports()
        assert codes(error) == ["checklist-version-taken"]

    def test_the_text_that_a_round_used_can_be_imported(self, archive):
        archive.pins(READY, 1)
        assert archive.imports().outcome is Outcome.NEW

    def test_no_names_and_no_text_in_the_trail(self, archive):
        archive.imports()
        ((action, about),) = archive.trail()
        assert action == "checklist-imported"
        assert set(about) == {"checklist", "version", "sha256", "replaced"}

    def test_a_file_that_is_not_utf8_names_its_line(self, archive):
        with pytest.raises(ProblemsFound) as error:
            archive.imports(READY.encode("cp1252"))
        line = READY[: READY.index("æ")].count("\n") + 1
        assert [(one.code, one.file, one.line) for one in error.value.problems] == [
            ("checklist-not-utf8", "breve.toml", line)
        ]

    @pytest.mark.parametrize(
        "content", [b"", b"\x00\x01", b"PK\x03\x04", b"[[[", b"id = ", "å".encode("utf-16")]
    )
    def test_what_is_no_checklist_is_told_as_problems(self, archive, content):
        with pytest.raises(ProblemsFound) as error:
            archive.imports(content)
        assert error.value.problems

    def test_thirty_problems_are_told_at_once_with_lines(self, archive):
        items = "".join(
            f'[[themes.items]]\nid = "x{number}"\nquestion = {{ da = "Spørgsmål {number}?" }}\n'
            'severity = "awful"\nrule = "order"\n'
            for number in range(30)
        )
        with pytest.raises(ProblemsFound) as error:
            archive.imports(READY.replace("[[verdicts]]", items + "[[verdicts]]", 1))
        assert len(error.value.problems) == 30
        assert all(problem.line and problem.item for problem in error.value.problems)

    def test_a_file_that_no_checklist_needs_is_not_even_read(self, archive):
        with pytest.raises(ProblemsFound) as error:
            archive.imports(b"#" * (service.LARGEST + 1))
        assert codes(error) == ["checklist-too-large"]


class TestDeleteDraft:
    def test_a_draft_is_gone(self, archive):
        archive.imports()
        archive.deletes()
        assert ("breve", 1) not in archive.versions()
        assert archive.trail()[-1] == ("checklist-deleted", {"checklist": "breve", "version": 1})

    def test_what_is_published_stays(self, archive):
        archive.imports()
        archive.brings_out()
        with pytest.raises(VersionFrozen):
            archive.deletes()

    def test_what_a_round_has_pinned_can_still_be_read(self, archive):
        archive.imports()
        archive.pins(READY, 1)
        archive.deletes()
        assert archive.page().version.known.standing is Standing.PINNED

    @pytest.mark.parametrize("step", ["deletes", "page"])
    @pytest.mark.parametrize(("version", "checklist"), [(9, "breve"), (1, "findes-ikke")])
    def test_what_is_not_there(self, archive, step, version, checklist):
        with pytest.raises(VersionUnknown):
            getattr(archive, step)(version, checklist)


class TestOffered:
    def test_the_newest_of_each_come_first_then_the_earlier(self, archive):
        for version in (1, 2, 3):
            archive.imports(numbered(version))
        for version in (1, 2):
            archive.brings_out(version)
        assert archive.offered() == [
            ("breve", 2),
            ("data-og-informationsforvaltning", 2),
            (SHIPPED, 2),
            ("breve", 1),
        ]

    def test_it_says_what_a_round_needs(self, archive, database):
        with database.begin() as store:
            first = service.offered(store, now=archive.now)[0]
        assert (first.title.da, first.id, first.version, first.status_date.year) == (
            "God data- og informationsforvaltning",
            "data-og-informationsforvaltning",
            2,
            2026,
        )
        assert first.text == shipped_text(first.id)

    def test_a_round_of_cases_is_not_offered_a_questionnaire(self, archive):
        archive.imports(READY.replace('subject = "case"', 'subject = "staff"'))
        archive.brings_out()
        assert ("breve", 1) not in archive.offered()


class TestVersionPage:
    def test_changes_are_against_the_published_version_before(self, archive):
        for version in (1, 2, 3):
            archive.imports(numbered(version).replace("Læs brevet.", f"Læs brevet {version} gange."))
        archive.brings_out(1)
        page = archive.page(3)
        assert page.compared_with.version == 1
        assert [(one.id, one.kind, one.fields) for one in page.changes] == [
            ("clear", "changed", ("guidance",))
        ]

    def test_the_first_version_has_nothing_to_compare_with(self, archive):
        archive.imports()
        page = archive.page()
        assert (page.compared_with, page.changes) == (None, ())

    def test_rounds_that_use_it_and_those_that_only_use_its_number(self, archive):
        archive.imports()
        archive.pins(READY, 1, "2026-1")
        archive.pins(CHECKLIST, 1, "2026-2")
        assert [(one.key, one.same_text) for one in archive.page().used_by] == [
            ("2026-1", True),
            ("2026-2", False),
        ]

    def test_a_version_known_from_a_round_alone_is_shown(self, archive):
        archive.pins(numbered(7), 7)
        assert archive.versions()["breve", 7].known.standing is Standing.PINNED
        page = archive.page(7)
        assert (page.version.newest, page.manage, page.faults) == (False, False, ())

    def test_faults_are_told_before_anybody_publishes(self, archive):
        archive.imports(CHECKLIST)
        assert len(archive.page().faults) == 4

    @pytest.mark.parametrize(
        ("who", "manage"), [("archivist", True), ("coordinator", False), ("reviewer", False)]
    )
    def test_only_the_archivist_manages(self, archive, who, manage):
        archive.imports()
        assert archive.page(who=who).manage is manage

    def test_the_file_is_what_was_imported(self, archive):
        archive.imports()
        name, content = archive.does(service.version_file, "breve", 1, who="reviewer")
        assert (name, content) == ("breve-1.toml", READY.encode())


class TestUnfinishedFiles:
    """A draft that was taken home unfinished can be brought back."""

    def test_one_without_themes_and_verdicts_is_a_draft(self, archive):
        text = READY[: READY.index("[[facts]]")]
        assert archive.imports(text).outcome is Outcome.NEW
        assert archive.page().version.text == text
        assert [fault.code for fault in archive.page().faults] == ["publish-no-themes", "publish-no-verdicts"]


class TestRights:
    @pytest.mark.parametrize("who", [role.value for role in Role if role is not Role.ARCHIVIST])
    def test_only_the_archivist_changes_anything(self, archive, who):
        archive.imports(numbered(2))
        for step in (
            lambda: archive.imports(numbered(3), who=who),
            lambda: archive.deletes(2, who=who),
        ):
            with pytest.raises(NotAllowed):
                step()

    @pytest.mark.parametrize("who", ["centre-leader", "contact-person", "chief-group", "administrator"])
    def test_others_do_not_read_them(self, archive, who):
        for step in ("versions", "page"):
            with pytest.raises(NotAllowed):
                getattr(archive, step)(who=who)
        with pytest.raises(NotAllowed):
            archive.does(service.version_file, "breve", 1, who=who)


class TestStatements:
    def test_reading_takes_the_same_statements_however_many_versions(self, archive, statements, database):
        def count(step, *args):
            with database.begin() as store, statements() as sent:
                step(store, archive.people["archivist"], *args, now=archive.now)
            return len([one for one in sent if one.lstrip().upper().startswith("SELECT")])

        archive.imports()
        few = count(service.all_versions)
        for version in range(2, 8):
            archive.imports(numbered(version))
        assert count(service.all_versions) == few == 3
