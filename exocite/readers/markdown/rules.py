"""Block rules that CommonMark lacks: notes, fenced divisions, paragraphs that hold mathematics.

Each is a markdown-it block rule: it looks at a line and either takes lines from there or declines.
Sources: the pandoc user's guide ("Footnotes", "Divs and Spans", "Math").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, blockquote, list_block

from exocite.patterns import regex

_NOTE = regex(r"\[\^(?P<label>[^\]\[\s]{1,100})\]:")
_ALIAS = regex(r"\[@(?P<key>[^\]\[\s]{1,200})\]:\s+(?P<text>\S.*)")
_DIVISION = regex(
    r":{3,}(?!:)[ \t]*(?:\{[^{}]{0,300}\}|[\w{}.:#-]{0,60}[^:]{0,200})?[ \t]*:*[ \t]*$"
)
_MATH_MARKS = regex(r"\$\$|\\begin\{|\\end\{")
_DEEPEST = 40
"""Lists and quotations that open at this depth are text: each level costs the parser a call, and
past markdown-it's own `maxNesting` it would leave out the rest of the article."""

_Rule = Callable[[StateBlock, int, int, bool], bool]
_ENDS_PARAGRAPH: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}


def parser() -> MarkdownIt:
    """markdown-it with tables and the rules of this module, for blocks alone."""
    markdown = MarkdownIt("commonmark", {"maxNesting": 3 * _DEEPEST}).enable("table")
    ruler = markdown.block.ruler
    ruler.before("reference", "note", _note, {"alt": ["paragraph", "reference"]})
    ruler.before("reference", "alias", _alias)
    ruler.before("fence", "division", _division, _ENDS_PARAGRAPH)
    ruler.at("paragraph", _paragraph)
    ruler.at("list", _list, {"alt": ["paragraph", "reference", "blockquote"]})
    ruler.at("blockquote", _blockquote, _ENDS_PARAGRAPH)
    return markdown


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _list(state: StateBlock, line: int, last: int, silent: bool) -> bool:
    """CommonMark's list, down to a depth."""
    return state.level < _DEEPEST and list_block(state, line, last, silent)


def _blockquote(state: StateBlock, line: int, last: int, silent: bool) -> bool:
    """CommonMark's block quotation, down to a depth."""
    return state.level < _DEEPEST and blockquote(state, line, last, silent)


def _note(state: StateBlock, line: int, last: int, silent: bool) -> bool:
    """`[^label]: text`, with the lines and indented blocks that belong to it."""
    if state.is_code_block(line):
        return False
    match = _NOTE.match(_line(state, line))
    if match is None:
        return False
    if silent:
        return True
    kept = state.bMarks[line], state.tShift[line], state.sCount[line], state.parentType
    after = state.bMarks[line] + state.tShift[line] + match.end()
    text = after
    while text < state.eMarks[line] and state.src[text] in " \t":
        text += 1
    state.bMarks[line], state.tShift[line] = after, text - after
    state.blkIndent += 4
    state.sCount[line] = state.blkIndent
    state.parentType = "footnote"
    opened = state.push("note_open", "", 1)
    opened.info = match["label"]
    state.md.block.tokenize(state, line, last)
    state.push("note_close", "", -1)
    state.blkIndent -= 4
    state.bMarks[line], state.tShift[line], state.sCount[line], state.parentType = kept
    if state.line <= line:
        state.line = line + 1
    return True


def _alias(state: StateBlock, line: int, _last: int, silent: bool) -> bool:
    """Manubot's `[@key]: doi:10.…`: what a key stands for, no definition of a link."""
    if silent or state.is_code_block(line):
        return False
    match = _ALIAS.match(_line(state, line))
    if match is None:
        return False
    state.line = line + 1
    token = state.push("alias", "", 0)
    token.map, token.content, token.info = [line, line + 1], match["text"], match["key"]
    return True


def _division(state: StateBlock, line: int, _last: int, silent: bool) -> bool:
    """A line of three or more colons, with or without attributes: it shows nothing."""
    if state.is_code_block(line) or not _DIVISION.match(_line(state, line)):
        return False
    if not silent:
        state.line = line + 1
    return True


def _paragraph(state: StateBlock, start: int, _last: int, _silent: bool) -> bool:
    """CommonMark's paragraph, but nothing inside displayed mathematics begins another block."""
    terminators = state.md.block.ruler.getRules("paragraph")
    parent, state.parentType = state.parentType, "paragraph"
    end = state.lineMax
    display, depth = _math(_line(state, start), display=False, depth=0)
    line = start + 1
    while line < end and not state.isEmpty(line):
        lazy = state.sCount[line] - state.blkIndent > 3 or state.sCount[line] < 0
        if not lazy and not display and depth <= 0 and _ends(state, line, end, terminators):
            break
        display, depth = _math(_line(state, line), display=display, depth=depth)
        line += 1
    content = state.getLines(start, line, state.blkIndent, False).strip()
    state.line = line
    state.push("paragraph_open", "p", 1).map = [start, line]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = content, [start, line], []
    state.push("paragraph_close", "p", -1)
    state.parentType = parent
    return True


def _ends(state: StateBlock, line: int, end: int, terminators: Sequence[_Rule]) -> bool:
    return any(rule(state, line, end, True) for rule in terminators)


def _math(line: str, *, display: bool, depth: int) -> tuple[bool, int]:
    """Whether `$$` is open after the line, and how many environments are."""
    if "$$" not in line and "\\" not in line:
        return display, depth
    for match in _MATH_MARKS.finditer(line):
        if match[0] == "$$":
            display = not display
        else:
            depth += 1 if match[0].startswith("\\b") else -1
    return display, max(depth, 0)
