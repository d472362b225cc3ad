"""References rendered in many styles from bibliographic facts, each piece with its label.

The facts are fields of the labelled training references, put together again: who wrote what, where
it appeared. Every rendering is searched for the values that went in; one whose pieces cannot all be
told is dropped.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from exocite.errors import ExociteError
from exocite.export import installed
from exocite.export.citeproc_engine import CiteprocEngine
from exocite.export.styles import find
from exocite.matching.words import latin
from exocite.model import Name, Span
from exocite.references.author_lists import leading_names
from exocite.references.tokens import LABEL, tokens

NAMED = (
    "modern-language-association", "apa", "american-medical-association", "ieee",
    "chicago-author-date", "chicago-notes-bibliography", "harvard-cite-them-right", "nature",
    "nlm-citation-sequence",
    "american-chemical-society", "elsevier-harvard", "elsevier-vancouver",
    "elsevier-without-titles", "springer-basic-author-date", "springer-vancouver",
    "american-physics-society", "american-institute-of-physics", "angewandte-chemie",
    "american-sociological-association", "american-political-science-association", "cell",
    "science", "the-lancet", "bmj", "plos", "pnas",
    "taylor-and-francis-council-of-science-editors-author-date",
    "association-for-computing-machinery", "acm-sig-proceedings", "turabian-author-date",
    "american-anthropological-association", "american-mathematical-society-numeric",
    "annual-reviews", "royal-society-of-chemistry", "din-1505-2", "iso690-author-date-en",
    "associacao-brasileira-de-normas-tecnicas", "american-geophysical-union",
    "american-meteorological-society", "frontiers",
)  # fmt: skip
HELD_OUT = (
    "american-society-of-civil-engineers", "the-new-england-journal-of-medicine",
    "cambridge-university-press-author-date", "taylor-and-francis-chicago-author-date",
    "sage-harvard", "journal-of-hearing-science", "genetics",
    "journal-of-clinical-oncology", "pensoft-journals", "copernicus-publications",
    "american-physiological-society", "multidisciplinary-digital-publishing-institute",
)  # fmt: skip
OTHERS = 40
FREQUENT = NAMED[:10]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one work: enough to print a reference to it."""

    type: str
    authors: tuple[Name, ...]
    title: str
    values: Mapping[str, str] = field(default_factory=dict)


Labelled = tuple[str, list[tuple[int, int, str]]]

_PLAIN_TITLE = re.compile(r"[\w“‘][\w ,:()\-–/.?!’‘“”'&+;=%*]{5,260}")
_QUOTES = str.maketrans('“”‘’"', "'" * 5)
_TORN = re.compile(r"\s[.,;:]|[a-z][A-Z][a-z]|- ")  # blanks lost or added by a scanner
_NAME_LIKE = re.compile(r"[A-Z][A-Za-z .&\-]{2,70}")
_JOURNAL = re.compile(r"[^\W\d_][\w .,:&’'()\-–/]{2,90}")


def facts(rows: Sequence[Labelled], seed: int) -> list[Facts]:
    """Works put together from labelled references whose fields are printed clearly."""
    rng = random.Random(seed)
    found: list[Facts] = []
    given = _given_names(rows)
    for raw, spans in rows:
        parts: dict[str, str] = {}
        for start, end, label in spans:
            parts.setdefault(label, raw[start:end].strip(" .,;:()[]“”\"'"))
        names = leading_names(parts.get("author", "")).names
        title = parts.get("title", "")
        if not names or len(names) > 12 or not _PLAIN_TITLE.fullmatch(title):
            continue
        if any(_TORN.search(part) for part in parts.values()):
            continue
        if any(not name.family or not name.family.isalpha() for name in names):
            continue
        made = _facts(parts, tuple(_fuller(name, given, rng) for name in names), rng)
        if made:
            found.append(made)
    return found


def _facts(parts: Mapping[str, str], names: tuple[Name, ...], rng: random.Random) -> Facts | None:
    container = re.sub(r"^[Ii]n:?\s+", "", parts.get("container", ""))
    publisher, place = parts.get("publisher", ""), parts.get("place", "")
    year = str(rng.randint(1935, 2026))
    values = {
        "year": year,
        "date": year
        + rng.choice(
            ("", "", f"-{rng.randint(1, 12)}", f"-{rng.randint(1, 12)}-{rng.randint(1, 28)}")
        ),
        "volume": _some_volume(year, rng),
        "issue": rng.choice(("", str(rng.randint(1, 24)))),
        "pages": _some_pages(rng),
        "doi": rng.choice(("", "", f"10.{rng.randint(1000, 55555)}/{_letters(rng)}")),
    }
    numbers = [values["volume"], values["issue"], values["pages"].split("-")[0]]
    if len({n for n in numbers if n}) < len([n for n in numbers if n]):
        return None
    if container and _JOURNAL.fullmatch(container) and not publisher:
        return Facts("article-journal", names, parts["title"], {**values, "container": container})
    if publisher and place and _NAME_LIKE.fullmatch(publisher) and _NAME_LIKE.fullmatch(place):
        values |= {"publisher": publisher, "place": place, "volume": "", "issue": ""}
        if container and _NAME_LIKE.fullmatch(container):
            return Facts("chapter", names, parts["title"], {**values, "container": container})
        return Facts("book", names, parts["title"], {**values, "pages": "", "doi": ""})
    return None


