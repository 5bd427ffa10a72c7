"""*Siden sidst* on page one of a centre's report: what differs from the centre's own last round, in three lines.

Nothing is called better or worse: a larger or a smaller share of the cases is in order.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import unescape

from lirk.domain.own_changes import Difference, Step, latest_step, rises
from lirk.domain.reports import CentreReport, ChecklistSeries, ItemSeries, SeriesPoint, ThemeSeries
from lirk.domain.series import MOST_ROUNDS
from lirk.reports.lettering import wrapped
from lirk.reports.markup import Markup
from lirk.reports.styles import TEXT, styles
from lirk.reports.voice import Voice
from lirk.wording import N_

#: Lines on paper that it has room for, and a page's number that is as wide as any.
LINES, ANY_PAGE = 3, 99
#: So many earlier rounds stand beside a round at most.
HELD_AGAINST = MOST_ROUNDS - 1
#: How many cases have a critical breach beside last time, by what the difference is.
CRITICAL = {
    Difference.NONE: N_("{heading}: {breaches} af {cases} sager, sidst {before} af {of}."),
    Difference.BY_CHANCE: N_(
        "{heading}: {breaches} af {cases} sager, sidst {before} af {of} (kan være tilfældigt)."
    ),
    Difference.LARGER: N_(
        "{heading}: {breaches} af {cases} sager, sidst {before} af {of} (næppe tilfældigt)."
    ),
}
#: The same in few words, and whether the difference is hardly by chance.
CRITICAL_IN_BRIEF = {
    False: N_("{breaches} af {cases} (sidst {before} af {of})"),
    True: N_("{breaches} af {cases} (sidst {before} af {of}, næppe tilfældigt)"),
}


def since_last(report: CentreReport, voice: Voice) -> Markup:
    """Return which own rounds the figures are held against, where they stand, and what may be by chance.

    What is hardly by chance is named, with its direction, as long as three lines have room for it.
    """
    say = voice.say
    if not report.earlier_rounds:
        return say.text("Det er centrets første runde i LIRK. Der er intet at sammenligne med endnu.")
    if not report.series:
        return _nothing_shared(report.earlier_rounds, voice)
    themes = [(series, one) for series in report.series for one in series.themes if _step(one)]
    items = [(series, one) for series in report.series for one in series.items if _step(one)]
    told = themes or items
    if not told:
        return say.text(
            "Ingen af de punkter, der er målt i centrets runder før, har et tal denne gang (se {place}).",
            place=voice.see("rounds"),
        )
    every = sum(len(series.themes if themes else series.items) for series in report.series)
    critical = tuple(
        Critical(series.title, series.critical.points, step)
        for series in report.series
        if series.critical is not None and (step := latest_step(series.critical.points))
    )
    news = News(
        told=tuple(told),
        certain=tuple(_certain(themes, items)),
        every=every,
        critical=critical,
        checklists=len(report.checklists),
    )
    before = _before(report, told, voice)
    return Markup.joined(" ", [before, *_fitting(news, _rounds(report, told), voice)])


def _nothing_shared(rounds: Sequence[str], voice: Voice) -> Markup:
    """Return that no item was measured before and now; of many rounds those that this one was held against."""
    held = voice.say.listing(rounds[-HELD_AGAINST:])
    if len(rounds) <= HELD_AGAINST:
        return voice.say.text(
            "Centret er gennemgået før ({rounds}), men ingen punkter er målt både da og nu.", rounds=held
        )
    return voice.say.text(
        "Centret er gennemgået i {count} runder før, senest i {rounds}, men ingen punkter er målt både i dem og nu.",
        count=len(rounds),
        rounds=held,
    )


def _step(one: ThemeSeries | ItemSeries) -> Step | None:
    """Return the step to the latest round's figure, if there are two to hold against each other."""
    return latest_step(one.points)


def _difference(one: ThemeSeries | ItemSeries) -> Difference | None:
    """Return what the latest figure is beside the one before it, if there are both."""
    step = _step(one)
    return step.difference if step else None


#: A theme or an item with the series that has its rounds.
Placed = tuple[ChecklistSeries, ThemeSeries | ItemSeries]


