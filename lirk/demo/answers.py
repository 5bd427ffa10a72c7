"""Made-up answers for the demonstration: nobody has read the cases, and every note says so.

The levels are invented: registration and the reference to the legal rule are mostly in order, hearing, main
considerations and the duty to take notes less often, the duty to inform and the deletion period least.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from random import Random

from checklists.conditions import applies
from checklists.model import Checklist, Fact, Item, ScaleAnswer
from checklists.score import score
from lirk.demo.chance import happens, pick, whole
from lirk.domain.review_sheets import known_facts
from lirk.domain.reviews import Answer

#: Decides how centres differ; any other number would do.
SEED = 20261122

#: The reviewer's own judgement of the whole, given last.
OVERALL = "overall-lawful"

#: The share of yes where the item says something of its own; else by its severity.
LEVELS = {
    "journalisation-duty": 0.88,
    "documents-registered": 0.9,
    "parties-registered": 0.92,
    "kle-number-correct": 0.9,
    "reasons-legal-rules": 0.86,
    "hearing-done": 0.62,
    "hearing-adequate": 0.66,
    "note-duty-facts": 0.6,
    "reasons-main-considerations": 0.58,
    "reasons-facts": 0.72,
    "complaint-guidance-complete": 0.76,
    "case-title-safe": 0.74,
    "registered-promptly": 0.7,
    "information-duty-subject": 0.42,
    "retention-set": 0.45,
}
LEVELS_BY_SEVERITY = {"critical": 0.97, "serious": 0.88, "minor": 0.8}

#: How what is not yes divides, by the meaning of the answer.
FAULTS = {"partial": 0.52, "negative": 0.38, "cannot_assess": 0.1}
#: How often an item that is asked is not applicable after all.
NOT_APPLICABLE, NOT_APPLICABLE_CRITICAL = 0.1, 0.03
#: A centre's level is moved by at most this, and in each theme by at most as much again.
VARIATION = 0.07

Weights = Sequence[tuple[str, float]]

LAW_AREAS: dict[str, Weights] = {
    "Center for Sundhed & Omsorg": (("social", 0.95), ("health", 0.05)),
    "Center for Arbejdsmarked": (("employment", 1),),
    "Center for Socialområdet": (("social", 1),),
    "Center for Børn & Familie": (("children", 1),),
    "Center for Teknik & Miljø": (
        ("building", 0.42),
        ("planning", 0.2),
        ("environment", 0.12),
        ("roads", 0.26),
    ),
    "Center for Borgerservice": (("day-care", 0.55), ("employment", 0.15), ("civil-registration", 0.3)),
    "Center for Børn & Læring": (("schools", 1),),
    "Center for Kultur & Fritid": (("other", 1),),
    "Center for Politik & Personale": (("staff", 0.1), ("other", 0.9)),
}
#: For the centres of any other register: the one that ships as an example holds planning decisions.
LAW_AREA_ELSEWHERE: Weights = (("planning", 0.9), ("building", 0.1))

COMPLAINT_BODIES: dict[str, Weights] = {
    "planning": (("naevnenes-hus", 1),),
    "building": (("naevnenes-hus", 1),),
    "environment": (("naevnenes-hus", 1),),
    "roads": (("other", 1),),
    "civil-registration": (("other", 1),),
    "schools": (("none", 0.9), ("ankestyrelsen", 0.1)),
    "staff": (("none", 1),),
    "other": (("none", 0.6), ("other", 0.4)),
}
FACTS: dict[str, Weights] = {
    "outcome": (("full-grant", 0.89), ("partial-grant", 0.04), ("refusal", 0.05), ("reduction", 0.02)),
    "discretion": (("yes", 0.75), ("no", 0.25)),
    "form": (("written", 0.95), ("oral", 0.03), ("oral-reasons-requested", 0.02)),
    "adverse_unknown_facts": (("yes", 0.5), ("no", 0.5)),
    "complaint_body": (("ankestyrelsen", 0.95), ("none", 0.05)),
    "sensitive_data": (("yes", 0.6), ("no", 0.4)),
}

NOTES_BY_MEANING = {
    "partial": (
        "Kun en del af kravet kan ses på sagen.",
        "Det er gjort, men ikke skrevet ordentligt ned.",
        "Det meste er på plads; et enkelt forhold mangler.",
    ),
    "negative": (
        "Der er intet på sagen om dette.",
        "Det fremgår ikke, at det er gjort.",
        "Kravet blev overset i forløbet.",
    ),
    "not_applicable": (
        "Sagens forløb gav ikke anledning til det.",
        "En undtagelse gælder og er noteret.",
    ),
    "cannot_assess": (
        "Dokumenterne på sagen rækker ikke til en vurdering.",
        "Et bilag, som der henvises til, ligger ikke på sagen.",
    ),
}
NOTES = {
    ("hearing-done", "negative"): ("Afslaget bygger på en udtalelse, som parten ikke har set.",),
    ("hearing-done", "partial"): ("Parten blev hørt over udtalelsen, men ikke over det seneste bilag.",),
    ("hearing-adequate", "partial"): ("Fristen var kun tre dage.",),
    ("note-duty-facts", "negative"): ("Afgørelsen nævner en samtale, som der intet notat er om.",),
    ("note-duty-facts", "partial"): ("Notatet er skrevet 16 dage efter besøget.",),
    ("reasons-main-considerations", "negative"): ("Brevet gengiver kun lovteksten.",),
    ("reasons-main-considerations", "partial"): ("Ét af to hovedhensyn er nævnt.",),
    ("information-duty-subject", "negative"): ("Parten har ikke fået besked om, hvordan data bruges.",),
    ("information-duty-subject", "partial"): ("Teksten er sendt, men uden opbevaringsperiode.",),
    ("retention-set", "negative"): ("Feltet for sletning er tomt.",),
    ("retention-set", "partial"): ("Der er sat en frist, men den svarer ikke til sagstypen.",),
}


def made_up_answers(
    checklist: Checklist, facts: Mapping[str, str], centre: str, number: int, chance: Random
) -> dict[str, Answer]:
    """Return a finished review that nobody made: all facts and items that apply, in the checklist's order.

    A stop ends it early, and no answers contradict each other.

    Parameters
    ----------
    facts
        What the register knows of the case, by fact id. What the checklist takes from the register is not
        answered again: score with ``{**answers, **known_facts(checklist, facts)}``.
    centre, number
        The case's centre, which moves the levels a little, and its running number, which the journal
        references hold.
    chance
        A fresh one for each case makes the answers independent of the order of cases.
    """
    asked = (*(fact.id for fact in checklist.facts), *(item.id for item in checklist.items))
    # One for each question, so that an answer does not depend on which others were asked before it.
    chances = {question_id: _offspring(chance) for question_id in asked}
    codes: dict[str, str] = {**known_facts(checklist, facts)}
    known = frozenset(codes)
    answers: dict[str, Answer] = {}
    # Sorting keeps the order else: nothing in a checklist depends on the judgement of the whole.
    for question_id in sorted(checklist.evaluation_order, key=OVERALL.__eq__):
        hidden = not all(applies(condition, codes) for condition in checklist.conditions[question_id])
        if hidden:
            codes.pop(question_id, None)
        elif question_id not in known:
            item, fact, own = checklist.item(question_id), checklist.fact(question_id), chances[question_id]
            if fact is not None:
                answers[question_id] = Answer(
                    item_id=fact.id, value=_fact_value(checklist, fact, centre, codes, own)
                )
            elif item is not None:
                weights = _weights_of(checklist, item, centre, codes)
                left = _agreeing(checklist, item.id, item.offered, codes)
                kept = replace(item, answers=tuple(one for one in item.answers if one.code in left))
                answers[question_id] = _item_answer(kept, weights, number, own)
            codes[question_id] = answers[question_id].value
            if checklist.stops and score(checklist, codes).stopped:
                break
    return {question_id: answers[question_id] for question_id in asked if question_id in answers}


def _offspring(chance: Random) -> Random:
    return Random(whole(chance, 0, 2**48))  # noqa: S311 - made-up data, not a draw


def _fact_value(
    checklist: Checklist, fact: Fact, centre: str, codes: Mapping[str, str], chance: Random
) -> str:
    weights = FACTS.get(fact.id, ())
    if fact.id == "law_area":
        weights = LAW_AREAS.get(centre, LAW_AREA_ELSEWHERE)
    elif fact.id == "complaint_body":
        weights = COMPLAINT_BODIES.get(codes.get("law_area", ""), weights)
    agreeing = _agreeing(checklist, fact.id, fact.offered, codes)
    offered = [(code, weight) for code, weight in weights if code in agreeing]
    return pick(chance, offered or [(code, 1) for code in agreeing])


def _item_answer(item: Item, weights: Mapping[str, float], number: int, chance: Random) -> Answer:
    answer = _pick_by_meaning(item, weights, chance)
    needs_reference = answer.code in item.journal_reference_required_at
    return Answer(
        item_id=item.id,
        value=answer.code,
        note=_note(item, answer, chance) if answer.code in item.note_required_at else "",
        journal_reference=f"Opfundet: sag {number}, dok. {whole(chance, 1, 24)}" if needs_reference else "",
    )


def _agreeing(
    checklist: Checklist, question_id: str, offered: Collection[str], codes: Mapping[str, str]
) -> Collection[str]:
    """Return those of the codes of a question that contradict none of the answers so far."""
    if not checklist.contradictions:
        return offered
    left = [code for code in offered if not score(checklist, {**codes, question_id: code}).contradictions]
    return left or offered


def _weights_of(checklist: Checklist, item: Item, centre: str, codes: Mapping[str, str]) -> dict[str, float]:
    """Return how likely each meaning is at this item in this case."""
    if item.id == OVERALL:
        return _overall_weights(checklist, codes)
    theme = next(theme.id for theme in checklist.themes if item in theme.items)
    return _weights(item, _level(item, centre, theme))


def _level(item: Item, centre: str, theme: str) -> float:
    """Return the share of yes in this centre: the item's own, moved a little for centre and theme."""
    level = LEVELS.get(item.id, LEVELS_BY_SEVERITY[item.severity])
    moved = (_leaning(centre) + _leaning(centre, theme)) * VARIATION
    # Less room near the top: 0.97 moves a little, 0.6 moves all the way.
    return min(0.99, max(0.05, level + moved * min(1.0, 4 * (1 - level))))


