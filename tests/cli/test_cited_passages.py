"""Claims against the works that they cite, in check; and the operating point that is asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from exocite.linking import OPERATING_POINT
from exocite.linking.coefficients import CORE
from exocite.policy import Policy
from tests.cli.conftest import Run

POINTS = CORE.operating_points
BIB = """\
@article{ku2023, author={Ku, Ying}, title={Swelling after treatment with vesicles}, year={2023},
  doi={10.5555/ku}, abstract={Swelling after the treatment fell by 21 % in the first week.}}
@article{marsh2019, author={Marsh, Peter}, title={Tea and iron}, year={2019}, doi={10.5555/marsh},
  abstract={Tea lowers the uptake of iron from bread.}}
@article{iron2021, author={Orr, Bo}, title={Something else}, year={2021}, doi={10.5555/iron},
  abstract={Bread holds iron. Many adults drink tea at meals. Iron is taken up from bread by adults.
  Tea lowers the uptake of iron from bread by 29 % in adults. More bread is eaten than tea.}}
@article{silent2020, author={Orr, Bo}, title={Something}, year={2020}, doi={10.5555/orr}}
"""
RIGHT = "Swelling after the treatment fell by 21 % in the first week"
OTHER = "Swelling after the treatment fell by 12 % in the first week"


@pytest.fixture(autouse=True)
def bibliography(folder: Path) -> None:
    (folder / "bib").mkdir()
    (folder / "bib" / "references.bib").write_text(BIB, encoding="utf-8")


def codes(run: Run, text: str, *more: str) -> list[str]:
    Path("a.md").write_text(text, encoding="utf-8")
    shown = json.loads(run("check", "a.md", "--json", "--select", "EXO4", *more).out)
    return [finding["code"] for finding in shown["findings"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{RIGHT} [@ku2023].", []),
        (f"{RIGHT} [@marsh2019].", ["EXO406"]),
        (f"{RIGHT} [@ku2023; @marsh2019].", []),
        (f"{RIGHT} [@silent2020].", []),
        (f"{RIGHT} [@marsh2019; @silent2020].", []),
        (f"{RIGHT}.", []),
        (f"{OTHER} [@ku2023].", ["EXO407"]),
        (f"{OTHER} [@marsh2019].", ["EXO406"]),
        ("Tea lowers the uptake of iron from bread by 92 % in adults [@iron2021].", ["EXO407"]),
        ("Tea lowers the uptake of iron from bread by 29 % in adults [@iron2021].", []),
        (f"{RIGHT} [@unknown].", []),
    ],
)
def test_what_is_reported_of_a_claim_that_cites(run: Run, text: str, expected: list[str]) -> None:
    assert codes(run, f"{text}\n") == expected


def test_information_alone_passes_and_a_difference_warns_in_words(run: Run) -> None:
    Path("a.md").write_text(f"{RIGHT} [@marsh2019].\n", encoding="utf-8")
    weak = run("check", "a.md", "--select", "EXO4")
    assert weak.code == 0
    assert "the abstract of marsh2019: “Tea lowers the uptake of iron from bread.”" in weak.out
    Path("a.md").write_text(f"{OTHER} [@ku2023].\n", encoding="utf-8")
    differs = run("check", "a.md", "--select", "EXO4")
    assert differs.code == 1
    assert "12 %" in differs.out
    assert "21 %" in differs.out


def test_a_verdict_silences_both(run: Run) -> None:
    for text, key in ((OTHER, "ku2023"), (RIGHT, "marsh2019")):
        assert codes(run, f"{text} [@{key}].\n") != []
        claim = json.loads(run("claims", "a.md", "--json").out)["claims"][0]["id"]
        words = "Swelling after the treatment" if key == "ku2023" else "Tea lowers"
        about = ("--claim", claim, "--key", key, "--by", "Ada", "--verdict", "partial")
        assert run("link", "a.md", *about, "--quote", words).code == 0
        assert codes(run, f"{text} [@{key}].\n") == []


def test_nothing_is_compared_when_no_rule_asks(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from exocite.project import judging

    def compared(*_: object, **__: object) -> None:
        raise AssertionError("compared")

    monkeypatch.setattr(judging, "suggestions", compared)
    assert codes(run, f"{OTHER} [@ku2023].\n", "--ignore", "EXO406,EXO407") == []
    assert codes(run, f"{OTHER} [@silent2020].\n") == []


# --------------------------------------------------------------------------- operating points


def test_the_default_is_what_ships() -> None:
    assert POINTS[Policy().operating_point] == OPERATING_POINT


def test_a_stricter_point_suggests_less_and_says_which(run: Run) -> None:
    Path("a.md").write_text("Tea drinkers take up less iron.\n", encoding="utf-8")
    shown = {}
    for name in POINTS:
        answer = json.loads(run("link", "a.md", "--json", "--at", name).out)
        assert answer["operating_point"] == {"name": name, "least": POINTS[name]}
        shown[name] = [s["confidence"] for s in answer["claims"][0]["suggestions"]]
        assert all(shown[name][:1] >= [POINTS[name]] for _ in shown[name][:1])
    counts = [len(shown[name]) for name in sorted(POINTS)]
    assert counts == sorted(counts, reverse=True)
    said = " ".join(run("link", "a.md", "--no-input", "--at", "0.9").out.split())
    assert "operating point 0.90: where it was measured, 90 of 100 such works" in said


def test_the_setting_moves_the_line_of_check(run: Run) -> None:
    text = "The swelling fell in a week, and tea did nothing [@ku2023].\n"
    Path("a.md").write_text(text, encoding="utf-8")
    confidence = json.loads(run("link", "a.md", "--json").out)["claims"][0]["suggestions"][0][
        "confidence"
    ]
    for name, least in POINTS.items():
        Path("exocite.toml").write_text(f"operating_point = {name}\n", encoding="utf-8")
        assert ("EXO406" in codes(run, text)) is (confidence < least)


@pytest.mark.parametrize("wrong", ["0.85", "high", "", "nan", "1e400"])
def test_an_unknown_point_names_the_right_ones(run: Run, wrong: str) -> None:
    Path("a.md").write_text("Tea lowers the uptake of iron.\n", encoding="utf-8")
    Path("exocite.toml").write_text(f'operating_point = "{wrong}"\n', encoding="utf-8")
    result = run("link", "a.md", "--no-input")
    assert result.code == 2
    for name in POINTS:
        assert name in result.err
