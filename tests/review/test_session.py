"""The open review: verdicts, undo, and what others change meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from exocite import config
from exocite.errors import StyleError, UsageError
from exocite.model import ClaimState, Judgement
from exocite.project import Project, judging
from exocite.project.reading import article, read
from exocite.review.offers import OWN
from exocite.review.session import Session
from exocite.review.wish import ClaimMovedError, PlaceNeededError, Wish
from exocite.states import claim_hash
from tests.review.conftest import ARTICLE, Opened, said


def wish(session: Session, place: int, judgement: str, **values: str) -> Wish:
    """A verdict on the claim at this place, by Ada, on its first passage where it needs one."""
    entry = session.entries[place]
    if judgement in {"supported", "partial"} and "offer" not in values:
        values["offer"] = session.offers(entry)[0].name
    return Wish(
        entry.pin.anchor,
        claim_hash(entry.claim.statement),
        Judgement(judgement),
        values.pop("by", "Ada"),
        **values,
    )


def state(session: Session, place: int) -> ClaimState:
    return session.reading.standings.of[session.entries[place].claim.id].state


def fresh(folder: Path) -> Project:
    return Project(config.load(folder, {}))


def by_another(folder: Path, place: int, judgement: Judgement, by: str) -> None:
    """Another process judges."""
    project = fresh(folder)
    reading = read(project, article(project, "tea.md"))
    judging.judge(project, reading, reading.claims[place], judgement, by=by)


def test_a_verdict_is_on_disk_and_in_the_queue(session: Session, folder: Path) -> None:
    assert state(session, 0) is ClaimState.CITED
    session.judge(wish(session, 0, "supported", note=" why "))
    assert said(folder) == [("supported", "marsh2019", "Ada")]
    assert state(session, 0) is ClaimState.REVIEWED
    assert session.entries[0].stage.why == "supported"
    assert [verdict.note for verdict in session.given] == ["why"]


def test_what_is_kept_claim_by_claim_is_what_all_claims_together_give(
    session: Session, folder: Path
) -> None:
    session.judge(wish(session, 0, "supported"))
    session.judge(wish(session, 1, "partial", locator="p. 3"))
    session.judge(wish(session, 2, "exempt"))
    session.judge(wish(session, 0, "contradicted", by="Bea"))
    session.withdraw(session.entries[2].pin.anchor, "Ada")
    project = fresh(folder)
    assert read(project, article(project, "tea.md")).standings == session.reading.standings


def test_supported_needs_a_passage(session: Session, folder: Path) -> None:
    with pytest.raises(UsageError, match="needs the passage"):
        session.judge(wish(session, 0, "supported", offer=""))
    with pytest.raises(UsageError, match="no longer offered"):
        session.judge(wish(session, 0, "supported", offer="0" * 16))
    assert said(folder) == []


def test_a_passage_of_an_attached_text_needs_its_place(session: Session, folder: Path) -> None:
    (only,) = session.offers(session.entries[1])
    assert only.placeless
    with pytest.raises(PlaceNeededError):
        session.judge(wish(session, 1, "supported"))
    assert said(folder) == []
    session.judge(wish(session, 1, "supported", locator=" p.  3 "))
    (link,) = session.project.evidence.items
    assert link.passage.locator == "p. 3"
    # The next person finds the place that the first one named.
    assert not session.offers(session.entries[1])[0].placeless


def test_a_quotation_of_ones_own(session: Session, folder: Path) -> None:
    own = {"offer": OWN, "key": "marsh2019", "quote": "“Coffee does\n so too.”"}
    session.judge(wish(session, 0, "partial", **own))
    assert said(folder) == [("partial", "marsh2019", "Ada")]
    assert session.project.evidence.items[0].passage.text == "Coffee does so too."
    with pytest.raises(UsageError, match="holds the quotation"):
        session.judge(wish(session, 0, "partial", **{**own, "quote": "Milk does."}))
    with pytest.raises(UsageError, match="holds the quotation"):
        session.judge(wish(session, 0, "partial", **{**own, "quote": " ”"}))
    with pytest.raises(UsageError, match="no entry has the key"):
        session.judge(wish(session, 0, "partial", **{**own, "key": "marsh"}))


def test_no_support_found_rests_on_nothing(session: Session, folder: Path) -> None:
    offer = session.offers(session.entries[0])[0].name
    session.judge(wish(session, 0, "unsupported", offer=offer))
    assert said(folder) == [("unsupported", "", "Ada")]
    assert session.project.evidence.items == ()


def test_undo_appends_and_goes_back_verdict_by_verdict(session: Session, folder: Path) -> None:
    session.judge(wish(session, 0, "supported"))
    session.judge(wish(session, 2, "exempt"))
    session.judge(wish(session, 2, "unsupported", by="Bea"))
    assert session.undo("Ada")[1] == session.entries[2].pin.anchor
    assert session.undo("Ada")[1] == session.entries[0].pin.anchor
    with pytest.raises(UsageError, match="of this sitting"):
        session.undo("Ada")
    assert [judgement for judgement, *_ in said(folder)] == [
        "supported", "exempt", "unsupported", "withdrawn", "withdrawn",
    ]  # fmt: skip
    assert state(session, 0) is ClaimState.CITED
    assert [verdict.by for verdict in session.given] == ["Bea"]


def test_an_older_verdict_is_taken_back_by_its_own_button(opened: Opened, folder: Path) -> None:
    first = opened()
    first.judge(wish(first, 2, "exempt"))
    second = opened()
    second.withdraw(second.entries[2].pin.anchor, "Ada")
    assert state(second, 2) is ClaimState.UNCITED
    with pytest.raises(UsageError, match="no verdict by Ada"):
        second.withdraw(second.entries[2].pin.anchor, "Ada")


def test_two_people_where_the_policy_asks_for_two(opened: Opened) -> None:
    session = opened(reviewers=2)
    session.judge(wish(session, 0, "supported"))
    assert session.entries[0].stage.why == "waits for a second person"
    session.judge(wish(session, 0, "supported", by="Bea"))
    assert session.entries[0].stage.why == "supported"
    assert session.entries[0].initials == "A, B"
    session.judge(wish(session, 0, "contradicted", by="Cem"))
    assert session.entries[0].stage.why == "verdicts differ"


def test_the_verdict_of_another_process_is_merged(session: Session, folder: Path) -> None:
    by_another(folder, 0, Judgement.DISPUTED, "Bea")
    session.judge(wish(session, 0, "supported"))
    assert said(folder) == [("disputed", "", "Bea"), ("supported", "marsh2019", "Ada")]
    assert session.entries[0].stage.why == "verdicts differ"
    before = session.revision
    by_another(folder, 2, Judgement.EXEMPT, "Bea")
    assert session.poll() > before
    assert session.since(before)["all"]
    assert state(session, 2) is ClaimState.EXEMPT


def test_evidence_of_another_process_is_never_written_over(opened: Opened, folder: Path) -> None:
    one, other = opened(), opened()
    one.judge(wish(one, 0, "supported"))
    other.judge(wish(other, 1, "supported", locator="p. 3"))
    one.judge(wish(one, 0, "partial", offer=OWN, key="marsh2019", quote="Coffee does so too."))
    assert len(fresh(folder).evidence.items) == 3


def test_a_claim_that_was_reworded_is_not_judged(session: Session, folder: Path) -> None:
    asked = wish(session, 0, "supported")
    (folder / "tea.md").write_text(ARTICLE.replace("60 %", "66 %"), encoding="utf-8")
    with pytest.raises(ClaimMovedError) as moved:
        session.judge(asked)
    assert said(folder) == []
    assert moved.value.anchor == session.entries[0].pin.anchor
    assert "66 %" in session.entries[0].text
    session.comparer.wait(20)
    session.judge(wish(session, 0, "partial"))
    assert [judgement for judgement, *_ in said(folder)] == ["partial"]


def test_a_claim_that_is_gone_is_not_judged(session: Session, folder: Path) -> None:
    asked = wish(session, 2, "exempt")
    (folder / "tea.md").write_text(ARTICLE.rpartition("In 2019")[0], encoding="utf-8")
    with pytest.raises(ClaimMovedError) as moved:
        session.judge(asked)
    assert moved.value.anchor == ""
    assert said(folder) == []


def test_a_claim_that_moved_is_judged(session: Session, folder: Path) -> None:
    asked = wish(session, 2, "exempt")
    (folder / "tea.md").write_text(f"# More\n\nSo it is.\n\n{ARTICLE}", encoding="utf-8")
    assert session.judge(asked).anchor.start > len(ARTICLE) - 60


def test_a_verdict_whose_sentence_went_can_be_undone(session: Session, folder: Path) -> None:
    session.judge(wish(session, 2, "exempt"))
    (folder / "tea.md").write_text(ARTICLE.rpartition("In 2019")[0], encoding="utf-8")
    assert session.undo("Ada")[1] == ""
    assert [judgement for judgement, *_ in said(folder)] == ["exempt", "withdrawn"]
    assert session.reading.standings.orphaned == ()


def test_stale_claims_that_were_reworded_stand_as_all_claims_together_give(
    session: Session, folder: Path
) -> None:
    session.judge(wish(session, 0, "supported"))
    (folder / "tea.md").write_text(ARTICLE.replace("60 %", "66 %"), encoding="utf-8")
    session.poll()
    session.comparer.wait(20)
    assert state(session, 0) is ClaimState.STALE
    session.judge(
        wish(session, 0, "contradicted", offer=session.offers(session.entries[0])[0].name)
    )
    project = fresh(folder)
    assert read(project, article(project, "tea.md")).standings == session.reading.standings


def test_a_stale_verdict_is_taken_back_by_its_own_button(session: Session, folder: Path) -> None:
    session.judge(wish(session, 0, "supported"))
    (folder / "tea.md").write_text(ARTICLE.replace("60 %", "66 %"), encoding="utf-8")
    session.poll()
    session.comparer.wait(20)
    session.withdraw(session.entries[0].pin.anchor, "Ada", "marsh2019")
    assert state(session, 0) is ClaimState.CITED
    assert session.given == ()
    project = fresh(folder)
    assert read(project, article(project, "tea.md")).standings == session.reading.standings


def test_a_name_in_another_case_is_the_same_person(session: Session, folder: Path) -> None:
    session.judge(wish(session, 2, "exempt", by="Ada"))
    session.undo("ADA")
    assert [(what, by) for what, _, by in said(folder)] == [("exempt", "Ada"), ("withdrawn", "ADA")]
    assert session.given == ()
    assert state(session, 2) is not ClaimState.EXEMPT


def test_an_article_that_is_deleted_is_shown_and_not_judged(session: Session, folder: Path) -> None:
    session.judge(wish(session, 2, "exempt"))
    asked = wish(session, 0, "supported")
    (folder / "tea.md").unlink()
    session.poll()
    assert "no such file" in session.problem
    assert len(session.entries) == 3
    with pytest.raises(UsageError, match="nothing was recorded"):
        session.judge(asked)
    (folder / "tea.md").write_text(ARTICLE, encoding="utf-8")
    session.poll()
    assert session.problem == ""
    session.judge(asked)
    assert [judgement for judgement, *_ in said(folder)] == ["exempt", "supported"]


def test_a_bibliography_that_is_edited_is_read_again(session: Session, folder: Path) -> None:
    with (folder / "bib" / "references.bib").open("a", encoding="utf-8") as bib:
        bib.write(
            "@article{new2024, title={New}, abstract={Tea was drunk by 300 million people.}}\n"
        )
    session.poll()
    assert session.comparer.wait(20)
    assert "new2024" in session.shelf.keys
    own = {"offer": OWN, "key": "new2024", "quote": "Tea was drunk by 300 million people."}
    assert session.judge(wish(session, 2, "supported", **own)).key == "new2024"


def test_a_folder_that_cannot_be_written_is_shown(
    session: Session, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda place, mode: Path(place).name != "bib")
    assert "cannot be written" in session.read_only
    with pytest.raises(UsageError, match="cannot be written"):
        session.judge(wish(session, 2, "exempt"))
    assert said(folder) == []


def test_a_style_that_there_is_not_is_told_at_once(opened: Opened) -> None:
    with pytest.raises(StyleError):
        opened(style="no-such-style")


def test_a_poll_tells_which_claims_changed(session: Session) -> None:
    before = session.revision
    session.judge(wish(session, 2, "exempt"))
    session.judge(wish(session, 0, "supported"))
    third, first = session.entries[2].pin.anchor, session.entries[0].pin.anchor
    assert session.since(before) == {"all": False, "claims": [third, first]}
    assert session.since(before + 1) == {"all": False, "claims": [first]}
    assert session.since(session.revision) == {"all": False, "claims": []}
    assert session.since(session.revision + 7)["all"]
