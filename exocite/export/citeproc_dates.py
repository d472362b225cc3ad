"""Dates and ranges of dates as CSL prints them.

Source: CSL specification 1.0.2, sections "Date" and "Date-part". The elements take the place of
the library's own, which loses ranges that begin and end in one year. Localized dates are written
out beforehand (`exocite.export.citeproc_style`), so that every date has its own parts.
"""
# The library is untyped, so its classes are Any to the type checker.
# mypy: disallow-subclassing-any=False

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from citeproc import model
from citeproc.source import DateRange, LiteralDate, VariableError

from exocite.export.citeproc_lasting import Lasting
from exocite.export.citeproc_text import Cased
from exocite.export.citeproc_work import counts, value

_UNITS = ("year", "month", "day")
_DASH = "–"


class Date(Lasting, model.Date):
    """A date that counts."""

    def process(self, item: Any, *_: Any, **__: Any) -> Any:
        """The formatted date; raises VariableError where there is none."""
        counts(item).called += 1
        date = value(item, self.get("variable"))
        if isinstance(date, LiteralDate):
            text = date.text if self._has_year else ""
        elif isinstance(date, DateRange):
            text = self._range(date.begin, date.end)
        else:
            text = self._joined(self._printed(date, self._parts))
        if not text:
            return None
        counts(item).printed += 1
        return self.wrap(self.format(text))

    @cached_property
    def _parts(self) -> tuple[Any, ...]:
        return tuple(self.findall("cs:date-part", self.nsmap))

    @cached_property
    def _has_year(self) -> bool:
        """Whether it prints a year, the one part in whose place a date in words is printed."""
        return any(part.get("name") == "year" for part in self._parts)

    @cached_property
    def _delimiter(self) -> str:
        return str(self.get("delimiter", ""))

    def _joined(self, texts: list[str]) -> str:
        return self._delimiter.join(texts)

    def _printed(self, date: Any, parts: tuple[Any, ...]) -> list[str]:
        return [text for part in parts if (text := part.text_of(date))]

    def _range(self, begin: Any, end: Any) -> str:
        """Both dates from the largest unit that differs downwards, what they share only once."""
        if end.is_nil():
            since = self._joined(self._printed(begin, self._parts)).rstrip(" ,")
            return f"{since}{_DASH}" if since else ""
        differing = next((unit for unit in _UNITS if begin.get(unit) != end.get(unit)), None)
        units = _UNITS[_UNITS.index(differing) :] if differing else ()
        places = [at for at, part in enumerate(self._parts) if part.get("name") in units]
        if not places:
            return self._joined(self._printed(begin, self._parts))
        first, last = places[0], places[-1] + 1
        before, parts, after = self._parts[:first], self._parts[first:last], self._parts[last:]
        left, right = (self._joined(self._printed(date, parts)) for date in (begin, end))
        dash = parts[0].get("range-delimiter", _DASH)
        both = f"{left.rstrip(' ,')}{dash}{right.lstrip(' ,')}" if left and right else left or right
        return self._joined(
            [*self._printed(begin, before), *filter(None, [both]), *self._printed(begin, after)]
        )


class DatePart(Lasting, Cased, model.Date_Part):
    """A year, a month or season, or a day."""

    def text_of(self, date: Any) -> str:
        """The part as the style prints it, "" where the date has none."""
        try:
            text = self._writers[self.get("name")](date)
        except VariableError:
            return ""
        return str(self.markup(text) or "")

    @property
    def _writers(self) -> Mapping[str, Callable[[Any], str]]:
        return {"year": self._year, "month": self._month, "day": self._day}

    def _year(self, date: Any) -> str:
        year = date.year
        if self.get("form") == "short":
            return str(abs(year))[-2:]
        era = "bc" if year < 0 else "ad" if year < 1000 else ""
        return f"{abs(year)}{self.get_single_term(name=era) if era else ''}"

    def _month(self, date: Any) -> str:
        form = self.get("form", "long")
        if "month" not in date:
            term = f"season-{date.season:02}"
        elif form in {"numeric", "numeric-leading-zeros"}:
            return f"{date.month:02}" if form == "numeric-leading-zeros" else str(date.month)
        else:
            term = f"month-{date.month:02}"
        return str(self.get_single_term(name=term, form="short" if form == "short" else None))

    def _day(self, date: Any) -> str:
        form = self.get("form", "numeric")
        first_only = self.get_locale_option("limit-day-ordinals-to-day-1") == "true"
        if form == "ordinal" and (date.day == 1 or not first_only):
            return str(model.to_ordinal(date.day, self))
        return f"{date.day:02}" if form == "numeric-leading-zeros" else str(date.day)
