"""Pandoc's citations: `[see @a, pp. 3-5; -@b]`, `@a [p. 3]`, `@{key}`.

Source: the pandoc user's guide, "Citation syntax". Cross references (@fig:, @tbl-, …) are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from exocite.claims.markers.locators import locator
from exocite.claims.markers.prose import Prose
from exocite.model import Citation, CitationKind, CitedItem
from exocite.patterns import regex
from exocite.readers.markdown.syntax import KEY

CROSS_REFERENCE = regex(
    r"(?:fig|tbl|tab|eq|eqn|sec|lst|thm|lem|cor|prp|prop|cnj|def|exm|exr|sol|rem|alg|chap|ch|app|part"
    r"|algo|figure|table|equation|section|listing|note|nte|tip|wrn|imp|cau)[:-]",
    re.IGNORECASE,
)
_NOT_BEFORE = frozenset("/._+@\\")
_BRACKET_LOCATOR = regex(r" ?\[(?P<inner>[^\[\]@]{1,120})\]")
_BRACED_LOCATOR = regex(r",? ?\{(?P<inner>[^{}]{0,120})\}")
_LONGEST_GROUP = 3000


def find(prose: Prose, *, native: bool) -> list[Citation]:
    """The citations in a block's text.

    `native` says that the format is Markdown: elsewhere a bare `@name` without a digit is the name
    of a person, not a key.
    """
    if "@" not in prose.view:
        return []
    keys = [match for match in KEY.finditer(prose.view) if _is_key(prose.view, match)]
    found: list[Citation] = []
    groups = _groups(prose.view)
    at = 0
    while at < len(keys):
        group = _around(groups, keys[at].start())
        if group is None:
            own, further = keys[at], _behind(prose.view, groups, keys[at])
            at += 1
            if not native and not any(map(str.isdigit, own[0])):
                continue
            inside = 0
            while further and at + inside < len(keys) and keys[at + inside].end() < further[1]:
                inside += 1
            found.append(_bare(prose, own, further, keys[at : at + inside]))
            at += inside
            continue
        end = at
        while end < len(keys) and keys[end].start() < group[1]:
            end += 1
        found.append(_bracketed(prose, group, keys[at:end]))
        at = end
    return found


def _is_key(view: str, match: re.Match[str]) -> bool:
    before = view[match.start() - 1] if match.start() else " "
    if before.isalnum() or before in _NOT_BEFORE:
        return False
    return CROSS_REFERENCE.match(_key(match)) is None


def _key(match: re.Match[str]) -> str:
    return match["braced"] or match["plain"]


def _key_place(match: re.Match[str]) -> tuple[int, int]:
    return match.span("braced") if match["braced"] else match.span("plain")


def _groups(view: str) -> list[tuple[int, int]]:
    """The outermost pairs of square brackets that can hold a citation, in order."""
    stack: list[int] = []
    pairs: list[tuple[int, int]] = []
    for match in re.finditer(r"[\[\]]", view):
        if match[0] == "[":
            stack.append(match.start())
        elif stack:
            start = stack.pop()
            noted = start > 0 and view[start - 1] == "^"
            if noted or match.end() - start > _LONGEST_GROUP:
                continue
            while pairs and pairs[-1][0] > start:
                pairs.pop()
            pairs.append((start, match.end()))
    return pairs


def _around(groups: Sequence[tuple[int, int]], at: int) -> tuple[int, int] | None:
    low, high = 0, len(groups)
    while low < high:
        middle = (low + high) // 2
        if groups[middle][1] <= at:
            low = middle + 1
        else:
            high = middle
    if low < len(groups) and groups[low][0] < at:
        return groups[low]
    return None


def _behind(
    view: str, groups: Sequence[tuple[int, int]], key: re.Match[str]
) -> tuple[int, int] | None:
    """The bracket behind a key in the text that goes on with others: `@a [p. 3; see @b]`."""
    start = key.end() + view.startswith(" ", key.end())
    group = _around(groups, start + 1)
    if group is None or group[0] != start:
        return None
    before, semicolon, _ = view[slice(*group)].partition(";")
    return group if semicolon and "@" not in before else None


def _bare(
    prose: Prose,
    key: re.Match[str],
    group: tuple[int, int] | None,
    further: Sequence[re.Match[str]],
) -> Citation:
    """A key in the text with the place behind it; further keys stand in the same bracket."""
    start, end = key.span()
    if start and prose.view[start - 1] == "-" and (start == 1 or prose.view[start - 2] in " \n(["):
        start -= 1
    place = ""
    following = _BRACKET_LOCATOR.match(prose.view, end)
    if following:
        place = _place(following["inner"])
        end = following.end() if place else end
    elif group and further:
        place = _place(prose.view[group[0] + 1 : group[1] - 1].split(";", 1)[0])
        end = group[1]
    item = CitedItem(_key(key), prose.place(*_key_place(key)), place)
    rest = _items(prose, group[1], further) if group and further else ()
    return prose.citation(CitationKind.PANDOC, start, end, (item, *rest))


def _bracketed(prose: Prose, group: tuple[int, int], keys: Sequence[re.Match[str]]) -> Citation:
    return prose.citation(CitationKind.PANDOC, *group, tuple(_items(prose, group[1], keys)))


def _items(prose: Prose, end: int, keys: Sequence[re.Match[str]]) -> Iterator[CitedItem]:
    """The keys of a bracket that ends at `end`, each with the place behind it."""
    for index, key in enumerate(keys):
        stop = keys[index + 1].start() if index + 1 < len(keys) else end - 1
        suffix = prose.view[key.end() : stop].split(";", 1)[0]
        yield CitedItem(_key(key), prose.place(*_key_place(key)), _place(suffix))


def _place(suffix: str) -> str:
    """The place in the work that a suffix begins with; in braces it is whatever stands there."""
    braced = _BRACED_LOCATOR.match(suffix)
    return braced["inner"].strip() if braced else locator(suffix)
