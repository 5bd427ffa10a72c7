"""Texts that were pasted from elsewhere lose their markup and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.pasted import without_markup


class TestWithoutMarkup:
    @pytest.mark.parametrize(
        ("pasted", "kept"),
        [
            ("Læs <b>brevet</b>.", "Læs brevet."),
            ('<p class="x">Et.</p><p>To.</p>', "Et.\n\nTo."),
            ("Et<br>to<br/>tre", "Et\nto\ntre"),
            ("<ul><li>Ja</li><li>Nej</li></ul>", "- Ja\n- Nej"),
            ("<script>alert(1)</script>Tekst", "Tekst"),
            ("<style>p { color: red }</style>Tekst<!-- bemærkning -->", "Tekst"),
            ("<o:p>Fra Word</o:p><![endif]>", "Fra Word"),
            ("<b>a&nbsp;&amp;&nbsp;b</b>", "a & b"),
            ("<b>x</b>&lt;script&gt;alert(1)&lt;/script&gt;", "xalert(1)"),
            ("<<<b>b>b>x", "x"),
            ('<a href="https://example.dk" onclick="x()">Se her</a>', "Se her"),
        ],
    )
    def test_markup_goes(self, pasted, kept):
        assert without_markup(pasted) == kept

    @pytest.mark.parametrize(
        "text",
        ["Læs <brevet>.", "3 < 4 og 5 > 4", "a <= b", "**Ja:** [Se](https://x.dk)", "AT&amp;T", "a\n\n\n\nb"],
    )
    def test_what_is_no_markup_stays(self, text):
        assert without_markup(text) == text

    @given(st.text(alphabet="<>/abp !-&;\n\"='"))
    def test_nothing_is_left_to_remove(self, text):
        once = without_markup(text)
        assert without_markup(once) == once
