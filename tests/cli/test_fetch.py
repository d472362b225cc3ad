"""exocite sources --fetch: open full texts from a local Europe PMC, and every other ending."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from exocite.project.attaching import put
from exocite.store import Store
from tests.cli.conftest import Result, Run
from tests.fakes.europepmc import FakeEuropePmc, Held, article
from tests.fakes.faults import Fault
from tests.links import link_to

DOI = "10.5555/lamps"
BIB = f"""\
@article{{lamps, title = {{Harbour lamps}}, doi = {{{DOI}}}, abstract = {{Lamps were watched.}}}}
@article{{closed, title = {{Closed}}, url = {{https://doi.org/10.5555/closed}}}}
@article{{elsewhere, title = {{Elsewhere}}, doi = {{10.5555/elsewhere}}}}
@book{{nameless, title = {{A book without a number}}}}
"""
XML = article(DOI, pmcid="PMC100", pmid="7001")
OPEN = Held(DOI, "PMC100", "7001", xml=XML)
WORKS = [OPEN, Held("10.5555/closed", "PMC200", is_open=False)]
CLOSED = "http://127.0.0.1:9"
FILE = "lamps.PMC100.xml"

Fetch = Callable[..., Result]
Serve = Callable[..., FakeEuropePmc]


@pytest.fixture(autouse=True)
def shelf(folder: Path) -> Path:
    (folder / "bib").mkdir()
    (folder / "bib" / "references.bib").write_text(BIB, encoding="utf-8")
    return folder / "bib" / "sources"


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Start a fake archive, which the environment then names."""
    with ExitStack() as stack:

        def served(*works: Held, faults: tuple[Fault, ...] = ()) -> FakeEuropePmc:
            fake = stack.enter_context(FakeEuropePmc(works or WORKS, faults=faults))
            monkeypatch.setenv("EXOCITE_EUROPEPMC_URL", fake.url)
            return fake

        yield served


def in_json(result: Result) -> Any:
    said = json.loads(result.out)
    assert said["schema"] == "exocite.sources/1"
    return said


def manifest(shelf: Path) -> list[dict[str, str]]:
    lines = (shelf / "sources.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_open_full_texts_are_fetched_and_the_rest_is_said(
    run: Run, serve: Serve, shelf: Path
) -> None:
    fake = serve()
    result = run("sources", "--fetch")
    assert result.code == 0, result.text
    assert (shelf / FILE).read_bytes() == XML
    (line,) = manifest(shelf)
    assert line.pop("attached").endswith("Z")
    assert line == {
        "key": "lamps",
        "file": FILE,
        "sha256": sha256(XML).hexdigest(),
        "kind": "JATS",
        "original": "PMC100.xml",
        "origin": f"{fake.url}/PMC100/fullTextXML",
        "licence": "cc by",
    }
    said = result.out.splitlines()
    assert said[:2] == ["lamps: fetched", f"    bib/sources/{FILE}"]
    assert "    licence: cc by" in said
    assert f"    fetched from: {fake.url}/PMC100/fullTextXML" in said
    assert said[-6:] == [
        "closed: not open",
        "    Europe PMC knows it as PMC200, but holds no open full text of it",
        "elsewhere: not held",
        "    Europe PMC holds no open full text of it",
        "not asked: 1 reference without a DOI, PMCID or PMID",
        "3 references: 1 fetched, 1 not open, 1 not held",
    ]


def test_a_fetched_text_is_compared_with_claims(run: Run, serve: Serve, folder: Path) -> None:
    serve()
    run("sources", "--fetch")
    assert "lamps  full text" in run("sources").out
    (folder / "a.md").write_text("The lamps of the harbour were lit at six [@lamps].\n", "utf-8")
    (claim,) = json.loads(run("link", "a.md", "--json").out)["claims"]
    assert claim["suggestions"][0]["passage"]["locator"] == "Results"


def test_what_is_there_is_not_asked_for_again(run: Run, serve: Serve, shelf: Path) -> None:
    fake = serve()
    run("sources", "--fetch")
    asked = len(fake.requests)
    again = run("sources", "--fetch")
    assert "not asked: 1 reference with a full text already" in again.out
    assert [request.parameters.get("query") for request in fake.requests[asked:]] == [
        'DOI:"10.5555/closed"',
        'DOI:"10.5555/elsewhere"',
    ]


def test_the_same_bytes_change_nothing(run: Run, serve: Serve, shelf: Path) -> None:
    serve()
    run("sources", "--fetch")
    before = (shelf / "sources.jsonl").read_bytes()
    for arguments in (("lamps", "--fetch"), ("lamps", "--fetch", "--update")):
        again = run("sources", *arguments)
        assert again.code == 0
        assert again.out.startswith("lamps: unchanged\n")
        assert (shelf / "sources.jsonl").read_bytes() == before
    changed = XML.replace(b"\n", b"\r\n")
    (shelf / FILE).write_bytes(changed)
    assert run("sources", "lamps", "--fetch").out.startswith("lamps: unchanged\n")
    assert (shelf / FILE).read_bytes() == changed


def test_another_version_replaces_the_old_only_when_asked(
    run: Run, serve: Serve, shelf: Path
) -> None:
    fake = serve()
    run("sources", "--fetch")
    newer = article(DOI, body="<p>The lamps were lit at seven.</p>")
    fake.works[0] = replace(OPEN, xml=newer, licence="cc0")
    kept = run("sources", "lamps", "--fetch")
    assert (kept.code, kept.out.splitlines()[0]) == (0, "lamps: kept")
    assert "--update puts the new one in its place" in " ".join(kept.out.split())
    assert (shelf / FILE).read_bytes() == XML
    updated = run("sources", "--fetch", "--update")
    assert "lamps: updated" in updated.out
    assert (shelf / FILE).read_bytes() == newer
    (line,) = manifest(shelf)
    assert (line["sha256"], line["licence"]) == (sha256(newer).hexdigest(), "cc0")


def test_a_file_of_ones_own_stays_beside_it(
    run: Run, serve: Serve, folder: Path, shelf: Path
) -> None:
    serve()
    (folder / "mine.txt").write_text("The lamps are lit.", encoding="utf-8")
    run("sources", "lamps", "--attach", "mine.txt")
    assert "1 reference with a full text already" in run("sources", "--fetch", "--update").out
    assert not (shelf / FILE).exists()
    assert "lamps: fetched" in run("sources", "lamps", "--fetch").out
    assert [line["file"] for line in manifest(shelf)] == [FILE, "lamps.mine.txt"]


def test_the_same_text_attached_by_hand_learns_its_origin(
    run: Run, serve: Serve, folder: Path, shelf: Path
) -> None:
    fake = serve()
    (folder / "paper.xml").write_bytes(XML)
    run("sources", "lamps", "--attach", "paper.xml", "--note", "from the author")
    assert "lamps: unchanged" in run("sources", "lamps", "--fetch").out
    (line,) = manifest(shelf)
    assert (line["file"], line["original"]) == ("lamps.paper.xml", "paper.xml")
    assert (line["note"], line["origin"]) == (
        "from the author",
        f"{fake.url}/PMC100/fullTextXML",
    )


def test_other_bytes_put_by_hand_lose_the_origin(
    run: Run, serve: Serve, folder: Path, shelf: Path
) -> None:
    serve()
    run("sources", "--fetch")
    (folder / "PMC100.xml").write_bytes(XML.replace(b"six", b"nine"))
    assert run("sources", "lamps", "--attach", "PMC100.xml", "--replace").code == 0
    (line,) = manifest(shelf)
    assert line["file"] == FILE
    assert not {"origin", "licence"} & line.keys()
    for word in ("fetched", "unchanged"):
        assert f"lamps: {word}" in run("sources", "lamps", "--fetch", "--update").out
        assert b"nine" in (shelf / FILE).read_bytes(), "a person's file is not replaced"
    assert len(manifest(shelf)) == 2


@pytest.mark.parametrize(
    ("fields", "query"),
    [
        (f"doi = {{https://doi.org/{DOI.upper()}}}", f'DOI:"{DOI}"'),
        ("pmcid = {PMC100}", "PMCID:PMC100"),
        ("pmcid = {100}", "PMCID:PMC100"),
        ("url = {https://www.ncbi.nlm.nih.gov/pmc/articles/PMC100/}", "PMCID:PMC100"),
        ("pmid = {7001}", "EXT_ID:7001 AND SRC:MED"),
        ("eprinttype = {pubmed}, eprint = {7001}", "EXT_ID:7001 AND SRC:MED"),
        (f"doi = {{{DOI}}}, pmid = {{1}}", f'DOI:"{DOI}"'),
    ],
)
def test_by_what_a_work_is_asked_for(
    run: Run, serve: Serve, folder: Path, fields: str, query: str
) -> None:
    fake = serve()
    (folder / "bib" / "references.bib").write_text(f"@misc{{lamps, {fields}}}\n", "utf-8")
    assert "lamps: fetched" in run("sources", "--fetch").out
    assert fake.requests[0].parameters["query"] == query


def test_a_note_may_name_another_work_and_is_not_asked_by(
    run: Run, serve: Serve, folder: Path
) -> None:
    fake = serve()
    entry = "@misc{lamps, note = {Comment on PMID 7001, PMC100}}\n"
    (folder / "bib" / "references.bib").write_text(entry, "utf-8")
    assert run("sources", "--fetch").code == 0
    named = run("sources", "lamps", "--fetch")
    assert named.code == 3
    assert "it has no DOI, PMID or PMCID to ask by" in named.out
    assert "again" not in named.out
    assert fake.requests == []


# --------------------------------------------------------------------------- what is not attached

BOMB = b'<!DOCTYPE a [<!ENTITY b "cccccccc"><!ENTITY d "&b;&b;">]>' + XML.partition(b"\n")[2]
DEEP = article(DOI, body="<sec>" * 300 + "</sec>" * 300)
REFUSED: dict[str, tuple[bytes, str]] = {
    "another DOI": (article("10.5555/other"), "says that it is of DOI 10.5555/other, and"),
    "no DOI": (article(pmid="7001"), "has no DOI, and was asked for as 10.5555/lamps"),
    "half": (XML[: len(XML) // 2], "is not well-formed XML"),
    "bomb": (BOMB, "declares an entity of its own"),
    "deep": (DEEP, "more than 200 elements inside one another"),
    "no JATS": (b"<note><p>Hm.</p></note>", "is no JATS article"),
    "json": (b'{"error": "no"}', "is not well-formed XML"),
    "not UTF-8": (XML.replace(b"six", b"\xff"), "is not UTF-8"),
    "binary": (bytes(range(256)), "PMC100.xml"),
    "escapes": (article("10.5555/\u009b31m"), "10.5555/\\x9b31m"),
    "large": (article(DOI, body="<p>" + "lamp " * 4_100_000 + "</p>"), "larger than 20 MB"),
    "page": (b"<!DOCTYPE html><html><body>Log in</body></html>", "a web page"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_text_of_this_work_is_refused(
    run: Run, serve: Serve, shelf: Path, name: str
) -> None:
    data, said = REFUSED[name]
    serve(replace(OPEN, xml=data))
    result = run("sources", "lamps", "--fetch")
    assert result.code == 3
    assert result.out.startswith("lamps: not checked\n")
    assert said in " ".join(result.out.split())
    assert "neither confirmed nor doubted" in result.out
    assert not any(c in result.text for c in ("\x1b", "\u009b"))
    assert not shelf.exists()


def test_an_abstract_alone_is_no_full_text(run: Run, serve: Serve, shelf: Path) -> None:
    serve(replace(OPEN, xml=XML[: XML.index(b"<body>")] + b"</article>"))
    result = run("sources", "lamps", "--fetch")
    assert (result.code, result.out.splitlines()[0]) == (0, "lamps: not open")
    assert "no more than title and abstract" in result.out
    assert not shelf.exists()


def test_an_outage_is_not_checked(run: Run, shelf: Path) -> None:
    result = run("sources", "--fetch", "--europepmc-url", CLOSED)
    assert result.code == 3
    assert result.out.count("could not be reached: the connection was refused") == 3
    assert "3 references: 3 not checked" in result.out
    assert result.out.endswith("is neither confirmed nor doubted; try again later\n")
    assert not shelf.exists()


def test_a_failure_of_one_leaves_the_others(run: Run, serve: Serve, shelf: Path) -> None:
    serve(faults=(Fault("html", times=1),))
    result = run("sources", "closed", "lamps", "lamps", "--fetch")
    assert result.code == 3
    assert [line for line in result.out.splitlines() if line[0] != " "] == [
        "closed: not checked",
        "lamps: fetched",
        "2 references: 1 fetched, 1 not checked",
        "what was not checked is neither confirmed nor doubted; try again later",
    ]
    assert (shelf / FILE).exists()


def test_json_says_the_same(run: Run, serve: Serve) -> None:
    serve(faults=(Fault("html", path="search", after=2),))
    result = run("sources", "--fetch", "--json")
    assert result.code == 3
    said = in_json(result)
    assert [(one["key"], one["outcome"], one["file"]) for one in said["fetched"]] == [
        ("lamps", "fetched", FILE),
        ("closed", "not open", ""),
        ("elsewhere", "not checked", ""),
    ]
    assert said["not_asked"] == {"with_text": 0, "without_identifier": 1}
    assert [one["key"] for one in said["references"]] == ["lamps", "closed", "elsewhere"]
    (file,) = said["references"][0]["files"]
    assert (file["licence"], file["origin"].rpartition("/")[2]) == ("cc by", "fullTextXML")


def test_nothing_to_fetch(run: Run, folder: Path) -> None:
    (folder / "bib" / "references.bib").write_text("@misc{a, title = {A}}\n", "utf-8")
    result = run("sources", "--fetch", "--europepmc-url", CLOSED)
    assert (result.code, result.out.splitlines()[-1]) == (0, "0 references")
    assert in_json(run("sources", "--fetch", "--json"))["references"] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("--update",),
        ("lamps", "--update"),
        ("--mailto", "desk@example.org"),
        ("--europepmc-url", CLOSED),
        ("lamps", "--fetch", "--attach", "x.txt"),
        ("lamps", "--fetch", "--detach", "x.txt"),
        ("lamps", "--fetch", "--note", "n"),
        ("lamps", "closed", "--attach", "x.txt"),
        ("unknown", "--fetch"),
        ("--fetch", "--europepmc-url", "ftp://example.org"),
        ("--fetch", "--europepmc-url", "http://user:secret@127.0.0.1"),
        ("--fetch", "--mailto", "nobody"),
    ],
)
def test_what_cannot_be_asked(run: Run, folder: Path, arguments: tuple[str, ...]) -> None:
    (folder / "x.txt").write_text("Lamps.", encoding="utf-8")
    result = run("sources", *arguments)
    assert result.code == 2
    assert result.err.startswith("error: ")
    assert not (folder / "bib" / "sources").exists()


def test_a_link_in_its_place_is_left_alone(
    run: Run, serve: Serve, folder: Path, shelf: Path
) -> None:
    serve()
    (folder / "secret.txt").write_text("A secret.", encoding="utf-8")
    shelf.mkdir()
    link_to(shelf / FILE, folder / "secret.txt")
    result = run("sources", "lamps", "--fetch", "--update")
    assert result.code == 0
    assert (folder / "secret.txt").read_text("utf-8") == "A secret."
    assert (shelf / FILE).is_symlink()
    (line,) = manifest(shelf)
    assert line["file"] != FILE
    assert (shelf / line["file"]).read_bytes() == XML


# --------------------------------------------------------------------------- cut short


def test_an_interrupt_keeps_what_was_fetched_and_says_so(
    run: Run, serve: Serve, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(OPEN, Held("10.5555/closed", "PMC200", xml=article("10.5555/closed")))
    monkeypatch.setattr("exocite.project.fetching.put", _Once())
    result = run("sources", "--fetch", "--json")
    assert result.code == 130
    assert "done before the interrupt: 1 reference: 1 fetched" in result.err
    assert [path.name for path in sorted(shelf.iterdir())] == [FILE, "sources.jsonl"]
    assert [line["file"] for line in manifest(shelf)] == [FILE]


class _Once:
    """`put`, and an interrupt the second time."""

    calls = 0

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        self.calls += 1
        if self.calls == 2:
            raise KeyboardInterrupt
        return put(*arguments, **named)


def test_an_interrupt_between_the_file_and_its_line_is_mended(
    run: Run, serve: Serve, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Store, "write_attachments", interrupted)
        assert run("sources", "lamps", "--fetch").code == 130
    assert [path.name for path in shelf.iterdir()] == [FILE]
    assert run("sources", "lamps", "--fetch").out.startswith("lamps: fetched\n")
    assert [line["file"] for line in manifest(shelf)] == [FILE]
    assert (shelf / FILE).read_bytes() == XML
