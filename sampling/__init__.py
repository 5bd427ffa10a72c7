"""Sampling and estimates: draws that anybody can repeat. Knows nothing of the rest of LIRK.

The certificate itself is made by ``sampling.certificate.certificate``, which is not named here: it would hide
the module of that name. Draws where the register lives are made by ``sampling.engines``.
"""

from sampling.agreement import (
    agreement_undefined,
    cohen_kappa,
    fleiss_kappa,
    fleiss_undefined,
    gwet_ac1,
    gwet_ac2,
    krippendorff_alpha,
    percent_agreement,
)
from sampling.allocate import allocate
from sampling.certificate import (
    Difference,
    StratumSizes,
    digest,
    frame_differences,
    freeze,
    replace_case,
    stratum_sizes,
)
from sampling.change import (
    PairedChange,
    change_in_mean,
    change_in_proportion,
    paired_change_in_mean,
    paired_change_in_proportion,
)
from sampling.decide import (
    Plan,
    attribute_sample_size,
    chance_to_find,
    expected_sample_number,
    lqas_plan,
    operating_characteristic,
)
from sampling.errors import SamplingError
from sampling.estimate import (
    CountInterval,
    Estimate,
    Interval,
    hypergeometric_interval,
    proportion_interval,
    proportion_upper_limit,
)
from sampling.extension import extend_certificate
from sampling.frame import FrameProblem, check_frame, counts, fingerprint, stratify
from sampling.gaps import GapChange, SerialGaps, YearGaps, gap_change, serial_gaps
from sampling.means import mean_interval
from sampling.plan import (
    expected_half_width,
    hours_for_cases,
    sample_size_hours,
    sample_size_mean,
    sample_size_proportion,
    sizes_of_plan,
)
from sampling.select import draw_sample, extend_sample, is_seed, ticket
from sampling.stratified import domain_mean, stratified_mean, stratified_proportion, stratified_total
from sampling.verification import verify

__all__ = [
    "CountInterval",
    "Difference",
    "Estimate",
    "FrameProblem",
    "GapChange",
    "Interval",
    "PairedChange",
    "Plan",
    "SamplingError",
    "SerialGaps",
    "StratumSizes",
    "YearGaps",
    "agreement_undefined",
    "allocate",
    "attribute_sample_size",
    "chance_to_find",
    "change_in_mean",
    "change_in_proportion",
    "check_frame",
    "cohen_kappa",
    "counts",
    "digest",
    "domain_mean",
    "draw_sample",
    "expected_half_width",
    "expected_sample_number",
    "extend_certificate",
    "extend_sample",
    "fingerprint",
    "fleiss_kappa",
    "fleiss_undefined",
    "frame_differences",
    "freeze",
    "gap_change",
    "gwet_ac1",
    "gwet_ac2",
    "hours_for_cases",
    "hypergeometric_interval",
    "is_seed",
    "krippendorff_alpha",
    "lqas_plan",
    "mean_interval",
    "operating_characteristic",
    "paired_change_in_mean",
    "paired_change_in_proportion",
    "percent_agreement",
    "proportion_interval",
    "proportion_upper_limit",
    "replace_case",
    "sample_size_hours",
    "sample_size_mean",
    "sample_size_proportion",
    "serial_gaps",
    "sizes_of_plan",
    "stratified_mean",
    "stratified_proportion",
    "stratified_total",
    "stratify",
    "stratum_sizes",
    "ticket",
    "verify",
]
