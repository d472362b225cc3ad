"""Notebooks and Word documents on the command line: places are shown, verdicts hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.documents import docx, field, notebook, paragraph, zotero

CLAIM = "In a trial of 30 adults, theanine shortened the time to fall asleep by 12 minutes"
OTHER = "Caffeine after 6 p.m. reduces the length of deep sleep by 20 %"
ITEM = {
    "title": "Theanine and sleep: a trial",
    "author": [{"family": "Okafor", "given": "Ngozi"}],
    "container-title": "Sleep Trials",
    "issued": {"date-parts": [[2021]]},
    "DOI": "10.5555/theanine",
}


def word(*, lead: str = "Green tea holds caffeine.", claim: str = CLAIM) -> bytes:
    return docx(
        paragraph("Green tea and sleep", style="Titel"),
        paragraph(lead),
        paragraph(f"{claim} ", field(zotero({"id": 12, "itemData": ITEM}), "(Okafor, 2021)"), "."),
        paragraph("Risks", style="berschrift1"),
        paragraph("Who?", "<w:r><w:br/></w:r>", f"{OTHER} ", field(zotero({"id": 99}), "[9]"), "."),
    )


def book() -> bytes:
    return notebook(
        ("markdown", "# Green tea and sleep\n\nGreen tea holds caffeine."),
        ("code", "print('Caffeine kills 5 % of all mice [@none].')"),
        ("markdown", f"## Risks\n\nWho knows?\n{OTHER} [@nobody2020]."),
        *[("code", "x = 1")] * 8,
        ("markdown", "Sun ages the skin of 40 % of adults [@nowhere2021]."),
    )


def claims(run: Run, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("claims", name, "--json").out)["claims"]
    return found


def test_a_notebook_is_checked_cell_by_cell(run: Run, folder: Path) -> None:
    (folder / "paper.ipynb").write_bytes(book())
    checked = run("check", "paper.ipynb", "--select", "EXO102")
    assert checked.code == 1
    assert checked.out.splitlines()[:9] == [
        "paper.ipynb:cell 2:4:66: EXO102 error: “nobody2020” names no entry of the bibliography",
        f"     4 | {OTHER} [@nobody2020].",
        f"       | {' ' * 65}^^^^^^^^^^",
        "       help: add the reference with `exocite add`",
        "",
        "paper.ipynb:cell 11:1:39: EXO102 error: “nowhere2021” names no entry of the bibliography",
        "     1 | Sun ages the skin of 40 % of adults [@nowhere2021].",
        f"       | {' ' * 38}^^^^^^^^^^^",
        "       help: add the reference with `exocite add`",
    ]
    told = json.loads(run("check", "paper.ipynb", "--select", "EXO102", "--format", "json").out)
    places = [(one["place"], one["line"], one["column"]) for one in told["findings"]]
    assert places == [("cell 2", 4, 66), ("cell 11", 1, 39)]
    shown = [(one["place"], one["line"]) for one in claims(run, "paper.ipynb")]
    assert ("cell 2", 4) in shown
    assert "paper.ipynb:cell 2:4:1  " in run("claims", "paper.ipynb").out
    assert "paper.ipynb:cell 2:4:1  " in run("link", "paper.ipynb", "--no-input").out


def test_a_text_format_has_no_places(run: Run, folder: Path) -> None:
    (folder / "a.md").write_text(f"{OTHER} [@nobody2020].\n", encoding="utf-8")
    told = json.loads(run("check", "a.md", "--format", "json").out)
    assert all("place" not in one for one in (*told["findings"], *claims(run, "a.md")))


def test_a_word_document_from_its_fields_to_a_verdict(run: Run, folder: Path) -> None:
    path = folder / "paper.docx"
    path.write_bytes(word())
    added = run("add", "--from-article", "paper.docx")
    assert (added.code, "okafor2021" in added.out) == (0, True), added.text
    checked = run("check", "paper.docx", "--select", "EXO102")
    assert "paper.docx:paragraph 5:2:64: EXO102 error: “99” names no entry" in checked.out
    assert f"     2 | {OTHER} [9].\n" in checked.out
    found = next(one for one in claims(run, "paper.docx") if "theanine" in one["text"])
    assert (found["place"], found["line"], found["column"]) == ("paragraph 3", 1, 1)
    assert [one["key"] for one in found["citations"]] == ["okafor2021"]
    bib = folder / "bib" / "references.bib"
    note = (
        "annote = {Theanine shortened sleep onset by 12 minutes in a trial of thirty adults. Mood "
        "did not change at all.},"
    )
    text = bib.read_text("utf-8").replace("{okafor2021,", "{okafor2021,\n  " + note)
    bib.write_text(text, encoding="utf-8")
    quote = "Theanine shortened sleep onset by 12 minutes in a trial of thirty adults."
    about = ("--claim", found["id"], "--key", "okafor2021", "--quote", quote, "--by", "Ada")
    given = run("link", "paper.docx", *about, "--verdict", "supported")
    assert given.code == 0, given.text
    assert "1 supported" in run("check", "paper.docx").out.splitlines()[-1]
    path.write_bytes(word(lead="Another sentence. Green tea holds caffeine."))
    assert "1 supported" in run("check", "paper.docx").out.splitlines()[-1]
    path.write_bytes(word(claim=CLAIM.replace("30", "300")))
    again = run("check", "paper.docx", "--select", "EXO4").out
    assert "0 supported" in again.splitlines()[-1]
    assert "paper.docx:paragraph 3:1:1: EXO4" in again


@pytest.mark.parametrize(("name", "data"), [("a.docx", word()), ("a.ipynb", book())])
def test_nothing_is_written_into_them(run: Run, folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)
    refused = run("link", name, "--write", "--no-input")
    assert refused.code == 2
    assert f"{name}: citations cannot be written in this format yet" in refused.err
    assert (folder / name).read_bytes() == data


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docx", b"PK\x03\x04", "a.docx: is no DOCX, or a broken one"),
        ("a.docx", b"\xd0\xcf\x11\xe0", "a.docx: is no DOCX: it is an old Office document"),
        ("a.txt", word(), "a DOCX is read where its name ends in .docx"),
        ("a.ipynb", b"{\x1b[31m", "a.ipynb:1:2: is no notebook: it is not JSON"),
        ("a.ipynb", b"{}", "a.ipynb: is no Jupyter notebook"),
    ],
)
def test_what_is_none_is_one_clear_message(
    run: Run, folder: Path, name: str, data: bytes, said: str
) -> None:
    (folder / name).write_bytes(data)
    for command in ("claims", "check"):
        refused = run(command, name)
        assert refused.code == 2
        assert said in refused.err
        assert "\x1b" not in refused.text
