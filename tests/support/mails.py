"""A small checklist that lacks nothing, as an archivist imports it."""

from small_round import CHECKLIST

READY = (
    CHECKLIST.replace('"breve"', '"mails"')
    .replace('da = "Breve"', 'da = "Mails"')
    .replace(
        'rule = "order"',
        'rule = "good-practice"\nguidance = { da = "- **Ja:** Læs <brevet>.", en = "Read." }',
    )
    .replace('rule = "guarantee"', 'rule = "local"\nguidance = { da = "Se efter regler.", en = "Look." }')
)
