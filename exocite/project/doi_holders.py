"""Who holds the record of a DOI: the main registry, or the agency that registered it.

What nobody holds is told apart from what could not be asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol, TypeVar

from exocite import identifiers
from exocite.errors import RegistryError
from exocite.model import Reference, Work
from exocite.registries import Identifying, Registry

_T = TypeVar("_T")


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


@dataclass(slots=True)
class Trail:
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
        """Who holds no record."""
        return "; ".join(dict.fromkeys(self.said))

    @property
    def all_words(self) -> str:
        """Who could not answer, and who holds no record."""
        return "; ".join(dict.fromkeys([*self.failed, *self.said]))


def short_doi(reference: Reference) -> str:
    """The short DOI ("10/gqb5kj") that stands for an entry's DOI, "" for none."""
    return short_in(reference.get("doi"), reference.get("url"))


def short_in(text: str, more: str = "") -> str:
    """The short DOI that a text is, or that stands in `more` under its label; "" for none."""
    own = text.strip()
    labelled = own if "doi" in own.lower() else f"doi:{own}"
    return identifiers.first(f"{labelled} {more}", "shortdoi")


def long_doi(text: str, others: Others) -> str:
    """The DOI that a text's short DOI stands for, "" where there is none. Raises RegistryError."""
    short = short_in(text)
    return others.agencies.long(short) if short and others.agencies is not None else ""


def work_of(doi: str, registry: Registry, others: Others) -> Work | None:
    """The work of a DOI from whoever holds it, None where it is sure that nobody does.

    Raises RegistryError where somebody could not answer, and where the DOI is registered with an
    agency that cannot be asked.
    """
    trail = Trail()
    found = held(doi, registry, others, trail)
    if found.work is None and (trail.failed or found.agency):
        raise RegistryError(found.absence(doi, trail), hint="run the command again later")
    return found.work


@dataclass(frozen=True, slots=True)
class Held:
    """The work of a DOI and who holds it (None: the main registry); else what doi.org says.

    `agency` is "" where nobody registered the DOI, None where that is not known.
    """

    work: Work | None = None
    place: Identifying | None = None
    agency: str | None = None

    def absence(self, doi: str, trail: Trail) -> str:
        """Why there is no work, in words."""
        if not self.agency:
            return trail.all_words
        exists = f"the DOI {doi} is registered with {self.agency}"
        return "; ".join(
            filter(None, (trail.all_words, f"{exists}, and no record of it could be had"))
        )


def held(
    doi: str, registry: Registry, others: Others, trail: Trail, known: Work | None = None
) -> Held:
    """The record of a DOI; what was said on the way is left in the trail."""
    absent = f"{registry.name} holds no record under the DOI {doi}"
    work = known or trail.tried(lambda: registry.work(doi), absent)
    if work is not None:
        return Held(work)
    agency = _agency(doi, others, trail)
    for place in _places(agency, registry, others):
        work = trail.tried(
            partial(place.identified, "doi", doi),
            f"{place.name} holds no record under it",
        )
        if work is not None:
            return Held(work, place, agency)
    return Held(agency=agency)


def _agency(doi: str, others: Others, trail: Trail) -> str | None:
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
