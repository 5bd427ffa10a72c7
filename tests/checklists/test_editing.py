"""Editing gives a new checklist, and refuses what others rest on."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from generated_checklists import checklists
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklists import editing
from checklists.conditions import Answered, Is
from checklists.editing import (
    Dependent,
    EditRefused,
    PartUnknown,
    dependents,
    mark,
    part_fingerprint,
    unmark,
)
from checklists.load import load
from checklists.logic import Negated, Single
from checklists.model import (
    CentrePass,
    Contradiction,
    FollowUp,
    Scale,
    ScaleAnswer,
    Stop,
    Text,
    Theme,
    Verdict,
)
from checklists.verdicts import Count, ThemeIs
from checklists.write import to_toml

OWN = Scale(
    "own",
    (
        ScaleAnswer("good", "positive", Fraction(3), Text("God", "Good")),
        ScaleAnswer("poor", "negative", Fraction(0), Text("Ringe", "Poor")),
    ),
)
ASKS_CLEAR = Single(Answered("clear"))


@pytest.fixture
def full(small):
    """The small checklist with its scale, a contradiction, a stop, follow-ups, and verdicts of a theme."""
    letter = replace(
        small.theme("letter"),
        verdicts=(
            Verdict(id="fine", title=Text("Fint"), when=Single(Count(items=("clear",), at_least=1))),
            Verdict(id="poor", title=Text("Ringe")),
        ),
    )
    checklist = replace(
        small,
        scales=(OWN,),
        themes=(small.themes[0], letter),
        verdicts=(
            Verdict(id="letter-fine", title=Text("Fint brev"), when=Single(ThemeIs("letter", ("fine",)))),
            *small.verdicts,
        ),
        contradictions=(
            Contradiction(id="odd", message=Text("Det passer ikke."), refuse_when=Single(Answered("tone"))),
        ),
        stops=(Stop(id="lost", title=Text("Sagen mangler"), stop_when=Single(Is("adverse", ("no",)))),),
    )
    heard = replace(small.item("heard"), follow_ups=(FollowUp("no", ("deadline",)),))
    return editing.change_item(checklist, heard)


def ids(parts):
    return [part.id for part in parts]


def shape(checklist):
    """Ids of all items by theme, as the tests write them."""
    return " | ".join(" ".join(ids(theme.items)) for theme in checklist.themes)


class TestHead:
    def test_fields_are_changed(self, small):
        head = editing.change_head(small, title=Text("Ny"), status_date=date(2027, 1, 1))
        assert (head.title, head.status_date, head.themes) == (Text("Ny"), date(2027, 1, 1), small.themes)

    @pytest.mark.parametrize("field", ["id", "version", "themes"])
    def test_no_other_field(self, small, field):
        with pytest.raises(TypeError, match=field):
            editing.change_head(small, **{field: 4})


class TestThemes:
    def test_added_last(self, small):
        theme = Theme(id="new", title=Text("Ny"), items=())
        assert ids(editing.add_theme(small, theme).themes) == ["hearing", "letter", "new"]

    def test_changed_with_its_items_kept(self, small):
        theme = replace(small.theme("letter"), title=Text("Breve"), items=())
        changed = editing.change_theme(small, theme)
        assert changed.theme("letter").title == Text("Breve")
        assert shape(changed) == shape(small)

    @pytest.mark.parametrize(("step", "order"), [(1, "b a c"), (-1, "a b c"), (5, "b c a"), (0, "a b c")])
    def test_moved(self, small, step, order):
        themes = tuple(Theme(id=one, title=Text(one), items=()) for one in "abc")
        moved = editing.move_theme(replace(small, themes=themes), "a", step)
        assert " ".join(ids(moved.themes)) == order

    def test_removed_with_its_items(self, small):
        letter = replace(small, themes=(*small.themes, Theme(id="new", title=Text("Ny"), items=())))
        assert ids(editing.remove_theme(letter, "new").themes) == ["hearing", "letter"]
        assert shape(editing.remove_theme(small, "letter")) == "heard deadline"

    def test_not_while_anything_outside_rests_on_it(self, full):
        with pytest.raises(EditRefused) as refused:
            editing.remove_theme(full, "letter")
        assert [(one.code, one.item, one.values["value"]) for one in refused.value.problems] == [
            ("edit-used-by-contradiction", "odd", "letter"),
            ("edit-used-by-verdict", "letter-fine", "letter"),
        ]


class TestItems:
    def test_added_at_the_end_of_a_theme(self, small):
        item = replace(small.item("clear"), id="short")
        assert shape(editing.add_item(small, "hearing", item)) == "heard deadline short | clear tone overall"

    def test_changed_where_it_stands(self, small):
        changed = editing.change_item(small, replace(small.item("clear"), weight=Fraction(7)))
        assert shape(changed) == shape(small)
        assert changed.item("clear").weight == 7

    @pytest.mark.parametrize(
        ("item", "step", "order"),
        [
            ("clear", 1, "heard deadline | tone clear overall"),
            ("clear", -1, "heard deadline clear | tone overall"),
            ("clear", -2, "heard clear deadline | tone overall"),
            ("deadline", 1, "heard | deadline clear tone overall"),
            ("deadline", 2, "heard | clear deadline tone overall"),
            ("heard", -1, "heard deadline | clear tone overall"),
            ("overall", 3, "heard deadline | clear tone overall"),
            ("tone", 0, "heard deadline | clear tone overall"),
        ],
    )
    def test_moved(self, small, item, step, order):
        assert shape(editing.move_item(small, item, step)) == order

    @pytest.mark.parametrize(
        ("item", "theme", "order"),
        [
            ("clear", "hearing", "heard deadline clear | tone overall"),
            ("heard", "letter", "deadline | clear tone overall heard"),
            ("clear", "letter", "heard deadline | clear tone overall"),
        ],
    )
    def test_moved_to_a_theme(self, small, item, theme, order):
        assert shape(editing.move_item_to(small, item, theme)) == order

    @settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
    @given(checklist=checklists(), data=st.data())
    def test_no_item_is_lost_or_doubled_by_moving(self, checklist, data):
        item = data.draw(st.sampled_from(checklist.items))
        moved = editing.move_item(checklist, item.id, data.draw(st.integers(-6, 6)))
        assert sorted(ids(moved.items)) == sorted(ids(checklist.items))
        assert moved.item(item.id) == item

    def test_removed(self, small):
        assert shape(editing.remove_item(small, "tone")) == "heard deadline | clear overall"

    def test_not_while_a_condition_asks_for_it(self, small):
        with pytest.raises(EditRefused) as refused:
            editing.remove_item(small, "heard")
        (problem,) = refused.value.problems
        assert (problem.code, problem.item, dict(problem.values)) == (
            "edit-used-by-item",
            "deadline",
            {"value": "heard", "by": "deadline"},
        )

    def test_renamed(self, small):
        assert shape(editing.rename_item(small, "tone", "voice")) == "heard deadline | clear voice overall"
        assert editing.rename_item(small, "heard", "heard") == small

    def test_what_follows_an_item_does_not_hold_its_name(self, full):
        free = editing.change_item(full, replace(full.item("deadline"), applies_when=None))
        assert editing.rename_item(free, "heard", "asked").item("asked").follow_ups == (
            FollowUp("no", ("deadline",)),
        )

    @pytest.mark.parametrize(("old", "new"), [("heard", "asked"), ("deadline", "limit"), ("tone", "clear")])
    def test_not_renamed_where_it_is_named_or_the_name_is_taken(self, full, old, new):
        with pytest.raises(EditRefused):
            editing.rename_item(full, old, new)


class TestFacts:
    def test_added_changed_moved_removed(self, small):
        fact = replace(small.fact("adverse"), id="new")
        checklist = editing.move_fact(editing.add_fact(small, fact), "new", -1)
        assert ids(checklist.facts) == ["outcome", "new", "adverse"]
        changed = editing.change_fact(checklist, replace(fact, question=Text("Hvad?")))
        assert changed.fact("new").question == Text("Hvad?")
        assert ids(editing.remove_fact(changed, "new").facts) == ["outcome", "adverse"]

    def test_not_removed_while_conditions_ask_for_it(self, full):
        with pytest.raises(EditRefused) as refused:
            editing.remove_fact(full, "adverse")
        assert [(one.code, one.item) for one in refused.value.problems] == [
            ("edit-used-by-item", "heard"),
            ("edit-used-by-stop", "lost"),
        ]


class TestScales:
    def test_added_moved_removed(self, full):
        checklist = editing.move_scale(editing.add_scale(full, replace(OWN, id="other")), "other", -1)
        assert ids(checklist.scales) == ["other", "own"]
        assert ids(editing.remove_scale(checklist, "other").scales) == ["own"]

    @pytest.mark.parametrize("taken", ["own", "yes-partly-no"])
    def test_no_name_twice(self, full, taken):
        with pytest.raises(EditRefused):
            editing.add_scale(full, replace(OWN, id=taken))

    def test_not_removed_while_an_item_uses_it(self, full):
        with pytest.raises(EditRefused) as refused:
            editing.remove_scale(full, "own")
        assert [(one.code, one.item) for one in refused.value.problems] == [("edit-used-by-item", "tone")]

    def test_a_change_reaches_the_items(self, full):
        middle = ScaleAnswer("fair", "partial", Fraction(1), Text("Rimelig", "Fair"))
        scale = replace(OWN, answers=(OWN.answers[0], middle, OWN.answers[1]))
        item = editing.change_scale(full, scale).item("tone")
        assert (item.scale, item.offered, item.possible) == (scale, ("good", "fair", "poor"), 3)
        assert item.note_required_at == ()

    def test_a_chosen_few_stay_the_chosen_few_with_their_own_points(self, full):
        good = replace(OWN.answers[0], points=Fraction(5))
        tone = replace(full.item("tone"), answers=(good,), note_required_at=())
        scale = replace(OWN, answers=(*OWN.answers, replace(OWN.answers[1], code="worse")))
        item = editing.change_scale(editing.change_item(full, tone), scale).item("tone")
        assert item.answers == (good,)

    def test_the_usual_notes_follow_the_scale(self, full):
        tone = replace(full.item("tone"), note_required_at=("poor",))
        scale = replace(OWN, answers=(*OWN.answers, replace(OWN.answers[1], code="worse")))
        item = editing.change_scale(editing.change_item(full, tone), scale).item("tone")
        assert item.note_required_at == ("poor", "worse")


class TestVerdicts:
    @pytest.mark.parametrize("theme", [None, "letter"])
    def test_a_rule_is_added_before_the_one_for_the_rest(self, full, theme):
        verdict = Verdict(id="new", title=Text("Ny"), when=Single(Count(at_least=1)))
        checklist = editing.add_verdict(full, verdict, theme)
        verdicts = checklist.verdicts if theme is None else checklist.theme(theme).verdicts
        assert ids(verdicts)[-2:] == ["new", "in-order" if theme is None else "poor"]

    def test_the_first_of_all(self, small):
        empty = replace(small, verdicts=())
        verdict = Verdict(id="new", title=Text("Ny"), when=Single(Count(at_least=1)))
        assert ids(editing.add_verdict(empty, verdict).verdicts) == ["new"]

    @pytest.mark.parametrize("taken", ["errors", "lost"])
    def test_stops_and_verdicts_share_their_names(self, full, taken):
        with pytest.raises(EditRefused):
            editing.add_verdict(full, Verdict(id=taken, title=Text("x")))
        with pytest.raises(EditRefused):
            editing.add_stop(full, replace(full.stops[0], id=taken))

    @pytest.mark.parametrize(
        ("verdict", "step", "order"),
        [
            ("errors", -1, ["errors", "critical-breach", "in-order"]),
            ("errors", 1, ["critical-breach", "errors", "in-order"]),
            ("critical-breach", 5, ["errors", "critical-breach", "in-order"]),
            ("in-order", -1, ["critical-breach", "errors", "in-order"]),
        ],
    )
    def test_moved_and_the_one_for_the_rest_stays_last(self, small, verdict, step, order):
        assert ids(editing.move_verdict(small, verdict, step).verdicts) == order

    def test_changed_and_removed(self, full):
        changed = editing.change_verdict(full, Verdict(id="poor", title=Text("Dårligt")), "letter")
        assert changed.theme("letter").verdict("poor").title == Text("Dårligt")
        assert ids(editing.remove_verdict(full, "errors").verdicts) == [
            "letter-fine",
            "critical-breach",
            "in-order",
        ]

    def test_one_that_a_rule_of_the_case_names_stays(self, full):
        with pytest.raises(EditRefused) as refused:
            editing.remove_verdict(full, "fine", "letter")
        assert [(one.code, one.item) for one in refused.value.problems] == [
            ("edit-used-by-verdict", "letter-fine")
        ]
        assert ids(editing.remove_verdict(full, "poor", "letter").theme("letter").verdicts) == ["fine"]


class TestOtherParts:
    def test_contradictions(self, full):
        two = editing.add_contradiction(full, replace(full.contradictions[0], id="second"))
        two = editing.move_contradiction(two, "second", -1)
        assert ids(two.contradictions) == ["second", "odd"]
        changed = editing.change_contradiction(two, replace(full.contradictions[0], message=Text("Nej")))
        assert changed.contradictions[1].message == Text("Nej")
        assert ids(editing.remove_contradiction(changed, "second").contradictions) == ["odd"]

    def test_stops(self, full):
        two = editing.move_stop(editing.add_stop(full, replace(full.stops[0], id="second")), "second", -1)
        assert ids(two.stops) == ["second", "lost"]
        changed = editing.change_stop(two, replace(full.stops[0], title=Text("Væk")))
        assert changed.stops[1].title == Text("Væk")
        assert ids(editing.remove_stop(changed, "second").stops) == ["lost"]

    def test_the_centre(self, small):
        centre = CentrePass(mark=Fraction(75), decided=Text("Byrådet, 3. marts 2026"))
        assert editing.change_centre(small, centre).centre == centre
        assert editing.change_centre(editing.change_centre(small, centre), None) == small


class TestUnknownParts:
    @pytest.mark.parametrize(
        "act",
        [
            lambda c: editing.change_theme(c, Theme(id="none", title=Text("x"), items=())),
            lambda c: editing.move_theme(c, "none", 1),
            lambda c: editing.remove_theme(c, "none"),
            lambda c: editing.add_item(c, "none", replace(c.items[0], id="new")),
            lambda c: editing.change_item(c, replace(c.items[0], id="none")),
            lambda c: editing.move_item(c, "none", 1),
            lambda c: editing.move_item_to(c, "none", "letter"),
            lambda c: editing.move_item_to(c, "clear", "none"),
            lambda c: editing.remove_item(c, "none"),
            lambda c: editing.remove_item(c, "outcome"),
            lambda c: editing.rename_item(c, "none", "new"),
            lambda c: editing.change_fact(c, replace(c.facts[0], id="none")),
            lambda c: editing.move_fact(c, "none", 1),
            lambda c: editing.remove_fact(c, "clear"),
            lambda c: editing.change_scale(c, replace(OWN, id="none")),
            lambda c: editing.remove_scale(c, "yes-partly-no"),
            lambda c: editing.add_verdict(c, Verdict(id="new", title=Text("x")), "none"),
            lambda c: editing.change_verdict(c, Verdict(id="none", title=Text("x"))),
            lambda c: editing.move_verdict(c, "none", 1),
            lambda c: editing.remove_verdict(c, "none"),
            lambda c: editing.move_contradiction(c, "none", 1),
            lambda c: editing.remove_contradiction(c, "none"),
            lambda c: editing.move_stop(c, "none", 1),
            lambda c: editing.remove_stop(c, "none"),
            lambda c: dependents(c, "none"),
            lambda c: dependents(c, "theme:clear"),
            lambda c: mark(c, "letter", "wording"),
            lambda c: unmark(c, "none"),
            lambda c: part_fingerprint(c, "nothing:clear"),
        ],
    )
    def test_is_refused(self, full, act):
        with pytest.raises(PartUnknown):
            act(full)

    @pytest.mark.parametrize(
        "act",
        [
            lambda c: editing.add_theme(c, c.themes[0]),
            lambda c: editing.add_item(c, "letter", c.items[0]),
            lambda c: editing.add_item(c, "letter", replace(c.items[0], id="outcome")),
            lambda c: editing.add_fact(c, replace(c.facts[0], id="clear")),
            lambda c: editing.add_contradiction(c, c.contradictions[0]),
        ],
    )
    def test_no_name_twice(self, full, act):
        with pytest.raises(EditRefused) as refused:
            act(full)
        assert [one.code for one in refused.value.problems] == ["edit-id-taken"]


class TestDependents:
    @pytest.mark.parametrize(
        ("part", "found"),
        [
            ("outcome", [("fact", "adverse")]),
            ("adverse", [("item", "heard"), ("stop", "lost")]),
            ("heard", [("item", "deadline")]),
            ("deadline", [("item", "heard")]),
            ("clear", [("theme", "letter")]),
            ("tone", [("contradiction", "odd")]),
            ("overall", []),
            ("hearing", []),
            ("letter", [("contradiction", "odd"), ("verdict", "letter-fine")]),
            ("theme:letter", [("contradiction", "odd"), ("verdict", "letter-fine")]),
            ("own", [("item", "tone")]),
            ("scale:own", [("item", "tone")]),
        ],
    )
    def test_are_all_named(self, full, part, found):
        assert dependents(full, part) == tuple(Dependent(*one) for one in found)

    def test_of_a_theme_that_is_called_as_an_item(self, full):
        same = editing.add_theme(full, Theme(id="clear", title=Text("x"), items=()))
        assert dependents(same, "clear") == (Dependent("theme", "letter"),)
        assert dependents(same, "theme:clear") == ()

    @settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
    @given(checklist=checklists())
    def test_what_nothing_rests_on_can_go(self, checklist):
        for item in checklist.items:
            if not dependents(checklist, item.id):
                left = editing.remove_item(checklist, item.id)
                assert set(left.evaluation_order) == set(checklist.evaluation_order) - {item.id}


class TestPartFingerprint:
    PARTS = (
        "head",
        "theme:letter",
        "item:clear",
        "fact:outcome",
        "scale:own",
        "verdicts",
        "verdicts:letter",
        "contradiction:odd",
        "stop:lost",
    )

    @pytest.mark.parametrize("part", PARTS)
    def test_is_sixteen_figures_of_its_own(self, full, part):
        found = part_fingerprint(full, part)
        assert len(found) == 16
        assert int(found, 16) >= 0
        assert [other for other in self.PARTS if part_fingerprint(full, other) == found] == [part]

    @pytest.mark.parametrize(
        "part",
        [
            "theme:none",
            "item:none",
            "fact:none",
            "scale:none",
            "verdicts:none",
            "contradiction:none",
            "stop:none",
            "centre",
        ],
    )
    def test_of_what_is_not_there(self, full, part):
        assert part_fingerprint(full, part) == ""

    @pytest.mark.parametrize(
        ("act", "touched"),
        [
            (lambda c: editing.change_head(c, title=Text("Ny")), {"head"}),
            (lambda c: editing.change_item(c, replace(c.item("clear"), weight=Fraction(9))), {"item:clear"}),
            (lambda c: editing.change_theme(c, replace(c.theme("letter"), title=Text("Ny"))), {"theme:letter"}),
            (lambda c: editing.change_fact(c, replace(c.facts[0], guidance=Text("Ny"))), {"fact:outcome"}),
            (lambda c: editing.remove_verdict(c, "errors"), {"verdicts"}),
            (lambda c: editing.remove_verdict(c, "poor", "letter"), {"verdicts:letter", "theme:letter"}),
            (lambda c: editing.remove_stop(c, "lost"), {"stop:lost"}),
            (lambda c: editing.remove_contradiction(c, "odd"), {"contradiction:odd"}),
            (lambda c: editing.move_item(c, "overall", -1), set()),
        ],
    )  # fmt: skip
    def test_only_what_was_changed_differs(self, full, act, touched):
        after = act(full)
        differ = {
            part for part in self.PARTS if part_fingerprint(full, part) != part_fingerprint(after, part)
        }
        assert differ == touched

    def test_the_centre(self, small):
        passes = [CentrePass(mark=Fraction(mark), decided=Text("x")) for mark in (75, 80)]
        marks = [part_fingerprint(editing.change_centre(small, one), "centre") for one in passes]
        assert len(set(marks)) == 2


class TestWhatIsMade:
    def test_can_be_written_and_read(self, full):
        named = replace(full.item("deadline"), applies_when=Negated(ASKS_CLEAR))
        checklist = editing.change_item(full, named)
        assert load(to_toml(checklist)) == checklist
