"""What the figures of a year are called, and the sentences about them."""

from lirk.domain.overview_values import RoundedLevel
from lirk.domain.small_numbers import Hidden
from lirk.wording.catalogue import N_
from lirk.wording.reports import LEVELS

#: The figures, by the field of ``lirk.domain.years.Complaints`` or of the pooled ones.
FIGURES = {
    "received": N_("Klager modtaget"),
    "changed_by_centre": N_("Afgørelser ændret efter egen genvurdering"),
    "sent_on": N_("Klager sendt videre til Ankestyrelsen"),
    "sent_on_late": N_("Heraf sendt videre efter fristen"),
    "decided": N_("Sager, som Ankestyrelsen har taget stilling til"),
    "upheld": N_("Stadfæstet: afgørelsen står"),
    "reversed": N_("Omgjort i alt"),
    "remitted": N_("Hjemvist: sagen skal afgøres igen"),
    "changed_or_annulled": N_("Ændret eller ophævet"),
    "changed": N_("Ændret: Ankestyrelsen har truffet en anden afgørelse"),
    "annulled": N_("Ophævet: afgørelsen gælder ikke længere"),
    "dismissed": N_("Afvist eller henvist: Ankestyrelsen har ikke taget stilling"),
}
HIDDEN = {Hidden.UNDER_FIVE: N_("under 5"), Hidden.WITHHELD: LEVELS[RoundedLevel.WITHHELD]}

SENTENCES = {
    "year-unknown": N_("Der er kun årsnotater for årene {first} til {last}. Vælg et år på listen."),
    "yearly-figure-missing": N_("Skriv et antal. Skriv 0, hvis der ingen var."),
    "yearly-figure-not-whole": N_(
        "»{typed}« er ikke et helt tal fra 0 og op. Skriv det med cifre, uden punktum og mellemrum."
    ),
    "yearly-figure-too-large": N_("{typed} er for stort. Skriv højst {most}."),
    "yearly-late-exceeds-sent": N_(
        "{late} er mere end de {sent}, der er sendt videre i alt. Ret det ene eller det andet."
    ),
    "yearly-text-names-centre": N_(
        "Teksten nævner »{centre}«. Notatet må ikke pege på et enkelt center: Skriv det, så det gælder flere."
    ),
    "yearly-figures-changed": N_(
        "En anden har skrevet tallene for {centre}, mens du skrev. Se deres tal, ret dine til, og gem igen."
    ),
    "yearly-text-changed": N_(
        "En anden har skrevet teksten for {year}, mens du skrev. Se deres tekst, saml de to, og gem igen."
    ),
}
