"""Settings of a project: a flag over the environment over a file over the default.

The file is the first of exocite.toml, pyproject.toml with [tool.exocite] and setup.cfg with
[exocite] in the project's folder. Every value remembers where it came from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from exocite.config import files, values
from exocite.config.files import BIBLIOGRAPHY
from exocite.errors import ConfigurationError
from exocite.frozen import dataclass
from exocite.policy import PER_PATH, Policy

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


def _by_path(value: object) -> tuple[tuple[str, tuple[tuple[str, Any], ...]], ...]:
    if not isinstance(value, dict) or not all(isinstance(one, dict) for one in value.values()):
        raise TypeError(
            'tables of settings by pattern: [per_path."drafts/*"] in TOML, in setup.cfg '
            "[exocite:per_path:drafts/*]"
        )
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


SETTINGS: tuple[Setting, ...] = (
    Setting("bibliography", values.path_of_a_file, BIBLIOGRAPHY.as_posix(), "the .bib file"),
    Setting("articles", values.texts, (), "files or globs that `check` reads when none is named"),
    Setting("mailto", values.address, "", "e-mail address that identifies you to the registries"),
    Setting(
        "crossref_url", values.url, "https://api.crossref.org", "address of Crossref's REST API"
    ),
    Setting(
        "europepmc_url",
        values.url,
        "https://www.ebi.ac.uk/europepmc/webservices/rest",
        "address of Europe PMC's REST service",
    ),
    Setting(
        "datacite_url", values.url, "https://api.datacite.org", "address of DataCite's REST API"
    ),
    Setting(
        "doi_url",
        values.url,
        "https://doi.org",
        "address of doi.org, which knows each DOI's agency",
    ),
    Setting("arxiv_url", values.url, "https://export.arxiv.org/api", "address of arXiv's API"),
    Setting("openalex_url", values.url, "https://api.openalex.org", "address of OpenAlex's API"),
    Setting(
        "openalex_key", values.text, "", "your key for OpenAlex, which is not asked without one"
    ),
    Setting(
        "retractions", values.path, "", "Retraction Watch's CSV file, which `resolve` looks into"
    ),
    Setting("snapshot", values.path, "", "file of works that `resolve` asks before Crossref"),
    Setting("timeout", values.seconds, 10.0, "seconds to wait for an answer"),
    Setting("deadline", values.seconds, 30.0, "seconds for one look-up with all its retries"),
    Setting("abstracts", values.flag, True, "keep the abstracts of works in works.jsonl"),
    Setting(
        "claim_threshold",
        values.threshold,
        None,
        "score from which a sentence counts as a claim, or a profile: strict, news, science",
    ),
    Setting("suggestions", values.count, 3, "how many references are proposed for a claim"),
    Setting(
        "operating_point",
        values.operating_point,
        Policy().operating_point,
        "how sure a suggestion must be: the share of right ones, 0.50 to 0.95",
    ),
    Setting(
        "mode",
        values.mode,
        values.MODES[0],
        "core compares words; semantic meanings too (extra semantic)",
    ),
    Setting(
        "verify",
        values.verify,
        values.VERIFY[0],
        "have the verifier read what is suggested (extra verify); auto: in the mode semantic",
    ),
    Setting("models", values.path, "", "folder of the models, if not those of exocite-models"),
    Setting("threads", values.threads, 1, "threads that a model may use"),
    Setting("select", values.texts, ("EXO",), "codes, or their beginnings, that `check` reports"),
    Setting("ignore", values.texts, (), "codes, or their beginnings, that `check` leaves out"),
    Setting(
        "severities", values.severities, (), "codes, or their beginnings, with another severity"
    ),
    Setting(
        "per_path_ignore",
        values.codes_by_path,
        (),
        "patterns of files with the codes left out in them",
    ),
    Setting("per_path", _by_path, (), "patterns of files with settings for them alone"),
    Setting("cited", values.per_cent, None, "per cent of an article's claims that must be cited"),
    Setting("supported", values.per_cent, None, "per cent of claims that must be judged supported"),
    Setting("reviewers", values.reviewers, 1, "how many people must agree on a verdict, 1 or 2"),
    Setting("full_text", values.flag, False, "no verdict may rest on an abstract alone"),
    Setting("resolution_days", values.count, None, "days for which the registry's word counts"),
    Setting("oldest_source", values.count, None, "years that a cited work may be old"),
    Setting(
        "self_citation", values.per_cent, None, "per cent of references by the article's authors"
    ),
    Setting("style", values.text, "apa", "citation style of `export`"),
    Setting(
        "citekey", values.citekey, "{author}{year}", "pattern of the citekeys that `add` makes"
    ),
    Setting(
        "data_model",
        values.data_model,
        values.DATA_MODELS[0],
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
    root, file, table = files.project_of(folder, articles)
    _known_variables(environment)
    variables = {s.name: environment[s.variable] for s in SETTINGS if environment.get(s.variable)}
    given = {name: raw for name, raw in (flags or {}).items() if raw is not None}
    layers: tuple[tuple[str, Mapping[str, object]], ...] = (
        (file, table),
        ("environment", variables),
        ("flag", given),
    )
    known = {setting.name: Value(setting.default, "default") for setting in SETTINGS}
    for origin, layer in layers:
        for name, raw in layer.items():
            known[name.replace("-", "_")] = _value(name, raw, origin)
    return Settings(root, known)


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
