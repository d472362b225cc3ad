"""exocite sources: attach, list and detach the texts that claims are compared with."""

from __future__ import annotations

import json
import os
import shutil
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from exocite.cli.linking_text import show
from exocite.cli.terminal import Terminal
from exocite.config import load
from exocite.project import Project
from exocite.project.judging import suggestions
from exocite.project.reading import article, read
from exocite.store import Store
from tests.cli.conftest import Run
from tests.fakes.pdf import pdf
from tests.links import link_to

BIB = """\
@article{ku2023, title = {Sleep of bees}, year = {2023}, abstract = {Bees sleep five hours.}}
@misc{ada2020, title = {An interview}, year = {2020}}
@misc{noted, title = {Noted}, annote = {Says little of bees.}}
@misc{a/../../b, title = {A hostile key}}
"""
TALK = "WEBVTT\n\n00:12:31.000 --> 00:12:35.000\n<v Ada>Drones do not sleep at all.\n"


@pytest.fixture(autouse=True)
def bibliography(folder: Path) -> Path:
    (folder / "bib").mkdir()
    path = folder / "bib" / "references.bib"
    path.write_text(BIB, encoding="utf-8")
    return folder / "bib" / "sources"


def listed(run: Run, *arguments: str) -> Any:
    result = run("sources", "--json", *arguments)
    said = json.loads(result.out)
    assert said["schema"] == "exocite.sources/1"
    return said


def test_every_reference_says_what_it_can_be_compared_with(run: Run) -> None:
    result = run("sources")
    assert result.code == 0
    assert result.out.splitlines() == [
        "ku2023  abstract only",
        "    abstract  from the .bib file, 4 words",
        "ada2020  no text",
        "noted  notes only",
        "    annote  a note of yours, 4 words",
        "a/../../b  no text",
        "4 references: 1 abstract only, 1 notes only, 2 no text",
    ]


