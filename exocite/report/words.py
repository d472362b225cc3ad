"""A report's card in plain sentences, for formats that have neither columns nor colours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from exocite.frozen import dataclass
from exocite.report.data import Card, Quoted, Report, Said, Work
from exocite.text import collapsed

NOT_SUGGESTED = (
    "Nothing is suggested here: the claims were not compared with passages of the works."
)


class Weight(StrEnum):
    """How a sentence of a card is set."""

    HEAD = "head"
    PLAIN = "plain"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A paragraph of a card."""

    weight: Weight
    text: str


def sentences(card: Card, works: Mapping[str, Work]) -> Iterator[Sentence]:
    """The card, its verdict first; `works` are the report's by anchor."""
    signed = f" · {card.initials}" if card.initials else ""
    mark = card.pin.mark
    yield Sentence(Weight.HEAD, f"{mark.glyph} {card.pin.number} {mark.word}{signed}")
    yield from _verdicts(card, works)
    for passage in card.passages:
        yield from _passage(passage, works)
    for passage in card.moved:
        yield from _passage(passage, works)
        yield _plain(f"No longer holds: {passage.reason}")
    if card.covered:
        yield _plain(card.covered)
    for anchor in card.works:
        yield _plain(reference(works[anchor]))
    for cited in card.cited:
        if not cited.work:
            yield _plain(f"cites {cited.label}, which names no one entry of the bibliography")
    for passage in card.suggestions:
        yield from _passage(passage, works)
    if card.none:
        yield _plain(f"No suggestion: {card.none}")


def _verdicts(card: Card, works: Mapping[str, Work]) -> Iterator[Sentence]:
    for said in card.verdicts:
        yield _plain(_verdict(said, works))
    for said in card.stale:
        yield _plain(f"No longer holds: {_verdict(said, works)}; {said.reason}")
        if said.then:
            then = " ".join(one.text for one in said.then if one.kind != "new")
            yield _plain(f"Then it read: “{then}”")
    if card.exemption:
        yield _plain(card.exemption)


def reference(work: Work) -> str:
    """The work as its style prints it, with its address and what the registry holds of it."""
    printed = "".join(run.text for run in work.runs)
    address = "" if work.printed_link or not work.link else f" {work.link}"
    notices = "".join(
        f"; {' '.join(filter(None, (one.kind, one.date[:10], one.doi)))}" for one in work.notices
    )
    outcome = "RETRACTED" if work.retracted else work.outcome
    return f"{printed}{address} [{outcome}{notices}; {work.basis}]"


def header(report: Report) -> Iterator[str]:
    """What was read, when, how far its claims have come, and how much was not checked."""
    yield ", ".join(page.path for page in report.pages)
    revision = f", revision {report.revision}" if report.revision else ""
    yield f"{report.made[:10]}{revision}"
    counts = report.coverage
    asked = counts.claims - counts.exempt
    yield (
        f"{counts.cited_percent:.1f} % cited ({counts.cited} of {asked} claims), "
        f"{counts.supported_percent:.1f} % supported ({counts.supported} of {asked})"
    )
    unchecked = len(report.not_checked) + len(report.silent)
    yield f"not checked: {unchecked}" + (", listed at the end" if unchecked else "")
    if not report.suggested:
        yield NOT_SUGGESTED


def findings(report: Report) -> Iterator[str]:
    """What the rules found, and that old findings are left out."""
    for finding, _ in report.found:
        place = f"{finding.path}:{finding.line}:{finding.column}"
        yield f"{finding.code} {finding.severity} {place}: {finding.message}"
    if not report.found:
        yield "The rules found nothing to report."
    if report.old:
        yield left_out(report)


def left_out(report: Report) -> str:
    """How many findings of the baseline are not listed."""
    many = "1 old finding" if report.old == 1 else f"{report.old} old findings"
    return f"{many} of the baseline {'is' if report.old == 1 else 'are'} left out."


def not_checked(report: Report) -> Iterator[str]:
    """What was not checked, and why."""
    for one in report.not_checked:
        yield f"{one.subject}: {one.reason}"
    for key in report.silent:
        yield f"{key}: there is no text of it to compare a claim with"
    if not report.not_checked and not report.silent:
        yield "Everything that was asked for was checked."


def _plain(text: str) -> Sentence:
    return Sentence(Weight.PLAIN, collapsed(text))


def _verdict(said: Said, works: Mapping[str, Work]) -> str:
    about = f" on {_name(said.work, said.key, works)}" if said.key else ""
    note = f". {said.note}" if said.note else ""
    return f"{said.mark.word} by {said.by}{about}, {said.at[:10]}{note}"


def _passage(passage: Quoted, works: Mapping[str, Work]) -> Iterator[Sentence]:
    more = f" [and {passage.cut} characters more]" if passage.cut else ""
    yield Sentence(Weight.QUOTE, f"“{collapsed(passage.text)}”{more}")
    place = f", {passage.locator}" if passage.locator else ""
    sure = "" if passage.confidence is None else f", confidence {passage.confidence:.2f}"
    name = _name(passage.work, passage.key, works)
    yield _plain(f"{name}{place}; {passage.basis}; {passage.origin}{sure}")
    for conflict in passage.conflicts:
        yield _plain(f"differs: {conflict}")


def _name(anchor: str, key: str, works: Mapping[str, Work]) -> str:
    return works[anchor].short if anchor else key
