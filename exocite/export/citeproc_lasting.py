"""What the elements of a style are asked again and again, found out once.

At every step citeproc-py searches its XML tree: for the layout above, for a term, for each
attribute that formats. A style does not change while a bibliography is printed, so an element
keeps its answers. Somebody must hold the elements meanwhile: lxml forgets what was kept on an
element that nobody holds.

What an element prints without reading any value of the work, it prints for every work of that
language and type that has the same variables: most often nothing. It is asked once for such a shape
(`exocite.export.citeproc_work`) and left out from then on.
"""
# The library is untyped, so its classes are Any to the type checker.
# mypy: disallow-subclassing-any=False

from __future__ import annotations

from functools import cached_property
from typing import Any

from citeproc import model
from citeproc.source import VariableError
from citeproc.string import join, normalize_seam

from exocite.export.citeproc_work import Shape
from exocite.frozen import dataclass

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


@dataclass(frozen=True, slots=True)
class Steps:
    """The children that are asked again for works of one shape.

    A child is None where its text is always the last of the three; `called` counts the variables
    that those call that are left out.
    """

    called: int
    left: tuple[tuple[Any, bool, Any], ...]


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
        if text is None:
            return None
        if prefix:
            text = prefix + normalize_seam(prefix, text)
        if suffix:
            text = text + normalize_seam(text, suffix)
        return text

    @cached_property
    def _steps(self) -> dict[Shape, Steps]:
        """What is left to do for works of each shape that was met."""
        return {}

    def printed(self, item: Any, delimiter: str, sort_options: Any = None) -> list[Any]:
        """What the children print; the delimiter is that between the children of a choice."""
        work = item.reference
        steps = self._steps.get(work.shape)
        if steps is None:
            return self._printed_first(item, delimiter, sort_options)
        work.counts.called += steps.called
        output = []
        for child, is_choice, always in steps.left:
            if child is None:
                output.append(always)
                continue
            try:
                if is_choice:
                    text = child.render(item, delimiter=delimiter, sort_options=sort_options)
                else:
                    text = child.render(item, sort_options=sort_options)
            except VariableError:
                continue
            if text is not None:
                output.append(text)
        return output

    def _printed_first(self, item: Any, delimiter: str, sort_options: Any) -> list[Any]:
        """What the children print for the first work of a shape; what need not be asked again."""
        work = item.reference
        count = work.counts
        settled = 0
        left: list[tuple[Any, bool, Any]] = []
        output = []
        for child, is_choice in self.children:
            called, reads = count.called, count.reads
            given = {"delimiter": delimiter} if is_choice else {}
            try:
                text = child.render(item, sort_options=sort_options, **given)
            except VariableError:
                text = None
            if text is not None:
                output.append(text)
            if count.reads != reads:
                left.append((child, is_choice, None))
                continue
            settled += count.called - called
            if text is not None:
                left.append((None, False, text))
        self._steps[work.shape] = Steps(settled, tuple(left))
        return output

    def render_children(
        self, item: Any, delimiter: str = "", sort_options: Any = None, **_: Any
    ) -> Any:
        """What the children print, joined; None where they print nothing."""
        output = self.printed(item, delimiter, sort_options)
        if len(output) < 2:
            return output[0] if output else None
        return join(output, delimiter)

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

    def get_single_term(self: Any, name: str, *args: Any, **kwargs: Any) -> Any:
        """The singular of the term, "" where there is none."""
        return self._term_as(model.CitationStylesElement.get_single_term, name, *args, **kwargs)

    def get_plural_term(self: Any, name: str, *args: Any, **kwargs: Any) -> Any:
        """The plural of the term, "" where there is none."""
        return self._term_as(model.CitationStylesElement.get_plural_term, name, *args, **kwargs)

    def _term_as(self, number: Any, *args: Any, **kwargs: Any) -> Any:
        """The term in singular or plural, looked for once in the style and its locales."""
        asked = (number, args, *kwargs.items())
        kept = self._root.numbers
        if asked not in kept:
            kept[asked] = number(self, *args, **kwargs)
        return kept[asked]
