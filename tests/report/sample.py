"""A report made by hand, with everything that one can hold, and texts that mean harm."""

from __future__ import annotations

from exocite.model import BlockKind, ClaimState, Coverage, Finding, Judgement, NotChecked, Severity
from exocite.report import charts, marks
from exocite.report.data import (
    Bar,
    Card,
    Change,
    Cited,
    Gone,
    Group,
    Line,
    Notice,
    Page,
    Part,
    Pin,
    Printed,
    Quoted,
    Report,
    Said,
    Stretch,
    Work,
)

HOSTILE = (
    "</style></script><script>alert('x')</script><img src=x onerror=alert(1)> \x1b[31m \u202egnp"
)
SUPPORTED, STALE = marks.JUDGEMENTS[Judgement.SUPPORTED], marks.STATES[ClaimState.STALE]
UNCITED = marks.STATES[ClaimState.UNCITED]

PINS = (Pin("c1", 1, SUPPORTED), Pin("c2", 2, STALE), Pin("c3", 3, UNCITED))
ADA = Said(SUPPORTED, "Ada Example", "AE", "2026-01-30T09:00:00Z", "w1", "ku2023", "Read whole.")


def quoted(text: str = "Theanine helped.", **more: object) -> Quoted:
    return Quoted(
        **{  # type: ignore[arg-type]
            "work": "w1",
            "key": "ku2023",
            "before": "Thirty took it.",
            "text": text,
            "after": "Mood stayed.",
            "locator": "p. 3",
            "basis": "abstract only",
            "relation": "supports",
            "origin": "accepted by Ada Example",
        }
        | more
    )


def card(pin: Pin, state: str, text: str, **more: object) -> Card:
    return Card(
        pin=pin,
        id=pin.anchor,
        state=state,
        text=text,
        before="",
        place=f"tea.md:{pin.number}:1",
        section="Risks",
        why="a number",
        score=0.9,
        **more,  # type: ignore[arg-type]
    )


def report(hostile: str = "") -> Report:
    """The report; `hostile` stands wherever a text from outside can stand."""
    first = card(
        PINS[0],
        "reviewed",
        f"Tea helps [1].{hostile}",
        verdicts=(ADA,),
        passages=(quoted(f"Theanine helped.{hostile}", conflicts=(f"30 ≠ 13{hostile}",), cut=7),),
        cited=(Cited("ku2023", "w1", "p. 3", "Tea helps"),),
        suggestions=(quoted("Perhaps.", confidence=0.71, origin="suggested", work="w2"),),
    )
    was = (Change("same", "Tea keeps"), Change("gone", "13"), Change("new", f"30{hostile}"))
    second = card(
        PINS[1],
        "stale",
        "Tea keeps 30 awake.",
        stale=(
            Said(
                SUPPORTED,
                f"Bo{hostile}",
                "B",
                "2026-01-29T09:00:00Z",
                reason=f"the claim was reworded{hostile}",
                then=was,
            ),
        ),
        moved=(quoted(reason="the text is gone"),),
        cited=(Cited(f"[9]{hostile}"),),
        covered="cited by the marker at the end of the paragraph",
    )
    third = card(PINS[2], "uncited", "Iron falls.", none=f"no passage is close{hostile}")
    cards = (first, second, third)
    works = (
        Work(
            "w1",
            f"ku2023{hostile}",
            f"Ku, 2023{hostile}",
            (
                Printed(f"Ku, A. (2023). {hostile}"),
                Printed("Sleep", ("i",)),
                Printed("https://doi.org/10.5555/1", (), "https://doi.org/10.5555/1"),
            ),
            "2023",
            "10.5555/1",
            "https://doi.org/10.5555/1",
            "retracted",
            "abstract only",
            True,
            (Notice("retraction", "2025-02-01", "10.5555/2", "https://doi.org/10.5555/2"),),
            (PINS[0],),
            1,
        ),
        Work("w2", "no", "No, 1999", (Printed("No"),), "1999", "", "", "matched", "no text",
             False, (), (), 0),
    )  # fmt: skip
    groups = (
        Group(BlockKind.TITLE, (Line(1, (Stretch((Part(f"Tea{hostile}"),)),)),)),
        Group(BlockKind.HEADING, (Line(1, (Stretch((Part("Risks"),)),)),)),
        Group(
            BlockKind.PARAGRAPH,
            (
                Line(
                    0,
                    (
                        Stretch(
                            (Part("Tea helps "), Part("[1]", "w1"), Part(f".{hostile}")), PINS[0]
                        ),
                        Stretch((Part(" Well. "),)),
                        Stretch((Part("Tea keeps 30 awake."),), PINS[1]),
                    ),
                ),
            ),
        ),
        Group(
            BlockKind.LIST_ITEM,
            (
                Line(1, (Stretch((Part("Iron falls."),), PINS[2]),)),
                Line(2, (Stretch((Part("so"),)),)),
            ),
        ),
        Group(BlockKind.QUOTATION, (Line(0, (Stretch((Part("* they said"),)),)),)),
        Group(BlockKind.TABLE, (Line(0, (), ("a", f"b{hostile}")), Line(0, (), ("1",)))),
        Group(BlockKind.CODE, (Line(0, (Stretch((Part("x = 1\n  y"),)),)),)),
        Group(BlockKind.REFERENCE, (Line(0, (Stretch((Part("1. Ku"),)),)),)),
    )
    coverage = Coverage(3, 1, 1, 1, 0)
    bars, resting = charts.rests(cards, works)
    page = Page(
        "article-1",
        f"tea.md{hostile}",
        f"Tea{hostile}",
        groups,
        cards,
        coverage,
        (("", Coverage(1, 1, 1, 1)), (f"Risks{hostile}", Coverage(2))),
        bars,
        resting,
        charts.years(cards, works),
        (Gone(f"supported by Ada{hostile}", f"It is gone.{hostile}"),),
        "navigation (2)",
    )
    return Report(
        title=f"Tea{hostile}",
        made="2026-01-31T12:00:00Z",
        revision="abc1234",
        coverage=coverage,
        pages=(page,),
        works=works,
        found=(
            (
                Finding("tea.md", 3, 1, "EXO101", Severity.WARNING, f"no source{hostile}", "cite"),
                PINS[2],
            ),
            (Finding("bib", 1, 1, "EXO201", Severity.ERROR, "broken"), None),
        ),
        not_checked=(NotChecked(f"ku2023{hostile}", f"never resolved{hostile}"),),
        silent=("no",),
        suggested=True,
    )


__all__ = ["ADA", "HOSTILE", "PINS", "Bar", "report"]
