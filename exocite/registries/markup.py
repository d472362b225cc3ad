"""Plain text of the titles and abstracts that registries hold: JATS, HTML and MathML undone.

No XML parser reads them: they are often not well-formed, and none here expands entities. What
is no tag of these vocabularies is text ("p<0.05", "a <b and c> d").
Sources: JATS 1.3 (elements), MathML 3, HTML.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator

# Each scan ends at the next angle bracket and never goes back: linear in hostile input too.
_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]*+)([^<>]*+)>", re.ASCII)
_CUT_TAG = re.compile(r"</?(?:jats|mml):[^<>]*+\Z", re.ASCII)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Markup that was escaped once more before it was deposited.
_ESCAPED = re.compile(
    r"</?(?:jats:)?(?:i|b|u|em|strong|sub|sup|scp|sc|italic|bold|p|br ?/?|title|subtitle)>",
    re.IGNORECASE,
)
_UNWANTED = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BEFORE_POINT = re.compile(r" ++(?=[,;)\]]|\.(?:\s|\Z))")
_SPACED_POINTS = (" ,", " ;", " )", " ]", " .")

_BOUNDARY = "\x00"  # a space, but only between two word characters
_EMPHASIS = "\x02"  # a space, but only where one is plainly missing: "of<i>Mus musculus</i>Brain"
_HEADING = "\x01"  # the line that ends here is a heading
_MISSING = re.compile(r"(?:(?<=[a-z]{2})|(?<=[.;:,?!)]))\x02++(?=[A-Z][a-z])")
_EMPHASES = frozenset(["b", "bold", "em", "i", "italic", "strong"])
_MARKS = re.compile(r"(?<=\w)\x00++(?=\w)")

_INLINE = """
a abbr abbrev alternatives b bold cite code email em ext-link fixed-case fn font i inline-formula
inline-graphic institution italic label monospace named-content overline q roman s sans sans-serif
sc scp serif small span strike strong styled-content sub sup tt u underline uri xref
"""
_BLOCK = """
abstract article article-title blockquote body boxed-text caption dd def def-item def-list
disp-formula disp-quote div dl dt fig graphic h1 h2 h3 h4 h5 h6 head header hr html li list
list-item ol p pre sec section speech statement subtitle table table-wrap tbody tfoot thead title
tr trans-abstract trans-title ul verse-group
"""
_MATH = """
maction math menclose merror mfenced mfrac mglyph mi mlabeledtr mmultiscripts mn mo mover mpadded
mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr
munder munderover none semantics
"""
_BLOCKS = frozenset(_BLOCK.split())
_GAPS = frozenset(["br", "break", "img", "td", "th", "term"])
_SKIPPED = frozenset(["annotation", "annotation-xml", "script", "style", "tex-math"])
_KNOWN = frozenset([*_INLINE.split(), *_MATH.split()]) | _BLOCKS | _GAPS | _SKIPPED
_PREFIXES = ("jats:", "mml:", "m:")
_HEADINGS = frozenset(["title", "h1", "h2", "h3", "h4", "h5", "h6"])


def plain_title(markup: str) -> str:
    """A title, name or other short field as one line of plain text."""
    if markup.isprintable() and "<" not in markup and "&" not in markup:
        text = markup if markup.isascii() else unicodedata.normalize("NFC", markup)
        return " ".join(text.split())
    return _collapsed("".join(_pieces(markup)).replace(_HEADING, " "))


def plain_abstract(markup: str) -> str:
    """An abstract as plain text: a line a paragraph, the title of a section before its first.

    `<title>Methods</title><p>We …</p>` gives "Methods: We …". A title that only says that this is
    the abstract is left out.
    """
    lines: list[str] = []
    titles = ""
    for raw in "".join(_pieces(markup)).split("\n"):
        line = _collapsed(raw.replace(_HEADING, " "))
        if not line:
            continue
        if raw.rstrip().endswith(_HEADING):
            titles += "" if _only_abstract(line) else _as_lead(line)
        else:
            lines.append(titles + line)
            titles = ""
    if titles:
        lines.append(titles.rstrip(": "))
    return "\n".join(lines)


def _only_abstract(title: str) -> bool:
    return title.rstrip(" .:").casefold() in ("abstract", "abstracts")


def _as_lead(title: str) -> str:
    bare = title.rstrip(" .:")
    return f"{bare} " if bare.endswith(("?", "!")) else f"{bare}: "


def _collapsed(text: str) -> str:
    if _EMPHASIS in text:
        text = _MISSING.sub(" ", text).replace(_EMPHASIS, "")
    if _BOUNDARY in text:
        text = _MARKS.sub(" ", text).replace(_BOUNDARY, "")
    text = " ".join(text.split())
    spaced = any(point in text for point in _SPACED_POINTS)  # far cheaper than the expression
    return _BEFORE_POINT.sub("", text) if spaced else text


def _pieces(markup: str) -> Iterator[str]:
    """The visible text of marked-up text in pieces, with newlines between blocks."""
    text = markup
    if not markup.isprintable():
        text = _UNWANTED.sub("", _SURROGATE.sub("\ufffd", markup))
    text = _each(text, "<![CDATA[", "]]>", html.escape)
    text = _each(_each(text, "<!--", "-->", _nothing), "<?", "?>", _nothing)
    if text.rfind("<") > text.rfind(">"):
        text = _CUT_TAG.sub("", text)
    text = text if text.isascii() else unicodedata.normalize("NFC", text)
    tags = [(match, _name(match)) for match in _TAG.finditer(text)]
    tags = [(match, name) for match, name in tags if name]
    last_end = {name: match.start() for match, name in tags if match[1]}
    has_math = any(name == "math" for _, name in tags)
    at, skipping, inner, depth = 0, "", "", 0
    for match, name in tags:
        if not skipping:
            yield _words(text[at : match.start()], in_math=depth > 0 and inner != "mtext")
        at, closes = match.end(), bool(match[1])
        if skipping:
            skipping = "" if closes and name == skipping else skipping
            continue
        empty = match[3].endswith("/")
        if name in _SKIPPED:
            ends_later = last_end.get(name, -1) > match.start()
            wanted = name == "tex-math" and not has_math
            skipping = name if not closes and not empty and ends_later and not wanted else ""
            continue
        if name == "math" and not empty:
            depth = max(0, depth + (-1 if closes else 1))
        inner = "" if closes else name
        yield _mark(name, closes=closes)
    if not skipping:
        yield _words(text[at:], in_math=False)


def _name(match: re.Match[str]) -> str:
    """The tag's local name in lower case, "" where this is no tag but text."""
    written, rest = match[2].lower(), match[3]
    if rest and not (rest.isspace() or rest.endswith("/") or ("=" in rest and not match[1])):
        return ""
    for prefix in _PREFIXES:
        if written.startswith(prefix):
            return written.removeprefix(prefix)
    return written if written in _KNOWN else ""


