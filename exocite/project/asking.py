"""Which registries are asked for a reference, in which order, and what their answers mean together.

A DOI goes to the main registry (Crossref), then to doi.org for the agency that registered it, then
to that agency as far as it can be asked. A PMID, PMCID or arXiv identifier goes to its archive,
also where the DOI led nowhere; the ISBN of a book goes to the main registry. What has none is
searched for. Who could not answer said nothing: then what the others do not hold is *not checked*,
never *not found*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from exocite import identifiers, matching
from exocite.model import Outcome, ParsedReference, Reference, Resolution, Work
from exocite.project.doi_holders import Named, Others, Trail, held, short_doi
from exocite.references import entries
from exocite.registries import Identifying, Registry

_LEGAL = "a case or an act: the registries hold works of scholarship"
_NAMES = {"pmid": "PMID", "pmcid": "PMCID", "arxiv": "arXiv identifier"}
_SETTLED = frozenset({Outcome.MATCHED, Outcome.RETRACTED})
_LOOSE = ("eprint", "url", "note", "howpublished", "journal")
_BOOKS = frozenset(
    "book mvbook collection mvcollection proceedings mvproceedings reference mvreference report "
    "techreport manual booklet".split()
)
_LABELLED = {"pmid": "PMID ", "pmcid": "PMC"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking: the resolution, who said so, and the works that were compared.

    `source` None is the main registry; `parsed` is the reference with a short DOI made long.
    """

    resolution: Resolution
    parsed: ParsedReference
    source: Named | None = None
    works: tuple[Work, ...] = ()


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
    own = reference.get("doi")  # arXiv's DOIs hold its identifiers.
    found["arxiv"] = identifiers.first(f"{labelled} {eprint} {loose} {own}", "arxiv")
    return tuple((scheme, value) for scheme, value in found.items() if value)


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
    trail = Trail()
    parsed = entries.to_parsed(reference)
    short = "" if parsed.doi or others.agencies is None else short_doi(reference)
    if short:
        parsed = _lengthened(parsed, short, others, trail)
    names = identified(reference)
    if parsed.doi:
        answer = _by_doi(parsed, registry, others, trail, known)
        if answer is not None and answer.resolution.outcome is not Outcome.NOT_CHECKED:
            return answer
        beside = _beside(parsed, names, others, trail, absent=answer is None)
        return beside or answer or _by_search(parsed, registry, others, trail)
    published = bool(parsed.volume or parsed.pages)
    first = [(scheme, value) for scheme, value in names if scheme != "arxiv" or not published]
    answer = _by_identifier(parsed, first, others, trail)
    if answer is not None:
        return answer
    book = _by_isbn(reference, parsed, registry, trail)
    if book is not None and book.resolution.outcome in _SETTLED:
        return book
    answer = _by_search(parsed, registry, others, trail)
    if book is not None and answer.resolution.work is None:
        return book
    later = [pair for pair in names if pair not in first]
    if later and answer.resolution.outcome not in _SETTLED:
        # With a volume or page it is the published version that is cited; its preprint will do
        # where that is not to be had.
        again = _by_identifier(parsed, later, others, Trail())
        if again is not None and again.resolution.outcome in _SETTLED:
            return again
    return answer


def _lengthened(
    parsed: ParsedReference, short: str, others: Others, trail: Trail
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
    trail: Trail,
    known: Work | None,
) -> Answer | None:
    """What is known under the DOI; None where nothing is for sure, and a search may tell."""
    found_at = held(parsed.doi, registry, others, trail, known)
    work, place = found_at.work, found_at.place
    if work is not None and place is None:
        resolution = matching.confirm(parsed, work, registry=registry.name)
        return Answer(resolution, parsed, None, (work,))
    if work is not None and place is not None:
        found = matching.confirm(parsed, work, registry=place.name)
        reason = "; ".join([*dict.fromkeys(trail.said), f"{place.name} does: {found.reason}"])
        return Answer(replace(found, reason=reason), parsed, place, (work,))
    if found_at.agency or trail.failed:
        reason = found_at.absence(parsed.doi, trail)
        return Answer(Resolution(Outcome.NOT_CHECKED, reason), parsed)
    return None


# --------------------------------------------------------------------------- by other identifiers


def _by_identifier(
    parsed: ParsedReference,
    names: Sequence[tuple[str, str]],
    others: Others,
    trail: Trail,
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


def _beside(
    parsed: ParsedReference,
    names: Sequence[tuple[str, str]],
    others: Others,
    trail: Trail,
    *,
    absent: bool,
) -> Answer | None:
    """What an archive says by another identifier of a reference whose DOI led nowhere.

    A record that bears the printed DOI is its record. One that bears another counts only where
    nobody holds the printed DOI (`absent`), and its details fit: then they differ in the DOI.
    """
    answer = _by_identifier(parsed, names, others, Trail())
    if answer is None or answer.resolution.work is None:
        return None
    if answer.resolution.work.doi == parsed.doi:
        return answer
    if not absent or answer.resolution.outcome not in _SETTLED:
        return None
    return replace(answer, resolution=_weighed(answer.resolution, trail, unasked=False))


def _by_isbn(
    reference: Reference, parsed: ParsedReference, registry: Registry, trail: Trail
) -> Answer | None:
    """The book with the printed ISBN; None where there is none, or nobody could be asked.

    A part of a book bears the ISBN of the whole, and is not asked for by it. Most ISBNs no registry
    of DOIs knows, which says nothing; that it knows one as another book's does.
    """
    if not isinstance(registry, Identifying) or "isbn" not in registry.schemes:
        return None
    if not parsed.isbn or reference.type.lower() not in _BOOKS:
        return None
    work = trail.tried(partial(registry.identified, "isbn", parsed.isbn))
    if work is None:
        return None
    found = matching.confirm(parsed, work, registry=registry.name)
    if found.outcome not in _SETTLED:
        named = f"the ISBN {parsed.isbn} is that of “{work.title}” ({work.doi})"
        trail.said.append(f"{registry.name} says that {named}")
    reason = f"{registry.name} knows the ISBN {parsed.isbn}: {found.reason}"
    return Answer(replace(found, reason=reason), parsed, None, (work,))


# --------------------------------------------------------------------------- by a search


def _by_search(parsed: ParsedReference, registry: Registry, others: Others, trail: Trail) -> Answer:
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


def _unsearchable(trail: Trail) -> Resolution:
    if trail.failed:
        return Resolution(Outcome.NOT_CHECKED, trail.all_words)
    if trail.said:
        return Resolution(Outcome.NOT_FOUND, trail.words)
    return Resolution(Outcome.NOT_CHECKED, "the reference has nothing to search by")


def _weighed(found: Resolution, trail: Trail, unasked: bool) -> Resolution:
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