def _some_volume(year: str, rng: random.Random) -> str:
    """Most volumes are small numbers; some are the year, large, double, lettered or missing."""
    kind = rng.random()
    if kind < 0.06:
        return ""
    if kind < 0.14:
        return year
    if kind < 0.2:
        return str(rng.randint(500, 12_000))
    if kind < 0.24:
        first = rng.randint(1, 90)
        return f"{first}-{first + 1}"
    if kind < 0.27:
        return f"{rng.randint(1, 300)}{rng.choice('ABCD')}"
    return str(rng.randint(1, 99) if kind < 0.7 else rng.randint(1, 499))


def _some_pages(rng: random.Random) -> str:
    first = rng.choice((rng.randint(1, 99), rng.randint(100, 2500), rng.randint(100, 999)))
    kind = rng.random()
    if kind < 0.08:
        return ""
    if kind < 0.16:
        return f"e{rng.randint(1000, 99999)}"
    return f"{first}-{first + rng.randint(1, 40)}" if kind < 0.9 else str(first)


def _letters(rng: random.Random) -> str:
    letters = "".join(rng.choice("abcdefghjkmnpstuvw") for _ in range(rng.randint(3, 8)))
    return f"{letters}.{rng.randint(1990, 2026)}.{rng.randint(10, 99999)}"


def _given_names(rows: Sequence[Labelled]) -> dict[str, list[str]]:
    by_initial: dict[str, set[str]] = {}
    for raw, spans in rows:
        for start, end, label in spans:
            if label != "author":
                continue
            for name in leading_names(raw[start:end]).names:
                first = name.given.split()[0] if name.given else ""
                if len(first) > 2 and first.isalpha() and first.istitle():
                    by_initial.setdefault(first[0], set()).add(first)
    return {initial: sorted(names) for initial, names in by_initial.items()}


def _fuller(name: Name, given: Mapping[str, Sequence[str]], rng: random.Random) -> Name:
    """The name with its first initial written out, two times of three."""
    initials = [c for c in name.given if c.isupper()]
    if not initials or len(name.given.split()[0].strip(".")) > 2 or rng.random() < 0.33:
        return name
    known = given.get(initials[0])
    if not known:
        return name
    return replace(name, given=" ".join([rng.choice(known), *(f"{c}." for c in initials[1:3])]))


def render(works: Sequence[Facts], style: str) -> Iterator[Labelled]:
    """The works in one style, with labelled spans; none where the style cannot print them."""
    items = [_item(work, str(number)) for number, work in enumerate(works)]
    try:
        entries = CiteprocEngine().bibliography(items, find(style, installed.INSTALLED))
    except ExociteError:
        return
    for entry in entries:
        raw = " ".join("".join(run.text for run in entry.runs).split())
        spans = label(raw, works[int(entry.key)])
        if spans:
            yield raw, spans


def _item(work: Facts, key: str) -> dict[str, Any]:
    values = work.values
    item: dict[str, Any] = {
        "id": key,
        "type": work.type,
        "title": work.title,
        "author": [
            {
                "family": name.family,
                "given": name.given,
                **({"non-dropping-particle": name.particle} if name.particle else {}),
                **({"suffix": name.suffix} if name.suffix else {}),
            }
            if name.family
            else {"literal": name.literal}
            for name in work.authors
        ],
        "issued": {"date-parts": [[int(part) for part in values["date"].split("-")]]},
    }
    names = {
        "container-title": "container", "volume": "volume", "issue": "issue", "page": "pages",
        "publisher": "publisher", "publisher-place": "place", "DOI": "doi",
    }  # fmt: skip
    item.update({csl: values[ours] for csl, ours in names.items() if values.get(ours)})
    return item


def mla7(work: Facts) -> Labelled | None:
    """MLA's seventh edition: Family, Given, and Given Family. “Title.” Journal 11.6 (2023): 1-9."""
    if work.type != "article-journal":
        return None
    first, *others = work.authors
    names = f"{first.family}, {first.given}".rstrip(".")
    if len(others) > 2:
        names += ", et al"
    elif others:
        last = f"{others[-1].given} {others[-1].family}"
        middle = "".join(f", {n.given} {n.family}" for n in others[:-1])
        names += f"{middle}, and {last}"
    values = work.values
    number = values["volume"] + (f".{values['issue']}" if values["issue"] else "")
    raw = f"{names}. “{work.title}.” {values['container']} {number} ({values['year']})"
    raw += f": {values['pages']}." if values["pages"] else "."
    spans = label(raw, work)
    return (raw, spans) if spans else None


