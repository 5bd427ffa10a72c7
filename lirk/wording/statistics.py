"""Sentences about figures that no estimate can be made of."""

from lirk.wording.catalogue import N_

SENTENCES = {
    "figure-invalid": N_("{name} kan ikke være {value}. Ret tallet, og prøv igen."),
    "value-invalid": N_("Værdi nummer {place} kan ikke være {value}. Ret den, eller tag den ud."),
    "lengths-differ": N_("Listerne skal være lige lange, men er på {lengths}. Ret den, der er for kort."),
    "sample-empty": N_("Der er ingen værdier, så der er intet at regne ud af. Giv mindst én."),
    "estimator-unknown": N_("{name} kan ikke være »{value}«. Vælg mellem {known}."),
    "sample-larger-than-population": N_(
        "»{stratum}« har {n} værdier, men kun {N} sager. Ret antallet af sager, eller fjern værdier, der står to gange."
    ),
    "stratum-of-one": N_(
        "»{stratum}« har kun én værdi af {N} sager, så spredningen kendes ikke. "
        "Træk mindst to, eller slå strata sammen."
    ),
    "stratum-unknown": N_(
        "Strata i værdierne ({found}) er ikke dem, der har et antal sager ({known}). Ret navnene, så de passer."
    ),
}
