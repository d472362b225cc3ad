"""The review in a real browser, by keyboard alone. Needs selenium, chromium and chromedriver.

Where the environment names axe-core's script (AXE_CORE), its rules are asked too.
"""

from __future__ import annotations

import os
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from waitress.server import create_server

from benchmarks.review_page import make
from exocite import config
from exocite.review import serving
from exocite.review.guard import Guard
from exocite.review.session import Session
from exocite.review.web import app
from tests.review.conftest import ARTICLE, BIB, Opened, said

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not here")
from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="chromium is not here"),
]

Visit = Callable[[Session], "Tab"]


class Tab:
    """A tab of the browser, and what a person presses in it."""

    def __init__(self, driver: Any, address: str) -> None:
        self.driver = driver
        self.address = address
        driver.get(address)
        self.until(lambda: self.js("return document.documentElement.classList.contains('js')"))

    def js(self, script: str, *values: object) -> Any:
        return self.driver.execute_script(script, *values)

    def text(self, id_: str) -> str:
        return str(self.js("return document.getElementById(arguments[0]).textContent", id_))

    def until(self, true: Callable[[], object]) -> None:
        end = time.monotonic() + 10
        while not true():
            assert time.monotonic() < end, self.driver.page_source[:3000]
            time.sleep(0.02)

    def press(self, *keys: str) -> None:
        ActionChains(self.driver).send_keys(*keys).perform()

    def hears(self, words: str, id_: str = "said") -> None:
        """Wait until the page says so."""
        self.until(lambda: words in self.text(id_))

    def claim(self, number: int) -> None:
        """Wait until this claim is shown and its heading has the focus."""
        self.until(
            lambda: self.js(
                "return document.activeElement.id === 'claim-title' && "
                "document.activeElement.textContent.startsWith(`Claim ${arguments[0]} `)",
                number,
            )
        )


@pytest.fixture
def driver(folder: Path) -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.add_argument("--window-size=1440,900")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    made = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield made
    made.quit()


@pytest.fixture
def visit(driver: Any) -> Iterator[Visit]:
    """Serve a session and open it in a tab."""
    servers = []

    def visiting(session: Session) -> Tab:
        listener = serving.listen(0)
        guard = Guard(listener.getsockname()[1])
        server = create_server(app(session, guard), sockets=[listener])
        Thread(target=server.run, daemon=True).start()
        servers.append(server)
        return Tab(driver, guard.address)

    yield visiting
    for server in servers:
        server.close()


def test_the_whole_review_by_keyboard_alone(visit: Visit, session: Session, folder: Path) -> None:
    tab = visit(session)
    assert "token" not in tab.driver.current_url
    assert tab.js("return document.activeElement.id") == "by"
    tab.press("Ada Example", Keys.ENTER)
    tab.hears("recorded by Ada Example")
    tab.claim(1)
    tab.press("s")
    tab.hears("choose a passage first", "card-problem")
    tab.press("1", "s")
    tab.claim(2)
    tab.hears("supported by Ada Example: recorded")
    tab.press("1", "s")
    tab.hears("say where it stands", "card-problem")
    assert tab.js("return document.activeElement.id") == "locator"
    tab.press("p. 4", Keys.ENTER)
    assert len(said(folder)) == 1
    tab.press(Keys.ESCAPE, "s")
    tab.claim(3)
    tab.press("x")
    tab.hears("exempt by Ada Example")
    tab.press("u")
    tab.hears("taken back")
    tab.press("k")
    tab.claim(2)
    tab.press("k")
    tab.claim(1)
    tab.press(
        "e", "marsh2019", Keys.TAB, "Coffee does so too.", Keys.ESCAPE, "m", "why", Keys.ESCAPE
    )
    tab.press("p")
    tab.claim(2)
    assert said(folder) == [
        ("supported", "marsh2019", "Ada Example"),
        ("supported", "okafor2021", "Ada Example"),
        ("exempt", "", "Ada Example"),
        ("withdrawn", "", "Ada Example"),
        ("partial", "marsh2019", "Ada Example"),
    ]


def test_a_draft_survives_a_closed_tab(visit: Visit, session: Session) -> None:
    tab = visit(session)
    tab.press("Ada", Keys.ENTER)
    tab.claim(1)
    tab.press("1", "m", "half a thought")
    tab.driver.get("about:blank")
    again = Tab(tab.driver, tab.address)
    again.until(lambda: again.js("return document.getElementById('note').value"))
    assert again.js("return document.getElementById('note').value") == "half a thought"
    assert again.js("return document.querySelector('[name=offer]').checked") is True


