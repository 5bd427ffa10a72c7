"""reports/publish.html, publish_run.html and _in_force.html: publishing reports, and what was published."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from lirk.domain.report_stages import ReportNotSent, ReportPublished, ReportState
from lirk.errors import LirkError
from lirk.services.earlier_versions import EarlierVersion
from lirk.services.publishing import (
    Attempt,
    EditionChanged,
    InForce,
    LeaderNotAsked,
    LeaderNotHeard,
    NobodyToHear,
)
from lirk.services.report_stages import CentreStage, RoundStages
from lirk.wording import Wording
from lirk.wording.report_stage_lines import ReadBy
from web.forms import Form
from web.pages.report_stages import line_of

#: A centre, how it stands with its report, and where that is told.
Row = tuple[str, str, str]
#: Who reads these pages.
COORDINATOR = ReadBy(publishes=True)
#: What keeps one report of several from being published; each names its centre and nothing else.
REFUSALS: Mapping[str, type[LirkError]] = {
    kind.code: kind
    for kind in (
        EditionChanged,
        LeaderNotAsked,
        LeaderNotHeard,
        NobodyToHear,
        ReportNotSent,
        ReportPublished,
    )
}


@dataclass(frozen=True, slots=True)
class Empty:
    """What is said where no report can be published: who acts next, and where."""

    heading: str
    text: str
    action_text: str
    action_href: str


@dataclass(frozen=True, slots=True)
class Unheard:
    """Why nobody was heard, or not to the end, and in which centres."""

    heading: str
    centres: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishPage:
    """reports/publish.html: for one centre, or for all of a round; ``left`` stay drafts, with the reason.

    ``unheard`` says where nobody was heard, by the reason, and ``tick`` what is confirmed then. ``unchanged`` says of
    one report at which items an objection was found to be right and no answer was corrected; empty where there are
    none. ``ticked`` are the fields that were confirmed before something else was refused.
    """

    title: str
    round_title: str
    at: str
    back: str
    action: str
    ready: tuple[str, ...]
    unheard: tuple[Unheard, ...]
    tick: str
    unchanged: str
    left: tuple[Row, ...]
    empty: Empty | None
    ticked: frozenset[str]

    @classmethod
    def of(
        cls,
        value: RoundStages,
        words: Wording,
        *,
        one: bool,
        today: date,
        ticked: frozenset[str] = frozenset(),
    ) -> "PublishPage":
        """Return the page as it is on a day."""
        at = f"/rounds/{value.round.key}"
        back = f"{at}/reports/{value.centres[0].address}" if one else f"{at}#reports"
        ready = [
            centre
            for centre in value.centres
            if (centre.may_be_published if one else centre.may_be_published_with_others)
        ]
        left = [centre for centre in value.centres if centre not in ready and (one or centre.stage.is_draft)]
        return cls(
            title=words.text("Udgiv rapporten") if one else words.text("Udgiv rapporterne"),
            round_title=value.round.title,
            at=at,
            back=back,
            action=f"{back}/publish" if one else f"{at}/publish-reports",
            ready=tuple(
                words.text(
                    "{centre}, version {version}", centre=centre.centre, version=str(centre.stage.version)
                )
                for centre in ready
            ),
            unheard=tuple(_unheard(ready, words)),
            tick=_tick(ready, words),
            unchanged=_unchanged(ready[0], words) if one and ready else "",
            left=tuple(
                (centre.centre, _why(centre, words, today), f"{at}/reports/{centre.address}#replies")
                for centre in left
            ),
            empty=None if one or ready else _empty(value, at, words),
            ticked=ticked,
        )


def _unheard(ready: Sequence[CentreStage], words: Wording) -> Iterator[Unheard]:
    """Yield what is to be confirmed before reports are published whose leader was not heard to the end."""
    unheard = [one for one in ready if one.unheard]
    if told := [_time_left(one, words) for one in unheard if one.led and one.sent]:
        yield Unheard(words.text("Lederen kan stadig svare på denne version"), tuple(told))
    if told := [one.centre for one in unheard if one.led and not one.sent]:
        yield Unheard(words.text("Lederen har ikke fået denne version som udkast"), tuple(told))
    if told := [one.centre for one in unheard if not one.led]:
        yield Unheard(words.text("Centret har ingen leder i LIRK, der kan svare"), tuple(told))


def _time_left(one: CentreStage, words: Wording) -> str:
    named = {"centre": one.centre, "day": one.stage.reply_by}
    if one.replied:
        return words.text(
            "{centre}: Lederen har skrevet, men har ikke sagt, at det er alt. Fristen er {day}.", **named
        )
    return words.text("{centre}: Lederen har ikke skrevet noget endnu. Fristen er {day}.", **named)


def _tick(ready: Sequence[CentreStage], words: Wording) -> str:
    led = [one for one in ready if one.unheard and one.led]
    if any(one.sent for one in led):
        return words.text("Udgiv nu uden at vente på lederen")
    if led:
        return words.text("Udgiv alligevel uden lederens svar")
    return words.text("Udgiv alligevel, selv om ingen kan svare")


def _why(one: CentreStage, words: Wording, today: date) -> str:
    if one.objects:
        return words.text("Lederen er uenig i et fund, og der er ikke svaret.")
    if one.ungranted:
        return words.text(
            "Svar på punkt {items} er ændret efter en indsigelse, der ikke er taget til følge. Svar lederen igen, "
            "eller tag ændringen tilbage.",
            items=words.listing(one.ungranted),
        )
    if one.unchanged:
        return words.text("{said} Udgiv rapporten for sig selv.", said=_unchanged(one, words))
    return line_of(one, COORDINATOR, words, today)


def _unchanged(one: CentreStage, words: Wording) -> str:
    """Return that an objection came to nothing; empty where none did."""
    wholly = [number for number in one.unchanged if number not in one.partly]
    told = []
    if wholly:
        told.append(
            words.text(
                "Indsigelsen mod punkt {items} er taget til følge, men intet svar er ændret.",
                items=words.listing(wholly),
            )
        )
    if one.partly:
        told.append(
            words.text(
                "Indsigelsen mod punkt {items} er delvist taget til følge, men intet svar er ændret.",
                items=words.listing(one.partly),
            )
        )
    return " ".join(told)


def _empty(value: RoundStages, at: str, words: Wording) -> Empty:
    round_ = words.text("Til runden"), f"{at}#reports"
    if not any(one.stage.is_draft for one in value.centres):
        return Empty(
            words.text("Alle rapporter er udgivet"),
            words.text(
                "Lederne finder dem under »Rapporter« og gennemgår dem i afsnittet. Skal en rapport rettes, åbner du "
                "den igen på dens side."
            ),
            *round_,
        )
    heading = words.text("Ingen rapport kan udgives nu")
    if value.unsent:
        send = words.text("Send udkastene til lederne"), f"{at}/send-reports"
        return Empty(heading, words.text("Næste skridt er dit: Lederne skal have udkastene først."), *send)
    if any(one.objects for one in value.in_state(ReportState.WITH_LEADER)):
        return Empty(heading, words.text("Næste skridt er dit: Svar de ledere, der er uenige."), *round_)
    if any(one.ungranted or one.unchanged for one in value.in_state(ReportState.WITH_LEADER)):
        return Empty(heading, words.text("Næste skridt er dit: Gør det, der står ved hvert center."), *round_)
    text = words.text("Næste skridt er dit: En rapport, der rettes, udgiver du for sig selv på dens side.")
    return Empty(heading, text, *round_)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Several reports that are published one after the other, over several requests.

    ``chosen`` are the addresses of their centres; ``refused`` says by address why one stayed what it was, as a code.
    Which of them are published, the store knows: the same request again does no harm.
    """

    chosen: tuple[str, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)
    without_reply: bool = False

    @classmethod
    def of(cls, form: Form) -> "Run":
        """Return the run as the page before has told it; without any report where it begins."""
        told = (word.partition("=") for word in form.value("refused").split())
        return cls(
            chosen=tuple(form.value("reports").split()),
            refused={address: code for address, _, code in told},
            without_reply=form.flag("without_reply"),
        )

    def of_it(self, value: RoundStages) -> tuple[CentreStage, ...]:
        """Return its reports as they stand, by the alphabet."""
        return tuple(one for one in value.centres if one.address in self.chosen)

    def waiting(self, value: RoundStages) -> tuple[CentreStage, ...]:
        """Return those whose turn has not come."""
        return tuple(
            one for one in self.of_it(value) if one.stage.is_draft and one.address not in self.refused
        )

    def after(self, attempts: Mapping[str, Attempt]) -> "Run":
        """Return the run after some of its reports had their turn, by address."""
        refused = {address: one.refused.code for address, one in attempts.items() if one.refused}
        return Run(chosen=self.chosen, refused={**self.refused, **refused}, without_reply=self.without_reply)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPage:
    """reports/publish_run.html: how far a run is, and at its end what came of each report.

    ``chosen`` and ``refused`` are the fields that the next request is told the run by.
    """

    title: str
    round_title: str
    at: str
    action: str
    done: int
    total: int
    going: bool
    published: tuple[Row, ...]
    left: tuple[Row, ...]
    chosen: str
    refused: str
    without_reply: bool

    @classmethod
    def of(cls, run: Run, value: RoundStages, words: Wording, *, today: date) -> "RunPage":
        """Return the page as it is on a day."""
        at, reports, waiting = f"/rounds/{value.round.key}", run.of_it(value), run.waiting(value)
        left = [one for one in reports if one.stage.is_draft and one not in waiting]
        return cls(
            title=_run_title(len(reports) - len(waiting), len(reports), words),
            round_title=value.round.title,
            at=at,
            action=f"{at}/publish-reports",
            done=len(reports) - len(waiting),
            total=len(reports),
            going=bool(waiting),
            published=tuple(
                (one.centre, line_of(one, COORDINATOR, words, today), f"{at}/reports/{one.address}")
                for one in reports
                if not one.stage.is_draft
            ),
            left=tuple(
                (one.centre, _refusal(one, run, words, today), f"{at}/reports/{one.address}") for one in left
            ),
            chosen=" ".join(run.chosen),
            refused=" ".join(f"{address}={code}" for address, code in run.refused.items()),
            without_reply=run.without_reply,
        )


