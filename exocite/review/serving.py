"""The page's server: a port of the loopback, one process, until Ctrl-C."""

from __future__ import annotations

import os
import socket
import sys
import webbrowser
from collections.abc import Mapping

from flask import Flask
from waitress.server import create_server

from exocite.errors import UsageError
from exocite.review.guard import HOST, MOST_BYTES

PORT = 8517
"""The port that is tried first: a browser keeps drafts and keys by address."""

_THREADS = 4


def listen(port: int) -> socket.socket:
    """A socket of this port of the loopback, or of a free one where it is taken.

    Raises UsageError where this machine has none to give.
    """
    for tried in (port, 0):
        found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            if sys.platform == "win32":
                # There SO_REUSEADDR would share the port with whoever has it.
                found.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:
                found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            found.bind((HOST, tried))
            # Whoever opens the printed address before the server runs is answered when it does.
            found.listen()
        except OSError as error:
            found.close()
            problem = error.strerror or str(error)
            continue
        return found
    raise UsageError(f"no port of {HOST} can be had: {problem}", hint="try again")


def serve(app: Flask, listener: socket.socket) -> None:
    """Answer until the process is interrupted; what is being answered then is finished."""
    server = create_server(
        app,
        sockets=[listener],
        threads=_THREADS,
        ident="",
        max_request_body_size=2 * MOST_BYTES,
        clear_untrusted_proxy_headers=True,
    )
    try:
        server.run()
    finally:
        server.close()


def has_screen(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a browser with a window can be expected: one on a terminal would take it over."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def open_browser(address: str) -> bool:
    """Open the address in the person's browser; whether there was one."""
    try:
        return has_screen() and webbrowser.open(address)
    except (webbrowser.Error, OSError):
        return False