def label(raw: str, work: Facts) -> list[tuple[int, int, str]]:
    """The spans of the values in a rendering, [] where title or container cannot be found.

    A style may leave out the title.
    """
    spans: list[tuple[int, int, str]] = []
    folded = raw.casefold().translate(_QUOTES)
    if len(folded) != len(raw):
        return []
    names = {"title": work.title, **{n: work.values.get(n, "") for n in _SEARCHED}}
    free = folded
    for name, value in names.items():
        at = free.find(value.casefold().translate(_QUOTES).rstrip(".")) if value else -1
        if at < 0 and value and name == "container":
            return []
        if at >= 0:
            end = at + len(value.rstrip("."))
            spans.append((at, end, name))
            free = free[:at] + "\0" * (end - at) + free[end:]
    if work.values.get("doi") and (at := free.find(work.values["doi"].casefold())) >= 0:
        start = raw.rfind(" ", 0, at) + 1
        end = at + len(work.values["doi"])
        spans.append((start, end, "link"))
        free = free[:start] + "\0" * (end - start) + free[end:]
    authors = _author_span(raw, free, work)
    if authors is None:
        return []
    spans.append((*authors, "author"))
    free = free[: authors[0]] + "\0" * (authors[1] - authors[0]) + free[authors[1] :]
    told: set[str] = set()
    for name, pattern in _number_patterns(work.values):
        match = re.search(pattern, free) if name not in told else None
        if match:
            told.add(name)
            start, end = match.span("x")
            if name == "year":
                start, end = _whole_date(raw, start, end)
            spans.append((start, end, name))
            free = free[:start] + "\0" * (end - start) + free[end:]
    number = LABEL.match(raw)
    if number and number.end() <= authors[0]:
        spans.append((0, number.end(), "label"))
    return sorted(spans)


_SEARCHED = ("container", "publisher", "place")


_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_MONTH_BEFORE = re.compile(rf"(?:\d{{1,2}}\.? )?{_MONTH},? (?:\d{{1,2}},? )?$")
_MONTH_BEHIND = re.compile(rf",? (?:\d{{1,2}} )?{_MONTH}(?: \d{{1,2}}(?!\d))?")


def _whole_date(raw: str, start: int, end: int) -> tuple[int, int]:
    """A year with the month and day beside it."""
    before = _MONTH_BEFORE.search(raw, 0, start)
    behind = _MONTH_BEHIND.match(raw, end)
    return (before.start() if before else start), (behind.end() if behind else end)


def _number_patterns(values: Mapping[str, str]) -> list[tuple[str, str]]:
    patterns = []
    year = values["year"]
    volume = re.escape(values["volume"].casefold()).replace("\\-", "[-–]")
    if volume and values["issue"]:
        both = rf"(?<![\w.])(?P<x>{volume}[.]{values['issue']})(?!\d)"
        patterns.append(("volume", both))
    if values["volume"] == year:  # the year stands in brackets, or the volume behind its word
        patterns.append(("year", rf"\((?:\w+ )?(?P<x>{year}[a-z]?)(?!\d)"))
        patterns.append(("volume", rf"(?:vol\.?|volume) ?(?P<x>{year})(?!\d)"))
    patterns.append(("year", rf"(?<!\d)(?P<x>{year}[a-z]?)(?!\d)"))
    if values["pages"]:
        first = re.escape(values["pages"].split("-")[0])
        patterns.append(("pages", rf"(?<![\w.])(?P<x>{first}(?:[-–]\d+)?)(?![\w])"))
    if volume:
        patterns.append(("volume", rf"(?<![\w.])(?P<x>{volume})(?!\d)"))
    if values["issue"]:
        patterns.append(("issue", rf"(?<![\w.])(?P<x>{values['issue']})(?!\d)"))
    return patterns


def _author_span(raw: str, free: str, work: Facts) -> tuple[int, int] | None:
    """From the first to the last piece that is a name, an initial or a word between names."""
    family = {
        w for name in work.authors for w in re.findall(r"\w+", latin(name.family or name.literal))
    }
    given = {
        w
        for n in work.authors
        for w in re.findall(r"\w+", latin(f"{n.given} {n.particle} {n.suffix}"))
    }
    initials = {w[0] for w in given if w}
    best: list[Span] = []
    run: list[Span] = []
    holds = False
    for token in tokens(raw):
        words = re.findall(r"\w+", latin(token.text))
        mine = "\0" not in free[token.span.start : token.span.end] and all(
            word in family
            or word in given
            or word in _BETWEEN
            or (len(word) < 4 and set(word) <= initials)
            for word in words
        )
        if mine and (words or run or token.text == "&"):
            run.append(token.span)
            holds = holds or any(word in family for word in words)
            if holds and len(run) > len(best):
                best = list(run)
        else:
            run, holds = [], False
    return (best[0].start, best[-1].end) if best else None


_BETWEEN = frozenset("and et al und others y in the".split()) - {"in", "the"}
