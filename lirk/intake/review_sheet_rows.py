"""The rows of a filled-in review sheet: what each says, and whether it may say so."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from checklists.conditions import reads
from checklists.model import Checklist, Fact, FactValue, Item, ScaleAnswer
from checklists.score import score
from lirk.domain.cpr import masked, mentions_cpr
from lirk.domain.review_sheets import (
    CASE_DETAIL,
    CASE_STATUS,
    CaseAnswers,
    ColumnKey,
    ReviewSheet,
    SheetAnswers,
    SheetCase,
    known_facts,
    written_answer,
    written_as,
)
from lirk.domain.reviews import Answer, CaseStatus
from lirk.errors import Problem, ProblemsFound
from lirk.wording import Wording
from lirk.wording.review_sheets import RULED_OUT, STATUSES

Code = TypeVar("Code", bound=str)
Question: TypeAlias = Fact | Item
#: What a row answers: running number, checklist id ("" for the case itself), fact or item id.
Place: TypeAlias = tuple[int, str, str]

WRITTEN: tuple[ColumnKey, ...] = ("note", "journal_reference")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row with its place in the file; ``cells`` (trimmed) and ``headings`` by column key."""

    file: str
    page: str
    number: int
    cells: Mapping[ColumnKey, str]
    headings: Mapping[ColumnKey, str]

    def problem(self, code: str, column: ColumnKey, **values: object) -> Problem:
        """Return a problem at one cell of this row."""
        heading = self.headings[column]
        return Problem(code, values, file=self.file, sheet=self.page, row=self.number, column=heading)

    def written(self, place: int = 0) -> str | None:
        """Return what the row was written with for one of its checklists, None where the sheet does not say."""
        parts = self.cells.get("written", "").split()
        return parts[place] if place < len(parts) else None


@dataclass(frozen=True, slots=True)
class _Given:
    """What one row says about one question; ``code`` is "" where there is only a text.

    ``written`` is what it was written with, None where the sheet does not say.
    """

    row: SheetRow
    code: str
    written: str | None = None

    @property
    def all_said(self) -> tuple[str, ...]:
        return (self.code, *(self.row.cells[column] for column in WRITTEN))

    @property
    def says(self) -> str:
        return written_as(*self.all_said)

    @property
    def is_new(self) -> bool:
        """Whether it was filled in after the sheet was written, as far as the sheet says."""
        return self.says != self.written


