"""The sentences about how the sample came to be, how sure the numbers are, and what they cannot say."""

from collections.abc import Sequence

from lirk.domain.reports import AgreementLine, CentreReport, DrawLine, Exclusion, Method
from lirk.reports.markup import Markup
from lirk.reports.phrases import known, sentence
from lirk.reports.used_checklists import sets_of_items
from lirk.reports.voice import Voice
from lirk.wording import Wording
from lirk.wording.exclusions import exclusion_text
from lirk.wording.reports import SEED_ORIGINS


def exclusion_line(exclusion: Exclusion, voice: Voice) -> Markup:
    """Return how many rows a rule left out, and why."""
    reason = exclusion_text(voice.words, exclusion.reason, exclusion.value)
    return voice.say.plural(
        "{count} række: {reason}", "{count} rækker: {reason}", exclusion.count, reason=reason
    )


def sample(report: CentreReport, voice: Voice) -> list[str]:
    """Return how many of the cases were drawn."""
    say = voice.say
    amounts = {"population": report.population, "drawn": report.drawn}
    if report.census and report.reviewed >= report.drawn:
        return [
            say.plural(
                "Centret har én sag i registret, og den er gennemgået; tallene er en optælling, ikke et skøn.",
                "Centret har {count} sager i registret, og alle er med. Alle sager er gennemgået; tallene er en "
                "optælling, ikke et skøn.",
                report.population,
            )
        ]
    if report.census:
        return [
            say.plural(
                "Centret har én sag i registret, og den er udtrukket.",
                "Centret har {count} sager i registret, og alle er udtrukket.",
                report.population,
            )
        ]
    return [
        say.text(
            "Centret har {population} sager i registret. {drawn} af dem er udtrukket tilfældigt; ingen har valgt dem.",
            **amounts,
        )
    ]


def draw_line(draw: DrawLine, voice: Voice) -> Markup:
    """Return one draw: when, with which seed, and why it was made."""
    told = voice.say.text(
        "Udtræk {number} af {of}: {moment} med frøet {seed}, {origin}.",
        number=draw.number,
        of=draw.of,
        moment=draw.drawn_at,
        seed=Markup.strong(draw.seed),
        origin=known(SEED_ORIGINS, draw.seed_how, voice.words),
    )
    if not draw.reason:
        return told
    reason = voice.say.text("Grund til udtrækket: {reason}.", reason=draw.reason)
    return Markup(f"{told} {reason}")


def reviewing(report: CentreReport, voice: Voice) -> list[str]:
    """Return how many cases were read, by how many people, and what became of the others."""
    say, method = voice.say, report.method
    parts: list[str] = [
        say.plural(
            "Udtrukne sager: {drawn}. Gennemgået: {reviewed}, af {count} person.",
            "Udtrukne sager: {drawn}. Gennemgået: {reviewed}, af {count} personer.",
            method.reviewers,
            reviewed=report.reviewed,
            drawn=report.drawn,
        )
    ]
    if method.read_twice and method.pairs:
        parts.append(
            say.plural(
                "I hele runden er {count} sag læst af to hver for sig; de svarede ens på {alike} af {pairs} punkter "
                "({percent}), og på resten er ét svar aftalt.",
                "I hele runden er {count} sager læst af to hver for sig; de svarede ens på {alike} af {pairs} punkter "
                "({percent}), og på resten er ét svar aftalt.",
                method.read_twice,
                alike=method.alike,
                pairs=method.pairs,
                percent=voice.words.percent(method.alike / method.pairs),
            )
        )
    if method.replaced:
        parts.append(
            say.plural(
                "{count} udtrukket sag var ikke en afgørelse og er erstattet af den næste i rækken.",
                "{count} udtrukne sager var ikke afgørelser og er erstattet af de næste i rækken.",
                method.replaced,
            )
        )
    else:
        parts.append(say.text("Ingen udtrukket sag er erstattet af en anden."))
    if method.not_found:
        parts.append(
            say.plural(
                "{count} sag kunne ikke findes eller åbnes. Den er ikke erstattet, men tæller som »kan ikke "
                "vurderes«.",
                "{count} sager kunne ikke findes eller åbnes. De er ikke erstattet, men tæller som »kan ikke "
                "vurderes«.",
                method.not_found,
            )
        )
    else:
        parts.append(say.text("Alle udtrukne sager kunne findes."))
    return [
        Markup.joined(" ", parts),
        *sets_of_items((one.used for one in report.checklists), voice),
        *agreement(method, voice),
        *hours(method, voice),
    ]


def agreement(method: Method, voice: Voice) -> list[Markup]:
    """Return how far two who read the same cases answered alike, form by form, and what the numbers mean."""
    if not method.agreement and method.read_twice:
        return []
    if not method.agreement:
        return [voice.say.text("Ingen sager er læst af to, så det er ikke målt, hvor ens der bliver svaret.")]
    meaning = voice.say.text(
        "AC1 (det midterste af punkternes) og Krippendorffs alfa trækker det fra, som to ville svare ens ved et "
        "tilfælde: 1 er helt ens, 0 er som ved et tilfælde. Tallene gælder hele runden og siger, hvor ens punkterne "
        "bliver læst. De siger ikke noget om en person."
    )
    return [*(_agreement_line(line, voice) for line in method.agreement), meaning]


