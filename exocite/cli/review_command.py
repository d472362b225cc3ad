"""exocite review."""

from __future__ import annotations

from collections import Counter
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from exocite.cli import options
from exocite.cli.words import count
from exocite.errors import UsageError
from exocite.text import printable

if TYPE_CHECKING:
    from exocite.cli.terminal import Terminal
    from exocite.review.session import Session


@click.command(
    name="review",
    epilog='Examples: exocite review article.md; exocite review article.md --by "Ada Example" '
    "--no-browser",
)
@options.article
@click.option("--by", metavar="NAME", default="", help="Who reviews; the page asks if not given.")
@click.option("--port", type=click.IntRange(0, 65535), default=None, help="The port to try first.")
@click.option("--no-browser", is_flag=True, help="Print the address and open nothing.")
@options.mode
@options.encoding
def command(
    article: str, by: str, port: int | None, no_browser: bool, mode: str | None, encoding: str
) -> None:
    """Open a page on which you decide, claim by claim, what each passage is to it.

    The page is served to this machine alone, at an address that only you are told. Every verdict is
    in bib/verdicts.jsonl before the page says so. Needs `pip install 'exocite[review]'`. Ctrl-C
    ends it.
    """
    missing = [name for name in ("flask", "waitress") if find_spec(name) is None]
    if missing:
        raise UsageError(
            f"the page needs packages that are not here: {', '.join(missing)}",
            hint="pip install 'exocite[review]'; `exocite link` asks on the terminal without it",
        )
    from exocite.project.judging import signature
    from exocite.review import serving
    from exocite.review.guard import Guard
    from exocite.review.session import Session
    from exocite.review.web import app

    by = signature(by) if by else ""
    terminal = options.terminal()
    session = Session(options.project(mode=mode).settings, article, encoding=encoding)
    options.unread(terminal, session.project)
    if session.read_only:
        terminal.note(f"note: {session.read_only}")
    wanted = serving.PORT if port is None else port
    listener = serving.listen(wanted)
    guard = Guard(int(listener.getsockname()[1]))
    if wanted and guard.port != wanted:
        terminal.note(f"port {wanted} is in use; this page is at {guard.port}")
    terminal.note(f"{count(len(session.entries), 'claim')}; Ctrl-C ends the review")
    terminal.echo(guard.address)
    if not no_browser and not serving.open_browser(guard.address):
        terminal.note("no browser was opened: open the address in one of this machine")
    try:
        serving.serve(app(session, guard, by), listener)
    finally:
        session.comparer.stop()
        _farewell(terminal, session)
    options.leave(session.project)


def _farewell(terminal: Terminal, session: Session) -> None:
    """Say what was recorded."""
    terminal.echo(f"{count(len(session.given), 'verdict')} written to bib/verdicts.jsonl")
    for name, number in Counter(verdict.by for verdict in session.given).items():
        terminal.echo(f"  {number} by {printable(name)}")
