"""The archive package in the browser: offered of a closed round, whole, noted, and refused of an open one."""

import hashlib

from lirk.services.archiving import verify_package

CLOSED, OPEN = "/rounds/2026-1", "/rounds/2026-2"


class TestMake:
    def test_it_is_handed_out_whole_and_noted_in_the_log(self, pages, sign_in, tmp_path):
        browser = sign_in("koordinator")
        assert f'href="{CLOSED}/archive"' in browser.get(CLOSED).text
        answer = browser.get(f"{CLOSED}/archive")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
        assert "2026-1-arkiv.zip" in answer.headers["content-disposition"]
        (tmp_path / "package.zip").write_bytes(answer.content)
        assert verify_package(tmp_path / "package.zip").holds
        assert hashlib.sha256(answer.content).hexdigest() in browser.get(f"{CLOSED}/trail").text
        assert browser.get(f"{CLOSED}/archive").content == answer.content

    def test_an_open_round_has_none(self, pages, sign_in):
        browser = sign_in("koordinator")
        assert f"{OPEN}/archive" not in browser.get(OPEN).text
        answer = browser.get(f"{OPEN}/archive")
        assert answer.status_code == 409
        assert "lirk round close 2026-2" in answer.text
