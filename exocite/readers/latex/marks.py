"""What TeX sees before it runs a command: which brace closes which, comments, and text as it is."""

from __future__ import annotations

import re
from enum import Enum

from exocite.frozen import dataclass
from exocite.patterns import regex

_CODE = (
    r"verbatim\*?|[BL]?Verbatim\*?|lstlisting\*?|minted\*?|alltt|listing\*|pycode|sagecode"
    r"|semiverbatim|spverbatim|filecontents\*?"
)
_TOKEN = regex(
    rf"\\begin[ \t]*\{{(?P<environment>{_CODE}|comment)\}}"
    r"|\\begin[ \t]*\{(?P<document>document)\}"
    r"|\\(?P<verb>verb\*?|Verb\*?|lstinline|mintinline)(?![A-Za-z@])"
    r"|\\(?:url|nolinkurl|path|href)\*?[ \t]*(?P<address>\{)[^{}\r\n]*\}"
    r"|\\(?P<name>[A-Za-z@]++)"
    r"|\\."
    r"|(?P<comment>%[^\r\n]*+(?:(?:\r\n|\r|\n)[ \t]*+)?)"
    r"|(?P<open>\{)|(?P<close>\})",
    re.DOTALL,
)
_ARGUMENTS = regex(r"(?:\[[^\[\]]{0,500}\])?(?:\{[^{}\r\n]{0,100}\})?[ \t]{0,50}(?:\r\n|\r|\n)?")
_INLINE = regex(r"(?:\[[^\[\]\r\n]{0,200}\])?")
_LANGUAGE = regex(r"\{[^{}\r\n]{0,50}\}")
_LONGEST_INLINE = 1000
_PARTNERS = {"{": "}"}
# They begin with "if" and take braces: no \fi closes them.
_NO_CONDITIONS = frozenset(
    """
    iff ifthenelse ifstrequal ifstrempty ifblank ifnotblank ifdefempty ifdefvoid ifdefined@
    ifboolexpr ifbool iftoggle ifnumcomp ifnumequal ifcsdef ifdef ifundef ifdefstring ifentrytype
    """.split()
)


class Kind(Enum):
    """What a stretch that holds no commands is for a reader."""

    HIDDEN = 0
    CODE = 1
    INLINE_CODE = 2


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch in which TeX reads no commands: where it ends, and what of it is shown."""

    kind: Kind
    end: int
    body_start: int = 0
    body_end: int = 0


class Marks:
    """The braces and the stretches without commands of one text, found in one pass.

    `closing` maps each opening brace that has a partner to it, `closers` are those partners.
    `stretches` are known by the offset at which they begin. `document` is where the text proper
    begins, -1 in a text that is only a part.
    """

    def __init__(self, text: str) -> None:
        self.closing: dict[int, int] = {}
        self.stretches: dict[int, Stretch] = {}
        self.document = -1
        self._text = text
        self._missing: set[str] = set()
        self._open: list[int] = []
        self._skips = True
        self._read()
        self.closers = frozenset(self.closing.values())

    def _read(self) -> None:
        at = 0
        while True:
            match = _TOKEN.search(self._text, at)
            if match is None:
                return
            at = self._take(match)

    def _take(self, match: re.Match[str]) -> int:
        kind, start = match.lastgroup, match.start()
        if kind == "open":
            self._open.append(start)
        elif kind == "close":
            if self._open:
                self.closing[self._open.pop()] = start
        elif kind == "comment":
            self.stretches[start] = Stretch(Kind.HIDDEN, match.end())
        elif kind == "environment":
            return self._environment(match)
        elif kind == "verb":
            return self._inline(match)
        elif kind == "address":
            self.closing[match.start("address")] = match.end() - 1
        elif kind == "document":
            self.document = match.end() if self.document < 0 else self.document
        elif match["name"] == "iffalse":
            return self._false(match)
        return match.end()

    def _environment(self, match: re.Match[str]) -> int:
        name = match["environment"]
        closing = f"\\end{{{name}}}"
        end = -1 if name in self._missing else self._text.find(closing, match.end())
        if end < 0:
            self._missing.add(name)
            return match.end()
        hidden = name.startswith(("comment", "filecontents"))
        head = _ARGUMENTS.match(self._text, match.end(), end)
        body = head.end() if head else match.end()
        kind = Kind.HIDDEN if hidden else Kind.CODE
        stop = end + len(closing)
        self.stretches[match.start()] = Stretch(kind, stop, body, end)
        return stop

    def _inline(self, match: re.Match[str]) -> int:
        r"""`\verb|…|`: the next character ends it too; on one line."""
        at = match.end()
        if not match["verb"].lower().startswith("verb"):
            options = _INLINE.match(self._text, at)
            at = options.end() if options else at
            if match["verb"] == "mintinline":
                language = _LANGUAGE.match(self._text, at)
                at = language.end() if language else at
        delimiter = self._text[at : at + 1]
        if not delimiter or delimiter.isspace() or delimiter.isalnum():
            return match.end()
        closing = _PARTNERS.get(delimiter, delimiter)
        end = self._text.find(closing, at + 1, at + _LONGEST_INLINE)
        if end < 0 or "\n" in self._text[at:end] or "\r" in self._text[at:end]:
            return match.end()
        self.stretches[match.start()] = Stretch(Kind.INLINE_CODE, end + 1, at + 1, end)
        return end + 1

    def _false(self, match: re.Match[str]) -> int:
        r"""Text under `\iffalse` up to its `\else` or `\fi`; unclosed it hides nothing."""
        if not self._skips:
            return match.end()
        depth, at = 1, match.end()
        while depth:
            token = _TOKEN.search(self._text, at)
            if token is None:
                self._skips = False
                return match.end()
            at = token.end()
            name = token["name"] or ""
            if name == "fi" or (name == "else" and depth == 1):
                depth -= 1
            elif name.startswith("if") and name not in _NO_CONDITIONS:
                depth += 1
        self.stretches[match.start()] = Stretch(Kind.HIDDEN, at)
        return at
