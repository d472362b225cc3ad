"""The engine on citeproc-py, with what that library leaves out of CSL 1.0.2 put right around it.

Elements that it reads otherwise than the specification are replaced (`citeproc_elements`), and
attributes that it does not know are rewritten. Formatting travels through it as private-use
characters, so that text is never mistaken for markup. Where pieces meet, `seams` puts punctuation
in order.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography

from exocite.errors import StyleError
from exocite.export import citeproc_elements as elements
from exocite.export import seams
from exocite.export.citeproc_elements import KEEP, KEPT
from exocite.export.engine import Formatted, Run, Style
from exocite.export.pages import abbreviated
from exocite.export.suffixes import year_suffixes
from exocite.export.titles import plain, tokens

_MARKS = ("i", "b", "u", "sup", "sub", "sc")
_OPEN = {mark: chr(0xE000 + 2 * at) for at, mark in enumerate(_MARKS)}
_CLOSE = {mark: chr(0xE001 + 2 * at) for at, mark in enumerate(_MARKS)}
_MARK_OF = {character: mark for mark, character in _OPEN.items()}
_END_OF = {character: mark for mark, character in _CLOSE.items()}
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")

_NAMESPACE = f"{{{elements.NAMESPACE}}}"
_ASIDE = frozenset({"left-margin", "right-inline", "block", "indent"})
# What citeproc-py raises on data or styles that it did not foresee.
_FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NameError,
    RecursionError,
    TypeError,
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
    _repair(csl.root)
    page_format = csl.root.attrib.pop("page-range-format", "")
    in_quote = _punctuation_in_quote(csl)
    prepared = [_prepared(item, number, page_format) for number, item in enumerate(items)]
    order = _sorted(csl, [_unmarked(item) for item in prepared], style)
    if csl.root.citation.get("disambiguate-add-year-suffix") == "true":
        for number, letters in year_suffixes([items[number] for number in order]).items():
            prepared[order[number]]["year-suffix"] = letters
    bibliography = _registered(csl, prepared, _marking_formatter(), order)
    entries = []
    for cite, number in zip(bibliography.items, order, strict=True):
        item = items[number]
        text = _entry(csl.root.bibliography.layout, cite, item, style)
        runs = seams.cleaned(_runs(text), punctuation_in_quote=in_quote)
        if not any(run.text.strip() for run in runs):
            runs = (Run(plain(str(item.get("title") or item["id"]))),)
        entries.append(Formatted(str(item["id"]), runs))
    return tuple(entries)


def _parsed(style: Style) -> Any:
    try:
        return elements.Style(style.xml, style.locale)
    except (SyntaxError, *_FAILURES) as error:
        raise StyleError(
            f"the style {style.name} cannot be read: {error}", hint="name another style"
        ) from error


def _punctuation_in_quote(csl: Any) -> bool:
    for locale in csl.root.locales:
        options = locale.find(f"{_NAMESPACE}style-options")
        if options is not None:
            return bool(options.get("punctuation-in-quote", "false") == "true")
    return False


# --------------------------------------------------------------------------- before


def _repair(root: Any) -> None:
    """Rewrite attributes that citeproc-py does not know into ones that it does."""
    for element in root.iter():
        tag = str(element.tag).removeprefix(_NAMESPACE)
        if element.get("display") in _ASIDE:
            element.set("suffix", element.get("suffix", "") + " ")
        if element.get("text-case") == "title" and tag in {"name-part", "number"}:
            # It has no language for these and would leave them as they are.
            element.set("text-case", "capitalize-all")
        if tag == "date":
            _take_delimiter(root, element)
    if root.bibliography.get("second-field-align") and len(root.bibliography.layout):
        first = root.bibliography.layout[0]
        if first.get("display") not in _ASIDE:
            first.set("suffix", first.get("suffix", "") + " ")


def _take_delimiter(root: Any, date: Any) -> None:
    """A localized date's delimiter counts, but the library looks for it at the calling date."""
    form = date.get("form")
    if form and date.get("delimiter") is None and date.get("variable"):
        localized = root.get_date(form)
        if localized is not None and localized.get("delimiter"):
            date.set("delimiter", localized.get("delimiter"))


def _prepared(item: Mapping[str, object], number: int, page_format: str) -> dict[str, Any]:
    """The item as citeproc-py wants it: marks for markup, pages as the style shortens them."""
    prepared: dict[str, Any] = {"id": str(number)}
    for variable, value in item.items():
        if variable == "id":
            continue
        prepared[variable] = _marked(value) if isinstance(value, str) else _clean(value)
    if isinstance(prepared.get("page"), str):
        prepared["page"] = abbreviated(prepared["page"], page_format)
    return prepared


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _APOSTROPHE.sub("’", _PRIVATE.sub("", value))
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
    out: list[str] = []
    kept = 0
    for kind, words in tokens(_APOSTROPHE.sub("’", _PRIVATE.sub("", value))):
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
    return {name: _clean(value) for name, value in item.items()}


def _formatter(wrap: Any) -> Any:
    def marker(mark: str) -> Any:
        return lambda text: elements.Words(wrap(mark, str(text)))

    return SimpleNamespace(
        preformat=elements.Words,
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
    source = elements.Source([items[number] for number in order])
    bibliography = CitationStylesBibliography(csl, source, formatter)
    bibliography.register(Citation([CitationItem(str(number)) for number in order]))
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
