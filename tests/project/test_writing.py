"""Accepted links written into files of any make: nothing else changes, and all is read back."""

from __future__ import annotations

import codecs
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exocite import anchors, config, weights
from exocite.errors import ReadError
from exocite.model import Evidence
from exocite.project import Project, judging, writing
from exocite.project.reading import article, read

BIB = """\
@article{ku2023, author={Ku, Ying and Lee, Ann and Orr, Bo}, title={Vesicles of cells in health},
  year={2023}, abstract={Exosomes carry RNA between cells. They were found in 1983.}}
@article{marsh2019, author={Marsh, Peter and Lee, Ann}, title={Evening caffeine and deep sleep},
  year={2019}, abstract={Caffeine reduces deep sleep by 20 percent.}}
@article{simic2020, author={Šimić, Ana}, title={Tea and the uptake of iron}, year={2020},
  abstract={Tea lowers the uptake of iron in adults.}}
"""
MODEL = weights.claim_model()
KEYS = ("ku2023", "marsh2019", "simic2020")
SENTENCES = (
    "Exosomes carry RNA between cells.",
    "Caffeine reduces deep sleep by 20 %.",
    "**Tea lowers the uptake of iron** in 9 of 10 adults!",
    "They say “exosomes measure 30 to 150 nm.”",
    "Exosomes were found in the U.S. in 1983 [@ku2023].",
    "Half of all men sleep badly [see @marsh2019, p. 3].",
    "See `f(x)` in 12 of 15 cells, *etc.*",
    "Who would not like to sleep?",
    "A link [reduces](https://example.org/a_b) stress by 12 %.",
    "Iron &amp; tea bind 3 mg of zinc…",
)


def project(folder: Path) -> Project:
    (folder / "bib").mkdir(exist_ok=True)
    (folder / "bib" / "references.bib").write_bytes(BIB.encode())
    made = Project(config.load(folder, {}))
    made.detector = MODEL
    return made


def accept(made: Project, path: Path, chosen: Sequence[int], encoding: str = "") -> None:
    """Accept a passage for each claim, by turns of another work; KEYS has no fourth."""
    reading = read(made, article(made, str(path), encoding=encoding))
    links = []
    for claim, choice in zip(reading.claims, chosen, strict=False):
        if choice < len(KEYS):
            quote = made.texts[KEYS[choice]][0].text.split(".")[0]
            found = judging.quotation(made, claim, KEYS[choice], quote)
            anchor = anchors.make(reading.article.source, claim.span)
            name = made.named(reading.article.path)
            links.append(
                Evidence(
                    name, claim.id, anchor, found.key, "", found.passage, found.relation, 1.0, "Ada"
                )
            )
    made.store.write_evidence([*made.evidence.items, *links])
    made.forget("evidence")


