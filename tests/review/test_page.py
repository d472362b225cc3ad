"""The review over HTTP, as the page's script and its forms ask for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exocite.review.guard import HEADER, MOST_BYTES
from exocite.review.session import Session
from tests.review.conftest import ARTICLE, BASE, BIB, Browser, Opened, offered, said


def test_the_whole_review(browser: Browser, anchors: list[str], folder: Path) -> None:
    page = browser.get("/")
    assert page.status_code == 200
    assert re.findall(r'<ol class="entries">.*?</ol>', page.text, re.DOTALL)[0].count("<li>") == 3
    first, second, third = anchors
    assert browser.card(first)["following"] == second
    given = browser.judge(first, "supported", choose=0, note="as it says")
    assert given.status_code == 200, given.text
    assert given.json["message"] == "supported by Ada Example: recorded"
    assert given.json["anchor"] == second
    assert given.json["marks"][first][2] == "supported"
    asked = browser.judge(second, "supported", choose=0)
    assert (asked.status_code, asked.json["slug"]) == (422, "place")
    assert browser.judge(second, "partial", choose=0, locator="p. 2").status_code == 200
    assert browser.judge(third, "unsupported").json["anchor"] == third
    undone = browser.post("/undo", claim=first)
    assert (undone.json["anchor"], undone.json["marks"][third][2]) == (third, "uncited")
    assert browser.judge(third, "exempt").status_code == 200
    assert said(folder) == [
        ("supported", "marsh2019", "Ada Example"),
        ("partial", "okafor2021", "Ada Example"),
        ("unsupported", "", "Ada Example"),
        ("withdrawn", "", "Ada Example"),
        ("exempt", "", "Ada Example"),
    ]
    assert browser.get("/queue", turn="open").json["total"] == 1
    assert browser.get("/queue", words="theanine").json["total"] == 1
    assert "as it says" in browser.card(first)["html"]


def test_nothing_is_chosen_beforehand_and_the_passage_comes_before_the_suggestion(
    browser: Browser, anchors: list[str]
) -> None:
    html = browser.card(anchors[0])["html"]
    assert " checked>" not in html
    assert html.index("by 60 % in adults.</mark>") < html.index("Suggested by the machine")


@pytest.mark.parametrize("verdict", ["supported", "partial"])
def test_supported_needs_a_passage(
    browser: Browser, anchors: list[str], folder: Path, verdict: str
) -> None:
    answer = browser.judge(anchors[0], verdict)
    assert answer.status_code == 400
    assert "choose a passage first" in answer.json["message"]
    assert said(folder) == []


@pytest.mark.parametrize("verdict", ["", "withdrawn", "sure"])
def test_what_is_no_verdict(browser: Browser, anchors: list[str], verdict: str) -> None:
    assert browser.judge(anchors[0], verdict).status_code == 400


def test_a_quotation_is_looked_up_before_it_is_judged(
    browser: Browser, anchors: list[str], folder: Path
) -> None:
    own = {"key": "marsh2019", "quote": "Coffee does so too."}
    found = browser.post("/quote", claim=anchors[0], **own)
    assert "Coffee does so too." in found.json["html"]
    assert found.json["placeless"] is False
    assert browser.post("/quote", claim=anchors[0], key="marsh2019", quote="?").status_code == 400
    assert said(folder) == []
    answer = browser.judge(anchors[0], "contradicted", offer="quote", **own)
    assert answer.status_code == 200
    assert said(folder) == [("contradicted", "marsh2019", "Ada Example")]


def test_further_passages(browser: Browser, anchors: list[str], folder: Path) -> None:
    assert offered(browser.card(anchors[2])["html"]) == []
    more = browser.get("/claim", claim=anchors[2], more="1").json["html"]
    assert "Further passages" not in more
    assert offered(more) == offered(browser.card(anchors[2])["html"])


# ----------------------------------------------------------------------- who


def test_who_reviews_is_asked_once(session: Session, anchors: list[str], folder: Path) -> None:
    browser = Browser(session)
    refused = browser.judge(anchors[2], "exempt")
    assert (refused.status_code, "say who reviews" in refused.json["message"]) == (400, True)
    assert browser.post("/who", by="\u202eAda").status_code == 400
    assert browser.post("/who", by="  Ádá; Ex=ample ").json["by"] == "Ádá; Ex=ample"
    assert browser.judge(anchors[2], "exempt").status_code == 200
    assert said(folder) == [("exempt", "", "Ádá; Ex=ample")]


def test_two_people_side_by_side(opened: Opened, folder: Path) -> None:
    session = opened(reviewers=2)
    ada = Browser(session, "Ada")
    bea = Browser(session, guard=ada.guard)
    bea.post("/who", by="Bea")
    anchor = session.entries[0].pin.anchor
    given = ada.judge(anchor, "supported", choose=0)
    assert given.json["marks"][anchor][4] == "waits for a second person"
    state = bea.get("/state", since=1).json
    assert state["claims"] == [anchor]
    assert bea.judge(anchor, "partial", choose=0).json["marks"][anchor][4] == "verdicts differ"
    html = ada.card(anchor)["html"]
    assert html.count("<bdi>Ada</bdi>") == html.count("<bdi>Bea</bdi>") == 1
    # Each takes back what is theirs alone.
    assert html.count("Take back") == 1
    bea.post("/withdraw", claim=anchor, key="marsh2019")
    assert said(folder)[-1] == ("withdrawn", "marsh2019", "Bea")


# ----------------------------------------------------------------------- changes


def test_ones_own_verdict_is_taken_back_under_a_name_in_another_case(
    session: Session, anchors: list[str], folder: Path
) -> None:
    ada, again, bea = (Browser(session, by) for by in ("Ada", "ADA", "Bea"))
    ada.judge(anchors[2], "exempt")
    assert "Take back" in again.card(anchors[2])["html"]
    assert "Take back" not in bea.card(anchors[2])["html"]
    assert again.post("/withdraw", claim=anchors[2]).status_code == 200
    assert said(folder) == [("exempt", "", "Ada"), ("withdrawn", "", "ADA")]


def test_a_changed_claim_answers_409_with_its_new_words(
    browser: Browser, anchors: list[str], session: Session, folder: Path
) -> None:
    browser.judge(anchors[0], "supported", choose=0)
    shown = browser.card(anchors[0])
    (folder / "tea.md").write_text(ARTICLE.replace("60 %", "66 %"), encoding="utf-8")
    values = {"claim": anchors[0], "hash": shown["hash"], "verdict": "partial"}
    answer = browser.post("/verdict", offer=offered(shown["html"])[0], **values)
    assert answer.status_code == 409
    assert answer.json["anchor"] == session.entries[0].pin.anchor != anchors[0]
    assert "<del>60</del>" in answer.json["html"]
    assert "<ins>66</ins>" in answer.json["html"]
    assert len(said(folder)) == 1
    assert browser.form("/verdict", **values).status_code == 409


def test_a_deleted_article_is_told_and_shown(browser: Browser, folder: Path) -> None:
    (folder / "tea.md").unlink()
    state = browser.get("/state", since=1).json
    assert "no such file" in state["problem"]
    assert state["all"]
    page = browser.get("/")
    assert "Tea lowers" in page.text
    assert "no such file" in page.text


# ----------------------------------------------------------------------- without script


def test_the_forms_work_without_script(browser: Browser, anchors: list[str], folder: Path) -> None:
    browser.headers = {}
    page = browser.get("/", claim=anchors[0], turn="checker").text
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    offer = offered(page)[0]
    values = {**hidden, "claim": anchors[0], "offer": offer, "verdict": "supported"}
    answer = browser.form("/verdict", **values)
    assert answer.status_code == 303
    assert answer.location == f"/?claim={anchors[1]}&turn=checker"
    asked = browser.form("/verdict", **{**values, "offer": "", "note": "kept <b>"})
    assert asked.status_code == 400
    assert "choose a passage first" in asked.text
    assert "kept &lt;b&gt;" in asked.text
    assert browser.form("/undo", claim=anchors[0]).status_code == 303
    assert browser.form("/who", by="Bea").status_code == 303
    assert [judgement for judgement, *_ in said(folder)] == ["supported", "withdrawn"]


def test_a_claim_that_is_not_there(browser: Browser) -> None:
    assert browser.get("/", claim="c0").status_code == 404
    assert browser.get("/claim", claim="c0").status_code == 409
    assert browser.get("/passage", claim="c0").status_code == 409
    assert browser.get("/state", since="x").status_code == 200


# ----------------------------------------------------------------------- strangers


def test_who_was_not_given_the_address_sees_nothing(session: Session) -> None:
    browser = Browser(session)
    browser.client.delete_cookie(browser.guard.cookie_name, domain="127.0.0.1")
    for path in ("/", "/claim", "/queue", "/article", "/state", "/passage", "/files/review.js"):
        answer = browser.get(path)
        assert (answer.status_code, "Tea" in answer.text) == (403, False)
    wrong = browser.client.get("/", base_url=BASE, query_string={"token": "wrong"})
    assert wrong.status_code == 403
    assert "Set-Cookie" not in wrong.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example:8517"},
        {"Host": "evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {HEADER: ""},
        {HEADER: "wrong"},
    ],
)
def test_no_stranger_writes(
    browser: Browser, anchors: list[str], folder: Path, headers: dict[str, str]
) -> None:
    card = browser.card(anchors[2])
    browser.headers |= headers
    values = {"claim": anchors[2], "hash": card["hash"], "verdict": "exempt"}
    for path in ("/verdict", "/withdraw", "/undo", "/quote", "/who"):
        assert browser.post(path, **values).status_code == 403
    assert said(folder) == []


def test_reading_methods_write_nothing(browser: Browser, anchors: list[str], folder: Path) -> None:
    for path in ("/verdict", "/withdraw", "/undo", "/quote", "/who"):
        assert browser.get(path, claim=anchors[2], verdict="exempt").status_code == 405
    assert said(folder) == []


def test_every_answer_bears_the_headers(browser: Browser) -> None:
    for path in ("/", "/state", "/files/review.css", "/nowhere", "/files/", "/files/web.py"):
        headers = browser.get(path).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert "Access-Control-Allow-Origin" not in headers
    cookie = browser.enter().headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_only_the_files_of_the_page_are_given(browser: Browser) -> None:
    kinds = {"review.css": "text/css", "review.js": "text/javascript", "keys.js": "text/javascript"}
    for name, kind in kinds.items():
        assert browser.get(f"/files/{name}").mimetype == kind
    for name in ("", "..%2fweb.py", "%2e%2e/web.py", "card.html", "/etc/passwd"):
        assert browser.get(f"/files/{name}").status_code in {308, 404}


def test_a_long_body_is_not_read(browser: Browser, anchors: list[str]) -> None:
    answer = browser.post("/verdict", claim=anchors[0], note="x" * (MOST_BYTES + 1))
    assert answer.status_code == 413


def test_the_page_loads_nothing_from_elsewhere_and_runs_nothing_of_its_own_text(
    browser: Browser,
) -> None:
    text = browser.get("/").text
    loaded = re.findall(r'<(?:script|link|img|iframe)[^>]*?(?:src|href)="([^"]*)"', text)
    assert loaded == ["/files/review.css", "/files/review.js"]
    assert " style=" not in text
    assert not re.search(r"\son\w+=", text)


# ----------------------------------------------------------------------- hostile content


def test_hostile_words_are_words(opened: Opened, folder: Path) -> None:
    bad = "<img src=x onerror=alert(1)> \x1b[31m \u202eesrever"
    (folder / "bib" / "references.bib").write_text(
        BIB.replace("Coffee does so too.", f"Coffee {bad} too."), encoding="utf-8"
    )
    (folder / "tea.md").write_text(
        ARTICLE.replace("# Tea", f"# Tea `{bad}`")
        + f"\nIn 2020, 40 % of adults `{bad}` drank it.\n",
        encoding="utf-8",
    )
    session = opened()
    browser = Browser(session, "Ada")
    own = {"key": "marsh2019", "quote": f"Coffee {bad} too."}
    for text in (
        browser.get("/").text,
        browser.get("/article").json["html"],
        browser.get("/queue").json["html"],
        *(browser.card(entry.pin.anchor)["html"] for entry in session.entries),
        browser.post("/quote", claim=session.entries[0].pin.anchor, **own).text,
    ):
        assert "<img" not in text
        assert "<script>alert" not in text
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_a_long_passage_is_cut_and_read_on(opened: Opened, folder: Path) -> None:
    words = "theanine shortens the time to fall asleep by 12 minutes and " * 3_000
    long = f"In one breath {words}so it ends."
    (folder / "bib" / "sources" / "okafor2021.txt").write_text(long, encoding="utf-8")
    session = opened()
    browser = Browser(session, "Ada")
    anchor = session.entries[1].pin.anchor
    card = browser.card(anchor)
    if not offered(card["html"]):
        card = browser.get("/claim", claim=anchor, more="1").json
    assert len(card["html"]) < 100_000
    name = offered(card["html"])[0]
    start = int(re.search(r'data-from="(\d+)"', card["html"])[1])
    total = start
    while True:
        part = browser.get("/passage", claim=anchor, offer=name, **{"from": total}).json
        total += len(part["text"])
        if not part["more"]:
            break
    assert part["text"].endswith("so it ends.")
    assert total == len(long)
