"""References of kinds that the labelled sets hardly hold: web pages, data, theses, reports, books.

Titles, names and bodies are those of the labelled training rows; years, addresses and the like are
invented. Each form is a line of the table: what stands in braces is filled in and bears a label.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from exocite.model import Name
from exocite.references.people import BODY
from training.references_styles import Facts, Labelled

# Name in a form: the label that it bears, None where it is text of no field.
_LABELS: dict[str, str] = {
    "who": "author", "body": "author", "title": "title", "year": "year", "date": "year",
    "url": "link", "doi": "link", "school": "publisher", "publisher": "publisher",
    "site": "publisher", "place": "place", "seen": "note", "medium": "note", "genre": "note",
    "edition": "note", "number": "note", "book": "container", "editors": "editor",
    "pages": "pages", "volume": "volume", "lead": "note", "journal": "container",
}  # fmt: skip

FORMS: tuple[str, ...] = (
    # web pages of bodies
    "{body}. {title}. {url} ({seen}).",
    "{body}. {title}. {url} {seen}.",
    "{body}. {title}. {year}. {url}. {seen}.",
    "{body}. {title}. {lead} {date}. {seen}. {url}",
    "{body}. {title}. {lead} {date}. {url}",
    "{body}. ({year}). {title}. {url}",
    "{body}. ({date}). {title}. {url}",
    "{body}. (n.d.). {title}. {url}",
    "{body} ({year}) {title}. {lead} {url} ({seen}).",
    "{body} ({year}). {title}. {lead} {url} [{seen}].",
    "{body}, ‘{title}’, {url} [{seen}].",
    "{body}, “{title},” {year}. {lead} {url}",
    "{body}, {title}, {year}, {url}",
    "{body}. “{title}.” {date}, {url}. {seen}.",
    "{body}. “{title}.” {site}, {date}, {url}.",
    "{body} {medium}. {title}; {year} [{seen}]. {lead} {url}",
    "{body}. {title} {medium}. {place}: {publisher}; {year} [{seen}]. {lead} {url}",
    "{body}: {title}. {url} ({seen})",
    "{body}. {title}. {lead} {url}",
    "{title}. {site}. {url}. {lead} {date}. {seen}.",
    "“{title}.” {site}, {date}, {url}.",
    "{title} ({year}) {lead} {url} ({seen}).",
    # web pages and articles of people
    "{who}. {title}. {site}. {lead} {date}. {seen}. {url}",
    "{who}. “{title}.” {site}, {date}, {url}. {seen}.",
    "{who} ({date}). {title}. {site}. {url}",
    # reports of bodies
    "{body}. ({year}). {title}. {place}: {publisher}.",
    "{body}. ({year}). {title} ({number}). {publisher}. {url}",
    "{body}. {title}. {place}: {publisher}; {year}.",
    "{body}, {title} ({place}: {publisher}, {year}).",
    "{body}. {title}. {place}: {publisher}, {year}.",
    "{body} ({year}) {title}, {place}: {publisher}.",
    "{who}, “{title},” {publisher}, {place}, {number}, {date}.",
    "{who} ({year}). {title} ({number}). {publisher}.",
    # theses
    "{who} ({year}). {title} [{genre}, {school}].",
    "{who} ({year}). {title} ({genre}). {school}.",
    "{who} {title} [{genre}]. {place}: {school}; {year}.",
    "{who} {title}. {genre}, {school}, {place}, {year}.",
    "{who} “{title}.” {genre}, {school}, {year}.",
    "{who}, “{title},” {genre}, {school}, {place}, {year}.",
    "{who} {title}, {genre}, {school} ({year}).",
    "{who} ({year}) ‘{title}’, {genre}, {school}, {place}.",
    # data
    "{who} ({year}). {title} {medium}. {site}. {doi}",
    "{body}. ({year}). {title} {medium}. {site}. {url}",
    "{who} {title}. {medium}. {site}. {year}. {doi}",
    "{who} {title}. {site} {doi} ({year}).",
    "{who}, “{title},” {site}, {year}, {doi}.",
    "{body}. ({year}). {title} {medium}. {url}",
    # books and chapters
    "{who} {title}. {edition}. {publisher}; {year}.",
    "{who} {title}. {edition} {place}: {publisher}; {year}.",
    "{who}, {title}, {edition}, vol. {volume}. {place}: {publisher}, {year}.",
    "{who}, {title} ({place}: {publisher}, {year}).",
    "{who} ({year}): {title}, {place}: {publisher}.",
    "{who} ({year}). {title}. {publisher}.",
    "{who} {title}. {publisher}, {year}.",
    "{who} ({year}) ‘{title}’, in {editors} {book}. {place}: {publisher}, pp. {pages}.",
    "{who} {title}. In: {editors} {book}. {place}: {publisher}; {year}. p. {pages}.",
    "{who} “{title}.” In {book}, edited by {editors}, {pages}. {place}: {publisher}, {year}.",
    "{who} ({year}). {title}. In {editors}, {book} (pp. {pages}). {publisher}.",
    "{who} {title}. {journal} {medium}. {year} [{seen}];{volume}:{pages}. {lead} {url}",
)
_PARTS = re.compile(r"\{(\w+)\}")
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_GENRES = (
    "PhD thesis", "Ph.D. thesis", "Doctoral dissertation", "Master’s thesis", "PhD diss.",
    "Ph.D. dissertation", "Unpublished doctoral dissertation", "Master's thesis", "MSc thesis",
    "Dissertation", "Bachelor’s thesis", "Thèse de doctorat",
)  # fmt: skip
_LEADS = {
    "date": ("Published", "Updated", "Last updated", "Last reviewed", "Posted"),
    "url": ("Available at:", "Available from:", "Retrieved from", "Available online:", "Online:"),
}
_MEDIA = ("[Internet]", "[Data set]", "[Dataset]", "[Online]", "[Web page]", "[Report]")
_STARTS = ("Ministry of", "Department of", "Office for", "National Institute of", "Centre for",
    "Federal Agency for", "Society for", "European", "Royal", "Royal College of")  # fmt: skip
_SHORT = ("WHO", "FAO", "OECD", "UNESCO", "NASA", "NICE", "EPA", "FDA", "IPCC", "EFSA", "ECDC",
    "IUCN", "ILO", "IMF", "UNICEF", "USDA", "NIST", "BBC", "Eurostat", "ISO")  # fmt: skip


def printed(
    works: Sequence[Facts], rows: Sequence[Labelled], seed: int, count: int
) -> list[Labelled]:
    """As many references of each form, with their labelled spans."""
    rng = random.Random(seed)
    bodies = _bodies(rows)
    named = _values(rows)
    found: list[Labelled] = []
    for form in FORMS:
        for work in rng.sample(works, min(count, len(works))):
            found.append(_filled(form, work, bodies, named, rng))  # noqa: PERF401 - draws in order
    return found


def _filled(
    form: str, work: Facts, bodies: Sequence[str], named: dict[str, list[str]], rng: random.Random
) -> Labelled:
    raw = ""
    spans: list[tuple[int, int, str]] = []
    at = 0
    for part in _PARTS.finditer(form):
        raw += form[at : part.start()]
        behind = form[part.end() : part.end() + 6]
        text = _text(part[1], behind, work, bodies, named, rng)
        raw = raw.removesuffix(".") if text.endswith("…") else raw
        spans.append((len(raw), len(raw) + len(text), _LABELS[part[1]]))
        raw += text
        at = part.end()
    return raw + form[at:], spans


def _text(
    name: str, behind: str, work: Facts, bodies: Sequence[str], named: dict[str, list[str]],
    rng: random.Random,
) -> str:  # fmt: skip
    year = str(rng.randint(1950, 2026))
    day, month = rng.randint(1, 28), rng.choice(_MONTHS)
    if name == "who":
        return _people(work.authors, rng, stop=behind.startswith(" ") and behind[1:2] != "(")
    if name == "editors":
        text = _people(rng.choice(_EDITORS_OF)(work.authors), rng, stop=False)
        return text + (
            "" if "edited" in behind else rng.choice((" (Eds.),", " (ed.)", ", editors."))
        )
    if name in ("publisher", "school", "site", "place", "book", "journal"):
        if name == "school":
            return f"University of {rng.choice(named['place'])}"
        kind = {"site": "publisher", "book": "container", "journal": "container"}.get(name, name)
        return rng.choice(bodies if name == "site" and rng.random() < 0.4 else named[kind])
    fixed = {
        "body": lambda: _body(bodies, named, rng),
        "title": lambda: _title(work, rng),
        "year": lambda: year,
        "date": lambda: rng.choice(
            (f"{month} {day}, {year}", f"{day} {month} {year}", f"{month} {year}", year,
             f"{year}, {month} {day}", f"{day} {month[:3]}. {year}")
        ),
        "url": lambda: _address(rng),
        "doi": lambda: rng.choice(("https://doi.org/", "doi:", "doi: "))
        + f"10.{rng.randint(1000, 50000)}/{''.join(rng.choices('abcdefghkmnp0123456789.', k=9))}x",
        "seen": lambda: rng.choice(
            ("accessed ", "Accessed ", "Accessed: ", "cited ", "last accessed ", "viewed ",
             "Accessed on ", "retrieved ")
        ) + rng.choice((year, f"{month} {day}, {year}", f"{day} {month} {year}",
                        f"{year}-{rng.randint(1, 12):02}-{day:02}", f"{year} {month[:3]} {day}",
                        f"{day} {month[:3]} {year}")),
        "medium": lambda: rng.choice(_MEDIA),
        "genre": lambda: rng.choice(_GENRES),
        "edition": lambda: rng.choice(("2nd ed", "3rd ed.", "2nd edn.", "Rev. ed.", "4th ed.",
                                       "25th anniversary ed", "Second edition")),
        "number": lambda: rng.choice(("Report No. ", "Tech. Rep. ", "Working Paper ",
                                      "Technical Report ", "Publication no. "))
        + str(rng.randint(2, 990)),
        "lead": lambda: rng.choice(_LEADS["date" if "{date" in behind else "url"]),
        "pages": lambda: _range(rng),
        "volume": lambda: str(rng.randint(1, 60)),
    }  # fmt: skip
    return fixed[name]()


def _title(work: Facts, rng: random.Random) -> str:
    """The title, or, as pages of the web are called, its first words."""
    words = work.title.rstrip(".?! ").split()
    if rng.random() < 0.35:
        words = words[: rng.randint(2, 5)]
        while len(words) > 1 and (words[-1].islower() and len(words[-1]) < 4):
            words.pop()
    return " ".join(words).rstrip(".,;:?!–- ")


def _range(rng: random.Random) -> str:
    first = rng.randint(1, 600)
    return f"{first}–{first + rng.randint(1, 40)}"


def _address(rng: random.Random) -> str:
    letters = "".join(rng.choices("abcdeghilmnoprstuw", k=rng.randint(3, 9)))
    path = "/".join("".join(rng.choices("abcdeghilmnoprstuw-", k=rng.randint(2, 9))) for _ in "ab")
    host = rng.choice(
        ("www.{}.org", "{}.gov", "www.{}.int", "{}.co.uk", "data.{}.eu", "www.{}.com")
    )
    return f"https://{host.format(letters)}/{path}" + rng.choice(("", "/", ".html", ".pdf"))


_EDITORS_OF = (lambda names: names[:1], lambda names: names[:2], lambda names: names[:3])


def _people(names: Sequence[Name], rng: random.Random, *, stop: bool) -> str:
    """The names in one of the ways in which lists of styles print them."""
    way = rng.choice(("inverted", "vancouver", "direct", "full"))
    names = [name for name in names if name.family] or names
    shown = [_person(name, way) for name in names[:6]]
    if way == "full" and len(shown) > 1:
        shown[1:] = [f"{name.given} {name.family}" for name in names[1:6]]
    joint = rng.choice((", and ", " and ", ", & ", ", ")) if way != "vancouver" else ", "
    text = ", ".join(shown[:-1]) + joint + shown[-1] if len(shown) > 1 else shown[0]
    if len(names) > 2 and rng.random() < 0.2:
        text = f"{shown[0]}{rng.choice((', et al', ' et al'))}"
    return text + "." if stop and not text.endswith(".") else text


def _person(name: Name, way: str) -> str:
    if not name.family:
        return name.literal
    initials = [word[0] for word in name.given.replace(".", " ").split()]
    dotted = " ".join(f"{initial}." for initial in initials)
    given = name.given or dotted
    return {
        "inverted": f"{name.family}, {dotted}",
        "vancouver": f"{name.family} {''.join(initials)}",
        "direct": f"{dotted} {name.family}",
        "full": f"{name.family}, {given}",
    }[way]


def _body(bodies: Sequence[str], named: dict[str, list[str]], rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.2:
        return rng.choice(_SHORT)
    if kind < 0.4:
        return f"{rng.choice(_STARTS)} {rng.choice(named['subject'])}"
    text = rng.choice(bodies)
    short = "".join(word[0] for word in text.split() if word[0].isupper())
    return f"{text} ({short})" if kind > 0.9 and len(short) > 1 else text


def _bodies(rows: Sequence[Labelled]) -> list[str]:
    found = set()
    for raw, spans in rows:
        for start, end, label in spans:
            text = raw[start:end].strip(" .,;:()[]")
            if label not in ("author", "body") or not 8 < len(text) < 80:
                continue
            if BODY.search(text) and "," not in text and not re.search(r"[\d(\[]| et al", text):
                found.add(text)
    return sorted(found)


_PLAIN_NAME = re.compile(r"[A-Z][A-Za-zÀ-ž &’'\-]{2,60}")


def _values(rows: Sequence[Labelled]) -> dict[str, list[str]]:
    """What rows print as place, publisher and container, and telling words of titles."""
    found: dict[str, set[str]] = {
        name: set() for name in ("place", "publisher", "container", "subject")
    }
    for raw, spans in rows:
        for start, end, label in spans:
            text = raw[start:end].strip(" .,;:()[]")
            named = label in found and _PLAIN_NAME.fullmatch(text)
            if named and not (label == "container" and text.startswith("In ")):
                found[label].add(text)
            if label == "container" and text.startswith("Journal of ") and " " in text:
                found["subject"].add(text.removeprefix("Journal of "))
    return {name: sorted(values) for name, values in found.items()}
