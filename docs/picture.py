"""Takes the picture of README.md: `python docs/picture.py`, with Debian's chromium at hand.

It is the report on the example in bib/, made in a folder of its own, where no revision is named.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "report.png"
ARTICLE = "bib/exosomes-in-aesthetic-medicine.md"
SIZE = "1160,716"


def main() -> None:
    """Write docs/report.png."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "bib", folder / "bib")
        subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "exocite", "report", ARTICLE, "-o", "report.html"],
            cwd=folder,
            check=True,
        )
        subprocess.run(  # noqa: S603 - our own command
            [  # noqa: S607 - whichever chromium is installed
                "chromium",
                "--headless",
                "--no-sandbox",
                "--hide-scrollbars",
                "--disable-lcd-text",
                f"--user-data-dir={folder / 'profile'}",
                f"--window-size={SIZE}",
                f"--screenshot={PICTURE}",
                (folder / "report.html").as_uri(),
            ],
            check=True,
        )


if __name__ == "__main__":
    main()
