"""``lirk serve``: the pages of a database, at a port that is free."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from typed import typed

from lirk.cli.serve import AddressUnusable, PortTaken, address, check_free, run
from lirk.storage.database import Database


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def free():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def asked(port):
    """The answer of the watchman's page, once the server answers at all."""
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
                return answer.status, answer.read()
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError("the server never answered")


class TestServe:
    def test_answers_until_it_is_stopped(self, tmp_path, free):
        url = f"sqlite:///{tmp_path / 'lirk.sqlite'}"
        database = Database(url)
        database.upgrade()
        database.dispose()
        environment = os.environ | {"LIRK_DATABASE_URL": url, "LIRK_HTTPS": "no"}
        command = [
            sys.executable,
            "-c",
            "from lirk.cli.main import main; main()",
            "serve",
            "--port",
            str(free),
        ]
        server = subprocess.Popen(
            [*command, "--workers", "2"], env=environment, stdout=subprocess.PIPE, text=True, cwd=tmp_path
        )
        try:
            assert asked(free) == (200, b"ok")
        finally:
            server.send_signal(signal.SIGINT)
            said, _ = server.communicate(timeout=60)
        assert said.startswith(f"Siderne er klar på http://127.0.0.1:{free}/. Stop med Ctrl-C.")

    def test_a_database_that_is_not_ready_is_told_before_anything_listens(self, tmp_path, monkeypatch, free):
        monkeypatch.setenv("LIRK_DATABASE_URL", f"sqlite:///{tmp_path / 'none.sqlite'}")
        ended = typed("serve", "--port", free)
        assert ended.status == 2
        assert "lirk db upgrade" in ended.err

    def test_a_port_in_use_is_told_before_a_demonstration_is_made(self, tmp_path, taken):
        ended = typed("demo", "--out", tmp_path / "demo", "--port", taken)
        assert (ended.status, f"Port {taken} er i brug." in ended.err) == (2, True)
        assert not (tmp_path / "demo").exists()


class TestAddress:
    def test_a_port_in_use(self, taken):
        with pytest.raises(PortTaken):
            check_free("127.0.0.1", taken)

    def test_a_free_port(self, free):
        check_free("127.0.0.1", free)

    @pytest.mark.parametrize("host", ["203.0.113.1", "no such host", "æ" * 70])
    def test_a_host_that_is_not_this_machine(self, host):
        with pytest.raises(AddressUnusable):
            check_free(host, 8000)

    def test_as_a_browser_takes_it(self):
        assert (address("127.0.0.1", 80), address("::1", 8000)) == (
            "http://127.0.0.1:80/",
            "http://[::1]:8000/",
        )

    def test_workers_are_begun_afresh(self, monkeypatch):
        # A worker forked from a process that has used Polars hangs when it reads its first register.
        chosen = []
        monkeypatch.setattr("multiprocessing.set_start_method", lambda method, force: chosen.append(method))
        monkeypatch.setattr("granian.server.Server.serve", lambda server: None)
        run("127.0.0.1", 1, workers=1, environment={})
        assert chosen == ["spawn"]
