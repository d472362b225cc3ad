"""The shipped model: it loads or says why not, and reads what no rule of ours has a form for."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.errors import WeightsError
from exocite.model import ParsedReference
from exocite.references.parse import parse
from exocite.references.tagging import LABELS, ReferenceModel
from exocite.weights import HASHES, REFERENCES, REFERENCES_LEXICON, load, reference_model
from tests.references.test_parse import STYLES, TITLE
from tests.timing import assert_linear


@cache
def _model() -> ReferenceModel:
    return reference_model()


def _read(raw: str) -> ParsedReference:
    return parse(raw, _model())


def test_it_is_small() -> None:
    assert len(load(REFERENCES)) + len(load(REFERENCES_LEXICON)) < 3_000_000


@pytest.mark.parametrize("style", STYLES)
def test_one_article_in_many_styles(style: str) -> None:
    read = _read(STYLES[style])
    assert (read.title, read.container) == (TITLE, "Journal of Slow Ecology")
    assert (read.year, read.volume, read.issue, read.pages) == ("2018", "14", "3", "201-219")
    assert read.authors[0].family == "Brandt"
    assert read.type == "article"
    assert read.et_al or [name.family for name in read.authors] == ["Brandt", "Nkemelu", "Cruz"]


# Works that exist; their bibliographic data are facts.
KNOWN = {
    "Physics, no title": (
        "S. Weinberg, Phys. Rev. Lett. 19, 1264 (1967).",
        {"container": "Phys. Rev. Lett", "volume": "19", "pages": "1264", "title": ""},
    ),
    "ACS, no title": (
        "(12) Diels, O.; Alder, K. Justus Liebigs Ann. Chem. 1928, 460, 98–122.",
        {"year": "1928", "volume": "460", "pages": "98-122", "title": ""},
    ),
    "French book": (
        "Foucault, Michel, Surveiller et punir : naissance de la prison, Paris, Gallimard, 1975.",
        {"publisher": "Gallimard", "year": "1975", "container": ""},
    ),
    "German book": (
        "Weber, Max: Wirtschaft und Gesellschaft. Tübingen: Mohr, 1922.",
        {"title": "Wirtschaft und Gesellschaft", "publisher": "Mohr", "year": "1922"},
    ),
    "Chapter with editors": (
        (
            "Austin, J. L. (1961). A plea for excuses. In J. O. Urmson & G. J. Warnock (Eds.),"
            " Philosophical Papers (pp. 123–152). Oxford: Clarendon Press."
        ),
        {"title": "A plea for excuses", "container": "Philosophical Papers", "pages": "123-152"}
        | {"publisher": "Clarendon Press"},
    ),
    "Thesis": (
        (
            "Shannon, C. E. A symbolic analysis of relay and switching circuits. Master's thesis,"
            " Massachusetts Institute of Technology, 1940."
        ),
        {"title": "A symbolic analysis of relay and switching circuits", "year": "1940"},
    ),
    "Proceedings": (
        (
            "E. F. Codd. Further normalization of the data base relational model. In Data Base"
            " Systems, pages 33–64. Prentice-Hall, 1972."
        ),
        {"title": "Further normalization of the data base relational model", "pages": "33-64"},
    ),
    "Wrapped over lines": (
        "Watson JD, Crick FH. Molecular structure of nucleic\n  acids. Nature.\n  1953;171:737-8.",
        {"title": "Molecular structure of nucleic acids", "container": "Nature"}
        | {"volume": "171", "pages": "737-738"},
    ),
    "Volume that is the year": (
        "Berg, Anna. “Lichens of Leeds.” Journal of Slow Ecology 2021 (2021): 1-14.",
        {"volume": "2021", "year": "2021", "pages": "1-14"},
    ),
    "Entities": (
        "Cruz J &amp; Berg A. Walls of the north. Slow Ecology. 2018;14:7&ndash;9.",
        {"title": "Walls of the north", "pages": "7-9"},
    ),
}


@pytest.mark.parametrize("name", KNOWN)
def test_known_works(name: str) -> None:
    raw, fields = KNOWN[name]
    read = _read(raw)
    assert {field: getattr(read, field) for field in fields} == fields


class _Said:
    """A tagger that gives the labels it was told to give."""

    def __init__(self, *labels: str) -> None:
        self.labels = list(labels)

    def tag(self, sequence: Sequence[Sequence[str]], /) -> list[str]:
        assert len(sequence) == len(self.labels)
        return self.labels

    def marginal(self, _label: str, _position: int, /) -> float:
        return 0.5


@pytest.mark.parametrize("gap", [" ", "\n   "])
@pytest.mark.parametrize("quotes", ["“”", "‘’", '""'])
def test_quotation_marks_hold_one_title(gap: str, quotes: str) -> None:
    text = f"Brandt, O. {quotes[0]}Drift in Walls, and Before.{quotes[1]} Slow Ecology, 2018."
    wrong = ["author"] * 2 + ["title"] * 2 + ["container"] * 5 + ["year"]
    read = parse(text.replace(" ", gap), ReferenceModel(_Said(*wrong), {}))
    assert (read.title, read.container) == ("Drift in Walls, and Before", "Slow Ecology")


def test_a_quotation_that_begins_as_no_title_stays() -> None:
    text = "Brandt, O. “Drift in Walls.” Slow Ecology, 2018."
    labels = ["author"] * 2 + ["container"] * 5 + ["year"]
    assert not parse(text, ReferenceModel(_Said(*labels), {})).title


def test_spans_cover_the_text_in_order_and_hold_the_values() -> None:
    raw = STYLES["apa"]
    spans = _read(raw).spans
    assert all(a.span.end <= b.span.start for a, b in pairwise(spans))
    assert all(span.name in LABELS and 0.0 <= span.confidence <= 1.0 for span in spans)
    title = next(span for span in spans if span.name == "title")
    assert raw[title.span.start : title.span.end].startswith(TITLE)
    assert title.confidence > 0.9


@pytest.mark.parametrize("raw", ["", " ", "\x00\x1b[31m", "“", "[1]", "(((", "10.1000/", "&#0;"])
def test_nothing_is_read_from_nothing(raw: str) -> None:
    assert _read(raw).raw == raw


@given(st.text(max_size=200))
def test_any_text_is_read_alike_twice(raw: str) -> None:
    read = _read(raw)
    assert read == _read(raw)
    assert all(0 <= span.span.start < span.span.end <= len(raw) for span in read.spans)


@pytest.mark.parametrize("piece", ["A. ", "1;", "Aaaa Bbbb, ", "“a ", "&amp;"])
def test_time_grows_with_the_length_alone(piece: str) -> None:
    def spent(length: int) -> float:
        text = (piece * length)[:length]
        started = time.process_time()
        _read(text)
        return time.process_time() - started

    assert_linear(spent, 1000, 4)


def _folder(folder: Path, files: dict[str, bytes], hashed: dict[str, bytes] | None = None) -> Path:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    hashes = {name: sha256(data).hexdigest() for name, data in (hashed or files).items()}
    (folder / HASHES).write_text(json.dumps(hashes), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("model", "words", "said"),
    [
        (b"no gzip", gzip.compress(b"{}"), "not a gzip file"),
        (gzip.compress(b"no model, yet as long as one" * 9), gzip.compress(b"{}"), "damaged"),
        (gzip.compress(b""), gzip.compress(b"{}"), "damaged"),
        (gzip.compress(b"x"), gzip.compress(b"[]"), "not a JSON object"),
        (gzip.compress(b"x"), gzip.compress(b'{"a": 1}'), "do not name fields"),
        (gzip.compress(b"x"), gzip.compress(b"{}")[:-9], "not a gzip file"),
    ],
)
def test_a_damaged_model_is_refused(tmp_path: Path, model: bytes, words: bytes, said: str) -> None:
    files = {REFERENCES: model, REFERENCES_LEXICON: words}
    with pytest.raises(WeightsError, match=said):
        reference_model(_folder(tmp_path, files))


def test_a_model_with_another_hash_is_refused(tmp_path: Path) -> None:
    files = {REFERENCES: gzip.compress(b"x"), REFERENCES_LEXICON: gzip.compress(b"{}")}
    other = {**files, REFERENCES: gzip.compress(b"y")}
    with pytest.raises(WeightsError, match="SHA-256"):
        reference_model(_folder(tmp_path, files, other))
