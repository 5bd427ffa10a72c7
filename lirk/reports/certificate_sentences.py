"""What the page of a certificate says, part by part; texts from outside are cut where they are too long."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from lirk.reports.lettering import covers
from lirk.reports.markup import Markup
from lirk.reports.voice import Voice
from lirk.wording.exclusions import exclusion_text
from lirk.wording.reports import SEED_ORIGINS
from sampling.recipe import example_case, sha256sum_line, short_sql

Document = Mapping[str, Any]

#: Letters of a title, a reason or a name that are printed before an ellipsis.
LONG, SHORT = 220, 70
#: So many rules and witnesses are told one by one; what is more is told as a count.
MOST_TOLD = 6


def cut(text: str, most: int) -> str:
    """Return a text on one line, cut with an ellipsis after so many letters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def heading(certificate: Document) -> str:
    """Return the draw's title, or the register's name where the plan gives none."""
    return cut(certificate["plan"]["title"] or certificate["frame"]["source"], SHORT)


def amounts(certificate: Document, voice: Voice) -> Markup:
    """Return how many cases were drawn of how many, in how many strata, and when."""
    strata = certificate["strata"]
    cases = voice.say.plural(
        "{drawn} af {cases} sager i {count} stratum",
        "{drawn} af {cases} sager i {count} strata",
        len(strata),
        drawn=sum(part["n"] for part in strata),
        cases=sum(part["N"] for part in strata),
    )
    drawn = voice.say.text("trukket {moment}", moment=moment(certificate["draw"]["at"]))
    return Markup.joined(" · ", [cases, drawn])


def frame_sentences(certificate: Document, voice: Voice) -> list[Markup]:
    """Return where the cases come from, what was left out, and what the serial numbers show."""
    say, frame = voice.say, certificate["frame"]
    taken = say.text(
        "{source}, taget {moment}. Registret har {rows} rækker; {cases} sager er i rammen.",
        source=cut(frame["source"], SHORT),
        moment=moment(frame["taken_at"]),
        rows=frame["rows"],
        cases=sum(frame["strata"].values()),
    )
    return [taken, *_excluded(frame["excluded"], voice), *_serials(frame.get("serials"), voice)]


def frozen_sentences(certificate: Document, voice: Voice) -> list[Markup]:
    """Return when the frame was frozen, and its fingerprint."""
    say, frame = voice.say, certificate["frame"]
    salted = (
        say.text("Uden salt.")
        if frame["salt"] is None
        else say.text("Med salt, som står i certifikatets fil og ikke her.")
    )
    frozen = say.text("Frosset {moment}.", moment=moment(certificate["committed_at"]))
    return [Markup.joined(" ", [frozen, salted]), Markup.of(frame["fingerprint"])]


def seed_sentences(certificate: Document, voice: Voice) -> list[Markup]:
    """Return the seed, how and when it was found, and who saw it."""
    say, seed = voice.say, certificate["seed"]
    how = SEED_ORIGINS.get(seed["how"])
    found = say.text(
        "{seed}, {how}, {moment}.",
        seed=Markup.strong(seed["value"]),
        how=cut(seed["how"], SHORT) if how is None else voice.words.text(how),
        moment=moment(seed["at"]),
    )
    names = [cut(name, SHORT) for name in seed["witnesses"] if name.strip()]
    if not names:
        return [found, say.text("Ingen vidner er nævnt.")]
    more = len(names) - MOST_TOLD
    shown = [*names[:MOST_TOLD], *([voice.words.text("{count} til", count=more)] if more > 0 else [])]
    return [Markup.joined(" ", [found, say.text("Overværet af {names}.", names=say.listing(shown))])]


def draw_sentences(certificate: Document, voice: Voice) -> list[Markup]:
    """Return the draw's number and reason, replacements, and extensions."""
    say, drawn = voice.say, certificate["draw"]
    if drawn["number"] <= 1:
        number = say.text("Første udtræk af denne ramme.")
    else:
        number = say.text(
            "Udtræk {number} af denne ramme. Grund: {reason}",
            number=drawn["number"],
            reason=cut(drawn["reason"] or "–", LONG),
        )
    replaced = len(certificate["replacements"])
    replacements = (
        say.plural(
            "{count} sag var uden for rammen og er erstattet af den næste i reserven.",
            "{count} sager var uden for rammen og er erstattet af de næste i reserven.",
            replaced,
        )
        if replaced
        else say.text("Ingen sag er erstattet.")
    )
    return [number, replacements, *_extensions(certificate, voice)]


