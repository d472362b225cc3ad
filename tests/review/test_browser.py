"""The review in a real browser, by keyboard alone.

`pytest -m slow tests/review/test_browser.py`; tests/browser.py says what it needs.
"""

from __future__ import annotations

import os
import statistics
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
from tests.review.conftest import ARTICLE, BIB, Opened, said
from tests.review.test_server import Server

pytestmark = pytest.mark.slow
ESCAPE, ENTER, SPACE, TAB = "\ue00c", "\ue007", "\ue00d", "\ue004"
_PATIENCE = 20
ARABIC = "الشاي يقلل امتصاص الحديد بنسبة 60 % عند البالغين"

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
        from selenium.webdriver.support.wait import WebDriverWait

        WebDriverWait(self.driver, _PATIENCE, poll_frequency=0.02).until(lambda _: true())

    def press(self, *keys: str) -> None:
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def begin(self, name: str = "Ada Example") -> None:
        """Say who reviews; the first claim is shown."""
        self.press(name, ENTER)
        self.hears(f"recorded by {name}")
        self.claim(1)

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


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with chromium(tmp_path_factory.mktemp("browser")) as driver:
        yield driver


@pytest.fixture
def driver(window: Any) -> Iterator[Any]:
    """The browser with one empty tab; each page has a port, and so drafts, of its own."""
    size(window, 1440)
    media(window)
    yield window
    first, *others = window.window_handles
    for handle in others:
        window.switch_to.window(handle)
        window.close()
    window.switch_to.window(first)
    window.get("about:blank")
    fetched(window)
    complaints(window)


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
    tab.press("Ada Example", ENTER)
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
    tab.press("p. 4", ENTER)
    assert len(said(folder)) == 1
    tab.press(ESCAPE, "s")
    tab.claim(3)
    tab.press("x")
    tab.hears("exempt by Ada Example")
    tab.press("u")
    tab.hears("taken back")
    tab.press("k")
    tab.claim(2)
    tab.press("k")
    tab.claim(1)
    tab.press("e", "marsh2019", TAB, "Coffee does so too.", ESCAPE, "m", "why", ESCAPE)
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
    tab.begin()
    tab.press("1", "m", "half a thought")
    tab.driver.get("about:blank")
    again = Tab(tab.driver, tab.address)
    again.until(lambda: again.js("return document.getElementById('note').value"))
    assert again.js("return document.getElementById('note').value") == "half a thought"
    assert again.js("return document.querySelector('[name=offer]').checked") is True


def test_keys_can_be_changed_and_switched_off(visit: Visit, session: Session, folder: Path) -> None:
    tab = visit(session)
    tab.begin()
    tab.js("document.getElementById('help-button').focus()")
    tab.press(ENTER)
    tab.until(lambda: tab.js("return document.getElementById('help').open"))
    tab.js("document.getElementById('key-exempt').focus()")
    tab.press("q", TAB, ESCAPE)
    assert tab.js("return document.activeElement.id") == "help-button"
    tab.press("x", "q")
    tab.claim(2)
    tab.press("?")
    tab.until(lambda: tab.js("return document.getElementById('help').open"))
    tab.js("document.getElementById('keys-on').focus()")
    tab.press(SPACE, ESCAPE, "q", "j")
    tab.js("document.querySelector('a[rel=next]').focus()")
    tab.press(ENTER)
    tab.claim(3)
    assert [judgement for judgement, *_ in said(folder)] == ["exempt"]


def test_what_another_tab_and_another_editor_do_is_shown(
    visit: Visit, session: Session, folder: Path
) -> None:
    tab = visit(session)
    tab.begin()
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
    tab.begin()
    tab.press("1", "s")
    tab.claim(2)
    tab.press("k")
    tab.claim(1)
    assert "run" not in tab.driver.title.split("–")[-1]
    assert tab.js("return document.querySelectorAll('img, script:not([src])').length") == 0
    asked = fetched(tab.driver)
    assert [one for one in asked if '"url":"http://127.0.0.1' in one]
    assert [one for one in asked if '"url":"http://evil.example' in one] == []
    assert complaints(tab.driver) == []


def test_two_people_stand_side_by_side(visit: Visit, opened: Opened) -> None:
    session = opened(reviewers=2)
    tab = visit(session)
    tab.begin()
    tab.press("1", "s")
    tab.claim(2)
    tab.js("document.getElementById('by').select(); document.getElementById('by').focus()")
    tab.press("Bea Marsh", ENTER)
    tab.hears("recorded by Bea Marsh")
    tab.press("k")
    tab.claim(1)
    tab.press("c")
    tab.claim(2)
    tab.press("k")
    tab.claim(1)
    tab.until(lambda: len(tab.js(VERDICTS)) == 2)
    (mine, top), (hers, same) = tab.js(VERDICTS)
    assert "supported" in mine
    assert "Ada Example" in mine
    assert "contradicted" in hers
    assert "Bea Marsh" in hers
    assert top == same
    assert "verdicts differ" in tab.text("evidence")


