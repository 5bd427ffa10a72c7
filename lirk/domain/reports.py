"""The values behind every report: page, PDF and spreadsheet print these and compute nothing.

Texts of a checklist are already in the report's language; everything else is a code or a number.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from lirk.domain.assessed_items import LeaderAssessment
from lirk.domain.corrections import Correction
from lirk.domain.item_sets import ItemsUsed
from lirk.domain.meetings import Meeting
from lirk.domain.report_stages import ReplyOutcome, ReportStage


class CaseResult(StrEnum):
    """What one case is in one theme (or at one item), worst answer first."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"
    CANNOT_ASSESS = "cannot_assess"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Cases by result; the five are disjoint and their sum is the number of cases counted."""

    yes: int = 0
    partly: int = 0
    no: int = 0
    not_applicable: int = 0
    cannot_assess: int = 0

    @property
    def assessed(self) -> int:
        """Cases in which it applied and could be assessed: the denominator of every share."""
        return self.yes + self.partly + self.no

    @property
    def breached(self) -> int:
        """Cases in which it was not or only partly met."""
        return self.partly + self.no

    @property
    def total(self) -> int:
        """All cases counted."""
        return self.assessed + self.not_applicable + self.cannot_assess


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share of the centre's cases with exact limits, both as shares and as counts of cases.

    ``hits`` of ``assessed`` cases; ``population`` is the largest possible number of cases it applies to.
    ``census``: every case was read, so the limits have no width. ``worst`` and ``best``: the share if all
    cases that could not be assessed were no, or yes.
    """

    hits: int
    assessed: int
    population: int
    share: float
    lower: float
    upper: float
    count_lower: int
    count_upper: int
    worst: float
    best: float
    census: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """One item in one centre. ``share`` is None with fewer assessed cases than the small-number limit."""

    item_id: str
    number: str
    question: str
    severity: str
    rule: str
    references: tuple[str, ...]
    verified: bool
    counts: Counts
    share: Share | None
    scored: bool = True
    recommendation: str = ""
    good_example: str = ""

    @property
    def breaks_critically(self) -> bool:
        """Whether a critical item was answered no in any case: such a decision cannot stand."""
        return self.severity == "critical" and self.counts.no > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeResult:
    """One theme in one centre: a case is yes in a theme if each item that applies to it is yes.

    In a theme that only asks, no case is counted. ``mean_percent`` is None but in reports that were published when
    themes had one: a mean is never without its critical breaches, and these are the checklist's.
    """

    theme_id: str
    number: str
    title: str
    counts: Counts
    share: Share | None
    items: tuple[ItemResult, ...]
    mean_percent: float | None = None

    @property
    def scored(self) -> bool:
        """Whether any item of the theme counts; a theme that only asks is no theme of the results."""
        return any(item.scored for item in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictCount:
    """How many cases have a verdict; ``share`` as for items."""

    verdict_id: str
    title: str
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppedCases:
    """Cases whose review ended early with a result of its own, by their running numbers."""

    verdict_id: str
    title: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedChecklist:
    """A checklist that a report rests on: what it is, the day of its law, and which of its items were asked."""

    checklist_id: str
    title: str
    version: int
    status_date: date
    items: ItemsUsed = field(default_factory=ItemsUsed)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistResult:
    """One checklist in one centre.

    ``critical_breaches`` counts the cases with at least one critical item answered no. ``mean_percent`` is
    the mean case score, never printed without it. ``disagreements`` are the running numbers of cases whose
    computed verdict and reviewer's own overall judgement differ. The cases of ``verdicts``, ``not_applicable``
    (cases in which nothing applied), ``missing`` (not found, or no access) and ``stopped`` (whose review ended
    with a result of its own: in no theme, and never a zero) make up all cases counted. ``items`` says how many
    of the checklist's items the round asked.
    """

    checklist_id: str
    title: str
    version: int
    status_date: date
    not_applicable_policy: str
    cannot_assess_policy: str
    reviewed: int
    critical_breaches: int
    verdicts: tuple[VerdictCount, ...]
    themes: tuple[ThemeResult, ...]
    mean_percent: float | None = None
    disagreements: tuple[int, ...] = ()
    not_applicable: int = 0
    missing: int = 0
    stopped: tuple[StoppedCases, ...] = ()
    items: ItemsUsed = field(default_factory=ItemsUsed)

    @property
    def used(self) -> UsedChecklist:
        """The checklist without its results."""
        return UsedChecklist(
            checklist_id=self.checklist_id,
            title=self.title,
            version=self.version,
            status_date=self.status_date,
            items=self.items,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An item answered no or partly in at least one case, numbered in checklist order across checklists.

    Attributes
    ----------
    written_up
        Told in full; the others stand in a table after those.
    seen, advice, examples
        What the coordinator wrote: what was seen, the recommendation, examples that name nobody.
    """

    number: int
    checklist_id: str
    theme: str
    item: ItemResult
    on_page_one: bool = False
    written_up: bool = True
    seen: str = ""
    advice: str = ""
    examples: str = ""

    @property
    def recommendation(self) -> str:
        """The coordinator's recommendation, or else the checklist's."""
        return self.advice or self.item.recommendation


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A drawn case as a report names it: by running number, never by case number."""

    number: int
    decision_date: date | None
    case_type: str | None
    outcome: str | None
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """Rows that a rule left out of the frame before the fingerprint."""

    reason: str
    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementLine:
    """How far two who read the same ``cases`` of a round answered one checklist alike.

    ``ac1`` is the middle one of the items' AC1, ``alpha`` Krippendorff's; None where they are not defined.
    """

    checklist_id: str
    title: str
    cases: int
    pairs: int
    alike: int
    ac1: float | None = None
    alpha: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """How the sample came to be, from the certificates of the round.

    ``read_twice`` cases of the round were read by two; of ``pairs`` answers that both gave, ``alike`` are the
    same. ``hours`` is what the whole round took, None where it could tell of a person. Agreement and hours are of
    the whole round, never of a centre or a person.
    """

    source: str
    source_rows: int
    exclusions: tuple[Exclusion, ...]
    fingerprint: str
    committed_at: datetime
    draws: tuple["DrawLine", ...]
    program_version: str
    reviewers: int
    replaced: int = 0
    not_found: int = 0
    read_twice: int = 0
    pairs: int = 0
    alike: int = 0
    agreement: tuple[AgreementLine, ...] = ()
    hours: int | None = None
    hours_planned: int = 0
    small_number_limit: int = 10
    level: float = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawLine:
    """One draw as the method chapter prints it."""

    number: int
    of: int
    reason: str | None
    seed: str
    seed_how: str
    drawn_at: datetime
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesBreak:
    """A change of an item's meaning: counts before ``version`` cannot be held against those from then on.

    ``other_items``: of a theme that was measured with other items than before, whatever their meaning.
    """

    version: int
    reason: str = ""
    other_items: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPoint:
    """Yes in ``hits`` of ``assessed`` relevant cases of one round.

    ``begins``: the series begins anew here. ``by_chance``: the difference from the figure before it may be by
    chance; False also where there is no difference, and where there is nothing to hold it against. ``share`` is
    None with fewer assessed cases than the small-number limit.
    """

    hits: int
    assessed: int
    begins: SeriesBreak | None = None
    by_chance: bool = False
    share: Share | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSeries:
    """One item in the centre's own rounds; a point for each round, None where it has no figure."""

    item_id: str
    number: str
    question: str
    points: tuple[SeriesPoint | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeSeries:
    """One theme in the centre's own rounds, as ``ItemSeries``: a case is yes if each item that applies to it is."""

    theme_id: str
    number: str
    title: str
    points: tuple[SeriesPoint | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriticalSeries:
    """Cases with a critical breach in the centre's own rounds: ``hits`` of all that were read, without shares."""

    points: tuple[SeriesPoint | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistSeries:
    """The items with figures in several of the centre's own closed rounds, by the rounds' titles, oldest first.

    ``themes`` are those with figures in several rounds, in the order of the checklist, as the items are.
    ``critical`` is None where fewer than two of the rounds could have a critical breach.
    """

    checklist_id: str
    title: str
    rounds: tuple[str, ...]
    items: tuple[ItemSeries, ...]
    themes: tuple[ThemeSeries, ...] = ()
    critical: CriticalSeries | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the centre's leader says about an item, and the coordinator's answer.

    ``number`` is that of the finding; None where a correction left none. ``outcome`` is None, and ``answer`` empty,
    until it is answered. ``to_version`` is the published version that the words are about where it is an earlier one
    than the report's own; 0 where it is not known which of them.
    """

    number: int | None
    checklist_id: str
    item_id: str
    item: str
    question: str
    comment: str
    objects: bool
    outcome: ReplyOutcome | None = None
    answer: str = ""
    to_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreReport:
    """All that the report of one centre says, on page, paper and in a spreadsheet.

    ``issued_on`` is the day of the figures, on which the round was closed; when it was published, ``stage`` says.
    ``earlier_rounds`` are the titles of the centre's own closed rounds before this one, oldest first; ``series``
    are the items that were measured in several of them. ``corrections`` are counted in every figure.
    ``assessment`` is what the leader thought before seeing it.
    ``meeting`` is what came of reading it in the section. ``stage``: how far the report is, where that is known;
    ``replies`` are told apart from the findings.
    """

    municipality: str
    centre: str
    round_key: str
    round_title: str
    first_day: date | None
    last_day: date | None
    issued_on: date
    population: int
    drawn: int
    reviewed: int
    checklists: tuple[ChecklistResult, ...]
    findings: tuple[Finding, ...]
    going_well: tuple[ThemeResult, ...]
    cases: tuple[CaseLine, ...]
    method: Method
    made_up: str = ""
    earlier_rounds: tuple[str, ...] = ()
    series: tuple[ChecklistSeries, ...] = ()
    corrections: tuple[Correction, ...] = ()
    assessment: LeaderAssessment | None = None
    meeting: Meeting | None = None
    stage: ReportStage | None = None
    replies: tuple[Reply, ...] = ()

    @property
    def census(self) -> bool:
        """Whether every case of the centre was drawn."""
        return self.drawn >= self.population

    @property
    def written_up(self) -> tuple[Finding, ...]:
        """The findings that are told in full, in checklist order."""
        return tuple(finding for finding in self.findings if finding.written_up)

    @property
    def in_brief(self) -> tuple[Finding, ...]:
        """The findings that stand in a table after those told in full, in checklist order."""
        return tuple(finding for finding in self.findings if not finding.written_up)

    @property
    def to_do(self) -> tuple[Finding, ...]:
        """The findings of page one, in checklist order."""
        return tuple(finding for finding in self.findings if finding.on_page_one)

    def finding(self, checklist_id: str, item_id: str) -> Finding | None:
        """Return the finding at an item, or None where it is none."""
        wanted = (checklist_id, item_id)
        return next((one for one in self.findings if (one.checklist_id, one.item.item_id) == wanted), None)

    def item(self, checklist_id: str, item_id: str) -> ItemResult | None:
        """Return an item as it stands in the report, or None."""
        themes = (
            theme for one in self.checklists if one.checklist_id == checklist_id for theme in one.themes
        )
        return next((item for theme in themes for item in theme.items if item.item_id == item_id), None)
