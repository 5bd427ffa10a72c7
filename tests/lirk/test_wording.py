"""Every Danish text has its English; sentences name values that exist; numbers read as Danes write them."""

import string
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import lirk
import web
from lirk.errors import Problem, ProblemsFound
from lirk.wording import Wording
from lirk.wording.sentences import AREAS, SENTENCES

ROOT, PAGES = Path(lirk.__file__).parent, Path(web.__file__).parent
KEYWORDS = {"N_": None, "text": None, "plural": (1, 2), "t": None, "tn": (1, 2)}
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
#: How the templates are written; the extractor would take a line that it cannot read for an empty one.
OPTIONS = {"templates/**.html": {"silent": "false", "trimmed": "false", "newstyle_gettext": "true"}}


@cache
def messages_in_code():
    """Each Danish message with the file that says it; plural messages by their first form."""
    found = {}
    for root in (ROOT, PAGES):
        for name, _, message, _, _ in extract_from_dir(root, METHODS, OPTIONS, keywords=KEYWORDS):
            found[message[0] if isinstance(message, tuple) else message] = f"{root.name}/{name}"
    return found


@cache
def english():
    catalogue = {}
    for path in sorted((ROOT / "locale" / "en").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="en"):
                key = message.id[0] if isinstance(message.id, tuple) else message.id
                if key:
                    catalogue[key] = (path.name, message)
    return catalogue


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


class TestCatalogue:
    def test_every_danish_text_has_an_english_one(self):
        missing = {text: file for text, file in messages_in_code().items() if text not in english()}
        assert not missing

    def test_every_english_text_is_still_said(self):
        said = set(messages_in_code())
        assert not {text: file for text, (file, _) in english().items() if text not in said}

    def test_no_english_text_is_empty_or_fuzzy(self):
        assert not [
            text
            for text, (_, message) in english().items()
            if message.fuzzy
            or not all([message.string] if isinstance(message.string, str) else message.string)
        ]

    def test_both_languages_name_the_same_values(self):
        differing = {}
        for text, (_, message) in english().items():
            forms = [message.string] if isinstance(message.string, str) else list(message.string)
            danish = placeholders(text) | (
                placeholders(message.id[1]) if isinstance(message.id, tuple) else set()
            )
            if any(placeholders(form) - danish for form in forms):
                differing[text] = forms
        assert not differing

    def test_no_text_is_translated_in_two_files(self):
        seen = {}
        for path in sorted((ROOT / "locale" / "en").glob("*.po")):
            with path.open("rb") as file:
                for message in read_po(file, locale="en"):
                    if message.id:
                        seen.setdefault(message.id, []).append(path.name)
        assert not {text: files for text, files in seen.items() if len(files) > 1}


class TestSentences:
    def test_each_code_has_one_sentence(self):
        assert sum(map(len, AREAS)) == len(SENTENCES)

    def test_each_error_class_has_a_sentence(self):
        assert not [code for code in error_codes() if code not in SENTENCES]

    def test_a_problem_is_told_with_its_place(self):
        problem = Problem("not-found", sheet="Jura", row=1445, column="Udfald")
        assert Wording("da").place(problem) == "ark »Jura«, række 1445, kolonne »Udfald«"

    def test_one_problem_and_many_are_counted(self):
        assert (
            Wording("en")
            .sentence(ProblemsFound([Problem("not-found")] * 1200))
            .startswith("Problems found: 1,200.")
        )


class TestNumbers:
    @pytest.mark.parametrize(
        ("language", "said"),
        [
            (
                "da",
                ("16.000", "72\u00a0%", "50–62\u00a0%", "22. november 2026 kl. 14.05", "a, b og c", "0,5"),
            ),
            ("en", ("16,000", "72%", "50–62%", "22 November 2026 14:05", "a, b, and c", "0.5")),
        ],
    )
    def test_each_language_writes_its_own_way(self, language, said):
        words = Wording(language)
        moment = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
        assert said == (
            words.number(16000),
            words.percent(0.715),
            words.interval(0.5, 0.62),
            words.moment(moment),
            words.listing("abc"),
            words.number(0.5, 1),
        )

    def test_a_date_has_its_month_in_words(self):
        assert Wording("da").date(date(2026, 3, 1)) == "1. marts 2026"


def error_codes():
    """The codes of all errors in the rooms of LIRK, all modules imported."""
    import importlib
    import pkgutil

    from lirk.errors import LirkError

    for room in (lirk, web):
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if ".migrations" not in module.name:
                importlib.import_module(module.name)
    waiting, codes = [LirkError], set()
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        if "code" in vars(kind):
            codes.add(kind.code)
    return codes
