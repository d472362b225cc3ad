"""What becomes of verdicts and accepted links when the article or its sources are edited."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.fakes.crossref import FakeCrossref

QUOTED = "Theanine isn't a “sleeping pill” - it cut the time by 12 minutes."


@pytest.fixture
def judged(run: Run, article: Path, registry: FakeCrossref) -> Path:
    run("add", "--from-article", article.name)
    run("resolve", "--crossref-url", registry.url)
    text = article.read_text("utf-8").replace("Who would not", f"{QUOTED} Who would not")
    article.write_text(text, encoding="utf-8")
    for words in ("30 adults", "sleeping pill"):
        about = ("--claim", claim(run, words)["id"], "--by", "Ada", "--verdict", "supported")
        quote = ("--quote", "Theanine shortened the time to fall asleep by 12 minutes.")
        given = run("link", "article.txt", *about, "--key", "okafor2021", *quote)
        assert given.code == 0, given.text
    return article


def claims(run: Run) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(run("claims", "article.txt", "--json").out)
    return shown


def claim(run: Run, words: str) -> dict[str, Any]:
    return next(c for c in claims(run)["claims"] if words in c["text"])


CLAIM = "In a trial of 30 adults, theanine\nshortened the time to fall asleep by 12 minutes."

RECASED = CLAIM.replace("trial", "Trial").replace("adults", "Adults")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    "new",
    [
        CLAIM.replace("\n", " "),
        CLAIM.replace(" ", "\n", 3),
        RECASED,
        f"A new sentence stands before it. {CLAIM}",
    ],
)
def test_other_spacing_case_and_place_change_nothing(run: Run, judged: Path, new: str) -> None:
    edit(judged, CLAIM, new)
    states = [c["state"] for c in claims(run)["claims"] if c["verdicts"]]
    assert states == ["reviewed", "reviewed"]
    assert "EXO40" not in run("check", "article.txt").out


@pytest.mark.parametrize(
    "new",
    [
        QUOTED.replace("'", "’"),
        QUOTED.replace("“", '"').replace("”", '"').replace(" - ", " – "),
        QUOTED.replace("“", "«").replace("”", "»").replace("'", "’").replace("-", "—"),
    ],
)
def test_typographic_signs_change_nothing(run: Run, judged: Path, new: str) -> None:
    edit(judged, QUOTED, new)
    found = next(c for c in claims(run)["claims"] if "sleeping pill" in c["text"])
    assert (found["state"], len(found["verdicts"])) == ("reviewed", 1)
    assert "2 supported" in run("check", "article.txt").out.splitlines()[-1]
    back = ("--claim", found["id"], "--by", "Ada", "--verdict", "withdrawn")
    assert run("link", "article.txt", *back).code == 0
    found = next(c for c in claims(run)["claims"] if "sleeping pill" in c["text"])
    assert (found["state"], found["verdicts"]) == ("uncited", [])


def test_a_moved_paragraph_keeps_its_verdicts(run: Run, judged: Path) -> None:
    parts = judged.read_text("utf-8").split("\n\n")
    parts[2], parts[4] = parts[4], parts[2]
    judged.write_text("\n\n".join(parts), encoding="utf-8")
    assert claims(run)["counts"]["reviewed"] == 2


@pytest.mark.parametrize(
    ("old", "new", "diff"),
    [
        ("12 minutes. Th", "21 minutes. Th", "“by 12 minutes.” → “by 21 minutes.”"),
        ("12 minutes. Th", "12 hours. Th", "“12 minutes.” → “12 hours.”"),
        (
            "\nshortened",
            "\ndid not shorten",
            "“theanine shortened the” → “theanine did not shorten",
        ),
        (", theanine\n", ", Caffeine\n", "“adults, theanine shortened” → “adults, Caffeine"),
        ("shortened the time", "lengthened the time", "“theanine shortened the” → “theanine lengt"),
    ],
)
def test_other_words_make_it_stale_with_a_difference(
    run: Run, judged: Path, old: str, new: str, diff: str
) -> None:
    edit(judged, old, new)
    stale = [c for c in claims(run)["claims"] if c["state"] == "stale"]
    assert len(stale) == 1
    assert diff in stale[0]["verdicts"][0]["stale"]
    checked = run("check", "article.txt")
    assert (checked.code, "EXO401" in checked.out) == (1, True)
    for command in (["check"], ["claims"], ["link", "--no-input"]):
        shown = " ".join(run(command[0], "article.txt", *command[1:]).out.split())
        assert diff in shown


@pytest.mark.parametrize("named", ["then", "now"])
def test_a_stale_verdict_is_taken_back_by_either_id(run: Run, judged: Path, named: str) -> None:
    ids = {"then": claim(run, "30 adults")["id"]}
    edit(judged, "30 adults", "40 adults")
    ids["now"] = claim(run, "40 adults")["id"]
    about = ("--claim", ids[named], "--verdict", "withdrawn", "--by", "Ada")
    other = run("link", "article.txt", *about, "--key", "marsh2019")
    assert (other.code, "no verdict by Ada" in other.err) == (2, True)
    given = run("link", "article.txt", *about)
    assert (given.code, given.err) == (0, "")
    assert claim(run, "40 adults")["state"] == "uncited"
    again = run("link", "article.txt", *about)
    assert (again.code, "Traceback" in again.text) == (2, False)


def test_a_sentence_that_is_gone_is_shown_and_not_dropped(run: Run, judged: Path) -> None:
    before = Path("bib/verdicts.jsonl").read_bytes(), Path("bib/evidence.jsonl").read_bytes()
    edit(judged, CLAIM, "")
    checked = run("check", "article.txt")
    assert "EXO402" in checked.out
    assert "In a trial of 30 adults" in checked.out
    assert "orphaned, its sentence is gone: supported by Ada" in run("claims", "article.txt").out
    shown = claims(run)
    assert shown["counts"]["orphaned"] == 1
    assert shown["orphaned"][0]["text"] == CLAIM
    after = Path("bib/verdicts.jsonl").read_bytes(), Path("bib/evidence.jsonl").read_bytes()
    assert after == before


def change_record(**fields: str) -> None:
    path = Path("bib/works.jsonl")
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for line in lines:
        if line["key"] == "okafor2021":
            line.update(fields)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        (
            {"abstract": "Theanine shortened the time to fall asleep by 21 minutes. All well."},
            "“by 12 minutes.” → “by 21 minutes.”",
        ),
        ({"abstract": "Something else."}, "the passage is no longer in the text of okafor2021"),
        (
            {"abstract": "New! Theanine shortened the time to fall asleep by 12 minutes."},
            "the abstract of okafor2021 has changed since",
        ),
        ({"hash": "0" * 64}, "record of okafor2021 has changed since: a correction"),
        (
            {"hash": "0" * 64, "outcome": "retracted", "retraction": "10.5555/notice"},
            "okafor2021 has been retracted since",
        ),
    ],
)
def test_ground_that_moved_makes_both_stale(
    run: Run, judged: Path, fields: dict[str, str], why: str
) -> None:
    change_record(**fields)
    stale = [c for c in claims(run)["claims"] if c["state"] == "stale"]
    assert len(stale) == 2
    assert why in stale[0]["verdicts"][0]["stale"]
    assert "EXO401" in run("check", "article.txt").out


# --------------------------------------------------------------------------- links nobody judged


@pytest.fixture
def linked(judged: Path) -> Path:
    Path("bib/verdicts.jsonl").unlink()
    return judged


def test_a_link_without_a_verdict_is_found_again(run: Run, linked: Path) -> None:
    edit(linked, QUOTED, QUOTED.replace("'", "’").replace("“", '"').replace("”", '"'))
    edit(linked, CLAIM, RECASED)
    assert claims(run)["counts"]["cited"] == 2
    assert "EXO40" not in run("check", "article.txt").out


def test_a_link_whose_claim_was_reworded_is_stale(run: Run, linked: Path) -> None:
    edit(linked, "30 adults", "40 adults")
    found = next(c for c in claims(run)["claims"] if c["state"] == "stale")
    assert "“of 30 adults,” → “of 40 adults,”" in found["stale_links"][0]["stale"]
    out = " ".join(run("check", "article.txt").out.split())
    assert "the accepted passage of okafor2021 is stale" in out
    assert "the accepted passage of okafor2021" in " ".join(
        run("claims", "article.txt").out.split()
    )


def test_a_link_whose_claim_is_gone_is_shown(run: Run, linked: Path) -> None:
    before = Path("bib/evidence.jsonl").read_bytes()
    edit(linked, CLAIM, "")
    assert "EXO405" in run("check", "article.txt").out
    assert "a passage of okafor2021" in run("claims", "article.txt").out
    assert Path("bib/evidence.jsonl").read_bytes() == before
