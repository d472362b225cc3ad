"""Names as CSL prints them: their order, their initials, and where a list ends in "et al.".

Source: CSL specification 1.0.2, sections "Names" and "Name". The elements take the place of the
library's own.
"""
# The library is untyped, so its classes are Any to the type checker.
# mypy: disallow-subclassing-any=False

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from citeproc import model
from citeproc.source import VariableError

from exocite.export.citeproc_lasting import Lasting
from exocite.export.citeproc_text import Cased, Words
from exocite.export.citeproc_work import counts
from exocite.frozen import dataclass

MORE_NAMES = frozenset({"others", "et al.", "et al"})
"""Literal names that, at the end of a list, say that it is not whole: BibTeX's and others."""

_BOTH = frozenset({"editor", "translator"})
_INITIAL = re.compile(r"(?<![\w’'-])([A-ZÀ-ÖØ-Þ])(?:\.\s*|\s+|$)")


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a list of names, the element's own before those of style and bibliography."""

    form: str
    delimiter: str
    and_: str
    before_last: str
    before_et_al: str
    least: int
    first: int
    last_too: bool
    order: str
    separator: str
    initials: str | None
    hyphen: bool
    demote: str


class Name(Lasting, model.Name):
    """One list of names."""

    def process(
        self,
        item: Any,
        variable: str,
        sort_options: Mapping[str, str] | None = None,
        **_: Any,
    ) -> Any:
        """The list as the style prints it, or how many names it prints where it only counts.

        A list that is known not to be whole ends in the term "et al." whatever its length.
        """
        options = self._options if sort_options is None else self._read(sort_options)
        names: Sequence[Any] = item.reference.get(variable, ())
        more = _is_more(names)
        known = names[:-1] if more else names
        if options.form == "count":
            return min(len(known), options.first)
        shortened = 0 < options.least <= len(names) and len(names) > 1
        shown = known[: options.first] if shortened else known
        texts = [self._one(name, options, at) for at, name in enumerate(shown)]
        if shortened and not more and options.last_too and options.first <= options.least - 2:
            last = self._one(names[-1], options, -1)
            return options.delimiter.join([*texts, last if sort_options else f"… {last}"])
        if (more or shortened) and not sort_options:
            return self._with_et_al(texts, options)
        return self._whole(texts, options)

    def et_al(self) -> Any:
        """The term that ends a list, formatted as the style has it."""
        return self.get_single_term(name="et-al") if self._et_al is None else self._et_al.render()

    def _with_et_al(self, texts: list[str], options: Options) -> str:
        """The names and the term behind them.

        One name, where the style itself would print several before the term, ends as those do
        if it is inverted: "Ku YC, et al."
        """
        term = str(self.et_al() or "")
        listed = options.delimiter.join(texts)
        if not term:
            return listed
        inverted = options.order == "all" or (options.order == "first" and len(texts) == 1)
        several = len(texts) > 1 or (inverted and options.first > 1)
        comma = _precedes(options.before_et_al, options.order, len(texts), contextual=several)
        return f"{listed}{options.delimiter if comma else ' '}{term}"

    def _whole(self, texts: list[str], options: Options) -> str:
        if not options.and_ or len(texts) < 2:
            return options.delimiter.join(texts)
        term = self.get_single_term(name="and") if options.and_ == "text" else "&"
        several = len(texts) > 2
        comma = _precedes(options.before_last, options.order, len(texts) - 1, contextual=several)
        listed = options.delimiter.join(texts[:-1])
        return f"{listed}{options.delimiter if comma else ' '}{term} {texts[-1]}"

    def _one(self, name: Any, options: Options, place: int) -> str:
        given, family, dropping, particle, suffix = name.parts()
        if given and options.initials is not None:
            given = self._initials(given, options)
        if options.form == "short":
            return str(self._formatted("", _spaced(particle, family))[1])
        if options.order == "all" or (options.order == "first" and place == 0):
            if options.demote == "display-and-sort":
                given = _spaced(given, dropping, particle)
            else:
                family, given = _spaced(particle, family), _spaced(given, dropping)
            given, family = self._formatted(given, family)
            return options.separator.join(part for part in (family, given, suffix) if part)
        given, family = self._formatted(given, _spaced(dropping, particle, family))
        return _spaced(given, family, suffix)

    def _formatted(self, given: Any, family: Any) -> tuple[Any, Any]:
        for part in self._parts:
            given, family = part.format_part(given, family)
        return given, family

    def _initials(self, given: str, options: Options) -> str:
        mark = options.initials or ""
        if self.get("initialize") == "false":
            written = _INITIAL.sub(lambda match: match[1] + mark, given)
            return " ".join(written.split()).replace(" -", "-")
        return initials(given, mark, hyphen=options.hyphen)

    @cached_property
    def _et_al(self) -> Any:
        return self.getparent().find("cs:et-al", self.nsmap)

    @cached_property
    def _parts(self) -> list[Any]:
        return list(self.findall("cs:name-part", self.nsmap))

    @cached_property
    def _options(self) -> Options:
        return self._read({})

    def _read(self, sort_options: Mapping[str, str]) -> Options:
        above = self.get_root().bibliography

        def option(name: str, inherited: str = "") -> Any:
            if name in sort_options:
                return sort_options[name]
            return self.get(name, above.get_option(inherited or name))

        return Options(
            form=option("form", "name-form"),
            delimiter=option("delimiter", "name-delimiter"),
            and_=option("and") or "",
            before_last=option("delimiter-precedes-last"),
            before_et_al=option("delimiter-precedes-et-al"),
            least=int(option("et-al-min")),
            first=int(option("et-al-use-first")),
            last_too=option("et-al-use-last") == "true",
            order=option("name-as-sort-order") or "",
            separator=option("sort-separator"),
            initials=option("initialize-with"),
            hyphen=option("initialize-with-hyphen") == "true",
            demote=option("demote-non-dropping-particle"),
        )


