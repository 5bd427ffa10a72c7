"""Every sentence a person reads, in Danish and English.

Texts are written in Danish where they are used; ``locale/en/*.po`` holds the English ones. That makes one
catalogue for pages, commands and PDF, in which a missing Danish text is impossible and a missing English one
fails a test. Only the help of the commands goes the other way: it is English in code, as all docstrings are, and
``locale/da/help.po`` holds its Danish, of which a missing text fails a test too. Errors carry codes; their
sentences stand in this package, one module an area.
"""

from lirk.wording.catalogue import N_, Language
from lirk.wording.speech import Wording

__all__ = ["N_", "Language", "Wording"]
