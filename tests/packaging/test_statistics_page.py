"""The statistician's page: its examples give what it says, and it names functions that exist."""

import doctest
import re
from pathlib import Path

import pytest
from oracle import oracles

import sampling

MANUAL = Path(__file__).parents[2] / "lirk" / "manual"
PAGES = {language: MANUAL / language / "statistics.md" for language in ("da", "en")}
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
#: What stands behind the bold words of each part.
PARTS = {
    "da": ("Forudsætter:", "Kilde:", "Siger ikke:"),
    "en": ("Assumes:", "Source:", "Does not say:"),
}


@pytest.mark.parametrize("language", PAGES)
class TestPage:
    def test_its_examples_give_what_it_says(self, language):
        text = PAGES[language].read_text(encoding="utf-8")
        examples = "\n".join(BLOCK.findall(text))
        test = doctest.DocTestParser().get_doctest(examples, {}, "statistics.md", None, 0)
        told = []
        doctest.DocTestRunner().run(test, out=told.append)
        assert test.examples
        assert not told, "".join(told)

    def test_it_names_each_function_that_gives_a_figure(self, language):
        text = PAGES[language].read_text(encoding="utf-8").partition("<!-- oracles -->")[0]
        named = set(re.findall(r"`([a-z_0-9]+)[`(]", text))
        assert {oracle.function.__name__ for oracle in oracles()} - named == set()

    def test_what_it_names_can_be_imported(self, language):
        text = PAGES[language].read_text(encoding="utf-8").partition("<!-- oracles -->")[0]
        named = set(re.findall(r"`([a-z]{3,}_[a-z_0-9]+)[`(]", text))
        assert named - set(sampling.__all__) == set()

    def test_each_part_says_what_it_assumes_whence_it_comes_and_what_it_does_not_say(self, language):
        text = PAGES[language].read_text(encoding="utf-8")
        parts = [
            part for part in re.split(r"^##+ ", text, flags=re.MULTILINE) if "**" + PARTS[language][0] in part
        ]
        assert len(parts) >= 16
        for part in parts:
            found = re.findall(r"^- \*\*([^*]+:)\*\*", part, re.MULTILINE)
            assert found[:3] == list(PARTS[language]), part.splitlines()[0]
