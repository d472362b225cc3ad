"""Settings of a project: a flag over the environment over a file over the default.

The file is the first of exocite.toml, pyproject.toml with [tool.exocite] and setup.cfg with
[exocite] in the project's folder. Every value remembers where it came from.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from exocite.errors import ConfigurationError
from exocite.frozen import dataclass
from exocite.model import Severity
from exocite.policy import PER_PATH, PROFILES, Policy

BIBLIOGRAPHY = Path("bib") / "references.bib"
MODES = ("core", "semantic")
VERIFY = ("auto", "on", "off")
DATA_MODELS = ("auto", "bibtex", "biblatex")
MOST_THREADS = 64
_PREFIX = "EXOCITE_"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name in files, how a value is read, its default and what it is for."""

    name: str
    read: Callable[[object], Any]
    default: Any
    meaning: str

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"{_PREFIX}{self.name.upper()}"


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a setting and where it came from."""

    value: Any
    origin: str


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text")
    return value.strip()


def _url(value: object) -> str:
    text = _text(value)
    if not text.startswith(("http://", "https://")):
        raise ValueError("an address that begins with http:// or https://")
    return text.rstrip("/")


def _address(value: object) -> str:
    text = _text(value)
    if text and ("@" not in text or any(c.isspace() for c in text)):
        raise ValueError("an e-mail address")
    return text


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        parts = (part.strip() for part in value.replace(",", "\n").split("\n"))
        return tuple(part for part in parts if part)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return tuple(value)
    raise TypeError("a list of texts")


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    words = {"true": True, "yes": True, "on": True, "1": True}
    words |= {"false": False, "no": False, "off": False, "0": False}
    if isinstance(value, str) and value.strip().lower() in words:
        return words[value.strip().lower()]
    raise TypeError("true or false")


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError("a number")
    try:
        number = float(value)
    except ValueError:
        raise ValueError("a number") from None
    if not 0 <= number < float("inf"):
        raise ValueError("a number from 0 up")
    return number


def _share(value: object) -> float:
    number = _number(value)
    if number > 1:
        raise ValueError("a number from 0 to 1")
    return number


def _threshold(value: object) -> float | str:
    if isinstance(value, str) and value.strip() in PROFILES:
        return value.strip()
    try:
        return _share(value)
    except (TypeError, ValueError):
        raise ValueError(f"a number from 0 to 1, or one of {', '.join(PROFILES)}") from None


def _count(value: object) -> int:
    number = _number(value)
    if number != int(number) or number < 1:
        raise ValueError("a whole number from 1 up")
    return int(number)


def _per_cent(value: object) -> float:
    number = _number(value)
    if number > 100:
        raise ValueError("a number from 0 to 100")
    return number


_REVIEWERS = 2


def _reviewers(value: object) -> int:
    number = _count(value)
    if number > _REVIEWERS:
        raise ValueError("1 or 2")
    return number


def _table(value: object) -> dict[str, object]:
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


def _severities(value: object) -> tuple[tuple[str, Severity], ...]:
    known = {str(severity): severity for severity in Severity}
    found = []
    for code, name in _table(value).items():
        if name not in known:
            raise ValueError(f"codes, each with one of {', '.join(known)}")
        found.append((code, known[str(name)]))
    return tuple(found)


def _per_path(value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (pattern, _texts(codes.replace(" ", ",") if isinstance(codes, str) else codes))
        for pattern, codes in _table(value).items()
    )


def _by_path(value: object) -> tuple[tuple[str, tuple[tuple[str, Any], ...]], ...]:
    if not isinstance(value, dict) or not all(isinstance(one, dict) for one in value.values()):
        raise TypeError("tables of settings by pattern, as TOML has them")
    return tuple(
        (pattern, tuple(_of_path(name, held) for name, held in table.items()))
        for pattern, table in value.items()
    )


def _of_path(name: str, value: object) -> tuple[str, Any]:
    name = name.replace("-", "_")
    if name not in PER_PATH:
        from difflib import get_close_matches

        near = get_close_matches(name, PER_PATH, n=1)
        meant = f"did you mean {near[0]}?" if near else f"there can be {', '.join(PER_PATH)}"
        raise ValueError(f"made of settings for articles; {name!r} is none: {meant}")
    try:
        return name, _BY_NAME[name].read(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"made of settings for articles; {name} must be {error}") from None


def _threads(value: object) -> int:
    number = _count(value)
    if number > MOST_THREADS:
        raise ValueError(f"a whole number from 1 to {MOST_THREADS}")
    return number


def _operating_point(value: object) -> str:
    from exocite.linking.coefficients import CORE

    points = CORE.operating_points
    known = "one of " + ", ".join(points)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError(known)
    text = str(value).strip()
    try:
        fitting = [name for name in points if name == text or float(name) == float(text)]
    except ValueError:
        fitting = []
    if fitting:
        return fitting[0]
    raise ValueError(known)


def _mode(value: object) -> str:
    text = _text(value)
    if text not in MODES:
        raise ValueError("one of " + ", ".join(MODES))
    return text


def _data_model(value: object) -> str:
    text = _text(value)
    if text not in DATA_MODELS:
        raise ValueError("one of " + ", ".join(DATA_MODELS))
    return text


def _citekey(value: object) -> str:
    from exocite.references.citekeys import pattern

    text = _text(value)
    pattern(text)
    return text


def _verify(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    text = _text(value)
    if text not in VERIFY:
        raise ValueError("one of " + ", ".join(VERIFY))
    return text


SETTINGS: tuple[Setting, ...] = (
    Setting("bibliography", _text, BIBLIOGRAPHY.as_posix(), "the .bib file"),
    Setting("articles", _texts, (), "files or globs that `check` reads when none is named"),
    Setting("mailto", _address, "", "e-mail address that identifies you to the registries"),
    Setting("crossref_url", _url, "https://api.crossref.org", "address of Crossref's REST API"),
    Setting(
        "europepmc_url",
        _url,
        "https://www.ebi.ac.uk/europepmc/webservices/rest",
        "address of Europe PMC's REST service",
    ),
    Setting("datacite_url", _url, "https://api.datacite.org", "address of DataCite's REST API"),
    Setting(
        "doi_url", _url, "https://doi.org", "address of doi.org, which knows each DOI's agency"
    ),
    Setting("arxiv_url", _url, "https://export.arxiv.org/api", "address of arXiv's API"),
    Setting("openalex_url", _url, "https://api.openalex.org", "address of OpenAlex's API"),
    Setting("openalex_key", _text, "", "your key for OpenAlex, which is not asked without one"),
    Setting("retractions", _text, "", "Retraction Watch's CSV file, which `resolve` looks into"),
    Setting("snapshot", _text, "", "file of works that `resolve` asks before Crossref"),
    Setting("timeout", _number, 10.0, "seconds to wait for an answer"),
    Setting("deadline", _number, 30.0, "seconds for one look-up with all its retries"),
    Setting("abstracts", _flag, True, "keep the abstracts of works in works.jsonl"),
    Setting(
        "claim_threshold",
        _threshold,
        None,
        "score from which a sentence counts as a claim, or a profile: strict, news, science",
    ),
    Setting("suggestions", _count, 3, "how many references are proposed for a claim"),
    Setting(
        "operating_point",
        _operating_point,
        Policy().operating_point,
        "how sure a suggestion must be: the share of right ones, 0.50 to 0.95",
    ),
    Setting("mode", _mode, MODES[0], "core compares words; semantic meanings too (extra semantic)"),
    Setting(
        "verify",
        _verify,
        VERIFY[0],
        "have the verifier read what is suggested (extra verify); auto: in the mode semantic",
    ),
    Setting("models", _text, "", "folder of the models, if not those of exocite-models"),
    Setting("threads", _threads, 1, "threads that a model may use"),
    Setting("select", _texts, ("EXO",), "codes, or their beginnings, that `check` reports"),
    Setting("ignore", _texts, (), "codes, or their beginnings, that `check` leaves out"),
    Setting("severities", _severities, (), "codes, or their beginnings, with another severity"),
    Setting("per_path_ignore", _per_path, (), "patterns of files with the codes left out in them"),
    Setting("per_path", _by_path, (), "patterns of files with settings for them alone"),
    Setting("cited", _per_cent, None, "per cent of an article's claims that must be cited"),
    Setting("supported", _per_cent, None, "per cent of claims that must be judged supported"),
    Setting("reviewers", _reviewers, 1, "how many people must agree on a verdict, 1 or 2"),
    Setting("full_text", _flag, False, "no verdict may rest on an abstract alone"),
    Setting("resolution_days", _count, None, "days for which the registry's word counts"),
    Setting("oldest_source", _count, None, "years that a cited work may be old"),
    Setting("self_citation", _per_cent, None, "per cent of references by the article's authors"),
    Setting("style", _text, "apa", "citation style of `export`"),
    Setting("citekey", _citekey, "{author}{year}", "pattern of the citekeys that `add` makes"),
    Setting(
        "data_model",
        _data_model,
        DATA_MODELS[0],
        "whose fields `doctor` goes by: bibtex, biblatex; auto: what the file shows",
    ),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a project. `root` is its folder; relative paths in settings start there."""

    root: Path
    values: Mapping[str, Value]

    def __getitem__(self, name: str) -> Any:
        return self.values[name].value

    @property
    def bibliography(self) -> Path:
        """The .bib file."""
        return self.root / str(self["bibliography"])

    @property
    def policy(self) -> Policy:
        """What the settings ask of an article."""
        return Policy(
            claim_threshold=self["claim_threshold"],
            suggestions=self["suggestions"],
            operating_point=self["operating_point"],
            select=self["select"],
            ignore=self["ignore"],
            per_path=self["per_path_ignore"],
            severities=self["severities"],
            by_path=self["per_path"],
            cited=self["cited"],
            supported=self["supported"],
            reviewers=self["reviewers"],
            full_text=self["full_text"],
            resolution_days=self["resolution_days"],
            oldest_source=self["oldest_source"],
            self_citation=self["self_citation"],
        )


