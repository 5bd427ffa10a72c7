"""``lirk round``: a round from the frozen frame to the closed reviews."""

import secrets
from collections.abc import Sequence
from pathlib import Path

import rich_click as click

from lirk.cli.door import Door, pass_door
from lirk.cli.drawing import remark_all, remark_dice, say_serials, size_remarks
from lirk.cli.options import as_json, as_person, file_path, new_file
from lirk.cli.round_rules import rules
from lirk.cli.unit import acting
from lirk.domain.draws import FingerprintDiffers, SeedHow, SeedRecord
from lirk.domain.item_sets import Asked
from lirk.domain.rounds import Frame, Round, RoundState
from lirk.domain.serials import serials_in
from lirk.services import assigning, checklists, draws, reviews, rounds
from lirk.services.certificates import drawn_counts
from lirk.services.files import write_document
from lirk.services.serials import serial_notes
from lirk.services.shares import Share
from lirk.wording.assigning_lines import hours_text
from lirk.wording.exclusions import rules_named
from lirk.wording.item_sets import asked_text
from lirk.wording.rounds import NEXT_STEPS, STATES


@click.group()
def round() -> None:  # noqa: A001 - the command's name
    """Take a round from the frozen frame to the closed reviews."""


round.add_command(rules)


@round.command()
@click.argument("key")
@click.argument("register", type=file_path)
@click.option("--plan", required=True, type=file_path, help="The plan of the draw (TOML).")
@click.option("--title", help="The round's title; the plan's where left out.")
@click.option(
    "--checklist",
    "chosen",
    multiple=True,
    help="A checklist: the id of one that ships, or a file. May be repeated. Left out: both that ship.",
)
@click.option(
    "--full",
    multiple=True,
    help="A checklist, named as it was chosen, of which every item is asked. May be repeated. Left out: the "
    "core set of each.",
)
@click.option("--out", type=file_path, help="Where to write the freeze (JSON) that is handed out.")
@as_person
@pass_door
def new(
    door: Door,
    key: str,
    register: Path,
    plan: Path,
    title: str | None,
    chosen: tuple[str, ...],
    full: tuple[str, ...],
    out: Path | None,
    username: str | None,
) -> None:
    """Check REGISTER, freeze the frame of round KEY, and print its fingerprint.

    Nothing of the register is kept but counts and fingerprint: keep the file, for the draw needs the same one.
    """
    target = new_file(out) if out else None
    texts = {name: checklists.text_of(name) for name in chosen or checklists.DEFAULT}
    whole = rounds.ids_in_full(texts, full)
    with door.progress(door.words.text("Læser registret")):
        planned = draws.plan_frame(*draws.register_and_plan(register, plan))
    with acting(door, username) as (store, actor):
        made, freeze = rounds.new_round(
            store,
            actor,
            key=key,
            title=title or planned.plan.title or key,
            planned=planned,
            checklists=[texts[name] for name in chosen or checklists.DEFAULT],
            full=whole,
            salt=secrets.token_hex(16),
            source_sha256=draws.file_sha256(register),
            now=door.now(),
        )
        frame, asked = store.rounds.frame(made.id), rounds.checklists_asked(store, actor, key)
        notes = serial_notes(
            store, actor, serials_in(freeze), (made.first_day, made.last_day), besides=made.key
        )
        if target:
            write_document(target, freeze)
    remark_all(door, (*planned.remarks, *size_remarks(freeze)))
    door.say(door.words.text("Runden »{title}« er oprettet som {key}.", title=made.title, key=made.key))
    _say_frame(door, frame)
    _say_checklists(door, asked)
    say_serials(door, notes)
    _say_next(door, made)


@round.command()
@click.argument("key")
@click.argument("register", type=file_path)
@click.option("--seed", required=True, help="The public seed: 20 digits.")
@click.option(
    "--how", type=click.Choice([str(how) for how in SeedHow]), help="How it was found.  [default: dice]"
)
@click.option("--witness", "witnesses", multiple=True, help="Who saw the seed being found; may be repeated.")
@click.option("--reason", help="Why a further draw is made; needed from the second on.")
@click.option("--out", type=file_path, help="Where to write the certificate (JSON).")
@as_person
@pass_door
def draw(
    door: Door,
    key: str,
    register: Path,
    seed: str,
    how: str | None,
    witnesses: tuple[str, ...],
    reason: str | None,
    out: Path | None,
    username: str | None,
) -> None:
    """Draw the cases of round KEY from REGISTER, the very file that was frozen.

    Exit status 1 if the register is not the one that was frozen; then nothing is drawn.
    """
    target, now = new_file(out) if out else None, door.now()
    record = SeedRecord(value=seed, how=how or SeedHow.DICE, witnesses=witnesses, at=now)
    with acting(door, username) as (store, actor):
        _, frame, _ = rounds.progress(store, actor, key)
    with door.progress(door.words.text("Læser registret")):
        same = draws.register_of(register, frame.freeze)
    try:
        with acting(door, username) as (store, actor):
            certificate = rounds.draw_round(
                store,
                actor,
                key,
                register=same,
                seed=record,
                reason=reason,
                secret_key=door.settings.secret_key,
                now=now,
            )
            drawn = store.rounds.by_key(key)
            if target:
                write_document(target, certificate)
    except FingerprintDiffers as error:
        raise FingerprintDiffers(rules_named(door.words, error.problems)) from None
    remark_all(door, size_remarks(certificate))
    remark_dice(door, how)
    for stratum in drawn_counts(certificate):
        counts = {"drawn": stratum.drawn, "population": stratum.population}
        part = door.words.text("{drawn} af {population} sager", **counts)
        door.say(f"  {stratum.name}: {part}")
    door.say(door.words.text("Certifikatets kontrolsum: {digest}", digest=str(certificate["digest"])))
    _say_next(door, drawn)


