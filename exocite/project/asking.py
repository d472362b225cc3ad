"""Which registries are asked for a reference, in which order, and what their answers mean together.

A DOI goes to the main registry (Crossref), then to doi.org for the agency that registered it, then
to that agency as far as it can be asked. A PMID, PMCID or arXiv identifier goes to its archive.
What has none is searched for. Who could not answer said nothing: then what the others do not hold
is *not checked*, never *not found*.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol, TypeVar

from exocite import identifiers, matching
from exocite.errors import RegistryError
from exocite.model import Outcome, ParsedReference, Reference, Resolution, Work
from exocite.references import entries
from exocite.registries import Identifying, Registry

_T = TypeVar("_T")
_NAMES = {"pmid": "PMID", "pmcid": "PMCID", "arxiv": "arXiv identifier"}
_SETTLED = frozenset({Outcome.MATCHED, Outcome.RETRACTED})
_LOOSE = ("eprint", "url", "note", "howpublished", "journal")
_LABELLED = {"pmid": "PMID ", "pmcid": "PMC"}


class Named(Protocol):
    """Whoever said something of a work: its name for people, and its address."""

    @property
    def name(self) -> str:
        """The name as people write it."""

    @property
    def url(self) -> str:
        """The address, or the file."""


class Agencies(Named, Protocol):
    """What knows which agency registered a DOI (doi.org). Both methods raise RegistryError."""

    def agency(self, doi: str) -> str:
        """The agency's name, "" where no agency registered the DOI."""

    def long(self, short: str) -> str:
        """The DOI that a short one stands for, "" where there is none."""


class Index(Registry, Identifying, Protocol):
    """A registry that is searched and knows works by several kinds of identifier."""


@dataclass(frozen=True, slots=True)
class Others:
    """The registries beside the main one; what is None is not asked.

    `agency_records` holds the DOIs of the agency that bears its name, `archives` those of other
    identifiers, and `index` is searched where the main registry knows nothing that fits.
    """

    agencies: Agencies | None = None
    agency_records: Identifying | None = None
    archives: tuple[Identifying, ...] = ()
    index: Index | None = None


_LEGAL = "a case or an act: the registries hold works of scholarship"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking: the resolution, who said so, and the works that were compared.

    `source` None is the main registry; `parsed` is the reference with a short DOI made long.
    """

    resolution: Resolution
    parsed: ParsedReference
    source: Named | None = None
    works: tuple[Work, ...] = ()


@dataclass(slots=True)
class _Trail:
    """What was said on the way: who holds no record, and who could not answer."""

    said: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def tried(self, ask: Callable[[], _T | None], absent: str = "") -> _T | None:
        """The answer; None where there is none, or where nobody answered."""
        try:
            found = ask()
        except RegistryError as error:
            self.failed.append(error.message)
            return None
        if found is None and absent:
            self.said.append(absent)
        return found

    @property
    def words(self) -> str:
        return "; ".join(dict.fromkeys(self.said))

    @property
    def all_words(self) -> str:
        return "; ".join(dict.fromkeys([*self.failed, *self.said]))


def identified(reference: Reference) -> tuple[tuple[str, str], ...]:
    """The PMID, PMCID and arXiv identifier that an entry names, as scheme and value."""
    found: dict[str, str] = {}
    loose = " ".join(reference.get(name) for name in _LOOSE)
    for scheme, label in _LABELLED.items():
        own = reference.get(scheme).strip()
        text = f"{label}{own}" if own.isdecimal() else own
        found[scheme] = identifiers.first(f"{text} {loose}", scheme)
    kind = (reference.get("eprinttype") or reference.get("archiveprefix")).strip().lower()
    eprint = reference.get("arxiv") or reference.get("arxivid")
    if kind == "arxiv":
        eprint = eprint or reference.get("eprint")
    elif kind in ("pmid", "pubmed"):
        found["pmid"] = found["pmid"] or identifiers.first(
            f"PMID {reference.get('eprint')}", "pmid"
        )
    labelled = f"arXiv:{eprint.strip()}" if eprint.strip()[:1].isalnum() else ""
    found["arxiv"] = identifiers.first(f"{labelled} {eprint} {loose}", "arxiv")
    return tuple((scheme, value) for scheme, value in found.items() if value)


def short_doi(reference: Reference) -> str:
    """The short DOI ("10/gqb5kj") that stands for an entry's DOI, "" for none."""
    own = reference.get("doi").strip()
    labelled = own if "doi" in own.lower() else f"doi:{own}"
    return identifiers.first(f"{labelled} {reference.get('url')}", "shortdoi")


