"""The life of a checklist as its history tells it; on both databases."""

from datetime import timedelta

import pytest
from archive import SHIPPED, SHIPS_AT, Archive, ask

from checklists.editing import change_head
from checklists.model import Text
from lirk.domain.checklist_history import EventKind
from lirk.domain.checklist_versions import VersionUnknown
from lirk.errors import NotAllowed


@pytest.fixture
def archive(database, now):
    return Archive(database, now).peopled()


@pytest.fixture
def draft(archive):
    archive.imports()
    return archive


def titled(danish):
    return lambda checklist: change_head(checklist, title=Text(danish, "Letters"))


class TestHistory:
    def test_the_whole_life_newest_first(self, draft):
        def steps():
            yield lambda: draft.edits(titled("Brevene"))
            yield lambda: draft.edits(titled("Alle breve"))
            yield draft.sends
            yield draft.returns
            yield lambda: draft.edits(titled("Breve"), who="second")
            yield draft.sends
            yield draft.approves
            yield lambda: draft.publishes(from_=draft.now.date() + timedelta(days=3))
            yield draft.retires
            yield draft.brings_back
            yield draft.drafts_next
            yield lambda: draft.deletes(2)

        for step in steps():
            draft.later(minutes=1)
            step()
        told = [(one.kind, one.version, one.person, one.count, one.reason) for one in draft.history()]
        assert told == [
            (EventKind.DELETED, 2, "Archivist", 1, ""),
            (EventKind.DRAFTED, 2, "Archivist", 1, ""),
            (EventKind.BROUGHT_BACK, 1, "Archivist", 1, ""),
            (EventKind.RETIRED, 1, "Archivist", 1, "Loven er ændret."),
            (EventKind.PUBLISHED, 1, "Archivist", 1, ""),
            (EventKind.APPROVED, 1, "Coordinator", 1, ""),
            (EventKind.SENT, 1, "Archivist", 1, ""),
            (EventKind.EDITED, 1, "Second", 1, ""),
            (EventKind.RETURNED, 1, "Coordinator", 1, "Se punkt 2."),
            (EventKind.SENT, 1, "Archivist", 1, ""),
            (EventKind.EDITED, 1, "Archivist", 2, ""),
            (EventKind.IMPORTED, 1, "Archivist", 1, ""),
        ]
        published = next(one for one in draft.history() if one.kind is EventKind.PUBLISHED)
        assert published.in_force_from == published.at.date() + timedelta(days=3)

    def test_a_run_of_edits_is_dated_by_its_last(self, draft):
        for minute in range(3):
            draft.later(minutes=1)
            draft.edits(titled(f"Breve {minute}"))
        assert (draft.history()[0].count, draft.history()[0].at) == (3, draft.now)

    def test_checks_of_its_law_are_told(self, archive, database_url):
        items = archive.page(SHIPS_AT, SHIPPED).version.checklist.items
        held = next(reference for item in items for reference in item.references)
        ask(
            database_url,
            "INSERT INTO {schema}law_check"
            " (act, reference, status_date, source, note, checked_at, checked_by)"
            " VALUES ('x', :reference, '2026-03-08', 'y', '', :at, :by)",
            reference=held.text.da,
            at=archive.now.isoformat(),
            by=archive.people["second"].id,
        )
        (event,) = archive.history(SHIPPED)
        assert (event.kind, event.person, event.at) == (EventKind.LAW_CHECKED, "Second", archive.now)

    def test_another_checklist_has_its_own(self, draft):
        draft.drafts_next(SHIPPED)
        assert [one.kind for one in draft.history()] == [EventKind.IMPORTED]
        assert [one.kind for one in draft.history(SHIPPED)] == [EventKind.DRAFTED]

    @pytest.mark.parametrize("id_", ["findes-ikke", "%", '"'])
    def test_what_is_not_there(self, draft, id_):
        with pytest.raises(VersionUnknown):
            draft.history(id_)

    def test_is_for_readers_of_checklists(self, draft):
        assert draft.history(who="reviewer")
        with pytest.raises(NotAllowed):
            draft.history(who="chief-group")