def test_keys_can_be_changed_and_switched_off(visit: Visit, session: Session, folder: Path) -> None:
    tab = visit(session)
    tab.press("Ada", Keys.ENTER)
    tab.claim(1)
    tab.js("document.getElementById('help-button').focus()")
    tab.press(Keys.ENTER)
    tab.until(lambda: tab.js("return document.getElementById('help').open"))
    tab.js("document.getElementById('key-exempt').focus()")
    tab.press("q", Keys.TAB, Keys.ESCAPE)
    assert tab.js("return document.activeElement.id") == "help-button"
    tab.press("x", "q")
    tab.claim(2)
    tab.press("?")
    tab.until(lambda: tab.js("return document.getElementById('help').open"))
    tab.js("document.getElementById('keys-on').focus()")
    tab.press(Keys.SPACE, Keys.ESCAPE, "q", "j")
    time.sleep(0.5)
    assert [judgement for judgement, *_ in said(folder)] == ["exempt"]


def test_what_another_tab_and_another_editor_do_is_shown(
    visit: Visit, session: Session, folder: Path
) -> None:
    tab = visit(session)
    tab.press("Ada", Keys.ENTER)
    tab.claim(1)
    tab.press("m", "being written")
    (folder / "tea.md").write_text(ARTICLE.replace("300", "350"), encoding="utf-8")
    tab.hears("changed by somebody else")
    tab.until(lambda: "350 million" in tab.text("article"))
    assert tab.js("return document.getElementById('note').value") == "being written"


def test_hostile_words_run_nothing_and_reach_nobody(
    visit: Visit, opened: Opened, folder: Path
) -> None:
    run = "document.title='run'"
    bad = f"<img src=http://evil.example/x onerror={run}><script>{run}</script>"
    (folder / "bib" / "references.bib").write_text(
        BIB.replace("Coffee does so too.", f"Coffee {bad} too.").replace("Tea and", f"{bad} and"),
        encoding="utf-8",
    )
    (folder / "tea.md").write_text(ARTICLE.replace("# Tea", f"# Tea `{bad}`"), encoding="utf-8")
    tab = visit(opened())
    tab.press("Ada", Keys.ENTER)
    tab.claim(1)
    tab.press("1", "s")
    tab.claim(2)
    tab.press("k")
    tab.claim(1)
    assert "run" not in tab.driver.title.split("–")[-1]
    assert tab.js("return document.querySelectorAll('img, script:not([src])').length") == 0
    asked = "".join(entry["message"] for entry in tab.driver.get_log("performance"))
    assert "requestWillBeSent" in asked
    assert '"url":"http://evil.example' not in asked
    assert [entry for entry in tab.driver.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_axe_finds_nothing_and_nothing_is_lost_at_320_pixels(
    visit: Visit, session: Session
) -> None:
    tab = visit(session)
    tab.press("Ada", Keys.ENTER)
    tab.claim(1)
    tab.press("1", "s")
    tab.claim(2)
    size = {"width": 320, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    for narrow in (False, True):
        if narrow:
            tab.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        assert tab.js("return document.documentElement.scrollWidth <= innerWidth")
        for scheme in ("light", "dark"):
            features = [{"name": "prefers-color-scheme", "value": scheme}]
            tab.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
            assert tab.js(LEAST_CONTRAST) >= 6.9
            assert _violations(tab) == []


def _violations(tab: Tab) -> list[str]:
    place = os.environ.get("AXE_CORE", "")
    if not place:
        return []
    source = Path(place).read_text(encoding="utf-8")
    tab.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": source})
    found = tab.driver.execute_async_script(
        "const done = arguments[0]; axe.run().then((r) => done(r.violations.map((v) => v.id)))"
    )
    return list(found)


def test_an_action_among_a_thousand_claims_is_quick(visit: Visit, folder: Path) -> None:
    article = make(folder / "large")
    os.chdir(article.parent)
    session = Session(config.load(article.parent, {}), article.name)
    try:
        assert session.comparer.wait(200)
        tab = visit(session)
        tab.press("Ada", Keys.ENTER)
        tab.claim(1)
        time.sleep(2)
        times = [float(tab.driver.execute_async_script(ACTION)) for _ in range(60)]
    finally:
        session.comparer.stop()
    # The figure is benchmarks/review_page.py's; a machine that does other things is given time.
    assert statistics.median(times) < 400


ACTION = """
const done = arguments[0], begun = performance.now();
const before = document.querySelector('.card').dataset.claim;
new MutationObserver((_, watch) => {
  if (document.querySelector('.card').dataset.claim === before) return;
  watch.disconnect();
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
}).observe(document.getElementById('evidence'), {childList: true});
document.dispatchEvent(new KeyboardEvent('keydown', {key: 'n'}));
"""

LEAST_CONTRAST = """
const light = (c) => {
  const [r, g, b] = c.match(/[\\d.]+/g).map(Number).slice(0, 3).map((v) => v / 255)
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
let least = 99;
for (const e of document.querySelectorAll('body *')) {
  if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
  if (!e.checkVisibility()) continue;
  const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
  least = Math.min(least, (a + 0.05) / (b + 0.05));
}
return least;
"""
