"""Containers, names and numbers: the same, or not."""

from __future__ import annotations

import pytest

from exocite.matching.containers import same_container
from exocite.matching.fields import Field
from exocite.matching.numbers import same_issue, same_page, same_volume, same_year, strange_numbers
from exocite.matching.people import same_family
from exocite.model import Name, ParsedReference, Work


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("J. Slow Ecol.", "Journal of Slow Ecology", True),
        ("Proc. Natl Acad. Sci.", "Proceedings of the National Academy of Sciences", True),
        ("PNAS", "Proceedings of the National Academy of Sciences", True),
        ("Joumal of S1ow Ecology", "Journal of Slow Ecology", True),
        ("JAMA", "JAMA: The Journal of the American Medical Association", True),
        ("Slow Ecology & Walls", "Slow Ecology and Walls", True),
        ("Boll Unione Mat Ital", "Bollettino dell'Unione Matematica Italiana", True),
        ("Journal of Ecology", "The Journal of Animal Ecology", False),
        ("Nature", "Nature Physics", False),
        ("Ecology", "Journal of Ecology", False),
        ("Physical Review B", "Physical Review C", False),
        ("", "Nature", False),
    ],
)
def test_containers(left: str, right: str, same: bool) -> None:
    assert same_container(left, right) is same
    assert same_container(right, left) is same


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (Name("Brandt", "O."), Name("Brandt", "Olga"), True),
        (Name("Bradnt"), Name("Brandt"), True),
        (Name("Löffler"), Name("Loffler"), True),
        (Name("van der Berg"), Name("Berg", "A", "van der"), True),
        (Name("Garcia"), Name("García Márquez"), True),
        (Name(literal="World Moss Organization"), Name(literal="World Moss Organisation"), True),
        (Name("Li"), Name("Lu"), False),
        (Name("Brandt"), Name("Petersen"), False),
        (Name(), Name("Brandt"), False),
    ],
)
def test_families(left: Name, right: Name, same: bool) -> None:
    assert same_family(left, right) is same


@pytest.mark.parametrize(
    ("ours", "pages", "article", "result"),
    [
        ("201-219", "201-219", "", Field.AGREE),
        ("201", "201-219", "", Field.AGREE),
        ("2O1-219", "201-219", "", Field.AGREE),
        ("e5051", "e5051", "", Field.AGREE),
        ("72291", "e72291", "", Field.AGREE),
        ("1392", "1392b-1392", "", Field.AGREE),
        ("1083640", "", "1083640", Field.AGREE),
        ("20171", "1-9", "", Field.AGREE),  # the end of the DOI
        ("200-219", "201-219", "", Field.NEAR),
        ("S57", "57-60", "", Field.CONFLICT),
        ("88", "201-219", "", Field.CONFLICT),
        ("", "201-219", "", Field.UNPRINTED),
        ("12", "", "", Field.UNRECORDED),
    ],
)
def test_pages(ours: str, pages: str, article: str, result: Field) -> None:
    work = Work("10.1234/jse.2018.20171", pages=pages, article_number=article)
    assert same_page(ParsedReference("", pages=ours), work, frozenset()).result is result


@pytest.mark.parametrize(
    ("ours", "theirs", "result"),
    [
        ("14", "14", Field.AGREE),
        ("XIV", "14", Field.AGREE),
        ("l4", "14", Field.CONFLICT),
        ("014", "14", Field.AGREE),
        ("15", "14", Field.CONFLICT),
        ("", "14", Field.UNPRINTED),
        ("14", "", Field.UNRECORDED),
    ],
)
def test_volumes(ours: str, theirs: str, result: Field) -> None:
    seen = same_volume(ParsedReference("", volume=ours), Work("10.1/x", volume=theirs), frozenset())
    assert seen.result is result


def test_issues_and_years() -> None:
    work = Work("10.1/x", issue="7-8", year="2018", years=("2018", "2020"))
    assert same_issue(ParsedReference("", issue="7"), work).result is Field.AGREE
    assert same_issue(ParsedReference("", issue="9"), work).result is Field.CONFLICT
    for year, result in (
        ("2020", Field.AGREE),
        ("2021", Field.NEAR),
        ("2017", Field.NEAR),
        ("2015", Field.CONFLICT),
        ("", Field.UNPRINTED),
    ):
        assert same_year(ParsedReference("", year=year), work, frozenset()).result is result


def test_numbers_that_the_record_does_not_know() -> None:
    work = Work("10.1/x", year="2018", years=("2018",), volume="14", issue="3", pages="785-798")
    told = "brandt 14 3 2018 785 98 12 march".split()
    assert strange_numbers(told, work) == []
    assert strange_numbers([*told, "505", "511"], work) == ["505", "511"]
