"""Identifiers of works: DOI, PMID, PMCID, arXiv, ISBN, ISSN, handle; find, normalise, check.

Sources: DOI Handbook 2.2 (a DOI is case-insensitive; we write it lower case; shortDOI), ISO 2108
and ISO 3297 (check digits), arXiv's identifier scheme, ANSI/NISO Z39.56 (SICI, whose DOIs hold
`<>;()`), RFC 3650 (handles).
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import lru_cache
from urllib.parse import quote, unquote

from exocite.frozen import dataclass
from exocite.model import Span
from exocite.patterns import regex


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier found in a text: its scheme, its normal form and where it stands."""

    scheme: str
    value: str
    span: Span


# --------------------------------------------------------------------------- DOI

_DOI_START = regex(r"(?<![\w.])10(?:\.|%2[eE])\d{4,9}(?:\.\d{1,9}){0,4}(?:/|%2[fF])", re.ASCII)
_BARE_DOI = regex(r"10\.\d{4,9}/[a-zA-Z0-9]+(?:[._/-][a-zA-Z0-9]+)*", re.ASCII)
_DOI_STOP = regex(r"[\s\"“”„«»`{}|^\x00-\x1f\x7f]|\\(?![_&%#])")
_ESCAPE = regex(r"\\(?=[_&%#])")  # LaTeX's, before characters that a DOI may hold
# A tag, or the next of several DOIs in a row, ends one.
_NEXT = regex(r"</|<(?=[a-zA-Z!])|[;,](?=10\.\d{4}|https?:|doi:)", re.IGNORECASE)
_LONGEST_DOI = 1024
_OPENERS = {")": "(", "]": "[", ">": "<", "}": "{"}
_TRAILING = frozenset(".,;:!?'’‘*_…·")
_HYPHENS = str.maketrans(
    dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("\xad\u200b\u200c\u200d\ufeff")
)
_BEFORE_WORD = regex(r"[\s\"<>]")
_RESOLVER = regex(r"//(?:dx\.|www\.)?doi\.org/$", re.IGNORECASE)

# What publishers write after the DOI in the address of a page.
_PAGE_SUFFIX = regex(
    r"(?:/(?:full(?:text)?(?:/html|\.pdf)?|abstract|pdf(?:direct|extended)?|epdf|html|summary|meta"
    r"|references|figures|tables|media|download|suppl_file)|v\d{1,3}(?:\.(?:full|abstract))?(?:\.pdf)?"
    r"|\.(?:full|abstract|pdf|html?|xml|short)(?:\.pdf)?)$",
    re.IGNORECASE,
)
_VERSIONED = regex(r"v\d{1,3}(?:\.(?:full|abstract))?(?:\.pdf)?$", re.IGNORECASE)

# Publishers whose addresses hold the DOI's last part alone.
_BY_ADDRESS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (regex(pattern, re.IGNORECASE), prefix)
    for pattern, prefix in (
        (r"\bnature\.com/articles/(s\d{5}-\d{3}-\d{4,5}-[\dxwyz]|[a-z]+\.?\d{2,12})", "10.1038/"),
        (r"\belifesciences\.org/(?:articles|content)/(\d{4,7})\b", "10.7554/elife."),
        (r"\bpeerj\.com/articles/(\d{1,6})\b", "10.7717/peerj."),
        (r"\bzenodo\.org/records?/(\d{3,12})\b", "10.5281/zenodo."),
    )
)


def find_dois(text: str) -> list[tuple[Span, str]]:
    """The DOIs in a text in order: the span as written (without a resolver's address), and the DOI.

    Finds percent-encoded and entity-encoded ones, those inside addresses of publishers, and SICI
    DOIs. Punctuation that belongs to the sentence is not part of the span.
    """
    found: list[tuple[Span, str]] = []
    at = 0
    while (start := _DOI_START.search(text, at)) is not None:
        begin = start.start()
        end, doi = _read_doi(text, begin, start.end())
        if doi:
            found.append((Span(begin, end), doi))
        at = max(end, start.end())
    for pattern, prefix in _BY_ADDRESS:
        spans = [span for span, _ in found]
        for match in pattern.finditer(text):
            # They stand in order and apart: only the last that begins before its end can overlap.
            before = bisect_left(spans, match.end(), key=lambda span: span.start) - 1
            if before < 0 or spans[before].end <= match.start():
                found.append((Span(*match.span(1)), (prefix + match[1]).lower()))
        found.sort(key=lambda pair: pair[0])
    return found


def normalise_doi(text: str) -> str:
    """The first DOI in the text in its normal form, lower case and decoded; "" when there is none.

    Takes a bare DOI, `doi:`, `info:doi/`, addresses of doi.org and of publishers.
    """
    return text.lower() if _is_bare(text) else _first_doi(text)


