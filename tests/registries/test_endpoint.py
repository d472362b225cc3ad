"""Where a registry may be."""

from __future__ import annotations

import pytest

from exocite.errors import ConfigurationError
from exocite.registries import Endpoint


@pytest.mark.parametrize(
    ("url", "kept", "host"),
    [
        ("https://api.crossref.org", "https://api.crossref.org", "api.crossref.org"),
        (" http://127.0.0.1:8000/ ", "http://127.0.0.1:8000", "127.0.0.1:8000"),
        ("https://example.org/crossref/", "https://example.org/crossref", "example.org"),
        ("http://[::1]:80/", "http://[::1]:80", "::1:80"),
        ("http://localhost", "http://localhost", "localhost"),
    ],
)
def test_addresses(url: str, kept: str, host: str) -> None:
    endpoint = Endpoint(url)
    assert (endpoint.url, endpoint.host) == (kept, host)


@pytest.mark.parametrize(
    "url",
    ["", "api.crossref.org", "ftp://example.org", "https://", "https:///works", "http://a b",
     "http://[", "http://user:secret@example.org", "http://x.org?mailto=x@y", "http://x/#a",
     "http://x.org:99999", "http://a..b", "http://" + "a" * 64, "http://x\ny", "javascript:x"],
)  # fmt: skip
def test_no_addresses(url: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Endpoint(url)
    assert "secret" not in caught.value.message


@pytest.mark.parametrize(
    ("mailto", "kept"),
    [("", ""), (" desk@example.org ", "desk@example.org"), ("mailto:a.b+c@x.io", "a.b+c@x.io")],
)
def test_mail_addresses(mailto: str, kept: str) -> None:
    assert Endpoint(mailto=mailto).mailto == kept


@pytest.mark.parametrize(
    "mailto",
    ["desk", "a@b\r\nX-Evil: 1", "a b@c", "a@b)", "@b", "a@", "ä@b.de", "a" * 70 + "@b.de"],
)
def test_no_mail_addresses(mailto: str) -> None:
    with pytest.raises(ConfigurationError):
        Endpoint(mailto=mailto)


@pytest.mark.parametrize("settings", [{"timeout": 0}, {"deadline": -1}, {"retries": -1}])
def test_no_times(settings: dict[str, int]) -> None:
    with pytest.raises(ConfigurationError):
        Endpoint(**settings)  # type: ignore[arg-type]
