"""The published JSON Schemas and the tables that the program refuses by: they refuse the same documents."""

import copy
import json
from datetime import UTC, datetime, timedelta
from importlib.resources import files

import polars as pl
import pytest
from jsonschema import Draft202012Validator

from sampling import digest, freeze, replace_case, verify
from sampling.certificate import certificate, certificate_of
from sampling.documents import (
    malformed_certificate,
    malformed_freeze,
    require_certificate,
    require_freeze,
    schema,
)
from sampling.errors import DocumentMalformed, DocumentTooNew
from sampling.extension import extend_certificate

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=2, microseconds=5)
SERIALS = [
    {
        "pattern": "YY/#####", "year": 2023, "first": 1, "last": 40, "cases": 38, "missing": 2,
        "series": 1, "skipped": 0, "between": 38,
    },
    {"pattern": "#", "year": None, "first": 1, "last": 2, "cases": 2, "missing": 0},
]  # fmt: skip
PLAN = {
    "title": "2. runde", "strata": ["centre"], "reserve": 3, "salt": True,
    "exclude": [{"reason": "set sidst", "case_numbers": ["22/1"]}],
    "sizes": {"method": "fixed", "n": 2}, "mapping": "mapping.toml",
    "extension": {"n": 1, "reason": "to trin"},
}  # fmt: skip


def frame():
    return pl.DataFrame({"case_id": [f"23/{at}" for at in range(20)], "stratum": ["Nord"] * 12 + ["Syd"] * 8})


def frozen(**changes):
    options = {
        "plan": PLAN, "mapping": {"columns": {}}, "source": "r.csv", "rows": 22, "strata": ["Tomt"],
        "excluded": [{"reason": "outside-period", "value": "2023-01-01/", "count": 2}],
        "salt": "5a17", "at": NOON, "source_sha256": "0" * 64, "serials": SERIALS,
    }  # fmt: skip
    return freeze(frame(), **{**options, **changes})


def drawn(document=None):
    seed = {"value": "1" * 20, "how": "dice", "witnesses": ["A"], "at": LATER.isoformat()}
    return certificate(document or frozen(), frame(), seed, at=LATER)


def whole():
    """A certificate in which every optional member stands and no list is empty."""
    document = replace_case(drawn(), drawn()["strata"][0]["cases"][0]["case_id"], "x", LATER)
    return extend_certificate(document, frame(), strata=["Nord"], at=LATER)


#: What stands in for a value; some of it is right in some places.
ODD = [
    None, True, -1, 0, 3, 0.5, -0.5, 2**53 - 1, 2**53, -(2**53), 1e300, "", "x", "a\nb", "a\n", "\u2028", [], [1],
    ["x"], {}, {"x": 1}, {"x": -1}, {"x": None}, {"n": 1, "reason": "x"}, {"n": 1}, [None], [{}], "fixed",
    "2026-11-22", "2026-11-22T12:00:00", "2026-11-22T12:00:00Z", "2026-11-22T12:00:00+01:00",
    "2026-11-22T12:00:00.123456-11:30", "2026-11-22T12:00:00.1234567Z", "2026-11-22T12:00Z", "20261122T120000Z",
    "2026-11-22 12:00:00Z", "2026-13-22T12:00:00Z", "2026-11-32T12:00:00Z", "2026-11-22T24:00:00Z",
    "2026-11-22T12:60:00Z", "2026-11-22T12:00:60Z", "2026-11-22T12:00:00+24:00", "0000-11-22T12:00:00Z",
    "2026-11-22T12:00:00Z\n", "2026-W47-7T12:00:00Z", "٢٠٢٦-11-22T12:00:00Z", "lirk-certificate/1", "lirk-freeze/1",
]  # fmt: skip


def places(value, before=()):
    """Where every member and every first element stands."""
    if before:
        yield before
    if isinstance(value, dict | list):
        for step in value if isinstance(value, dict) else range(min(1, len(value))):
            yield from places(value[step], (*before, step))


def changed(document, place, change):
    copied = copy.deepcopy(document)
    inner = copied
    for step in place[:-1]:
        inner = inner[step]
    change(inner, place[-1])
    return copied


def mutants(document):
    for place in places(document):
        yield place, "left out", changed(document, place, lambda inner, last: inner.pop(last))
        for value in ODD:
            yield (
                place,
                value,
                changed(document, place, lambda inner, last, v=value: inner.__setitem__(last, v)),
            )


KINDS = {
    "certificate": (whole, malformed_certificate, require_certificate),
    "freeze": (frozen, malformed_freeze, require_freeze),
}


@pytest.fixture(params=KINDS)
def kind(request):
    return request.param


@pytest.fixture
def validator(kind):
    return Draft202012Validator(schema(kind))


