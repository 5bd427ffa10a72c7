"""The words for the codes in a report."""

from lirk.domain.overview_values import RoundedLevel
from lirk.domain.reports import CaseResult
from lirk.wording.catalogue import N_

RESULTS = {
    CaseResult.YES: N_("Ja"),
    CaseResult.PARTLY: N_("Delvist"),
    CaseResult.NO: N_("Nej"),
    CaseResult.NOT_APPLICABLE: N_("Ikke relevant"),
    CaseResult.CANNOT_ASSESS: N_("Kan ikke vurderes"),
}
LEVELS = {
    RoundedLevel.FEW: N_("få eller ingen"),
    RoundedLevel.NEARLY_ALL: N_("næsten alle"),
    RoundedLevel.WITHHELD: N_("vises ikke"),
}
SEVERITIES = {
    "critical": N_("kritisk"),
    "serious": N_("alvorlig"),
    "minor": N_("mindre"),
}
RULES = {
    "guarantee": N_("garantiforskrift"),
    "order": N_("ordensforskrift"),
    "good-practice": N_("god forvaltningsskik"),
    "substantive": N_("materiel regel"),
    "data-protection": N_("databeskyttelse"),
    "records": N_("arkiv og journal"),
    "local": N_("lokal instruks"),
}
OUTCOMES = {
    "full-grant": N_("fuldt medhold"),
    "partial-grant": N_("delvist medhold"),
    "refusal": N_("afslag"),
    "burdening": N_("påbud eller forbud"),
    "reduction": N_("nedsættelse eller ophør"),
    "repayment": N_("tilbagebetaling"),
    "dismissal": N_("afvisning"),
    "other": N_("andet"),
    "not-a-decision": N_("ikke en afgørelse"),
}
STATUSES = {
    "reviewed": N_("gennemgået"),
    "to-review": N_("ikke gennemgået"),
    "out-of-scope": N_("uden for målingen, erstattet"),
    "not-found": N_("sagen kunne ikke findes"),
    "no-access": N_("ingen adgang til sagen"),
}
SEED_ORIGINS = {
    "dice": N_("slået med tisidede terninger"),
    "two-people": N_("ti cifre fra hver af to personer"),
    "beacon": N_("fra en offentlig kilde til tilfældige tal"),
    "software": N_("dannet af et program"),
}
NOT_APPLICABLE_POLICIES = {
    "drop": N_("Et punkt, der ikke er relevant i en sag, tæller ikke med i sagens mulige point."),
    "full": N_("Et punkt, der ikke er relevant i en sag, giver fulde point."),
    "target": N_(
        "Et punkt, der ikke er relevant i en sag, giver den andel af sine point, som tjeklisten har sat som mål."
    ),
}
CANNOT_ASSESS_POLICIES = {
    "out": N_("Et punkt, der ikke kan vurderes, tæller ikke med i sagens point, men vises for sig."),
    "negative": N_("Et punkt, der ikke kan vurderes, giver ingen point og vises for sig."),
}
MADE_UP = {
    "answers": N_("Registret er ægte, svarene er opfundne."),
    "all": N_("Registret og svarene er opfundne."),
}
