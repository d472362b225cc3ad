"""reStructuredText: blocks by indentation, roles and citations, every offset exact."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite import readers
from exocite.claims import citations
from exocite.model import Article, CitationKind
from exocite.readers.rst import RstReader

Shape = Callable[[Article], list[tuple[str, str, str]]]

ARTICLE = """\
=============
Why skin ages
=============

:Author: Ana Ruiz
:Date: 2020
:Abstract: Skin loses collagen
   every year [Ruiz2019]_.

.. contents::
.. a comment [Ruiz2019]_

   still the comment

Introduction
------------

Skin loses **collagen** and *water* every
year :cite:p:`{see}ruiz2019{p. 3},ito`. Some |who| [1]_ say more [#]_;
``code [1]_`` and :math:`x_1` and :ref:`fig-1` cite nothing.

.. |who| replace:: experts

* First item
  goes on.

  * nested [Ruiz2019]_

    its second paragraph

* Code follows::

    code [1]_

1. One
2. Two

    Quoted.

A. Ruiz was first
to say so.

.. note:: A remark
   goes on.

.. figure:: face.png
   :alt: a face

   A face in the sun [Ruiz2019]_.

.. code-block:: python

   x[1]_

Telomere
   The end of a chromosome.

+-----+------------------+
| Age | Share            |
+=====+==================+
| 30  | 1 % [Ruiz2019]_  |
+-----+------------------+

=====  =====
Dose   Days
=====  =====
1 mg   3
=====  =====

| A line
| block

References
==========

.. [1] Ruiz A. Sun and skin. J Skin 2020;3:4.
.. [#] A remark, see :cite:`ito`.
.. [Ruiz2019] Ruiz A. Skin. J Skin 2019;3:4.
   doi:10.1000/1
"""


def read(text: str) -> Article:
    return readers.read("a.rst", text.encode())


def only(text: str) -> str:
    (block,) = read(text).blocks
    return block.text


def test_an_article(shape: Shape, exact: Callable[[Article], None]) -> None:
    article = read(ARTICLE)
    exact(article)
    assert shape(article) == [
        ("2:1", "title", "Why skin ages"),
        ("5:10", "byline", "Ana Ruiz"),
        ("6:8", "metadata", "2020"),
        ("7:12", "paragraph", "Skin loses collagen every year [@Ruiz2019]."),
        ("15:1", "heading", "Introduction"),
        (
            "18:1",
            "paragraph",
            (
                "Skin loses collagen and water every year [@ruiz2019; @ito]. Some experts [^1] say"
                " more [^1]; code [1]_ and x_1 and [ref] cite nothing."
            ),
        ),
        ("24:3", "list item", "First item goes on."),
        ("27:5", "list item", "nested [@Ruiz2019]"),
        ("29:5", "list item", "its second paragraph"),
        ("31:3", "list item", "Code follows:"),
        ("33:5", "code", "code [1]_"),
        ("35:4", "list item", "One"),
        ("36:4", "list item", "Two"),
        ("38:5", "quotation", "Quoted."),
        ("40:1", "paragraph", "A. Ruiz was first to say so."),
        ("43:11", "paragraph", "A remark goes on."),
        ("49:4", "caption", "A face in the sun [@Ruiz2019]."),
        ("51:1", "code", ".. code-block:: python\n\n   x[1]_"),
        ("55:1", "list item", "Telomere"),
        ("56:4", "list item", "The end of a chromosome."),
        ("59:3", "table", "Age | Share"),
        ("61:3", "table", "30 | 1 % [@Ruiz2019]"),
        ("65:1", "table", "Dose   Days"),
        ("67:1", "table", "1 mg   3"),
        ("70:3", "paragraph", "A line block"),
        ("73:1", "heading", "References"),
        ("76:8", "reference", "Ruiz A. Sun and skin. J Skin 2020;3:4."),
        ("77:8", "paragraph", "A remark, see [@ito]."),
        ("78:15", "reference", "Ruiz A. Skin. J Skin 2019;3:4. doi:10.1000/1"),
    ]
    assert [reference.label for reference in article.references] == ["^1", "Ruiz2019"]
    assert [block.level for block in article.blocks[6:9]] == [1, 2, 2]


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        ("a *b* **c** d", "a b c d"),
        ("2*3*4 and 5 * 6 * 7", "2*3*4 and 5 * 6 * 7"),
        ("a *b", "a *b"),
        ("a ``b *c*`` d", "a b *c* d"),
        ("a `b <http://c.d>`_ e", "a b e"),
        ("a `b\nc`_ d", "a b c d"),
        ("a word_ and some_name", "a word and some_name"),
        (r"a \*b\* c\ d", "a *b* cd"),
        ("a :term:`b <c>` and :doc:`d`", "a b and [ref]"),
        ("H\\ :sub:`2`\\ O", "H2O"),
        ("a |b| c", "a b c"),
        ("a _`target` b", "a target b"),
        ("a `b`:emphasis: c", "a b c"),
        ('"*" and ("*")', '"*" and ("*")'),
        ("a [b] c[1]_", "a [b] c[1]_"),
        ("A remark::", "A remark:"),
        ("A remark ::", "A remark"),
        ("a\tb", "a\tb"),
        ("a :numref:`Figure %s <b>`, :ref:`c <d>` and :prf:ref:`e`", "a Figure [ref], c and [ref]"),
        (
            "a :unknown:`b <c>` and :py:func:`~d.e` and :py:func:`!f` :pep:`8`",
            "a b and e and f PEP 8",
        ),
        (r"a :math:`\alpha^2`", "a α²"),
        ("10\\ :sup:`6` and m\\ :sup:`-2`", "10⁶ and m⁻²"),
        ("a :c:`b` d\n\n.. role:: c(raw)\n   :format: html", "a  d"),
        ("a `b` c\n\n.. default-role:: math", "a b c"),
        ("a |b| c\n\n.. |b| replace:: *x* and\n   :sub:`y`", "a x and y c"),
        ("20 |d|\\ C\n\n.. |d| unicode:: 0xB0 U+43 .. comment", "20 °CC"),
        ("5 |times| 3 |x|\n\n.. include:: <isonum.txt>", "5 × 3 x"),
        ("a |b| c\n\n.. |b| image:: b.png", "a  c"),
        ("|a|\n\n.. |a| replace:: |b|\n.. |b| replace:: |a|", "b"),
    ],
)
def test_inline(text: str, visible: str, exact: Callable[[Article], None]) -> None:
    exact(read(text))
    assert only(text) == visible


@pytest.mark.parametrize(
    ("text", "kind", "written", "items"),
    [
        ("A [Ku23]_.", "markup", "[Ku23]_", [("Ku23", "")]),
        ("A [Ku:a-b.c+d]_.", "markup", "[Ku:a-b.c+d]_", [("Ku:a-b.c+d", "")]),
        ("A :cite:`a, b`.", "markup", ":cite:`a, b`", [("a", ""), ("b", "")]),
        ("A `a`:cite:p: b.", "markup", "`a`:cite:p:", [("a", "")]),
        (
            "A :cite:ts:`{see}a{p. 3, fig. 1},b{}`.",
            "markup",
            ":cite:ts:`{see}a{p. 3, fig. 1},b{}`",
            [("a", "p. 3, fig. 1"), ("b", "")],
        ),
        ("A :cite:p:`a,\nb`.", "markup", ":cite:p:`a,\nb`", [("a", ""), ("b", "")]),
        ("A.\\ :footcite:`a`", "markup", ":footcite:`a`", [("a", "")]),
        ("A :footcite:t:`a` b", "markup", ":footcite:t:`a`", [("a", "")]),
        ("A :citep:`a` b", "markup", ":citep:`a`", [("a", "")]),
        ("A [12]_.", "footnote", "[12]_", [("^12", "")]),
        ("A [#n]_.", "footnote", "[#n]_", [("^#n", "")]),
        ("`a <https://doi.org/10.1000/x>`_", "link", None, [("10.1000/x", "")]),
        (":doi:`10.1000/x`", "link", None, [("10.1000/x", "")]),
        ("`a b`_\n\n.. _A b: https://doi.org/10.1000/x", "link", "`a b`_", [("10.1000/x", "")]),
        ("a_\n\n.. _a: https://doi.org/10.1000/x", "link", "a_", [("10.1000/x", "")]),
        ("`a b`__\n\n__ https://doi.org/10.1000/x", "link", "`a b`__", [("10.1000/x", "")]),
        ("|k|\n\n.. |k| replace:: Ku [Ku23]_", "markup", "|k|", [("Ku23", "")]),
        ("A.\\ [1]_ B", "footnote", "[1]_", [("^1", "")]),
    ],
)
def test_citations(
    text: str,
    kind: str,
    written: str | None,
    items: list[tuple[str, str]],
    exact: Callable[[Article], None],
) -> None:
    article = read(text)
    exact(article)
    (citation,) = article.citations
    assert citation.kind.value == kind
    assert text[citation.span.start : citation.span.end] == (written or text)
    assert [(item.label, item.locator) for item in citation.items] == items
    if citation.kind is CitationKind.MARKUP and not text.startswith("|"):
        assert all(text[i.span.start : i.span.end] == i.label for i in citation.items)


@pytest.mark.parametrize(
    "text",
    [
        "See :ref:`fig-1`, :numref:`t` and :eq:`e`.",
        "``[Ku23]_`` and :code:`:cite:`",
        "word[Ku23]_",
        "[Ku 23]_",
        ":cite:empty:`a`",
        "::\n\n  [Ku23]_",
        ".. code::\n\n   :cite:`a`",
        ".. math::\n\n   a [b]_",
        ".. :cite:`a`",
        ".. unknown::\n\n   :cite:`a`",
        ".. image:: a.png\n   :alt: :cite:`a`",
        ">>> a [b]_",
        r"\[Ku23]_",
    ],
)
def test_what_cites_nothing(text: str) -> None:
    assert citations.find(read(text)) == ()


def test_the_notes_that_are_counted_stand_for_what_they_cite() -> None:
    text = (
        "A [#]_ b [#]_ c [#x]_.\n\n.. [#] :cite:`a`\n.. [#x] See :cite:`c`.\n.. [#] Only :cite:`b`."
    )
    marks = [mark for mark in citations.find(read(text)) if mark.kind is CitationKind.FOOTNOTE]
    assert [[item.label for item in mark.items] for mark in marks] == [["a"], ["b"], ["c"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (".. tip::\n   :class: x\n\n   A tip.", [("4", "paragraph", "A tip.")]),
        (".. epigraph::\n\n   Skin ages.", [("3", "quotation", "Skin ages.")]),
        (".. topic:: Name\n\n   Skin.", [("1", "metadata", "Name"), ("3", "paragraph", "Skin.")]),
        ("a\n\n.. rubric:: Notes", [("1", "paragraph", "a"), ("3", "heading", "Notes")]),
        (
            ".. list-table:: Ages\n\n   * - a\n     - b",
            [("1", "caption", "Ages"), ("3", "table", "a"), ("4", "table", "b")],
        ),
        (".. csv-table::\n\n   a, b", [("3", "table", "a, b")]),
        (
            "a::\n\n> b\n> c\n\nd",
            [("1", "paragraph", "a:"), ("3", "code", "> b\n> c"), ("6", "paragraph", "d")],
        ),
        ("a\n\n----\n\nb", [("1", "paragraph", "a"), ("5", "paragraph", "b")]),
        (
            "- a\n\n  b\n\nc",
            [("1", "list item", "a"), ("3", "list item", "b"), ("5", "paragraph", "c")],
        ),
        ("..\n\n  a", [("3", "quotation", "a")]),
        ("(a) One\n(b) Two", [("1", "list item", "One"), ("2", "list item", "Two")]),
        (":Use: daily", [("1", "metadata", "daily")]),
        ("a\n\n:Use: daily", [("1", "paragraph", "a"), ("3", "list item", "daily")]),
        ("a\r\nb\r\n\r\nc", [("1", "paragraph", "a b"), ("4", "paragraph", "c")]),
        (
            "a is\n\n.. math::\n   :label: e\n\n   x = y,\n\nwhere x\n\nB",
            [("1", "paragraph", "a is x = y, where x"), ("10", "paragraph", "B")],
        ),
        (
            "It.\n\n.. math:: x\n\nB is\n\n.. math:: y.\n\nC",
            [
                ("1", "paragraph", "It."),
                ("3", "code", ".. math:: x"),
                ("5", "paragraph", "B is y."),
                ("9", "paragraph", "C"),
            ],
        ),
        ("- a\n\n  .. math:: x\n\n  b", [("1", "list item", "a x b")]),
        ("- a\n\n  .. math:: x\n\n- b", [("1", "list item", "a x"), ("5", "list item", "b")]),
        (".. versionadded:: 2.0 It ages.", [("1", "paragraph", "It ages.")]),
        (
            "-a        One\n--b=c, -d  Two\n           goes on\n--long\n     Three",
            [
                ("1", "list item", "One"),
                ("2", "list item", "Two goes on"),
                ("5", "list item", "Three"),
            ],
        ),
        ("-a b", [("1", "paragraph", "-a b")]),
    ],
)
def test_blocks(text: str, expected: list[tuple[str, str, str]], shape: Shape) -> None:
    found = [(place.split(":")[0], kind, text) for place, kind, text in shape(read(text))]
    assert found == expected


@given(st.text(alphabet="ab1 \n\t.:*`_|[]#=-\\<>{}()@~&,;😀", max_size=200))
def test_any_text_keeps_its_places(text: str) -> None:
    _holds(RstReader().read(text, "a.rst", "utf-8"))


PIECES = st.sampled_from(
    [
        "a word", "\n", "\n\n", "  ", "- ", "1. ", ".. ", "note:: ", "[#]_ ", "[Key]_ ", "::",
        "=====\n",
        ":cite:p:`a,b`", "``", "**", "`a <b>`_", ".. [1] ", ":a: ", "| ", "+--+\n", "== ==\n", "\\",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_markup_keeps_its_places(exact: Callable[[Article], None], text: str) -> None:
    article = RstReader().read(text, "a.rst", "utf-8")
    exact(article)
    _holds(article)


def _holds(article: Article) -> None:
    for citation in citations.find(article):
        assert 0 <= citation.span.start < citation.span.end <= len(article.source)
        assert all(citation.span.contains(item.span) for item in citation.items)
