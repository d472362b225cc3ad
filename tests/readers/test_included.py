"""The files that an article takes in, by format."""

from __future__ import annotations

import pytest

from exocite import readers
from exocite.readers.included import included


@pytest.mark.parametrize(
    ("path", "text", "names"),
    [
        ("a.typ", '#include "b.typ"\n// #include "c.typ"\n#import "d.typ": e', ["b.typ"]),
        (
            "a.adoc",
            "a\n\ninclude::b.adoc[tag=x]\ninclude::c.rb[]\n// include::d.adoc[]",
            ["b.adoc"],
        ),
        (
            "a.rst",
            "a\n\n.. include:: b.rst\n.. include:: <isonum.txt>\n.. include:: c.txt",
            ["b.rst"],
        ),
        ("a.org", '#+INCLUDE: "b.org::*C" :lines "1-2"\n#+include: "c.org" src org', ["b.org"]),
        ("a.tex", "\\input{b}", ["b.tex"]),
        ("a.md", "include::b.adoc[]", []),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_included(path: str, text: str, names: list[str], end: str) -> None:
    article = readers.read(path, text.replace("\n", end).encode())
    found = included(article)
    assert [one.name for one in found] == names
    assert all(names[0][0] in article.source[one.span.start : one.span.end] for one in found)
