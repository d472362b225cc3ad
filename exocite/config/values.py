"""How the values of settings are read: from TOML, from lines of text, from the command line.

Each function gives the value, or raises TypeError or ValueError with the words behind "it must be".
"""

from __future__ import annotations

from exocite.model import Severity
from exocite.policy import PROFILES

MODES = ("core", "semantic")
VERIFY = ("auto", "on", "off")
DATA_MODELS = ("auto", "bibtex", "biblatex")
MOST_THREADS = 64
_REVIEWERS = 2


def text(value: object) -> str:
    """A text, without the blanks around it."""
    if not isinstance(value, str):
        raise TypeError("a text")
    return value.strip()


def path(value: object) -> str:
    """A path that a file can have, or nothing."""
    found = text(value)
    if "\0" in found:
        raise ValueError("a path, which holds no NUL")
    return found


def path_of_a_file(value: object) -> str:
    """The path of a file."""
    found = path(value)
    if not found:
        raise ValueError("the path of a file")
    return found


def url(value: object) -> str:
    """An address of the web, without the slash at its end."""
    found = text(value)
    if not found.startswith(("http://", "https://")):
        raise ValueError("an address that begins with http:// or https://")
    return found.rstrip("/")


def address(value: object) -> str:
    """An e-mail address, or nothing."""
    found = text(value)
    if found and ("@" not in found or any(c.isspace() for c in found)):
        raise ValueError("an e-mail address")
    return found


def texts(value: object) -> tuple[str, ...]:
    """Several texts: a list, or one with commas or line ends between them."""
    if isinstance(value, str):
        parts = (part.strip() for part in value.replace(",", "\n").split("\n"))
        return tuple(part for part in parts if part)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return tuple(value)
    raise TypeError("a list of texts")


def flag(value: object) -> bool:
    """A truth, written as one or as a word."""
    if isinstance(value, bool):
        return value
    words = {"true": True, "yes": True, "on": True, "1": True}
    words |= {"false": False, "no": False, "off": False, "0": False}
    if isinstance(value, str) and value.strip().lower() in words:
        return words[value.strip().lower()]
    raise TypeError("true or false")


def number(value: object) -> float:
    """A finite number from 0 up."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError("a number")
    try:
        found = float(value)
    except (ValueError, OverflowError):
        raise ValueError("a number") from None
    if not 0 <= found < float("inf"):
        raise ValueError("a number from 0 up")
    return found


def seconds(value: object) -> float:
    """A time that is more than nothing."""
    found = number(value)
    if not found:
        raise ValueError("a number of seconds, more than 0")
    return found


def share(value: object) -> float:
    """A number from 0 to 1."""
    found = number(value)
    if found > 1:
        raise ValueError("a number from 0 to 1")
    return found


def threshold(value: object) -> float | str:
    """A share, or the name of a profile of the claim model."""
    if isinstance(value, str) and value.strip() in PROFILES:
        return value.strip()
    try:
        return share(value)
    except (TypeError, ValueError):
        raise ValueError(f"a number from 0 to 1, or one of {', '.join(PROFILES)}") from None


def count(value: object) -> int:
    """A whole number from 1 up."""
    found = number(value)
    if found != int(found) or found < 1:
        raise ValueError("a whole number from 1 up")
    return int(found)


def per_cent(value: object) -> float:
    """A number from 0 to 100."""
    found = number(value)
    if found > 100:
        raise ValueError("a number from 0 to 100")
    return found


def reviewers(value: object) -> int:
    """One reviewer or two."""
    found = count(value)
    if found > _REVIEWERS:
        raise ValueError("1 or 2")
    return found


def table(value: object) -> dict[str, object]:
    """A table, or lines of the form `name = value` as setup.cfg and the environment have them."""
    if isinstance(value, dict):
        return value
    if not isinstance(value, str):
        raise TypeError("a table")
    lines = (line.strip() for line in value.replace(";", "\n").split("\n"))
    pairs = [line.rpartition("=") for line in lines if line]
    if not all(mark for _, mark, _ in pairs):
        raise ValueError("lines of the form name = value")
    return {name.strip(): held.strip() for name, _, held in pairs}


def severities(value: object) -> tuple[tuple[str, Severity], ...]:
    """Codes, or their beginnings, each with a severity."""
    known = {str(severity): severity for severity in Severity}
    found = []
    for code, name in table(value).items():
        if not isinstance(name, str) or name not in known:
            raise ValueError(f"codes, each with one of {', '.join(known)}")
        found.append((code, known[name]))
    return tuple(found)


def codes_by_path(value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Patterns of files, each with codes or their beginnings."""
    return tuple(
        (pattern, texts(codes.replace(" ", ",") if isinstance(codes, str) else codes))
        for pattern, codes in table(value).items()
    )


def threads(value: object) -> int:
    """How many threads a model may use."""
    found = count(value)
    if found > MOST_THREADS:
        raise ValueError(f"a whole number from 1 to {MOST_THREADS}")
    return found


def operating_point(value: object) -> str:
    """The name of one of the operating points of linking, by its number."""
    from exocite.linking.coefficients import CORE

    points = CORE.operating_points
    known = "one of " + ", ".join(points)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError(known)
    found = str(value).strip()
    try:
        fitting = [name for name in points if name == found or float(name) == float(found)]
    except ValueError:
        fitting = []
    if fitting:
        return fitting[0]
    raise ValueError(known)


def mode(value: object) -> str:
    """How claims and passages are compared."""
    found = text(value)
    if found not in MODES:
        raise ValueError("one of " + ", ".join(MODES))
    return found


def data_model(value: object) -> str:
    """Whose fields `doctor` goes by."""
    found = text(value)
    if found not in DATA_MODELS:
        raise ValueError("one of " + ", ".join(DATA_MODELS))
    return found


def citekey(value: object) -> str:
    """A pattern of citekeys that can be followed."""
    from exocite.references.citekeys import pattern

    found = text(value)
    pattern(found)
    return found


def verify(value: object) -> str:
    """Whether the verifier reads: a word, or a truth."""
    if isinstance(value, bool):
        return "on" if value else "off"
    found = text(value)
    if found not in VERIFY:
        raise ValueError("one of " + ", ".join(VERIFY))
    return found
