"""What a reStructuredText defines for all of its paragraphs, before or behind their use.

Sources: docutils ("Substitution Definitions", "Directives": replace, unicode, role, default-role).
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import field

from exocite.frozen import dataclass
from exocite.patterns import regex
from exocite.readers.source_lines import Line
from exocite.text import collapsed

_TARGET = regex(r"_(?P<name>`[^`]{1,300}`|_|(?:\\.|[^:\\]){1,300}):(?:\s+(?P<url>\S.*))?$")
_ANONYMOUS = regex(r"(?:\.\.\s+__:|__)\s+(?P<url>\S.*)$")
_SUBSTITUTION = regex(
    r"\|(?P<name>[^|]{1,200})\|\s+(?P<directive>replace|unicode|image|figure)::\s*(?P<text>.*)"
)
_ROLE = regex(r"role::\s+(?P<name>[\w.+-]{1,60})\s*(?:\(\s*(?P<base>[\w.:+-]{1,60})\s*\))?\s*$")
_DEFAULT_ROLE = regex(r"default-role::\s*(?P<name>[\w.:+-]{0,60})\s*$")
_CHARACTERS = regex(r"include::\s+<(?:iso|xhtml|mml)[\w-]{1,30}\.txt>")
_CODE = regex(r"(?:0x|x|\\x|U\+|u|\\u|&\#x)([0-9a-fA-F]{1,6});?$|(\d{1,7})$")
_COMMENT = regex(r"(?:^|\s)\.\.(?:\s.*)?$", re.DOTALL)
_LAST_CHARACTER = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)
_LONGEST = 1000


@dataclass(slots=True)
class Definitions:
    """What a text defines for all of its paragraphs.

    `substitutions` are written as markup, `characters` as they are; `roles` give the role that each
    is made from, "" for none. `shown` is for whoever reads the markup of a substitution once.
    """

    substitutions: dict[str, str] = field(default_factory=dict)
    characters: dict[str, str] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)
    anonymous: list[str] = field(default_factory=list)
    anonymous_read: int = 0
    roles: dict[str, str] = field(default_factory=dict)
    default_role: str = ""
    has_entities: bool = False
    shown: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)

    def next_anonymous(self) -> str:
        """The address of the next reference without a name, "" behind the last."""
        self.anonymous_read += 1
        known = self.anonymous_read <= len(self.anonymous)
        return self.anonymous[self.anonymous_read - 1] if known else ""

    def character(self, name: str) -> str | None:
        """The characters that a name stands for, None where it stands for none."""
        known = self.characters.get(normal_name(name))
        if known is None and self.has_entities and name.isalnum():
            text = html.unescape(f"&{name};")
            return text if text[0] != "&" or name == "amp" else None
        return known


def normal_name(name: str) -> str:
    """A reference's name for comparison: white space collapsed, case folded, no backslashes."""
    return collapsed(name.replace("\\", "")).casefold()


def definitions(source: Sequence[Line]) -> Definitions:
    """Addresses, substitutions and roles in the lines of the source."""
    found = Definitions()
    for number, line in enumerate(source):
        anonymous = _ANONYMOUS.match(line.text)
        if anonymous:
            found.anonymous.append(anonymous["url"])
        if not line.text.startswith(".. "):
            continue
        start = len(line.text) - len(line.text[3:].lstrip())
        target = _TARGET.match(line.text, start)
        if target and target["url"]:
            found.targets.setdefault(normal_name(target["name"].strip("`")), target["url"])
        substitution = _SUBSTITUTION.match(line.text, start)
        if substitution:
            _substitute(found, substitution, source, number)
        _role(found, line.text, start)
    return found


def _substitute(
    found: Definitions, definition: re.Match[str], source: Sequence[Line], number: int
) -> None:
    name = normal_name(definition["name"])
    text = definition["text"].strip()
    indent = source[number].indent
    for line in source[number + 1 :]:
        if line.blank or line.indent <= indent or len(text) > _LONGEST:
            break
        text = f"{text} {line.text}".strip()
    text = text[:_LONGEST]
    if definition["directive"] == "replace":
        found.substitutions.setdefault(name, text)
    else:
        characters = _unicode(text) if definition["directive"] == "unicode" else ""
        found.characters.setdefault(name, characters)


def _unicode(text: str) -> str:
    """The characters of a directive `unicode`: codes and texts between white space."""
    words = _COMMENT.sub("", re.sub(r"\s:[lr]?trim:.*", "", f" {text}", flags=re.DOTALL)).split()
    return "".join(map(_character, words))


def _character(word: str) -> str:
    code = _CODE.match(word)
    if code is None:
        return word
    number = int(code[1], 16) if code[1] else int(code[2])
    if number > _LAST_CHARACTER or number in _SURROGATES or chr(number).isspace():
        return " "
    return chr(number)


def _role(found: Definitions, text: str, start: int) -> None:
    role = _ROLE.match(text, start)
    if role:
        found.roles.setdefault(role["name"].lower(), (role["base"] or "").lower())
    default = _DEFAULT_ROLE.match(text, start)
    if default:
        found.default_role = default["name"].lower()
    if _CHARACTERS.match(text, start):
        found.has_entities = True
