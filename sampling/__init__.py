"""Sampling and estimates: draws that anybody can repeat. Knows nothing of the rest of LIRK.

The certificate itself is made by ``sampling.certificate.certificate``, which is not named here: it would hide
the module of that name.
"""

from sampling.allocate import allocate
from sampling.certificate import (
    Difference,
    StratumSizes,
    digest,
    frame_differences,
    freeze,
    replace_case,
    stratum_sizes,
    verify,
)
from sampling.errors import SamplingError
from sampling.estimate import Estimate, Interval, hypergeometric_interval
from sampling.frame import FrameProblem, check_frame, counts, fingerprint, stratify
from sampling.plan import sample_size_hours, sample_size_proportion, sizes_of_plan
from sampling.select import draw_sample, extend_sample, is_seed, ticket

__all__ = [
    "Difference",
    "Estimate",
    "FrameProblem",
    "Interval",
    "SamplingError",
    "StratumSizes",
    "allocate",
    "check_frame",
    "counts",
    "digest",
    "draw_sample",
    "extend_sample",
    "fingerprint",
    "frame_differences",
    "freeze",
    "hypergeometric_interval",
    "is_seed",
    "replace_case",
    "sample_size_hours",
    "sample_size_proportion",
    "sizes_of_plan",
    "stratify",
    "stratum_sizes",
    "ticket",
    "verify",
]
