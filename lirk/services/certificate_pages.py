"""The certificate of a draw as a page to hand out."""

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from lirk.reports.certificate_pdf import certificate_pdf
from lirk.wording import Wording
from lirk.wording.reports import MADE_UP


def certificate_page(certificate: Mapping[str, Any], words: Wording, *, made_up: str = "") -> bytes:
    """Return the one page of PDF of a certificate whose form has been checked.

    Parameters
    ----------
    made_up
        What of a demonstration is made up, as its round says.
    """
    mark = words.text(MADE_UP[made_up]) if made_up else ""
    return certificate_pdf(certificate, words, program=version("lirk"), mark=mark)