@round.command()
@click.argument("key")
@click.option("--reviewer", "reviewers", multiple=True, required=True, help="A username; may be repeated.")
@click.option("--again", is_flag=True, help="Share out also the cases that nobody has begun.")
@as_person
@pass_door
def assign(door: Door, key: str, reviewers: tuple[str, ...], *, again: bool, username: str | None) -> None:
    """Share the cases of round KEY out evenly; nobody gets a case of their own."""
    with acting(door, username) as (store, actor):
        done = assigning.assign(store, actor, key, reviewers=reviewers, again=again, now=door.now())
        assigned = store.rounds.by_key(key)
    for share in done.shares:
        _say_share(door, share)
    if not any(share.new + share.seconds for share in done.shares):
        door.remark(
            door.words.text(
                "Der var ingen sager at fordele. Fordel de sager, som ingen er begyndt på, med --again."
            )
        )
    _say_next(door, assigned)


@round.command(name="import-answers")
@click.argument("key")
@click.argument("sheets", nargs=-1, required=True, type=file_path)
@click.option("--reopen", "reason", help="Reason for changing answers of a review that is finished.")
@as_person
@pass_door
def import_answers(
    door: Door, key: str, sheets: tuple[Path, ...], reason: str | None, username: str | None
) -> None:
    """Read filled-in review SHEETS back into round KEY; if one has a problem, none is kept.

    Exit status 1 if a sheet has problems; all of them are told.
    """
    with acting(door, username) as (store, actor):
        results = reviews.import_sheets(store, actor, key, sheets, reopen_reason=reason, now=door.now())
    for path, result in zip(sheets, results, strict=True):
        _say_import(door, key, path, result)


@round.command()
@click.argument("key")
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why the case is no decision of this frame.")
@click.option("--out", type=file_path, help="Where to write the new certificate (JSON).")
@as_person
@pass_door
def replace(door: Door, key: str, number: int, reason: str, out: Path | None, username: str | None) -> None:
    """Replace case NUMBER, which is out of scope, by the next reserve case of its centre."""
    target = new_file(out) if out else None
    with acting(door, username) as (store, actor):
        case, certificate = rounds.replace_case(
            store, actor, key, number=number, reason=reason, now=door.now()
        )
        _, _, state = rounds.progress(store, actor, key)
        if target:
            write_document(target, certificate)
    door.say(
        door.words.text(
            "Sag {out} er erstattet af sag {called} ({case}).",
            out=str(number),
            called=str(case.number),
            case=case.case_id,
        )
    )
    _say_unassigned(door, state)


@round.command()
@click.argument("key")
@as_person
@pass_door
def close(door: Door, key: str, username: str | None) -> None:
    """Close round KEY; its answers are final, and its reports can be made.

    Exit status 1 if cases still lack their review; all of them are told.
    """
    with acting(door, username) as (store, actor):
        closed = rounds.close_round(store, actor, key, now=door.now())
    door.say(door.words.text("Runden »{title}« er lukket.", title=closed.title))
    _say_next(door, closed)


@round.command()
@click.argument("key")
@click.option("--out", required=True, type=file_path, help="The folder to write the documents in.")
@as_person
@pass_door
def documents(door: Door, key: str, out: Path, username: str | None) -> None:
    """Write the freeze and the certificates of round KEY (JSON), also long after they were made."""
    with acting(door, username) as (store, actor):
        found = rounds.documents(store, actor, key)
    targets = {new_file(out / name): document for name, document in found.items()}
    for target, document in targets.items():
        write_document(target, document)
        door.say(door.words.text("Skrev {file}", file=str(target)))