def share(part: Document, voice: Voice) -> str:
    """Return the sampling fraction as a reader sees it."""
    if not part["N"]:
        return "–"
    if part["n"] >= part["N"]:
        return voice.words.text("alle")
    return voice.words.text("{share} %", share=voice.words.number(100 * part["n"] / part["N"], 1))


def one_case(certificate: Document, voice: Voice) -> list[tuple[str, bool]]:
    """Return how one case is checked: each line with whether it is code. The case is one of those drawn."""
    say, example = voice.say, example_case(certificate)
    line = sha256sum_line(certificate)
    if example is None or line is None:
        return [(say.text("Der er ingen sag at efterprøve."), False)]
    if len(line) > LONG or not covers(line):
        told = say.text("Sagsnumrene kan ikke vises her. lirk draw recipe certificate.json skriver linjerne.")
        return [(told, False)]
    return [
        (
            say.text(
                "Lodnummeret er SHA-256 af frø, kolon og sagsnummer. "
                "Sagen her er en af de udtrukne, taget som eksempel:"
            ),
            False,
        ),
        (Markup.of(line), True),
        (Markup.of(str(example["ticket"])), True),
    ]


def whole_draw(certificate: Document, voice: Voice) -> list[tuple[str, bool]]:
    """Return how the whole draw is repeated: each line with whether it is code."""
    say = voice.say
    rule = [say.text("I hvert stratum er de n sager med de mindste lodnumre trukket.")]
    if any(extension["replacements_before"] for extension in certificate.get("extensions", [])):
        rule.append(
            say.text("Sager, der var kaldt ind fra reserven før en udvidelse, tæller ikke med i de n.")
        )
    with_file = say.text("Med certifikatets fil og registret:")
    return [
        (Markup.joined(" ", [*rule, with_file]), False),
        (Markup.of("lirk draw verify certificate.json register.csv"), True),
        (
            say.text("Uden LIRK, i DuckDB, på tabellerne frame (case_id, stratum) og sizes (stratum, n):"),
            False,
        ),
        (Markup.of(short_sql(certificate, "duckdb")), True),
        (say.text("Det hele, også til PostgreSQL og med fingeraftrykket:"), False),
        (Markup.of("lirk draw recipe certificate.json --for postgresql"), True),
    ]


def moment(text: str) -> datetime:
    """Return a time of the certificate, as it stands there: with its own offset."""
    return datetime.fromisoformat(text)


def _excluded(rules: Sequence[Document], voice: Voice) -> list[Markup]:
    left_out = [rule for rule in rules if rule["count"]]
    if not left_out:
        return [voice.say.text("Ingen rækker er udeladt.")]
    told = [
        Markup.joined(
            ": ",
            [
                cut(exclusion_text(voice.words, rule["reason"], rule["value"]), SHORT),
                voice.words.number(rule["count"]),
            ],
        )
        for rule in left_out[:MOST_TOLD]
    ]
    if rest := left_out[MOST_TOLD:]:
        told.append(
            voice.say.text(
                "{rules} regler til: {count}", rules=len(rest), count=sum(rule["count"] for rule in rest)
            )
        )
    return [voice.say.text("Udeladt: {rules}.", rules=Markup.joined("; ", told))]


def _serials(serials: Sequence[Document] | None, voice: Voice) -> list[Markup]:
    if not serials:
        return []
    return [
        voice.say.text(
            "Løbenumre i sagsnumrene: {missing} springes over mellem {cases} sager. Det er en note; ingen sag er "
            "udeladt for det.",
            missing=sum(part["missing"] for part in serials),
            cases=sum(part["cases"] for part in serials),
        )
    ]


def _extensions(certificate: Document, voice: Voice) -> list[Markup]:
    return [_extension(extension, voice) for extension in certificate.get("extensions", [])[-2:]]


def _extension(extension: Document, voice: Voice) -> Markup:
    say = voice.say
    if extension["declared"]:
        said = say.text("anmeldt på forhånd i planen")
    elif extension["results_seen"]:
        said = say.text("ikke anmeldt på forhånd, og besluttet efter at resultater var set")
    else:
        said = say.text("ikke anmeldt på forhånd, men besluttet før nogen resultater var set")
    return say.text(
        "Udvidet {moment} med {cases} sager, {said}. Grund: {reason}",
        moment=moment(extension["at"]),
        cases=sum(extension["sizes"].values()),
        said=Markup.strong(said),
        reason=cut(extension["reason"], LONG // 2),
    )