def _run_title(done: int, total: int, words: Wording) -> str:
    if done == total:
        return words.text("Udgivelsen er færdig")
    return words.text("Rapporterne bliver udgivet: {done} af {total}", done=done, total=total)


def _refusal(one: CentreStage, run: Run, words: Wording, today: date) -> str:
    kind = REFUSALS.get(run.refused.get(one.address, ""))
    if one.objects or kind is None:
        return _why(one, words, today)
    return words.sentence(kind(centre=one.centre))


@dataclass(frozen=True, slots=True, kw_only=True)
class InForcePart:
    """reports/_in_force.html: the checksums of what was published by file, and whether the page is made from it."""

    note: str
    summary: str
    rows: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, found: InForce | None, key: str, slug: str, words: Wording) -> "InForcePart | None":
        """Return the part for the report of a round at an address, or None where nothing is published."""
        if found is None:
            return None
        name = f"{key}-{slug}-{found.version}" if found.replaced_soon else f"{key}-{slug}"
        return cls(
            note=_computed_anew(words) if found.computed_anew else "",
            summary=_summary(found, words),
            rows=tuple((f"{name}.{kind}", digest) for kind, digest in found.sums.items()),
        )


def _summary(found: InForce, words: Wording) -> str:
    if found.replaced_soon:
        return words.text(
            "Kontrolsummer for filerne til version {version}, som gælder nu", version=str(found.version)
        )
    return words.text("Filernes kontrolsummer, version {version}", version=str(found.version))


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierPart:
    """reports/_in_force.html: a version that was replaced, with its files as name, address and checksum."""

    heading: str
    replaced: str
    id: str
    files: tuple[Row, ...]

    @classmethod
    def of(cls, found: EarlierVersion, key: str, slug: str, words: Wording) -> "EarlierPart":
        """Return the part for an earlier version of the report of a round at an address."""
        version = str(found.version)
        name, at = f"{key}-{slug}-{version}", f"/rounds/{key}/reports/{slug}/versions/{version}"
        return cls(
            heading=words.text("Version {version}, udgivet {day}", version=version, day=found.published_on)
            if found.published_on
            else words.text("Version {version}", version=version),
            replaced=_replaced(found, words),
            id=f"version-{version}",
            files=tuple((f"{name}.{kind}", f"{at}/{kind}", digest) for kind, digest in found.sums.items()),
        )


def _replaced(found: EarlierVersion, words: Wording) -> str:
    by = str(found.version + 1)
    if not found.reason:
        return words.text("Erstattet af version {version}.", version=by)
    return words.text("Erstattet af version {version}. Grund: {reason}", version=by, reason=found.reason)


def _computed_anew(words: Wording) -> str:
    return words.text(
        "Rapporten er udgivet med en anden udgave af LIRK, så siden her er regnet ud på ny i dag. Er der forskel på "
        "siden og filerne, gælder filerne."
    )
