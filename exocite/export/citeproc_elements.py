"""Elements of CSL whose behaviour in citeproc-py differs from the specification, put right.

Source: CSL specification 1.0.2, sections "Group", "Label", "Name" and "Text-case". A style parsed
with `parser` uses these classes in place of the library's own.
"""
# The library is untyped, so its classes are Any to the type checker.
# mypy: disallow-subclassing-any=False

from __future__ import annotations

import re
from typing import Any

from citeproc import model
from citeproc.frontend import CitationStylesStyle, etree
from citeproc.source import VariableError
from citeproc.source.json import CiteProcJSON
from citeproc.string import MixedString, NoCase, String

NAMESPACE = "http://purl.org/net/xbiblio/csl"


KEEP, KEPT = "\ue100", "\ue101"
"""The marks before and after words whose case no style changes."""

_KEPT_WORDS = re.compile(f"{KEEP}([^{KEPT}]*){KEPT}")
_TYPED_QUOTES = re.compile(r"(?<![^\s(\[])\"([^\"]*+)\"(?!\w)")
_INITIAL = re.compile(r"(?<![\w’'-])([A-ZÀ-ÖØ-Þ])(?:\.\s*|\s+|$)")
_PRIVATE = tuple(chr(code) for code in range(0xE000, 0xE100))


class Words(String):
    """Text in which private-use characters that mark formatting stand before a letter."""

    def capitalize_first(self) -> Words:
        """The text with its first letter, behind any marks, as a capital."""
        at = next((at for at, c in enumerate(self) if c not in _PRIVATE), len(self))
        return Words(self[:at] + self[at : at + 1].upper() + self[at + 1 :])


class Source(CiteProcJSON):
    """CSL-JSON items whose texts hold marks, and words that keep their case in KEEP and KEPT."""

    def parse_string(self, string: Any) -> Any:
        """A text as the library's pieces."""
        pieces = _KEPT_WORDS.split(str(string))
        return MixedString(
            NoCase(piece) if at % 2 else Words(piece) for at, piece in enumerate(pieces) if piece
        )


def _words(text: Any) -> Any:
    """What the library hands about, plain Python strings and pieces included, as Words."""
    if isinstance(text, MixedString):
        return MixedString(_words(piece) for piece in text)
    return text if isinstance(text, String) else Words(text or "")


class Counts:
    """How many variables were called and how many printed, for the groups around them."""

    def __init__(self) -> None:
        self.called = 0
        self.printed = 0


def counts(item: Any) -> Counts:
    """The counts of the entry that is being printed, kept with its cite."""
    found: Counts | None = item.get("counts")
    if found is None:
        found = item["counts"] = Counts()
    return found


