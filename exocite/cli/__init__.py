"""The command line: one file a command, read only when it is called, so that `--help` is quick."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module

import click

from exocite.errors import ExociteError, RegistryError

CLEAN, FINDINGS, FAILED, NOT_CHECKED, INTERRUPTED = 0, 1, 2, 3, 130
PIPE_CLOSED = 141
"""As a shell says of a program that SIGPIPE ended: neither clean nor a finding."""

# Name and what `exocite --help` says of it; the command itself is `exocite.cli.NAME_command`.
COMMANDS: dict[str, str] = {
    "init": "Make a project here: bib/ and its bibliography.",
    "add": "Add references: from an article's list, other programs' files, identifiers.",
    "resolve": "Ask Crossref which works the references are.",
    "snapshot": "Make a file of works that can be asked without a network.",
    "sources": "Show what works can be compared with; attach or fetch a text of one.",
    "list": "Show the references, or those that a query means.",
    "doctor": "Examine the bibliography: what is amiss in it, and the fixes.",
    "duplicates": "Find entries of the same work; merge two of them.",
    "claims": "Show which sentences of an article need a source.",
    "link": "Suggest a passage for each claim; record a person's verdict.",
    "review": "Open a page on which you decide, claim by claim.",
    "check": "Check articles and bibliography, offline.",
    "report": "Write the annotated copy: claims marked, sources beside them.",
    "export": "Print the bibliography in a style or format.",
    "explain": "Say what a code means, why it matters and what to do.",
    "config": "Show the settings, their values and where each came from.",
}


class Commands(click.Group):
    """A group that imports a command's file when the command is called."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names, in the order of the work."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"exocite.cli.{cmd_name}_command").command
        if not isinstance(command, click.Command):
            raise TypeError(cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is asked for; a wrong name is answered with the nearest right one."""
        from difflib import get_close_matches

        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            ctx.fail(f"No such command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of commands without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from exocite import __version__

        click.echo(f"exocite {__version__}")
        ctx.exit()


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 clean, 1 findings, 2 usage or failure, 3 something was not checked.",
)
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour the output. NO_COLOR and TERM=dumb are respected.",
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Version."
)
@click.pass_context
def exocite(ctx: click.Context, color: str) -> None:
    """Link each claim of an article to the passage of the work that supports it.

    The machine suggests, a person decides, the file remembers.
    """
    ctx.obj = color


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code; see `exocite --help` for the codes."""
    for stream in (sys.stdout, sys.stderr):
        # A title in another script must not end the run on a console that cannot show it.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    code = _run(arguments)
    # Everything ends with the process: looking through it for cycles first may take 0.1 s.
    gc.freeze()
    sys.exit(code)


def _run(arguments: list[str] | None) -> int:
    # What is read is kept to the end: to look through it again and again for garbage is a tenth of
    # the time of a check.
    gc.set_threshold(100_000, 20, 100)
    try:
        code = exocite.main(args=arguments, prog_name="exocite", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.exceptions.Abort:
        return _interrupted()
    except KeyboardInterrupt:
        return _interrupted()
    except click.UsageError as error:
        usage = error.ctx.get_usage() if error.ctx else ""
        _say(usage, f"error: {error.format_message()}")
        return FAILED
    except click.ClickException as error:
        _say(f"error: {error.format_message()}")
        return FAILED
    except SystemExit:
        # click's way of saying that the reader of our output has gone.
        return PIPE_CLOSED
    except ExociteError as error:
        _say(f"error: {error.message}", f"help: {error.hint}" if error.hint else "")
        return NOT_CHECKED if isinstance(error, RegistryError) else FAILED
    except BrokenPipeError:
        # The reader of our output has gone; Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except OSError as error:
        _say(
            f"error: {error.filename or ''}: {error.strerror or error}".replace(
                "error: :", "error:"
            )
        )
        return FAILED
    except Exception:
        import logging

        logging.getLogger("exocite").exception("this is a mistake in exocite; please report it")
        return FAILED
    return code if isinstance(code, int) else CLEAN


def _interrupted() -> int:
    _say("interrupted: what was finished is kept")
    return INTERRUPTED


def _say(*lines: str) -> None:
    from exocite.text import printable

    for line in lines:
        if line:
            click.echo(printable(line), err=True)
