"""What a calibration bars in its round: sharing out and drawing while it is open, and calling up its cases."""

from collections.abc import Collection, Iterable

from lirk.domain.calibration import CalibrationOpen
from lirk.domain.draws import NoReserveLeft
from lirk.domain.reviews import DrawnCase, Reading
from lirk.domain.rounds import Round
from lirk.domain.settling import check_unread
from lirk.storage.store import Store


def check_no_open_calibration(store: Store, round_: Round) -> None:
    """Refuse what has to wait until the round's calibration is over.

    Raises
    ------
    CalibrationOpen
        If it is open.
    """
    calibration = store.calibrations.of(round_.id)
    if calibration is not None and calibration.is_open:
        raise CalibrationOpen(round=round_.key)


def check_uncalibrated(store: Store, round_: Round) -> None:
    """Refuse a further draw where cases of the last one were read for calibration, or are being.

    Raises
    ------
    lirk.domain.settling.DrawAfterAnswers
        If anything was answered.
    CalibrationOpen
        If a calibration is open, and nobody has answered yet.
    """
    check_unread(round_.key, (), store.reviews.of(round_.id, reading=Reading.CALIBRATION))
    check_no_open_calibration(store, round_)


def check_callable(store: Store, round_: Round, case: DrawnCase) -> None:
    """Refuse to call up a reserve case that everybody has read.

    Calibration takes the ends of the reserves, so that nothing else is left where such a case is the next.

    Raises
    ------
    lirk.domain.draws.NoReserveLeft
        If it is one of the calibration.
    """
    if case.id in store.calibrations.case_pks(round_.id):
        raise NoReserveLeft(stratum=case.stratum)


def strata_with_reserve(store: Store, round_: Round, cases: Iterable[DrawnCase]) -> Collection[str]:
    """Return the strata in which a case can still be called up; ``cases`` are those of the latest draw."""
    calibrated = set(store.calibrations.case_pks(round_.id))
    return {case.stratum for case in cases if case.number is None and case.id not in calibrated}
