import pytest

from exocite.linking.statement import statement
from exocite.linking.wording import doubtful


@pytest.mark.parametrize(
    ("claim", "passage", "doubt"),
    [
        ("Rents fell for tenants in towns.", "Rents fell for owners in towns.", True),
        ("The mill closed in June 1931.", "The mill closed in August 1931.", True),
        ("Ships carry more freight than trains.", "Trains carry more freight than ships.", True),
        ("The wind blows from east to west.", "The wind blows from west to east.", True),
        ("It was offered to members.", "It was offered to non-members.", True),
        ("It was offered to non-members.", "It was offered to members.", True),
        ("Rents fell for tenants in towns.", "Rents fell for tenants in towns by a tenth.", False),
        ("Rents fell for tenants in towns.", "In winter, rents fell for tenants in towns.", False),
        ("Rents fell in towns.", "Bread was dear. Rents fell in towns.", False),
        ("The mill closed.", "A brewery opened.", False),
        ("", "Rents fell.", False),
        ("Rents fell.", "", False),
    ],
)
def test_nearly_the_same_is_doubtful(claim: str, passage: str, doubt: bool) -> None:
    assert doubtful(statement(claim), statement(passage)) is doubt
