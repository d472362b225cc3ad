"""Which registry is asked for what, and what several answers mean together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest

from exocite.errors import RegistryError, UnreachableError
from exocite.model import Name, Outcome, Reference, Work
from exocite.project import asking, doi_holders
from exocite.project.doi_holders import Others

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
    answer = asking.ask(case, crossref, Others())
    assert answer.resolution.outcome is Outcome.NOT_CHECKED
    assert "a case or an act" in answer.resolution.reason
    assert crossref.asked == []


# --------------------------------------------------------------------------- several identifiers


@pytest.mark.parametrize(
    ("crossref", "agency", "theirs", "outcome", "said"),
    [
        # Nobody knows the DOI, but the work of the PMID is the one that is described.
        (Holding("Crossref"), "", "10.5555/right", _X, "but its details fit 10.5555/right"),
        (Holding("Crossref"), "", DOI, _M, "Europe PMC knows the PMID 7001"),
        # Nobody could be asked for the DOI, and another registry holds it.
        (down("Crossref"), DOWN, DOI, _M, "Europe PMC knows the PMID 7001"),
        (Holding("Crossref"), "mEDRA", DOI, _M, "Europe PMC knows the PMID 7001"),
        (Holding("Crossref"), "mEDRA", "10.5555/right", _Q, "registered with mEDRA"),
        # What it holds under the PMID has another DOI: that tells nothing of the printed one.
        (down("Crossref"), DOWN, "10.5555/right", _Q, "could not be reached"),
        (down("Crossref"), DOWN, "", _Q, "could not be reached"),
    ],
)
def test_a_doi_that_leads_nowhere_beside_a_pmid(
    crossref: Holding, agency: str | RegistryError, theirs: str, outcome: Outcome, said: str
) -> None:
    archive = Holding("Europe PMC", {"7001": replace(WORK, doi=theirs)})
    others = Others(Agency(agency), Holding("DataCite", error=crossref.error), (archive,))
    answer = asking.ask(entry(doi=DOI, pmid="7001"), crossref, others)
    assert (answer.resolution.outcome, said in answer.resolution.reason) == (outcome, True), answer


def test_the_doi_of_an_arxiv_preprint_is_known_to_arxiv() -> None:
    doi = "10.48550/arxiv.2101.00001"
    archive = Holding("arXiv", {"2101.00001": replace(WORK, doi=doi)})
    others = Others(Agency("DataCite"), down("DataCite"), (archive,))
    answer = asking.ask(entry(doi=doi), Holding("Crossref"), others)
    assert (answer.resolution.outcome, answer.source) == (_M, archive)


ISBN = "9780306406157"
BOOK = Work(
    "10.5555/book",
    type="book",
    title="The harbour at night",
    authors=(Name(family="Pilot", given="Ann"),),
    publisher="Quay Press",
    year="2001",
    years=("2001",),
    isbn=(ISBN,),
)
SHELF = frozenset({"doi", "isbn"})


def book(**more: str) -> Reference:
    fields = {"title": "The harbour at night", "author": "Pilot, Ann", "year": "2001"}
    return Reference("b", "book", {**fields, "isbn": "0-306-40615-2", **more})


@pytest.mark.parametrize(
    ("crossref", "cited", "outcome", "said"),
    [
        (Holding("Crossref", {ISBN: BOOK}, schemes=SHELF), book(), _M, f"the ISBN {ISBN}: title"),
        (Holding("Crossref", {}, (BOOK,), schemes=SHELF), book(), _M, "agree"),
        (Holding("Crossref", schemes=SHELF), book(), _N, "no record"),
        (
            Holding("Crossref", {ISBN: BOOK}, schemes=SHELF),
            book(title="Whales of the south", author="Ahab, Y.", year="1851"),
            _X,
            "≠ title",
        ),
        (
            Holding("Crossref", {ISBN: replace(BOOK, doi="10.5555/x", title="Whales")}, (BOOK,),
                    schemes=SHELF),
            book(),
            _X,
            "but its details fit 10.5555/book",
        ),
    ],
)  # fmt: skip
def test_a_book_is_asked_for_by_its_isbn(
    crossref: Holding, cited: Reference, outcome: Outcome, said: str
) -> None:
    answer = asking.ask(cited, crossref, Others())
    assert (answer.resolution.outcome, said in answer.resolution.reason) == (outcome, True), answer
    assert crossref.asked[0] == f"isbn {ISBN}"


def test_a_chapter_is_not_asked_for_by_the_isbn_of_its_book() -> None:
    crossref = Holding("Crossref", {ISBN: BOOK}, schemes=SHELF)
    chapter = replace(book(), type="incollection")
    asking.ask(chapter, crossref, Others())
    assert crossref.asked == ["search"]


def test_an_isbn_that_could_not_be_asked_for_makes_nothing_not_found() -> None:
    @dataclass
    class Half(Holding):
        def identified(self, scheme: str, value: str) -> Work | None:
            raise DOWN

    answer = asking.ask(book(), Half("Crossref", schemes=SHELF), Others())
    assert answer.resolution.outcome is _Q


# --------------------------------------------------------------------------- the work of a DOI


def test_the_work_of_a_doi_from_whoever_holds_it() -> None:
    others = Others(Agency("DataCite"), Holding("DataCite", HOLDS))
    assert doi_holders.work_of(DOI, Holding("Crossref"), others) == WORK
    assert doi_holders.work_of(DOI, Holding("Crossref"), Others(Agency(""))) is None
    assert doi_holders.work_of("10.5555/none", Holding("Crossref"), Others()) is None
    for crossref, more, said in (
        (down("Crossref"), Others(), "could not be reached"),
        (Holding("Crossref"), Others(Agency("mEDRA")), "registered with mEDRA"),
        (Holding("Crossref"), Others(Agency(DOWN)), "could not be reached"),
    ):
        with pytest.raises(RegistryError, match=said):
            doi_holders.work_of(DOI, crossref, more)


def test_the_doi_that_a_short_one_stands_for() -> None:
    for text in ("10/gqb5kj", "doi:10/gqb5kj", "https://doi.org/gqb5kj"):
        assert doi_holders.long_doi(text, Others(Agency(DOI))) == DOI
    assert doi_holders.long_doi("10/gqb5kj", Others()) == ""
    assert doi_holders.long_doi("10/gqb5kj", Others(Agency(""))) == ""
    assert doi_holders.long_doi("10.5555/x", Others(Agency(DOI))) == ""
