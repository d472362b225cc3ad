"""What exocite exports comes back as it was: CSL-JSON through a .bib file, BibTeX as written."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from exocite.bibliography.document import Document
from exocite.bibliography.imports import Imported
from exocite.bibliography.imports.additions import Additions
from exocite.bibliography.imports.csljson import CSL_JSON
from exocite.export import csl, csljson

WORDS = st.text("abc dé-'&%_#$\\{}~^<>\"ßЖ日,;:.()0123456789", min_size=1, max_size=30).map(
    lambda text: f"a{text}z"
)
# The export takes braces of a title, also printed ones, for guards of capitals.
TITLES = WORDS.map(lambda text: "".join(c for c in text if c not in "\\{}"))
NAMES = st.builds(
    lambda head, tail: head + tail, st.sampled_from("AÉŠ"), st.text("abcé-", max_size=8)
)
PERSON = st.one_of(
    st.fixed_dictionaries({"family": NAMES, "given": NAMES}),
    st.fixed_dictionaries({"family": NAMES, "given": NAMES, "suffix": st.just("Jr.")}),
    st.fixed_dictionaries(
        {
            "family": NAMES,
            "given": NAMES,
            "non-dropping-particle": st.sampled_from(["van der", "de"]),
        }
    ),
    st.fixed_dictionaries(
        {"literal": st.sampled_from(["World Health Organization", "Ärzte, e. V."])}
    ),
)
PARTS = st.one_of(
    st.tuples(st.integers(1000, 2100)),
    st.tuples(st.integers(1000, 2100), st.integers(1, 12)),
    st.tuples(st.integers(1000, 2100), st.integers(1, 12), st.integers(1, 28)),
).map(list)
ISSUED = st.one_of(
    PARTS.map(lambda parts: {"date-parts": [parts]}),
    st.tuples(PARTS, PARTS)
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: {"date-parts": list(pair)}),
    st.integers(-500, -1).map(lambda year: {"date-parts": [[year]]}),
    st.builds(
        lambda year, season: {"date-parts": [[year]], "season": season},
        st.integers(1000, 2100),
        st.integers(1, 4),
    ),
    PARTS.map(lambda parts: {"date-parts": [parts], "circa": True}),
)
ITEM = st.fixed_dictionaries(
    {
        "type": st.sampled_from(
            ["article-journal", "book", "chapter", "report", "thesis", "webpage"]
        )
    },
    optional={
        "title": TITLES,
        "author": st.lists(PERSON, min_size=1, max_size=4),
        "editor": st.lists(PERSON, min_size=1, max_size=2),
        "container-title": TITLES,
        "publisher": WORDS,
        "abstract": WORDS,
        "note": WORDS,
        "volume": st.sampled_from(["1", "12a"]),
        "page": st.sampled_from(["1-9", "e12", "S1-S9", "12, 15"]),
        "DOI": st.sampled_from(["10.5555/a_b", "10.5555/(sici)1<2::aid>3"]),
        "URL": st.sampled_from(["https://example.org/a_b?c=d%20e&f#g", "http://x.org/~y"]),
        "language": st.sampled_from(["en-GB", "de", "fr"]),
        "issued": ISSUED,
        "accessed": PARTS.map(lambda parts: {"date-parts": [parts]}),
        "genre": st.sampled_from(["PhD thesis", "Leaflet"]),
    },
)


def through(items: list[csl.Item]) -> list[csl.Item]:
    additions = Additions(Document.parse(b""))
    for record in CSL_JSON.read(csljson.render(items)):
        assert isinstance(record, Imported)
        assert not additions.add(record.type, record.key, record.fields)
    return csl.items(additions.document.references)


@settings(deadline=None)
@given(st.lists(ITEM, max_size=3))
def test_csl_json_that_was_exported_comes_back_the_same(made: list[csl.Item]) -> None:
    exported = through([{"id": f"k{place}", **item} for place, item in enumerate(made)])
    assert through(exported) == exported


@settings(deadline=None)
@given(st.lists(ITEM, min_size=1, max_size=3))
def test_bibtex_comes_back_letter_by_letter(made: list[csl.Item]) -> None:
    additions = Additions(Document.parse(b""))
    for place, item in enumerate(made):
        for record in CSL_JSON.read(csljson.render([{"id": f"k{place}", **item}])):
            assert isinstance(record, Imported)
            additions.add(record.type, record.key, record.fields)
    before = additions.document
    again = Additions(Document.parse(b""))
    for reference in before.references:
        again.append(before.standalone(reference.key))
    assert again.document.text == before.text
