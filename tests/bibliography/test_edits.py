"""Edits: the text before and after, in the style of the neighbours, and what is refused."""

from collections.abc import Callable

import pytest

from exocite.bibliography import Document
from exocite.errors import BibliographyError

Edit = Callable[[Document], Document]


def after(text: str, edit: Edit) -> str:
    return edit(Document.parse(text.encode(), "refs.bib")).data.decode()


def setting(key: str, name: str, value: str) -> Edit:
    return lambda document: document.set_field(key, name, value)


def adding(**fields: str) -> Edit:
    return lambda document: document.add("article", "new", fields)


SET: list[tuple[str, Edit, str]] = [
    # The value alone changes, in its own delimiters.
    (
        "@misc{a,\n  x = {1},\n  y = {2},\n}\n",
        setting("a", "x", "9"),
        "@misc{a,\n  x = {9},\n  y = {2},\n}\n",
    ),
    ('@misc{a, x = "1", y = {2}}', setting("a", "X", "9"), '@misc{a, x = "9", y = {2}}'),
    ('@misc{a, x = "1"}', setting("a", "x", 'say "hi"'), '@misc{a, x = {say "hi"}}'),
    ("@misc{a, year = 1999}", setting("a", "year", "2000"), "@misc{a, year = 2000}"),
    ("@misc{a, year = 1999}", setting("a", "year", "2000a"), "@misc{a, year = {2000a}}"),
    ("@misc{a, j = jan # {x}, k={}}", setting("a", "j", "Nature"), "@misc{a, j = {Nature}, k={}}"),
    ("@misc{a, x = {1}, X = {2}}", setting("a", "x", "9"), "@misc{a, x = {9}, X = {2}}"),
    # A field more follows the others: comma, indentation, equals sign, case, delimiter.
    ("@misc{a,\n  x = {1},\n}\n", setting("a", "y", "2"), "@misc{a,\n  x = {1},\n  y = {2},\n}\n"),
    ("@misc{a,\n  x = {1}\n}\n", setting("a", "y", "2"), "@misc{a,\n  x = {1},\n  y = {2}\n}\n"),
    (
        '@misc{a,\n\tX="1",\n\tZ="b"}',
        setting("a", "y", "t"),
        '@misc{a,\n\tX="1",\n\tZ="b",\n\tY="t"}',
    ),
    (
        "@misc{a\n  , x = {1}\n  , z = {2}\n  }",
        setting("a", "y", "3"),
        "@misc{a\n  , x = {1}\n  , z = {2}\n  , y = {3}\n  }",
    ),
    (
        "@misc{a, Title = {T}, Date-Added = {D}}",
        setting("a", "doi", "10.1/x"),
        "@misc{a, Title = {T}, Date-Added = {D}, Doi = {10.1/x}}",
    ),
    (
        "@misc{a,\n  author = {A},\n  title  = {T},\n}",
        setting("a", "doi", "10.1/x"),
        "@misc{a,\n  author = {A},\n  title  = {T},\n  doi    = {10.1/x},\n}",
    ),
    (
        "@misc{a,\n  author = {A},\n  title =  {T},\n}",
        setting("a", "doi", "10.1/x"),
        "@misc{a,\n  author = {A},\n  title =  {T},\n  doi =    {10.1/x},\n}",
    ),
    (
        "@misc{a,\r\n  x = {1},\r\n}\r\n",
        setting("a", "y", "2"),
        "@misc{a,\r\n  x = {1},\r\n  y = {2},\r\n}\r\n",
    ),
    (
        "@misc{a,\n  x = {1}, % why\n}\n",
        setting("a", "y", "2"),
        "@misc{a,\n  x = {1},\n  y = {2}, % why\n}\n",
    ),
    ("@misc(a,\n  x = {1}\n)", setting("a", "y", ")"), "@misc(a,\n  x = {1},\n  y = {)}\n)"),
    ("@misc{a}", setting("a", "y", "2"), "@misc{a,\n  y = {2},\n}"),
    ("@misc{a,\n}", setting("a", "y", "2"), "@misc{a,\n  y = {2},\n}"),
    (
        "@misc{b,\n\tx={1}\n}\n@misc{a,}",
        setting("a", "y", "2"),
        "@misc{b,\n\tx={1}\n}\n@misc{a,\n\ty={2}\n}",
    ),
    (
        "@misc{a, year = 1999, x = {b}}",
        setting("a", "volume", "7"),
        "@misc{a, year = 1999, x = {b}, volume = 7}",
    ),
]

