from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.sources.naming import file_name


@pytest.mark.parametrize(
    ("key", "original", "suffix", "name"),
    [
        ("ku2023", "paper.pdf", ".pdf", "ku2023.paper.pdf"),
        ("ku2023", "ku2023.pdf", ".pdf", "ku2023.pdf"),
        ("ku2023", "KU2023.PDF", ".pdf", "ku2023.pdf"),
        ("ku2023", "ku2023.methods.txt", ".txt", "ku2023.methods.txt"),
        ("ku2023", "Talk (final) – 3 May.txt", ".txt", "ku2023.Talk_final_3_May.txt"),
        ("müller2020", "Größe.txt", ".txt", "muller2020.Gro_e.txt"),
        ("a/../b", "x.txt", ".txt", "a_._b.x.txt"),
        ("../../etc/passwd", "x.txt", ".txt", "etc_passwd.x.txt"),
        ("..", "..txt", ".txt", "source.txt"),
        ("con", "x.txt", ".txt", "con_.x.txt"),
        ("LPT1.a", "x.txt", ".txt", "LPT1_.a.x.txt"),
        ("doi:10.1/x", "x.txt", ".txt", "doi_10.1_x.x.txt"),
        ("漢字", "漢字.md", ".md", "source.md"),
    ],
)  # fmt: skip
def test_names(key: str, original: str, suffix: str, name: str) -> None:
    assert file_name(key, original, suffix, ()) == name


def test_a_name_of_another_reference_gets_a_mark() -> None:
    name = file_name("a/b", "x.txt", ".txt", ["A_B.x.txt"])
    assert re.fullmatch(r"a_b\.x\.[0-9a-f]{8}\.txt", name)
    assert name != file_name("a:b", "x.txt", ".txt", ["A_B.x.txt"])
    assert name == file_name("a/b", "x.txt", ".txt", ["a_b.X.TXT"])


@given(st.text(min_size=1, max_size=300), st.text(max_size=300))
def test_every_name_is_safe_everywhere(key: str, original: str) -> None:
    name = file_name(key, original, ".txt", ())
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._+-]*\.txt", name)
    assert len(name) <= 140
    assert ".." not in name
    assert not re.match(r"(?i:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", name)


@given(st.from_regex(r"[a-z][a-z0-9-]{0,40}[a-z0-9]", fullmatch=True))
def test_a_plain_citekey_begins_the_name(key: str) -> None:
    name = file_name(key, "paper.pdf", ".pdf", ())
    assert name.startswith((f"{key}.", f"{key}_."))
