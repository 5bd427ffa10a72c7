"""Who may do what: the whole table, every action by every role."""

import pytest

from lirk.domain.access import EVERYWHERE, Action, may, require
from lirk.domain.people import Person, Role
from lirk.errors import NotAllowed, NotFound

ME, SOMEBODY = 7, 8
#: What an action may concern: whose centre, and whose work.
CONCERNS = {
    "nothing": {},
    "own centre": {"centre": "Center Nord"},
    "foreign centre": {"centre": "Center Syd"},
    "own work": {"assigned_to": ME},
    "foreign work": {"assigned_to": SOMEBODY},
    "nobody's work": {"assigned_to": None},
}
ALL = set(CONCERNS)

#: By action and role, what the role may do it to; a pair that is missing may do it to nothing.
TABLE = {
    (Action.MANAGE_PEOPLE, Role.ADMINISTRATOR): ALL,
    (Action.MANAGE_PEOPLE, Role.COORDINATOR): ALL,
    (Action.MANAGE_CHECKLISTS, Role.ARCHIVIST): ALL,
    (Action.APPROVE_CHECKLISTS, Role.ARCHIVIST): ALL,
    (Action.APPROVE_CHECKLISTS, Role.COORDINATOR): ALL,
    (Action.READ_CHECKLISTS, Role.ARCHIVIST): ALL,
    (Action.READ_CHECKLISTS, Role.COORDINATOR): ALL,
    (Action.READ_CHECKLISTS, Role.REVIEWER): ALL,
    (Action.WATCH_CHECKLISTS, Role.ARCHIVIST): ALL,
    (Action.WATCH_CHECKLISTS, Role.COORDINATOR): ALL,
    (Action.RUN_ROUND, Role.COORDINATOR): ALL,
    (Action.SEE_ROUND, Role.COORDINATOR): ALL,
    (Action.REVIEW, Role.COORDINATOR): ALL,
    (Action.REVIEW, Role.REVIEWER): {"own work"},
    (Action.READ_CENTRE_REPORT, Role.COORDINATOR): ALL,
    (Action.READ_CENTRE_REPORT, Role.CENTRE_LEADER): {"own centre"},
    (Action.READ_CENTRE_REPORT, Role.CONTACT_PERSON): {"own centre"},
    (Action.IDENTIFY_CASES, Role.COORDINATOR): ALL,
    (Action.IDENTIFY_CASES, Role.CENTRE_LEADER): {"own centre"},
    (Action.IDENTIFY_CASES, Role.CONTACT_PERSON): {"own centre"},
    (Action.WRITE_FINDINGS, Role.COORDINATOR): ALL,
    (Action.READ_OVERVIEW, Role.COORDINATOR): ALL,
    (Action.READ_OVERVIEW, Role.CHIEF_GROUP): ALL,
    (Action.READ_OVERVIEW, Role.CENTRE_LEADER): ALL,
    (Action.SEE_URGENT, Role.COORDINATOR): ALL,
    (Action.SEE_URGENT, Role.CENTRE_LEADER): {"own centre"},
    (Action.SEE_URGENT, Role.CONTACT_PERSON): {"own centre"},
    (Action.ANSWER_DOUBTS, Role.COORDINATOR): ALL,
    (Action.ANSWER_DOUBTS, Role.LEGAL_ADVISER): ALL,
    (Action.DISCUSS_DOUBT, Role.COORDINATOR): ALL,
    (Action.DISCUSS_DOUBT, Role.LEGAL_ADVISER): ALL,
    (Action.DISCUSS_DOUBT, Role.REVIEWER): {"own work"},
    (Action.CHECK_PLACE, Role.COORDINATOR): ALL,
    (Action.CHECK_PLACE, Role.CONTACT_PERSON): {"own centre"},
    (Action.ASSESS_SELF, Role.CENTRE_LEADER): {"own centre"},
    (Action.READ_SELF_ASSESSMENT, Role.COORDINATOR): ALL,
    (Action.MAKE_ARCHIVE, Role.COORDINATOR): ALL,
    (Action.PUBLISH_REPORTS, Role.COORDINATOR): ALL,
    (Action.REPLY_TO_FINDINGS, Role.CENTRE_LEADER): {"own centre"},
    (Action.RECORD_MEETING, Role.COORDINATOR): ALL,
    (Action.RECORD_MEETING, Role.CENTRE_LEADER): {"own centre"},
    (Action.WRITE_OVERVIEW, Role.COORDINATOR): ALL,
    (Action.KEEP_YEARLY_FIGURES, Role.COORDINATOR): ALL,
    (Action.READ_YEARLY_FIGURES, Role.COORDINATOR): ALL,
    (Action.READ_YEARLY_FIGURES, Role.CENTRE_LEADER): {"own centre"},
    (Action.READ_YEARLY_PAPER, Role.COORDINATOR): ALL,
    (Action.READ_YEARLY_PAPER, Role.CHIEF_GROUP): ALL,
    (Action.READ_YEARLY_PAPER, Role.CENTRE_LEADER): ALL,
    (Action.READ_SELF_ASSESSMENT, Role.CENTRE_LEADER): {"own centre"},
}
CELLS = [
    pytest.param(action, role, concern, id=f"{action}, {role}, {concern}")
    for action in Action
    for role in Role
    for concern in CONCERNS
]


