"""The HTML checker (vnu), run over many pages at once: it takes two seconds to start."""

import json
import os
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

#: ``tests/run`` puts it there.
JAR = Path(__file__).parents[2] / ".cache" / "tests" / "vnu.jar"

#: A guess by the statistics of letters, which the Danish names of acts on an English page tip now and then. Each
#: window holds the page's language against its reader's itself.
GUESS = "This document appears to be written in "


class CollectedPages:
    """Pages as the server sent them, checked together at the end; what is alike is checked once."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._names: dict[str, str] = {}

    def add(self, name: str, html: bytes) -> None:
        """Keep a page; ``name`` tells people which one it is."""
        key = sha256(html).hexdigest()[:16]
        if key not in self._names:
            self._names[key] = name
            (self._folder / f"{key}.html").write_bytes(html)

    def problems(self) -> list[str]:
        """Return what the checker says of all pages, each thing once, with the first page that has it."""
        if not self._names:
            return []
        said: dict[str, str] = {}
        for message in _messages(self._folder):
            text, page = message["message"], self._names[Path(message["url"]).stem]
            if text.startswith(GUESS):
                continue
            said.setdefault(text, f"{page}: {text}\n    {message.get('extract', '').strip()}")
        return list(said.values())


def _messages(folder: Path) -> list[dict[str, str]]:
    jar, java = Path(os.environ.get("LIRK_VNU_JAR", JAR)), shutil.which("java")
    assert java, "Java is missing: run `bash tests/run` once, which installs it."
    assert jar.is_file(), (
        f"The HTML checker is missing: run `bash tests/run` once, which fetches it to {jar}."
    )
    done = subprocess.run(
        [java, "-Xss2m", "-jar", str(jar), "--format", "json", "--stdout", "--exit-zero-always", str(folder)],
        check=True,
        capture_output=True,
        text=True,
    )
    messages: list[dict[str, str]] = json.loads(done.stdout)["messages"]
    return messages
