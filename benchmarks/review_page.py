"""The review page's figures: how long an action takes, and how much memory the server holds.

`page(folder)` makes an article of 1,000 claims and 300 works, starts `exocite review` on it as a
process of its own and asks it over HTTP as the page does: show a claim, a verdict, the poll of a
second tab. Where selenium and chromium are here, the same page is used in a browser by its keys.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from exocite import anchors, config
from exocite.model import Evidence, Judgement, Passage, Relation, Verdict
from exocite.project import Project
from exocite.project.reading import article as article_of
from exocite.project.reading import read
from exocite.states import claim_hash, passage_hash

CLAIMS, WORKS = 1000, 300
_ACTIONS = 150
_SEED = 11
_THINGS = (
    "tea coffee iron sleep theanine caffeine zinc mood memory pulse stress weight bone sugar"
).split()
_DOES = "raises lowers shortens lengthens doubles halves".split()
_WHO = "adults children patients students nurses drivers athletes".split()
_HASH = re.compile(r'data-hash="([0-9a-f]+)"')
_OFFER = re.compile(r'name="offer" value="([0-9a-f]{16})"')
_COMPARED = 120.0


def make(folder: Path, claims: int = CLAIMS, works: int = WORKS) -> Path:
    """A project with an article of so many claims; its path."""
    chance = random.Random(_SEED)
    (folder / "bib").mkdir(parents=True, exist_ok=True)

    def said() -> str:
        one, other = chance.sample(_THINGS, 2)
        return (
            f"{one} {chance.choice(_DOES)} {other} by {chance.randrange(2, 90)} % in "
            f"{chance.randrange(20, 900)} {chance.choice(_WHO)}"
        )

    entries = [
        f"@article{{author{n}, author={{Author{n}, Ada}}, title={{{said()} {n}}}, "
        f"journal={{Trials}}, year={{{1990 + n % 35}}}, doi={{10.5555/x{n}}}, "
        f"abstract={{{' '.join(said().capitalize() + '.' for _ in range(7))}}}}}"
        for n in range(works)
    ]
    (folder / "bib" / "references.bib").write_text("\n".join(entries), encoding="utf-8")
    lines = ["# An article"]
    for start in range(0, claims, 5):
        if start % 50 == 0:
            lines.append(f"## Part {start // 50}")
        lines.append(
            " ".join(
                f"In trial {n}, {said()} [@author{chance.randrange(works)}]."
                if n % 2
                else f"In trial {n}, {said()}."
                for n in range(start, min(start + 5, claims))
            )
        )
    article = folder / "article.md"
    article.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return article


class Page:
    """A server in a process of its own, and a connection to it."""

    def __init__(self, article: Path) -> None:
        command = [sys.executable, "-m", "exocite", "review", article.name, "--no-browser"]
        self._process = subprocess.Popen(
            [*command, "--port", "0", "--by", "Ada Example"],
            cwd=article.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        self.address = address = self._process.stdout.readline().strip()
        port = int(address.split(":")[2].split("/")[0])
        self._server = HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers: dict[str, str] = {}
        answer, text = self._asked("GET", address.partition(str(port))[2])
        cookie = answer["Set-Cookie"].partition(";")[0]
        token = re.search(r'data-token="([^"]+)"', text)
        assert token is not None
        self._headers = {"Cookie": cookie, "X-Exocite-Token": token[1]}

    def get(self, path: str, **values: object) -> tuple[float, dict[str, Any]]:
        """The answer, and how many milliseconds it took."""
        begun = time.perf_counter()
        _, text = self._asked("GET", f"{path}?{urlencode(values)}")
        took = 1000 * (time.perf_counter() - begun)
        return took, json.loads(text)

    def post(self, path: str, **values: object) -> tuple[float, dict[str, Any]]:
        """The answer to a form, and how many milliseconds it took."""
        begun = time.perf_counter()
        _, text = self._asked("POST", path, urlencode(values))
        took = 1000 * (time.perf_counter() - begun)
        return took, json.loads(text)

    def memory(self) -> float:
        """The most memory that the process held so far, in MB; 0 where the system does not say."""
        status = Path(f"/proc/{self._process.pid}/status")
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
        return int(found[1]) / 1000 if found else 0.0

    def close(self) -> None:
        """End the server."""
        self._server.close()
        self._process.terminate()
        self._process.wait()

    def _asked(self, method: str, path: str, body: str = "") -> tuple[Mapping[str, str], str]:
        headers = dict(self._headers)
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._server.request(method, path, body or None, headers)
        answer = self._server.getresponse()
        text = answer.read().decode("utf-8")
        assert answer.status == 200, text
        return answer.headers, text


def page(folder: Path) -> dict[str, float]:
    """The figures.

    page_open_s, page_rss_mb, and the 95th percentile of an action in milliseconds: as the browser
    shows it (page_action_p95_ms; without one what the server takes), what the server takes of it
    (page_server_p95_ms), and the same where every claim was judged (page_judged_p95_ms).
    """
    article = make(folder)
    begun = time.perf_counter()
    server = Page(article)
    opened = time.perf_counter() - begun
    try:
        claims = list(_claims(server))
        _until_compared(server, claims[-1])
        times = list(_actions(server, claims[:_ACTIONS]))
        shown = _in_browser(server.address) or times
        memory = server.memory()
    finally:
        server.close()
    _judge_all(article)
    server = Page(article)
    try:
        _until_compared(server, claims[-1])
        judged = list(_actions(server, claims[: _ACTIONS // 3]))
        memory = max(memory, server.memory())
    finally:
        server.close()
    return {
        "page_open_s": round(opened, 2),
        "page_action_p95_ms": _p95(shown),
        "page_server_p95_ms": _p95(times),
        "page_judged_p95_ms": _p95(judged),
        "page_rss_mb": round(memory, 1),
    }


def _judge_all(article: Path) -> None:
    """Have every claim judged by somebody, on a sentence of some abstract."""
    project = Project(config.load(article.parent, {}))
    reading = read(project, article_of(project, str(article)))
    abstracts = [texts[0] for texts in project.texts.values()]
    name = project.named(str(article))
    links = []
    for number, claim in enumerate(reading.claims):
        text = abstracts[number % len(abstracts)]
        end = text.text.index(".") + 1
        passage = Passage(text.key, text.field, text.text[:end], 0, end, "", text.hash)
        anchor = anchors.make(reading.article.source, claim.span)
        said = claim_hash(claim.statement)
        verdict = Verdict(
            name,
            claim.id,
            anchor,
            Judgement.SUPPORTED,
            "Bea",
            project.now(),
            text.key,
            claim_hash=said,
            passage_hash=passage_hash(passage.text),
        )
        project.store.append_verdict(verdict)
        relation = Relation.SUPPORTS
        links.append(
            Evidence(
                name, claim.id, anchor, text.key, "", passage, relation, 0.9, "chosen by Bea", said
            )
        )
    project.store.evidence()
    project.store.write_evidence(links)


_ACTION = """
const done = arguments[0], begun = performance.now();
const before = document.querySelector('.card').dataset.claim;
new MutationObserver((_, watch) => {
  if (document.querySelector('.card').dataset.claim === before) return;
  watch.disconnect();
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
}).observe(document.getElementById('evidence'), {childList: true});
document.dispatchEvent(new KeyboardEvent('keydown', {key: 'n'}));
"""


def _in_browser(address: str) -> list[float]:
    """Milliseconds from a key to the next claim on the screen; none without a browser."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    try:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service
    except ImportError:
        return []
    if not (chromium and driver):
        return []
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.add_argument("--window-size=1440,900")
    tab = webdriver.Chrome(options=options, service=Service(driver))
    try:
        tab.get(address)
        time.sleep(3)
        return [float(tab.execute_async_script(_ACTION)) for _ in range(_ACTIONS)]
    finally:
        tab.quit()