def _is_bare(text: str) -> bool:
    """Whether this is a DOI in its plainest form, with nothing to decode, cut or trim."""
    return len(text) <= _LONGEST_DOI and _BARE_DOI.fullmatch(text) is not None


@lru_cache(maxsize=16_384)
def _first_doi(text: str) -> str:
    found = find_dois(text)
    return found[0][1] if found else ""


def quote_doi(doi: str) -> str:
    """The DOI as one path segment of a URL: everything but unreserved characters is encoded.

    A segment that is nothing but dots cannot arise: a DOI holds a slash, which is encoded too.
    """
    return quote(doi, safe="", errors="replace")


def doi_url(doi: str) -> str:
    """The address at which a person opens the DOI."""
    return "https://doi.org/" + quote(doi, safe="/:;().-_~", errors="replace")


def _read_doi(text: str, begin: int, body: int) -> tuple[int, str]:
    """End offset and normal form of the DOI that begins at `begin`; "" if nothing is left of it."""
    before = _BEFORE_WORD.split(text[max(0, begin - 2048) : begin])[-1]
    in_url = "//" in before or "www." in before.lower()
    resolver = _RESOLVER.search(before) is not None
    stop = _DOI_STOP.search(text, body, body + _LONGEST_DOI)
    end = stop.start() if stop else min(len(text), body + _LONGEST_DOI)
    raw = text[begin:end]
    following = _NEXT.search(raw)
    if following:
        raw = raw[: following.start()]
    if in_url:
        raw = _without_query(raw)
    raw = _trimmed(raw)
    doi = _decoded(raw)
    shorter = _trimmed(doi)
    if in_url and not resolver:
        shorter = _without_page(shorter)
    elif in_url:
        shorter = shorter.rstrip("/")
    if shorter != doi and raw.endswith(doi[len(shorter) :]):
        raw = raw[: len(raw) - (len(doi) - len(shorter))]
    suffix = shorter.partition("/")[2]
    if not suffix or not any(c.isalnum() for c in suffix):
        return body, ""
    return begin + len(raw), shorter.lower()


def _without_query(raw: str) -> str:
    """A DOI in an address ends where the query or fragment does, entities aside."""
    entity = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,6}|#x[0-9a-fA-F]{1,6});")
    masked = entity.sub(lambda match: "x" * len(match[0]), raw)
    cut = re.search(r"[?#&]", masked)
    return raw[: cut.start()] if cut else raw


def _without_page(doi: str) -> str:
    for _ in range(3):
        match = _PAGE_SUFFIX.search(doi)
        if match is None or match.start() <= doi.index("/") + 1:
            break
        if _VERSIONED.match(match[0]) and not doi.startswith(("10.1101/", "10.64898/")):
            break
        doi = doi[: match.start()]
    return doi.rstrip("/")


def _decoded(raw: str) -> str:
    plain = html.unescape(_ESCAPE.sub("", raw)).translate(_HYPHENS)
    for _ in range(2):
        if not re.search(r"%[0-9a-fA-F]{2}", plain):
            break
        plain = unquote(plain, errors="replace")
    cut = _DOI_STOP.search(plain)
    return plain[: cut.start()] if cut else plain


def _trimmed(doi: str) -> str:
    """Without trailing punctuation and without brackets that were opened before the DOI."""
    balance = dict.fromkeys(_OPENERS.values(), 0)
    for place, character in enumerate(doi):
        if character in balance:
            balance[character] += 1
        elif character in _OPENERS:
            balance[_OPENERS[character]] -= 1
            if balance[_OPENERS[character]] < 0:
                doi = doi[:place]
                break
    end = len(doi)
    while end and (doi[end - 1] in _TRAILING or _opens_nothing(doi, end)):
        if doi[end - 1] == ";" and re.search(
            r"&(?:gt|\#62|\#x3[eE]);$", doi[max(0, end - 8) : end]
        ):
            break
        end -= 1
    return doi[:end]


def _opens_nothing(doi: str, end: int) -> bool:
    return doi[end - 1] in "([<{"


# --------------------------------------------------------------------------- check digits


def valid_isbn(isbn: str) -> bool:
    """Whether ten or thirteen characters without hyphens end in the right check digit."""
    if re.fullmatch(r"\d{9}[\dX]", isbn, re.ASCII):
        return sum(_digit(c) * (10 - i) for i, c in enumerate(isbn)) % 11 == 0
    if re.fullmatch(r"97[89]\d{10}", isbn, re.ASCII):
        return sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(isbn)) % 10 == 0
    return False


def valid_issn(issn: str) -> bool:
    """Whether an ISSN, with or without its hyphen, ends in the right check digit."""
    digits = issn.replace("-", "")
    if not re.fullmatch(r"\d{7}[\dX]", digits, re.ASCII):
        return False
    return sum(_digit(c) * (8 - i) for i, c in enumerate(digits)) % 11 == 0