@dataclass(slots=True)
class Reading:
    """Takes the rows one by one, gathers what they say and everything that is wrong.

    ``written_with`` are number and id of the cases that the file was written with: what it says of those that
    are not in ``sheet`` is passed over, whether there are such cases or not.
    """

    sheet: ReviewSheet
    words: Wording
    written_with: Collection[tuple[str, str]] = frozenset()
    made: str = ""
    _problems: list[Problem] = field(default_factory=list)
    _given: dict[Place, _Given] = field(default_factory=dict)
    _pages: dict[str | None, int] = field(default_factory=dict)
    _strangers: set[tuple[str, str, str]] = field(default_factory=set)
    _gone: set[int] = field(default_factory=set)

    def take(self, found: SheetRow | Problem) -> None:
        """Take the next row, or a problem that was found before there were rows."""
        if isinstance(found, Problem):
            self._tell(found)
            return
        self._pages.setdefault(found.page, len(self._pages))
        case = self._case(found)
        if case is None or found.cells["item"] == CASE_DETAIL:
            return
        for column in WRITTEN:
            if mentions_cpr(found.cells[column]):
                self._tell(found.problem("sheet-looks-like-cpr", column))
        if found.cells["item"] == CASE_STATUS:
            self._take_status(case, found)
        else:
            self._take_answer(case, found)

    def finish(self) -> SheetAnswers:
        """Return all answers.

        Raises
        ------
        ProblemsFound
            With everything that was wrong, in the order of sheets and rows.
        """
        cases = {case.number: self._answers_of(case) for case in self.sheet.cases}
        if self._problems:
            raise ProblemsFound(
                sorted(self._problems, key=lambda one: (self._pages.get(one.sheet, -1), one.row or 0))
            )
        return SheetAnswers(
            round_key=self.sheet.round_key,
            reviewer=self.sheet.reviewer,
            cases=cases,
            gone=tuple(sorted(self._gone)),
            made=self.made,
        )

    def _tell(self, problem: Problem) -> None:
        # A row that answers for several checklists would otherwise be told of once for each.
        if problem not in self._problems:
            self._problems.append(problem)

    def _case(self, row: SheetRow) -> SheetCase | None:
        number, case_id = row.cells["number"].removesuffix(".0"), row.cells["case"]
        case = self.sheet.case(int(number)) if number.isdecimal() else None
        if case is not None and case.case_id == case_id:
            return case
        if number.isdecimal() and (number, case_id) in self.written_with:
            self._pass_over(int(number), row)
        elif (row.page, number, case_id) not in self._strangers:
            self._strangers.add((row.page, number, case_id))
            values = {"number": masked(number) or "–", "case": masked(case_id)}
            self._tell(row.problem("sheet-case-not-here", "case", reviewer=self.sheet.reviewer, **values))
        return None

    def _pass_over(self, number: int, row: SheetRow) -> None:
        """Remember a case that is not the reviewer's now, where the row says something that is new."""
        if row.written() is not None and self._answers_anew(row):
            self._gone.add(number)

    def _answers_anew(self, row: SheetRow) -> bool:
        """Return whether a row of any case was filled in after the sheet was written."""
        value, item = row.cells["answer"], row.cells["item"]
        choices = [(str(status), self._both(label)) for status, label in STATUSES.items()]
        for checklist in self.sheet.checklists:
            question = checklist.item(item) or checklist.fact(item)
            if question and checklist.id in row.cells["checklist"].split():
                choices = [(one.code, (one.text.da, one.text.en)) for one in _choices(question)]
        given = _Given(row, _match(value, choices) or value)
        # A fact that several checklists ask was shown as the first of them to have an answer has it.
        shown = {row.written(place) for place in range(len(row.cells["written"].split()))}
        return any(given.all_said) and given.says not in shown

    def _take_status(self, case: SheetCase, row: SheetRow) -> None:
        value = row.cells["answer"]
        status = _match(value, [(status, self._both(label)) for status, label in STATUSES.items()])
        if value and status is None:
            offered = [self.words.text(label) for label in STATUSES.values()]
            self._tell(row.problem("sheet-status-unknown", "answer", value=masked(value), offered=offered))
        else:
            self._keep((case.number, "", CASE_STATUS), _Given(row, status or "", row.written()))

    def _take_answer(self, case: SheetCase, row: SheetRow) -> None:
        for place, checklist_id in enumerate(row.cells["checklist"].split() or [""]):
            checklist = next((one for one in self.sheet.checklists if one.id == checklist_id), None)
            if checklist is None:
                self._tell(row.problem("sheet-checklist-unknown", "checklist", checklist=checklist_id or "–"))
                continue
            item = row.cells["item"]
            question = checklist.item(item) or checklist.fact(item)
            if question is None:
                self._tell(row.problem("sheet-item-unknown", "item", item=item or "–"))
                continue
            code = self._code(question, row)
            known = known_facts(checklist, case.facts).get(item)
            if known is None and code is not None:
                self._keep((case.number, checklist_id, item), _Given(row, code, row.written(place)))
            elif code not in (None, "", known):
                value = masked(row.cells["answer"])
                label = self._label(question, known or "")
                self._tell(row.problem("sheet-fact-from-register", "answer", known=label, value=value))

    def _code(self, question: Question, row: SheetRow) -> str | None:
        """Return the code of the answer, "" where there is none, None where it is a problem."""
        value = row.cells["answer"]
        if not value or _match(value, [(RULED_OUT, self._both(RULED_OUT))]):
            return ""
        code = _match(
            value, [(choice.code, (choice.text.da, choice.text.en)) for choice in _choices(question)]
        )
        if code in question.offered:
            return code
        unknown = "sheet-fact-value-unknown" if isinstance(question, Fact) else "sheet-answer-unknown"
        problem = "sheet-answer-not-offered" if code else unknown
        offered = [self._label(question, offered) for offered in question.offered]
        self._tell(row.problem(problem, "answer", value=masked(value), offered=offered))
        return None

    def _keep(self, place: Place, given: _Given) -> None:
        if not any(given.all_said):
            return
        before = self._given.setdefault(place, given)
        if before.all_said != given.all_said:
            values = {"other": str(before.row.number), "sheet": before.row.page}
            self._tell(given.row.problem("sheet-contradictory", "answer", **values))

    def _answers_of(self, case: SheetCase) -> CaseAnswers:
        said = self._given.get((case.number, "", CASE_STATUS))
        # An empty cell takes nothing away: what was said of the case earlier stays.
        # The same holds for a cell that stands as the sheet was written.
        status = (
            CaseStatus(said.code)
            if said and said.code and said.written != written_as(said.code)
            else case.status
        )
        answers = {checklist.id: self._review(case, checklist) for checklist in self.sheet.checklists}
        if status is not CaseStatus.TO_REVIEW:
            self._refuse_answers(case, status, only_new=status is case.status)
        return CaseAnswers(
            number=case.number,
            case_id=case.case_id,
            status=status,
            status_note="; ".join(filter(None, said.all_said[1:])) if said else "",
            answers=answers,
        )

    def _refuse_answers(self, case: SheetCase, status: CaseStatus, *, only_new: bool) -> None:
        """Tell, once a sheet, that a case which cannot be reviewed has answers."""
        told: set[str] = set()
        for (number, checklist_id, _), given in self._given.items():
            refused = number == case.number and checklist_id and (given.is_new or not only_new)
            if refused and given.row.page not in told:
                told.add(given.row.page)
                values = {
                    "number": str(number),
                    "status": self.words.text(STATUSES[status]),
                    "reviewable": self.words.text(STATUSES[CaseStatus.TO_REVIEW]),
                }
                self._tell(given.row.problem("sheet-case-not-reviewable", "answer", **values))

    def _review(self, case: SheetCase, checklist: Checklist) -> tuple[Answer, ...]:
        rows = {
            question_id: given
            for question_id in (
                *(fact.id for fact in checklist.facts),
                *(item.id for item in checklist.items),
            )
            if (given := self._given.get((case.number, checklist.id, question_id)))
        }
        before = case.answers.get(checklist.id, {})
        answers = {
            question_id: answer
            for question_id, given in rows.items()
            if (answer := _answer(question_id, given, before.get(question_id)))
        }
        codes = {question_id: answer.value for question_id, answer in answers.items()}
        scored = score(checklist, {**codes, **known_facts(checklist, case.facts)})
        self._check_contradictions(checklist, scored.contradictions, rows)
        for question_id, answer in answers.items():
            row, item = rows[question_id].row, checklist.item(question_id)
            if not answer.value and rows[question_id].is_new:
                self._tell(row.problem("sheet-note-without-answer", "answer"))
            elif item is not None and question_id in scored.applies and rows[question_id].is_new:
                self._check_written(item, answer, row)
            self._check_newest(case, checklist, rows[question_id], before.get(question_id))
        return tuple(answers.values())

    def _check_newest(
        self, case: SheetCase, checklist: Checklist, given: _Given, before: Answer | None
    ) -> None:
        """Tell of an answer that would take the place of one which is newer than the sheet."""
        question_id = given.row.cells["item"]
        asked = checklist.item(question_id) or checklist.fact(question_id)
        known = given.written, given.says
        if before is None or given.written is None or not given.is_new or written_answer(before) in known:
            return
        brought_by = case.brought_by.get((checklist.id, question_id), "")
        if asked is not None and not (self.made and brought_by == self.made):
            question = f"»{asked.question.in_(self.words.language)}«"
            values = {"number": str(case.number), "question": question}
            self._tell(given.row.problem("sheet-answer-newer", "answer", **values))

    def _check_contradictions(
        self, checklist: Checklist, held: Sequence[str], rows: Mapping[str, _Given]
    ) -> None:
        """Tell of answers that contradict each other, at the last of their rows, naming all their questions."""
        language = self.words.language
        for contradiction in (one for one in checklist.contradictions if one.id in held):
            read = reads(contradiction.refuse_when)
            questions = [
                f"»{asked.question.in_(language)}«"
                for question_id in read
                if (asked := checklist.item(question_id) or checklist.fact(question_id))
            ]
            values = {"message": contradiction.message.in_(language), "questions": questions}
            if answered := [given for question_id, given in rows.items() if question_id in read]:
                self._tell(answered[-1].row.problem("sheet-answers-contradict", "answer", **values))

    def _check_written(self, item: Item, answer: Answer, row: SheetRow) -> None:
        reference, needs_reference = answer.journal_reference, item.journal_reference_required_at
        rules: tuple[tuple[str, ColumnKey, str, tuple[str, ...]], ...] = (
            ("sheet-note-missing", "note", answer.note, item.note_required_at),
            ("sheet-journal-reference-missing", "journal_reference", reference, needs_reference),
        )
        for problem, column, text, required in rules:
            if answer.value in required and not text:
                self._tell(row.problem(problem, column, answer=self._label(item, answer.value)))

    def _both(self, danish: str) -> tuple[str, str]:
        return Wording("da").text(danish), Wording("en").text(danish)

    def _label(self, question: Question, code: str) -> str:
        texts = {choice.code: choice.text for choice in _choices(question)}
        return texts[code].in_(self.words.language)


def _choices(question: Question) -> Sequence[ScaleAnswer | FactValue]:
    """Return all answers that the question's scale has, also those that it does not offer."""
    return question.values if isinstance(question, Fact) else question.scale.answers


def _match(value: str, choices: Iterable[tuple[Code, Iterable[str]]]) -> Code | None:
    """Return the code that ``value`` names: by the code itself, else by one of its labels."""
    listed = [(code, tuple(labels)) for code, labels in choices]
    wanted = _folded(value)
    by_code = (code for code, _ in listed if _folded(code) == wanted)
    by_label = (code for code, labels in listed if wanted in map(_folded, labels))
    return next(by_code, None) or next(by_label, None)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _answer(question_id: str, given: _Given, before: Answer | None) -> Answer | None:
    """Return the answer that follows from a row: the stored one, if any, where the row says nothing new."""
    if not given.is_new:
        return before
    return Answer(
        item_id=question_id,
        value=given.code,
        note=given.row.cells["note"],
        journal_reference=given.row.cells["journal_reference"],
        in_doubt=before.in_doubt if before else False,
    )
