"""The engine on citeproc-py, with what that library leaves out of CSL 1.0.2 put right around it.

Elements that it reads otherwise than the specification are replaced (`citeproc_elements`,
`citeproc_names`, `citeproc_dates`), and attributes that it does not know are rewritten
(`citeproc_style`). Formatting travels through it as private-use characters, so that text is never
mistaken for markup. Where pieces meet, `seams` puts punctuation in order.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from citeproc import Citation, CitationStylesBibliography

from exocite.errors import StyleError
from exocite.export import seams
from exocite.export.citeproc_style import Style as CslStyle
from exocite.export.citeproc_text import KEEP, KEPT, Source, Words, parsed
from exocite.export.citeproc_work import Cite
from exocite.export.engine import Formatted, Run, Style
from exocite.export.pages import abbreviated
from exocite.export.suffixes import year_suffixes
from exocite.export.titles import plain, tokens

_MARKS = ("i", "b", "u", "sup", "sub", "sc")
_OPEN = {mark: chr(0xE000 + 2 * at) for at, mark in enumerate(_MARKS)}
_CLOSE = {mark: chr(0xE001 + 2 * at) for at, mark in enumerate(_MARKS)}
_MARK_OF = {character: mark for mark, character in _OPEN.items()}
_END_OF = {character: mark for mark, character in _CLOSE.items()}
# Punctuation within a text that stands as it is: "Std::vector", ".NET", a DOI with "::" in it.
_GUARDED = {".": "\ue110", ",": "\ue111", ";": "\ue112", ":": "\ue113"}
_GUARD = str.maketrans(_GUARDED)
_UNGUARD = str.maketrans({guard: character for character, guard in _GUARDED.items()})
_WITHIN = re.compile(r"(?<![^\s.,;:?!…])[.,;:]+(?=.)", re.DOTALL)
# What an entry has that says nothing of the work.
_NAMELESS = frozenset({"id", "type", "language"})
# What the library looks at unasked.
_NEEDED = frozenset({"type", "language"})
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")

# What citeproc-py raises on data or styles that it did not foresee.
_FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    UnboundLocalError,
    ValueError,
)


class CiteprocEngine:
    """Formats bibliographies with citeproc-py."""

    def bibliography(
        self, items: Sequence[Mapping[str, object]], style: Style
    ) -> tuple[Formatted, ...]:
        """The entries in the style's order. See `exocite.export.engine.Engine`."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _bibliography(items, style)


def _bibliography(items: Sequence[Mapping[str, object]], style: Style) -> tuple[Formatted, ...]:
    csl = _parsed(style)
    if csl.root.bibliography is None:
        raise StyleError(
            f"the style {style.name} has notes but no bibliography",
            hint="name another style, such as chicago-notes-bibliography or apa",
        )
    in_quote = csl.punctuation_in_quote
    asked = _asked(items, style)
    prepared = [
        _prepared(item, number, csl.page_range_format, asked) for number, item in enumerate(items)
    ]
    order = _sorted(csl, [_unmarked(item) for item in prepared], style)
    if csl.root.citation.get("disambiguate-add-year-suffix") == "true":
        for number, letters in year_suffixes([items[number] for number in order]).items():
            prepared[order[number]]["year-suffix"] = letters
    bibliography = _registered(csl, prepared, _marking_formatter(), order)
    entries = []
    for cite, number in zip(bibliography.items, order, strict=True):
        item = items[number]
        text = _entry(csl.root.bibliography_layout, cite, item, style)
        runs = _unguarded(seams.cleaned(_runs(text), punctuation_in_quote=in_quote))
        if not item.keys() - _NAMELESS or not any(run.text.strip() for run in runs):
            name = _PRIVATE.sub("", plain(str(item.get("title") or item["id"]))) or "?"
            runs = (*runs, Run(f"{' ' if runs else ''}{name}"))
        entries.append(Formatted(str(item["id"]), runs))
    return tuple(entries)


def _parsed(style: Style) -> Any:
    try:
        return CslStyle(style.xml, style.locale)
    except (SyntaxError, *_FAILURES) as error:
        raise StyleError(
            f"the style {style.name} cannot be read: {error}", hint="name another style"
        ) from error


# --------------------------------------------------------------------------- before


def _asked(items: Sequence[Mapping[str, object]], style: Style) -> frozenset[str]:
    """Those variables of the items that the style can ask for, by their names in it."""
    there = {variable for item in items for variable in item}
    named = {
        variable for variable in there if variable.removesuffix("-short").encode() in style.xml
    }
    return frozenset(named | _NEEDED)


def _prepared(
    item: Mapping[str, object], number: int, page_format: str, asked: frozenset[str]
) -> dict[str, Any]:
    """The item as citeproc-py wants it: marks for markup, pages as the style shortens them.

    Variables that the style does not ask for are left out.
    """
    prepared: dict[str, Any] = {"id": str(number)}
    for variable, value in item.items():
        if variable != "id" and variable in asked:
            prepared[variable] = _marked(value) if isinstance(value, str) else parsed(_clean(value))
    if isinstance(prepared.get("page"), str):
        prepared["page"] = abbreviated(prepared["page"], page_format)
    return prepared


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        text = _APOSTROPHE.sub("’", _PRIVATE.sub("", value))
        return _WITHIN.sub(lambda match: match[0].translate(_GUARD), text)
    if isinstance(value, list):
        return [_clean(part) for part in value]
    if isinstance(value, dict):
        return {name: _clean(part) for name, part in value.items()}
    return value


