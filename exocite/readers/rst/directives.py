"""What becomes of the body and the argument of each directive of reStructuredText.

Sources: docutils ("reStructuredText Directives") and Sphinx ("Directives", "Domains").
"""

from __future__ import annotations

from enum import Enum

from exocite.frozen import dataclass
from exocite.model import BlockKind
from exocite.patterns import regex
from exocite.readers.vocabulary import words

_DIRECTIVE = regex(
    r"(?:\|[^|\n]{1,200}\|\s+)?(?P<name>[A-Za-z](?:[\w.+-]|:(?!:)){0,60})\s?::(?:\s+|$)"
)
_SUBSTITUTION = "|"
_MATH = "math"


class Body(Enum):
    """How a directive's body is read."""

    HIDDEN = 0
    CODE = 1
    TEXT = 2  # its argument is the first line of its text
    TITLED = 3  # its argument is no part of its text
    FIXED = 4  # everything in it is of one kind
    ROWS = 5  # each line is a row of a table
    MATH = 6  # displayed mathematics, its argument the first line of it


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive: where its argument begins in the line, and what body and argument are."""

    body: Body
    argument: int
    kind: BlockKind | None = None
    argument_kind: BlockKind | None = None


DOCINFO = words("author authors organization contact address version revision copyright keywords")
"""Fields that say something of the text and are no part of it."""

PROSE_FIELDS = words("abstract dedication summary")
"""Fields of the head that are text."""

_TEXT = words(
    """
    note warning tip important caution attention danger error hint seealso todo compound
    versionadded versionchanged deprecated versionremoved
    """
)
_VERSIONED = words("versionadded versionchanged deprecated versionremoved")
_VERSION = regex(r"\S+\s*")
_QUOTED = words("epigraph highlights pull-quote")
_TITLED = words(
    """
    admonition topic sidebar dropdown card container only class rst-class tab-set tab-item tabs tab
    group-tab grid grid-item grid-item-card div details glossary hlist centered ifconfig
    theorem lemma proof definition example remark corollary proposition exercise solution
    algorithm observation assumption conjecture property axiom criterion
    function method class attribute data exception describe object option confval module
    classmethod staticmethod decorator property envvar program type enum macro struct member var
    """
)
_CODE = words(
    """
    code code-block sourcecode literalinclude highlight raw parsed-literal plot ipython
    doctest testcode testoutput testsetup graphviz digraph graph mermaid uml productionlist
    jupyter-execute prompt tikz
    """
)
_HIDDEN = words(
    """
    image bibliography footbibliography include toctree contents index meta title date role
    default-role sectnum section-numbering header footer target-notes replace unicode tabularcolumns
    currentmodule sectionauthor codeauthor autoclass autofunction automodule automethod autosummary
    youtube video audio rst-role figwidth cssclass highlightlang nocite
    """
)


def directive(text: str, start: int) -> Directive | None:
    """The directive that begins at `start` of the line's text; one not known is code."""
    match = _DIRECTIVE.match(text, start)
    if match is None:
        return None
    name = match["name"].lower()
    if text.startswith(_SUBSTITUTION, start) or name in _HIDDEN:
        return Directive(Body.HIDDEN, match.end())
    if name in _CODE or name == _MATH:
        return Directive(Body.MATH if name == _MATH else Body.CODE, match.end())
    short = name.rpartition(":")[2]
    if name in _TEXT:
        version = _VERSION.match(text, match.end()) if name in _VERSIONED else None
        return Directive(Body.TEXT, version.end() if version else match.end())
    if name in _QUOTED:
        return Directive(Body.TEXT, match.end(), BlockKind.QUOTATION)
    if name == "rubric":
        return Directive(Body.TITLED, match.end(), None, BlockKind.HEADING)
    if name == "figure":
        return Directive(Body.TITLED, match.end(), BlockKind.CAPTION)
    if name == "table":
        return Directive(Body.TITLED, match.end(), None, BlockKind.CAPTION)
    if name in ("list-table", "flat-table"):
        return Directive(Body.FIXED, match.end(), BlockKind.TABLE, BlockKind.CAPTION)
    if name == "csv-table":
        return Directive(Body.ROWS, match.end(), BlockKind.TABLE, BlockKind.CAPTION)
    if short in _TITLED:
        return Directive(Body.TITLED, match.end(), None, BlockKind.METADATA)
    return Directive(Body.CODE, match.end())
