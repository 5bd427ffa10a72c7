"""What ``lirk draw`` makes of a certificate: more cases, a page, a recipe; and the documents' schemas."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import rich_click as click

from lirk.cli.door import Door, pass_door, problem_value
from lirk.cli.drawing import remark_all, size_remarks
from lirk.cli.options import FileExists, as_json, file_path, new_file
from lirk.domain.draws import CertificateDiffers
from lirk.intake.draws import read_certificate
from lirk.services.draw_checks import problems_of
from lirk.services.extending import extend_draw
from lirk.services.files import write_bytes, write_document
from sampling.documents import schema as schema_of
from sampling.recipe import DIALECTS, sha256sum_line, sql
from sampling.verification import differences_within

Document = Mapping[str, Any]


@click.command()
@click.argument("certificate", type=file_path)
@click.argument("register", metavar="FILE", type=file_path)
@click.option(
    "--n", type=int, help="How many more: in each stratum where the plan's method is fixed, else in all."
)
@click.option("--stratum", "strata", multiple=True, help="Extend only this stratum; may be repeated.")
@click.option("--reason", help="Why; needed unless the plan declared the extension.")
@click.option(
    "--before-results", is_flag=True, help="No result had been seen when the extension was decided."
)
@click.option("--out", required=True, type=file_path, help="Where to write the new certificate (JSON).")
@as_json
@pass_door
def extend(
    door: Door,
    certificate: Path,
    register: Path,
    n: int | None,
    strata: tuple[str, ...],
    reason: str | None,
    out: Path,
    *,
    before_results: bool,
    as_json: bool,
) -> None:
    """Draw more cases by the seed of CERTIFICATE from the register FILE, and write a new certificate.

    The cases drawn already stay. Without a number, the extension that the plan declared is made. One that it
    did not declare is certified and printed as that.

    Exit status 1 if the certificate does not hold; then nothing is written.
    """
    target = new_file(out)
    document = extend_draw(
        read_certificate(certificate),
        register,
        n,
        strata=strata,
        reason=reason,
        results_seen=not before_results,
        now=door.now(),
    )
    write_document(target, document)
    remarks = size_remarks(document)
    if as_json:
        told = [problem_value(door.words, remark) for remark in remarks]
        door.json({**_extended_value(document), "out": str(out), "remarks": told})
        return
    _say_extension(door, document)
    remark_all(door, remarks)
    door.say(door.words.text("Certifikatets kontrolsum: {digest}", digest=document["digest"]))
    door.say(door.words.text("Certifikatet er skrevet til {file}.", file=str(out)))


@click.command()
@click.argument("certificate", type=file_path)
@click.option("--out", required=True, type=file_path, help="Where to write the PDF.")
@pass_door
def page(door: Door, certificate: Path, out: Path) -> None:
    """Write CERTIFICATE as one page of PDF, to hand out: it names one drawn case, as an example.

    Exit status 1, and nothing is written, if something in the certificate is wrong.
    """
    # Here, so that no other command of the group waits for the library that prints.
    from lirk.services.certificate_pages import certificate_page

    document = _sound(certificate)
    if out.exists() and out.samefile(certificate):
        raise FileExists(file=str(out))
    write_bytes(out, certificate_page(document, door.words))
    door.say(door.words.text("Skrev {file}", file=str(out)))


@click.command()
@click.argument("certificate", type=file_path)
@click.option(
    "--for",
    "means",
    type=click.Choice([*DIALECTS, "sha256sum"]),
    default="sha256sum",
    show_default=True,
    help="SQL for the whole draw, or the lines for single cases.",
)
@pass_door
def recipe(door: Door, certificate: Path, means: str) -> None:
    """Print how anybody repeats the draw of CERTIFICATE without LIRK.

    Exit status 1, and nothing is printed, if something in the certificate is wrong.
    """
    document = _sound(certificate)
    if means in DIALECTS:
        door.say(sql(document, means).rstrip())
        return
    called = {replaced["in"] for replaced in document["replacements"]}
    for part in document["strata"]:
        for case in part["cases"]:
            if case["role"] == "main" or case["case_id"] in called:
                door.say(f"{sha256sum_line(document, case['case_id'])}  # {case['ticket']}")


@click.command()
@click.argument("kind", type=click.Choice(["certificate", "freeze"]), default="certificate")
@pass_door
def schema(door: Door, kind: str) -> None:
    """Print the JSON Schema (draft 2020-12) of a certificate or a freeze."""
    door.say(json.dumps(schema_of(kind), ensure_ascii=False, indent=2))


def _sound(path: Path) -> Document:
    """Return a certificate in which nothing is wrong that it shows by itself: what is handed out is not edited."""
    document = read_certificate(path)
    if differences := differences_within(document):
        raise CertificateDiffers(list(problems_of(differences)))
    return document


def _say_extension(door: Door, document: Document) -> None:
    words, extension = door.words, document["extensions"][-1]
    for stratum, size in extension["sizes"].items():
        part = next(part for part in document["strata"] if part["stratum"] == stratum)
        door.say(
            words.text(
                "  {stratum}: {size} flere, nu {n} af {count} sager",
                stratum=stratum,
                size=size,
                n=part["n"],
                count=part["N"],
            )
        )
        main = [case["case_id"] for case in part["cases"] if case["role"] == "main"]
        door.say("    " + "  ".join(main[-size:]))
    door.say(_kind(door, extension))


def _kind(door: Door, extension: Document) -> str:
    """Return whether an extension was declared, as it will be printed."""
    words, reason = door.words, extension["reason"]
    if extension["declared"]:
        return words.text("Udvidelsen er anmeldt på forhånd i planen. Grund: {reason}", reason=reason)
    if extension["results_seen"]:
        return words.text(
            "Udvidelsen er ikke anmeldt på forhånd og besluttet, efter at resultater var set. Grund: {reason}",
            reason=reason,
        )
    return words.text(
        "Udvidelsen er ikke anmeldt på forhånd, men besluttet, før nogen resultater var set. Grund: {reason}",
        reason=reason,
    )


def _extended_value(document: Document) -> dict[str, object]:
    return {
        "digest": document["digest"],
        "previous": document["previous"],
        "extension": document["extensions"][-1],
        "strata": [{name: part[name] for name in ("stratum", "N", "n")} for part in document["strata"]],
        "cases": [
            {"stratum": part["stratum"], **case} for part in document["strata"] for case in part["cases"]
        ],
    }
