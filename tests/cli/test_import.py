"""exocite add with other programs' files, lists of identifiers and standard input."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.fakes.arxiv import FakeArxiv, Preprint
from tests.fakes.crossref import FakeCrossref

RIS = """\
TY  - JOUR
ID  - okafor2021
AU  - Okafor, Ngozi
TI  - Theanine and sleep
PY  - 2021
DO  - 10.5555/theanine
C1  - mine
ER  -

TY  - BOOK
AU  - Marsh, Peter
TI  - Tea
PY  - 2019
ER  -
"""
NBIB = """\
PMID- 12345678
OWN - NLM
TI  - Evening caffeine.
FAU - Marsh, Peter
DP  - 2019
LID - 10.5555/caffeine [doi]
"""
XML = (
    '<?xml version="1.0"?><xml><records><record><ref-type name="Book">6</ref-type><titles><title>'
    "Deep</title></titles><dates><year>2020</year></dates></record></records></xml>"
)
CSL = '[{"id": "doe2020", "type": "book", "title": "On tea", "issued": {"date-parts": [[2020]]}}]'
BIB = "@book{roe1999,\n  title = {A},\n}\n"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Put bytes on standard input."""

    def put(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return put


def bib() -> str:
    return Path("bib/references.bib").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "text", "keys"),
    [
        ("refs.ris", RIS, ["okafor2021", "marsh2019"]),
        ("refs.nbib", NBIB, ["marsh2019"]),
        ("refs.xml", XML, ["deep2020"]),
        ("refs.json", CSL, ["doe2020"]),
        ("refs.bib", BIB, ["roe1999"]),
    ],
)
def test_every_format_is_added_once(
    run: Run, folder: Path, name: str, text: str, keys: list[str]
) -> None:
    (folder / name).write_bytes(text.encode())
    first = json.loads(run("add", "--json", name).out)
    assert [(one["key"], one["new"]) for one in first["added"]] == [(key, True) for key in keys]
    before = bib()
    again = run("add", name)
    assert (again.code, again.out.count("there already"), bib()) == (0, len(keys), before)


@pytest.mark.parametrize("text", [RIS, NBIB, XML, CSL, BIB])
def test_standard_input_is_read_by_its_content(
    run: Run, folder: Path, typed: Callable[[bytes], None], text: str
) -> None:
    typed(text.encode())
    result = run("add", "-")
    assert (result.code, "added to bib/references.bib" in result.out) == (0, True)
    assert bib().startswith("@")


def test_what_is_kept_and_left_out_is_said(run: Run, folder: Path) -> None:
    (folder / "a.ris").write_bytes(RIS.encode())
    (folder / "b.nbib").write_bytes(NBIB.encode())
    result = run("add", "a.ris", "b.nbib")
    assert "kept as: ris-c1 (1)" in result.err
    assert "left out: OWN (1)" in result.err
    assert "ris-c1 = {mine}" in bib()


def test_a_broken_record_is_named_and_the_others_are_added(run: Run, folder: Path) -> None:
    (folder / "a.ris").write_bytes(b"stray\n" + RIS.encode())
    result = run("add", "--from", "ris", "a.ris")
    assert (result.code, "a.ris:1: " in result.err) == (1, True)
    assert "2 references added" in result.out


def test_the_rest_of_the_bibliography_keeps_every_byte(run: Run, folder: Path) -> None:
    old = '% mine\r\n@Book{x,\r\n\ttitle = "X",\r\n\tyear = 2000\r\n}\r\n'
    (folder / "bib").mkdir()
    (folder / "bib" / "references.bib").write_bytes(old.encode())
    (folder / "a.json").write_bytes(CSL.encode())
    assert run("add", "a.json").code == 0
    new = (folder / "bib" / "references.bib").read_bytes().decode()
    assert new == old + '\r\n@Book{doe2020,\r\n\ttitle = "On tea",\r\n\tyear = 2020\r\n}\r\n'


def test_a_key_of_another_work_is_not_taken(run: Run, folder: Path) -> None:
    (folder / "a.ris").write_bytes(RIS.encode())
    (folder / "b.ris").write_bytes(RIS.replace("theanine", "other").encode())
    assert run("add", "a.ris", "b.ris").code == 0
    assert "@article{okafor2021a," in bib()
    assert "source-key = {okafor2021}" in bib()