def test_abstract_only_is_said_only_where_it_is_true(
    run: Run, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.md").write_text("Bees sleep for five hours [@ku2023].\n", encoding="utf-8")
    (folder / "full.txt").write_text("Drones swim. Queens never do.", encoding="utf-8")

    def where() -> str:
        project = Project(load(folder, {}, {}))
        reading = read(project, article(project, "a.md"))
        (linking,) = suggestions(project, reading)
        capsys.readouterr()
        show(Terminal("never"), reading, linking, project.texts, project.records)
        return capsys.readouterr().out

    assert "(abstract only)" in where()
    run("sources", "ku2023", "--attach", "full.txt")
    shown = where()
    assert "(abstract)" in shown
    assert "abstract only" not in shown


def test_attach_list_and_detach(run: Run, folder: Path, bibliography: Path) -> None:
    (folder / "talk.vtt").write_text(TALK, encoding="utf-8")
    more = ("--date", "2024-05-31", "--note", "by phone", "--locator", "second call")
    result = run("sources", "ada2020", "--attach", "talk.vtt", *more)
    assert result.code == 0, result.text
    assert "attached: bib/sources/ada2020.talk.vtt" in result.out
    data = (bibliography / "ada2020.talk.vtt").read_bytes()
    assert data == TALK.encode()
    (reference,) = listed(run, "ada2020")["references"]
    assert reference["basis"] == "full text"
    (file,) = reference["files"]
    assert file["sha256"] == file["recorded"] == sha256(data).hexdigest()
    assert (file["state"], file["kind"], file["original"]) == ("same", "WebVTT", "talk.vtt")
    assert (file["date"], file["note"], file["locator"]) == (
        "2024-05-31",
        "by phone",
        "second call",
    )
    assert file["parts"] == [{"locator": "second call, 00:12:31", "words": 7}]
    shown = run("sources", "ada2020").out
    assert "second call, 00:12:31" in shown
    assert file["sha256"] in shown
    gone = run("sources", "ada2020", "--detach", "ada2020.talk.vtt")
    assert (gone.code, gone.out) == (0, "removed: bib/sources/ada2020.talk.vtt\n")
    assert not (bibliography / "ada2020.talk.vtt").exists()
    assert (bibliography / "sources.jsonl").read_bytes() == b""


def test_attaching_twice_is_attaching_once(run: Run, folder: Path, bibliography: Path) -> None:
    (folder / "a.txt").write_text("Bees sleep.", encoding="utf-8")
    (folder / "same.txt").write_text("Bees sleep.", encoding="utf-8")
    run("sources", "ku2023", "--attach", "a.txt")
    before = (bibliography / "sources.jsonl").read_bytes()
    again = run("sources", "ku2023", "--attach", "a.txt")
    assert "attached already: bib/sources/ku2023.a.txt" in again.out
    assert (bibliography / "sources.jsonl").read_bytes() == before
    run("sources", "ku2023", "--attach", "same.txt", "--note", "again")
    assert sorted(path.name for path in bibliography.iterdir()) == ["ku2023.a.txt", "sources.jsonl"]
    assert listed(run, "ku2023")["references"][0]["files"][0]["note"] == "again"


def test_another_file_of_the_name_is_replaced_only_when_asked(
    run: Run, folder: Path, bibliography: Path
) -> None:
    (folder / "a.txt").write_text("Bees sleep.", encoding="utf-8")
    run("sources", "ku2023", "--attach", "a.txt")
    (folder / "a.txt").write_text("Bees wake.", encoding="utf-8")
    refused = run("sources", "ku2023", "--attach", "a.txt")
    assert refused.code == 2
    assert "--replace" in refused.err
    assert (bibliography / "ku2023.a.txt").read_text("utf-8") == "Bees sleep."
    done = run("sources", "ku2023", "--attach", "a.txt", "--replace")
    assert "replaced: bib/sources/ku2023.a.txt" in done.out
    assert (bibliography / "ku2023.a.txt").read_text("utf-8") == "Bees wake."
    assert listed(run, "ku2023")["references"][0]["files"][0]["state"] == "same"


def test_line_ends_that_git_changed_make_no_other_file(
    run: Run, folder: Path, bibliography: Path
) -> None:
    (folder / "a.txt").write_bytes(b"Bees sleep.\nFive hours.\n")
    run("sources", "ku2023", "--attach", "a.txt")
    changed = b"Bees sleep.\r\nFive hours.\r\n"
    (bibliography / "ku2023.a.txt").write_bytes(changed)
    assert "attached already" in run("sources", "ku2023", "--attach", "a.txt").out
    assert (bibliography / "ku2023.a.txt").read_bytes() == changed
    (bibliography / "ku2023.a.txt").write_bytes(b"Bees wake.")
    recorded = run("sources", "ku2023", "--attach", "bib/sources/ku2023.a.txt")
    assert "attached: bib/sources/ku2023.a.txt" in recorded.out
    (file,) = listed(run, "ku2023")["references"][0]["files"]
    assert (file["state"], file["original"]) == ("same", "a.txt")


def test_a_file_that_changed_or_is_gone_is_said(run: Run, folder: Path, bibliography: Path) -> None:
    (folder / "a.txt").write_text("Bees sleep.", encoding="utf-8")
    run("sources", "ku2023", "--attach", "a.txt")
    (bibliography / "ku2023.a.txt").write_text("Bees never sleep.", encoding="utf-8")
    changed = run("sources")
    assert (changed.code, "changed since it was attached" in changed.out) == (0, True)
    assert listed(run, "ku2023")["references"][0]["files"][0]["words"] == 3
    (bibliography / "ku2023.a.txt").unlink()
    gone = run("sources")
    assert (gone.code, "the file is not here" in gone.out) == (3, True)
    assert listed(run, "ku2023")["references"][0]["basis"] == "abstract only"
    gone = run("sources", "ku2023", "--detach", "ku2023.a.txt")
    assert "its line was removed" in gone.out


def test_a_file_put_there_by_hand_counts_and_can_be_recorded(
    run: Run, folder: Path, bibliography: Path
) -> None:
    bibliography.mkdir()
    (bibliography / "ku2023.txt").write_text("Bees sleep.", encoding="utf-8")
    (bibliography / "ku2023.srt").write_text("1\n00:00:01,0 --> 00:00:02,0\nHm.", encoding="utf-8")
    result = run("sources")
    assert "put there by hand" in result.out
    assert "bib/sources/ku2023.srt: no reference was named for it" in result.err
    for name in ("ku2023.txt", "ku2023.srt"):
        assert run("sources", "ku2023", "--attach", f"bib/sources/{name}").code == 0
    found = listed(run)
    assert [file["state"] for file in found["references"][0]["files"]] == ["same", "same"]
    assert [file["name"] for file in found["references"][0]["files"]] == [
        "ku2023.srt",
        "ku2023.txt",
    ]
    assert found["unclaimed"] == []


def test_a_hostile_citekey_stays_inside_the_folder(
    run: Run, folder: Path, bibliography: Path
) -> None:
    (folder / "x.txt").write_text("Bees sleep.", encoding="utf-8")
    result = run("sources", "a/../../b", "--attach", "x.txt")
    assert result.code == 0, result.text
    assert sorted(path.name for path in bibliography.iterdir()) == [
        "a_._._b.x.txt",
        "sources.jsonl",
    ]
    everything = {path.relative_to(folder).as_posix() for path in folder.rglob("*.txt")}
    assert everything == {"x.txt", "bib/sources/a_._._b.x.txt"}
    assert listed(run, "a/../../b")["references"][0]["basis"] == "full text"


def test_a_line_that_names_a_path_is_said_and_not_followed(
    run: Run, folder: Path, bibliography: Path
) -> None:
    (folder / "secret.txt").write_text("A secret.", encoding="utf-8")
    bibliography.mkdir()
    line = {"key": "ku2023", "file": "../../secret.txt", "kind": "text"}
    (bibliography / "sources.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    result = run("sources")
    assert "sources.jsonl:1: file is a path" in result.err
    assert "abstract only" in result.out
    assert run("sources", "ku2023", "--detach", "../../secret.txt").code == 2
    assert (folder / "secret.txt").exists()


BAD: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "empty.txt: is empty"),
    "blank.pdf": (b" \n", "blank.pdf: is empty"),
    "binary.txt": (bytes(range(256)), "binary.txt"),
    "latin1.txt": ("One.\nCafé.".encode("latin-1"), "latin1.txt:2: is not UTF-8"),
    "frame.html": (b"<html><script>run()</script></html>", "no text was found in it"),
    "bomb.xml": (b'<!DOCTYPE a [<!ENTITY b "c">]><article/>', "declares an entity of its own"),
    "nothing.xml": (b"<article/>", "no text was found in it"),
    "talk.srt": (b"no times", "holds no subtitle with a time"),
    "paper.docx": (b"PK\x03\x04", "does not know this kind of file"),
    "noending": (b"Bees sleep.", "does not know this kind of file"),
    "pages.pdf": (pdf([]), "has no pages"),
    "scan.pdf": (pdf([[]]), "no text layer"),
    "\x1b[2J.txt": (b"\xff", "\\x1b[2J.txt"),
}