def test_a_stale_claim_shows_then_and_now(visit: Visit, session: Session, folder: Path) -> None:
    tab = visit(session)
    tab.begin()
    tab.press("1", "s")
    tab.claim(2)
    (folder / "tea.md").write_text(ARTICLE.replace("60 %", "66 %"), encoding="utf-8")
    tab.hears("changed by somebody else")
    tab.press("k")
    tab.claim(1)
    assert tab.js("return document.querySelector('.then del').textContent") == "60"
    assert tab.js("return document.querySelector('.then ins').textContent") == "66"


def test_a_server_that_is_killed_loses_no_verdict_and_no_draft(driver: Any, folder: Path) -> None:
    server = Server(folder, "--by", "Ada Example", "--port", "0")
    try:
        tab = Tab(driver, server.address)
        tab.press("1", "s")
        tab.claim(2)
        tab.press("m", "half a thought", ESCAPE)
    finally:
        server.process.kill()
        server.process.communicate()
    assert said(folder) == [("supported", "marsh2019", "Ada Example")]
    tab.press("x")
    tab.hears("cannot be reached; nothing was recorded", "card-problem")
    server = Server(folder, "--by", "Ada Example", "--port", str(server.port))
    try:
        tab = Tab(driver, server.address)
        tab.press("j")
        tab.claim(2)
        assert tab.js("return document.getElementById('note').value") == "half a thought"
        tab.press("x")
        tab.claim(3)
    finally:
        server.process.kill()
        server.process.communicate()
    assert [judgement for judgement, *_ in said(folder)] == ["supported", "exempt"]


def test_two_tabs_at_once(visit: Visit, session: Session, folder: Path) -> None:
    one = visit(session)
    first = one.driver.current_window_handle
    one.begin()
    one.press("m", "of the first tab")
    one.driver.switch_to.new_window("tab")
    other = Tab(one.driver, one.address)
    other.press("j")
    other.claim(2)
    other.press("n")
    other.claim(3)
    other.press("x")
    other.hears("exempt by Ada Example")
    one.driver.switch_to.window(first)
    one.until(lambda: one.js("return document.querySelectorAll('#list .s-exempt').length") == 1)
    assert one.js("return document.querySelectorAll('#list .s-unsupported').length") == 1
    assert one.js("return document.getElementById('note').value") == "of the first tab"
    one.press(ESCAPE, "1", "s")
    one.claim(2)
    assert [judgement for judgement, *_ in said(folder)] == ["unsupported", "exempt", "supported"]


def test_where_nothing_can_be_written_nothing_can_be_decided(
    visit: Visit, session: Session, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = visit(session)
    tab.begin()
    monkeypatch.setattr("os.access", lambda place, mode: Path(place).name != "bib")
    tab.press("j")
    tab.claim(2)
    tab.until(lambda: "cannot be written" in tab.text("read-only"))
    assert tab.js("return document.getElementById('read-only').checkVisibility()")
    tab.press("x")
    tab.until(lambda: "cannot be written" in tab.text("card-problem"))
    assert said(folder) == []


def test_a_claim_from_right_to_left_is_set_so(visit: Visit, opened: Opened, folder: Path) -> None:
    (folder / "tea.md").write_text(f"{ARTICLE}\n{ARABIC} [@marsh2019].\n", encoding="utf-8")
    tab = visit(opened())
    tab.begin()
    tab.press("j", "j", "j")
    tab.claim(4)
    assert tab.js("return getComputedStyle(document.querySelector('.words')).direction") == "rtl"
    where = "[...document.querySelectorAll('#article p')].at(-1)"
    assert tab.js(f"return getComputedStyle({where}).direction") == "rtl"


def test_nothing_is_wrong_for_axe_and_nothing_lost_at_320_pixels(
    visit: Visit, session: Session
) -> None:
    tab = visit(session)
    tab.begin()
    tab.press("1", "s")
    tab.claim(2)
    tab.press("k")
    tab.claim(1)
    for wide in (1440, 320):
        size(tab.driver, wide)
        assert tab.js("return document.documentElement.scrollWidth <= innerWidth")
        for scheme in ("light", "dark"):
            media(tab.driver, prefers_color_scheme=scheme)
            assert contrast(tab.driver) >= (LEAST_CONTRAST, "")
            assert violations(tab.driver) == []
    tab.press("?")
    tab.until(lambda: tab.js("return document.getElementById('help').open"))
    assert violations(tab.driver) == []
    assert contrast(tab.driver) >= (LEAST_CONTRAST, "")


def test_an_action_among_a_thousand_claims_is_quick(visit: Visit, folder: Path) -> None:
    article = make(folder / "large")
    os.chdir(article.parent)
    session = Session(config.load(article.parent, {}), article.name)
    try:
        assert session.comparer.wait(200)
        tab = visit(session)
        tab.begin()
        tab.until(lambda: tab.js("return !document.querySelector('.card').dataset.comparing"))
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

VERDICTS = """
return [...document.querySelectorAll('.verdicts li')]
  .map((one) => [one.textContent, one.offsetTop]);
"""
