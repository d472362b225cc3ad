"""Builds a report from what a project knows of its articles; nothing is judged anew."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace

from exocite.check import ArticleReport
from exocite.errors import ReadError, UsageError
from exocite.frozen import dataclass
from exocite.model import Claim, ClaimState, Finding, Linking, NotChecked
from exocite.project import Project, checking
from exocite.project.reading import Reading
from exocite.report import charts, layout, marks, revision, works
from exocite.report.cards import Known, card
from exocite.report.data import Card, Gone, Page, Pin, Report, Work

_DONE = frozenset({ClaimState.REVIEWED, ClaimState.EXEMPT})
_ABOUT_PASSAGES = ("EXO406", "EXO407")
MOST_CLAIMS = 500
"""Claims of an article, or articles, that are compared unasked.

Each takes some milliseconds, however many works there are: an index finds the few that are read.
"""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A report, and the articles that could not be read and are not in it."""

    report: Report
    unread: tuple[ReadError, ...]


def gather(
    project: Project,
    paths: Sequence[str],
    *,
    encoding: str = "",
    suggest: bool | None = None,
) -> Gathered:
    """The report on these articles, or on those of the settings.

    With `suggest` the claims that nobody has judged are compared with the works, as `link` does,
    and the rules about passages run; with None where there are not too many of them. Raises
    ReadError where no article can be read, UsageError where there is none, and StyleError.
    """
    checked, compared = _checked(project, paths, encoding, suggest)
    found = checked.report
    if not found.articles:
        raise checked.unread[0] if checked.unread else UsageError("no article to report on")
    readings = [reading for reading, _ in checked.read]
    linkings = [
        _linked(project, reading, known) if compared else {} for reading, known in checked.read
    ]
    anchors = _anchors(project, readings, linkings)
    pins = _pins(readings)
    cards = [
        tuple(card(known, claim, pin, linked.get(claim.id)) for claim, pin in pinned)
        for known, pinned, linked in zip(
            [Known(project, reading, anchors) for reading in readings], pins, linkings, strict=True
        )
    ]
    listed = works.works(
        project,
        anchors,
        [one for article_cards in cards for one in article_cards],
        project.settings["style"],
    )
    pages = tuple(
        _page(number, reading, told, pinned, article_cards, anchors, listed)
        for number, (reading, told, pinned, article_cards) in enumerate(
            zip(readings, found.articles, pins, cards, strict=True), 1
        )
    )
    left_out = () if compared else (_not_compared(found.coverage.claims, asked=suggest is None),)
    report = Report(
        title=pages[0].title if len(pages) == 1 else f"{len(pages)} articles",
        made=project.now(),
        revision=revision.current(project.settings.root),
        coverage=found.coverage,
        pages=pages,
        works=listed,
        found=tuple(_found(found.findings, readings, pins)),
        not_checked=(*found.not_checked, *left_out),
        silent=tuple(work.key for work in listed if work.basis == "no text"),
        suggested=compared,
        old=found.old,
    )
    return Gathered(report, checked.unread)


def _checked(
    project: Project, paths: Sequence[str], encoding: str, suggest: bool | None
) -> tuple[checking.Checked, bool]:
    """What the rules find, and whether those about passages were asked."""
    if not suggest:
        checked = checking.run(_without(project), paths, encoding=encoding)
        if suggest is False or checked.report.coverage.claims > MOST_CLAIMS:
            return checked, False
    return checking.run(project, paths, encoding=encoding), True


def _without(project: Project) -> Project:
    """The same project, and what it has read, that asks for no rule about passages."""
    _ = project.document, project.texts
    quiet = copy(project)
    settings = project.settings
    ignore = settings.values["ignore"]
    without = replace(ignore, value=(*ignore.value, *_ABOUT_PASSAGES))
    quiet.settings = replace(settings, values={**settings.values, "ignore": without})
    return quiet


def _not_compared(claims: int, *, asked: bool) -> NotChecked:
    why = f"{claims} claims are many; --suggestions compares them" if asked else "--no-suggestions"
    rules = " and ".join(_ABOUT_PASSAGES)
    return NotChecked(
        "passages of the works",
        f"they were not compared with the claims ({why}); {rules} were not asked",
        kind="passages",
    )


