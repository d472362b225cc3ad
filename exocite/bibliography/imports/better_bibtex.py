"""Better BibTeX's own JSON ("BetterBibTeX JSON"): Zotero's items with their citekeys.

Its .bib exports are BibTeX. Source: what Better BibTeX 1.2 to 7 write; Zotero's items in its JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from exocite.bibliography.imports import zotero
from exocite.bibliography.imports.record import Broken, Format, Record
from exocite.bibliography.imports.zotero import Item

_START = re.compile(r"\s*\ufeff?\s*\{\s*\"")
_MARK = re.compile(r"\"(?:itemType|translatorID|Better ?BibTeX)")
_SAMPLE = 100_000
_ITEMS = re.compile(r"\"items\"\s*:\s*\[")
_BETWEEN = re.compile(r"[ \t\r\n]*,?[ \t\r\n]*")
_COLON = re.compile(r"[ \t\r\n]*:[ \t\r\n]*")
_DECODER = json.JSONDecoder(parse_constant=str)
_LISTS = frozenset({"creators", "tags", "attachments", "notes", "collections", "relations"})


def _looks(text: str) -> bool:
    if _START.match(text) is None or not _ITEMS.search(text):
        return False
    return _MARK.search(text[:_SAMPLE]) is not None


def read(text: str) -> Iterator[Record]:
    """The items of the export; after one that is no JSON nothing more can be read."""
    start = _list_of_items(text)
    if isinstance(start, Broken):
        yield start
        return
    line, counted, at = 1, 0, start
    while True:
        at = _behind(_BETWEEN, text, at)
        line += text.count("\n", counted, at)
        counted = at
        if text[at : at + 1] == "]":
            return
        if at >= len(text):
            yield Broken(line, "the list of items is not closed: the file is cut")
            return
        try:
            item, at = _DECODER.raw_decode(text, at)
        except json.JSONDecodeError as error:
            yield Broken(error.lineno, f"this is no JSON: {error.msg}; nothing after it was read")
            return
        except (RecursionError, ValueError):  # A number of more digits than Python reads.
            yield Broken(line, "this item cannot be read; nothing after it was read")
            return
        if not isinstance(item, dict) or not isinstance(item.get("itemType"), str):
            yield Broken(line, "this is no item of Zotero: it has no itemType")
        elif item["itemType"] not in {"attachment", "note", "annotation"}:
            yield zotero.record(_item(item, line))


def _list_of_items(text: str) -> int | Broken:
    """Where the first of the items begins; what stands before their list is passed over."""
    at = text.find("{") + 1
    while at:
        at = _behind(_BETWEEN, text, at)
        try:
            name, at = _DECODER.raw_decode(text, at)
            at = _behind(_COLON, text, at)
            if name == "items" and text[at : at + 1] == "[":
                return at + 1
            _, at = _DECODER.raw_decode(text, at)
        except (RecursionError, ValueError):
            break
    return Broken(1 + text.count("\n", 0, at), "there is no list of items in this JSON")


def _behind(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where what the pattern matches ends."""
    match = pattern.match(text, at)
    return match.end() if match else at


def _item(said: dict[str, object], line: int) -> Item:
    item = Item(line, _text(said["itemType"]))
    for name, value in said.items():
        if name not in _LISTS and name != "itemType":
            item.fields.append((name, _text(value)))
    for one in _list(said, "creators"):
        if isinstance(one, dict):
            family = _text(one.get("name")) or _text(one.get("lastName"))
            role = _text(one.get("creatorType")) or "author"
            item.creators.append((role, zotero.creator(family, _text(one.get("firstName")))))
    item.tags += [_inner(one, "tag") for one in _list(said, "tags")]
    item.files += [_inner(one, "path", "localPath", "url") for one in _list(said, "attachments")]
    item.notes += [_inner(one, "note") for one in _list(said, "notes")]
    return item


def _list(said: dict[str, object], name: str) -> list[object]:
    found = said.get(name)
    return found if isinstance(found, list) else []


def _inner(one: object, *names: str) -> str:
    """The value of the first of these names, or the text that stands in their place."""
    if not isinstance(one, dict):
        return _text(one)
    return next((_text(one[name]) for name in names if one.get(name)), "")


def _text(value: object) -> str:
    """A value as text: what is neither text nor number as JSON."""
    if value is None or value == {} or value == []:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


BETTER_BIBTEX = Format(
    "better-bibtex", "Better BibTeX JSON", _looks, read, '"itemType"', (".json",)
)
