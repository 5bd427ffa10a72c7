"""Which questions no answers can bring up; held against trying all answers."""

from itertools import product

import pytest
from generated_checklists import checklists
from hypothesis import HealthCheck, assume, given, settings

from checklists.reachable import unreachable
from checklists.score import applying

A = '{ id = "kind", is = "a" }'
NEVER = '{ all = [{ id = "kind", is = "a" }, { id = "kind", is = "b" }] }'


def asked(checklist):
    """Every question that some answers bring up, by trying them all."""
    names = checklist.evaluation_order
    offered = [(None, *checklist.offered(name)) for name in names]
    found = set()
    for answers in product(*offered):
        given = {name: code for name, code in zip(names, answers, strict=True) if code is not None}
        found.update(applying(checklist, given))
    return found


class TestUnreachable:
    def test_nothing_in_the_small_one(self, small):
        assert unreachable(small) == ()

    @pytest.mark.parametrize(
        ("a", "b", "never"),
        [
            pytest.param(A, '{ id = "a", is = "yes" }', (), id="a chain"),
            pytest.param('{ not = { id = "kind", answered = true } }', A, (), id="missing"),
            pytest.param(NEVER, A,
                         ("a",), id="two answers at once"),
            pytest.param(NEVER, '{ id = "a", answered = true }',
                         ("a", "b"), id="and what asks for it"),
            pytest.param(NEVER,
                         '{ not = { id = "a", answered = true } }', ("a",), id="its answer is missing for certain"),
            pytest.param(A, '{ all = [{ id = "a", is = "no" }, { id = "kind", is = "b" }] }',
                         ("b",), id="what its own condition needs"),
            pytest.param('{ id = "kind", is_not = ["a", "b"] }', A, ("a",), id="none is left"),
            pytest.param('{ not = { any = [{ id = "kind", is = "a" }, { id = "kind", is_not = "a" }] } }',
                         A, (), id="not either is missing"),
            pytest.param('{ all = [{ id = "kind", answered = true }, { not = { any = [{ id = "kind", is = "a" }, '
                         '{ id = "kind", is_not = "a" }] } }] }', A, ("a",), id="but answered"),
        ],
    )  # fmt: skip
    def test_conditions(self, made, a, b, never):
        checklist = made({"t": {"a": f"applies_when = {a}", "b": f"applies_when = {b}"}})
        assert unreachable(checklist) == never
        assert set(never) == {"a", "b"} - asked(checklist)

    def test_a_follow_up_of_an_answer_that_cannot_be_given_where_it_applies(self, made):
        checklist = made(
            {"t": {"a": 'follow_ups = { no = ["b"] }', "b": 'applies_when = { id = "a", is = "yes" }'}}
        )
        assert unreachable(checklist) == ("b",)

    def test_too_many_ways_are_not_followed(self, made):
        two = '{ any = [{ id = "kind", is = "a" }, { id = "kind", is = "b" }] }'
        wide = f"{{ all = [{', '.join([two] * 9)}] }}"
        checklist = made({"t": {"a": f"applies_when = {wide}", "b": f"applies_when = {NEVER}"}})
        assert unreachable(checklist) == ("b",)

    @settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
    @given(checklist=checklists())
    def test_what_is_named_can_never_be_asked(self, checklist):
        assume(not checklist.stops)
        ways = 1
        for name in checklist.evaluation_order:
            ways *= 1 + len(checklist.offered(name))
        assume(ways < 20_000)
        assert asked(checklist).isdisjoint(unreachable(checklist))