def ask(
    reference: Reference,
    registry: Registry,
    others: Others,
    *,
    known: Work | None = None,
) -> Answer:
    """What the registries say of a reference; `known` is the work of its DOI if that was asked for.

    Never raises a RegistryError.
    """
    trail = _Trail()
    parsed = entries.to_parsed(reference)
    short = "" if parsed.doi or others.agencies is None else short_doi(reference)
    if short:
        parsed = _lengthened(parsed, short, others, trail)
    if parsed.doi:
        answer = _by_doi(parsed, registry, others, trail, known)
        return answer or _by_search(parsed, registry, others, trail)
    names = identified(reference)
    published = bool(parsed.volume or parsed.pages)
    first = [(scheme, value) for scheme, value in names if scheme != "arxiv" or not published]
    answer = _by_identifier(parsed, first, others, trail)
    if answer is not None:
        return answer
    answer = _by_search(parsed, registry, others, trail)
    later = [pair for pair in names if pair not in first]
    if later and answer.resolution.outcome not in _SETTLED:
        # With a volume or page it is the published version that is cited; its preprint will do
        # where that is not to be had.
        again = _by_identifier(parsed, later, others, _Trail())
        if again is not None and again.resolution.outcome in _SETTLED:
            return again
    return answer


def _lengthened(
    parsed: ParsedReference, short: str, others: Others, trail: _Trail
) -> ParsedReference:
    agencies = others.agencies
    if agencies is None:
        return parsed
    doi = trail.tried(lambda: agencies.long(short))
    if doi == "":
        trail.said.append(f"{agencies.name} knows no short DOI {short}")
    return replace(parsed, doi=doi) if doi else parsed


# --------------------------------------------------------------------------- by DOI


def _by_doi(
    parsed: ParsedReference,
    registry: Registry,
    others: Others,
    trail: _Trail,
    known: Work | None,
) -> Answer | None:
    """What is known under the DOI; None where nothing is for sure, and a search may tell."""
    doi = parsed.doi
    absent = f"{registry.name} holds no record under the DOI {doi}"
    work = known or trail.tried(lambda: registry.work(doi), absent)
    if work is not None:
        resolution = matching.confirm(parsed, work, registry=registry.name)
        return Answer(resolution, parsed, None, (work,))
    agency = _agency(doi, others, trail)
    for place in _places(agency, registry, others):
        work = trail.tried(
            partial(place.identified, "doi", doi),
            f"{place.name} holds no record under it",
        )
        if work is not None:
            found = matching.confirm(parsed, work, registry=place.name)
            reason = "; ".join([*dict.fromkeys(trail.said), f"{place.name} does: {found.reason}"])
            return Answer(replace(found, reason=reason), parsed, place, (work,))
    if agency:
        exists = f"the DOI {doi} is registered with {agency}, and no record of it could be had"
        reason = "; ".join(dict.fromkeys([*trail.failed, *trail.said, exists]))
        return Answer(Resolution(Outcome.NOT_CHECKED, reason), parsed)
    if trail.failed:
        return Answer(Resolution(Outcome.NOT_CHECKED, trail.all_words), parsed)
    return None


