"""The copy as a Word document: whole XML, a comment at each claim, read back as it was."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from exocite import readers
from exocite.report import SIGN, word
from tests.report.sample import HOSTILE, report

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module", params=["", HOSTILE + "\ufffe\x00\ud800"], ids=["plain", "hostile"])
def data(request: pytest.FixtureRequest) -> bytes:
    return word.render(report(request.param))


def part(data: bytes, name: str) -> ET.Element:
    with ZipFile(BytesIO(data)) as archive:
        return ET.fromstring(archive.read(name))


def test_every_part_is_xml_and_named(data: bytes) -> None:
    with ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        assert names[0] == "[Content_Types].xml"
        for name in names:
            ET.fromstring(archive.read(name))
        types = archive.read("[Content_Types].xml").decode()
    assert SIGN.encode() in data[:2000]
    for name in names[3:]:
        assert f'"/{name}"' in types


def test_each_claim_has_a_comment_by_those_who_judged(data: bytes) -> None:
    comments = part(data, "word/comments.xml").findall(f"{W}comment")
    told = [(c.get(f"{W}id"), c.get(f"{W}author"), c.get(f"{W}initials")) for c in comments]
    assert told == [("1", "Ada Example", "AE"), ("2", "exocite", "exo"), ("3", "exocite", "exo")]
    assert comments[0].get(f"{W}date") == "2026-01-30T09:00:00Z"
    document = part(data, "word/document.xml")
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert [one.get(f"{W}id") for one in document.iter(f"{W}{name}")] == ["1", "2", "3"]
    said = "".join(comments[0].itertext())
    for words in ("supported by Ada Example on Ku, 2023", "Theanine helped.", "p. 3", "RETRACTED"):
        assert words in said


def test_the_article_is_read_back() -> None:
    article = readers.read("copy.docx", word.render(report()))
    told = [(str(block.kind), block.text) for block in article.blocks]
    assert ("paragraph", "Tea helps [1]. Well. Tea keeps 30 awake.") in told
    assert ("list item", "Iron falls.") in told
    assert any(kind in {"title", "heading"} and text == "Tea" for kind, text in told)


def test_old_findings_are_named() -> None:
    document = part(word.render(replace(report(), old=1)), "word/document.xml")
    assert "1 old finding of the baseline is left out." in "".join(document.itertext())