REMOVED: list[tuple[str, Edit, str]] = [
    (
        "@misc{a,\n  x = {1},\n  y = {2},\n}",
        lambda d: d.remove_field("a", "X"),
        "@misc{a,\n  y = {2},\n}",
    ),
    (
        "@misc{a,\n  x = {1},\n  y = {2}\n}",
        lambda d: d.remove_field("a", "y"),
        "@misc{a,\n  x = {1}\n}",
    ),
    (
        "@misc{a\n  , x = {1}\n  , y = {2}\n}",
        lambda d: d.remove_field("a", "x"),
        "@misc{a\n  , y = {2}\n}",
    ),
    ("@misc{a, x = {1}}", lambda d: d.remove_field("a", "x"), "@misc{a}"),
    ("@misc{a}\n\n@misc{b}\n\n@misc{c}\n", lambda d: d.remove("b"), "@misc{a}\n\n@misc{c}\n"),
    ("@misc{a}\n\n@misc{b}\n", lambda d: d.remove("b"), "@misc{a}\n"),
    ("@misc{a}\r\n\r\n@misc{b}\r\n", lambda d: d.remove("b"), "@misc{a}\r\n"),
    ("% top\n@misc{a}\n% keep\n\n@misc{b}", lambda d: d.remove("a"), "% top\n% keep\n\n@misc{b}"),
    ("@misc{a} @misc{b} @misc{c}", lambda d: d.remove("b"), "@misc{a}  @misc{c}"),
    (
        "@misc{a} @misc{b}\n@comment{x\n@misc{c}}\n",
        lambda d: d.remove("b"),
        "@misc{a} \n@comment{x\n@misc{c}}\n",
    ),
    ("@misc{a}", lambda d: d.remove("a"), ""),
    (
        "@misc{a, x={}}\n@misc{b, crossref={a}}",
        lambda d: d.rename("a", "z"),
        "@misc{z, x={}}\n@misc{b, crossref={z}}",
    ),
    (
        "@set{s, entryset={b, a,aa}}\n@misc{ a , x=1}",
        lambda d: d.rename("a", "z"),
        "@set{s, entryset={b, z,aa}}\n@misc{ z , x=1}",
    ),
    ("@misc{a, title={a}}", lambda d: d.rename("a", "b"), "@misc{b, title={a}}"),
]

ADDED: list[tuple[str, Edit, str]] = [
    ("", adding(title="T", year="2000"), "@article{new,\n  title = {T},\n  year = {2000},\n}\n"),
    (
        "@misc{a,\n  x = {1}\n}\n",
        adding(title="T"),
        "@misc{a,\n  x = {1}\n}\n\n@article{new,\n  title = {T}\n}\n",
    ),
    (
        "@MISC{a,\n  X = {1}\n}\n@MISC{b,\n  X = {1}\n}",
        adding(title="T"),
        "@MISC{a,\n  X = {1}\n}\n@MISC{b,\n  X = {1}\n}\n@ARTICLE{new,\n  TITLE = {T}\n}\n",
    ),
    (
        '@Misc{a, x="q", year=2000}\r\n',
        adding(title="T", year="1"),
        '@Misc{a, x="q", year=2000}\r\n\r\n@Article{new, title="T", year=1}\r\n',
    ),
    (
        "@misc(a, x = {1})\n\n\n% end",
        adding(title="T"),
        "@misc(a, x = {1})\n\n\n% end\n\n@article(new, title = {T})\n",
    ),
    (
        "@misc{a\n , x = {1}\n , y = {2}\n}\n\n\n",
        adding(title="T", note="N"),
        "@misc{a\n , x = {1}\n , y = {2}\n}\n\n\n@article{new\n , title = {T}\n , note = {N}\n}\n",
    ),
    ("% just words\n", adding(title=" "), "% just words\n\n@article{new,\n}\n"),
    (
        "@misc{a, x = {1}}\n",
        lambda d: d.append("@Book{b,\n  y = {1}}"),
        "@misc{a, x = {1}}\n\n@Book{b,\n  y = {1}}\n",
    ),
]


@pytest.mark.parametrize(("before", "edit", "expected"), SET + REMOVED + ADDED)
def test_an_edit_changes_this_and_no_more(before: str, edit: Edit, expected: str) -> None:
    assert after(before, edit) == expected


