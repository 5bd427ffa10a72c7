"""The sentences of all errors and problems, by code; one module an area."""

from lirk.wording.archives import SENTENCES as ARCHIVES
from lirk.wording.assigning import SENTENCES as ASSIGNING
from lirk.wording.calibration import SENTENCES as CALIBRATION
from lirk.wording.checklist_editing import SENTENCES as CHECKLIST_EDITING
from lirk.wording.checklist_editor import SENTENCES as CHECKLIST_EDITOR
from lirk.wording.checklist_language import SENTENCES as CHECKLIST_LANGUAGE
from lirk.wording.checklist_versions import SENTENCES as CHECKLIST_VERSIONS
from lirk.wording.checklist_workflow import SENTENCES as CHECKLIST_WORKFLOW
from lirk.wording.checklists import SENTENCES as CHECKLISTS
from lirk.wording.common import SENTENCES as COMMON
from lirk.wording.corrections import SENTENCES as CORRECTIONS
from lirk.wording.demo import SENTENCES as DEMO
from lirk.wording.double_reading import SENTENCES as DOUBLE_READING
from lirk.wording.doubts import SENTENCES as DOUBTS
from lirk.wording.draws import SENTENCES as DRAWS
from lirk.wording.engines import SENTENCES as ENGINES
from lirk.wording.finding_texts import SENTENCES as FINDING_TEXTS
from lirk.wording.finishing import SENTENCES as FINISHING
from lirk.wording.following import SENTENCES as FOLLOWING
from lirk.wording.law_watch import SENTENCES as LAW_WATCH
from lirk.wording.meetings import SENTENCES as MEETINGS
from lirk.wording.overview_texts import SENTENCES as OVERVIEW_TEXTS
from lirk.wording.pages import SENTENCES as PAGES
from lirk.wording.people import SENTENCES as PEOPLE
from lirk.wording.place_forms import SENTENCES as PLACE_FORMS
from lirk.wording.plan_sizes import SENTENCES as PLAN_SIZES
from lirk.wording.planning import SENTENCES as PLANNING
from lirk.wording.register import SENTENCES as REGISTER
from lirk.wording.report_stages import SENTENCES as REPORT_STAGES
from lirk.wording.review_sheets import SENTENCES as REVIEW_SHEETS
from lirk.wording.review_times import SENTENCES as REVIEW_TIMES
from lirk.wording.reviewing import SENTENCES as REVIEWING
from lirk.wording.round_rules import SENTENCES as ROUND_RULES
from lirk.wording.rounds import SENTENCES as ROUNDS
from lirk.wording.statistics import SENTENCES as STATISTICS
from lirk.wording.storage import SENTENCES as STORAGE
from lirk.wording.usage import SENTENCES as USAGE
from lirk.wording.years import SENTENCES as YEARS

AREAS = (
    ARCHIVES,
    ASSIGNING,
    CALIBRATION,
    CHECKLIST_EDITING,
    CHECKLIST_EDITOR,
    CHECKLIST_LANGUAGE,
    CHECKLIST_VERSIONS,
    CHECKLIST_WORKFLOW,
    CHECKLISTS,
    COMMON,
    CORRECTIONS,
    DEMO,
    DOUBLE_READING,
    DOUBTS,
    DRAWS,
    ENGINES,
    FINDING_TEXTS,
    FINISHING,
    FOLLOWING,
    LAW_WATCH,
    MEETINGS,
    OVERVIEW_TEXTS,
    PEOPLE,
    PAGES,
    PLACE_FORMS,
    PLAN_SIZES,
    PLANNING,
    REGISTER,
    REPORT_STAGES,
    REVIEW_SHEETS,
    REVIEW_TIMES,
    REVIEWING,
    ROUND_RULES,
    ROUNDS,
    STATISTICS,
    STORAGE,
    USAGE,
    YEARS,
)

SENTENCES: dict[str, str] = {code: text for area in AREAS for code, text in area.items()}
