"""A style parsed into the elements of this package, with what citeproc-py does not know rewritten.

Source: CSL specification 1.0.2, sections "Locale Files", "Localized Dates" and "Display".
"""
# The library is untyped, so its classes are Any to the type checker.
# mypy: disallow-subclassing-any=False

from __future__ import annotations

from copy import deepcopy
from typing import Any

from citeproc import model
from citeproc.frontend import CitationStylesStyle, etree

from exocite.export import citeproc_dates, citeproc_elements, citeproc_names
from exocite.export.citeproc_lasting import Lasting

_NAMESPACE = "http://purl.org/net/xbiblio/csl"
_TAG = f"{{{_NAMESPACE}}}"
_ASIDE = frozenset({"left-margin", "right-inline", "block", "indent"})

_OWN: dict[str, type] = {
    "choose": citeproc_elements.Choose,
    "date": citeproc_dates.Date,
    "date-part": citeproc_dates.DatePart,
    "else": citeproc_elements.Else,
    "else-if": citeproc_elements.ElseIf,
    "group": citeproc_elements.Group,
    "if": citeproc_elements.If,
    "key": citeproc_elements.Key,
    "label": citeproc_elements.Label,
    "layout": citeproc_elements.Layout,
    "name": citeproc_names.Name,
    "name-part": citeproc_names.NamePart,
    "names": citeproc_names.Names,
    "number": citeproc_elements.Number,
    "sort": citeproc_elements.Sort,
    "substitute": citeproc_names.Substitute,
    "text": citeproc_elements.Text,
}
# They have their own ways to look for terms.
_AS_THEY_ARE = frozenset({"style", "locale", "term"})


class Style(CitationStylesStyle):
    """An independent style of these elements, in a locale or in its own.

    `root.bibliography` is None for a style that only has notes. Raises SyntaxError for broken XML
    and ValueError for an unknown locale.
    """

    def __init__(self, xml: bytes, locale: str = "") -> None:
        self.root = etree.fromstring(xml, _parser())
        self.root.macros = {macro.get("name"): macro for macro in self.root.iter(f"{_TAG}macro")}
        self.root.terms, self.root.numbers = {}, {}
        self.root.set_locale_list(
            locale or self.root.get("default-locale", "en-US"), validate=False
        )
        self.page_range_format = self.root.attrib.pop("page-range-format", "")
        if self.root.bibliography is not None:
            self.root.bibliography_layout = self.root.bibliography.layout
            _repair(self.root)
        # Held so that what they keep is kept, see `exocite.export.citeproc_lasting`.
        self._elements = list(self.root.iter())

    @property
    def punctuation_in_quote(self) -> bool:
        """Whether full stops and commas go before a closing quote."""
        for locale in self.root.locales:
            options = locale.find(f"{_TAG}style-options")
            if options is not None:
                return bool(options.get("punctuation-in-quote", "false") == "true")
        return False


def _parser() -> Any:
    lookup = etree.ElementNamespaceClassLookup()
    namespace = lookup.get_namespace(_NAMESPACE)
    namespace[None] = model.CitationStylesElement
    for cls in model.CitationStylesElement.__subclasses__():
        tag = cls.__name__.replace("_", "-").lower()
        namespace[tag] = _OWN.get(tag) or (
            cls if tag in _AS_THEY_ARE else type(cls.__name__, (Lasting, cls), {})
        )
    made = etree.XMLParser(
        remove_comments=True, encoding="UTF-8", no_network=True, resolve_entities=False
    )
    made.set_element_class_lookup(lookup)
    return made


# --------------------------------------------------------------------------- rewriting


def _repair(root: Any) -> None:
    """Rewrite what citeproc-py does not know into what it does."""
    for element in list(root.iter()):
        tag = str(element.tag).removeprefix(_TAG)
        if element.get("display") in _ASIDE:
            element.set("suffix", element.get("suffix", "") + " ")
        if element.get("text-case") == "title" and tag in {"name-part", "number"}:
            # It has no language for these and would leave them as they are.
            element.set("text-case", "capitalize-all")
        if tag == "date" and element.get("variable") and element.get("form"):
            _write_out(root, element)
        if tag == "names":
            _give_name(element)
    if root.bibliography.get("second-field-align") and len(root.bibliography.layout):
        first = root.bibliography.layout[0]
        if first.get("display") not in _ASIDE:
            first.set("suffix", first.get("suffix", "") + " ")


def _write_out(root: Any, date: Any) -> None:
    """Put the parts of the localized date in the date that calls it, with what it changes there."""
    localized = root.get_date(date.get("form"))
    if localized is None:
        return
    changed = {part.get("name"): dict(part.attrib) for part in date.findall(f"{_TAG}date-part")}
    shown = date.get("date-parts", "year-month-day").split("-")
    for name, setting in localized.attrib.items():
        if name != "form" and date.get(name) is None:
            date.set(name, setting)
    for part in list(date):
        date.remove(part)
    for part in localized.findall(f"{_TAG}date-part"):
        if part.get("name") in shown:
            own = etree.SubElement(date, f"{_TAG}date-part", dict(part.attrib))
            own.attrib.update(changed.get(part.get("name"), {}))


def _give_name(names: Any) -> None:
    """Names without a name element get one: that of the names they stand in for, or a plain one.

    The library would put a plain one in at each call, again and again.
    """
    if names.find(f"{_TAG}name") is not None:
        return
    above = next(names.iterancestors(f"{_TAG}names"), None)
    if len(names) or above is None:
        names.insert(0, etree.SubElement(names, f"{_TAG}name"))
        return
    for child in above:
        if child.tag != f"{_TAG}substitute":
            names.append(deepcopy(child))
