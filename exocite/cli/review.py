"""The review on a terminal: one claim at a time, nothing chosen beforehand, undo appends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from exocite.cli.linking_text import show
from exocite.cli.words import count
from exocite.errors import UsageError
from exocite.model import Judgement
from exocite.text import printable

if TYPE_CHECKING:
    from exocite.cli.terminal import Terminal
    from exocite.model import Linking, Suggestion, Verdict
    from exocite.project import Project
    from exocite.project.reading import Reading

_VERDICTS = {
    "s": Judgement.SUPPORTED,
    "p": Judgement.PARTIAL,
    "c": Judgement.CONTRADICTED,
    "n": Judgement.UNSUPPORTED,
    "d": Judgement.DISPUTED,
    "x": Judgement.EXEMPT,
}
_HELP = (
    "s supported  p partial  c contradicted  n no support found  d disputed  x exempt  "
    "Enter next  u take back my last verdict  q quit"
)
_PASSAGELESS = frozenset({Judgement.EXEMPT, Judgement.UNSUPPORTED})


class Review:
    """Asks for one verdict after another and records each at once."""

    def __init__(
        self,
        terminal: Terminal,
        project: Project,
        reading: Reading,
        linkings: Sequence[Linking],
        by: str,
    ) -> None:
        self._terminal = terminal
        self._project = project
        self._reading = reading
        self._linkings = linkings
        self._by = by
        self._given: list[tuple[int, Verdict]] = []

    def run(self) -> None:
        """Go through the claims until the last one or until the person quits."""
        self._by = self._by or self._name()
        at = 0
        while at < len(self._linkings):
            self._terminal.echo(f"\n[{at + 1}/{len(self._linkings)}]")
            show(self._terminal, self._reading, self._linkings[at])
            key = self._key()
            if key == "q":
                break
            if key == "u":
                at = self._undo(at)
            elif not key or self._judge(at, _VERDICTS[key]):
                at += 1
        self._terminal.echo(
            f"{count(len(self._given), 'verdict')} by {printable(self._by)} "
            "written to bib/verdicts.jsonl"
        )

    def _name(self) -> str:
        while True:
            name = str(click.prompt("your name, as it will stand beside your verdicts")).strip()
            if any(c.isalpha() for c in name):
                return name

    def _key(self) -> str:
        self._terminal.wrapped(_HELP, indent=2, role="help")
        while True:
            answer = click.prompt("  your verdict", default="", show_default=False)
            key = str(answer).strip().lower()
            if key in {"", "k"}:
                return ""
            if key in _VERDICTS or key in {"u", "q"}:
                return key
            self._terminal.wrapped(_HELP, indent=2, role="help")

    def _judge(self, at: int, judgement: Judgement) -> bool:
        from exocite.project.judging import judge

        linking = self._linkings[at]
        claim = self._reading.claim(linking.claim)
        try:
            suggestion = None if judgement in _PASSAGELESS else self._passage(linking)
            note = str(click.prompt("  note", default="", show_default=False)).strip()
            verdict = judge(
                self._project,
                self._reading,
                claim,
                judgement,
                by=self._by,
                note=note,
                key=suggestion.key if suggestion else "",
                suggestion=suggestion,
            )
        except UsageError as error:
            self._terminal.wrapped(f"{error.message}; {error.hint}", indent=2, role="warning")
            return False
        self._given.append((at, verdict))
        return True

    def _passage(self, linking: Linking) -> Suggestion | None:
        """The passage that the verdict rests on: one that is shown, or a quotation."""
        from exocite.project.judging import quotation

        shown = list(linking.suggestions) or ([linking.nearest] if linking.nearest else [])
        numbers = f"1-{len(shown)}, " if len(shown) > 1 else ("1, " if shown else "")
        answer = str(
            click.prompt(f"  which passage? ({numbers}or KEY: a quotation of your own)")
        ).strip()
        if answer.isascii() and answer.isdigit() and 0 < int(answer) <= len(shown):
            return shown[int(answer) - 1]
        key, colon, quote = answer.partition(":")
        if not colon:
            raise UsageError("no passage was chosen", hint="the verdict was not recorded")
        claim = self._reading.claim(linking.claim)
        return quotation(self._project, claim, key.strip(), quote.strip(' "“”'))

    def _undo(self, at: int) -> int:
        from exocite.project.judging import judge

        if not self._given:
            self._terminal.wrapped("there is no verdict of this sitting to take back", indent=2)
            return at
        place, verdict = self._given.pop()
        judge(
            self._project,
            self._reading,
            self._reading.claim(verdict.claim),
            Judgement.WITHDRAWN,
            by=self._by,
            key=verdict.key,
        )
        self._terminal.wrapped(f"taken back: {verdict.judgement} on {verdict.claim}", indent=2)
        return place
