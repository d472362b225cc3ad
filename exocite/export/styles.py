"""CSL styles by name: friendly aliases, the nearest names to a slip, dependent styles resolved.

The files come from a library that the caller hands in; `exocite.export.installed` has one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from difflib import get_close_matches

from exocite.errors import StyleError
from exocite.export.engine import Style
from exocite.frozen import dataclass

# What people call a style: the name of its file, and the locale where theirs is not the file's.
ALIASES: dict[str, tuple[str, str]] = {
    "acm": ("association-for-computing-machinery", ""),
    "acs": ("american-chemical-society", ""),
    "aip": ("american-institute-of-physics", ""),
    "ama": ("american-medical-association", ""),
    "apa6": ("apa-6th-edition", ""),
    "apa7": ("apa", ""),
    "apsa": ("american-political-science-association", ""),
    "asa": ("american-sociological-association", ""),
    "chicago": ("chicago-author-date", ""),
    "chicago-notes": ("chicago-notes-bibliography", ""),
    "cse": ("cse-citation-sequence", ""),
    "elsevier": ("elsevier-harvard", ""),
    "harvard": ("harvard-cite-them-right", "en-GB"),
    "jama": ("american-medical-association", ""),
    "lancet": ("the-lancet", ""),
    "mhra": ("mhra-author-date", "en-GB"),
    "mla": ("modern-language-association", ""),
    "nlm": ("nlm-citation-sequence", ""),
    "oscola": ("oscola", ""),
    "pnas": ("proceedings-of-the-national-academy-of-sciences", ""),
    "rsc": ("royal-society-of-chemistry", ""),
    "springer": ("springer-basic-author-date", ""),
    "turabian": ("turabian-author-date", ""),
    "vancouver": ("nlm-citation-sequence", ""),
}

_LINK = re.compile(rb"<link\b([^<>]{1,600})>")
_HREF = re.compile(rb"\bhref=\"[^\"]{0,500}/([^\"/]{1,200})\"")
_LOCALE = re.compile(rb"<style\b[^<>]{0,2000}\bdefault-locale=\"([A-Za-z-]{2,12})\"")
_LOCALE_NAME = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,8})?", re.ASCII)
_HEAD = 20_000
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Library:
    """Where style files come from: all names without suffix, and the bytes of one."""

    names: Callable[[], Collection[str]]
    load: Callable[[str], bytes]


def find(asked: str, library: Library, locale: str = "") -> Style:
    """The style of that name or alias; a dependent style is replaced by its parent.

    Raises StyleError naming the nearest styles where there is none.
    """
    if locale and not _LOCALE_NAME.fullmatch(locale):
        raise StyleError(f"{locale[:40]!r} is not a locale", hint="write it like en-GB")
    name = _normal(asked)
    names = library.names()
    preferred = ""
    if name in ALIASES and ALIASES[name][0] in names:
        name, preferred = ALIASES[name]
    if name not in names:
        raise _unknown(asked, names)
    xml = library.load(name)
    parent = _parent(xml)
    if parent:
        preferred = _own_locale(xml) or preferred
        if parent not in names:
            raise StyleError(
                f"the style {name} is a variant of {parent}, which is not installed",
                hint="name another style",
            )
        name, xml = parent, library.load(parent)
    return Style(name, xml, locale or preferred)


def _normal(asked: str) -> str:
    return re.sub(r"[\s_]+", "-", asked.strip().lower()).removesuffix(".csl")[:200]


def _unknown(asked: str, names: Collection[str]) -> StyleError:
    known = sorted({*names, *ALIASES})
    name = _normal(asked)[:80]
    near = get_close_matches(name, known, n=_NEAREST, cutoff=0.6)
    near += [other for other in known if name and name in other and other not in near]
    hint = f"the nearest are {', '.join(near[:_NEAREST])}" if near else "try apa, mla or vancouver"
    return StyleError(f"there is no citation style {asked[:80]!r}", hint=hint)


def _parent(xml: bytes) -> str:
    """The name of the style that a dependent one stands for, "" for an independent one."""
    for link in _LINK.finditer(xml[:_HEAD]):
        if b'rel="independent-parent"' in link[1]:
            target = _HREF.search(link[1])
            return target[1].decode("utf-8", "replace") if target else ""
    return ""


def _own_locale(xml: bytes) -> str:
    match = _LOCALE.search(xml[:_HEAD])
    return match[1].decode("ascii") if match else ""
