"""What an edit of a bibliography leaves on a disk that is full or may not be written."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from benchmarks.bibtex import library
from exocite.bibliography import Document
from exocite.errors import ChangedError
from exocite.store import Store

REPOSITORY = Path(__file__).parents[2]

# Files may grow to the size that is given, and not beyond: what a full disk does to a writer.
FULL = """
    import resource, signal, sys
    from pathlib import Path
    from exocite.bibliography import Document
    from exocite.errors import StoreError
    from exocite.store import Store

    path, limit = Path(sys.argv[1]), int(sys.argv[2])
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    before = path.read_bytes()
    document = Document.parse(before).set_field("key1", "title", "Another title")
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        Store(path.parent).write(path, document.data, expected=before)
    except StoreError as error:
        print("refused:", error)
    else:
        print("saved")
"""


def entries(folder: Path) -> Path:
    path = folder / "references.bib"
    path.write_bytes(library(20).encode())
    return path


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit of this kind")
@pytest.mark.parametrize("share", [0.0, 0.5, 0.99, 2.0])
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, share: float) -> None:
    path = entries(tmp_path)
    before = path.read_bytes()
    command = [
        sys.executable,
        "-c",
        textwrap.dedent(FULL),
        str(path),
        str(int(len(before) * share)),
    ]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    if share > 1:
        assert done.stdout == "saved\n"
        assert b"Another title" in path.read_bytes()
    else:
        assert done.stdout.startswith("refused: ")
        assert "cannot be written" in done.stdout
        assert path.read_bytes() == before
    assert {one.name for one in tmp_path.iterdir()} == {"references.bib", ".exocite"}


def test_of_two_edits_at_once_the_second_is_refused(tmp_path: Path) -> None:
    path = entries(tmp_path)
    before = path.read_bytes()
    first = Document.parse(before).set_field("key1", "title", "One").data
    second = Document.parse(before).set_field("key2", "title", "Two").data
    Store(tmp_path).write(path, first, expected=before)
    with pytest.raises(ChangedError):
        Store(tmp_path).write(path, second, expected=before)
    assert path.read_bytes() == first