def a_person(*roles, **changes):
    usual = {"roles": frozenset(roles), "centres": frozenset({"Center Nord"})}
    return Person(ME, "ida", "Ida", **{**usual, **changes})


class TestMay:
    @pytest.mark.parametrize(("action", "role", "concern"), CELLS)
    def test_the_table(self, action, role, concern):
        allowed = concern in TABLE.get((action, role), ())
        assert may(a_person(role), action, **CONCERNS[concern]) is allowed

    @pytest.mark.parametrize("action", Action)
    def test_without_a_role_nothing(self, action):
        assert not any(may(a_person(), action, **concern) for concern in CONCERNS.values())

    @pytest.mark.parametrize("action", Action)
    def test_inactive_nothing(self, action):
        everything = a_person(*Role, active=False)
        assert not any(may(everything, action, **concern) for concern in CONCERNS.values())

    @pytest.mark.parametrize("action", Action)
    def test_several_roles_may_what_each_of_them_may(self, action):
        for concern in CONCERNS.values():
            each = any(may(a_person(role), action, **concern) for role in Role)
            assert may(a_person(*Role), action, **concern) is each

    def test_a_leader_of_no_centre_reads_no_report(self):
        leader = a_person(Role.CENTRE_LEADER, centres=frozenset())
        assert not may(leader, Action.READ_CENTRE_REPORT, centre="Center Nord")
        assert not may(leader, Action.READ_CENTRE_REPORT)

    def test_every_action_has_a_row(self):
        assert set(EVERYWHERE) == set(Action) == {action for action, _ in TABLE}


class TestRequire:
    @pytest.mark.parametrize(("action", "role", "concern"), CELLS)
    def test_passes_where_the_table_says_so(self, action, role, concern):
        if concern in TABLE.get((action, role), ()):
            require(a_person(role), action, **CONCERNS[concern])
            return
        elsewhere = (action, role) in TABLE
        with pytest.raises(NotFound if elsewhere else NotAllowed):
            require(a_person(role), action, **CONCERNS[concern])

    @pytest.mark.parametrize("action", Action)
    def test_who_is_inactive_is_told_that_and_not_what_exists(self, action):
        with pytest.raises(NotAllowed):
            require(a_person(*Role, active=False), action, centre="Center Nord", assigned_to=ME)

    def test_a_foreign_centre_and_one_that_does_not_exist_are_refused_alike(self):
        said = []
        for centre in ("Center Syd", "Center Ingenting"):
            with pytest.raises(NotFound) as refused:
                require(a_person(Role.CENTRE_LEADER), Action.READ_CENTRE_REPORT, centre=centre)
            said.append((refused.value.code, refused.value.values))
        assert said == [("not-found", {}), ("not-found", {})]
