"""The protocol of a rule, and the findings that rules make of spans and references."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from exocite.model import Article, Finding, Reference, Severity, Span
from exocite.patterns import regex
from exocite.rules.view import View
from exocite.text import Lines, collapsed, digest, folded, printable, where

_QUOTE = 80
_BESIDE = 48
"""Characters of the source on each side that a fingerprint's surroundings are made of."""

_WORD = regex(r"[^\W_]+")


class Rule(Protocol):
    """One demand on an article or its bibliography.

    `code` never changes its meaning. `what` says what is reported, `why` why it matters, `fix`
    what to do.
    """

    code: str
    slug: str
    severity: Severity
    title: str
    what: str
    why: str
    fix: str

    @property
    def passing(self) -> View:
        """A view without a finding of this rule."""
        ...

    @property
    def failing(self) -> View:
        """A view with one."""
        ...

    def check(self, view: View) -> Iterable[Finding]:
        """The findings of this rule, in any order."""
        ...


class Placed:
    """Makes the findings of one rule in one article, with lines and columns derived once."""

    def __init__(self, rule: Rule, article: Article) -> None:
        self._rule = rule
        self._path = article.path
        self._source = article.source
        self._lines = Lines(article.source, article.places)
        self._in_places = bool(article.places)

    def at(self, span: Span, message: str, help_: str, about: str = "") -> Finding:
        """A finding at a span of the article; `about` is what it is known by, if not its words."""
        line, column = self._lines.position(span.start)
        end_line, end_column = self._lines.position(span.end)
        place = self._lines.place(span.start) if self._in_places else ""
        if self._in_places and self._lines.place(span.end) != place:
            end_line, end_column = line, column  # A row of a table: its first cell is shown.
        found = _Placed(
            self._path,
            line,
            column,
            self._rule.code,
            self._rule.severity,
            message,
            help_,
            end_line,
            end_column,
            place,
        )
        _about(found, (self._rule, self._source, span, about))
        return found


class _Placed(Finding):
    """A finding in an article, whose hashes are made when a baseline or an output asks for them.

    Most runs print thousands of findings and ask for the hashes of none.
    """

    __slots__ = ("_about",)

    _about: tuple[Rule, str, Span, str]

    @property
    def fingerprint(self) -> str:
        """As `Finding` says."""
        known: str = _FINGERPRINT.__get__(self)
        if not known:
            rule, source, span, about = self._about
            known = fingerprint(rule, about or source[span.start : span.end])
            _FINGERPRINT.__set__(self, known)
        return known

    @property
    def around(self) -> str:
        """As `Finding` says."""
        known: str = _AROUND.__get__(self)
        if not known:
            _, source, span, _ = self._about
            known = _surroundings(source, span)
            _AROUND.__set__(self, known)
        return known

    def __hash__(self) -> int:
        return hash((self.path, self.line, self.column, self.code, self.message))

    def __reduce__(self) -> tuple[type[_Placed], tuple[Any, ...]]:
        return _Placed, tuple(getattr(self, name) for name in Finding.__match_args__)


_FINGERPRINT: Any = Finding.__dict__["fingerprint"]
_AROUND: Any = Finding.__dict__["around"]
_about: Callable[[_Placed, tuple[Rule, str, Span, str]], None] = _Placed.__dict__["_about"].__set__


def _surroundings(source: str, span: Span) -> str:
    before = source[max(0, span.start - _BESIDE) : span.start]
    after = source[span.end : span.end + _BESIDE]
    # A word that is cut at the far end would change with what stands beyond.
    sides = _words(before)[1:], _words(after)[:-1]
    return ".".join(digest(" ".join(words))[:8] for words in sides)


def fingerprint(rule: Rule, about: str) -> str:
    """What a finding of this rule is about, as a hash of words: case, marks and spaces aside."""
    return digest(f"{rule.code} {' '.join(_words(about))}")[:16]


def _words(text: str) -> list[str]:
    # Folding is slow, and changes nothing but the case of what is plain.
    return _WORD.findall(text.lower() if text.isascii() else folded(text))


def at_reference(
    rule: Rule, reference: Reference, message: str, help_: str, about: str = ""
) -> Finding:
    """A finding at the line on which the reference begins, known by its key and by `about`."""
    line = max(reference.line, 1)
    return Finding(
        path=reference.path,
        line=line,
        column=1,
        code=rule.code,
        severity=rule.severity,
        message=message,
        help=help_,
        end_line=line,
        end_column=1,
        fingerprint=fingerprint(rule, f"@{reference.key} {about}"),
    )


def quoted(text: str, limit: int = _QUOTE) -> str:
    """The text on one line in typographic quotes, safe to print, cut after `limit` characters."""
    plain = collapsed(text[: 4 * limit])
    shown = plain if len(plain) <= limit else plain[: limit - 1].rstrip() + "…"
    return f"“{printable(shown)}”"


def cited_at(view: View, key: str, limit: int = 3) -> str:
    """A sentence that names the places where a citekey is cited, "" where it is cited nowhere."""
    marks = view.cited.get(key, ())
    if not marks:
        return ""
    places = []
    for article, start in marks[:limit]:
        lines = article.lines
        line, column = lines.position(start)
        places.append(f"{where(article.article.path, lines.place(start))}:{line}:{column}")
    more = f" and {len(marks) - limit} more" if len(marks) > limit else ""
    return f"It is cited at {', '.join(places)}{more}."
