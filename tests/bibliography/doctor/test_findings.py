"""Every code of the doctor: what it finds, what its fix makes of it, and what it lets be."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from exocite.bibliography import Document
from exocite.bibliography.doctor import CODES, MODELS, Finding, cure, examine, library_of
from exocite.config.values import DATA_MODELS

# The code, one field as it is written, and the field as its fix leaves it; "" without a fix.
FIELDS = [
    ("empty-field", "volume = {}", ""),
    ("misspelt-field", "jounral = {Acta}", ""),
    ("unknown-field", "colour = {green}", ""),
    ("misplaced-field", "booktitle = {Acta}", ""),
    ("doi-prefix", "doi = {https://doi.org/10.1000/AbC}", "doi = {10.1000/AbC}"),
    ("doi-prefix", 'doi = "doi: 10.1000/x"', 'doi = "10.1000/x"'),
    ("doi-prefix", "doi = {http://dx.doi.org/10.1000/x_y}", "doi = {10.1000/x_y}"),
    ("doi-prefix", "doi = {http://doi.acm.org/10.1145/1}", "doi = {10.1145/1}"),
    ("doi-malformed", "doi = {11.1000/x}", ""),
    ("doi-malformed", "doi = {10.1000/x and 10.1000/y}", ""),
    ("doi-malformed", "doi = {https://doi.org/10.1000/a%28b%29}", ""),
    ("isbn-malformed", "isbn = {978-3-16-148410-1}", ""),
    ("isbn-malformed", "isbn = {12345}", ""),
    ("isbn-prefix", "isbn = {ISBN 978-3-16-148410-0}", "isbn = {978-3-16-148410-0}"),
    ("isbn-prefix", "isbn = {ISBN-13: 9783161484100}", "isbn = {9783161484100}"),
    ("issn-malformed", "issn = {0378-5956}", ""),
    ("issn-prefix", "issn = {ISSN 0378-5955}", "issn = {0378-5955}"),
    ("url-malformed", "url = {www.example.org/a}", ""),
    ("url-malformed", "url = {https://example.org/a b}", ""),
    ("url-malformed", "url = {https://a.org https://b.org}", ""),
    ("url-command", r"url = {\url{https://a.org/x_y}}", "url = {https://a.org/x_y}"),
    ("year-malformed", "year = {98}", ""),
    ("year-malformed", "year = {May 1998}", ""),
    ("year-malformed", "year = {9120}", ""),
    ("month-word", "month = {March}", "month = mar"),
    ("month-word", 'month = "Sept."', "month = sep"),
    ("month-word", "month = December", "month = dec"),
    ("pages-hyphen", "pages = {12-15}", "pages = {12--15}"),
    ("pages-hyphen", "pages = {S12 - S15, 20}", "pages = {S12--S15, 20}"),
    ("pages-hyphen", "pages = {1234-56}", "pages = {1234--56}"),
    ("pages-hyphen", "pages = {12---15}", "pages = {12--15}"),
    ("pages-prefix", "pages = {pp. 12--15}", "pages = {12--15}"),
    ("pages-malformed", "pages = {150--120}", ""),
    ("others", "author = {Ku, A. and Li, B. et al.}", "author = {Ku, A. and Li, B. and others}"),
    ("others", "author = {Ku, A., et al}", "author = {Ku, A. and others}"),
    ("others", "author = {Ku, A. and others.}", "author = {Ku, A. and others}"),
    ("others", "author = {Ku, A., and others}", "author = {Ku, A. and others}"),
    ("name-separator", "author = {Ku, A.; Li, B.}", ""),
    ("name-separator", "author = {Ku, A., Li, B., Mo, C.}", ""),
    ("unescaped", "title = {a%\n  b}", ""),
    ("unescaped", "journal = {Art & Science}", r"journal = {Art \& Science}"),
    ("unescaped", "note = {R&D}", r"note = {R\&D}"),
    ("unescaped", "title = {About 5% in C# and a_b}", r"title = {About 5\% in C\# and a\_b}"),
    ("unescaped", r"title = {See \url{a_b} & more}", r"title = {See \url{a_b} \& more}"),
    ("open-mathematics", "title = {The price of $5}", ""),
    ("html-entity", "journal = {Art &amp; Science}", r"journal = {Art \& Science}"),
    ("html-entity", r"journal = {Art \&amp; Science}", r"journal = {Art \& Science}"),
    ("html-entity", "journal = {Art &amp;amp; Science}", r"journal = {Art \& Science}"),
    ("html-entity", "title = {Na&iuml;ve p &lt; 0.05}", r"title = {Naïve p {\textless} 0.05}"),
    ("html-entity", "title = {It&#8217;s}", "title = {It’s}"),
    ("html-entity", "url = {https://a.org/?b=1&amp;c=2}", "url = {https://a.org/?b=1&c=2}"),
    ("html-entity", 'title = "a &quot;b&quot;"', ""),
    ("html-tag", "title = {On <i>H. pylori</i>}", r"title = {On \textit{H. pylori}}"),
    ("html-tag", "title = {x<jats:sub>2</jats:sub>}", r"title = {x\textsubscript{2}}"),
    ("html-tag", "title = {<p>So</p>}", "title = {So}"),
    ("html-tag", "abstract = {<jats:p>So <b>on</b></jats:p>}", r"abstract = {So \textbf{on}}"),
    (
        "html-tag",
        r"title = {\textless i\textgreater x\textless /i\textgreater}",
        r"title = {\textit{x}}",
    ),
    ("html-tag", "title = {On <i>H. pylori}", ""),
    ("html-tag", "title = {On <i>{H</i>}}", ""),
    ("mojibake", "author = {MÃ¼ller, A.}", "author = {Müller, A.}"),
    ("mojibake", "title = {Itâ€™s so}", "title = {It’s so}"),
    ("mojibake", "title = {Les Å“uvres â€“ aoÃ»t NoÃ«l}", "title = {Les œuvres – août Noël}"),
    ("mojibake", "title = {lÃ\xa0 bas}", "title = {là bas}"),
    ("lost-character", "author = {M\ufffdller, A.}", ""),
    ("unseen-character", "title = {a\ufeffb\xadc}", "title = {abc}"),
    ("control-character", "title = {a\x01b}", ""),
    ("trailing-punctuation", "volume = {12,}", "volume = {12}"),
    ("trailing-punctuation", "pages = {12.}", "pages = {12}"),
    ("trailing-punctuation", "title = {A long way.}", "title = {A long way.}"),
    ("trailing-punctuation", "title = {A way through walls.}", "title = {A way through walls}"),
    ("double-space", "title = {a  b}", "title = {a b}"),
    ("outer-space", "title = { a b }", "title = {a b}"),
    ("title-case", "title = {The DNA of mRNA}", "title = {The {DNA} of {mRNA}}"),
    ("title-case", "title = {XQuery: a way}", "title = {{XQuery}: a way}"),
    (
        "title-case",
        "title = {The green lichens of old walls in northern Norway}",
        "title = {The green lichens of old walls in northern {Norway}}",
    ),
    ("unknown-crossref", "crossref = {nowhere}", ""),
    ("undefined-string", "journal = aktuell", ""),
    ("double-field", "note = {a}, note = {b}", ""),
]  # fmt: skip

# One field in which the doctor must not find anything of what it is next to.
FINE = [
    "doi = {10.1000/a_b(c)<1::aid-x>3.0.co;2-x}",
    r"doi = {10.1000/a\_b}",
    "isbn = {0-306-40615-2}",
    "isbn = {978-3-16-148410-0 (print), 0306406152}",
    "issn = {0378-5955, 1476-4687}",
    "issn = {0378-5955 1476-4687}",
    "url = {ftp://a.org/x~y#z&w=%20}",
    "year = {in press}",
    "year = {c. 1850}",
    "year = {1999/2000}",
    r"year = {{\noopsort{1973b}}1973}",
    "year = 1999 # {a}",
    "month = mar",
    "month = {March 15}",
    "month = 3",
    "pages = {12--15}",
    "pages = {12–15}",
    "pages = {12-3-45}",
    "pages = {A-12}",
    "pages = {3:1--3:10}",
    "pages = {e0123456}",
    "pages = {12-7}",
    "author = {Ku, A. and others}",
    "author = {{Johnson \\& Johnson; Sons, and others}}",
    "author = {Alal, B.}",
    "author = {Ku, A. and ,}",
    "author = {family=Ku, given=Ying, prefix=de, useprefix=true}",
    "author = {van der Berg, Jr., A.}",
    r"title = {A \& B at 5\% for $a_b & c$}",
    r"title = {As \ref{a_b} and \cite{c_d} say}",
    "title = {See https://a.org/x_y#z for more}",
    "abstract = {5% of a & b_c  and A_B}",
    "title = {The R&D; of all}".replace("&", "\\&"),
    "title = {If a < b and c > d}",
    "title = {On <foo> and <x>}",
    "title = {SÃO PAULO}",
    "publisher = {On “LIBERTÉ” and “CAFÉ”… here}",
    "publisher = {Of «MAÇÃ» and of „SCHÖ“}",
    "title = {A note on walls etc.}",
    "title = {The end...}",
    "title = {Walls of the dental assoc.}",
    "title = {Walls of the lichen Intern.}",
    "title = {{The DNA of Norway}}",
    "title = {The {DNA} of $\\mathrm{ABC}$}",
    "title = {The Green Lichens of Old Walls in Northern Norway}",
    "title = {Die alten Wege der Physik in einem neuen Licht für Europa}",
    "title = {A STUDY OF ALL WALLS}",
    "title = {Old walls: A new way}",
    'title = "a " # acta # " b"',
    "title = {a\n      b}",
    "optvolume = {}",
    "file = {a  b_c & d}",
    "bdsk-url-1 = {https://a.org}",
    "author+an:orcid = {1=x}",
]

# Whole files, for codes that are not about one field.
FILES = [
    ("missing-field", "@article{a, author = {Ku, A.}, title = {b}, year = 1999}"),
    ("missing-field", "@book{a, title = {b}, publisher = {c}, year = 1999}"),
    ("unknown-type", "@artcile{a, title = {b}}"),
    ("date-malformed", "@online{a, editor = {Ku, A.}, title = {b}, doi = {10.1/x}, date = {May}}"),
    ("broken", "@article{a, title = {b}\n@book{c, title = {d}}"),
    ("duplicate-key", "@misc{a, note = {b}}\n@misc{a, note = {c}}"),
    ("key", "@misc{, note = {b}}"),
    ("encoding", "@misc{a, note = {ü}}"),
    ("binary", "@misc{a, note = {\0}}"),
    ("unused-string", "@string{acta = {Acta}}\n@misc{a, note = {b}}"),
]  # fmt: skip
WHOLE = [
    "@article{a, author = {Ku, A.}, title = {b}, journaltitle = {c}, date = {1999-05}}",
    """@inproceedings{a, author = {Ku, A.}, title = {b}, crossref = {P}}
    @proceedings{p, title = {c}, year = 1999}""",
    "@inbook{a, author = {Ku, A.}, title = {b}, pages = 3, publisher = {c}, year = 1999}",
    "@online{a, editor = {Ku, A.}, title = {b}, year = 1999, doi = {10.1000/x}}",
    "@string{acta = {Acta}}\n@string{both = acta # {!}}\n@misc{a, note = both}",
    "@string{only = {strings}}",
    "@misc{a, ids = {old, B}, note = {c}}\n@misc{d, xref = {b}}",
    "@misc{a, xdata = {b}}\n@xdata{b, title = {c}, date = {1999}, editor = {Ku, A.}}",
    "\n".join(f"@misc{{a{i}, papernum2 = {{1}}}}" for i in range(5)),
]


def _document(text: str) -> Document:
    return Document.parse(text.encode(), "x.bib")


def _of_field(field: str) -> tuple[Document, list[Finding]]:
    document = _document("@article{k,\n  " + field + ",\n}\n")
    noise = {"missing-field"}
    return document, [one for one in examine(document) if one.code not in noise]


@pytest.mark.parametrize(("code", "field", "fixed"), FIELDS)
def test_a_field_is_found_and_fixed(code: str, field: str, fixed: str) -> None:
    document, found = _of_field(field)
    if fixed == field:
        assert code not in {one.code for one in found}
        return
    assert code in {one.code for one in found}
    assert any(one.fix is not None for one in found if one.code == code) == bool(fixed)
    done = cure(document, library_of(document), lambda one: one.code == code).document
    assert done.text == "@article{k,\n  " + (fixed or field) + ",\n}\n"


@pytest.mark.parametrize("field", FINE)
def test_what_is_well_is_let_be(field: str) -> None:
    _, found = _of_field(field)
    assert [one for one in found if one.code != "undefined-string"] == []


@pytest.mark.parametrize(("code", "text"), FILES)
def test_a_file_is_found(code: str, text: str) -> None:
    data = text.encode("latin-1" if code == "encoding" else "utf-8")
    assert code in {one.code for one in examine(Document.parse(data, "x.bib"))}


@pytest.mark.parametrize("text", WHOLE)
def test_a_file_that_is_well_is_let_be(text: str) -> None:
    assert examine(_document(text)) == ()


def test_every_code_is_tried_and_described() -> None:
    codes = [code for code, _ in CODES]
    assert Counter(codes).most_common(1)[0][1] == 1
    assert set(codes) == {code for code, *_ in FIELDS} | {code for code, _ in FILES}
    page = (Path(__file__).parents[3] / "docs" / "doctor.md").read_text(encoding="utf-8")
    missing = [c for c, meaning in CODES if f"| {c} |" not in page or meaning not in page]
    assert missing == []


def test_the_setting_knows_the_models() -> None:
    assert ("auto", *MODELS) == DATA_MODELS


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("@article{a, date = {1999}}", "biblatex"),
        ("@article{a, date = {1999}, year = 1999}", "bibtex"),
        ("@online{a}", "biblatex"),
        ("@misc{a}", "bibtex"),
        ("@online{a}\n@comment{jabref-meta: databaseType:bibtex;}", "bibtex"),
        ("@misc{a}\n@comment{jabref-meta: databaseType:biblatex;}", "biblatex"),
        ("", "bibtex"),
    ],
)
def test_the_model_is_told_from_the_file(text: str, model: str) -> None:
    assert library_of(_document(text)).model == model


def test_the_place_is_that_of_what_is_amiss() -> None:
    document = _document("@string{x = {y}}\n@misc{k, note = x, title = {a & b}}\n")
    (found,) = [one for one in examine(document) if one.code == "unescaped"]
    assert document.text[found.start : found.end] == "&"
    assert (found.key, found.field) == ("k", "title")
    assert found.fix is not None
    assert (found.fix.before, found.fix.after) == ("{a & b}", r"{a \& b}")
