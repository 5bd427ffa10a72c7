"""What sizes mean, in sentences for the coordinator; the command and the page say the same."""

from math import floor

from lirk.domain.plan_sizes import Costs, DecisionRule, Detection, SizeLine, SizePlan
from lirk.wording.catalogue import N_
from lirk.wording.speech import Wording

#: What a half width, in whole percentage points as it is shown, is enough for: the first that it lies below. One
#: half is then told from these shares.
ENOUGH = (
    (10, N_("Det er nok til at se forskel på halvdelen og 6 ud af 10.")),
    (17, N_("Det er nok til at se forskel på halvdelen og to tredjedele.")),
    (25, N_("Det er nok til at se forskel på halvdelen og tre fjerdedele.")),
    (40, N_("Det er kun nok til at se forskel på halvdelen og 9 ud af 10.")),
)
TOO_FEW = N_("Det er for få sager til at sige noget om, hvor stor en andel er.")


def count_text(words: Wording, line: SizeLine) -> str:
    """Return ``26 af 312 sager``."""
    return words.text("{count} af {population} sager", count=line.n, population=line.population)


def limits_text(words: Wording, line: SizeLine) -> str:
    """Return the share to expect where half of the cases have the property: ``mellem 31 og 69 %``."""
    if line.limits is None:
        return "–"
    lower, upper = line.limits
    return words.text(
        "mellem {lower} og {upper}", lower=words.number(lower * 100), upper=words.percent(upper)
    )


def points_text(words: Wording, half_width: float) -> str:
    """Return a half width in percentage points, tenths where they matter: ``9,7 procentpoint``."""
    points = half_width * 100
    return words.text("{points} procentpoint", points=words.number(points, 0 if points >= 10 else 1))


def enough_text(words: Wording, line: SizeLine) -> str:
    """Return what the sample of a centre is good for."""
    if not line.population:
        return words.text("Ingen sager i perioden.")
    if line.census:
        return words.text("Alle sager gennemgås, så udtrækket giver ingen usikkerhed.")
    if line.half_width is None:
        return words.text("Ingen sager gennemgås, så der kan intet siges om centret.")
    points = floor(line.half_width * 100 + 0.5)
    return words.text(next((text for below, text in ENOUGH if points < below), TOO_FEW))


def line_text(words: Wording, line: SizeLine) -> str:
    """Return the whole of what is to be said of a centre's sample."""
    if line.half_width is None or line.census:
        return f"{count_text(words, line)}. {enough_text(words, line)}"
    return words.text(
        "Med {cases} bliver usikkerheden cirka {points} til hver side: er et punkt opfyldt i halvdelen af sagerne, "
        "siger stikprøven {limits}. {enough}",
        cases=count_text(words, line),
        points=points_text(words, line.half_width),
        limits=limits_text(words, line),
        enough=enough_text(words, line),
    )


def hours_text(words: Wording, plan: SizePlan, costs: Costs) -> str:
    """Return how long the whole takes."""
    text = words.text(
        "I alt {cases} og cirka {hours}: {fixed} til det faste og {each} for hver sag.",
        cases=cases_text(words, plan.cases),
        hours=hours_of(words, plan.hours),
        fixed=hours_of(words, costs.hours_fixed),
        each=hours_of(words, costs.hours_a_case),
    )
    if not costs.double:
        return text
    again = words.text("{share} af sagerne læses to gange.", share=words.percent(costs.double))
    return f"{text} {again}"


def reach_text(words: Wording, hours: float, plan: SizePlan) -> str:
    """Return what can be done in so many hours."""
    given = hours_of(words, hours)
    if not plan.cases:
        return words.text(
            "{hours} er for lidt: der er ikke tid til sager, når det faste er gjort.", hours=given
        )
    return words.text("På {hours} kan I nå {cases}.", hours=given, cases=cases_text(words, plan.cases))


def rule_text(words: Wording, rule: DecisionRule) -> str:
    """Return a decision rule, and how often it is right."""
    allowed = words.text("højst {count}", count=rule.d) if rule.d else words.text("ingen")
    return words.text(
        "Regel for {cases}: {allowed} må have fejl. Har {good} af alle centrets sager fejl, siger reglen »godt nok« "
        "med {right} sandsynlighed. Har {poor} fejl, siger den »ikke godt nok« med {caught} sandsynlighed.",
        cases=cases_text(words, rule.n),
        allowed=allowed,
        good=words.percent(rule.good),
        poor=words.percent(rule.poor),
        right=chance_text(words, rule.accept_good),
        caught=chance_text(words, rule.reject_poor),
    )


def risks_text(words: Wording, rule: DecisionRule) -> str:
    """Return both risks of a decision rule."""
    return words.text(
        "Risikoen for at sige »ikke godt nok« om et center, der er godt nok, er {alpha}; for at sige »godt nok« om et, "
        "der ikke er det, {beta}.",
        alpha=chance_text(words, 1 - rule.accept_good),
        beta=chance_text(words, 1 - rule.reject_poor),
    )


def curtailed_text(words: Wording, rule: DecisionRule) -> str:
    """Return what is saved by reading no longer than the answer is open."""
    return words.text(
        "Stopper I, så snart svaret er givet, læser I i gennemsnit {good_read} sager i et center, hvor {good} har "
        "fejl, og {poor_read}, hvor {poor} har; det sparer {good_saved} og {poor_saved}.",
        good=words.percent(rule.good),
        poor=words.percent(rule.poor),
        good_read=words.number(rule.read_good, 1),
        poor_read=words.number(rule.read_poor, 1),
        good_saved=words.number(rule.n - rule.read_good, 1),
        poor_saved=words.number(rule.n - rule.read_poor, 1),
    )


def stopping_text(words: Wording) -> str:
    """Return what is lost by reading no longer than the answer is open."""
    return words.text(
        "Læs i så fald sagerne i lodnumrenes orden. I kan så svare ja eller nej, men ikke, hvor stor andelen "
        "med fejl er."
    )


def detection_text(words: Wording, found: Detection) -> str:
    """Return how many cases it takes to find at least one, and the chance of those that are drawn."""
    text = words.text(
        "For at finde mindst én af {count} blandt {population} med 95 % sandsynlighed skal der gennemgås {needed}.",
        count=cases_text(words, found.count),
        population=found.population,
        needed=found.needed,
    )
    if found.chance is None or found.n is None:
        return text
    chance = words.text(
        "Med {cases} er sandsynligheden {chance}.",
        cases=cases_text(words, found.n),
        chance=chance_text(words, found.chance),
    )
    return f"{text} {chance}"


def cases_text(words: Wording, cases: int) -> str:
    """Return ``26 sager``."""
    return words.plural("{count} sag", "{count} sager", cases)


def hours_of(words: Wording, hours: float) -> str:
    """Return ``40 timer``, with a decimal where there is one."""
    tenths = round(hours, 1)
    number = words.number(tenths, 0 if tenths == int(tenths) else 1)
    return words.text("{hours} timer", hours=number)


def chance_text(words: Wording, chance: float) -> str:
    """Return a chance as a whole percentage, never rounded to none or all."""
    if 0 < chance < 0.005:
        return words.text("under {percent}", percent=words.percent(0.01))
    if 0.995 <= chance < 1:
        return words.text("over {percent}", percent=words.percent(0.99))
    return words.percent(chance)
