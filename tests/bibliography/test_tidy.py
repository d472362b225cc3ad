"""Tidying changes the layout that was asked for, and what nothing means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.bibliography import Document
from exocite.bibliography.tidy import tidied
from exocite.errors import UsageError

STEPS = st.lists(
    st.sampled_from(["sort", "align", "order", "wrap", "drop:note"]), min_size=1, unique=True
)


def _tidied(text: str, *steps: str) -> str:
    return tidied(Document.parse(text.encode(), "x.bib"), steps).text


@pytest.mark.parametrize(
    ("step", "before", "after"),
    [
        ("sort", "@misc{b}\n\n@misc{a}\n", "@misc{a}\n\n@misc{b}\n"),
        ("sort", "@misc{B}\n\n@misc{a}\n", "@misc{a}\n\n@misc{B}\n"),
        # Neither a comment nor a string is crossed.
        (
            "sort",
            "@misc{b}\n@misc{a}\n% so\n@misc{z}\n@misc{y}\n",
            "@misc{a}\n@misc{b}\n% so\n@misc{y}\n@misc{z}\n",
        ),
        (
            "sort",
            "@misc{b}\n@string{s={t}}\n@misc{a}\n",
            "@misc{b}\n@string{s={t}}\n@misc{a}\n",
        ),
        # What others take fields from comes after them.
        (
            "sort",
            "@misc{a}\n@misc{b, crossref = {A}}\n",
            "@misc{b, crossref = {A}}\n@misc{a}\n",
        ),
        ("sort", "@misc{b} @misc{a}\n", "@misc{b} @misc{a}\n"),
        (
            "align",
            "@misc{a,\n  title = {b},\n  year=1999\n}\n",
            "@misc{a,\n  title = {b},\n  year  = 1999\n}\n",
        ),
        ("align", "@misc{a, title = {b}, year=1999}\n", "@misc{a, title = {b}, year=1999}\n"),
        (
            "order",
            "@misc{a,\n  year = 1999,\n  X = {1},\n  Author = {b}\n}\n",
            "@misc{a,\n  Author = {b},\n  year = 1999,\n  X = {1}\n}\n",
        ),
        (
            "order",
            "@misc{a,\n  year = 1,\n  % mine\n  title = {b}\n}\n",
            "@misc{a,\n  year = 1,\n  % mine\n  title = {b}\n}\n",
        ),
        (
            "wrap",
            "@misc{a,\n  title = {" + "word " * 16 + "end}\n}\n",
            "@misc{a,\n  title = {" + "word " * 12 + "word\n           word word word end}\n}\n",
        ),
        ("wrap", "@misc{a,\n  title = {so\n    on}\n}\n", "@misc{a,\n  title = {so on}\n}\n"),
        ("wrap", "@misc{a,\n  note = {so\n    on}\n}\n", "@misc{a,\n  note = {so\n    on}\n}\n"),
        ("drop:note", "@misc{a,\n  note = {b},\n  x = 1\n}\n", "@misc{a,\n  x = 1\n}\n"),
        ("drop:note", "@misc{a, NOTE = {b}, note = {c}}\n", "@misc{a}\n"),
    ],
)  # fmt: skip
def test_steps(step: str, before: str, after: str) -> None:
    assert _tidied(before, step) == after
    assert _tidied(after, step) == after
    crlf = _tidied(before.replace("\n", "\r\n"), step)
    assert crlf == after.replace("\n", "\r\n")


@pytest.mark.parametrize("step", ["", "sorted", "drop", "drop:", "drop:a:b"])
def test_a_step_that_is_none_is_said(step: str) -> None:
    with pytest.raises(UsageError, match="step"):
        _tidied("", step)


VALUES = st.one_of(
    st.text(alphabet=' ab{}"%\\\n\t,=#@ü', max_size=12),
    st.sampled_from(["long words " * 12, "a\n\nb", "\\verb|a  b|", "5\\% of all"]),
)
FIELDS = st.lists(
    st.tuples(
        st.sampled_from(["title", "note", "author", "Year", "crossref"]),
        st.sampled_from(["{%s}", '"%s"', "k1 # {%s}"]),
        VALUES,
    ),
    max_size=4,
)


@given(
    st.lists(st.tuples(st.sampled_from(["k1", "K2", "k3"]), FIELDS), max_size=4),
    st.sampled_from(["\n", "\n\n", "\n% between\n", "\n@string{k1 = {x}}\n"]),
    STEPS,
)
def test_what_it_means_stays_and_once_is_enough(
    entries: list[tuple[str, list[tuple[str, str, str]]]], gap: str, steps: list[str]
) -> None:
    text = gap.join(
        f"@misc{{{key},\n" + "".join(f"  {n} = {form % v},\n" for n, form, v in fields) + "}"
        for key, fields in entries
    )
    before = Document.parse(text.encode())
    after = tidied(before, steps)
    assert tidied(after, steps).data == after.data
    assert _meaning(after, steps) == _meaning(before, steps)


def _meaning(document: Document, steps: list[str]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The entries; without a field that may be dropped, which stays where it cannot be told."""
    found = [
        (e.type, e.key, sorted((k, v) for k, v in e.fields.items() if k != "note"))
        for e in document.entries
    ]
    return sorted(found) if "sort" in steps else found
