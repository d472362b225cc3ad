"""Who is let in, and who is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exocite.review.guard import Asked, Guard

GUARD = Guard(8517, "entrance", "cookie", "token")
READ = Asked("GET", "127.0.0.1:8517", cookie="cookie")
WRITE = Asked(
    "POST", "127.0.0.1:8517", "http://127.0.0.1:8517", "same-origin", "", "cookie", "token"
)


@pytest.mark.parametrize(
    "asked",
    [
        READ,
        WRITE,
        replace(WRITE, host="LOCALHOST:8517", origin="http://localhost:8517"),
        replace(WRITE, origin="", site=""),
        Asked("GET", "127.0.0.1:8517", entrance="entrance"),
        Asked("GET", "127.0.0.1:8517", site="cross-site", entrance="entrance"),
    ],
)
def test_the_page_itself_is_answered(asked: Asked) -> None:
    assert GUARD.refuses(asked) == ""


@pytest.mark.parametrize(
    "asked",
    [
        replace(READ, host="evil.example"),
        replace(READ, host="evil.example:8517"),
        replace(READ, host="127.0.0.1"),
        replace(READ, host="127.0.0.1:8518"),
        replace(READ, host="127.0.0.1.evil.example:8517"),
        replace(READ, host=""),
        replace(READ, cookie=""),
        replace(READ, cookie="cookié"),
        replace(READ, cookie="", entrance="wrong"),
        replace(READ, site="cross-site"),
        replace(READ, site="same-site"),
        replace(WRITE, origin="http://evil.example"),
        replace(WRITE, origin="null"),
        replace(WRITE, origin="https://127.0.0.1:8517"),
        replace(WRITE, origin="http://localhost:8517"),
        replace(WRITE, token=""),
        replace(WRITE, token="cookie"),
        replace(WRITE, cookie=""),
        replace(WRITE, cookie="", entrance="entrance"),
    ],
)
def test_strangers_are_not(asked: Asked) -> None:
    assert GUARD.refuses(asked)


def test_every_page_has_secrets_of_its_own_and_shows_none() -> None:
    one, other = Guard(1), Guard(1)
    assert len({one.entrance, one.cookie, one.token, other.entrance, other.cookie}) == 5
    assert one.entrance not in repr(one)


def test_nothing_runs_but_what_bears_the_nonce() -> None:
    policy = GUARD.headers("abc")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'nonce-abc';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
