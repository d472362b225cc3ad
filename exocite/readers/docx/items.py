"""The works that citation fields hold, as printed references under labels of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exocite.patterns import regex
from exocite.readers.docx.field_item import Data, FieldItem
from exocite.text import collapsed, folded

_OWN_TO_FIELD = regex(r"ITEM-\d+$")
_YEAR = regex(r"(?<!\d)(?:1[0-9]|20)\d\d(?!\d)")
_TAG = regex(r"</?(?:i|b|em|strong|sup|sub|sc|span)(?:\s[^<>]{0,200})?>")
_MOST_AUTHORS = 20
_LONGEST = 1000
_TELLING = 15


class Works:
    """The works cited by fields, in the order of the text, each under one label.

    The label is the item's id. Mendeley counts ids anew in each field, and documents put together
    from several libraries can use an id twice: then the item's address tells works apart.
    """

    def __init__(self, sources: Mapping[str, Data]) -> None:
        self._sources = sources
        self._labels: dict[tuple[str, str], str] = {}
        self._taken: dict[str, Data] = {}

    def label(self, item: FieldItem) -> str:
        """The label of an item, the same whenever the same work is cited."""
        data = item.data or self._sources.get(item.id, {})
        identity = item.address or _said(data, "DOI") or _said(data, "title")
        known = self._labels.get((item.id, identity))
        if known is not None:
            return known
        label = item.id
        if _OWN_TO_FIELD.match(label) or label in self._taken:
            label = re.split(r"[/=]", item.address)[-1] or identity or item.id
        number, first = 1, label
        while label in self._taken:
            number += 1
            label = f"{first} ({number})"
        self._labels[item.id, identity] = label
        self._taken[label] = data
        return label

    def printed(self) -> Iterator[tuple[str, str]]:
        """Label and printed reference of each work of which more than the id is known."""
        for label, data in self._taken.items():
            text = printed(data)
            if text:
                yield label, text

    def prints(self, text: str) -> bool:
        """Whether a printed reference is that of one of the works, by its DOI or whole title."""
        plain = folded(text)
        for data in self._taken.values():
            doi, title = _said(data, "DOI").lower(), folded(_title(data))
            if (doi and doi in plain) or (len(title) >= _TELLING and title in plain):
                return True
        return False


def printed(data: Data) -> str:
    """A work as references print it (APA's order), "" where neither author nor title is known."""
    title = _title(data)
    authors = ", ".join(_names(data))
    if not title and not authors:
        return ""
    year = _year(data)
    parts = [f"{authors} ({year})." if year and authors else f"{authors}." if authors else ""]
    parts.append(f"{title}." if title and title[-1] not in ".?!" else title)
    if year and not authors:
        parts.append(f"({year}).")
    parts.append(_container(data))
    publisher = _said(data, "publisher")
    parts.append(f"{publisher}." if publisher else "")
    doi, address = _said(data, "DOI"), _said(data, "URL")
    parts.append(f"https://doi.org/{re.sub('^.*?(?=10[.])', '', doi)}" if doi else address)
    return " ".join(filter(None, parts))


def _container(data: Data) -> str:
    """Journal, volume, issue and pages."""
    name = _said(data, "container-title")
    volume, issue, pages = _said(data, "volume"), _said(data, "issue"), _said(data, "page")
    if issue:
        volume = f"{volume}({issue})"
    found = ", ".join(filter(None, (name, volume, pages)))
    return f"{found}." if found else ""


def _title(data: Data) -> str:
    return _TAG.sub("", _said(data, "title")).strip()


def _said(data: Data, name: str) -> str:
    """A field as text on one line, "" where it is none."""
    value = data.get(name)
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    try:
        return collapsed(str(value)[:_LONGEST])
    except ValueError:  # A number of thousands of digits.
        return ""


def _names(data: Data) -> Iterator[str]:
    people = data.get("author") or data.get("editor")
    if not isinstance(people, Sequence) or isinstance(people, str):
        return
    for person in people[:_MOST_AUTHORS]:
        if not isinstance(person, Mapping):
            continue
        family, given = _said(person, "family"), _said(person, "given")
        particle = _said(person, "non-dropping-particle") or _said(person, "dropping-particle")
        initials = " ".join(f"{name[0]}." for name in re.split(r"[\s.-]+", given) if name)
        name = f"{particle} {family}".strip()
        whole = ", ".join(filter(None, (name, initials))) or _said(person, "literal")
        if whole:
            yield whole


def _year(data: Data) -> str:
    issued: Any = data.get("issued")
    if isinstance(issued, Mapping):
        parts = issued.get("date-parts")
        first = parts[0] if isinstance(parts, list) and parts else None
        if isinstance(first, list) and first:
            issued = _said({"year": first[0]}, "year")
        else:
            issued = _said(issued, "raw") or _said(issued, "literal")
    found = _YEAR.search(_said({"issued": issued}, "issued"))
    return found[0] if found else ""
