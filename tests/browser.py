"""Chromium as tests drive it, and what they ask of any page: contrast, axe-core's rules, what it
fetched.

Needs Debian's chromium and chromium-driver, selenium, and for axe-core the package
axe-playwright-python, of which only the script is read. Where one is missing the tests that need it
are skipped; with BROWSER_TESTS=required, as in CI, they fail.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn

import pytest

REQUIRED = os.environ.get("BROWSER_TESTS") == "required"
LEAST_CONTRAST = 6.9
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--window-size=1440,900",
)


@contextmanager
def chromium(home: Path) -> Iterator[Any]:
    """A browser that writes into this folder only."""
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not (program and driver):
        _missing("chromium and chromedriver (Debian: chromium, chromium-driver)")
    if find_spec("selenium") is None:
        _missing("selenium")
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = program
    for flag in (*_FLAGS, f"--user-data-dir={home / 'profile'}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = webdriver.ChromeService(driver, env={**os.environ, "HOME": str(home)})
    made = webdriver.Chrome(options=options, service=service)
    try:
        yield made
    finally:
        made.quit()


def _missing(what: str) -> NoReturn:
    if REQUIRED:
        pytest.fail(f"not here, and BROWSER_TESTS=required: {what}")
    pytest.skip(f"not here: {what}")


def size(driver: Any, width: int, height: int = 900) -> None:
    """Have the page think that the window is so large, in CSS pixels."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def media(driver: Any, kind: str = "", **features: str) -> None:
    """Emulate a medium ("print", "" for the screen) and its features, `_` for `-`."""
    told = [
        {"name": name.replace("_", "-"), "value": value}
        for name, value in ({"prefers_reduced_motion": "reduce"} | features).items()
    ]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": kind, "features": told})


def fetched(driver: Any) -> Sequence[str]:
    """The requests since the last call, as the browser logged them."""
    return [
        entry["message"]
        for entry in driver.get_log("performance")
        if "Network.requestWillBeSent" in entry["message"]
    ]


def complaints(driver: Any) -> Sequence[Mapping[str, Any]]:
    """What the browser's console said since the last call: refusals of the policy, errors."""
    return [entry for entry in driver.get_log("browser") if entry["level"] != "INFO"]


@cache
def _axe() -> str:
    # The package itself wants playwright, which nobody needs for the script that it brings along.
    found = find_spec("axe_playwright_python")
    if found is None or not found.submodule_search_locations:
        _missing("axe-playwright-python")
    return (Path(found.submodule_search_locations[0]) / "axe.min.js").read_text("utf-8")


def violations(driver: Any) -> list[str]:
    """What axe-core finds wrong with the page as it is now, and where."""
    driver.execute_cdp_cmd("Runtime.evaluate", {"expression": _axe()})
    found = driver.execute_async_script(
        "const done = arguments[0];"
        "axe.run(document).then((r) => done(r.violations.map((v) => "
        "v.id + ': ' + v.nodes.map((n) => n.html.slice(0, 200)).join(' | '))),"
        "(error) => done(['axe did not run: ' + error]))"
    )
    return list(found)


def contrast(driver: Any) -> tuple[float, str]:
    """The least contrast of a text that is shown with its background, and that text."""
    least, text = driver.execute_script(_CONTRAST)
    return round(float(least), 2), str(text)


_CONTRAST = r"""
const light = (c) => {
  const [r, g, b] = c.match(/[\d.]+/g).map(Number).slice(0, 3).map((v) => v / 255)
    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ground = (e) => {
  for (; e; e = e.parentElement) {
    const c = getComputedStyle(e).backgroundColor;
    if (c !== 'rgba(0, 0, 0, 0)') return c;
  }
  return 'rgb(255, 255, 255)';
};
let least = 99, text = '';
for (const e of document.querySelectorAll('body *')) {
  if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
  if (!e.checkVisibility() || e.closest('script, style')) continue;
  const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
  const ratio = (a + 0.05) / (b + 0.05);
  if (ratio < least) [least, text] = [ratio, e.textContent.slice(0, 80)];
}
return [least, text];
"""
