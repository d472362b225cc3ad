"""Macros that the file defines: their definitions, and what a use of one stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from exocite.frozen import dataclass
from exocite.model import Span
from exocite.patterns import regex
from exocite.readers.latex.input import Frame, Piece

_NAME = regex(r"\\([A-Za-z@]+|[^A-Za-z@\s])")
_BRACED_NAME = regex(r"\{\s*\\([A-Za-z@]+|[^A-Za-z@\s])\s*\}")
_PARAMETERS = regex(r"(?:#[1-9])*")
_PARAMETER = regex(r"#([1-9])")
_SPECIFIED = regex(r"\s*(?:(m)|(o)|(s)|O\{([^{}]*)\})")
_COUNT = regex(r"\s*([0-9])\s*")
_WORD = regex(r"\\([A-Za-z]+)(?![A-Za-z])")
_ONLY_FONT = regex(r"(?:\\(?:ensuremath|boldsymbol|bm|vec|math[a-z]+|text[a-z]*)|[{}\s])*")
_LONGEST_SHORT = 60
_ROUNDS_IN_MATHEMATICS = 4
_DEEPEST = 24
_MOST_PER_CHARACTER = 2
_LEAST_BUDGET = 20_000

PLAIN = frozenset(
    "newcommand renewcommand providecommand DeclareRobustCommand newrobustcmd renewrobustcmd "
    "providerobustcmd".split()
)
DOCUMENT = frozenset(
    f"{verb}{kind}DocumentCommand"
    for verb in ("New", "Renew", "Provide", "Declare")
    for kind in ("", "Expandable")
)
PRIMITIVE = frozenset(("def", "edef", "gdef", "xdef"))
DEFINING = PLAIN | DOCUMENT | PRIMITIVE | {"let"}
"""Commands that define another."""


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro: its parameters ("*", "[" and its default, or "{"), its body cut at them.

    `alias` is the name of the command that it stands for, "" for none.
    """

    parameters: tuple[str, ...] = ()
    defaults: tuple[str, ...] = ()
    body: tuple[str | int, ...] = ()
    alias: str = ""

    @property
    def keeps_space(self) -> bool:
        """Whether blanks after its name are kept."""
        return any(isinstance(piece, str) and "\\xspace" in piece for piece in self.body)


def _cut(body: str) -> tuple[str | int, ...]:
    pieces: list[str | int] = []
    at = 0
    for match in _PARAMETER.finditer(body):
        pieces.extend((body[at : match.start()], int(match[1])))
        at = match.end()
    return (*pieces, body[at:])


