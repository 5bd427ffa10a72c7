"""Every controller of the pages, one file a noun."""

from web.controllers.archives import ArchiveController
from web.controllers.assignment import AssignmentController
from web.controllers.calibration import CalibrationController, CalibrationResultsController
from web.controllers.cases import CaseController
from web.controllers.centre_work import CentreWorkController
from web.controllers.centres import CentresController
from web.controllers.checklist_editor import ChecklistBeginningsController, ChecklistEditorController
from web.controllers.checklist_editor_parts import ChecklistPartsController
from web.controllers.checklist_editor_rules import ChecklistRulesController
from web.controllers.checklist_trial import ChecklistTrialController
from web.controllers.checklist_workflow import ChecklistWorkflowController
from web.controllers.checklists import ChecklistController
from web.controllers.copies import CopyController
from web.controllers.corrections import CorrectionController
from web.controllers.doubts import DoubtController
from web.controllers.finding_replies import FindingReplyController
from web.controllers.finding_texts import FindingTextController
from web.controllers.finishing import FinishingController
from web.controllers.handing_over import HandOverController
from web.controllers.home import HomeController
from web.controllers.item_health import ItemHealthController
from web.controllers.law_watch import LawWatchController
from web.controllers.me import MeController
from web.controllers.meetings import MeetingController
from web.controllers.overview_texts import OverviewTextController
from web.controllers.overviews import OverviewController
from web.controllers.people import PeopleController
from web.controllers.places import PlaceController
from web.controllers.planned_rounds import PlannedRoundsController
from web.controllers.plans import PlansController
from web.controllers.publishing import PublishingController
from web.controllers.reconciliations import DoubleController, ReconciliationController
from web.controllers.report_stages import ReportStageController
from web.controllers.reports import ReportController
from web.controllers.review_times import ReviewTimeController
from web.controllers.reviews import ReviewController
from web.controllers.round_rules import RoundRulesController
from web.controllers.rounds import RoundController
from web.controllers.seeds import SeedsController
from web.controllers.self_assessments import SelfAssessmentController
from web.controllers.sign_in import SignInController
from web.controllers.urgent_cases import UrgentCasesController
from web.controllers.years import YearController

CONTROLLERS = (
    ArchiveController,
    AssignmentController,
    CalibrationController,
    CalibrationResultsController,
    CaseController,
    CentreWorkController,
    CentresController,
    ChecklistBeginningsController,
    ChecklistController,
    ChecklistEditorController,
    ChecklistPartsController,
    ChecklistRulesController,
    ChecklistTrialController,
    ChecklistWorkflowController,
    CorrectionController,
    CopyController,
    DoubtController,
    FindingReplyController,
    FindingTextController,
    FinishingController,
    HandOverController,
    HomeController,
    ItemHealthController,
    LawWatchController,
    MeController,
    MeetingController,
    OverviewController,
    OverviewTextController,
    PeopleController,
    PlaceController,
    PlannedRoundsController,
    PlansController,
    DoubleController,
    ReconciliationController,
    ReportController,
    ReportStageController,
    PublishingController,
    ReviewController,
    ReviewTimeController,
    RoundController,
    RoundRulesController,
    SeedsController,
    SelfAssessmentController,
    SignInController,
    UrgentCasesController,
    YearController,
)
