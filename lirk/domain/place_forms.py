"""Checklists filled in about a place: a spot check, or a leader's self-assessment."""

from enum import StrEnum


class PlaceKind(StrEnum):
    """What is filled in about a centre; no case is read for it."""

    SPOT_CHECK = "spot-check"
    SELF_ASSESSMENT = "self-assessment"
