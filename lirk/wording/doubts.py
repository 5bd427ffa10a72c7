"""Words and sentences about answers that are in doubt."""

from lirk.domain.doubts import DoubtState
from lirk.wording.catalogue import N_

#: Who acts next, as it is told to the coordinator and the legal department, and to the reviewer.
STATES = {
    DoubtState.WAITS_FOR_COORDINATOR: N_("Venter på svar"),
    DoubtState.WAITS_FOR_REVIEWER: N_("Venter på den, der gennemgår"),
    DoubtState.SETTLED: N_("Afklaret"),
    DoubtState.NOT_ASKED: N_("Spørges ikke længere"),
}
STATES_TO_REVIEWER = {
    **STATES,
    DoubtState.WAITS_FOR_REVIEWER: N_("Du har fået svar"),
}

#: Told to a reviewer who has marked a doubt and not said what it is.
FIRST_WORD = N_("Skriv, hvad du er i tvivl om")

SENTENCES = {
    "doubt-settled": N_("Punktet er blevet afklaret i mellemtiden. Send igen, hvis drøftelsen skal åbnes."),
    "doubt-not-asked": N_(
        "Punktet spørges ikke længere i sagen, for et andet svar har skjult det. Der er ikke mere at afklare."
    ),
    "doubt-open": N_("Drøftelsen er allerede åben."),
    "doubt-taken-back": N_(
        "Den, der gennemgår, er ikke længere i tvivl. Kun den, der gennemgår, kan markere tvivl igen på punktet."
    ),
    "doubt-message-missing": N_("Skriv, hvad du vil spørge om eller svare."),
    "doubts-open": N_("Punkter i tvivl er ikke afklaret i sag {numbers}. Afklar dem først."),
}
