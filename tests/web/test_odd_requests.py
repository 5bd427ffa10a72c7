"""Requests that no page of ours sends: told in plain words, and never a fault."""

import pytest

from web.cookies import new_secret, receipt_cookie, receipt_text
from web.forms import plain


@pytest.mark.parametrize("path", ["/people/{}", "/rounds/plans/{}", "/reviews/{}", "/reviews/{}/summary"])
def test_a_number_that_no_database_can_be_asked_for_leads_nowhere(sign_in, path):
    assert sign_in("koordinator").get(path.format(2**63)).status_code == 404


def test_an_address_with_a_nul_leads_nowhere(sign_in):
    assert sign_in("koordinator").get("/rounds/x%00").status_code == 404


def test_a_form_that_is_no_text_is_refused(sign_in):
    body = b'--x\r\nContent-Disposition: form-data; name="username"\r\n\r\n\xff\xfe\r\n--x--\r\n'
    sent = {"content-type": "multipart/form-data; boundary=x"}
    assert sign_in().post("/sign-in", content=body, headers=sent).status_code in {400, 403}


def test_blanks_of_word_processors_stay_blanks():
    assert plain("10\u00a0dage\u2028og\x00 mere") == "10 dage og mere"


def test_a_long_receipt_is_cut_so_that_the_browser_keeps_it():
    secret = new_secret()
    cookie = receipt_cookie("å" * 100_000, secret, https=True)
    assert len(cookie.to_header()) < 4096
    assert receipt_text(str(cookie.value), secret).endswith("å…")