def load(
    folder: Path,
    environment: Mapping[str, str],
    flags: Mapping[str, object] | None = None,
    articles: Iterable[str] = (),
) -> Settings:
    """The settings for work in `folder`; flags that are None were not given.

    The project is the one that the `articles` lie in, else the one that the folder lies in: each is
    looked for from there upwards. Raises ConfigurationError for articles of several projects, and
    for an unknown name or a value that cannot be, with the place.
    """
    root, file, table = _project_of(folder, articles)
    _known_variables(environment)
    variables = {s.name: environment[s.variable] for s in SETTINGS if environment.get(s.variable)}
    given = {name: raw for name, raw in (flags or {}).items() if raw is not None}
    layers: tuple[tuple[str, Mapping[str, object]], ...] = (
        (file, table),
        ("environment", variables),
        ("flag", given),
    )
    values = {setting.name: Value(setting.default, "default") for setting in SETTINGS}
    for origin, layer in layers:
        for name, raw in layer.items():
            values[name.replace("-", "_")] = _value(name, raw, origin)
    return Settings(root, values)


def _value(name: str, raw: object, origin: str) -> Value:
    setting = _BY_NAME.get(name.replace("-", "_"))
    if setting is None:
        from difflib import get_close_matches

        near = get_close_matches(name.replace("-", "_"), _BY_NAME, n=1)
        hint = f"did you mean {near[0]}?" if near else f"settings are: {', '.join(_BY_NAME)}"
        raise ConfigurationError(f"{origin}: unknown setting {name!r}", hint=hint)
    where = {"environment": setting.variable, "flag": f"--{name.replace('_', '-')}"}.get(
        origin, f"{origin}: {name}"
    )
    try:
        return Value(setting.read(raw), where if origin == "environment" else origin)
    except (TypeError, ValueError) as error:
        raise ConfigurationError(f"{where} is {raw!r}", hint=f"it must be {error}") from None