def _linked(
    project: Project, reading: Reading, known: Mapping[str, Linking]
) -> Mapping[str, Linking]:
    """Suggestions for the claims that nobody has judged; `known` are those that rules asked for."""
    standing = reading.standings.of
    asked = [claim for claim in reading.claims if standing[claim.id].state not in _DONE]
    new = [claim for claim in asked if claim.id not in known]
    found = {claim.id: known[claim.id] for claim in asked if claim.id in known}
    if new:
        from exocite.project.judging import suggestions

        found |= {one.claim: one for one in suggestions(project, reading, claims=new)}
    return found


def _anchors(
    project: Project, readings: Iterable[Reading], linkings: Iterable[Mapping[str, Linking]]
) -> dict[str, str]:
    """An anchor for each work of the bibliography that a card names, in the order of the text."""
    named: dict[str, None] = {}
    for reading in readings:
        named.update((key, None) for mark in reading.citations for key in mark.keys)
        for standing in reading.standings.of.values():
            named.update((link.key, None) for link in standing.accepted)
            named.update((old.link.key, None) for old in standing.stale_links)
            named.update((verdict.key, None) for verdict in standing.verdicts)
            named.update((old.verdict.key, None) for old in standing.stale)
    for linked in linkings:
        for one in linked.values():
            named.update((offered.key, None) for offered in one.suggestions)
    there = {reference.key for reference in project.document.references}
    return {key: f"w{number}" for number, key in enumerate((k for k in named if k in there), 1)}


def _pins(readings: Iterable[Reading]) -> list[list[tuple[Claim, Pin]]]:
    """The claims of each article with their pins: numbered through, each anchor once."""
    taken: dict[str, int] = {}
    number = 0
    found = []
    for reading in readings:
        pinned = []
        for claim in reading.claims:
            number += 1
            again = taken.get(claim.id, 0) + 1
            taken[claim.id] = again
            anchor = claim.id if again == 1 else f"{claim.id}-{again}"
            mark = marks.mark(reading.standings.of[claim.id])
            pinned.append((claim, Pin(anchor, number, mark)))
        found.append(pinned)
    return found


def _page(
    number: int,
    reading: Reading,
    told: ArticleReport,
    pinned: Sequence[tuple[Claim, Pin]],
    cards: tuple[Card, ...],
    anchors: Mapping[str, str],
    listed: Sequence[Work],
) -> Page:
    bars, resting = charts.rests(cards, listed)
    standings = reading.standings
    return Page(
        anchor=f"article-{number}",
        path=reading.article.path,
        title=layout.title(reading.article),
        groups=layout.layout(reading.article, pinned, reading.citations, anchors),
        cards=cards,
        coverage=told.coverage,
        sections=told.sections,
        rests=bars,
        resting=resting,
        years=charts.years(cards, listed),
        gone=(
            *(Gone(f"{v.judgement} by {v.by}", v.anchor.exact) for v in standings.orphaned),
            *(
                Gone(f"an accepted passage of {link.key}", link.anchor.exact)
                for link in standings.orphaned_links
            ),
        ),
        left_out=layout.left_out(reading.article),
    )


def _found(
    findings: Sequence[Finding],
    readings: Sequence[Reading],
    pins: Sequence[Sequence[tuple[Claim, Pin]]],
) -> Iterable[tuple[Finding, Pin | None]]:
    """Each finding with the claim that it stands at."""
    by_path = {
        reading.article.path: (reading, [claim.span.start for claim, _ in pinned], pinned)
        for reading, pinned in zip(readings, pins, strict=True)
    }
    for finding in findings:
        pin = None
        if finding.path in by_path and not finding.place:
            reading, starts, pinned = by_path[finding.path]
            offset = reading.lines.offset(finding.line, finding.column)
            at = bisect_right(starts, offset) - 1
            if at >= 0 and offset < pinned[at][0].span.end:
                pin = pinned[at][1]
        yield finding, pin
