"""The page in a real browser: keys, filter, sorting, narrow windows, print, no foreign script.

`pytest -m slow tests/report/test_browser.py`; tests/browser.py says what it needs.
"""

from __future__ import annotations

from base64 import b64decode
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from exocite.report import charts, page
from exocite.report.data import Cited
from tests.browser import (
    LEAST_CONTRAST,
    chromium,
    complaints,
    contrast,
    fetched,
    media,
    size,
    violations,
)
from tests.report.sample import HOSTILE, PINS, report

pytestmark = pytest.mark.slow
ARABIC = "الشاي يقلل امتصاص الحديد"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with chromium(tmp_path_factory.mktemp("browser")) as driver:
        yield driver


@pytest.fixture(params=["", HOSTILE], ids=["plain", "hostile"])
def opened(browser: Any, request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    return _opened(browser, tmp_path, request.param)


@pytest.fixture
def plain(browser: Any, tmp_path: Path) -> Any:
    return _opened(browser, tmp_path, "")


def _opened(browser: Any, folder: Path, hostile: str) -> Any:
    path = folder / "report.html"
    path.write_bytes(page.render(report(hostile)))
    size(browser, 1280)
    media(browser)
    fetched(browser)
    complaints(browser)
    browser.get(path.as_uri())
    return browser


def keys(browser: Any, *pressed: str) -> None:
    from selenium.webdriver import ActionChains

    for key in pressed:
        ActionChains(browser).send_keys(key).perform()


def shown(browser: Any) -> list[str]:
    """The anchors of the cards that can be seen."""
    return browser.execute_script(
        "return [...document.querySelectorAll('.card')].filter(c => c.offsetParent).map(c => c.id)"
    )


def script(browser: Any, code: str) -> Any:
    return browser.execute_script(f"return {code}")


def test_nothing_is_refused_loaded_or_run(opened: Any) -> None:
    assert complaints(opened) == []
    asked = fetched(opened)
    assert any('"url":"file:' in one for one in asked)
    assert not [one for one in asked if '"url":"http' in one]
    assert script(opened, "document.scripts.length") == 1
    with pytest.raises(Exception, match="no such alert"):
        _ = opened.switch_to.alert.text


def test_keys_walk_through_the_claims(opened: Any) -> None:
    assert shown(opened) == ["c1"]
    keys(opened, "j")
    assert shown(opened) == ["c2"]
    assert script(opened, "document.activeElement.hash") == "#c2"
    assert script(opened, "location.hash") == "#c2"
    assert script(opened, "document.getElementById('told').textContent").startswith("Claim 2 of 3")
    keys(opened, "j", "j")
    assert shown(opened) == ["c3"]
    keys(opened, "[")
    assert shown(opened) == ["c2"]
    keys(opened, "[")
    assert shown(opened) == ["c2"]
    keys(opened, "k")
    assert shown(opened) == ["c1"]
    keys(opened, "]")
    assert shown(opened) == ["c2"]


def test_help_opens_and_keys_can_be_switched_off(opened: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    keys(opened, "?")
    assert script(opened, "document.getElementById('help').open")
    opened.find_element("id", "single").click()
    keys(opened, Keys.ESCAPE, "j")
    assert not script(opened, "document.getElementById('help').open")
    assert shown(opened) == ["c1"]


def test_the_filter_leaves_the_claims_of_one_mark(opened: Any) -> None:
    opened.find_element("css selector", "#show option[value=uncited]").click()
    assert shown(opened) == ["c3"]
    off = "[...document.querySelectorAll('.claim.off')].map(c => c.id)"
    assert script(opened, off) == ["t-c1", "t-c2"]
    opened.execute_script("document.activeElement.blur()")
    keys(opened, "/", "h", "e", "l", "p", "s")
    assert script(opened, "document.getElementById('find').value") == "helps"


def test_references_are_sorted(opened: Any) -> None:
    rows = "[...document.querySelectorAll('.sortable tbody tr')].map(r => r.id)"
    head = opened.find_element("css selector", ".sortable th:nth-child(2) button")
    opened.execute_script("arguments[0].scrollIntoView({block: 'center'})", head)
    head.click()
    first = script(opened, rows)
    heads = "[...document.querySelectorAll('.sortable th[scope=col]')]"
    assert script(opened, f"{heads}.map(h => h.getAttribute('aria-sort')).filter(Boolean)") == [
        "descending"
    ]
    opened.execute_script("arguments[0].scrollIntoView({block: 'center'})", head)
    head.click()
    assert script(opened, rows) == first[::-1]
    sorted_by = "document.querySelector('.sortable th:nth-child(2)').getAttribute('aria-sort')"
    assert script(opened, sorted_by) == "ascending"
    assert script(opened, "document.querySelectorAll('[aria-sort]').length") == 1


def test_a_link_leads_to_its_claim(opened: Any) -> None:
    opened.get(opened.current_url.partition("#")[0] + "#c3")
    assert shown(opened) == ["c3"]
    opened.find_element("css selector", "a.pin[href='#c2']").click()
    assert shown(opened) == ["c2"]


def test_in_a_narrow_window_nothing_is_cut_off(opened: Any) -> None:
    size(opened, 320)
    opened.refresh()
    assert script(opened, "document.documentElement.scrollWidth") <= 320
    keys(opened, "j")
    assert shown(opened) == ["c2"]
    assert script(opened, "document.getElementById('c2').closest('article') !== null")


def test_without_script_and_in_print_all_cards_are_there(opened: Any) -> None:
    keys(opened, "j", "j", "k")
    opened.execute_script("dispatchEvent(new Event('beforeprint'))")
    media(opened, "print")
    assert shown(opened) == [pin.anchor for pin in PINS]
    media(opened)
    opened.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    opened.refresh()
    opened.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert shown(opened) == [pin.anchor for pin in PINS]
    assert script(opened, "document.querySelector('.tools').hidden")


def test_on_paper_the_claims_are_numbered_endnotes(opened: Any) -> None:
    keys(opened, "j")
    printed = b64decode(opened.execute_cdp_cmd("Page.printToPDF", {})["data"])
    text = " ".join(
        " ".join(one.extract_text() for one in PdfReader(BytesIO(printed)).pages).split()
    )
    article, _, notes = text.partition("Claims")
    for number, glyph in ((1, "✓"), (2, "↻"), (3, "?")):
        assert f"{glyph}{number}" in article.replace(" ", "")
    for words in ("1 ✓ supported · AE", "2 ↻ stale", "3 ? uncited", "Ada Example", "retracted"):
        assert words in notes
    assert "previous" not in text
    assert "Perhaps." not in text
    assert shown(opened) == ["c2"]


CHARTED = {
    "few": {2019: 3, 2023: 1},
    "every year": {year: 7 + year % 90 for year in range(1984, 2024)},
    "hundreds": {year: 99 + year % 160 for year in range(1984, 2024)},
}
BOXES = """
return [...document.querySelectorAll(arguments[0])].map(one => {
    const box = one.getBoundingClientRect();
    return [box.left, box.top, box.right, box.bottom];
});
"""


def charted(counts: dict[int, int]) -> bytes:
    """The report where so many claims rest on a work of each year."""
    whole = report()
    (of_sample,) = whole.pages
    works = [
        replace(whole.works[1], anchor=f"y{year}", key=f"k{year}", year=str(year))
        for year in counts
    ]
    cards = [
        replace(of_sample.cards[2], cited=(Cited("x", f"y{year}"),))
        for year, count in counts.items()
        for _ in range(count)
    ]
    rests, resting = charts.rests(cards, works)
    drawn = replace(
        of_sample,
        rests=tuple(replace(bar, anchor="w1") for bar in rests),
        resting=resting,
        years=charts.years(cards, works),
    )
    return page.render(replace(whole, pages=(drawn,)))


def boxes(browser: Any, selector: str) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of each element in pixels."""
    return [tuple(box) for box in browser.execute_script(BOXES, selector)]


@pytest.mark.parametrize("wide", [1280, 320])
@pytest.mark.parametrize("name", CHARTED)
def test_charts_are_drawn(browser: Any, tmp_path: Path, name: str, wide: int) -> None:
    counts = CHARTED[name]
    step = 2 if name == "hundreds" else 1
    gathered: Counter[int] = Counter()
    for year, count in counts.items():
        gathered[year // step] += count
    path = tmp_path / "report.html"
    path.write_bytes(charted(counts))
    size(browser, wide)
    media(browser)
    browser.get(path.as_uri())
    years = boxes(browser, ".years rect")
    assert len(years) == len(gathered)
    assert all(right - left > 1 and bottom - top > 0.5 for left, top, right, bottom in years)
    tallest = max(bottom - top for _, top, _, bottom in years)
    most = max(gathered.values())
    for count, (_, top, _, bottom) in zip(gathered.values(), years, strict=True):
        assert bottom - top == pytest.approx(tallest * count / most, abs=1)
    for one, other in pairwise(years):
        assert one[2] <= other[0]
    words = boxes(browser, ".years text")
    assert words
    for (left, top, right, bottom), (other, upper, last, lower) in combinations(words, 2):
        apart = right <= other or last <= left or bottom <= upper or lower <= top
        assert apart, (name, wide)
    shares = boxes(browser, ".coverage .bar rect.full")
    tracks = boxes(browser, ".coverage .bar rect.track")
    assert len(shares) == len(tracks) == 3 + min(5, len(counts))
    for share, track in zip(shares, tracks, strict=True):
        assert track[2] - track[0] > 50
        assert track[3] - track[1] > 5
        assert track[0] - 0.5 <= share[0] <= share[2] <= track[2] + 0.5
    # "All of it" and the first section have supported claims, the second has none.
    assert [right - left > 5 for left, _, right, _ in shares[:3]] == [True, True, False]
    assert all(right - left > 0.5 for left, _, right, _ in shares[3:])


def test_axe_finds_no_violation(opened: Any) -> None:
    opened.execute_script("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert violations(opened) == []
    keys(opened, "?")
    assert violations(opened) == []


@pytest.mark.parametrize("wide", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out(plain: Any, scheme: str, wide: int) -> None:
    size(plain, wide)
    media(plain, prefers_color_scheme=scheme)
    assert violations(plain) == []
    plain.execute_script("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert contrast(plain) >= (LEAST_CONTRAST, "")
    keys(plain, "j", "?")
    assert contrast(plain) >= (LEAST_CONTRAST, "")


def test_every_text_stands_out_on_paper(plain: Any) -> None:
    for scheme in ("light", "dark"):
        media(plain, "print", prefers_color_scheme=scheme)
        assert contrast(plain) >= (LEAST_CONTRAST, "")


def test_nothing_moves_for_those_who_want_no_motion(plain: Any) -> None:
    scrolling = "getComputedStyle(document.documentElement).scrollBehavior"
    assert script(plain, scrolling) == "auto"
    media(plain, prefers_reduced_motion="no-preference")
    assert script(plain, scrolling) == "smooth"


def test_text_from_right_to_left_is_set_so(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    html = page.render(report()).decode("utf-8")
    assert "Iron falls." in html
    path.write_text(html.replace("Iron falls.", ARABIC), encoding="utf-8")
    browser.get(path.as_uri() + "#c3")
    for place in ("#t-c3", "#c3 .said"):
        within = f"getComputedStyle(document.querySelector('{place}').closest('[dir]')).direction"
        assert script(browser, within) == "rtl"
    assert script(browser, "getComputedStyle(document.querySelector('#t-c1')).direction") == "ltr"