def _agency(doi: str, others: Others, trail: _Trail) -> str | None:
    """Who registered the DOI, "" where nobody did, None where that is not known."""
    agencies = others.agencies
    if agencies is None:
        return None
    agency = trail.tried(lambda: agencies.agency(doi))
    if agency == "":
        trail.said.append(f"{agencies.name} knows no such DOI")
    return agency


def _places(agency: str | None, registry: Registry, others: Others) -> list[Identifying]:
    """Where else a record of the DOI may be."""
    if agency == "" or (agency or "").lower() == registry.name.lower():
        return []
    records = others.agency_records
    places: list[Identifying] = []
    if records is not None and agency in (None, records.name):
        places.append(records)
    if others.index is not None:
        places.append(others.index)
    return places


# --------------------------------------------------------------------------- by other identifiers


def _by_identifier(
    parsed: ParsedReference,
    names: Sequence[tuple[str, str]],
    others: Others,
    trail: _Trail,
) -> Answer | None:
    """What the archive of one of these identifiers says; None where none holds a record."""
    for scheme, value in names:
        for archive in (one for one in others.archives if scheme in one.schemes):
            called = f"{_NAMES[scheme]} {value}"
            work = trail.tried(
                partial(archive.identified, scheme, value),
                f"{archive.name} holds no record under the {called}",
            )
            if work is not None:
                found = matching.confirm(parsed, work, registry=archive.name)
                reason = f"{archive.name} knows the {called}: {found.reason}"
                return Answer(replace(found, reason=reason), parsed, archive, (work,))
    return None


# --------------------------------------------------------------------------- by a search


def _by_search(
    parsed: ParsedReference, registry: Registry, others: Others, trail: _Trail
) -> Answer:
    """The work that a search by the details finds, or why there is none."""
    if parsed.type in entries.LEGAL_TYPES:
        return Answer(Resolution(Outcome.NOT_CHECKED, _LEGAL), parsed)
    query = matching.query(parsed)
    if not any(c.isalnum() for c in query):
        return Answer(_unsearchable(trail), parsed)
    compared: tuple[Work, ...] = ()
    found = Resolution(Outcome.NOT_CHECKED, "")
    source: Named | None = None
    before = list(trail.failed)
    places: list[Registry] = [registry]
    if others.index is not None:
        places.append(others.index)
    for place in places:
        works = trail.tried(partial(place.search, query))
        if works is None:
            continue
        compared += works
        answer = matching.decide(parsed, works, registry=place.name)
        if found.work is None:
            found, source = answer, None if place is registry else place
        if answer.outcome is not Outcome.NOT_FOUND:
            break
    return Answer(_weighed(found, trail, bool(before)), parsed, source, compared)


def _unsearchable(trail: _Trail) -> Resolution:
    if trail.failed:
        return Resolution(Outcome.NOT_CHECKED, trail.all_words)
    if trail.said:
        return Resolution(Outcome.NOT_FOUND, trail.words)
    return Resolution(Outcome.NOT_CHECKED, "the reference has nothing to search by")


def _weighed(found: Resolution, trail: _Trail, unasked: bool) -> Resolution:
    """What a search found, in the light of what was said of the printed identifiers.

    `unasked`: an identifier is printed and nobody could be asked for it.
    """
    if found.outcome in _SETTLED | {Outcome.METADATA_MISMATCH} and found.work is not None:
        if trail.said:
            reason = f"{trail.words}, but its details fit {found.work.doi}: {found.reason}"
            return replace(found, outcome=Outcome.METADATA_MISMATCH, reason=reason)
        more = f"; its identifier was not compared: {trail.failed[0]}" if unasked else ""
        return replace(found, reason=found.reason + more)
    reason = found.reason
    if trail.said:
        reason = (
            f"{trail.words}; a search by its details: {found.reason}" if reason else trail.words
        )
    if trail.failed and found.outcome is not Outcome.AMBIGUOUS:
        words = "; ".join(filter(None, dict.fromkeys([*trail.failed, reason])))
        return Resolution(Outcome.NOT_CHECKED, words, None, found.candidates)
    return replace(found, reason=reason)
