"""A report built from a project: what is known of each claim, and what is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from exocite.errors import ReadError
from exocite.model import (
    Claim,
    Judgement,
    Outcome,
    Passage,
    Relation,
    Suggestion,
    Update,
    WorkRecord,
)
from exocite.project import Project, judging
from exocite.project.reading import Reading, article, read
from exocite.report import FORMATS, cards, works
from exocite.report.data import Card, Report
from exocite.report.gathering import gather

Made = Callable[[], Project]


def reported(project: Project, *paths: str, suggest: bool | None = None) -> Report:
    return gather(project, paths or ("tea.md",), suggest=suggest).report


def card(report: Report, words: str) -> Card:
    return next(one for one in report.cards if words in one.text)


def judged(project: Project, words: str, judgement: Judgement, by: str, quote: str = "") -> None:
    reading = read(project, article(project, "tea.md"))
    claim = next(one for one in reading.claims if words in one.text)
    suggestion = judging.quotation(project, claim, "okafor2021", quote) if quote else None
    judging.judge(
        project, reading, claim, judgement, by=by, key="okafor2021", suggestion=suggestion, note="n"
    )


QUOTE = "Theanine shortened the time to fall asleep by 12 minutes"


def test_a_card_before_anybody_judged(project: Made) -> None:
    report = reported(project())
    assert [one.pin.number for one in report.cards] == [1, 2, 3]
    first = card(report, "fall asleep")
    assert (first.state, first.pin.mark.word, first.initials) == ("cited", "cited", "")
    assert [one.label for one in first.cited] == ["okafor2021"]
    assert first.suggestions[0].text.startswith("Theanine shortened")
    assert first.suggestions[0].basis == "abstract only"
    assert first.suggestions[0].origin == "suggested"
    assert card(report, "iron").pin.mark.word == "uncited"
    assert card(report, "iron").place == "tea.md:9:3"
    assert report.silent == ("marsh2019",)
    assert {one.subject for one in report.not_checked} == {"okafor2021", "marsh2019"}
    codes = {finding.code: pin for finding, pin in report.found}
    assert codes["EXO101"] == card(report, "iron").pin


def test_a_verdict_stands_on_its_card_with_the_passage_in_its_surroundings(project: Made) -> None:
    judged(project(), "fall asleep", Judgement.SUPPORTED, "Ada Example", QUOTE)
    judged(project(), "fall asleep", Judgement.DISPUTED, "Bo Second")
    report = reported(project())
    one = card(report, "fall asleep")
    assert one.pin.mark.word == "verdicts differ"
    assert one.initials == "AE, BS"
    assert [(said.mark.word, said.by, said.at, said.note) for said in one.verdicts] == [
        ("supported", "Ada Example", "2026-01-31T12:00:00Z", "n"),
        ("disputed", "Bo Second", "2026-01-31T12:00:00Z", "n"),
    ]
    (passage,) = one.passages
    assert not passage.accepted
    assert (passage.before, passage.basis) == ("Thirty adults took theanine.", "abstract only")
    assert passage.after == "Mood did not change."
    assert not one.suggestions


def test_a_passage_that_contradicts_is_shown_and_nothing_rests_on_it(project: Made) -> None:
    judged(project(), "iron", Judgement.CONTRADICTED, "Ada", "Mood did not change.")
    report = reported(project())
    one = card(report, "iron")
    assert [passage.text for passage in one.passages] == ["Mood did not change."]
    assert one.works
    assert not one.resting
    okafor = next(one for one in report.works if one.key == "okafor2021")
    assert [pin.number for pin in okafor.pins] == [1]


def test_a_stale_verdict_shows_then_and_now(project: Made, tmp_path: Path) -> None:
    judged(project(), "fall asleep", Judgement.SUPPORTED, "Ada", QUOTE)
    path = tmp_path / "tea.md"
    path.write_text(path.read_text("utf-8").replace("12 minutes", "21 minutes"), "utf-8")
    one = card(reported(project()), "fall asleep")
    assert one.pin.mark.word == "stale"
    (old,) = one.stale
    assert "reworded" in old.reason
    assert [passage.text for passage in one.moved] == [QUOTE]
    changed = [(change.kind, change.text) for change in old.then if change.kind != "same"]
    assert changed == [("gone", "12"), ("new", "21")]


def test_a_verdict_whose_sentence_is_gone_is_told(project: Made, tmp_path: Path) -> None:
    judged(project(), "fall asleep", Judgement.SUPPORTED, "Ada", QUOTE)
    (tmp_path / "tea.md").write_text("# Coffee\n\nCoffee rose by 20 % in 1999.\n", "utf-8")
    (gone,) = reported(project()).pages[0].gone
    assert gone.what == "supported by Ada"
    assert "Theanine shortened" in gone.text


def test_works_are_listed_with_what_rests_on_them(project: Made) -> None:
    judged(project(), "fall asleep", Judgement.SUPPORTED, "Ada", QUOTE)
    made = project()
    notice = Update("retraction", "10.5555/notice", "2025-02-01")
    made.store.write_works(
        [
            WorkRecord(
                "okafor2021", Outcome.RETRACTED, "it was retracted", "2026-01-30T00:00:00Z",
                "Crossref", doi="10.5555/theanine", notices=(notice,),
            )
        ]
    )  # fmt: skip
    listed = {one.key: one for one in reported(project()).works}
    okafor, marsh = listed["okafor2021"], listed["marsh2019"]
    assert okafor.retracted
    assert (okafor.notices[0].kind, okafor.notices[0].link) == (
        "retraction",
        "https://doi.org/10.5555/notice",
    )
    assert okafor.link == "https://doi.org/10.5555/theanine"
    assert [pin.number for pin in okafor.pins] == [1]
    assert marsh.link == ""
    assert (marsh.outcome, marsh.basis) == ("not checked", "no text")


def test_the_same_sentence_in_two_articles_has_two_anchors(project: Made, tmp_path: Path) -> None:
    (tmp_path / "more.md").write_text((tmp_path / "tea.md").read_text("utf-8"), "utf-8")
    report = reported(project(), "tea.md", "more.md")
    anchors = [one.pin.anchor for one in report.cards]
    assert len(set(anchors)) == len(anchors) == 6
    assert [one.pin.number for one in report.cards] == [1, 2, 3, 4, 5, 6]
    assert report.title == "2 articles"


def test_an_article_that_cannot_be_read_does_not_hide_the_others(project: Made) -> None:
    found = gather(project(), ("tea.md", "missing.md"))
    assert [page.path for page in found.report.pages] == ["tea.md"]
    assert "missing.md" in found.unread[0].message
    assert "missing.md" in [one.subject for one in found.report.not_checked]
    with pytest.raises(ReadError):
        gather(project(), ("missing.md",))


def test_without_suggestions_nothing_is_compared_and_that_is_said(
    project: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exocite.linking.suggest.link", None)
    report = reported(project(), suggest=False)
    assert not any(one.suggestions for one in report.cards)
    assert any("--no-suggestions" in one.reason for one in report.not_checked)
    monkeypatch.setattr("exocite.report.gathering.MOST_CLAIMS", 0)
    report = reported(project())
    assert any("--suggestions compares them" in one.reason for one in report.not_checked)


def test_no_claim_is_compared_twice(project: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    whole = judging.suggestions

    def counted(project: Project, reading: Reading, *, claims: Iterable[Claim]) -> object:
        compared = list(claims)
        asked.extend(claim.id for claim in compared)
        return whole(project, reading, claims=compared)

    monkeypatch.setattr(judging, "suggestions", counted)
    report = reported(project())
    assert sorted(asked) == sorted(one.id for one in report.cards)


def test_a_passage_of_a_megabyte_is_cut_and_that_is_said(project: Made, tmp_path: Path) -> None:
    long = "Theanine shortened the time to fall asleep " + "very much " * 100_000 + "indeed"
    path = tmp_path / "bib" / "references.bib"
    path.write_text(path.read_text("utf-8").replace("Mood did not change.", long + "."), "utf-8")
    made = project()
    reading = read(made, article(made, "tea.md"))
    (text,) = made.texts["okafor2021"]
    start = text.text.index("Theanine shortened the time to fall asleep very")
    passage = Passage("okafor2021", "abstract", long, start, start + len(long), "", text.hash)
    chosen = Suggestion("okafor2021", "", passage, Relation.MENTIONS, 0.0, 0.0)
    judging.judge(
        made, reading, reading.claims[0], Judgement.SUPPORTED, by="Ada", key="okafor2021",
        suggestion=chosen,
    )  # fmt: skip
    report = reported(project(), suggest=False)
    (cut,) = card(report, "fall asleep").passages
    assert len(cut.text) == cards.LONGEST
    assert cut.cut == len(long) - cards.LONGEST
    for one in FORMATS:
        assert len(one.render(report)) < 100_000


def test_the_same_project_gives_the_same_bytes(project: Made) -> None:
    judged(project(), "fall asleep", Judgement.SUPPORTED, "Ada", QUOTE)
    for one in FORMATS:
        assert one.render(reported(project())) == one.render(reported(project()))


@pytest.mark.parametrize(
    ("doi", "link"),
    [
        ("10.5555/a", "https://doi.org/10.5555/a"),
        ("https://doi.org/10.5555/A(1)", "https://doi.org/10.5555/a(1)"),
        ('10.5555/a"onclick="b', "https://doi.org/10.5555/a"),
        ("10.5555/ä", "https://doi.org/10.5555/%C3%A4"),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_the_address_of_a_doi(doi: str, link: str) -> None:
    assert works.doi_link(doi) == link


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        ("a b c", "a b c", []),
        ("a b c", "a x c", ["same a", "gone b", "new x", "same c"]),
        ("", "a", ["new a"]),
    ],
)
def test_then_and_now(then: str, now: str, told: list[str]) -> None:
    assert [f"{one.kind} {one.text}" for one in cards.compared(then, now)] == told
