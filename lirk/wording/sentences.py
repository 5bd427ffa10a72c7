"""The sentences of all errors and problems, by code; one module an area."""

from lirk.wording.common import SENTENCES as COMMON

AREAS = (COMMON,)

SENTENCES: dict[str, str] = {code: text for area in AREAS for code, text in area.items()}
