"""What the elements of a style are asked again and again, found out once.

At every step citeproc-py searches its XML tree: for the layout above, for a term, for each
attribute that formats. A style does not change while a bibliography is printed, so an element
keeps its answers. Somebody must hold the elements meanwhile: lxml forgets what was kept on an
element that nobody holds.
"""
# The library is untyped, so its classes are Any to the type checker.
# mypy: disallow-subclassing-any=False

from __future__ import annotations

from functools import cached_property
from typing import Any

from citeproc import CitationItem, model
from citeproc.source import VariableError
from citeproc.string import join, normalize_seam

# Attribute, value, and the function of the formatter that stands for them.
_FORMATS = (
    ("font-style", "italic", "Italic"),
    ("font-style", "oblique", "Oblique"),
    ("font-variant", "small-caps", "SmallCaps"),
    ("font-weight", "bold", "Bold"),
    ("font-weight", "light", "Light"),
    ("text-decoration", "underline", "Underline"),
    ("vertical-align", "sup", "Superscript"),
    ("vertical-align", "sub", "Subscript"),
)
# The form that is taken where a term is not defined in another one.
# Source: CSL specification 1.0.2, "Terms".
_INSTEAD = {"verb-short": "verb", "symbol": "short", "short": None, "verb": None}


class Lasting:
    """An element that keeps what it found out. Stands first among the bases of its class."""

    @cached_property
    def _root(self: Any) -> Any:
        return self.getroottree().getroot()

    @cached_property
    def _formats(self: Any) -> tuple[str, ...]:
        return tuple(name for key, value, name in _FORMATS if self.get(key) == value)

    @cached_property
    def _affixes(self: Any) -> tuple[str, str]:
        return self.get("prefix", ""), self.get("suffix", "")

    @cached_property
    def children(self: Any) -> tuple[tuple[Any, bool], ...]:
        """The elements within this one, and of each whether it is a choice."""
        return tuple((child, isinstance(child, model.Choose)) for child in self)

    def get_root(self) -> Any:
        """The style."""
        return self._root

    def get_formatter(self) -> Any:
        """What marks formatting in this run."""
        return self._root.formatter

    def get_layout(self) -> Any:
        """The layout of the bibliography: nothing else is ever printed."""
        return self._root.bibliography_layout

    def format(self, text: Any) -> Any:
        """The text with the marks of the element's formatting."""
        if isinstance(text, (int, float)):
            text = str(text)
        for name in self._formats:
            text = getattr(self._root.formatter, name)(text)
        return text

    def wrap(self, text: Any) -> Any:
        """The text between the element's affixes."""
        prefix, suffix = self._affixes
        if text is None or not (prefix or suffix):
            return text
        text = prefix + normalize_seam(prefix, text)
        return text + normalize_seam(text, suffix)

    def printed(self, item: Any, delimiter: str, **kwargs: Any) -> list[Any]:
        """What the children print; the delimiter is that between the children of a choice."""
        output = []
        for child, is_choice in self.children:
            try:
                if is_choice:
                    text = child.render(item, delimiter=delimiter, **kwargs)
                else:
                    text = child.render(item, **kwargs)
            except VariableError:
                continue
            if text is not None:
                output.append(text)
        return output

    def render_children(self, item: Any, delimiter: str = "", **kwargs: Any) -> Any:
        """What the children print, joined; None where they print nothing."""
        output = self.printed(item, delimiter, **kwargs)
        return join(output, delimiter) if output else None

    def get_term(
        self: Any,
        name: str,
        form: str | None = None,
        fallback_locale: bool = True,
        zero_padded: bool = False,
    ) -> Any:
        """The term in that form or the nearest that there is, None where there is none."""
        asked = (name, form, fallback_locale, zero_padded)
        kept = self._root.terms
        if asked not in kept:
            found = model.CitationStylesElement.get_term(self, *asked)
            if found is None and form in _INSTEAD:
                found = self.get_term(name, _INSTEAD[form], fallback_locale, zero_padded)
            kept[asked] = found
        return kept[asked]


class Cite(CitationItem):
    """An entry of the bibliography with its work and its number at hand."""

    def __init__(self, key: str, work: Any, number: int) -> None:
        super().__init__(key)
        self["work"], self["number"] = work, number

    @property
    def reference(self) -> Any:
        """The work's variables."""
        return dict.__getitem__(self, "work")

    @property
    def number(self) -> int:
        """Its place in the bibliography, from 1."""
        return dict.__getitem__(self, "number")


class Counts:
    """What was called and printed of an entry, for the groups around it.

    `shown` are the variables that were printed, `hidden` those that stood in for names and are
    not printed again.
    """

    def __init__(self) -> None:
        self.called = 0
        self.printed = 0
        self.shown: list[str] = []
        self.hidden: set[str] = set()

    def hides(self, variable: str) -> bool:
        """Whether the variable was printed in place of names."""
        return variable in self.hidden


def counts(item: Any) -> Counts:
    """The counts of the entry that is being printed, kept with its cite."""
    found: Counts | None = item.get("counts")
    if found is None:
        found = item["counts"] = Counts()
    return found


def value(item: Any, variable: str) -> Any:
    """The variable of the work; raises VariableError where it has none."""
    found = item.reference.get(variable.replace("-", "_"))
    if found is None:
        raise VariableError
    return found
