"""The registries that `resolve` asks beside Crossref, as the project's settings describe them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from exocite.errors import ConfigurationError

if TYPE_CHECKING:
    from exocite.config import Setting, Settings
    from exocite.project import Project
    from exocite.project.doi_holders import Others
    from exocite.registries.retraction_watch import Notices


def others(project: Project, *, refresh: bool, offline: bool) -> Others:
    """DataCite, doi.org, Europe PMC, arXiv, and OpenAlex where there is a key for it.

    Where Crossref's own service is not asked but one at another address, the rest are asked only
    where their address was set as well: a room with a registry of its own asks no stranger.
    """
    from exocite.project.doi_holders import Others
    from exocite.registries import CROSSREF_URL, Endpoint, Mode
    from exocite.registries.answers import Answers
    from exocite.registries.arxiv import Arxiv
    from exocite.registries.datacite import DataCite
    from exocite.registries.doi_agency import DoiAgency
    from exocite.registries.europepmc import EuropePmc
    from exocite.registries.openalex import OpenAlex

    settings = project.settings
    mode = Mode.OFFLINE if offline else Mode.REFRESH if refresh else Mode.ONLINE
    at_home = settings["crossref_url"] == CROSSREF_URL

    def made(name: str, kind: Callable[..., Any], *arguments: str) -> Any:
        value = settings.values[f"{name}_url"]
        if not at_home and value.origin == "default":
            return None
        endpoint = Endpoint(
            value.value,
            mailto=settings["mailto"],
            timeout=settings["timeout"],
            deadline=settings["deadline"],
        )
        answers = Answers(project.cache / "registries") if project.cache else None
        registry = kind(endpoint, *arguments, answers=answers, mode=mode)
        click.get_current_context().call_on_close(registry.close)
        return registry

    key = _own_key(settings)
    archives = (made("europepmc", EuropePmc), made("arxiv", Arxiv))
    return Others(
        agencies=made("doi", DoiAgency),
        agency_records=made("datacite", DataCite),
        archives=tuple(archive for archive in archives if archive is not None),
        index=made("openalex", OpenAlex, key) if key else None,
    )


def _own_key(settings: Settings) -> str:
    """The key of OpenAlex, "" without one.

    Raises ConfigurationError where a key of this machine's environment would go to an address that
    only the project names: a project may be somebody else's, and the key is a secret.
    """
    key, address = settings.values["openalex_key"], settings.values["openalex_url"]
    own = {"default", "flag", _setting("openalex_url").variable}
    secret = key.origin == _setting("openalex_key").variable
    if key.value and secret and address.origin not in own:
        raise ConfigurationError(
            f"{address.origin}: openalex_url is {address.value}, and your key is not sent there",
            hint=f"set {_setting('openalex_url').variable} too if that is your own service",
        )
    return str(key.value)


def _setting(name: str) -> Setting:
    from exocite.config import SETTINGS

    return next(setting for setting in SETTINGS if setting.name == name)


def retractions(project: Project) -> Notices | None:
    """Retraction Watch's notices where the settings name its file, None without.

    A path on the command line starts here, one in a file of settings at the project's root.
    """
    name = project.settings["retractions"]
    if not name:
        return None
    from exocite.registries.retraction_watch import read

    here = project.settings.values["retractions"].origin == "flag"
    return read(Path(name) if here else project.settings.root / name, None, None)