@round.command(name="list")
@as_person
@as_json
@pass_door
def list_(door: Door, username: str | None, *, as_json: bool) -> None:
    """List the rounds, oldest first."""
    with acting(door, username) as (store, actor):
        everything = rounds.all_rounds(store, actor)
    if as_json:
        door.json([_round_value(one) for one in everything])
        return
    if not everything:
        door.say(door.words.text("Der er ingen runder endnu. Opret den første med `lirk round new`."))
    for one in everything:
        door.say(f"{one.key}  {one.title}  ({door.words.text(STATES[one.state])})")


@round.command()
@click.argument("key")
@as_person
@as_json
@pass_door
def show(door: Door, key: str, username: str | None, *, as_json: bool) -> None:
    """Show how far round KEY is, in counts of cases and reviews, and what comes next."""
    with acting(door, username) as (store, actor):
        one, frame, state = rounds.progress(store, actor, key)
        asked = rounds.checklists_asked(store, actor, key)
    if as_json:
        counts = {name: getattr(state, name) for name in ("cases", "reviews", "finished", "unassigned")}
        used = [_asked_value(checklist) for checklist in asked]
        door.json({**_round_value(one), "fingerprint": frame.fingerprint, **counts, "checklists": used})
        return
    words = door.words
    door.say(f"{one.title}: {words.text(STATES[one.state])}")
    _say_frame(door, frame)
    _say_checklists(door, asked)
    door.say(
        words.text(
            "{finished} af {reviews} gennemgange er afsluttet.",
            finished=state.finished,
            reviews=state.reviews,
        )
    )
    for name, finished, given in state.by_reviewer:
        door.say(words.text("  {name}: {finished} af {given}", name=name, finished=finished, given=given))
    _say_unassigned(door, state)
    if one.state is RoundState.REVIEWING and state.finished == state.reviews:
        door.say(words.text("Næste skridt: `lirk round close {key}`.", key=key))
    else:
        _say_next(door, one)


def _say_frame(door: Door, frame: Frame) -> None:
    total = sum(frame.strata.values())
    door.say(door.words.text("Ramme: {total} sager fra {source}.", total=total, source=frame.source))
    door.say(door.words.text("Rammens fingeraftryk: {fingerprint}", fingerprint=frame.fingerprint))


def _say_checklists(door: Door, asked: Sequence[Asked]) -> None:
    for one in asked:
        door.say(door.words.text("Tjekliste: {checklist}.", checklist=asked_text(one, door.words)))


def _say_share(door: Door, share: Share) -> None:
    """Say what one reviewer gets, and how much work that is with what they had."""
    words = door.words
    said = words.plural("{name}: {count} ny sag", "{name}: {count} nye sager", share.new, name=share.username)
    if share.seconds:
        said += ", " + words.plural("{count} anden gennemgang", "{count} anden gennemgang", share.seconds)
    if share.minutes:
        said += words.text(" ({hours} i alt)", hours=hours_text(share.minutes, words))
    door.say(said)


def _say_next(door: Door, one: Round) -> None:
    door.say(door.words.text(NEXT_STEPS[one.state], key=one.key))


def _say_unassigned(door: Door, state: rounds.Progress) -> None:
    if state.unassigned:
        door.say(
            door.words.plural(
                "{count} gennemgang er ikke fordelt.",
                "{count} gennemgange er ikke fordelt.",
                state.unassigned,
            )
        )


def _say_import(door: Door, key: str, path: Path, result: reviews.Imported) -> None:
    words = door.words
    done = words.plural("{count} gennemgang afsluttet", "{count} gennemgange afsluttet", result.finished)
    left = words.plural("{count} mangler svar", "{count} mangler svar", result.unfinished)
    read = words.plural("{count} svar læst", "{count} svar læst", result.answers)
    door.say(f"{path.name}: {read}, {done}, {left}.")
    for number in result.out_of_scope:
        door.remark(
            words.text(
                "Sag {number} er uden for rammen. Erstat den med `lirk round replace {key} {number} --reason …`.",
                number=str(number),
                key=key,
            )
        )
    for number in result.replaced:
        door.remark(
            words.text(
                "Sag {number} er erstattet af en anden, så svarene på den er ikke læst.", number=str(number)
            )
        )
    for number in result.gone:
        door.remark(
            words.text(
                "Svarene på sag {number} er ikke læst: Sagen er fordelt til en anden nu, eller du gennemgår den "
                "også selv.",
                number=str(number),
            )
        )
    for number in result.reported:
        door.remark(
            words.text(
                "Sag {number} er meldt til koordinatoren som en, der ikke kan gennemgås.", number=str(number)
            )
        )


def _asked_value(one: Asked) -> dict[str, object]:
    checklist, items = one.checklist, one.items
    return {
        "id": checklist.id,
        "version": checklist.version,
        "items": items.items,
        "used": items.used,
        "of": items.of,
    }


def _round_value(one: Round) -> dict[str, object]:
    return {"key": one.key, "title": one.title, "state": one.state, "made_up": one.made_up}
