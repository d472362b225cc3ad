"""What a .bib file means, and what is reported of it."""

import pytest

from exocite.bibliography import Document, ProblemKind
from exocite.references.entries import to_parsed
from tests.timing import assert_linear

FILE = r"""% a comment line with @nothing{in it}
@string{jacm = "Journal of the {ACM}"}
@STRING(pub = jacm # { Press})

@Article{ku2023,
  Author = {K{\"u}, Y. and {World Health Organization}},
  TITLE = "The {DNA} of" # { it},
  journal = jacm,
  month = "1~" # feb,
  year = 2023,
  pages = {1--20},
}

@comment{jabref-meta: x}
@preamble{"\newcommand{\x}{}"}
@book(zhang2022, title = {A (very) small book}, publisher = pub)
"""


def read(text: str) -> Document:
    return Document.parse(text.encode(), "refs.bib")


def problems(text: str) -> list[tuple[int, int, str]]:
    return [(p.line, p.column, str(p.kind)) for p in read(text).problems]


def test_fields_mean_what_they_print() -> None:
    ku, zhang = read(FILE).references
    assert (ku.key, ku.type, ku.path, ku.line) == ("ku2023", "article", "refs.bib", 5)
    assert dict(ku.fields) == {
        "author": "Kü, Y. and {World Health Organization}",
        "title": "The DNA of it",
        "journal": "Journal of the ACM",
        "month": "1 February",
        "year": "2023",
        "pages": "1–20",
    }
    assert (zhang.line, zhang.get("title")) == (16, "A (very) small book")
    assert zhang.get("publisher") == "Journal of the ACM Press"
    assert zhang.get("note") == ""
    assert read(FILE).problems == ()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        FILE.encode(),
        FILE.replace("\n", "\r\n").encode(),
        FILE.replace("\n", "\r").encode(),
        b"\xef\xbb\xbf" + FILE.encode(),
        b"\xff\xfe" + FILE.encode("utf-16-le"),
        b"\xfe\xff" + FILE.encode("utf-16-be"),
        "@misc{é, title = {Ünï}}".encode("latin-1"),
        b"\xff\xfe odd \xff",
        bytes(range(256)) * 3,
        b"@a{\x81\x8d, x={\xff}}\r\r\n\n\r",
        b"%PDF-1.7\n\x00\x00@article{",
    ],
)
def test_the_bytes_come_back(data: bytes) -> None:
    assert Document.parse(data).data == data


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_do_not_change_the_meaning(newline: str) -> None:
    other = Document.parse(FILE.replace("\n", newline).encode(), "refs.bib")
    assert other.references == read(FILE).references
    assert other.problems == ()


READ_ALL_THE_SAME = [
    ("@article\n{a,\n title = {T}\n}", "article", "a"),
    ("@foo-bar{a, title = {T}}", "foo-bar", "a"),
    ("@ article {a, title = {T}}", "article", "a"),
    ("}}} garbage {{ , @article{a, title = {T}}", "article", "a"),
    ("@misc{b}\n@comments{a, title = {T}}", "comments", "a"),
    ("@misc{a, author = {\"}, title = \"{T}\"}", "misc", "a"),
    ('@misc{a, x = "{a "quoted", word}", title = {T}}', "misc", "a"),
    ("@misc{a, % all of it, really\n title = {T}, % {unbalanced\n}", "misc", "a"),
    ("@misc{a, file = {C:\\dir\\}, title = {T}}", "misc", "a"),
    ("@misc{a,, title = {T},,}", "misc", "a"),
    ("@misc{a, title = {T}} @misc{b, title = {U}}", "misc", "a"),
    ("% @misc{no, title = {X}}\n@misc{a, title = {T}}", "misc", "a"),
    ("@comment{\n@misc{no, title = {X}}\n}\n@misc{a, title = {T}}", "misc", "a"),
    ("@comment{ never closed\n@misc{a, title = {T}}", "misc", "a"),
    ("@misc{broken, title = {X}\n\n@misc{a, title = {T}}", "misc", "a"),
    ("@misc{broken, title = {X}\n\n@foo-bar\n{a, title = {T}}", "foo-bar", "a"),
    ("@misc{broken, = {X}} @misc{a, title = {T}}", "misc", "a"),
    ("@misc{a, title = {T}, note = {mail x@y{z}\n @home}}", "misc", "a"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "type_", "key"), READ_ALL_THE_SAME)
