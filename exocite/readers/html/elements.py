"""What each element of a page is for: furniture, a block, something opaque, something hidden."""

from __future__ import annotations

import re

from exocite.model import BlockKind
from exocite.patterns import regex
from exocite.readers.html.tokens import Token
from exocite.readers.vocabulary import words

VOID = words(
    """
    area base br col embed hr img input link meta param source track wbr basefont frame
    """
)
DROPPED = words(
    """
    script style template noscript iframe svg object button select option datalist canvas
    video audio dialog textarea xmp noembed noframes map progress meter rp rt annotation
    """
)
NAVIGATION = frozenset({"nav", "aside", "footer", "form", "menu", "search"})
OPAQUE = frozenset({"code", "kbd", "samp", "tt", "math"})
BLOCKS: dict[str, BlockKind | None] = {
    "h1": BlockKind.HEADING, "h2": BlockKind.HEADING, "h3": BlockKind.HEADING,
    "h4": BlockKind.HEADING, "h5": BlockKind.HEADING, "h6": BlockKind.HEADING,
    "p": BlockKind.PARAGRAPH, "pre": BlockKind.CODE, "blockquote": BlockKind.QUOTATION,
    "li": BlockKind.LIST_ITEM, "dt": BlockKind.LIST_ITEM, "dd": BlockKind.LIST_ITEM,
    "tr": BlockKind.TABLE, "figcaption": BlockKind.CAPTION, "caption": BlockKind.CAPTION,
    "address": BlockKind.BYLINE, "article": BlockKind.PARAGRAPH, "section": BlockKind.PARAGRAPH,
    "main": BlockKind.PARAGRAPH, "body": BlockKind.PARAGRAPH,
    "div": None, "ul": None, "ol": None, "dl": None, "table": None, "thead": None, "tbody": None,
    "tfoot": None, "figure": None, "header": None, "footer": None, "nav": None, "aside": None,
    "form": None, "fieldset": None, "legend": None, "details": None, "summary": None,
    "center": None, "hgroup": None, "hr": None, "menu": None, "search": None, "head": None,
    "html": None, "td": None, "th": None, "video": None, "noscript": None,
}  # fmt: skip
"""Elements that begin and end a block, and its kind; None keeps that of the element around it."""

CELLS = frozenset({"td", "th"})

IMPLIED_END: dict[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "tbody": frozenset({"thead", "tbody", "tr", "td", "th"}),
    "option": frozenset({"option"}),
}
"""An opening tag ends an open element of these kinds, as far as the barrier below."""
BARRIERS: dict[str, frozenset[str]] = {
    "li": frozenset({"ul", "ol", "menu"}),
    "dt": frozenset({"dl"}),
    "dd": frozenset({"dl"}),
    "tr": frozenset({"table"}),
    "td": frozenset({"table", "tr"}),
    "th": frozenset({"table", "tr"}),
    "tbody": frozenset({"table"}),
}

_ROLES = words(
    """
    navigation banner contentinfo complementary search dialog menu menubar toolbar
    """
)
_FURNITURE = words(
    """
    nav navbar navbox navigation menu sidebar side-bar breadcrumb breadcrumbs footer
    site-footer site-header cookie cookies cookie-banner cookie-notice newsletter subscribe
    share sharing share-buttons social social-links related related-posts related-articles
    comments comment-list respond disqus_thread advert adverts advertisement ads ad
    ad-container adsbygoogle promo popup modal pagination widget toc table-of-contents
    catlinks sidenav topnav masthead vector-menu mw-jump-link author-bio author-box
    post-navigation recommended recommendations
    """
)
_PREFIXES = tuple(
    words(
        """
        share- sidebar- nav- menu- footer- cookie- comment- comments- related- social- widget-
        advert- newsletter- breadcrumb- promo- popup- sponsored-
        """
    )
)
KEEPS = frozenset(
    {
        BlockKind.LIST_ITEM,
        BlockKind.QUOTATION,
        BlockKind.CAPTION,
        BlockKind.TABLE,
        BlockKind.HEADING,
    }
)
"""Kinds that what stands inside them keeps."""
_HIDDEN_CLASSES = words(
    """
    mw-editsection mw-cite-backlink noprint sr-only visually-hidden screen-reader-text
    printonly
    """
)
_NO_DISPLAY = regex(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Whole pages carry such words too ("menu-open"): only parts of a page are judged by them.
_NEVER_FURNITURE = frozenset({"html", "body", "main", "article", "p", "sup", "a", "span"})


def is_hidden(tag: Token) -> bool:
    """Whether a reader of the page does not see the element."""
    if tag.name in DROPPED or "hidden" in tag.attributes:
        return True
    if tag.get("aria-hidden").lower() == "true" and tag.name != "a":
        return True
    style = tag.get("style")
    if style and _NO_DISPLAY.search(style[:500]):
        return True
    return any(word in _HIDDEN_CLASSES for word in tag.get("class")[:500].split())


def is_furniture(tag: Token, *, in_main: bool) -> bool:
    """Whether the element holds what stands around an article: navigation, adverts, comments."""
    if tag.name in NAVIGATION or (tag.name == "header" and not in_main):
        return True
    if tag.get("role").lower() in _ROLES and not (tag.name == "header" and in_main):
        return True
    if tag.name in _NEVER_FURNITURE:
        return False
    words = [*tag.get("class")[:500].lower().split(), tag.get("id")[:100].lower()]
    return any(word in _FURNITURE or word.startswith(_PREFIXES) for word in words)


def is_main(tag: Token) -> bool:
    """Whether the page says that its main text stands in this element."""
    return tag.name == "main" or tag.get("role").lower() == "main"
