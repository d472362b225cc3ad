"""Whatever the text: it is read without failing, comes back, and nothing is lost in silence."""

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.bibtex import silent_losses
from exocite.bibliography import Document
from exocite.errors import BibliographyError

FRAGMENTS = st.sampled_from(
    ["@", "@article", "@misc{a", "@string{", "@comment{", "@preamble{", "@foo-bar", "{", "}", "(",
     ")", ",", "=", "#", '"', "%", "\\", "\n", "\r\n", "\r", " ", "\t", "a", "key", "title = {T}",
     "x = 1", 'y = "q"', "jan", "é", "\x00", "\u2028", "\ufeff", "year", "@a{b, c = {d}}\n"]
)  # fmt: skip
TEXTS = st.lists(FRAGMENTS, max_size=30).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_is_read_and_comes_back(text: str) -> None:
    data = text.encode()
    document = Document.parse(data, "refs.bib")
    assert document.data == data
    assert silent_losses(document) == []
    assert all(p.line >= 1 and p.column >= 1 and p.message for p in document.problems)
    for entry in document.entries:
        assert dict(entry.fields) is not None
    last = 0
    for item in document.blocks:
        assert last <= item.start < item.end
        last = item.end


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.sampled_from(["title", "x", "new"]), st.text(max_size=8))
def test_an_edit_is_exact_or_refused(text: str, name: str, value: str) -> None:
    document = Document.parse(text.encode(), "refs.bib")
    for reference in document.references:
        try:
            edited = document.set_field(reference.key, name, value)
        except BibliographyError:
            continue
        assert _others(edited, reference.key) == _others(document, reference.key)
        again = Document.parse(edited.data, "refs.bib")
        assert again.entries == edited.entries
        assert again.problems == edited.problems


def _others(document: Document, key: str) -> list[tuple[str, str, dict[str, str]]]:
    return [(e.key, e.type, dict(e.fields)) for e in document.entries if e.key != key]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_come_back(data: bytes) -> None:
    document = Document.parse(data)
    assert document.data == data
    assert document.problems is not None
