"""Crossref asked for notices: which works they name, in how many requests, and what fails."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from exocite.errors import RegistryError
from exocite.model import Update
from exocite.registries import NoticesOfMany
from tests.registries.conftest import ODD_DOIS, Connect, record
from tests.registries.outcomes import OUTCOMES, lasting, patience

DOI, OTHER = "10.5555/exosomes", "10.5555/steam"


def notice(doi: str, kind: str, *about: str, **more: object) -> dict[str, Any]:
    updates = [
        {"DOI": one, "type": kind, "source": "publisher", "updated": {"date-parts": [[2023, 4, 5]]}}
        for one in about
    ]
    return record(doi, f"{kind}: a work", **{"update-to": updates, **more})


NOTICES = [
    notice("10.5555/r", "retraction", DOI, OTHER),
    notice("10.5555/c", "correction", DOI),
    notice("10.5555/x", "retraction", "10.5555/elsewhere"),
]


def test_notices_by_the_work_that_they_are_about(connect: Connect) -> None:
    bench = connect(records=[*NOTICES, record(DOI)])
    assert isinstance(bench.crossref, NoticesOfMany)
    found = bench.crossref.notices([DOI.upper(), OTHER, "10.5555/loom"])
    retraction = Update("retraction", "10.5555/r", "2023-04-05", "publisher")
    assert set(found) == {DOI, OTHER}
    assert set(found[DOI]) == {
        retraction, Update("correction", "10.5555/c", "2023-04-05", "publisher"),
    }  # fmt: skip
    assert found[OTHER] == (retraction,)
    assert len(bench.fake.requests) == 1


def test_groups_fit_into_an_address_and_leave_odd_dois_out(connect: Connect) -> None:
    crossref = connect().crossref
    long = [f"10.5555/{number:04d}{'x' * 180}" for number in range(120)]
    groups = crossref.notice_batches([*ODD_DOIS, *long, *long[:3]])
    assert sorted(doi for group in groups for doi in group if doi in long) == sorted(long)
    assert not any("," in doi or "<" in doi or "#" in doi for group in groups for doi in group)
    for group in groups:
        assert len(quote(",".join(f"updates:{doi}" for doi in group), safe="")) <= 3000
    assert crossref.notice_batches([]) == ()


@pytest.mark.parametrize("name", sorted(OUTCOMES))
def test_a_fault_is_no_word_on_notices(connect: Connect, name: str) -> None:
    bench = connect(lasting(name), records=NOTICES, **patience(name))
    with pytest.raises(RegistryError):
        bench.crossref.notices([DOI])
