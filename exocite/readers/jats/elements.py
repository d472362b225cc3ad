"""What each element of JATS is for: hidden, a block and of which kind, a caption, a formula.

Source: ANSI/NISO Z39.96 (JATS 1.3), the tag library.
"""

from __future__ import annotations

from exocite.model import BlockKind
from exocite.readers.vocabulary import words

HIDDEN = words(
    """
    journal-meta article-id article-categories pub-date history permissions self-uri funding-group
    counts custom-meta-group author-notes aff aff-alternatives kwd-group alt-title object-id
    related-article related-object contrib-id email role xref-group processing-meta notes volume
    issue fpage lpage elocation-id pub-history conference product title-alternatives
    sub-article response floats-wrap alt-text long-desc annotation annotation-xml sec-meta
    abstract-meta inline-supplementary-material collab-alternatives trans-title-group glossary
    """
)
# Inside a reference these are what it prints.
SEEN_IN_REFERENCE = words("volume issue fpage lpage elocation-id object-id related-object")
BLOCKS: dict[str, BlockKind | None] = {
    "article-title": BlockKind.TITLE, "subtitle": BlockKind.BYLINE, "contrib": BlockKind.BYLINE,
    "title": BlockKind.HEADING, "p": None, "list-item": BlockKind.LIST_ITEM,
    "def-item": BlockKind.LIST_ITEM, "disp-quote": BlockKind.QUOTATION,
    "verse-group": BlockKind.QUOTATION, "caption": BlockKind.CAPTION, "code": BlockKind.CODE,
    "preformat": BlockKind.CODE, "tr": BlockKind.TABLE, "ref": BlockKind.REFERENCE,
    "ack": BlockKind.BOILERPLATE, "bio": BlockKind.BOILERPLATE, "table-wrap-foot": BlockKind.TABLE,
    "table": BlockKind.TABLE, "fig": BlockKind.CAPTION, "table-wrap": BlockKind.CAPTION,
    "media": BlockKind.CAPTION, "supplementary-material": BlockKind.CAPTION,
    "sec": BlockKind.PARAGRAPH, "body": BlockKind.PARAGRAPH, "abstract": BlockKind.PARAGRAPH,
    "trans-abstract": BlockKind.PARAGRAPH, "front": BlockKind.PARAGRAPH, "back": None, "app": None,
    "boxed-text": BlockKind.PARAGRAPH, "list": None, "fn": None, "fn-group": None, "ref-list": None,
    "statement": None, "speech": None, "attrib": BlockKind.BYLINE, "contrib-group": None,
    "front-stub": None, "article": None, "app-group": None, "def-list": None, "floats-group": None,
}  # fmt: skip
"""Elements that begin and end a block, and its kind; None keeps that of the element around it."""

CAPTIONED = words(
    "fig fig-group table-wrap media supplementary-material boxed-text chem-struct-wrap"
)
FORMULAE = words("inline-formula disp-formula math tex-math chem-struct")
ASIDE_ABSTRACTS = words("graphical toc teaser key-image video web-summary")
UNSEEN_XREFS = words("fn table-fn aff corresp author-notes contrib")
NOTES_APART = words("conflict coi-statement con financial-disclosure supported-by equal other")
SEPARATORS = {
    "article-title": ". ", "chapter-title": ". ", "source": ". ", "year": ". ", "volume": ";",
    "issue": "(", "fpage": ":", "elocation-id": ":", "lpage": "–", "publisher-name": ". ",
    "publisher-loc": ". ", "comment": ". ", "ext-link": ". ", "name": ", ", "string-name": ", ",
    "collab": ", ", "etal": ", ", "given-names": " ", "surname": " ", "person-group": ". ",
    "edition": ". ", "data-title": ". ", "date-in-citation": ". ", "uri": ". ",
    "conf-name": ". ", "part-title": ". ", "month": " ", "day": " ",
}  # fmt: skip
LISTED_PEOPLE = frozenset({"person-group", "element-citation", "mixed-citation"})
