"""The sentences of all errors and problems, by code; one module an area."""

from lirk.wording.checklists import SENTENCES as CHECKLISTS
from lirk.wording.common import SENTENCES as COMMON
from lirk.wording.demo import SENTENCES as DEMO
from lirk.wording.draws import SENTENCES as DRAWS
from lirk.wording.register import SENTENCES as REGISTER
from lirk.wording.review_sheets import SENTENCES as REVIEW_SHEETS
from lirk.wording.rounds import SENTENCES as ROUNDS
from lirk.wording.storage import SENTENCES as STORAGE
from lirk.wording.usage import SENTENCES as USAGE

AREAS = (CHECKLISTS, COMMON, DEMO, DRAWS, REGISTER, REVIEW_SHEETS, ROUNDS, STORAGE, USAGE)

SENTENCES: dict[str, str] = {code: text for area in AREAS for code, text in area.items()}