@dataclass(frozen=True, slots=True)
class Critical:
    """The cases with a critical breach under one checklist, and the step to those of the latest round."""

    title: str
    points: tuple[SeriesPoint | None, ...]
    step: Step

    @property
    def both(self) -> tuple[SeriesPoint, SeriesPoint] | None:
        """What is held against each other, if it can be, and there was a breach in either of the rounds."""
        then, now = self.points[self.step.before], self.points[self.step.after]
        if then is None or now is None or self.step.difference is Difference.BROKEN:
            return None
        return (then, now) if then.hits or now.hits else None


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What can be told of the latest round beside the one before it.

    ``told`` are the themes with two figures, or the items where no theme has them, and ``every`` is how many of
    these there are, with and without a figure now. ``certain`` are themes, and items of other themes, whose
    difference is hardly by chance.
    """

    told: tuple[Placed, ...]
    certain: tuple[Placed, ...]
    every: int
    critical: tuple[Critical, ...]
    checklists: int

    @property
    def found(self) -> Counter[Difference | None]:
        """How many of those that are told differ in which way."""
        return Counter(_difference(one) for _, one in self.told)


def _certain(themes: Sequence[Placed], items: Sequence[Placed]) -> Iterator[Placed]:
    """Yield what differs by more than chance: an item where its theme does not differ so in the same direction."""
    known = set()
    for series, theme in themes:
        if _difference(theme) is Difference.LARGER:
            known.add((series.checklist_id, theme.number, _rises(theme)))
            yield series, theme
    for series, item in items:
        place = (series.checklist_id, item.number.partition(".")[0], _rises(item))
        if _difference(item) is Difference.LARGER and place not in known:
            yield series, item


def _rises(one: ThemeSeries | ItemSeries) -> bool:
    step = _step(one)
    return step is not None and rises(one.points, step)


def _rounds(report: CentreReport, told: Sequence[Placed]) -> list[str]:
    """Return which rounds the figures are held against: each against the last one that has it."""
    found = {series.rounds[step.before] for series, one in told if (step := _step(one))}
    order = {title: at for at, title in enumerate(report.earlier_rounds)}
    return sorted(found, key=lambda title: (order.get(title, -1), title))


def _before(report: CentreReport, told: Sequence[Placed], voice: Voice) -> Markup:
    return voice.say.text(
        "Sidst var {round} (se {place}).",
        round=voice.say.listing(_rounds(report, told)),
        place=voice.see("rounds"),
    )


def _fitting(news: News, rounds: Sequence[str], voice: Voice) -> list[Markup]:
    """Return as much as there is room for on page one; the same in every form of the report."""
    words = voice.words
    page = words.text("side {page}", page=ANY_PAGE)
    before = words.text("Sidst var {round} (se {place}).", round=words.listing(rounds), place=page)
    size = styles(words.language).brief.fontSize
    said: list[Markup] = []
    for said in _ways(news, voice):
        text = unescape(" ".join([before, *said]))
        if len(wrapped(text, size, TEXT, language=words.language, most=LINES + 1)) <= LINES:
            break
    return said


def _ways(news: News, voice: Voice) -> Iterator[list[Markup]]:
    """Yield what can be told, the fullest first."""
    named, counted = _directions(news, _names, voice), _directions(news, _counts, voice)
    critical, briefly = list(_critical(news, voice)), _critical_in_brief(news, voice)
    chance, broken, same = _chance(news, voice), _broken(news, voice), _same(news, voice)
    others = _others(news, voice)
    yield [*critical, *named, *chance, *broken, *same]
    yield [*critical, *named, *chance, *broken]
    yield [*briefly, *named, *broken, *others]
    yield [*briefly, *counted, *broken, *others]
    yield [*briefly, *_least(news, voice)]


def _critical(news: News, voice: Voice) -> Iterator[Markup]:
    """Yield for each checklist how many cases have a critical breach, then and now, and what of it is chance."""
    for one in news.critical:
        heading = (
            voice.say.text("Kritisk brud i »{title}«", title=one.title)
            if news.checklists > 1
            else voice.say.text("Kritisk brud")
        )
        if one.step.difference is Difference.BROKEN:
            yield voice.say.text("{heading} kan ikke sammenlignes med sidst.", heading=heading)
        if one.both is None:
            continue
        then, now = one.both
        yield voice.say.text(
            CRITICAL[one.step.difference],
            heading=heading,
            breaches=now.hits,
            cases=now.assessed,
            before=then.hits,
            of=then.assessed,
        )


def _critical_in_brief(news: News, voice: Voice) -> list[Markup]:
    """Return the same, shorter where all checklists can be held against last time.

    With one that has breaches in either round it need not be said which; several are told in the report's order.
    """
    comparable = [one for one in news.critical if one.step.difference is not Difference.BROKEN]
    told = [one for one in comparable if one.both]
    if not told or len(comparable) < news.checklists:
        return list(_critical(news, voice))
    parts = [
        voice.say.text(
            CRITICAL_IN_BRIEF[one.step.difference is Difference.LARGER],
            breaches=now.hits,
            cases=now.assessed,
            before=then.hits,
            of=then.assessed,
        )
        for one in (told if len(told) == 1 else comparable)
        if (then := one.points[one.step.before]) and (now := one.points[one.step.after])
    ]
    listed = voice.say.listing(parts)
    if len(parts) == 1:
        return [voice.say.text("Sager med kritisk brud: {counts}.", counts=listed)]
    return [voice.say.text("Kritisk brud pr. tjekliste: {counts}.", counts=listed)]


def _directions(
    news: News, say_all: Callable[[Sequence[Placed], News, Voice], Markup], voice: Voice
) -> list[Markup]:
    """Return where more and where fewer of the cases are in order than last time, beyond chance."""
    more = [placed for placed in news.certain if _rises(placed[1])]
    less = [placed for placed in news.certain if not _rises(placed[1])]
    named = {"more": say_all(more, news, voice), "less": say_all(less, news, voice)}
    if more and less:
        return [
            voice.say.text(
                "En større andel er i orden i {more}, en mindre i {less} (næppe tilfældigt).", **named
            )
        ]
    if more:
        return [voice.say.text("En større andel er i orden i {more} (næppe tilfældigt).", **named)]
    if less:
        return [voice.say.text("En mindre andel er i orden i {less} (næppe tilfældigt).", **named)]
    return []


def _names(placed: Sequence[Placed], news: News, voice: Voice) -> Markup:
    return voice.say.listing(_name(series, one, news, voice) for series, one in placed)


def _name(series: ChecklistSeries, one: ThemeSeries | ItemSeries, news: News, voice: Voice) -> Markup:
    if isinstance(one, ThemeSeries):
        return voice.say.text("»{title}«", title=one.title)
    if news.checklists > 1:
        return voice.say.text("punkt {number} i »{title}«", number=one.number, title=series.title)
    return voice.say.text("punkt {number}", number=one.number)


def _counts(placed: Sequence[Placed], _: News, voice: Voice) -> Markup:
    themes = sum(isinstance(one, ThemeSeries) for _, one in placed)
    items = len(placed) - themes
    parts = []
    if themes:
        parts.append(voice.say.plural("{count} tema", "{count} temaer", themes))
    if items:
        parts.append(voice.say.plural("{count} punkt", "{count} punkter", items))
    return voice.say.listing(parts)


def _of_themes(news: News) -> bool:
    """Whether themes are told, or items in their place."""
    return any(isinstance(one, ThemeSeries) for _, one in news.told)


def _chance(news: News, voice: Voice) -> list[Markup]:
    count, say = news.found[Difference.BY_CHANCE], voice.say
    if not count:
        return []
    if _of_themes(news):
        return [
            say.plural(
                "I {count} tema er tallet et andet end sidst, men det kan være tilfældigt.",
                "I {count} temaer er tallene andre end sidst, men det kan være tilfældigt.",
                count,
            )
        ]
    return [
        say.plural(
            "I {count} punkt er tallet et andet end sidst, men det kan være tilfældigt.",
            "I {count} punkter er tallene andre end sidst, men det kan være tilfældigt.",
            count,
        )
    ]


def _others(news: News, voice: Voice) -> list[Markup]:
    """Return that what is not told in numbers may be by chance, if there is something."""
    critical = [one.step.difference for one in news.critical if one.both]
    if not (news.found[Difference.BY_CHANCE] or Difference.BY_CHANCE in critical):
        return []
    if news.certain or Difference.LARGER in critical:
        return [voice.say.text("Resten kan være tilfældigt.")]
    return [voice.say.text("Forskellene kan være tilfældige.")]


def _least(news: News, voice: Voice) -> list[Markup]:
    """Return where a difference is hardly by chance, without its direction, and what the others are."""
    if not news.certain:
        return _others(news, voice)
    counted = _counts(news.certain, news, voice)
    told = voice.say.text("Forskellen er næppe tilfældig i {counted}.", counted=counted)
    # Of what cannot be compared it cannot be said that it may be by chance.
    return [told] if news.found[Difference.BROKEN] else [told, *_others(news, voice)]


def _broken(news: News, voice: Voice) -> list[Markup]:
    count, say = news.found[Difference.BROKEN], voice.say
    if not count:
        return []
    if _of_themes(news):
        return [
            say.plural(
                "{count} tema kan ikke sammenlignes med sidst.",
                "{count} temaer kan ikke sammenlignes med sidst.",
                count,
            )
        ]
    return [
        say.plural(
            "{count} punkt kan ikke sammenlignes med sidst.",
            "{count} punkter kan ikke sammenlignes med sidst.",
            count,
        )
    ]


def _same(news: News, voice: Voice) -> list[Markup]:
    count, say, themes = news.found[Difference.NONE], voice.say, _of_themes(news)
    if not count:
        return []
    if count == news.every:
        if themes:
            return [say.text("Temaernes tal er de samme som sidst.")]
        return [say.text("Punkternes tal er de samme som sidst.")]
    if themes:
        return [
            say.plural("I {count} tema er tallet det samme.", "I {count} temaer er tallene de samme.", count)
        ]
    return [
        say.plural("I {count} punkt er tallet det samme.", "I {count} punkter er tallene de samme.", count)
    ]
