"""What an entry prints does not depend on the works that are printed before it.

Works with the same variables share what the style makes of there being such variables
(`exocite.export.citeproc_lasting`); what hangs on a value is asked of each.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exocite.export.citeproc_engine import CiteprocEngine
from exocite.export.citeproc_work import Shape, Work
from exocite.export.engine import Run, Style
from exocite.export.installed import INSTALLED
from exocite.export.styles import find

STYLES = {name: find(name, INSTALLED) for name in ("apa", "mla", "chicago-notes", "oscola")}
KU, LI = {"family": "Ku", "given": "Ying-Mei C."}, {"family": "Li", "given": "Bo"}
VALUES: Mapping[str, tuple[object, ...]] = {
    "type": ("book", "article-journal", "chapter", "webpage"),
    "language": ("en", "de", "fr"),
    "title": ("Tea and Sleep", "On <i>Camellia</i> and “iron”", "?", ""),
    "title-short": ("Tea", ""),
    "container-title": ("Journal of tea", "J."),
    "author": ([KU], [LI, KU], [{"literal": "Tea Board"}], [LI, KU, {"literal": "et al."}]),
    "editor": ([KU], [LI], [KU, LI]),
    "translator": ([KU], [LI]),
    "edition": ("2", "revised", "22"),
    "volume": ("3", "3-4", "S"),
    "issue": ("1", "1, 2"),
    "page": ("7", "7-9", "S1-S12, 30"),
    "number-of-volumes": ("1", "4"),
    "publisher": ("Leaf", ""),
    "DOI": ("10.5555/a::b", "10.5555/c"),
    "URL": ("https://example.org/", "https://example.org/a."),
    "genre": ("PhD thesis", "report"),
    "accessed": ({"date-parts": [[2024, 5, 6]]}, {"literal": "yesterday"}),
}


@st.composite
def alike(draw: st.DrawFn) -> list[dict[str, object]]:
    """Works with the same variables, whose values and types differ."""
    variables = draw(st.sets(st.sampled_from(sorted(VALUES)))) | {"type", "title"}
    works = []
    for number in range(draw(st.integers(2, 4))):
        # No two of one year: they would have letters to tell them apart.
        year = 2000 + 10 * number
        issued = draw(
            st.sampled_from(
                (
                    {"date-parts": [[year]]},
                    {"date-parts": [[year, 3, 1], [year, 3, 9]]},
                    {"date-parts": [[year]], "circa": True},
                    {"literal": f"around {year}"},
                )
            )
        )
        work: dict[str, object] = {"id": f"k{number}", "issued": issued}
        work |= {name: draw(st.sampled_from(VALUES[name])) for name in sorted(variables)}
        works.append(work)
    return works


def printed(works: list[dict[str, object]], style: Style) -> dict[str, tuple[Run, ...]]:
    return {entry.key: entry.runs for entry in CiteprocEngine().bibliography(works, style)}


@settings(max_examples=12, deadline=None)
@given(works=alike(), name=st.sampled_from(sorted(STYLES)))
def test_an_entry_is_the_same_alone_and_in_company(
    works: list[dict[str, object]], name: str
) -> None:
    together = printed(works, STYLES[name])
    for work in works:
        assert together[str(work["id"])] == printed([work], STYLES[name])[str(work["id"])]


@pytest.mark.parametrize("turn", [1, -1])
@pytest.mark.parametrize(
    ("variable", "values"),
    [
        ("edition", ("2", "revised")),
        ("page", ("7", "7-9")),
        ("author", ([KU], [])),
        ("editor", ([KU], [])),
        ("author", ([KU], [{"literal": "Tea Board"}])),
        ("issued", ({"date-parts": [[2001]]}, {"literal": "forthcoming"})),
        ("title", ("Tea", "")),
        ("number-of-volumes", ("1", "4")),
    ],
)
@pytest.mark.parametrize("name", ["apa", "oscola"])
def test_whoever_is_first(
    name: str, variable: str, values: tuple[object, object], turn: int
) -> None:
    # Without authors and editors the title stands in their place, and not a second time.
    shared = {"type": "book", "title": "Tea and sleep", "publisher": "Leaf"}
    works = [
        {"id": f"k{number}", **shared, variable: value}
        for number, value in enumerate(values[::turn])
    ]
    together = printed(works, STYLES[name])
    for work in works:
        assert together[str(work["id"])] == printed([work], STYLES[name])[str(work["id"])]


def test_a_work_counts_what_is_read_of_its_values() -> None:
    work = Work("k", "book", {"title": "Tea", "language": "de"}, Shape())
    reads = work.counts
    assert "title" in work
    assert work.get("author") is None
    assert (work.type, work.language) == ("book", "de")
    assert reads.reads == 0
    assert not reads.hides("title")
    assert reads.reads == 0
    assert (work["title"], work.get("title"), work.title) == ("Tea", "Tea", "Tea")
    assert reads.reads == 3
    reads.hidden.add("title")
    assert reads.hides("title")
    assert reads.reads == 4
    work.afresh()
    assert (work.counts.reads, work.counts.hidden) == (0, set())
