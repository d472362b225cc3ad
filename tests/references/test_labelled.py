"""Labelled pieces to fields: one table, each row a reference whose labels are given."""

from __future__ import annotations

import pytest

from exocite.model import ParsedReference
from exocite.references.labelled import labelled
from exocite.references.tagging import ReferenceModel, Stretch, stretches


class Fixed:
    """A tagger that says what it was made to say, sure to nine tenths."""

    def __init__(self, labels: str) -> None:
        self._labels = labels.split()

    def tag(self, sequence: object, /) -> list[str]:
        return self._labels

    def marginal(self, label: str, position: int, /) -> float:
        assert self._labels[position] == label
        return 0.9


def _stretches(raw: str, labels: str) -> tuple[Stretch, ...]:
    return stretches(ParsedReference(raw), ReferenceModel(Fixed(labels), {}))


def _read(raw: str, labels: str) -> dict[str, object]:
    found = labelled(_stretches(raw, labels))
    return {name: getattr(found, name) for name in found.__slots__}


@pytest.mark.parametrize(
    ("raw", "labels", "fields"),
    [
        ("In: Slow Ecology,", "container container container", {"container": "Slow Ecology"}),
        ("Life in Walls.", "container " * 3, {"container": "Life in Walls"}),
        ("Phys. Rev. D47,", "container container volume", {"container": "Phys. Rev D"}),
        ("Phys. Rev. D47,", "container container volume", {"volume": "47"}),
        ("Slow Ecology E47,", "container container volume", {"volume": "E47"}),
        ("vol. 14, no. 3,", "volume volume issue issue", {"volume": "14", "issue": "3"}),
        ("Vol.14 n°3", "volume volume issue", {"volume": "14", "issue": "3"}),
        ("14.3", "volume", {"volume": "14", "issue": "3"}),
        ("XXV(9)", "volume issue", {"volume": "XXV", "issue": "9"}),
        ("14(Suppl 2)", "volume issue issue", {"issue": "Suppl 2"}),
        ("14 (Mar.)", "volume issue", {"issue": ""}),
        ("vol. 53, no. 5-6", "volume volume issue pages", {"issue": "5-6", "pages": ""}),
        ("vol. 53, nos. 5–6, p. 9", "volume volume note volume pages pages", {"issue": "5–6"}),
        ("vol. 53, nos. 5–6, p. 9", "volume volume note volume pages pages", {"volume": "53"}),
        ("53, no. 5-6, 12.", "volume issue pages pages", {"issue": "5-6", "pages": "12"}),
        ("vol. 53, no. in", "volume volume issue note", {"issue": ""}),
        ("Article no. 12", "note issue pages", {"issue": "", "pages": "12"}),
        ("Walls, no. 7", "container note volume", {"issue": "", "volume": "7"}),
        ("vol. 53, No 12-14 St.", "volume volume note place place", {"issue": ""}),
        ("pp. 785–98.", "pages pages", {"pages": "785-798"}),
        ("p.35-9", "pages pages", {"pages": "35-39"}),
        ("P12004", "pages", {"pages": "P12004"}),
        ("Article e20476", "pages pages", {"pages": "e20476"}),
        ("S5–S9", "pages", {"pages": "S5-S9"}),
        ("“Against ‘drift’ in lichens.”", "title " * 4, {"title": "Against ‘drift’ in lichens"}),
        ("Do lichens drift?", "title " * 3, {"title": "Do lichens drift?"}),
        ("(Moss Press)", "publisher publisher", {"publisher": "Moss Press"}),
        ("[2018a].", "year", {"year": "2018"}),
        ("n.d.", "year", {"year": ""}),
        ("Berg A, et al.", "author author author author", {"et_al": True}),
    ],
)
def test_values(raw: str, labels: str, fields: dict[str, object]) -> None:
    read = _read(raw, labels)
    assert {name: read[name] for name in fields} == fields


def test_spans_and_confidence() -> None:
    raw = "Berg A.  Drift of\nlichens."
    found = _stretches(raw, "author author title title title")
    spans = labelled(found).spans
    assert [(s.name, raw[s.span.start : s.span.end], s.confidence) for s in spans] == [
        ("author", "Berg A.", 0.9),
        ("title", "Drift of\nlichens.", 0.9),
    ]
    assert labelled(found).title == "Drift of lichens"


def test_the_number_of_an_issue_is_in_its_span() -> None:
    raw = "vol. 53, no. 5-6, 2010"
    spans = labelled(_stretches(raw, "volume volume issue pages year")).spans
    assert [(s.name, raw[s.span.start : s.span.end]) for s in spans] == [
        ("volume", "vol. 53,"),
        ("issue", "no. 5-6,"),
        ("year", "2010"),
    ]


def test_a_body_is_an_author_only_where_nobody_else_is() -> None:
    assert [n.literal for n in _authors("Lichen Council. Walls.", "body body title")] == [
        "Lichen Council"
    ]
    names = _authors("Berg A. Lichen Council.", "author author body body")
    assert [name.family for name in names] == ["Berg"]


def _authors(raw: str, labels: str) -> tuple[object, ...]:
    return _read(raw, labels)["authors"]  # type: ignore[return-value]


def test_nothing_gives_nothing() -> None:
    assert _stretches(" \n", "") == ()
    assert labelled(()).spans == ()