_Found = tuple[Path, str, Mapping[str, object]]
"""A project's folder, the name of its file of settings and what that holds."""


def _project_of(folder: Path, articles: Iterable[str]) -> _Found:
    folders: dict[Path, None] = {}
    for path in articles:
        # A name that cannot be followed is told when the article is read.
        with contextlib.suppress(OSError, ValueError, RuntimeError):
            folders[(folder / path).parent.resolve()] = None
    found = {project[0]: project for place in folders if (project := _project(place)) is not None}
    if len(found) > 1:
        first, second, *_ = (os.path.relpath(root, folder) for root in sorted(found))
        raise ConfigurationError(
            f"these articles are of more than one project: {first} and {second}",
            hint="name the articles of one project at a time",
        )
    if found:
        return found.popitem()[1]
    return _project(folder) or (folder, "", {})


def _project(folder: Path) -> _Found | None:
    """The project that a folder lies in."""
    for place in (folder, *folder.parents):
        for name, read in _FILES:
            path = place / name
            if path.is_file() and (table := read(path)) is not None:
                return place, name, table
        if (place / BIBLIOGRAPHY).is_file():
            return place, "", {}
    return None


_ALIKE = 0.8
"""How alike the name of an unknown variable must be for it to have been meant for a setting."""


def _known_variables(environment: Mapping[str, str]) -> None:
    """Refuse a variable that is a setting's but for a slip; others may be anybody's."""
    known = {setting.variable for setting in SETTINGS}
    for name in sorted(environment):
        if name.startswith(_PREFIX) and name not in known and environment[name]:
            from difflib import get_close_matches

            near = get_close_matches(name.removeprefix(_PREFIX).lower(), _BY_NAME, 1, _ALIKE)
            if near:
                raise ConfigurationError(
                    f"environment: unknown setting {name}",
                    hint=f"did you mean {_BY_NAME[near[0]].variable}?",
                )


def _toml(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"{path}: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path}: not valid TOML: {error}") from error


def _exocite_toml(path: Path) -> Mapping[str, object] | None:
    return _toml(path)


def _pyproject(path: Path) -> Mapping[str, object] | None:
    tool = _toml(path).get("tool")
    table = tool.get("exocite") if isinstance(tool, dict) else None
    return table if isinstance(table, dict) else None


def _setup_cfg(path: Path) -> Mapping[str, object] | None:
    import configparser

    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"{path}: {error.strerror}") from error
    except (UnicodeDecodeError, configparser.Error) as error:
        raise ConfigurationError(f"{path}: {str(error).splitlines()[0]}") from error
    return dict(parser["exocite"]) if parser.has_section("exocite") else None


_FILES: tuple[tuple[str, Callable[[Path], Mapping[str, object] | None]], ...] = (
    ("exocite.toml", _exocite_toml),
    ("pyproject.toml", _pyproject),
    ("setup.cfg", _setup_cfg),
)
