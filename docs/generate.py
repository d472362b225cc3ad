"""Writes the generated pages of this folder: `python docs/generate.py`."""

from pathlib import Path

from exocite.rules.explain import pages


def main() -> None:
    """Write docs/rules, one page a rule; pages of rules that are gone are removed."""
    folder = Path(__file__).parent / "rules"
    folder.mkdir(exist_ok=True)
    wanted = pages()
    for path in folder.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
