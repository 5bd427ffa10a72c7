"""What can be wrong in a question put to ``sampling``: a code, the values, and an English text.

Callers with readers of their own make sentences from the code; the text is for those who use the package
alone.
"""

from typing import ClassVar


class SamplingError(ValueError):
    """Base of all refusals of this package.

    Attributes
    ----------
    code
        Names the refusal for programs.
    values
        What a sentence about it needs, by name.
    """

    code: ClassVar[str]
    text: ClassVar[str]

    def __init__(self, **values: object) -> None:
        super().__init__(self.text.format(**values))
        self.values = values


class SeedInvalid(SamplingError):
    """The seed is not exactly 20 decimal digits."""

    code = "seed-malformed"
    text = "a seed is exactly 20 digits 0-9, not {value!r}"


class SaltInvalid(SamplingError):
    """The salt is empty or holds a line break."""

    code = "salt-invalid"
    text = "a salt is a text without line breaks"


class ColumnMissing(SamplingError):
    """The frame lacks a column that is needed."""

    code = "frame-column-missing"
    text = "the frame has no column {column!r}"


class ColumnNotText(SamplingError):
    """A column that must be text is something else: as a number, 0001 would be 1."""

    code = "frame-column-not-text"
    text = "the column {column!r} is not text"


class FrameBroken(SamplingError):
    """The frame cannot be drawn from: some case number is empty, doubled, not in NFC or not one line."""

    code = "frame-broken"
    text = "{count} case numbers or strata cannot be drawn from, the first: {first}"


class FrameEmpty(SamplingError):
    """The frame has no cases, so there is nothing to draw from and nothing to commit to."""

    code = "frame-empty"
    text = "the frame has no cases"


class StrataAmbiguous(SamplingError):
    """Two different strata would have the same name."""

    code = "strata-ambiguous"
    text = "two strata would both be called {stratum!r}"


class SizeMissing(SamplingError):
    """A stratum of the frame has no size."""

    code = "size-missing"
    text = "no size is given for the stratum {stratum!r}"


class SizeNegative(SamplingError):
    """A size is below 0."""

    code = "size-negative"
    text = "the size {n} of {stratum!r} is negative"


class SampleNotExtendable(SamplingError):
    """The earlier sample is no part of the larger one: another seed, another frame or smaller sizes."""

    code = "sample-not-extendable"
    text = "the case {case_id!r} is not in the larger sample"


class MethodUnknown(SamplingError):
    """No such way to allocate."""

    code = "allocation-method-unknown"
    text = "unknown allocation {method!r}; known: {known}"


class MinimumTooLarge(SamplingError):
    """The minima of all strata need more cases than there are to allocate."""

    code = "minimum-too-large"
    text = "a minimum of {minimum} needs {needed} cases, and only {n} are to be drawn"


class DeviationInvalid(SamplingError):
    """Neyman allocation lacks the standard deviation of a stratum, or it is no number from 0 up."""

    code = "deviation-invalid"
    text = "the stratum {stratum!r} has no usable standard deviation"


class ExceptionUnknown(SamplingError):
    """The plan gives a size to strata that do not exist."""

    code = "size-exception-unknown"
    text = "no such stratum: {strata}; there are {known}"


class ExceptionsTooLarge(SamplingError):
    """The exceptions alone are more than the whole sample."""

    code = "size-exceptions-too-large"
    text = "the exceptions take {exceptions} cases, and only {n} are to be drawn"


class CountsOutOfRange(SamplingError):
    """Counts that no sample can have: not ``0 <= x <= n <= N`` with ``N >= 1``."""

    code = "counts-out-of-range"
    text = "counts must be 0 <= x <= n <= N with N >= 1, not x = {x}, n = {n}, N = {N}"


class LevelOutOfRange(SamplingError):
    """A confidence level that is not between 0 and 1."""

    code = "level-out-of-range"
    text = "the level must lie between 0 and 1, not {level}"


class DocumentMalformed(SamplingError):
    """A freeze or certificate lacks a member, or a member has another form than it must have."""

    code = "document-malformed"
    text = "the member {member} is missing or malformed"


class ReasonMissing(SamplingError):
    """A replacement without a reason."""

    code = "replacement-needs-reason"
    text = "a replacement needs a reason"


