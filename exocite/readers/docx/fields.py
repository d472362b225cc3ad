"""What a field is: a citation of Zotero, Mendeley or Word, a list of references, a link.

Sources: Zotero's and Mendeley's word processor integration (a CSL citation as JSON behind `ADDIN`),
the CSL-JSON schema of citations (citation-style-language/schema), and ECMA-376, part 1, 17.16.5
(CITATION, BIBLIOGRAPHY, HYPERLINK, TOC).
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping

from exocite.frozen import dataclass
from exocite.model import BlockKind
from exocite.patterns import regex
from exocite.readers.docx import endnote
from exocite.readers.docx.field_item import Data, FieldItem


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a field is for: it cites `items`, links to an `address`, or prints blocks of a kind."""

    items: tuple[FieldItem, ...] = ()
    address: str = ""
    zone: BlockKind | None = None


_LONGEST = 2_000_000
_ADDIN = regex(r"ADDIN\s+(?:ZOTERO_ITEM\s+)?CSL_CITATION\s*(?={)")
_LIST = regex(
    r"BIBLIOGRAPHY\b|ADDIN\s+(?:ZOTERO_BIBL|EN\.REFLIST|Mendeley\s+Bibliography|CSL_BIBL)"
)
_ENDNOTE = regex(r"ADDIN\s+EN\.CITE(?![\w.])")
_CONTENTS = regex(r"(?:TOC|INDEX|TOA)\b")
_TOKEN = regex(r'"(?P<quoted>[^"]*)"|(?P<plain>[^\s"]+)')
_WITH_VALUE = frozenset({"\\l", "\\p", "\\v", "\\f", "\\s"})
_MENDELEY = "MENDELEY_CITATION_"
_MENDELEY_LIST = "MENDELEY_BIBLIOGRAPHY"
_SUFFIX = regex(r"[\s,:;]*(?P<place>(?:[^\W\d_]{1,10}\.?\s?|§{1,2}\s?)?\d[\w\s.,–-]{0,60})$")
_NAMED = regex(r"[^\W\d_]{1,8}\.\s?\S|§")
_SHORT = {
    "page": "p.", "chapter": "chap.", "section": "sec.", "figure": "fig.", "paragraph": "para.",
    "volume": "vol.", "issue": "no.", "line": "l.", "note": "n.", "part": "pt.", "column": "col.",
    "folio": "fol.", "verse": "v.", "sub-verbo": "s.v.", "sub verbo": "s.v.", "appendix": "app.",
    "table": "tab.", "equation": "eq.",
}  # fmt: skip


def meaning(code: str, data: str = "") -> Meaning:
    """What the instruction of a field says; `data` is what the field holds besides, in base 64."""
    code = code.strip()
    if len(code) > _LONGEST:
        return Meaning()
    addin = _ADDIN.match(code)
    if addin:
        return Meaning(items=tuple(_csl_items(code[addin.end() :])))
    if _ENDNOTE.match(code) and len(data) <= _LONGEST:
        return Meaning(items=tuple(endnote.items(code, data)))
    if _LIST.match(code):
        return Meaning(zone=BlockKind.REFERENCE)
    if _CONTENTS.match(code):
        return Meaning(zone=BlockKind.NAVIGATION)
    tokens = [match["quoted"] or match["plain"] or "" for match in _TOKEN.finditer(code)]
    if len(tokens) > 1 and tokens[0] == "CITATION":
        return Meaning(items=tuple(_word_items(tokens[1:])))
    if len(tokens) > 1 and tokens[0] == "HYPERLINK" and not tokens[1].startswith("\\"):
        return Meaning(address=tokens[1])
    return Meaning()


def control(tag: str, gallery: str) -> Meaning:
    """What a content control says by its tag, or by the gallery of building blocks it is from."""
    if tag.startswith(_MENDELEY_LIST) or gallery == "Bibliographies":
        return Meaning(zone=BlockKind.REFERENCE)
    if gallery == "Table of Contents":
        return Meaning(zone=BlockKind.NAVIGATION)
    if tag.startswith(_MENDELEY) and len(tag) <= _LONGEST:
        packed = tag.rpartition("_")[2]
        try:
            written = b64decode(packed + "=" * (-len(packed) % 4), validate=True).decode("utf-8")
        except ValueError:
            return Meaning()
        return Meaning(items=tuple(_csl_items(written)))
    return Meaning()


def _csl_items(written: str) -> Iterator[FieldItem]:
    """The items of a CSL citation; what stands behind its JSON does not matter."""
    try:
        citation, _ = json.JSONDecoder().raw_decode(written)
    except (ValueError, RecursionError):
        return
    items = citation.get("citationItems") if isinstance(citation, Mapping) else None
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, Mapping):
            continue
        data = item.get("itemData")
        data = data if isinstance(data, Mapping) else {}
        name = _text(item.get("id")) or _text(data.get("id"))
        addresses = item.get("uris") or item.get("uri")
        address = addresses[0] if isinstance(addresses, list) and addresses else addresses
        if name:
            yield FieldItem(name, _text(address), _locator(item), data)


def _locator(item: Data) -> str:
    """The place in the work, from its own field or from a suffix that is nothing else."""
    place = _text(item.get("locator"))
    if not place:
        suffix = _SUFFIX.match(_text(item.get("suffix"))[:100])
        return suffix["place"].strip() if suffix else ""
    label = _text(item.get("label")) or "page"
    if _NAMED.match(place):
        return place
    short = _SHORT.get(label, label)
    several = label == "page" and re.search(r"[-–,]", place) is not None
    return f"{'pp.' if several else short} {place}"


def _text(value: object) -> str:
    """A name or number as text, "" for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    try:
        return " ".join(str(value).split())[:500]
    except ValueError:  # A number of thousands of digits.
        return ""


def _word_items(tokens: list[str]) -> Iterator[FieldItem]:
    r"""Word's own: a tag and its switches, `\m` before each further tag, `\p` before pages."""
    tag, place = "", ""
    at = 0
    while at < len(tokens):
        word = tokens[at]
        at += 1
        if word == "\\m":
            if tag:
                yield FieldItem(tag, locator=place)
            tag, place = "", ""
        elif word in _WITH_VALUE:
            if word == "\\p" and at < len(tokens):
                place = f"{'pp.' if re.search('[-–,]', tokens[at]) else 'p.'} {tokens[at]}"
            at += 1
        elif not word.startswith("\\") and not tag:
            tag = word[:500]
    if tag:
        yield FieldItem(tag, locator=place)