def _mark(name: str, *, closes: bool) -> str:
    """What a tag leaves in the text."""
    if name in _HEADINGS:
        return _HEADING + "\n" if closes else "\n"
    if name in _BLOCKS:
        return "\n"
    if name in _GAPS:
        return " "
    if name in _EMPHASES:
        return _EMPHASIS
    return _BOUNDARY if name == "math" else ""


def _words(text: str, *, in_math: bool) -> str:
    """Text between two tags: white space is one space, entities are decoded once."""
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
        text = _UNWANTED.sub("", _ESCAPED.sub(_unescaped, text))
    words = " ".join(text.split())
    if in_math or not text:
        return words
    before, after = text[0].isspace(), text[-1].isspace() and bool(words)
    return " " * before + words + " " * after


def _unescaped(match: re.Match[str]) -> str:
    name = match[0].strip("</ >").lower().removeprefix("jats:")
    return " " if name in _BLOCKS or name in _GAPS else ""


def _each(text: str, opening: str, closing: str, change: Callable[[str], str]) -> str:
    """The text with each stretch from `opening` to `closing` replaced by its changed content."""
    pieces, at = [], 0
    while (start := text.find(opening, at)) >= 0:
        end = text.find(closing, start + len(opening))
        if end < 0:
            break
        pieces += [text[at:start], change(text[start + len(opening) : end])]
        at = end + len(closing)
    pieces.append(text[at:])
    return "".join(pieces)


def _nothing(_: str) -> str:
    return ""