class CaseNotActing(SamplingError):
    """The case is not in the sample, or it was replaced already."""

    code = "case-not-acting"
    text = "the case {case_id!r} is not in the sample, or was replaced already"


class NoReserveLeft(SamplingError):
    """Every reserve case of the stratum has been called up."""

    code = "no-reserve-left"
    text = "the stratum {stratum!r} has no reserve case left"


class FrameDiffers(SamplingError):
    """The frame is not the one that was frozen; ``values["differences"]`` says in what."""

    code = "fingerprint-differs"
    text = "the frame is not the one that was frozen"


class FigureInvalid(SamplingError):
    """A figure of the question is no number, or lies outside its range."""

    code = "figure-invalid"
    text = "{name} must be {wanted}, not {value!r}"


class ValueInvalid(SamplingError):
    """An observed value is missing, NaN or infinite, or lies outside the scale; ``place`` counts from 1."""

    code = "value-invalid"
    text = "value {place} must be {wanted}, not {value!r}"


class LengthsDiffer(SamplingError):
    """Lists that belong together have different lengths."""

    code = "lengths-differ"
    text = "the lists must be equally long, not {lengths}"


class SampleEmpty(SamplingError):
    """Nothing was observed, so nothing can be estimated."""

    code = "sample-empty"
    text = "no value is given"


class EstimatorUnknown(SamplingError):
    """No such way to estimate, or no such scale of measurement."""

    code = "estimator-unknown"
    text = "unknown {name} {value!r}; known: {known}"


class StratumUnknown(SamplingError):
    """A value belongs to a stratum whose number of cases is not given, or a stratum has cases and no value."""

    code = "stratum-unknown"
    text = "the strata of the values {found} are not those of the sizes {known}"


class SampleTooLarge(SamplingError):
    """More values than the population, or the stratum, has cases."""

    code = "sample-larger-than-population"
    text = "{stratum!r} has {n} values and only {N} cases"


class StratumOfOne(SamplingError):
    """One value from a stratum of several cases: how much they differ cannot be known."""

    code = "stratum-of-one"
    text = (
        "{stratum!r} has one value of {N} cases, so its spread is unknown; draw two or more, or join strata"
    )


class DocumentTooNew(SamplingError):
    """A document of a format that a later version of the program wrote."""

    code = "document-too-new"
    text = "the document has the format {format!r}; this version reads {known}"


class DrawnDiffers(SamplingError):
    """The cases handed over as drawn are not those that seed and plan give."""

    code = "drawn-differs"
    text = "the {found} cases drawn from {stratum!r} are not {wanted} in the order of their tickets"


class EngineMissing(SamplingError):
    """The library of an engine is not installed; ``extra`` is the part of this package that brings it."""

    code = "engine-missing"
    text = "the engine {engine} is not installed; install lirk[{extra}]"


class EngineUnknown(SamplingError):
    """No engine reads such an address or file."""

    code = "engine-unknown"
    text = "no engine reads {address!r}; known: {known}"


class EngineFailed(SamplingError):
    """An engine does not answer, or cannot do what it is asked; ``reason`` says why, without any password."""

    code = "engine-failed"
    text = "{engine} cannot draw from {table!r}: {reason}"


class CertificateDiffers(SamplingError):
    """The certificate does not hold, so nothing is built on it; ``values["differences"]`` says in what."""

    code = "certificate-differs"
    text = "the certificate does not hold"


class ExtensionNeedsReason(SamplingError):
    """The plan did not declare this extension, and nobody says why it is made."""

    code = "extension-needs-reason"
    text = "an extension that the plan did not declare needs a reason"


class ExtensionStratumUnknown(SamplingError):
    """A stratum that is to be extended is not in the certificate."""

    code = "extension-stratum-unknown"
    text = "no such stratum: {strata}; there are {known}"


class ExtensionAddsNothing(SamplingError):
    """No stratum has a case left that was neither drawn nor called up."""

    code = "extension-adds-nothing"
    text = "no case is left to add"


class DialectUnknown(SamplingError):
    """No recipe is written in such a dialect of SQL."""

    code = "dialect-unknown"
    text = "unknown dialect {dialect!r}; known: {known}"