def test_a_key_at_the_end_of_the_alphabet_of_clashes(run: Run, folder: Path) -> None:
    records = "".join(
        f"TY  - BOOK\nAU  - Marsh, P\nTI  - Tea {n}\nPY  - 2019\nER  -\n" for n in range(30)
    )
    (folder / "a.ris").write_bytes(records.encode())
    added = json.loads(run("add", "--json", "a.ris").out)["added"]
    assert [one["key"] for one in added][:2] == ["marsh2019", "marsh2019a"]
    assert len({one["key"] for one in added}) == 30


def test_a_list_of_identifiers_is_looked_up(
    run: Run, folder: Path, registry: FakeCrossref, archive: FakeArxiv
) -> None:
    (folder / "ids.txt").write_bytes(b"10.5555/theanine\narXiv:2101.00001\n10.5555/nobody\n")
    options = ("--crossref-url", registry.url)
    result = run("add", "ids.txt", *options)
    assert (result.code, result.out.count("added: ")) == (1, 2)
    assert "ids.txt:3: doi 10.5555/nobody: the registries that were asked hold no" in result.err
    assert "eprint = {2101.00001}" in bib()
    again = run("add", "ids.txt", *options)
    assert again.out.count("there already") == 2


def test_what_could_not_be_looked_up_is_not_checked(run: Run, folder: Path) -> None:
    result = run("add", "--offline", "ISBN 978-3-16-148410-0", "pmid:12345678")
    assert (result.code, result.err.count("was not looked up")) == (3, 2)


@pytest.fixture
def archive(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeArxiv]:
    with FakeArxiv([Preprint("2101.00001", "Tea preprint")]) as fake:
        monkeypatch.setenv("EXOCITE_ARXIV_URL", fake.url)
        yield fake


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "--from", "word", "a.ris"), "no format of references"),
        (("add", "gone.ris"), "there is no such file"),
        (("add", "prose.txt"), "does not look like references"),
        (("add", "no-doi"), "neither a DOI"),
        (("add", "."), "neither a DOI"),
    ],
)
def test_a_mistake_is_explained(
    run: Run, folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    (folder / "prose.txt").write_bytes(b"Tea is good.\n")
    result = run(*arguments)
    assert (result.code, said in result.err) == (2, True)


def test_escapes_of_a_terminal_do_not_come_through(run: Run, folder: Path) -> None:
    (folder / "a.ris").write_bytes(b"TY  - BOOK\nTI  - \x1b[2Jx\nC1  - \x1b[1m\nER  - \n")
    result = run("add", "a.ris")
    assert "\x1b" not in result.text
    assert "\x1b" not in bib()


MIXED = """\
Hello Ann,

here are the papers:

1. Okafor, Ngozi, and Lena Brandt. "Theanine and sleep: a trial." Sleep
   Trials 12.3 (2021): 101-110.
2. Smith J, Doe A. Tea and sleep. J Sleep. 2020;3(2):1-9.

and also https://doi.org/10.5555/caffeine

@string{jj = {Journal of J}}
@article{ku2023, author = {Ku, Y}, title = {Vesicles}, journal = jj, year = 2023}

Best, Bo
"""


def test_text_of_the_clipboard(
    run: Run, folder: Path, registry: FakeCrossref, typed: Callable[[bytes], None]
) -> None:
    typed(MIXED.encode())
    result = run("add", "-", "--crossref-url", registry.url)
    assert result.code == 0, result.text
    added = [line.split()[1] for line in result.out.splitlines() if line.startswith("added")]
    assert added == ["ku2023", "okafor2021", "smith2020", "marsh2019"]
    assert "passed over, no reference: lines 1, 3, 14" in result.err
    text = (folder / "bib" / "references.bib").read_text(encoding="utf-8")
    assert "journal = {Journal of J}" in text
    typed(MIXED.encode())
    again = run("add", "-", "--crossref-url", registry.url)
    assert "0 references added" in again.out


def test_a_slip_in_a_list_is_no_prose(
    run: Run, folder: Path, registry: FakeCrossref, typed: Callable[[bytes], None]
) -> None:
    typed(b"10.5555/caffeine\n10.55 / theanine\n")
    result = run("add", "-", "--crossref-url", registry.url)
    assert result.code == 1
    assert "standard input:2: no DOI" in result.err
