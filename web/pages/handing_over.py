"""What rounds/hand_over.html and hand_over_preview.html show."""

from dataclasses import dataclass

from lirk.domain.planning import Step
from lirk.services.handing_over import Giver, HandOver, HandOverPage
from lirk.wording import Wording
from web.forms import FieldError, Form
from web.pages.assignment import ShareRow, barred_texts, numbers_text
from web.pages.round_steps import StepLink, steps_for
from web.pages.rounds import address


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverWish:
    """What the coordinator chose: whose cases, to whom, and whether only those that were taken over."""

    giver: str = ""
    takers: tuple[str, ...] = ()
    only_taken: bool = False

    @classmethod
    def typed(cls, form: Form) -> "HandOverWish":
        """Return what a form says."""
        return cls(giver=form.value("giver"), takers=form.texts("taker"), only_taken=form.flag("only_taken"))

    def problems(self, words: Wording) -> tuple[FieldError, ...]:
        """Return what is missing."""
        found = []
        if not self.giver:
            found.append(FieldError("giver", words.text("Vælg, hvis sager der skal gives videre.")))
        if not set(self.takers) - {self.giver}:
            found.append(FieldError("taker", words.text("Vælg mindst én, der skal have sagerne.")))
        return tuple(found)

    def fields(self) -> tuple[tuple[str, str], ...]:
        """Return the choices as the hidden fields of the page that asks for the last word."""
        return (
            ("giver", self.giver),
            *(("taker", one) for one in self.takers),
            *((("only_taken", "yes"),) if self.only_taken else ()),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverForm:
    """rounds/hand_over.html."""

    title: str
    at: str
    steps: list[StepLink]
    givers: tuple[tuple[str, str], ...]
    giver: str
    takers: tuple[tuple[str, str, str], ...]
    chosen: tuple[str, ...]
    any_taken: bool
    only_taken: bool

    @classmethod
    def of(cls, value: HandOverPage, wish: HandOverWish, words: Wording) -> "HandOverForm":
        """Return the page with what was chosen."""
        return cls(
            title=value.round.title,
            at=address(value.round),
            steps=steps_for(value.round, words, Step.FOLLOW),
            givers=(
                ("", words.text("Vælg en person")),
                *((one.username, _giver(one, words)) for one in value.givers),
            ),
            giver=wish.giver,
            takers=tuple(
                (
                    username,
                    name,
                    words.plural("Har {count} sag i runden", "Har {count} sager i runden", cases),
                )
                for username, name, cases in value.takers
            ),
            chosen=wish.takers,
            any_taken=any(one.taken_over for one in value.givers),
            only_taken=wish.only_taken,
        )


def _giver(one: Giver, words: Wording) -> str:
    said = words.plural(
        "{name}: {count} sag er ikke afsluttet",
        "{name}: {count} sager er ikke afsluttet",
        one.cases,
        name=one.name,
    )
    if one.taken_over:
        said += words.text(", heraf {count} overtaget", count=one.taken_over)
    return said


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverPreview:
    """rounds/hand_over_preview.html: what would go to whom, and the last question."""

    title: str
    at: str
    steps: list[StepLink]
    giver: str
    moving: int
    rows: tuple[ShareRow, ...]
    longest: int
    barred: tuple[str, ...]
    stay: tuple[str, ...]
    reported: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    shown: str

    @classmethod
    def of(cls, value: HandOver, wish: HandOverWish, words: Wording) -> "HandOverPreview":
        """Return the page."""
        return cls(
            title=value.round.title,
            at=address(value.round),
            steps=steps_for(value.round, words, Step.FOLLOW),
            giver=value.giver.name,
            moving=len(value.given) + len(value.seconds),
            rows=tuple(ShareRow.of(one, words) for one in value.shares),
            longest=max(one.minutes for one in value.shares),
            barred=barred_texts(value.barred, words),
            stay=numbers_text(value.stay),
            reported=numbers_text(value.reported),
            fields=wish.fields(),
            shown=value.digest,
        )
