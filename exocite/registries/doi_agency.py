"""doi.org asked which agency registered a DOI, and what a short DOI is short for.

Source: https://www.doi.org/doi-handbook/HTML/ (which RA?, shortDOI) and the REST API of the Handle
System's proxy.
"""

from __future__ import annotations

import re

from exocite.identifiers import normalise_doi, quote_doi
from exocite.registries import DOI_URL
from exocite.registries.heard import Heard
from exocite.registries.service import Service, mapping, mappings, text

_DOI = re.compile(r"10\.[^/\s]{1,64}/\S.*", re.DOTALL)
_SHORT = re.compile(r"10/[a-z0-9]{2,16}", re.ASCII)
_LONGEST_DOI = 2048
_NONE = "does not exist"
_NO_HANDLE = 100
_ALIAS = 1


class DoiAgency(Service):
    """The root of all DOIs: it knows who registered each, but none of their records."""

    name = "doi.org"
    address = DOI_URL

    def agency(self, doi: str) -> str:
        """The name of the agency that registered the DOI, "" where no agency did.

        Raises RegistryError where that could not be learned.
        """
        wanted = doi.strip().lower()
        if len(wanted) > _LONGEST_DOI or not _DOI.fullmatch(wanted):
            raise self.not_asked("what should be a DOI does not have the form of one")

        def read(response: Heard) -> str:
            said = mappings(self.document(response))
            if len(said) != 1 or text(said[0].get("DOI")).lower() != wanted:
                self.unknown_form()
            agency, status = text(said[0].get("RA")), text(said[0].get("status")).lower()
            if not agency and _NONE not in status and "invalid doi" not in status:
                self.wrong("does not say which agency registered the DOI")
            return agency

        return self.asked(f"/ra/{quote_doi(wanted)}", read)

    def long(self, short: str) -> str:
        """The DOI that a short one ("10/gqb5kj") stands for, "" where there is no such short DOI.

        Raises RegistryError.
        """
        wanted = short.strip().lower()
        if not _SHORT.fullmatch(wanted):
            raise self.not_asked("what should be a short DOI does not have the form of one")

        def read(response: Heard) -> str:
            if response.status == 404:
                if mapping(self.json(response)).get("responseCode") != _NO_HANDLE:
                    self.accept(response)
                return ""
            answer = mapping(self.document(response))
            if answer.get("responseCode") != _ALIAS:
                self.unknown_form()
            for value in mappings(answer.get("values")):
                doi = normalise_doi(text(mapping(value.get("data")).get("value")))
                if value.get("type") == "HS_ALIAS" and doi:
                    return doi
            return ""

        return self.asked(f"/api/handles/{wanted}", read)
