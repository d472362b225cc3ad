"""Registries of works and of their open full texts, behind small protocols, and how to reach them.

Nothing here imports a client: `crossref.Crossref` and `europepmc.EuropePmc` do when they are made.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable
from urllib.parse import SplitResult, urlsplit

from exocite.errors import ConfigurationError
from exocite.model import Update, Work

CROSSREF_URL = "https://api.crossref.org"
EUROPEPMC_URL = "https://www.ebi.ac.uk/europepmc/webservices/rest"
DATACITE_URL = "https://api.datacite.org"
DOI_URL = "https://doi.org"
OPENALEX_URL = "https://api.openalex.org"
ARXIV_URL = "https://export.arxiv.org/api"


class Mode(StrEnum):
    """Where answers may come from."""

    ONLINE = "online"  # kept answers that are fresh, then the registry
    REFRESH = "refresh"  # the registry alone; what it says is kept
    OFFLINE = "offline"  # kept answers of any age alone


class Registry(Protocol):
    """Something that knows works by their DOI and can search for them.

    `name` is for people, `url` the address that is asked, without any personal data.
    Both methods raise a `RegistryError` when the registry could not answer: that says nothing
    about the work, and the outcome is *not checked*.
    """

    @property
    def name(self) -> str:
        """The registry's name as people write it."""

    @property
    def url(self) -> str:
        """The address of the registry's service."""

    def work(self, doi: str) -> Work | None:
        """The work of this DOI; None when the registry answered that it holds no such record."""

    def search(self, query: str, *, rows: int = 20) -> tuple[Work, ...]:
        """The works that best fit a printed reference, best first; at most `rows`."""


@runtime_checkable
class ManyWorks(Protocol):
    """A registry that can be asked for many DOIs at once."""

    def batches(self, dois: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        """The DOIs that are worth asking for together, in groups for one request each.

        What is in no group (kept already, of an odd form, alone) is for `work`.
        """

    def works(self, dois: Sequence[str]) -> Mapping[str, Work]:
        """The works of one group by the DOI asked for.

        A DOI that is missing from the answer may still be known: ask `work` before anything is
        said of it. Raises RegistryError.
        """


@runtime_checkable
class NoticesOfMany(Protocol):
    """A registry that can be asked which notices (retractions, corrections) there are of works."""

    def notice_batches(self, dois: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        """The DOIs in groups for one request each; one of an odd form is in none."""

    def notices(self, dois: Sequence[str]) -> Mapping[str, tuple[Update, ...]]:
        """The notices of one group's works by DOI, those without any left out.

        Raises RegistryError.
        """


@runtime_checkable
class Identifying(Protocol):
    """Something that knows works by several kinds of identifier; `name` and `url` as in `Registry`.

    `schemes` are those that it knows, of `exocite.identifiers`.
    """

    @property
    def name(self) -> str:
        """The registry's name as people write it."""

    @property
    def url(self) -> str:
        """The address of the registry's service."""

    @property
    def schemes(self) -> frozenset[str]:
        """The schemes of the identifiers that it knows."""

    def identified(self, scheme: str, value: str) -> Work | None:
        """The work with this identifier; None when the registry answered that it holds none.

        Raises RegistryError.
        """


@dataclass(frozen=True, slots=True)
class FullText:
    """What an archive has of a work's text.

    `held` says whether it knows the work at all, `identifier` what it calls it. `data` is the open
    full text as JATS XML, b"" where there is none; `url` its address, `licence` as the archive
    words it, "" where it says none.
    """

    held: bool
    identifier: str = ""
    url: str = ""
    licence: str = ""
    data: bytes = b""


class FullTexts(Protocol):
    """Something that gives the open full texts of works; `name` and `url` as in `Registry`."""

    @property
    def name(self) -> str:
        """The archive's name as people write it."""

    @property
    def url(self) -> str:
        """The address of the archive's service."""

    def full_text(self, scheme: str, value: str) -> FullText:
        """What there is of the work with this identifier; `scheme` is doi, pmid or pmcid.

        Raises RegistryError where the archive could not answer, which says nothing of the work.
        """


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a registry is and how patiently it is asked. All times are seconds.

    `mailto` identifies us to the registry (Crossref's polite pool); "" for none. `timeout` bounds
    a connection and every silence, `deadline` a whole look-up with its `retries`. `first_contact`
    bounds a look-up while the registry has not yet answered anything: with the network down
    nobody should wait longer. Raises ConfigurationError for an address or mail address that
    cannot be.
    """

    url: str = CROSSREF_URL
    mailto: str = ""
    timeout: float = 10.0
    deadline: float = 30.0
    retries: int = 3
    first_contact: float = 7.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "url", self.url.strip().rstrip("/"))
        object.__setattr__(self, "mailto", self.mailto.strip().removeprefix("mailto:"))
        if reason := _url_fault(self.url):
            raise ConfigurationError(
                f"the address of the registry cannot be used: {reason}",
                hint=f"it looks like {CROSSREF_URL} or {EUROPEPMC_URL}",
            )
        if self.mailto and not _MAILTO.fullmatch(self.mailto):
            raise ConfigurationError(
                "the mail address given as mailto cannot be used: it is not of the form name@host",
                hint="give a plain address, or leave it out",
            )
        if min(self.timeout, self.deadline, self.first_contact) <= 0 or self.retries < 0:
            raise ConfigurationError(
                "the times of a registry are more than 0, its retries not less"
            )

    @property
    def host(self) -> str:
        """Host of the registry, with the port where it is not the usual one."""
        parts = urlsplit(self.url)
        return _host(parts)


# A header carries it: printable ASCII, nothing that could end the comment that holds it.
_MAILTO = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}", re.ASCII)
_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f]")


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    return f"{host}:{parts.port}" if parts.port else host


def _url_fault(url: str) -> str:
    """What is wrong with an address in words, "" when nothing is."""
    if _UNPRINTABLE.search(url):
        return "it holds white space or control characters"
    try:
        parts = urlsplit(url)
        labels = _host(parts).partition(":")[0].rstrip(".").split(".")
    except ValueError:
        return "it is no URL"
    faults = (
        (parts.scheme not in ("http", "https"), "it does not begin with https:// or http://"),
        (not parts.hostname, "it has no host"),
        (
            not parts.netloc.startswith("[") and not all(0 < len(label) < 64 for label in labels),
            "its host is no host name",
        ),
        ("@" in parts.netloc, "it holds a user name or password"),
        (bool(parts.query or parts.fragment), "it holds a query or a fragment"),
    )
    return next((reason for fault, reason in faults if fault), "")
