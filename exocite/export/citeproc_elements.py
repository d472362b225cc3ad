"""Elements of CSL whose behaviour in citeproc-py differs from the specification, put right.

Source: CSL specification 1.0.2, sections "Group", "Label", "Choose", "Sorting" and "Text". A style
parsed by `exocite.export.citeproc_style` uses these classes in place of the library's own.
"""
# The library is untyped, so its classes are Any to the type checker.
# mypy: disallow-subclassing-any=False

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, cmp_to_key
from typing import Any

from citeproc import model
from citeproc.source import VariableError

from exocite.export.citeproc_lasting import Lasting
from exocite.export.citeproc_text import Cased, Words
from exocite.export.citeproc_work import Shape, counts, value
from exocite.text import folded

_TYPED_QUOTES = re.compile(r"(?<![^\s(\[])\"([^\"]*+)\"(?!\w)")
_LONGEST_ROMAN = 4
_NUMBERS = re.compile(r"\d{1,18}(?:[-–]\d{1,18}){0,3}", re.ASCII)
_UNSORTED = str.maketrans("", "", "“”„\"‘’‚'«»¿¡([")
_AFTER_NUMBERS = 10**18
# Variables of Text whose value is not simply the work's.
_WORKED_OUT = frozenset({"citation-number", "locator"})
_SEVERAL_NUMBERS = re.compile(r"\d[^\d.]+\d")


class Group(Lasting, model.Group):
    """A group is left out when it calls variables and none of them prints anything.

    The library judges this by what the style could call and not by what was called.
    """

    def render(self, item: Any, sort_options: Any = None, **_: Any) -> Any:
        """The joined children; raises VariableError where the group is left out."""
        count = item.reference.counts
        called, printed = count.called, count.printed
        texts = self.printed(item, self._delimiter, sort_options)
        output = [text for text in texts if str(text)]
        if not output or (count.called > called and count.printed == printed):
            raise VariableError
        text = self.join(output) if len(output) > 1 else output[0]
        return self.wrap(self.format(text)) if text else None

    @cached_property
    def _delimiter(self) -> str:
        return str(self.get("delimiter", ""))


class _Condition(Lasting):
    """A condition whose tests are read from the style once."""

    @cached_property
    def _tests(self: Any) -> tuple[Any, ...]:
        tests = (
            ("type", self._type),
            ("variable", self._variable),
            ("is-numeric", self._is_numeric),
            ("is-uncertain-date", self._is_uncertain_date),
            ("locator", self._locator),
            ("position", _never),
            ("disambiguate", _never),
        )
        return tuple(test for name, test in tests if self.get(name) is not None)

    @cached_property
    def _types(self: Any) -> tuple[str, ...]:
        return tuple(self.get("type").lower().split())

    @cached_property
    def _kinds(self: Any) -> frozenset[str] | None:
        """The types for which it holds, or does not, where it asks for nothing else."""
        if len(self._tests) != 1 or not (self.get("type") or "").strip():
            return None
        if self._match == "all" and len(set(self._types)) > 1:
            return frozenset()
        return frozenset(self._types)

    @cached_property
    def _variables(self: Any) -> tuple[str, ...]:
        return tuple(self.get("variable").replace("-", "_").split())

    @cached_property
    def _match(self: Any) -> str:
        return str(self.get("match", "all"))

    def holds(self, item: Any) -> bool:
        """Whether all tests hold; or any, or none, if the style says so."""
        if self._kinds is not None:
            return (item.reference.type in self._kinds) != (self._match == "none")
        results = (result for test in self._tests for result in test(item))
        if self._match == "none":
            return not any(results)
        return any(results) if self._match == "any" else all(results)

    def _type(self, item: Any) -> list[bool]:
        kind = item.reference.type
        return [name == kind for name in self._types]

    def _variable(self, item: Any) -> list[bool]:
        work = item.reference
        return [name in work for name in self._variables]


def _never(_item: Any) -> list[bool]:
    """Nothing in a bibliography is cited for the second time, and nothing is ambiguous."""
    return [False]


class If(_Condition, model.If):
    """The first condition."""


class ElseIf(_Condition, model.Else_If):
    """A further condition."""


class Else(Lasting, model.Else):
    """What is printed where no condition holds."""

    def holds(self, _item: Any) -> bool:
        """Always."""
        return True


class Choose(Lasting, model.Choose):
    """The children of the first condition that holds."""

    @cached_property
    def _settled(self) -> dict[Shape, Any]:
        """The condition that holds for all works of a shape, None where none does."""
        return {}

    def render(self, item: Any, delimiter: str = "", sort_options: Any = None, **_: Any) -> Any:
        """What they print, None where no condition holds."""
        shape = item.reference.shape
        if shape in self._settled:
            held = self._settled[shape]
        else:
            count = counts(item)
            reads = count.reads
            held = next((child for child, _ in self.children if child.holds(item)), None)
            if count.reads == reads:
                self._settled[shape] = held
        if held is None:
            return None
        return held.render_children(item, delimiter, sort_options)