@pytest.mark.parametrize(
    "name", [*BAD, "missing.txt", "missing", "folder", "folder.txt", "loop.txt"]
)
def test_a_file_that_cannot_be_attached(
    run: Run, folder: Path, bibliography: Path, name: str
) -> None:
    if name.endswith(".pdf"):
        pytest.importorskip("pypdf")
    if os.name == "nt" and not name.isprintable():
        pytest.skip("Windows has no such file")
    said = name
    if name in BAD:
        data, said = BAD[name]
        (folder / name).write_bytes(data)
    for made in ("folder", "folder.txt"):
        (folder / made).mkdir()
    if name == "loop.txt":
        link_to(folder / name, name)
    result = run("sources", "ku2023", "--attach", name)
    assert result.code == 2
    assert said in result.err
    assert "help: " in result.err
    assert "\x1b" not in result.text
    assert not bibliography.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--attach", "x.txt"),
        ("--detach", "x.txt"),
        ("ku2023", "--attach", "x.txt", "--detach", "x.txt"),
        ("ku2023", "--note", "n"),
        ("ku2023", "--replace"),
        ("unknown", "--attach", "x.txt"),
        ("unknown",),
        ("ku2023", "--detach", "x.txt"),
        ("ku2023", "--attach", "x.txt", "--date", "yesterday"),
        ("ku2023", "--attach", "x.txt", "--date", "2024-02-30"),
        ("ku2023", "--attach", "x.txt", "--note", "two\nlines"),
    ],
)
def test_what_cannot_be_asked(run: Run, folder: Path, arguments: tuple[str, ...]) -> None:
    (folder / "x.txt").write_text("Bees sleep.", encoding="utf-8")
    result = run("sources", *arguments)
    assert result.code == 2
    assert result.err.startswith("error: ")
    assert not (folder / "bib" / "sources").exists()


