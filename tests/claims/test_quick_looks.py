"""What is asked before a pattern is tried never hides a match of it."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.claims import appearance, masking, segment, shades
from exocite.claims.features import _BULLET, _LABEL, body, folded_case
from exocite.claims.markers import author_year, flattened, prose, repeats
from exocite.patterns import caseless, holds_any

_SIGNALLED = re.compile(
    r"(?P<signal>(?<=[a-z)])(?:see(?: also)?|e\.\s?g\.,?|cf\.)\s)?"
    r"(?P<digits>(?<!\d)\d{1,3}(?:[,–‐-]\d{1,3}){0,30})(?![\w%°€$£]|[.,:/–-]\d|\.[^\W\d_])"
)
"""Digits with the signal before them, as one pattern."""

_WORDS = sorted(
    {
        word
        for pattern in (
            appearance._BYLINE,
            appearance._BY_NAME,
            appearance._NAVIGATION,
            appearance._BOILERPLATE,
            appearance._RIGHTS,
            *(pattern for _, pattern in appearance._REFERENCE_SIGNS),
            *(pattern for _, pattern in shades._PHRASES.values()),
            *(pattern for _, pattern in shades._BUILT.values()),
            author_year._YEAR,
            repeats.SIGN,
        )
        for word in re.findall(r"[A-Za-z’']+", re.sub(r"\\[a-zA-Z]", " ", pattern.pattern))
    }
)
_SIGNS = [
    *"0 1 12 1 2023 1998b 10.1000/x 10. %  ( ) [ ] . , : ; ! ? - – | » > @ a@b.de k@x".split(),
    *"\u017fhare \u0130bid ed\u0131ted \u212a n.d. n. et al vol. no. pp. www. doi:".split(),
    *"doi.org/ :// see also e.g. e.g., cf. the house3 Ku said, is being seen, studied".split(),
    *"\u2028 \ud800 • 2.05 v2.05 “ ” ' ’".split(" "),
    *('"', "\n"),
]
_TEXTS = st.lists(
    st.tuples(
        st.one_of(st.sampled_from(_WORDS), st.sampled_from(_SIGNS)),
        st.sampled_from([" ", " ", " ", "", ". ", "\N{NO-BREAK SPACE}"]),
        st.sampled_from([str, str, str.upper, str.title]),
    ),
    max_size=9,
).map(lambda pieces: "".join(case(word) + join for word, join, case in pieces))

_Guard = Callable[[str], object]
_LOOKS: list[tuple[str, re.Pattern[str], _Guard]] = [
    ("year", author_year._YEAR, lambda text: author_year._may_cite(caseless(text))),
    ("repeated", repeats.SIGN, lambda text: author_year._may_cite(caseless(text))),
    ("rights", appearance._RIGHTS, lambda text: "reserved" in caseless(text)),
    ("address", prose._EMAIL, prose._WITHIN_WORD.search),
    ("link", prose._URL, lambda text: holds_any(caseless(text), prose._URL_SIGNS)),
    ("bullet", segment._INLINE_BULLET, lambda text: not text.isascii()),
    ("line end", masking._LINE_ENDS, lambda text: not text.isprintable()),
    ("surrogate", masking._SURROGATES, lambda text: not text.isprintable()),
    *(
        (str(held), pattern, lambda text, held=held: holds_any(caseless(text), held))
        for held, pattern in appearance._REFERENCE_SIGNS
    ),
    *(
        (name, pattern, lambda text, held=held: holds_any(text, held))
        for name, (held, pattern) in shades._PHRASES.items()
    ),
    *(
        (name, pattern, lambda text, forms=forms: forms <= _forms(text))
        for name, (forms, pattern) in shades._BUILT.items()
    ),
]


def _forms(text: str) -> set[str]:
    return set().union(*map(shades._of_word, re.findall(r"\w+", text)))


@pytest.mark.parametrize(("name", "pattern", "may"), _LOOKS, ids=[look[0] for look in _LOOKS])
@given(_TEXTS)
def test_what_a_search_finds_is_looked_for(
    name: str, pattern: re.Pattern[str], may: _Guard, text: str
) -> None:
    assert not pattern.search(text) or may(text), name


_FIRST: list[tuple[re.Pattern[str], tuple[str, ...]]] = [
    (appearance._BYLINE, (*appearance._BYLINE_BEGINS, *"0123456789")),
    (appearance._BY_NAME, appearance._BYLINE_BEGINS),
    (appearance._BOILERPLATE, appearance._BOILERPLATE_BEGINS),
    (appearance._LINK_ONLY, appearance._LINK_BEGINS),
]


@pytest.mark.parametrize(("pattern", "begins"), _FIRST)
@given(_TEXTS)
def test_what_a_line_begins_with_is_looked_for(
    pattern: re.Pattern[str], begins: tuple[str, ...], text: str
) -> None:
    assert not pattern.match(text) or caseless(text).startswith(begins)


@given(_TEXTS)
def test_navigation_is_short_or_holds_a_mark(text: str) -> None:
    line = text.strip()
    if appearance._NAVIGATION.match(line):
        short = len(line) <= appearance._LONGEST_NAVIGATION
        assert short or holds_any(line, appearance._NAVIGATION_ENDS)


@given(_TEXTS)
def test_a_line_with_a_stop_is_no_heading_unless_in_capitals(text: str) -> None:
    if appearance._END.search(text):
        assert not appearance.is_heading(text) or text.isupper()


@given(_TEXTS)
def test_numbers_have_their_signals(text: str) -> None:
    found = [
        (flattened._signal_before(text, match.start()), match.span())
        for match in flattened._NUMBERS.finditer(text)
    ]
    assert found == [(match.start(), match.span("digits")) for match in _SIGNALLED.finditer(text)]


@given(_TEXTS)
def test_versions_begin_behind_a_letter(text: str) -> None:
    told = re.compile(flattened._VERSIONED.pattern.replace(r"\d(?<=[^\W\d_]\d)\d?", _LOOKED, 1))
    found = [match.span("digits") for match in flattened._VERSIONED.finditer(text)]
    assert found == [match.span("digits") for match in told.finditer(text)]


_LOOKED = r"(?<=[^\W\d_])\d{1,2}"


@given(_TEXTS)
def test_bullets_and_labels_are_taken_off(text: str) -> None:
    bullet = _BULLET.match(text)
    rest = text[bullet.end() :] if bullet else text
    label = _LABEL.match(rest)
    assert body(text) == (rest[label.end() :] if label else rest)


@given(_TEXTS)
def test_shades_that_need_no_pattern(text: str) -> None:
    lower = folded_case(text)
    found = shades.shades(lower)
    back = r"^(?:this|these|that|those|it|they|such|he|she|its|their)\b"
    stop = r"[^.!?:;\"'”’)\]]$"
    for name, pattern in (("back reference", back), ("no stop", stop), ("number", r"\d")):
        assert (name in found) == bool(re.search(pattern, lower)), name
