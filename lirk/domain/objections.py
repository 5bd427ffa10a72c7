"""Whether a report agrees with itself about objections: what was corrected, and what the coordinator answered."""

from collections.abc import Iterable, Iterator

from lirk.domain.corrections import Correction
from lirk.domain.finding_replies import FindingReplies, FindingReply
from lirk.errors import Problem

#: A checklist and an item of it.
Place = tuple[str, str]


def ungranted(corrections: Iterable[Correction], replies: FindingReplies) -> tuple[Correction, ...]:
    """Return the corrections that no objection permits any more.

    Parameters
    ----------
    corrections
        Those that rest on the reply to their own item, not on that to another.
    """
    return tuple(one for one in corrections if not _granted(replies, (one.checklist_id, one.item_id)))


def granted_unchanged(corrections: Iterable[Correction], replies: FindingReplies) -> tuple[Place, ...]:
    """Return where an objection was found to be right, and no answer was corrected."""
    corrected = {(one.checklist_id, one.item_id) for one in corrections}
    return tuple(
        place
        for place, reply in replies.items()
        if reply.written and reply.objects and reply.granted and place not in corrected
    )


def leader_problems(
    kept: FindingReply, typed: FindingReply, corrections: Iterable[Correction]
) -> Iterator[Problem]:
    """Yield that an objection cannot be taken back, or become a remark, while a correction rests on it."""
    withdrawn = not typed.comment or (kept.objects and not typed.objects)
    if withdrawn and (numbers := _numbers(kept, corrections)):
        yield Problem("objection-granted-correction", {"numbers": numbers}, column="comment")


def outcome_problems(typed: FindingReply, corrections: Iterable[Correction]) -> Iterator[Problem]:
    """Yield that an objection cannot be answered as not right while a correction rests on it."""
    if not typed.granted and (numbers := _numbers(typed, corrections)):
        yield Problem("outcome-granted-correction", {"numbers": numbers}, column="outcome")


def _numbers(reply: FindingReply, corrections: Iterable[Correction]) -> list[str]:
    """Return the running numbers of the cases in which answers to the item are corrected."""
    place = reply.checklist_id, reply.item_id
    return [str(one.number) for one in corrections if (one.checklist_id, one.item_id) == place]


def _granted(replies: FindingReplies, place: Place) -> bool:
    reply = replies.get(place)
    return reply is not None and reply.granted
