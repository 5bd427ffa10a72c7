"""List pages: as many statements for many rows as for few; and addresses of what is not there."""

from datetime import UTC, datetime

import pytest

from lirk.domain.people import Role
from lirk.services import centres, people, planning


def count(browser, statements, path):
    with statements() as sent:
        assert browser.get(path).status_code == 200
    return len(sent)


def add_many(pages):
    """Seven more of everything that the coordinator can add."""
    now = datetime.now(UTC)
    with pages.database.begin() as store:
        actor = store.people.by_username("koordinator")
        for number in range(7):
            centres.add_centre(store, actor, f"Center {number}", now=now)
            people.add_person(
                store,
                actor,
                username=f"person{number}",
                name=f"Person {number}",
                roles=[Role.CENTRE_LEADER, Role.REVIEWER],
                centres=[f"Center {number}"],
                now=now,
            )
            planning.new_plan(
                store,
                actor,
                key=f"2030-{number}",
                title=f"Runde {number}",
                checklists=["lovmedholdelig-sagsbehandling/2"],
                now=now,
            )


class TestStatements:
    @pytest.mark.parametrize(
        "path",
        [
            "/people",
            "/centres",
            "/rounds",
            "/rounds/plans/new",
            "/rounds/2026-2/assign",
            "/reports",
            "/checklists",
        ],
    )
    def test_do_not_grow_with_the_rows(self, pages, sign_in, statements, path):
        browser = sign_in("koordinator")
        before = count(browser, statements, path)
        add_many(pages)
        assert count(browser, statements, path) == before

    @pytest.mark.parametrize(
        "path", ["/rounds/2026-2/follow", "/rounds/2026-2", "/rounds/2026-2/trail", "/reviews"]
    )
    def test_are_few(self, sign_in, statements, path):
        assert count(sign_in("koordinator"), statements, path) <= 25


class TestNotThere:
    @pytest.mark.parametrize(
        ("username", "path"),
        [
            ("koordinator", "/rounds/2099-1"),
            ("koordinator", "/rounds/2099-1/follow"),
            ("koordinator", "/rounds/2099-1/seed"),
            ("koordinator", "/rounds/plans/999"),
            ("koordinator", "/rounds/2026-2/cases/999"),
            ("koordinator", "/rounds/2026-2/documents/other.json"),
            ("koordinator", "/rounds/2026-1/reports/center-nowhere"),
            ("koordinator", "/people/999"),
            ("koordinator", "/centres/nowhere"),
            ("arkivar", "/checklists/none/1"),
            ("rita", "/reviews/999"),
            ("leder", "/rounds/2099-1/reports/center-nord"),
            ("chef", "/rounds/2099-1/overview"),
        ],
    )
    def test_is_told_with_a_way_on(self, sign_in, username, path):
        answer = sign_in(username).get(path)
        assert answer.status_code == 404
        assert "Gå til din startside" in answer.text
