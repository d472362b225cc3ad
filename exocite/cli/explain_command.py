"""exocite explain."""

from __future__ import annotations

import click

from exocite.cli import options


@click.command(name="explain", epilog="Example: exocite explain EXO101")
@click.argument("code", required=False, default="")
@options.as_json
def command(code: str, as_json: bool) -> None:
    """Say what a code of `exocite check` means, why it matters and what to do.

    Without CODE all codes are listed.
    """
    from exocite.rules import RULES
    from exocite.rules.explain import explain, find

    terminal = options.terminal()
    wanted = [find(code)] if code else list(RULES)
    if as_json:
        fields = ("code", "slug", "severity", "title", "what", "why", "fix")
        rows = [{field: getattr(rule, field) for field in fields} for rule in wanted]
        terminal.json("exocite.explain/1", {"rules": rows})
    elif code:
        terminal.echo(explain(code).rstrip("\n"))
    else:
        terminal.table([(rule.code, rule.severity, rule.title) for rule in wanted], roles=("code",))
