"""Which registry is asked for what, and what several answers mean together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest

from exocite.errors import RegistryError, UnreachableError
from exocite.model import Name, Outcome, Reference, Work
from exocite.project import asking
from exocite.project.asking import Others

DOI = "10.5281/zenodo.77"
WORK = Work(
    DOI,
    type="journal-article",
    title="Lamps of the harbour in winter",
    authors=(Name(family="Lovelace", given="Ada"),),
    container="Journal of Lamps",
    year="2021",
    years=("2021",),
    volume="7",
    pages="101-109",
)
FIELDS = {
    "title": "Lamps of the harbour in winter",
    "author": "Lovelace, Ada",
    "journal": "Journal of Lamps",
    "year": "2021",
    "volume": "7",
    "pages": "101--109",
}
DOWN = UnreachableError("it could not be reached")


def entry(**more: str) -> Reference:
    return Reference("k", "article", {**FIELDS, **more})


@dataclass
class Holding:
    """A registry that holds some works, is down, or was never to be asked."""

    name: str
    held: Mapping[str, Work] = field(default_factory=dict)
    found: tuple[Work, ...] = ()
    error: RegistryError | None = None
    schemes: frozenset[str] = frozenset({"doi", "pmid", "pmcid", "arxiv"})
    asked: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"https://{self.name.lower()}.invalid"

    def work(self, doi: str) -> Work | None:
        return self.identified("doi", doi)

    def identified(self, scheme: str, value: str) -> Work | None:
        self.asked.append(f"{scheme} {value}")
        if self.error:
            raise self.error
        return self.held.get(value)

    def search(self, query: str, *, rows: int = 20) -> tuple[Work, ...]:
        self.asked.append("search")
        if self.error:
            raise self.error
        return self.found[:rows]


@dataclass
class Agency:
    """doi.org, which says the same of every DOI."""

    says: str | RegistryError
    name: str = "doi.org"
    url: str = "https://doi.invalid"

    def agency(self, doi: str) -> str:
        return self._said()

    def long(self, short: str) -> str:
        return self._said()

    def _said(self) -> str:
        if isinstance(self.says, str):
            return self.says
        raise self.says


def down(name: str) -> Holding:
    return Holding(name, error=DOWN)


HOLDS = {DOI: WORK}
_M, _N, _X, _Q = (
    Outcome.MATCHED, Outcome.NOT_FOUND, Outcome.METADATA_MISMATCH, Outcome.NOT_CHECKED,
)  # fmt: skip
OTHER = replace(WORK, title="On quite other things", authors=(Name(family="Babbage"),), pages="3-4")


@pytest.mark.parametrize(
    ("crossref", "agency", "datacite", "outcome", "said"),
    [
        (Holding("Crossref", HOLDS), "", Holding("DataCite"), _M, ""),
        (Holding("Crossref"), "DataCite", Holding("DataCite", HOLDS), _M, "DataCite does: title"),
        (down("Crossref"), "DataCite", Holding("DataCite", HOLDS), _M, "DataCite does"),
        (down("Crossref"), DOWN, Holding("DataCite", HOLDS), _M, "DataCite does"),
        (Holding("Crossref"), DOWN, Holding("DataCite", HOLDS), _M, "DataCite does"),
        (Holding("Crossref"), "DataCite", Holding("DataCite", {DOI: OTHER}), _X, "≠ title"),
        (Holding("Crossref"), "DataCite", down("DataCite"), _Q, "could not be reached"),
        (Holding("Crossref"), "DataCite", Holding("DataCite"), _Q, "registered with DataCite"),
        (Holding("Crossref"), "mEDRA", Holding("DataCite", HOLDS), _Q, "registered with mEDRA"),
        (Holding("Crossref"), "Crossref", Holding("DataCite"), _Q, "registered with Crossref"),
        (Holding("Crossref"), DOWN, Holding("DataCite"), _Q, "could not be reached"),
        (down("Crossref"), "Crossref", Holding("DataCite"), _Q, "could not be reached"),
        (down("Crossref"), "", Holding("DataCite"), _Q, "could not be reached"),
        (down("Crossref"), DOWN, down("DataCite"), _Q, "could not be reached"),
        (Holding("Crossref"), "", Holding("DataCite"), _N, "doi.org knows no such DOI"),
        (
            Holding("Crossref", found=(replace(WORK, doi="10.5555/it"),)), "",
            Holding("DataCite"), _X, "but its details fit 10.5555/it",
        ),
    ],
)  # fmt: skip
def test_a_doi(
    crossref: Holding, agency: str | RegistryError, datacite: Holding, outcome: Outcome, said: str
) -> None:
    others = Others(Agency(agency), datacite)
    answer = asking.ask(entry(doi=DOI), crossref, others)
    assert answer.resolution.outcome is outcome, answer.resolution.reason
    assert said in answer.resolution.reason
    assert (answer.source is datacite) == ("DataCite does" in said or said == "≠ title")


def test_an_index_knows_the_dois_of_other_agencies() -> None:
    index = Holding("OpenAlex", HOLDS)
    others = Others(Agency("mEDRA"), Holding("DataCite"), (), index)
    answer = asking.ask(entry(doi=DOI), Holding("Crossref"), others)
    assert (answer.resolution.outcome, answer.source) == (_M, index)


@pytest.mark.parametrize(
    ("more", "value"),
    [
        ({"pmid": "7001"}, "7001"), ({"pmcid": "PMC100"}, "PMC100"), ({"pmcid": "100"}, "100"),
        ({"note": "PMID: 7001"}, "7001"), ({"eprint": "7001", "eprinttype": "pubmed"}, "7001"),
        ({"url": "https://pubmed.ncbi.nlm.nih.gov/7001/"}, "7001"),
    ],
)  # fmt: skip
def test_a_pmid_or_pmcid_goes_to_its_archive(more: dict[str, str], value: str) -> None:
    crossref = Holding("Crossref")
    archive = Holding("Europe PMC", {value: WORK, f"PMC{value}": WORK})
    answer = asking.ask(entry(**more), crossref, Others(archives=(archive,)))
    assert (answer.resolution.outcome, answer.source, crossref.asked) == (_M, archive, [])
    assert answer.resolution.reason.startswith("Europe PMC knows the PM")


@pytest.mark.parametrize(
    ("archive", "crossref", "outcome", "said"),
    [
        (Holding("Europe PMC"), Holding("Crossref"), _N, "holds no record under the PMID 7001"),
        (Holding("Europe PMC"), down("Crossref"), _Q, "could not be reached"),
        (down("Europe PMC"), Holding("Crossref"), _Q, "could not be reached"),
        (down("Europe PMC"), down("Crossref"), _Q, "could not be reached"),
        (Holding("Europe PMC"), Holding("Crossref", found=(WORK,)), _X, "but its details fit"),
        (down("Europe PMC"), Holding("Crossref", found=(WORK,)), _M, "identifier was not compared"),
        (Holding("Europe PMC", {"7001": OTHER}), Holding("Crossref", found=(WORK,)), _X, "≠ title"),
    ],
)
def test_a_pmid_that_cannot_be_confirmed(
    archive: Holding, crossref: Holding, outcome: Outcome, said: str
) -> None:
    answer = asking.ask(entry(pmid="7001"), crossref, Others(archives=(archive,)))
    assert (answer.resolution.outcome, said in answer.resolution.reason) == (outcome, True)


def test_a_preprint_goes_to_arxiv_and_its_published_version_to_crossref() -> None:
    preprint = replace(
        WORK, doi="10.48550/arxiv.2101.00001", type="posted-content", container="arXiv",
        volume="", pages="",
    )  # fmt: skip
    archive = Holding("arXiv", {"2101.00001": preprint}, schemes=frozenset({"arxiv"}))
    bare = {name: FIELDS[name] for name in ("title", "author", "year")}
    named = {"eprint": "2101.00001v3", "archiveprefix": "arXiv"}
    crossref = Holding("Crossref", found=(WORK,))
    others = Others(archives=(archive,))
    cited = Reference("k", "misc", {**bare, **named})
    assert asking.ask(cited, crossref, others).source is archive
    published = asking.ask(entry(**named), crossref, others)
    assert (published.resolution.work, published.source) == (WORK, None)


@pytest.mark.parametrize(
    ("crossref", "index", "outcome"),
    [
        (Holding("Crossref", found=(WORK,)), Holding("OpenAlex"), _M),
        (Holding("Crossref"), Holding("OpenAlex", found=(WORK,)), _M),
        (down("Crossref"), Holding("OpenAlex", found=(WORK,)), _M),
        (Holding("Crossref"), Holding("OpenAlex"), _N),
        (Holding("Crossref"), down("OpenAlex"), _Q),
        (down("Crossref"), Holding("OpenAlex"), _Q),
    ],
)
def test_a_search(crossref: Holding, index: Holding, outcome: Outcome) -> None:
    answer = asking.ask(entry(), crossref, Others(index=index))
    assert answer.resolution.outcome is outcome


def test_a_short_doi_is_made_long() -> None:
    crossref = Holding("Crossref", HOLDS)
    for field_ in ({"doi": "10/abc1"}, {"url": "https://doi.org/abc1"}):
        answer = asking.ask(entry(**field_), crossref, Others(Agency(DOI)))
        assert (answer.resolution.outcome, answer.parsed.doi) == (_M, DOI)
    unknown = asking.ask(entry(doi="10/abc1"), Holding("Crossref"), Others(Agency("")))
    assert unknown.resolution.outcome is _N
    assert "knows no short DOI 10/abc1" in unknown.resolution.reason


def test_a_case_or_an_act_is_searched_for_nowhere() -> None:
    crossref = Holding("Crossref")
    case = Reference("k", "jurisdiction", {"title": "Donoghue v Stevenson", "year": "1932"})
    answer = asking.ask(case, crossref, asking.Others())
    assert answer.resolution.outcome is Outcome.NOT_CHECKED
    assert "a case or an act" in answer.resolution.reason
    assert crossref.asked == []
