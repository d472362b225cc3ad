"""Fetching open full texts from an archive into bib/sources/, each shown to be of its work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from exocite import identifiers
from exocite.errors import ReadError, RegistryError, UsageError
from exocite.model import Reference
from exocite.project.attaching import Attached, Given, TakenError, put
from exocite.project.project import Project
from exocite.references import entries
from exocite.registries import FullText, FullTexts
from exocite.sources.jats import Jats
from exocite.sources.jats_identity import identity
from exocite.sources.shelf import parse

_NAMES = {"doi": "DOI", "pmid": "PMID", "pmcid": "PMCID"}
_LONGEST = 120
"""Characters of a foreign identifier that are told."""


class Outcome(StrEnum):
    """How the fetching of one text ended."""

    FETCHED = "fetched"
    UPDATED = "updated"
    SAME = "unchanged"
    KEPT = "kept"
    NOT_OPEN = "not open"
    NOT_HELD = "not held"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A reference and how the fetching of its full text ended.

    `reason` says why where no file was written. `attached` is the file, None without one. `again`:
    the archive did not answer, and may do so another time.
    """

    reference: Reference
    outcome: Outcome
    reason: str = ""
    attached: Attached | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """The references whose full text is to be asked for, and how many of the others are why not."""

    references: tuple[Reference, ...]
    with_text: int = 0
    without_identifier: int = 0


def wanted(project: Project, keys: Sequence[str] = (), *, update: bool = False) -> Wanted:
    """The references of these keys; without keys those that have an identifier and no full text.

    With `update` also those whose full text was fetched before. Raises UsageError.
    """
    references = project.of_works(list(dict.fromkeys(keys)))
    if keys:
        return Wanted(references)
    asked = [reference for reference in references if identifier(reference)[1]]
    missing = [one for one in asked if _is_missing(project, one, update=update)]
    return Wanted(tuple(missing), len(asked) - len(missing), len(references) - len(asked))


def _is_missing(project: Project, reference: Reference, *, update: bool) -> bool:
    files = project.attached[reference.key]
    fetched = any(file.attachment and file.attachment.origin for file in files)
    return (update and fetched) or not any(file.texts for file in files)


def identifier(reference: Reference) -> tuple[str, str]:
    """Scheme and value by which a work can be asked for: its DOI, PMCID or PMID; "" without one."""
    if doi := entries.to_parsed(reference).doi:
        return "doi", doi
    url = reference.get("url")
    if pmcid := identifiers.first(f"{_labelled('PMC', reference.get('pmcid'))} {url}", "pmcid"):
        return "pmcid", pmcid
    own = reference.get("pmid")
    if reference.get("eprinttype").strip().lower() == "pubmed":
        own = own or reference.get("eprint")
    if pmid := identifiers.first(f"{_labelled('PMID ', own)} {url}", "pmid"):
        return "pmid", pmid
    return "", ""


def _labelled(label: str, value: str) -> str:
    """A bare number with the label by which its scheme is known."""
    bare = value.strip()
    return f"{label}{bare}" if bare.isascii() and bare.isdigit() else bare


def fetch(
    project: Project,
    references: Sequence[Reference],
    archive: FullTexts,
    *,
    update: bool = False,
) -> Iterator[Fetched]:
    """Fetch the full text of each reference in turn; each file is whole before the next begins.

    A text that is there already is replaced only with `update`.
    """
    for reference in references:
        yield _fetch(project, reference, archive, update=update)


def _fetch(project: Project, reference: Reference, archive: FullTexts, *, update: bool) -> Fetched:
    scheme, value = identifier(reference)
    if not value:
        reason = "it has no DOI, PMID or PMCID to ask by"
        return Fetched(reference, Outcome.NOT_CHECKED, reason)
    try:
        found = archive.full_text(scheme, value)
    except RegistryError as error:
        return Fetched(reference, Outcome.NOT_CHECKED, error.message, again=True)
    if not found.held:
        reason = f"{archive.name} holds no open full text of it"
        return Fetched(reference, Outcome.NOT_HELD, reason)
    if not found.data:
        known = f"knows it as {found.identifier}" if found.identifier else "knows it"
        reason = f"{archive.name} {known}, but holds no open full text of it"
        return Fetched(reference, Outcome.NOT_OPEN, reason)
    try:
        given = _given(found, scheme, value)
        if given is None:
            reason = f"of {found.identifier} {archive.name} gives no more than title and abstract"
            return Fetched(reference, Outcome.NOT_OPEN, reason)
        attached = put(project, reference, given, replace=update)
    except ReadError as error:
        reason = f"the text that {archive.name} sent is not attached: {error.message}"
        return Fetched(reference, Outcome.NOT_CHECKED, reason)
    except TakenError as error:
        reason = (
            f"{archive.name}'s text is no longer that of bib/sources/{error.file}, which stays; "
            "--update puts the new one in its place"
        )
        return Fetched(reference, Outcome.KEPT, reason)
    except UsageError as error:
        return Fetched(reference, Outcome.NOT_CHECKED, error.message)
    outcome = Outcome.FETCHED if attached.new else Outcome.SAME
    return Fetched(reference, Outcome.UPDATED if attached.replaced else outcome, "", attached)


def _given(found: FullText, scheme: str, value: str) -> Given | None:
    """The text to attach, None where it is no more than an abstract.

    Raises ReadError for what cannot be read and for the text of another work.
    """
    name, reader = f"{found.identifier}.xml", Jats()
    if len(found.data) > reader.most:
        raise ReadError(f"{name}: larger than {reader.most // 1_000_000} MB")
    parsed = parse(reader, found.data, name)
    said = identity(found.data, name)
    own = said.of(scheme)
    if value.lower() not in own:
        kind = _NAMES[scheme]
        other = (
            f"says that it is of {kind} {', '.join(own)}"[:_LONGEST] if own else f"has no {kind}"
        )
        raise ReadError(f"{name}: {other}, and was asked for as {value}")
    if not said.has_body or all(part.field == "abstract" for part in parsed.parts):
        return None
    return Given(name, found.data, reader, parsed, origin=found.url, licence=found.licence)
