"""Conditions and rules are changed node by node."""

import pytest
from generated_checklists import trees
from hypothesis import given
from hypothesis import strategies as st

from checklists.editing_trees import PathUnknown, added, joined, negated, node_at, removed, replaced
from checklists.logic import AllOf, AnyOf, Negated, Single, holds, leaves

A, B, C, D = (Single(letter) for letter in "abcd")
#: a and (b or not c)
TREE = AllOf((A, AnyOf((B, Negated(C)))))


def paths(tree, path=()):
    """All paths of a tree."""
    inside = [tree.part] if isinstance(tree, Negated) else getattr(tree, "parts", ())
    return [path, *(found for place, part in enumerate(inside) for found in paths(part, (*path, place)))]


drawn = trees(st.sampled_from("abcd"), 3)


class TestNodeAt:
    @pytest.mark.parametrize(
        ("path", "node"),
        [((), TREE), ((0,), A), ((1,), TREE.parts[1]), ((1, 1), Negated(C)), ((1, 1, 0), C)],
    )
    def test_is_found(self, path, node):
        assert node_at(TREE, path) == node

    @pytest.mark.parametrize("path", [(2,), (-1,), (0, 0), (1, 1, 1), (1, 1, 0, 0)])
    @pytest.mark.parametrize(
        "act",
        [
            node_at,
            removed,
            negated,
            lambda tree, path: added(tree, path, D),
            lambda tree, path: replaced(tree, path, D),
            lambda tree, path: joined(tree, path, "any"),
        ],
    )
    def test_a_path_that_leads_nowhere_is_refused(self, act, path):
        with pytest.raises(PathUnknown):
            act(TREE, path)


class TestReplaced:
    def test_at_the_root(self):
        assert replaced(TREE, (), D) == D

    def test_within(self):
        assert replaced(TREE, (1, 1, 0), D) == AllOf((A, AnyOf((B, Negated(D)))))

    @given(tree=drawn, data=st.data())
    def test_the_rest_stays(self, tree, data):
        path = data.draw(st.sampled_from(paths(tree)))
        assert replaced(tree, path, node_at(tree, path)) == tree
        assert node_at(replaced(tree, path, D), path) == D


class TestAdded:
    @pytest.mark.parametrize(
        ("tree", "path", "grown"),
        [
            pytest.param(TREE, (), AllOf((*TREE.parts, D)), id="to the group"),
            pytest.param(TREE, (1,), AllOf((A, AnyOf((B, Negated(C), D)))), id="to a group inside"),
            pytest.param(A, (), AllOf((A, D)), id="to a leaf alone"),
            pytest.param(Negated(A), (), AllOf((Negated(A), D)), id="to what is negated"),
            pytest.param(TREE, (1, 0), AllOf((A, AnyOf((AllOf((B, D)), Negated(C))))), id="to a leaf inside"),
        ],
    )
    def test_grows(self, tree, path, grown):
        assert added(tree, path, D) == grown

    @given(tree=drawn, data=st.data())
    def test_one_leaf_more(self, tree, data):
        path = data.draw(st.sampled_from(paths(tree)))
        assert sorted(leaves(added(tree, path, Single("x")))) == sorted([*leaves(tree), "x"])


class TestRemoved:
    @pytest.mark.parametrize(
        ("tree", "path", "left"),
        [
            pytest.param(TREE, (), None, id="the whole"),
            pytest.param(A, (), None, id="the only leaf"),
            pytest.param(TREE, (0,), AnyOf((B, Negated(C))), id="a group of one is that one"),
            pytest.param(TREE, (1, 0), AllOf((A, Negated(C))), id="also inside"),
            pytest.param(TREE, (1, 1, 0), AllOf((A, B)), id="not goes with what it negates"),
            pytest.param(AllOf((A, B, C)), (1,), AllOf((A, C)), id="two stay a group"),
            pytest.param(AnyOf((A, B, C)), (1,), AnyOf((A, C)), id="of the same kind"),
            pytest.param(Negated(A), (0,), None, id="nothing is left to negate"),
            pytest.param(AllOf((AnyOf((A,)),)), (0, 0), None, id="empty groups go"),
        ],
    )
    def test_is_gone(self, tree, path, left):
        assert removed(tree, path) == left

    @given(tree=drawn, data=st.data())
    def test_no_leaf_but_those_under_it(self, tree, data):
        path = data.draw(st.sampled_from(paths(tree)))
        gone = list(leaves(node_at(tree, path)))
        left = removed(tree, path)
        rest = [] if left is None else list(leaves(left))
        assert sorted([*rest, *gone]) == sorted(leaves(tree))


class TestNegated:
    def test_and_back(self):
        once = negated(TREE, (1,))
        assert once == AllOf((A, Negated(TREE.parts[1])))
        assert negated(once, (1,)) == TREE

    @given(tree=drawn, given=st.sets(st.sampled_from("abcd")))
    def test_holds_where_the_other_does_not(self, tree, given):
        assert holds(negated(tree, ()), given.__contains__) is not holds(tree, given.__contains__)


class TestJoined:
    def test_by_the_other_word(self):
        assert joined(TREE, (), "any") == AnyOf(TREE.parts)
        assert joined(TREE, (1,), "all") == AllOf((A, AllOf((B, Negated(C)))))

    @pytest.mark.parametrize("path", [(0,), (1, 1)])
    def test_what_is_no_group_stays(self, path):
        assert joined(TREE, path, "any") == TREE
