"""What an Org text sets for all of it: macros, words of tasks, what is exported.

Source: the Org manual ("Macro Replacement", "TODO Extensions", "Export Settings").
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from exocite.frozen import dataclass
from exocite.patterns import regex
from exocite.readers.source_lines import Line
from exocite.text import collapsed

_KEYWORD = regex(r"#\+(?P<name>\w{1,30}):\s*(?P<value>.*)$")
_MACRO = regex(r"(?P<name>[A-Za-z][\w-]{0,60})\s+(?P<body>\S.*)$")
_ARGUMENT = regex(r"\$([1-9])")
_COMMA = regex(r"(?<!\\),")
_DRAWERS = regex(r"(?:^|\s)d:(?P<value>nil|t|\([^()]{0,300}\))(?=\s|$)")
_QUOTED = regex(r"\"([^\"]{1,60})\"")
_TASK = regex(r"[^\s()|]+")
_TASKS = frozenset("TODO DONE NEXT WAITING CANCELLED CANCELED HOLD STARTED".split())
_TASK_KEYWORDS = frozenset({"todo", "seq_todo", "typ_todo"})
_TEXTS = frozenset({"title", "author", "date", "email", "subtitle", "keywords"})
_UNEXPORTED_DRAWERS = frozenset({"logbook", "properties", "clock"})
_EVALUATED = "(eval"
_LONGEST = 1000


@dataclass(slots=True)
class Definitions:
    """What a text sets: macros by their names, and what of it is exported.

    Names of macros and drawers are in lower case. `shown` is for whoever reads the markup of a
    macro's use once.
    """

    macros: dict[str, str] = field(default_factory=dict)
    tasks: set[str] = field(default_factory=lambda: set(_TASKS))
    excluded_tags: set[str] = field(default_factory=set)
    hidden_drawers: set[str] = field(default_factory=lambda: set(_UNEXPORTED_DRAWERS))
    shown_drawers: set[str] | None = None
    shown: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)

    def expanded(self, name: str, arguments: str) -> str | None:
        """What a macro stands for, as markup; None for one that is not known or is computed."""
        parts = [part.replace("\\,", ",").strip() for part in _COMMA.split(arguments)]
        if name.lower() == "results":
            return arguments.replace("\\,", ",")[:_LONGEST]
        body = self.macros.get(name.lower())
        if body is None or body.startswith(_EVALUATED):
            return None
        filled = _ARGUMENT.sub(lambda m: (parts + [""] * 9)[int(m[1]) - 1], body)
        return filled[:_LONGEST]

    def hides_drawer(self, name: str) -> bool:
        """Whether what stands in a drawer is not exported."""
        name = name.lower()
        if self.shown_drawers is not None and name not in self.shown_drawers:
            return True
        return name in self.hidden_drawers

    def excludes(self, tags: Iterable[str]) -> bool:
        """Whether a heading with these tags is not exported, with all that is under it."""
        return not (self.excluded_tags or {"noexport"}).isdisjoint(tags)


def definitions(source: Iterable[Line]) -> Definitions:
    """What the keywords of a text set, wherever they stand."""
    found = Definitions()
    for line in source:
        keyword = _KEYWORD.match(line.text) if line.text.startswith("#+") else None
        if keyword is None:
            continue
        name, value = keyword["name"].lower(), keyword["value"]
        if name == "macro":
            macro = _MACRO.match(value)
            if macro:
                found.macros.setdefault(macro["name"].lower(), macro["body"][:_LONGEST])
        elif name in _TEXTS and value:
            found.macros.setdefault(name, collapsed(value)[:_LONGEST])
        elif name in _TASK_KEYWORDS:
            found.tasks.update(word.partition("(")[0] for word in _TASK.findall(value))
        elif name == "exclude_tags":
            found.excluded_tags.update(value.split())
        elif name == "options":
            _drawers(found, value)
    return found


def _drawers(found: Definitions, options: str) -> None:
    """The option `d:`: nil, or the drawers that are exported, or `not` and those that are not."""
    option = _DRAWERS.search(options)
    if option is None or option["value"] == "t":
        return
    names = {name.lower() for name in _QUOTED.findall(option["value"])}
    if option["value"].startswith("(not"):
        found.hidden_drawers |= names
    else:
        found.shown_drawers = names