class Text(Lasting, Cased, model.Text):
    """Text that counts its variables, and turns the quotes inside its own quotes."""

    def get_macro(self, name: str) -> Any:
        """The macro of that name; looked for once in the style."""
        return self.get_root().macros[name]

    @cached_property
    def _macro(self) -> Any:
        name = self.get("macro")
        return None if name is None else self.get_macro(name)

    @cached_property
    def _changes(self) -> bool:
        """Whether it does more to its text than to put affixes around it."""
        return bool(self._formats) or any(
            self.get(name) is not None for name in ("text-case", "strip-periods", "quotes")
        )

    def render(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
        """The text; raises VariableError where there is none."""
        if self._macro is not None:
            text = self._macro.render_children(item)
        elif self._name:
            text = self._variable(item, self if context is None else context)
        else:
            return super().render(item, context=context, **kwargs)
        if not text:
            return None
        return self.markup(text, self._language(item)) if self._changes else self.wrap(text)

    @cached_property
    def _name(self) -> str:
        """The variable that it prints, "" for none."""
        return str(self.get("variable", ""))

    @cached_property
    def _own_language(self) -> str:
        return str(self.get_root().get("default-locale", "en"))[:2]

    def _language(self, item: Any) -> str:
        """The two letters of the work's language, or of the style's."""
        work = item.reference
        return str(work.language)[:2] if "language" in work else self._own_language

    def markup(self, text: Any, language: str) -> Any:
        """The text as the element has it, None for none."""
        if text and not self._changes:
            return self.wrap(text)
        return super().markup(text, language)

    def quote(self, string: Any) -> Any:
        """The text in the style's quotes, double quotes within it made inner ones."""
        if self.get("quotes", "false").lower() != "true":
            return string
        outer_open, outer_close, opening, closing = (
            str(self.get_single_term(name=name))
            for name in ("open-quote", "close-quote", "open-inner-quote", "close-inner-quote")
        )
        inner = _TYPED_QUOTES.sub(lambda match: opening + match[1] + closing, str(string))
        inner = inner.replace("“", opening).replace("”", closing)
        return Words(f"{outer_open}{inner}{outer_close}")

    def _variable(self, item: Any, context: Any) -> Any:
        variable = self._name
        if variable in self.generated_variables:
            return super()._variable(item, context)
        count = counts(item)
        count.called += 1
        if count.hides(variable):
            return None
        if variable in _WORKED_OUT or variable.startswith("page"):
            text = super()._variable(item, context)
        else:
            work = item.reference
            text = work[self._short if self._short in work else self._key]
        if text is not None and str(text):
            count.printed += 1
            count.shown.append(variable)
        return str(text) if isinstance(text, int) else text

    @cached_property
    def _key(self) -> str:
        return self._name.replace("-", "_")

    @cached_property
    def _short(self) -> str:
        """The variable that is taken instead where the work has it."""
        return f"{self._key}_short" if self.get("form") == "short" else self._key


class Number(Lasting, Cased, model.Number):
    """A number that counts, and knows variables of several words."""

    def process(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
        """The formatted number; raises VariableError where there is none."""
        count = counts(item)
        count.called += 1
        variable = self.get("variable")
        if count.hides(variable):
            return None
        if variable in {"locator", "page-first", "citation-number"}:
            text = super().process(item, context=context, **kwargs)
        else:
            text = self._process(value(item, variable), variable)
        if text is not None and str(text):
            count.printed += 1
            count.shown.append(variable)
        return text

    def format_number(self, number: Any) -> Any:
        """The number in the style's form; beyond what Roman numerals are used for as it stands."""
        if self.get("form") == "roman" and len(str(number)) > _LONGEST_ROMAN:
            return str(number)
        return super().format_number(number)


class Label(Lasting, Cased, model.Label):
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

    def _is_plural(self, item: Any) -> bool:
        variable = self.get("variable")
        number = str(item.reference.get(variable.replace("-", "_"), ""))
        if variable.startswith("number-of"):
            return number.isdecimal() and number.lstrip("0") not in {"", "1"}
        return _SEVERAL_NUMBERS.search(number) is not None


class Sort(Lasting, model.Sort):
    """The order of the entries, letters with accents beside those without."""

    def sort(self, items: Sequence[Any], context: Any) -> list[Any]:
        """The items by the style's keys, in their own order where these are equal.

        What lacks a key comes last, in whichever direction the key sorts.
        """
        keys = self.findall("cs:key", self.nsmap)
        values = [[_comparable(made) for made in key.sort_keys(items, context)] for key in keys]
        signs = [-1 if key.get("sort") == "descending" else 1 for key in keys]
        rows = list(zip(*values, strict=True)) if values else [()] * len(items)

        def compare(one: int, other: int) -> int:
            for left, right, sign in zip(rows[one], rows[other], signs, strict=True):
                if left != right:
                    if left is None or right is None:
                        return 1 if left is None else -1
                    return sign if left > right else -sign
            return 0

        return [items[at] for at in sorted(range(len(items)), key=cmp_to_key(compare))]


def _comparable(made: Any) -> tuple[tuple[int, ...], str, str] | None:
    """A key by which values sort: numbers and ranges by size, before words.

    Quotes do not count, and accents only where nothing else differs.
    """
    if made is None:
        return None
    text = str(made)
    if _NUMBERS.fullmatch(text):
        return (tuple(int(number) for number in re.split("[-–]", text)), "", "")
    return ((_AFTER_NUMBERS,), folded(text.translate(_UNSORTED)), text)


class Key(Lasting, model.Key):
    """A key of the order. Each is printed as if nothing had been printed before."""

    def sort_keys(self, items: Sequence[Any], context: Any) -> Any:
        """The key of each item, None where it has none."""
        for item in items:
            item.reference.afresh()
        return super().sort_keys(items, context)


class Layout(Lasting, model.Layout):
    """How an entry is put together."""