def _marked(value: str) -> str:
    """Markup as marks, and words that keep their case between KEEP and KEPT, whole words only.

    Words in italics keep theirs as well, being mostly the name of a species. The library joins
    the words of neighbouring pieces by a blank, so that half a word cannot be a piece.
    """
    clean: str = _clean(value)
    if "<" not in clean:
        return clean
    out: list[str] = []
    kept = 0
    for kind, words in tokens(clean):
        if kind == "text":
            out.append(f"{KEEP}{words}{KEPT}" if kept else words)
            continue
        if words in {"nocase", "i"}:
            kept += 1 if kind == "open" else -1
        if words != "nocase":
            out.append(_OPEN[words] if kind == "open" else _CLOSE[words])
    return "".join(
        KEEP + word.replace(KEEP, "").replace(KEPT, "") + KEPT if inside else word
        for word, inside in _words("".join(out))
    )


def _words(text: str) -> list[tuple[str, bool]]:
    """The text by words and blanks, and for each whether any of it keeps its case."""
    words = []
    inside = False
    for word in re.split(r"(\s+)", text):
        kept = inside or KEEP in word
        last = max(word.rfind(KEEP), word.rfind(KEPT))
        if last >= 0:
            inside = word[last] == KEEP
        words.append((word, kept and not word.isspace() and bool(word)))
    return words


def _unmarked(item: dict[str, Any]) -> dict[str, Any]:
    """The item without marks, for sorting."""
    return {
        name: _PRIVATE.sub("", value) if isinstance(value, str) else value
        for name, value in item.items()
    }


def _formatter(wrap: Any) -> Any:
    def marker(mark: str) -> Any:
        return lambda text: Words(wrap(mark, str(text)))

    return SimpleNamespace(
        preformat=Words,
        Italic=marker("i"),
        Oblique=marker("i"),
        Bold=marker("b"),
        Light=marker(""),
        Underline=marker("u"),
        Superscript=marker("sup"),
        Subscript=marker("sub"),
        SmallCaps=marker("sc"),
    )


def _marking_formatter() -> Any:
    return _formatter(
        lambda mark, text: _OPEN[mark] + text + _CLOSE[mark] if mark and text else text
    )


def _plain_formatter() -> Any:
    return _formatter(lambda _mark, text: text)


# --------------------------------------------------------------------------- the library


def _sorted(csl: Any, items: list[dict[str, Any]], style: Style) -> list[int]:
    """The numbers of the items in the order of the style."""
    bibliography = _registered(csl, items, _plain_formatter(), range(len(items)))
    try:
        bibliography.sort()
    except _FAILURES as error:
        raise StyleError(
            f"the style {style.name} cannot sort these references: {error}",
            hint="name another style",
        ) from error
    return [int(cite.key) for cite in bibliography.items]


def _registered(csl: Any, items: list[dict[str, Any]], formatter: Any, order: Sequence[int]) -> Any:
    """A bibliography of the items in that order, numbered from 1."""
    source = Source([items[number] for number in order])
    bibliography = CitationStylesBibliography(csl, source, formatter)
    cites = [
        Cite(str(number), source[str(number)], place) for place, number in enumerate(order, start=1)
    ]
    Citation(cites).bibliography = bibliography
    bibliography.keys = [cite.key for cite in cites]
    bibliography.items = cites
    return bibliography


def _entry(layout: Any, cite: Any, item: Mapping[str, object], style: Style) -> str:
    layout.repressed = {}
    try:
        text = layout.format(layout.wrap(layout.render_children(cite)))
    except _FAILURES as error:
        raise StyleError(
            f"the style {style.name} cannot print {item['id']}: {error}",
            hint="name another style, or export CSL-JSON for another program",
        ) from error
    return "" if text is None else str(text)


# --------------------------------------------------------------------------- after


def _unguarded(runs: Sequence[Run]) -> tuple[Run, ...]:
    return tuple(Run(run.text.translate(_UNGUARD), run.marks) for run in runs)


def _runs(text: str) -> tuple[Run, ...]:
    """Marks as runs. A mark inside its own kind turns it off for italics, else changes nothing."""
    depth = dict.fromkeys(_MARKS, 0)
    runs: list[Run] = []
    for piece in re.split(r"([\ue000-\ue0ff])", text):
        if piece in _MARK_OF:
            depth[_MARK_OF[piece]] += 1
        elif piece in _END_OF:
            depth[_END_OF[piece]] = max(0, depth[_END_OF[piece]] - 1)
        elif piece:
            on = {mark for mark, level in depth.items() if level}
            if depth["i"] and depth["i"] % 2 == 0:
                on.discard("i")
            runs.append(Run(piece, frozenset(on)))
    return tuple(runs)
