"""reconciliations/agreement.html: how far two who read the same cases answered alike."""

from dataclasses import dataclass

from lirk.domain.agreement import FormAgreement, ItemAgreement
from lirk.services import agreement
from lirk.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """One checklist."""

    id: str
    title: str
    said: str
    alpha: str
    rows: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementPage:
    """How far two answered alike; ``waiting`` says why nothing is shown yet."""

    round_title: str
    at: str
    waiting: str
    forms: tuple[FormView, ...]

    @classmethod
    def of(cls, value: agreement.AgreementPage, words: Wording) -> "AgreementPage":
        """Return the page for what the coordinator may see."""
        return cls(
            round_title=value.round.title,
            at=f"/rounds/{value.round.key}",
            waiting="" if value.forms else _waiting(value, words),
            forms=tuple(_form(one, words) for one in value.forms),
        )


def _waiting(value: agreement.AgreementPage, words: Wording) -> str:
    if not value.pairs:
        return words.text("Ingen sager i runden læses af to.")
    return words.plural(
        "{done} af {count} sag med to gennemgange er færdig hos begge.",
        "{done} af {count} sager med to gennemgange er færdige hos begge.",
        value.pairs,
        done=value.read,
    )


def _form(one: FormAgreement, words: Wording) -> FormView:
    said = words.plural(
        "{alike} af {pairs} svar er ens i {count} sag, som to har læst: {percent}.",
        "{alike} af {pairs} svar er ens i {count} sager, som to har læst: {percent}.",
        one.cases,
        alike=one.alike,
        pairs=one.pairs,
        percent=share(one.percent, words),
    )
    return FormView(
        id=one.checklist.id,
        title=one.checklist.title.in_(words.language),
        said=said,
        alpha=words.text("Krippendorffs alfa: {value}.", value=coefficient(one.alpha, words)),
        rows=tuple(_row(item, words) for item in one.items),
    )


def _row(one: ItemAgreement, words: Wording) -> tuple[str, str, str, str]:
    return (
        f"{one.number} {one.item.question.in_(words.language)}",
        words.text("{alike} af {pairs}", alike=one.alike, pairs=one.pairs),
        share(one.percent, words),
        coefficient(one.ac1, words),
    )


def share(value: float | None, words: Wording) -> str:
    """Return a share of 0 to 1 in percent, or that there is none."""
    return words.percent(value) if value is not None else words.text("kan ikke beregnes")


def coefficient(value: float | None, words: Wording) -> str:
    """Return a coefficient with two decimals, or that it is not defined."""
    if value is None:
        return words.text("kan ikke beregnes")
    return words.number(round(value, 2) + 0.0, decimals=2)
