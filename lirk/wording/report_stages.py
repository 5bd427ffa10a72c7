"""Words and sentences about drafts, replies and publication of the centres' reports."""

from lirk.domain.report_stages import ReplyOutcome
from lirk.wording.catalogue import N_

#: What came of a leader's reply.
OUTCOMES = {
    ReplyOutcome.NOTED: N_("noteret"),
    ReplyOutcome.ACCEPTED: N_("taget til følge"),
    ReplyOutcome.PARTLY_ACCEPTED: N_("delvist taget til følge"),
    ReplyOutcome.NOT_ACCEPTED: N_("ikke taget til følge"),
}

#: What was done, by the trail's code.
LOG = {
    "report-sent": N_("Udkastet til rapporten for {centre} er sendt til lederen."),
    "report-reply-date-moved": N_("Fristen for lederens svar på udkastet for {centre} er flyttet."),
    "finding-reply-written": N_("Lederen har skrevet til et fund i rapporten for {centre}."),
    "finding-reply-answered": N_("Koordinatoren har svaret lederen om et fund i rapporten for {centre}."),
    "report-without-remarks": N_("Lederen har læst udkastet for {centre} og har ikke mere at tilføje."),
    "report-has-remarks": N_("Lederen af {centre} har alligevel mere at tilføje til udkastet."),
    "report-remarks-outdated": N_(
        "Udkastet for {centre} er ændret, så det gælder ikke længere, at lederen ikke har mere at tilføje."
    ),
    "report-published": N_("Rapporten for {centre} er udgivet, version {version}."),
    "report-reopened": N_("Rapporten for {centre} er åbnet igen; udkastet er version {version}."),
}

SENTENCES = {
    "report-published": N_(
        "Rapporten for {centre} er udgivet og ligger fast. Skal den rettes, åbner koordinatoren den igen med en grund."
    ),
    "report-not-sent": N_(
        "Rapporten for {centre} er ikke sendt til lederen endnu. Koordinatoren sender den først."
    ),
    "report-not-published": N_("Rapporten for {centre} er ikke udgivet, så den kan rettes, som den er."),
    "reply-too-late": N_(
        "Fristen for svar var {day}, og den er gået. Bed koordinatoren om at flytte den, hvis du vil skrive mere."
    ),
    "centre-without-leader": N_(
        "{centre} har ingen leder i LIRK, så ingen kan svare på udkastet. En koordinator eller administrator kan give "
        "en person rollen som centerleder på siden Personer."
    ),
    "reply-date-missing": N_("Skriv den dag, lederen senest kan svare, fx {example}."),
    "reply-date-gone": N_("{day} er gået. Vælg en dag fra i dag og frem."),
    "reply-date-far": N_("{day} er for langt ude i fremtiden. Vælg en dag senest {last}."),
    "reply-comment-missing": N_("Skriv, hvad du er uenig i, eller fjern krydset."),
    "reply-outcome-missing": N_("Vælg, hvad der følger af lederens ord."),
    "reply-answer-missing": N_("Lederen er uenig. Skriv, hvorfor du svarer sådan."),
    "report-reason-missing": N_(
        "Skriv, hvorfor rapporten rettes. Grunden står på forsiden af næste version."
    ),
    "finding-reply-changed": N_(
        "Der er skrevet noget andet om fundet, mens du skrev. Se, hvad der står nu, og gem igen."
    ),
    "objection-granted-correction": N_(
        "Efter din indsigelse er et svar ændret i sag {numbers}, så den kan ikke tages tilbage eller blive til en "
        "bemærkning. Bed koordinatoren om at tage ændringen tilbage først."
    ),
    "outcome-granted-correction": N_(
        "Et svar i sag {numbers} er ændret efter indsigelsen, så den er taget til følge helt eller delvist. Tag "
        "ændringen tilbage først."
    ),
    "draft-changed": N_(
        "Udkastet for {centre} er ændret, siden du åbnede siden. Se det igen her, og tryk på knappen, hvis du stadig "
        "ikke har mere at tilføje."
    ),
    "finding-reply-unknown": N_("Lederen har ikke skrevet noget her. Gå tilbage til rapporten."),
    "answers-own-replies": N_(
        "Du er selv leder af {centre}. En anden koordinator svarer på det, lederen skriver, og retter svar efter en "
        "indsigelse. Er der ingen, kan en administrator give en anden rollen."
    ),
    "objections-open": N_(
        "Rapporten for {centre} kan ikke udgives: Lederen er uenig i punkt {items}, og der er ikke svaret. "
        "Svar på det først."
    ),
    "leader-not-heard": N_(
        "Lederen af {centre} kan stadig svare på udkastet og har ikke sagt, at der ikke er mere at tilføje. Vent, "
        "eller bekræft, at rapporten udgives nu."
    ),
    "nobody-to-hear": N_(
        "{centre} har ingen leder i LIRK, så ingen kan svare på udkastet. Giv en person rollen som centerleder på "
        "siden Personer, eller bekræft, at rapporten udgives uden svar."
    ),
    "leader-not-asked": N_(
        "Lederen af {centre} har ikke fået den nye version som udkast. Send den først, eller bekræft, at den udgives, "
        "uden at lederen er hørt."
    ),
    "corrections-ungranted": N_(
        "Rapporten for {centre} kan ikke udgives: Svar på punkt {items} er ændret efter en indsigelse, der ikke er "
        "taget til følge. Svar lederen igen, eller tag ændringen tilbage."
    ),
    "granted-unchanged": N_(
        "I rapporten for {centre} er en indsigelse mod punkt {items} taget til følge helt eller delvist, men intet "
        "svar på punktet er ændret. Ret svaret, eller bekræft, at rapporten udgives uden."
    ),
    "unconfirmed": N_(
        "Der er {count} ting at bekræfte, før rapporten for {centre} kan udgives. Rapportens side »Udgiv rapporten« "
        "viser dem."
    ),
    "edition-changed": N_(
        "Rapporten for {centre} blev ændret, mens filerne blev lavet. Se den igennem, og udgiv igen."
    ),
}