class Group(model.Group):
    """A group is left out when it calls variables and none of them prints anything.

    The library judges this by what the style could call and not by what was called.
    """

    def process(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
        """The joined children; raises VariableError where the group is left out."""
        count = counts(item)
        called, printed = count.called, count.printed
        output = []
        for child in self.iterchildren():
            options = dict(kwargs)
            if isinstance(child, model.Choose):
                options["delimiter"] = self.get("delimiter", "")
            try:
                text = child.render(item, context=context, **options)
            except VariableError:
                continue
            if text is not None and str(text):
                output.append(text)
        if not output or (count.called > called and count.printed == printed):
            raise VariableError
        return self.join(output)


class Cased(model.TextCased):
    """Changes of case on whatever the library hands about: its own strings and Python's."""

    def case(self, text: Any, language: str | None = None) -> Any:
        """The text in the case that the style asks for."""
        return super().case(_words(text), language)


class Text(Cased, model.Text):
    """Text that counts its variables, and turns the quotes inside its own quotes."""

    def get_macro(self, name: str) -> Any:
        """The macro of that name; looked for once in the style."""
        return self.get_root().macros[name]

    def quote(self, string: Any) -> Any:
        """The text in the style's quotes, double quotes within it made inner ones."""
        if self.get("quotes", "false").lower() == "true":
            opening, closing = (
                self.get_single_term(name=f"{side}-inner-quote") for side in ("open", "close")
            )
            string = _TYPED_QUOTES.sub(lambda match: opening + match[1] + closing, str(string))
            string = Words(string.replace("“", opening).replace("”", closing))
        return super().quote(string)

    def _variable(self, item: Any, context: Any) -> Any:
        variable = self.get("variable")
        count = counts(item)
        if variable not in self.generated_variables:
            count.called += 1
        text = super()._variable(item, context)
        if text is not None and str(text) and variable not in self.generated_variables:
            count.printed += 1
        return text


class Number(Cased, model.Number):
    """A number that counts, and knows variables of several words."""

    def process(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
        """The formatted number; raises VariableError where there is none."""
        counts(item).called += 1
        variable = self.get("variable")
        if variable in {"locator", "page-first", "citation-number"}:
            text = super().process(item, context=context, **kwargs)
        else:
            text = self._process(item.reference[variable.replace("-", "_")], variable)
        if text is not None and str(text):
            counts(item).printed += 1
        return text


class Date(model.Date):
    """A date that counts."""

    def process(
        self,
        item: Any,
        variable: Any = None,
        show_parts: Any = None,
        context: Any = None,
        **kwargs: Any,
    ) -> Any:
        """The formatted date; raises VariableError where there is none."""
        counts(item).called += 1
        text = super().process(item, variable, show_parts, context, **kwargs)
        if text is not None and str(text):
            counts(item).printed += 1
        return text


class DatePart(Cased, model.Date_Part):
    """A part of a date."""


class NamePart(Cased, model.Name_Part):
    """A part of a name, given back as one string."""

    def format_part(self, given: Any, family: Any) -> Any:
        """Given and family name, the one that this element is about formatted."""
        parts = super().format_part(given or "", family or "")
        return tuple(Words(part) for part in parts)


class Names(model.Names):
    """Names that count, whether their own or those of a substitute."""

    def process(
        self, item: Any, names_context: Any = None, context: Any = None, **kwargs: Any
    ) -> Any:
        """The formatted names; raises VariableError where there are none."""
        counts(item).called += 1
        text = super().process(item, names_context, context, **kwargs)
        if text is not None and str(text):
            counts(item).printed += 1
        return text


class Name(model.Name):
    """Names whose given names stay whole where the style says `initialize="false"`."""

    def initialize(self, given: str, mark: str, context: Any) -> Any:
        """The initials of a given name; with `initialize="false"` only those it already has."""
        if self.get("initialize") != "false":
            return super().initialize(given, mark, context)
        written = _INITIAL.sub(lambda match: match[1] + mark, given)
        return " ".join(written.split()).replace(" -", "-")


class Label(Cased, model.Label):
    """A label that is printed only where its variable is there, in the style's case."""

    def process(
        self,
        item: Any,
        variable: Any = None,
        plural: Any = None,
        context: Any = None,
        **kwargs: Any,
    ) -> Any:
        """The term; raises VariableError where the variable is not there."""
        own = self.get("variable")
        if own not in {None, "locator"} and own.replace("-", "_") not in item.reference:
            raise VariableError
        return super().process(item, variable, plural, context, **kwargs)

    def case(self, text: Any, language: str | None = "en") -> Any:
        """The term in the case that the style asks for; terms are of the style's own language."""
        return super().case(text, language)


class Style(CitationStylesStyle):
    """An independent style of these elements, in a locale or in its own.

    Raises SyntaxError for broken XML and ValueError for an unknown locale.
    """

    def __init__(self, xml: bytes, locale: str = "") -> None:
        self.root = etree.fromstring(xml, _parser())
        self.root.macros = {
            macro.get("name"): macro for macro in self.root.iter(f"{{{NAMESPACE}}}macro")
        }
        self.root.set_locale_list(
            locale or self.root.get("default-locale", "en-US"), validate=False
        )


_OWN: dict[str, type] = {
    "group": Group,
    "text": Text,
    "number": Number,
    "date": Date,
    "date-part": DatePart,
    "names": Names,
    "name": Name,
    "name-part": NamePart,
    "label": Label,
}


def _parser() -> Any:
    lookup = etree.ElementNamespaceClassLookup()
    namespace = lookup.get_namespace(NAMESPACE)
    namespace[None] = model.CitationStylesElement
    for cls in model.CitationStylesElement.__subclasses__():
        tag = cls.__name__.replace("_", "-").lower()
        namespace[tag] = _OWN.get(tag, cls)
    made = etree.XMLParser(
        remove_comments=True, encoding="UTF-8", no_network=True, resolve_entities=False
    )
    made.set_element_class_lookup(lookup)
    return made
