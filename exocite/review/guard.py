"""Keeps strangers off the page: other machines, other sites, other programs of this machine.

The page answers on the loopback alone, to a browser that was given the printed address once. A name
that was made to point here (DNS rebinding) has another Host, another site another Origin, and
neither has the cookie; a write needs the page's own token besides.

Source: OWASP, Cross-Site Request Forgery Prevention Cheat Sheet; W3C, Content Security Policy 3.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

HOST = "127.0.0.1"
HEADER = "X-Exocite-Token"
MOST_BYTES = 256 * 1024
"""The longest request that is read."""

_READING = frozenset({"GET", "HEAD"})


def _secret() -> str:
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the guard looks at of a request; "" stands for a header that is not there."""

    method: str
    host: str
    origin: str = ""
    site: str = ""
    entrance: str = ""
    cookie: str = ""
    token: str = ""


@dataclass(frozen=True)
class Guard:
    """The secrets of one page at one port.

    `entrance` stands in the printed address, `cookie` is what a browser gets for it, and `token` is
    what the page sends with every write.
    """

    port: int
    entrance: str = field(default_factory=_secret, repr=False)
    cookie: str = field(default_factory=_secret, repr=False)
    token: str = field(default_factory=_secret, repr=False)

    @property
    def address(self) -> str:
        """The address that opens the page."""
        return f"http://{HOST}:{self.port}/?token={self.entrance}"

    @property
    def cookie_name(self) -> str:
        """The cookie's name: cookies know no ports, so two pages need two names."""
        return f"exocite-{self.port}"

    @property
    def hosts(self) -> frozenset[str]:
        """What the page may be called."""
        return frozenset(f"{name}:{self.port}" for name in (HOST, "localhost"))

    def refuses(self, asked: Asked) -> str:
        """Why the request is not answered, "" where it is."""
        if asked.host.lower() not in self.hosts:
            return "this page answers to 127.0.0.1 and localhost alone"
        if asked.origin and asked.origin.lower() != f"http://{asked.host.lower()}":
            return "this page answers no other site"
        let_in = self.lets_in(asked)
        if asked.site not in {"", "same-origin", "none"} and not let_in:
            return "this page answers no other site"
        if not let_in and not _same(asked.cookie, self.cookie):
            return "open the address that exocite printed: it holds the key to this page"
        if asked.method not in _READING and not _same(asked.token, self.token):
            return "this request does not come from the page; nothing was recorded"
        return ""

    def lets_in(self, asked: Asked) -> bool:
        """Whether the request opens the page by the printed address."""
        return asked.method in _READING and _same(asked.entrance, self.entrance)

    def headers(self, nonce: str) -> Mapping[str, str]:
        """What every answer says to the browser; only script and style of this nonce run."""
        policy = (
            f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; "
            "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
            "object-src 'none'"
        )
        return {
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            # Not no-referrer: the page's own forms would then be sent from the origin "null".
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "no-store",
        }


def _same(given: str, held: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "replace"), held.encode("utf-8"))
