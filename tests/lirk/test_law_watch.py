"""The law watch: what is due and why, checks and changed acts, what rests on old references; on both databases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from archive import READY, SHIPPED, Archive, numbered

from checklists.load import shipped_text
from checklists.model import Reference, Text
from lirk.domain.item_sets import ItemSet
from lirk.domain.law_watch import (
    Checks,
    Due,
    LawCheck,
    LawCheckRefused,
    LawCheckStands,
    ReferenceUnknown,
    ReferenceUse,
    due_among,
    limit_day,
    watched,
    withdrawable,
)
from lirk.errors import NotAllowed, NotFound
from lirk.services import law_watch as service
from lirk.services.checklists import parse

TODAY = date(2026, 11, 22)
MARCH, LAST_YEAR = date(2026, 3, 8), date(2025, 11, 21)
REFERENCE = """
[[themes.items.references]]
text = {{ da = "{text}", en = "In English" }}
status_date = {day}
source = "Retsinformation"
verified = {verified}
act = "{act}"
"""


def referring(*references, file=READY):
    """A checklist whose first item rests on these."""
    written = "".join(references)
    return file.replace('[[themes.items]]\nid = "reasons"', f'{written}\n[[themes.items]]\nid = "reasons"')


def written(text="Forvaltningsloven § 22", day=MARCH, *, verified=True, act="fvl", more=""):
    return REFERENCE.format(text=text, day=day, verified=str(verified).lower(), act=act) + more


def reference(text="FVL § 22", day=MARCH, **changes):
    usual = {"source": "Retsinformation", "verified": True, "act": "fvl", **changes}
    return Reference(text=Text(text), status_date=day, **usual)


def use(item="clear", version=1):
    return ReferenceUse(
        checklist_id="breve",
        title=Text("Breve"),
        version=version,
        draft=False,
        item_id=item,
        question=Text("Er brevet klart?"),
    )


def check(now, text="FVL § 22", day=TODAY, **changes):
    usual = {"id": 1, "act": "fvl", "source": "Retsinformation", "note": "", "checked_by": 7, "person": "Ida"}
    return LawCheck(reference=text, status_date=day, checked_at=now, **{**usual, **changes})


def only(*references, checks=(), months=12):
    used = [(use(version=number), one) for number, one in enumerate(references, start=1)]
    (found,) = watched(used, Checks(checks), today=TODAY, months=months)
    return found


class TestLimit:
    @pytest.mark.parametrize(
        ("today", "months", "day"),
        [
            (date(2026, 11, 22), 12, date(2025, 11, 22)),
            (date(2026, 3, 31), 1, date(2026, 2, 28)),
            (date(2024, 3, 31), 1, date(2024, 2, 29)),
            (date(2026, 1, 15), 1, date(2025, 12, 15)),
            (date(2026, 11, 22), 60, date(2021, 11, 22)),
        ],
    )
    def test_so_many_months_before(self, today, months, day):
        assert limit_day(today, months) == day


class TestDue:
    @pytest.mark.parametrize(
        ("given", "months", "due"),
        [
            (reference(), 12, None),
            (reference(day=date(2025, 11, 22)), 12, None),
            (reference(day=LAST_YEAR), 12, Due.OLD),
            (reference(), 8, Due.OLD),
            (reference(verified=False), 12, Due.NEVER),
        ],
    )
    def test_by_what_the_file_says(self, given, months, due):
        assert only(given, months=months).due is due

    def test_a_check_makes_it_new(self, now):
        found = only(reference(day=LAST_YEAR, verified=False), checks=[check(now)])
        assert (found.due, found.verified, found.status_date) == (None, True, TODAY)
        assert (found.checked_by, found.checked_on, found.check.id) == ("Ida", now.date(), 1)

    def test_a_check_from_before_the_reference_named_its_act_counts(self, now):
        assert only(reference(day=LAST_YEAR), checks=[check(now, act="")]).due is None
        assert only(reference(day=LAST_YEAR), checks=[check(now, act="offl")]).due is Due.OLD

    def test_a_changed_act_makes_what_was_read_before_old(self, now):
        changed = check(now, "", date(2026, 5, 1), id=2)
        assert only(reference(), checks=[changed]).due is Due.CHANGED
        assert only(reference(day=date(2026, 5, 1)), checks=[changed]).due is None
        assert only(reference(act="offl"), checks=[changed]).due is None
        assert only(reference(), checks=[changed, check(now)]).due is None

    def test_the_newest_file_that_was_verified_counts(self):
        files = [reference(), reference(day=LAST_YEAR), reference(day=TODAY, verified=False)]
        found = only(*files)
        assert (found.status_date, found.due, len(found.uses)) == (MARCH, None, 3)

    def test_what_a_file_says_of_who_checked_it(self):
        found = only(reference(), reference(checked_by="Bo", checked_on=MARCH))
        assert (found.checked_by, found.checked_on, found.check) == ("Bo", MARCH, None)

    def test_an_older_check_does_not_speak_for_a_newer_file(self, now):
        older = check(now, day=LAST_YEAR)
        found = only(reference(checked_by="Bo"), checks=[older])
        assert (found.status_date, found.checked_by, found.check) == (MARCH, "Bo", None)

    def test_a_reference_that_names_its_act_in_one_version_is_one(self):
        assert only(reference(act=""), reference()).act == "fvl"

    def test_due_first_then_as_the_numbers_run(self):
        texts = ["FVL § 19", "FVL § 9", "FVL § 2", "FVL § 24"]
        used = [(use(), reference(text, verified=text != "FVL § 24")) for text in texts]
        found = watched(used, Checks(()), today=TODAY)
        assert [one.text.da for one in found] == ["FVL § 24", "FVL § 2", "FVL § 9", "FVL § 19"]

    def test_among_the_references_of_one_item(self, now):
        both = [reference(), reference("FVL § 9", LAST_YEAR)]
        assert due_among(both, Checks(()), today=TODAY)
        assert not due_among(both, Checks((check(now, "FVL § 9"),)), today=TODAY)
        assert not due_among([], Checks(()), today=TODAY)

    def test_who_may_withdraw(self, now):
        assert withdrawable(check(now), 7, now + timedelta(hours=9))
        assert not withdrawable(check(now), 8, now)
        assert not withdrawable(check(now), 7, now + timedelta(hours=10))


@pytest.fixture
def archive(database, now):
    return Archive(database, now).peopled()


def watch(archive, who="archivist", **more):
    return archive.does(service.law_watch, who=who, now=archive.now, **more)


def act(archive, act_id="fvl"):
    return archive.does(service.act_watch, act_id, now=archive.now)[1]


def one_of(archive, text="Brevloven § 1", act_id="fvl"):
    return next(one for one in act(archive, act_id).references if one.text.da == text)


def ticks(archive, *texts, act_id="fvl", who="archivist", **changes):
    usual = {"status_date": archive.now.date(), "source": "Retsinformation.dk", **changes}
    return archive.does(
        service.check_references, act_id, texts or ("Brevloven § 1",), who=who, now=archive.now, **usual
    )


@pytest.fixture
def letters(archive):
    """A draft with a reference that nobody has verified, one that is old, and one that names no act."""
    archive.imports(
        referring(
            written("Brevloven § 1", verified=False),
            written("Brevloven § 2", LAST_YEAR),
            written("God skik", act="").replace('act = ""\n', ""),
        )
    )
    return archive


class TestWatch:
    def test_every_reference_of_what_ships_stands_once(self, archive):
        found = watch(archive)
        texts = [one.text.da for group in found.acts for one in group.references]
        assert len(texts) == len(set(texts))
        shipped = {one.text.da for item in parse_shipped().items for one in item.references}
        assert shipped <= set(texts)
        assert found.due == sum(one.due is not None for group in found.acts for one in group.references)

    def test_drafts_count_and_what_names_no_act_comes_last(self, letters):
        found = watch(letters)
        assert [one.id for one in found.acts][-1] == service.NO_ACT
        assert {one.text.da for one in found.acts[-1].references} >= {"God skik"}
        (used,) = one_of(letters).uses
        assert (used.checklist_id, used.version, used.draft, used.item_id) == ("breve", 1, True, "clear")

    def test_versions_in_force_and_to_come_count_and_retired_ones_do_not(self, archive):
        text = referring(written("Brevloven § 1", more='checked_by = "Bo"\nchecked_on = 2026-03-08\n'))
        archive.imports(text)
        archive.brings_out(from_=archive.now.date() + timedelta(days=3))
        assert [used.draft for used in one_of(archive).uses] == [False]
        archive.retires()
        assert "Brevloven § 1" not in {one.text.da for one in act(archive).references}

    def test_the_limit_is_the_readers(self, letters):
        assert one_of(letters, "Brevloven § 2").due is Due.OLD
        assert watch(letters, months=60).due < watch(letters).due < watch(letters, months=1).due

    def test_who_may_look_and_who_may_tick_off(self, archive):
        assert (watch(archive).check, watch(archive).see_reports) == (True, False)
        found = watch(archive, "coordinator")
        assert (found.check, found.see_reports) == (False, True)
        for who in ("reviewer", "centre-leader", "contact-person", "chief-group", "administrator"):
            with pytest.raises(NotAllowed):
                watch(archive, who)

    def test_no_such_act(self, archive):
        with pytest.raises(ReferenceUnknown):
            act(archive, "nothing")

    def test_no_act_of_the_list_is_called_as_those_without(self):
        assert service.NO_ACT not in service.acts()

    def test_as_many_statements_for_many_versions_as_for_few(self, letters, statements):
        with statements() as few:
            watch(letters)
        letters.imports(numbered(2, referring(written("Brevloven § 3"))))
        letters.pins(referring(written("Brevloven § 1")), 7, "2026-1")
        letters.pins(referring(written("Brevloven § 1")), 8, "2026-2")
        ticks(letters)
        with statements() as many:
            watch(letters)
        # What rounds alone know is read in one statement more, however much it is.
        assert len(few) <= len(many) <= len(few) + 1


def parse_shipped():
    return parse(shipped_text(SHIPPED))


class TestCheck:
    def test_is_kept_and_told(self, letters):
        done = ticks(letters, "Brevloven § 1", "Brevloven § 2", note="Læst hele loven.")
        assert [one.text.da for one in done] == ["Brevloven § 1", "Brevloven § 2"]
        for text in ("Brevloven § 1", "Brevloven § 2"):
            found = one_of(letters, text)
            assert (found.due, found.checked_by, found.source) == (None, "Archivist", "Retsinformation.dk")
        action, about = letters.trail()[-1]
        assert (action, about["references"]) == ("law-checked", ["Brevloven § 1", "Brevloven § 2"])
        assert (about["act"], about["status_date"]) == ("fvl", letters.now.date().isoformat())

    def test_the_text_stays_what_it_is(self, letters):
        before = letters.page().version.text
        ticks(letters)
        assert letters.page().version.text == before
        checks = letters.does(lambda store, _: service.checks_of(store))
        assert checks["fvl", "Brevloven § 1"].person == "Archivist"

    def test_the_history_of_the_checklist_tells_of_it(self, letters):
        ticks(letters)
        assert "law-checked" in [one.kind for one in letters.history()]

    @pytest.mark.parametrize(
        ("changes", "codes"),
        [
            ({"status_date": None}, [("law-check-no-day", "status_date")]),
            ({"status_date": TODAY + timedelta(days=1)}, [("law-check-future", "status_date")]),
            ({"status_date": MARCH - timedelta(days=1)}, [("law-check-before", "status_date")]),
            ({"source": ""}, [("law-check-no-source", "source")]),
            ({"source": "x" * 201}, [("text-too-long", "source")]),
            ({"note": "Se 010190-1234"}, [("text-looks-like-cpr", "note")]),
            (
                {"status_date": None, "source": ""},
                [("law-check-no-day", "status_date"), ("law-check-no-source", "source")],
            ),
        ],
    )
    def test_refused_with_everything_that_is_wrong(self, letters, changes, codes):
        before = letters.trail()
        with pytest.raises(LawCheckRefused) as error:
            ticks(letters, **changes)
        assert [(one.code, one.column) for one in error.value.problems] == codes
        assert letters.trail() == before
        assert one_of(letters).due is Due.NEVER

    def test_the_day_that_is_known_may_be_confirmed(self, letters):
        ticks(letters, status_date=MARCH)
        assert one_of(letters).due is None

    def test_something_must_be_chosen_and_known(self, letters):
        with pytest.raises(LawCheckRefused) as error:
            letters.does(service.check_references, "fvl", [], status_date=TODAY, source="x", now=letters.now)
        assert [one.code for one in error.value.problems] == ["law-check-none"]
        with pytest.raises(ReferenceUnknown):
            ticks(letters, "God skik")
        with pytest.raises(ReferenceUnknown):
            ticks(letters, act_id="nothing")

    def test_what_names_no_act_is_ticked_off_too(self, letters):
        ticks(letters, "God skik", act_id=service.NO_ACT)
        assert one_of(letters, "God skik", service.NO_ACT).checked_by == "Archivist"

    @pytest.mark.parametrize("who", ["coordinator", "reviewer", "administrator"])
    def test_only_an_archivist(self, letters, who):
        with pytest.raises(NotAllowed):
            ticks(letters, who=who)
        with pytest.raises(NotAllowed):
            changes(letters, who=who)


def changes(archive, act_id="fvl", who="archivist", **more):
    usual = {"changed_on": archive.now.date(), "source": "Lov nr. 1", **more}
    return archive.does(service.mark_changed, act_id, who=who, now=archive.now, **usual)


class TestChanged:
    def test_all_that_was_read_before_is_due(self, letters):
        ticks(letters, status_date=letters.now.date() - timedelta(days=1))
        changes(letters)
        found = act(letters)
        assert {one.due for one in found.references} == {Due.CHANGED, Due.NEVER} - (
            set() if any(one.due is Due.NEVER for one in found.references) else {Due.NEVER}
        )
        assert found.changed.person == "Archivist"
        assert letters.trail()[-1][0] == "law-changed"
        ticks(letters)
        assert one_of(letters).due is None

    def test_refused(self, letters):
        with pytest.raises(LawCheckRefused) as error:
            changes(letters, changed_on=letters.now.date() + timedelta(days=1), source="")
        assert [(one.code, one.column) for one in error.value.problems] == [
            ("law-check-future", "changed_on"),
            ("law-check-no-source", "changed_source"),
        ]
        with pytest.raises(ReferenceUnknown):
            changes(letters, service.NO_ACT)


class TestWithdraw:
    def withdraws(self, archive, check_id, act_id="fvl", who="archivist"):
        return archive.does(service.withdraw, act_id, check_id, who=who, now=archive.now)

    def test_the_same_day_by_the_same_person(self, letters):
        ticks(letters)
        (made,) = act(letters).checks
        self.withdraws(letters, made.id)
        assert (one_of(letters).due, act(letters).checks) == (Due.NEVER, ())
        assert letters.trail()[-1] == (
            "law-check-withdrawn",
            {"act": "fvl", "reference": "Brevloven § 1", "status_date": letters.now.date().isoformat()},
        )

    def test_a_changed_act_too(self, letters):
        changes(letters)
        self.withdraws(letters, act(letters).checks[0].id)
        assert act(letters).changed is None

    def test_not_by_another_nor_another_day(self, letters):
        ticks(letters)
        (made,) = act(letters).checks
        with pytest.raises(LawCheckStands):
            self.withdraws(letters, made.id, who="second")
        letters.later(days=1)
        with pytest.raises(LawCheckStands):
            self.withdraws(letters, made.id)

    def test_no_such_check(self, letters):
        ticks(letters)
        (made,) = act(letters).checks
        with pytest.raises(NotFound):
            self.withdraws(letters, made.id + 1)
        with pytest.raises(ReferenceUnknown):
            self.withdraws(letters, made.id, act_id=service.NO_ACT)
        with pytest.raises(NotAllowed):
            self.withdraws(letters, made.id, who="coordinator")


class TestStale:
    def stale(self, archive, checklist, **more):
        return archive.does(
            lambda store, _: service.stale_items(store, checklist, today=archive.now.date(), **more)
        )

    def test_items_by_what_their_own_text_and_the_checks_say(self, letters):
        checklist = letters.page().version.checklist
        assert self.stale(letters, checklist) == {"clear"}
        ticks(letters, "Brevloven § 1", "Brevloven § 2")
        assert self.stale(letters, checklist) == frozenset()
        assert self.stale(letters, checklist, months=1) == {"clear"}

    def test_nothing_where_nothing_is_referred_to(self, archive):
        assert self.stale(archive, parse(READY)) == frozenset()


class TestResting:
    def test_rounds_with_an_item_that_rests_on_what_is_due(self, letters):
        letters.pins(referring(written("Brevloven § 1")), 7, "2026-1")
        (found,) = watch(letters).resting
        assert found.reference.text.da == "Brevloven § 1"
        assert [(one.key, one.closed) for one in found.rounds] == [("2026-1", False)]
        ticks(letters)
        assert watch(letters).resting == ()

    def test_items_that_the_round_does_not_ask_do_not_count(self, letters):
        critical = 'severity = "critical"\n'
        text = referring(written("Brevloven § 1")).replace(critical, f"{critical}core = false\n", 1)
        letters.pins(text, 7, "2026-1")
        assert len(watch(letters).resting) == 1
        with letters.database.begin() as store:
            ((_, pinned),) = store.law_checks.pinned()
            round_ = store.rounds.by_key("2026-1")
            store.rounds.unpin_checklists(round_.id)
            store.rounds.pin_checklists(round_.id, [replace(pinned, items=ItemSet.CORE)])
            store.trail.add("made", actor_id=None, at=letters.now)
        assert watch(letters).resting == ()