def _agreement_line(line: AgreementLine, voice: Voice) -> Markup:
    words = voice.words
    return voice.say.plural(
        "{title}: {alike} af {pairs} svar er ens i {count} sag, som to har læst ({percent}). AC1: {ac1}. Alfa: "
        "{alpha}.",
        "{title}: {alike} af {pairs} svar er ens i {count} sager, som to har læst ({percent}). AC1: {ac1}. Alfa: "
        "{alpha}.",
        line.cases,
        title=line.title,
        alike=line.alike,
        pairs=line.pairs,
        percent=words.percent(line.alike / line.pairs),
        ac1=_coefficient(line.ac1, words),
        alpha=_coefficient(line.alpha, words),
    )


def _coefficient(value: float | None, words: Wording) -> str:
    # Without the sum a small negative number would print as -0.
    return words.text("kan ikke beregnes") if value is None else words.number(round(value, 2) + 0.0, 2)


def hours(method: Method, voice: Voice) -> list[Markup]:
    """Return what the whole round took against its plan, where that tells of nobody."""
    if not method.hours_planned:
        return []
    planned = voice.say.plural(
        "Hele runden var planlagt til {count} time.",
        "Hele runden var planlagt til {count} timer.",
        method.hours_planned,
    )
    if method.hours is None:
        used = voice.say.text(
            "Den brugte tid vises kun, når mindst tre har målt tid, og ingen har mere end halvdelen; ellers kunne "
            "tallet røbe, hvor hurtigt en person arbejder."
        )
    else:
        used = voice.say.plural(
            "Den tog {count} time. Tid vises aldrig for en person eller et center.",
            "Den tog {count} timer. Tid vises aldrig for en person eller et center.",
            method.hours,
        )
    return [Markup.joined(" ", [planned, used])]


def sureness(report: CentreReport, voice: Voice) -> list[str]:
    """Return what the limits of a share mean."""
    say = voice.say
    relevant = say.text(
        "Relevante sager er de sager, hvor punktet gælder og kunne vurderes. En andel regnes altid af dem; »ikke "
        "relevant« og »kan ikke vurderes« tælles for sig."
    )
    if report.census:
        return [
            relevant,
            say.text("Alle centrets sager er udtrukket. Derfor har tallene ingen statistisk usikkerhed."),
        ]
    interval = say.text(
        "Sikkerhedsintervallet rummer hvert antal i centrets sager, som stikprøven passer med: Var det sande antal "
        "uden for intervallet, ville en så skæv stikprøve være sjælden. Metoden rammer ved siden af i højst {miss} af "
        "målingerne. Den er eksakt (den hypergeometriske fordeling) og tager hensyn til, hvor mange sager centret har.",
        miss=voice.words.percent(1 - report.method.level),
    )
    few = say.text(
        "Under {limit} relevante sager viser rapporten kun antal. En forskel på få sager kan være tilfældig.",
        limit=report.method.small_number_limit,
    )
    return [relevant, interval, few]


def limits(report: CentreReport, voice: Voice) -> list[str]:
    """Return what the numbers do not tell."""
    return [
        voice.say.text(
            "Tallene gælder {centre} og kun afgørelser i perioden. De siger ikke, hvorfor noget mangler, og ikke, om "
            "borgeren har fået for meget eller for lidt. De kan ikke bruges til at sammenligne centre eller "
            "medarbejdere: Sagerne er forskellige, og stikprøverne er små.",
            centre=report.centre,
        )
    ]


def register_sentences(method: Method, voice: Voice) -> list[Markup]:
    """Return where the cases come from, and that something or nothing was left out."""
    say = voice.say
    source = say.plural(
        "Sagerne er taget fra registret {source}, der har {count} række.",
        "Sagerne er taget fra registret {source}, der har {count} rækker.",
        method.source_rows,
        source=method.source,
    )
    if not method.exclusions:
        return [source, say.text("Ingen rækker er udeladt.")]
    return [source, say.text("Udeladt efter regler, der lå fast før udtrækningen:")]


def draw_sentences(method: Method, voice: Voice) -> list[Markup]:
    """Return when the list was fixed, every draw, and how anyone repeats it with ``COMMAND``."""
    frozen = voice.say.text(
        "Listen over sager lå fast {moment}, før frøet fandtes. Fingeraftrykket, der blev udleveret da, står {place}.",
        moment=method.committed_at,
        place=voice.where("checksums"),
    )
    repeat = voice.say.text(
        "Hver sag får et lodnummer af frøet og sagsnummeret; de sager, der har de mindste lodnumre, er stikprøven. "
        "Alle kan regne lodnummeret for en sag ud med denne linje:"
    )
    return [frozen, *(draw_line(draw, voice) for draw in method.draws), repeat]


def command(voice: Voice) -> Markup:
    """Return the line that computes the ticket of a case."""
    return voice.say.text("printf '%s' 'FRØ:SAGSNUMMER' | sha256sum")


def checksum_rows(method: Method, checklists: Sequence[str], voice: Voice) -> list[list[str]]:
    """Return all that identifies the measurement, by what it is."""
    words = voice.words
    rows = [
        [words.text("Register"), method.source],
        [words.text("Fingeraftryk (SHA-256)"), method.fingerprint],
        [words.text("Fastlagt"), words.moment(method.committed_at)],
    ]
    for draw in method.draws:
        named = {"number": draw.number, "of": draw.of}
        rows += [
            [words.text("Frø, udtræk {number} af {of}", **named), draw.seed],
            [words.text("Certifikat, udtræk {number} af {of} (SHA-256)", **named), draw.digest],
        ]
    rows += [[words.text("Tjekliste"), checklist] for checklist in checklists]
    rows.append([words.text("Program"), f"LIRK {method.program_version}"])
    return [[sentence(what), value] for what, value in rows]