def isbn_13(isbn: str) -> str:
    """The thirteen digits of a valid ISBN-10 or ISBN-13, "" for one that is not valid."""
    if not valid_isbn(isbn):
        return ""
    if len(isbn) == 13:
        return isbn
    body = "978" + isbn[:9]
    total = sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(body))
    return body + str(-total % 10)


def _digit(character: str) -> int:
    return 10 if character == "X" else int(character)


# --------------------------------------------------------------------------- the table


def _plain(value: str) -> str:
    return value.lstrip("0")


def _pmcid(value: str) -> str:
    return "PMC" + value.lstrip("0")


def _arxiv(value: str) -> str:
    """Without version and subject class, which are no part of its name: "math/0309136"."""
    return re.sub(r"\.[a-z-]{2,9}(?=/)|v\d{1,3}$", "", value.lower())


def _short_doi(value: str) -> str:
    return "10/" + value.lower().removeprefix("10/")


def _handle(value: str) -> str:
    """Without the sentence's punctuation; one that is a DOI is found as such."""
    return "" if value.startswith("10.") else _trimmed(value)


def _isbn(value: str) -> str:
    return isbn_13(re.sub(r"[\s\-‐‑–]", "", value).upper())


def _issn(value: str) -> str:
    plain = re.sub(r"[\s\-‐‑–]", "", value).upper()
    return f"{plain[:4]}-{plain[4:]}" if valid_issn(plain) else ""


@dataclass(frozen=True, slots=True)
class _Scheme:
    name: str
    pattern: re.Pattern[str]
    normal: Callable[[str], str]


_SCHEMES: tuple[_Scheme, ...] = (
    _Scheme(
        "pmid",
        regex(
            r"(?:\bPMID:?\s?|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)(\d{1,9})(?!\d)",
            re.IGNORECASE | re.ASCII,
        ),
        _plain,
    ),
    _Scheme(
        "pmcid", regex(r"(?<![A-Za-z0-9])PMC(\d{3,9})(?!\d)", re.IGNORECASE | re.ASCII), _pmcid
    ),
    _Scheme(
        "arxiv",
        regex(
            r"(?:\barxiv\s?:\s?|arxiv\.org/(?:abs|pdf|html|format)/|10\.48550/arxiv\.)"
            r"(\d{4}\.\d{4,5}(?:v\d{1,3})?|[a-z]{2,9}(?:-[a-z]{2,9})?(?:\.[a-z-]{2,9})?/\d{7}(?:v\d{1,3})?)(?!\d)",
            re.IGNORECASE | re.ASCII,
        ),
        _arxiv,
    ),
    _Scheme(
        "isbn",
        regex(
            r"\bISBN(?:[-\s]?1[03])?\s?:?\s?((?:97[89][\s\-‐‑–]?)?\d(?:[\s\-‐‑–]?\d){8}[\s\-‐‑–]?[\dX])(?![\dX])",
            re.IGNORECASE | re.ASCII,
        ),
        _isbn,
    ),
    _Scheme(
        "issn",
        regex(r"\be?-?ISSN\s?:?\s?(\d{4}[\-‐‑–]?\d{3}[\dX])(?![\dX])", re.IGNORECASE | re.ASCII),
        _issn,
    ),
    _Scheme(
        "shortdoi",
        # Without "10/" only where a digit shows that it is no page of doi.org's own.
        regex(
            r"(?:\bdoi:\s?|\bdoi\.org/)(10/[a-z0-9]{2,16}|(?=[a-z]{1,15}\d)[a-z0-9]{3,16})(?![\w/.-]\w)",
            re.IGNORECASE | re.ASCII,
        ),
        _short_doi,
    ),
    _Scheme(
        "handle",
        regex(
            r"(?:\bhdl:\s?|\bhandle\.net/)(\d[\d.]{0,40}/[^\s\"<>{}|\\^`?#]{1,400})", re.IGNORECASE
        ),
        _handle,
    ),
)

SCHEMES: tuple[str, ...] = ("doi", *(scheme.name for scheme in _SCHEMES))


def find(text: str) -> list[Identifier]:
    """All identifiers in a text in order, each in its normal form; wrong check digits are left out.

    ISBN and ISSN are known by their label, PMID by its label or PubMed's address.
    """
    return sorted(_found(text), key=lambda identifier: (identifier.span, identifier.scheme))


def _found(text: str) -> Iterator[Identifier]:
    for span, doi in find_dois(text):
        yield Identifier("doi", doi, span)
    for scheme in _SCHEMES:
        for match in scheme.pattern.finditer(text):
            value = scheme.normal(match[1])
            if value:
                yield Identifier(scheme.name, value, Span(*match.span(1)))


def first(text: str, scheme: str) -> str:
    """The first identifier of that scheme in the text, in its normal form; "" when none."""
    return next((found.value for found in find(text) if found.scheme == scheme), "")
