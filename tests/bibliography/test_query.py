"""The query language of `list`: what each query means, and where a mistake is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.bibliography.query import Candidate, query
from exocite.errors import UsageError

TEA = Candidate(
    "müller2019",
    "article",
    {"title": "Deep Sleep and tea", "author": "Müller, Ada", "doi": "10.5555/x", "note": ""},
    "2019",
    "retracted",
    cited=True,
    texts=("abstract",),
)
OLD = Candidate(
    "roe1850", "book", {"title": "On <i>coffee</i>: cited", "author": "Roe, Jo"}, "1850"
)
ANCIENT = Candidate("caesar", "book", {"title": "Wars"}, "45 BC")
NAMES = ("title", "author", "doi", "note")


@pytest.mark.parametrize(
    ("text", "tea", "old"),
    [
        ("", True, True),
        ("   ", True, True),
        ("tea", True, False),
        ("TEA", True, False),
        ("muller", True, False),
        ('"deep sleep"', True, False),
        ('"sleep deep"', False, False),
        ('"on coffee"', False, True),
        ("title:<i>", False, False),
        ("sleep deep", True, False),
        ("title:müller", False, False),
        ("author:MULLER", True, False),
        ('title:"deep sleep"', True, False),
        ("key:roe", False, True),
        ("type:book", False, True),
        ("type:boo", False, False),
        ("year:2019", True, False),
        ("year:1850-2019", True, True),
        ("year:1851-", True, False),
        ("year:-1900", False, True),
        ("year:1850–1900", False, True),
        ("has:doi", True, False),
        ("has:note", False, False),
        ("has:text", True, False),
        ("-has:doi", False, True),
        ("has:DOI", True, False),
        ("has:eprint", False, False),
        ("-has:pmid", True, True),
        ("-tea", False, True),
        ('-"deep sleep"', False, True),
        ("tea OR coffee", True, True),
        ("tea OR coffee year:1850", False, True),
        ("year:1850 tea OR coffee", False, True),
        ("tea OR -tea", True, True),
        ("tea or coffee", False, False),
        ("retracted", True, False),
        ("-retracted", False, True),
        ("unresolved", False, True),
        ("outcome:retracted", True, False),
        ("cited", True, False),
        ("uncited", False, True),
        ('"cited"', False, True),
    ],
)
def test_what_a_query_means(text: str, tea: bool, old: bool) -> None:
    asked = query(text, NAMES)
    assert (asked.holds(TEA), asked.holds(OLD)) == (tea, old)


@pytest.mark.parametrize(
    ("text", "held"), [("year:-1999", True), ("year:45", False), ("year:1-", False)]
)
def test_a_year_before_christ_lies_before_all_others(text: str, held: bool) -> None:
    assert query(text, NAMES).holds(ANCIENT) is held


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("titel:x", 1, "no entry has a field titel"),
        ("tea -titel:x", 6, "no entry has a field titel"),
        ("has:auhtor", 5, "no entry has a field auhtor"),
        ("tea -has:auhtor", 10, "no entry has a field auhtor"),
        ("has:müll", 5, "no entry has a field müll"),
        ("year:x", 6, "x is no year"),
        ("year:-", 6, "- is no year"),
        ("tea year:2020-2010", 10, "2020 is later than 2010"),
        ('tea "deep', 5, "not closed"),
        ('"', 1, "not closed"),
        ("OR tea", 1, "OR stands between"),
        ("tea OR", 5, "OR stands between"),
        ("tea OR OR x", 8, "OR stands between"),
        ("tea -", 5, "nothing is looked for"),
        ("title:", 1, "nothing is looked for"),
        ('tea""x', 4, "nothing is looked for"),
    ],
)
def test_a_mistake_is_shown_where_it_is(text: str, column: int, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        query(text, NAMES)
    lines = caught.value.message.splitlines()
    assert (f"query:{column}: " in lines[0], said in lines[0]) == (True, True)
    assert lines[2].index("^") - 2 == column - 1
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("auhtor:x", "did you mean author: ?"),
        ("has:auhtor", "did you mean has:author ?"),
        ("has:txt", "did you mean has:text ?"),
        ("outcom:x", "did you mean outcome: ?"),
        ("has:zzzzzz", "has: is followed by the name of a field, or by text"),
    ],
)
def test_the_name_that_may_be_meant_is_told(text: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        query(text, NAMES)
    assert caught.value.hint == hint


@given(st.text('abO R"-:year()has019 é\n\x1b', max_size=40))
def test_any_text_is_a_query_or_a_mistake(text: str) -> None:
    try:
        asked = query(text, NAMES)
    except UsageError:
        return
    assert asked.holds(TEA) in {True, False}


@pytest.mark.parametrize("text", ["cited", "tea OR uncited", "-cited"])
def test_who_asks_what_is_cited_needs_articles(text: str) -> None:
    assert query(text, NAMES).of_articles
    assert not query('"cited" title:cited', NAMES).of_articles
