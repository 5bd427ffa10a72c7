"""Texts that were pasted from a page or a word processor, without the markup that came along."""

import re
from html import unescape

#: What stands between these is no text.
_UNSEEN = re.compile(r"<(script|style|head|title)\b[^<>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->|<!\[[^\]<>]*\]>|<!doctype[^<>]*>", re.DOTALL | re.IGNORECASE)
#: Tags by their names, so that »<brevet>« or »3 < 4« stays what somebody wrote.
_TAG = re.compile(
    r"<(?P<end>/)?(?P<name>a|abbr|address|article|aside|audio|b|blockquote|body|br|button|canvas|caption|center|cite"
    r"|code|col|colgroup|dd|del|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|h[1-6]|head|header"
    r"|hr|html|i|iframe|img|input|ins|label|legend|li|link|main|map|mark|math|meta|nav|object|ol|option|p|param"
    r"|picture|pre|q|s|script|section|select|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody"
    r"|td|template|textarea|tfoot|th|thead|time|title|tr|tt|u|ul|var|video|wbr|[a-z][a-z0-9]*:[a-z][a-z0-9]*)"
    r"(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
_BLOCKS = {"p", "div", "ul", "ol", "table", "blockquote", "section", *(f"h{level}" for level in range(1, 7))}


def without_markup(text: str) -> str:
    """Return a text without HTML; paragraphs, line breaks and list entries stay as Markdown has them."""
    left = _TAG.sub(_said, _COMMENT.sub("", _UNSEEN.sub("", text)))
    if left == text:
        return text
    # What was hidden behind entities or inside other tags must not come to light as a tag.
    left, hiding = unescape(left).replace("\xa0", " "), ""
    while hiding != left:
        hiding, left = left, _TAG.sub("", left)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", left)).strip()


def _said(tag: "re.Match[str]") -> str:
    name, ends = tag["name"].lower(), bool(tag["end"])
    if name == "br" or (name == "tr" and ends):
        return "\n"
    if name == "li":
        return "" if ends else "\n- "
    return "\n\n" if name in _BLOCKS and ends else ""
