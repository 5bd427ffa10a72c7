"""The Markdown of guidance as HTML, and no other HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.markdown import html_of


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("Et afsnit\nover to linjer", "<p>Et afsnit\nover to linjer</p>"),
        ("Et\n\nTo", "<p>Et</p>\n<p>To</p>"),
        (
            "- **Ja:** x\n- **Nej:** y",
            "<ul><li><strong>Ja:</strong> x</li><li><strong>Nej:</strong> y</li></ul>",
        ),
        ("Alle:\n1. a\n2. b", "<p>Alle:</p>\n<ol><li>a</li><li>b</li></ol>"),
        ("- a\n  mere", "<ul><li>a\nmere</li></ul>"),
        ("et *vigtigt* ord og 2 * 3 * 4", "<p>et <em>vigtigt</em> ord og 2 * 3 * 4</p>"),
        ("# Kort", "<p><strong>Kort</strong></p>"),
        (
            "se [loven](https://retsinformation.dk/x)",
            '<p>se <a href="https://retsinformation.dk/x" rel="noreferrer">loven</a></p>',
        ),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("<b>&</b>", "<p>&lt;b&gt;&amp;&lt;/b&gt;</p>"),
        ('[x](https://a"onclick=b)', '<p><a href="https://a&#34;onclick=b" rel="noreferrer">x</a></p>'),
    ],
)
def test_a_text_as_html(text, html):
    assert html_of(text) == html


@given(st.text("a <>&\"'*`-1.\n[]()#", max_size=60))
def test_no_tag_comes_through(text):
    html = str(html_of(text))
    for tag in ("p", "ul", "ol", "li", "strong", "em", "code"):
        html = html.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    assert "<" not in html
    assert ">" not in html
