"""``lirk checklist law`` and ``lirk checklist health``, as they are typed."""

import json

import pytest
from archive import SHIPPED
from typed import typed

LAW, HEALTH = ("checklist", "law"), ("checklist", "health")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name in ("LIRK_LANGUAGE", "LIRK_SETTINGS", "LIRK_DATABASE_URL", "LIRK_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    assert typed("db", "upgrade").status == 0
    return tmp_path


class TestLaw:
    def test_what_was_never_checked_is_listed_and_the_status_says_so(self, folder):
        ended = typed(*LAW, "--months", "60")
        assert ended.status == 1
        lines = ended.out.splitlines()
        assert all("ikke kontrolleret" in line for line in lines if line.startswith("  "))
        count = sum(line.startswith("  ") for line in lines)
        assert lines[-1] == f"{count} henvisninger skal kontrolleres"

    def test_for_programs(self, folder):
        due = json.loads(typed(*LAW, "--months", "60", "--json").out)
        every = json.loads(typed(*LAW, "--months", "60", "--all", "--json").out)
        assert due["due"] == every["due"] == sum(len(act["references"]) for act in due["acts"])
        assert every["due"] < sum(len(act["references"]) for act in every["acts"])
        one = due["acts"][0]["references"][0]
        assert (one["due"], one["verified"]) == ("never", False)
        assert one["items"]

    def test_the_months_have_limits(self, folder):
        for months in ("0", "61", "x"):
            assert typed(*LAW, "--months", months).status == 2

    def test_only_those_who_look_after_checklists(self, folder):
        assert typed("user", "add", "rita", "--name", "Rita", "--role", "reviewer").status == 0
        assert typed(*LAW, "--as", "rita").status == 2
        assert typed(*HEALTH, SHIPPED, "--as", "rita").status == 2


class TestHealth:
    def test_before_any_round_it_says_why_there_is_nothing(self, folder):
        ended = typed(*HEALTH, SHIPPED)
        assert ended.status == 0
        assert ended.out.startswith("Lovmedholdelig sagsbehandling, version ")
        assert "Ingen lukket runde har spurgt om punktet" in ended.out

    def test_for_programs(self, folder):
        value = json.loads(typed(*HEALTH, SHIPPED, "--json").out)
        assert (value["checklist"], value["rounds"]) == (SHIPPED, [])
        assert {(one["why_not"], one["suggestion"]) for one in value["items"]} == {("no-round", "none")}

    def test_no_such_checklist(self, folder):
        assert typed(*HEALTH, "none").status == 2