def test_a_link_is_copied_as_the_file_that_it_leads_to(
    run: Run, folder: Path, bibliography: Path
) -> None:
    (folder / "real.txt").write_text("Bees sleep.", encoding="utf-8")
    link_to(folder / "link.txt", "real.txt")
    assert run("sources", "ku2023", "--attach", "link.txt").code == 0
    copy = bibliography / "ku2023.link.txt"
    assert (copy.is_symlink(), copy.read_text("utf-8")) == (False, "Bees sleep.")
    copy.unlink()
    link_to(copy, folder / "real.txt")
    refused = run("sources", "ku2023", "--attach", "link.txt", "--replace")
    assert refused.code == 2
    assert (folder / "real.txt").read_text("utf-8") == "Bees sleep."
    unread = run("sources")
    assert unread.code == 3
    assert "leads out of sources/" in unread.out


def test_an_interrupt_leaves_whole_files(
    run: Run, folder: Path, bibliography: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.txt").write_text("Bees sleep.", encoding="utf-8")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Store, "write_attachments", interrupted)
        assert run("sources", "ku2023", "--attach", "a.txt").code == 130
    assert [path.name for path in bibliography.iterdir()] == ["ku2023.a.txt"]
    assert run("sources", "ku2023", "--attach", "a.txt").code == 0
    assert listed(run, "ku2023")["references"][0]["files"][0]["state"] == "same"


def test_a_pdf_gives_pages_and_without_the_extra_a_message(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pypdf")
    (folder / "paper.pdf").write_bytes(pdf([["Bees sleep."], ["Drones do not."], []]))
    assert run("sources", "ku2023", "--attach", "paper.pdf").code == 0
    shown = run("sources", "ku2023").out
    assert "PDF, 5 words, 2 pages" in shown
    assert "p. 2  3 words" in shown
    assert "1 of 3 pages hold no text: p. 3" in shown
    monkeypatch.setitem(sys.modules, "pypdf", None)
    assert run("sources").code == 0, "what was read before is known without the extra"
    shutil.rmtree(folder / ".exocite")
    without = run("sources")
    assert without.code == 3
    assert "pip install 'exocite[pdf]'" in without.out
    (folder / "a.md").write_text("Bees sleep five hours a night.\n", encoding="utf-8")
    refused = run("link", "a.md", "--no-input")
    assert refused.code == 3
    assert "not compared: ku2023" in refused.err
    assert "pip install 'exocite[pdf]'" in refused.err
    (folder / "a.md").write_text("Bees sleep five hours a night [@ku2023].\n", encoding="utf-8")
    checked = run("check", "a.md", "--select", "EXO101", "--ignore", "EXO101")
    assert checked.code == 3
    assert "1 text not compared with" in checked.out


def test_a_passage_of_an_attached_text_is_linked_with_its_place(run: Run, folder: Path) -> None:
    (folder / "talk.vtt").write_text(TALK, encoding="utf-8")
    (folder / "a.md").write_text("Drones do not sleep at all [@ku2023].\n", encoding="utf-8")
    run("sources", "ku2023", "--attach", "talk.vtt")
    (claim,) = json.loads(run("link", "a.md", "--json").out)["claims"]
    passage = claim["suggestions"][0]["passage"]
    assert (passage["field"], passage["locator"]) == ("file", "00:12:31")
    assert "Drones do not sleep" in passage["text"]
    judged = ("--verdict", "supported", "--by", "Ada", "--key", "ku2023")
    assert run("link", "a.md", "--claim", claim["id"], *judged).code == 0
    gone = run("sources", "ku2023", "--detach", "ku2023.talk.vtt")
    assert "1 accepted passage stood in it" in gone.out
    assert "no longer in the text" in run("check", "a.md").text
