"""``lirk draw``: freeze a frame, draw from it, and repeat a draw; without any database."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import rich_click as click

import sampling
from lirk.cli import draw_documents
from lirk.cli.door import Door, pass_door, problem_value
from lirk.cli.draw_on import (
    freeze_there,
    frozen_document,
    on_options,
    place_of,
    require_seed,
    seed_asked,
)
from lirk.cli.drawing import remark_all, remark_dice, say_serials, size_remarks
from lirk.cli.options import as_json, file_path, new_file
from lirk.domain.draws import FingerprintDiffers, SeedHow, SeedRecord
from lirk.domain.serials import serials_in, year_notes
from lirk.errors import Problem
from lirk.intake.draws import read_certificate
from lirk.services import draws
from lirk.services.engine_draws import Place, draw_at, verify_at
from lirk.services.files import write_document
from lirk.wording import Wording
from lirk.wording.exclusions import exclusion_text, rules_named
from lirk.wording.reports import SEED_ORIGINS
from sampling.documents import freeze_digest
from sampling.recipe import example_case, sha256sum_line

Document = Mapping[str, Any]


@click.group()
def draw() -> None:
    """Freeze a frame, draw from it, and repeat a draw; without any database."""


for command in (draw_documents.extend, draw_documents.page, draw_documents.recipe, draw_documents.schema):
    draw.add_command(command)


@draw.command()
@click.argument("register", metavar="FILE", type=file_path, required=False)
@on_options
@click.option("--plan", required=True, type=file_path, help="The plan of the draw (TOML).")
@click.option("--out", required=True, type=file_path, help="Where to write the freeze (JSON).")
@as_json
@pass_door
def freeze(
    door: Door,
    register: Path | None,
    address: str | None,
    table: str,
    plan: Path,
    out: Path,
    *,
    as_json: bool,
) -> None:
    """Check the register FILE, freeze its frame, and print the fingerprint.

    Hand fingerprint and digest out before anybody can know the seed. The register itself is not kept: the
    draw needs the same file again. With --on the register is frozen where it lives.

    Exit status 1 if the plan or the register has problems; then nothing is written.
    """
    target, place = new_file(out), place_of(register, address, table)
    if isinstance(place, Path):
        document, remarks = _freeze_file(door, place, plan)
    else:
        document, remarks = freeze_there(door, place, plan)
    write_document(target, document)
    remarks = (*remarks, *size_remarks(document))
    if as_json:
        door.json({**_freeze_value(document), "out": str(out), "remarks": _values(door.words, remarks)})
        return
    _say_frame(door, document)
    _say_sizes(door, document)
    say_serials(door, year_notes(serials_in(document)))
    remark_all(door, remarks)
    door.say(door.words.text("Rammens fingeraftryk: {fingerprint}", fingerprint=_fingerprint(document)))
    door.say(door.words.text("Frysningens kontrolsum: {digest}", digest=document["digest"]))
    door.say(
        door.words.text(
            "Frysningen er skrevet til {file}. Giv fingeraftryk og kontrolsum fra dig, før frøet findes.",
            file=str(out),
        )
    )


def _freeze_file(door: Door, register: Path, plan: Path) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    planned = draws.plan_frame(*draws.register_and_plan(register, plan))
    document = draws.freeze_planned(
        planned, salt=secrets.token_hex(16), now=door.now(), source_sha256=draws.file_sha256(register)
    )
    return document, planned.remarks


@draw.command()
@click.argument("register", metavar="FILE", type=file_path, required=False)
@on_options
@click.option("--freeze", "frozen", type=file_path, help="The freeze of the frame (JSON).")
@click.option(
    "--plan", type=file_path, help="With --on, instead of --freeze: the plan, to freeze and draw at once."
)
@click.option(
    "--seed", help="The public seed: 20 digits. With --plan it is asked for after the freeze if left out."
)
@click.option(
    "--how", type=click.Choice([str(how) for how in SeedHow]), help="How it was found.  [default: dice]"
)
@click.option("--witness", "witnesses", multiple=True, help="Who saw the seed being found; may be repeated.")
@click.option("--number", type=int, default=1, show_default=True, help="The draw's number on this frame.")
@click.option("--reason", help="Why a further draw is made; needed from the second on.")
@click.option("--previous", type=file_path, help="The certificate before a further draw.")
@click.option("--out", required=True, type=file_path, help="Where to write the certificate (JSON).")
@as_json
@pass_door
def cases(
    door: Door,
    register: Path | None,
    address: str | None,
    table: str,
    frozen: Path | None,
    plan: Path | None,
    seed: str | None,
    how: str | None,
    witnesses: tuple[str, ...],
    number: int,
    reason: str | None,
    previous: Path | None,
    out: Path,
    *,
    as_json: bool,
) -> None:
    """Draw the cases from the register FILE, the very file that was frozen, and write the certificate.

    With --on the cases are drawn where the register lives, and only they and counts leave it. With --plan it
    is frozen first, fingerprint and digest are printed, and then the seed is asked for.

    Exit status 1 if the register is not the one that was frozen; then nothing is written.
    """
    target, place = new_file(out), place_of(register, address, table)
    require_seed(seed, plan)
    earlier = read_certificate(previous) if previous else None
    document, remarks = frozen_document(door, place, frozen, plan, as_json=as_json)
    if plan and seed:
        remarks = (*remarks, Problem("seed-in-same-command"))
    value = seed or seed_asked(door)
    now = door.now()
    record = SeedRecord(value, how or SeedHow.DICE, witnesses, now)
    try:
        certificate = _drawn(place, document, record, number=number, reason=reason, previous=earlier, now=now)
    except FingerprintDiffers as error:
        raise FingerprintDiffers(rules_named(door.words, error.problems)) from None
    write_document(target, certificate)
    remarks = (*remarks, *size_remarks(certificate))
    if as_json:
        door.json(
            {**_certificate_value(certificate), "out": str(out), "remarks": _values(door.words, remarks)}
        )
        return
    _say_draw(door, certificate)
    remark_all(door, remarks)
    remark_dice(door, how)
    door.say(door.words.text("Certifikatet er skrevet til {file}.", file=str(out)))


def _drawn(
    place: Path | Place,
    frozen: Document,
    seed: SeedRecord,
    *,
    number: int,
    reason: str | None,
    previous: Document | None,
    now: datetime,
) -> dict[str, Any]:
    if isinstance(place, Place):
        return draw_at(place, frozen, seed, number=number, reason=reason, previous=previous, now=now)
    register = draws.register_of(place, frozen)
    return draws.draw_cases(register, frozen, seed, number=number, reason=reason, previous=previous, now=now)


@draw.command()
@click.argument("certificate", type=file_path)
@click.argument("register", metavar="FILE", type=file_path, required=False)
@on_options
@as_json
@pass_door
def verify(
    door: Door, certificate: Path, register: Path | None, address: str | None, table: str, *, as_json: bool
) -> None:
    """Repeat the draw of CERTIFICATE from the register FILE and compare it, case by case.

    With --on it is repeated where the register lives.

    Exit status 1 if anything differs.
    """
    document, place = read_certificate(certificate), place_of(register, address, table)
    found = (
        draws.verify_certificate(document, place) if isinstance(place, Path) else verify_at(place, document)
    )
    differences = rules_named(door.words, found.differences)
    if as_json:
        door.json(
            {
                "holds": found.holds,
                "fingerprint": found.fingerprint,
                "freeze_digest": freeze_digest(document),
                "cases": found.cases,
                "differences": _values(door.words, differences),
                "remarks": _values(door.words, found.remarks),
            }
        )
    else:
        _say_verification(door, document, differences)
        remark_all(door, found.remarks)
    if not found.holds:
        door.fail_check()


def _say_verification(door: Door, document: Document, differences: Sequence[Problem]) -> None:
    words = door.words
    for difference in differences:
        door.say(words.sentence(difference))
    if differences:
        door.say(
            words.plural(
                "Udtrækket holder ikke: {count} forskel.",
                "Udtrækket holder ikke: {count} forskelle.",
                len(differences),
            )
        )
        return
    drawn = sum(part["n"] for part in document["strata"])
    door.say(
        words.text(
            "Udtrækket holder: {drawn} sager af {count} er trukket, som certifikatet siger.",
            drawn=drawn,
            count=sum(document["frame"]["strata"].values()),
        )
    )
    door.say(words.text("Rammens fingeraftryk: {fingerprint}", fingerprint=_fingerprint(document)))
    # A plan changed after the freeze leaves the fingerprint as it was; this is what was handed out beside it.
    door.say(words.text("Frysningens kontrolsum: {digest}", digest=freeze_digest(document)))
    _say_check_line(door, document)


def _say_frame(door: Door, document: Document) -> None:
    words, frame = door.words, document["frame"]
    door.say(
        words.text(
            "Ramme: {count} sager fra {source} (rækker: {rows}, strata: {strata}).",
            count=sum(frame["strata"].values()),
            strata=len(frame["strata"]),
            source=frame["source"],
            rows=frame["rows"],
        )
    )
    left_out = [rule for rule in frame["excluded"] if rule["count"]]
    if left_out:
        door.say(words.text("Udeladt efter regel:"))
    for rule in left_out:
        name = exclusion_text(words, rule["reason"], rule["value"])
        door.say(words.text("  {name}: {count}", name=name, count=rule["count"]))


def _say_sizes(door: Door, document: Document) -> None:
    """Say cases, sample and reserve of each stratum."""
    for part in sampling.stratum_sizes(document):
        door.say(
            door.words.text(
                "  {stratum}: {n} af {count} sager, {reserve} i reserve",
                stratum=part.stratum,
                n=part.n,
                count=part.N,
                reserve=part.reserve,
            )
        )


def _say_draw(door: Door, certificate: Document) -> None:
    words, seed = door.words, certificate["seed"]
    _say_frame(door, certificate)
    door.say(words.text("Rammens fingeraftryk: {fingerprint}", fingerprint=_fingerprint(certificate)))
    origin = SEED_ORIGINS[seed["how"]]
    door.say(words.text("Frø: {seed}, {how}.", seed=seed["value"], how=words.text(origin)))
    if certificate["draw"]["number"] > 1:
        door.say(
            words.text(
                "Udtræk {number} af samme ramme: {reason}",
                number=certificate["draw"]["number"],
                reason=certificate["draw"]["reason"],
            )
        )
    _say_sizes(door, certificate)
    for part in certificate["strata"]:
        main = [case["case_id"] for case in part["cases"] if case["role"] == "main"]
        if main:
            door.say(f"{part['stratum']}:")
            door.say("  " + "  ".join(main))
    door.say(words.text("Certifikatets kontrolsum: {digest}", digest=certificate["digest"]))
    _say_check_line(door, certificate)


def _say_check_line(door: Door, certificate: Document) -> None:
    """Say how anybody checks one drawn case without LIRK."""
    case, line = example_case(certificate), sha256sum_line(certificate)
    if case is None or line is None:
        return
    door.say(
        door.words.text(
            "Efterprøv en sag selv: lodnummeret for {case} er {ticket}",
            case=case["case_id"],
            ticket=case["ticket"],
        )
    )
    door.say(f"  {line}")


def _fingerprint(document: Document) -> str:
    return str(document["frame"]["fingerprint"])


def _values(words: Wording, problems: Sequence[Problem]) -> list[dict[str, object]]:
    return [problem_value(words, problem) for problem in problems]


def _freeze_value(document: Document) -> dict[str, object]:
    frame = document["frame"]
    return {
        "fingerprint": frame["fingerprint"],
        "digest": document["digest"],
        "committed_at": document["committed_at"],
        "source": frame["source"],
        "rows": frame["rows"],
        "excluded": frame["excluded"],
        "serials": frame.get("serials"),
        "strata": [
            {"stratum": part.stratum, "N": part.N, "n": part.n, "reserve": part.reserve}
            for part in sampling.stratum_sizes(document)
        ],
    }


def _certificate_value(certificate: Document) -> dict[str, object]:
    return {
        **_freeze_value(certificate),
        "seed": certificate["seed"],
        "draw": certificate["draw"],
        "cases": [
            {"stratum": part["stratum"], **case} for part in certificate["strata"] for case in part["cases"]
        ],
    }