HOSTILE = [
    "} @article{evil,", "\n@article{evil, x={1}}\n", '"}, evil = {', "\\", "{", "}", "\\}", "%",
    "a\x00b", "@string{a={b}}", "\u2028@article{evil}", "$\\input{x}$", "\ud800", "${", "\\\\", '"',
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name", ["title", "author", "url", "doi", "note"])
@pytest.mark.parametrize("quote", ["{1}", '"1"', "1", "jan"])
def test_no_value_can_break_out(value: str, name: str, quote: str) -> None:
    text = f"@misc{{a, {name} = {quote}, z = {{2}}}}\n\n@misc{{b, z = {{3}}}}\n"
    document = Document.parse(text.encode())
    for edit in (
        lambda: document.set_field("a", name, value),
        lambda: document.add("article", "new", {name: value}),
    ):
        try:
            edited = edit()
        except BibliographyError:
            continue
        again = Document.parse(edited.data)
        assert "evil" not in {reference.key for reference in again.references}
        assert again.references[0].get("z") == "2"
        assert again.references[1].get("z") == "3"
        assert not [p for p in again.problems if p.kind in ("broken", "duplicate")]


@pytest.mark.parametrize(
    ("text", "edit", "words"),
    [
        ("@misc{a}", lambda d: d.add("article", "a", {}), "already the key"),
        ("@misc{a}", lambda d: d.add("article", "b c", {}), "cannot be a citekey"),
        ("@misc{a}", lambda d: d.add("article", "", {}), "cannot be a citekey"),
        ("@misc{a}", lambda d: d.add("string", "b", {}), "cannot be an entry type"),
        ("@misc{a}", lambda d: d.add("a{", "b", {}), "cannot be an entry type"),
        ("@misc{a}", lambda d: d.add("article", "b", {"x y": "1"}), "cannot be a field name"),
        ("@misc{abc}", lambda d: d.set_field("abd", "x", "1"), "no entry 'abd'"),
        ("@misc{a}", lambda d: d.remove_field("a", "x"), "no field x"),
        ("@misc{a}\n@misc{b}", lambda d: d.rename("a", "b"), "already the key"),
        ("@misc{a}\n@misc{a}", lambda d: d.remove("a"), "lines 1, 2"),
        ("@misc{a, x y = {1}}", lambda d: d.set_field("a", "z", "1"), "cannot be edited"),
        ("@misc{a}", lambda d: d.set_latex("a", "x", "{"), "do not balance"),
        ("@misc{a}", lambda d: d.set_latex("a", "x", "}{"), "do not balance"),
        ("@misc{a}", lambda d: d.set_latex("a", "x", "y\\"), "do not balance"),
        ("@misc{a}", lambda d: d.append("@misc{b} @misc{c}"), "not one whole entry"),
        ("@misc{a}", lambda d: d.append("@misc{b, x = {"), "not one whole entry"),
        ("@misc{a}", lambda d: d.append("@misc{a}"), "already the key"),
        ("@misc{b, x = {1\n", lambda d: d.set_field("b", "x", "1"), "no entry 'b'"),
    ],
)
def test_what_cannot_be_is_refused(text: str, edit: Edit, words: str) -> None:
    with pytest.raises(BibliographyError, match=words):
        edit(Document.parse(text.encode(), "refs.bib"))


def test_a_near_key_is_proposed() -> None:
    with pytest.raises(BibliographyError) as caught:
        Document.parse(b"@misc{abc}").set_field("abd", "x", "1")
    assert caught.value.hint == "did you mean abc?"


def test_latin1_stays_latin1_and_lacks_are_written_as_commands() -> None:
    before = "@misc{a, title = {Größe}}\n".encode("latin-1")
    edited = Document.parse(before).set_field("a", "author", "Łódź, É")
    written = r"@misc{a, title = {Größe}, author = {{\L}ód{\'{z}}, É}}"
    assert edited.data == f"{written}\n".encode("latin-1")
    assert edited.references[0].get("author") == "Łódź, É"
    with pytest.raises(BibliographyError, match="encoding of this file"):
        Document.parse(before).set_field("a", "author", "日本")


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_the_byte_order_mark_stays(mark: bytes) -> None:
    edited = Document.parse(mark + b"@misc{a}\n").add("misc", "b", {"title": "É"})
    assert edited.data == mark + "@misc{a}\n\n@misc{b,\n  title = {É},\n}\n".encode()


def test_broken_neighbours_are_left_as_they_are() -> None:
    text = "@misc{a, x = {1}}\n\n@misc{broken, x = {2}\n\n@misc{b, x = {3}}\n"
    edited = after(text, setting("b", "x", "4"))
    assert edited == text.replace("{3}", "{4}")
    edited = after(text, adding(title="T"))
    assert edited.startswith(text)


def test_names_go_through_as_bibtex_writes_them() -> None:
    names = "Ku, Ying and {World Health Organization} and {Barnes and Noble, Inc.}"
    document = Document.parse(b"").add("misc", "a", {"author": names})
    assert document.references[0].get("author") == names
