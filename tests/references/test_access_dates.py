"""When a page was opened, in the forms in which lists print it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.references.access_dates import accessed


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Accessed 2 May 2020.", "2020-05-02"),
        ("Accessed: 2nd of May", ""),
        ("(accessed on May 2, 2020)", "2020-05-02"),
        ("[cited 2020 May 2]", "2020-05-02"),
        ("[cited 2020 May]", "2020-05"),
        ("Retrieved June 13th, 2021, from", "2021-06-13"),
        ("last accessed 2021-06-03", "2021-06-03"),
        ("Web. 4 Dec. 2019.", "2019-12-04"),
        ("abgerufen am 3. März 2021", "2021-03-03"),
        ("consulté le 1er juillet 2021", "2021-07-01"),
        ("consultado el 3 de enero de 2021", "2021-01-03"),
        ("Accessed 25/05/2020", "2020-05-25"),
        ("Accessed 05/25/2020", "2020-05-25"),
        ("Accessed 02/05/2020", "2020"),
        ("Accessed May 2020", "2020-05"),
        ("Accessed in the spring of 2020", ""),
        ("Published 2 May 2020", ""),
        ("Retrieved from https://example.org. Accessed 2 May 2020", "2020-05-02"),
        ("", ""),
    ],
)
def test_dates(text: str, date: str) -> None:
    assert accessed(text) == date


@given(st.text(alphabet="0123456789/- MayJune.,²٣", max_size=20))
def test_any_text_gives_a_date_or_none(text: str) -> None:
    date = accessed("Accessed " + text)
    assert re.fullmatch(r"(?:\d{4}(?:-\d\d(?:-\d\d)?)?)?", date, re.ASCII)