class Macros:
    """The macros defined so far, and how much they may still write.

    What a file's macros write is at most twice the file and a little: a macro that doubles
    itself ends there, and one that uses itself ends where uses stand too deep in each other.
    """

    def __init__(self, size: int) -> None:
        self.known: dict[str, Macro] = {}
        self._endings: dict[str, dict[str, None]] = {}
        self._budget = _MOST_PER_CHARACTER * size + _LEAST_BUDGET
        self._serial = 0

    def endings(self, environment: str) -> list[str]:
        """How the environment can end: by its name, or by a macro that stands for that."""
        closing = f"\\end{{{environment}}}"
        return [closing, *self._endings.get(closing, ())]

    # ---------------------------------------------------------------- definitions

    def define(self, frame: Frame, command: str, at: int) -> int:
        """Take the definition whose command ends at this offset; what follows the definition."""
        if frame.text[at : at + 1] == "*":
            at += 1
        at = frame.blank(at)
        match = _BRACED_NAME.match(frame.text, at) or _NAME.match(frame.text, at)
        if match is None:
            return at
        name, at = match[1], match.end()
        if command == "let":
            return self._let(frame, name, at)
        if command in PRIMITIVE:
            return self._primitive(frame, name, at)
        parameters, defaults, at = (
            self._specified(frame, at) if command in DOCUMENT else self._counted(frame, at)
        )
        at = frame.blank(at)
        body = frame.group(at)
        if body is None:
            return at
        self._set(name, parameters, defaults, frame.text[slice(*body)], command)
        return body[1] + 1

    def _set(
        self,
        name: str,
        parameters: Sequence[str] | None,
        defaults: Sequence[str],
        body: str,
        command: str = "",
    ) -> None:
        if command.lower().startswith("provide") and name in self.known:
            return
        if parameters is None:
            self.known.pop(name, None)
        else:
            self.known[name] = Macro(tuple(parameters), tuple(defaults), _cut(body))
            if body.startswith("\\end{") and not parameters:
                self._endings.setdefault(body.strip(), {})[f"\\{name}"] = None

    def _let(self, frame: Frame, name: str, at: int) -> int:
        at = frame.blank(at)
        if frame.text[at : at + 1] == "=":
            at = frame.blank(at + 1)
        target = _NAME.match(frame.text, at)
        if target is None:
            return at
        known = self.known.get(target[1])
        self.known[name] = known or Macro(alias=target[1])
        return target.end()

    def _primitive(self, frame: Frame, name: str, at: int) -> int:
        r"""`\def`; one with delimited parameters is skipped, its uses are unknown commands."""
        given = _PARAMETERS.match(frame.text, at)
        stop = given.end() if given else at
        brace = frame.text.find("{", stop, stop + 200)
        body = frame.group(brace) if brace >= 0 else None
        if body is None:
            return stop
        simple = not frame.text[stop:brace].strip()
        parameters = ["{"] * ((stop - at) // 2) if simple else None
        self._set(name, parameters, [""] * 9, frame.text[slice(*body)])
        return body[1] + 1

    def _counted(self, frame: Frame, at: int) -> tuple[list[str], list[str], int]:
        at = frame.blank(at)
        option = frame.option(at)
        count = _COUNT.fullmatch(frame.text[slice(*option)]) if option else None
        if option is None or count is None:
            return [], [], at
        at = frame.blank(option[1] + 1)
        default = frame.option(at)
        parameters = ["{"] * int(count[1])
        defaults = [""] * int(count[1])
        if default and parameters:
            parameters[0], defaults[0] = "[", frame.text[slice(*default)]
            at = default[1] + 1
        return parameters, defaults, at

    def _specified(self, frame: Frame, at: int) -> tuple[list[str] | None, list[str], int]:
        at = frame.blank(at)
        group = frame.group(at)
        if group is None:
            return None, [], at
        parameters: list[str] = []
        defaults: list[str] = []
        written, place = frame.text[slice(*group)], 0
        while written[place:].strip():
            match = _SPECIFIED.match(written, place)
            if match is None or len(parameters) == 9:
                return None, [], group[1] + 1
            parameters.append("{" if match[1] else "*" if match[3] else "[")
            defaults.append(match[4] or "")
            place = match.end()
        return parameters, defaults, group[1] + 1

    # ---------------------------------------------------------------- uses

    def expanded(self, tex: str) -> str:
        """Mathematics with the file's short macros filled in; those that only set a font go."""
        for _ in range(_ROUNDS_IN_MATHEMATICS):
            longer = _WORD.sub(self._short, tex)
            if longer == tex or len(longer) > len(tex) + _LONGEST_SHORT * 20:
                break
            tex = longer
        return tex

    def _short(self, match: re.Match[str]) -> str:
        macro = self.known.get(match[1])
        if macro is None or macro.alias or len(macro.parameters) > 1:
            return match[0]
        words = "".join(piece for piece in macro.body if isinstance(piece, str))
        if macro.parameters:
            return "" if _ONLY_FONT.fullmatch(words) else match[0]
        return f"{{{words}}}" if len(words) <= _LONGEST_SHORT else match[0]

    def use(self, frame: Frame, macro: Macro, begin: Span, at: int, depth: int) -> Frame | None:
        """The frame of a use whose name ends at `at`, leaving the frame past its arguments.

        `depth` is that of the text that uses it: the frame itself, or a macro that ended there.
        None where arguments are missing, uses are too deep or nothing more may be written.
        """
        given = self._arguments(frame, macro, at)
        if given is None or depth >= _DEEPEST:
            return None
        arguments, end = given
        pieces: list[Piece] = []
        for piece in macro.body:
            if isinstance(piece, str):
                pieces.append((piece, -1))
            elif piece <= len(arguments):
                pieces.extend(arguments[piece - 1])
        size = sum(len(text) for text, _ in pieces)
        if size > self._budget:
            return None
        self._budget -= size
        self._serial += 1
        last = frame.span(end - 1, end)
        use = Span(min(begin.start, last.start), max(begin.end, last.end))
        if not macro.parameters and not macro.keeps_space:
            end = frame.spaces(end)
        frame.at = end
        return Frame.of(pieces, use, self._serial, depth + 1)

    @staticmethod
    def _arguments(frame: Frame, macro: Macro, at: int) -> tuple[list[list[Piece]], int] | None:
        arguments: list[list[Piece]] = []
        for parameter, default in zip(macro.parameters, macro.defaults, strict=False):
            if parameter == "*":
                starred = frame.text[at : at + 1] == "*"
                at += starred
                arguments.append([])
            elif parameter == "[":
                option = frame.option(frame.blank(at))
                if option:
                    arguments.append(frame.cut(*option))
                    at = option[1] + 1
                else:
                    arguments.append([(default, -1)])
            else:
                found = frame.argument(at)
                if found is None:
                    return None
                arguments.append(frame.cut(*found[:2]))
                at = found[2]
        return arguments, at
