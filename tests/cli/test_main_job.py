"""The main job from end to end, as a fact-checker types it, against a local registry."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from exocite.model import Work
from exocite.registries.crossref import Crossref
from tests.cli.conftest import Result, Run
from tests.fakes.crossref import FakeCrossref

CLOSED = "http://127.0.0.1:9"


@pytest.fixture
def prepared(run: Run, article: Path, registry: FakeCrossref) -> Path:
    assert run("init").code == 0
    assert run("add", "--from-article", article.name).code == 0
    assert run("resolve", "--crossref-url", registry.url).code == 0
    return article


def test_init_makes_a_project_once(run: Run, folder: Path) -> None:
    assert run("init").code == 0
    assert (folder / "bib" / "references.bib").read_bytes() == b""
    assert ".exocite/" in (folder / ".gitignore").read_text("utf-8")
    (folder / "bib" / "references.bib").write_bytes(b"@misc{a}\n")
    again = run("init")
    assert (again.code, "nothing to do" in again.out) == (0, True)
    assert (folder / "bib" / "references.bib").read_bytes() == b"@misc{a}\n"


def test_listed_references_become_entries_once(run: Run, folder: Path, article: Path) -> None:
    first = run("add", "--from-article", article.name)
    assert first.code == 0, first.text
    assert "okafor2021" in first.out
    assert "marsh2019" in first.out
    text = (folder / "bib" / "references.bib").read_text("utf-8")
    again = run("add", "--from-article", article.name)
    assert "there already" in again.out
    assert (folder / "bib" / "references.bib").read_text("utf-8") == text


def test_references_resolve_to_their_works_and_gain_a_doi(run: Run, prepared: Path) -> None:
    text = Path("bib/references.bib").read_text("utf-8")
    assert "10.5555/theanine" in text
    assert "10.5555/caffeine" in text
    assert "10.5555/comment" not in text
    listed = json.loads(run("list", "--json").out)
    assert listed["schema"] == "exocite.list/1"
    assert [r["outcome"] for r in listed["references"]] == ["matched", "matched"]
    assert [r["texts"] for r in listed["references"]] == [["abstract"], []]


def test_a_second_resolve_confirms_the_doi_and_changes_no_byte(
    run: Run, prepared: Path, registry: FakeCrossref
) -> None:
    before = Path("bib/references.bib").read_bytes()
    assert run("resolve", "--crossref-url", registry.url).code == 0
    assert Path("bib/references.bib").read_bytes() == before


def test_an_outage_is_never_a_verdict(run: Run, article: Path) -> None:
    run("add", "--from-article", article.name)
    for arguments in (["resolve"], ["resolve", "--json"]):
        result = run(*arguments, "--crossref-url", CLOSED)
        assert result.code == 3
        assert "not found" not in result.text.lower()
        assert "not_found" not in result.text
        assert "0 " not in result.out
    assert "not checked" in run("list").out
    assert run("check", article.name).code == 1


def test_an_outage_keeps_what_was_learned_before(run: Run, prepared: Path) -> None:
    before = Path("bib/works.jsonl").read_bytes()
    result = run("resolve", "--crossref-url", CLOSED)
    assert result.code == 3
    assert "is kept: matched" in result.out
    assert Path("bib/works.jsonl").read_bytes() == before


def test_claims_carry_exact_places_and_suggestions(run: Run, prepared: Path) -> None:
    shown = json.loads(run("claims", prepared.name, "--json").out)
    assert shown["schema"] == "exocite.claims/1"
    source = prepared.read_text("utf-8")
    lines = source.splitlines()
    assert shown["counts"]["claims"] == len(shown["claims"]) >= 3
    for claim in shown["claims"]:
        quoted = source[claim["start"] : claim["end"]]
        assert " ".join(quoted.split()) == claim["text"]
        assert lines[claim["line"] - 1][claim["column"] - 1 :].startswith(
            quoted.split("\n")[0][:20]
        )
        assert claim["state"] == "uncited"
        assert 0 <= claim["score"] <= 1
        assert claim["reason"]
    by_text = {claim["text"]: claim for claim in shown["claims"]}
    trial = next(claim for text, claim in by_text.items() if "12 minutes" in text)
    best = trial["suggestions"][0]
    assert best["key"] == "okafor2021"
    assert best["doi"] == "10.5555/theanine"
    assert "12 minutes" in best["passage"]["text"]
    assert best["passage"]["field"] == "abstract"
    assert trial["not_compared"] == ["marsh2019"]
    assert not any("Who would not" in text or "By Ada" in text for text in by_text)


def test_link_says_what_it_could_not_compare(run: Run, prepared: Path) -> None:
    result = run("link", prepared.name, "--no-input")
    assert result.code == 0
    assert "okafor2021" in result.out
    assert "none of these" in result.out
    assert "1 of 2 works could not be compared, for want of any text: marsh2019" in result.out
    assert "verified" in result.out.splitlines()[-1]


def _claim(run: Run, article: Path, words: str) -> str:
    shown = json.loads(run("claims", article.name, "--json").out)
    return str(next(c["id"] for c in shown["claims"] if words in c["text"]))


def _state(run: Run, article: Path, words: str) -> str:
    shown = json.loads(run("claims", article.name, "--json").out)
    return str(next(c["state"] for c in shown["claims"] if words in c["text"]))


def _verdict(run: Run, article: Path, words: str, *more: str) -> Result:
    return run("link", article.name, "--claim", _claim(run, article, words), "--by", "Ada", *more)


def test_a_verdict_is_remembered_and_goes_stale(run: Run, prepared: Path) -> None:
    given = _verdict(
        run, prepared, "12 minutes", "--key", "okafor2021", "--verdict", "supported", "--note", "ok"
    )
    assert given.code == 0, given.text
    assert _state(run, prepared, "12 minutes") == "reviewed"
    assert "1 supported" in run("check", prepared.name).out.splitlines()[-1]
    text = prepared.read_text("utf-8")
    prepared.write_text(f"A line before.\n\n{text}", encoding="utf-8")
    assert _state(run, prepared, "12 minutes") == "reviewed"
    prepared.write_text(text.replace("12 minutes", "21 minutes"), encoding="utf-8")
    assert _state(run, prepared, "21 minutes") == "stale"
    checked = run("check", prepared.name)
    assert "EXO401" in checked.out
    assert "12" in checked.out


def test_a_person_can_quote_the_passage(run: Run, prepared: Path) -> None:
    about = ("--key", "okafor2021", "--verdict", "partial")
    given = _verdict(run, prepared, "iron", *about, "--quote", "Mood did not change.")
    assert given.code == 0, given.text
    evidence = json.loads(Path("bib/evidence.jsonl").read_text("utf-8"))
    assert evidence["passage"]["text"] == "Mood did not change."
    wrong = _verdict(run, prepared, "iron", *about, "--quote", "Mood changed.")
    assert (wrong.code, "holds the quotation" in wrong.err) == (2, True)
    near = _verdict(run, prepared, "iron", *about, "--quote", "Mood did not\x1b change at all.")
    assert "the nearest words stand in the abstract: “Mood did not change.”" in near.err
    assert "`exocite sources okafor2021 --attach FILE`" in near.err
    assert "\x1b" not in near.err
    (prepared.parent / "bib" / "works.jsonl").unlink()
    none = _verdict(run, prepared, "iron", *about, "--quote", "Mood did not change.")
    assert "okafor2021: there is no text of this work to quote from" in none.err


def test_a_verdict_can_be_taken_back(run: Run, prepared: Path) -> None:
    _verdict(run, prepared, "12 minutes", "--key", "okafor2021", "--verdict", "supported")
    before = Path("bib/verdicts.jsonl").read_bytes()
    assert _verdict(run, prepared, "12 minutes", "--verdict", "withdrawn").code == 0
    assert Path("bib/verdicts.jsonl").read_bytes().startswith(before)
    assert _state(run, prepared, "12 minutes") == "uncited"
    nothing = _verdict(run, prepared, "12 minutes", "--verdict", "withdrawn")
    assert (nothing.code, "no verdict by Ada" in nothing.err) == (2, True)


def test_a_passage_that_was_never_shown_supports_nothing(run: Run, prepared: Path) -> None:
    about = ("--key", "okafor2021", "--verdict", "supported")
    refused = _verdict(run, prepared, "iron", *about)
    assert (refused.code, "--quote" in refused.err) == (2, True)
    assert not Path("bib/evidence.jsonl").exists()


def test_a_negative_verdict_does_not_cite(run: Run, prepared: Path) -> None:
    about = ("--key", "okafor2021", "--verdict", "contradicted", "--note", "in adults only")
    assert _verdict(run, prepared, "12 minutes", *about).code == 0
    out = run("check", prepared.name).out
    assert ": 0 cited" in out.splitlines()[-1]
    assert "Ada, 20" in out
    assert "contradicts this claim: “in adults only”" in out
    shown = json.loads(run("claims", prepared.name, "--json").out)["claims"]
    verdicts = [v for c in shown for v in c["verdicts"]]
    assert [(v["by"], v["verdict"], v["key"]) for v in verdicts] == [
        ("Ada", "contradicted", "okafor2021")
    ]


def test_the_verdict_of_a_sentence_that_is_gone_can_be_taken_back(run: Run, prepared: Path) -> None:
    name = _claim(run, prepared, "iron")
    _verdict(run, prepared, "iron", "--verdict", "exempt")
    text = prepared.read_text("utf-8")
    prepared.write_text(text.replace("Tea also lowers the uptake of iron.", ""), encoding="utf-8")
    assert f"--claim {name} --verdict withdrawn" in run("check", prepared.name).out
    back = run("link", prepared.name, "--claim", name, "--verdict", "withdrawn", "--by", "Ada")
    assert back.code == 0, back.text
    assert "EXO402" not in run("check", prepared.name).out


def test_an_exempt_claim_needs_no_source(run: Run, prepared: Path) -> None:
    assert _verdict(run, prepared, "iron", "--verdict", "exempt", "--note", "common").code == 0
    assert _state(run, prepared, "iron") == "exempt"
    assert "1 exempt" in run("check", prepared.name).out.splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--claim", "c0000000000", "--by", "A", "--verdict", "partial"], "no claim has the id"),
        (["--verdict", "partial"], "--claim"),
        (["--claim", "{claim}", "--by", "A", "--verdict", "supported"], "passage"),
        (["--claim", "{claim}", "--by", "A", "--verdict", "partial", "--key", "x"], "no entry"),
        (
            ["--claim", "{claim}", "--by", "A", "--verdict", "supported", "--key", "marsh2019"],
            "marsh2019",
        ),
    ],
)
def test_a_verdict_that_cannot_be_is_refused(
    run: Run, prepared: Path, arguments: list[str], message: str
) -> None:
    claim = _claim(run, prepared, "12 minutes")
    result = run("link", prepared.name, *(a.replace("{claim}", claim) for a in arguments))
    assert result.code == 2
    assert message in result.err
    assert not Path("bib/verdicts.jsonl").exists()


def test_check_names_the_place_and_is_the_same_twice(run: Run, prepared: Path) -> None:
    first = run("check", prepared.name)
    assert first.code == 1
    assert f"{prepared.name}:5:1: EXO101" in first.out
    assert "EXO201" in first.out
    assert run("check", prepared.name).out == first.out
    parsed = json.loads(run("check", prepared.name, "--json").out)
    assert parsed["schema"] == "exocite.check/1"
    assert {f["code"] for f in parsed["findings"]} == {"EXO101", "EXO201"}


def test_check_of_cited_claims_is_clean(run: Run, prepared: Path) -> None:
    text = prepared.read_text("utf-8").split("References:")[0]
    cited = text.replace("theanine. In", "theanine [@okafor2021]. In")
    cited = cited.replace("12 minutes.", "12 minutes [@okafor2021].")
    cited = cited.replace("20 %.", "20 % [@marsh2019].").replace("iron.", "iron [@marsh2019].")
    Path("cited.md").write_text(cited, encoding="utf-8")
    result = run("check", "cited.md")
    assert result.code == 0, result.out
    assert "(100.0 %)" in result.out.splitlines()[-1]
    Path("cited.md").write_text(cited.replace("@marsh2019", "@marsch2019"), encoding="utf-8")
    wrong = run("check", "cited.md")
    assert wrong.code == 1
    assert "EXO102" in wrong.out
    assert "marsh2019" in wrong.out


def test_a_reference_cited_in_another_article_of_the_project_is_cited(
    run: Run, prepared: Path
) -> None:
    Path("other.md").write_text("Tea is [@okafor2021].\n", encoding="utf-8")
    Path("exocite.toml").write_text('articles = ["other.md"]\n', encoding="utf-8")
    out = run("check", prepared.name).out
    assert "marsh2019 is never cited" in out
    assert "okafor2021 is never cited" not in out
    assert "never cited" not in run("check", prepared.name, "missing.md").out


def test_a_reference_never_resolved_is_not_checked(run: Run, article: Path) -> None:
    run("add", "--from-article", article.name)
    Path("cited.md").write_text("Tea lowers iron uptake by 20 % [@okafor2021; @marsh2019].\n")
    result = run("check", "cited.md", "--ignore", "EXO202")
    assert result.code == 3
    assert "okafor2021" in result.out
    assert "never resolved" in result.out


def test_export_in_a_style_and_in_every_format(run: Run, prepared: Path) -> None:
    apa = run("export", "--style", "apa")
    assert apa.code == 0
    assert "Okafor, N., & Brandt, L. (2021)." in apa.out
    assert "https://doi.org/10.5555/theanine" in apa.out
    assert run("export", "--format", "bibtex", "marsh2019").out.startswith("@article{marsh2019")
    assert json.loads(run("export", "--format", "csl-json").out)[0]["id"] == "okafor2021"
    assert "<i>" in run("export", "--format", "html").out
    unknown = run("export", "--style", "apaa")
    assert unknown.code == 2
    assert "apa" in unknown.err


def test_export_of_what_an_article_cites(run: Run, prepared: Path) -> None:
    Path("cited.md").write_text("Tea lowers iron uptake by 20 % [@marsh2019].\n", encoding="utf-8")
    out = run("export", "--cited", "cited.md", "--format", "bibtex").out
    assert "marsh2019" in out
    assert "okafor2021" not in out


def test_export_of_an_article_that_cites_nothing_says_so(run: Run, prepared: Path) -> None:
    result = run("export", "--cited", prepared.name)
    assert (result.code, "cites no reference" in result.err) == (2, True)
    _verdict(run, prepared, "12 minutes", "--key", "okafor2021", "--verdict", "supported")
    assert "okafor2021" in run("export", "--cited", prepared.name, "--format", "bibtex").out


def test_export_replaces_no_file_unasked(run: Run, prepared: Path) -> None:
    before = prepared.read_bytes()
    refused = run("export", "-o", prepared.name)
    assert (refused.code, prepared.read_bytes()) == (2, before)
    assert run("export", "-o", "list.txt").code == 0
    assert run("export", "-o", "list.txt", "--force").code == 0
    assert "Okafor" in Path("list.txt").read_text("utf-8")


def test_a_doi_is_added_from_the_registry(run: Run, folder: Path, registry: FakeCrossref) -> None:
    url = ("--crossref-url", registry.url)
    assert run("add", "https://doi.org/10.5555/THEANINE", *url).code == 0
    assert "there already" in run("add", "10.5555/theanine", *url).out
    unknown = run("add", "10.5555/nothing", *url)
    assert unknown.code == 2
    assert "holds no record" in unknown.err
    assert run("add", "10.5555/caffeine", "--crossref-url", CLOSED).code == 3
    assert run("add", "no-doi", *url).code == 2


def test_entries_of_another_file_are_taken_over(run: Run, folder: Path) -> None:
    (folder / "other.bib").write_text(
        '@string{j = "Journal"}\n@Article {Key:1,\n\ttitle = "A {T}itle" , journal = j}\n', "utf-8"
    )
    assert run("add", "other.bib").code == 0
    text = (folder / "bib" / "references.bib").read_text("utf-8")
    assert '\ttitle = "A {T}itle" ,' in text
    assert "there already" in run("add", "other.bib").out


def test_explain_knows_every_code(run: Run) -> None:
    listed = run("explain")
    codes = [line.split()[0] for line in listed.out.splitlines()]
    assert "EXO101" in codes
    for code in codes:
        assert run("explain", code).code == 0
    assert run("explain", "EXO999").code == 2


def test_an_interrupted_resolve_keeps_what_it_learned(
    run: Run, article: Path, registry: FakeCrossref, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("add", "--from-article", article.name)
    real, asked = Crossref.search, []

    def search(self: Crossref, query: str, *, rows: int = 20) -> tuple[Work, ...]:
        asked.append(query)
        if len(asked) == 2:
            raise KeyboardInterrupt
        return real(self, query, rows=rows)

    monkeypatch.setattr(Crossref, "search", search)
    result = run("resolve", "--crossref-url", registry.url)
    assert result.code == 130
    assert "what was finished is kept" in result.err
    record = json.loads(Path("bib/works.jsonl").read_text("utf-8"))
    assert (record["key"], record["outcome"]) == ("okafor2021", "matched")
    assert "10.5555/theanine" in Path("bib/references.bib").read_text("utf-8")
