"""Words for item health: how often, what is counted, why nothing is said, what is suggested."""

from lirk.domain.item_health import Measure, Often, Suggestion, Why
from lirk.wording.catalogue import N_

HOW_OFTEN = {
    Often.SELDOM: N_("sjældent eller aldrig"),
    Often.SOMETIMES: N_("i en del af sagerne"),
    Often.NEARLY_ALWAYS: N_("næsten altid"),
    Often.WITHHELD: N_("siges ikke"),
}

#: The headings of what is said of an item.
MEASURES = {
    Measure.NOT_APPLICABLE: N_("Ikke relevant"),
    Measure.CANNOT_ASSESS: N_("Kan ikke vurderes"),
    Measure.NOT_MET: N_("Delvist eller nej"),
    Measure.PARTLY: N_("Heraf delvist"),
    Measure.IN_DOUBT: N_("I tvivl"),
    Measure.COMMENTED: N_("Note uden krav"),
    Measure.DISPUTED: N_("Uenighed"),
}

SUGGESTIONS = {
    Suggestion.RETIRE: N_("Lad punktet udgå, eller tag det ud af kernen"),
    Suggestion.REWRITE: N_("Skriv punktet om"),
    Suggestion.SPLIT: N_("Del punktet i to"),
    Suggestion.NONE: N_("Intet forslag"),
}

#: Why that is suggested.
REASONS = {
    Measure.NOT_APPLICABLE: N_("Punktet er næsten aldrig relevant."),
    Measure.CANNOT_ASSESS: N_(
        "En del svar er »kan ikke vurderes«. Måske står det, der spørges om, ikke i sagen."
    ),
    Measure.NOT_MET: N_("Svaret er sjældent eller aldrig »delvist« eller »nej«, og punktet er ikke kritisk."),
    Measure.PARTLY: N_("En del svar er »delvist«. Måske spørger punktet om to ting."),
    Measure.IN_DOUBT: N_("De, der gennemgår, er i tvivl i en del af sagerne."),
    Measure.COMMENTED: N_("Der står en note ved en del svar, som ikke kræver det."),
    Measure.DISPUTED: N_("To, der gennemgår den samme sag, svarer forskelligt i en del af sagerne."),
}

#: Why nothing is said, and when something will be.
WHY = {
    Why.NO_ROUND: N_("Ingen lukket runde har spurgt om punktet, som det lyder nu."),
    Why.FEW_CENTRES: N_("Færre end seks centre har sager, så ét centers svar kunne regnes ud."),
    Why.FEW_CASES: N_(
        "Der er for få gennemgåede sager, eller ét center har for mange af dem, så ét centers svar kunne regnes ud."
    ),
}
