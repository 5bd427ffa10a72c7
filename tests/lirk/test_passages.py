"""Lines are read on as the text was written, wherever it was broken."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lirk.reports import lettering
from lirk.reports.desk import Desk
from lirk.reports.markup import Markup
from lirk.reports.passages import SOFT_HYPHEN
from lirk.wording import Wording

DESK = Desk(Wording("da"))
WORDS = st.sampled_from(
    [
        "sag", "og", "§\u00a012", "forvaltningsmyndighedens", "data-", "data-og", "informationsforvaltning", "–",
        "børneinddragelse", "-", "sagsbehandlingsfristerne", "a" * 80, "2.1*", "retssikkerheds\u00adloven",
    ]
)  # fmt: skip
TEXTS = st.lists(WORDS, min_size=1, max_size=25).map(" ".join)


def read(passage) -> str:
    """What is heard of a passage, without the marks where a word was divided."""
    lines = ["".join(run.text for run in line.runs) for line in passage.lines()]
    return "".join(lines).replace(SOFT_HYPHEN, "")


def plain(text: str) -> str:
    return re.sub("</?b>", "", text).replace(SOFT_HYPHEN, "")


@pytest.fixture(autouse=True, scope="module")
def _registered():
    lettering.register()


class TestLines:
    @given(text=TEXTS, width=st.integers(40, 300), style=st.sampled_from(["cell", "number", "body", "head"]))
    def test_every_letter_is_read_once_and_words_stay_whole(self, text, width, style):
        passage = DESK.paragraph(text, getattr(DESK.styles, style))
        passage.wrap(width, 1000)
        assert read(passage) == plain(text)

    @given(words=st.lists(WORDS, min_size=2, max_size=20), width=st.integers(60, 300))
    def test_also_where_a_part_is_strong(self, words, width):
        text = " ".join([f"<b>{words[0]}</b>", *words[1:]])
        passage = DESK.paragraph(Markup(text), DESK.styles.cell)
        passage.wrap(width, 1000)
        assert re.sub(" +", " ", read(passage)) == plain(text)

    @given(text=TEXTS, width=st.integers(60, 200), room=st.integers(2, 12))
    def test_both_parts_of_a_divided_one_are_read_on(self, text, width, room):
        passage = DESK.paragraph(text, DESK.styles.cell)
        passage.wrap(width, 1000)
        parts = passage.split(width, room * DESK.styles.cell.leading)
        for part in parts:
            part.wrap(width, 1000)
        assert not parts or "".join(map(read, parts)) == plain(text)
        assert {part.manner.tag for part in parts} <= {passage.manner.tag}

    def test_a_divided_word_ends_its_line_with_a_soft_hyphen(self):
        passage = DESK.paragraph("forvaltningsmyndighedens", DESK.styles.cell)
        passage.wrap(80, 1000)
        first, *_ = ["".join(run.text for run in line.runs) for line in passage.lines()]
        assert first.endswith(SOFT_HYPHEN)

    def test_a_checksum_that_fills_more_than_a_line_is_read_in_one(self):
        passage = DESK.paragraph("0123456789abcdef" * 8, DESK.styles.mono)
        passage.wrap(120, 1000)
        assert len(list(passage.lines())) > 1
        assert read(passage) == "0123456789abcdef" * 8

    def test_what_cannot_be_followed_is_printed_all_the_same(self):
        passage = DESK.paragraph("Et og to og tre", DESK.styles.cell)
        passage.told = "Noget andet"
        passage.wrap(40, 1000)
        assert "Et" in read(passage)


class TestSpelled:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("Ørsted & Co. – 5 %", "Ørsted & Co. – 5 %"),
            ("A\u030arhus", "Århus"),
            ("\N{PARTY POPPER}", "[PARTY POPPER]"),
            ("\u2764\ufe0f", "[HEAVY BLACK HEART]"),
            ("\u5357", "[CJK UNIFIED IDEOGRAPH-5357]"),
            ("linje\nlinje ø", "linje\nlinje ø"),
        ],
    )
    def test_only_what_is_lacking_is_spelled_out(self, text, said):
        assert lettering.spelled(text) == said

    @given(st.text(max_size=30))
    def test_everything_can_be_printed_then(self, text):
        printed = lettering.spelled(text)
        assert all(lettering.covers(sign) or sign.isspace() for sign in printed if not sign.isascii())

    def test_a_width_is_that_of_what_is_printed(self):
        assert lettering.width("\N{PARTY POPPER}", 10) == lettering.width("[PARTY POPPER]", 10)
