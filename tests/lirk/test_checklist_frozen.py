"""A published checklist never changes, nor does what a drawn round has pinned; on both databases."""

import pytest
from archive import READY, Archive, ask, numbered
from sqlalchemy.exc import IntegrityError

from checklists.editing import change_head
from checklists.model import Text
from lirk.domain.checklist_versions import VersionFrozen
from lirk.errors import NotFound, ProblemsFound
from lirk.storage.database import Database


@pytest.fixture
def draft(database, now):
    archive = Archive(database, now).peopled()
    archive.imports()
    return archive


@pytest.fixture
def published(draft):
    """An archive with a published version, which must be the same when the test ends."""
    draft.brings_out()
    known = draft.page().version.known
    yield draft
    assert draft.page().version.known == known


def titled(danish):
    return lambda checklist: change_head(checklist, title=Text(danish, "Letters"))


NEVER = "a published checklist never changes"
OF_DRAWN = "the checklist of a drawn round never changes"
CHANGED = [
    "checklist_id = 'andre'",
    "version = 9",
    "text = 'x'",
    "imported_at = '2026-01-01T00:00:00+00:00'",
    "imported_by = NULL",
    "approved_at = NULL",
    "approved_by = NULL",
    "published_at = NULL",
    "published_by = NULL",
    "in_force_from = '2026-01-01'",
]


class TestPublishedForEver:
    """Neither page, command, import nor SQL changes what is published."""

    def test_by_no_service(self, published):
        for step in (
            lambda: published.edits(titled("Brevene")),
            lambda: published.undoes(1),
            lambda: published.deletes(),
            lambda: published.sends(),
            lambda: published.takes_back(),
            lambda: published.returns(),
            lambda: published.approves(),
            lambda: published.publishes(),
        ):
            with pytest.raises(VersionFrozen):
                step()

    def test_by_no_import(self, published):
        with pytest.raises(ProblemsFound) as error:
            published.imports(READY.replace("Læs", "Se"))
        assert [one.code for one in error.value.problems] == ["checklist-version-taken"]

    def test_by_no_sql_of_the_store(self, published):
        now, by = published.now, published.people["archivist"].id
        with published.database.begin() as store:
            versions = store.checklist_versions
            assert not versions.rewrite("breve", 1, before=READY, text="x")
            for step in (
                lambda: versions.set_sent("breve", 1, at=now, by=by),
                lambda: versions.set_approved("breve", 1, at=now, by=by),
                lambda: versions.set_unsent("breve", 1),
                lambda: versions.publish("breve", 1, at=now, by=by, in_force_from=now.date()),
                lambda: versions.delete("breve", 1),
            ):
                with pytest.raises(NotFound):
                    step()

    def test_not_added_once_more(self, published):
        by = published.people["archivist"].id
        again = {"checklist_id": "breve", "version": 1, "text": "x"}
        with pytest.raises(IntegrityError), published.database.begin() as store:
            store.checklist_versions.add(**again, imported_at=published.now, imported_by=by)

    @pytest.mark.parametrize("change", CHANGED)
    def test_no_column_by_raw_sql(self, published, database_url, change):
        with pytest.raises(IntegrityError, match=NEVER):
            ask(database_url, f"UPDATE {{schema}}checklist_version SET {change}")  # noqa: S608

    def test_not_deleted_by_raw_sql(self, published, database_url):
        with pytest.raises(IntegrityError, match=NEVER):
            ask(database_url, "DELETE FROM {schema}checklist_version")

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    def test_not_replaced_by_raw_sql(self, published, database_url):
        with pytest.raises(IntegrityError, match=NEVER):
            ask(
                database_url,
                "INSERT OR REPLACE INTO checklist_version (checklist_id, version, text, imported_at)"
                " VALUES ('breve', 1, 'x', '2026-01-01T00:00:00+00:00')",
            )

    @pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
    @pytest.mark.parametrize("table", ["checklist_version CASCADE", "person CASCADE"])
    def test_not_truncated_by_raw_sql(self, published, database_url, table):
        with pytest.raises(IntegrityError, match=r"never changes|append-only"):
            ask(database_url, "TRUNCATE {schema}" + table)

    def test_a_draft_beside_it_still_changes(self, published, database_url):
        published.imports(numbered(2))
        assert ask(database_url, "UPDATE {schema}checklist_version SET text = text WHERE version = 2") == 1
        assert ask(database_url, "DELETE FROM {schema}checklist_version WHERE version = 2") == 1


class TestPinnedForEver:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE {schema}pinned_checklist SET text = 'x'",
            "UPDATE {schema}pinned_checklist SET version = 9",
            "UPDATE {schema}pinned_checklist SET items = 'core'",
            "DELETE FROM {schema}pinned_checklist",
        ],
    )
    def test_the_text_of_a_drawn_round(self, database, database_url, drawn, statement):
        with database.begin() as store:
            before = store.rounds.checklists(drawn.round.id)
        with pytest.raises(IntegrityError, match=OF_DRAWN):
            ask(database_url, statement)
        with database.begin() as store:
            assert store.rounds.checklists(drawn.round.id) == before

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    def test_nor_replaced(self, database, database_url, drawn):
        with pytest.raises(IntegrityError, match=OF_DRAWN):
            ask(
                database_url,
                "INSERT OR REPLACE INTO pinned_checklist (round_id, checklist_id, version, text, position)"
                " SELECT round_id, checklist_id, version, 'x', position FROM pinned_checklist",
            )

    def test_until_its_draw_it_can_be_pinned_anew(self, draft, database_url):
        draft.pins(READY, 1)
        assert ask(database_url, "UPDATE {schema}pinned_checklist SET text = 'x'") == 1
        assert ask(database_url, "DELETE FROM {schema}pinned_checklist") == 1


class TestTwoDatabasesAtOnce:
    def test_what_one_process_publishes_another_cannot_edit(self, draft, database_url):
        draft.sends()
        draft.approves()
        other = Archive(Database(database_url), draft.now, draft.people)
        draft.publishes()
        with pytest.raises(VersionFrozen):
            other.edits(titled("Brevene"))
        other.database.dispose()
