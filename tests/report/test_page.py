"""The page: whole, safe whatever stands in a title, readable, and the same every time.

After a change that is meant: `EXOCITE_GOLDEN=write pytest tests/report`, and read the difference.
"""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path

import pytest

from exocite.report import FORMATS, page
from tests.report.sample import HOSTILE, PINS, report

GOLDEN = Path(__file__).parent / "golden"
WRITE = os.environ.pop("EXOCITE_GOLDEN", "") == "write"
VOID = {"meta", "br", "input", "rect", "line"}


class Parsed(HTMLParser):
    """The elements of a page, checked for being closed in order, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names))
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.setdefault(self._open[-1] if self._open else "", []).append(data)

    def all(self, name: str) -> list[str]:
        return [attrs[name] for _, attrs in self.elements if name in attrs]


@pytest.fixture(scope="module", params=["", HOSTILE], ids=["plain", "hostile"])
def html(request: pytest.FixtureRequest) -> str:
    return page.render(report(request.param)).decode("utf-8")


@pytest.fixture(scope="module")
def parsed(html: str) -> Parsed:
    return Parsed(html)


def test_every_claim_has_one_card_and_stands_once_in_the_article(parsed: Parsed) -> None:
    ids = parsed.all("id")
    assert [one for one, count in Counter(ids).items() if count > 1] == []
    cards = [a["id"] for _, a in parsed.elements if a.get("class", "").startswith("card ")]
    assert cards == [pin.anchor for pin in PINS]
    marked = [a["id"] for _, a in parsed.elements if a.get("class", "").startswith("claim ")]
    assert marked == [f"t-{pin.anchor}" for pin in PINS]


def test_every_link_within_the_page_leads_somewhere(parsed: Parsed) -> None:
    ids = set(parsed.all("id"))
    for name in ("href", "aria-labelledby"):
        inner = [one.removeprefix("#") for one in parsed.all(name) if "://" not in one]
        assert inner
        assert set(inner) <= ids


def test_nothing_is_asked_of_any_host(html: str, parsed: Parsed) -> None:
    assert "src" not in {name for _, attrs in parsed.elements for name in attrs}
    assert not {"link", "img", "iframe", "object", "base"} & {tag for tag, _ in parsed.elements}
    outward = [one for one in parsed.all("href") if not one.startswith("#")]
    assert outward
    assert all(one.startswith("https://doi.org/10.5555/") for one in outward)
    style = "".join(parsed.text["style"])
    assert "url(" not in style
    assert "@import" not in style


def test_the_policy_lets_in_this_style_and_this_script_alone(parsed: Parsed) -> None:
    (policy,) = (
        a["content"]
        for tag, a in parsed.elements
        if a.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none';")
    for name in ("style", "script"):
        held = "".join(parsed.text[name]).encode("utf-8")
        hashed = b64encode(sha256(held).digest()).decode()
        assert f"{name}-src 'sha256-{hashed}'" in policy
    tags = Counter(tag for tag, _ in parsed.elements)
    assert (tags["script"], tags["style"]) == (1, 1)
    names = {name for _, attrs in parsed.elements for name in attrs}
    assert not [name for name in names if name.startswith("on") or name == "style"]


def test_what_a_title_holds_stays_text() -> None:
    html = page.render(report(HOSTILE)).decode("utf-8")
    assert html.count("<script>") == 1
    assert "<img" not in html
    assert "\x1b" not in html
    assert "\u202e" not in html
    assert "\\u202egnp" in html
    assert "\\x1b[31m" in html


def test_text_from_right_to_left_keeps_its_marks_and_its_direction() -> None:
    told = "שלום\u200f world\u200e"
    html = page.render(report(told)).decode("utf-8")
    assert told in html
    assert '<h1 dir="auto">' in html


def test_the_same_report_gives_the_same_bytes() -> None:
    for one in FORMATS:
        assert one.render(report(HOSTILE)) == one.render(report(HOSTILE))


def test_no_mark_is_told_by_colour_alone(html: str) -> None:
    for pin in PINS:
        at = html.index(f'class="pin s-{pin.mark.look}" href="#{pin.anchor}"')
        end = html.index("</a>", at)
        assert pin.mark.glyph in html[at:end]
        assert f'<span class="word"> {pin.mark.word}</span>' in html[at:end]


def test_without_anything_a_page_is_made() -> None:
    sample = report()
    bare = replace(
        sample.pages[0], cards=(), groups=(), sections=(), rests=(), gone=(), left_out=""
    )
    empty = replace(
        sample, pages=(bare,), works=(), found=(), not_checked=(), silent=(), revision=""
    )
    html = page.render(empty).decode("utf-8")
    Parsed(html)
    assert "Everything that was asked for was checked." in html
    assert "No sentence of this article was taken for a claim." in html


# --------------------------------------------------------------------------- colours


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb. Source: WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


STYLE = resources.files("exocite.report").joinpath("templates/report.css").read_text("utf-8")
ROOTS = re.findall(r":root \{([^}]+)\}", STYLE)


@pytest.mark.parametrize("root", ROOTS, ids=["light", "dark", "print"])
def test_text_stands_out_from_its_ground(root: str) -> None:
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", root))
    for text in ("ink", "muted", "accent", "alert"):
        for ground in ("bg", "panel", "chosen"):
            pair = sorted((luminance(colours[text]), luminance(colours[ground])))
            assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 6.9, (text, ground)


def test_every_colour_is_one_of_these() -> None:
    rest = STYLE
    for root in ROOTS:
        rest = rest.replace(root, "")
    assert len(ROOTS) == 3
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb|hsl", rest)
    assert "opacity: 0" not in rest


def test_what_is_left_out_is_said() -> None:
    html = page.render(replace(report(), suggested=False, old=3)).decode("utf-8")
    assert "Nothing is suggested here" in html.partition("</header>")[0]
    assert "3 old findings of the baseline are left out." in html
    assert "Nothing is suggested here" not in page.render(report()).decode("utf-8")


# --------------------------------------------------------------------------- golden files


@pytest.mark.parametrize("name", ["html", "md", "json"])
@pytest.mark.parametrize("hostile", ["", HOSTILE], ids=["plain", "hostile"])
def test_golden(name: str, hostile: str) -> None:
    render = next(one.render for one in FORMATS if one.name == name)
    text = render(report(hostile)).decode("utf-8")
    if name == "html":
        text = re.sub(r"(?s)(<(style|script)>).*?(?=</\2>)", r"\1", text)
        text = re.sub(r"sha256-[\w+/=]+", "sha256-", text)
    path = GOLDEN / f"{'hostile' if hostile else 'plain'}.{name}"
    if WRITE:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")
