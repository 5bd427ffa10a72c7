"""The reference: a frame in memory, drawn with Polars and hashlib as ``sampling`` itself draws."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

import polars as pl

from sampling.frame import counts, fingerprint, require_drawable
from sampling.select import draw_sample


class ReferenceEngine:
    """What every other engine is held against.

    Parameters
    ----------
    frame
        ``case_id`` and ``stratum`` (str); other columns are left aside.
    """

    name: ClassVar[str] = "reference"

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def counts(self) -> dict[str, int]:
        """Return the number of cases N of each stratum, by stratum name bytewise."""
        require_drawable(self._frame)
        return counts(self._frame)

    def fingerprint(self, salt: str | None = None) -> str:
        """Return :func:`sampling.frame.fingerprint`."""
        return fingerprint(self._frame, salt)

    def draw(self, sizes: Mapping[str, int], seed: str) -> pl.DataFrame:
        """Return :func:`sampling.select.draw_sample`: case_id, stratum, ticket and rank."""
        sample = draw_sample(self._frame, sizes, seed)
        return sample.select("case_id", "stratum", "ticket", "rank")

    def locate(self, case_ids: Iterable[str]) -> dict[str, str]:
        """Return in which stratum each of these cases is; those that are not in the frame are left out."""
        require_drawable(self._frame)
        strata = dict(zip(self._frame["case_id"], self._frame["stratum"], strict=True))
        return {case_id: strata[case_id] for case_id in case_ids if case_id in strata}
