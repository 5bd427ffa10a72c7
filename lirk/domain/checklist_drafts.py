"""Editing a draft of a checklist: what keeps a change from being kept."""

from lirk.errors import NotFound, RuleBroken


class DraftExists(RuleBroken):
    """The checklist has a draft already; ``version`` is its number."""

    code = "checklist-draft-exists"


class ChecklistIdTaken(RuleBroken):
    """Another checklist has the id."""

    code = "checklist-id-taken"


class PartGone(NotFound):
    """The draft has no such theme, item, fact or rule, or has it no more."""

    code = "checklist-part-gone"


class PartChangedElsewhere(RuleBroken):
    """Somebody changed the same part since it was read: ``part``, ``by`` (a name), ``at``."""

    code = "checklist-part-changed"


class StepOvertaken(RuleBroken):
    """Only the last step can be undone, and another came after this one."""

    code = "checklist-step-overtaken"
