"""The query language of `list`: which entries are meant.

Words stand beside one another where all must hold, `OR` between two of which one must; `-` in front
denies. A word alone is looked for in the citekey and every field, a phrase in quotation marks too;
`name:value` in one field. Case and accents make no difference. docs/guide.md has the table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Protocol

from exocite.errors import UsageError


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry as a query sees it.

    `outcome` is that of the last resolution, "" without one, "no_work" for an entry that stands for
    no work.
    """

    key: str
    type: str
    fields: Mapping[str, str]
    year: str = ""
    outcome: str = ""
    cited: bool = False
    texts: tuple[str, ...] = ()


class Asked(Protocol):
    """What a query asks of an entry; a `Candidate` is one."""

    @property
    def key(self) -> str:
        """The citekey."""

    @property
    def type(self) -> str:
        """The entry type."""

    @property
    def fields(self) -> Mapping[str, str]:
        """The fields, own and inherited."""

    @property
    def year(self) -> str:
        """A number, or one with " BC" behind it."""

    @property
    def outcome(self) -> str:
        """That of the last resolution, "no_work" for an entry that stands for no work."""

    @property
    def cited(self) -> bool:
        """Whether an article cites it."""

    @property
    def texts(self) -> tuple[str, ...]:
        """The fields that claims are compared with."""


Test = Callable[[Asked], bool]


@dataclass(frozen=True, slots=True)
class Query:
    """A query that can be asked; see `query`. `of_articles` says whether it asks what is cited."""

    groups: tuple[tuple[Test, ...], ...] = ()
    of_articles: bool = field(default=False)

    def holds(self, one: Asked) -> bool:
        """Whether the entry is meant: of each group one test holds."""
        return all(any(test(one) for test in group) for group in self.groups)


_TOKEN = re.compile(r'\s*(?P<no>-?)(?:(?P<name>[A-Za-z][\w+./-]*):)?(?P<value>"[^"]*"?|[^\s"]*)')
_YEARS = re.compile(r"(\d{1,4})?\s?[-–]\s?(\d{1,4})?|(\d{1,4})", re.ASCII)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,80}>")
_OWN = ("key", "type", "year", "outcome", "has")
_TEXT = "text"
_HAD = (_TEXT, "pmid", "pmcid")
"""What `has` asks for beside the fields of BibTeX and biblatex."""
_LONGEST = 2_000
_EARLIEST = -999_999


def query(text: str, fields: Collection[str]) -> Query:
    """The query that the text is; `fields` are the names of all fields that entries have.

    Raises UsageError with the column of what cannot be understood, also of a field that no entry
    has; only `has` may ask for one that BibTeX or biblatex knows, and the answer is no.
    """
    if len(text) > _LONGEST:
        raise UsageError(f"the query is longer than {_LONGEST} characters", hint="shorten it")
    groups: list[list[Test]] = []
    of_articles, joins, at, end = False, False, 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None or match.end() == at:
            raise _mistake(text, at, "this cannot be read", "put it in quotation marks")
        start = len(match[0]) - len(match[0].lstrip()) + at
        at = match.end()
        if match[0].strip() == "OR":
            if not groups or joins:
                raise _mistake(text, start, "OR stands between two words", 'or write "OR"')
            joins = True
            continue
        test = _test(text, start, match, fields)
        of_articles = of_articles or (not match["name"] and match["value"] in {"cited", "uncited"})
        if joins:
            groups[-1].append(test)
        else:
            groups.append([test])
        joins = False
    if joins:
        raise _mistake(text, end - 2, "OR stands between two words", 'or write "OR"')
    return Query(tuple(map(tuple, groups)), of_articles)


def _test(text: str, start: int, match: re.Match[str], fields: Collection[str]) -> Test:
    name, value = (match["name"] or "").lower(), match["value"]
    at = match.start("value")
    if value.startswith('"') and (len(value) == 1 or not value.endswith('"')):
        raise _mistake(text, at, "this quotation mark is not closed", "close it")
    bare = value.strip('"')
    if not bare.strip():
        raise _mistake(text, start, "nothing is looked for here", "write a word behind it")
    if not name:
        test = _alone(value)
    elif name == "year":
        test = _year(text, at, bare)
    elif name == "has":
        wanted = bare.lower()
        if wanted not in fields and not _can_be_had(wanted):
            near = _near(wanted, [*_HAD, *fields])
            hint = (
                f"did you mean has:{near} ?"
                if near
                else "has: is followed by the name of a field, or by text"
            )
            raise _mistake(text, at, f"no entry has a field {wanted}", hint)
        test = _has(wanted)
    elif name in _OWN or name in fields:
        test = _within(name, _folded(bare))
    else:
        near = _near(name, [*_OWN, *fields])
        hint = f"did you mean {near}: ?" if near else "a text with a colon goes in quotation marks"
        raise _mistake(text, match.start("name"), f"no entry has a field {name}", hint)
    return (lambda one: not test(one)) if match["no"] else test


def _near(name: str, names: Collection[str]) -> str:
    return next(iter(get_close_matches(name, names, n=1)), "")


def _can_be_had(name: str) -> bool:
    """Whether an entry may have what no entry of the file has: `-has:doi` means all of them then.

    Tables come with it that few queries ask for.
    """
    from exocite.bibliography.doctor.data_models import NAMED_BY_A_MODEL

    return name in _HAD or name in NAMED_BY_A_MODEL


def _alone(value: str) -> Test:
    if value in _WORDS:
        return _WORDS[value]
    wanted = _folded(value.strip('"'))
    return lambda one: (
        wanted in _folded(one.key) or any(wanted in _printed(text) for text in one.fields.values())
    )


_WORDS: Mapping[str, Test] = {
    "cited": lambda one: one.cited,
    "uncited": lambda one: not one.cited,
    "retracted": lambda one: one.outcome == "retracted",
    "unresolved": lambda one: one.outcome in {"", "not_checked"},
}


def _year(text: str, at: int, value: str) -> Test:
    match = _YEARS.fullmatch(value)
    if match is None or not any(match.groups()):
        raise _mistake(text, at, f"{value} is no year", "year:2019, year:2015-2020, year:2015-")
    first, last = int(match[1] or match[3] or _EARLIEST), int(match[2] or match[3] or 9999)
    if first > last:
        raise _mistake(text, at, f"{first} is later than {last}", f"year:{last}-{first}")
    return lambda one: (year := _counted(one.year)) is not None and first <= year <= last


def _counted(year: str) -> int | None:
    """The year as a number, 0 for 1 BC; None where it is none."""
    bare = year.removesuffix(" BC")
    if not (bare.isascii() and bare.isdecimal()):
        return None
    return int(bare) if bare == year else 1 - int(bare)


def _has(name: str) -> Test:
    if name == _TEXT:
        return lambda one: bool(one.texts)
    return lambda one: bool(one.fields.get(name, "").strip())


def _within(name: str, wanted: str) -> Test:
    if name == "key":
        return lambda one: wanted in _folded(one.key)
    if name in {"type", "outcome"}:
        return lambda one: wanted == (one.type if name == "type" else one.outcome)
    return lambda one: wanted in _printed(one.fields.get(name, ""))


def _printed(value: str) -> str:
    """A value as it prints, without the tags that registries leave in it, folded."""
    return _folded(_TAG.sub("", value) if "<" in value else value)


def _folded(text: str) -> str:
    """The text without case and accents."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))


def _mistake(text: str, at: int, what: str, hint: str) -> UsageError:
    return UsageError(f"query:{at + 1}: {what}\n  {text}\n  {' ' * at}^", hint=hint)
