import pytest

from exocite.linking.named import named, people
from exocite.model import Reference

KNOWN = people(
    [
        Reference("ku2023", "article", {"author": "Ku, Ying and others", "year": "2023"}),
        Reference("may2019", "article", {"author": "Theresa May", "date": "2019-05"}),
        Reference("who2019", "misc", {"author": "{World Health Organization}", "year": "2019"}),
        Reference("berg2019", "article", {"author": "van den Berg, A.", "year": "2019"}),
        Reference("odd", "article", {"author": "A(+", "year": "2019"}),
        Reference("none", "article", {"title": "No author", "year": "2019"}),
    ]
)


@pytest.mark.parametrize(
    ("sentence", "keys"),
    [
        ("In 2023, Ku and colleagues found less swelling.", ("ku2023",)),
        ("In 2022, Ku and colleagues found less swelling.", ()),
        ("Kuwait measured it in 2023.", ()),
        ("It may have begun in 2019.", ()),
        ("May showed it in 2019.", ("may2019",)),
        ("The World Health Organization said so in 2019.", ("who2019",)),
        ("It was 12019 units of Berg.", ()),
        ("A(+ in 2019 and Ku in 2023 agree.", ("odd", "ku2023")),
        ("", ()),
    ],
)
def test_author_and_year_in_the_sentence_name_a_work(sentence: str, keys: tuple[str, ...]) -> None:
    assert named(sentence, KNOWN) == keys
