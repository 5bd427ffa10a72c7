"""Problems of a register, gathered while it is read: few are told of each kind, all are counted."""

from collections.abc import Iterable

import polars as pl

from lirk.domain.cpr import masked
from lirk.errors import Problem
from lirk.intake.tables import MOST_TOLD


class Gathered:
    """All that is wrong in a register (``problems``), how much that is in all (``total``), and remarks."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self.problems: list[Problem] = list(problems)
        self.remarks: list[Problem] = []
        self.total = len(self.problems)

    def add(self, problem: Problem) -> None:
        """Tell one problem."""
        self.problems.append(problem)
        self.total += 1

    def some(self, problems: Iterable[Problem], count: int, column: str | None = None) -> None:
        """Tell the first problems of a kind, and how many more of ``count`` there are."""
        told = list(problems)
        self.problems.extend(told)
        if count > len(told):
            self.problems.append(Problem("more-of-the-same", {"count": count - len(told)}, column=column))
        self.total += count

    def rows(
        self,
        code: str,
        bad: pl.DataFrame,
        column: str | None,
        value: str | None = None,
        **values: object,
    ) -> None:
        """Tell a problem of each row of ``bad``.

        Parameters
        ----------
        code
            Of the problem; its sentence may use ``{value}``.
        bad
            The rows, with the spreadsheet's number in ``row``.
        column
            The heading.
        value
            The column of ``bad`` whose text the sentence quotes; what looks like a CPR number is masked.
        values
            What else the sentence needs, alike for all rows.
        """
        shown = bad.head(MOST_TOLD)
        texts = shown[value].to_list() if value else [None] * shown.height
        told = [
            Problem(
                code, values if text is None else {"value": quotable(text), **values}, row=row, column=column
            )
            for row, text in zip(shown["row"].to_list(), texts, strict=True)
        ]
        self.some(told, bad.height, column)


def quotable(text: str) -> str:
    """Return a value as a sentence may quote it: on one line, not endless, no CPR number in it."""
    line = " ".join(masked(text).split())
    return line if len(line) <= 80 else f"{line[:79]}…"
