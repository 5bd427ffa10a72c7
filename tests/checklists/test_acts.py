"""The list of acts that references name."""

from dataclasses import fields
from datetime import date

import pytest

from checklists.acts import Act, acts, read_acts
from checklists.load import shipped, shipped_ids

ONE = """
[[acts]]
id = "fvl"
name = { da = "Forvaltningsloven", en = "Public Administration Act" }
title = { da = "Forvaltningsloven", en = "Public Administration Act" }
version = "Lovbekendtgørelse nr. 433 af 22. april 2014"
status_date = 2026-03-08
source = "Retsinformation.dk"
verified = true
note = { da = "", en = "" }
"""


class TestActs:
    def test_they_stand_in_the_order_of_the_file_by_their_ids(self):
        assert list(acts())[:4] == ["fvl", "offl", "rsl", "rsl-order"]
        assert all(act.id == act_id for act_id, act in acts().items())

    def test_each_says_its_version_and_its_mark(self):
        fvl = acts()["fvl"]
        assert fvl.version.startswith("Lovbekendtgørelse nr. 433 af 22. april 2014")
        assert fvl.verified
        assert fvl.status_date == date(2026, 3, 8)
        assert not acts()["barnets-lov"].verified

    def test_what_is_no_act_is_in_the_list_too(self):
        assert {"unwritten", "good-practice", "sector-law", "local", "kl", "ombudsmanden"} <= set(acts())

    def test_what_is_not_verified_says_why(self):
        assert [act.id for act in acts().values() if not act.verified and not act.note] == []

    def test_a_note_is_in_both_languages(self):
        assert [act.id for act in acts().values() if bool(act.note.da) != bool(act.note.en)] == []

    def test_a_reader_cannot_change_the_list(self):
        with pytest.raises(TypeError):
            acts()["fvl"] = acts()["offl"]

    @pytest.mark.parametrize("checklist_id", shipped_ids())
    def test_every_act_that_a_shipped_checklist_names_is_in_the_list(self, checklist_id):
        named = {one.act for item in shipped(checklist_id).items for one in item.references if one.act}
        assert named - set(acts()) == set()


class TestReadActs:
    def test_a_list_of_one(self):
        assert list(read_acts(ONE)) == ["fvl"]

    @pytest.mark.parametrize("field", [field.name for field in fields(Act)])
    def test_no_part_may_be_missing(self, field):
        without = "\n".join(line for line in ONE.splitlines() if not line.startswith(field))
        with pytest.raises(ValueError, match=f"missing required field `{field}`"):
            read_acts(without)

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            pytest.param("status_date = 2026-03-08", 'status_date = "soon"', "ISO8601|date", id="no date"),
            pytest.param("verified = true", 'verified = "yes"', "bool", id="no mark"),
            pytest.param('source = "Retsinformation.dk"', 'source = ""', "must not be empty", id="no source"),
            pytest.param('"Public Administration Act"', '""', "must not be empty", id="no English"),
            pytest.param('id = "fvl"', 'id = "F V L"', "is no id", id="bad id"),
            pytest.param("verified", 'web = "x"\nverified', "unknown keys: web", id="key too many"),
            pytest.param("[[acts]]", "[[laws]]", "array", id="no acts"),
            pytest.param("[[acts]]", "[[acts", "at line 2", id="no TOML"),
            pytest.param(
                "[[acts]]", 'title = "x"\n[[acts]]', "unknown keys: title", id="key beside the acts"
            ),
        ],
    )
    def test_a_malformed_list_is_refused(self, old, new, says):
        assert old in ONE
        with pytest.raises(ValueError, match=says):
            read_acts(ONE.replace(old, new))

    def test_two_acts_with_one_id_are_refused(self):
        with pytest.raises(ValueError, match="two acts have the id fvl"):
            read_acts(ONE + ONE)