class TestSchema:
    def test_is_a_schema_of_its_draft_and_names_its_format(self, kind, validator):
        Draft202012Validator.check_schema(schema(kind))
        assert schema(kind)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert schema(kind)["properties"]["format"] == {"const": f"lirk-{kind}/1"}

    def test_is_a_file_of_the_package(self, kind):
        file = files("sampling") / "schemas" / f"lirk-{kind}-1.schema.json"
        assert json.loads(file.read_text(encoding="utf-8")) == schema(kind)

    def test_another_kind_is_none(self):
        with pytest.raises(KeyError):
            schema("plan")

    def test_what_the_program_writes_is_valid(self, kind, validator):
        assert validator.is_valid(json.loads(json.dumps(KINDS[kind][0]())))

    def test_optional_members_may_be_left_out(self):
        plain = drawn(frozen(serials=None, source_sha256=None, salt=None, excluded=[]))
        assert "serials" not in plain["frame"]
        assert "extensions" not in plain
        assert Draft202012Validator(schema("certificate")).is_valid(plain)
        assert malformed_certificate(plain) == ()
        assert verify(plain, frame()) == ()

    def test_schema_and_table_refuse_the_same_documents(self, kind, validator):
        document, malformed, _ = KINDS[kind][0](), *KINDS[kind][1:]
        refused = 0
        for place, value, mutant in mutants(document):
            valid = validator.is_valid(mutant)
            assert valid == (malformed(mutant) == ()), (place, value)
            refused += not valid
        assert refused > 1000

    def test_what_no_schema_can_say_the_table_refuses(self, validator, kind):
        """A count written 1.0, a day that its month has not, half a character: told in the schema's comment."""
        document, malformed, _ = KINDS[kind][0](), *KINDS[kind][1:]
        for place, value in (
            (("frame", "rows"), 1.0),
            (("committed_at",), "2026-02-30T12:00:00Z"),
            (("digest",), "\ud800"),
        ):
            mutant = changed(document, place, lambda inner, last, v=value: inner.__setitem__(last, v))
            assert validator.is_valid(mutant)
            assert malformed(mutant) == (".".join(place),)

    def test_unknown_members_are_let_through(self, kind, validator):
        document = {**KINDS[kind][0](), "note": 1}
        assert validator.is_valid(document)
        assert KINDS[kind][1](document) == ()


class TestRequire:
    def test_a_later_format_is_told_as_that(self, kind):
        document = {"format": f"lirk-{kind}/2"}
        with pytest.raises(DocumentTooNew) as caught:
            KINDS[kind][2](document)
        assert caught.value.values == {"format": f"lirk-{kind}/2", "known": f"lirk-{kind}/1"}

    @pytest.mark.parametrize(
        "written",
        ["lirk-plan/2", "lirk-certificate/0", "lirk-certificate/1.5", "lirk-certificate/02", 2, None],
    )
    def test_another_format_is_malformed(self, written):
        with pytest.raises(DocumentMalformed) as caught:
            require_certificate({**drawn(), "format": written})
        assert caught.value.values == {"member": "format"}

    def test_a_certificate_is_no_freeze(self):
        with pytest.raises(DocumentMalformed):
            require_freeze(drawn())

    @pytest.mark.parametrize("document", [None, [], "x", 1])
    def test_what_is_no_table_is_malformed(self, document):
        with pytest.raises(DocumentMalformed):
            require_certificate(document)

    def test_what_builds_on_a_document_refuses_a_later_one(self):
        newer = {**drawn(), "format": "lirk-certificate/2"}
        newer_freeze = {**frozen(), "format": "lirk-freeze/2"}
        nothing = pl.DataFrame(schema={"case_id": pl.String, "stratum": pl.String})
        seed = drawn()["seed"]
        for use in (
            lambda: verify(newer, frame()),
            lambda: replace_case(newer, "23/1", "x", LATER),
            lambda: extend_certificate(newer, frame(), 1, reason="x", at=LATER),
            lambda: certificate(newer_freeze, frame(), seed, at=LATER),
            lambda: certificate_of(newer_freeze, nothing, seed, at=LATER),
        ):
            with pytest.raises(DocumentTooNew):
                use()


class TestSerials:
    def test_stand_in_the_frame_of_freeze_and_certificate(self):
        assert frozen()["frame"]["serials"] == drawn()["frame"]["serials"] == SERIALS
        assert digest(drawn()) == drawn()["digest"]

    def test_left_out_they_change_no_digest(self):
        document = frozen(serials=None)
        assert set(document["frame"]) == {
            "source", "source_sha256", "taken_at", "rows", "excluded", "strata", "fingerprint", "salt",
        }  # fmt: skip
