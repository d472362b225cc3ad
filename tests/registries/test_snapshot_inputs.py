"""What a snapshot is made of: every form is read, and nothing hostile costs more than itself."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from exocite.errors import ReadError, UsageError
from exocite.registries.crossref_record import work_from_record
from exocite.registries.snapshot import inputs
from exocite.registries.snapshot.compact import RefusedError, compact, restored, terms
from exocite.registries.snapshot.inputs import Part, Reading, Unread, parts, total
from exocite.registries.snapshot.json_stream import Bad

RECORD = {
    "DOI": "10.5555/Lamps",
    "type": "journal-article",
    "title": ["Harbour <i>lamps</i> &amp; fog"],
    "author": [{"family": "Ødegård", "given": "Åsa", "affiliation": [{"name": "X"}]}],
    "container-title": ["Journal of Lamps"],
    "issued": {"date-parts": [[2019, 3]]},
    "published-online": {"date-parts": [["2018"]]},
    "update-to": [{"DOI": "10.5555/old", "type": "correction", "updated": {"date-parts": [[2]]}}],
    "relation": {"is-preprint-of": [{"id": "10.5555/x", "id-type": "doi", "asserted-by": "y"}]},
    "reference": [{"key": "1", "unstructured": "never kept"}],
    "page": "12-19",
}
BIB = (
    "@article{a, title = {Tides {\\&} Time}, author = {Ode, A.}, doi = {10.5555/TIDES}, year=2001}"
)


def one(path: Path) -> Part:
    (part,) = parts([path])
    assert isinstance(part, Part)
    return part


def read(path: Path) -> list[Any]:
    return list(Reading(one(path)).records())


def tar(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link.json")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return path


ITEMS = json.dumps({"items": [RECORD]}).encode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", ITEMS),
        ("a.JSON.GZ", gzip.compress(ITEMS)),
        ("a.json", gzip.compress(ITEMS)),  # told by its content
        ("a.jsonl.gz", gzip.compress(ITEMS[:9]) + gzip.compress(ITEMS[9:])),
        ("a.jsonl", b"\xef\xbb\xbf" + json.dumps(RECORD).encode() + b"\r\n"),
        ("a.jsonl", json.dumps({"DOI": "10.5555/other", "message": RECORD}).encode()),
        ("a.json", json.dumps({"status": "ok", "message": {"items": [RECORD]}}).encode()),
    ],
)
def test_every_form_of_records_is_read(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert read(tmp_path / name) == [{**RECORD, "reference": []}]


def test_a_bibliography_and_works_of_our_own_are_records_too(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text(BIB, encoding="utf-8")
    ours = {"doi": "10.5555/o", "title": "Our", "year": "1999", "authors": [{"literal": "WHO"}]}
    (tmp_path / "b.jsonl").write_text(json.dumps(ours), encoding="utf-8")
    (tides,) = map(work_from_record, read(tmp_path / "a.bib"))
    assert (tides.doi, tides.title, tides.year) == ("10.5555/tides", "Tides & Time", "2001")
    assert tides.authors[0].family == "Ode"
    (own,) = map(work_from_record, read(tmp_path / "b.jsonl"))
    assert (own.doi, own.year, own.authors[0].literal) == ("10.5555/o", "1999", "WHO")


def test_an_archive_is_read_where_it_lies_whatever_its_names_say(tmp_path: Path) -> None:
    members = {"../../up.json.gz": gzip.compress(ITEMS), "/abs.jsonl": ITEMS, "notes.txt": b"x"}
    found = list(parts([tar(tmp_path / "data.tar", members)]))
    assert [part.name for part in found] == ["data.tar:../../up.json.gz", "data.tar:/abs.jsonl"]
    again = [list(Reading(part).records()) for part in parts([tmp_path / "data.tar"])]  # type: ignore[arg-type]
    assert again == [[{**RECORD, "reference": []}]] * 2
    assert [path.name for path in tmp_path.iterdir()] == ["data.tar"]


def test_folders_are_read_in_order_without_what_is_no_record(tmp_path: Path) -> None:
    for name in ("b.json", "a/z.jsonl.gz", "README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(ITEMS)
    found = [part.name for part in parts([tmp_path])]
    assert found == [f"{tmp_path.name}/a/z.jsonl.gz", f"{tmp_path.name}/b.json"]
    assert total([tmp_path]) == 2 * len(ITEMS)


PACKED = gzip.compress(ITEMS * 50)
BROKEN = [  # name, bytes, what is said
    ("a.json.gz", PACKED[:-12], "ends too early"),
    ("a.json.gz", PACKED[:30] + b"\xff" * 900, "no valid gzip"),
    ("a.json.gz", PACKED[:-8] + b"\0" * 8, "no valid gzip"),
    ("a.json", ITEMS[:-5], "ends in the middle"),
    ("a.json", "{}".encode("utf-16"), "UTF-16"),
]


@pytest.mark.parametrize(("name", "data", "reason"), BROKEN, ids=range(len(BROKEN)))
def test_a_broken_file_is_told_with_its_reason(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ReadError, match=reason):
        read(tmp_path / name)


def test_a_bomb_is_left_early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "_BOMB_FROM", 2**21)
    (tmp_path / "a.json.gz").write_bytes(gzip.compress(b" " * 2**25))
    with pytest.raises(ReadError, match="200 times its size"):
        read(tmp_path / "a.json.gz")


def test_archives_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.tar").write_bytes(b"not a tar" * 100)
    (tmp_path / "b.tar").write_bytes(gzip.compress(b"x" * 2000))
    found = list(parts([tmp_path / "a.tar", tmp_path / "b.tar"]))
    assert all(isinstance(part, Unread) for part in found)
    assert ["tar" in part.reason for part in found] == [True, True]  # type: ignore[union-attr]
    assert "compressed" in found[1].reason  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["missing.json", "a.txt", "empty"])
def test_what_is_no_input_is_refused_before_anything_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError):
        total([tmp_path / name])


# --------------------------------------------------------------------------- records


def test_a_work_out_of_what_is_kept_is_the_work_of_the_record() -> None:
    doi, data = compact(RECORD)
    assert doi == "10.5555/lamps"
    assert work_from_record(restored(data)) == work_from_record(RECORD)
    assert b"never kept" not in data


def test_every_recorded_work_is_kept_whole(shared: Path) -> None:
    lines = (shared / "data" / "crossref" / "works.jsonl").read_text("utf-8").splitlines()
    for line in lines:
        record = json.loads(line)["message"]
        assert work_from_record(restored(compact(record)[1])) == work_from_record(record)


def test_a_record_is_found_by_what_is_printed_of_it() -> None:
    found = terms(RECORD)
    assert {"harbour", "lamps", "fog", "odegard", "journal", "12", "19", "2019"} <= set(found)
    assert not {"i", "amp", "asa"} & set(found)


ODD: list[Any] = [None, 5, True, [], [[]], {}, [None], {"a": {}}, [{"family": 7}], "x", -(10**30)]


@pytest.mark.parametrize("value", ODD)
def test_fields_of_any_type_do_no_harm(value: Any) -> None:
    record = dict.fromkeys(RECORD, value) | {"DOI": "10.5555/odd"}
    doi, data = compact(record)
    assert doi == "10.5555/odd"
    assert work_from_record(restored(data)) == work_from_record(record)
    assert all(isinstance(word, str) for word in terms(record))


def test_what_cannot_be_kept_is_refused_with_its_reason() -> None:
    with pytest.raises(RefusedError, match="longer than 1 MB"):
        compact({"DOI": "10.5555/x", "title": ["x" * 10_000_000]})
    with pytest.raises(RefusedError, match="UTF-8"):
        compact({"DOI": "10.5555/x", "title": ["\udc80"]})
    with pytest.raises(RefusedError):
        restored(b"\xff")


def test_bytes_that_are_no_text_cost_their_record_alone(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"DOI": "10.5555/a", "title": "\xff"}\n{"DOI": "b"}\n')
    first, second = read(tmp_path / "a.jsonl")
    assert second == {"DOI": "b"}
    with pytest.raises(RefusedError, match="UTF-8"):
        compact(first)
    assert not isinstance(first, Bad)
