"""How far the readers of a round's cases answered alike, for the coordinator."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from lirk.domain.access import Action, require
from lirk.domain.agreement import FormAgreement, agreement
from lirk.domain.double_readings import ReadTwice
from lirk.domain.people import Person
from lirk.domain.reconciliation import counted_answers
from lirk.domain.reports import AgreementLine
from lirk.domain.rounds import Round
from lirk.services.pinned import asked_in
from lirk.services.read_twice import BothReadings, both_readings
from lirk.services.second_readings import ended_seconds
from lirk.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementPage:
    """How far two answered alike, checklist by checklist.

    Nothing is told before every reading of the round is finished: ``forms`` is empty then. ``read`` of the
    ``pairs``, which are cases, are. A case whose second reading ended without answers is no pair.
    """

    round: Round
    pairs: int
    read: int
    forms: tuple[FormAgreement, ...]


def agreement_page(store: Store, actor: Person, key: str) -> AgreementPage:
    """Return how far the two readers of a round's cases answered alike; never of a person.

    Raises
    ------
    RoundUnknown
        If there is no such round.
    NotAllowed
        If the person does not follow rounds.
    """
    require(actor, Action.SEE_ROUND)
    round_ = store.rounds.by_key(key)
    ended = ended_seconds(store, round_)
    twice = [
        one
        for one in store.reconciliations.read_twice(round_.id)
        if one.counts and (one.both_finished or one.case_pk not in ended)
    ]
    finished = all(one.both_finished for one in twice)
    return AgreementPage(
        round=round_,
        pairs=len({one.case_pk for one in twice}),
        read=len({one.case_pk for one in twice if one.both_finished}),
        forms=agreement_of(store, round_) if twice and finished else (),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class InTwoReadings:
    """How many cases of a round two have read, and how many of the answers that both gave are the same.

    ``forms`` says it of each checklist.
    """

    cases: int
    pairs: int
    alike: int
    forms: tuple[FormAgreement, ...] = ()

    def lines(self, language: str) -> tuple[AgreementLine, ...]:
        """Return it as a report prints it, with texts in a language."""
        return tuple(_line(form, language) for form in self.forms if form.pairs)


def in_two_readings(store: Store, round_: Round, twice: Sequence[ReadTwice]) -> InTwoReadings:
    """Return how far the two readers of a round's cases answered alike, all checklists taken together."""
    both = both_readings(store, round_, twice=twice)
    forms = _forms(store, round_, both) if both else ()
    return InTwoReadings(
        cases=len({one.first.case_id for one in both}),
        pairs=sum(form.pairs for form in forms),
        alike=sum(form.alike for form in forms),
        forms=forms,
    )


def _line(form: FormAgreement, language: str) -> AgreementLine:
    known = [item.ac1 for item in form.items if item.ac1 is not None]
    return AgreementLine(
        checklist_id=form.checklist.id,
        title=form.checklist.title.in_(language),
        cases=form.cases,
        pairs=form.pairs,
        alike=form.alike,
        ac1=median(known) if known else None,
        alpha=form.alpha,
    )


def agreement_of(store: Store, round_: Round) -> tuple[FormAgreement, ...]:
    """Return how far two answered alike, for each checklist that any case was read twice with."""
    return _forms(store, round_, both_readings(store, round_))


def _forms(store: Store, round_: Round, both: Sequence[BothReadings]) -> tuple[FormAgreement, ...]:
    forms = []
    for asked in asked_in(store, round_):
        pairs = [_pair(one) for one in both if one.checklist.id == asked.checklist.id]
        if pairs:
            forms.append(agreement(asked.checklist, pairs))
    return tuple(forms)


def _pair(one: BothReadings) -> tuple[dict[str, str], dict[str, str]]:
    """Return what the two answered before they saw each other's: afterwards nobody answers on their own."""
    first, second = (
        {id_: answer.value for id_, answer in counted_answers(one.checklist, one.facts, each).items()}
        for each in one.originals
    )
    return first, second