def _leaning(*names: str) -> float:
    """Return a number from -1 to 1 that these names always have, so that a centre keeps its character."""
    digest = sha256("/".join((str(SEED), *names)).encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**47 - 1


def _weights(item: Item, level: float) -> dict[str, float]:
    """Return how likely each meaning is."""
    aside = NOT_APPLICABLE_CRITICAL if item.severity == "critical" else NOT_APPLICABLE
    asked = {"positive": level, "none": 1.0}
    asked |= {meaning: (1 - level) * share for meaning, share in FAULTS.items()}
    return {"not_applicable": aside, **{meaning: share * (1 - aside) for meaning, share in asked.items()}}


def _overall_weights(checklist: Checklist, codes: Mapping[str, str]) -> dict[str, float]:
    """Return weights that mostly, but not always, agree with the answers to the critical items."""
    so_far = score(checklist, codes)
    if so_far.critical_breaches:
        return {"negative": 0.85, "partial": 0.15}
    if "no" in so_far.results.values():
        return {"positive": 0.7, "partial": 0.28, "negative": 0.02}
    return {"positive": 0.96, "partial": 0.04}


def _pick_by_meaning(item: Item, weights: Mapping[str, float], chance: Random) -> ScaleAnswer:
    """Return one of the offered answers; several of one meaning share its weight."""
    meanings = [answer.meaning for answer in item.answers]
    weighted = [
        (answer, weights.get(answer.meaning, 0.0) / meanings.count(answer.meaning)) for answer in item.answers
    ]
    return pick(chance, [pair for pair in weighted if pair[1] > 0] or [(item.answers[0], 1)])


def _note(item: Item, answer: ScaleAnswer, chance: Random) -> str:
    own = NOTES.get((item.id, answer.meaning), ())
    usual = NOTES_BY_MEANING.get(answer.meaning, ("Se sagen.",))
    texts = own if own and happens(chance, 0.7) else usual
    return "Opfundet note: " + texts[whole(chance, 0, len(texts) - 1)]