@settings(max_examples=25, deadline=None)
@given(
    sentences=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8),
    gaps=st.lists(
        st.sampled_from([" ", "\n", "\r\n", "\r\n\r\n", "\n\n- "]), min_size=8, max_size=8
    ),
    chosen=st.lists(st.integers(0, 3), min_size=8, max_size=8),
    mark=st.booleans(),
)
def test_what_is_written_is_read_back_and_nothing_else_moves(
    sentences: list[str], gaps: list[str], chosen: list[int], mark: bool
) -> None:
    text = "".join(s + gap for s, gap in zip(sentences, gaps, strict=False))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "a.md"
        path.write_bytes((codecs.BOM_UTF8 if mark else b"") + text.encode())
        made = project(folder)
        accept(made, path, chosen)
        planned = writing.plan(made, str(path))
        rest = planned.after.removeprefix(codecs.BOM_UTF8).decode()
        assert planned.after.startswith(codecs.BOM_UTF8) is mark
        for one in reversed(planned.insertions):
            at = one.at + sum(len(o.text) for o in planned.insertions if o.at < one.at)
            assert rest[at : at + len(one.text)] == one.text
            rest = rest[:at] + rest[at + len(one.text) :]
        assert rest == text
        before = {
            claim.id: writing.lacking(planned.reading, claim) for claim in planned.reading.claims
        }
        writing.write(made, planned)
        again = writing.plan(made, str(path))
        assert again.insertions == ()
        assert again.left_out == planned.left_out
        left = {(one.claim, key) for one in planned.left_out for key in one.keys}
        old = planned.reading.claims
        assert [c.id for c in again.reading.claims] == [c.id for c in old]
        for claim, was in zip(again.reading.claims, old, strict=True):
            cited = [k for m in claim.citations for i in m.items for k in i.keys]
            was_cited = [k for m in was.citations for i in m.items for k in i.keys]
            new = [key for key, _ in before[claim.id] if (claim.id, key) not in left]
            assert sorted(cited) == sorted(was_cited + new)
            accepted = again.reading.standings.of[claim.id].accepted
            assert accepted == planned.reading.standings.of[claim.id].accepted


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (codecs.BOM_UTF16_LE + f"{SENTENCES[0]}\r\n".encode("utf-16-le"), ""),
        (codecs.BOM_UTF16_BE + f"{SENTENCES[0]}\n".encode("utf-16-be"), ""),
        (f"é {SENTENCES[0]}\r".encode("latin-1"), "latin-1"),
        (f"é {SENTENCES[0]}".encode("cp1252"), "windows-1252"),
        (codecs.BOM_UTF8 + SENTENCES[0].encode(), "utf-8"),
    ],
)
def test_encoding_mark_and_line_ends_stay(tmp_path: Path, data: bytes, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    made = project(tmp_path)
    accept(made, path, [1], encoding)
    planned = writing.plan(made, str(path), encoding=encoding)
    (one,) = planned.insertions
    assert one.text == " (Marsh & Lee, 2019)"
    name = planned.reading.article.encoding
    assert planned.after.replace(one.text.encode(name), b"") == data


def test_a_letter_that_the_encoding_lacks_is_left_out_or_a_reference(tmp_path: Path) -> None:
    made = project(tmp_path)
    plain, page = tmp_path / "a.txt", tmp_path / "a.html"
    plain.write_bytes(SENTENCES[0].encode("latin-1"))
    page.write_bytes(f"<p>{SENTENCES[0]}</p>".encode("latin-1"))
    for path in (plain, page):
        accept(made, path, [2], "latin-1")
    (left,) = writing.plan(made, str(plain), encoding="latin-1").left_out
    assert "cannot be written in the file's encoding" in left.reason
    planned = writing.plan(made, str(page), encoding="latin-1")
    assert b"cells (&#352;imi&#263;, 2020).</p>" in planned.after


def test_bytes_that_the_text_does_not_give_back_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(f"{SENTENCES[0]} \x1b$B\x1b(B".encode())
    made = project(tmp_path)
    accept(made, path, [1], "iso2022-jp")
    with pytest.raises(ReadError, match="does not give its bytes back"):
        writing.plan(made, str(path), encoding="iso2022-jp")


def test_digits_that_lost_their_height_are_counted_on(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(
        b"Exosomes carry RNA between 12 cells.1 Caffeine reduces deep sleep in healthy adults.2 "
        b"Tea lowers the uptake of iron.3 Half of all men sleep badly.\n\nReferences\n\n"
        b"1. Ku Y, Lee A. Vesicles of cells in health. 2023.\n"
        b"2. Marsh P, Lee A. Evening caffeine and deep sleep. 2019.\n"
        b"3. Simic A. Tea and the uptake of iron. 2020.\n"
    )
    made = project(tmp_path)
    accept(made, path, [3, 0, 3, 3])
    planned = writing.plan(made, str(path))
    assert planned.left_out == ()
    assert b"adults.2,1 Tea" in planned.after or b"adults.1,2 Tea" in planned.after