class NamePart(Lasting, Cased, model.Name_Part):
    """A part of a name, given back as one string."""

    def format_part(self, given: Any, family: Any) -> Any:
        """Given and family name, the one that this element is about formatted."""
        parts = super().format_part(given or "", family or "")
        return tuple(Words(part) for part in parts)


class Names(Lasting, model.Names):
    """The lists of one or more roles, or what the style puts in their place."""

    @cached_property
    def name(self) -> Any:
        """How each list is printed."""
        return self.find("cs:name", self.nsmap)

    @cached_property
    def label(self) -> Any:
        """The label of the role, None without one."""
        return self.find("cs:label", self.nsmap)

    @cached_property
    def _substitute(self) -> Any:
        return self.find("cs:substitute", self.nsmap)

    @cached_property
    def _roles(self) -> tuple[str, ...]:
        return tuple(self.get("variable").split())

    @cached_property
    def _delimiter(self) -> Any:
        return self.get_root().bibliography.get_option("names-delimiter")

    @cached_property
    def _label_first(self) -> bool:
        return self.label is not None and self.children[0][0] is self.label

    def process(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
        """The formatted names; raises VariableError where there are none."""
        count = counts(item)
        count.called += 1
        roles = [
            role
            for role in self._roles
            if item.reference.get(role.replace("-", "_")) and not count.hides(role)
        ]
        lists = [
            self._list(item, role, label, context=context, **kwargs)
            for role, label in self._labelled(item, roles)
        ]
        text: Any
        if lists and all(isinstance(one, int) for one in lists):
            text = str(sum(lists) or "")
        elif lists:
            text = self.join(lists, self._delimiter)
        elif self._substitute is not None:
            text = self._substitute.render(item, context=context, **kwargs)
        else:
            raise VariableError
        if text is not None and str(text):
            count.printed += 1
            count.shown += roles
        return text

    def _labelled(self, item: Any, roles: Sequence[str]) -> Sequence[tuple[str, str]]:
        """The roles and the term for each: editors who translate are one list with a term."""
        work = item.reference
        if set(roles) == _BOTH and work["editor"] == work["translator"]:
            term = self.get_term("editortranslator")
            if term is not None and (len(term) or term.text):
                return [("editor", "editortranslator")]
        return [(role, role) for role in roles]

    def _list(self, item: Any, role: str, label: str, **kwargs: Any) -> Any:
        variable = role.replace("-", "_")
        text = self.name.render(item, variable, **kwargs)
        if self.label is None or isinstance(text, int):
            return text
        printed = self.label.render(item, label, len(item.reference[variable]) > 1)
        if not printed:
            return text
        return printed + text if self._label_first else text + printed


class Substitute(Lasting, model.Substitute):
    """What is printed in place of names, the first that there is.

    It is not printed a second time later in the entry.
    """

    def render(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
        """The substitute; raises VariableError where there is none."""
        count = counts(item)
        before = len(count.shown)
        for child, _ in self.children:
            try:
                text = child.render(item, context=context, **kwargs)
            except VariableError:
                continue
            if text is not None and str(text):
                count.hidden.update(count.shown[before:])
                return text
        raise VariableError


def initials(given: str, mark: str, *, hyphen: bool = True) -> str:
    """The initials of a given name, each with the mark; words in small letters stay as they are.

    Behind a hyphen only a capital gives an initial: Jean-Luc is J.-L., Xiao-ming is X.
    """
    out = []
    tight, gap = mark.rstrip(), mark[len(mark.rstrip()) :]
    for word in given.replace(".", " ").replace(" -", "-").split():
        letters = [part[0] for part in word.split("-") if part[:1].isupper()]
        if not word[0].isupper():
            out.append(f" {word} ")
        elif hyphen:
            out.append("-".join(letter + tight for letter in letters) + gap)
        else:
            out.append("".join(letter + mark for letter in letters))
    return " ".join("".join(out).split())


def _is_more(names: Sequence[Any]) -> bool:
    return len(names) > 1 and names[-1].get("literal") in MORE_NAMES


def _precedes(option: str, order: str, names: int, *, contextual: bool) -> bool:
    """Whether the delimiter stands before the last name or "et al.", behind so many names."""
    if option == "after-inverted-name":
        return order == "all" or (order == "first" and names == 1)
    return option == "always" or (option == "contextual" and contextual)


def _spaced(*parts: Any) -> str:
    return " ".join(part for part in parts if part)