def test_what_others_pass_over_is_read(text: str, type_: str, key: str) -> None:
    found = {reference.key: reference for reference in read(text).references}
    assert "no" not in found
    assert (found[key].type, found[key].get("title")) == (type_, "T")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@misc{a, title = {T}\n\n@misc{b}", [(1, 6, "broken")]),
        ("\n @misc{a, title = {T\n}\n", [(2, 7, "broken")]),
        ("@misc{a,\n title {T},\n}", [(2, 7, "broken")]),
        ("@misc{a,\n title = {T}\n year = 2000,\n}", [(3, 2, "broken")]),
        ("@misc{a,\n title = ,\n}", [(2, 10, "broken")]),
        ('@misc{a,\n title = "T,\n year = 2000\n}', [(2, 10, "broken")]),
        ('@misc{a,\n title = "Titl{e"\n}', [(1, 1, "broken")]),
        ("@article a, title = {T}\n", [(1, 1, "broken")]),
        ("@{a, title = {T}}", [(1, 1, "broken")]),
        ("@comment{ x\n@misc{a}", [(1, 1, "broken")]),
        ('@string{a "x"}\n@misc{b}', [(1, 10, "broken")]),
        ("@preamble{ x\n@misc{b}", [(1, 1, "broken")]),
        ("@misc{a}\n\n@book{a}", [(3, 1, "duplicate")]),
        ("@misc{a}\n@misc{A}", []),
        ("@misc{a,\n x = {1},\n X = {2}}", [(3, 2, "field")]),
        ("@misc{a, x = nat}", [(1, 14, "macro")]),
        ("@misc{a, x = {in } # nat # jan}", [(1, 14, "macro")]),
        ("@string{a = b}", [(1, 1, "macro")]),
        ("@string{b = {x}}\n@string{a = B}\n@misc{c, x = A}", []),
        ("@misc{c, x = a}\n@string{a = {later}}", []),
        ("@misc{, title = {T}}\n@misc{, title = {U}}", [(1, 1, "key"), (2, 1, "key")]),
        ("@misc{\n title = {T}}", [(1, 1, "key")]),
        ("@misc{a b, title = {T}}", [(1, 1, "key")]),
    ],
)
def test_problems_stand_at_their_place(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert problems(text) == expected


def test_a_duplicate_names_both_lines_and_the_first_counts() -> None:
    document = read("@misc{a, title={1}}\n\n@book{a, title={2}}")
    (problem,) = document.problems
    assert (problem.kind, problem.key) == (ProblemKind.DUPLICATE, "a")
    assert "line 3" in problem.message
    assert "line 1" in problem.message
    assert [r.get("title") for r in document.references] == ["1"]
    assert [r.get("title") for r in document.entries] == ["1", "2"]


def test_a_missing_comma_is_reported_and_read_over() -> None:
    document = read("@misc{a,\n title = {T}\n year = 2000,\n}")
    assert dict(document.references[0].fields) == {"title": "T", "year": "2000"}
    assert "comma is missing before year" in document.problems[0].message


def test_what_is_not_utf8_names_its_first_line() -> None:
    document = Document.parse("@misc{a,\r\n x = {ok},\r\n title = {“Ü”}}".encode("cp1252"))
    (problem,) = document.problems
    assert (problem.line, problem.kind) == (3, ProblemKind.ENCODING)
    assert document.references[0].get("title") == "“Ü”"


def test_a_binary_file_is_said_to_be_one() -> None:
    kinds = {p.kind for p in Document.parse(b"\x7fELF\x00\x00@a{").problems}
    assert ProblemKind.BINARY in kinds


def test_a_macro_means_what_was_defined_last_before_it() -> None:
    text = "@string{a={1}}@misc{x, n=a}\n@string{A={2}}\n@misc{y, n=a}"
    assert [r.get("n") for r in read(text).references] == ["1", "2"]


def test_messages_cannot_move_the_cursor() -> None:
    (problem, *_) = read("@misc{\x1b[2Ja, x = \x1b[31mnat}").problems
    assert "\x1b" not in problem.message


def test_standalone_entries_leave_no_macro_behind() -> None:
    document = read(FILE)
    assert document.raw("zhang2022") in FILE
    alone = document.standalone("zhang2022")
    assert alone == (
        "@book(zhang2022, title = {A (very) small book}, publisher = {Journal of the {ACM} Press})"
    )
    assert document.standalone("ku2023").count("# feb") == 1
    assert document.latex("ku2023")["author"] == r"K{\"u}, Y. and {World Health Organization}"


@pytest.mark.parametrize(
    "piece",
    [
        "@a{", "@comment{", "@comment\n{", "\n@x-y{", "@a{b}", '@a{b, c="', "\n@", "% @a{\n",
        "@a{b,c={", "\n@string{a=", "@a\n", " ", "@a{b, c = d # ", "\\{", "@a(", "\n@a{k,x=y z=",
    ],
)  # fmt: skip
def test_time_grows_with_length(piece: str) -> None:
    import time

    def seconds(count: int) -> float:
        data = (piece * count).encode()
        start = time.process_time()
        document = Document.parse(data)
        assert document.data == data
        assert document.problems is not None
        return time.process_time() - start

    assert_linear(seconds, 500, 4)


def test_a_chapter_knows_its_book() -> None:
    document = Document.parse(
        b"""@incollection{ch, author={Ku, A}, title={Chapter}, pages={3--9}, CrossRef={BK}}
@book{bk, editor={Brandt, Bo}, title={The Book}, publisher={Pub}, doi={10.5555/b}, xdata={x}}
@xdata{x, year={2020}, crossref={bk}}
@misc{alone, title={A}}
"""
    )
    chapter, book, _, alone = document.references
    assert chapter.get("booktitle") == ""
    parsed = to_parsed(chapter)
    found = (parsed.container, parsed.year, parsed.publisher, parsed.doi, parsed.pages)
    assert found == ("The Book", "2020", "Pub", "", "3-9")
    assert (chapter.known("editor"), chapter.known("title")) == ("Brandt, Bo", "Chapter")
    assert to_parsed(book).doi == "10.5555/b"
    assert dict(alone.inherited) == {}


def test_entries_that_all_name_one_another_end() -> None:
    keys = [f"k{number}" for number in range(20)]
    entries = [f"@misc{{{key}, xdata={{{','.join(keys)}}}, n{key}={{1}}}}\n" for key in keys]
    first, *_ = Document.parse("".join(entries).encode()).references
    assert first.inherited["nk1"] == "1"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_zero_byte_is_found_in_its_place(newline: str) -> None:
    document = Document.parse(f"@misc{{a}}{newline}@misc{{b, note={{\0}}}}".encode())
    assert [(one.line, one.column) for one in document.problems] == [(2, 16)]
