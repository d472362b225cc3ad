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
    "e quote another passage  m more passages  Enter next  u take back my last verdict  q quit"
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
        self._shown: list[Suggestion] = []

    def run(self) -> None:
        """Go through the claims until the last one or until the person quits.

        An end of input quits. However it ends, what was written is said.
        """
        try:
            self._by = self._by or self._name()
            self._claims()
        except click.Abort as abort:
            self._terminal.echo()
            if not isinstance(abort.__context__, EOFError):
                raise
        finally:
            by = f" by {printable(self._by)}" if self._by else ""
            self._terminal.echo(
                f"{count(len(self._given), 'verdict')}{by} written to bib/verdicts.jsonl"
            )

    def _claims(self) -> None:
        at = 0
        while at < len(self._linkings):
            self._terminal.echo(f"\n[{at + 1}/{len(self._linkings)}]")
            self._show(self._linkings[at])
            key = self._key(self._linkings[at])
            if key == "q":
                return
            if key == "u":
                at = self._undo(at)
            elif not key or self._judge(at, _VERDICTS[key]):
                at += 1

    # ----------------------------------------------------------------------- showing

    def _show(self, linking: Linking) -> None:
        """The claim and its passages, each with the sentences around it."""
        show(
            self._terminal,
            self._reading,
            linking,
            self._project.texts,
            self._project.records,
        )
        self._shown = list(linking.suggestions) or ([linking.nearest] if linking.nearest else [])
        for number, suggestion in enumerate(self._shown, 1):
            self._around(number, suggestion)

    def _around(self, number: int, suggestion: Suggestion) -> None:
        from exocite.project.judging import surroundings

        before, after = surroundings(self._project, suggestion.passage)
        label = f"{number}. " if len(self._shown) > 1 else ""
        if before:
            self._terminal.wrapped(f"{label}before it: {before}", indent=5, role="dim")
        if after:
            self._terminal.wrapped(f"{label}after it: {after}", indent=5, role="dim")

    def _more(self, linking: Linking) -> None:
        """Further passages, however weak; they take the place of those shown."""
        from exocite.project.judging import suggestions

        claim = self._reading.claim(linking.claim)
        (further,) = suggestions(self._project, self._reading, claims=[claim], more=True)
        if len(further.suggestions) <= len(self._shown):
            self._terminal.wrapped("there are no further passages", indent=2)
            return
        self._show(further)

    def _quote(self, linking: Linking) -> None:
        """A passage of the person's own choice, put at the end of those shown."""
        answer = click.prompt("  which passage? (KEY: the very words)", default="")
        try:
            quoted = self._quotation(linking, str(answer))
        except UsageError as error:
            self._refused(error)
            return
        self._shown.append(quoted)
        number = len(self._shown)
        self._terminal.wrapped(f"{number}. {quoted.key}: “{quoted.passage.text}”", indent=2)
        for conflict in quoted.conflicts:
            self._terminal.wrapped(f"conflict: {conflict}", indent=5, role="warning")
        self._around(number, quoted)

    # ----------------------------------------------------------------------- asking

    def _name(self) -> str:
        from exocite.project.judging import signature

        while True:
            name = click.prompt("your name, as it will stand beside your verdicts")
            try:
                return signature(str(name))
            except UsageError as error:
                self._terminal.wrapped(error.message, role="warning")

    def _key(self, linking: Linking) -> str:
        self._terminal.wrapped(_HELP, indent=2, role="help")
        while True:
            answer = click.prompt("  your verdict", default="", show_default=False)
            key = str(answer).strip().lower()
            if key in {"", "k"}:
                return ""
            if key in _VERDICTS or key in {"u", "q"}:
                return key
            if key == "e":
                self._quote(linking)
            elif key == "m":
                self._more(linking)
            else:
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
            self._refused(error)
            return False
        self._given.append((at, verdict))
        return True

    def _passage(self, linking: Linking) -> Suggestion:
        """The passage that the verdict rests on: one that is shown, or a quotation."""
        shown = self._shown
        numbers = f"1-{len(shown)}, " if len(shown) > 1 else ("1, " if shown else "")
        answer = str(
            click.prompt(f"  which passage? ({numbers}or KEY: a quotation of your own)")
        ).strip()
        if answer.isascii() and answer.isdigit() and 0 < int(answer) <= len(shown):
            return shown[int(answer) - 1]
        return self._quotation(linking, answer)

    def _quotation(self, linking: Linking, answer: str) -> Suggestion:
        from exocite.project.judging import quotation

        # A citekey may hold a colon: the longest one that the bibliography has is meant.
        keys = [r.key for r in self._project.references() if answer.strip().startswith(f"{r.key}:")]
        key = max(keys, key=len, default=answer.partition(":")[0].strip())
        quote = answer.strip()[len(key) :].lstrip(" :").strip(' "“”')
        if ":" not in answer:
            raise UsageError("no passage was chosen", hint="the verdict was not recorded")
        return quotation(self._project, self._reading.claim(linking.claim), key, quote)

    def _refused(self, error: UsageError) -> None:
        self._terminal.wrapped(f"{error.message}; {error.hint}", indent=2, role="warning")

    def _undo(self, at: int) -> int:
        from exocite.project.judging import judge

        if not self._given:
            self._terminal.wrapped("there is no verdict of this sitting to take back", indent=2)
            return at
        place, verdict = self._given.pop()
        try:
            judge(
                self._project,
                self._reading,
                self._reading.claim(verdict.claim),
                Judgement.WITHDRAWN,
                by=self._by,
                key=verdict.key,
            )
        except UsageError as error:  # It was taken back elsewhere meanwhile.
            self._refused(error)
            return at
        self._terminal.wrapped(f"taken back: {verdict.judgement} on {verdict.claim}", indent=2)
        return place
