"""README shows what the commands print, letter by letter."""

import re
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"(?ms)^```text\n(.*?)^```$", README)
COMMANDS = (("link", "bib/draft.md", "--no-input"), ("check", "bib/draft.md"))


@pytest.mark.parametrize(("shown", "command"), list(zip(SHOWN, COMMANDS, strict=True)))
def test_readme_shows_what_is_printed(
    run: Run, folder: Path, shown: str, command: tuple[str, ...]
) -> None:
    shutil.copytree(ROOT / "bib", folder / "bib", ignore=shutil.ignore_patterns(".exocite"))
    shutil.copy(ROOT / "setup.cfg", folder)
    printed = run(*command).out
    for block in shown.strip("\n").split("\n\n"):
        assert block in printed
