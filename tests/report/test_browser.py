"""The page in a real browser: keys, filter, sorting, narrow windows, print, no foreign script.

Needs Debian's chromium and chromium-driver (apt) and selenium (pip); skipped without them. Run with
`pytest -m slow tests/report`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from exocite.report import page
from tests.report.sample import HOSTILE, PINS, report

pytestmark = pytest.mark.slow

selenium = pytest.importorskip("selenium", reason="selenium is not installed")
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if not (CHROMIUM and DRIVER):
        pytest.skip("no chromium with its chromedriver is here")
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture(params=["", HOSTILE], ids=["plain", "hostile"])
def opened(browser: Any, request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    path = tmp_path / "report.html"
    path.write_bytes(page.render(report(request.param)))
    size(browser, 1280, 900)
    calm = {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", calm)
    browser.get(path.as_uri())
    return browser


def size(browser: Any, width: int, height: int) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
    )


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
    assert opened.get_log("browser") == []
    asked = [
        entry["message"]
        for entry in opened.get_log("performance")
        if "Network.requestWillBeSent" in entry["message"] and '"url":"http' in entry["message"]
    ]
    assert asked == []
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
    size(opened, 320, 800)
    opened.refresh()
    assert script(opened, "document.documentElement.scrollWidth") <= 320
    keys(opened, "j")
    assert shown(opened) == ["c2"]
    assert script(opened, "document.getElementById('c2').closest('article') !== null")


def test_without_script_and_in_print_all_cards_are_there(opened: Any) -> None:
    keys(opened, "j", "j", "k")
    opened.execute_script("dispatchEvent(new Event('beforeprint'))")
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert shown(opened) == [pin.anchor for pin in PINS]
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    opened.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    opened.refresh()
    opened.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert shown(opened) == [pin.anchor for pin in PINS]
    assert script(opened, "document.querySelector('.tools').hidden")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(opened: Any, scheme: str) -> None:
    axe = pytest.importorskip("axe_core_python", reason="axe-core-python is not installed")
    code = (Path(axe.__file__).parent / "axe.min.js").read_text("utf-8")
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    opened.execute_script(code)
    found = opened.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "axe.run(document).then(r => done(r.violations.map(v => "
        "v.id + ': ' + v.nodes.map(n => n.html.slice(0, 200)).join(' | '))))"
    )
    assert found == []
