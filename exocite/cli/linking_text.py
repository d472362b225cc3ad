"""A claim with its suggestions as text for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from exocite.cli.words import FIELDS, STATES, count
from exocite.model import Outcome
from exocite.text import printable

if TYPE_CHECKING:
    from exocite.cli.terminal import Terminal
    from exocite.model import Linking, Passage, SourceText, Suggestion, WorkRecord
    from exocite.project import Project
    from exocite.project.reading import Reading


Texts = Mapping[str, Sequence["SourceText"]]
"""The texts of each work by citekey, as `Project.texts` holds them."""


def show(
    terminal: Terminal,
    reading: Reading,
    linking: Linking,
    texts: Texts,
    records: Mapping[str, WorkRecord],
) -> None:
    """The claim, the sentence before it, its verdicts and the passages suggested for it.

    The `texts` of the works tell where a work could be compared by its abstract only, the
    `records` which works were retracted.
    """
    claim = reading.claim(linking.claim)
    standing = reading.standings.of[claim.id]
    role, word = STATES[standing.state]
    place = terminal.paint("path", printable(reading.where(claim.span.start)))
    terminal.echo(f"{place}  {terminal.paint(role, word)}  {terminal.paint('dim', claim.id)}")
    if claim.before:
        terminal.wrapped(f"… {claim.before}", indent=2, role="dim")
    terminal.wrapped(claim.text, indent=2, role="strong")
    for verdict in standing.verdicts:
        about = f" on {verdict.key}" if verdict.key else ""
        terminal.wrapped(f"{verdict.judgement} by {verdict.by}{about}", indent=2)
    for old in standing.stale:
        terminal.wrapped(
            f"stale: {old.verdict.judgement} by {old.verdict.by}; {old.reason}", indent=2
        )
    for old_link in standing.stale_links:
        terminal.wrapped(f"stale link to {old_link.link.key}: {old_link.reason}", indent=2)
    for number, suggestion in enumerate(linking.suggestions, 1):
        _suggestion(terminal, f"{number}.", suggestion, texts)
        _retracted(terminal, records.get(suggestion.key))
    if claim.citations and linking.reason:
        terminal.wrapped(f"not recognised: {linking.reason}", indent=2)
    elif not linking.suggestions:
        terminal.wrapped(f"none of these: {_none(linking, texts)}", indent=2)
    if linking.nearest:
        _suggestion(terminal, "nearest (weak):", linking.nearest, texts)
        _retracted(terminal, records.get(linking.nearest.key))


def _none(linking: Linking, texts: Texts) -> str:
    """Why nothing is suggested, said only of the works that were compared."""
    compared = len(texts) - len(linking.not_compared)
    if compared <= 0:
        return linking.reason
    far = "is close enough to this claim"
    if not linking.not_compared:
        return f"no passage {far}"
    return f"no passage of the {count(compared, 'work')} with a text {far}"


def _suggestion(terminal: Terminal, label: str, suggestion: Suggestion, texts: Texts) -> None:
    passage = suggestion.passage
    where = ", ".join(filter(None, (_kind(passage, texts), passage.locator)))
    terminal.echo(
        f"  {label} {terminal.paint('key', printable(suggestion.key))}  {suggestion.relation}, "
        f"confidence {suggestion.confidence:.2f}  ({printable(where)})"
    )
    terminal.wrapped(f"“{passage.text}”", indent=5)
    for conflict in suggestion.conflicts or _unnamed(suggestion):
        terminal.wrapped(f"conflict: {conflict}", indent=5, role="warning")


def _retracted(terminal: Terminal, record: WorkRecord | None) -> None:
    """Say beside a passage that its work no longer stands."""
    if record is not None and (record.retraction or record.outcome is Outcome.RETRACTED):
        notice = f" (notice {record.retraction})" if record.retraction else ""
        told = f"this work was retracted{notice}, as {record.registry} records"
        terminal.wrapped(told, indent=5, role="error")


def _unnamed(suggestion: Suggestion) -> tuple[str, ...]:
    """What is said of a passage that was read as refuting where no rule can name the difference."""
    from exocite.model import Relation

    if suggestion.relation is not Relation.REFUTES:
        return ()
    return ("it may say otherwise; no rule names the difference, so read it",)


def _kind(passage: Passage, texts: Texts) -> str:
    """What the passage stands in; an abstract is the only text where the work has no other."""
    from exocite.sources.basis import Basis, basis

    said = FIELDS.get(passage.field, passage.field)
    if passage.field != "abstract":
        return said
    if basis(texts.get(passage.key, ())) is Basis.ABSTRACT_ONLY:
        return str(Basis.ABSTRACT_ONLY)
    return "" if passage.locator else said


def read_by(terminal: Terminal, project: Project) -> None:
    """One line: who says whether a passage supports its claim."""
    if why := project.unverified:
        terminal.wrapped(f"what a passage says of its claim: by rules alone ({why})")
    else:
        terminal.wrapped("what a passage says of its claim: by the verifier and the rules")


def summary(terminal: Terminal, linkings: Sequence[Linking], project: Project) -> None:
    """What could not be compared, and how many claims have a suggestion."""
    references = len(project.document.references)
    unread = {key for key, _ in project.unread}
    silent = sorted({key for linking in linkings for key in linking.not_compared} - unread)
    if silent:
        terminal.wrapped(
            f"{len(silent)} of {count(references, 'work')} could not be compared, for want of any "
            f"text: {', '.join(silent)}; `exocite sources {silent[0]} --attach FILE` gives one its "
            "text"
        )
    linked = sum(bool(linking.suggestions) and not linking.reason for linking in linkings)
    terminal.echo(
        f"{count(len(linkings), 'claim')}: {linked} with a suggested passage, "
        f"{len(linkings) - linked} with none; nothing is verified until you judge it"
    )
