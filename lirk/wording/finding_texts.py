"""Sentences about the coordinator's texts."""

from lirk.wording.catalogue import N_

SENTENCES = {
    "finding-unknown": N_("Punktet er ikke et fund i rapporten. Gå tilbage til rapporten, og vælg et fund."),
    "finding-text-changed": N_(
        "En anden har skrevet om fund {number}, mens du skrev. Se deres tekst, saml de to, og gem igen."
    ),
}