def _claims(server: Page) -> Iterator[str]:
    start = 0
    while True:
        _, told = server.get("/queue", **{"from": start})
        found = re.findall(r'data-claim="([^"]+)"', told["html"])
        yield from found
        start += len(found)
        if start >= told["total"]:
            return


def _until_compared(server: Page, claim: str) -> None:
    begun = time.monotonic()
    while server.get("/claim", claim=claim)[1]["comparing"]:
        assert time.monotonic() - begun < _COMPARED
        time.sleep(0.2)
    # The claim was taken first because it was asked for; the rest is compared meanwhile.
    while server.get("/state", since=0)[1]["comparing"]:
        assert time.monotonic() - begun < _COMPARED
        time.sleep(0.5)


def _actions(server: Page, claims: list[str]) -> Iterator[float]:
    """The milliseconds of each action: show a claim, judge it, the poll of another tab."""
    for claim in claims:
        took, told = server.get("/claim", claim=claim)
        yield took
        offer = _OFFER.search(told["html"])
        values = {"claim": claim, "hash": told["hash"]}
        given = {"verdict": "supported", "offer": offer[1]} if offer else {"verdict": "unsupported"}
        took, told = server.post("/verdict", **values, **given)
        yield took
        yield server.get("/state", since=told["revision"] - 1)[0]


def _p95(times: list[float]) -> float:
    return round(statistics.quantiles(times, n=20)[-1], 1)


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        figures = page(Path(folder))
    for name, value in figures.items():
        print(f"{name:22}{value:>10}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
